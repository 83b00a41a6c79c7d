/* Who answers for a place, how full the network is, and trees that are broken. */
#include "model-fixture.h"
#include "shequ-locale.h"
#include "shequ-network.h"

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

/* A community with a grid, an estate of two buildings and a household; keys as texts. */
typedef struct
{
  char *unit;
  char *grid;
  char *building;
  char *other;
  gint64 household;
  gint64 resident;
} Town;

static void
town_clear (Town *town)
{
  g_free (town->unit);
  g_free (town->grid);
  g_free (town->building);
  g_free (town->other);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Town, town_clear)

static void
build (ModelFixture *fixture, Town *town)
{
  g_autofree char *estate = NULL;
  g_autofree char *dwelling = NULL;
  g_autofree char *household = NULL;

  town->unit = model_fixture_key (shequ_office_get_unit (fixture->office));
  town->grid = model_fixture_key (model_fixture_add (fixture, "grid", "name", "第一网格", NULL));
  estate = model_fixture_key (model_fixture_add (fixture, "estate", "name", "幸福小区", NULL));
  town->building =
    model_fixture_key (model_fixture_add (fixture, "building", "name", "3号楼", "estate", estate, "grid",
                                          town->grid, "floors", "6", "stairwells", "2", NULL));
  town->other = model_fixture_key (model_fixture_add (fixture, "building", "name", "4号楼", "estate", estate,
                                                      "grid", town->grid, "stairwells", "3", NULL));
  dwelling = model_fixture_key (model_fixture_add (fixture, "dwelling", "building", town->building,
                                                   "stairwell", "2单元", "room", "501", NULL));
  town->household =
    model_fixture_add (fixture, "household", "address", "幸福小区3号楼2单元501", "dwelling", dwelling, NULL);
  household = model_fixture_key (town->household);
  town->resident = model_fixture_add (fixture, "resident", "name", "王秀英", "phone", "13800000001",
                                      "household", household, NULL);
}

static ShequNetworkChain *
get_chain (ModelFixture *fixture, const char *name, gint64 key)
{
  g_autoptr (GError) error = NULL;
  ShequNetworkChain *chain = shequ_network_get_chain (
    fixture->office, shequ_office_get_register (fixture->office, name), key, NULL, NULL, &error);

  g_assert_no_error (error);
  return chain;
}

static const ShequNetworkStep *
get_step (const ShequNetworkChain *chain, guint place, const char *name)
{
  const ShequNetworkStep *step;

  g_assert_cmpuint (place, <, chain->steps->len);
  step = chain->steps->pdata[place];
  g_assert_cmpstr (step->reg->name, ==, name);
  return step;
}

static void
assert_holder (const GPtrArray *side, const char *name, const char *phone)
{
  g_assert_cmpuint (side->len, ==, 1);
  g_assert_cmpstr (((ShequNetworkHolder *) side->pdata[0])->name, ==, name);
  g_assert_cmpstr (((ShequNetworkHolder *) side->pdata[0])->phone, ==, phone);
}

static void
add_head (ModelFixture *fixture, const Town *town, const char *kind, const char *name, const char *stairwell)
{
  model_fixture_add (fixture, "post", "kind", kind, "building", town->building, "stairwell", stairwell,
                     "person_name", name, "started_on", "2026-01-01", NULL);
}

static void
test_chain (ModelFixture *fixture, gconstpointer data)
{
  g_auto (Town) town = { 0 };
  g_autoptr (ShequNetworkChain) empty = NULL;
  g_autoptr (ShequNetworkChain) chain = NULL;

  build (fixture, &town);
  empty = get_chain (fixture, "household", town.household);
  /* Community, grid, building, stairwell: nobody on either side. */
  g_assert_cmpuint (empty->gaps, ==, 8);
  add_head (fixture, &town, "building_head", "赵楼长", "");
  add_head (fixture, &town, "building_party", "钱组长", "");
  add_head (fixture, &town, "stairwell_head", "孙单元", "2");
  add_head (fixture, &town, "stairwell_head", "李单元", "1单元");
  model_fixture_add (fixture, "post", "kind", "grid_leader", "grid", town.grid, "person_name", "周网格",
                     NULL);
  model_fixture_add (fixture, "post", "kind", "community_party", "org_unit", town.unit, "person_name",
                     "吴书记", "phone", "13900000002", NULL);
  chain = get_chain (fixture, "household", town.household);
  g_assert_null (chain->fault);
  assert_holder (get_step (chain, 0, "org_unit")->party, "吴书记", "13900000002");
  assert_holder (get_step (chain, 1, "grid")->self_government, "周网格", NULL);
  assert_holder (get_step (chain, 2, "building")->self_government, "赵楼长", NULL);
  assert_holder (get_step (chain, 2, "building")->party, "钱组长", NULL);
  assert_holder (get_step (chain, 3, "building")->self_government, "孙单元", NULL);
  g_assert_cmpuint (get_step (chain, 3, "building")->party->len, ==, 0);
  g_assert_cmpuint (get_step (chain, 4, "household")->self_government->len, ==, 0);
  g_assert_cmpuint (chain->gaps, ==, 3);
}

