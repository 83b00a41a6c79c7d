/*
 * A store: one writer, several readers, over one engine.
 *
 * Looks may come from any thread; each borrows a reader and gives it back. Changes come one at a time; a
 * transaction holds the writer from begin to commit. Nothing here waits for a person.
 */
#include "shequ-store-private.h"

#include "shequ-chain-private.h"
#include "shequ-error.h"
#include "shequ-indexes-private.h"
#include "shequ-protection-private.h"
#include "shequ-scope-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#define MOST_IDLE_READERS 4

#define LARGE_ARRAY (256 * 1024)
#define LARGE_HEAP (4 * 1024 * 1024)

static void
store_free (ShequStore *store)
{
  ShequConnection *reader;

  while ((reader = g_queue_pop_head (&store->idle_readers)) != NULL)
    shequ_connection_close (reader);
  g_clear_pointer (&store->writer, shequ_connection_close);
  g_clear_pointer (&store->catalogue, shequ_catalogue_unref);
  g_clear_pointer (&store->shipped, shequ_catalogue_unref);
  g_ptr_array_unref (store->problems);
  g_free (store->gap);
  g_rand_free (store->random);
  g_clear_pointer (&store->tokens, shequ_search_tokens_free);
  g_clear_pointer (&store->pinyin, shequ_pinyin_unref);
  g_clear_pointer (&store->keyring, shequ_keyring_unref);
  g_clear_pointer (&store->access, shequ_access_unref);
  g_clear_pointer (&store->salvage, shequ_salvage_free);
  g_free (store->keys);
  g_mutex_clear (&store->lock);
  g_cond_clear (&store->writer_free);
  g_free (store->uri);
  g_free (store->location);
  g_free (store->origin);
  g_free (store);
}

/* The keys of a long list and the sets of its searches come and go in arrays of megabytes. The C library
 * would learn to put those on the heap, too, and keep what they leave behind: 60 MB in a city. */
static void
set_up_memory (void)
{
#ifdef __GLIBC__
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      mallopt (M_MMAP_THRESHOLD, LARGE_ARRAY);
      /* Else glibc stays with 128 KB, and asks the kernel for the same pages again and again. */
      mallopt (M_TRIM_THRESHOLD, LARGE_HEAP);
      g_once_init_leave (&done, 1);
    }
#endif
}

static ShequStore *
store_new (const char *uri,
           const ShequEngine *engine,
           const char *location,
           ShequCatalogue *catalogue,
           ShequOpenMode mode)
{
  ShequStore *store = g_new0 (ShequStore, 1);

  set_up_memory ();
  g_atomic_ref_count_init (&store->references);
  g_mutex_init (&store->lock);
  g_cond_init (&store->writer_free);
  g_queue_init (&store->idle_readers);
  store->uri = g_strdup (uri);
  store->location = g_strdup (location);
  store->origin = g_uuid_string_random ();
  store->engine = engine;
  store->mode = mode;
  store->catalogue = shequ_catalogue_ref (catalogue);
  store->shipped = shequ_catalogue_ref (catalogue);
  store->problems = g_ptr_array_new_with_free_func (g_free);
  store->random = g_rand_new ();
  return store;
}

/**
 * shequ_store_open:
 * @uri: a path, `sqlite:PATH`, or the address of another engine
 * @catalogue: the descriptions of all registers; kept
 * @mode: whether to make a new database
 * @cancellable: (nullable): to stop
 * @error: %SHEQU_ERROR_UNREACHABLE, %SHEQU_ERROR_DAMAGED, %SHEQU_ERROR_NEWER, %SHEQU_ERROR_LOCKED
 *
 * Opens a database and brings its tables up to the descriptions: new registers and fields are added,
 * nothing is ever dropped. Registers and fields that the office has made are added to the descriptions, so
 * that the catalogue to work with is that of shequ_store_get_catalogue(). A database that is being made and
 * fails leaves no file.
 *
 * Returns: (transfer full): the store
 */
