/*
 * Changes: version check, row, search document, change log, all or nothing.
 *
 * A transaction holds the store's only writer from shequ_store_begin() to shequ_transaction_commit() or
 * shequ_transaction_free(), which takes back what was not committed. After a failed operation nothing of
 * it remains. On a file the transaction may then go on; a server refuses whatever follows, and the commit.
 */
#include "shequ-transaction-private.h"

#include "shequ-conflict-private.h"
#include "shequ-error.h"
#include "shequ-json-private.h"
#include "shequ-protection-private.h"
#include "shequ-scope-private.h"
#include "shequ-time.h"
#include "shequ-versions-private.h"
#include "shequ-write-rules-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>

/* A server that starts again after a fall does so within this time. */
#define SECONDS_OF_DOUBT 30

/* For what is done to the writer itself; a transaction holds it already. */
void
shequ_store_lock_writer (ShequStore *store)
{
  g_mutex_lock (&store->lock);
  while (store->writer_busy)
    g_cond_wait (&store->writer_free, &store->lock);
  store->writer_busy = TRUE;
  g_mutex_unlock (&store->lock);
}

void
shequ_store_unlock_writer (ShequStore *store)
{
  ShequConnection *lost = NULL;

  g_mutex_lock (&store->lock);
  if (store->writer != NULL)
    store->writer->cancellable = NULL;
  if (store->writer != NULL && store->writer->damaged)
    g_atomic_int_set (&store->damaged, 1);
  if (store->writer != NULL && store->writer->lost)
    {
      g_atomic_int_inc (&store->losses);
      lost = g_steal_pointer (&store->writer);
    }
  store->writer_busy = FALSE;
  g_cond_signal (&store->writer_free);
  g_mutex_unlock (&store->lock);
  if (lost != NULL)
    shequ_store_drop_readers (store);
  g_clear_pointer (&lost, shequ_connection_close);
}

/* A writer that was lost is opened anew. */
static gboolean
ensure_writer (ShequStore *store, GError **error)
{
  if (store->writer == NULL)
    store->writer = shequ_connection_open (store->engine, store->location, SHEQU_OPEN_EXISTING, FALSE, error);
  if (store->writer != NULL)
    shequ_protection_fit (store, store->writer);
  return store->writer != NULL;
}

static gboolean
set_up_tokens (ShequStore *store, GError **error)
{
  if (store->tokens == NULL)
    store->tokens = shequ_store_new_tokens (store, error);
  return store->tokens != NULL;
}

static gint64
parse_moment (const char *moment)
{
  g_autoptr (GDateTime) time = moment != NULL ? g_date_time_new_from_iso8601 (moment, NULL) : NULL;

  return time != NULL ? g_date_time_to_unix (time) * 1000 : 0;
}

static gboolean
begin (ShequStore *store, const ShequActor *actor, gboolean keyless, GError **error)
{
  ShequConnection *writer = store->writer;

  if (!store->engine->begin (writer, error))
    return FALSE;
  if ((keyless || shequ_protection_check_writer (store, writer, error)) &&
      (actor->operation == NULL || shequ_commit_claim (writer, actor->operation, actor->moment, error)))
    return TRUE;
  shequ_connection_execute (writer, "ROLLBACK", NULL);
  return FALSE;
}

static void
copy_actor (ShequActor *copy, const ShequActor *actor)
{
  copy->user = g_strdup (actor->user);
  copy->workstation = g_strdup (actor->workstation);
  copy->reason = g_strdup (actor->reason);
  copy->moment = g_strdup (actor->moment);
  copy->operation = g_strdup (actor->operation);
  copy->role = g_strdup (actor->role);
}

static void
clear_actor (ShequActor *copy)
{
  g_free ((char *) copy->user);
  g_free ((char *) copy->workstation);
  g_free ((char *) copy->reason);
  g_free ((char *) copy->moment);
  g_free ((char *) copy->operation);
  g_free ((char *) copy->role);
}

