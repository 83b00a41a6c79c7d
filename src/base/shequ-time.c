#include "shequ-time.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "shequ-error.h"
#include "shequ-text.h"

#define MINUTES_OF_DAY (24 * 60)
#define SECONDS_OF_DAY (24 * 60 * 60)

/* Asia/Shanghai has kept +08:00 without summer time since 1992. */
#define SHANGHAI_SECONDS (8 * 60 * 60)

static gboolean
read_two (const char **text, guint least_width, int limit, int *number)
{
  guint width = strspn (*text, "0123456789");

  if (width < least_width || width > 2)
    return FALSE;
  *number = 0;
  for (guint i = 0; i < width; i++)
    *number = *number * 10 + ((*text)[i] - '0');
  *text += width;
  return *number < limit;
}

static gboolean
skip (const char **text, const char *word)
{
  if (!g_str_has_prefix (*text, word))
    return FALSE;
  *text += strlen (word);
  return TRUE;
}

static gboolean
read_seconds (const char *text, int *seconds)
{
  int hour, minute = 0, second = 0;

  if (!read_two (&text, 1, 24, &hour))
    return FALSE;
  if (skip (&text, "时") || skip (&text, "点"))
    {
      if (skip (&text, "半"))
        minute = 30;
      else if (*text != '\0' && !(read_two (&text, 1, 60, &minute) && skip (&text, "分")))
        return FALSE;
    }
  else
    {
      if (!skip (&text, ":") || !read_two (&text, 2, 60, &minute))
        return FALSE;
      if (skip (&text, ":") && !read_two (&text, 2, 60, &second))
        return FALSE;
      if (skip (&text, "."))
        text += strspn (text, "0123456789");
    }
  *seconds = hour * 3600 + minute * 60 + second;
  return *text == '\0';
}

static gboolean
refuse_time (const char *text, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (text, MIN (strlen (text), 60));

  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
               _ ("“%s” is not a time. Write hour and minute, as 08:30."), valid);
  return FALSE;
}

/**
 * shequ_time_parse:
 * @text: a time of day: 8:30, 08:30:00, 8时30分, 8点半
 * @minutes: (out): minutes since midnight; seconds are left out
 * @error: return location for a %SHEQU_ERROR_INVALID_VALUE
 *
 * Returns: %FALSE when it is no time
 */
gboolean
shequ_time_parse (const char *text, int *minutes, GError **error)
{
  int seconds;

  if (!shequ_time_parse_seconds (text, &seconds, error))
    return FALSE;
  *minutes = seconds / 60;
  return TRUE;
}

/**
 * shequ_time_parse_seconds:
 * @text: a time of day as shequ_time_parse() reads it
 * @seconds: (out): seconds since midnight
 * @error: return location for a %SHEQU_ERROR_INVALID_VALUE
 *
 * Returns: %FALSE when it is no time
 */
gboolean
shequ_time_parse_seconds (const char *text, int *seconds, GError **error)
{
  char squeezed[64];

  return (shequ_text_squeeze_into (text, squeezed, sizeof squeezed) > 0 &&
          read_seconds (squeezed, seconds)) ||
         refuse_time (text, error);
}

/**
 * shequ_time_from_serial:
 * @serial: the number in a spreadsheet's time cell; its fraction is the time of day
 * @minutes: (out): minutes since midnight
 * @error: return location for a %SHEQU_ERROR_INVALID_VALUE
 *
 * Returns: %FALSE when the number means no time
 */
gboolean
shequ_time_from_serial (double serial, int *minutes, GError **error)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!(serial >= 0.0 && serial < 1e6))
    return refuse_time (g_ascii_formatd (buffer, sizeof buffer, "%.10g", serial), error);
  *minutes = (int) floor ((serial - floor (serial)) * SECONDS_OF_DAY + 0.5) / 60 % MINUTES_OF_DAY;
  return TRUE;
}

static void
put_two (char *buffer, int number)
{
  buffer[0] = '0' + number / 10 % 10;
  buffer[1] = '0' + number % 10;
}

/**
 * shequ_time_to_text:
 * @minutes: minutes since midnight, 0 to 1439
 * @buffer: (out): %SHEQU_TIME_TEXT_SIZE bytes
 *
 * Writes the stored form, as `08:30`.
 */
void
shequ_time_to_text (int minutes, char *buffer)
{
  put_two (buffer, minutes / 60);
  buffer[2] = ':';
  put_two (buffer + 3, minutes % 60);
  buffer[5] = '\0';
}

static gint64
seconds_of (const ShequDate *date, int seconds)
{
  return (gint64) shequ_date_to_days (date) * SECONDS_OF_DAY + seconds;
}