ShequStore *
shequ_store_open (const char *uri,
                  ShequCatalogue *catalogue,
                  ShequOpenMode mode,
                  GCancellable *cancellable,
                  GError **error)
{
  return shequ_store_open_with_progress (uri, catalogue, mode, NULL, NULL, cancellable, error);
}

/**
 * shequ_store_open_with_progress:
 * @uri: a path, `sqlite:PATH`, or the address of another engine
 * @catalogue: the descriptions of all registers; kept
 * @mode: whether to make a new database
 * @progress: (nullable) (scope call): told how far it is where a search index must be made anew
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop; an index that is half made is made to its end at the next opening
 * @error: as of shequ_store_open()
 *
 * Opens a database as shequ_store_open() does, and tells of what takes long.
 *
 * Returns: (transfer full): the store
 */
ShequStore *
shequ_store_open_with_progress (const char *uri,
                                ShequCatalogue *catalogue,
                                ShequOpenMode mode,
                                ShequOpenProgress progress,
                                gpointer progress_data,
                                GCancellable *cancellable,
                                GError **error)
{
  g_autoptr (ShequStore) store = NULL;
  const char *location = NULL;
  const ShequEngine *engine = shequ_engine_require (uri, &location, error);
  ShequConnection *first;

  if (engine == NULL)
    return NULL;
  store = store_new (uri, engine, location, catalogue, mode);
  store->examined = mode == SHEQU_OPEN_CREATE;
  store->progress = progress;
  store->progress_data = progress_data;
  first = shequ_connection_open (engine, location, mode, mode == SHEQU_OPEN_READ_ONLY, error);
  if (first == NULL)
    return NULL;
  if (mode == SHEQU_OPEN_READ_ONLY)
    g_queue_push_tail (&store->idle_readers, first);
  else
    store->writer = first;
  first->cancellable = cancellable;
  if (!shequ_schema_prepare (store, first, mode == SHEQU_OPEN_CREATE, mode == SHEQU_OPEN_CREATE, error) ||
      (mode != SHEQU_OPEN_READ_ONLY && !shequ_chain_bring_up (store, first, error)))
    return NULL;
  if (mode != SHEQU_OPEN_CREATE)
    {
      shequ_own_load (store, first);
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !shequ_schema_prepare (store, first, FALSE, TRUE, error) ||
          (mode != SHEQU_OPEN_READ_ONLY && !shequ_indexes_bring_up (store, first, error)))
        return NULL;
      shequ_server_bring_up (store, first);
    }
  store->examined = TRUE;
  first->cancellable = NULL;
  store->progress = NULL;
  return g_steal_pointer (&store);
}

/* Makes a database for a move, or opens one that a move has begun to fill. Nobody else may use what it gives.
 */
