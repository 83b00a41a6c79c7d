/* The tree of places, level by level, with what hangs nowhere; where a record stands in it; how much lies in
 * it. */
#include <string.h>

#include "model-fixture.h"
#include "shequ-grid-matters.h"
#include "shequ-locale.h"
#include "shequ-places.h"
#include "shequ-surveys.h"

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

static GPtrArray *
list_roots (ModelFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *places = shequ_places_list_roots (fixture->office, 0, NULL, &error);

  g_assert_no_error (error);
  return places;
}

static GPtrArray *
list_below (ModelFixture *fixture, const ShequPlace *place)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *places = shequ_places_list_children (fixture->office, place, NULL, &error);

  g_assert_no_error (error);
  return places;
}

static void
assert_titles (const GPtrArray *places, const char *titles)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < places->len; i++)
    g_string_append_printf (found, "%s%s", i > 0 ? "|" : "", ((ShequPlace *) places->pdata[i])->title);
  g_assert_cmpstr (found->str, ==, titles);
}

typedef struct
{
  gint64 grid;
  gint64 household;
} Town;

static Town
build (ModelFixture *fixture)
{
  Town town = { 0 };
  g_autofree char *staff = model_fixture_key (model_fixture_add (fixture, "staff", "name", "王网格", NULL));
  g_autofree char *grid = model_fixture_key (
    town.grid = model_fixture_add (fixture, "grid", "name", "第一网格", "leader", staff, NULL));
  g_autofree char *estate =
    model_fixture_key (model_fixture_add (fixture, "estate", "name", "幸福小区", "kind", "old", NULL));
  g_autofree char *building = model_fixture_key (
    model_fixture_add (fixture, "building", "name", "10号楼", "estate", estate, "grid", grid, NULL));
  g_autofree char *dwelling = model_fixture_key (
    model_fixture_add (fixture, "dwelling", "building", building, "stairwell", "2单元", "room", "501", NULL));
  g_autofree char *household = model_fixture_key (
    town.household = model_fixture_add (fixture, "household", "address", "某处", "dwelling", dwelling, NULL));

  model_fixture_add (fixture, "building", "name", "2号楼", "estate", estate, "grid", grid, NULL);
  model_fixture_add (fixture, "building", "name", "3号楼", "estate", estate, NULL);
  model_fixture_add (fixture, "building", "name", "孤楼", "grid", grid, NULL);
  model_fixture_add (fixture, "estate", "name", "空小区", NULL);
  model_fixture_add (fixture, "place", "name", "一胡同", "kind", "lane", "grid", grid, NULL);
  model_fixture_add (fixture, "dwelling", "building", building, "stairwell", "10单元", "room", "101", NULL);
  model_fixture_add (fixture, "resident", "name", "赵大爷", "relation", "02", "household", household, NULL);
  return town;
}

static void
test_levels (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) roots = NULL;
  g_autoptr (GPtrArray) grids = NULL;
  g_autoptr (GPtrArray) estates = NULL;
  g_autoptr (GPtrArray) buildings = NULL;
  g_autoptr (GPtrArray) stairwells = NULL;
  g_autoptr (GPtrArray) homes = NULL;
  g_autoptr (GPtrArray) households = NULL;
  g_autoptr (GPtrArray) rest = NULL;

  build (fixture);
  roots = list_roots (fixture);
  g_assert_cmpuint (roots->len, ==, 1);
  grids = list_below (fixture, roots->pdata[0]);
  assert_titles (grids, "第一网格|未划入网格");
  estates = list_below (fixture, grids->pdata[0]);
  assert_titles (estates, "幸福小区|孤楼|一胡同");
  g_assert_nonnull (((ShequPlace *) estates->pdata[1])->fault);
  buildings = list_below (fixture, estates->pdata[0]);
  assert_titles (buildings, "2号楼|10号楼");
  stairwells = list_below (fixture, buildings->pdata[1]);
  assert_titles (stairwells, "2单元|10单元");
  homes = list_below (fixture, stairwells->pdata[0]);
  assert_titles (homes, "501");
  households = list_below (fixture, homes->pdata[0]);
  assert_titles (households, "赵大爷");
  g_assert_true (((ShequPlace *) households->pdata[0])->is_leaf);
  /* The same estate stands here too, with the building that is in no grid. */
  rest = list_below (fixture, grids->pdata[1]);
  assert_titles (rest, "幸福小区|空小区");
}