/* Who has left, or begins tomorrow, holds no post. */
static void
test_terms (ModelFixture *fixture, gconstpointer data)
{
  g_auto (Town) town = { 0 };
  g_autoptr (ShequNetworkChain) chain = NULL;

  build (fixture, &town);
  model_fixture_add (fixture, "post", "kind", "building_head", "building", town.building, "person_name",
                     "前任", "started_on", "2020-01-01", "ended_on", "2026-11-21", NULL);
  model_fixture_add (fixture, "post", "kind", "building_head", "building", town.building, "person_name",
                     "候任", "started_on", "2026-11-23", NULL);
  model_fixture_add (fixture, "post", "kind", "building_head", "building", town.building, "person_name",
                     "现任", "started_on", "2026-01-01", "ended_on", FIXTURE_TODAY, NULL);
  chain = get_chain (fixture, "household", town.household);
  assert_holder (get_step (chain, 2, "building")->self_government, "现任", NULL);
}

/* The name and telephone come from the resident, building and stairwell from the home of a household. */
static void
test_taken_over (ModelFixture *fixture, gconstpointer data)
{
  g_auto (Town) town = { 0 };
  g_autofree char *resident = NULL;
  g_autofree char *household = NULL;
  g_autoptr (ShequRow) head = NULL;
  g_autoptr (ShequRow) backbone = NULL;
  g_autoptr (ShequRow) building = NULL;

  build (fixture, &town);
  resident = model_fixture_key (town.resident);
  household = model_fixture_key (town.household);
  head = model_fixture_get (fixture, "post",
                            model_fixture_add (fixture, "post", "kind", "building_head", "building",
                                               town.building, "resident", resident, NULL));
  g_assert_cmpstr (shequ_row_get_text (head, "person_name"), ==, "王秀英");
  g_assert_cmpstr (shequ_row_get_text (head, "phone"), ==, "13800000001");
  backbone =
    model_fixture_get (fixture, "post",
                       model_fixture_add (fixture, "post", "kind", "household_party", "household", household,
                                          "started_on", "2026-07-01", "given_by", "街道党工委", NULL));
  g_assert_cmpstr (shequ_row_get_text (backbone, "stairwell"), ==, "2单元");
  g_assert_cmpint (shequ_row_get_integer (backbone, "building"), ==,
                   g_ascii_strtoll (town.building, NULL, 10));
  building = model_fixture_get (fixture, "building", g_ascii_strtoll (town.building, NULL, 10));
  g_assert_cmpint (shequ_row_get_integer (building, "backbone"), ==, 1);
  g_assert_cmpstr (shequ_row_get_text (building, "head"), ==, "王秀英");
}

static void
test_coverage (ModelFixture *fixture, gconstpointer data)
{
  g_auto (Town) town = { 0 };
  g_autoptr (GPtrArray) lines = NULL;
  const ShequNetworkCoverage *line;

  build (fixture, &town);
  add_head (fixture, &town, "building_head", "赵楼长", "");
  add_head (fixture, &town, "stairwell_head", "李单元", "1单元");
  lines = shequ_network_list_coverage (fixture->office, NULL, NULL);
  g_assert_cmpuint (lines->len, ==, 1);
  line = lines->pdata[0];
  g_assert_cmpint (line->buildings, ==, 2);
  g_assert_cmpint (line->heads, ==, 1);
  g_assert_cmpint (line->party_heads, ==, 0);
  g_assert_cmpint (line->stairwells, ==, 5);
  g_assert_cmpint (line->stairwell_heads, ==, 1);
  g_assert_cmpint (line->grids, ==, 1);
  g_assert_cmpint (line->grids_led, ==, 0);
  g_assert_cmpint (line->households, ==, 1);
  g_assert_cmpint (line->backbone_buildings, ==, 0);
}

static void
test_gaps (ModelFixture *fixture, gconstpointer data)
{
  g_auto (Town) town = { 0 };
  g_autoptr (GPtrArray) heads = NULL;
  g_autoptr (GPtrArray) stairwells = NULL;

  build (fixture, &town);
  add_head (fixture, &town, "building_head", "赵楼长", "");
  add_head (fixture, &town, "stairwell_head", "李单元", "1单元");
  heads = shequ_network_list_gaps (fixture->office, SHEQU_GAP_BUILDING_HEAD, 0, 0, NULL, NULL);
  g_assert_cmpuint (heads->len, ==, 1);
  g_assert_cmpstr (((ShequNetworkGap *) heads->pdata[0])->place, ==, "幸福小区 4号楼");
  stairwells = shequ_network_list_gaps (fixture->office, SHEQU_GAP_STAIRWELL_HEAD, 0, 0, NULL, NULL);
  g_assert_cmpuint (stairwells->len, ==, 2);
  g_assert_cmpstr (((ShequNetworkGap *) stairwells->pdata[0])->stairwells, ==, "2单元");
  g_assert_cmpstr (((ShequNetworkGap *) stairwells->pdata[1])->stairwells, ==, "1单元、2单元、3单元");
}

