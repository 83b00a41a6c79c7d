/* Scoring an application: who gave how much for what, and why; the result explains itself. */
#include "shequ-admission-scores.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-admission-private.h"
#include "shequ-error.h"

#define STATE_SCORING "scoring"

static void
rater_free (gpointer data)
{
  ShequAdmissionRater *rater = data;

  g_free (rater->name);
  g_free (rater->body);
  g_free (rater->marks);
  g_strfreev (rater->reasons);
  g_free (rater);
}

void
shequ_admission_scores_free (ShequAdmissionScores *scores)
{
  if (scores == NULL)
    return;
  g_clear_pointer (&scores->raters, g_ptr_array_unref);
  g_clear_pointer (&scores->result, shequ_score_result_free);
  g_clear_pointer (&scores->sheet, shequ_score_sheet_free);
  g_free (scores);
}

static gboolean
is_blank (const char *text)
{
  g_autofree char *copy = g_strstrip (g_strdup (text != NULL ? text : ""));

  return *copy == '\0';
}

/* A mark lies between nothing and the weight; one of less than half of it says why. */
static gboolean
check_mark (const ShequScoreCriterion *criterion, int mark, const char *reason, GError **error)
{
  if (mark < 0 || mark > criterion->weight)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, _ ("“%s” is given 0 to %d points"),
                   criterion->title, criterion->weight);
      return FALSE;
    }
  if (mark * 2 < criterion->weight && is_blank (reason))
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                   _ ("“%s”: say why it gets less than half of the points"), criterion->title);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_marks (ShequScoreSheet *sheet,
             const ShequRow *application,
             const ShequAdmissionMarks *marks,
             GError **error)
{
  const GPtrArray *criteria = shequ_score_sheet_get_criteria (sheet);

  if (g_strcmp0 (shequ_row_get_text (application, "state"), STATE_SCORING) != 0)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
                   _ ("“%s” is not being scored now. Nothing was stored."),
                   shequ_row_get_text (application, "title"));
      return FALSE;
    }
  if (is_blank (marks->rater))
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, _ ("Enter who rates"));
      return FALSE;
    }
  for (guint i = 0; i < criteria->len; i++)
    if (!check_mark (criteria->pdata[i], marks->marks[i], marks->reasons[i], error))
      return FALSE;
  return TRUE;
}

static ShequRow *
find_line (const GPtrArray *lines, const char *rater, const char *criterion)
{
  for (guint i = 0; i < lines->len; i++)
    if (g_strcmp0 (shequ_row_get_text (lines->pdata[i], "rater"), rater) == 0 &&
        g_strcmp0 (shequ_row_get_text (lines->pdata[i], "criterion"), criterion) == 0)
      return lines->pdata[i];
  return NULL;
}

/* What was given before stays in the change log. */
static gboolean
save_mark (ShequOffice *office,
           ShequTransaction *transaction,
           ShequScoreSheet *sheet,
           const ShequAdmissionMarks *marks,
           guint place,
           const GPtrArray *lines,
           GError **error)
{
  const ShequScoreCriterion *criterion = shequ_score_sheet_get_criteria (sheet)->pdata[place];
  const ShequRegister *reg = shequ_office_get_register (office, "admission_score");
  const ShequRow *known = find_line (lines, marks->rater, criterion->id);
  g_autoptr (ShequRow) row = known != NULL ? shequ_row_copy (known) : shequ_office_new_row (office, reg);
  g_autofree char *today = shequ_office_get_today (office);

  shequ_row_set_integer (row, "application", marks->application);
  shequ_row_set_text (row, "rater", marks->rater);
  shequ_row_set_text (row, "rater_body", marks->rater_body);
  shequ_row_set_text (row, "criterion", criterion->id);
  shequ_row_set_text (row, "criterion_title", criterion->title);
  shequ_row_set_integer (row, "mark", marks->marks[place]);
  shequ_row_set_integer (row, "weight", criterion->weight);
  if (is_blank (marks->reasons[place]))
    shequ_row_set_null (row, "reason");
  else
    shequ_row_set_text (row, "reason", marks->reasons[place]);
  shequ_row_set_text (row, "day", today);
  shequ_row_set_text (row, "sheet", shequ_score_sheet_get_version (sheet));
  return shequ_office_save_in (office, transaction, row, NULL, error);
}

/**
 * shequ_admission_rate:
 * @office: the office
 * @marks: what one rater gives
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Stores the marks of a rater, all or none; given again they take the place of the former ones, which stay in
 * the log.
 *
 * Returns: %FALSE with %SHEQU_ERROR_INVALID_VALUE where a mark or its reason is missing,
 * %SHEQU_ERROR_CONSTRAINT where the application is not being scored, or the errors of shequ_office_save()
 */