/**
 * shequ_moment_from_utc:
 * @text: a text
 * @seconds: (out): seconds since 1970-01-01T00:00:00Z
 *
 * Reads the stored form and nothing else.
 *
 * Returns: whether @text is a moment as `2026-11-22T00:30:00Z`
 */
gboolean
shequ_moment_from_utc (const char *text, gint64 *seconds)
{
  char day[SHEQU_DATE_TEXT_SIZE];
  char time[9];
  ShequDate date;
  int of_day;

  if (strlen (text) != SHEQU_MOMENT_TEXT_SIZE - 1 || text[10] != 'T' || text[19] != 'Z')
    return FALSE;
  g_strlcpy (day, text, sizeof day);
  g_strlcpy (time, text + 11, sizeof time);
  if (strspn (time, "0123456789:") != 8 || time[2] != ':' || time[5] != ':' ||
      !shequ_date_from_iso (day, &date) || !read_seconds (time, &of_day))
    return FALSE;
  *seconds = seconds_of (&date, of_day);
  return TRUE;
}

/**
 * shequ_moment_parse:
 * @text: the stored form, or a date with a time as people in China write it: 2026-11-22 08:30
 * @seconds: (out): seconds since 1970-01-01T00:00:00Z
 * @error: return location for a %SHEQU_ERROR_INVALID_VALUE
 *
 * A time without zone is one of Asia/Shanghai; a missing time is midnight there.
 *
 * Returns: %FALSE when it is no moment
 */
gboolean
shequ_moment_parse (const char *text, gint64 *seconds, GError **error)
{
  ShequDate date;
  int of_day;

  if (shequ_moment_from_utc (text, seconds))
    return TRUE;
  if (!shequ_date_parse_with_time (text, &date, &of_day, error))
    return FALSE;
  *seconds = seconds_of (&date, of_day) - SHANGHAI_SECONDS;
  return TRUE;
}

/**
 * shequ_moment_to_utc:
 * @seconds: seconds since 1970-01-01T00:00:00Z
 * @buffer: (out): %SHEQU_MOMENT_TEXT_SIZE bytes
 *
 * Writes the stored form, as `2026-11-22T00:30:00Z`.
 */
void
shequ_moment_to_utc (gint64 seconds, char *buffer)
{
  gint64 days = seconds >= 0 ? seconds / SECONDS_OF_DAY : -((-seconds + SECONDS_OF_DAY - 1) / SECONDS_OF_DAY);
  int of_day = (int) (seconds - days * SECONDS_OF_DAY);
  ShequDate date = shequ_date_from_days ((int) days);

  shequ_date_to_iso (&date, buffer);
  buffer[10] = 'T';
  shequ_time_to_text (of_day / 60, buffer + 11);
  buffer[16] = ':';
  put_two (buffer + 17, of_day % 60);
  buffer[19] = 'Z';
  buffer[20] = '\0';
}

/**
 * shequ_moment_to_date:
 * @seconds: seconds since 1970-01-01T00:00:00Z
 * @date: (out): the day in Asia/Shanghai
 * @minutes: (out) (optional): minutes since midnight there
 */
void
shequ_moment_to_date (gint64 seconds, ShequDate *date, int *minutes)
{
  gint64 local = seconds + SHANGHAI_SECONDS;
  gint64 days = local >= 0 ? local / SECONDS_OF_DAY : -((-local + SECONDS_OF_DAY - 1) / SECONDS_OF_DAY);

  *date = shequ_date_from_days ((int) days);
  if (minutes != NULL)
    *minutes = (int) (local - days * SECONDS_OF_DAY) / 60;
}

/**
 * shequ_moment_from_date:
 * @date: a day in Asia/Shanghai
 * @minutes: minutes since midnight there
 *
 * Returns: seconds since 1970-01-01T00:00:00Z
 */
gint64
shequ_moment_from_date (const ShequDate *date, int minutes)
{
  return seconds_of (date, minutes * 60) - SHANGHAI_SECONDS;
}

/**
 * shequ_moment_format:
 * @seconds: seconds since 1970-01-01T00:00:00Z
 *
 * Returns: (transfer full): the moment as people in China read it, `2026-11-22 08:30`
 */
char *
shequ_moment_format (gint64 seconds)
{
  char day[SHEQU_DATE_TEXT_SIZE];
  char time[SHEQU_TIME_TEXT_SIZE];
  ShequDate date;
  int minutes;

  shequ_moment_to_date (seconds, &date, &minutes);
  shequ_date_to_iso (&date, day);
  shequ_time_to_text (minutes, time);
  return g_strconcat (day, " ", time, NULL);
}
