/*
 * Estates, buildings and dwellings of a community.
 *
 * Estates are added until there are as many homes as households. Buildings are named in one of the ways of
 * the kind of estate, so that addresses are written differently from estate to estate, as in real books.
 */
#include "shequ-demo-places.h"

#include "config.h"

#include <string.h>

#define HOUSEHOLDS_PER_GRID 310
#define EMPTY_PER_CENT 4.5 /* besides the homes of households that are away */
#define BUSINESS_PER_CENT 1.5
#define OTHER_PER_CENT 0.5
#define LOW_MOST_FLOORS 7

/* How buildings of an estate are named; `%u` is the number. */
typedef enum
{
  NAMED_BUILDING, /* 3号楼 */
  NAMED_BLOCK,    /* 3栋 */
  NAMED_AREA,     /* A3号楼 */
  NAMED_HOUSE,    /* 12号, of a road */
  NAMED_ROW,      /* 3排 */
} Naming;

typedef struct
{
  const char *kind;
  int least; /* homes of an estate */
  int most;
  int most_floors;
  Naming naming[2];
  const char *tails; /* name endings, of those of key-rates.tsv; empty for one named by its road */
} EstateKind;

static const EstateKind estate_kinds[] = {
  { "commercial",
    220,
    620,
    40,
    { NAMED_BUILDING, NAMED_AREA },
    "花园 家园 嘉园 名苑 新城 公馆 华府 雅居 水岸" },
  { "old", 120, 420, LOW_MOST_FLOORS, { NAMED_BUILDING, NAMED_BLOCK }, "小区 新村 住宅" },
  { "abandoned", 60, 240, LOW_MOST_FLOORS, { NAMED_BUILDING, NAMED_BLOCK }, "小区 住宅" },
  { "resettlement", 160, 420, 18, { NAMED_BUILDING, NAMED_BUILDING }, "安置小区 新村 家园" },
  { "open", 60, 220, LOW_MOST_FLOORS, { NAMED_HOUSE, NAMED_HOUSE }, "" },
  { "unit_dorm", 50, 180, LOW_MOST_FLOORS, { NAMED_BUILDING, NAMED_BUILDING }, "家属院 家属楼" },
  { "affordable", 120, 320, 18, { NAMED_BUILDING, NAMED_BUILDING }, "公寓 小区" },
  { "shanty", 40, 90, 1, { NAMED_ROW, NAMED_ROW }, "平房区 棚户区" },
  { "urban_village", 40, 90, 1, { NAMED_ROW, NAMED_ROW }, "平房区" },
  { "single", 20, 70, LOW_MOST_FLOORS, { NAMED_HOUSE, NAMED_HOUSE }, "" },
};

struct _ShequDemoPlaces
{
  ShequDemoRandom random;
  ShequDemoTable *heads;
  ShequDemoTable *kinds; /* by number of estates, not by that of homes */
  const ShequDemoTable *roads;
  const ShequDemoTable *floors;
  const ShequDemoTable *stairwells;
  const ShequDemoTable *rooms;
  const ShequDemoTable *areas;
  GHashTable *taken; /* names of estates */
};

static const EstateKind *
find_kind (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (estate_kinds); i++)
    if (g_str_equal (estate_kinds[i].kind, name))
      return &estate_kinds[i];
  return &estate_kinds[0];
}

/* The rate is one of households: kinds with large estates have fewer of them. */
static void
set_up_kinds (ShequDemoPlaces *places, const ShequDemoTable *rates)
{
  for (guint i = 0; i < shequ_demo_table_get_length (rates); i++)
    {
      const EstateKind *kind = find_kind (shequ_demo_table_get_label (rates, i));

      shequ_demo_table_add (places->kinds, kind->kind,
                            shequ_demo_table_get_weight (rates, i) / (kind->least + kind->most));
    }
}

