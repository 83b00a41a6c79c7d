/* The shipped items: all understood, computed from records, a reason where not. */
#include "model-fixture.h"
#include "shequ-base-data.h"
#include "shequ-date.h"
#include "shequ-locale.h"

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

static GPtrArray *
compute (ModelFixture *fixture, const char *day)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *figures = shequ_base_data_compute (fixture->office, 0, day, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return figures;
}

static const ShequBaseFigure *
find (const GPtrArray *figures, const char *code)
{
  for (guint i = 0; i < figures->len; i++)
    {
      const ShequBaseFigure *figure = figures->pdata[i];

      if (g_strcmp0 (shequ_row_get_text (figure->item, "code"), code) == 0)
        return figure;
    }
  g_error ("there is no item %s", code);
}

static void
expect (const GPtrArray *figures, const char *code, ShequBaseState state, const char *text)
{
  const ShequBaseFigure *figure = find (figures, code);

  g_test_message ("%s: %s %s", code, figure->text, figure->reason != NULL ? figure->reason : "");
  g_assert_cmpint (figure->state, ==, state);
  g_assert_cmpstr (figure->text, ==, text);
}

static gint64
add_resident (ModelFixture *fixture, const char *name, const char *born, const char *household)
{
  return model_fixture_add (fixture, "resident", "name", name, "birth_date", born, "lives_here", "yes",
                            "hukou_here", "yes", "household", household, NULL);
}

static void
add_tag (ModelFixture *fixture, gint64 resident, const char *tag, const char *since, const char *until)
{
  g_autofree char *key = model_fixture_key (resident);
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "tag");
  const ShequField *code = shequ_register_lookup (reg, "code");
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;
  g_autofree char *kind = NULL;

  shequ_value_set_text (&value, tag);
  kind = model_fixture_key (
    shequ_store_find_key (shequ_office_get_store (fixture->office), reg, &code, &value, 1, NULL, NULL));
  model_fixture_add (fixture, "resident_tag", "resident", key, "tag", kind, "started_on", since, "ended_on",
                     until, NULL);
}

static void
test_shipped (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) figures = compute (fixture, FIXTURE_TODAY);
  g_autoptr (GHashTable) classes = g_hash_table_new (g_str_hash, g_str_equal);
  guint filled, all;

  g_assert_cmpuint (figures->len, ==, 150);
  for (guint i = 0; i < figures->len; i++)
    {
      const ShequBaseFigure *figure = figures->pdata[i];

      if (figure->state == SHEQU_BASE_WRONG)
        g_error ("%s: %s", shequ_row_get_text (figure->item, "definition"), figure->reason);
      g_assert_true ((figure->state == SHEQU_BASE_VALUE) == (figure->reason == NULL));
      g_assert_nonnull (shequ_row_get_text (figure->item, "responsible"));
      g_hash_table_add (classes, (gpointer) shequ_row_get_text (figure->item, "class"));
    }
  g_assert_cmpuint (g_hash_table_size (classes), ==, 50);
  expect (figures, "0801", SHEQU_BASE_VALUE, "0");
  expect (figures, "1702", SHEQU_BASE_NOT_YET, "—");
  expect (figures, "0504", SHEQU_BASE_NOTHING, "—");
  expect (figures, "4602", SHEQU_BASE_RESTRICTED, "受限");
  shequ_base_data_count (figures, "人口总量", &filled, &all);
  g_assert_cmpuint (filled, ==, 3);
  g_assert_cmpuint (all, ==, 3);
  shequ_base_data_count (figures, NULL, &filled, &all);
  g_assert_cmpuint (all, ==, 147);
  g_assert_cmpuint (filled, >, 60);
}