/* What makes no sense may spread with each change. */
static gboolean
check_writable (ShequStore *store, GError **error)
{
  if (store->mode == SHEQU_OPEN_READ_ONLY)
    g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
                         _ ("The database was opened to be read only; nothing was changed"));
  else if (store->salvage != NULL || shequ_store_is_damaged (store))
    g_set_error_literal (
      error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED,
      _ ("The database is damaged and can only be looked at; nothing was changed. Restore the "
         "last backup"));
  else
    return TRUE;
  return FALSE;
}

static ShequTransaction *
begin_transaction (ShequStore *store,
                   const ShequActor *actor,
                   gboolean keyless,
                   ShequAccess *access,
                   GCancellable *cancellable,
                   GError **error)
{
  ShequTransaction *transaction;
  ShequDate today;

  if (!check_writable (store, error))
    return NULL;
  shequ_store_lock_writer (store);
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !set_up_tokens (store, error) ||
      !ensure_writer (store, error) || !begin (store, actor, keyless, error))
    {
      shequ_store_unlock_writer (store);
      return NULL;
    }
  store->writer->cancellable = cancellable;
  shequ_scope_set_asker (store->writer, access);
  transaction = g_new0 (ShequTransaction, 1);
  transaction->store = shequ_store_ref (store);
  transaction->connection = store->writer;
  copy_actor (&transaction->actor, actor);
  transaction->commit = shequ_commit_new ();
  transaction->milliseconds = parse_moment (actor->moment);
  shequ_moment_to_date (transaction->milliseconds / 1000, &today, NULL);
  shequ_date_to_iso (&today, transaction->today);
  transaction->inserts = g_hash_table_new (NULL, NULL);
  transaction->loads = g_hash_table_new (NULL, NULL);
  transaction->units = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  transaction->documents = shequ_documents_new (transaction->connection);
  transaction->entries = shequ_entries_new (transaction->connection, &transaction->actor);
  transaction->json = g_string_new (NULL);
  transaction->open = TRUE;
  return transaction;
}

/* For what is written while nobody has the keys of the office: secrets of accounts, and the log. */
ShequTransaction *
shequ_store_begin_keyless (ShequStore *store,
                           const ShequActor *actor,
                           GCancellable *cancellable,
                           GError **error)
{
  return begin_transaction (store, actor, TRUE, NULL, cancellable, error);
}

/* A transaction of the program itself, which nothing is refused. */
ShequTransaction *
shequ_store_begin_as_program (ShequStore *store,
                              const ShequActor *actor,
                              GCancellable *cancellable,
                              GError **error)
{
  return begin_transaction (store, actor, FALSE, NULL, cancellable, error);
}

/**
 * shequ_store_begin:
 * @store: a store
 * @actor: who changes something; copied
 * @cancellable: (nullable): stops what is done inside, which is then taken back
 * @error: %SHEQU_ERROR_LOCKED, %SHEQU_ERROR_UNREACHABLE, %SHEQU_ERROR_DONE when the operation that the actor
 *   names was committed before
 *
 * Waits until the transaction before has ended. A connection that was lost is opened anew. What is done in it
 * is asked of who works with the store now, also when it is done later.
 *
 * Returns: (transfer full): a transaction
 */
ShequTransaction *
shequ_store_begin (ShequStore *store, const ShequActor *actor, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequAccess) access = shequ_store_ref_access (store);

  return begin_transaction (store, actor, FALSE, access, cancellable, error);
}

ShequStore *
shequ_transaction_get_store (ShequTransaction *transaction)
{
  return transaction->store;
}

/* The moment of the one who changes, in seconds since 1970. */
gint64
shequ_transaction_get_seconds (ShequTransaction *transaction)
{
  return transaction->milliseconds / 1000;
}

/* What a transaction runs on, for what is done to the tables themselves. */
ShequConnection *
shequ_transaction_get_connection (ShequTransaction *transaction)
{
  return transaction->connection;
}

/* Takes back everything since begin, where that still stands open. */
static void
roll_back (ShequTransaction *transaction)
{
  if (!transaction->open)
    return;
  transaction->connection->cancellable = NULL;
  shequ_connection_execute (transaction->connection, "ROLLBACK", NULL);
  transaction->open = FALSE;
}

