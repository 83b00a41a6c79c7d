/*
 * The change log, written.
 *
 * Its numbers run from 1 without a gap, in the order in which transactions committed. Where there is one
 * writer at a time that follows by itself. Where there are many, entries are kept back to the end of the
 * transaction: only then the log is held, until the commit, and they get the numbers behind the last one.
 */
#include "shequ-entries-private.h"

#include "shequ-store-private.h"

#include "config.h"

/* From so many on they are put in by the load. */
#define LEAST_LOADED 8

/* Whoever adds ?1 entries holds this series, which counts them: on a server not everybody sees the last one.
 */
#define HOLD                                                                                                 \
  "INSERT INTO shequ_series (name, last) VALUES ('" SHEQU_STORE_LOG_SERIES "', "                             \
  "coalesce((SELECT max(number) FROM shequ_log), 0) + ?1) "                                                  \
  "ON CONFLICT (name) DO UPDATE SET last = CASE WHEN shequ_series.last = 0 THEN excluded.last "              \
  "ELSE shequ_series.last + ?1 END RETURNING last"

static const char *const columns[] = { "moment", "actor",   "workstation", "action", "register",
                                       "record", "changes", "reason",      "number", NULL };

typedef struct
{
  ShequAction action;
  const ShequRegister *reg; /* (nullable) */
  gint64 key;
  char *changes; /* (nullable) */
} Entry;

struct _ShequEntries
{
  ShequConnection *connection;
  const char *user;
  const char *workstation;
  const char *reason;
  const char *moment;
  ShequStatement *insert; /* (nullable): the connection's */
  GArray *kept;           /* of Entry */
};

static void
clear_entry (gpointer data)
{
  g_free (((Entry *) data)->changes);
}

/* The texts live as long as the entries. */
ShequEntries *
shequ_entries_new (ShequConnection *connection,
                   const char *user,
                   const char *workstation,
                   const char *reason,
                   const char *moment)
{
  ShequEntries *entries = g_new0 (ShequEntries, 1);

  entries->connection = connection;
  entries->user = user;
  entries->workstation = workstation;
  entries->reason = reason;
  entries->moment = moment;
  entries->kept = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (entries->kept, clear_entry);
  return entries;
}

void
shequ_entries_free (ShequEntries *entries)
{
  g_array_unref (entries->kept);
  g_free (entries);
}

static gboolean
insert (ShequEntries *entries, ShequStatement *statement, const Entry *entry, gint64 number, GError **error)
{
  shequ_statement_bind_text (statement, 1, entries->moment);
  shequ_statement_bind_text (statement, 2, entries->user);
  shequ_statement_bind_text (statement, 3, entries->workstation);
  shequ_statement_bind_integer (statement, 4, entry->action);
  shequ_statement_bind_text (statement, 5, entry->reg != NULL ? entry->reg->name : "");
  shequ_statement_bind_integer (statement, 6, entry->key);
  shequ_statement_bind_text (statement, 7, entry->changes);
  shequ_statement_bind_text (statement, 8, entries->reason);
  if (number > 0)
    shequ_statement_bind_integer (statement, 9, number);
  return shequ_statement_run (statement, NULL, error);
}

static gboolean
insert_now (ShequEntries *entries, const Entry *entry, GError **error)
{
  if (entries->insert == NULL)
    entries->insert = shequ_connection_prepare (
      entries->connection,
      "INSERT INTO shequ_log (moment, actor, workstation, action, register, record, changes, reason) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
      error);
  return entries->insert != NULL && insert (entries, entries->insert, entry, 0, error);
}

gboolean
shequ_entries_add (ShequEntries *entries,
                   ShequAction action,
                   const ShequRegister *reg,
                   gint64 key,
                   const char *changes,
                   GError **error)
{
  Entry entry = { action, reg, key, (char *) changes };

  if (!entries->connection->engine->many_writers)
    return insert_now (entries, &entry, error);
  entry.changes = g_strdup (changes);
  g_array_append_val (entries->kept, entry);
  return TRUE;
}

/* Holds the log until the commit, and reserves the next numbers; the last one before them. */
static gboolean
hold_log (ShequConnection *connection, guint n_entries, gint64 *last, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (connection, HOLD, error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_integer (statement, 1, n_entries);
  if (!shequ_statement_step (statement, &has_row, error))
    return FALSE;
  *last = shequ_statement_get_integer (statement, 0) - n_entries;
  shequ_statement_reset (statement);
  return TRUE;
}

static ShequStatement *
prepare_numbered (const ShequEntries *entries, GError **error)
{
  const ShequEngine *engine = entries->connection->engine;

  if (engine->prepare_load != NULL && entries->kept->len >= LEAST_LOADED)
    return shequ_connection_prepare_load (entries->connection, "shequ_log", columns, NULL, error);
  return shequ_connection_prepare (
    entries->connection,
    "INSERT INTO shequ_log (moment, actor, workstation, action, register, record, changes, reason, number) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    error);
}

/* Writes what was kept back. From then on until the end of the transaction nobody else adds entries. */
gboolean
shequ_entries_flush (ShequEntries *entries, GError **error)
{
  ShequStatement *statement;
  gint64 last = 0;

  if (entries->kept->len == 0)
    return TRUE;
  statement = prepare_numbered (entries, error);
  if (statement == NULL || !hold_log (entries->connection, entries->kept->len, &last, error))
    return FALSE;
  for (guint i = 0; i < entries->kept->len; i++)
    if (!insert (entries, statement, &g_array_index (entries->kept, Entry, i), last + i + 1, error))
      return FALSE;
  g_array_set_size (entries->kept, 0);
  return TRUE;
}