static void
set_up_heads (ShequDemoPlaces *places, const ShequDemoRates *rates)
{
  const ShequDemoTable *parts = shequ_demo_rates_get (rates, "estate_name_part", NULL);

  for (guint i = 0; i < shequ_demo_table_get_length (parts); i++)
    {
      const char *part = shequ_demo_table_get_label (parts, i);
      const ShequDemoTable *roles = shequ_demo_rates_get (rates, "estate_name_part", part);

      if (shequ_demo_table_get_length (roles) == 1 &&
          g_str_equal (shequ_demo_table_get_label (roles, 0), "head"))
        shequ_demo_table_add (places->heads, part, 1);
    }
}

/**
 * shequ_demo_places_new:
 * @rates: the rates; must live as long as the places
 * @seed: what all chance follows from
 *
 * Returns: (transfer full): a source of places
 */
ShequDemoPlaces *
shequ_demo_places_new (const ShequDemoRates *rates, guint64 seed)
{
  ShequDemoPlaces *places = g_new0 (ShequDemoPlaces, 1);

  shequ_demo_random_init (&places->random, seed);
  places->heads = shequ_demo_table_new ();
  places->kinds = shequ_demo_table_new ();
  places->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  places->roads = shequ_demo_rates_get (rates, "road_name", NULL);
  places->floors = shequ_demo_rates_get (rates, "building_floors", NULL);
  places->stairwells = shequ_demo_rates_get (rates, "stairwells_per_building", NULL);
  places->rooms = shequ_demo_rates_get (rates, "rooms_per_floor_and_stairwell", NULL);
  places->areas = shequ_demo_rates_get (rates, "dwelling_area_m2", NULL);
  set_up_heads (places, rates);
  set_up_kinds (places, shequ_demo_rates_get (rates, "estate_kind", NULL));
  return places;
}

void
shequ_demo_places_free (ShequDemoPlaces *places)
{
  shequ_demo_table_free (places->heads);
  shequ_demo_table_free (places->kinds);
  g_hash_table_unref (places->taken);
  g_free (places);
}

/**
 * shequ_demo_places_draw_road:
 * @places: a source of places
 *
 * Returns: (transfer full): as `海明东路12号`
 */
char *
shequ_demo_places_draw_road (ShequDemoPlaces *places)
{
  const char *road = shequ_demo_table_draw (places->roads, &places->random);

  return g_strdup_printf ("%s%d号", road, shequ_demo_random_between (&places->random, 1, 180));
}

static guint
draw_number (ShequDemoPlaces *places, const ShequDemoTable *table)
{
  return (guint) g_ascii_strtoull (shequ_demo_table_draw (table, &places->random), NULL, 10);
}

static void
building_free (gpointer data)
{
  ShequDemoBuilding *building = data;

  g_array_unref (building->dwellings);
  g_free (building->name);
  g_free (building);
}

void
shequ_demo_estate_free (ShequDemoEstate *estate)
{
  g_ptr_array_unref (estate->buildings);
  g_free (estate->name);
  g_free (estate->road);
  g_free (estate);
}

static char *
draw_estate_name (ShequDemoPlaces *places, const EstateKind *kind)
{
  g_auto (GStrv) tails = g_strsplit (kind->tails, " ", -1);
  const char *tail;

  if (tails[0] == NULL)
    return g_strdup (shequ_demo_table_draw (places->roads, &places->random));
  tail = tails[shequ_demo_random_below (&places->random, g_strv_length (tails))];
  return g_strconcat (shequ_demo_table_draw (places->heads, &places->random), tail, NULL);
}

/* Once all names are taken, a second phase is built, and a third. */
static char *
make_estate_name (ShequDemoPlaces *places, const EstateKind *kind)
{
  static const char *const phases[] = { "二期", "三期", "四期" };
  g_autofree char *base = NULL;
  char *name = NULL;

  for (guint tries = 0; tries < 30; tries++)
    {
      g_free (name);
      name = draw_estate_name (places, kind);
      if (g_hash_table_add (places->taken, g_strdup (name)))
        return name;
    }
  base = name;
  for (guint i = 0;; i++)
    {
      name = i < G_N_ELEMENTS (phases) ? g_strconcat (base, phases[i], NULL)
                                       : g_strdup_printf ("%s%u期", base, i + 2);
      if (g_hash_table_add (places->taken, g_strdup (name)))
        return name;
      g_free (name);
    }
}

