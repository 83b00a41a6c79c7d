/*
 * The tree of places: what lies directly below a place, never more. Buildings stand in the tree where their
 * grid is; an estate whose buildings belong to two grids stands below both, with the buildings of each.
 */
#include "shequ-places.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-places-private.h"
#include "shequ-room.h"

/* A circle of units ends here. */
#define DEEPEST 12

ShequPlace *
shequ_place_copy (const ShequPlace *place)
{
  ShequPlace *copy = g_memdup2 (place, sizeof *place);

  copy->id = g_strdup (place->id);
  copy->stairwell = g_strdup (place->stairwell);
  copy->title = g_strdup (place->title);
  copy->detail = g_strdup (place->detail);
  copy->fault = g_strdup (place->fault);
  return copy;
}

void
shequ_place_free (ShequPlace *place)
{
  g_free (place->id);
  g_free (place->stairwell);
  g_free (place->title);
  g_free (place->detail);
  g_free (place->fault);
  g_free (place);
}

char *
shequ_place_make_id (ShequPlaceKind kind, const char *reg, gint64 key, gint64 grid, const char *stairwell)
{
  return g_strdup_printf ("%d:%s:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ":%s", kind, reg, key, grid,
                          stairwell != NULL ? stairwell : "");
}

static ShequQuery *
new_query (const ShequPlacesLook *look, const char *name, const char *where, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (look->office, name, error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (look->office, reg) : NULL;

  if (query == NULL || !shequ_query_add_where (query, where, error))
    return NULL;
  query->unit = 0; /* the place decides */
  return g_steal_pointer (&query);
}

/* Records with titles and computed fields. */
GPtrArray *
shequ_places_read (const ShequPlacesLook *look, const char *name, GError **error, const char *where, ...)
{
  g_autofree char *text = NULL;
  g_autoptr (ShequQuery) query = NULL;
  va_list arguments;

  va_start (arguments, where);
  text = g_strdup_vprintf (where, arguments);
  va_end (arguments);
  query = new_query (look, name, text, error);
  return query != NULL ? shequ_office_get_rows (look->office, query, look->cancellable, error) : NULL;
}

/* How many records, by the value of a field. */
GPtrArray *
shequ_places_group (const ShequPlacesLook *look,
                    const char *name,
                    const char *field,
                    GError **error,
                    const char *where,
                    ...)
{
  g_autofree char *text = NULL;
  g_autoptr (ShequQuery) query = NULL;
  ShequSummaryQuery summary = { 0 };
  va_list arguments;

  va_start (arguments, where);
  text = g_strdup_vprintf (where, arguments);
  va_end (arguments);
  query = new_query (look, name, text, error);
  if (query == NULL)
    return NULL;
  summary.query = query;
  summary.group = shequ_register_lookup (query->reg, field);
  return shequ_store_summarise (shequ_office_get_store (look->office), &summary, look->cancellable, error);
}

static GPtrArray *
places_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_place_free);
}

/* As it is called below what it belongs to: a building by its number, a home by that on its door. */
static char *
name_row (const ShequRow *row)
{
  static const char *const own_names[] = { "building", "dwelling" };

  for (guint i = 0; i < G_N_ELEMENTS (own_names); i++)
    if (g_str_equal (row->reg->name, own_names[i]))
      return g_strdup (shequ_row_get_text (row, i == 0 ? "name" : "room"));
  return shequ_row_get_title (row);
}

static char *
describe_row (const ShequRow *row)
{
  if (g_str_equal (row->reg->name, "org_unit"))
    return shequ_row_expand (row, "{leader_name}", SHEQU_FORMAT_PLAIN);
  if (g_str_equal (row->reg->name, "grid"))
    return shequ_row_expand (row, "{leader}", SHEQU_FORMAT_PLAIN);
  if (g_str_equal (row->reg->name, "building"))
    return shequ_row_expand (row, "{head}", SHEQU_FORMAT_PLAIN);
  if (g_str_equal (row->reg->name, "dwelling"))
    return shequ_row_expand (row, "{use}", SHEQU_FORMAT_PLAIN);
  return shequ_row_get_detail (row);
}

static ShequPlace *
place_new (ShequPlaceKind kind, const ShequRegister *reg, gint64 key, gint64 grid, const char *stairwell)
{
  ShequPlace *place = g_new0 (ShequPlace, 1);

  place->kind = kind;
  place->id = shequ_place_make_id (kind, reg->name, key, grid, stairwell);
  place->reg = reg;
  place->key = key;
  place->grid = grid;
  place->stairwell = g_strdup (stairwell);
  return place;
}

