/* A building with its homes, as a picture needs it; buildings and doors that are odd. */
#include "model-fixture.h"
#include "shequ-building.h"
#include "shequ-locale.h"

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

static gint64
add_building (ModelFixture *fixture, const char *name)
{
  g_autofree char *estate =
    model_fixture_key (model_fixture_add (fixture, "estate", "name", "幸福小区", NULL));

  return model_fixture_add (fixture, "building", "name", name, "estate", estate, NULL);
}

static gint64
add_dwelling (ModelFixture *fixture,
              gint64 building,
              const char *stairwell,
              const char *floor,
              const char *room)
{
  g_autofree char *key = model_fixture_key (building);

  return model_fixture_add (fixture, "dwelling", "building", key, "stairwell", stairwell, "floor", floor,
                            "room", room, "use", "own", NULL);
}

static gint64
add_household (ModelFixture *fixture, gint64 dwelling, const char *number, const char *name)
{
  g_autofree char *home = model_fixture_key (dwelling);
  gint64 household = model_fixture_add (fixture, "household", "number", number, "dwelling", home, NULL);
  g_autofree char *key = model_fixture_key (household);

  model_fixture_add (fixture, "resident", "name", name, "relation", "02", "household", key, NULL);
  return household;
}

static ShequBuilding *
read_building (ModelFixture *fixture, gint64 key)
{
  g_autoptr (GError) error = NULL;
  ShequBuilding *building = shequ_building_read (fixture->office, key, TRUE, NULL, &error);

  g_assert_no_error (error);
  return building;
}

static const ShequBuildingDwelling *
get_dwelling (const ShequBuilding *building, guint place, const char *room, int floor)
{
  const ShequBuildingDwelling *dwelling;

  g_assert_cmpuint (place, <, building->dwellings->len);
  dwelling = building->dwellings->pdata[place];
  g_assert_cmpstr (dwelling->room, ==, room);
  g_assert_cmpint (dwelling->floor, ==, floor);
  return dwelling;
}

static void
test_read (ModelFixture *fixture, gconstpointer data)
{
  gint64 key = add_building (fixture, "3号楼");
  gint64 home = add_dwelling (fixture, key, "2单元", "5", "501");
  gint64 household = add_household (fixture, home, "001", "王建国");
  g_autofree char *backbone = model_fixture_key (household);
  g_autoptr (ShequBuilding) building = NULL;
  const ShequBuildingDwelling *dwelling;
  const ShequBuildingHousehold *first;

  add_household (fixture, home, "002", "张晓明");
  add_dwelling (fixture, key, "2单元", "", "1001");
  add_dwelling (fixture, key, "10单元", "1", "102");
  add_dwelling (fixture, key, "2单元", "1", "9");
  add_dwelling (fixture, key, "2单元", "1", "10");
  model_fixture_add (fixture, "post", "kind", "household_civil", "household", backbone, NULL);
  building = read_building (fixture, key);
  g_assert_cmpstr (building->title, ==, "幸福小区 3号楼");
  g_assert_cmpuint (building->stairwells->len, ==, 2);
  g_assert_cmpstr (building->stairwells->pdata[0], ==, "2单元");
  g_assert_cmpstr (building->stairwells->pdata[1], ==, "10单元");
  /* From the top; the floor that is not entered is told by the number; doors in their order. */
  get_dwelling (building, 0, "1001", 10);
  dwelling = get_dwelling (building, 1, "501", 5);
  get_dwelling (building, 2, "9", 1);
  get_dwelling (building, 3, "10", 1);
  g_assert_cmpuint (get_dwelling (building, 4, "102", 1)->stairwell, ==, 1);
  g_assert_cmpuint (dwelling->households->len, ==, 2);
  first = dwelling->households->pdata[0];
  g_assert_cmpstr (first->head, ==, "王建国");
  g_assert_cmpint (first->members, ==, 1);
  g_assert_true (first->backbone);
  g_assert_false (((ShequBuildingHousehold *) dwelling->households->pdata[1])->backbone);
  g_assert_cmpint (shequ_building_count_people (building), ==, 2);
  g_assert_cmpuint (shequ_building_count_households (building), ==, 2);
}

static void
test_odd (ModelFixture *fixture, gconstpointer data)
{
  gint64 bare = add_building (fixture, "空楼");
  gint64 row = add_building (fixture, "一排");
  g_autoptr (ShequBuilding) empty = read_building (fixture, bare);
  g_autoptr (ShequBuilding) houses = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (empty->dwellings->len, ==, 0);
  add_dwelling (fixture, row, "", "", "12号");
  add_dwelling (fixture, row, "", "", "3号");
  houses = read_building (fixture, row);
  g_assert_cmpuint (houses->stairwells->len, ==, 1);
  g_assert_cmpstr (houses->stairwells->pdata[0], ==, "");
  get_dwelling (houses, 0, "3号", 0);
  get_dwelling (houses, 1, "12号", 0);
  g_assert_null (shequ_building_read (fixture->office, 999, FALSE, NULL, &error));
  g_assert_nonnull (error);
}

static void
test_estate (ModelFixture *fixture, gconstpointer data)
{
  g_autofree char *estate =
    model_fixture_key (model_fixture_add (fixture, "estate", "name", "幸福小区", NULL));
  g_autoptr (GPtrArray) buildings = NULL;

  model_fixture_add (fixture, "building", "name", "2号楼", "estate", estate, NULL);
  model_fixture_add (fixture, "building", "name", "1号楼", "estate", estate, NULL);
  model_fixture_add (fixture, "building", "name", "10号楼", "estate", estate, NULL);
  buildings = shequ_building_read_estate (fixture->office, g_ascii_strtoll (estate, NULL, 10), NULL, NULL);
  g_assert_cmpuint (buildings->len, ==, 3);
  g_assert_cmpstr (((ShequBuilding *) buildings->pdata[0])->title, ==, "幸福小区 1号楼");
  g_assert_cmpstr (((ShequBuilding *) buildings->pdata[2])->title, ==, "幸福小区 10号楼");
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE ("/building/read", test_read);
  FIXTURE ("/building/odd", test_odd);
  FIXTURE ("/building/estate", test_estate);
  return g_test_run ();
}
