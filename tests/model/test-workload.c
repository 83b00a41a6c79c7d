#include "model-fixture.h"
#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-workload.h"

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

typedef struct
{
  gint64 civil;
  gint64 police;
  gint64 visits;
  gint64 forms;
  gint64 forbidden;
} Work;

static gint64
add_item (ModelFixture *fixture,
          gint64 department,
          const char *name,
          const char *admitted,
          const char *minutes)
{
  g_autofree char *key = model_fixture_key (department);

  return model_fixture_add (fixture, "work_item", "name", name, "department", key, "admitted", admitted,
                            "minutes_per_time", minutes, NULL);
}

static Work
prepare (ModelFixture *fixture)
{
  Work work;

  model_fixture_add (fixture, "staff", "name", "王芳", NULL);
  work.civil = model_fixture_add (fixture, "department", "name", "区民政局", "short_name", "民政", NULL);
  work.police = model_fixture_add (fixture, "department", "name", "区公安分局", "short_name", "公安", NULL);
  work.visits = add_item (fixture, work.civil, "独居老人走访", "y", "45");
  work.forms = add_item (fixture, work.police, "流动人口报表", "n", "90");
  work.forbidden = add_item (fixture, work.police, "代收罚款", "never", "10");
  return work;
}

static gint64
log_minutes (ModelFixture *fixture, gint64 item, const char *day, gint64 minutes)
{
  g_autoptr (GError) error = NULL;
  ShequWorkEntry entry = { .item = item, .day = day, .minutes = minutes, .purpose = "visit" };
  gint64 key = shequ_workload_log (fixture->office, &entry, NULL, &error);

  g_assert_no_error (error);
  return key;
}

static void
test_log (ModelFixture *fixture, gconstpointer data)
{
  Work work = prepare (fixture);
  gint64 key = log_minutes (fixture, work.visits, NULL, 50);
  g_autoptr (ShequRow) row = model_fixture_get (fixture, "work_entry", key);

  g_assert_cmpstr (shequ_row_get_text (row, "day"), ==, FIXTURE_TODAY);
  g_assert_cmpint (shequ_row_get_integer (row, "department"), ==, work.civil);
  g_assert_cmpint (shequ_row_get_integer (row, "staff"), ==, shequ_office_get_staff (fixture->office));
  g_assert_cmpint (shequ_row_get_integer (row, "minutes"), ==, 50);
}

