#include "shequ-visits.h"

#include <string.h>

#include "model-fixture.h"
#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-today.h"

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

static gint64
add_household (ModelFixture *fixture, const char *address)
{
  return model_fixture_add (fixture, "household", "address", address, NULL);
}

static gint64
add_resident (ModelFixture *fixture, const char *name, gint64 household)
{
  g_autofree char *key = model_fixture_key (household);

  return model_fixture_add (fixture, "resident", "name", name, "household", key, NULL);
}

static gint64
add_plan (ModelFixture *fixture, const char *link, gint64 key, const char *every, const char *since)
{
  g_autofree char *text = model_fixture_key (key);

  return model_fixture_add (fixture, "visit_plan", link, text, "every_days", every, "started_on", since,
                            "reason", "生活困难", NULL);
}

static void
add_visit (ModelFixture *fixture, gint64 resident, const char *day, const char *result)
{
  g_autofree char *key = model_fixture_key (resident);

  model_fixture_add (fixture, "visit", "resident", key, "day", day, "result", result, NULL);
}

static GPtrArray *
list_due (ModelFixture *fixture, guint ahead)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *list = shequ_visits_list_due (fixture->office, ahead, NULL, &error);

  g_assert_no_error (error);
  return list;
}

static void
test_plan (ModelFixture *fixture, gconstpointer data)
{
  gint64 household = add_household (fixture, "光明路3号楼2单元501室");
  gint64 husband = add_resident (fixture, "王建国", household);
  gint64 wife = add_resident (fixture, "李秀英", household);
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (GPtrArray) seen = NULL;
  g_autoptr (GPtrArray) soon = NULL;
  const ShequVisitDue *one;

  add_plan (fixture, "resident", husband, "7", "2026-11-01");
  due = list_due (fixture, 0);
  g_assert_cmpuint (due->len, ==, 1);
  one = due->pdata[0];
  g_assert_cmpint (one->household, ==, household);
  g_assert_cmpint (one->resident, ==, husband);
  g_assert_cmpstr (one->who, ==, "王建国");
  g_assert_cmpstr (one->where, ==, "光明路3号楼2单元501室");
  g_assert_cmpstr (one->reason, ==, "生活困难");
  g_assert_null (one->last_on);
  g_assert_cmpstr (one->due_on, ==, "2026-11-08");
  g_assert_cmpint (one->days_left, ==, -14);

  /* A visit to anybody of the household counts, unless nobody was met. */
  add_visit (fixture, wife, "2026-11-20", "well");
  add_visit (fixture, husband, "2026-11-21", "absent");
  seen = list_due (fixture, 0);
  g_assert_cmpuint (seen->len, ==, 0);
  soon = list_due (fixture, 5);
  g_assert_cmpuint (soon->len, ==, 1);
  one = soon->pdata[0];
  g_assert_cmpstr (one->last_on, ==, "2026-11-20");
  g_assert_cmpstr (one->due_on, ==, "2026-11-27");
  g_assert_cmpint (one->days_left, ==, 5);
}

static gint64
add_tag (ModelFixture *fixture, const char *code, const char *name, const char *every)
{
  return model_fixture_add (fixture, "tag", "code", code, "name", name, "sensitivity", "2",
                            "visit_every_days", every, NULL);
}

static void
give_tag (ModelFixture *fixture, gint64 resident, gint64 tag, const char *ended_on)
{
  g_autofree char *resident_key = model_fixture_key (resident);
  g_autofree char *tag_key = model_fixture_key (tag);

  model_fixture_add (fixture, "resident_tag", "resident", resident_key, "tag", tag_key, "started_on",
                     "2026-10-01", "ended_on", ended_on, NULL);
}

/* Whom nobody has visited yet is late from the later of both days: when the plan was made, or when the group
 * was entered; and Today says that it never was, not since how many days. */
static void
test_never (ModelFixture *fixture, gconstpointer data)
{
  gint64 household = add_household (fixture, "光明路3号楼2单元502室");
  gint64 resident = add_resident (fixture, "赵大爷", household);
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (GPtrArray) matters = NULL;
  g_autoptr (GError) error = NULL;
  const ShequVisitDue *one;
  const ShequMatter *matter;

  add_plan (fixture, "resident", resident, "7", "2015-01-01");
  give_tag (fixture, resident, add_tag (fixture, "alone", "独居", "30"), NULL);
  due = list_due (fixture, 0);
  g_assert_cmpuint (due->len, ==, 1);
  one = due->pdata[0];
  g_assert_null (one->last_on);
  g_assert_cmpstr (one->due_on, ==, "2026-10-08");
  matters = shequ_today_list (fixture->office, NULL, &error);
  g_assert_no_error (error);
  matter = matters->pdata[0];
  g_assert_cmpstr (matter->source, ==, "visit");
  g_assert_true (matter->never);
}

/* Key groups ask for visits; two of one household are seen together, at the shorter interval. */
static void
test_groups (ModelFixture *fixture, gconstpointer data)
{
  gint64 household = add_household (fixture, "光明路3号楼2单元501室");
  gint64 husband = add_resident (fixture, "王建国", household);
  gint64 wife = add_resident (fixture, "李秀英", household);
  gint64 solitary = add_tag (fixture, "t_solitary", "测试独居", "7");
  gint64 disabled = add_tag (fixture, "t_disabled", "测试残疾", "30");
  gint64 former = add_resident (fixture, "周大妈", add_household (fixture, "光明路1号楼1单元101室"));
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (GPtrArray) planned = NULL;
  const ShequVisitDue *one;

  give_tag (fixture, husband, disabled, "");
  give_tag (fixture, wife, solitary, "");
  give_tag (fixture, former, solitary, "2026-11-01");
  add_visit (fixture, husband, "2026-11-10", "well");
  due = list_due (fixture, 0);
  g_assert_cmpuint (due->len, ==, 1);
  one = due->pdata[0];
  g_assert_cmpint (one->every_days, ==, 7);
  g_assert_cmpstr (one->due_on, ==, "2026-11-17");
  g_assert_nonnull (strstr (one->who, "王建国"));
  g_assert_nonnull (strstr (one->reason, "测试独居"));

  /* An agreed plan takes the place of what the groups ask. */
  add_plan (fixture, "household", household, "60", "2026-10-01");
  planned = list_due (fixture, 0);
  g_assert_cmpuint (planned->len, ==, 0);
}

