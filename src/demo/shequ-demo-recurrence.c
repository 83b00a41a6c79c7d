#include "shequ-demo-recurrence.h"

#include "config.h"

#include <string.h>

/* The value of a part of a rule, as `MO,WE` of `BYDAY=`; %NULL where there is none. */
static char *
get_part (const char *rule, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (rule, ";", -1);
  gsize length = strlen (name);

  for (guint i = 0; parts[i] != NULL; i++)
    if (strncmp (parts[i], name, length) == 0 && parts[i][length] == '=')
      return g_strdup (parts[i] + length + 1);
  return NULL;
}

static gboolean
lists_number (const char *list, int number)
{
  g_auto (GStrv) items = g_strsplit (list, ",", -1);

  for (guint i = 0; items[i] != NULL; i++)
    if (g_ascii_strtoll (items[i], NULL, 10) == number)
      return TRUE;
  return FALSE;
}

/* `MO`, `2SA` the second Saturday of the month, `-1SA` the last. */
static gboolean
is_day (const char *item, const ShequDate *day)
{
  static const char *const names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
  int length = shequ_date_month_length (day->year, day->month);
  char *end;
  gint64 place = g_ascii_strtoll (item, &end, 10);

  if (!g_str_equal (end, names[shequ_date_weekday (day) - 1]))
    return FALSE;
  if (place < 0)
    return (length - day->day) / 7 + 1 == -place;
  return place == 0 || (day->day - 1) / 7 + 1 == place;
}

static gboolean
lists_day (const char *list, const ShequDate *day)
{
  g_auto (GStrv) items = g_strsplit (list, ",", -1);

  for (guint i = 0; items[i] != NULL; i++)
    if (is_day (items[i], day))
      return TRUE;
  return FALSE;
}

/**
 * shequ_demo_recurrence_matches:
 * @rule: a rule of RFC 5545 of the kinds that data/demo/activities.tsv has; intervals are of months and count
 *   from January
 * @day: a day
 *
 * Returns: whether it is one of the days; never for an empty rule
 */
gboolean
shequ_demo_recurrence_matches (const char *rule, const ShequDate *day)
{
  g_autofree char *days = get_part (rule, "BYDAY");
  g_autofree char *months = get_part (rule, "BYMONTH");
  g_autofree char *month_days = get_part (rule, "BYMONTHDAY");
  g_autofree char *interval = get_part (rule, "INTERVAL");
  gint64 every = interval != NULL ? g_ascii_strtoll (interval, NULL, 10) : 1;

  return *rule != '\0' && (months == NULL || lists_number (months, day->month)) &&
         (month_days == NULL || lists_number (month_days, day->day)) &&
         (days == NULL || lists_day (days, day)) && (every <= 1 || (day->month - 1) % every == 0);
}

/**
 * shequ_demo_is_school_holiday:
 * @day: a day
 *
 * Returns: whether schools of the north-east usually have winter or summer holidays
 */
gboolean
shequ_demo_is_school_holiday (const ShequDate *day)
{
  int place = day->month * 100 + day->day;

  return (place >= 115 && place <= 225) || (place >= 710 && place <= 831);
}
