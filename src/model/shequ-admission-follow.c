/* What follows from a step besides the step: silence is written down, scores come out, looking back is
 * planned. */
#include "config.h"

#include "shequ-admission-private.h"
#include "shequ-admission-scores.h"

#define STATE_CONSULTING "consulting"
#define STATE_SCORED "scored"
#define STATE_ACTIVE "active"
#define STATE_EXITED "exited"

/* Who has not answered when the asking ends has said nothing: neither yes nor no. */
static gboolean
note_silence (ShequOffice *office,
              ShequTransaction *transaction,
              gint64 application,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GPtrArray) rows =
    shequ_admission_load_lines (office, "admission_opinion", application, cancellable, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      ShequRow *row = rows->pdata[i];

      if (g_strcmp0 (shequ_row_get_text (row, "answer"), "awaited") != 0)
        continue;
      shequ_row_set_text (row, "answer", "silent");
      if (!shequ_office_save_in (office, transaction, row, NULL, error))
        return FALSE;
    }
  return rows != NULL;
}

static gboolean
note_score (ShequOffice *office, ShequRow *application, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequAdmissionScores) scores =
    shequ_admission_load_scores (office, application->key, cancellable, error);
  g_autofree char *average = NULL, *explained = NULL;

  if (scores == NULL)
    return FALSE;
  if (scores->result == NULL)
    return TRUE;
  average = g_strdup_printf ("%d.%02d", scores->result->average / 100, scores->result->average % 100);
  explained = g_strjoinv ("\n", scores->result->explanation);
  shequ_row_set_text (application, "score", average);
  shequ_row_set_text (application, "score_explained", explained);
  return TRUE;
}

static gboolean
plan_recheck (ShequOffice *office,
              ShequTransaction *transaction,
              gint64 application,
              const ShequWorkflowRecheck *recheck,
              GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "relapse_check", error);
  g_autoptr (ShequRow) row = reg != NULL ? shequ_office_new_row (office, reg) : NULL;
  g_autofree char *today = shequ_office_get_today (office);
  char text[SHEQU_DATE_TEXT_SIZE];
  ShequDate day;

  if (row == NULL || !shequ_date_from_iso (today, &day))
    return FALSE;
  day = shequ_date_add_days (&day, recheck->days);
  shequ_date_to_iso (&day, text);
  shequ_row_set_integer (row, "application", application);
  shequ_row_set_text (row, "title", recheck->title);
  shequ_row_set_text (row, "due_on", text);
  return shequ_office_save_in (office, transaction, row, NULL, error);
}

static gboolean
plan_rechecks (ShequOffice *office,
               ShequTransaction *transaction,
               const ShequRow *application,
               const char *to,
               GError **error)
{
  ShequWorkflow *workflow = shequ_office_get_admission_workflow (office, error);
  const GPtrArray *rechecks = workflow != NULL ? shequ_workflow_get_rechecks (workflow) : NULL;

  /* What never ran cannot come again. */
  if (shequ_row_get_integer (application, "item") == 0 && g_strcmp0 (to, STATE_EXITED) == 0)
    return TRUE;
  for (guint i = 0; rechecks != NULL && i < rechecks->len; i++)
    {
      const ShequWorkflowRecheck *recheck = rechecks->pdata[i];

      if (g_strv_contains ((const char *const *) recheck->states, to) &&
          !plan_recheck (office, transaction, application->key, recheck, error))
        return FALSE;
    }
  return rechecks != NULL;
}

/* Both sides look back a year after the work began or was looked at last. */
static void
plan_review (ShequOffice *office, ShequRow *application, const char *to)
{
  g_autofree char *today = shequ_office_get_today (office);
  char text[SHEQU_DATE_TEXT_SIZE];
  ShequDate day;

  if (g_strcmp0 (to, STATE_EXITED) == 0)
    shequ_row_set_null (application, "review_on");
  else if ((g_strcmp0 (to, STATE_ACTIVE) == 0 || g_strcmp0 (to, "trial") == 0 ||
            g_strcmp0 (to, "admitted") == 0) &&
           shequ_date_from_iso (today, &day))
    {
      day = shequ_date_add_years (&day, 1);
      shequ_date_to_iso (&day, text);
      shequ_row_set_text (application, "review_on", text);
    }
}

/* Who signed the slip with the community, and what the department answered. */
static void
note_correction (ShequOffice *office, ShequRow *application, const char *to)
{
  g_autofree char *today = shequ_office_get_today (office);

  if (g_strcmp0 (to, "handed_back") == 0)
    {
      shequ_row_set_text (application, "countersigned_by", shequ_office_get_user (office));
      shequ_row_set_text (application, "countersigned_on", today);
    }
  else if (g_strcmp0 (to, "corrected") == 0)
    {
      shequ_row_set_text (application, "reply", shequ_row_get_text (application, "decision_reason"));
      shequ_row_set_text (application, "replied_on", today);
    }
}

gboolean
shequ_admission_follow (ShequOffice *office,
                        ShequTransaction *transaction,
                        ShequRow *application,
                        const char *from,
                        const char *to,
                        GCancellable *cancellable,
                        GError **error)
{
  if (g_strcmp0 (from, STATE_CONSULTING) == 0 &&
      !note_silence (office, transaction, application->key, cancellable, error))
    return FALSE;
  if (g_strcmp0 (to, STATE_SCORED) == 0 && !note_score (office, application, cancellable, error))
    return FALSE;
  plan_review (office, application, to);
  note_correction (office, application, to);
  return plan_rechecks (office, transaction, application, to, error);
}