static char *
name_building (Naming naming, guint number)
{
  switch (naming)
    {
    case NAMED_BLOCK:
      return g_strdup_printf ("%u栋", number);
    case NAMED_AREA:
      return g_strdup_printf ("%c%u号楼", 'A' + (char) MIN ((number - 1) / 6, 25), (number - 1) % 6 + 1);
    case NAMED_HOUSE:
      return g_strdup_printf ("%u号", number * 2 - 1);
    case NAMED_ROW:
      return g_strdup_printf ("%u排", number);
    default:
      return g_strdup_printf ("%u号楼", number);
    }
}

static int
draw_area (ShequDemoPlaces *places)
{
  int low = 60, high = 80;
  const char *area = shequ_demo_table_draw (places->areas, &places->random) + strlen ("area_");

  if (shequ_demo_band_parse (area, &low, &high) && strstr (area, "plus") != NULL)
    high = low + 60;
  else if (strchr (area, '_') != NULL)
    high = (int) g_ascii_strtoull (strchr (area, '_') + 1, NULL, 10) - 1;
  return shequ_demo_random_between (&places->random, low, high);
}

static void
add_dwelling (ShequDemoPlaces *places,
              ShequDemoBuilding *building,
              guint stairwell,
              int floor,
              guint room,
              gboolean full)
{
  double drawn = shequ_demo_random_share (&places->random) * 100;
  ShequDemoDwelling dwelling = { .stairwell = stairwell, .floor = floor, .area = draw_area (places) };

  if (stairwell == 0)
    g_snprintf (dwelling.room, sizeof dwelling.room, "%u号", room);
  else
    g_snprintf (dwelling.room, sizeof dwelling.room, "%d%02u", floor, room);
  if (full || drawn < EMPTY_PER_CENT)
    dwelling.use = "vacant";
  else if (drawn < EMPTY_PER_CENT + BUSINESS_PER_CENT && floor == 1)
    dwelling.use = "business";
  else if (drawn < EMPTY_PER_CENT + OTHER_PER_CENT)
    dwelling.use = "other";
  g_array_append_val (building->dwellings, dwelling);
}

/* The last building of a community is no larger than what is still needed. */
static void
fit (guint wanted, guint rooms, guint *floors, guint *stairwells)
{
  if (*floors * *stairwells * rooms <= wanted)
    return;
  *stairwells = MAX (1, wanted / (*floors * rooms));
  if (*floors * *stairwells * rooms > wanted + LOW_MOST_FLOORS * rooms)
    *floors = MIN (*floors, MAX (1, (wanted + rooms - 1) / rooms));
}

static guint
fill_building (ShequDemoPlaces *places, ShequDemoBuilding *building, guint rooms, guint wanted)
{
  gboolean rows = building->floors == 1;
  guint homes = 0;

  for (guint stairwell = 1; stairwell <= building->stairwells; stairwell++)
    for (guint floor = 1; floor <= building->floors; floor++)
      for (guint room = 1; room <= rooms; room++)
        {
          guint number = rows ? (stairwell - 1) * rooms + room : room;

          add_dwelling (places, building, rows ? 0 : stairwell, (int) floor, number, homes >= wanted);
          homes +=
            g_array_index (building->dwellings, ShequDemoDwelling, building->dwellings->len - 1).use == NULL;
        }
  if (rows)
    building->stairwells = 1;
  return homes;
}

static guint
draw_floors (ShequDemoPlaces *places, const EstateKind *kind)
{
  guint floors;

  if (kind->most_floors == 1)
    return 1;
  do
    floors = draw_number (places, places->floors);
  while (floors < 2 || floors > (guint) kind->most_floors);
  return floors;
}