static void
test_path (ModelFixture *fixture, gconstpointer data)
{
  Town town = build (fixture);
  g_autoptr (GPtrArray) path = shequ_places_find_path (
    fixture->office, shequ_office_get_register (fixture->office, "household"), town.household, NULL, NULL);
  g_autoptr (GPtrArray) level = list_roots (fixture);

  /* Unit, grid, estate, building, stairwell, home, household. */
  g_assert_cmpuint (path->len, ==, 7);
  for (guint i = 0; i < path->len; i++)
    {
      const ShequPlace *next = NULL;
      GPtrArray *below;

      for (guint k = 0; k < level->len; k++)
        if (g_str_equal (((ShequPlace *) level->pdata[k])->id, path->pdata[i]))
          next = level->pdata[k];
      g_assert_nonnull (next);
      below = list_below (fixture, next);
      g_ptr_array_unref (g_steal_pointer (&level));
      level = below;
    }
}

static void
test_counts (ModelFixture *fixture, gconstpointer data)
{
  Town town = build (fixture);
  g_autoptr (GPtrArray) roots = list_roots (fixture);
  g_autoptr (GPtrArray) grids = list_below (fixture, roots->pdata[0]);
  g_autoptr (ShequPlaceCounts) unit = shequ_places_count (fixture->office, roots->pdata[0], NULL, NULL);
  g_autoptr (ShequPlaceCounts) grid = shequ_places_count (fixture->office, grids->pdata[0], NULL, NULL);

  g_assert_cmpint (((ShequPlace *) grids->pdata[0])->key, ==, town.grid);
  g_assert_cmpint (unit->buildings, ==, 4);
  g_assert_cmpint (unit->estates, ==, 2);
  g_assert_cmpint (unit->people, ==, 1);
  /* Estates by kind: one old, one without a kind. */
  g_assert_cmpuint (unit->estate_kinds->len, ==, 2);
  g_assert_cmpint (grid->buildings, ==, 3);
  g_assert_cmpint (grid->dwellings, ==, 2);
  g_assert_cmpint (grid->households, ==, 1);
  g_assert_cmpint (grid->people, ==, 1);
  g_assert_cmpint (grid->estates, ==, -1);
}

/* "My grid": what somebody of the staff answers for. */
static void
test_mine (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) mine = NULL;
  g_autoptr (GPtrArray) none = NULL;

  build (fixture);
  mine = shequ_places_list_roots (fixture->office, 1, NULL, NULL);
  assert_titles (mine, "第一网格");
  none = shequ_places_list_roots (fixture->office, 99, NULL, NULL);
  g_assert_cmpuint (none->len, ==, 0);
}

/* A unit is never hung below one that is not there, nor below itself. */
static void
test_orphans (ModelFixture *fixture, gconstpointer data)
{
  gint64 street = model_fixture_add (fixture, "org_unit", "name", "旧街道", "level", "street", NULL);
  const gint64 wrong[] = { 999, street };
  g_autoptr (GPtrArray) roots = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (ShequRow) row = model_fixture_get (fixture, "org_unit", street);
      g_autoptr (GError) error = NULL;

      shequ_row_set_integer (row, "parent", wrong[i]);
      g_assert_false (shequ_office_save (fixture->office, row, NULL, NULL, &error));
      g_assert_nonnull (error);
    }
  /* What is above the office, or beside it, is not in its tree. */
  roots = list_roots (fixture);
  g_assert_cmpuint (roots->len, ==, 1);
}

/* Of a grid: who of its households is to be visited. */
static void
test_due (ModelFixture *fixture, gconstpointer data)
{
  Town town = build (fixture);
  g_autofree char *household = model_fixture_key (town.household);
  g_autoptr (GPtrArray) roots = list_roots (fixture);
  g_autoptr (GPtrArray) grids = list_below (fixture, roots->pdata[0]);

  g_assert_cmpint (shequ_places_count_due (fixture->office, grids->pdata[0], NULL, NULL), ==, 0);
  model_fixture_add (fixture, "visit_plan", "household", household, "staff", "1", "every_days", "7",
                     "started_on", "2026-11-01", NULL);
  g_assert_cmpint (shequ_places_count_due (fixture->office, grids->pdata[0], NULL, NULL), ==, 1);
  g_assert_cmpint (shequ_places_count_due (fixture->office, grids->pdata[1], NULL, NULL), ==, 0);
  g_assert_cmpint (shequ_places_count_due (fixture->office, roots->pdata[0], NULL, NULL), ==, -1);
}

static char *
list_matters (ModelFixture *fixture, const ShequPlace *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) matters = shequ_grid_matters_list (fixture->office, place, NULL, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < matters->len; i++)
    {
      const ShequGridMatter *matter = matters->pdata[i];

      g_string_append_printf (text, "%s%s:%s%s", i > 0 ? "|" : "", matter->what, matter->title,
                              matter->late ? "!" : "");
    }
  return g_strdup (text->str);
}