/* Once for each time a database is opened. */
static gboolean
tidy (ShequTransaction *transaction, GError **error)
{
  if (transaction->store->tidied)
    return TRUE;
  transaction->store->tidied = TRUE;
  return shequ_commit_tidy (transaction->connection, transaction->milliseconds / 1000, error);
}

/* Where the line may be cut, each commit leaves a key by which it can be found afterwards. */
static gboolean
name_commit (ShequTransaction *transaction, GError **error)
{
  ShequActor *actor = &transaction->actor;

  if (actor->operation != NULL || !transaction->store->engine->many_writers)
    return TRUE;
  actor->operation = g_uuid_string_random ();
  transaction->waits = TRUE;
  return shequ_commit_claim (transaction->connection, actor->operation, actor->moment, error);
}

/* Where the answer to the last word is lost, what was sent may have been done all the same: the database is
 * asked. Who named the operation asks again in his own time. */
static gboolean
commit_or_doubt (ShequTransaction *transaction, GError **error)
{
  ShequConnection *connection = transaction->connection;
  const ShequActor *actor = &transaction->actor;
  gboolean committed = FALSE;

  if (shequ_connection_execute (connection, "COMMIT", error))
    return TRUE;
  if (!connection->lost)
    return FALSE;
  if (actor->operation != NULL &&
      shequ_commit_find_out (transaction->store, actor->operation, actor->moment,
                             transaction->waits ? SECONDS_OF_DOUBT : 0, connection->cancellable, &committed))
    {
      if (committed)
        g_clear_error (error);
      return committed;
    }
  g_prefix_error_literal (
    error, _ ("The connection was lost while the change was being saved; whether it was saved is not known. "
              "Look at the record before you do it again. "));
  return FALSE;
}

/**
 * shequ_transaction_commit:
 * @transaction: a transaction
 * @error: %SHEQU_ERROR_FULL: nothing of it was kept; %SHEQU_ERROR_UNREACHABLE: perhaps nothing of it was
 * kept, which shequ_store_begin() with the same operation tells
 *
 * Where the connection is lost before the answer comes, the database is asked over another one whether it was
 * done. That of an operation without a key is tried for half a minute.
 *
 * Returns: %TRUE once everything is safe on the disk
 */
gboolean
shequ_transaction_commit (ShequTransaction *transaction, GError **error)
{
  g_return_val_if_fail (transaction->open, FALSE);

  if (g_cancellable_set_error_if_cancelled (transaction->connection->cancellable, error) ||
      !shequ_documents_flush (transaction->documents, error) ||
      !shequ_entries_flush (transaction->entries, error) || !name_commit (transaction, error) ||
      !shequ_commit_write (transaction->commit, transaction->connection, transaction->store->origin,
                           transaction->actor.operation, transaction->actor.moment, error) ||
      !tidy (transaction, error) || !commit_or_doubt (transaction, error))
    {
      roll_back (transaction);
      return FALSE;
    }
  transaction->open = FALSE;
  shequ_commit_catch_up (transaction->commit, transaction->store);
  return TRUE;
}

/**
 * shequ_transaction_free:
 * @transaction: a transaction
 *
 * Takes back what was not committed and lets the next one begin.
 */
void
shequ_transaction_free (ShequTransaction *transaction)
{
  roll_back (transaction);
  shequ_scope_set_asker (transaction->connection, NULL);
  shequ_store_unlock_writer (transaction->store);
  g_hash_table_unref (transaction->inserts);
  g_hash_table_unref (transaction->loads);
  g_hash_table_unref (transaction->units);
  shequ_documents_free (transaction->documents);
  shequ_entries_free (transaction->entries);
  g_string_free (transaction->json, TRUE);
  clear_actor (&transaction->actor);
  shequ_commit_free (transaction->commit);
  shequ_store_unref (transaction->store);
  g_free (transaction);
}

