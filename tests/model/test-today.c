#include "model-fixture.h"

#include "shequ-admission.h"
#include "shequ-locale.h"
#include "shequ-today.h"

#include <string.h>

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

static GPtrArray *
list_matters (ModelFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *matters = shequ_today_list (fixture->office, NULL, &error);

  g_assert_no_error (error);
  return matters;
}

static gint64
file_application (ModelFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gint64 department =
    model_fixture_add (fixture, "department", "name", "区民政局", "short_name", "民政", NULL);
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "application");
  g_autoptr (ShequRow) row = shequ_office_new_row (fixture->office, reg);

  shequ_row_set_integer (row, "department", department);
  shequ_row_set_text (row, "title", "独居老人冬季走访");
  shequ_row_set_text (row, "category", "task");
  shequ_admission_file (fixture->office, row, NULL, NULL, &error);
  g_assert_no_error (error);
  return row->key;
}

static void
assert_matter (ModelFixture *fixture, const char *day, int days_left, ShequUrgency urgency)
{
  g_autoptr (GPtrArray) matters = NULL;
  const ShequMatter *matter;

  model_fixture_set_day (fixture, day);
  matters = list_matters (fixture);
  g_assert_cmpuint (matters->len, ==, 1);
  matter = matters->pdata[0];
  g_assert_cmpstr (matter->source, ==, "application.due");
  g_assert_cmpstr (matter->due_on, ==, "2026-11-25");
  g_assert_cmpint (matter->days_left, ==, days_left);
  g_assert_true (matter->working_days);
  g_assert_cmpint (matter->urgency, ==, urgency);
  g_assert_cmpuint (shequ_today_count (matters, urgency), ==, 1);
}

static void
test_application (ModelFixture *fixture, gconstpointer data)
{
  gint64 key = file_application (fixture);
  ShequAdmissionStep step = { .application = key, .action = "withdraw", .reason = "不再需要" };
  g_autoptr (GPtrArray) matters = NULL;

  assert_matter (fixture, "2026-11-22", 3, SHEQU_URGENCY_SOON);
  assert_matter (fixture, "2026-11-24", 1, SHEQU_URGENCY_SOON);
  assert_matter (fixture, "2026-11-25", 0, SHEQU_URGENCY_TODAY);
  assert_matter (fixture, "2026-11-30", -3, SHEQU_URGENCY_OVERDUE);
  assert_matter (fixture, "2026-12-31", -26, SHEQU_URGENCY_OVERDUE);
  g_assert_true (shequ_admission_act (fixture->office, &step, NULL, NULL, NULL));
  matters = list_matters (fixture);
  g_assert_cmpuint (matters->len, ==, 0);
}

static void
test_reminder (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) matters = NULL;
  const ShequMatter *matter;

  model_fixture_add (fixture, "volunteer", "name", "赵大爷", "insured_until", "2026-12-01", NULL);
  model_fixture_add (fixture, "volunteer", "name", "钱阿姨", "insured_until", "2026-11-12", NULL);
  model_fixture_add (fixture, "volunteer", "name", "孙老师", "insured_until", "2027-06-30", NULL);
  model_fixture_add (fixture, "volunteer", "name", "李退出", "insured_until", "2026-12-01", "active", "否",
                     NULL);
  matters = list_matters (fixture);
  g_assert_cmpuint (matters->len, ==, 2);
  matter = matters->pdata[0];
  g_assert_nonnull (g_strstr_len (matter->title, -1, "钱阿姨"));
  g_assert_cmpint (matter->urgency, ==, SHEQU_URGENCY_OVERDUE);
  g_assert_cmpint (matter->days_left, ==, -10);
  g_assert_false (matter->working_days);
  matter = matters->pdata[1];
  g_assert_nonnull (g_strstr_len (matter->title, -1, "赵大爷"));
  g_assert_cmpint (matter->urgency, ==, SHEQU_URGENCY_SOON);
  g_assert_cmpint (matter->days_left, ==, 9);
  g_assert_cmpstr (matter->reg->name, ==, "volunteer");
}

