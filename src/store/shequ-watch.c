/*
 * What others change in the same database: a thread with a reader of its own that waits as the engine can,
 * and reads which records the commits of others have changed.
 *
 * Numbers of commits that are on their way together may come out of order: those shortly behind the last one
 * are looked at again, and what was told once is not told twice.
 */
#include "shequ-store-private.h"

#include "shequ-commits-private.h"

#include "config.h"

#define WAIT_MILLISECONDS 10000 /* then it is asked whether the database still answers */
#define AGAIN_MILLISECONDS 500  /* after it did not */

struct _ShequWatch
{
  ShequStore *store;
  ShequWatchFunc callback;
  gpointer user_data;
  GDestroyNotify free_data;
  GCancellable *cancellable;
  GThread *thread;

  /* Of the thread alone. */
  ShequConnection *reader; /* (nullable) while the database does not answer */
  GHashTable *told;        /* numbers above `floor` that were looked at */
  gint64 floor;
  gboolean started; /* what was there at the beginning is nothing new */
};

static void
tell_records (ShequWatch *watch, const char *records)
{
  g_auto (GStrv) parts = g_strsplit (records, ";", -1);
  const ShequRegister *reg;
  gint64 key;

  for (guint i = 0; parts[i] != NULL; i++)
    if (shequ_commit_read_record (watch->store->catalogue, parts[i], &reg, &key))
      watch->callback (SHEQU_WATCH_CHANGED, reg, key, NULL, watch->user_data);
}

static void
take_change (ShequWatch *watch, ShequStatement *statement)
{
  gint64 number = shequ_statement_get_integer (statement, 0);

  if (g_hash_table_contains (watch->told, &number))
    return;
  g_hash_table_add (watch->told, g_memdup2 (&number, sizeof number));
  watch->floor = MAX (watch->floor, number - SHEQU_COMMIT_WINDOW);
  if (watch->started && g_strcmp0 (shequ_statement_get_text (statement, 1), watch->store->origin) != 0)
    tell_records (watch, shequ_statement_get_text (statement, 2));
}

static gboolean
is_below (gpointer number, gpointer value, gpointer user_data)
{
  return *(gint64 *) number <= *(gint64 *) user_data;
}

static gboolean
read_changes (ShequWatch *watch, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (
    watch->reader, "SELECT number, origin, records FROM shequ_change WHERE number > ?1 ORDER BY number",
    error);
  gboolean has_row = FALSE;
  gboolean done;

  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_integer (statement, 1, watch->floor);
  while ((done = shequ_statement_step (statement, &has_row, error)) && has_row)
    take_change (watch, statement);
  shequ_statement_reset (statement);
  g_hash_table_foreach_remove (watch->told, is_below, &watch->floor);
  watch->started = watch->started || done;
  return done;
}

/* Waits for the database or the end of the watch. */
static void
pause_a_little (ShequWatch *watch)
{
  GPollFD cancelled;
  guint n_waited = g_cancellable_make_pollfd (watch->cancellable, &cancelled) ? 1 : 0;

  g_poll (&cancelled, n_waited, AGAIN_MILLISECONDS);
  if (n_waited > 0)
    g_cancellable_release_fd (watch->cancellable);
}

static gboolean
look (ShequWatch *watch, GError **error)
{
  gboolean changed = FALSE;

  if (watch->reader == NULL)
    {
      watch->reader = shequ_store_open_reader (watch->store, error);
      if (watch->reader == NULL)
        return FALSE;
      watch->reader->cancellable = watch->cancellable;
    }
  return watch->store->engine->wait (watch->reader, WAIT_MILLISECONDS, &changed, error) &&
         (!changed || g_cancellable_is_cancelled (watch->cancellable) || read_changes (watch, error));
}

static gpointer
run (gpointer data)
{
  ShequWatch *watch = data;
  gboolean lost = FALSE;

  while (!g_cancellable_is_cancelled (watch->cancellable))
    {
      g_autoptr (GError) error = NULL;

      if (look (watch, &error))
        {
          if (lost)
            watch->callback (SHEQU_WATCH_BACK, NULL, 0, NULL, watch->user_data);
          lost = FALSE;
          continue;
        }
      g_clear_pointer (&watch->reader, shequ_connection_close);
      if (g_cancellable_is_cancelled (watch->cancellable))
        break;
      shequ_store_drop_readers (watch->store);
      if (!lost)
        watch->callback (SHEQU_WATCH_LOST, NULL, 0, error, watch->user_data);
      lost = TRUE;
      pause_a_little (watch);
    }
  g_clear_pointer (&watch->reader, shequ_connection_close);
  return NULL;
}

/**
 * shequ_watch_new:
 * @store: a store
 * @callback: called on a thread of the watch
 * @user_data: for @callback
 * @free_data: (nullable): frees @user_data, on the thread that frees the watch
 *
 * Tells what other programs and other stores change in the same database, within a second; what is changed
 * through @store itself is not told.
 *
 * Returns: (transfer full): the watch, at work until it is freed
 */
ShequWatch *
shequ_watch_new (ShequStore *store, ShequWatchFunc callback, gpointer user_data, GDestroyNotify free_data)
{
  ShequWatch *watch = g_new0 (ShequWatch, 1);

  watch->store = shequ_store_ref (store);
  watch->callback = callback;
  watch->user_data = user_data;
  watch->free_data = free_data;
  watch->cancellable = g_cancellable_new ();
  watch->told = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  watch->thread = g_thread_new ("shequ-watch", run, watch);
  return watch;
}

/**
 * shequ_watch_free:
 * @watch: a watch; not from its callback
 *
 * Nothing is told any more when it returns.
 */
void
shequ_watch_free (ShequWatch *watch)
{
  g_cancellable_cancel (watch->cancellable);
  g_thread_join (watch->thread);
  g_object_unref (watch->cancellable);
  g_hash_table_unref (watch->told);
  if (watch->free_data != NULL)
    watch->free_data (watch->user_data);
  shequ_store_unref (watch->store);
  g_free (watch);
}