static ShequPlace *
add_row (GPtrArray *places, const ShequRow *row, gint64 grid)
{
  ShequPlace *place = place_new (SHEQU_PLACE_RECORD, row->reg, row->key, grid, NULL);

  place->title = name_row (row);
  place->detail = describe_row (row);
  place->is_leaf =
    g_str_equal (row->reg->name, "household") || g_str_equal (row->reg->name, "place") ||
    (g_str_equal (row->reg->name, "dwelling") && shequ_row_get_integer (row, "households") == 0);
  g_ptr_array_add (places, place);
  return place;
}

static void
add_rows (GPtrArray *places, const GPtrArray *rows, gint64 grid)
{
  for (guint i = 0; i < rows->len; i++)
    add_row (places, rows->pdata[i], grid);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  return shequ_room_compare ((*(ShequPlace *const *) a)->title, (*(ShequPlace *const *) b)->title);
}

/* 2号楼 before 10号楼: from one place of the list on. */
static void
sort_from (GPtrArray *places, guint first)
{
  if (places->len > first)
    qsort (places->pdata + first, places->len - first, sizeof (gpointer), compare_places);
}

static const ShequRow *
find_row (const GPtrArray *rows, gint64 key)
{
  for (guint i = 0; i < rows->len; i++)
    if (((ShequRow *) rows->pdata[i])->key == key)
      return rows->pdata[i];
  return NULL;
}

/* What is wrong with where a unit hangs; %NULL when nothing is. */
static char *
find_fault (const GPtrArray *units, const ShequRow *unit)
{
  const ShequRow *above = unit;

  for (guint depth = 0; above != NULL && shequ_row_get_integer (above, "parent") != 0; depth++)
    {
      above = find_row (units, shequ_row_get_integer (above, "parent"));
      if (above == NULL)
        return g_strdup (_ ("What it belongs to is no longer there; choose it again"));
      if (above == unit)
        return g_strdup (_ ("It lies below itself; choose again what it belongs to"));
      if (depth > DEEPEST)
        return NULL; /* below a circle, and shown with it */
    }
  return NULL;
}

/* The grids that somebody of the staff answers for. */
static gboolean
add_grids_of (const ShequPlacesLook *look, GPtrArray *places, gint64 staff, GError **error)
{
  g_autoptr (GPtrArray) rows =
    shequ_places_read (look, "grid", error,
                       "leader=%" G_GINT64_FORMAT " or has post(staff=%" G_GINT64_FORMAT
                       " and kind=grid_leader,grid_worker and active)",
                       staff, staff);

  if (rows != NULL)
    add_rows (places, rows, 0);
  return rows != NULL;
}

/**
 * shequ_places_list_roots:
 * @office: the office
 * @staff: somebody of the staff whose grids alone are wanted, or 0
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequPlace): the unit of the office, and units that hang nowhere,
 * with what is wrong with them
 */
GPtrArray *
shequ_places_list_roots (ShequOffice *office, gint64 staff, GCancellable *cancellable, GError **error)
{
  ShequPlacesLook look = { office, cancellable };
  g_autoptr (GPtrArray) places = places_new ();
  gint64 own = shequ_office_get_unit (office);
  g_autoptr (GPtrArray) units = NULL;

  if (staff != 0)
    return add_grids_of (&look, places, staff, error) ? g_steal_pointer (&places) : NULL;
  units = shequ_places_read (&look, "org_unit", error, "name is set");
  if (units == NULL)
    return NULL;
  for (guint i = 0; i < units->len; i++)
    {
      const ShequRow *unit = units->pdata[i];

      if (own != 0 ? unit->key == own : shequ_row_get_integer (unit, "parent") == 0)
        add_row (places, unit, 0);
    }
  for (guint i = 0; i < units->len; i++)
    {
      char *fault = find_fault (units, units->pdata[i]);

      if (fault != NULL && ((ShequRow *) units->pdata[i])->key != own)
        add_row (places, units->pdata[i], 0)->fault = fault;
      else
        g_free (fault);
    }
  return g_steal_pointer (&places);
}

