/* The change log, read. */
#include "shequ-store-private.h"

#include "shequ-json-private.h"
#include "shequ-scope-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* name: in the log's exports and the command line; label: for a person. In the order of ShequAction. */
static const struct
{
  const char *name;
  const char *label;
} actions[] = {
  { "create", N_ ("Added") },
  { "change", N_ ("Changed") },
  { "delete", N_ ("Deleted") },
  { "restore", N_ ("Brought back") },
  { "issue", N_ ("Issued") },
  { "export", N_ ("Exported") },
  { "import", N_ ("Imported") },
  { "backup", N_ ("Backed up") },
  { "restore-backup", N_ ("Restored from a backup") },
  { "view", N_ ("Looked at what is restricted") },
  { "sign-in", N_ ("Signed in") },
  { "sign-in-failed", N_ ("Tried to sign in") },
  { "sign-out", N_ ("Signed out or locked the screen") },
  { "set-password", N_ ("Set a password") },
  { "unmask", N_ ("Looked at what is masked") },
  { "destroy", N_ ("Destroyed") },
  { "print", N_ ("Printed") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (actions) == SHEQU_ACTION_PRINT + 1);

/**
 * shequ_action_get_name:
 * @action: an action
 *
 * Returns: (transfer none): its name for programs
 */
const char *
shequ_action_get_name (ShequAction action)
{
  return (guint) action < G_N_ELEMENTS (actions) ? actions[action].name : "unknown";
}

/**
 * shequ_action_get_label:
 * @action: an action
 *
 * Returns: (transfer none): what a person calls it
 */
const char *
shequ_action_get_label (ShequAction action)
{
  return (guint) action < G_N_ELEMENTS (actions) ? _ (actions[action].label) : "?";
}

void
shequ_log_entry_free (ShequLogEntry *entry)
{
  g_free (entry->moment);
  g_free (entry->user);
  g_free (entry->workstation);
  g_free (entry->reg);
  g_free (entry->changes);
  g_free (entry->reason);
  g_free (entry->role);
  g_free (entry);
}

static void
free_entry (gpointer data)
{
  if (data != NULL)
    shequ_log_entry_free (data);
}

/* (transfer full) (nullable): what an entry tells, opened where somebody has the key; otherwise it stays
 * sealed. */
static char *
open_changes (ShequStore *store, ShequStatement *statement, const char *changes)
{
  const ShequRegister *reg =
    shequ_catalogue_lookup (store->catalogue, shequ_statement_get_text (statement, 5));
  ShequSeal *seal = statement->connection->seal;
  char *opened;

  if (seal == NULL || reg == NULL || changes == NULL || strstr (changes, "\"" SHEQU_SEAL_MARK) == NULL)
    return g_strdup (changes);
  opened = shequ_json_reseal (changes, reg, seal, NULL, NULL);
  return opened != NULL ? opened : g_strdup (changes);
}

static ShequLogEntry *
read_entry (ShequStore *store, ShequStatement *statement)
{
  ShequLogEntry *entry = g_new0 (ShequLogEntry, 1);

  entry->number = shequ_statement_get_integer (statement, 0);
  entry->moment = g_strdup (shequ_statement_get_text (statement, 1));
  entry->user = g_strdup (shequ_statement_get_text (statement, 2));
  entry->workstation = g_strdup (shequ_statement_get_text (statement, 3));
  entry->action = (ShequAction) shequ_statement_get_integer (statement, 4);
  entry->reg = g_strdup (shequ_statement_get_text (statement, 5));
  entry->key = shequ_statement_get_integer (statement, 6);
  entry->changes = open_changes (store, statement, shequ_statement_get_text (statement, 7));
  entry->reason = g_strdup (shequ_statement_get_text (statement, 8));
  entry->role = g_strdup (shequ_statement_get_text (statement, 9));
  entry->ticks = shequ_statement_get_integer (statement, 10);
  return entry;
}

/* The entries of a record are read by who sees the record; all of them by who keeps the log. */
static gboolean
may_read (ShequStore *store, const ShequRegister *reg, gint64 key, GError **error)
{
  return (reg != NULL && key != 0 && shequ_store_allows (store, SHEQU_RIGHT_VIEW, reg, NULL)) ||
         shequ_store_allows (store, SHEQU_RIGHT_READ_LOG, NULL, error);
}

static void
append_text_condition (ShequSql *sql, const char *start, const char *value)
{
  if (value == NULL)
    return;
  shequ_sql_append (sql, start);
  shequ_sql_append_text_value (sql, value);
}

static ShequSql *
write_search (const ShequConnection *reader, const ShequLogQuery *query, gint64 before, guint limit)
{
  ShequSql *sql = shequ_sql_new (reader, NULL);

  shequ_sql_append (
    sql, "SELECT number, moment, actor, workstation, action, register, record, changes, reason, role, "
         "ticks FROM shequ_log WHERE TRUE");
  append_text_condition (sql, " AND register = ", query->reg != NULL ? query->reg->name : NULL);
  if (query->key != 0)
    {
      shequ_sql_append (sql, " AND record = ");
      shequ_sql_append_integer_value (sql, query->key);
    }
  append_text_condition (sql, " AND moment >= ", query->since);
  append_text_condition (sql, " AND moment < ", query->until);
  append_text_condition (sql, " AND actor = ", query->user);
  if (query->actions != 0)
    {
      const char *separator = " AND action IN (";

      for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
        if ((query->actions & (1u << i)) != 0)
          {
            g_string_append_printf (sql->text, "%s%u", separator, i);
            separator = ", ";
          }
      shequ_sql_append (sql, ")");
    }
  if (before != 0)
    {
      shequ_sql_append (sql, " AND number < ");
      shequ_sql_append_integer_value (sql, before);
    }
  shequ_sql_append (sql, " ORDER BY number DESC");
  if (limit > 0)
    g_string_append_printf (sql->text, " LIMIT %u", limit);
  return sql;
}

static gboolean
is_accepted (const ShequLogQuery *query, const ShequLogEntry *entry)
{
  return query == NULL || query->accept == NULL || query->accept (entry, query->data);
}

/* Until there are so many that `query` (nullable) accepts. */
static gboolean
read_entries (ShequStore *store,
              ShequConnection *reader,
              ShequSql *sql,
              const ShequLogQuery *query,
              GPtrArray *entries,
              GError **error)
{
  ShequStatement *statement = shequ_sql_prepare (sql, reader, error);
  guint limit = query != NULL ? query->limit : 0;
  gboolean has_row = FALSE;
  gboolean done = statement != NULL;

  while (done && (limit == 0 || entries->len < limit) &&
         (done = shequ_statement_step (statement, &has_row, error)) && has_row)
    {
      ShequLogEntry *entry = read_entry (store, statement);

      if (is_accepted (query, entry))
        g_ptr_array_add (entries, entry);
      else
        shequ_log_entry_free (entry);
    }
  if (statement != NULL)
    shequ_statement_reset (statement);
  return done;
}

/* register -> set of keys, of those entries that name a record */
static GHashTable *
group_records (const GPtrArray *entries)
{
  GHashTable *records =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_hash_table_unref);

  for (guint i = 0; i < entries->len; i++)
    {
      ShequLogEntry *entry = entries->pdata[i];
      GHashTable *keys = g_hash_table_lookup (records, entry->reg);

      if (keys == NULL)
        {
          keys = g_hash_table_new (g_int64_hash, g_int64_equal);
          g_hash_table_insert (records, entry->reg, keys);
        }
      g_hash_table_add (keys, &entry->key);
    }
  return records;
}

