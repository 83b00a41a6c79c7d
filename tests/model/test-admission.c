#include "model-fixture.h"
#include "shequ-admission.h"
#include "shequ-error.h"
#include "shequ-locale.h"

#include <string.h>

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

static ShequRow *
make_application (ModelFixture *fixture, const char *title, const char *content)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "application");
  gint64 department =
    model_fixture_add (fixture, "department", "name", "区民政局", "short_name", "民政", NULL);
  ShequRow *row = shequ_office_new_row (fixture->office, reg);

  shequ_row_set_integer (row, "department", department);
  shequ_row_set_text (row, "title", title);
  shequ_row_set_text (row, "content", content);
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
  return row;
}

static gint64
file_good (ModelFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = make_application (fixture, "独居老人冬季走访", "每两周入户一次,送防寒用品");

  g_assert_true (shequ_admission_file (fixture->office, row, NULL, NULL, &error));
  g_assert_no_error (error);
  return row->key;
}

static gboolean
act (ModelFixture *fixture, gint64 application, const char *action, const char *reason, GError **error)
{
  ShequAdmissionStep step = { .application = application, .action = action, .reason = reason };

  return shequ_admission_act (fixture->office, &step, NULL, NULL, error);
}

static void
must_act (ModelFixture *fixture, gint64 application, const char *action, const char *reason)
{
  g_autoptr (GError) error = NULL;

  act (fixture, application, action, reason, &error);
  g_assert_no_error (error);
}

