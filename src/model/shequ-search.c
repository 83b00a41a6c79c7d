#include "shequ-search.h"

#include "config.h"

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
