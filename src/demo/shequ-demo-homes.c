/* Grids, estates, buildings, dwellings, and who lives in them. */
#include "shequ-demo-private.h"

#include "config.h"

static const char *const numerals[] = { "一", "二", "三", "四", "五", "六", "七", "八", "九" };

static char *
name_grid (guint number)
{
  guint tens = (number + 1) / 10, ones = (number + 1) % 10;

  return g_strconcat ("第", tens > 1 && tens < 10 ? numerals[tens - 1] : "", tens > 0 ? "十" : "",
                      ones > 0 ? numerals[ones - 1] : "", "网格", NULL);
}

static gint64 *
add_grids (ShequDemoFilling *filling, ShequDemoCommunity *community, guint count)
{
  gint64 *keys = g_new (gint64, count);

  for (guint i = 0; i < count; i++)
    {
      ShequRow *row = shequ_demo_writer_start (filling->writer, "grid");
      /* Whoever is last among the workers leads the first grid: the secretary leads one only where all do. */
      const ShequDemoWorker *leader = &g_array_index (
        community->workers, ShequDemoWorker, community->workers->len - 1 - i % community->workers->len);
      g_autofree char *name = name_grid (i);
      g_autofree char *code = g_strdup_printf ("%s%03u", community->code, i + 1);

      shequ_row_set_integer (row, "unit", community->key);
      shequ_row_set_text (row, "name", name);
      shequ_row_set_text (row, "code", code);
      shequ_row_set_text (row, "level", "basic");
      shequ_row_set_integer (row, "leader", leader->key);
      keys[i] = shequ_demo_writer_add (filling->writer, row);
      shequ_demo_fill_grid_posts (filling, community, keys[i], leader);
    }
  return keys;
}

static gint64
add_estate (ShequDemoFilling *filling, const ShequDemoCommunity *community, const ShequDemoEstate *estate)
{
  ShequRow *row = shequ_demo_writer_start (filling->writer, "estate");

  shequ_row_set_integer (row, "unit", community->key);
  shequ_row_set_text (row, "name", estate->name);
  shequ_row_set_text (row, "kind", estate->kind);
  shequ_row_set_text (row, "address", estate->road);
  return shequ_demo_writer_add (filling->writer, row);
}

static gint64
add_building (ShequDemoFilling *filling,
              const ShequDemoCommunity *community,
              gint64 estate,
              gint64 grid,
              const ShequDemoBuilding *building)
{
  ShequRow *row = shequ_demo_writer_start (filling->writer, "building");

  shequ_row_set_integer (row, "unit", community->key);
  shequ_row_set_integer (row, "estate", estate);
  shequ_row_set_integer (row, "grid", grid);
  shequ_row_set_text (row, "name", building->name);
  shequ_row_set_integer (row, "floors", building->floors);
  shequ_row_set_integer (row, "stairwells", building->stairwells);
  return shequ_demo_writer_add (filling->writer, row);
}

static gint64
add_dwelling (ShequDemoFilling *filling,
              const ShequDemoCommunity *community,
              gint64 building,
              const ShequDemoDwelling *dwelling,
              const char *use)
{
  ShequRow *row = shequ_demo_writer_start (filling->writer, "dwelling");
  g_autofree char *stairwell = shequ_demo_dwelling_format_stairwell (dwelling);

  shequ_row_set_integer (row, "unit", community->key);
  shequ_row_set_integer (row, "building", building);
  if (stairwell != NULL)
    shequ_row_set_text (row, "stairwell", stairwell);
  shequ_row_set_integer (row, "floor", dwelling->floor);
  shequ_row_set_text (row, "room", dwelling->room);
  shequ_row_set_text (row, "use", use);
  shequ_row_set_integer (row, "area", dwelling->area);
  return shequ_demo_writer_add (filling->writer, row);
}

/* Who came from elsewhere mostly rents; the home of who is away stands empty. */
static const char *
decide_use (const ShequDemoHousehold *household, ShequDemoRandom *random)
{
  double drawn = shequ_demo_random_share (random) * 100;

  if (!shequ_demo_status_is_present (household->status))
    return drawn < 85 ? "vacant" : "rent";
  if (g_str_equal (household->status, "4"))
    return drawn < 78 ? "rent" : drawn < 90 ? "own" : "lend";
  return drawn < 95 ? "own" : drawn < 98 ? "lend" : "rent";
}

