#include "config.h"

#include <gio/gio.h>

#include "shequ-record-list-private.h"
#include "shequ-record-private.h"

#define FIRST_KEYS 200
#define FIRST_ROWS 60
#define PAGE_ROWS 100
#define PAGES_AT_ONCE 2
#define NO_PAGE G_MAXUINT

/* A look for keys, on its way. */
typedef struct
{
  GWeakRef list;
  guint number;
  gboolean first;
  ShequQuery *query;
  ShequFinder *finder; /* (nullable) */
  gboolean stale;      /* something was changed since it was made */
  guint n_changes;     /* that the list was told of when the look was started */
} Look;

typedef struct
{
  GArray *keys;    /* of gint64 */
  GPtrArray *rows; /* (nullable): of ShequRow */
  gboolean complete;
  ShequFinder *finder; /* (nullable): the list as it is after the changes */
  gint64 entry;        /* the last one of the change log before the keys were read */
  gboolean lost;       /* too much was changed for the finder to follow */
} Found;

/* A fetch of rows, on its way. */
typedef struct
{
  GWeakRef list;
  guint page;
  ShequQuery *query;
  GArray *keys;
} Fetch;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_weak_ref_clear (&look->list);
  g_clear_pointer (&look->query, shequ_query_free);
  g_clear_pointer (&look->finder, shequ_finder_unref);
  g_free (look);
}

static void
found_free (gpointer data)
{
  Found *found = data;

  g_clear_pointer (&found->keys, g_array_unref);
  g_clear_pointer (&found->rows, g_ptr_array_unref);
  g_clear_pointer (&found->finder, shequ_finder_unref);
  g_free (found);
}

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_weak_ref_clear (&fetch->list);
  g_clear_pointer (&fetch->keys, g_array_unref);
  g_clear_pointer (&fetch->query, shequ_query_free);
  g_free (fetch);
}

static GPtrArray *
fetch_rows (ShequOffice *office,
            const ShequQuery *query,
            GArray *keys,
            guint n_keys,
            GCancellable *cancellable,
            GError **error)
{
  return shequ_store_fetch_of (shequ_office_get_store (office), query, &g_array_index (keys, gint64, 0),
                               n_keys, SHEQU_FETCH_TITLES | SHEQU_FETCH_COMPUTED, cancellable, error);
}

/* Where the whole list is known, all that is found in it is there at once; but not in order of match. */
static GArray *
list_keys (ShequStore *store, const Look *look, gboolean *complete, GCancellable *cancellable, GError **error)
{
  const ShequQuery *query = look->query;
  gboolean sorted = query->sort != NULL && query->sort->len > 0;
  GArray *keys;

  *complete = look->finder != NULL;
  if (look->finder == NULL)
    return shequ_store_list_keys (store, query, cancellable, error);
  if (query->search == NULL)
    return g_array_ref (shequ_finder_get_keys (look->finder));
  if (sorted)
    return shequ_finder_search (look->finder, query->search, query->limit, complete, cancellable, error);
  keys = shequ_finder_search_best (look->finder, query->search, query->limit, cancellable, error);
  *complete = keys != NULL && (query->limit == 0 || keys->len < query->limit);
  return keys;
}

/* A finder that was made before a change is brought behind it; that costs little. */
static gboolean
follow_changes (ShequOffice *office, Look *look, Found *found, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (look->finder == NULL || !look->stale)
    return TRUE;
  found->finder = shequ_finder_follow (look->finder, look->query->today, cancellable, &problem);
  g_clear_pointer (&look->finder, shequ_finder_unref);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  found->lost = found->finder == NULL;
  if (found->finder != NULL)
    look->finder = shequ_finder_ref (found->finder);
  return TRUE;
}

