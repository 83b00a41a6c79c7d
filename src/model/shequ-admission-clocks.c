/* What is known of an application: its clocks, whose turn it is, and which conditions of the workflow it
 * meets. */
#include "config.h"

#include "shequ-admission-private.h"

void
shequ_admission_clock_free (gpointer data)
{
  ShequAdmissionClock *clock = data;

  g_free (clock->due_on);
  g_free (clock->note);
  g_free (clock);
}

void
shequ_admission_facts_clear (ShequAdmissionFacts *facts)
{
  g_clear_pointer (&facts->application, shequ_row_free);
  g_clear_pointer (&facts->history, shequ_admission_history_free);
  g_clear_pointer (&facts->findings, g_ptr_array_unref);
}

gboolean
shequ_admission_facts_load (ShequOffice *office,
                            gint64 application,
                            ShequAdmissionFacts *facts,
                            GCancellable *cancellable,
                            GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "application", error);

  facts->application =
    reg != NULL ? shequ_office_get_row (office, reg, application, cancellable, error) : NULL;
  if (facts->application == NULL)
    return FALSE;
  facts->history = shequ_admission_history_load (office, facts->application, cancellable, error);
  if (facts->history == NULL)
    return FALSE;
  facts->findings = shequ_admission_screen (office, facts->application, cancellable, error);
  return facts->findings != NULL;
}

static int
compare_rows (gconstpointer one, gconstpointer other)
{
  const ShequRow *first = *(const ShequRow *const *) one;
  const ShequRow *second = *(const ShequRow *const *) other;

  return first->key < second->key ? -1 : first->key > second->key;
}

static GPtrArray *
load_lines_of (ShequOffice *office,
               const char *name,
               const char *link,
               gint64 key,
               GCancellable *cancellable,
               GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, name, error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;
  g_autofree char *where = g_strdup_printf ("%s=%" G_GINT64_FORMAT, link, key);
  g_autoptr (GPtrArray) rows = NULL;

  if (query == NULL || !shequ_query_add_where (query, where, error))
    return NULL;
  rows = shequ_office_get_rows (office, query, cancellable, error);
  if (rows != NULL)
    g_ptr_array_sort (rows, compare_rows);
  return g_steal_pointer (&rows);
}

GPtrArray *
shequ_admission_load_lines (ShequOffice *office,
                            const char *reg,
                            gint64 application,
                            GCancellable *cancellable,
                            GError **error)
{
  return load_lines_of (office, reg, "application", application, cancellable, error);
}

GPtrArray *
shequ_admission_load_delegates (ShequOffice *office,
                                gint64 hearing,
                                GCancellable *cancellable,
                                GError **error)
{
  return load_lines_of (office, "hearing_delegate", "hearing", hearing, cancellable, error);
}

static int
count_days_left (const ShequWorkflowLimit *limit,
                 const ShequWorkdays *workdays,
                 const ShequDate *today,
                 const ShequDate *due)
{
  return limit->calendar ? shequ_date_to_days (due) - shequ_date_to_days (today)
                         : shequ_workdays_between (workdays, today, due, NULL);
}

static ShequAdmissionClock *
read_clock (ShequOffice *office, const ShequWorkflowClock *running, const ShequAdmissionHistory *history)
{
  ShequWorkdays *workdays = shequ_office_get_workdays (office, NULL);
  g_autofree char *today_text = shequ_office_get_today (office);
  ShequAdmissionClock *clock = g_new0 (ShequAdmissionClock, 1);
  ShequCalendarStatus status = SHEQU_CALENDAR_KNOWN;
  char text[SHEQU_DATE_TEXT_SIZE];
  ShequDate due, today;

  clock->limit = running->limit;
  if (shequ_workflow_clock_get_due (running, workdays, (const ShequWorkflowPause *) history->pauses->data,
                                    history->pauses->len, &due, &status) &&
      shequ_date_from_iso (today_text, &today))
    {
      shequ_date_to_iso (&due, text);
      clock->due_on = g_strdup (text);
      clock->days_left = count_days_left (running->limit, workdays, &today, &due);
      clock->alarm = running->limit->least
                       ? SHEQU_ALARM_NONE
                       : shequ_workflow_limit_get_alarm (running->limit, clock->days_left);
    }
  if (status != SHEQU_CALENDAR_KNOWN)
    clock->note = shequ_calendar_status_describe (status, due.year);
  return clock;
}

static int
compare_clocks (gconstpointer one, gconstpointer other)
{
  const ShequAdmissionClock *first = *(const ShequAdmissionClock *const *) one;
  const ShequAdmissionClock *second = *(const ShequAdmissionClock *const *) other;

  return g_strcmp0 (first->due_on, second->due_on);
}

GPtrArray *
shequ_admission_list_clocks (ShequOffice *office, const ShequAdmissionHistory *history)
{
  ShequWorkflow *workflow = shequ_office_get_admission_workflow (office, NULL);
  GPtrArray *clocks = g_ptr_array_new_with_free_func (shequ_admission_clock_free);
  g_autoptr (GArray) running = NULL;

  if (workflow == NULL || shequ_office_get_workdays (office, NULL) == NULL)
    return clocks;
  running = shequ_workflow_get_clocks (workflow, (const ShequWorkflowStep *) history->steps->data,
                                       history->steps->len);
  for (guint i = 0; i < running->len; i++)
    g_ptr_array_add (clocks, read_clock (office, &g_array_index (running, ShequWorkflowClock, i), history));
  g_ptr_array_sort (clocks, compare_clocks);
  return clocks;
}

void
shequ_admission_set_turn (ShequOffice *office,
                          ShequRow *application,
                          const ShequAdmissionHistory *history,
                          GPtrArray *issues)
{
  ShequWorkflow *workflow = shequ_office_get_admission_workflow (office, NULL);
  const ShequWorkflowState *state =
    workflow != NULL ? shequ_workflow_find_state (workflow, shequ_row_get_text (application, "state")) : NULL;
  g_autoptr (GPtrArray) clocks = shequ_admission_list_clocks (office, history);
  const char *due_on = NULL, *note = NULL;

  for (guint i = 0; i < clocks->len; i++)
    {
      const ShequAdmissionClock *clock = clocks->pdata[i];

      if (clock->limit->least)
        continue;
      due_on = due_on == NULL ? clock->due_on : due_on;
      note = note == NULL ? clock->note : note;
    }
  shequ_row_set_null (application, "due_on");
  if (due_on != NULL)
    shequ_row_set_text (application, "due_on", due_on);
  shequ_row_set_null (application, "holder");
  if (state != NULL && state->holder != NULL)
    shequ_row_set_text (application, "holder", state->holder);
  if (issues != NULL && note != NULL)
    g_ptr_array_add (
      issues,
      shequ_issue_new (SHEQU_ISSUE_WARNING, shequ_register_lookup (application->reg, "due_on"), "%s", note));
}
