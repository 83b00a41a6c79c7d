/* The limits of time of a workflow: which run, until when, and who has used how many days. */
#include "shequ-workflow-clock.h"

#include "shequ-workflow-private.h"

#include "config.h"

/* Whether the limit runs after the last step, and since when: its state was entered and no end was since. */
static gboolean
find_start (const ShequWorkflowLimit *limit, const ShequWorkflowStep *history, gsize count, ShequDate *start)
{
  gboolean runs = FALSE;

  for (gsize i = 0; i < count; i++)
    {
      if (g_strcmp0 (history[i].state, limit->from) == 0)
        {
          *start = history[i].date;
          runs = TRUE;
        }
      else if (g_strv_contains ((const char *const *) limit->until, history[i].state))
        runs = FALSE;
    }
  return runs;
}

/**
 * shequ_workflow_get_clocks:
 * @workflow: a workflow
 * @history: (array length=count): the states that a case has entered, oldest first
 * @count: how many
 *
 * Returns: (transfer full) (element-type ShequWorkflowClock): the limits that run now; valid as long as
 * @workflow
 */
GArray *
shequ_workflow_get_clocks (ShequWorkflow *workflow, const ShequWorkflowStep *history, gsize count)
{
  GArray *clocks = g_array_new (FALSE, FALSE, sizeof (ShequWorkflowClock));

  g_return_val_if_fail (workflow != NULL && (history != NULL || count == 0), clocks);

  for (guint i = 0; i < workflow->limits->len; i++)
    {
      ShequWorkflowClock clock = { workflow->limits->pdata[i], { 0, 0, 0 } };

      if (find_start (clock.limit, history, count, &clock.start))
        g_array_append_val (clocks, clock);
    }
  return clocks;
}

/* Whether the clocks stand still on a day. */
static gboolean
is_paused (const ShequDate *day, const ShequWorkflowPause *pauses, gsize n_pauses)
{
  for (gsize i = 0; i < n_pauses; i++)
    if (shequ_date_compare (day, &pauses[i].from) > 0 &&
        (pauses[i].open || shequ_date_compare (day, &pauses[i].until) <= 0))
      return TRUE;
  return FALSE;
}

/* The worse of the two. */
static void
doubt (ShequCalendarStatus *status, ShequCalendarStatus year)
{
  if (year < *status)
    *status = year;
}

/**
 * shequ_workflow_clock_get_due:
 * @clock: a limit that runs
 * @workdays: the calendar
 * @pauses: (array length=n_pauses): when the clocks stood still
 * @n_pauses: how many
 * @due: (out): the last day of the limit; for one of the kind “not before”, the first day that is free
 * @status: (out) (optional): how far the date can be trusted
 *
 * Counts day by day from the day after @clock began, leaving out pauses and, unless the limit counts calendar
 * days, days off. What cannot be counted is not guessed.
 *
 * Returns: %FALSE with %SHEQU_CALENDAR_NONE where a year has no list of holidays, and with
 * %SHEQU_CALENDAR_KNOWN where the clocks stand still now
 */
gboolean
shequ_workflow_clock_get_due (const ShequWorkflowClock *clock,
                              const ShequWorkdays *workdays,
                              const ShequWorkflowPause *pauses,
                              gsize n_pauses,
                              ShequDate *due,
                              ShequCalendarStatus *status)
{
  ShequCalendarStatus trust = SHEQU_CALENDAR_KNOWN;
  ShequDate day = clock->start;
  int left = clock->limit->days;
  gboolean stopped = FALSE;

  while (left > 0 && !stopped && trust != SHEQU_CALENDAR_NONE)
    {
      day = shequ_date_add_days (&day, 1);
      for (gsize i = 0; i < n_pauses; i++)
        stopped |= pauses[i].open && shequ_date_compare (&day, &pauses[i].from) > 0;
      if (!clock->limit->calendar)
        doubt (&trust, shequ_workdays_get_status (workdays, day.year));
      if (!is_paused (&day, pauses, n_pauses) &&
          (clock->limit->calendar || shequ_workdays_is_workday (workdays, &day)))
        left--;
    }
  *due = day;
  if (status != NULL)
    *status = stopped ? SHEQU_CALENDAR_KNOWN : trust;
  return !stopped && trust != SHEQU_CALENDAR_NONE;
}

/**
 * shequ_workflow_count_used:
 * @workdays: the calendar
 * @start: the day of the step that gave the case to a body
 * @end: the day of the next step
 * @pauses: (array length=n_pauses): when the clocks stood still
 * @n_pauses: how many
 * @status: (out) (optional): how far the count can be trusted
 *
 * Returns: the working days after @start up to and including @end, without pauses
 */
int
shequ_workflow_count_used (const ShequWorkdays *workdays,
                           const ShequDate *start,
                           const ShequDate *end,
                           const ShequWorkflowPause *pauses,
                           gsize n_pauses,
                           ShequCalendarStatus *status)
{
  ShequCalendarStatus trust = SHEQU_CALENDAR_KNOWN;
  int used = 0;

  for (ShequDate day = shequ_date_add_days (start, 1); shequ_date_compare (&day, end) <= 0;
       day = shequ_date_add_days (&day, 1))
    {
      doubt (&trust, shequ_workdays_get_status (workdays, day.year));
      used += !is_paused (&day, pauses, n_pauses) && shequ_workdays_is_workday (workdays, &day);
    }
  if (status != NULL)
    *status = trust;
  return used;
}

/**
 * shequ_workflow_limit_get_alarm:
 * @limit: a limit of the kind “by”
 * @days_left: days until its last one, negative when that is past
 *
 * Returns: whether and how it is to be warned
 */
ShequWorkflowAlarm
shequ_workflow_limit_get_alarm (const ShequWorkflowLimit *limit, int days_left)
{
  if (days_left > limit->warn)
    return SHEQU_ALARM_NONE;
  if (days_left >= 0)
    return days_left > 0 ? SHEQU_ALARM_NEAR : SHEQU_ALARM_TODAY;
  for (gsize i = 0; i < limit->n_late; i++)
    if (-days_left == limit->late[i] || (i + 1 == limit->n_late && -days_left > limit->late[i]))
      return SHEQU_ALARM_AGAIN;
  return SHEQU_ALARM_OVERDUE;
}
