#include "shequ-id-number.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-date.h"
#include "shequ-error.h"
#include "shequ-region.h"
#include "shequ-text.h"

#define PLACES 18
#define OLD_PLACES 15

static guint
count_digits (const char *text)
{
  return strspn (text, "0123456789");
}

static guint
read_number (const char *digits, guint count)
{
  guint number = 0;

  for (guint i = 0; i < count; i++)
    number = number * 10 + (digits[i] - '0');
  return number;
}

/**
 * shequ_id_number_check_digit:
 * @number: at least 17 digits
 *
 * The last place by ISO 7064 MOD 11-2, as GB 11643-1999 has it.
 *
 * Returns: a digit or `X`
 */
char
shequ_id_number_check_digit (const char *number)
{
  static const guint8 weights[PLACES - 1] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  guint sum = 0;

  for (guint i = 0; i < PLACES - 1; i++)
    sum += (number[i] - '0') * weights[i];
  return "10X98765432"[sum % 11];
}

static gboolean
refuse_shape (const char *number, GError **error)
{
  gsize places = g_utf8_strlen (number, -1);

  if (places == 0)
    g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, _ ("The ID number is empty."));
  else if (g_ascii_isdigit (number[0]) && strpbrk (number, "eE") != NULL && strchr (number, '+') != NULL)
    g_set_error_literal (
      error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
      _ ("A spreadsheet kept the ID number as a number, so its last digits are lost. Ask for the "
         "number again and write it into a column formatted as text."));
  else if (places != PLACES && places != OLD_PLACES)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                 _ ("The ID number has %u places instead of 18. Compare it with the card."), (guint) places);
  else
    g_set_error_literal (
      error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
      _ ("The ID number holds a sign that does not belong there. Write digits only, and X only "
         "at the end."));
  return FALSE;
}

static gboolean
refuse_check (const char *number, GError **error)
{
  const char *message =
    shequ_id_number_may_have_lost_digits (number)
      ? _ ("The ID number ends on 000 and its check digit does not fit: a spreadsheet cut off "
           "its last digits. Ask for the number again and write it into a column formatted as "
           "text.")
      : _ ("The check digit of the ID number does not fit: one of its digits is wrong. Compare "
           "it with the card.");

  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, message);
  return FALSE;
}

/* Old numbers had two places for the year; 996 to 999 marked persons born before 1900. */
static void
convert_old (const char *old, char *number)
{
  gboolean centenarian = strncmp (old + 12, "996", 3) >= 0;

  memcpy (number, old, 6);
  memcpy (number + 6, centenarian ? "18" : "19", 2);
  memcpy (number + 8, old + 6, 9);
  number[PLACES - 1] = shequ_id_number_check_digit (number);
  number[PLACES] = '\0';
}

static gboolean
read_birth (ShequIdNumber *out, const char *today, GError **error)
{
  out->year = read_number (out->number + 6, 4);
  out->month = read_number (out->number + 10, 2);
  out->day = read_number (out->number + 12, 2);
  if (!shequ_date_is_valid (out->year, out->month, out->day))
    {
      /* The layout of the 2023 card is known at second hand only: its check digit has to do. */
      if (out->number[0] == '9')
        {
          out->year = out->month = out->day = 0;
          return TRUE;
        }
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
        _ ("The birth date %04u-%02u-%02u in the ID number does not exist. Compare places 7 to 14 with "
           "the card."),
        out->year, out->month, out->day);
      return FALSE;
    }
  memcpy (out->birth_date, out->number + 6, 4);
  out->birth_date[4] = '-';
  memcpy (out->birth_date + 5, out->number + 10, 2);
  out->birth_date[7] = '-';
  memcpy (out->birth_date + 8, out->number + 12, 2);
  out->birth_date[10] = '\0';
  if (today != NULL && strcmp (out->birth_date, today) > 0)
    {
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
        _ ("The birth date %s in the ID number lies in the future. Compare places 7 to 14 with the card."),
        out->birth_date);
      return FALSE;
    }
  out->sex = (out->number[16] - '0') % 2 == 1 ? 1 : 2;
  return TRUE;
}

static void
read_region (ShequIdNumber *out)
{
  guint region = read_number (out->number, 6);
  gboolean known = TRUE;

  if (region == 810000)
    out->type = SHEQU_ID_NUMBER_HONG_KONG;
  else if (region == 820000)
    out->type = SHEQU_ID_NUMBER_MACAU;
  else if (region == 830000)
    out->type = SHEQU_ID_NUMBER_TAIWAN;
  else if (out->number[0] == '9')
    {
      out->type = SHEQU_ID_NUMBER_PERMANENT;
      known = shequ_region_is_province (read_number (out->number + 1, 2));
    }
  else
    {
      out->type = SHEQU_ID_NUMBER_RESIDENT;
      known = shequ_region_is_known (region);
    }
  if (!known)
    out->notes |= SHEQU_ID_NUMBER_REGION_UNKNOWN;
}

