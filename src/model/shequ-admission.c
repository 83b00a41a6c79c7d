#include "shequ-admission.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-admission-private.h"
#include "shequ-error.h"
#include "shequ-paper-texts-private.h"

/* States of the workflow that mean more to the program than a name. */
#define STATE_SUBMITTED "submitted"
#define STATE_EXITED "exited"

static const char *const admitting[] = { "admitted", "trial", NULL };
static const char *const deciding[] = { "admitted", "trial", "rejected", NULL };

void
shequ_admission_case_free (ShequAdmissionCase *admission)
{
  g_clear_pointer (&admission->application, shequ_row_free);
  g_clear_pointer (&admission->department, shequ_row_free);
  g_clear_pointer (&admission->findings, g_ptr_array_unref);
  g_clear_pointer (&admission->actions, g_ptr_array_unref);
  g_strfreev (admission->unmet);
  g_free (admission->due_on);
  g_free (admission->calendar_note);
  g_free (admission);
}

/* Sets until when the next step has to be done, and says so when the calendar is not sure. */
static void
set_due (ShequOffice *office, ShequRow *application, const ShequAdmissionHistory *history, GPtrArray *issues)
{
  ShequCalendarStatus status = SHEQU_CALENDAR_KNOWN;
  char text[SHEQU_DATE_TEXT_SIZE];
  ShequDate due;

  if (!shequ_admission_history_get_due (office, history, &due, &status))
    {
      shequ_row_set_null (application, "due_on");
      return;
    }
  shequ_date_to_iso (&due, text);
  shequ_row_set_text (application, "due_on", text);
  if (issues != NULL && status != SHEQU_CALENDAR_KNOWN)
    {
      g_autofree char *note = shequ_calendar_status_describe (status, due.year);
      const ShequField *field = shequ_register_lookup (application->reg, "due_on");

      g_ptr_array_add (issues, shequ_issue_new (SHEQU_ISSUE_WARNING, field, "%s", note));
    }
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
fill_filed (ShequOffice *office, ShequRow *application, GPtrArray *issues)
{
  g_autoptr (ShequAdmissionHistory) history = shequ_admission_history_new ();
  const char *filed_on = shequ_row_get_text (application, "filed_on");
  ShequDate date;

  if (filed_on == NULL || !shequ_date_from_iso (filed_on, &date))
    return FALSE;
  shequ_admission_history_add (history, shequ_row_get_text (application, "state"), &date);
  shequ_row_set_text (application, "state_since", filed_on);
  set_due (office, application, history, issues);
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
 * Returns: %FALSE with the errors of shequ_office_save(); the row is as it was then
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

  if (!check_start (office, row, error))
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

static ShequRow *
get_application (ShequOffice *office, gint64 key, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "application", error);

  return reg != NULL ? shequ_office_get_row (office, reg, key, cancellable, error) : NULL;
}

static void
fill_due (ShequOffice *office, ShequAdmissionCase *admission, const ShequAdmissionHistory *history)
{
  ShequWorkdays *workdays = shequ_office_get_workdays (office, NULL);
  g_autofree char *today_text = shequ_office_get_today (office);
  ShequCalendarStatus status = SHEQU_CALENDAR_KNOWN;
  char text[SHEQU_DATE_TEXT_SIZE];
  ShequDate due, today;

  if (workdays == NULL || !shequ_date_from_iso (today_text, &today) ||
      !shequ_admission_history_get_due (office, history, &due, &status))
    return;
  shequ_date_to_iso (&due, text);
  admission->due_on = g_strdup (text);
  admission->days_left = shequ_workdays_between (workdays, &today, &due, NULL);
  if (status != SHEQU_CALENDAR_KNOWN)
    admission->calendar_note = shequ_calendar_status_describe (status, due.year);
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
  g_autoptr (ShequAdmissionHistory) history = NULL;

  if (workflow == NULL)
    return NULL;
  admission->application = get_application (office, application, cancellable, error);
  if (admission->application == NULL)
    return NULL;
  history = shequ_admission_history_load (office, admission->application, cancellable, error);
  if (history == NULL)
    return NULL;
  admission->findings = shequ_admission_screen (office, admission->application, cancellable, error);
  if (admission->findings == NULL)
    return NULL;
  admission->actions =
    shequ_workflow_get_actions (workflow, shequ_row_get_text (admission->application, "state"));
  admission->unmet = shequ_admission_list_unmet (admission->application, history, admission->findings, NULL);
  fill_due (office, admission, history);
  fill_department (office, admission, cancellable);
  return g_steal_pointer (&admission);
}

/* What an admitted application becomes: an item of the list of assisted duties. */
static gboolean
create_item (ShequOffice *office, ShequTransaction *transaction, ShequRow *application, GError **error)
{
  static const char *const texts[][2] = {
    { "name", "title" }, { "basis", "basis" }, { "frequency", "frequency" }, { "valid_to", "end_on" }
  };
  const ShequRegister *items = shequ_office_require_register (office, "work_item", error);
  const char *start_on = shequ_row_get_text (application, "start_on");
  g_autofree char *today = shequ_office_get_today (office);
  g_autoptr (ShequRow) item = NULL;

  if (items == NULL)
    return FALSE;
  item = shequ_office_new_row (office, items);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (shequ_row_get_text (application, texts[i][1]) != NULL)
      shequ_row_set_text (item, texts[i][0], shequ_row_get_text (application, texts[i][1]));
  shequ_row_set_text (item, "valid_from", start_on != NULL ? start_on : today);
  shequ_row_set_integer (item, "department", shequ_row_get_integer (application, "department"));
  shequ_row_set_integer (item, "funding", shequ_row_get_integer (application, "funding"));
  shequ_row_set_text (item, "kind", "assisted_duty");
  shequ_row_set_text (item, "admitted", "y");
  shequ_row_set_integer (item, "application", application->key);
  if (!shequ_office_save_in (office, transaction, item, NULL, error))
    return FALSE;
  shequ_row_set_integer (application, "item", item->key);
  return TRUE;
}

/* An item whose application has ended is in force no more. */
static gboolean
end_item (ShequOffice *office, ShequTransaction *transaction, const ShequRow *application, GError **error)
{
  const ShequRegister *items = shequ_office_require_register (office, "work_item", error);
  g_autofree char *today = shequ_office_get_today (office);
  g_autoptr (ShequRow) item = NULL;
  const char *valid_from;

  if (items == NULL)
    return FALSE;
  item = shequ_transaction_get (transaction, items, shequ_row_get_integer (application, "item"), error);
  if (item == NULL)
    return FALSE;
  valid_from = shequ_row_get_text (item, "valid_from");
  shequ_row_set_integer (item, "active", 0);
  shequ_row_set_text (item, "valid_to", g_strcmp0 (valid_from, today) > 0 ? valid_from : today);
  return shequ_office_save_in (office, transaction, item, NULL, error);
}

static gboolean
change_item (ShequOffice *office,
             ShequTransaction *transaction,
             ShequRow *application,
             const char *to,
             GError **error)
{
  gint64 item = shequ_row_get_integer (application, "item");

  if (g_strv_contains (admitting, to) && item == 0)
    return create_item (office, transaction, application, error);
  if (g_strcmp0 (to, STATE_EXITED) == 0 && item != 0)
    return end_item (office, transaction, application, error);
  return TRUE;
}

static void
enter_state (ShequOffice *office,
             ShequRow *application,
             ShequAdmissionHistory *history,
             const ShequAdmissionStep *step,
             const char *to,
             GPtrArray *issues)
{
  g_autofree char *today = shequ_office_get_today (office);
  ShequDate date;

  shequ_row_set_text (application, "state", to);
  shequ_row_set_text (application, "state_since", today);
  if (shequ_date_from_iso (today, &date))
    shequ_admission_history_add (history, to, &date);
  if (step->reason != NULL && *step->reason != '\0')
    shequ_row_set_text (application, "decision_reason", step->reason);
  if (g_strv_contains (deciding, to))
    {
      shequ_row_set_text (application, "decided_on", today);
      shequ_row_set_text (application, "decided_by", shequ_office_get_user (office));
    }
  set_due (office, application, history, issues);
}

/* Until there are accounts, whoever works acts for the body whose turn it is. */
static const ShequWorkflowAction *
check_action (ShequOffice *office,
              const ShequRow *application,
              const ShequAdmissionHistory *history,
              const GPtrArray *findings,
              const ShequAdmissionStep *step,
              GError **error)
{
  ShequWorkflow *workflow = shequ_office_get_admission_workflow (office, error);
  const ShequWorkflowAction *action =
    workflow != NULL ? shequ_workflow_find_action (workflow, step->action) : NULL;
  g_auto (GStrv) unmet = shequ_admission_list_unmet (application, history, findings, step->confirmed);

  if (workflow == NULL)
    return NULL;
  return shequ_workflow_check (workflow, shequ_row_get_text (application, "state"), step->action,
                               action != NULL ? action->actors[0] : "", step->reason,
                               (const char *const *) unmet, error);
}

static gboolean
act_in (ShequOffice *office,
        ShequTransaction *transaction,
        ShequRow *application,
        ShequAdmissionHistory *history,
        const ShequAdmissionStep *step,
        const char *to,
        GPtrArray *issues,
        GError **error)
{
  enter_state (office, application, history, step, to, issues);
  return change_item (office, transaction, application, to, error) &&
         shequ_office_save_in (office, transaction, application, issues, error);
}

/**
 * shequ_admission_act:
 * @office: the office
 * @step: what is done
 * @issues: (nullable) (element-type ShequIssue): gets warnings, as of a deadline in a year without a calendar
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Takes an application a step on, as the workflow allows: accept, return, admit, refuse … writes state, day,
 * reason and who decided, and sets the next deadline. An admitted one becomes a work item, an ended one ends
 * its item, in the same transaction.
 *
 * Returns: %FALSE with the errors of shequ_workflow_check() or shequ_office_save()
 */
gboolean
shequ_admission_act (ShequOffice *office,
                     const ShequAdmissionStep *step,
                     GPtrArray *issues,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (ShequRow) application = get_application (office, step->application, cancellable, error);
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (ShequAdmissionHistory) history = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  const ShequWorkflowAction *action;

  if (application == NULL)
    return FALSE;
  history = shequ_admission_history_load (office, application, cancellable, error);
  if (history == NULL)
    return FALSE;
  findings = shequ_admission_screen (office, application, cancellable, error);
  if (findings == NULL)
    return FALSE;
  action = check_action (office, application, history, findings, step, error);
  if (action == NULL)
    return FALSE;
  transaction = shequ_office_begin (office, action->title, cancellable, error);
  if (transaction == NULL ||
      !act_in (office, transaction, application, history, step, action->to, issues, error) ||
      !shequ_transaction_commit (transaction, error))
    return FALSE;
  shequ_office_tell_changed (office, application->reg, application->key);
  if (shequ_row_get_integer (application, "item") != 0)
    shequ_office_tell_changed (office, shequ_office_get_register (office, "work_item"),
                               shequ_row_get_integer (application, "item"));
  return TRUE;
}
