/* What is open in a grid: who is to be followed up and visited, what is to be reviewed, homes of a survey
 * that nobody has seen, posts that nobody holds. */
#include "shequ-grid-matters.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-network.h"
#include "shequ-places-private.h"
#include "shequ-visits.h"

/* A review is told of as long before. */
#define REVIEW_DAYS "30d"

typedef struct
{
  ShequPlacesLook look;
  const ShequPlace *place;
  char *buildings; /* a condition */
  char *today;
  GHashTable *households; /* of gint64 */
  GPtrArray *matters;
} Collection;

void
shequ_grid_matter_free (ShequGridMatter *matter)
{
  g_free (matter->what);
  g_free (matter->title);
  g_free (matter->detail);
  g_free (matter->day);
  g_free (matter);
}

static ShequGridMatter *
add (Collection *collection,
     const char *what,
     const ShequRegister *reg,
     gint64 key,
     char *title,
     const char *day)
{
  ShequGridMatter *matter = g_new0 (ShequGridMatter, 1);

  matter->what = g_strdup (what);
  matter->reg = reg;
  matter->key = key;
  matter->title = title;
  matter->day = g_strdup (day);
  matter->late = day != NULL && g_strcmp0 (day, collection->today) < 0;
  g_ptr_array_add (collection->matters, matter);
  return matter;
}

static gboolean
is_here (const Collection *collection, gint64 household)
{
  return household != 0 && g_hash_table_contains (collection->households, &household);
}

static char *
format (const ShequRow *row, const char *name)
{
  return shequ_row_format (row, shequ_register_lookup (row->reg, name), SHEQU_FORMAT_PLAIN);
}

static gboolean
add_follow_ups (Collection *collection, GError **error)
{
  g_autoptr (GPtrArray) rows =
    shequ_places_read (&collection->look, "visit", error, "%s", "result=follow_up and not followed_up=yes");

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const ShequRow *row = rows->pdata[i];
      ShequGridMatter *matter;

      if (!is_here (collection, shequ_row_get_integer (row, "household")))
        continue;
      matter = add (collection, _ ("Follow up"), row->reg, row->key, format (row, "household"),
                    shequ_row_get_text (row, "follow_up_on"));
      matter->detail = format (row, "note");
    }
  return rows != NULL;
}

static gboolean
add_visits (Collection *collection, GError **error)
{
  const ShequRegister *reg = shequ_office_get_register (collection->look.office, "household");
  g_autoptr (GPtrArray) due =
    shequ_visits_list_due (collection->look.office, 0, collection->look.cancellable, error);

  for (guint i = 0; due != NULL && i < due->len; i++)
    {
      const ShequVisitDue *visit = due->pdata[i];
      ShequGridMatter *matter;

      if (!is_here (collection, visit->household))
        continue;
      matter = add (collection, _ ("Visit due"), reg, visit->household, g_strdup (visit->who), visit->due_on);
      matter->detail = visit->last_on == NULL
                         ? g_strdup_printf ("%s · %s", visit->reason, _ ("never visited"))
                         : g_strdup (visit->reason);
    }
  return due != NULL;
}

/* Restricted groups are not read by name here, as nowhere else. */
static gboolean
add_reviews (Collection *collection, GError **error)
{
  g_autoptr (GString) homes = g_string_new ("resident.household");
  g_autoptr (GPtrArray) rows = NULL;
  GHashTableIter iter;
  gpointer key;

  if (g_hash_table_size (collection->households) == 0)
    return TRUE;
  g_hash_table_iter_init (&iter, collection->households);
  for (gboolean first = TRUE; g_hash_table_iter_next (&iter, &key, NULL); first = FALSE)
    g_string_append_printf (homes, "%c%" G_GINT64_FORMAT, first ? '=' : ',', *(const gint64 *) key);
  rows = shequ_places_read (&collection->look, "resident_tag", error,
                            "active and review_on<=today+" REVIEW_DAYS " and %s", homes->str);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const ShequRow *row = rows->pdata[i];
      ShequGridMatter *matter = add (collection, _ ("Review"), row->reg, row->key, format (row, "resident"),
                                     shequ_row_get_text (row, "review_on"));

      matter->detail = format (row, "tag");
    }
  return rows != NULL;
}

