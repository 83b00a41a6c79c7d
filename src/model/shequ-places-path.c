/* Where a record stands in the tree of places, and how much lies in a place. */
#include "config.h"

#include <string.h>

#include "shequ-places-private.h"
#include "shequ-visits.h"

#define DEEPEST 12

typedef struct
{
  ShequPlacesLook look;
  GPtrArray *path; /* of ids, from the top */
} Climb;

static void
put_first (Climb *climb, char *id)
{
  g_ptr_array_insert (climb->path, 0, id);
}

static ShequRow *
read_row (const Climb *climb, const char *name, gint64 key, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (climb->look.office, name, error);

  return reg != NULL ? shequ_office_get_row (climb->look.office, reg, key, climb->look.cancellable, error)
                     : NULL;
}

/* Follows `parent`; what is gone ends the way quietly, as it does in the tree. */
static gint64
climb_parents (Climb *climb, const char *name, gint64 key)
{
  gint64 unit = 0;

  for (guint depth = 0; key != 0 && depth < DEEPEST; depth++)
    {
      g_autoptr (ShequRow) row = read_row (climb, name, key, NULL);

      if (row == NULL)
        break;
      put_first (climb, shequ_place_make_id (SHEQU_PLACE_RECORD, name, key, 0, NULL));
      if (unit == 0 && shequ_register_lookup (row->reg, "unit") != NULL)
        unit = shequ_row_get_integer (row, "unit");
      key = shequ_row_get_integer (row, "parent");
    }
  return unit;
}

static void
climb_grid (Climb *climb, gint64 grid, gint64 unit)
{
  if (grid != 0)
    unit = climb_parents (climb, "grid", grid);
  else
    put_first (climb, shequ_place_make_id (SHEQU_PLACE_REST, "org_unit", unit, 0, NULL));
  climb_parents (climb, "org_unit", unit);
}

static void
climb_building (Climb *climb, const ShequRow *building)
{
  gint64 grid = shequ_row_get_integer (building, "grid");
  gint64 estate = shequ_row_get_integer (building, "estate");

  put_first (climb, shequ_place_make_id (SHEQU_PLACE_RECORD, "building", building->key, grid, NULL));
  if (estate != 0)
    put_first (climb, shequ_place_make_id (SHEQU_PLACE_RECORD, "estate", estate, grid, NULL));
  climb_grid (climb, grid, shequ_row_get_integer (building, "unit"));
}

/* An estate stands where its first building does. */
static gboolean
climb_estate (Climb *climb, const ShequRow *estate, GError **error)
{
  g_autoptr (GPtrArray) buildings =
    shequ_places_read (&climb->look, "building", error, "estate=%" G_GINT64_FORMAT, estate->key);
  gint64 grid = shequ_row_get_integer (estate, "grid");

  if (buildings == NULL)
    return FALSE;
  if (buildings->len > 0)
    grid = shequ_row_get_integer (buildings->pdata[0], "grid");
  put_first (climb, shequ_place_make_id (SHEQU_PLACE_RECORD, "estate", estate->key, grid, NULL));
  climb_grid (climb, grid, shequ_row_get_integer (estate, "unit"));
  return TRUE;
}

/* Homes stand below their stairwell unless no home of the building names one. */
static gboolean
climb_dwelling (Climb *climb, const ShequRow *dwelling, GError **error)
{
  gint64 key = shequ_row_get_integer (dwelling, "building");
  const char *stairwell = shequ_row_get_text (dwelling, "stairwell");
  g_autoptr (ShequRow) building = read_row (climb, "building", key, error);
  g_autoptr (GPtrArray) named = NULL;

  if (building == NULL)
    return FALSE;
  named = shequ_places_group (&climb->look, "dwelling", "building", error,
                              "building=%" G_GINT64_FORMAT " and stairwell is set", key);
  if (named == NULL)
    return FALSE;
  put_first (climb, shequ_place_make_id (SHEQU_PLACE_RECORD, "dwelling", dwelling->key, 0, NULL));
  if (named->len > 0)
    put_first (climb, shequ_place_make_id (SHEQU_PLACE_STAIRWELL, "building", key, 0, stairwell));
  climb_building (climb, building);
  return TRUE;
}

static gboolean
climb_household (Climb *climb, const ShequRow *household, GError **error)
{
  gint64 key = shequ_row_get_integer (household, "dwelling");
  g_autoptr (ShequRow) dwelling = key != 0 ? read_row (climb, "dwelling", key, error) : NULL;

  put_first (climb, shequ_place_make_id (SHEQU_PLACE_RECORD, "household", household->key, 0, NULL));
  if (key == 0)
    return TRUE;
  return dwelling != NULL && climb_dwelling (climb, dwelling, error);
}

