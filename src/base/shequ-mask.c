/*
 * How personal data is shown to those who need not see it all (GB/T 35273-2020, 7.2). Each function gives the
 * masked form and never fails: what it does not recognise is masked more, not less.
 */
#include "shequ-mask.h"

#include "config.h"

#include <string.h>

#include "shequ-address.h"
#include "shequ-id-number.h"
#include "shequ-phone.h"
#include "shequ-surname.h"

#define STAR '*'

static void
append_stars (GString *text, glong count)
{
  for (glong i = 0; i < count; i++)
    g_string_append_c (text, STAR);
}

/* Keeps characters at both ends; when nothing would be hidden, hides all but the first. */
static char *
keep_ends (const char *value, glong first, glong last)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);
  glong length = g_utf8_strlen (valid, -1);
  GString *masked = g_string_new (NULL);

  if (first + last >= length)
    {
      first = MIN (1, length - 1);
      last = 0;
    }
  if (length > 0)
    {
      const char *tail = g_utf8_offset_to_pointer (valid, length - last);

      g_string_append_len (masked, valid, g_utf8_offset_to_pointer (valid, first) - valid);
      append_stars (masked, length - first - last);
      g_string_append (masked, tail);
    }
  return g_string_free (masked, FALSE);
}

/**
 * shequ_mask_name:
 * @name: the name of a person
 *
 * Keeps the surname, a compound one whole: 王*, 王*明, 欧阳**; of longer names the first and the last
 * character.
 *
 * Returns: (transfer full): the masked name
 */
char *
shequ_mask_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  glong length = g_utf8_strlen (valid, -1);

  if (length >= 3)
    {
      g_autofree char *two = g_utf8_substring (valid, 0, 2);

      if (shequ_surname_is_compound (two))
        return keep_ends (valid, 2, 0);
    }
  return keep_ends (valid, 1, length >= 3 ? 1 : 0);
}

/**
 * shequ_mask_id_number:
 * @number: an ID number, or a certificate number that holds one
 * @audience: who sees it
 *
 * Keeps the first six and last four places for the staff (220802********0022), the first three and last two
 * for the public. Beside a birth date even that tells too much: show the age then.
 *
 * Returns: (transfer full): the masked number
 */
char *
shequ_mask_id_number (const char *number, ShequMaskAudience audience)
{
  return audience == SHEQU_MASK_STAFF ? keep_ends (number, 6, 4) : keep_ends (number, 3, 2);
}

/**
 * shequ_mask_phone:
 * @number: a phone in its stored form
 *
 * Keeps the first three and last four digits of a mobile (138****8000), the area code and last two of a land
 * line (0436-*****44). Service numbers are public and stay.
 *
 * Returns: (transfer full): the masked number
 */
char *
shequ_mask_phone (const char *number)
{
  const char *dash;
  ShequPhone phone;

  if (!shequ_phone_parse (number, &phone, NULL) || phone.rest != 0)
    return keep_ends (number, 0, 2);
  switch (phone.type)
    {
    case SHEQU_PHONE_SERVICE:
      return g_strdup (phone.number);
    case SHEQU_PHONE_LAND_LINE:
      dash = strchr (phone.number, '-');
      /* An extension goes with what is hidden. */
      if (strchr (dash + 1, '-') != NULL)
        *strchr (dash + 1, '-') = '\0';
      return keep_ends (phone.number, dash + 1 - phone.number, 2);
    case SHEQU_PHONE_ABROAD:
      return keep_ends (phone.number, 4, 2);
    case SHEQU_PHONE_MOBILE:
    default:
      return keep_ends (phone.number, 3, 4);
    }
}

/**
 * shequ_mask_address:
 * @address: an address
 *
 * Keeps it down to the building and hides stairwell and room: 海明街道民生社区幸福小区3号楼*单元***.
 *
 * Returns: (transfer full): the masked address
 */