/* Leaves of some keys those of records of the account, live or deleted. */
static gboolean
keep_own (ShequConnection *reader, const ShequRegister *reg, GHashTable *keys, GError **error)
{
  g_autoptr (ShequSql) sql = shequ_sql_new (reader, NULL);
  g_autoptr (GHashTable) own = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  const char *separator = "";
  ShequStatement *statement;
  GHashTableIter iter;
  gpointer key;
  gboolean has_row = FALSE;
  gboolean done;

  /* Who keeps the log need not look into the register. */
  sql->counting = TRUE;
  shequ_sql_append (sql, "SELECT t.\"key\" FROM ");
  shequ_sql_append_table (sql, reg, SHEQU_TABLE_NOW, "t");
  shequ_sql_append (sql, " WHERE t.\"key\" IN (");
  g_hash_table_iter_init (&iter, keys);
  for (; g_hash_table_iter_next (&iter, &key, NULL); separator = ", ")
    g_string_append_printf (sql->text, "%s%" G_GINT64_FORMAT, separator, *(const gint64 *) key);
  shequ_sql_append (sql, ")");
  statement = shequ_sql_prepare (sql, reader, error);
  done = statement != NULL;
  while (done && (done = shequ_statement_step (statement, &has_row, error)) && has_row)
    {
      gint64 found = shequ_statement_get_integer (statement, 0);

      g_hash_table_add (own, g_memdup2 (&found, sizeof found));
    }
  if (statement != NULL)
    shequ_statement_reset (statement);
  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (own, key))
      g_hash_table_iter_remove (&iter);
  return done;
}

