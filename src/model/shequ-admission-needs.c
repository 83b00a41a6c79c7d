/* Which conditions of the workflow an application meets. */
#include "config.h"

#include "shequ-admission-private.h"
#include "shequ-admission-scores.h"

#define STATE_CONSULTING "consulting"
#define STATE_CORRECTING "correcting"
/* A hearing is announced so many days before. */
#define NOTICE_DAYS 10

/* What was entered to a case, as far as conditions ask for it. */
typedef struct
{
  GPtrArray *clocks;
  GPtrArray *opinions;
  GPtrArray *hearings;
  GPtrArray *reviews;
  ShequAdmissionScores *scores;
} Answers;

static gboolean
is_given (const ShequRow *row, const char *name)
{
  const char *text = shequ_row_get_text (row, name);

  return text != NULL && *text != '\0';
}

static gboolean
has_finding (const GPtrArray *findings, const char *code)
{
  for (guint i = 0; i < findings->len; i++)
    if (g_strcmp0 (((const ShequFinding *) findings->pdata[i])->code, code) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_block (const GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    if (((const ShequFinding *) findings->pdata[i])->severity == SHEQU_SEVERITY_BLOCK)
      return TRUE;
  return FALSE;
}

/* Whether a time that must be waited for still runs. */
static gboolean
must_wait (const Answers *answers)
{
  gboolean wait = FALSE;

  for (guint i = 0; i < answers->clocks->len; i++)
    {
      const ShequAdmissionClock *clock = answers->clocks->pdata[i];

      wait |= clock->limit->least && (clock->due_on == NULL || clock->days_left > 0);
    }
  return wait;
}

/* Whether the department may still answer an order to correct. */
static gboolean
may_correct (const Answers *answers)
{
  gboolean may = FALSE;

  for (guint i = 0; i < answers->clocks->len; i++)
    {
      const ShequAdmissionClock *clock = answers->clocks->pdata[i];

      may |= g_strcmp0 (clock->limit->from, STATE_CORRECTING) == 0 && !clock->limit->least &&
             (clock->due_on == NULL || clock->days_left >= 0);
    }
  return may;
}

/* Whether somebody who was asked may still answer: by the day of the question, or by that of the workflow. */
static gboolean
has_answers (ShequOffice *office, const ShequAdmissionFacts *facts, Answers *answers)
{
  g_autofree char *today = shequ_office_get_today (office);
  const char *due_on = NULL;
  gboolean complete = TRUE;

  if (g_strcmp0 (shequ_row_get_text (facts->application, "state"), STATE_CONSULTING) != 0)
    return TRUE;
  for (guint i = 0; i < answers->clocks->len; i++)
    {
      const ShequAdmissionClock *clock = answers->clocks->pdata[i];

      if (g_strcmp0 (clock->limit->from, STATE_CONSULTING) == 0 && !clock->limit->least)
        due_on = clock->due_on;
    }
  for (guint i = 0; i < answers->opinions->len; i++)
    {
      const ShequRow *row = answers->opinions->pdata[i];
      const char *by = shequ_row_get_text (row, "answer_by");

      if (g_strcmp0 (shequ_row_get_text (row, "answer"), "awaited") == 0)
        complete &= g_strcmp0 (by != NULL ? by : due_on, today) < 0;
    }
  return complete;
}

/* Announced long enough before, attended, and with a result. */
static gboolean
was_held (ShequOffice *office, const ShequRow *hearing, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) delegates = shequ_admission_load_delegates (office, hearing->key, cancellable, NULL);
  ShequDate notice, day;
  gboolean attended = FALSE;

  for (guint i = 0; delegates != NULL && i < delegates->len; i++)
    attended |= shequ_row_get_integer (delegates->pdata[i], "attended") != 0;
  return attended && is_given (hearing, "result") && is_given (hearing, "notice_on") &&
         is_given (hearing, "day") &&
         shequ_date_from_iso (shequ_row_get_text (hearing, "notice_on"), &notice) &&
         shequ_date_from_iso (shequ_row_get_text (hearing, "day"), &day) &&
         shequ_date_to_days (&day) - shequ_date_to_days (&notice) >= NOTICE_DAYS;
}

/* Key matters are heard, whether words or the office say that they are. */
static gboolean
needs_no_hearing (ShequOffice *office,
                  const ShequAdmissionFacts *facts,
                  const Answers *answers,
                  GCancellable *cancellable)
{
  gboolean key = has_finding (facts->findings, "KEY_HEARING") ||
                 shequ_row_get_integer (facts->application, "key_matter") != 0;

  for (guint i = 0; key && i < answers->hearings->len; i++)
    key = !was_held (office, answers->hearings->pdata[i], cancellable);
  return !key;
}

static guint
count_complete (const ShequAdmissionScores *scores)
{
  guint complete = 0;

  for (guint i = 0; i < scores->raters->len; i++)
    {
      const ShequAdmissionRater *rater = scores->raters->pdata[i];
      gboolean whole = TRUE;

      for (guint j = 0; j < shequ_score_sheet_get_criteria (scores->sheet)->len; j++)
        whole &= rater->marks[j] != SHEQU_SCORE_MISSING;
      complete += whole;
    }
  return complete;
}

/* Both sides have looked back in this year. */
static gboolean
was_reviewed (ShequOffice *office, const Answers *answers)
{
  g_autofree char *today = shequ_office_get_today (office);
  gint64 year = g_ascii_strtoll (today, NULL, 10);
  gboolean community = FALSE, department = FALSE;

  for (guint i = 0; i < answers->reviews->len; i++)
    {
      const ShequRow *row = answers->reviews->pdata[i];
      const char *side = shequ_row_get_text (row, "side");

      if (shequ_row_get_integer (row, "year") != year)
        continue;
      community |= g_strcmp0 (side, "community") == 0;
      department |= g_strcmp0 (side, "department") == 0;
    }
  return community && department;
}

static void
answers_clear (Answers *answers)
{
  g_clear_pointer (&answers->clocks, g_ptr_array_unref);
  g_clear_pointer (&answers->opinions, g_ptr_array_unref);
  g_clear_pointer (&answers->hearings, g_ptr_array_unref);
  g_clear_pointer (&answers->reviews, g_ptr_array_unref);
  g_clear_pointer (&answers->scores, shequ_admission_scores_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answers, answers_clear)

static gboolean
answers_load (ShequOffice *office,
              const ShequAdmissionFacts *facts,
              Answers *answers,
              GCancellable *cancellable,
              GError **error)
{
  gint64 key = facts->application->key;

  answers->clocks = shequ_admission_list_clocks (office, facts->history);
  answers->opinions = shequ_admission_load_lines (office, "admission_opinion", key, cancellable, error);
  if (answers->opinions == NULL)
    return FALSE;
  answers->hearings = shequ_admission_load_lines (office, "hearing", key, cancellable, error);
  if (answers->hearings == NULL)
    return FALSE;
  answers->reviews = shequ_admission_load_lines (office, "admission_review", key, cancellable, error);
  if (answers->reviews == NULL)
    return FALSE;
  answers->scores = shequ_admission_load_scores (office, key, cancellable, error);
  return answers->scores != NULL;
}

static void
add_unless (GStrvBuilder *unmet, const char *need, gboolean met)
{
  if (!met)
    g_strv_builder_add (unmet, need);
}

/* Does a superior require it, do residents need it: each with its evidence. */
static const char *const questions[] = { "superior_requires", "superior_evidence", "residents_need",
                                         "need_evidence", NULL };

static gboolean
are_given (const ShequRow *row, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (!is_given (row, names[i]))
      return FALSE;
  return TRUE;
}

char **
shequ_admission_list_unmet (ShequOffice *office,
                            const ShequAdmissionFacts *facts,
                            const char *const *confirmed,
                            GCancellable *cancellable,
                            GError **error)
{
  static const char *const nothing[] = { NULL };
  const ShequRow *row = facts->application;
  g_autoptr (GStrvBuilder) unmet = g_strv_builder_new ();
  gboolean paused = shequ_admission_history_is_paused (facts->history);
  g_auto (Answers) answers = { NULL };

  if (!answers_load (office, facts, &answers, cancellable, error))
    return NULL;
  confirmed = confirmed != NULL ? confirmed : nothing;
  add_unless (unmet, "no_block", !has_block (facts->findings));
  add_unless (unmet, "money",
              shequ_row_get_integer (row, "funding") > 0 || is_given (row, "zero_funding_reason"));
  add_unless (unmet, "both_asked", are_given (row, questions));
  add_unless (unmet, "hearing_held", needs_no_hearing (office, facts, &answers, cancellable));
  add_unless (unmet, "notice_over", !must_wait (&answers));
  add_unless (unmet, "opinions_in", has_answers (office, facts, &answers));
  add_unless (unmet, "scores_in",
              (int) count_complete (answers.scores) >= shequ_score_sheet_get_raters (answers.scores->sheet));
  add_unless (unmet, "score_passed", answers.scores->result == NULL || answers.scores->result->passed);
  add_unless (unmet, "both_reviewed", was_reviewed (office, &answers));
  add_unless (unmet, "correction_over", !may_correct (&answers));
  add_unless (unmet, "paused", paused);
  add_unless (unmet, "running", !paused);
  add_unless (unmet, "agreement", g_strv_contains (confirmed, "agreement"));
  return g_strv_builder_end (unmet);
}
