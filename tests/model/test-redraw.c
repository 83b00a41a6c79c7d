#include <string.h>

#include "model-fixture.h"
#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-redraw.h"

#define DAY "2026-03-01"
#define BEFORE "2026-02-28"

typedef struct
{
  ModelFixture base;
  gint64 street;
  gint64 old;
  gint64 new;
  gint64 grid;
  gint64 building;
  gint64 other_building;
  gint64 resident;
} Fixture;

static gint64
add (Fixture *fixture, const char *name, gint64 unit, const char *first, ...)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->base.office, name);
  g_autoptr (ShequRow) row = shequ_office_new_row (fixture->base.office, reg);
  g_autoptr (GError) error = NULL;
  va_list arguments;

  if (unit != 0)
    shequ_row_set_integer (row, "unit", unit);
  va_start (arguments, first);
  for (const char *field = first; field != NULL; field = va_arg (arguments, const char *))
    if (shequ_field_is_integer (shequ_register_lookup (reg, field)))
      shequ_row_set_integer (row, field, va_arg (arguments, gint64));
    else
      shequ_row_set_text (row, field, va_arg (arguments, const char *));
  va_end (arguments);
  shequ_row_set_effective (row, SHEQU_SINCE_EVER);
  shequ_office_save (fixture->base.office, row, NULL, NULL, &error);
  g_assert_no_error (error);
  return row->key;
}

static gint64
add_home (Fixture *fixture, gint64 unit, gint64 building, const char *room, const char *name)
{
  gint64 dwelling = add (fixture, "dwelling", unit, "building", building, "room", room, NULL);
  gint64 household = add (fixture, "household", unit, "address", room, "dwelling", dwelling, NULL);

  return add (fixture, "resident", unit, "name", name, "household", household, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  gint64 estate;

  model_fixture_set_up (&fixture->base, data);
  fixture->street = add (fixture, "org_unit", 0, "name", "长江街道", "level", "street", NULL);
  fixture->old =
    add (fixture, "org_unit", 0, "name", "东社区", "level", "community", "parent", fixture->street, NULL);
  fixture->new =
    add (fixture, "org_unit", 0, "name", "西社区", "level", "community", "parent", fixture->street, NULL);
  fixture->grid = add (fixture, "grid", fixture->new, "name", "西一网格", NULL);
  estate = add (fixture, "estate", fixture->old, "name", "明仁小区", NULL);
  fixture->building = add (fixture, "building", fixture->old, "name", "1号楼", "estate", estate, NULL);
  fixture->other_building = add (fixture, "building", fixture->old, "name", "2号楼", "estate", estate, NULL);
  fixture->resident = add_home (fixture, fixture->old, fixture->building, "101", "王一");
  add_home (fixture, fixture->old, fixture->building, "102", "王二");
  add_home (fixture, fixture->old, fixture->other_building, "201", "王三");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) problems =
    shequ_store_check (shequ_office_get_store (fixture->base.office), NULL, NULL);

  g_assert_cmpuint (problems->len, ==, 0);
  model_fixture_tear_down (&fixture->base, data);
}

static gint64
count (Fixture *fixture, const char *name, gint64 unit, const char *day)
{
  g_autoptr (ShequQuery) query =
    shequ_query_new (shequ_office_get_register (fixture->base.office, name), FIXTURE_TODAY);

  query->unit = unit;
  shequ_query_set_as_of (query, day);
  return shequ_store_count (shequ_office_get_store (fixture->base.office), query, NULL, NULL);
}

static guint
get_count (const GPtrArray *counts, const char *name)
{
  for (guint i = 0; i < counts->len; i++)
    if (g_str_equal (((const ShequRedrawCount *) counts->pdata[i])->reg->name, name))
      return ((const ShequRedrawCount *) counts->pdata[i])->count;
  return 0;
}