/* What an entry of a register tells to who may not see all of it: which fields, not what was in them. */
static void
cover_entry (const ShequConnection *reader, const ShequRegister *reg, ShequLogEntry *entry)
{
  char *covered;

  if (entry->changes == NULL)
    return;
  covered = shequ_json_cover (entry->changes, reg, reader->access);
  g_free (entry->changes);
  entry->changes = covered;
}

/* Moves to `entries` those that concern the account, with what it may see of them. */
static gboolean
take_own (ShequStore *store,
          ShequConnection *reader,
          const ShequLogQuery *query,
          GPtrArray *read,
          GPtrArray *entries,
          GError **error)
{
  g_autoptr (GHashTable) records = group_records (read);
  GHashTableIter iter;
  gpointer name, keys;

  g_hash_table_iter_init (&iter, records);
  while (g_hash_table_iter_next (&iter, &name, &keys))
    {
      const ShequRegister *reg = shequ_catalogue_lookup (store->catalogue, name);

      if (reg != NULL && shequ_scope_is_bounded_by_place (reader, reg) &&
          !keep_own (reader, reg, keys, error))
        return FALSE;
    }
  for (guint i = 0; i < read->len; i++)
    {
      ShequLogEntry *entry = read->pdata[i];
      const ShequRegister *reg = shequ_catalogue_lookup (store->catalogue, entry->reg);
      GHashTable *own = g_hash_table_lookup (records, entry->reg);

      if (entry->key != 0 && !g_hash_table_contains (own, &entry->key))
        continue;
      if (reg != NULL)
        cover_entry (reader, reg, entry);
      if (!is_accepted (query, entry))
        continue;
      g_ptr_array_add (entries, entry);
      read->pdata[i] = NULL;
    }
  return TRUE;
}

/* So many entries at a time are looked at whether they concern the account. */
#define STRETCH 500

/* The same for an account that has a part of the office, or may not see all of its fields. */
static gboolean
read_own (ShequStore *store,
          ShequConnection *reader,
          const ShequLogQuery *query,
          GPtrArray *entries,
          GError **error)
{
  gint64 before = 0;
  guint n_read;

  do
    {
      g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func (free_entry);
      g_autoptr (ShequSql) sql = write_search (reader, query, before, STRETCH);

      if (!read_entries (store, reader, sql, NULL, read, error))
        return FALSE;
      n_read = read->len;
      if (n_read > 0)
        before = ((const ShequLogEntry *) read->pdata[n_read - 1])->number;
      if (!take_own (store, reader, query, read, entries, error))
        return FALSE;
    }
  while (n_read == STRETCH && (query->limit == 0 || entries->len < query->limit));
  if (query->limit > 0 && entries->len > query->limit)
    g_ptr_array_set_size (entries, (int) query->limit);
  return TRUE;
}

/**
 * shequ_store_search_log:
 * @store: a store
 * @query: which entries
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequLogEntry): entries, newest first
 */
GPtrArray *
shequ_store_search_log (ShequStore *store,
                        const ShequLogQuery *query,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (free_entry);
  g_autoptr (ShequSql) sql = NULL;
  ShequConnection *reader = may_read (store, query->reg, query->key, error)
                              ? shequ_store_take_reader (store, cancellable, error)
                              : NULL;
  gboolean done;

  if (reader == NULL)
    return NULL;
  sql = write_search (reader, query, 0, query->accept == NULL ? query->limit : 0);
  done = reader->access != NULL ? read_own (store, reader, query, entries, error)
                                : read_entries (store, reader, sql, query, entries, error);
  shequ_store_give_reader (store, reader);
  return done ? g_steal_pointer (&entries) : NULL;
}

/**
 * shequ_store_read_log:
 * @store: a store
 * @reg: (nullable): only entries of this register
 * @key: only entries of this record, or 0 for all
 * @since: (nullable): only entries from this moment on
 * @limit: the most entries, 0 for all
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequLogEntry): entries, newest first
 */
GPtrArray *
shequ_store_read_log (ShequStore *store,
                      const ShequRegister *reg,
                      gint64 key,
                      const char *since,
                      guint limit,
                      GCancellable *cancellable,
                      GError **error)
{
  ShequLogQuery query = { .reg = reg, .key = key, .since = since, .limit = limit };

  return shequ_store_search_log (store, &query, cancellable, error);
}