static gboolean
climb_from (Climb *climb, const ShequRow *row, GError **error)
{
  const char *name = row->reg->name;

  if (g_str_equal (name, "household"))
    return climb_household (climb, row, error);
  if (g_str_equal (name, "dwelling"))
    return climb_dwelling (climb, row, error);
  if (g_str_equal (name, "estate"))
    return climb_estate (climb, row, error);
  if (g_str_equal (name, "building"))
    climb_building (climb, row);
  else if (g_str_equal (name, "org_unit"))
    climb_parents (climb, "org_unit", row->key);
  else if (g_str_equal (name, "grid"))
    climb_grid (climb, row->key, 0);
  else
    {
      put_first (climb, shequ_place_make_id (SHEQU_PLACE_RECORD, name, row->key, 0, NULL));
      climb_grid (climb, shequ_row_get_integer (row, "grid"), shequ_row_get_integer (row, "unit"));
    }
  return TRUE;
}

/**
 * shequ_places_find_path:
 * @office: the office
 * @reg: a register of places
 * @key: a record of it
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8): the ids of the places that lead to it, from the top of the
 * whole tree down; the tree of an office may begin further down
 */
GPtrArray *
shequ_places_find_path (ShequOffice *office,
                        const ShequRegister *reg,
                        gint64 key,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (ShequRow) row = shequ_office_get_row (office, reg, key, cancellable, error);
  g_autoptr (GPtrArray) path = g_ptr_array_new_with_free_func (g_free);
  Climb climb = { { office, cancellable }, path };

  if (row == NULL || !climb_from (&climb, row, error))
    return NULL;
  return g_steal_pointer (&path);
}

void
shequ_place_counts_free (ShequPlaceCounts *counts)
{
  g_clear_pointer (&counts->estate_kinds, g_ptr_array_unref);
  g_free (counts);
}