static gpointer
look_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  Look *look = data;
  guint limit = look->query->limit;
  ShequStore *store = shequ_office_get_store (office);
  gboolean all = FALSE;
  ShequPinyin *pinyin;
  Found *found;

  if (look->first && (limit == 0 || limit > FIRST_KEYS))
    look->query->limit = FIRST_KEYS;
  found = g_new0 (Found, 1);
  if (follow_changes (office, look, found, cancellable, error) &&
      (found->entry = shequ_finder_get_last_entry (store, cancellable, error)) >= 0)
    found->keys = list_keys (store, look, &all, cancellable, error);
  if (found->keys != NULL && look->first)
    found->rows =
      fetch_rows (office, look->query, found->keys, MIN (found->keys->len, FIRST_ROWS), cancellable, error);
  if (found->keys == NULL || (look->first && found->rows == NULL))
    {
      found_free (found);
      return NULL;
    }
  /* The window marks what was typed, and must not wait for ICU. */
  pinyin = !look->first || look->query->search != NULL ? shequ_store_get_pinyin (store, NULL) : NULL;
  if (pinyin != NULL)
    shequ_pinyin_open (pinyin);
  found->complete = all || !look->first || found->keys->len < FIRST_KEYS || limit == FIRST_KEYS;
  return found;
}

static void looked (GObject *source, GAsyncResult *result, gpointer user_data);

static void
start_look (ShequRecordList *self, gboolean first)
{
  Look *look = g_new0 (Look, 1);
  Look *answer = g_new0 (Look, 1);

  look->query = shequ_query_copy (self->query);
  look->first = answer->first = first;
  if (self->finder != NULL)
    {
      look->finder = shequ_finder_ref (self->finder);
      look->stale = self->n_followed != self->n_changes;
    }
  answer->n_changes = self->n_changes;
  answer->number = self->look;
  g_weak_ref_init (&look->list, NULL);
  g_weak_ref_init (&answer->list, self);
  shequ_office_run_async (self->office, look_work, look, look_free, found_free, self->cancellable, looked,
                          answer);
}

static void
end_look (ShequRecordList *self)
{
  gboolean again = self->again;

  self->again = FALSE;
  g_clear_object (&self->cancellable);
  shequ_record_list_set_loading (self, FALSE);
  if (again)
    shequ_record_list_refresh (self);
  else if (self->error_message == NULL)
    shequ_record_list_prepare (self, self->query->search == NULL ? self->keys : NULL);
}

static void
adopt_rows (ShequRecordList *self, GPtrArray *rows)
{
  while (rows->len > 0)
    shequ_record_list_adopt (self, g_ptr_array_steal_index (rows, rows->len - 1));
}

/* What became of the finder while something was looked for. */
static void
adopt_finder (ShequRecordList *self, const Look *look, const Found *found)
{
  if (found->finder != NULL)
    shequ_record_list_take_finder (self, found->finder, look->n_changes);
  else if (found->lost)
    shequ_record_list_forget_finder (self);
}

static void
looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Look *look = user_data;
  g_autoptr (ShequRecordList) self = g_weak_ref_get (&look->list);
  g_autoptr (GError) error = NULL;
  Found *found = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  if (self != NULL && look->number == self->look)
    {
      shequ_record_list_set_error (self, error);
      if (found != NULL)
        adopt_finder (self, look, found);
      if (found != NULL && found->rows != NULL)
        adopt_rows (self, found->rows);
      if (found != NULL)
        self->entry = found->entry;
      if (found != NULL)
        shequ_record_list_take_keys (self, g_steal_pointer (&found->keys));
      /* A handler of items-changed may have asked for something else by now. */
      if (look->number != self->look)
        ;
      else if (found != NULL && !found->complete)
        start_look (self, FALSE);
      else
        end_look (self);
    }
  g_clear_pointer (&found, found_free);
  look_free (look);
}

void
shequ_record_list_stop (ShequRecordList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->look++;
}

void
shequ_record_list_look (ShequRecordList *self, gboolean something_else)
{
  shequ_record_list_stop (self);
  self->again = FALSE;
  self->cancellable = g_cancellable_new ();
  shequ_record_list_set_loading (self, TRUE);
  start_look (self, something_else);
}