/* Estates that have buildings in a grid, or without one; buildings of no estate come after them. */
static gboolean
add_estates (const ShequPlacesLook *look, GPtrArray *places, const char *where, gint64 grid, GError **error)
{
  g_autoptr (GPtrArray) groups = shequ_places_group (look, "building", "estate", error, "%s", where);
  const ShequRegister *reg = shequ_office_require_register (look->office, "estate", error);
  g_autoptr (GPtrArray) loose = NULL;
  guint first = places->len;

  if (groups == NULL || reg == NULL)
    return FALSE;
  for (guint i = 0; i < groups->len; i++)
    {
      const ShequSummaryRow *group = groups->pdata[i];
      ShequPlace *place;

      if (group->group == NULL)
        continue;
      place = place_new (SHEQU_PLACE_RECORD, reg, g_ascii_strtoll (group->group, NULL, 10), grid, NULL);
      place->title = g_strdup (group->label != NULL ? group->label : group->group);
      place->detail =
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d building", "%d buildings", (gulong) group->count),
                         (int) group->count);
      g_ptr_array_add (places, place);
    }
  sort_from (places, first);
  first = places->len;
  loose = shequ_places_read (look, "building", error, "%s and estate is empty", where);
  for (guint i = 0; loose != NULL && i < loose->len; i++)
    add_row (places, loose->pdata[i], grid)->fault = g_strdup (_ ("It belongs to no estate"));
  sort_from (places, first);
  return loose != NULL;
}

/* Estates without a single building, so that they are not lost. */
static gboolean
add_empty_estates (const ShequPlacesLook *look,
                   GPtrArray *places,
                   const char *where,
                   gint64 grid,
                   GError **error)
{
  g_autoptr (GPtrArray) rows = shequ_places_read (look, "estate", error, "%s and no building()", where);

  if (rows != NULL)
    add_rows (places, rows, grid);
  return rows != NULL;
}

static gboolean
list_below_unit (const ShequPlacesLook *look, GPtrArray *places, const ShequPlace *unit, GError **error)
{
  g_autoptr (GPtrArray) units =
    shequ_places_read (look, "org_unit", error, "parent=%" G_GINT64_FORMAT, unit->key);
  g_autoptr (GPtrArray) grids = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (GPtrArray) empty = NULL;

  if (units == NULL)
    return FALSE;
  add_rows (places, units, 0);
  grids = shequ_places_read (look, "grid", error, "unit=%" G_GINT64_FORMAT " and parent is empty", unit->key);
  if (grids == NULL)
    return FALSE;
  add_rows (places, grids, 0);
  rest = shequ_places_group (look, "building", "unit", error, "unit=%" G_GINT64_FORMAT " and grid is empty",
                             unit->key);
  empty = shequ_places_read (look, "estate", error,
                             "unit=%" G_GINT64_FORMAT " and grid is empty and no building()", unit->key);
  if (rest == NULL || empty == NULL)
    return FALSE;
  if (rest->len > 0 || empty->len > 0)
    {
      ShequPlace *place = place_new (SHEQU_PLACE_REST, unit->reg, unit->key, 0, NULL);

      place->title = g_strdup (_ ("In no grid"));
      place->fault = g_strdup (_ ("These belong to no grid; nobody answers for them"));
      g_ptr_array_add (places, place);
    }
  return TRUE;
}

static gboolean
list_below_grid (const ShequPlacesLook *look, GPtrArray *places, const ShequPlace *grid, GError **error)
{
  g_autoptr (GPtrArray) grids =
    shequ_places_read (look, "grid", error, "parent=%" G_GINT64_FORMAT, grid->key);
  g_autofree char *where = g_strdup_printf ("grid=%" G_GINT64_FORMAT, grid->key);
  g_autoptr (GPtrArray) lanes = NULL;

  if (grids == NULL)
    return FALSE;
  add_rows (places, grids, 0);
  if (!add_estates (look, places, where, grid->key, error) ||
      !add_empty_estates (look, places, where, grid->key, error))
    return FALSE;
  lanes = shequ_places_read (look, "place", error, "%s", where);
  if (lanes != NULL)
    add_rows (places, lanes, 0);
  return lanes != NULL;
}

static gboolean
list_below_rest (const ShequPlacesLook *look, GPtrArray *places, const ShequPlace *rest, GError **error)
{
  g_autofree char *where = g_strdup_printf ("unit=%" G_GINT64_FORMAT " and grid is empty", rest->key);

  return add_estates (look, places, where, 0, error) && add_empty_estates (look, places, where, 0, error);
}

static gboolean
list_buildings (const ShequPlacesLook *look, GPtrArray *places, const ShequPlace *estate, GError **error)
{
  g_autofree char *grid =
    estate->grid != 0 ? g_strdup_printf ("grid=%" G_GINT64_FORMAT, estate->grid) : g_strdup ("grid is empty");
  g_autoptr (GPtrArray) rows =
    shequ_places_read (look, "building", error, "estate=%" G_GINT64_FORMAT " and %s", estate->key, grid);

  if (rows == NULL)
    return FALSE;
  add_rows (places, rows, estate->grid);
  sort_from (places, 0);
  return TRUE;
}

