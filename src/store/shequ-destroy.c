/*
 * What is past its time goes for good: the record, its former versions, and what the change log told of it.
 * Of an entry that is emptied the digest of its content stays, so that the chain still holds; who did what to
 * which record, and when, is still told.
 */
#include "shequ-destroy-private.h"

#include "shequ-chain-private.h"
#include "shequ-sql-private.h"
#include "shequ-store-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  gint64 number;
  char *changes;
} Emptied;

static void
clear_emptied (gpointer data)
{
  g_free (((Emptied *) data)->changes);
}

static GArray *
read_entries (ShequConnection *connection, const ShequRegister *reg, gint64 key, GError **error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Emptied));
  g_autoptr (GByteArray) buffer = g_byte_array_new ();
  ShequStatement *statement =
    shequ_connection_prepare (connection,
                              "SELECT " SHEQU_CHAIN_COLUMNS
                              " FROM shequ_log WHERE register = ?1 AND record = ?2 AND changes IS NOT NULL",
                              error);
  gboolean has_row = FALSE;
  gboolean done = statement != NULL;

  g_array_set_clear_func (entries, clear_emptied);
  if (statement == NULL)
    return NULL;
  shequ_statement_bind_text (statement, 1, reg->name);
  shequ_statement_bind_integer (statement, 2, key);
  while ((done = shequ_statement_step (statement, &has_row, error)) && has_row)
    {
      guint8 digest[SHEQU_CHAIN_DIGEST_SIZE];
      ShequChainContent content;
      Emptied entry = { shequ_statement_get_integer (statement, 0), NULL };

      shequ_chain_read_content (statement, &content);
      shequ_chain_digest_content (&content, buffer, digest);
      entry.changes = shequ_chain_write_destroyed (digest);
      g_array_append_val (entries, entry);
    }
  shequ_statement_reset (statement);
  return done ? g_steal_pointer (&entries) : NULL;
}

static gboolean
empty_entries (ShequConnection *connection, const ShequRegister *reg, gint64 key, GError **error)
{
  g_autoptr (GArray) entries = read_entries (connection, reg, key, error);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const Emptied *entry = &g_array_index (entries, Emptied, i);
      ShequStatement *statement =
        shequ_connection_prepare (connection, "UPDATE shequ_log SET changes = ?2 WHERE number = ?1", error);

      if (statement == NULL)
        return FALSE;
      shequ_statement_bind_integer (statement, 1, entry->number);
      shequ_statement_bind_text (statement, 2, entry->changes);
      if (!shequ_statement_run (statement, NULL, error))
        return FALSE;
    }
  return entries != NULL;
}

static gboolean
delete_rows (ShequConnection *connection, const char *reg, const char *suffix, gint64 key, GError **error)
{
  g_autofree char *text = g_strdup_printf ("DELETE FROM \"%s%s\" WHERE \"key\" = ?1", reg, suffix);
  ShequStatement *statement = shequ_connection_prepare (connection, text, error);

  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_integer (statement, 1, key);
  return shequ_statement_run (statement, NULL, error);
}

/* Within the transaction of who calls. */
gboolean
shequ_destroy_record (ShequConnection *connection, const ShequRegister *reg, gint64 key, GError **error)
{
  return empty_entries (connection, reg, key, error) &&
         (!reg->has_history || delete_rows (connection, reg->name, "_history", key, error)) &&
         delete_rows (connection, reg->name, "", key, error);
}

/**
 * shequ_store_list_deleted:
 * @store: a store
 * @reg: a register
 * @before: a moment in UTC
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full) (element-type gint64): the records that were deleted before then
 */
GArray *
shequ_store_list_deleted (ShequStore *store,
                          const ShequRegister *reg,
                          const char *before,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  ShequConnection *reader = shequ_store_allows (store, SHEQU_RIGHT_VIEW, reg, error)
                              ? shequ_store_take_reader (store, cancellable, error)
                              : NULL;
  g_autoptr (ShequSql) sql = NULL;
  ShequStatement *statement;
  gboolean has_row = FALSE;
  gboolean done;

  if (reader == NULL)
    return NULL;
  sql = shequ_sql_new (reader, NULL);
  shequ_sql_append (sql, "SELECT t.\"key\" FROM ");
  shequ_sql_append_table (sql, reg, SHEQU_TABLE_NOW, "t");
  shequ_sql_append (sql, " WHERE t.\"deleted_at\" < ");
  shequ_sql_append_text_value (sql, before);
  shequ_sql_append (sql, " ORDER BY t.\"key\"");
  statement = shequ_sql_prepare (sql, reader, error);
  done = statement != NULL;
  while (done && (done = shequ_statement_step (statement, &has_row, error)) && has_row)
    {
      gint64 key = shequ_statement_get_integer (statement, 0);

      g_array_append_val (keys, key);
    }
  if (statement != NULL)
    shequ_statement_reset (statement);
  shequ_store_give_reader (store, reader);
  return done ? g_steal_pointer (&keys) : NULL;
}

/**
 * shequ_store_wipe:
 * @store: a store that nobody else works in
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Writes the file of the database anew, so that it keeps nothing of what was taken out of it.
 *
 * Returns: whether it is clean
 */
gboolean
shequ_store_wipe (ShequStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequConnection) connection = NULL;
  gboolean clean;

  shequ_store_drop_readers (store);
  connection = shequ_store_open_connection (store, FALSE, error);
  if (connection == NULL)
    return FALSE;
  connection->cancellable = cancellable;
  /* Another thread would find its file exchanged below it. */
  shequ_store_lock_writer (store);
  clean = connection->engine->rewrite == NULL || connection->engine->rewrite (connection, error);
  shequ_store_unlock_writer (store);
  return clean;
}
