/* The change log, read. */
#include "shequ-store-private.h"

#include "shequ-json-private.h"

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
};

G_STATIC_ASSERT (G_N_ELEMENTS (actions) == SHEQU_ACTION_DESTROY + 1);

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

static void
append_text_condition (ShequSql *sql, const char *start, const char *value)
{
  if (value == NULL)
    return;
  shequ_sql_append (sql, start);
  shequ_sql_append_text_value (sql, value);
}

static ShequSql *
write_search (const ShequLogQuery *query)
{
  ShequSql *sql = shequ_sql_new (NULL);

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
  shequ_sql_append (sql, " ORDER BY number DESC");
  if (query->limit > 0 && query->accept == NULL)
    g_string_append_printf (sql->text, " LIMIT %u", query->limit);
  return sql;
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
  g_autoptr (ShequSql) sql = write_search (query);
  ShequConnection *reader = shequ_store_take_reader (store, cancellable, error);
  ShequStatement *statement;
  gboolean has_row = FALSE;
  gboolean done;

  if (reader == NULL)
    return NULL;
  statement = shequ_sql_prepare (sql, reader, error);
  done = statement != NULL;
  while (done && (query->limit == 0 || entries->len < query->limit) &&
         (done = shequ_statement_step (statement, &has_row, error)) && has_row)
    {
      ShequLogEntry *entry = read_entry (store, statement);

      if (query->accept == NULL || query->accept (entry, query->data))
        g_ptr_array_add (entries, entry);
      else
        shequ_log_entry_free (entry);
    }
  if (statement != NULL)
    shequ_statement_reset (statement);
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
