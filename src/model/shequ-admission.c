#include "shequ-admission.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-admission-private.h"
#include "shequ-error.h"
#include "shequ-paper-texts-private.h"

/* Applications of a department that are on their way or in force. */
#define OPEN_OF_DEPARTMENT                                                                                   \
  "department=%" G_GINT64_FORMAT                                                                             \
  " and state!=rejected,withdrawn,exited,violation,handed_back,correcting,corrected,named,not_violation"

void
shequ_admission_case_free (ShequAdmissionCase *admission)
{
  g_clear_pointer (&admission->application, shequ_row_free);
  g_clear_pointer (&admission->department, shequ_row_free);
  g_clear_pointer (&admission->findings, g_ptr_array_unref);
  g_clear_pointer (&admission->actions, g_ptr_array_unref);
  g_strfreev (admission->unmet);
  g_clear_pointer (&admission->clocks, g_ptr_array_unref);
  g_free (admission->paused_on);
  g_free (admission->due_on);
  g_free (admission->calendar_note);
  g_free (admission);
}

static gboolean
check_start (ShequOffice *office, const ShequRow *application, GError **error)
{
  ShequWorkflow *workflow = shequ_office_get_admission_workflow (office, error);
  const char *state = shequ_row_get_text (application, "state");

  if (workflow == NULL)
    return FALSE;
  if (application->key == 0 && g_strv_contains (shequ_workflow_get_starts (workflow), state))
    return TRUE;
  g_set_error (
    error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
    _ ("“%s” was filed before. Nothing was changed. Open the application and choose the next step."),
    shequ_row_get_text (application, "title"));
  return FALSE;
}

static gboolean
is_before (const char *day, const char *other)
{
  return day != NULL && other != NULL && g_strcmp0 (day, other) < 0;
}

/* Whether two of the same department and title ask for some of the same days. */
static gboolean
overlaps (const ShequRow *row, const ShequRow *other)
{
  return other->key != row->key && shequ_row_get_integer (row, "replaces") != other->key &&
         !is_before (shequ_row_get_text (row, "end_on"), shequ_row_get_text (other, "start_on")) &&
         !is_before (shequ_row_get_text (other, "end_on"), shequ_row_get_text (row, "start_on"));
}

/* The same work of the same department is asked for once for one time; a change says what it replaces. */
static gboolean
check_period (ShequOffice *office, const ShequRow *row, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequQuery) query = shequ_office_new_query (office, row->reg);
  g_autofree char *where = g_strdup_printf (OPEN_OF_DEPARTMENT, shequ_row_get_integer (row, "department"));
  g_autoptr (GPtrArray) others = NULL;

  if (!shequ_query_add_where (query, where, error))
    return FALSE;
  others = shequ_office_get_rows (office, query, cancellable, error);
  for (guint i = 0; others != NULL && i < others->len; i++)
    {
      const ShequRow *other = others->pdata[i];

      if (g_strcmp0 (shequ_row_get_text (row, "title"), shequ_row_get_text (other, "title")) != 0 ||
          !overlaps (row, other))
        continue;
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
        _ ("“%s” is asked for already, for some of the same time, under %s. Nothing was filed. Change the "
           "dates, or name that application as the one replaced."),
        shequ_row_get_text (row, "title"), shequ_row_get_text (other, "number"));
      return FALSE;
    }
  return others != NULL;
}

/* What was pushed down is noted whatever else the department asks for. */
static gboolean
is_pushed (const ShequRow *row)
{
  return g_strcmp0 (shequ_row_get_text (row, "state"), "violation") == 0;
}

static gboolean
fill_filed (ShequOffice *office, ShequRow *application, GPtrArray *issues)
{
  g_autoptr (ShequAdmissionHistory) history = shequ_admission_history_new ();
  const char *filed_on = shequ_row_get_text (application, "filed_on");
  ShequDate date;

  if (filed_on == NULL || !shequ_date_from_iso (filed_on, &date))
    return FALSE;
  shequ_admission_history_add (history, shequ_row_get_text (application, "state"), &date);
  shequ_row_set_text (application, "state_since", filed_on);
  shequ_admission_set_turn (office, application, history, issues);
  return TRUE;
}