/* A street with a community below it is rolled up; its parent is an area. */
static void
test_areas (ModelFixture *fixture, gconstpointer data)
{
  g_autofree char *street =
    model_fixture_key (model_fixture_add (fixture, "org_unit", "name", "海明街道", "level", "street", NULL));
  g_autofree char *area = model_fixture_key (
    model_fixture_add (fixture, "org_unit", "name", "东片区", "level", "area", "parent", street, NULL));
  gint64 community = model_fixture_add (fixture, "org_unit", "name", "民福社区", "parent", area,
                                        "leader_name", "郑主任", NULL);
  g_autoptr (ShequNetworkChain) chain = NULL;

  model_fixture_add (fixture, "post", "kind", "area_leader", "org_unit", area, "person_name", "王片长", NULL);
  chain = get_chain (fixture, "org_unit", community);
  g_assert_cmpuint (chain->steps->len, ==, 3);
  g_assert_cmpstr (get_step (chain, 0, "org_unit")->title, ==, "海明街道");
  assert_holder (get_step (chain, 1, "org_unit")->self_government, "王片长", NULL);
  /* Without a post the head whom the unit itself names is shown. */
  assert_holder (get_step (chain, 2, "org_unit")->self_government, "郑主任", NULL);
}

static void
test_broken (ModelFixture *fixture, gconstpointer data)
{
  gint64 lone = model_fixture_add (fixture, "household", "address", "某处", NULL);
  gint64 building = model_fixture_add (fixture, "building", "name", "孤楼", NULL);
  g_autoptr (ShequNetworkChain) homeless = get_chain (fixture, "household", lone);
  g_autoptr (ShequNetworkChain) estateless = get_chain (fixture, "building", building);
  g_autoptr (GError) error = NULL;
  ShequNetworkChain *none;

  g_assert_nonnull (g_strstr_len (homeless->fault, -1, "某处"));
  g_assert_cmpint (get_step (homeless, 1, "building")->key, ==, 0);
  g_assert_nonnull (g_strstr_len (estateless->fault, -1, "孤楼"));
  g_assert_cmpint (get_step (estateless, 1, "grid")->key, ==, 0);
  none = shequ_network_get_chain (fixture->office, shequ_office_get_register (fixture->office, "building"),
                                  999, NULL, NULL, &error);
  g_assert_null (none);
  g_assert_nonnull (error);
}

static void
test_stairwells (void)
{
  g_assert_true (shequ_network_is_same_stairwell ("2单元", "2"));
  g_assert_true (shequ_network_is_same_stairwell (" 2单元", "2单元"));
  g_assert_true (shequ_network_is_same_stairwell ("2", "2门"));
  g_assert_true (shequ_network_is_same_stairwell (NULL, NULL));
  g_assert_false (shequ_network_is_same_stairwell ("2单元", "12单元"));
  g_assert_false (shequ_network_is_same_stairwell ("单元", NULL));
}

static void
test_find (ModelFixture *fixture, gconstpointer data)
{
  g_auto (Town) town = { 0 };
  g_autoptr (GPtrArray) homes = NULL;
  g_autoptr (GPtrArray) grids = NULL;

  build (fixture, &town);
  homes = shequ_network_find_places (fixture->office, "3号楼2单元501", 5, NULL, NULL);
  g_assert_cmpuint (homes->len, >=, 1);
  g_assert_cmpstr (((ShequHit *) homes->pdata[0])->reg->name, ==, "household");
  grids = shequ_network_find_places (fixture->office, "第一网格", 5, NULL, NULL);
  g_assert_cmpuint (grids->len, ==, 1);
  g_assert_cmpstr (((ShequHit *) grids->pdata[0])->reg->name, ==, "grid");
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/network/stairwells", test_stairwells);
  FIXTURE ("/network/chain", test_chain);
  FIXTURE ("/network/terms", test_terms);
  FIXTURE ("/network/taken-over", test_taken_over);
  FIXTURE ("/network/coverage", test_coverage);
  FIXTURE ("/network/gaps", test_gaps);
  FIXTURE ("/network/areas", test_areas);
  FIXTURE ("/network/broken", test_broken);
  FIXTURE ("/network/find", test_find);
  return g_test_run ();
}
