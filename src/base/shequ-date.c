#include "shequ-date.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "shequ-error.h"
#include "shequ-text.h"
#include "shequ-time.h"

#define DAYS_OF_400_YEARS 146097

/**
 * shequ_date_month_length:
 * @year: a year
 * @month: 1 to 12
 *
 * Returns: the days of the month
 */
int
shequ_date_month_length (int year, int month)
{
  static const guint8 lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return month == 2 && leap ? 29 : lengths[month - 1];
}

/**
 * shequ_date_is_valid:
 * @year: a year
 * @month: a month
 * @day: a day
 *
 * Returns: whether the day exists and lies in the years 1850 to 2200
 */
gboolean
shequ_date_is_valid (int year, int month, int day)
{
  return year >= SHEQU_DATE_FIRST_YEAR && year <= SHEQU_DATE_LAST_YEAR && month >= 1 && month <= 12 &&
         day >= 1 && day <= shequ_date_month_length (year, month);
}

/* Three numbers and what stands around them. */
typedef struct
{
  guint count;
  int numbers[3];
  guint widths[3];
  const char *rest;
} Parts;

static gboolean
skip_separator (const char **text)
{
  static const char *const separators[] = { "-", "/", ".", "年", "月" };
  gboolean skipped = FALSE;

  while (**text == ' ')
    (*text)++;
  for (guint i = 0; i < G_N_ELEMENTS (separators) && !skipped; i++)
    if (g_str_has_prefix (*text, separators[i]))
      {
        *text += strlen (separators[i]);
        skipped = TRUE;
      }
  while (skipped && **text == ' ')
    (*text)++;
  return skipped;
}

static void
read_parts (const char *text, Parts *parts)
{
  memset (parts, 0, sizeof *parts);
  while (parts->count < 3)
    {
      guint width = strspn (text, "0123456789");
      int number = 0;

      if (width == 0 || width > 8)
        break;
      for (guint i = 0; i < width; i++)
        number = number * 10 + (text[i] - '0');
      parts->numbers[parts->count] = number;
      parts->widths[parts->count++] = width;
      text += width;
      if (parts->count < 3 && !skip_separator (&text))
        break;
    }
  parts->rest = text;
}

static gboolean
refuse_unread (const char *text, GError **error)
{
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
               _ ("“%s” is not a date. Write year, month and day, as 2026-11-22."), text);
  return FALSE;
}

/* A time may stand behind the date, as spreadsheets write it. */
static gboolean
read_ending (const char *rest, int *seconds)
{
  *seconds = 0;
  while (*rest == ' ')
    rest++;
  if (g_str_has_prefix (rest, "日") || g_str_has_prefix (rest, "号"))
    rest += strlen ("日");
  if (*rest == 'T')
    rest++;
  while (*rest == ' ')
    rest++;
  return *rest == '\0' || shequ_time_parse_seconds (rest, seconds, NULL);
}

static gboolean
take_day (const char *text, int year, int month, int day, ShequDate *date, GError **error)
{
  if (year < SHEQU_DATE_FIRST_YEAR || year > SHEQU_DATE_LAST_YEAR)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                   _ ("The year of “%s” is not between %d and %d. Write it with four digits, as 2026-11-22."),
                   text, SHEQU_DATE_FIRST_YEAR, SHEQU_DATE_LAST_YEAR);
      return FALSE;
    }
  if (!shequ_date_is_valid (year, month, day))
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                   _ ("“%s” is no day of the calendar. Correct month or day."), text);
      return FALSE;
    }
  *date = (ShequDate){ year, month, day };
  return TRUE;
}

