#include "shequ-surveys.h"

#include <string.h>

#include "model-fixture.h"
#include "shequ-error.h"
#include "shequ-locale.h"

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

static gint64
add_grid (ModelFixture *fixture, const char *name)
{
  return model_fixture_add (fixture, "grid", "name", name, NULL);
}

/* A household of a building in a grid. */
static gint64
add_household (ModelFixture *fixture, gint64 grid, const char *building_name, const char *address)
{
  g_autofree char *grid_key = model_fixture_key (grid);
  g_autofree char *building = model_fixture_key (
    model_fixture_add (fixture, "building", "name", building_name, "grid", grid_key, NULL));
  g_autofree char *dwelling =
    model_fixture_key (model_fixture_add (fixture, "dwelling", "building", building, "room", "101", NULL));

  return model_fixture_add (fixture, "household", "address", address, "dwelling", dwelling, NULL);
}

static gint64
create (ModelFixture *fixture, gint64 grid, GError **error)
{
  g_autoptr (GArray) grids = g_array_new (FALSE, FALSE, sizeof (gint64));
  ShequSurveyPlan plan = { "人口摸底", "七普前核对", "2026年12月10日", grids };

  g_array_append_val (grids, grid);
  return shequ_survey_create (fixture->office, &plan, NULL, error);
}

static gint64
count (ModelFixture *fixture, const char *where)
{
  g_autoptr (ShequQuery) query =
    shequ_office_new_query (fixture->office, shequ_office_get_register (fixture->office, "survey_line"));

  g_assert_true (shequ_query_add_where (query, where, NULL));
  return shequ_store_count (shequ_office_get_store (fixture->office), query, NULL, NULL);
}

static void
test_round (ModelFixture *fixture, gconstpointer data)
{
  gint64 east = add_grid (fixture, "第一网格"), west = add_grid (fixture, "第二网格");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) grids = NULL;
  g_autoptr (ShequRow) row = NULL;
  const ShequSurveyGrid *grid;
  gint64 round;

  add_household (fixture, east, "1号楼", "光明路1号楼101室");
  add_household (fixture, east, "2号楼", "光明路2号楼101室");
  add_household (fixture, west, "3号楼", "光明路3号楼101室");
  round = create (fixture, east, &error);
  g_assert_no_error (error);
  row = model_fixture_get (fixture, "survey_round", round);
  g_assert_cmpstr (shequ_row_get_text (row, "end_on"), ==, "2026-12-10");
  g_assert_cmpint (count (fixture, "state=open"), ==, 2);

  g_assert_true (shequ_survey_mark (fixture->office, 1, SHEQU_SURVEY_SAME, NULL, &error));
  grids = shequ_survey_list_grids (fixture->office, round, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (grids->len, ==, 1);
  grid = grids->pdata[0];
  g_assert_cmpstr (grid->name, ==, "第一网格");
  g_assert_cmpint (grid->households, ==, 2);
  g_assert_cmpint (grid->same, ==, 1);
  g_assert_cmpint (grid->changed, ==, 0);
  g_assert_cmpint (grid->signed_lines, ==, 0);
}

