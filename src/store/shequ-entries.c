/*
 * The change log, written.
 *
 * Its numbers run from 1 without a gap, in the order in which transactions committed, and each entry bears
 * the digest that chains it to the one before (shequ-chain.c). Where there is one writer at a time entries go
 * in a batch after the other. Where there are many, they are kept back to the end of the transaction: only
 * then the log is held, until the commit, and they get the numbers behind the last one.
 *
 * What an entry says is digested in full batches beside the transaction: an import does not wait for it.
 */
#include "shequ-entries-private.h"

#include "shequ-chain-private.h"
#include "shequ-error.h"
#include "shequ-store-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* From so many on they are put in by the load. */
#define LEAST_LOADED 8

#define BATCH_SIZE 256

/* So many full batches may wait for their digests before the writer waits, where it need not wait longer. */
#define MOST_BATCHES 4

#define INSERT                                                                                               \
  "INSERT INTO shequ_log (moment, actor, workstation, action, register, record, changes, reason, number, "   \
  "role, ticks, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"

static const char *const columns[] = { "moment", "actor",   "workstation", "action", "register",
                                       "record", "changes", "reason",      "number", "role",
                                       "ticks",  "digest",  NULL };

typedef struct
{
  ShequAction action;
  const ShequRegister *reg; /* (nullable) */
  gint64 key;
  char *changes; /* (nullable) */
  guint8 content[SHEQU_CHAIN_DIGEST_SIZE];
  guint8 digest[SHEQU_CHAIN_DIGEST_SIZE];
} Entry;

typedef struct
{
  GArray *entries; /* of Entry */
  gboolean done;   /* under the lock: their contents are digested */
} Batch;

struct _ShequEntries
{
  ShequConnection *connection;
  const ShequActor *actor;
  gint64 ticks;
  GQueue batches; /* of Batch: full ones, the first to go in first */
  Batch *open;
  guint n_kept;
  GThreadPool *pool; /* (nullable): made for the first full batch */
  GMutex lock;
  GCond digested;
  gboolean held; /* the log, by this transaction */
  gboolean failed;
  ShequChainHead head;
};

static void
clear_entry (gpointer data)
{
  g_free (((Entry *) data)->changes);
}

static Batch *
new_batch (void)
{
  Batch *batch = g_new0 (Batch, 1);

  batch->entries = g_array_sized_new (FALSE, FALSE, sizeof (Entry), 1);
  g_array_set_clear_func (batch->entries, clear_entry);
  return batch;
}

static void
free_batch (gpointer data)
{
  Batch *batch = data;

  g_array_unref (batch->entries);
  g_free (batch);
}

/* The actor lives as long as the entries. */
ShequEntries *
shequ_entries_new (ShequConnection *connection, const ShequActor *actor)
{
  ShequEntries *entries = g_new0 (ShequEntries, 1);

  entries->connection = connection;
  entries->actor = actor;
  entries->ticks = g_get_monotonic_time ();
  entries->open = new_batch ();
  g_queue_init (&entries->batches);
  g_mutex_init (&entries->lock);
  g_cond_init (&entries->digested);
  return entries;
}

void
shequ_entries_free (ShequEntries *entries)
{
  if (entries->pool != NULL)
    g_thread_pool_free (entries->pool, FALSE, TRUE);
  g_queue_clear_full (&entries->batches, free_batch);
  free_batch (entries->open);
  g_mutex_clear (&entries->lock);
  g_cond_clear (&entries->digested);
  g_free (entries);
}

static const char *
get_register (const Entry *entry)
{
  return entry->reg != NULL ? entry->reg->name : "";
}

static void
digest_batch (const ShequEntries *entries, Batch *batch)
{
  g_autoptr (GByteArray) buffer = g_byte_array_new ();
  const ShequActor *actor = entries->actor;

  for (guint i = 0; i < batch->entries->len; i++)
    {
      Entry *entry = &g_array_index (batch->entries, Entry, i);
      ShequChainContent content = {
        actor->moment, actor->user,          actor->role, actor->workstation, entries->ticks,
        entry->action, get_register (entry), entry->key,  entry->changes,     actor->reason,
      };

      shequ_chain_digest_content (&content, buffer, entry->content);
    }
}

/* In a thread of the pool. */
static void
digest_beside (gpointer data, gpointer user_data)
{
  ShequEntries *entries = user_data;
  Batch *batch = data;

  digest_batch (entries, batch);
  g_mutex_lock (&entries->lock);
  batch->done = TRUE;
  g_cond_signal (&entries->digested);
  g_mutex_unlock (&entries->lock);
}

static void
await_batch (ShequEntries *entries, const Batch *batch)
{
  g_mutex_lock (&entries->lock);
  while (!batch->done)
    g_cond_wait (&entries->digested, &entries->lock);
  g_mutex_unlock (&entries->lock);
}