static gboolean
take_parts (const char *text, const Parts *parts, ShequDate *date, int *seconds, GError **error)
{
  const int *numbers = parts->numbers;

  if (parts->count == 1 && parts->widths[0] == 8 && read_ending (parts->rest, seconds))
    return take_day (text, numbers[0] / 10000, numbers[0] / 100 % 100, numbers[0] % 100, date, error);
  if (parts->count >= 2 && parts->widths[parts->count - 1] == 4)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                   _ ("“%s” can be read in two ways. Write the year first, as 2026-11-22."), text);
      return FALSE;
    }
  if (parts->count == 3 && parts->widths[0] <= 2)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                   _ ("“%s” has a year of two digits. Write four, as 2026-11-22."), text);
      return FALSE;
    }
  if (parts->widths[0] == 4 && (parts->count == 2 || (parts->count == 1 && strcmp (parts->rest, "年") == 0)))
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                   _ ("“%s” lacks the day. Write year, month and day, as 2026-11-22."), text);
      return FALSE;
    }
  if (parts->count != 3 || parts->widths[0] != 4 || parts->widths[1] > 2 || parts->widths[2] > 2 ||
      !read_ending (parts->rest, seconds))
    return refuse_unread (text, error);
  return take_day (text, numbers[0], numbers[1], numbers[2], date, error);
}

/**
 * shequ_date_parse:
 * @text: a date as people and spreadsheets write it
 * @date: (out): the date
 * @error: return location for a %SHEQU_ERROR_INVALID_VALUE
 *
 * Reads 2026-11-22, 2026/11/22, 2026.11.22, 2026年11月22日, 20261122, also in full-width digits and
 * with a time behind. Refuses what can be read in two ways (1/2/2026), years of two digits, days that the
 * calendar lacks and years outside 1850 to 2200.
 *
 * Returns: %FALSE when it is no date
 */
gboolean
shequ_date_parse (const char *text, ShequDate *date, GError **error)
{
  int seconds;

  return shequ_date_from_iso (text, date) || shequ_date_parse_with_time (text, date, &seconds, error);
}

/**
 * shequ_date_parse_with_time:
 * @text: a date, or date and time, as people and spreadsheets write it
 * @date: (out): the date
 * @seconds: (out): seconds since midnight, 0 when @text holds no time
 * @error: return location for a %SHEQU_ERROR_INVALID_VALUE
 *
 * Returns: %FALSE when it is no date
 */
gboolean
shequ_date_parse_with_time (const char *text, ShequDate *date, int *seconds, GError **error)
{
  char folded[64];
  Parts parts;

  if (shequ_text_fold_into (text, folded, sizeof folded) <= 0)
    {
      g_autofree char *start = g_utf8_make_valid (text, MIN (strlen (text), 60));

      return refuse_unread (start, error);
    }
  read_parts (folded, &parts);
  return take_parts (folded, &parts, date, seconds, error);
}

/**
 * shequ_date_from_iso:
 * @text: a text
 * @date: (out): the date
 *
 * Reads the stored form and nothing else.
 *
 * Returns: whether @text is a date as `2026-11-22`
 */
gboolean
shequ_date_from_iso (const char *text, ShequDate *date)
{
  int numbers[3] = { 0, 0, 0 };
  guint part = 0;

  for (guint i = 0; i < SHEQU_DATE_TEXT_SIZE - 1; i++)
    {
      if (i == 4 || i == 7)
        {
          if (text[i] != '-')
            return FALSE;
          part++;
        }
      else if (!g_ascii_isdigit (text[i]))
        return FALSE;
      else
        numbers[part] = numbers[part] * 10 + (text[i] - '0');
    }
  if (text[SHEQU_DATE_TEXT_SIZE - 1] != '\0' || !shequ_date_is_valid (numbers[0], numbers[1], numbers[2]))
    return FALSE;
  *date = (ShequDate){ numbers[0], numbers[1], numbers[2] };
  return TRUE;
}