/* One line a round. */
static gboolean
add_surveys (Collection *collection, GError **error)
{
  g_autoptr (GPtrArray) open = NULL;

  if (collection->place->kind == SHEQU_PLACE_REST || !g_str_equal (collection->place->reg->name, "grid"))
    return TRUE;
  open = shequ_places_group (&collection->look, "survey_line", "round", error,
                             "grid=%" G_GINT64_FORMAT " and state=open,absent and signed_on is empty",
                             collection->place->key);
  for (guint i = 0; open != NULL && i < open->len; i++)
    {
      const ShequSummaryRow *line = open->pdata[i];
      const ShequRegister *reg = shequ_office_get_register (collection->look.office, "survey_round");
      ShequGridMatter *matter =
        add (collection, _ ("Survey"), reg, line->group != NULL ? g_ascii_strtoll (line->group, NULL, 10) : 0,
             g_strdup (line->label != NULL ? line->label : ""), NULL);

      matter->detail = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d household to be seen",
                                                     "%d households to be seen", (gulong) line->count),
                                        (int) line->count);
    }
  return open != NULL;
}

static gboolean
add_posts (Collection *collection, GError **error)
{
  g_autoptr (GHashTable) here = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray) buildings =
    shequ_places_read (&collection->look, "building", error, "%s", collection->buildings);
  g_autoptr (GPtrArray) headless =
    shequ_places_read (&collection->look, "building", error, "%s and no post(kind=building_head and active)",
                       collection->buildings);
  g_autoptr (GPtrArray) stairwells =
    headless != NULL ? shequ_network_list_gaps (collection->look.office, SHEQU_GAP_STAIRWELL_HEAD, 0, 0,
                                                collection->look.cancellable, error)
                     : NULL;

  for (guint i = 0; stairwells != NULL && i < headless->len; i++)
    {
      const ShequRow *row = headless->pdata[i];
      ShequGridMatter *matter =
        add (collection, _ ("Empty post"), row->reg, row->key, shequ_row_get_title (row), NULL);

      matter->detail = g_strdup (_ ("Building head"));
    }
  for (guint i = 0; buildings != NULL && i < buildings->len; i++)
    g_hash_table_add (here, &((ShequRow *) buildings->pdata[i])->key);
  for (guint i = 0; stairwells != NULL && i < stairwells->len; i++)
    {
      const ShequNetworkGap *gap = stairwells->pdata[i];
      ShequGridMatter *matter;

      if (!g_hash_table_contains (here, &gap->key))
        continue;
      matter = add (collection, _ ("Empty post"), gap->reg, gap->key, g_strdup (gap->place), NULL);
      matter->detail = g_strdup_printf (_ ("Stairwell heads: %s"), gap->stairwells);
    }
  return buildings != NULL && stairwells != NULL;
}

/**
 * shequ_grid_matters_list:
 * @office: the office
 * @place: a grid, an estate, a building or the rest
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * What is open in a grid, for whoever answers for it: visits to be followed up, visits due, key groups to be
 * reviewed within 30 days, rounds that are not done, posts that nobody holds.
 *
 * Returns: (transfer full) (element-type ShequGridMatter): the matters by kind, in each the longest due
 * first; none of places that have no buildings
 */
GPtrArray *
shequ_grid_matters_list (ShequOffice *office,
                         const ShequPlace *place,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autofree char *buildings = shequ_places_name_buildings (place);
  g_autofree char *today = shequ_office_get_today (office);
  g_autoptr (GPtrArray) matters = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_grid_matter_free);
  Collection collection = { { office, cancellable }, place, buildings, today, NULL, matters };
  g_autoptr (GHashTable) households = NULL;

  if (buildings == NULL)
    return g_steal_pointer (&matters);
  collection.households = households = shequ_places_collect_households (&collection.look, buildings, error);
  if (households == NULL || !add_follow_ups (&collection, error) || !add_visits (&collection, error) ||
      !add_reviews (&collection, error) || !add_surveys (&collection, error) ||
      !add_posts (&collection, error))
    return NULL;
  return g_steal_pointer (&matters);
}

static gpointer
list_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_grid_matters_list (office, data, cancellable, error);
}

/**
 * shequ_grid_matters_list_async:
 * @office: the office
 * @place: a place
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_grid_matters_list(), on a worker thread.
 */
void
shequ_grid_matters_list_async (ShequOffice *office,
                               const ShequPlace *place,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  shequ_office_run_async (office, list_work, shequ_place_copy (place), (GDestroyNotify) shequ_place_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
shequ_grid_matters_list_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}