/* UUIDv7: the time in milliseconds, then chance; records made one after the other lie side by side. */
static void
make_uuid (ShequTransaction *transaction, guint8 *uuid)
{
  guint64 milliseconds = (guint64) transaction->milliseconds;
  guint32 chance = 0;

  for (guint i = 0; i < 6; i++)
    uuid[i] = (guint8) (milliseconds >> (40 - 8 * i));
  for (guint i = 6; i < SHEQU_UUID_SIZE; i++)
    {
      if (i % 4 == 2)
        chance = g_rand_int (transaction->store->random);
      uuid[i] = (guint8) (chance >> (8 * (i % 4)));
    }
  uuid[6] = (guint8) (0x70 | (uuid[6] & 0x0f));
  uuid[8] = (guint8) (0x80 | (uuid[8] & 0x3f));
}

gboolean
shequ_transaction_write_entry (ShequTransaction *transaction,
                               ShequAction action,
                               const ShequRegister *reg,
                               gint64 key,
                               const char *changes,
                               GError **error)
{
  if (action <= SHEQU_ACTION_RESTORE)
    shequ_commit_note (transaction->commit, reg, key);
  return shequ_entries_add (transaction->entries, action, reg, key, changes, error);
}

/**
 * shequ_transaction_log:
 * @transaction: a transaction
 * @action: what is done besides a change: an export, an import, an issue
 * @reg: (nullable): the register it concerns
 * @key: the record it concerns, or 0
 * @changes: (nullable): a JSON object that tells more
 * @error: return location
 *
 * Returns: whether the entry stands in the change log
 */
gboolean
shequ_transaction_log (ShequTransaction *transaction,
                       ShequAction action,
                       const ShequRegister *reg,
                       gint64 key,
                       const char *changes,
                       GError **error)
{
  ShequSeal *seal = transaction->connection->seal;
  g_autofree char *sealed = NULL;

  if (!shequ_transaction_may_log (transaction, action, reg, error))
    return FALSE;
  if (seal == NULL || reg == NULL || changes == NULL)
    return shequ_transaction_write_entry (transaction, action, reg, key, changes, error);
  sealed = shequ_json_reseal (changes, reg, NULL, seal, error);
  return sealed != NULL && shequ_transaction_write_entry (transaction, action, reg, key, sealed, error);
}

/**
 * shequ_transaction_get_last_entry:
 * @transaction: a transaction
 * @error: return location
 *
 * Every change has its entry: as long as the number of the last one stays, nobody else wrote.
 *
 * Returns: the number of the last entry of the change log, 0 when there is none, -1 on error
 */
gint64
shequ_transaction_get_last_entry (ShequTransaction *transaction, GError **error)
{
  ShequStatement *statement;
  gboolean has_row = FALSE;
  gint64 number = 0;

  if (!shequ_entries_flush (transaction->entries, error))
    return -1;
  statement = shequ_connection_prepare (transaction->connection, "SELECT max(number) FROM shequ_log", error);
  if (statement == NULL || !shequ_statement_step (statement, &has_row, error))
    return -1;
  if (has_row)
    number = shequ_statement_get_integer (statement, 0);
  shequ_statement_reset (statement);
  return number;
}

/* (nullable): what of a row is sealed, in a protected office. */
const ShequRowIndex *
shequ_transaction_get_sealed (ShequTransaction *transaction, ShequRow *row)
{
  return transaction->connection->seal != NULL ? shequ_row_get_index (row, transaction->store->tokens) : NULL;
}

static const char *
get_document (ShequTransaction *transaction, ShequRow *row)
{
  return row != NULL ? shequ_row_index_get_document (shequ_row_get_index (row, transaction->store->tokens))
                     : NULL;
}

/* A record of a register that is searched gets its document; `old` is the live record before, if any. */
void
shequ_transaction_put_document (ShequTransaction *transaction, ShequRow *old, ShequRow *row)
{
  const ShequRow *either = row != NULL ? row : old;

  if (shequ_sql_register_has_documents (either->reg))
    shequ_documents_put (transaction->documents, either->reg, either->key, get_document (transaction, old),
                         get_document (transaction, row));
}

