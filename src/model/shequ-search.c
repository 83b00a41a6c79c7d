#include "shequ-search.h"

#include "config.h"

/* How many findings are looked at for one that may be chosen. */
#define LOOKED_AT 8

typedef struct
{
  char *typed;
  guint limit;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->typed);
  g_free (search);
}

/**
 * shequ_office_search:
 * @office: the office
 * @typed: what a person typed
 * @limit: how many findings
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Searches all registers at once, for the one search of the window.
 *
 * Returns: (transfer full) (element-type ShequHit): the findings, the best first
 */
GPtrArray *
shequ_office_search (ShequOffice *office,
                     const char *typed,
                     guint limit,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autofree char *today = shequ_office_get_today (office);

  return shequ_store_search (shequ_office_get_store (office), typed, NULL, limit, today, cancellable, error);
}

static gpointer
search_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Search *search = data;

  return shequ_office_search (office, search->typed, search->limit, cancellable, error);
}

/**
 * shequ_office_search_async:
 * @office: the office
 * @typed: what a person typed
 * @limit: how many findings
 * @cancellable: (nullable): to give up, as when more is typed
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_office_search(), on a worker thread.
 */
void
shequ_office_search_async (ShequOffice *office,
                           const char *typed,
                           guint limit,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Search *search = g_new0 (Search, 1);

  search->typed = g_strdup (typed);
  search->limit = limit;
  shequ_office_run_async (office, search_work, search, search_free, (GDestroyNotify) g_ptr_array_unref,
                          cancellable, callback, user_data);
}

/**
 * shequ_office_search_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequHit): as shequ_office_search()
 */
GPtrArray *
shequ_office_search_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

static void
take_row (GPtrArray *hits, const ShequRow *row)
{
  ShequHit *hit = g_new0 (ShequHit, 1);

  hit->reg = row->reg;
  hit->key = row->key;
  hit->title = shequ_row_get_title (row);
  hit->detail = shequ_row_get_detail (row);
  g_ptr_array_add (hits, hit);
}

/* The first records in the usual order, for an entry in which nothing is typed yet. */
static GPtrArray *
list_first (ShequOffice *office,
            const ShequRegister *reg,
            gboolean in_use,
            guint limit,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (ShequQuery) query = shequ_office_new_query (office, reg);
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_hit_free);
  g_autoptr (GPtrArray) rows = NULL;

  if (in_use)
    shequ_query_take_where (query, shequ_condition_ref (reg->choose));
  query->limit = limit;
  rows = shequ_office_get_rows (office, query, cancellable, error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    take_row (hits, rows->pdata[i]);
  return g_steal_pointer (&hits);
}

/* Which of the findings are still in use, as the description of the register says it. */
static GHashTable *
find_in_use (ShequOffice *office,
             const ShequRegister *reg,
             const GPtrArray *hits,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (ShequQuery) query = shequ_office_new_query (office, reg);
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) keys = NULL;
  ShequCondition *among;

  for (guint i = 0; i < hits->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT,
                            i > 0 ? "," : "key=", ((const ShequHit *) hits->pdata[i])->key);
  among = shequ_condition_parse (text->str, error);
  if (among == NULL)
    return NULL;
  shequ_query_take_where (query, among);
  shequ_query_take_where (query, shequ_condition_ref (reg->choose));
  keys = shequ_store_list_keys (shequ_office_get_store (office), query, cancellable, error);
  if (keys == NULL)
    return NULL;
  for (guint i = 0; i < keys->len; i++)
    g_hash_table_add (found, g_memdup2 (&g_array_index (keys, gint64, i), sizeof (gint64)));
  return g_steal_pointer (&found);
}

static gboolean
drop_out_of_use (ShequOffice *office,
                 const ShequRegister *reg,
                 GPtrArray *hits,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GHashTable) found = find_in_use (office, reg, hits, cancellable, error);

  if (found == NULL)
    return FALSE;
  for (guint i = hits->len; i > 0; i--)
    if (!g_hash_table_contains (found, &((const ShequHit *) hits->pdata[i - 1])->key))
      g_ptr_array_remove_index (hits, i - 1);
  return TRUE;
}

/**
 * shequ_office_search_choices:
 * @office: the office
 * @reg: the register
 * @typed: what a person typed; the first records when nothing
 * @in_use: whether those stay out that are not to be chosen any more (`Choose=` of the register)
 * @limit: how many findings
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * What is offered where a link to the register is filled in, or by which a list is narrowed.
 *
 * Returns: (transfer full) (element-type ShequHit): the findings, the best first
 */
GPtrArray *
shequ_office_search_choices (ShequOffice *office,
                             const ShequRegister *reg,
                             const char *typed,
                             gboolean in_use,
                             guint limit,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autofree char *today = shequ_office_get_today (office);
  g_autoptr (GPtrArray) hits = NULL;

  in_use = in_use && reg->choose != NULL;
  if (*typed == '\0')
    return list_first (office, reg, in_use, limit, cancellable, error);
  hits = shequ_store_search (shequ_office_get_store (office), typed, reg, in_use ? limit * LOOKED_AT : limit,
                             today, cancellable, error);
  if (hits == NULL || (in_use && hits->len > 0 && !drop_out_of_use (office, reg, hits, cancellable, error)))
    return NULL;
  if (hits->len > limit)
    g_ptr_array_set_size (hits, (int) limit);
  return g_steal_pointer (&hits);
}
