/* Whole cases of admission, from the application to what comes of it. */
#include "model-fixture.h"
#include "shequ-admission-papers.h"
#include "shequ-admission-scores.h"
#include "shequ-admission.h"
#include "shequ-error.h"
#include "shequ-hearings.h"
#include "shequ-locale.h"
#include "shequ-paper-forms.h"

#include <string.h>

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

static gint64
file_application (ModelFixture *fixture, const char *title)
{
  g_autoptr (GError) error = NULL;
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "application");
  gint64 department =
    model_fixture_add (fixture, "department", "name", "区民政局", "short_name", "民政", NULL);
  g_autoptr (ShequRow) row = shequ_office_new_row (fixture->office, reg);

  shequ_row_set_integer (row, "department", department);
  shequ_row_set_text (row, "title", title);
  shequ_row_set_text (row, "content", "协助入户了解情况");
  shequ_row_set_text (row, "category", "task");
  shequ_row_set_text (row, "basis", "社会救助暂行办法第四条");
  shequ_row_set_text (row, "frequency", "每两周");
  shequ_row_set_text (row, "start_on", "2027-01-18");
  shequ_row_set_text (row, "end_on", "2027-12-31");
  shequ_row_set_integer (row, "funding", 1200000);
  shequ_row_set_text (row, "superior_requires", "市民政局要求建立走访制度");
  shequ_row_set_text (row, "superior_evidence", "市民发〔2026〕8号");
  shequ_row_set_text (row, "residents_need", "独居老人希望有人定期上门");
  shequ_row_set_text (row, "need_evidence", "2026年10月居民议事会纪要");
  g_assert_true (shequ_admission_file (fixture->office, row, NULL, NULL, &error));
  g_assert_no_error (error);
  return row->key;
}