static char *
write_insert (const ShequEngine *engine, const ShequRegister *reg)
{
  GString *text = g_string_new (NULL);
  int place = 2;

  g_string_append_printf (text, "INSERT INTO \"%s\" (\"uuid\", \"version\"", reg->name);
  if (reg->has_history)
    {
      g_string_append (text, ", \"valid_from\"");
      place++;
    }
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (!shequ_field_is_stored (field))
        continue;
      g_string_append_printf (text, ", \"%s\"", field->name);
      place++;
      if (shequ_sql_field_has_sort_column (field))
        {
          g_string_append_printf (text, ", \"%s_sort\"", field->name);
          place++;
        }
    }
  g_string_append (text, ") VALUES (?1");
  for (int i = 2; i <= place; i++)
    g_string_append_printf (text, ", ?%d", i);
  /* A value that must be unique is no fault of the statement: the caller is told which one it is. */
  g_string_append_printf (text, ") ON CONFLICT DO NOTHING%s", engine->insert_suffix);
  return g_string_free (text, FALSE);
}

static ShequStatement *
get_insert (ShequTransaction *transaction, const ShequRegister *reg, GError **error)
{
  ShequStatement *statement = g_hash_table_lookup (transaction->inserts, reg);
  g_autofree char *text = NULL;

  if (statement != NULL)
    return statement;
  text = write_insert (transaction->store->engine, reg);
  statement = shequ_connection_prepare (transaction->connection, text, error);
  if (statement != NULL)
    g_hash_table_insert (transaction->inserts, (gpointer) reg, statement);
  return statement;
}

/* Binds the stored fields from `place` on, with their keys of order, which live as long as the row is not
 * changed. Gives the place behind them. */
static int
bind_fields (ShequTransaction *transaction, ShequStatement *statement, ShequRow *row, int place)
{
  const ShequRowIndex *index = shequ_row_get_index (row, transaction->store->tokens);

  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];

      if (!shequ_field_is_stored (field))
        continue;
      if (shequ_row_index_get_sealed (index, field) != NULL)
        shequ_statement_bind_text (statement, place++, shequ_row_index_get_sealed (index, field));
      else
        shequ_statement_bind_value (statement, place++, &row->values[i]);
      if (shequ_field_has_order (field))
        shequ_statement_bind_text (statement, place++, shequ_row_index_get_order (index, field));
    }
  return place;
}

/* The columns of a load: as write_insert() has them, and the key behind. */
static GPtrArray *
list_columns (const ShequRegister *reg)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (columns, g_strdup ("uuid"));
  g_ptr_array_add (columns, g_strdup ("version"));
  if (reg->has_history)
    g_ptr_array_add (columns, g_strdup ("valid_from"));
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (!shequ_field_is_stored (field))
        continue;
      g_ptr_array_add (columns, g_strdup (field->name));
      if (shequ_sql_field_has_sort_column (field))
        g_ptr_array_add (columns, g_strconcat (field->name, "_sort", NULL));
    }
  g_ptr_array_add (columns, g_strdup ("key"));
  g_ptr_array_add (columns, NULL);
  return columns;
}

/**
 * shequ_transaction_expect_many:
 * @transaction: a transaction
 * @reg: a register
 * @error: return location
 *
 * Many new records of a register follow, none of which holds a unique value that stands in another: whoever
 * calls this has looked. Where the database takes rows by the load they are put in so; a value that stands
 * there all the same is refused later, with everything that the transaction did.
 *
 * Returns: %FALSE when the database did not answer
 */
gboolean
shequ_transaction_expect_many (ShequTransaction *transaction, const ShequRegister *reg, GError **error)
{
  g_autoptr (GPtrArray) columns = NULL;
  ShequStatement *load;

  if (transaction->store->engine->prepare_load == NULL || reg->unique_with->len > 0)
    return TRUE;
  columns = list_columns (reg);
  load = shequ_connection_prepare_load (transaction->connection, reg->name,
                                        (const char *const *) columns->pdata, NULL, error);
  if (load != NULL)
    g_hash_table_insert (transaction->loads, (gpointer) reg, load);
  return load != NULL;
}