ShequStore *
shequ_store_open_unfilled (const char *uri,
                           ShequCatalogue *catalogue,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (ShequStore) store = NULL;
  g_autoptr (GError) local = NULL;
  const char *location = NULL;
  const ShequEngine *engine = shequ_engine_require (uri, &location, error);
  gboolean exists = FALSE;

  if (engine == NULL)
    return NULL;
  store = store_new (uri, engine, location, catalogue, SHEQU_OPEN_EXISTING);
  store->filling = TRUE;
  store->examined = TRUE;
  store->writer = shequ_connection_open (engine, location, SHEQU_OPEN_CREATE, FALSE, &local);
  if (store->writer == NULL && g_error_matches (local, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT))
    store->writer = shequ_connection_open (engine, location, SHEQU_OPEN_EXISTING, FALSE, error);
  else if (store->writer == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  if (store->writer == NULL)
    return NULL;
  store->writer->cancellable = cancellable;
  if ((engine->begin_filling != NULL &&
       !shequ_connection_execute (store->writer, engine->begin_filling, error)) ||
      !engine->table_exists (store->writer, "shequ_setting", &exists, error) ||
      !shequ_schema_prepare (store, store->writer, !exists, FALSE, error))
    return NULL;
  return g_steal_pointer (&store);
}

/**
 * shequ_store_probe:
 * @uri: an address
 * @office: (out) (optional) (nullable): the name of the office that is kept there
 * @cancellable: (nullable): to stop
 * @error: %SHEQU_ERROR_UNREACHABLE, %SHEQU_ERROR_PERMISSION, %SHEQU_ERROR_NEWER, %SHEQU_ERROR_DAMAGED when it
 * is no database of Shequ
 *
 * Asks whether there is a database that this program can work with; changes nothing.
 *
 * Returns: whether there is
 */
gboolean
shequ_store_probe (const char *uri, char **office, GCancellable *cancellable, GError **error)
{
  const char *location = NULL;
  const ShequEngine *engine = shequ_engine_require (uri, &location, error);
  g_autoptr (ShequConnection) connection = NULL;

  if (engine == NULL)
    return FALSE;
  connection = shequ_connection_open (engine, location, SHEQU_OPEN_EXISTING, TRUE, error);
  if (connection == NULL)
    return FALSE;
  connection->cancellable = cancellable;
  return shequ_schema_check (connection, error) &&
         (office == NULL || shequ_lookup_setting (connection, "office.name", office, error));
}

ShequStore *
shequ_store_ref (ShequStore *store)
{
  g_atomic_ref_count_inc (&store->references);
  return store;
}

void
shequ_store_unref (ShequStore *store)
{
  if (g_atomic_ref_count_dec (&store->references))
    store_free (store);
}

/**
 * shequ_store_get_catalogue:
 * @store: a store
 *
 * Returns: (transfer none): the descriptions of its registers
 */
ShequCatalogue *
shequ_store_get_catalogue (ShequStore *store)
{
  return store->catalogue;
}

/**
 * shequ_store_get_shipped_catalogue:
 * @store: a store
 *
 * Returns: (transfer none): the descriptions without what the office has added
 */
ShequCatalogue *
shequ_store_get_shipped_catalogue (ShequStore *store)
{
  return store->shipped;
}

/**
 * shequ_store_get_problems:
 * @store: a store
 *
 * Returns: (transfer none) (element-type utf8): what of the office's own descriptions was left out when the
 *   database was opened, and why, one sentence each
 */
const GPtrArray *
shequ_store_get_problems (ShequStore *store)
{
  return store->problems;
}

/**
 * shequ_store_get_uri:
 * @store: a store
 *
 * Returns: (transfer none): the address it was opened with
 */
const char *
shequ_store_get_uri (ShequStore *store)
{
  return store->uri;
}

/**
 * shequ_store_get_pinyin:
 * @store: a store
 * @error: return location
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): how names are read, as the search index reads them
 */
ShequPinyin *
shequ_store_get_pinyin (ShequStore *store, GError **error)
{
  g_mutex_lock (&store->lock);
  if (store->pinyin == NULL)
    store->pinyin = shequ_pinyin_new (error);
  g_mutex_unlock (&store->lock);
  return store->pinyin;
}

/**
 * shequ_store_new_tokens:
 * @store: a store
 * @error: return location
 *
 * Reading names takes a tenth of a second to set up, which mere looks are spared; what was read is remembered
 * for all threads.
 *
 * Returns: (transfer full): a set of tokens for one thread, which makes search documents ahead of storing
 */
ShequSearchTokens *
shequ_store_new_tokens (ShequStore *store, GError **error)
{
  ShequPinyin *pinyin = shequ_store_get_pinyin (store, error);

  ShequSearchTokens *tokens;

  if (pinyin == NULL)
    return NULL;
  tokens = shequ_search_tokens_new (pinyin);
  shequ_search_tokens_take_seal (tokens, shequ_protection_new_seal (store));
  return tokens;
}

/**
 * shequ_store_set_random_seed:
 * @store: a store that nobody is writing to
 * @seed: what the identifiers of new records follow from
 *
 * Makes identifiers repeatable, for example data and tests.
 */
void
shequ_store_set_random_seed (ShequStore *store, guint64 seed)
{
  const guint32 parts[] = { (guint32) seed, (guint32) (seed >> 32) };

  g_rand_set_seed_array (store->random, parts, G_N_ELEMENTS (parts));
}

/* Another connection of a store that was open once: when there is none, it was lost. */
ShequConnection *
shequ_store_open_connection (ShequStore *store, gboolean reader, GError **error)
{
  ShequOpenMode mode = store->mode == SHEQU_OPEN_READ_ONLY ? SHEQU_OPEN_READ_ONLY : SHEQU_OPEN_EXISTING;
  ShequConnection *connection = shequ_connection_open (store->engine, store->location, mode, reader, error);

  if (connection == NULL)
    g_atomic_int_inc (&store->losses);
  else
    shequ_protection_fit (store, connection);
  return connection;
}

/* A reader of one's own, to be closed. */
ShequConnection *
shequ_store_open_reader (ShequStore *store, GError **error)
{
  return shequ_store_open_connection (store, TRUE, error);
}

/* A reader for the calling thread, working under `cancellable`, that sees what who works with the store may
 * see. */
ShequConnection *
shequ_store_take_reader (ShequStore *store, GCancellable *cancellable, GError **error)
{
  ShequConnection *reader = shequ_store_take_program_reader (store, cancellable, error);
  g_autoptr (ShequAccess) access = reader != NULL ? shequ_store_ref_access (store) : NULL;

  if (access != NULL)
    shequ_scope_begin (reader, access);
  return reader;
}

/* One for what the program does for itself: it sees everything. */
ShequConnection *
shequ_store_take_program_reader (ShequStore *store, GCancellable *cancellable, GError **error)
{
  ShequConnection *reader;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  g_mutex_lock (&store->lock);
  reader = g_queue_pop_head (&store->idle_readers);
  g_mutex_unlock (&store->lock);
  if (reader == NULL)
    reader = shequ_store_open_reader (store, error);
  if (reader == NULL)
    return NULL;
  shequ_protection_fit (store, reader);
  reader->store = store;
  reader->cancellable = cancellable;
  return reader;
}

/* What one connection has lost, the others that wait to be used have lost as well. */
void
shequ_store_drop_readers (ShequStore *store)
{
  GQueue dropped;
  ShequConnection *reader;

  g_mutex_lock (&store->lock);
  dropped = store->idle_readers;
  g_queue_init (&store->idle_readers);
  g_mutex_unlock (&store->lock);
  while ((reader = g_queue_pop_head (&dropped)) != NULL)
    shequ_connection_close (reader);
}

void
shequ_store_give_reader (ShequStore *store, ShequConnection *reader)
{
  shequ_scope_end (reader);
  reader->cancellable = NULL;
  if (reader->damaged)
    g_atomic_int_set (&store->damaged, 1);
  if (reader->lost)
    {
      g_atomic_int_inc (&store->losses);
      shequ_connection_close (reader);
      shequ_store_drop_readers (store);
      return;
    }
  shequ_protection_fit (store, reader);
  g_mutex_lock (&store->lock);
  if (store->idle_readers.length < MOST_IDLE_READERS)
    g_queue_push_head (&store->idle_readers, g_steal_pointer (&reader));
  g_mutex_unlock (&store->lock);
  g_clear_pointer (&reader, shequ_connection_close);
}

/**
 * shequ_store_count_losses:
 * @store: a store
 *
 * Returns: how often the database did not answer so far; tells an error of the line from others
 */
guint
shequ_store_count_losses (ShequStore *store)
{
  return (guint) g_atomic_int_get (&store->losses);
}

/**
 * shequ_store_reach:
 * @store: a store
 * @cancellable: (nullable): to stop
 * @error: why it cannot be reached
 *
 * Asks whether the database answers, over a new connection, which is kept for the next look.
 *
 * Returns: whether it does
 */
gboolean
shequ_store_reach (ShequStore *store, GCancellable *cancellable, GError **error)
{
  ShequConnection *reader = shequ_store_open_reader (store, error);
  g_autofree char *format = NULL;
  gboolean reached;

  if (reader == NULL)
    return FALSE;
  reader->cancellable = cancellable;
  reached = shequ_lookup_setting (reader, "format", &format, error);
  shequ_store_give_reader (store, reader);
  return reached;
}

/**
 * shequ_store_get:
 * @store: a store
 * @reg: a register
 * @key: the key of a record
 * @flags: what to add to the stored values
 * @today: (nullable): the day for ages
 * @cancellable: (nullable): to stop
 * @error: %SHEQU_ERROR_NOT_FOUND when there is none
 *
 * Returns: (transfer full): the record
 */
ShequRow *
shequ_store_get (ShequStore *store,
                 const ShequRegister *reg,
                 gint64 key,
                 ShequFetchFlags flags,
                 const char *today,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GPtrArray) rows = shequ_store_fetch (store, reg, &key, 1, flags, today, cancellable, error);

  if (rows == NULL)
    return NULL;
  if (rows->len == 0)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("There is no record %" PRId64 " in “%s”"),
                   key, reg->label);
      return NULL;
    }
  return g_ptr_array_steal_index (rows, 0);
}

