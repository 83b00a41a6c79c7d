/* One search over several registers, best first. */
#include "shequ-store-private.h"

#include "shequ-search-marks.h"
#include "shequ-search-tokens.h"

#include "config.h"

#include <string.h>

void
shequ_hit_free (ShequHit *hit)
{
  g_free (hit->title);
  g_free (hit->detail);
  g_free (hit);
}

static void
free_hit (gpointer data)
{
  shequ_hit_free (data);
}

static gboolean
search_register (ShequConnection *connection,
                 const ShequRegister *reg,
                 const char *typed,
                 const ShequSearchMarks *marks,
                 guint limit,
                 const char *today,
                 GPtrArray *hits,
                 GError **error)
{
  g_autoptr (ShequQuery) query = shequ_query_new (reg, today);
  g_autoptr (GArray) keys = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  shequ_query_set_search (query, typed);
  query->limit = limit;
  keys = shequ_lookup_list_keys (connection, query, error);
  if (keys == NULL)
    return FALSE;
  rows = shequ_lookup_fetch (connection, reg, (const gint64 *) keys->data, keys->len,
                             SHEQU_FETCH_TITLES | SHEQU_FETCH_COMPUTED, today, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const ShequRow *row = rows->pdata[i];
      ShequHit *hit = g_new0 (ShequHit, 1);

      hit->reg = reg;
      hit->key = row->key;
      hit->title = shequ_row_get_title (row);
      hit->detail = shequ_row_get_detail (row);
      /* The order of the index breaks ties. */
      hit->score = shequ_search_marks_score (marks, hit->title) - 0.0001 * MIN (i, 999);
      g_ptr_array_add (hits, hit);
    }
  return TRUE;
}

static int
compare_hits (gconstpointer one, gconstpointer other)
{
  const ShequHit *a = *(const ShequHit *const *) one;
  const ShequHit *b = *(const ShequHit *const *) other;

  return a->score > b->score ? -1 : a->score < b->score ? 1 : 0;
}

/**
 * shequ_store_search:
 * @store: a store
 * @typed: what a person typed: part of a name, initials, last digits, an address
 * @only: (nullable): the one register to look in
 * @limit: the most hits
 * @today: (nullable): the day by which ages in details are told
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequHit): what was found, best first
 */
GPtrArray *
shequ_store_search (ShequStore *store,
                    const char *typed,
                    const ShequRegister *only,
                    guint limit,
                    const char *today,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func (free_hit);
  g_auto (GStrv) terms = shequ_search_query_terms (typed);
  const GPtrArray *registers = shequ_catalogue_get_registers (store->catalogue);
  g_autoptr (ShequSearchMarks) marks = NULL;
  ShequPinyin *pinyin;
  ShequConnection *reader;
  gboolean done = TRUE;

  if (only != NULL && !shequ_store_allows (store, SHEQU_RIGHT_VIEW, only, error))
    return NULL;
  if (terms == NULL || terms[0] == NULL)
    return g_steal_pointer (&hits);
  pinyin = shequ_store_get_pinyin (store, error);
  reader = pinyin != NULL ? shequ_store_take_reader (store, cancellable, error) : NULL;
  if (reader == NULL)
    return NULL;
  marks = shequ_search_marks_new (typed, pinyin);
  for (guint i = 0; done && i < registers->len; i++)
    {
      const ShequRegister *reg = registers->pdata[i];

      if ((only == NULL || only == reg) && shequ_sql_register_is_searched (reg) &&
          shequ_access_allows (reader->access, SHEQU_RIGHT_VIEW, reg, NULL))
        done = search_register (reader, reg, typed, marks, limit, today, hits, error);
    }
  shequ_store_give_reader (store, reader);
  if (!done)
    return NULL;
  g_ptr_array_sort (hits, compare_hits);
  if (limit > 0 && hits->len > limit)
    g_ptr_array_set_size (hits, (int) limit);
  return g_steal_pointer (&hits);
}
