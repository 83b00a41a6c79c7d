#include "shequ-cell-text.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "shequ-date.h"

#define KEPT_DIGITS 15
#define SECONDS_OF_DAY 86400

static const char replacement[] = "\xEF\xBF\xBD";

static gboolean
is_plain (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = text[i];

      if (byte == '\0' || byte == '\r' || byte == 0xEF)
        return FALSE;
    }
  return TRUE;
}

static gsize
cut_length (const char *text, gsize length)
{
  const char *end = text + length;
  const char *at = text;

  for (guint i = 0; i < SHEQU_CELL_MAX_CHARACTERS && at < end; i++)
    at = g_utf8_next_char (at);
  return at - text;
}

/**
 * shequ_cell_text_append:
 * @target: where the text goes
 * @text: UTF-8 that may hold NUL bytes
 * @length: bytes of @text
 *
 * Appends @text without a closing NUL: line ends become `\n`, NUL bytes U+FFFD; a text too long is cut.
 *
 * Returns: what was found
 */
ShequCellFlags
shequ_cell_text_append (GByteArray *target, const char *text, gsize length)
{
  ShequCellFlags flags = 0;
  gsize kept = length > SHEQU_CELL_MAX_CHARACTERS ? cut_length (text, length) : length;

  if (kept < length)
    flags |= SHEQU_CELL_CUT;
  if (is_plain (text, kept))
    {
      g_byte_array_append (target, (const guint8 *) text, kept);
      return flags;
    }
  for (gsize i = 0; i < kept; i++)
    {
      if (text[i] == '\r')
        {
          if (i + 1 >= kept || text[i + 1] != '\n')
            g_byte_array_append (target, (const guint8 *) "\n", 1);
          continue;
        }
      if (text[i] == '\0' || (i + 3 <= kept && memcmp (text + i, replacement, 3) == 0))
        flags |= SHEQU_CELL_DAMAGED;
      if (text[i] == '\0')
        g_byte_array_append (target, (const guint8 *) replacement, 3);
      else
        g_byte_array_append (target, (const guint8 *) text + i, 1);
    }
  return flags;
}

static gsize
format_integer (double number, char *text)
{
  char digits[24];
  guint64 rest = (guint64) fabs (number);
  guint n_digits = 0;
  gsize length = 0;

  do
    digits[n_digits++] = '0' + rest % 10;
  while ((rest /= 10) > 0);
  if (number < 0.0)
    text[length++] = '-';
  while (n_digits > 0)
    text[length++] = digits[--n_digits];
  text[length] = '\0';
  return length;
}

/* A spreadsheet shows its fifteen digits and noughts behind, whatever the last bits hold. */
static gsize
format_rounded (double number, char *text)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  const char *exponent;
  int missing;
  gsize length = 0;

  g_ascii_formatd (digits, sizeof digits, "%.14e", number);
  exponent = strchr (digits, 'e');
  missing = (int) g_ascii_strtoll (exponent + 1, NULL, 10) + 1 - KEPT_DIGITS;
  for (const char *at = digits; at < exponent; at++)
    if (*at != '.')
      text[length++] = *at;
  while (missing-- > 0)
    text[length++] = '0';
  text[length] = '\0';
  return length;
}

/**
 * shequ_cell_format_number:
 * @number: a finite number
 * @text: (out): %SHEQU_CELL_NUMBER_SIZE bytes
 *
 * Writes @number as a spreadsheet shows it in a wide column: fifteen digits, no exponent below 10²¹.
 *
 * Returns: the bytes written
 */
gsize
shequ_cell_format_number (double number, char *text)
{
  double size = fabs (number);

  if (size < 1e15 && floor (number) == number)
    return format_integer (number, text);
  if (size >= 1e15 && size < 1e21)
    return format_rounded (number, text);
  g_ascii_formatd (text, SHEQU_CELL_NUMBER_SIZE, "%.15g", number);
  return strlen (text);
}

static void
put_two (char *text, int number)
{
  text[0] = '0' + number / 10;
  text[1] = '0' + number % 10;
}

/**
 * shequ_cell_format_date:
 * @serial: days as Excel counts them from 1900, the time as fraction
 * @text: (out): %SHEQU_CELL_NUMBER_SIZE bytes
 *
 * Writes `2026-11-22`, with a time `2026-11-22 08:30:00`, and below one day the time alone.
 *
 * Returns: the bytes written, 0 when @serial is no date
 */
