#include "shequ-reindex-private.h"

#include "shequ-documents-private.h"

#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* No register is called so: the new index until it takes the place of the old one, and how far it is. */
#define NEXT "~"

/* Records between two times that the disk has everything: a second's work. */
#define RECORDS_AT_ONCE 10000

/* Entries of the log that were given a number before others and are committed later. */
#define LATE_ENTRIES 256

/* How far a rebuild is. Where the log has other entries of the register by now, records were changed by
 * somebody else, and the new index does not know of it. */
typedef struct
{
  gint64 done;      /* records */
  gint64 key;       /* the last of them */
  gint64 entry;     /* an entry of the change log */
  gint64 n_entries; /* how many of the register come behind it */
} State;

/* All of it. */
typedef struct
{
  ShequStore *store;
  ShequConnection *connection;
  ShequSearchTokens *tokens;
  gint64 before; /* records of the registers, and of the stretches, that are done */
  gint64 total;
} Rebuild;

static gboolean
ask_integer (ShequConnection *connection,
             const char *text,
             const char *first,
             gint64 second,
             gint64 *answer,
             GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (connection, text, error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  if (first != NULL)
    {
      shequ_statement_bind_text (statement, 1, first);
      shequ_statement_bind_integer (statement, 2, second);
    }
  if (!shequ_statement_step (statement, &has_row, error) || !has_row)
    return FALSE;
  *answer = shequ_statement_get_integer (statement, 0);
  shequ_statement_reset (statement);
  return TRUE;
}

gboolean
shequ_reindex_count (ShequConnection *connection, const ShequRegister *reg, gint64 *count, GError **error)
{
  g_autofree char *text =
    g_strdup_printf ("SELECT count(*) FROM \"%s\" t WHERE t.\"deleted_at\" IS NULL", reg->name);

  return ask_integer (connection, text, NULL, 0, count, error);
}

static gboolean
count_entries (ShequConnection *connection,
               const ShequRegister *reg,
               gint64 entry,
               gint64 *count,
               GError **error)
{
  return ask_integer (connection, "SELECT count(*) FROM shequ_log WHERE register = ?1 AND number > ?2",
                      reg->name, entry, count, error);
}

static gboolean
run (ShequConnection *connection, const char *text, const char *name, const char *value, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (connection, text, error);

  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_text (statement, 1, name);
  if (value != NULL)
    shequ_statement_bind_text (statement, 2, value);
  return shequ_statement_run (statement, NULL, error);
}

static gboolean
write_setting (ShequConnection *connection, const char *name, const char *text, GError **error)
{
  return run (connection, "DELETE FROM shequ_setting WHERE name = ?1", name, NULL, error) &&
         (text == NULL ||
          run (connection, "INSERT INTO shequ_setting (name, text) VALUES (?1, ?2)", name, text, error));
}

static gboolean
write_state (ShequConnection *connection, const ShequRegister *reg, const State *state, GError **error)
{
  g_autofree char *name = g_strconcat (SHEQU_STORE_INDEX_SETTING, reg->name, NEXT, NULL);
  g_autofree char *recipe = shequ_documents_describe (reg);
  g_autofree char *text = g_strdup_printf ("%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %s", state->done,
                                           state->key, state->entry, state->n_entries, recipe);

  return write_setting (connection, name, text, error);
}

/* Whether an index after the same recipe was begun, and nothing was changed since. */
static gboolean
read_state (ShequConnection *connection,
            const ShequRegister *reg,
            const char *index,
            State *state,
            gboolean *begun,
            GError **error)
{
  g_autofree char *name = g_strconcat (SHEQU_STORE_INDEX_SETTING, reg->name, NEXT, NULL);
  g_autofree char *recipe = shequ_documents_describe (reg);
  g_autofree char *text = NULL;
  g_autofree char *table = g_strconcat (index, "_search", NULL);
  gint64 n_entries = 0;
  gboolean there = FALSE;
  int behind = 0;

  *begun = FALSE;
  if (!shequ_lookup_setting (connection, name, &text, error))
    return FALSE;
  if (text == NULL ||
      sscanf (text, "%" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 " %n", &state->done, &state->key,
              &state->entry, &state->n_entries, &behind) < 4 ||
      strcmp (text + behind, recipe) != 0)
    return TRUE;
  if (!connection->engine->table_exists (connection, table, &there, error) ||
      !count_entries (connection, reg, state->entry, &n_entries, error))
    return FALSE;
  *begun = there && n_entries == state->n_entries;
  return TRUE;
}

/* An empty index beside the old one. */
static gboolean
start (ShequConnection *connection, const ShequRegister *reg, State *state, GError **error)
{
  g_autoptr (GString) script = g_string_new (NULL);
  g_autofree char *next = g_strconcat (reg->name, NEXT, NULL);
  gint64 last = 0;

  connection->engine->write_search_schema (script, next);
  memset (state, 0, sizeof *state);
  if (!ask_integer (connection, "SELECT coalesce(max(number), 0) FROM shequ_log", NULL, 0, &last, error))
    return FALSE;
  state->entry = MAX (0, last - LATE_ENTRIES);
  return count_entries (connection, reg, state->entry, &state->n_entries, error) &&
         shequ_connection_execute (connection, script->str, error) &&
         write_state (connection, reg, state, error);
}

static void
tell (guint n, gpointer user_data)
{
  const Rebuild *rebuild = user_data;
  const ShequStore *store = rebuild->store;

  if (store->progress != NULL)
    store->progress ((guint) MIN (rebuild->before + n, rebuild->total), (guint) rebuild->total,
                     store->progress_data);
}

/* The new index takes the place of the old one; where somebody changed records meanwhile, it is made once
 * more, and nobody else may write until it stands. */
static gboolean
finish (Rebuild *rebuild, const ShequRegister *reg, GError **error)
{
  ShequConnection *connection = rebuild->connection;
  g_autoptr (GString) script = g_string_new (NULL);
  g_autofree char *next = g_strconcat (reg->name, NEXT, NULL);
  g_autofree char *state_name = g_strconcat (SHEQU_STORE_INDEX_SETTING, reg->name, NEXT, NULL);
  g_autofree char *name = g_strconcat (SHEQU_STORE_INDEX_SETTING, reg->name, NULL);
  g_autofree char *recipe = shequ_documents_describe (reg);
  gboolean whole = FALSE;
  State state = { 0 };

  connection->engine->write_search_rename (script, next, reg->name);
  if (!shequ_connection_execute (connection, script->str, error) ||
      !read_state (connection, reg, reg->name, &state, &whole, error))
    return FALSE;
  if (!whole)
    {
      ShequDocumentsStretch stretch = { 0, 0, tell, rebuild };

      g_string_truncate (script, 0);
      connection->engine->write_search_schema (script, reg->name);
      if (!shequ_connection_execute (connection, script->str, error) ||
          !shequ_documents_make (connection, reg, reg->name, rebuild->tokens, 0, &stretch, error))
        return FALSE;
    }
  return write_setting (connection, state_name, NULL, error) &&
         write_setting (connection, name, recipe, error);
}

/* One stretch of work within a transaction. */
static gboolean
go_on (Rebuild *rebuild, const ShequRegister *reg, gint64 before, gboolean *ended, GError **error)
{
  ShequConnection *connection = rebuild->connection;
  g_autofree char *next = g_strconcat (reg->name, NEXT, NULL);
  ShequDocumentsStretch stretch = { 0, 0, tell, rebuild };
  gboolean begun = FALSE;
  State state = { 0 };

  if (!read_state (connection, reg, next, &state, &begun, error) ||
      (!begun && !start (connection, reg, &state, error)))
    return FALSE;
  rebuild->before = before + state.done;
  stretch.key = state.key;
  if (!shequ_documents_make (connection, reg, next, rebuild->tokens, RECORDS_AT_ONCE, &stretch, error))
    return FALSE;
  *ended = stretch.n < RECORDS_AT_ONCE;
  state.key = stretch.key;
  state.done += stretch.n;
  return *ended ? finish (rebuild, reg, error) : write_state (connection, reg, &state, error);
}

static gboolean
rebuild_register (Rebuild *rebuild, const ShequRegister *reg, gint64 before, GError **error)
{
  ShequConnection *connection = rebuild->connection;
  gboolean ended = FALSE;

  while (!ended)
    {
      if (!connection->engine->begin (connection, error))
        return FALSE;
      if (!go_on (rebuild, reg, before, &ended, error) ||
          !shequ_connection_execute (connection, "COMMIT", error))
        {
          connection->cancellable = NULL;
          shequ_connection_execute (connection, "ROLLBACK", NULL);
          return FALSE;
        }
    }
  return TRUE;
}

/* Makes the search indexes of registers anew; where it is given up, what was done is kept for the next time.
 */
gboolean
shequ_reindex_run (ShequStore *store, ShequConnection *connection, const GPtrArray *registers, GError **error)
{
  g_autoptr (ShequSearchTokens) tokens = NULL;
  Rebuild rebuild = { store, connection, NULL, 0, 0 };
  gint64 before = 0;

  if (registers->len == 0)
    return TRUE;
  rebuild.tokens = tokens = shequ_store_new_tokens (store, error);
  for (guint i = 0; i < registers->len; i++)
    {
      gint64 count = 0;

      if (tokens == NULL || !shequ_reindex_count (connection, registers->pdata[i], &count, error))
        return FALSE;
      rebuild.total += count;
    }
  for (guint i = 0; i < registers->len; i++)
    {
      gint64 count = 0;

      if (!shequ_reindex_count (connection, registers->pdata[i], &count, error) ||
          !rebuild_register (&rebuild, registers->pdata[i], before, error))
        return FALSE;
      before += count;
    }
  return TRUE;
}