gboolean
shequ_admission_rate (ShequOffice *office,
                      const ShequAdmissionMarks *marks,
                      GCancellable *cancellable,
                      GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "application", error);
  g_autoptr (ShequScoreSheet) sheet = shequ_score_sheet_load ("rules/score-sheet.ini", error);
  g_autoptr (ShequRow) application = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (ShequTransaction) transaction = NULL;

  if (sheet == NULL || reg == NULL)
    return FALSE;
  application = shequ_office_get_row (office, reg, marks->application, cancellable, error);
  if (application == NULL || !check_marks (sheet, application, marks, error))
    return FALSE;
  lines = shequ_admission_load_lines (office, "admission_score", marks->application, cancellable, error);
  if (lines == NULL)
    return FALSE;
  transaction = shequ_office_begin (office, _ ("Score an application"), cancellable, error);
  if (transaction == NULL)
    return FALSE;
  for (guint i = 0; i < shequ_score_sheet_get_criteria (sheet)->len; i++)
    if (!save_mark (office, transaction, sheet, marks, i, lines, error))
      return FALSE;
  if (!shequ_transaction_commit (transaction, error))
    return FALSE;
  shequ_office_tell_changed (office, shequ_office_get_register (office, "admission_score"), 0);
  shequ_office_tell_changed (office, reg, marks->application);
  return TRUE;
}

typedef struct
{
  ShequAdmissionMarks marks;
  char *rater;
  char *body;
  int *values;
  char **reasons;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_free (call->rater);
  g_free (call->body);
  g_free (call->values);
  g_strfreev (call->reasons);
  g_free (call);
}

static gpointer
rate_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Call *call = data;

  return shequ_admission_rate (office, &call->marks, cancellable, error) ? office : NULL;
}

/** shequ_admission_rate_async: as shequ_admission_rate(), on a worker thread; @n_marks is how many are given.
 */
void
shequ_admission_rate_async (ShequOffice *office,
                            const ShequAdmissionMarks *marks,
                            gsize n_marks,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->rater = g_strdup (marks->rater);
  call->body = g_strdup (marks->rater_body);
  call->values = g_memdup2 (marks->marks, n_marks * sizeof (int));
  call->reasons = g_strdupv ((char **) marks->reasons);
  call->marks = (ShequAdmissionMarks){ marks->application, call->rater, call->body, call->values,
                                       (const char *const *) call->reasons };
  shequ_office_run_async (office, rate_work, call, call_free, NULL, cancellable, callback, user_data);
}

/** shequ_admission_rate_finish: the end of shequ_admission_rate_async(). */
gboolean
shequ_admission_rate_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error) != NULL;
}

static ShequAdmissionRater *
find_rater (ShequAdmissionScores *scores, const ShequRow *line)
{
  const char *name = shequ_row_get_text (line, "rater");
  guint n_criteria = shequ_score_sheet_get_criteria (scores->sheet)->len;
  ShequAdmissionRater *rater;

  for (guint i = 0; i < scores->raters->len; i++)
    if (g_strcmp0 (((ShequAdmissionRater *) scores->raters->pdata[i])->name, name) == 0)
      return scores->raters->pdata[i];
  rater = g_new0 (ShequAdmissionRater, 1);
  rater->name = g_strdup (name);
  rater->body = g_strdup (shequ_row_get_text (line, "rater_body"));
  rater->marks = g_new (int, n_criteria);
  rater->reasons = g_new0 (char *, n_criteria + 1);
  for (guint i = 0; i < n_criteria; i++)
    {
      rater->marks[i] = SHEQU_SCORE_MISSING;
      rater->reasons[i] = g_strdup ("");
    }
  g_ptr_array_add (scores->raters, rater);
  return rater;
}

static void
add_line (ShequAdmissionScores *scores, const ShequRow *line)
{
  const GPtrArray *criteria = shequ_score_sheet_get_criteria (scores->sheet);
  ShequAdmissionRater *rater = find_rater (scores, line);
  const char *reason = shequ_row_get_text (line, "reason");

  for (guint i = 0; i < criteria->len; i++)
    if (g_strcmp0 (((ShequScoreCriterion *) criteria->pdata[i])->id,
                   shequ_row_get_text (line, "criterion")) == 0)
      {
        rater->marks[i] = shequ_row_get_integer (line, "mark");
        g_free (rater->reasons[i]);
        rater->reasons[i] = g_strdup (reason != NULL ? reason : "");
      }
}

/* Marks of an older sheet may lack a criterion: then there is no result, and that is no fault. */
static void
compute (ShequAdmissionScores *scores)
{
  g_autofree ShequScoreRater *raters = g_new0 (ShequScoreRater, scores->raters->len + 1);

  for (guint i = 0; i < scores->raters->len; i++)
    {
      const ShequAdmissionRater *rater = scores->raters->pdata[i];

      raters[i] = (ShequScoreRater){ rater->name, rater->marks };
    }
  if (scores->raters->len > 0)
    scores->result = shequ_score_sheet_compute (scores->sheet, raters, scores->raters->len, NULL);
}

/**
 * shequ_admission_load_scores:
 * @office: the office
 * @application: an application
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: (transfer full): who has rated it, and how it comes out
 */
ShequAdmissionScores *
shequ_admission_load_scores (ShequOffice *office,
                             gint64 application,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (ShequAdmissionScores) scores = g_new0 (ShequAdmissionScores, 1);
  g_autoptr (GPtrArray) lines = NULL;

  scores->raters = g_ptr_array_new_with_free_func (rater_free);
  scores->sheet = shequ_score_sheet_load ("rules/score-sheet.ini", error);
  if (scores->sheet == NULL)
    return NULL;
  lines = shequ_admission_load_lines (office, "admission_score", application, cancellable, error);
  if (lines == NULL)
    return NULL;
  for (guint i = 0; i < lines->len; i++)
    add_line (scores, lines->pdata[i]);
  compute (scores);
  return g_steal_pointer (&scores);
}