/* A visit longer ago than a few intervals is found, too. */
static void
test_long_ago (ModelFixture *fixture, gconstpointer data)
{
  gint64 household = add_household (fixture, "光明路1号楼1单元101室");
  gint64 resident = add_resident (fixture, "张大爷", household);
  g_autoptr (GPtrArray) due = NULL;
  const ShequVisitDue *one;

  add_plan (fixture, "household", household, "7", "2025-01-01");
  add_visit (fixture, resident, "2025-12-31", "well");
  add_visit (fixture, resident, "2025-11-30", "helped");
  due = list_due (fixture, 0);
  g_assert_cmpuint (due->len, ==, 1);
  one = due->pdata[0];
  g_assert_cmpstr (one->last_on, ==, "2025-12-31");
  g_assert_cmpstr (one->due_on, ==, "2026-01-07");
  g_assert_cmpint (one->resident, ==, 0);
}

/* A plan that has ended or not begun, and one for who has died, ask for nothing. */
static void
test_not_active (ModelFixture *fixture, gconstpointer data)
{
  gint64 household = add_household (fixture, "光明路1号楼1单元101室");
  gint64 resident = add_resident (fixture, "张大爷", household);
  gint64 dead = add_resident (fixture, "赵老汉", household);
  gint64 ended = add_plan (fixture, "resident", resident, "7", "2026-01-01");
  g_autoptr (ShequRow) plan = model_fixture_get (fixture, "visit_plan", ended);
  g_autoptr (ShequRow) row = model_fixture_get (fixture, "resident", dead);
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (GError) error = NULL;

  shequ_row_set_text (plan, "ended_on", "2026-11-21");
  g_assert_true (shequ_office_save (fixture->office, plan, NULL, NULL, &error));
  add_plan (fixture, "resident", resident, "7", "2026-12-01");
  add_plan (fixture, "resident", dead, "7", "2026-01-01");
  shequ_row_set_text (row, "residence_status", "9");
  g_assert_true (shequ_office_save (fixture->office, row, NULL, NULL, &error));
  g_assert_no_error (error);
  due = list_due (fixture, 3);
  g_assert_cmpuint (due->len, ==, 0);
}

static void
test_today (ModelFixture *fixture, gconstpointer data)
{
  gint64 household = add_household (fixture, "光明路3号楼2单元501室");
  g_autoptr (GPtrArray) matters = NULL;
  g_autoptr (GError) error = NULL;
  const ShequMatter *matter;

  add_plan (fixture, "resident", add_resident (fixture, "王建国", household), "7", "2026-11-01");
  matters = shequ_today_list (fixture->office, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (matters->len, ==, 1);
  matter = matters->pdata[0];
  g_assert_cmpstr (matter->source, ==, "visit");
  g_assert_cmpstr (matter->title, ==, "走访王建国（生活困难）");
  g_assert_cmpstr (matter->detail, ==, "光明路3号楼2单元501室 · 还没有走访过");
  g_assert_cmpstr (matter->reg->name, ==, "household");
  g_assert_cmpint (matter->key, ==, household);
  g_assert_cmpint (matter->urgency, ==, SHEQU_URGENCY_OVERDUE);
}

static void
test_log (ModelFixture *fixture, gconstpointer data)
{
  gint64 household = add_household (fixture, "光明路3号楼2单元501室");
  ShequVisit visit = { .resident = add_resident (fixture, "王建国", household),
                       .way = "phone",
                       .about = "health",
                       .result = "follow_up",
                       .note = "血压高,已约社区医院" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = NULL;
  gint64 key;

  /* What is to be followed up needs a day. */
  g_assert_cmpint (shequ_visits_log (fixture->office, &visit, NULL, &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  visit.follow_up_on = "2026年11月25日";
  shequ_visits_log_async (fixture->office, &visit, NULL, model_fixture_take_result, &result);
  key = shequ_visits_log_finish (fixture->office, model_fixture_wait (&result), &error);
  g_assert_no_error (error);
  row = model_fixture_get (fixture, "visit", key);
  g_assert_cmpint (shequ_row_get_integer (row, "household"), ==, household);
  g_assert_cmpstr (shequ_row_get_text (row, "day"), ==, FIXTURE_TODAY);
  g_assert_cmpstr (shequ_row_get_text (row, "follow_up_on"), ==, "2026-11-25");

  visit.resident = 0;
  g_assert_cmpint (shequ_visits_log (fixture->office, &visit, NULL, &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE ("/visits/plan", test_plan);
  FIXTURE ("/visits/never", test_never);
  FIXTURE ("/visits/groups", test_groups);
  FIXTURE ("/visits/long-ago", test_long_ago);
  FIXTURE ("/visits/not-active", test_not_active);
  FIXTURE ("/visits/today", test_today);
  FIXTURE ("/visits/log", test_log);

  return g_test_run ();
}
