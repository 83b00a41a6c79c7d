/*
 * A building with all its homes and who lives in them, for a picture: a handful of queries, however many
 * homes there are.
 */
#include "shequ-building.h"

#include "config.h"

#include <string.h>

#include "shequ-room.h"
#include "shequ-visits.h"

/* Key groups from here on are not for a picture that hangs on a wall; docs/handbook.md. */
#define MOST_SHOWN_SENSITIVITY 2

/* What is being put together. */
typedef struct
{
  ShequOffice *office;
  GCancellable *cancellable;
  ShequBuilding *building;
  GHashTable *dwellings;  /* key -> ShequBuildingDwelling */
  GHashTable *households; /* key -> ShequBuildingHousehold */
  GHashTable *residents;  /* key of a resident -> ShequBuildingHousehold */
} Reading;

static void
household_free (gpointer data)
{
  ShequBuildingHousehold *household = data;

  g_ptr_array_unref (household->tags);
  g_free (household->head);
  g_free (household);
}

static void
dwelling_free (gpointer data)
{
  ShequBuildingDwelling *dwelling = data;

  g_ptr_array_unref (dwelling->households);
  g_free (dwelling->room);
  g_free (dwelling->use);
  g_free (dwelling->use_label);
  g_free (dwelling);
}

void
shequ_building_free (ShequBuilding *building)
{
  g_ptr_array_unref (building->stairwells);
  g_ptr_array_unref (building->dwellings);
  g_ptr_array_unref (building->tags);
  g_free (building->title);
  g_free (building->estate_title);
  g_free (building->grid_title);
  g_free (building->head);
  g_free (building);
}

static char *
get_link_title (const ShequRow *row, const char *name)
{
  const ShequField *field = shequ_register_lookup (row->reg, name);

  return row->link_titles != NULL ? g_strdup (row->link_titles[field->index]) : NULL;
}

static char *
format_field (const ShequRow *row, const char *name)
{
  const ShequField *field = shequ_register_lookup (row->reg, name);
  g_autofree char *text = shequ_row_format (row, field, SHEQU_FORMAT_PLAIN);

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static ShequBuilding *
building_new (const ShequRow *row)
{
  ShequBuilding *building = g_new0 (ShequBuilding, 1);

  building->key = row->key;
  building->title = shequ_row_get_title (row);
  building->estate = shequ_row_get_integer (row, "estate");
  building->estate_title = get_link_title (row, "estate");
  building->grid_title = get_link_title (row, "grid");
  building->head = format_field (row, "head");
  building->stairwells = g_ptr_array_new_with_free_func (g_free);
  building->dwellings = g_ptr_array_new_with_free_func (dwelling_free);
  building->tags = g_ptr_array_new_with_free_func (g_free);
  return building;
}

/* Rows of a register, of all units: the building decides, not the office. */
static GPtrArray *
read_rows (Reading *reading, const char *name, const char *where, ShequFetchFlags flags, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (reading->office, name, error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (reading->office, reg) : NULL;
  g_autofree char *today = shequ_office_get_today (reading->office);
  ShequStore *store = shequ_office_get_store (reading->office);
  g_autoptr (GArray) keys = NULL;

  if (query == NULL)
    return NULL;
  query->unit = 0;
  if (where != NULL && !shequ_query_add_where (query, where, error))
    return NULL;
  keys = shequ_store_list_keys (store, query, reading->cancellable, error);
  if (keys == NULL)
    return NULL;
  return shequ_store_fetch (store, reg, (const gint64 *) (void *) keys->data, keys->len, flags, today,
                            reading->cancellable, error);
}

/* As `field=1,2,3`; %NULL when there is no key. */
static char *
list_keys (const char *field, GHashTable *records)
{
  GHashTableIter iter;
  gpointer key;
  g_autoptr (GString) text = g_string_new (NULL);

  g_hash_table_iter_init (&iter, records);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, text->len > 0 ? "," : "", *(const gint64 *) key);
  if (text->len == 0)
    return NULL;
  g_string_prepend_c (text, '=');
  g_string_prepend (text, field);
  return g_strdup (text->str);
}

static void
remember (GHashTable *records, gint64 key, gpointer record)
{
  g_hash_table_insert (records, g_memdup2 (&key, sizeof key), record);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return shequ_room_compare (*(char *const *) a, *(char *const *) b);
}

static int
compare_dwellings (gconstpointer a, gconstpointer b)
{
  const ShequBuildingDwelling *one = *(ShequBuildingDwelling *const *) a;
  const ShequBuildingDwelling *other = *(ShequBuildingDwelling *const *) b;

  if (one->stairwell != other->stairwell)
    return one->stairwell < other->stairwell ? -1 : 1;
  if (one->floor != other->floor)
    return one->floor > other->floor ? -1 : 1;
  return shequ_room_compare (one->room, other->room);
}

static guint
find_stairwell (const GPtrArray *stairwells, const char *name)
{
  guint place = 0;

  g_ptr_array_find_with_equal_func ((GPtrArray *) stairwells, name != NULL ? name : "", g_str_equal, &place);
  return place;
}

static void
collect_stairwells (GPtrArray *stairwells, const GPtrArray *rows)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rows->len; i++)
    {
      const char *name = shequ_row_get_text (rows->pdata[i], "stairwell");

      if (g_hash_table_add (seen, (gpointer) (name != NULL ? name : "")))
        g_ptr_array_add (stairwells, g_strdup (name != NULL ? name : ""));
    }
  g_ptr_array_sort (stairwells, compare_names);
}

