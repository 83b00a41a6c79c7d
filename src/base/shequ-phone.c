#include "shequ-phone.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-error.h"
#include "shequ-text.h"

#define MOST_PLACES 30

static gboolean
all_digits (const char *text)
{
  return *text != '\0' && text[strspn (text, "0123456789")] == '\0';
}

static gboolean
is_mobile (const char *digits)
{
  return strlen (digits) == 11 && digits[0] == '1' && digits[1] >= '3' && all_digits (digits);
}

/* Beijing and the big cities have area codes of three places, all others of four. */
static guint
area_places (const char *digits)
{
  if (digits[0] != '0' || digits[1] == '0')
    return 0;
  return digits[1] == '1' || digits[1] == '2' ? 3 : 4;
}

static gboolean
take_land_line (const char *digits, const char *extension, ShequPhone *out)
{
  guint area = area_places (digits);
  gsize length = strlen (digits);

  if (area == 0 || length < area + 7 || length > area + 8 || digits[area] < '2' || strlen (extension) > 6)
    return FALSE;
  memcpy (out->number, digits, area);
  out->number[area] = '-';
  memcpy (out->number + area + 1, digits + area, length - area + 1);
  if (*extension != '\0')
    {
      g_strlcat (out->number, "-", sizeof out->number);
      g_strlcat (out->number, extension, sizeof out->number);
    }
  out->type = SHEQU_PHONE_LAND_LINE;
  return TRUE;
}

static gboolean
take_service (const char *digits, ShequPhone *out)
{
  gsize length = strlen (digits);
  gboolean free_call = length == 10 && (g_str_has_prefix (digits, "400") || g_str_has_prefix (digits, "800"));
  gboolean hot_line = (length == 5 || length == 6) && (digits[0] == '1' || g_str_has_prefix (digits, "95") ||
                                                       g_str_has_prefix (digits, "96"));

  if (!free_call && !hot_line && !(length == 3 && digits[0] == '1'))
    return FALSE;
  g_strlcpy (out->number, digits, sizeof out->number);
  if (free_call)
    {
      out->number[3] = '-';
      g_strlcpy (out->number + 4, digits + 3, sizeof out->number - 4);
    }
  out->type = SHEQU_PHONE_SERVICE;
  return TRUE;
}

static gboolean
take_abroad (const char *digits, ShequPhone *out)
{
  gsize length = strlen (digits);

  if (length < 7 || length > 15 || digits[0] == '0')
    return FALSE;
  out->number[0] = '+';
  memcpy (out->number + 1, digits, length + 1);
  out->type = SHEQU_PHONE_ABROAD;
  return TRUE;
}

/* The digits of a number, and those behind a dash at its end: what may be an extension. */
typedef struct
{
  char digits[MOST_PLACES + 2];
  char extension[MOST_PLACES + 2];
  gboolean abroad;
} Reading;

static gboolean
read_signs (const char *text, gsize length, Reading *reading)
{
  gboolean behind = FALSE;
  guint count = 0;
  guint behind_count = 0;
  gsize start = 0;

  memset (reading, 0, sizeof *reading);
  if (length > 0 && text[0] == '+')
    {
      reading->abroad = TRUE;
      start = 1;
    }
  for (gsize i = start; i < length; i++)
    {
      if (g_ascii_isdigit (text[i]))
        {
          if (count + behind_count >= MOST_PLACES)
            return FALSE;
          if (behind)
            reading->extension[behind_count++] = text[i];
          else
            reading->digits[count++] = text[i];
        }
      else if (text[i] == '-' && count >= 9 && area_places (reading->digits) > 0)
        behind = TRUE;
      else if (strchr (" -()", text[i]) == NULL)
        return FALSE;
    }
  return count > 0;
}