static void
test_log_refused (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 civil = model_fixture_add (fixture, "department", "name", "区民政局", "short_name", "民政", NULL);
  ShequWorkEntry entry = { .item = add_item (fixture, civil, "独居老人走访", "y", "45"), .minutes = 30 };

  g_assert_cmpint (shequ_workload_log (fixture->office, &entry, NULL, &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT);
  g_clear_error (&error);
  model_fixture_add (fixture, "staff", "name", "王芳", NULL);
  entry.minutes = 0;
  g_assert_cmpint (shequ_workload_log (fixture->office, &entry, NULL, &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  entry.minutes = 30;
  entry.day = "2026-11-23";
  g_assert_cmpint (shequ_workload_log (fixture->office, &entry, NULL, &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
}

static void
test_undo (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Work work = prepare (fixture);
  gint64 key = log_minutes (fixture, work.visits, NULL, 50);
  g_autoptr (ShequBurden) burden = NULL;

  g_assert_true (shequ_workload_undo (fixture->office, key, NULL, &error));
  g_assert_no_error (error);
  burden = shequ_workload_summarise (fixture->office, "2026-01-01", "2026-12-31", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (burden->minutes, ==, 0);
  g_assert_false (shequ_workload_undo (fixture->office, key, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
}

static void
assert_line (const GPtrArray *lines, guint index, const char *label, const char *period, gint64 sum)
{
  const ShequSummaryRow *line;

  g_assert_cmpuint (index, <, lines->len);
  line = lines->pdata[index];
  g_assert_cmpstr (line->label, ==, label);
  g_assert_cmpstr (line->period, ==, period);
  g_assert_cmpint (line->sum, ==, sum);
}

static void
test_burden (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Work work = prepare (fixture);
  g_autoptr (ShequBurden) burden = NULL;

  log_minutes (fixture, work.visits, "2026-09-30", 1000);
  log_minutes (fixture, work.visits, "2026-10-12", 60);
  log_minutes (fixture, work.visits, "2026-11-02", 30);
  log_minutes (fixture, work.forms, "2026-10-13", 200);
  log_minutes (fixture, work.forms, "2026-11-20", 100);
  log_minutes (fixture, work.forbidden, "2026-11-20", 10);
  burden = shequ_workload_summarise (fixture->office, "2026-10-01", "2026-11-30", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (burden->minutes, ==, 400);
  g_assert_cmpint (burden->entries, ==, 5);
  g_assert_cmpint (burden->not_admitted_minutes, ==, 310);
  g_assert_cmpuint (burden->departments->len, ==, 2);
  assert_line (burden->departments, 0, "公安", NULL, 310);
  assert_line (burden->departments, 1, "民政", NULL, 90);
  g_assert_cmpuint (burden->months->len, ==, 4);
  assert_line (burden->months, 0, "公安", "2026-10", 200);
  g_assert_cmpuint (burden->items->len, ==, 3);
  assert_line (burden->items, 0, "流动人口报表", NULL, 300);
  g_assert_cmpuint (burden->purposes->len, ==, 1);
  assert_line (burden->purposes, 0, "入户", NULL, 400);
}

static void
test_likely (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Work work = prepare (fixture);
  gint64 other = model_fixture_add (fixture, "staff", "name", "李强", NULL);
  ShequWorkEntry entry = { .item = work.forbidden, .staff = other, .minutes = 5 };
  g_autoptr (GPtrArray) likely = NULL;
  const ShequItemUse *use;

  for (guint i = 0; i < 3; i++)
    shequ_workload_log (fixture->office, &entry, NULL, &error);
  g_assert_no_error (error);
  log_minutes (fixture, work.visits, "2026-06-01", 60);
  log_minutes (fixture, work.forms, "2026-11-20", 100);
  log_minutes (fixture, work.forms, "2026-11-21", 120);
  log_minutes (fixture, work.visits, "2026-11-21", 40);
  likely = shequ_workload_list_likely (fixture->office, 0, 5, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (likely->len, ==, 3);
  use = likely->pdata[0];
  g_assert_cmpint (use->item->key, ==, work.forms);
  g_assert_cmpint (use->times, ==, 2);
  g_assert_cmpint (use->minutes, ==, 110);
  g_assert_cmpint (((ShequItemUse *) likely->pdata[1])->item->key, ==, work.visits);
  g_assert_cmpint (((ShequItemUse *) likely->pdata[2])->item->key, ==, work.forbidden);
}

static void
test_async (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Work work = prepare (fixture);
  ShequWorkEntry entry = { .item = work.visits, .minutes = 25, .note = "上门测血压" };
  g_autoptr (GAsyncResult) logged = NULL;
  g_autoptr (GAsyncResult) summed = NULL;
  g_autoptr (GAsyncResult) undone = NULL;
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (ShequBurden) burden = NULL;
  g_autoptr (GPtrArray) likely = NULL;
  gint64 key;

  shequ_workload_log_async (fixture->office, &entry, NULL, model_fixture_take_result, &logged);
  key = shequ_workload_log_finish (fixture->office, model_fixture_wait (&logged), &error);
  g_assert_no_error (error);
  g_assert_cmpint (key, >, 0);
  shequ_workload_list_likely_async (fixture->office, 0, 3, NULL, model_fixture_take_result, &listed);
  likely = shequ_workload_list_likely_finish (fixture->office, model_fixture_wait (&listed), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (likely->len, ==, 1);
  shequ_workload_undo_async (fixture->office, key, NULL, model_fixture_take_result, &undone);
  g_assert_true (shequ_workload_undo_finish (fixture->office, model_fixture_wait (&undone), &error));
  shequ_workload_summarise_async (fixture->office, "2026-11-01", "2026-11-30", NULL,
                                  model_fixture_take_result, &summed);
  burden = shequ_workload_summarise_finish (fixture->office, model_fixture_wait (&summed), &error);
  g_assert_no_error (error);
  g_assert_cmpint (burden->entries, ==, 0);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE ("/workload/log", test_log);
  FIXTURE ("/workload/log-refused", test_log_refused);
  FIXTURE ("/workload/undo", test_undo);
  FIXTURE ("/workload/burden", test_burden);
  FIXTURE ("/workload/likely", test_likely);
  FIXTURE ("/workload/async", test_async);

  return g_test_run ();
}
