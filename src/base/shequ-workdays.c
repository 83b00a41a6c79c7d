#include "shequ-workdays.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-data.h"
#include "shequ-error.h"

#define SHIPPED "rules/workdays.tsv"
#define SHIPPED_PROVISIONAL "rules/workdays-2027-provisional.tsv"

typedef struct
{
  gboolean workday;
  char *name;
} Exception;

struct _ShequWorkdays
{
  gatomicrefcount references;
  GHashTable *exceptions; /* days since 1970 -> Exception */
  GHashTable *years;      /* year -> ShequCalendarStatus */
};

static void
exception_free (Exception *exception)
{
  g_free (exception->name);
  g_free (exception);
}

/**
 * shequ_workdays_new:
 *
 * An empty table, to which shequ_workdays_add() adds days before it is used; after that it must not change
 * and may be read from every thread.
 *
 * Returns: (transfer full): a table
 */
ShequWorkdays *
shequ_workdays_new (void)
{
  ShequWorkdays *workdays = g_new0 (ShequWorkdays, 1);

  g_atomic_ref_count_init (&workdays->references);
  workdays->exceptions = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) exception_free);
  workdays->years = g_hash_table_new (NULL, NULL);
  return workdays;
}

static gboolean
read_row (char **cells, guint line, gpointer user_data, GError **error)
{
  return shequ_workdays_add (user_data, cells[0], cells[1], cells[2], SHEQU_CALENDAR_KNOWN, error);
}

static gboolean
read_provisional_row (char **cells, guint line, gpointer user_data, GError **error)
{
  return shequ_workdays_add (user_data, cells[0], cells[1], cells[2], SHEQU_CALENDAR_PROVISIONAL, error);
}

/**
 * shequ_workdays_new_shipped:
 * @error: return location
 *
 * The table that comes with the program: the State Council's notices for 2023 to 2026, and for 2027 the
 * holidays fixed by law. An office adds what came later.
 *
 * Returns: (transfer full) (nullable): a table
 */
ShequWorkdays *
shequ_workdays_new_shipped (GError **error)
{
  g_autoptr (ShequWorkdays) workdays = shequ_workdays_new ();

  if (!shequ_data_read_table (SHIPPED, "date kind name", read_row, workdays, error) ||
      !shequ_data_read_table (SHIPPED_PROVISIONAL, "date kind name", read_provisional_row, workdays, error))
    return NULL;
  return g_steal_pointer (&workdays);
}

/**
 * shequ_workdays_add:
 * @workdays: a table that is not in use yet
 * @date: a day as `2027-01-01`
 * @kind: `holiday` or `workday`
 * @name: the holiday it belongs to
 * @status: what the row says of its year; the best status of a year's rows counts
 * @error: return location for a %SHEQU_ERROR_INVALID_VALUE
 *
 * Adds a day that is not what its weekday says; a later row for the same day replaces the earlier.
 *
 * Returns: %FALSE when the row cannot be read
 */
gboolean
shequ_workdays_add (ShequWorkdays *workdays,
                    const char *date,
                    const char *kind,
                    const char *name,
                    ShequCalendarStatus status,
                    GError **error)
{
  gboolean workday = strcmp (kind, "workday") == 0;
  Exception *exception;
  ShequDate day;

  if (!shequ_date_parse (date, &day, error))
    return FALSE;
  if (!workday && strcmp (kind, "holiday") != 0)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                   _ ("“%s” says nothing of a day. Write holiday or workday."), kind);
      return FALSE;
    }
  exception = g_new0 (Exception, 1);
  exception->workday = workday;
  exception->name = g_strdup (name);
  g_hash_table_replace (workdays->exceptions, GINT_TO_POINTER (shequ_date_to_days (&day)), exception);
  if (status > shequ_workdays_get_status (workdays, day.year))
    g_hash_table_replace (workdays->years, GINT_TO_POINTER (day.year), GINT_TO_POINTER (status));
  return TRUE;
}

/**
 * shequ_workdays_ref:
 * @workdays: a table
 *
 * Returns: (transfer full): @workdays
 */
ShequWorkdays *
shequ_workdays_ref (ShequWorkdays *workdays)
{
  g_atomic_ref_count_inc (&workdays->references);
  return workdays;
}

/**
 * shequ_workdays_unref:
 * @workdays: (transfer full): a table
 */
void
shequ_workdays_unref (ShequWorkdays *workdays)
{
  if (!g_atomic_ref_count_dec (&workdays->references))
    return;
  g_hash_table_unref (workdays->exceptions);
  g_hash_table_unref (workdays->years);
  g_free (workdays);
}