/**
 * shequ_store_fetch:
 * @store: a store
 * @reg: a register
 * @keys: (array length=n_keys): keys of records
 * @n_keys: how many
 * @flags: what to add to the stored values
 * @today: (nullable): the day for ages
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequRow): the records in the order of @keys; those that are gone
 *   are left out
 */
GPtrArray *
shequ_store_fetch (ShequStore *store,
                   const ShequRegister *reg,
                   const gint64 *keys,
                   guint n_keys,
                   ShequFetchFlags flags,
                   const char *today,
                   GCancellable *cancellable,
                   GError **error)
{
  ShequConnection *reader;
  GPtrArray *rows;

  reader = shequ_store_allows (store, SHEQU_RIGHT_VIEW, reg, error)
             ? shequ_store_take_reader (store, cancellable, error)
             : NULL;
  if (reader == NULL)
    return NULL;
  rows = shequ_lookup_fetch (reader, reg, keys, n_keys, flags & SHEQU_FETCH_PUBLIC, today, error);
  shequ_store_give_reader (store, reader);
  return rows;
}

/**
 * shequ_store_fetch_of:
 * @store: a store
 * @query: the query that found the records
 * @keys: (array length=n_keys): keys of records
 * @n_keys: how many
 * @flags: what to add to the stored values
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequRow): as shequ_store_fetch(), on the day of the query and,
 * where it says so, as the records stood then
 */