static void
test_file (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_autoptr (ShequRow) row = make_application (fixture, "独居老人冬季走访", "每两周入户一次");
  g_autoptr (ShequRow) second = make_application (fixture, "社区消夏晚会", "协助组织");
  g_autoptr (ShequRow) stored = NULL;

  g_assert_true (shequ_admission_file (fixture->office, row, issues, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (shequ_row_get_text (row, "number"), ==, "准申〔2026〕0001号");
  stored = model_fixture_get (fixture, "application", row->key);
  g_assert_cmpstr (shequ_row_get_text (stored, "state"), ==, "submitted");
  g_assert_cmpstr (shequ_row_get_text (stored, "state_since"), ==, "2026-11-22");
  g_assert_cmpstr (shequ_row_get_text (stored, "due_on"), ==, "2026-11-25");
  g_assert_true (shequ_admission_file (fixture->office, second, NULL, NULL, &error));
  g_assert_cmpstr (shequ_row_get_text (second, "number"), ==, "准申〔2026〕0002号");
  g_assert_false (shequ_admission_file (fixture->office, second, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
}

static void
test_file_refused (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_autoptr (ShequRow) row = make_application (fixture, "独居老人冬季走访", "每两周入户一次");
  g_autoptr (ShequRow) good = NULL;

  shequ_row_set_text (row, "end_on", "2026-12-31");
  g_assert_false (shequ_admission_file (fixture->office, row, issues, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  g_assert_cmpint (row->key, ==, 0);
  g_assert_null (shequ_row_get_text (row, "number"));
  good = model_fixture_get (fixture, "application", file_good (fixture));
  g_assert_cmpstr (shequ_row_get_text (good, "number"), ==, "准申〔2026〕0001号");
}

static gboolean
has_finding (const GPtrArray *findings, const char *code)
{
  for (guint i = 0; i < findings->len; i++)
    if (g_strcmp0 (((const ShequFinding *) findings->pdata[i])->code, code) == 0)
      return TRUE;
  return FALSE;
}

static void
test_screen (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = make_application (fixture, "独居老人冬季走访", "每两周入户一次");
  g_autoptr (ShequRow) bad = make_application (fixture, "招商引资任务", "每个社区完成招商引资指标");
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GPtrArray) bad_findings = NULL;

  findings = shequ_admission_screen (fixture->office, row, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (has_finding (findings, "CLEAN"));

  shequ_row_set_text (row, "columns_asked", "姓名,公民身份号码、出生日期;民族\n文化程度");
  shequ_row_set_text (row, "start_on", "2026-12-01");
  shequ_row_set_text (row, "end_on", "2026-12-31");
  model_fixture_add (fixture, "work_item", "name", "独居老人冬季走访", "code", "0101", NULL);
  g_clear_pointer (&findings, g_ptr_array_unref);
  findings = shequ_admission_screen (fixture->office, row, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (has_finding (findings, "LATE"));
  g_assert_true (has_finding (findings, "OVERLAP_ITEM"));
  g_assert_true (has_finding (findings, "OVERLAP_FORM"));

  bad_findings = shequ_admission_screen (fixture->office, bad, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (has_finding (bad_findings, "B01"));
}

static void
test_admit (ModelFixture *fixture, gconstpointer data)
{
  gint64 key = file_good (fixture);
  g_autoptr (ShequRow) accepted = NULL;
  g_autoptr (ShequRow) admitted = NULL;
  g_autoptr (ShequRow) item = NULL;

  model_fixture_set_day (fixture, "2026-11-24");
  must_act (fixture, key, "accept", NULL);
  accepted = model_fixture_get (fixture, "application", key);
  g_assert_cmpstr (shequ_row_get_text (accepted, "state"), ==, "accepted");
  g_assert_cmpstr (shequ_row_get_text (accepted, "due_on"), ==, "2026-12-15");
  g_assert_null (shequ_row_get_text (accepted, "decided_on"));

  model_fixture_set_day (fixture, "2026-12-03");
  must_act (fixture, key, "admit", "依据充分,经费落实");
  admitted = model_fixture_get (fixture, "application", key);
  g_assert_cmpstr (shequ_row_get_text (admitted, "state"), ==, "admitted");
  g_assert_cmpstr (shequ_row_get_text (admitted, "decided_on"), ==, "2026-12-03");
  g_assert_cmpstr (shequ_row_get_text (admitted, "decided_by"), ==, "王芳");
  g_assert_cmpstr (shequ_row_get_text (admitted, "decision_reason"), ==, "依据充分,经费落实");
  g_assert_null (shequ_row_get_text (admitted, "due_on"));

  item = model_fixture_get (fixture, "work_item", shequ_row_get_integer (admitted, "item"));
  g_assert_cmpstr (shequ_row_get_text (item, "name"), ==, "独居老人冬季走访");
  g_assert_cmpstr (shequ_row_get_text (item, "admitted"), ==, "y");
  g_assert_cmpstr (shequ_row_get_text (item, "kind"), ==, "assisted_duty");
  g_assert_cmpstr (shequ_row_get_text (item, "valid_from"), ==, "2027-01-18");
  g_assert_cmpstr (shequ_row_get_text (item, "valid_to"), ==, "2027-12-31");
  g_assert_cmpint (shequ_row_get_integer (item, "funding"), ==, 1200000);
  g_assert_cmpint (shequ_row_get_integer (item, "application"), ==, key);
  g_assert_cmpint (shequ_row_get_integer (item, "department"), ==,
                   shequ_row_get_integer (admitted, "department"));
}

static void
test_exit (ModelFixture *fixture, gconstpointer data)
{
  gint64 key = file_good (fixture);
  g_autoptr (ShequRow) application = NULL;
  g_autoptr (ShequRow) item = NULL;

  must_act (fixture, key, "accept", NULL);
  must_act (fixture, key, "admit", NULL);
  model_fixture_set_day (fixture, "2027-03-01");
  must_act (fixture, key, "exit", "经费中断");
  application = model_fixture_get (fixture, "application", key);
  g_assert_cmpstr (shequ_row_get_text (application, "state"), ==, "exited");
  item = model_fixture_get (fixture, "work_item", shequ_row_get_integer (application, "item"));
  g_assert_cmpint (shequ_row_get_integer (item, "active"), ==, 0);
  g_assert_cmpstr (shequ_row_get_text (item, "valid_to"), ==, "2027-03-01");
}

static void
assert_refused (ModelFixture *fixture, gint64 key, const char *action, const char *reason, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) before = model_fixture_get (fixture, "application", key);
  g_autoptr (ShequRow) after = NULL;

  g_assert_false (act (fixture, key, action, reason, &error));
  g_assert_error (error, SHEQU_ERROR, code);
  after = model_fixture_get (fixture, "application", key);
  g_assert_cmpint (after->version, ==, before->version);
}

static void
test_refused_steps (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 key = file_good (fixture);
  g_autoptr (ShequRow) bad = make_application (fixture, "招商引资任务", "每个社区完成招商引资指标");
  g_autoptr (ShequRow) poor = make_application (fixture, "纳凉点管理", "夏季开放纳凉点");
  g_autoptr (ShequRow) rejected = NULL;

  assert_refused (fixture, key, "admit", NULL, SHEQU_ERROR_CONSTRAINT);
  assert_refused (fixture, key, "return", NULL, SHEQU_ERROR_INVALID_VALUE);
  assert_refused (fixture, key, "dance", NULL, SHEQU_ERROR_NOT_FOUND);

  shequ_admission_file (fixture->office, bad, NULL, NULL, &error);
  g_assert_no_error (error);
  must_act (fixture, bad->key, "accept", NULL);
  assert_refused (fixture, bad->key, "admit", NULL, SHEQU_ERROR_CONSTRAINT);
  must_act (fixture, bad->key, "reject", "招商引资不得下派社区");
  rejected = model_fixture_get (fixture, "application", bad->key);
  g_assert_cmpstr (shequ_row_get_text (rejected, "state"), ==, "rejected");
  g_assert_cmpint (shequ_row_get_integer (rejected, "item"), ==, 0);

  shequ_row_set_integer (poor, "funding", 0);
  shequ_admission_file (fixture->office, poor, NULL, NULL, &error);
  g_assert_no_error (error);
  must_act (fixture, poor->key, "accept", NULL);
  assert_refused (fixture, poor->key, "admit", NULL, SHEQU_ERROR_CONSTRAINT);
}

static void
test_return (ModelFixture *fixture, gconstpointer data)
{
  gint64 key = file_good (fixture);
  g_autoptr (ShequRow) returned = NULL;
  g_autoptr (ShequRow) again = NULL;

  must_act (fixture, key, "return", "请补充经费来源");
  returned = model_fixture_get (fixture, "application", key);
  g_assert_cmpstr (shequ_row_get_text (returned, "state"), ==, "returned");
  g_assert_cmpstr (shequ_row_get_text (returned, "decision_reason"), ==, "请补充经费来源");
  g_assert_null (shequ_row_get_text (returned, "due_on"));
  model_fixture_set_day (fixture, "2026-12-04");
  must_act (fixture, key, "resubmit", NULL);
  again = model_fixture_get (fixture, "application", key);
  g_assert_cmpstr (shequ_row_get_text (again, "due_on"), ==, "2026-12-09");
}

/* The decision's days run from acceptance on, whatever comes between. */
static void
test_case (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 key = file_good (fixture);
  g_autoptr (ShequAdmissionCase) admission = NULL;

  model_fixture_set_day (fixture, "2026-11-24");
  must_act (fixture, key, "accept", NULL);
  model_fixture_set_day (fixture, "2026-12-14");
  must_act (fixture, key, "consult", NULL);
  model_fixture_set_day (fixture, "2026-12-17");
  admission = shequ_admission_load_case (fixture->office, key, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (admission->due_on, ==, "2026-12-15");
  g_assert_cmpint (admission->days_left, ==, -2);
  g_assert_null (admission->calendar_note);
  g_assert_cmpstr (shequ_row_get_text (admission->department, "name"), ==, "区民政局");
  g_assert_cmpuint (admission->findings->len, >, 0);
  g_assert_cmpuint (admission->actions->len, >, 3);
  g_assert_true (g_strv_contains ((const char *const *) admission->unmet, "agreement"));
  g_assert_false (g_strv_contains ((const char *const *) admission->unmet, "money"));
}

static void
test_calendar_warning (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_autoptr (ShequRow) row = make_application (fixture, "独居老人冬季走访", "每两周入户一次");

  model_fixture_set_day (fixture, "2031-03-03");
  shequ_row_set_text (row, "filed_on", "2031-03-03");
  shequ_row_set_text (row, "start_on", "2031-06-03");
  shequ_row_set_text (row, "end_on", "2031-12-03");
  g_assert_true (shequ_admission_file (fixture->office, row, issues, NULL, &error));
  g_assert_no_error (error);
  /* The day is not guessed. */
  g_assert_null (shequ_row_get_text (row, "due_on"));
  g_assert_cmpstr (shequ_row_get_text (row, "holder"), ==, "office");
  g_assert_cmpuint (issues->len, ==, 1);
  g_assert_cmpint (((ShequIssue *) issues->pdata[0])->severity, ==, SHEQU_ISSUE_WARNING);
}

static int
compare_keys (gconstpointer one, gconstpointer other)
{
  return (*(ShequRow *const *) one)->key - (*(ShequRow *const *) other)->key;
}

static GPtrArray *
list_lines (ModelFixture *fixture, const char *name, gint64 application)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, name);
  g_autoptr (ShequQuery) query = shequ_office_new_query (fixture->office, reg);
  g_autofree char *where = g_strdup_printf ("application=%" G_GINT64_FORMAT, application);
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  shequ_query_add_where (query, where, &error);
  rows = shequ_office_get_rows (fixture->office, query, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_sort (rows, compare_keys);
  return rows;
}

static void
assert_step (const ShequRow *line, const char *action, const char *held_by, int days_used)
{
  g_assert_cmpstr (shequ_row_get_text (line, "action"), ==, action);
  g_assert_cmpstr (shequ_row_get_text (line, "held_by"), ==, held_by);
  g_assert_cmpint (shequ_row_get_integer (line, "days_used"), ==, days_used);
  g_assert_cmpstr (shequ_row_get_text (line, "person"), ==, "王芳");
}

/* Every step is kept with who did it and how long it had lain with whom; a stopped clock counts for nobody.
 */
static void
test_steps_are_kept (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 key = file_good (fixture);
  g_autoptr (GPtrArray) lines = NULL, pauses = NULL;
  g_autoptr (ShequRow) stopped = NULL, running = NULL;
  g_autoptr (ShequAdmissionCase) admission = NULL;

  model_fixture_set_day (fixture, "2026-11-24");
  must_act (fixture, key, "accept", NULL);
  model_fixture_set_day (fixture, "2026-11-26");
  assert_refused (fixture, key, "pause", NULL, SHEQU_ERROR_INVALID_VALUE);
  assert_refused (fixture, key, "resume", NULL, SHEQU_ERROR_CONSTRAINT);
  must_act (fixture, key, "pause", "等待上级书面答复");
  assert_refused (fixture, key, "pause", "再等", SHEQU_ERROR_CONSTRAINT);
  stopped = model_fixture_get (fixture, "application", key);
  g_assert_cmpstr (shequ_row_get_text (stopped, "state"), ==, "accepted");
  g_assert_cmpstr (shequ_row_get_text (stopped, "paused_on"), ==, "2026-11-26");
  g_assert_null (shequ_row_get_text (stopped, "due_on"));
  model_fixture_set_day (fixture, "2026-12-03");
  admission = shequ_admission_load_case (fixture->office, key, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (admission->due_on);
  g_assert_cmpstr (admission->paused_on, ==, "2026-11-26");
  must_act (fixture, key, "resume", NULL);
  running = model_fixture_get (fixture, "application", key);
  /* The 15th was the last day; five working days stood still. */
  g_assert_cmpstr (shequ_row_get_text (running, "due_on"), ==, "2026-12-22");
  g_assert_null (shequ_row_get_text (running, "paused_on"));
  model_fixture_set_day (fixture, "2026-12-04");
  must_act (fixture, key, "admit", "依据充分");
  lines = list_lines (fixture, "admission_step", key);
  g_assert_cmpuint (lines->len, ==, 4);
  assert_step (lines->pdata[0], "accept", "office", 2);
  assert_step (lines->pdata[1], "pause", "office", 2);
  assert_step (lines->pdata[2], "resume", "office", 0);
  assert_step (lines->pdata[3], "admit", "office", 1);
  g_assert_cmpstr (shequ_row_get_text (lines->pdata[3], "body"), ==, "meeting");
  pauses = list_lines (fixture, "admission_pause", key);
  g_assert_cmpuint (pauses->len, ==, 1);
  g_assert_cmpstr (shequ_row_get_text (pauses->pdata[0], "until_on"), ==, "2026-12-03");
}

/* A step is for the body that is named, and that body must be the one to take it. */
static void
test_body (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 key = file_good (fixture);
  ShequAdmissionStep wrong = { .application = key, .action = "accept", .body = "department" };
  ShequAdmissionStep right = { .application = key, .action = "accept", .body = "office" };

  g_assert_false (shequ_admission_act (fixture->office, &wrong, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
  g_clear_error (&error);
  g_assert_true (shequ_admission_act (fixture->office, &right, NULL, NULL, &error));
  g_assert_no_error (error);
}

/* Both questions are answered with evidence, or nothing enters. */
static void
test_evidence (ModelFixture *fixture, gconstpointer data)
{
  static const char *const answers[] = { "superior_requires", "superior_evidence", "residents_need",
                                         "need_evidence" };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ShequRow) row = make_application (fixture, answers[i], "每两周入户一次");

      shequ_row_set_null (row, answers[i]);
      g_assert_true (shequ_admission_file (fixture->office, row, NULL, NULL, &error));
      g_assert_no_error (error);
      must_act (fixture, row->key, "accept", NULL);
      assert_refused (fixture, row->key, "admit", NULL, SHEQU_ERROR_CONSTRAINT);
    }
}

static void
assert_not_filed (ModelFixture *fixture, ShequRow *row, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (shequ_admission_file (fixture->office, row, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, code);
  g_assert_cmpint (row->key, ==, 0);
}

/* Negative money, the same work for the same time, and applications that replace each other in a circle. */
static void
test_bad_input (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) first = make_application (fixture, "独居老人冬季走访", "每两周入户一次");
  g_autoptr (ShequRow) second = make_application (fixture, "独居老人冬季走访", "每两周入户一次");
  g_autoptr (ShequRow) poor = make_application (fixture, "纳凉点管理", "夏季开放纳凉点");
  g_autoptr (ShequRow) stored = NULL;

  shequ_row_set_integer (poor, "funding", -100);
  assert_not_filed (fixture, poor, SHEQU_ERROR_INVALID_VALUE);
  shequ_row_set_integer (second, "department", shequ_row_get_integer (first, "department"));
  shequ_admission_file (fixture->office, first, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_not_filed (fixture, second, SHEQU_ERROR_CONSTRAINT);
  shequ_row_set_text (second, "start_on", "2027-12-31");
  shequ_row_set_text (second, "end_on", "2028-12-31");
  assert_not_filed (fixture, second, SHEQU_ERROR_CONSTRAINT);
  shequ_row_set_integer (second, "replaces", first->key);
  g_assert_true (shequ_admission_file (fixture->office, second, NULL, NULL, &error));
  g_assert_no_error (error);
  stored = model_fixture_get (fixture, "application", first->key);
  shequ_row_set_integer (stored, "replaces", second->key);
  g_assert_false (shequ_office_save (fixture->office, stored, NULL, NULL, &error));
  g_assert_nonnull (error);
}

static const ShequFinding *
find_finding (const GPtrArray *findings, const char *code)
{
  for (guint i = 0; i < findings->len; i++)
    if (g_strcmp0 (((const ShequFinding *) findings->pdata[i])->code, code) == 0)
      return findings->pdata[i];
  return NULL;
}

/* A statute that asks for a report is no reason to make the community inspect; hours and money are said. */
static void
test_duty_and_load (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = make_application (fixture, "隐患排查", "每月报告发现的隐患");
  g_autoptr (GPtrArray) leading = NULL, helping = NULL;

  shequ_row_set_text (row, "basis", "安全生产法第七十五条；某区办〔2026〕3号");
  shequ_row_set_text (row, "role", "lead");
  shequ_row_set_integer (row, "communities", 6);
  shequ_row_set_integer (row, "hours_per_year", 48);
  leading = shequ_admission_screen (fixture->office, row, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (find_finding (leading, "DUTY")->subject, ==, "L043");
  g_assert_cmpint (find_finding (leading, "DUTY")->severity, ==, SHEQU_SEVERITY_WARNING);
  g_assert_nonnull (strstr (find_finding (leading, "LOAD")->text, "6"));
  g_assert_nonnull (strstr (find_finding (leading, "LOAD")->text, "2,000.00"));
  g_assert_nonnull (strstr (find_finding (leading, "LOAD")->detail, "288"));
  shequ_row_set_text (row, "role", "assist");
  helping = shequ_admission_screen (fixture->office, row, NULL, &error);
  g_assert_cmpint (find_finding (helping, "DUTY")->severity, ==, SHEQU_SEVERITY_NOTE);
}

typedef struct
{
  ShequOffice *office;
  ShequAdmissionStep step;
  GError *error;
} Decider;

static gpointer
decide (gpointer data)
{
  Decider *decider = data;

  shequ_admission_act (decider->office, &decider->step, NULL, NULL, &decider->error);
  return NULL;
}

static gint64
read_now (gpointer data)
{
  return ((ModelFixture *) data)->now;
}

/* Two offices decide at once: one does, the other is told, and nothing of its step is stored. */
static void
test_two_decide (ModelFixture *fixture, gconstpointer data)
{
  for (guint turn = 0; turn < 8; turn++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ShequRow) row = make_application (fixture, "冬季走访", "每两周入户一次");
      g_autofree char *title = g_strdup_printf ("独居老人冬季走访第%u轮", turn);
      g_autoptr (ShequOffice) other =
        shequ_office_open (fixture->uri, fixture->catalogue, "李主任", "窗口2", NULL, &error);
      Decider one = { .office = fixture->office }, two = { .office = other };
      g_autoptr (GPtrArray) lines = NULL;
      g_autoptr (ShequRow) stored = NULL;
      GThread *first, *second;

      g_assert_no_error (error);
      shequ_office_set_clock (other, read_now, fixture);
      shequ_row_set_text (row, "title", title);
      shequ_admission_file (fixture->office, row, NULL, NULL, &error);
      g_assert_no_error (error);
      must_act (fixture, row->key, "accept", NULL);
      one.step = (ShequAdmissionStep){ .application = row->key, .action = "admit", .reason = "同意" };
      two.step = (ShequAdmissionStep){ .application = row->key, .action = "reject", .reason = "不同意" };
      first = g_thread_new ("one", decide, &one);
      second = g_thread_new ("two", decide, &two);
      g_thread_join (first);
      g_thread_join (second);
      g_assert_true ((one.error == NULL) != (two.error == NULL));
      stored = model_fixture_get (fixture, "application", row->key);
      g_assert_cmpstr (shequ_row_get_text (stored, "state"), ==, one.error == NULL ? "admitted" : "rejected");
      g_assert_cmpint (shequ_row_get_integer (stored, "item") != 0, ==, one.error == NULL);
      lines = list_lines (fixture, "admission_step", row->key);
      g_assert_cmpuint (lines->len, ==, 2);
      g_clear_error (&one.error);
      g_clear_error (&two.error);
    }
}

/* A task pushed down without admission is registered, ordered to apply, and then goes the usual way. */
static void
test_violation (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = make_application (fixture, "反诈宣传任务", "每周入户宣传");
  g_autoptr (ShequRow) ordered = NULL;

  shequ_row_set_text (row, "state", "violation");
  g_assert_true (shequ_admission_file (fixture->office, row, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (shequ_row_get_text (row, "due_on"), ==, "2026-11-27");
  must_act (fixture, row->key, "order_application", "未经准入,责令补办");
  ordered = model_fixture_get (fixture, "application", row->key);
  g_assert_cmpstr (shequ_row_get_text (ordered, "state"), ==, "submitted");
}

/* The register must be able to hold every state of the workflow. */
static void
test_states (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  ShequWorkflow *workflow = shequ_office_get_admission_workflow (fixture->office, &error);
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "application");
  const ShequField *state = shequ_register_lookup (reg, "state");
  const GPtrArray *states = shequ_workflow_get_states (workflow);

  g_assert_no_error (error);
  for (guint i = 0; i < states->len; i++)
    {
      const ShequWorkflowState *known = states->pdata[i];
      const ShequCode *code = shequ_code_list_lookup (state->codes, known->id);

      g_assert_nonnull (code);
      g_assert_cmpstr (code->label, ==, known->title);
    }
  g_assert_cmpuint (state->codes->codes->len, ==, states->len);
}

static void
test_async (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = make_application (fixture, "独居老人冬季走访", "每两周入户一次");
  g_autoptr (GAsyncResult) screened = NULL;
  g_autoptr (GAsyncResult) filed = NULL;
  g_autoptr (GAsyncResult) acted = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (ShequRow) stored = NULL;
  g_autoptr (ShequAdmissionCase) admission = NULL;
  ShequAdmissionStep step = { .action = "return", .reason = "请补充材料" };

  shequ_admission_screen_async (fixture->office, row, NULL, model_fixture_take_result, &screened);
  findings = shequ_admission_screen_finish (fixture->office, model_fixture_wait (&screened), &error);
  g_assert_no_error (error);
  g_assert_nonnull (findings);
  shequ_admission_file_async (fixture->office, row, NULL, model_fixture_take_result, &filed);
  stored = shequ_admission_file_finish (fixture->office, model_fixture_wait (&filed), &issues, &error);
  g_assert_no_error (error);
  step.application = stored->key;
  shequ_admission_act_async (fixture->office, &step, NULL, model_fixture_take_result, &acted);
  g_assert_true (shequ_admission_act_finish (fixture->office, model_fixture_wait (&acted), NULL, &error));
  shequ_admission_load_case_async (fixture->office, stored->key, NULL, model_fixture_take_result, &loaded);
  admission = shequ_admission_load_case_finish (fixture->office, model_fixture_wait (&loaded), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (shequ_row_get_text (admission->application, "state"), ==, "returned");
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE ("/admission/file", test_file);
  FIXTURE ("/admission/file-refused", test_file_refused);
  FIXTURE ("/admission/screen", test_screen);
  FIXTURE ("/admission/admit", test_admit);
  FIXTURE ("/admission/exit", test_exit);
  FIXTURE ("/admission/refused-steps", test_refused_steps);
  FIXTURE ("/admission/return", test_return);
  FIXTURE ("/admission/case", test_case);
  FIXTURE ("/admission/calendar-warning", test_calendar_warning);
  FIXTURE ("/admission/steps-are-kept", test_steps_are_kept);
  FIXTURE ("/admission/body", test_body);
  FIXTURE ("/admission/two-decide", test_two_decide);
  FIXTURE ("/admission/evidence", test_evidence);
  FIXTURE ("/admission/bad-input", test_bad_input);
  FIXTURE ("/admission/duty-and-load", test_duty_and_load);
  FIXTURE ("/admission/violation", test_violation);
  FIXTURE ("/admission/states", test_states);
  FIXTURE ("/admission/async", test_async);

  return g_test_run ();
}