static gint64
add_household (ShequDemoFilling *filling,
               const ShequDemoCommunity *community,
               gint64 dwelling,
               const char *address,
               guint number,
               const ShequDemoHousehold *household)
{
  ShequRow *row = shequ_demo_writer_start (filling->writer, "household");
  const ShequDemoPerson *head = &g_array_index (household->persons, ShequDemoPerson, 0);
  g_autofree char *code = g_strdup_printf ("%s%05u", community->code, number);
  gboolean family = head->hukou_type == NULL || g_str_equal (head->hukou_type, "11");

  shequ_row_set_integer (row, "unit", community->key);
  shequ_row_set_text (row, "number", code);
  shequ_row_set_text (row, "address", address);
  shequ_row_set_integer (row, "dwelling", dwelling);
  shequ_row_set_text (row, "kind", family ? "family" : "collective");
  return shequ_demo_writer_add (filling->writer, row);
}

static void
set_optional (ShequRow *row, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    shequ_row_set_text (row, name, text);
}

static gint64
add_resident (ShequDemoFilling *filling,
              const ShequDemoCommunity *community,
              gint64 household,
              const ShequDemoPerson *person,
              const char *arrival)
{
  ShequRow *row = shequ_demo_writer_start (filling->writer, "resident");

  shequ_row_set_integer (row, "unit", community->key);
  shequ_row_set_text (row, "name", person->name);
  shequ_row_set_text (row, "id_document", person->id_document);
  shequ_row_set_text (row, "id_number", person->id_number);
  shequ_row_set_text (row, "sex", person->sex == 1 ? "1" : "2");
  shequ_row_set_text (row, "birth_date", person->birth_date);
  shequ_row_set_text (row, "ethnic", person->ethnic);
  shequ_row_set_integer (row, "household", household);
  shequ_row_set_text (row, "relation", person->relation);
  set_optional (row, "phone", person->phone);
  shequ_row_set_integer (row, "hukou_here", shequ_demo_status_is_registered (person->status));
  shequ_row_set_integer (row, "lives_here", shequ_demo_status_is_present (person->status));
  shequ_row_set_text (row, "residence_status", person->status);
  shequ_row_set_text (row, "marital", person->marital);
  set_optional (row, "education", person->education);
  shequ_row_set_text (row, "political", person->political);
  set_optional (row, "employment", person->employment);
  set_optional (row, "hukou_type", person->hukou_type);
  set_optional (row, "hukou_address", person->hukou_address);
  shequ_demo_set_arrival (row, person, arrival);
  return shequ_demo_writer_add (filling->writer, row);
}

/* Adults at home are those who volunteer, or come to the counter. */
static void
remember (ShequDemoCommunity *community,
          gint64 key,
          const ShequDemoPerson *person,
          const char *address,
          gint64 household,
          gint64 grid,
          const char *stairwell)
{
  ShequDemoNeighbour neighbour = { .key = key,
                                   .age = person->age,
                                   .sex = person->sex,
                                   .address = address,
                                   .household = household,
                                   .grid = grid,
                                   .incoming = !shequ_demo_status_is_registered (person->status),
                                   .stairwell = stairwell };

  if (person->age < 16 || !shequ_demo_status_is_present (person->status))
    return;
  g_strlcpy (neighbour.name, person->name, sizeof neighbour.name);
  g_strlcpy (neighbour.phone, person->phone, sizeof neighbour.phone);
  g_strlcpy (neighbour.id_number, person->id_number, sizeof neighbour.id_number);
  g_array_append_val (community->neighbours, neighbour);
}