GPtrArray *
shequ_store_fetch_of (ShequStore *store,
                      const ShequQuery *query,
                      const gint64 *keys,
                      guint n_keys,
                      ShequFetchFlags flags,
                      GCancellable *cancellable,
                      GError **error)
{
  if (query->as_of == NULL)
    return shequ_store_fetch (store, query->reg, keys, n_keys, flags, query->today, cancellable, error);
  return shequ_store_fetch (store, query->reg, keys, n_keys, flags | SHEQU_FETCH_AS_OF, query->as_of,
                            cancellable, error);
}

/**
 * shequ_store_list_keys:
 * @store: a store
 * @query: which records, in which order
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full) (element-type gint64): the keys
 */
GArray *
shequ_store_list_keys (ShequStore *store, const ShequQuery *query, GCancellable *cancellable, GError **error)
{
  ShequConnection *reader = shequ_store_allows (store, SHEQU_RIGHT_VIEW, query->reg, error)
                              ? shequ_store_take_reader (store, cancellable, error)
                              : NULL;
  GArray *keys;

  if (reader == NULL)
    return NULL;
  keys = shequ_lookup_list_keys (reader, query, error);
  shequ_store_give_reader (store, reader);
  return keys;
}

/**
 * shequ_store_count:
 * @store: a store
 * @query: which records
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: how many there are, or -1
 */