static gboolean
count_in_unit (const ShequPlacesLook *look, const char *name, gint64 unit, gint64 *count, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (look->office, name, error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (look->office, reg) : NULL;

  if (query == NULL)
    return FALSE;
  query->unit = unit;
  *count = shequ_store_count (shequ_office_get_store (look->office), query, look->cancellable, error);
  return *count >= 0;
}

static gboolean
count_unit (const ShequPlacesLook *look, gint64 unit, ShequPlaceCounts *counts, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (look->office, "estate", error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (look->office, reg) : NULL;
  ShequSummaryQuery summary = { .query = query };

  if (query == NULL || !count_in_unit (look, "grid", unit, &counts->grids, error) ||
      !count_in_unit (look, "estate", unit, &counts->estates, error) ||
      !count_in_unit (look, "building", unit, &counts->buildings, error) ||
      !count_in_unit (look, "dwelling", unit, &counts->dwellings, error) ||
      !count_in_unit (look, "household", unit, &counts->households, error) ||
      !count_in_unit (look, "resident", unit, &counts->people, error))
    return FALSE;
  query->unit = unit;
  summary.group = shequ_register_lookup (reg, "kind");
  counts->estate_kinds =
    shequ_store_summarise (shequ_office_get_store (look->office), &summary, look->cancellable, error);
  return counts->estate_kinds != NULL;
}

/* The keys of a register as `field=1,2,3`; %NULL when there are none or on an error. */
static char *
list_keys (const ShequPlacesLook *look,
           const char *name,
           const char *where,
           const char *field,
           gint64 *count,
           GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (look->office, name, error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (look->office, reg) : NULL;
  g_autoptr (GArray) keys = NULL;
  g_autoptr (GString) text = g_string_new (field);

  if (query == NULL || !shequ_query_add_where (query, where, error))
    return NULL;
  query->unit = 0;
  keys = shequ_store_list_keys (shequ_office_get_store (look->office), query, look->cancellable, error);
  if (keys == NULL)
    return NULL;
  *count = keys->len;
  for (guint i = 0; i < keys->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "=", g_array_index (keys, gint64, i));
  return keys->len > 0 ? g_strdup (text->str) : NULL;
}

/* From buildings to people, following keys, as each step has its index. */
static gboolean
count_buildings (const ShequPlacesLook *look, const char *buildings, ShequPlaceCounts *counts, GError **error)
{
  GError *failure = NULL;
  g_autofree char *in_buildings =
    list_keys (look, "building", buildings, "building", &counts->buildings, &failure);
  g_autofree char *in_dwellings = in_buildings != NULL ? list_keys (look, "dwelling", in_buildings,
                                                                    "dwelling", &counts->dwellings, &failure)
                                                       : NULL;
  g_autofree char *in_households =
    in_dwellings != NULL
      ? list_keys (look, "household", in_dwellings, "household", &counts->households, &failure)
      : NULL;

  if (in_households != NULL)
    g_free (list_keys (look, "resident", in_households, "resident", &counts->people, &failure));
  if (failure != NULL)
    g_propagate_error (error, failure);
  return failure == NULL;
}

/* The condition of `building` that names those of a place; %NULL of places that have none. */
char *
shequ_places_name_buildings (const ShequPlace *place)
{
  if (place->kind == SHEQU_PLACE_REST)
    return g_strdup_printf ("unit=%" G_GINT64_FORMAT " and grid is empty", place->key);
  if (g_str_equal (place->reg->name, "grid"))
    return g_strdup_printf ("grid=%" G_GINT64_FORMAT, place->key);
  if (g_str_equal (place->reg->name, "estate"))
    return g_strdup_printf ("estate=%" G_GINT64_FORMAT, place->key);
  if (g_str_equal (place->reg->name, "building"))
    return g_strdup_printf ("key=%" G_GINT64_FORMAT, place->key);
  return NULL;
}

/**
 * shequ_places_count:
 * @office: the office
 * @place: a place
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: (transfer full): how much lies in it; -1 where nothing is counted
 */
ShequPlaceCounts *
shequ_places_count (ShequOffice *office, const ShequPlace *place, GCancellable *cancellable, GError **error)
{
  ShequPlacesLook look = { office, cancellable };
  g_autoptr (ShequPlaceCounts) counts = g_new0 (ShequPlaceCounts, 1);
  g_autofree char *buildings = shequ_places_name_buildings (place);

  counts->units = counts->grids = counts->estates = counts->buildings = -1;
  counts->dwellings = counts->households = counts->people = -1;
  if (place->kind == SHEQU_PLACE_RECORD && g_str_equal (place->reg->name, "org_unit"))
    return count_unit (&look, place->key, counts, error) ? g_steal_pointer (&counts) : NULL;
  if (buildings == NULL)
    return g_steal_pointer (&counts);
  counts->buildings = counts->dwellings = counts->households = counts->people = 0;
  return count_buildings (&look, buildings, counts, error) ? g_steal_pointer (&counts) : NULL;
}

/* The households of some buildings; empty when there are none. */
GHashTable *
shequ_places_collect_households (const ShequPlacesLook *look, const char *buildings, GError **error)
{
  GError *failure = NULL;
  gint64 count = 0;
  g_autofree char *in_buildings = list_keys (look, "building", buildings, "building", &count, &failure);
  g_autofree char *in_dwellings =
    in_buildings != NULL ? list_keys (look, "dwelling", in_buildings, "dwelling", &count, &failure) : NULL;
  g_autofree char *keys =
    in_dwellings != NULL ? list_keys (look, "household", in_dwellings, "", &count, &failure) : NULL;
  g_auto (GStrv) parts = g_strsplit (keys != NULL ? keys + strlen ("=") : "", ",", -1);
  GHashTable *households;

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  households = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      gint64 key = g_ascii_strtoll (parts[i], NULL, 10);

      g_hash_table_add (households, g_memdup2 (&key, sizeof key));
    }
  return households;
}

/**
 * shequ_places_count_due:
 * @office: the office
 * @place: a grid, an estate, a building or the rest
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: how many of its households are to be visited by today; -1 of other places and on an error
 */
gint64
shequ_places_count_due (ShequOffice *office,
                        const ShequPlace *place,
                        GCancellable *cancellable,
                        GError **error)
{
  ShequPlacesLook look = { office, cancellable };
  g_autofree char *buildings = shequ_places_name_buildings (place);
  g_autoptr (GHashTable) households = NULL;
  g_autoptr (GPtrArray) due = NULL;
  gint64 count = 0;

  if (buildings == NULL || shequ_office_get_register (office, "visit") == NULL)
    return -1;
  households = shequ_places_collect_households (&look, buildings, error);
  due = households != NULL ? shequ_visits_list_due (office, 0, cancellable, error) : NULL;
  for (guint i = 0; due != NULL && i < due->len; i++)
    count += g_hash_table_contains (households, &((ShequVisitDue *) due->pdata[i])->household);
  return due != NULL ? count : -1;
}