static gboolean
take_reading (Reading *reading, ShequPhone *out)
{
  char *digits = reading->digits;

  memset (out, 0, sizeof *out);
  if (!reading->abroad && g_str_has_prefix (digits, "00"))
    {
      reading->abroad = TRUE;
      memmove (digits, digits + 2, strlen (digits) - 1);
    }
  if (reading->abroad && g_str_has_prefix (digits, "86"))
    {
      reading->abroad = FALSE;
      memmove (digits, digits + 2, strlen (digits) - 1);
      if (digits[0] != '0' && !is_mobile (digits) && strlen (digits) <= MOST_PLACES)
        {
          memmove (digits + 1, digits, strlen (digits) + 1);
          digits[0] = '0';
        }
    }
  else if (strlen (digits) == 13 && g_str_has_prefix (digits, "86") && is_mobile (digits + 2))
    memmove (digits, digits + 2, strlen (digits) - 1);

  if (reading->abroad)
    return take_abroad (digits, out);
  if (*reading->extension == '\0' && is_mobile (digits))
    {
      out->type = SHEQU_PHONE_MOBILE;
      g_strlcpy (out->number, digits, sizeof out->number);
      return TRUE;
    }
  if (digits[0] == '0' && is_mobile (digits + 1) && *reading->extension == '\0')
    {
      out->type = SHEQU_PHONE_MOBILE;
      g_strlcpy (out->number, digits + 1, sizeof out->number);
      return TRUE;
    }
  return take_land_line (digits, reading->extension, out) ||
         (*reading->extension == '\0' && take_service (digits, out));
}

static gboolean
take_part (const char *text, gsize length, ShequPhone *out)
{
  Reading reading;

  while (length > 0 && strchr (" -", text[length - 1]) != NULL)
    length--;
  return length > 0 && text[length - 1] != '(' && read_signs (text, length, &reading) &&
         take_reading (&reading, out);
}

/* Folds the signs and remembers for each folded byte where it came from. */
static gsize
fold (const char *text, char *folded, gsize *origins, gsize size)
{
  const char *place = text;
  gsize length = 0;

  while (*place != '\0' && length + 1 < size)
    {
      gsize origin = place - text;
      gunichar character = shequ_text_fold (shequ_text_next (&place));

      if (character == 0 || (character == ' ' && length == 0))
        continue;
      if (character == 0x8F6C) /* 转, before an extension */
        character = '-';
      origins[length] = origin;
      folded[length++] = character < 0x80 ? (char) character : '|';
    }
  origins[length] = strlen (text);
  while (length > 0 && folded[length - 1] == ' ')
    length--;
  folded[length] = '\0';
  if (length > 2 && strcmp (folded + length - 2, ".0") == 0)
    length -= 2;
  folded[length] = '\0';
  return length;
}

static gboolean
refuse (const char *folded, GError **error)
{
  const char *message;

  if (*folded == '\0')
    message = _ ("The phone number is empty.");
  else if (g_ascii_isdigit (folded[0]) && strpbrk (folded, "eE") != NULL)
    message = _ ("A spreadsheet kept the phone as a number and its digits are lost. Ask for it again.");
  else if (all_digits (folded) && (strlen (folded) == 7 || strlen (folded) == 8))
    message = _ ("The phone number lacks its area code. Write it as 0436-3223344.");
  else if (all_digits (folded) && folded[0] == '1' && strlen (folded) > 6)
    message = _ ("A mobile number has eleven digits and starts with 13 to 19. Count the digits again.");
  else
    message =
      _ ("This is no phone number. Write a mobile number as 13800138000 or a land line as 0436-3223344.");
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, message);
  return FALSE;
}

/**
 * shequ_phone_parse:
 * @text: a phone number as it was typed or stands in a cell
 * @out: (out): the number, and where the text goes on behind it
 * @error: return location for a %SHEQU_ERROR_INVALID_VALUE that never repeats the number
 *
 * Takes out blanks, brackets, +86 and the dashes of mobiles. Of several numbers in a cell
 * ("13800138000/0436-3223344", "13800138000(儿子)") the first is taken; what follows starts at `rest` and the
 * caller should say that it was left out.
 *
 * Returns: %FALSE when the text does not start with a phone number
 */
gboolean
shequ_phone_parse (const char *text, ShequPhone *out, GError **error)
{
  char folded[128];
  gsize origins[128];
  gsize length = fold (text, folded, origins, sizeof folded);
  gsize end;

  if (is_mobile (folded))
    {
      memset (out, 0, sizeof *out);
      memcpy (out->number, folded, length + 1);
      out->type = SHEQU_PHONE_MOBILE;
      return TRUE;
    }
  if (strlen (text) < sizeof folded && take_part (folded, length, out))
    return TRUE;
  /* Try ever shorter starts that end before a sign between two numbers. */
  for (end = length; end > 0; end--)
    if (strchr ("/|,;()[]: .+", folded[end - 1]) != NULL && take_part (folded, end - 1, out))
      {
        out->rest = origins[end - 1];
        return TRUE;
      }
  return refuse (folded, error);
}