/* Returns how many homes there are in it, which is at most `wanted`. */
static guint
add_building (ShequDemoPlaces *places,
              ShequDemoEstate *estate,
              const EstateKind *kind,
              Naming naming,
              guint wanted)
{
  ShequDemoBuilding *building = g_new0 (ShequDemoBuilding, 1);
  guint rooms = draw_number (places, places->rooms);

  building->dwellings = g_array_new (FALSE, TRUE, sizeof (ShequDemoDwelling));
  building->floors = draw_floors (places, kind);
  building->stairwells = draw_number (places, places->stairwells);
  if (building->floors == 1)
    rooms = MAX (rooms, 4);
  fit (wanted, rooms, &building->floors, &building->stairwells);
  building->name = name_building (naming, estate->buildings->len + 1);
  g_ptr_array_add (estate->buildings, building);
  return fill_building (places, building, rooms, wanted);
}

/* Returns how many homes were added. */
static guint
add_estate (ShequDemoPlaces *places, GPtrArray *estates, guint wanted)
{
  const EstateKind *kind = find_kind (shequ_demo_table_draw (places->kinds, &places->random));
  Naming naming = kind->naming[shequ_demo_random_below (&places->random, 2)];
  guint size = (guint) shequ_demo_random_between (&places->random, kind->least, kind->most);
  ShequDemoEstate *estate = g_new0 (ShequDemoEstate, 1);
  guint homes = 0;

  estate->kind = kind->kind;
  estate->buildings = g_ptr_array_new_with_free_func (building_free);
  estate->name = make_estate_name (places, kind);
  estate->road = *kind->tails != '\0' ? shequ_demo_places_draw_road (places) : g_strdup (estate->name);
  g_ptr_array_add (estates, estate);
  size = MIN (size, wanted);
  while (homes < size)
    homes += add_building (places, estate, kind, naming, size - homes);
  return homes;
}

/* Whole buildings go to one grid, in the order of the estates. */
static guint
assign_grids (GPtrArray *estates, guint households)
{
  guint grids = MAX (1, (households + HOUSEHOLDS_PER_GRID / 2) / HOUSEHOLDS_PER_GRID);
  guint before = 0;

  for (guint i = 0; i < estates->len; i++)
    {
      const ShequDemoEstate *estate = estates->pdata[i];

      for (guint k = 0; k < estate->buildings->len; k++)
        {
          ShequDemoBuilding *building = estate->buildings->pdata[k];

          building->grid = MIN (grids - 1, before * grids / households);
          for (guint n = 0; n < building->dwellings->len; n++)
            before += g_array_index (building->dwellings, ShequDemoDwelling, n).use == NULL;
        }
    }
  return grids;
}

/**
 * shequ_demo_places_make_estates:
 * @places: a source of places
 * @households: how many homes, at least one
 * @grids: (out): how many grids there are, each of about 310 households
 *
 * Returns: (transfer full) (element-type ShequDemoEstate): estates with exactly so many homes, and some
 *   dwellings that are none
 */
GPtrArray *
shequ_demo_places_make_estates (ShequDemoPlaces *places, guint households, guint *grids)
{
  GPtrArray *estates = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_demo_estate_free);
  guint homes = 0;

  while (homes < households)
    homes += add_estate (places, estates, households - homes);
  *grids = assign_grids (estates, households);
  return estates;
}

/**
 * shequ_demo_dwelling_format_stairwell:
 * @dwelling: a dwelling
 *
 * Returns: (transfer full) (nullable): as `2单元`; %NULL where there are none
 */
char *
shequ_demo_dwelling_format_stairwell (const ShequDemoDwelling *dwelling)
{
  return dwelling->stairwell > 0 ? g_strdup_printf ("%u单元", dwelling->stairwell) : NULL;
}

/**
 * shequ_demo_dwelling_format_address:
 * @dwelling: a dwelling
 * @building: where it is
 * @estate: where that is
 *
 * Returns: (transfer full): as `幸福小区3号楼2单元501`
 */
char *
shequ_demo_dwelling_format_address (const ShequDemoDwelling *dwelling,
                                    const ShequDemoBuilding *building,
                                    const ShequDemoEstate *estate)
{
  g_autofree char *stairwell = shequ_demo_dwelling_format_stairwell (dwelling);

  return g_strconcat (estate->name, building->name, stairwell != NULL ? stairwell : "", dwelling->room, NULL);
}