static void
must_act (ModelFixture *fixture, gint64 application, const char *action, const char *reason, const char *code)
{
  static const char *const agreement[] = { "agreement", NULL };
  ShequAdmissionStep step = { .application = application,
                              .action = action,
                              .reason = reason,
                              .reason_code = code,
                              .confirmed = agreement };
  g_autoptr (GError) error = NULL;

  shequ_admission_act (fixture->office, &step, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_refused (ModelFixture *fixture, gint64 application, const char *action, const char *says)
{
  ShequAdmissionStep step = { .application = application, .action = action, .reason = "理由" };
  g_autoptr (GError) error = NULL;

  g_assert_false (shequ_admission_act (fixture->office, &step, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  if (says != NULL && strstr (error->message, says) == NULL)
    g_error ("“%s” does not say “%s”", error->message, says);
}

static void
assert_state (ModelFixture *fixture, gint64 application, const char *state)
{
  g_autoptr (ShequRow) row = model_fixture_get (fixture, "application", application);

  g_assert_cmpstr (shequ_row_get_text (row, "state"), ==, state);
}

static int
compare_keys (gconstpointer one, gconstpointer other)
{
  return (*(ShequRow *const *) one)->key - (*(ShequRow *const *) other)->key;
}

static GPtrArray *
list_lines (ModelFixture *fixture, const char *name, const char *link, gint64 key)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, name);
  g_autoptr (ShequQuery) query = shequ_office_new_query (fixture->office, reg);
  g_autofree char *where = g_strdup_printf ("%s=%" G_GINT64_FORMAT, link, key);
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  shequ_query_add_where (query, where, &error);
  rows = shequ_office_get_rows (fixture->office, query, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_sort (rows, compare_keys);
  return rows;
}

static void
save (ModelFixture *fixture, ShequRow *row)
{
  g_autoptr (GError) error = NULL;

  shequ_office_save (fixture->office, row, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* The paper of a kind, which there must be exactly once. */
static ShequRow *
find_paper (ModelFixture *fixture, gint64 application, const char *kind)
{
  g_autoptr (GPtrArray) papers = list_lines (fixture, "admission_paper", "application", application);
  ShequRow *found = NULL;

  for (guint i = 0; i < papers->len; i++)
    if (g_strcmp0 (shequ_row_get_text (papers->pdata[i], "kind"), kind) == 0)
      {
        g_assert_null (found);
        found = shequ_row_copy (papers->pdata[i]);
      }
  g_assert_nonnull (found);
  return found;
}

static void
assert_says (const ShequRow *paper, const char *words)
{
  const char *body = shequ_row_get_text (paper, "body");

  if (strstr (body, words) == NULL)
    g_error ("the paper does not say “%s”: %s", words, body);
}

/* Points of a rater as a share of each weight, in per cent. */
static gboolean
rate (ModelFixture *fixture, gint64 application, const char *rater, int share, GError **error)
{
  g_autoptr (ShequScoreSheet) sheet = shequ_score_sheet_load ("rules/score-sheet.ini", NULL);
  const GPtrArray *criteria = shequ_score_sheet_get_criteria (sheet);
  g_autofree int *marks = g_new0 (int, criteria->len);
  g_autofree const char **reasons = g_new0 (const char *, criteria->len + 1);
  ShequAdmissionMarks given = { application, rater, "office", marks, reasons };

  for (guint i = 0; i < criteria->len; i++)
    {
      marks[i] = ((ShequScoreCriterion *) criteria->pdata[i])->weight * share / 100;
      reasons[i] = share < 50 ? "依据不足" : "";
    }
  return shequ_admission_rate (fixture->office, &given, NULL, error);
}

static void
must_rate (ModelFixture *fixture, gint64 application, const char *rater, int share)
{
  g_autoptr (GError) error = NULL;

  rate (fixture, application, rater, share, &error);
  g_assert_no_error (error);
}

static void
ask (ModelFixture *fixture, gint64 application, const char *who)
{
  g_autofree char *key = model_fixture_key (application);

  model_fixture_add (fixture, "admission_opinion", "application", key, "who", who, NULL);
}

static void
answer (ModelFixture *fixture, gint64 application, const char *said)
{
  g_autoptr (GPtrArray) rows = list_lines (fixture, "admission_opinion", "application", application);
  g_autofree char *today = shequ_office_get_today (fixture->office);

  shequ_row_set_text (rows->pdata[0], "answer", said);
  shequ_row_set_text (rows->pdata[0], "answered_on", today);
  shequ_row_set_text (rows->pdata[0], "opinion", "同意，但请落实人员");
  save (fixture, rows->pdata[0]);
}

/* Who does not answer in time is written down as silent; before that nobody goes on without them. */
static void
test_silence (ModelFixture *fixture, gconstpointer data)
{
  gint64 key = file_application (fixture, "独居老人冬季走访");
  g_autoptr (GPtrArray) rows = NULL;

  model_fixture_set_day (fixture, "2026-11-23");
  must_act (fixture, key, "accept", NULL, NULL);
  must_act (fixture, key, "consult", NULL, NULL);
  ask (fixture, key, "青年路街道");
  ask (fixture, key, "青年社区");
  answer (fixture, key, "agree_if");
  assert_refused (fixture, key, "ask_scores", NULL);
  /* Five working days: the 30th is the last. */
  model_fixture_set_day (fixture, "2026-11-30");
  assert_refused (fixture, key, "ask_scores", NULL);
  model_fixture_set_day (fixture, "2026-12-01");
  must_act (fixture, key, "ask_scores", NULL, NULL);
  rows = list_lines (fixture, "admission_opinion", "application", key);
  g_assert_cmpstr (shequ_row_get_text (rows->pdata[0], "answer"), ==, "agree_if");
  g_assert_cmpstr (shequ_row_get_text (rows->pdata[1], "answer"), ==, "silent");
  g_assert_null (shequ_row_get_text (rows->pdata[1], "answered_on"));
}

/* Takes a key matter to its hearing, which is announced on the 23rd of November and held on a day in
 * December. */
static gint64
hear (ModelFixture *fixture, gint64 application, const char *day)
{
  g_autofree char *key = model_fixture_key (application);
  gint64 hearing =
    model_fixture_add (fixture, "hearing", "application", key, "subject", "是否进入社区", "notice_on",
                       "2026-11-23", "day", day, "place", "社区会议室", "chair", "李主任", "recorder", "王芳",
                       "pool", "张一\n张二\n张三、张四，张五\n张一", NULL);
  ShequHearingDraw draw = { .hearing = hearing, .count = 3, .seed = "2026139期双色球" };
  g_autoptr (GError) error = NULL;

  g_assert_true (shequ_hearing_draw (fixture->office, &draw, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (shequ_hearing_draw (fixture->office, &draw, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  return hearing;
}

static void
vote (ModelFixture *fixture, gint64 hearing)
{
  g_autoptr (GPtrArray) delegates = list_lines (fixture, "hearing_delegate", "hearing", hearing);
  g_autoptr (ShequRow) row = model_fixture_get (fixture, "hearing", hearing);
  static const char *const votes[] = { "for", "for", "against" };

  g_assert_cmpuint (delegates->len, ==, 3);
  for (guint i = 0; i < delegates->len; i++)
    {
      shequ_row_set_integer (delegates->pdata[i], "attended", 1);
      shequ_row_set_text (delegates->pdata[i], "vote", votes[i]);
      shequ_row_set_text (delegates->pdata[i], "speech", "希望不要重复填表");
      save (fixture, delegates->pdata[i]);
    }
  shequ_row_set_text (row, "summary", "多数代表赞成");
  shequ_row_set_text (row, "result", "support");
  save (fixture, row);
}

/* Admitted with a hearing, scored by five, agreed on, paid, reviewed, ended, looked at again. */
static void
test_admitted (ModelFixture *fixture, gconstpointer data)
{
  gint64 key = file_application (fixture, "老旧小区加装电梯意愿征询");
  g_autoptr (ShequRow) decision = NULL, score = NULL, record = NULL, stored = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  g_autoptr (ShequAdmissionScores) scores = NULL;
  g_autoptr (GError) error = NULL;
  gint64 hearing;

  model_fixture_set_day (fixture, "2026-11-23");
  must_act (fixture, key, "accept", NULL, NULL);
  assert_refused (fixture, key, "admit", "听证");
  must_act (fixture, key, "call_hearing", NULL, NULL);
  hearing = hear (fixture, key, "2026-12-04");
  assert_refused (fixture, key, "ask_scores", NULL);
  model_fixture_set_day (fixture, "2026-12-04");
  vote (fixture, hearing);
  must_act (fixture, key, "ask_scores", NULL, NULL);
  assert_refused (fixture, key, "score", NULL);
  must_rate (fixture, key, "甲", 60);
  must_rate (fixture, key, "乙", 80);
  must_rate (fixture, key, "丙", 80);
  must_rate (fixture, key, "丁", 90);
  must_rate (fixture, key, "戊", 100);
  must_act (fixture, key, "score", NULL, NULL);
  scores = shequ_admission_load_scores (fixture->office, key, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (scores->result->counted, ==, 3);
  g_assert_cmpint (scores->result->highest, ==, 4);
  g_assert_cmpint (scores->result->lowest, ==, 0);
  must_act (fixture, key, "admit", "听证、评分均通过", NULL);
  decision = find_paper (fixture, key, "decision");
  g_assert_cmpstr (shequ_row_get_text (decision, "number"), ==, "准决〔2026〕1号");
  g_assert_cmpstr (shequ_row_get_text (decision, "addressee"), ==, "区民政局");
  assert_says (decision, "决定准予进入社区");
  assert_says (decision, "12000.00元");
  assert_says (decision, "听证、评分均通过");
  score = find_paper (fixture, key, "score_result");
  assert_says (score, "甲");
  g_assert_cmpint (shequ_admission_write_paper (fixture->office, key, "hearing_record", NULL, NULL, &error),
                   >, 0);
  g_assert_no_error (error);
  record = find_paper (fixture, key, "hearing_record");
  assert_says (record, "2026139期双色球");
  assert_says (record, "希望不要重复填表");
  must_act (fixture, key, "publish", NULL, NULL);
  assert_refused (fixture, key, "start", NULL);
  model_fixture_set_day (fixture, "2026-12-14");
  must_act (fixture, key, "start", NULL, NULL);
  stored = model_fixture_get (fixture, "application", key);
  g_assert_cmpstr (shequ_row_get_text (stored, "review_on"), ==, "2027-12-14");
  g_assert_nonnull (strstr (shequ_row_get_text (stored, "score_explained"), "戊"));
  must_act (fixture, key, "exit", "电梯已装好", "goal_met");
  checks = list_lines (fixture, "relapse_check", "application", key);
  g_assert_cmpuint (checks->len, ==, 3);
  g_assert_cmpstr (shequ_row_get_text (checks->pdata[0], "due_on"), ==, "2027-01-13");
  g_assert_cmpstr (shequ_row_get_text (checks->pdata[1], "due_on"), ==, "2027-03-14");
  g_assert_cmpstr (shequ_row_get_text (checks->pdata[2], "due_on"), ==, "2027-06-12");
}

/* A hearing announced too late does not count. */
static void
test_short_notice (ModelFixture *fixture, gconstpointer data)
{
  gint64 key = file_application (fixture, "老旧小区加装电梯意愿征询");
  gint64 hearing;

  model_fixture_set_day (fixture, "2026-11-23");
  must_act (fixture, key, "accept", NULL, NULL);
  must_act (fixture, key, "call_hearing", NULL, NULL);
  hearing = hear (fixture, key, "2026-12-02");
  model_fixture_set_day (fixture, "2026-12-04");
  vote (fixture, hearing);
  assert_refused (fixture, key, "admit", "听证");
}

static void
test_refused_by_score (ModelFixture *fixture, gconstpointer data)
{
  gint64 key = file_application (fixture, "独居老人冬季走访");
  g_autoptr (ShequRow) refusal = NULL;
  g_autoptr (GError) error = NULL;

  must_act (fixture, key, "accept", NULL, NULL);
  must_act (fixture, key, "screen", NULL, NULL);
  must_act (fixture, key, "ask_scores", NULL, NULL);
  must_rate (fixture, key, "甲", 60);
  must_rate (fixture, key, "乙", 60);
  must_rate (fixture, key, "丙", 90);
  /* A rater who changes their mind is no second rater. */
  must_rate (fixture, key, "丙", 60);
  must_act (fixture, key, "score", NULL, NULL);
  g_assert_false (rate (fixture, key, "丁", 100, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  assert_refused (fixture, key, "admit", NULL);
  assert_refused (fixture, key, "try", NULL);
  must_act (fixture, key, "reject", "评分未达到70分", NULL);
  refusal = find_paper (fixture, key, "refusal_note");
  assert_says (refusal, "评分未达到70分");
  assert_says (refusal, "60.00");
  assert_state (fixture, key, "rejected");
}

/* A mark lies within its weight, and a low one says why. */
static void
test_marks (ModelFixture *fixture, gconstpointer data)
{
  gint64 key = file_application (fixture, "独居老人冬季走访");
  int marks[] = { 20, 20, 20, 10, 10, 10, 5, 5 };
  const char *reasons[] = { "", "", "", "", "", "", "", "", NULL };
  ShequAdmissionMarks given = { key, "甲", "street", marks, reasons };
  g_autoptr (GPtrArray) lines = NULL;

  must_act (fixture, key, "accept", NULL, NULL);
  must_act (fixture, key, "screen", NULL, NULL);
  must_act (fixture, key, "ask_scores", NULL, NULL);
  for (guint i = 0; i < 3; i++)
    {
      static const int bad[] = { 21, -1, 3 };
      g_autoptr (GError) error = NULL;

      marks[0] = bad[i];
      g_assert_false (shequ_admission_rate (fixture->office, &given, NULL, &error));
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
    }
  reasons[0] = "依据只有通知";
  g_assert_true (shequ_admission_rate (fixture->office, &given, NULL, NULL));
  lines = list_lines (fixture, "admission_score", "application", key);
  g_assert_cmpuint (lines->len, ==, 8);
  g_assert_cmpstr (shequ_row_get_text (lines->pdata[0], "reason"), ==, "依据只有通知");
  g_assert_cmpstr (shequ_row_get_text (lines->pdata[0], "sheet"), ==, "2026.1");
}

static void
test_trial_and_review (ModelFixture *fixture, gconstpointer data)
{
  gint64 key = file_application (fixture, "就业服务进社区");
  g_autofree char *text = model_fixture_key (key);
  g_autoptr (ShequRow) stored = NULL;

  must_act (fixture, key, "accept", NULL, NULL);
  must_act (fixture, key, "try", "先在两个社区试行", NULL);
  assert_state (fixture, key, "trial");
  must_act (fixture, key, "review", NULL, NULL);
  assert_refused (fixture, key, "keep", NULL);
  model_fixture_add (fixture, "admission_review", "application", text, "year", "2026", "side", "community",
                     "guidance", "90", "service", "80", "interference", "100", "payment", "100", "verdict",
                     "keep", NULL);
  assert_refused (fixture, key, "keep", NULL);
  model_fixture_add (fixture, "admission_review", "application", text, "year", "2026", "side", "department",
                     "terms", "90", "items", "80", "standards", "100", "verdict", "keep", NULL);
  must_act (fixture, key, "keep", NULL, NULL);
  stored = find_paper (fixture, key, "review_result");
  assert_says (stored, "2026年");
  must_act (fixture, key, "amend", "扩大到六个社区", NULL);
  must_act (fixture, key, "file_change", NULL, NULL);
  assert_state (fixture, key, "submitted");
}

/* By every reason that the workflow names, and by no other. */
static void
test_every_exit (ModelFixture *fixture, gconstpointer data)
{
  ShequWorkflow *workflow = shequ_office_get_admission_workflow (fixture->office, NULL);
  const ShequWorkflowAction *action = shequ_workflow_find_action (workflow, "exit");
  guint count = 0;

  for (; action->reasons[count] != NULL; count++)
    {
      g_autofree char *title = g_strdup_printf ("走访服务第%u项", count);
      gint64 key = file_application (fixture, title);
      ShequAdmissionStep wrong = {
        .application = key, .action = "exit", .reason = "因故", .reason_code = "bored"
      };
      g_autoptr (ShequRow) stored = NULL, paper = NULL;
      g_autoptr (GError) error = NULL;

      must_act (fixture, key, "accept", NULL, NULL);
      must_act (fixture, key, "admit", NULL, NULL);
      g_assert_false (shequ_admission_act (fixture->office, &wrong, NULL, NULL, &error));
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
      must_act (fixture, key, "exit", "因故", action->reasons[count]);
      stored = model_fixture_get (fixture, "application", key);
      g_assert_cmpstr (shequ_row_get_text (stored, "exit_reason"), ==, action->reasons[count]);
      paper = find_paper (fixture, key, "exit_decision");
      assert_says (paper, "退出社区工作事项");
    }
  g_assert_cmpuint (count, ==, 8);
}

static void
test_other_ways (ModelFixture *fixture, gconstpointer data)
{
  gint64 returned = file_application (fixture, "慢性病信息核实"),
         withdrawn = file_application (fixture, "辅具需求调查");
  g_autoptr (ShequRow) notice = NULL;

  must_act (fixture, returned, "return", "请补充依据文号", NULL);
  notice = find_paper (fixture, returned, "one_time_notice");
  assert_says (notice, "请补充依据文号");
  must_act (fixture, returned, "resubmit", NULL, NULL);
  assert_state (fixture, returned, "submitted");
  must_act (fixture, withdrawn, "withdraw", "并入既有事项", NULL);
  assert_state (fixture, withdrawn, "withdrawn");
  must_act (fixture, withdrawn, "reapply", "情况变化", NULL);
  assert_state (fixture, withdrawn, "submitted");
}

/* What was promised and what came. */
static void
test_ledgers (ModelFixture *fixture, gconstpointer data)
{
  gint64 key = file_application (fixture, "独居老人冬季走访");
  g_autofree char *text = model_fixture_key (key);
  gint64 money = model_fixture_add (fixture, "funding_line", "application", text, "purpose", "工作经费",
                                    "promised", "12000", "due_on", "2026-11-30", NULL);
  gint64 kit = model_fixture_add (fixture, "means_line", "application", text, "what", "血压计", "promised",
                                  "6", "due_on", "2026-11-30", NULL);
  g_autoptr (ShequRow) line = model_fixture_get (fixture, "funding_line", money);
  g_autoptr (ShequRow) means = model_fixture_get (fixture, "means_line", kit);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (shequ_row_get_integer (line, "open"), ==, 1200000);
  g_assert_cmpint (shequ_row_get_integer (means, "missing"), ==, 6);
  shequ_row_set_integer (line, "paid", 500000);
  shequ_row_set_text (line, "paid_on", "2026-11-20");
  save (fixture, line);
  g_assert_cmpint (shequ_row_get_integer (line, "open"), ==, 700000);
  shequ_row_set_integer (line, "paid", 1300000);
  g_assert_false (shequ_office_save (fixture->office, line, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
}

/* Each paper that a step names has its form. */
static void
test_forms (ModelFixture *fixture, gconstpointer data)
{
  ShequWorkflow *workflow = shequ_office_get_admission_workflow (fixture->office, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequPaperForms) forms = shequ_paper_forms_load ("rules/admission-papers.ini", &error);
  const GPtrArray *states = shequ_workflow_get_states (workflow);

  g_assert_no_error (error);
  for (guint i = 0; i < states->len; i++)
    {
      g_autoptr (GPtrArray) actions =
        shequ_workflow_get_actions (workflow, ((ShequWorkflowState *) states->pdata[i])->id);

      for (guint j = 0; j < actions->len; j++)
        for (char **paper = ((ShequWorkflowAction *) actions->pdata[j])->papers; *paper != NULL; paper++)
          {
            g_test_message ("%s", *paper);
            g_assert_nonnull (shequ_paper_forms_find (forms, *paper));
          }
    }
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE ("/course/silence", test_silence);
  FIXTURE ("/course/admitted", test_admitted);
  FIXTURE ("/course/short-notice", test_short_notice);
  FIXTURE ("/course/refused-by-score", test_refused_by_score);
  FIXTURE ("/course/marks", test_marks);
  FIXTURE ("/course/trial-and-review", test_trial_and_review);
  FIXTURE ("/course/every-exit", test_every_exit);
  FIXTURE ("/course/other-ways", test_other_ways);
  FIXTURE ("/course/ledgers", test_ledgers);
  FIXTURE ("/course/forms", test_forms);

  return g_test_run ();
}