static gboolean
give_number (ShequTransaction *transaction, ShequRow *application, GError **error)
{
  const char *number = shequ_row_get_text (application, "number");
  const char *filed_on = shequ_row_get_text (application, "filed_on");
  g_autofree char *year = NULL, *series = NULL, *next = NULL;

  if ((number != NULL && *number != '\0') || filed_on == NULL)
    return TRUE;
  year = g_strndup (filed_on, 4);
  series = g_strconcat ("application/", year, NULL);
  next = shequ_paper_texts_take_number (transaction, "application", "", series, year, error);
  if (next == NULL)
    return FALSE;
  shequ_row_set_text (application, "number", next);
  return TRUE;
}

/**
 * shequ_admission_file:
 * @office: the office
 * @application: a new application as the form has filled it; gets its number, dates and key. Its state is
 * `submitted`, or `violation` for a task that was pushed down without admission
 * @issues: (nullable) (element-type ShequIssue): gets errors, warnings and notes
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Files an application: number (`准申〔2026〕0001号`, unless the department's own is typed in), first state,
 * and the day until which it has to be looked at, counted in working days from the day it was filed.
 *
 * Returns: %FALSE with the errors of shequ_office_save(), or %SHEQU_ERROR_CONSTRAINT where the department
 * asks for the same work and some of the same time already; the row is as it was then
 */
gboolean
shequ_admission_file (ShequOffice *office,
                      ShequRow *application,
                      GPtrArray *issues,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (ShequRow) row = shequ_row_copy (application);

  if (!check_start (office, row, error) ||
      (!is_pushed (row) && !check_period (office, row, cancellable, error)))
    return FALSE;
  fill_filed (office, row, issues);
  transaction = shequ_office_begin (office, _ ("File an application"), cancellable, error);
  if (transaction == NULL || !give_number (transaction, row, error) ||
      !shequ_office_save_in (office, transaction, row, issues, error) ||
      !shequ_transaction_commit (transaction, error))
    return FALSE;
  for (guint i = 0; i < row->reg->fields->len; i++)
    shequ_value_copy (&row->values[i], &application->values[i]);
  application->key = row->key;
  application->version = row->version;
  shequ_office_tell_changed (office, row->reg, row->key);
  return TRUE;
}

/* The earliest day by which something has to be done; days that must be waited for do not hurry anybody. */
static void
fill_due (ShequAdmissionCase *admission)
{
  for (guint i = 0; i < admission->clocks->len; i++)
    {
      const ShequAdmissionClock *clock = admission->clocks->pdata[i];

      if (clock->limit->least)
        continue;
      if (admission->calendar_note == NULL)
        admission->calendar_note = g_strdup (clock->note);
      if (clock->due_on == NULL || admission->due_on != NULL)
        continue;
      admission->due_on = g_strdup (clock->due_on);
      admission->days_left = clock->days_left;
    }
}

static void
fill_department (ShequOffice *office, ShequAdmissionCase *admission, GCancellable *cancellable)
{
  const ShequRegister *reg = shequ_office_get_register (office, "department");
  gint64 key = shequ_row_get_integer (admission->application, "department");

  if (reg != NULL && key != 0)
    admission->department = shequ_office_get_row (office, reg, key, cancellable, NULL);
}

/**
 * shequ_admission_load_case:
 * @office: the office
 * @application: an application
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Gathers what a decision needs: what the program found, what may be done, what is missing, until when.
 *
 * Returns: (transfer full): the case
 */
ShequAdmissionCase *
shequ_admission_load_case (ShequOffice *office, gint64 application, GCancellable *cancellable, GError **error)
{
  ShequWorkflow *workflow = shequ_office_get_admission_workflow (office, error);
  g_autoptr (ShequAdmissionCase) admission = g_new0 (ShequAdmissionCase, 1);
  g_auto (ShequAdmissionFacts) facts = { NULL };

  if (workflow == NULL || !shequ_admission_facts_load (office, application, &facts, cancellable, error))
    return NULL;
  admission->unmet = shequ_admission_list_unmet (office, &facts, NULL, cancellable, error);
  if (admission->unmet == NULL)
    return NULL;
  admission->clocks = shequ_admission_list_clocks (office, facts.history);
  admission->application = g_steal_pointer (&facts.application);
  admission->findings = g_steal_pointer (&facts.findings);
  admission->actions =
    shequ_workflow_get_actions (workflow, shequ_row_get_text (admission->application, "state"));
  admission->paused_on = g_strdup (shequ_row_get_text (admission->application, "paused_on"));
  fill_due (admission);
  fill_department (office, admission, cancellable);
  return g_steal_pointer (&admission);
}
