/* Who answers for what: heads of offices, grids, buildings and stairwells, and backbone households, with
 * gaps. */
#include "shequ-demo-private.h"

#include "config.h"

#define FILL "network_fill" /* a section of key-rates.tsv */
#define LEAST_AGE 35
#define MOST_AGE 76

/* Streets differ, in turn; the rates have a column of their own for each. */
static gboolean
is_filled (const ShequDemoFilling *filling, const ShequDemoCommunity *community, const char *kind)
{
  static const char *const turns[] = { "1", "2", "3" };
  /* The street is told by the first nine digits of a community's code. */
  guint street = (guint) (community->code[8] - '0');

  return shequ_demo_random_chance (
    community->posts_random,
    shequ_demo_rates_get_value (filling->rates, FILL, kind, turns[(street + 2) % G_N_ELEMENTS (turns)]));
}

static ShequRow *
start_post (ShequDemoFilling *filling,
            const char *kind,
            const char *level,
            const char *line,
            gint64 unit,
            const char *since)
{
  ShequRow *row = shequ_demo_writer_start (filling->writer, "post");

  shequ_row_set_text (row, "kind", kind);
  shequ_row_set_text (row, "level", level);
  shequ_row_set_text (row, "line", line);
  shequ_row_set_integer (row, "unit", unit);
  shequ_row_set_text (row, "started_on", since);
  return row;
}

/* A day of the last three years. */
static void
draw_day (const ShequDemoFilling *filling, ShequDemoRandom *random, char day[SHEQU_DATE_TEXT_SIZE])
{
  ShequDate date = shequ_date_from_days (shequ_date_to_days (&filling->today) -
                                         shequ_demo_random_between (random, 40, 1100));

  shequ_date_to_iso (&date, day);
}

/**
 * shequ_demo_fill_unit_posts:
 * @filling: the filling
 * @level: of the unit
 * @unit: its key
 * @party: (nullable): who leads on the side of the party
 * @head: (nullable): who leads on the other
 *
 * The two heads of a district, a street, an area or a community.
 */
void
shequ_demo_fill_unit_posts (ShequDemoFilling *filling,
                            const char *level,
                            gint64 unit,
                            const ShequDemoHolder *party,
                            const ShequDemoHolder *head)
{
  static const struct
  {
    const char *level;
    const char *number;
    const char *party;
    const char *head;
  } kinds[] = {
    { "district", "1", "district_party", "district_head" },
    { "street", "2", "street_party", "street_grid_leader" },
    { "area", "4", "area_party", "area_leader" },
    { "community", "3", "community_party", "community_head" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds) * 2; i++)
    {
      const ShequDemoHolder *holder = i % 2 == 0 ? party : head;
      ShequRow *row;

      if (holder == NULL || !g_str_equal (kinds[i / 2].level, level))
        continue;
      row = start_post (filling, i % 2 == 0 ? kinds[i / 2].party : kinds[i / 2].head, kinds[i / 2].number,
                        i % 2 == 0 ? "party" : "self_government", unit, "2024-01-15");
      shequ_row_set_integer (row, "org_unit", unit);
      shequ_row_set_text (row, "person_name", holder->name);
      shequ_row_set_text (row, "phone", holder->phone);
      shequ_row_set_text (row, "chosen", "appointed");
      if (holder->staff != 0)
        shequ_row_set_integer (row, "staff", holder->staff);
      shequ_demo_writer_add (filling->writer, row);
    }
}

/**
 * shequ_demo_fill_grid_posts:
 * @filling: the filling
 * @community: whose grid
 * @grid: its key
 * @leader: one of the staff
 */
void
shequ_demo_fill_grid_posts (ShequDemoFilling *filling,
                            ShequDemoCommunity *community,
                            gint64 grid,
                            const ShequDemoWorker *leader)
{
  ShequRow *row = start_post (filling, "grid_leader", "4", "self_government", community->key, "2024-03-01");

  shequ_row_set_integer (row, "grid", grid);
  shequ_row_set_integer (row, "staff", leader->key);
  shequ_row_set_text (row, "person_name", leader->name);
  shequ_row_set_text (row, "phone", leader->phone);
  shequ_row_set_text (row, "chosen", "appointed");
  shequ_demo_writer_add (filling->writer, row);
}

/* Somebody of the building, or of one of its stairwells; NULL where nobody is of the age. */
static const ShequDemoNeighbour *
choose (ShequDemoCommunity *community, guint first, const char *stairwell)
{
  guint count = community->neighbours->len - first;

  for (guint tries = 0; tries < 40 && count > 0; tries++)
    {
      const ShequDemoNeighbour *one =
        &g_array_index (community->neighbours, ShequDemoNeighbour,
                        first + shequ_demo_random_below (community->posts_random, count));

      if (one->age >= LEAST_AGE && one->age <= MOST_AGE &&
          (stairwell == NULL || g_strcmp0 (one->stairwell, stairwell) == 0))
        return one;
    }
  return NULL;
}

/* The ballot of a building: most who may vote do, and most of them for the one who won. */
static void
set_ballot (ShequRow *row, ShequDemoRandom *random, guint homes, const char *day)
{
  gint64 cast = (gint64) homes * shequ_demo_random_between (random, 62, 95) / 100;

  if (homes < 4 || !shequ_demo_random_chance (random, 70))
    {
      shequ_row_set_text (row, "chosen", "recommended");
      return;
    }
  shequ_row_set_text (row, "chosen", "elected");
  shequ_row_set_text (row, "voted_on", day);
  shequ_row_set_integer (row, "eligible", homes);
  shequ_row_set_integer (row, "cast", cast);
  shequ_row_set_integer (row, "votes", cast * shequ_demo_random_between (random, 51, 92) / 100);
}