static gboolean
read_dwellings (Reading *reading, GError **error)
{
  ShequBuilding *building = reading->building;
  g_autofree char *where = g_strdup_printf ("building=%" G_GINT64_FORMAT, building->key);
  g_autoptr (GPtrArray) rows = read_rows (reading, "dwelling", where, SHEQU_FETCH_PLAIN, error);

  if (rows == NULL)
    return FALSE;
  collect_stairwells (building->stairwells, rows);
  for (guint i = 0; i < rows->len; i++)
    {
      const ShequRow *row = rows->pdata[i];
      ShequBuildingDwelling *dwelling = g_new0 (ShequBuildingDwelling, 1);

      dwelling->key = row->key;
      dwelling->stairwell = find_stairwell (building->stairwells, shequ_row_get_text (row, "stairwell"));
      dwelling->room = g_strdup (shequ_row_get_text (row, "room"));
      dwelling->floor = (int) shequ_row_get_integer (row, "floor");
      if (dwelling->floor == SHEQU_FLOOR_UNKNOWN)
        dwelling->floor = shequ_room_guess_floor (dwelling->room);
      dwelling->use = g_strdup (shequ_row_get_text (row, "use"));
      dwelling->use_label = format_field (row, "use");
      dwelling->households = g_ptr_array_new_with_free_func (household_free);
      g_ptr_array_add (building->dwellings, dwelling);
      remember (reading->dwellings, row->key, dwelling);
    }
  g_ptr_array_sort (building->dwellings, compare_dwellings);
  return TRUE;
}

static gboolean
read_households (Reading *reading, GError **error)
{
  g_autofree char *where = list_keys ("dwelling", reading->dwellings);
  g_autoptr (GPtrArray) rows = NULL;

  if (where == NULL)
    return TRUE;
  rows = read_rows (reading, "household", where, SHEQU_FETCH_COMPUTED, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const ShequRow *row = rows->pdata[i];
      gint64 home = shequ_row_get_integer (row, "dwelling");
      ShequBuildingDwelling *dwelling = g_hash_table_lookup (reading->dwellings, &home);
      ShequBuildingHousehold *household = g_new0 (ShequBuildingHousehold, 1);

      household->key = row->key;
      household->head = g_strdup (shequ_row_get_text (row, "head"));
      household->members = shequ_row_get_integer (row, "members");
      household->backbone = shequ_row_get_integer (row, "backbone") > 0;
      household->tags = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (dwelling->households, household);
      remember (reading->households, row->key, household);
    }
  return rows != NULL;
}

static gboolean
read_residents (Reading *reading, GError **error)
{
  g_autofree char *where = list_keys ("household", reading->households);
  g_autoptr (GPtrArray) rows = NULL;

  if (where == NULL)
    return TRUE;
  rows = read_rows (reading, "resident", where, SHEQU_FETCH_PLAIN, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      gint64 home = shequ_row_get_integer (rows->pdata[i], "household");

      remember (reading->residents, ((ShequRow *) rows->pdata[i])->key,
                g_hash_table_lookup (reading->households, &home));
    }
  return rows != NULL;
}

static void
add_tag (ShequBuildingHousehold *household, const char *category)
{
  if (!g_ptr_array_find_with_equal_func (household->tags, category, g_str_equal, NULL))
    g_ptr_array_add (household->tags, g_strdup (category));
}

