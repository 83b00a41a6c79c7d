#include <string.h>

#include "model-fixture.h"
#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-volunteers.h"

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

static gint64
add_shift (ModelFixture *fixture, const char *title, const char *day, const char *start, const char *end)
{
  return model_fixture_add (fixture, "shift", "title", title, "day", day, "start", start, "end", end, "place",
                            "社区门口", "needed", "2", NULL);
}

static gint64
add_volunteer (ModelFixture *fixture, const char *name, const char *active)
{
  return model_fixture_add (fixture, "volunteer", "name", name, "active", active, "insured_until",
                            "2027-12-31", NULL);
}

static gint64
assign (ModelFixture *fixture, gint64 shift, gint64 volunteer)
{
  g_autoptr (GError) error = NULL;
  gint64 key = shequ_volunteers_assign (fixture->office, shift, volunteer, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (key, >, 0);
  return key;
}

static void
test_roster (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 late = add_shift (fixture, "夜间巡逻", "2026-11-24", "19:00", "21:00");
  gint64 early = add_shift (fixture, "护学岗", "2026-11-24", "07:30", "08:30");
  gint64 zhao = add_volunteer (fixture, "赵大爷", "是");
  g_autoptr (GPtrArray) roster = NULL;
  const ShequRosterShift *first, *second;

  add_shift (fixture, "护学岗", "2026-11-30", "07:30", "08:30");
  assign (fixture, late, zhao);
  roster = shequ_volunteers_list_roster (fixture->office, "2026-11-23", "2026-11-29", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (roster->len, ==, 2);
  first = roster->pdata[0];
  second = roster->pdata[1];
  g_assert_cmpint (first->shift->key, ==, early);
  g_assert_cmpuint (first->assignments->len, ==, 0);
  g_assert_cmpint (second->shift->key, ==, late);
  g_assert_cmpuint (second->assignments->len, ==, 1);
  g_assert_cmpint (shequ_row_get_integer (second->assignments->pdata[0], "volunteer"), ==, zhao);
  g_assert_cmpint (shequ_row_get_integer (second->shift, "assigned"), ==, 1);
}

static void
test_clash (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 one = add_shift (fixture, "夜间巡逻", "2026-11-24", "19:00", "21:00");
  gint64 other = add_shift (fixture, "消防演练", "2026-11-24", "20:30", "22:00");
  gint64 next = add_shift (fixture, "清洁楼道", "2026-11-25", "20:30", "22:00");
  gint64 zhao = add_volunteer (fixture, "赵大爷", "是");
  gint64 gone = add_volunteer (fixture, "钱阿姨", "否");

  assign (fixture, one, zhao);
  g_assert_cmpint (shequ_volunteers_assign (fixture->office, other, zhao, NULL, &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  g_assert_nonnull (strstr (error->message, "夜间巡逻"));
  g_clear_error (&error);
  g_assert_cmpint (shequ_volunteers_assign (fixture->office, one, zhao, NULL, &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_cmpint (shequ_volunteers_assign (fixture->office, one, gone, NULL, &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_cmpint (shequ_volunteers_assign (fixture->office, 9999, zhao, NULL, &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
  assign (fixture, next, zhao);
}

static void
test_unassign (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 one = add_shift (fixture, "夜间巡逻", "2026-11-24", "19:00", "21:00");
  gint64 other = add_shift (fixture, "消防演练", "2026-11-24", "20:30", "22:00");
  gint64 zhao = add_volunteer (fixture, "赵大爷", "是");
  gint64 assignment = assign (fixture, one, zhao);

  g_assert_true (shequ_volunteers_unassign (fixture->office, assignment, NULL, &error));
  g_assert_no_error (error);
  assign (fixture, other, zhao);
}

static void
test_candidates (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 one = add_shift (fixture, "夜间巡逻", "2026-11-24", "19:00", "21:00");
  gint64 other = add_shift (fixture, "消防演练", "2026-11-24", "20:30", "22:00");
  gint64 past = add_shift (fixture, "清洁楼道", "2026-11-20", "09:00", "11:00");
  gint64 zhao = add_volunteer (fixture, "赵大爷", "是");
  gint64 qian = add_volunteer (fixture, "钱阿姨", "是");
  gint64 sun = add_volunteer (fixture, "孙老师", "是");
  g_autoptr (GPtrArray) candidates = NULL;
  const ShequCandidate *candidate;

  add_volunteer (fixture, "李退出", "否");
  assign (fixture, other, zhao);
  g_assert_true (
    shequ_volunteers_record (fixture->office, assign (fixture, past, qian), TRUE, 0, NULL, &error));
  candidates = shequ_volunteers_list_candidates (fixture->office, one, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (candidates->len, ==, 3);
  candidate = candidates->pdata[0];
  g_assert_cmpint (candidate->volunteer->key, ==, sun);
  g_assert_true (candidate->is_free);
  candidate = candidates->pdata[1];
  g_assert_cmpint (candidate->volunteer->key, ==, qian);
  candidate = candidates->pdata[2];
  g_assert_cmpint (candidate->volunteer->key, ==, zhao);
  g_assert_false (candidate->is_free);
  g_assert_cmpuint (candidate->obstacles->len, ==, 1);
  g_assert_cmpint (((ShequObstacle *) candidate->obstacles->pdata[0])->kind, ==, SHEQU_OBSTACLE_CLASH);
}

static void
test_hours (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 first = add_shift (fixture, "清洁楼道", "2026-11-02", "09:00", "11:00");
  gint64 second = add_shift (fixture, "清洁楼道", "2026-11-09", "09:00", "11:00");
  gint64 before = add_shift (fixture, "清洁楼道", "2026-10-26", "09:00", "11:00");
  gint64 zhao = add_volunteer (fixture, "赵大爷", "是");
  gint64 qian = add_volunteer (fixture, "钱阿姨", "是");
  gint64 absent = assign (fixture, second, qian);
  g_autoptr (GPtrArray) hours = NULL;
  g_autoptr (ShequRow) missed = NULL;
  const ShequSummaryRow *line;

  shequ_volunteers_record (fixture->office, assign (fixture, first, zhao), TRUE, 0, NULL, &error);
  g_assert_no_error (error);
  shequ_volunteers_record (fixture->office, assign (fixture, second, zhao), TRUE, 90, NULL, &error);
  g_assert_no_error (error);
  shequ_volunteers_record (fixture->office, assign (fixture, before, zhao), TRUE, 0, NULL, &error);
  g_assert_no_error (error);
  shequ_volunteers_record (fixture->office, absent, FALSE, 0, NULL, &error);
  g_assert_no_error (error);
  missed = model_fixture_get (fixture, "assignment", absent);
  g_assert_cmpstr (shequ_row_get_text (missed, "status"), ==, "absent");
  hours = shequ_volunteers_sum_hours (fixture->office, "2026-11-01", "2026-11-30", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hours->len, ==, 1);
  line = hours->pdata[0];
  g_assert_cmpstr (line->label, ==, "赵大爷");
  g_assert_cmpint (line->sum, ==, 210);
  g_assert_cmpint (line->count, ==, 2);
}

static void
test_async (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 shift = add_shift (fixture, "夜间巡逻", "2026-11-24", "19:00", "21:00");
  gint64 zhao = add_volunteer (fixture, "赵大爷", "是");
  g_autoptr (GAsyncResult) assigned = NULL;
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GAsyncResult) asked = NULL;
  g_autoptr (GAsyncResult) recorded = NULL;
  g_autoptr (GAsyncResult) summed = NULL;
  g_autoptr (GAsyncResult) removed = NULL;
  g_autoptr (GPtrArray) roster = NULL;
  g_autoptr (GPtrArray) candidates = NULL;
  g_autoptr (GPtrArray) hours = NULL;
  gint64 key;

  shequ_volunteers_assign_async (fixture->office, shift, zhao, NULL, model_fixture_take_result, &assigned);
  key = shequ_volunteers_assign_finish (fixture->office, model_fixture_wait (&assigned), &error);
  g_assert_no_error (error);
  shequ_volunteers_list_roster_async (fixture->office, "2026-11-23", "2026-11-29", NULL,
                                      model_fixture_take_result, &listed);
  roster = shequ_volunteers_list_finish (fixture->office, model_fixture_wait (&listed), &error);
  g_assert_cmpuint (roster->len, ==, 1);
  shequ_volunteers_list_candidates_async (fixture->office, shift, NULL, model_fixture_take_result, &asked);
  candidates = shequ_volunteers_list_finish (fixture->office, model_fixture_wait (&asked), &error);
  g_assert_cmpuint (candidates->len, ==, 1);
  shequ_volunteers_record_async (fixture->office, key, TRUE, 0, NULL, model_fixture_take_result, &recorded);
  g_assert_true (shequ_volunteers_done_finish (fixture->office, model_fixture_wait (&recorded), &error));
  shequ_volunteers_sum_hours_async (fixture->office, "2026-11-01", "2026-11-30", NULL,
                                    model_fixture_take_result, &summed);
  hours = shequ_volunteers_list_finish (fixture->office, model_fixture_wait (&summed), &error);
  g_assert_cmpuint (hours->len, ==, 1);
  shequ_volunteers_unassign_async (fixture->office, key, NULL, model_fixture_take_result, &removed);
  g_assert_true (shequ_volunteers_done_finish (fixture->office, model_fixture_wait (&removed), &error));
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE ("/volunteers/roster", test_roster);
  FIXTURE ("/volunteers/clash", test_clash);
  FIXTURE ("/volunteers/unassign", test_unassign);
  FIXTURE ("/volunteers/candidates", test_candidates);
  FIXTURE ("/volunteers/hours", test_hours);
  FIXTURE ("/volunteers/async", test_async);

  return g_test_run ();
}