gsize
shequ_cell_format_date (double serial, char *text)
{
  double day = floor (serial);
  int seconds = (int) lround ((serial - day) * SECONDS_OF_DAY);
  gsize length = 0;
  ShequDate date;

  if (!isfinite (serial) || serial < 0.0)
    return 0;
  if (seconds == SECONDS_OF_DAY)
    {
      day += 1.0;
      seconds = 0;
    }
  if (day >= 1.0)
    {
      if (!shequ_date_from_serial (day, FALSE, &date, NULL))
        return 0;
      shequ_date_to_iso (&date, text);
      length = SHEQU_DATE_TEXT_SIZE - 1;
    }
  if (seconds > 0 || day < 1.0)
    {
      if (length > 0)
        text[length++] = ' ';
      memcpy (text + length, "00:00:00", 9);
      put_two (text + length, seconds / 3600);
      put_two (text + length + 3, seconds / 60 % 60);
      put_two (text + length + 6, seconds % 60);
      length += 8;
    }
  text[length] = '\0';
  return length;
}

/**
 * shequ_cell_serial_from_iso:
 * @text: a moment as XML holds it, as `2026-11-22T08:30:00`, also without its time
 * @serial: (out): days as Excel counts them from 1900
 *
 * Returns: whether @text is a moment
 */
gboolean
shequ_cell_serial_from_iso (const char *text, double *serial)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GDateTime) start = g_date_time_new_utc (1899, 12, 30, 0, 0, 0);
  g_autofree char *with_time = g_strconcat (text, "T00:00:00", NULL);
  g_autoptr (GDateTime) moment = NULL;

  moment = g_date_time_new_from_iso8601 (strchr (text, 'T') == NULL ? with_time : text, zone);
  if (moment == NULL)
    return FALSE;
  *serial = (double) g_date_time_difference (moment, start) / (double) G_TIME_SPAN_DAY;
  /* Excel counts a 29 February 1900 that never was. */
  if (*serial < 61.0)
    *serial -= 1.0;
  return TRUE;
}

/**
 * shequ_cell_describe_problem:
 * @cell: a cell
 *
 * Returns: (transfer full) (nullable): why the cell's value cannot be stored, %NULL when it can
 */
char *
shequ_cell_describe_problem (const ShequCell *cell)
{
  if (cell->type == SHEQU_CELL_ERROR)
    return g_strdup_printf (_ ("The formula in the cell has no result but the error %s. Correct it in the "
                               "spreadsheet."),
                            cell->text);
  if (cell->flags & SHEQU_CELL_CUT)
    return g_strdup_printf (_ ("The cell holds more than %d characters. Shorten it."),
                            SHEQU_CELL_MAX_CHARACTERS);
  if (cell->flags & SHEQU_CELL_DAMAGED)
    return g_strdup (_ ("The cell holds damaged characters, shown as �. Write it again."));
  if (cell->flags & SHEQU_CELL_ROUNDED)
    return g_strdup (
      _ ("A spreadsheet kept the long number as a number, so the digits after the fifteenth are "
         "lost. Write it again into a column formatted as text."));
  return NULL;
}

/**
 * shequ_cell_column_name:
 * @column: a column, from 0
 *
 * Returns: (transfer full): its letters, `A` for 0, `AA` for 26
 */
char *
shequ_cell_column_name (guint column)
{
  char letters[8];
  guint at = sizeof letters - 1;

  letters[at] = '\0';
  for (column += 1; column > 0 && at > 0; column = (column - 1) / 26)
    letters[--at] = 'A' + (column - 1) % 26;
  return g_strdup (letters + at);
}

/**
 * shequ_sheet_format_from_name:
 * @name: a format as `--format=` names it: csv, xlsx, xls, xml, html
 * @format: (out): the format
 *
 * Returns: whether @name is a format
 */
gboolean
shequ_sheet_format_from_name (const char *name, ShequSheetFormat *format)
{
  static const struct
  {
    const char *name;
    ShequSheetFormat format;
  } formats[] = {
    { "csv", SHEQU_SHEET_FORMAT_CSV }, { "xlsx", SHEQU_SHEET_FORMAT_XLSX }, { "xls", SHEQU_SHEET_FORMAT_XLS },
    { "xml", SHEQU_SHEET_FORMAT_XML }, { "html", SHEQU_SHEET_FORMAT_HTML },
  };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_ascii_strcasecmp (name, formats[i].name) == 0)
      {
        *format = formats[i].format;
        return TRUE;
      }
  return FALSE;
}