static void
test_values (ModelFixture *fixture, gconstpointer data)
{
  gint64 home = model_fixture_add (fixture, "household", "address", "甲", NULL);
  gint64 other = model_fixture_add (fixture, "household", "address", "乙", NULL);
  g_autofree char *home_text = model_fixture_key (home);
  g_autofree char *other_text = model_fixture_key (other);
  gint64 old = add_resident (fixture, "王建国", "1940-05-01", home_text);
  g_autoptr (GPtrArray) now = NULL;
  g_autoptr (GPtrArray) before = NULL;

  add_resident (fixture, "李秀英", "1962-11-22", other_text);
  add_resident (fixture, "王小明", "2015-01-01", other_text);
  add_tag (fixture, old, "elder_alone", "2026-01-01", NULL);
  add_tag (fixture, old, "aid_dibao", "2025-01-01", "2026-06-30");
  add_tag (fixture, old, "aid_temporary", "2026-11-02", NULL);
  now = compute (fixture, FIXTURE_TODAY);
  expect (now, "0102", SHEQU_BASE_VALUE, "3");
  expect (now, "0402", SHEQU_BASE_VALUE, "1");
  expect (now, "0403", SHEQU_BASE_VALUE, "1.50");
  expect (now, "0503", SHEQU_BASE_VALUE, "2");
  expect (now, "0504", SHEQU_BASE_VALUE, "33.3");
  expect (now, "2102", SHEQU_BASE_VALUE, "1");
  expect (now, "3401", SHEQU_BASE_VALUE, "0");
  expect (now, "3503", SHEQU_BASE_VALUE, "1");
  g_assert_cmpstr (find (now, "2102")->condition, ==,
                   "lives_here=1 and has resident_tag(tag.code=elder_alone and active)");
  before = compute (fixture, "2025-03-31");
  expect (before, "3503", SHEQU_BASE_VALUE, "0");
}

/* A condition may compare two fields of a record: what was due in the month, and done in time. */
static void
test_in_time (ModelFixture *fixture, gconstpointer data)
{
  static const char *const finished[] = { "2026-11-09", "2026-11-10", "2026-11-12", NULL };
  g_autoptr (GPtrArray) figures = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (finished); i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      model_fixture_add (fixture, "request", "number", number, "title", "路灯不亮", "received_on",
                         "2026-11-05", "channel", "phone", "bodies_count", "one", "due_on", "2026-11-10",
                         "finished_on", finished[i], NULL);
    }
  figures = compute (fixture, FIXTURE_TODAY);
  expect (figures, "2501", SHEQU_BASE_VALUE, "4");
  expect (figures, "2502", SHEQU_BASE_VALUE, "50.0");
}

/* Few people behind a number: it is neither told nor opened. */
static void
test_small (ModelFixture *fixture, gconstpointer data)
{
  g_autofree char *home = model_fixture_key (model_fixture_add (fixture, "household", "address", "甲", NULL));
  g_autoptr (GPtrArray) figures = NULL;

  add_tag (fixture, add_resident (fixture, "王小明", "2015-01-01", home), "child_in_need", "2026-01-01",
           NULL);
  figures = compute (fixture, FIXTURE_TODAY);
  expect (figures, "2302", SHEQU_BASE_VALUE, "<5");
  g_assert_null (find (figures, "2302")->reg);
}

static void
test_period (void)
{
  static const char *const cases[][4] = {
    { "2026-11-22", "now", "2026-11-22", "2026-11-22" },
    { "2026-11-22", "month", "2026-11-01", "2026-11-30" },
    { "2026-11-22", "quarter", "2026-10-01", "2026-12-31" },
    { "2024-02-29", "month", "2024-02-01", "2024-02-29" },
    { "2024-02-29", "year", "2024-01-01", "2024-12-31" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char from[SHEQU_DATE_TEXT_SIZE], to[SHEQU_DATE_TEXT_SIZE];

      shequ_base_period (cases[i][0], cases[i][1], from, to);
      g_assert_cmpstr (from, ==, cases[i][2]);
      g_assert_cmpstr (to, ==, cases[i][3]);
    }
}

/* What was computed is given again until something is changed, and for its own day and unit alone. */
static void
test_kept (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) first = compute (fixture, "2026-11-22");
  g_autoptr (GPtrArray) again = compute (fixture, "2026-11-22");
  g_autoptr (GPtrArray) other = compute (fixture, "2026-10-31");
  g_autoptr (GPtrArray) changed = NULL;

  g_assert_true (again == first);
  g_assert_true (other != first);
  g_clear_pointer (&again, g_ptr_array_unref);
  again = compute (fixture, "2026-10-31");
  g_assert_true (again == other);
  model_fixture_add (fixture, "department", "name", "区民政局", "short_name", "民政", NULL);
  changed = compute (fixture, "2026-10-31");
  g_assert_true (changed != other);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE ("/base-data/shipped", test_shipped);
  FIXTURE ("/base-data/values", test_values);
  FIXTURE ("/base-data/in-time", test_in_time);
  FIXTURE ("/base-data/small", test_small);
  FIXTURE ("/base-data/kept", test_kept);
  g_test_add_func ("/base-data/period", test_period);
  return g_test_run ();
}
