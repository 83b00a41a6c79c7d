/* A step with an application: checked against the workflow, done in one transaction with all that comes of
 * it. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-admission-private.h"
#include "shequ-error.h"

#define STATE_EXITED "exited"

static const char *const deciding[] = { "admitted", "trial", "rejected", NULL };

/* All that a step needs to know of itself. */
typedef struct
{
  ShequOffice *office;
  ShequTransaction *transaction;
  const ShequAdmissionStep *step;
  const ShequWorkflowAction *action;
  const char *body;
  char *today;
  ShequDate date;
} Act;

static void
act_clear (Act *act)
{
  g_clear_pointer (&act->transaction, shequ_transaction_free);
  g_clear_pointer (&act->today, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Act, act_clear)

static gboolean
is_given (const char *text)
{
  return text != NULL && *text != '\0';
}

static void
enter_state (const Act *act, const ShequAdmissionFacts *facts)
{
  ShequRow *application = facts->application;
  const char *to = act->action->to;

  shequ_row_set_text (application, "state", to);
  shequ_row_set_text (application, "state_since", act->today);
  shequ_admission_history_add (facts->history, to, &act->date);
  if (is_given (act->step->reason))
    shequ_row_set_text (application, "decision_reason", act->step->reason);
  if (g_strv_contains (deciding, to))
    {
      shequ_row_set_text (application, "decided_on", act->today);
      shequ_row_set_text (application, "decided_by", shequ_office_get_user (act->office));
    }
}

static gboolean
stop_clocks (const Act *act, const ShequAdmissionFacts *facts, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (act->office, "admission_pause", error);
  g_autoptr (ShequRow) row = reg != NULL ? shequ_office_new_row (act->office, reg) : NULL;
  ShequWorkflowPause added = { .from = act->date, .open = TRUE };

  if (row == NULL)
    return FALSE;
  shequ_row_set_integer (row, "application", facts->application->key);
  shequ_row_set_text (row, "from_on", act->today);
  shequ_row_set_text (row, "reason", act->step->reason);
  shequ_row_set_text (row, "person", shequ_office_get_user (act->office));
  shequ_row_set_text (facts->application, "paused_on", act->today);
  g_array_append_val (facts->history->pauses, added);
  return shequ_office_save_in (act->office, act->transaction, row, NULL, error);
}

static gboolean
run_clocks (const Act *act, const ShequAdmissionFacts *facts, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) rows =
    shequ_admission_load_lines (act->office, "admission_pause", facts->application->key, cancellable, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      ShequRow *row = rows->pdata[i];

      if (shequ_row_get_text (row, "until_on") != NULL)
        continue;
      shequ_row_set_text (row, "until_on", act->today);
      if (!shequ_office_save_in (act->office, act->transaction, row, NULL, error))
        return FALSE;
    }
  for (guint i = 0; i < facts->history->pauses->len; i++)
    {
      ShequWorkflowPause *stopped = &g_array_index (facts->history->pauses, ShequWorkflowPause, i);

      if (stopped->open)
        *stopped = (ShequWorkflowPause){ .from = stopped->from, .until = act->date };
    }
  shequ_row_set_null (facts->application, "paused_on");
  return rows != NULL;
}

/* How long the case had lain with whose turn it was: since the step before, or since it was filed. */
static void
note_days (const Act *act, const ShequAdmissionFacts *facts, const char *since, ShequRow *line)
{
  ShequWorkdays *workdays = shequ_office_get_workdays (act->office, NULL);
  const GArray *pauses = facts->history->pauses;
  ShequCalendarStatus status;
  ShequDate from;
  int used;

  if (workdays == NULL || since == NULL || !shequ_date_from_iso (since, &from))
    return;
  used = shequ_workflow_count_used (workdays, &from, &act->date, (const ShequWorkflowPause *) pauses->data,
                                    pauses->len, &status);
  if (status != SHEQU_CALENDAR_NONE)
    shequ_row_set_integer (line, "days_used", used);
}

/* The line of history, before the application changes. */
static gboolean
note_step (const Act *act, const ShequAdmissionFacts *facts, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (act->office, "admission_step", error);
  g_autoptr (ShequRow) line = reg != NULL ? shequ_office_new_row (act->office, reg) : NULL;
  g_autoptr (GPtrArray) before = NULL;
  const ShequRow *application = facts->application;
  const char *state = shequ_row_get_text (application, "state");
  const char *since = shequ_row_get_text (application, "state_since");

  if (line == NULL)
    return FALSE;
  before = shequ_admission_load_lines (act->office, "admission_step", application->key, cancellable, error);
  if (before == NULL)
    return FALSE;
  if (before->len > 0)
    since = shequ_row_get_text (before->pdata[before->len - 1], "day");
  shequ_row_set_integer (line, "application", application->key);
  shequ_row_set_integer (line, "number", before->len + 1);
  shequ_row_set_text (line, "day", act->today);
  shequ_row_set_text (line, "action", act->action->id);
  shequ_row_set_text (line, "action_title", act->action->title);
  shequ_row_set_text (line, "body", act->body);
  shequ_row_set_text (line, "person", shequ_office_get_user (act->office));
  if (is_given (act->step->reason))
    shequ_row_set_text (line, "reason", act->step->reason);
  if (shequ_row_get_text (application, "holder") != NULL)
    shequ_row_set_text (line, "held_by", shequ_row_get_text (application, "holder"));
  shequ_row_set_text (line, "from_state", state);
  shequ_row_set_text (line, "to_state", act->action->to != NULL ? act->action->to : state);
  note_days (act, facts, since, line);
  return shequ_office_save_in (act->office, act->transaction, line, NULL, error);
}