static int
compare_homes (gconstpointer a, gconstpointer b)
{
  const ShequRow *one = *(ShequRow *const *) a, *other = *(ShequRow *const *) b;
  gint64 difference = shequ_row_get_integer (one, "floor") - shequ_row_get_integer (other, "floor");

  if (difference != 0)
    return difference < 0 ? -1 : 1;
  return shequ_room_compare (shequ_row_get_text (one, "room"), shequ_row_get_text (other, "room"));
}

static gboolean
list_homes (const ShequPlacesLook *look,
            GPtrArray *places,
            gint64 building,
            const char *stairwell,
            GError **error)
{
  g_autoptr (GPtrArray) rows =
    shequ_places_read (look, "dwelling", error, "building=%" G_GINT64_FORMAT, building);

  if (rows == NULL)
    return FALSE;
  g_ptr_array_sort (rows, compare_homes);
  for (guint i = 0; i < rows->len; i++)
    {
      const char *own = shequ_row_get_text (rows->pdata[i], "stairwell");

      if (stairwell == NULL || g_strcmp0 (own != NULL ? own : "", stairwell) == 0)
        add_row (places, rows->pdata[i], 0);
    }
  return TRUE;
}

/* A building whose homes name no stairwell has its homes directly below it. */
static gboolean
list_stairwells (const ShequPlacesLook *look, GPtrArray *places, const ShequPlace *building, GError **error)
{
  g_autoptr (GPtrArray) groups =
    shequ_places_group (look, "dwelling", "stairwell", error, "building=%" G_GINT64_FORMAT, building->key);

  if (groups == NULL)
    return FALSE;
  if (groups->len == 1 && ((ShequSummaryRow *) groups->pdata[0])->group == NULL)
    return list_homes (look, places, building->key, NULL, error);
  for (guint i = 0; i < groups->len; i++)
    {
      const ShequSummaryRow *group = groups->pdata[i];
      const char *name = group->group != NULL ? group->group : "";
      ShequPlace *place = place_new (SHEQU_PLACE_STAIRWELL, building->reg, building->key, 0, name);

      place->title = g_strdup (*name != '\0' ? name : _ ("No stairwell"));
      place->detail = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%d home", "%d homes", (gulong) group->count), (int) group->count);
      g_ptr_array_add (places, place);
    }
  sort_from (places, 0);
  return TRUE;
}

static gboolean
list_households (const ShequPlacesLook *look, GPtrArray *places, const ShequPlace *dwelling, GError **error)
{
  g_autoptr (GPtrArray) rows =
    shequ_places_read (look, "household", error, "dwelling=%" G_GINT64_FORMAT, dwelling->key);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const char *head = shequ_row_get_text (rows->pdata[i], "head");
      ShequPlace *place = add_row (places, rows->pdata[i], 0);
      gint64 members = shequ_row_get_integer (rows->pdata[i], "members");

      g_free (place->detail);
      place->detail = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%d person", "%d people", (gulong) members), (int) members);
      if (head != NULL)
        {
          g_free (place->title);
          place->title = g_strdup (head);
        }
    }
  return TRUE;
}

typedef gboolean (*ListBelow) (const ShequPlacesLook *look,
                               GPtrArray *places,
                               const ShequPlace *place,
                               GError **error);

static const struct
{
  const char *reg;
  ListBelow list;
} lists[] = {
  { "org_unit", list_below_unit }, { "grid", list_below_grid },     { "estate", list_buildings },
  { "building", list_stairwells }, { "dwelling", list_households },
};

/**
 * shequ_places_list_children:
 * @office: the office
 * @place: a place
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequPlace): what lies directly below it, in the order of the doors
 */
GPtrArray *
shequ_places_list_children (ShequOffice *office,
                            const ShequPlace *place,
                            GCancellable *cancellable,
                            GError **error)
{
  ShequPlacesLook look = { office, cancellable };
  g_autoptr (GPtrArray) places = places_new ();

  if (place->kind == SHEQU_PLACE_REST)
    return list_below_rest (&look, places, place, error) ? g_steal_pointer (&places) : NULL;
  if (place->kind == SHEQU_PLACE_STAIRWELL)
    return list_homes (&look, places, place->key, place->stairwell, error) ? g_steal_pointer (&places) : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (g_str_equal (place->reg->name, lists[i].reg) && !lists[i].list (&look, places, place, error))
      return NULL;
  return g_steal_pointer (&places);
}