/* Who belongs to a group by a rule, as the aged by their birth date. */
static gboolean
apply_rule (Reading *reading, const ShequRow *tag, const char *category, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (reading->office, "resident", error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (reading->office, reg) : NULL;
  g_autofree char *where = list_keys ("key", reading->residents);
  g_autoptr (GArray) keys = NULL;

  if (query == NULL || where == NULL)
    return query != NULL;
  query->unit = 0;
  if (!shequ_query_add_where (query, where, error) ||
      !shequ_query_add_where (query, shequ_row_get_text (tag, "rule"), error))
    return FALSE;
  keys = shequ_store_list_keys (shequ_office_get_store (reading->office), query, reading->cancellable, error);
  for (guint i = 0; keys != NULL && i < keys->len; i++)
    add_tag (g_hash_table_lookup (reading->residents, &g_array_index (keys, gint64, i)), category);
  return keys != NULL;
}

/* Groups that are too sensitive for a wall are left out, and so are those that are no longer used. */
static GHashTable *
read_tags (Reading *reading, GError **error)
{
  g_autoptr (GPtrArray) rows = read_rows (reading, "tag", NULL, SHEQU_FETCH_PLAIN, error);
  g_autoptr (GHashTable) categories = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      const ShequRow *tag = rows->pdata[i];
      g_autofree char *category = format_field (tag, "category");

      if (category == NULL || shequ_row_get_integer (tag, "sensitivity") > MOST_SHOWN_SENSITIVITY ||
          shequ_row_get_integer (tag, "active") == 0)
        continue;
      if (shequ_row_get_text (tag, "rule") != NULL && !apply_rule (reading, tag, category, error))
        return NULL;
      g_hash_table_insert (categories, g_memdup2 (&tag->key, sizeof tag->key), g_steal_pointer (&category));
    }
  return g_steal_pointer (&categories);
}

static gboolean
read_tagged (Reading *reading, GError **error)
{
  g_autofree char *residents = list_keys ("resident", reading->residents);
  g_autofree char *where = residents != NULL ? g_strconcat (residents, " and active", NULL) : NULL;
  g_autoptr (GHashTable) categories = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (shequ_office_get_register (reading->office, "resident_tag") == NULL)
    return TRUE;
  reading->building->has_tags = TRUE;
  if (where == NULL)
    return TRUE;
  categories = read_tags (reading, error);
  rows = categories != NULL ? read_rows (reading, "resident_tag", where, SHEQU_FETCH_PLAIN, error) : NULL;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      gint64 tag = shequ_row_get_integer (rows->pdata[i], "tag");
      gint64 resident = shequ_row_get_integer (rows->pdata[i], "resident");
      const char *category = g_hash_table_lookup (categories, &tag);

      if (category != NULL)
        add_tag (g_hash_table_lookup (reading->residents, &resident), category);
    }
  return rows != NULL;
}

/* Who is to be visited by today, or was to be; asked once for all buildings of an estate. */
static gboolean
list_due (ShequOffice *office, GPtrArray **due, GCancellable *cancellable, GError **error)
{
  *due = NULL;
  if (shequ_office_get_register (office, "visit") != NULL)
    *due = shequ_visits_list_due (office, 0, cancellable, error);
  return *due != NULL || shequ_office_get_register (office, "visit") == NULL;
}

static void
mark_due (Reading *reading, const GPtrArray *due)
{
  reading->building->has_visits = shequ_office_get_register (reading->office, "visit") != NULL;
  for (guint i = 0; due != NULL && i < due->len; i++)
    {
      const ShequVisitDue *visit = due->pdata[i];
      ShequBuildingHousehold *household = g_hash_table_lookup (reading->households, &visit->household);

      if (household != NULL && visit->days_left <= 0)
        household->visit_due = TRUE;
    }
}

typedef struct
{
  char *name;
  guint count;
} Count;

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const Count *one = a, *other = b;

  if (one->count != other->count)
    return one->count > other->count ? -1 : 1;
  return strcmp (one->name, other->name);
}

/* The commonest first: they get the colours that are easiest to tell apart. */
static void
order_tags (Reading *reading)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (Count));
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, reading->households);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const ShequBuildingHousehold *household = value;

      for (guint i = 0; i < household->tags->len; i++)
        {
          guint k = 0;

          while (k < counts->len &&
                 !g_str_equal (g_array_index (counts, Count, k).name, household->tags->pdata[i]))
            k++;
          if (k == counts->len)
            g_array_append_vals (counts, &(Count){ household->tags->pdata[i], 0 }, 1);
          g_array_index (counts, Count, k).count++;
        }
    }
  g_array_sort (counts, compare_counts);
  for (guint i = 0; i < counts->len; i++)
    g_ptr_array_add (reading->building->tags, g_strdup (g_array_index (counts, Count, i).name));
}

static gboolean
read_all (Reading *reading, GError **error)
{
  if (!read_dwellings (reading, error) || !read_households (reading, error) ||
      !read_residents (reading, error) || !read_tagged (reading, error))
    return FALSE;
  order_tags (reading);
  return TRUE;
}

