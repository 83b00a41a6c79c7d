/* What the descriptions restrict (`RestrictedWhen=`) is looked at for a purpose, and each look is logged. */
#include "shequ-restricted.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "shequ-error.h"
#include "shequ-office-private.h"

/* Two characters, 走访, are the shortest purpose that says anything. */
#define SHORTEST_PURPOSE 2

typedef struct
{
  const ShequField *link;
  gint64 key;
  char *purpose;
} View;

static void
view_free (gpointer data)
{
  View *view = data;

  g_free (view->purpose);
  g_free (view);
}

static ShequQuery *
new_query (ShequOffice *office, const ShequField *link, gint64 key, gboolean with_restricted)
{
  ShequQuery *query = shequ_office_new_query (office, link->owner);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, key);

  shequ_query_take_where (query, shequ_condition_new_compare (SHEQU_CONDITION_EQUAL, link->name, text));
  query->with_restricted = with_restricted;
  return query;
}

/* What is there only when what is restricted is asked for, too. */
static GArray *
find_restricted (ShequOffice *office,
                 const ShequField *link,
                 gint64 key,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (ShequQuery) open_query = new_query (office, link, key, FALSE);
  g_autoptr (ShequQuery) whole_query = new_query (office, link, key, TRUE);
  ShequStore *store = shequ_office_get_store (office);
  g_autoptr (GArray) shown = shequ_store_list_keys (store, open_query, cancellable, error);
  g_autoptr (GArray) all =
    shown != NULL ? shequ_store_list_keys (store, whole_query, cancellable, error) : NULL;
  GArray *hidden;

  if (all == NULL)
    return NULL;
  hidden = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < all->len; i++)
    {
      gint64 record = g_array_index (all, gint64, i);
      gboolean is_shown = FALSE;

      for (guint j = 0; !is_shown && j < shown->len; j++)
        is_shown = g_array_index (shown, gint64, j) == record;
      if (!is_shown)
        g_array_append_val (hidden, record);
    }
  return hidden;
}

/**
 * shequ_restricted_count:
 * @office: an office
 * @link: the link by which records of a register with `RestrictedWhen` belong to others
 * @key: the record to which they link
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * That they are there is said without a purpose, no more.
 *
 * Returns: how many restricted records link to it, -1 on error
 */
gint64
shequ_restricted_count (ShequOffice *office,
                        const ShequField *link,
                        gint64 key,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GArray) hidden = find_restricted (office, link, key, cancellable, error);

  return hidden != NULL ? (gint64) hidden->len : -1;
}

/* {"resident_tag":[12,15]}: which records were seen. */
static char *
name_seen (const ShequRegister *reg, const GArray *keys)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, reg->name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < keys->len; i++)
    json_builder_add_int_value (builder, g_array_index (keys, gint64, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* Whatever is shown for a purpose passes here: without purpose or entry nothing is. */
gboolean
shequ_restricted_log (ShequOffice *office,
                      ShequAction action,
                      const ShequRegister *reg,
                      gint64 key,
                      const char *seen,
                      const char *purpose,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (ShequTransaction) transaction = NULL;

  if (!shequ_restricted_check_purpose (purpose, error) ||
      !shequ_store_allows (shequ_office_get_store (office), SHEQU_RIGHT_UNMASK, reg, error))
    return FALSE;
  transaction = shequ_office_begin (office, purpose, cancellable, error);
  return transaction != NULL && shequ_transaction_log (transaction, action, reg, key, seen, error) &&
         shequ_transaction_commit (transaction, error);
}

gboolean
shequ_restricted_check_purpose (const char *purpose, GError **error)
{
  if (purpose != NULL && g_utf8_strlen (purpose, -1) >= SHORTEST_PURPOSE)
    return TRUE;
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                       _ ("What is restricted is shown for a purpose only. Nothing was shown; say what it "
                          "is needed for."));
  return FALSE;
}

static gboolean
log_view (ShequOffice *office,
          const View *view,
          const GArray *keys,
          GCancellable *cancellable,
          GError **error)
{
  g_autofree char *seen = name_seen (view->link->owner, keys);

  return shequ_restricted_log (office, SHEQU_ACTION_VIEW, view->link->target, view->key, seen, view->purpose,
                               cancellable, error);
}

static gpointer
view_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const View *view = data;
  g_autoptr (GArray) keys = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *today = shequ_office_get_today (office);

  if (!shequ_restricted_check_purpose (view->purpose, error))
    return NULL;
  keys = find_restricted (office, view->link, view->key, cancellable, error);
  if (keys == NULL)
    return NULL;
  if (keys->len == 0)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_row_free);
  rows =
    shequ_store_fetch (shequ_office_get_store (office), view->link->owner, &g_array_index (keys, gint64, 0),
                       keys->len, SHEQU_FETCH_TITLES | SHEQU_FETCH_COMPUTED, today, cancellable, error);
  /* Nothing is handed out before its entry is committed. */
  return rows != NULL && log_view (office, view, keys, cancellable, error) ? g_steal_pointer (&rows) : NULL;
}