/* What whoever answers for a grid has to see to, and nothing of other grids. */
static void
test_matters (ModelFixture *fixture, gconstpointer data)
{
  Town town = build (fixture);
  g_autofree char *household = model_fixture_key (town.household);
  g_autofree char *tag =
    model_fixture_key (model_fixture_add (fixture, "tag", "code", "alone", "name", "独居老人", NULL));
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;
  g_autoptr (GPtrArray) roots = list_roots (fixture);
  g_autoptr (GPtrArray) grids = list_below (fixture, roots->pdata[0]);
  g_autoptr (GArray) through = g_array_new (FALSE, FALSE, sizeof (gint64));
  ShequSurveyPlan plan = { "人口摸底", NULL, NULL, through };
  g_autoptr (GError) error = NULL;

  model_fixture_add (fixture, "visit", "household", household, "day", "2026-11-10", "result", "follow_up",
                     "follow_up_on", "2026-11-15", "note", "屋顶漏水", NULL);
  model_fixture_add (fixture, "visit_plan", "household", household, "staff", "1", "every_days", "7",
                     "started_on", "2026-11-01", NULL);
  model_fixture_add (fixture, "resident_tag", "resident", "1", "tag", tag, "review_on", "2026-12-01", NULL);
  g_array_append_val (through, town.grid);
  g_assert_cmpint (shequ_survey_create (fixture->office, &plan, NULL, &error), >, 0);
  g_assert_no_error (error);
  one = list_matters (fixture, grids->pdata[0]);
  g_test_message ("%s", one);
  g_assert_true (g_str_has_prefix (one, "待跟进:某处!|到期走访:某处!|复核:赵大爷|摸底核对:人口摸底|空缺:"));
  g_assert_nonnull (strstr (one, "空缺:幸福小区 10号楼"));
  g_assert_null (strstr (one, "3号楼"));
  other = list_matters (fixture, grids->pdata[1]);
  g_assert_nonnull (strstr (other, "3号楼"));
  g_assert_null (strstr (other, "某处"));
}

/* Lanes and urban villages with who answers for them; a plate hangs in one place only. */
static void
test_lanes (ModelFixture *fixture, gconstpointer data)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "place");
  g_autoptr (ShequQuery) query = shequ_office_new_query (fixture->office, reg);
  g_autoptr (ShequRow) twin = shequ_office_new_row (fixture->office, reg);
  g_autoptr (GPtrArray) without = NULL;
  g_autoptr (GError) error = NULL;

  model_fixture_add (fixture, "place", "name", "一胡同", "kind", "小街巷", "responsible", "王巷长", "phone",
                     "13800000001", "plate_number", "P-01", NULL);
  model_fixture_add (fixture, "place", "name", "西村", "kind", "城中村", NULL);
  shequ_query_take_where (query,
                          shequ_condition_ref (shequ_register_get_list (reg, "no_responsible")->where));
  without = shequ_office_get_rows (fixture->office, query, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (without->len, ==, 1);
  g_assert_cmpstr (shequ_row_get_text (without->pdata[0], "name"), ==, "西村");
  shequ_row_set_text (twin, "name", "二胡同");
  shequ_row_set_text (twin, "kind", "lane");
  shequ_row_set_text (twin, "plate_number", "P-01");
  g_assert_false (shequ_office_save (fixture->office, twin, NULL, NULL, &error));
  g_assert_nonnull (error);
}

/* A place calls its levels by names of its own; the old ones are still understood. */
static void
test_level_names (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequOffice) again = NULL;
  const ShequField *level;

  model_fixture_add (fixture, "level_name", "level", "grid_basic", "name", "微网格", NULL);
  again = shequ_office_open (fixture->uri, fixture->catalogue, "王芳", "test", NULL, &error);
  g_assert_no_error (error);
  level = shequ_register_lookup (shequ_office_get_register (again, "grid"), "level");
  g_assert_cmpstr (shequ_code_list_lookup (level->codes, "basic")->label, ==, "微网格");
  g_assert_cmpstr (shequ_code_list_recognise (level->codes, "微网格")->code, ==, "basic");
  g_assert_cmpstr (shequ_code_list_recognise (level->codes, "基本网格")->code, ==, "basic");
  shequ_code_list_rename (level->codes, "basic", NULL);
  g_assert_cmpstr (shequ_code_list_lookup (level->codes, "basic")->label, ==, "基本网格");
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE ("/places/levels", test_levels);
  FIXTURE ("/places/path", test_path);
  FIXTURE ("/places/counts", test_counts);
  FIXTURE ("/places/mine", test_mine);
  FIXTURE ("/places/due", test_due);
  FIXTURE ("/places/matters", test_matters);
  FIXTURE ("/places/lanes", test_lanes);
  FIXTURE ("/places/orphans", test_orphans);
  FIXTURE ("/places/level-names", test_level_names);
  return g_test_run ();
}