/**
 * shequ_date_from_serial:
 * @serial: the number in a spreadsheet's date cell; its fraction is the time of day
 * @from_1904: whether the workbook counts from 1904, as old Macintosh ones do
 * @date: (out): the date
 * @error: return location for a %SHEQU_ERROR_INVALID_VALUE
 *
 * The 1900 system holds a 29 February 1900 that never was: earlier serials count from one day later, that
 * day itself is refused. A number such as 20261122 is read as its digits.
 *
 * Returns: %FALSE when the number means no date
 */
gboolean
shequ_date_from_serial (double serial, gboolean from_1904, ShequDate *date, GError **error)
{
  static const ShequDate start_1900 = { 1899, 12, 30 };
  static const ShequDate start_1904 = { 1904, 1, 1 };
  static const double last_serial = 120000.0;
  double day = floor (serial);
  g_autofree char *text = NULL;

  if (day >= 18500101.0 && day <= 22001231.0)
    {
      text = g_strdup_printf ("%d", (int) day);
      return take_day (text, (int) day / 10000, (int) day / 100 % 100, (int) day % 100, date, error);
    }
  if (!(day >= (from_1904 ? 0.0 : 1.0) && day <= last_serial) || (!from_1904 && day == 60.0))
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];

      return refuse_unread (g_ascii_formatd (buffer, sizeof buffer, "%.10g", serial), error);
    }
  if (from_1904)
    *date = shequ_date_add_days (&start_1904, (int) day);
  else
    *date = shequ_date_add_days (&start_1900, (int) day + (day < 60.0 ? 1 : 0));
  return TRUE;
}

/**
 * shequ_date_normalise:
 * @text: a date as people write it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the stored form, as shequ_date_parse() reads @text
 */
char *
shequ_date_normalise (const char *text, GError **error)
{
  char buffer[SHEQU_DATE_TEXT_SIZE];
  ShequDate date;

  if (!shequ_date_parse (text, &date, error))
    return NULL;
  shequ_date_to_iso (&date, buffer);
  return g_strdup (buffer);
}

static void
put_digits (char *buffer, int number, guint width)
{
  while (width-- > 0)
    {
      buffer[width] = '0' + number % 10;
      number /= 10;
    }
}

/**
 * shequ_date_to_iso:
 * @date: a date
 * @buffer: (out): %SHEQU_DATE_TEXT_SIZE bytes
 *
 * Writes the stored form, as `2026-11-22`.
 */
void
shequ_date_to_iso (const ShequDate *date, char *buffer)
{
  put_digits (buffer, date->year, 4);
  buffer[4] = '-';
  put_digits (buffer + 5, date->month, 2);
  buffer[7] = '-';
  put_digits (buffer + 8, date->day, 2);
  buffer[10] = '\0';
}

/**
 * shequ_date_format_chinese:
 * @date: a date
 *
 * Returns: (transfer full): the date as papers carry it, 2026年11月22日
 */
char *
shequ_date_format_chinese (const ShequDate *date)
{
  return g_strdup_printf ("%d年%d月%d日", date->year, date->month, date->day);
}

/**
 * shequ_date_to_month_key:
 * @date: a date
 * @buffer: (out): %SHEQU_MONTH_KEY_SIZE bytes
 *
 * Writes the month as `2026-11`.
 */
void
shequ_date_to_month_key (const ShequDate *date, char *buffer)
{
  char text[SHEQU_DATE_TEXT_SIZE];

  shequ_date_to_iso (date, text);
  memcpy (buffer, text, SHEQU_MONTH_KEY_SIZE - 1);
  buffer[SHEQU_MONTH_KEY_SIZE - 1] = '\0';
}

/**
 * shequ_date_from_month_key:
 * @month_key: a month as `2026-11`
 * @first: (out): its first day
 *
 * Returns: whether @month_key is a month
 */
gboolean
shequ_date_from_month_key (const char *month_key, ShequDate *first)
{
  char text[SHEQU_DATE_TEXT_SIZE] = "0000-00-01";

  if (strlen (month_key) != SHEQU_MONTH_KEY_SIZE - 1)
    return FALSE;
  memcpy (text, month_key, SHEQU_MONTH_KEY_SIZE - 1);
  return shequ_date_from_iso (text, first);
}