static gboolean
is_old_permanent (const char *number)
{
  for (guint i = 0; i < 3; i++)
    if (!g_ascii_isalpha (number[i]))
      return FALSE;
  return count_digits (number + 3) == 12 && number[15] == '\0';
}

static void
read_old_permanent (const char *number, ShequIdNumber *out)
{
  out->type = SHEQU_ID_NUMBER_PERMANENT_OLD;
  memcpy (out->number, number, OLD_PLACES + 1);
  for (guint i = 0; i < 3; i++)
    out->number[i] = g_ascii_toupper (number[i]);
}

/**
 * shequ_id_number_parse:
 * @text: an ID number as it was typed or stands in a cell
 * @today: (nullable): the day as `2026-11-22`; a later birth date is refused
 * @out: (out): the number and what it tells
 * @error: return location for a %SHEQU_ERROR_INVALID_VALUE that never repeats the number
 *
 * Reads numbers of citizens (GB 11643-1999), residence permits of Hong Kong, Macau and Taiwan, both
 * editions of the permanent residence card; converts old numbers of 15 digits. An unknown region is a
 * note, not a refusal, for the address part keeps the map of the day it was given.
 *
 * Returns: %FALSE when it cannot be an ID number
 */
gboolean
shequ_id_number_parse (const char *text, const char *today, ShequIdNumber *out, GError **error)
{
  char number[64];
  guint digits;
  gssize length;

  memset (out, 0, sizeof *out);
  length = shequ_text_squeeze_into (text, number, sizeof number);
  if (length < 0)
    return refuse_shape (text, error);
  if (length == OLD_PLACES && is_old_permanent (number))
    {
      read_old_permanent (number, out);
      return TRUE;
    }
  digits = count_digits (number);
  if (length == OLD_PLACES && digits == OLD_PLACES)
    {
      convert_old (number, out->number);
      out->notes |= SHEQU_ID_NUMBER_CONVERTED;
    }
  else if (length == PLACES &&
           (digits == PLACES || (digits == PLACES - 1 && g_ascii_toupper (number[17]) == 'X')))
    {
      memcpy (out->number, number, PLACES + 1);
      out->number[17] = g_ascii_toupper (number[17]);
    }
  else
    return refuse_shape (number, error);

  if (!read_birth (out, today, error))
    return FALSE;
  if (out->number[17] != shequ_id_number_check_digit (out->number))
    return refuse_check (out->number, error);
  read_region (out);
  if (!(out->notes & SHEQU_ID_NUMBER_CONVERTED) && shequ_id_number_may_have_lost_digits (out->number))
    out->notes |= SHEQU_ID_NUMBER_DIGITS_LOST;
  return TRUE;
}

/**
 * shequ_id_number_may_have_lost_digits:
 * @text: an ID number of a spreadsheet or a CSV file
 *
 * A spreadsheet that takes an ID number for a number keeps 15 digits of it: the last three become 000,
 * which passes the check digit once in eleven times. One such number says little; a column with a share
 * of them well above one in a thousand was damaged.
 *
 * Returns: whether it has the looks of such a number, or is written as 2.20802E+17
 */
gboolean
shequ_id_number_may_have_lost_digits (const char *text)
{
  char number[64];
  gssize length = shequ_text_squeeze_into (text, number, sizeof number);

  if (length == PLACES && count_digits (number) == PLACES)
    return strcmp (number + OLD_PLACES, "000") == 0;
  return length > 4 && g_ascii_isdigit (number[0]) && strspn (number, "0123456789.eE+") == (gsize) length &&
         strpbrk (number, "eE") != NULL;
}

/**
 * shequ_id_number_note_get_text:
 * @note: one note
 *
 * Returns: (nullable): the note in words for the person at the desk
 */
const char *
shequ_id_number_note_get_text (ShequIdNumberNotes note)
{
  switch (note)
    {
    case SHEQU_ID_NUMBER_REGION_UNKNOWN:
      return _ (
        "The address part of the ID number stands in no list; it may be of an earlier map. Compare it with "
        "the card.");
    case SHEQU_ID_NUMBER_CONVERTED:
      return _ ("An old ID number of 15 digits was turned into 18 digits. Compare it with the card.");
    case SHEQU_ID_NUMBER_DIGITS_LOST:
      return _ ("The ID number ends on 000; a spreadsheet may have cut off its last digits. Compare it with "
                "the card.");
    case SHEQU_ID_NUMBER_NO_NOTES:
    default:
      return NULL;
    }
}