static ShequBuilding *
read_one (ShequOffice *office, gint64 key, const GPtrArray *due, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "building", error);
  g_autoptr (ShequRow) row = reg != NULL ? shequ_office_get_row (office, reg, key, cancellable, error) : NULL;
  g_autoptr (GHashTable) dwellings = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) households = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) residents = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (ShequBuilding) building = row != NULL ? building_new (row) : NULL;
  Reading reading = { office, cancellable, building, dwellings, households, residents };

  if (building == NULL || !read_all (&reading, error))
    return NULL;
  mark_due (&reading, due);
  return g_steal_pointer (&building);
}

/**
 * shequ_building_read:
 * @office: the office
 * @key: a building
 * @with_visits: whether to find out who is to be visited, which looks at the whole office
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Reads a building with its homes and who lives in them. A home without a floor is put where its number
 * tells. Key groups of a sensitivity above 2 are left out.
 *
 * Returns: (transfer full): the building, or %NULL with %SHEQU_ERROR_NOT_FOUND
 */
ShequBuilding *
shequ_building_read (ShequOffice *office,
                     gint64 key,
                     gboolean with_visits,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GPtrArray) due = NULL;

  if (with_visits && !list_due (office, &due, cancellable, error))
    return NULL;
  return read_one (office, key, due, cancellable, error);
}

static int
compare_buildings (gconstpointer a, gconstpointer b)
{
  return shequ_room_compare ((*(ShequBuilding *const *) a)->title, (*(ShequBuilding *const *) b)->title);
}

/**
 * shequ_building_read_estate:
 * @office: the office
 * @estate: an estate
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequBuilding): its buildings in order
 */
GPtrArray *
shequ_building_read_estate (ShequOffice *office, gint64 estate, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "building", error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;
  g_autofree char *where = g_strdup_printf ("estate=%" G_GINT64_FORMAT, estate);
  g_autoptr (GPtrArray) buildings = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_building_free);
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (GArray) keys = NULL;

  if (query == NULL || !shequ_query_add_where (query, where, error) ||
      !list_due (office, &due, cancellable, error))
    return NULL;
  query->unit = 0;
  keys = shequ_store_list_keys (shequ_office_get_store (office), query, cancellable, error);
  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      ShequBuilding *building = read_one (office, g_array_index (keys, gint64, i), due, cancellable, error);

      if (building == NULL)
        return NULL;
      g_ptr_array_add (buildings, building);
    }
  g_ptr_array_sort (buildings, compare_buildings);
  return keys != NULL ? g_steal_pointer (&buildings) : NULL;
}

gint64
shequ_building_count_people (const ShequBuilding *building)
{
  gint64 people = 0;

  for (guint i = 0; i < building->dwellings->len; i++)
    {
      const ShequBuildingDwelling *dwelling = building->dwellings->pdata[i];

      for (guint k = 0; k < dwelling->households->len; k++)
        people += ((ShequBuildingHousehold *) dwelling->households->pdata[k])->members;
    }
  return people;
}

guint
shequ_building_count_households (const ShequBuilding *building)
{
  guint households = 0;

  for (guint i = 0; i < building->dwellings->len; i++)
    households += ((ShequBuildingDwelling *) building->dwellings->pdata[i])->households->len;
  return households;
}

typedef struct
{
  gint64 key;
  gboolean with_visits;
} Target;

static gpointer
read_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Target *target = data;

  return shequ_building_read (office, target->key, target->with_visits, cancellable, error);
}

/**
 * shequ_building_read_async:
 * @office: the office
 * @key: a building
 * @with_visits: whether to find out who is to be visited
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_building_read(), on a worker thread.
 */
void
shequ_building_read_async (ShequOffice *office,
                           gint64 key,
                           gboolean with_visits,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Target target = { key, with_visits };

  shequ_office_run_async (office, read_work, g_memdup2 (&target, sizeof target), g_free,
                          (GDestroyNotify) shequ_building_free, cancellable, callback, user_data);
}

/**
 * shequ_building_read_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full): as shequ_building_read()
 */
ShequBuilding *
shequ_building_read_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

static gpointer
estate_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_building_read_estate (office, *(gint64 *) data, cancellable, error);
}

/**
 * shequ_building_read_estate_async:
 * @office: the office
 * @estate: an estate
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_building_read_estate(), on a worker thread.
 */
void
shequ_building_read_estate_async (ShequOffice *office,
                                  gint64 estate,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  shequ_office_run_async (office, estate_work, g_memdup2 (&estate, sizeof estate), g_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

/**
 * shequ_building_read_estate_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequBuilding): as shequ_building_read_estate()
 */
GPtrArray *
shequ_building_read_estate_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}