static gboolean
insert (ShequEntries *entries, ShequStatement *statement, Entry *entry, GError **error)
{
  const ShequActor *actor = entries->actor;

  shequ_chain_link (entries->head.digest, entry->content, entry->digest);
  entries->head.number++;
  memcpy (entries->head.digest, entry->digest, sizeof entry->digest);
  shequ_statement_bind_text (statement, 1, actor->moment);
  shequ_statement_bind_text (statement, 2, actor->user);
  shequ_statement_bind_text (statement, 3, actor->workstation);
  shequ_statement_bind_integer (statement, 4, entry->action);
  shequ_statement_bind_text (statement, 5, get_register (entry));
  shequ_statement_bind_integer (statement, 6, entry->key);
  shequ_statement_bind_text (statement, 7, entry->changes);
  shequ_statement_bind_text (statement, 8, actor->reason);
  shequ_statement_bind_integer (statement, 9, entries->head.number);
  shequ_statement_bind_text (statement, 10, actor->role);
  shequ_statement_bind_integer (statement, 11, entries->ticks);
  entries->connection->engine->bind_bytes (statement, 12, entry->digest, sizeof entry->digest);
  return shequ_statement_run (statement, NULL, error);
}

/* After a failure nothing more goes in, and the transaction cannot be committed. */
static gboolean
insert_batch (ShequEntries *entries, ShequStatement *statement, const Batch *batch, GError **error)
{
  for (guint i = 0; !entries->failed && i < batch->entries->len; i++)
    entries->failed = !insert (entries, statement, &g_array_index (batch->entries, Entry, i), error);
  return !entries->failed;
}

static gboolean
hold_log (ShequEntries *entries, GError **error)
{
  if (!entries->held)
    entries->held = shequ_chain_hold (entries->connection, &entries->head, error);
  return entries->held;
}

static ShequStatement *
prepare (const ShequEntries *entries, GError **error)
{
  const ShequEngine *engine = entries->connection->engine;

  if (engine->prepare_load != NULL && entries->n_kept >= LEAST_LOADED)
    return shequ_connection_prepare_load (entries->connection, "shequ_log", columns, NULL, error);
  return shequ_connection_prepare (entries->connection, INSERT, error);
}

/* Puts the first of the full batches in. */
static gboolean
write_first (ShequEntries *entries, ShequStatement *statement, GError **error)
{
  Batch *batch = g_queue_peek_head (&entries->batches);
  gboolean written;

  await_batch (entries, batch);
  written = insert_batch (entries, statement, batch, error);
  entries->n_kept -= batch->entries->len;
  free_batch (g_queue_pop_head (&entries->batches));
  return written;
}

static gboolean
write_if_many (ShequEntries *entries, GError **error)
{
  ShequStatement *statement;

  if (entries->connection->engine->many_writers || entries->batches.length <= MOST_BATCHES)
    return TRUE;
  statement = prepare (entries, error);
  if (statement != NULL && hold_log (entries, error))
    return write_first (entries, statement, error);
  entries->failed = TRUE;
  return FALSE;
}

/* The batch is full: another thread makes its digests. */
static void
close_batch (ShequEntries *entries)
{
  if (entries->pool == NULL)
    entries->pool = g_thread_pool_new (digest_beside, entries, 1, FALSE, NULL);
  g_queue_push_tail (&entries->batches, entries->open);
  g_thread_pool_push (entries->pool, entries->open, NULL);
  entries->open = new_batch ();
}

gboolean
shequ_entries_add (ShequEntries *entries,
                   ShequAction action,
                   const ShequRegister *reg,
                   gint64 key,
                   const char *changes,
                   GError **error)
{
  Entry entry = { action, reg, key, g_strdup (changes), { 0 }, { 0 } };

  g_array_append_val (entries->open->entries, entry);
  entries->n_kept++;
  if (entries->open->entries->len < BATCH_SIZE)
    return TRUE;
  close_batch (entries);
  return write_if_many (entries, error);
}

/* Writes what was kept back. From then on until the end of the transaction nobody else adds entries. */
gboolean
shequ_entries_flush (ShequEntries *entries, GError **error)
{
  ShequStatement *statement;

  if (entries->failed)
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_FULL,
                           _ ("The change log could not be written; nothing of the change was kept"));
      return FALSE;
    }
  if (entries->n_kept == 0 && !entries->held)
    return TRUE;
  statement = prepare (entries, error);
  if (statement == NULL || !hold_log (entries, error))
    return FALSE;
  while (entries->batches.length > 0)
    if (!write_first (entries, statement, error))
      return FALSE;
  digest_batch (entries, entries->open);
  if (!insert_batch (entries, statement, entries->open, error))
    return FALSE;
  g_array_set_size (entries->open->entries, 0);
  entries->n_kept = 0;
  return shequ_chain_write_head (entries->connection, &entries->head, error);
}