/* The place behind the last column of a row. */
static gboolean
load_row (ShequTransaction *transaction, ShequStatement *load, ShequRow *row, int place, GError **error)
{
  row->key = transaction->store->engine->take_key (transaction->connection, row->reg->name, error);
  if (row->key == 0)
    return FALSE;
  shequ_statement_bind_integer (load, place, row->key);
  return shequ_statement_run (load, NULL, error);
}

/* Puts in a row that is bound; which key it got, or which value stands in another record already. */
static gboolean
insert_row (ShequTransaction *transaction, ShequStatement *statement, ShequRow *row, GError **error)
{
  gint64 n_changes = 0;

  if (!shequ_statement_run (statement, &n_changes, error))
    return FALSE;
  if (n_changes == 0)
    {
      shequ_write_rules_set_duplicate (transaction->connection, row, error);
      return FALSE;
    }
  row->key = transaction->store->engine->get_inserted_key (transaction->connection);
  return TRUE;
}

/**
 * shequ_transaction_begin_import:
 * @transaction: a transaction
 * @reg: the register into which is imported
 * @error: %SHEQU_ERROR_PERMISSION
 *
 * What is stored from now on comes from an import: who may import into a register may store what it brings
 * there.
 *
 * Returns: whether it may be imported
 */
gboolean
shequ_transaction_begin_import (ShequTransaction *transaction, const ShequRegister *reg, GError **error)
{
  if (!shequ_access_allows (transaction->connection->asker, SHEQU_RIGHT_IMPORT, reg, error))
    return FALSE;
  transaction->imports = TRUE;
  return TRUE;
}

/**
 * shequ_transaction_insert:
 * @transaction: a transaction
 * @row: a new record, derived and validated; gets its key, identifier and version
 * @error: %SHEQU_ERROR_DUPLICATE when a unique value stands in another record
 *
 * Stores a record with its search document and its entry in the change log.
 *
 * Returns: whether it was stored
 */
gboolean
shequ_transaction_insert (ShequTransaction *transaction, ShequRow *row, GError **error)
{
  const ShequEngine *engine = transaction->store->engine;
  ShequStatement *load = g_hash_table_lookup (transaction->loads, row->reg);
  ShequStatement *statement = load != NULL ? load : get_insert (transaction, row->reg, error);
  int place;

  if (statement == NULL || !shequ_transaction_may_change (transaction, SHEQU_RIGHT_CREATE, row->reg, error) ||
      !shequ_transaction_check_place (transaction, row, error) ||
      !shequ_write_defaults_fill (transaction, transaction->connection, row, transaction->today, error) ||
      !shequ_write_rules_check_new (transaction->connection, row, error) ||
      !shequ_versions_begin (row, transaction->today, error))
    return FALSE;
  make_uuid (transaction, row->uuid);
  row->version = 1;
  engine->bind_bytes (statement, 1, row->uuid, SHEQU_UUID_SIZE);
  shequ_statement_bind_integer (statement, 2, row->version);
  if (row->reg->has_history)
    shequ_statement_bind_text (statement, 3, row->valid_from);
  place = bind_fields (transaction, statement, row, row->reg->has_history ? 4 : 3);
  if (load != NULL ? !load_row (transaction, load, row, place, error)
                   : !insert_row (transaction, statement, row, error))
    return FALSE;
  shequ_row_set_effective (row, NULL);
  shequ_transaction_put_document (transaction, NULL, row);
  if (load != NULL && !shequ_documents_flush_many (transaction->documents, row->reg, error))
    return FALSE;
  shequ_json_write_creation (transaction->json, row, shequ_transaction_get_sealed (transaction, row));
  return shequ_transaction_write_entry (transaction, SHEQU_ACTION_CREATE, row->reg, row->key,
                                        transaction->json->str, error);
}