/* Files with a validity, a review, a lease: what comes near is said, what is over or stopped is not. */
static void
test_files (ModelFixture *fixture, gconstpointer data)
{
  g_autofree char *person = model_fixture_key (model_fixture_add (fixture, "resident", "name", "周老", NULL));
  g_autoptr (GPtrArray) matters = NULL;
  g_autoptr (GString) titles = g_string_new (NULL);

  model_fixture_add (fixture, "benefit_file", "kind", "dibao", "resident", person, "review_on", "2026-12-01",
                     NULL);
  model_fixture_add (fixture, "benefit_file", "kind", "elder_card", "resident", person, "issued_on",
                     "2020-01-01", "valid_until", "2026-12-10", NULL);
  model_fixture_add (fixture, "benefit_file", "kind", "medical_aid", "resident", person, "status", "stopped",
                     "stop_reason", "income", "review_on", "2026-12-01", NULL);
  model_fixture_add (fixture, "migrant_filing", "resident", person, "arrived_on", "2025-01-01", "stay_kind",
                     "rent", "landlord", "吴房东", "lease_end", "2026-11-30", "check_on", "2027-05-01", NULL);
  model_fixture_add (fixture, "employment_service", "resident", person, "day", "2026-11-01", "follow_up_on",
                     "2026-11-24", NULL);
  model_fixture_add (fixture, "retiree", "resident", person, "certified_on", "2025-11-20", NULL);
  matters = list_matters (fixture);
  for (guint i = 0; i < matters->len; i++)
    g_string_append_printf (titles, "%s\n", ((const ShequMatter *) matters->pdata[i])->title);
  g_assert_cmpuint (matters->len, ==, 5);
  g_assert_nonnull (strstr (titles->str, "复核周老的最低生活保障"));
  g_assert_nonnull (strstr (titles->str, "周老的老年证2026-12-10到期"));
  g_assert_nonnull (strstr (titles->str, "周老的租期2026-11-30届满"));
  g_assert_nonnull (strstr (titles->str, "回访周老"));
  g_assert_nonnull (strstr (titles->str, "周老该做年度资格认证了"));
  g_assert_null (strstr (titles->str, "医疗救助"));
}

/* Who is old enough for an elderly card and has none that holds. */
static void
test_elderly_cards (ModelFixture *fixture, gconstpointer data)
{
  const ShequRegister *residents = shequ_office_get_register (fixture->office, "resident");
  g_autoptr (ShequQuery) query = shequ_office_new_query (fixture->office, residents);
  g_autofree char *with = model_fixture_key (
    model_fixture_add (fixture, "resident", "name", "周老", "birth_date", "1950-01-01", NULL));
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  model_fixture_add (fixture, "resident", "name", "吴老", "birth_date", "1956-11-22", NULL);
  model_fixture_add (fixture, "resident", "name", "郑叔", "birth_date", "1956-11-23", NULL);
  model_fixture_add (fixture, "benefit_file", "kind", "elder_card", "resident", with, "issued_on",
                     "2020-01-01", NULL);
  shequ_query_take_where (query,
                          shequ_condition_ref (shequ_register_get_list (residents, "no_elder_card")->where));
  rows = shequ_office_get_rows (fixture->office, query, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (shequ_row_get_text (rows->pdata[0], "name"), ==, "吴老");
}

static gint64
add_shift (ModelFixture *fixture, const char *title, const char *day, const char *needed)
{
  return model_fixture_add (fixture, "shift", "title", title, "day", day, "start", "19:00", "end", "21:00",
                            "needed", needed, NULL);
}

static void
test_shifts (ModelFixture *fixture, gconstpointer data)
{
  gint64 filled = add_shift (fixture, "夜间巡逻", FIXTURE_TODAY, "1");
  g_autofree char *shift = model_fixture_key (filled);
  gint64 zhao = model_fixture_add (fixture, "volunteer", "name", "赵大爷", NULL);
  g_autofree char *volunteer = model_fixture_key (zhao);
  g_autoptr (GPtrArray) matters = NULL;
  const ShequMatter *matter;

  model_fixture_add (fixture, "assignment", "shift", shift, "volunteer", volunteer, NULL);
  add_shift (fixture, "护学岗", FIXTURE_TODAY, "2");
  add_shift (fixture, "清洁楼道", "2026-11-26", "3");
  add_shift (fixture, "年终联欢", "2026-12-30", "9");
  add_shift (fixture, "重阳节", "2026-10-18", "9");
  matters = list_matters (fixture);
  g_assert_cmpuint (matters->len, ==, 3);
  matter = matters->pdata[0];
  g_assert_nonnull (g_strstr_len (matter->title, -1, "护学岗"));
  g_assert_cmpint (matter->urgency, ==, SHEQU_URGENCY_TODAY);
  matter = matters->pdata[1];
  g_assert_nonnull (g_strstr_len (matter->title, -1, "清洁楼道"));
  g_assert_cmpint (matter->urgency, ==, SHEQU_URGENCY_SOON);
  matter = matters->pdata[2];
  g_assert_cmpint (matter->key, ==, filled);
  g_assert_cmpint (matter->urgency, ==, SHEQU_URGENCY_NOTE);
}

static void
test_async (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) matters = NULL;

  file_application (fixture);
  shequ_today_list_async (fixture->office, NULL, model_fixture_take_result, &result);
  matters = shequ_today_list_finish (fixture->office, model_fixture_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (matters->len, ==, 1);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE ("/today/application", test_application);
  FIXTURE ("/today/reminder", test_reminder);
  FIXTURE ("/today/files", test_files);
  FIXTURE ("/today/elderly-cards", test_elderly_cards);
  FIXTURE ("/today/shifts", test_shifts);
  FIXTURE ("/today/async", test_async);

  return g_test_run ();
}