gint64
shequ_store_count (ShequStore *store, const ShequQuery *query, GCancellable *cancellable, GError **error)
{
  ShequConnection *reader = shequ_store_allows (store, SHEQU_RIGHT_VIEW, query->reg, error)
                              ? shequ_store_take_reader (store, cancellable, error)
                              : NULL;
  gint64 count;

  if (reader == NULL)
    return -1;
  count = shequ_lookup_count (reader, query, error);
  shequ_store_give_reader (store, reader);
  return count;
}

/**
 * shequ_store_find_key:
 * @store: a store
 * @reg: a register
 * @fields: (array length=n_fields): what is compared
 * @values: (array length=n_fields): with what; an empty value matches an empty field
 * @n_fields: how many
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: the key of the oldest record with these values, 0 when there is none, -1 on error
 */
gint64
shequ_store_find_key (ShequStore *store,
                      const ShequRegister *reg,
                      const ShequField *const *fields,
                      const ShequValue *values,
                      guint n_fields,
                      GCancellable *cancellable,
                      GError **error)
{
  ShequConnection *reader = shequ_store_allows (store, SHEQU_RIGHT_VIEW, reg, error)
                              ? shequ_store_take_reader (store, cancellable, error)
                              : NULL;
  gint64 key;

  if (reader == NULL)
    return -1;
  key = shequ_lookup_find_key (reader, reg, fields, values, n_fields, error);
  shequ_store_give_reader (store, reader);
  return key;
}

/* What opens more than the office: said only to who may have it. */
static gboolean
may_get (ShequStore *store, const char *name, GError **error)
{
  return !g_str_equal (name, SHEQU_SETTING_BACKUP_KEY) ||
         shequ_store_allows (store, SHEQU_RIGHT_BACKUP, NULL, error);
}

/* For what the program does by itself, whoever works. */
char *
shequ_store_get_setting_as_program (ShequStore *store, const char *name, GError **error)
{
  ShequConnection *reader = shequ_store_take_program_reader (store, NULL, error);
  char *text = NULL;

  if (reader == NULL)
    return NULL;
  shequ_lookup_setting (reader, name, &text, error);
  shequ_store_give_reader (store, reader);
  return text;
}

/**
 * shequ_store_get_setting:
 * @store: a store
 * @name: as `office.name`
 * @error: %SHEQU_ERROR_PERMISSION for the recovery key of backups
 *
 * Returns: (transfer full) (nullable): what the database keeps under this name
 */
char *
shequ_store_get_setting (ShequStore *store, const char *name, GError **error)
{
  return may_get (store, name, error) ? shequ_store_get_setting_as_program (store, name, error) : NULL;
}

/**
 * shequ_store_list_settings:
 * @store: a store
 * @prefix: how their names begin
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8 utf8): what the database keeps, by name
 */
GHashTable *
shequ_store_list_settings (ShequStore *store, const char *prefix, GError **error)
{
  ShequConnection *reader = shequ_store_take_program_reader (store, NULL, error);
  GHashTable *settings;

  if (reader == NULL)
    return NULL;
  settings = shequ_lookup_list_settings (reader, prefix, error);
  shequ_store_give_reader (store, reader);
  if (settings != NULL && !may_get (store, SHEQU_SETTING_BACKUP_KEY, NULL))
    g_hash_table_remove (settings, SHEQU_SETTING_BACKUP_KEY);
  return settings;
}