/* Why a case ended, as one of the reasons of the workflow. */
static gboolean
note_reason_code (const Act *act, ShequRow *application, GError **error)
{
  const char *code = act->step->reason_code;

  if (!is_given (code))
    return TRUE;
  if (!g_strv_contains ((const char *const *) act->action->reasons, code))
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, _ ("“%s” is no reason for “%s”"), code,
                   act->action->title);
      return FALSE;
    }
  if (g_strcmp0 (act->action->to, STATE_EXITED) == 0)
    shequ_row_set_text (application, "exit_reason", code);
  return TRUE;
}

/* A case that leaves its state does not stand still any more. */
static gboolean
change (const Act *act, const ShequAdmissionFacts *facts, GCancellable *cancellable, GError **error)
{
  g_autofree char *from = NULL;

  if (act->action->halt == SHEQU_HALT_PAUSE)
    return stop_clocks (act, facts, error);
  if ((act->action->halt == SHEQU_HALT_RESUME || shequ_admission_history_is_paused (facts->history)) &&
      !run_clocks (act, facts, cancellable, error))
    return FALSE;
  if (act->action->to == NULL)
    return TRUE;
  from = g_strdup (shequ_row_get_text (facts->application, "state"));
  enter_state (act, facts);
  if (!note_reason_code (act, facts->application, error))
    return FALSE;
  return shequ_admission_change_item (act->office, act->transaction, facts->application, act->action->to,
                                      error) &&
         shequ_admission_follow (act->office, act->transaction, facts->application, from, act->action->to,
                                 cancellable, error);
}

/* The papers that come of the step. */
static gboolean
write_papers (const Act *act, const ShequAdmissionFacts *facts, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; act->action->papers[i] != NULL; i++)
    if (shequ_admission_write_paper_in (act->office, act->transaction, facts, act->action->papers[i],
                                        act->step->reason, cancellable, error) == 0)
      return FALSE;
  return TRUE;
}

static gboolean
do_step (const Act *act,
         const ShequAdmissionFacts *facts,
         GPtrArray *issues,
         GCancellable *cancellable,
         GError **error)
{
  if (!note_step (act, facts, cancellable, error) || !change (act, facts, cancellable, error))
    return FALSE;
  shequ_admission_set_turn (act->office, facts->application, facts->history, issues);
  return write_papers (act, facts, cancellable, error) &&
         shequ_office_save_in (act->office, act->transaction, facts->application, issues, error);
}

/* Whoever works here acts for the body that is named, or for the one whose turn it is. */
static const ShequWorkflowAction *
check_action (Act *act, const ShequAdmissionFacts *facts, GCancellable *cancellable, GError **error)
{
  ShequWorkflow *workflow = shequ_office_get_admission_workflow (act->office, error);
  const ShequWorkflowAction *action =
    workflow != NULL ? shequ_workflow_find_action (workflow, act->step->action) : NULL;
  g_auto (GStrv) unmet = NULL;

  if (workflow == NULL)
    return NULL;
  unmet = shequ_admission_list_unmet (act->office, facts, act->step->confirmed, cancellable, error);
  if (unmet == NULL)
    return NULL;
  act->body = act->step->body;
  if (act->body == NULL)
    act->body = action != NULL ? action->actors[0] : "";
  return shequ_workflow_check (workflow, shequ_row_get_text (facts->application, "state"), act->step->action,
                               act->body, act->step->reason, (const char *const *) unmet, error);
}

static void
tell (ShequOffice *office, const ShequRow *application)
{
  static const char *const lines[] = { "admission_step", "admission_pause", "admission_opinion",
                                       "admission_paper", "relapse_check" };

  shequ_office_tell_changed (office, application->reg, application->key);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    shequ_office_tell_changed (office, shequ_office_get_register (office, lines[i]), 0);
  if (shequ_row_get_integer (application, "item") != 0)
    shequ_office_tell_changed (office, shequ_office_get_register (office, "work_item"),
                               shequ_row_get_integer (application, "item"));
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
 * reason, who decided and whose turn it is, sets the next deadline, and notes the step with the days that it
 * took. An admitted one becomes a work item, an ended one ends its item. All in one transaction: where
 * somebody else took a step meanwhile, nothing of this one is stored.
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
  g_auto (ShequAdmissionFacts) facts = { NULL };
  g_auto (Act) act = { .office = office, .step = step };

  if (!shequ_admission_facts_load (office, step->application, &facts, cancellable, error))
    return FALSE;
  act.action = check_action (&act, &facts, cancellable, error);
  if (act.action == NULL)
    return FALSE;
  act.today = shequ_office_get_today (office);
  if (!shequ_date_from_iso (act.today, &act.date))
    return FALSE;
  act.transaction = shequ_office_begin (office, act.action->title, cancellable, error);
  if (act.transaction == NULL || !do_step (&act, &facts, issues, cancellable, error) ||
      !shequ_transaction_commit (act.transaction, error))
    return FALSE;
  tell (office, facts.application);
  return TRUE;
}