static void
test_move_building (Fixture *fixture, gconstpointer data)
{
  ShequRedraw redraw = {
    .buildings = &fixture->building, .n_buildings = 1, .grid = fixture->grid, .day = DAY
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) planned = shequ_redraw_count (fixture->base.office, &redraw, NULL, &error);
  g_autoptr (GPtrArray) done = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (get_count (planned, "building"), ==, 1);
  g_assert_cmpuint (get_count (planned, "dwelling"), ==, 2);
  g_assert_cmpuint (get_count (planned, "resident"), ==, 2);
  g_assert_cmpuint (get_count (planned, "estate"), ==, 0);
  g_assert_cmpint (count (fixture, "resident", fixture->new, NULL), ==, 0);

  done = shequ_redraw_perform (fixture->base.office, &redraw, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (done->len, ==, planned->len);
  g_assert_cmpint (count (fixture, "resident", fixture->new, NULL), ==, 2);
  g_assert_cmpint (count (fixture, "resident", fixture->old, NULL), ==, 1);
  g_assert_cmpint (count (fixture, "resident", fixture->new, BEFORE), ==, 0);
  g_assert_cmpint (count (fixture, "resident", fixture->old, BEFORE), ==, 3);
  g_assert_cmpint (count (fixture, "building", fixture->new, DAY), ==, 1);
  g_assert_cmpint (count (fixture, "resident", fixture->street, BEFORE), ==, 3);
  g_assert_cmpint (count (fixture, "resident", fixture->street, NULL), ==, 3);
}

static void
test_merge (Fixture *fixture, gconstpointer data)
{
  const ShequRegister *units = shequ_office_get_register (fixture->base.office, "org_unit");
  ShequRedraw redraw = { .from = fixture->old, .unit = fixture->new, .day = DAY };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) done = shequ_redraw_perform (fixture->base.office, &redraw, NULL, NULL, NULL, &error);
  g_autoptr (ShequRow) old = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (done);
  g_assert_cmpint (count (fixture, "resident", fixture->new, NULL), ==, 3);
  g_assert_cmpint (count (fixture, "estate", fixture->new, NULL), ==, 1);
  g_assert_cmpint (count (fixture, "resident", fixture->old, NULL), ==, 0);
  g_assert_cmpint (count (fixture, "household", fixture->old, BEFORE), ==, 3);
  old = shequ_office_get_row (fixture->base.office, units, fixture->old, NULL, &error);
  g_assert_cmpstr (shequ_row_get_text (old, "closed_on"), ==, DAY);

  /* Nothing goes to a community that is no more. */
  redraw.from = fixture->new;
  redraw.unit = fixture->old;
  g_assert_null (shequ_redraw_perform (fixture->base.office, &redraw, NULL, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
}

static void
test_split (Fixture *fixture, gconstpointer data)
{
  gint64 both[] = { fixture->building, fixture->other_building };
  ShequRedraw redraw = {
    .buildings = both, .n_buildings = 2, .from = fixture->old, .new_name = "中社区", .day = DAY
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) done = shequ_redraw_perform (fixture->base.office, &redraw, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  /* The estate went with all its buildings. */
  g_assert_cmpuint (get_count (done, "estate"), ==, 1);
  g_assert_cmpint (count (fixture, "resident", fixture->old, NULL), ==, 0);
  g_assert_cmpint (count (fixture, "resident", fixture->street, NULL), ==, 3);
  g_assert_cmpint (count (fixture, "resident", fixture->street, BEFORE), ==, 3);
}

static void
cancel (guint done, guint all, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
test_refused_and_cancelled (Fixture *fixture, gconstpointer data)
{
  ShequRedraw redraw = { .from = fixture->old, .unit = fixture->old };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (shequ_redraw_count (fixture->base.office, &redraw, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  redraw.unit = fixture->new;
  redraw.day = "2027-01-01";
  g_assert_null (shequ_redraw_count (fixture->base.office, &redraw, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  g_clear_error (&error);

  redraw.day = DAY;
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *name = g_strdup_printf ("李%u", i);

      add (fixture, "resident", fixture->old, "name", name, NULL);
    }
  g_assert_null (
    shequ_redraw_perform (fixture->base.office, &redraw, cancel, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (count (fixture, "resident", fixture->new, NULL), ==, 0);
  g_assert_cmpint (count (fixture, "resident", fixture->old, NULL), ==, 63);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/redraw/move-building", Fixture, NULL, set_up, test_move_building, tear_down);
  g_test_add ("/redraw/merge", Fixture, NULL, set_up, test_merge, tear_down);
  g_test_add ("/redraw/split", Fixture, NULL, set_up, test_split, tear_down);
  g_test_add ("/redraw/refused-and-cancelled", Fixture, NULL, set_up, test_refused_and_cancelled, tear_down);
  return g_test_run ();
}