/**
 * shequ_date_to_days:
 * @date: a date
 *
 * Returns: the days from 1970-01-01 to @date, negative before
 */
int
shequ_date_to_days (const ShequDate *date)
{
  /* Years begin in March here, so that the leap day is a year's last. */
  int year = date->month <= 2 ? date->year - 1 : date->year;
  int month = (date->month + 9) % 12;
  int era = year / 400;
  int year_of_era = year - era * 400;
  int day_of_year = (153 * month + 2) / 5 + date->day - 1;

  return era * DAYS_OF_400_YEARS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719468;
}

/**
 * shequ_date_from_days:
 * @days: days from 1970-01-01
 *
 * Returns: the date
 */
ShequDate
shequ_date_from_days (int days)
{
  int shifted = days + 719468;
  int era = shifted / DAYS_OF_400_YEARS;
  int day_of_era = shifted - era * DAYS_OF_400_YEARS;
  int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int month = (5 * day_of_year + 2) / 153;
  ShequDate date;

  date.day = day_of_year - (153 * month + 2) / 5 + 1;
  date.month = month < 10 ? month + 3 : month - 9;
  date.year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
  return date;
}

/**
 * shequ_date_add_days:
 * @date: a date
 * @days: days to add, negative to go back
 *
 * Returns: the date so many days later
 */
ShequDate
shequ_date_add_days (const ShequDate *date, int days)
{
  return shequ_date_from_days (shequ_date_to_days (date) + days);
}

/**
 * shequ_date_add_months:
 * @date: a date
 * @months: months to add, negative to go back
 *
 * Returns: the same day of the other month, or that month's last day where it is shorter
 */
ShequDate
shequ_date_add_months (const ShequDate *date, int months)
{
  int all = date->year * 12 + date->month - 1 + months;
  ShequDate result = { all / 12, all % 12 + 1, date->day };

  result.day = MIN (result.day, shequ_date_month_length (result.year, result.month));
  return result;
}

/**
 * shequ_date_add_years:
 * @date: a date, as a birth date
 * @years: years to add, negative to go back
 *
 * Returns: the same day of the other year; for 29 February the 1 March of a year that lacks it, the day on
 *   which such persons become older
 */
ShequDate
shequ_date_add_years (const ShequDate *date, int years)
{
  ShequDate result = { date->year + years, date->month, date->day };

  if (result.day > shequ_date_month_length (result.year, result.month))
    {
      result.month++;
      result.day = 1;
    }
  return result;
}

/**
 * shequ_date_compare:
 * @one: a date
 * @other: a date
 *
 * Returns: negative, 0 or positive as @one is before, on or after @other
 */
int
shequ_date_compare (const ShequDate *one, const ShequDate *other)
{
  if (one->year != other->year)
    return one->year - other->year;
  return one->month != other->month ? one->month - other->month : one->day - other->day;
}

/**
 * shequ_date_years_between:
 * @birth: the earlier date
 * @at: the later date
 *
 * Full years, the birthday itself counting; persons of 29 February turn on 1 March in other years.
 *
 * Returns: the age, negative when @at lies before @birth
 */
int
shequ_date_years_between (const ShequDate *birth, const ShequDate *at)
{
  gboolean reached = at->month > birth->month || (at->month == birth->month && at->day >= birth->day);

  return at->year - birth->year - (reached ? 0 : 1);
}

/**
 * shequ_date_weekday:
 * @date: a date
 *
 * Returns: 1 for Monday to 7 for Sunday
 */
int
shequ_date_weekday (const ShequDate *date)
{
  int day = (shequ_date_to_days (date) + 3) % 7;

  return (day < 0 ? day + 7 : day) + 1;
}