static gpointer
fetch_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Fetch *fetch = data;

  return fetch_rows (office, fetch->query, fetch->keys, fetch->keys->len, cancellable, error);
}

/* A record whose row did not come may be asked for again. */
static void
forgive (ShequRecordList *self, const GArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    {
      ShequRecord *record = g_hash_table_lookup (self->records, &g_array_index (keys, gint64, i));

      if (record != NULL)
        record->wanted = FALSE;
    }
}

static void pump (ShequRecordList *self);

static void
fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fetch *fetch = user_data;
  g_autoptr (ShequRecordList) self = g_weak_ref_get (&fetch->list);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  if (self != NULL)
    {
      if (error != NULL)
        shequ_record_list_set_error (self, error);
      /* Rows of another day than the one looked at by now. */
      if (rows != NULL && g_strcmp0 (fetch->query->as_of, self->query->as_of) == 0)
        adopt_rows (self, rows);
      forgive (self, fetch->keys);
      if (fetch->page != NO_PAGE)
        {
          self->pages_on_their_way--;
          g_hash_table_remove (self->pages_asked, GUINT_TO_POINTER (fetch->page));
          pump (self);
        }
    }
  fetch_free (fetch);
}

static Fetch *
fetch_new (ShequRecordList *self, GArray *keys, guint page, gboolean with_list)
{
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->query = shequ_query_copy (self->query);
  fetch->keys = g_array_ref (keys);
  fetch->page = page;
  g_weak_ref_init (&fetch->list, with_list ? self : NULL);
  return fetch;
}

static void
start_fetch (ShequRecordList *self, GArray *keys, guint page)
{
  shequ_office_run_async (self->office, fetch_work, fetch_new (self, keys, page, FALSE), fetch_free,
                          (GDestroyNotify) g_ptr_array_unref, NULL, fetched,
                          fetch_new (self, keys, page, TRUE));
}

/* The keys of a page that have no row yet, or none at all when nobody waits for one of them any more. */
static GArray *
collect_page (ShequRecordList *self, guint page)
{
  guint first = page * PAGE_ROWS, last = MIN (first + PAGE_ROWS, self->keys->len);
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean wanted = FALSE;

  for (guint i = first; i < last; i++)
    {
      gint64 *key = &g_array_index (self->keys, gint64, i);
      ShequRecord *record = g_hash_table_lookup (self->records, key);

      if (record == NULL || record->row == NULL || record->stale)
        g_array_append_val (keys, *key);
      wanted = wanted || (record != NULL && record->wanted);
    }
  if (!wanted)
    g_array_set_size (keys, 0);
  return keys;
}

static void
pump (ShequRecordList *self)
{
  while (self->pages_on_their_way < PAGES_AT_ONCE && self->pages.length > 0)
    {
      guint page = GPOINTER_TO_UINT (g_queue_pop_head (&self->pages));
      g_autoptr (GArray) keys = collect_page (self, page);

      if (keys->len == 0)
        {
          g_hash_table_remove (self->pages_asked, GUINT_TO_POINTER (page));
          continue;
        }
      self->pages_on_their_way++;
      start_fetch (self, keys, page);
    }
}

void
shequ_record_list_want (ShequRecordList *self, ShequRecord *record)
{
  gpointer page = GUINT_TO_POINTER (record->position / PAGE_ROWS);

  record->wanted = TRUE;
  if (record->position >= self->keys->len)
    {
      g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));

      g_array_append_val (keys, record->key);
      start_fetch (self, keys, NO_PAGE);
      return;
    }
  if (!g_hash_table_add (self->pages_asked, page))
    return;
  g_queue_push_head (&self->pages, page);
  pump (self);
}

void
shequ_record_list_fetch (ShequRecordList *self, GArray *keys)
{
  start_fetch (self, keys, NO_PAGE);
}

void
shequ_record_list_forget_pages (ShequRecordList *self)
{
  g_queue_clear (&self->pages);
  g_hash_table_remove_all (self->pages_asked);
}