char *
shequ_mask_address (const char *address)
{
  g_auto (ShequAddress) parts;
  g_autofree char *building = NULL;
  GString *masked = g_string_new (NULL);

  shequ_address_parse (address, &parts);
  building = shequ_address_format_building (&parts);
  if (parts.estate != NULL && parts.road != NULL)
    g_string_append (masked, parts.road);
  g_string_append (masked, building);
  g_string_prepend (masked, parts.community == NULL ? "" : parts.community);
  g_string_prepend (masked, parts.street == NULL ? "" : parts.street);
  g_string_prepend (masked, parts.region == NULL ? "" : parts.region);
  if (parts.stairwell != NULL)
    g_string_append (masked, "*单元");
  if (parts.room != NULL || parts.rest != NULL || parts.floor != 0)
    append_stars (masked, 3);
  return g_string_free (masked, FALSE);
}

/**
 * shequ_mask_account:
 * @number: the number of a bank account
 *
 * Returns: (transfer full): four stars and the last four digits, ****1234
 */
char *
shequ_mask_account (const char *number)
{
  g_autofree char *valid = g_utf8_make_valid (number, -1);
  glong length = g_utf8_strlen (valid, -1);

  if (length <= 4)
    return g_strdup ("****");
  return g_strconcat ("****", g_utf8_offset_to_pointer (valid, length - 4), NULL);
}

/**
 * shequ_mask_birth_date:
 * @date: a date as `1965-03-07`
 *
 * Returns: (transfer full): its year, 1965年
 */
char *
shequ_mask_birth_date (const char *date)
{
  if (strspn (date, "0123456789") != 4)
    return g_strdup ("****");
  return g_strdup_printf ("%.4s年", date);
}

/**
 * shequ_mask_value:
 * @value: any value that has no form of its own
 *
 * Returns: (transfer full): its first and last character and stars between
 */
char *
shequ_mask_value (const char *value)
{
  return keep_ends (value, 1, 1);
}

static char *
mask_number (const char *run)
{
  gsize length = strlen (run);
  ShequIdNumber number;
  ShequPhone phone;

  if ((length == 18 || length == 15) && shequ_id_number_parse (run, NULL, &number, NULL))
    return shequ_mask_id_number (run, SHEQU_MASK_STAFF);
  if ((length == 11 || length == 12) && shequ_phone_parse (run, &phone, NULL) &&
      (phone.type == SHEQU_PHONE_MOBILE || phone.type == SHEQU_PHONE_LAND_LINE))
    return shequ_mask_phone (run);
  return NULL;
}

/**
 * shequ_mask_text:
 * @text: free text
 *
 * Masks the numbers in @text that pass the check of an ID number or have the shape of a phone.
 *
 * Returns: (transfer full): the text with these numbers masked
 */
char *
shequ_mask_text (const char *text)
{
  GString *masked = g_string_new (NULL);

  while (*text != '\0')
    {
      gsize length = strspn (text, "0123456789");
      g_autofree char *run = NULL;
      g_autofree char *hidden = NULL;

      if (length == 0)
        {
          length = strcspn (text, "0123456789");
          g_string_append_len (masked, text, length);
          text += length;
          continue;
        }
      if (length == 17 && (text[length] == 'X' || text[length] == 'x'))
        length++;
      else if ((length == 3 || length == 4) && text[0] == '0' && text[length] == '-')
        length += 1 + strspn (text + length + 1, "0123456789");
      run = g_strndup (text, length);
      hidden = mask_number (run);
      g_string_append (masked, hidden != NULL ? hidden : run);
      text += length;
    }
  return g_string_free (masked, FALSE);
}

/**
 * shequ_mask_reveal_difference:
 * @masked: the masked form of @value
 * @value: a value
 * @other: the value that it is compared with
 *
 * Who has to choose between two values sees where they differ, and no more of them than that.
 *
 * Returns: (transfer full): @masked with the characters of @value in the places in which @other has others
 */
char *
shequ_mask_reveal_difference (const char *masked, const char *value, const char *other)
{
  GString *text;

  if (g_utf8_strlen (masked, -1) != g_utf8_strlen (value, -1) ||
      g_utf8_strlen (other, -1) != g_utf8_strlen (value, -1))
    return g_strdup (masked);
  text = g_string_new (NULL);
  while (*masked != '\0')
    {
      gunichar own = g_utf8_get_char (value);

      g_string_append_unichar (text, own != g_utf8_get_char (other) ? own : g_utf8_get_char (masked));
      masked = g_utf8_next_char (masked);
      value = g_utf8_next_char (value);
      other = g_utf8_next_char (other);
    }
  return g_string_free (text, FALSE);
}