static View *
new_view (const ShequField *link, gint64 key, const char *purpose)
{
  View *view = g_new0 (View, 1);

  view->link = link;
  view->key = key;
  view->purpose = g_strstrip (g_strdup (purpose != NULL ? purpose : ""));
  return view;
}

/**
 * shequ_restricted_view:
 * @office: an office
 * @link: the link by which records of a register with `RestrictedWhen` belong to others
 * @key: the record to which they link
 * @purpose: what it is needed for, in words
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Reads the restricted records that link to one. That they were seen, by whom and what for, stands in the
 * change log of the record to which they link before they are handed out; where there are none, nothing does.
 *
 * Returns: (transfer full) (element-type ShequRow): the records; %NULL with %SHEQU_ERROR_INVALID_VALUE when
 * no purpose is said
 */
GPtrArray *
shequ_restricted_view (ShequOffice *office,
                       const ShequField *link,
                       gint64 key,
                       const char *purpose,
                       GCancellable *cancellable,
                       GError **error)
{
  View *view = new_view (link, key, purpose);
  GPtrArray *rows = view_in_thread (office, view, cancellable, error);

  view_free (view);
  return rows;
}

/**
 * shequ_restricted_view_async:
 * @office: an office
 * @link: as of shequ_restricted_view()
 * @key: the record to which they link
 * @purpose: what it is needed for
 * @cancellable: (nullable): to stop
 * @callback: called when they are read and logged
 * @user_data: for @callback
 *
 * As shequ_restricted_view(), on a worker thread.
 */
void
shequ_restricted_view_async (ShequOffice *office,
                             const ShequField *link,
                             gint64 key,
                             const char *purpose,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  shequ_office_run_async (office, view_in_thread, new_view (link, key, purpose), view_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

/**
 * shequ_restricted_view_finish:
 * @office: an office
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequRow): as shequ_restricted_view()
 */
GPtrArray *
shequ_restricted_view_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

/* Whether a record may be shown as it is; the one gate of whatever opens a single record. */
gboolean
shequ_restricted_check (ShequOffice *office,
                        const ShequRow *row,
                        const char *as_of,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (ShequQuery) query = NULL;
  g_autofree char *today = NULL;
  g_autofree char *text = NULL;
  gint64 count;

  if (row->reg->restricted_when == NULL)
    return TRUE;
  today = shequ_office_get_today (office);
  text = g_strdup_printf ("%" G_GINT64_FORMAT, row->key);
  query = shequ_query_new (row->reg, today);
  shequ_query_set_as_of (query, as_of);
  shequ_query_take_where (query, shequ_condition_new_compare (SHEQU_CONDITION_EQUAL, "key", text));
  count = shequ_store_count (shequ_office_get_store (office), query, cancellable, error);
  if (count == 0)
    g_set_error_literal (
      error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
      _ ("This record is restricted and was not shown. Open the record to which it belongs "
         "and say what it is needed for."));
  return count > 0;
}