static void
add_head (ShequDemoFilling *filling,
          ShequDemoCommunity *community,
          const char *kind,
          const char *line,
          gint64 building,
          const char *stairwell,
          guint first)
{
  const ShequDemoNeighbour *holder = choose (community, first, stairwell);
  char day[SHEQU_DATE_TEXT_SIZE];
  ShequRow *row;

  if (!is_filled (filling, community, kind) || holder == NULL)
    return;
  draw_day (filling, community->posts_random, day);
  row = start_post (filling, kind, "5", line, community->key, day);
  shequ_row_set_integer (row, "building", building);
  if (stairwell != NULL)
    shequ_row_set_text (row, "stairwell", stairwell);
  shequ_row_set_integer (row, "resident", holder->key);
  shequ_row_set_text (row, "person_name", holder->name);
  shequ_row_set_text (row, "phone", holder->phone);
  if (g_str_equal (kind, "building_head"))
    set_ballot (row, community->posts_random, (community->neighbours->len - first) / 2, day);
  else
    shequ_row_set_text (row, "chosen", "recommended");
  shequ_demo_writer_add (filling->writer, row);
}

static void
add_backbone (ShequDemoFilling *filling,
              ShequDemoCommunity *community,
              gint64 building,
              const ShequDemoNeighbour *neighbour)
{
  static const char *const kinds[] = { "household_party", "household_civil", "household_advanced" };
  const char *kind = kinds[shequ_demo_random_below (community->posts_random, G_N_ELEMENTS (kinds))];
  char day[SHEQU_DATE_TEXT_SIZE];
  ShequRow *row;

  draw_day (filling, community->posts_random, day);
  row = start_post (filling, kind, "6", kind == kinds[0] ? "party" : "self_government", community->key, day);
  shequ_row_set_integer (row, "household", neighbour->household);
  shequ_row_set_integer (row, "building", building);
  if (neighbour->stairwell != NULL)
    shequ_row_set_text (row, "stairwell", neighbour->stairwell);
  shequ_row_set_integer (row, "resident", neighbour->key);
  shequ_row_set_text (row, "person_name", neighbour->name);
  shequ_row_set_text (row, "phone", neighbour->phone);
  shequ_row_set_text (row, "given_by", community->name);
  shequ_row_set_text (row, "chosen", "recommended");
  shequ_demo_writer_add (filling->writer, row);
}

/**
 * shequ_demo_fill_building_posts:
 * @filling: the filling
 * @community: whose building; its neighbours live in it from @first on
 * @key: the building
 * @building: the same as it was drawn
 * @first: the first neighbour of the building
 *
 * Its head and party group leader, the heads of its stairwells, and its backbone households; some posts stay
 * empty, as the rates say.
 */
void
shequ_demo_fill_building_posts (ShequDemoFilling *filling,
                                ShequDemoCommunity *community,
                                gint64 key,
                                const ShequDemoBuilding *building,
                                guint first)
{
  double backbone = shequ_demo_rates_get_value (filling->rates, "tag_rate", "backbone", "");
  gint64 last = 0;

  add_head (filling, community, "building_head", "self_government", key, NULL, first);
  add_head (filling, community, "building_party", "party", key, NULL, first);
  for (guint i = 1; building->floors > 1 && i <= building->stairwells; i++)
    {
      g_autofree char *stairwell = g_strdup_printf ("%u单元", i);

      add_head (filling, community, "stairwell_head", "self_government", key, stairwell, first);
    }
  for (guint i = first; i < community->neighbours->len; i++)
    {
      const ShequDemoNeighbour *one = &g_array_index (community->neighbours, ShequDemoNeighbour, i);

      if (one->household != last && shequ_demo_random_chance (community->posts_random, backbone))
        add_backbone (filling, community, key, one);
      last = one->household;
    }
}

/**
 * shequ_demo_fill_lanes:
 * @filling: the filling
 * @community: whose lanes
 * @grid: the key of a grid of it
 *
 * Two or three lanes with a responsible person and a plate; one of them still without.
 */
void
shequ_demo_fill_lanes (ShequDemoFilling *filling, ShequDemoCommunity *community, gint64 grid)
{
  static const char *const names[] = { "一胡同", "二胡同", "平房区" };
  static const char *const kinds[] = { "lane", "lane", "shanty" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      ShequRow *row = shequ_demo_writer_start (filling->writer, "place");
      g_autofree char *name = g_strconcat (community->name, names[i], NULL);
      g_autofree char *plate = g_strdup_printf ("%s-%02u", community->code, i + 1);
      const ShequDemoWorker *worker =
        &g_array_index (community->workers, ShequDemoWorker, i % community->workers->len);

      shequ_row_set_integer (row, "unit", community->key);
      shequ_row_set_text (row, "name", name);
      shequ_row_set_text (row, "kind", kinds[i]);
      shequ_row_set_integer (row, "grid", grid);
      shequ_row_set_text (row, "status", i == 0 ? "improved" : "to_improve");
      if (i < 2)
        {
          shequ_row_set_text (row, "responsible", worker->name);
          shequ_row_set_text (row, "phone", worker->phone);
          shequ_row_set_integer (row, "staff", worker->key);
          shequ_row_set_text (row, "plate_number", plate);
          shequ_row_set_text (row, "plate_date", "2025-06-10");
        }
      shequ_demo_writer_add (filling->writer, row);
    }
}