static gboolean
write_row (ShequTransaction *transaction, ShequRow *row, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  ShequStatement *statement;
  int place = 3;

  g_string_append_printf (text, "UPDATE \"%s\" SET \"version\" = ?1 + 1", row->reg->name);
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];

      if (!shequ_field_is_stored (field))
        continue;
      g_string_append_printf (text, ", \"%s\" = ?%d", field->name, place++);
      if (shequ_sql_field_has_sort_column (field))
        g_string_append_printf (text, ", \"%s_sort\" = ?%d", field->name, place++);
    }
  if (row->reg->has_history)
    g_string_append_printf (text, ", \"valid_from\" = ?%d", place);
  g_string_append (text, " WHERE \"key\" = ?2 AND \"version\" = ?1");
  statement = shequ_connection_prepare (transaction->connection, text->str, error);
  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_integer (statement, 1, row->version);
  shequ_statement_bind_integer (statement, 2, row->key);
  bind_fields (transaction, statement, row, 3);
  if (row->reg->has_history)
    shequ_statement_bind_text (statement, place, row->valid_from);
  return shequ_statement_run (statement, NULL, error);
}

gboolean
shequ_transaction_store_change (ShequTransaction *transaction, ShequRow *old, ShequRow *row, GError **error)
{
  if (!shequ_json_write_change (transaction->json, old, shequ_transaction_get_sealed (transaction, old), row,
                                shequ_transaction_get_sealed (transaction, row)))
    return TRUE;
  if (row->reg->has_history && row->effective != NULL)
    shequ_json_add_day (transaction->json, "valid_from", row->effective);
  if (!shequ_write_rules_check_change (transaction->connection, row, old, transaction->today, error) ||
      !shequ_versions_change (transaction->store, old, row, transaction->today, error) ||
      !write_row (transaction, row, error) || !shequ_versions_follow (transaction->store, old, row, error))
    return FALSE;
  row->version++;
  shequ_row_set_effective (row, NULL);
  shequ_transaction_put_document (transaction, old, row);
  return shequ_transaction_write_entry (transaction, SHEQU_ACTION_CHANGE, row->reg, row->key,
                                        transaction->json->str, error);
}

/* What the account may not see stays as it is stored, where it was not entered anew. */
static void
keep_covered (ShequTransaction *transaction, const ShequRow *old, ShequRow *row)
{
  const ShequAccess *access = transaction->connection->asker;

  for (guint i = 0; access != NULL && !row->opened && i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];

      if (shequ_field_is_stored (field) && shequ_scope_covers (access, field))
        shequ_row_keep_withheld (row, old, field);
    }
}

static void
cover_again (ShequTransaction *transaction, ShequRow *row)
{
  const ShequAccess *access = transaction->connection->asker;

  for (guint i = 0; access != NULL && !row->opened && i < row->reg->fields->len; i++)
    if (shequ_scope_covers (access, row->reg->fields->pdata[i]))
      shequ_row_withhold (row, row->reg->fields->pdata[i]);
}

/**
 * shequ_transaction_update:
 * @transaction: a transaction
 * @row: a changed record with the version it was read at; gets the new one
 * @error: %SHEQU_ERROR_CONFLICT when somebody changed it since, %SHEQU_ERROR_DUPLICATE
 *
 * A record in which nothing is different is left alone.
 *
 * Returns: whether it was stored
 */
gboolean
shequ_transaction_update (ShequTransaction *transaction, ShequRow *row, GError **error)
{
  g_autoptr (ShequRow) old = shequ_transaction_may_change (transaction, SHEQU_RIGHT_CHANGE, row->reg, error)
                               ? shequ_transaction_get_own (transaction, row->reg, row->key, error)
                               : NULL;
  gboolean stored;

  if (old == NULL)
    return FALSE;
  if (old->deleted || old->version != row->version)
    {
      shequ_conflict_set_error (transaction->connection, old, row, error);
      return FALSE;
    }
  keep_covered (transaction, old, row);
  stored = shequ_transaction_check_place (transaction, row, error) &&
           shequ_transaction_store_change (transaction, old, row, error);
  cover_again (transaction, row);
  return stored;
}