static void
settle (ShequDemoFilling *filling,
        ShequDemoCommunity *community,
        gint64 home,
        const ShequDemoDwelling *dwelling,
        const char *address,
        guint number,
        const ShequDemoHousehold *household,
        gint64 grid,
        ShequDemoRandom *tag_random,
        ShequDemoRandom *visit_random,
        ShequDemoRandom *event_random)
{
  g_autofree char *stairwell = shequ_demo_dwelling_format_stairwell (dwelling);
  const char *kept_stairwell =
    stairwell != NULL ? g_string_chunk_insert_const (community->addresses, stairwell) : NULL;
  gint64 key = add_household (filling, community, home, address, number, household);
  const char *kept = g_string_chunk_insert (community->addresses, address);
  char arrival[SHEQU_DATE_TEXT_SIZE];
  int every = 0;

  shequ_demo_choose_arrival (filling, event_random, arrival);
  for (guint i = 0; i < household->persons->len; i++)
    {
      const ShequDemoPerson *person = &g_array_index (household->persons, ShequDemoPerson, i);
      gint64 resident = add_resident (filling, community, key, person, arrival);
      int days;

      remember (community, resident, person, kept, key, grid, kept_stairwell);
      shequ_demo_fill_event (filling, community, key, resident, person, arrival);
      days = shequ_demo_fill_tags (filling, community, household, person, resident, tag_random);
      every = days > 0 && (every == 0 || days < every) ? days : every;
    }
  if (every > 0)
    shequ_demo_fill_visits (filling, community, key, every, visit_random);
}

typedef struct
{
  GPtrArray *households;
  guint settled;
  gint64 grid; /* of the building that is filled */
  ShequDemoRandom random;
  ShequDemoRandom tag_random;
  ShequDemoRandom visit_random;
  ShequDemoRandom event_random;
} Arrival;

static void
fill_building (ShequDemoFilling *filling,
               ShequDemoCommunity *community,
               const ShequDemoEstate *estate,
               const ShequDemoBuilding *building,
               gint64 key,
               Arrival *arrival)
{
  for (guint i = 0; i < building->dwellings->len; i++)
    {
      const ShequDemoDwelling *dwelling = &g_array_index (building->dwellings, ShequDemoDwelling, i);
      const ShequDemoHousehold *household = NULL;
      g_autofree char *address = NULL;
      gint64 home;

      if (dwelling->use == NULL)
        household = arrival->households->pdata[arrival->settled++];
      home = add_dwelling (filling, community, key, dwelling,
                           household != NULL ? decide_use (household, &arrival->random) : dwelling->use);
      if (household == NULL)
        continue;
      address = shequ_demo_dwelling_format_address (dwelling, building, estate);
      settle (filling, community, home, dwelling, address, arrival->settled, household, arrival->grid,
              &arrival->tag_random, &arrival->visit_random, &arrival->event_random);
    }
}

/**
 * shequ_demo_fill_residents:
 * @filling: the filling
 * @community: gets its neighbours; its workers lead the grids
 */
void
shequ_demo_fill_residents (ShequDemoFilling *filling, ShequDemoCommunity *community)
{
  guint grids;
  g_autoptr (GPtrArray) estates =
    shequ_demo_places_make_estates (filling->places, community->households, &grids);
  g_autoptr (GPtrArray) households =
    shequ_demo_people_make_households (filling->people, community->households, community->residents);
  g_autofree gint64 *grid_keys = add_grids (filling, community, grids);
  Arrival arrival = { .households = households };
  ShequDemoRandom posts;

  shequ_demo_filling_init_random (filling, "homes", community->number, &arrival.random);
  shequ_demo_filling_init_random (filling, "tags", community->number, &arrival.tag_random);
  shequ_demo_filling_init_random (filling, "visits", community->number, &arrival.visit_random);
  shequ_demo_filling_init_random (filling, "events", community->number, &arrival.event_random);
  shequ_demo_filling_init_random (filling, "posts", community->number, &posts);
  community->posts_random = &posts;
  community->neighbours = g_array_new (FALSE, TRUE, sizeof (ShequDemoNeighbour));
  community->addresses = g_string_chunk_new (4096);
  for (guint i = 0; i < estates->len && !shequ_demo_writer_has_failed (filling->writer); i++)
    {
      const ShequDemoEstate *estate = estates->pdata[i];
      gint64 key = add_estate (filling, community, estate);

      for (guint k = 0; k < estate->buildings->len; k++)
        {
          const ShequDemoBuilding *building = estate->buildings->pdata[k];
          guint first = community->neighbours->len;
          gint64 building_key = add_building (filling, community, key, grid_keys[building->grid], building);

          arrival.grid = grid_keys[building->grid];
          fill_building (filling, community, estate, building, building_key, &arrival);
          shequ_demo_fill_building_posts (filling, community, building_key, building, first);
        }
    }
  shequ_demo_fill_lanes (filling, community, grid_keys[0]);
  community->posts_random = NULL;
}