/* Signed off is only what is finished; then nobody changes it any more. */
static void
test_sign (ModelFixture *fixture, gconstpointer data)
{
  gint64 grid = add_grid (fixture, "第一网格");
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) line = NULL;
  gint64 round;

  add_household (fixture, grid, "1号楼", "光明路1号楼101室");
  add_household (fixture, grid, "2号楼", "光明路2号楼101室");
  round = create (fixture, grid, &error);
  g_assert_no_error (error);
  g_assert_true (shequ_survey_mark (fixture->office, 1, SHEQU_SURVEY_SAME, NULL, &error));
  g_assert_true (shequ_survey_mark (fixture->office, 2, SHEQU_SURVEY_ABSENT, NULL, &error));
  g_assert_false (shequ_survey_sign (fixture->office, round, grid, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  g_assert_nonnull (strstr (error->message, "1 户"));
  g_clear_error (&error);
  g_assert_cmpint (count (fixture, "signed_on is set"), ==, 0);

  g_assert_true (shequ_survey_mark (fixture->office, 2, SHEQU_SURVEY_CHANGED, NULL, &error));
  g_assert_true (shequ_survey_sign (fixture->office, round, grid, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (fixture, "signed_on=2026-11-22 and signed_by=王芳"), ==, 2);
  g_assert_false (shequ_survey_mark (fixture->office, 1, SHEQU_SURVEY_CHANGED, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_false (shequ_survey_sign (fixture->office, round, grid, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  line = model_fixture_get (fixture, "survey_line", 1);
  g_assert_cmpstr (shequ_row_get_text (line, "state"), ==, "same");
  g_assert_cmpstr (shequ_row_get_text (line, "done_by"), ==, "王芳");
}

/* A grid without households makes no round, and leaves nothing behind. */
static void
test_empty (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query =
    shequ_office_new_query (fixture->office, shequ_office_get_register (fixture->office, "survey_round"));

  g_assert_cmpint (create (fixture, add_grid (fixture, "第一网格"), &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  g_assert_cmpint (shequ_store_count (shequ_office_get_store (fixture->office), query, NULL, NULL), ==, 0);
}

/* Opened again with a reason, which stays in the log beside who had signed; then signed anew. */
static void
test_reopen (ModelFixture *fixture, gconstpointer data)
{
  gint64 grid = add_grid (fixture, "第一网格");
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "survey_line");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) log = NULL;
  const ShequLogEntry *entry;
  gint64 round;

  add_household (fixture, grid, "1号楼", "光明路1号楼101室");
  round = create (fixture, grid, &error);
  g_assert_no_error (error);
  g_assert_false (shequ_survey_reopen (fixture->office, round, grid, "漏了一户", NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_true (shequ_survey_mark (fixture->office, 1, SHEQU_SURVEY_SAME, NULL, &error));
  g_assert_true (shequ_survey_sign (fixture->office, round, grid, NULL, &error));
  g_assert_false (shequ_survey_reopen (fixture->office, round, grid, "  ", NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  g_assert_cmpint (count (fixture, "signed_on is set"), ==, 1);

  g_assert_true (shequ_survey_reopen (fixture->office, round, grid, "漏了一户", NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (fixture, "signed_on is set"), ==, 0);
  log = shequ_store_read_log (shequ_office_get_store (fixture->office), reg, 1, NULL, 10, NULL, &error);
  g_assert_no_error (error);
  entry = log->pdata[0];
  g_assert_nonnull (strstr (entry->reason, "漏了一户"));
  g_assert_nonnull (strstr (entry->changes, "王芳"));
  g_assert_true (shequ_survey_mark (fixture->office, 1, SHEQU_SURVEY_CHANGED, NULL, &error));
  g_assert_true (shequ_survey_sign (fixture->office, round, grid, NULL, &error));
  g_assert_no_error (error);
}

/* Whoever has no home here, or one in no grid, stands on a list of his own, which is signed off like others.
 */
static void
test_unplaced (ModelFixture *fixture, gconstpointer data)
{
  gint64 grid = add_grid (fixture, "第一网格");
  g_autoptr (GArray) grids = g_array_new (FALSE, FALSE, sizeof (gint64));
  ShequSurveyPlan plan = { "人口摸底", NULL, NULL, grids };
  g_autofree char *building =
    model_fixture_key (model_fixture_add (fixture, "building", "name", "孤楼", NULL));
  g_autofree char *dwelling =
    model_fixture_key (model_fixture_add (fixture, "dwelling", "building", building, "room", "101", NULL));
  gint64 unplaced = SHEQU_SURVEY_UNPLACED;
  g_autoptr (GPtrArray) listed = NULL;
  g_autofree char *where = NULL;
  g_autoptr (GError) error = NULL;
  const ShequSurveyGrid *last;
  gint64 round;

  add_household (fixture, grid, "1号楼", "光明路1号楼101室");
  model_fixture_add (fixture, "household", "address", "无房户", NULL);
  model_fixture_add (fixture, "household", "address", "孤楼101", "dwelling", dwelling, NULL);
  g_array_append_val (grids, unplaced);
  g_array_append_val (grids, grid);
  round = shequ_survey_create (fixture->office, &plan, NULL, &error);
  g_assert_no_error (error);
  listed = shequ_survey_list_grids (fixture->office, round, NULL, &error);
  g_assert_cmpuint (listed->len, ==, 2);
  last = listed->pdata[1];
  g_assert_cmpint (last->grid, ==, SHEQU_SURVEY_UNPLACED);
  g_assert_cmpint (last->households, ==, 2);
  g_assert_cmpstr (last->name, ==, "未划入网格");
  where = shequ_survey_describe_lines (round, SHEQU_SURVEY_UNPLACED);
  g_assert_cmpint (count (fixture, where), ==, 2);
  g_assert_false (shequ_survey_sign (fixture->office, round, SHEQU_SURVEY_UNPLACED, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE ("/surveys/round", test_round);
  FIXTURE ("/surveys/sign", test_sign);
  FIXTURE ("/surveys/empty", test_empty);
  FIXTURE ("/surveys/reopen", test_reopen);
  FIXTURE ("/surveys/unplaced", test_unplaced);

  return g_test_run ();
}