static const Exception *
find (const ShequWorkdays *workdays, const ShequDate *date)
{
  return g_hash_table_lookup (workdays->exceptions, GINT_TO_POINTER (shequ_date_to_days (date)));
}

/**
 * shequ_workdays_is_workday:
 * @workdays: a table
 * @date: a day
 *
 * Returns: whether offices work on @date; by its weekday where the table says nothing
 */
gboolean
shequ_workdays_is_workday (const ShequWorkdays *workdays, const ShequDate *date)
{
  const Exception *exception = find (workdays, date);

  return exception != NULL ? exception->workday : shequ_date_weekday (date) <= 5;
}

/**
 * shequ_workdays_get_name:
 * @workdays: a table
 * @date: a day
 *
 * Returns: (nullable): the holiday that @date belongs to, also for a make-up day
 */
const char *
shequ_workdays_get_name (const ShequWorkdays *workdays, const ShequDate *date)
{
  const Exception *exception = find (workdays, date);

  return exception != NULL ? exception->name : NULL;
}

/**
 * shequ_workdays_get_status:
 * @workdays: a table
 * @year: a year
 *
 * Returns: what is known of the holidays of @year
 */
ShequCalendarStatus
shequ_workdays_get_status (const ShequWorkdays *workdays, int year)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (workdays->years, GINT_TO_POINTER (year)));
}

static void
touch (const ShequWorkdays *workdays, const ShequDate *date, ShequCalendarStatus *status)
{
  *status = MIN (*status, shequ_workdays_get_status (workdays, date->year));
}

static gboolean
is_within (const ShequDate *date)
{
  return date->year >= SHEQU_DATE_FIRST_YEAR && date->year <= SHEQU_DATE_LAST_YEAR;
}

/**
 * shequ_workdays_add_workdays:
 * @workdays: a table
 * @start: the day from which it is counted
 * @count: working days, negative to go back, 0 for @start itself
 * @status: (out) (optional): the worst of the years that the count touches
 *
 * The working day after @start counts as the first.
 *
 * Returns: the day on which @count working days are full
 */
ShequDate
shequ_workdays_add_workdays (const ShequWorkdays *workdays,
                             const ShequDate *start,
                             int count,
                             ShequCalendarStatus *status)
{
  int step = count < 0 ? -1 : 1;
  ShequCalendarStatus worst = SHEQU_CALENDAR_KNOWN;
  ShequDate date = *start;

  if (count == 0)
    touch (workdays, &date, &worst);
  while (count != 0 && is_within (&date))
    {
      date = shequ_date_add_days (&date, step);
      touch (workdays, &date, &worst);
      if (shequ_workdays_is_workday (workdays, &date))
        count -= step;
    }
  if (status != NULL)
    *status = worst;
  return date;
}

/**
 * shequ_workdays_between:
 * @workdays: a table
 * @start: the day from which it is counted; it does not count itself
 * @end: the last day that counts
 * @status: (out) (optional): the worst of the years that the count touches
 *
 * The reverse of shequ_workdays_add_workdays().
 *
 * Returns: the working days after @start up to @end, negative when @end lies before @start
 */
int
shequ_workdays_between (const ShequWorkdays *workdays,
                        const ShequDate *start,
                        const ShequDate *end,
                        ShequCalendarStatus *status)
{
  int step = shequ_date_compare (end, start) < 0 ? -1 : 1;
  ShequCalendarStatus worst = SHEQU_CALENDAR_KNOWN;
  ShequDate date = *start;
  int count = 0;

  touch (workdays, end, &worst);
  while (shequ_date_compare (&date, end) != 0)
    {
      date = shequ_date_add_days (&date, step);
      touch (workdays, &date, &worst);
      if (shequ_workdays_is_workday (workdays, &date))
        count += step;
    }
  if (status != NULL)
    *status = worst;
  return count;
}

/**
 * shequ_calendar_status_describe:
 * @status: what is known
 * @year: the year that it is said of
 *
 * Returns: (transfer full) (nullable): a sentence to show beside a deadline, %NULL when the calendar is known
 */
char *
shequ_calendar_status_describe (ShequCalendarStatus status, int year)
{
  switch (status)
    {
    case SHEQU_CALENDAR_NONE:
      return g_strdup_printf (
        _ ("There is no holiday calendar for %d: Monday to Friday were counted. Add the State "
           "Council's notice."),
        year);
    case SHEQU_CALENDAR_PROVISIONAL:
      return g_strdup_printf (
        _ ("The holiday calendar for %d is provisional: its make-up days are not known yet. Add "
           "the State Council's notice."),
        year);
    case SHEQU_CALENDAR_KNOWN:
    default:
      return NULL;
    }
}
