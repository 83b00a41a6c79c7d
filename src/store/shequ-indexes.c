/* Indexes: those of a new table, and those that an older database does not have yet. */
#include "shequ-indexes-private.h"

#include "shequ-error.h"
#include "shequ-protection-private.h"
#include "shequ-scope-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PLAIN "CREATE INDEX "
#define UNIQUE "CREATE UNIQUE INDEX "

/* An order carries the unit and the beginning, so that the list of one unit, also as of a past day, is read
 * from its index alone; and the deletion, which is always empty, since SQLite fetches each row to see it. */
void
shequ_indexes_write (GString *script,
                     const ShequEngine *engine,
                     const ShequRegister *reg,
                     const char *column,
                     gboolean unique,
                     gboolean is_order)
{
  g_string_append_printf (
    script, "CREATE %sINDEX \"%s_by_%s\" ON \"%s\" (\"%s\"%s%s%s%s) WHERE \"deleted_at\" IS NULL;\n",
    unique ? "UNIQUE " : "", reg->name, column, reg->name, column, is_order ? engine->index_order : "",
    is_order && shequ_register_lookup (reg, "unit") != NULL ? ", \"unit\"" : "",
    is_order && reg->has_history ? ", \"valid_from\"" : "", is_order ? ", \"deleted_at\"" : "");
}

/* One record without the exception, and any number with it; the value alone is looked up by it, too. */
void
shequ_indexes_write_waived (GString *script, const ShequField *field)
{
  const char *reg = field->owner->name;

  g_string_append_printf (
    script,
    "CREATE UNIQUE INDEX \"%s_unique_%s\" ON \"%s\" (\"%s\", (CASE WHEN \"%s\" = 1 THEN "
    "\"key\" ELSE 0 END)) WHERE \"deleted_at\" IS NULL;\n",
    reg, field->name, reg, field->name, field->unique_unless->name);
}

gboolean
shequ_indexes_sorts_list (const ShequField *field)
{
  const ShequList *list = shequ_register_get_list (field->owner, NULL);

  return list != NULL && list->sort->len > 0 && g_array_index (list->sort, ShequSort, 0).field == field;
}

void
shequ_indexes_write_field (GString *script, const ShequEngine *engine, const ShequField *field)
{
  const ShequRegister *reg = field->owner;

  if (field->unique && field->unique_unless != NULL)
    shequ_indexes_write_waived (script, field);
  else if (field->unique)
    shequ_indexes_write (script, engine, reg, field->name, TRUE, FALSE);
  else if (shequ_indexes_sorts_list (field) && !shequ_sql_field_has_sort_column (field))
    shequ_indexes_write (script, engine, reg, field->name, FALSE, TRUE);
  else if (field->kind == SHEQU_FIELD_LINK && !g_str_equal (field->name, "unit"))
    shequ_indexes_write (script, engine, reg, field->name, FALSE, FALSE);
  if (shequ_sql_field_has_sort_column (field) && shequ_indexes_sorts_list (field))
    {
      g_autofree char *column = g_strconcat (field->name, "_sort", NULL);

      shequ_indexes_write (script, engine, reg, column, FALSE, TRUE);
    }
}

/* Whether the index of one of its fields finds the records of an identity. */
static gboolean
is_indexed (const GPtrArray *identity)
{
  for (guint i = 0; i < identity->len; i++)
    {
      const ShequField *field = identity->pdata[i];

      if (field->unique || field->kind == SHEQU_FIELD_LINK)
        return TRUE;
    }
  return identity->len == 1 && shequ_indexes_sorts_list (identity->pdata[0]) &&
         !shequ_sql_field_has_sort_column (identity->pdata[0]);
}

/* What tells one record from another is asked for with every row of an import. */
void
shequ_indexes_write_identity (GString *script, const ShequRegister *reg)
{
  for (guint i = 0; i < reg->identity->len; i++)
    {
      const GPtrArray *identity = reg->identity->pdata[i];

      if (identity->len == 0 || is_indexed (identity))
        continue;
      g_string_append_printf (script, "CREATE INDEX IF NOT EXISTS \"%s_identity_%u\" ON \"%s\" (", reg->name,
                              i, reg->name);
      for (guint k = 0; k < identity->len; k++)
        g_string_append_printf (script, "%s\"%s\"", k > 0 ? ", " : "",
                                ((const ShequField *) identity->pdata[k])->name);
      if (shequ_register_lookup (reg, "unit") != NULL)
        g_string_append (script, ", \"unit\"");
      g_string_append (script, ") WHERE \"deleted_at\" IS NULL;\n");
    }
}

/* What no two records may share. */
void
shequ_indexes_write_unique_with (GString *script, const ShequRegister *reg)
{
  if (reg->unique_with->len == 0)
    return;
  g_string_append_printf (script, "CREATE UNIQUE INDEX \"%s_unique_with\" ON \"%s\" (", reg->name, reg->name);
  for (guint i = 0; i < reg->unique_with->len; i++)
    g_string_append_printf (script, "%s\"%s\"", i > 0 ? ", " : "",
                            ((const ShequField *) reg->unique_with->pdata[i])->name);
  g_string_append (script, ") WHERE \"deleted_at\" IS NULL;\n");
}

/* What a count as of a past day asks: what has changed since, and what held then. What has held since ever,
 * as whole rosters do, is in neither. */
void
shequ_indexes_write_days (GString *script, const ShequRegister *reg)
{
  const char *unit = shequ_register_lookup (reg, "unit") != NULL ? ", \"unit\"" : "";

  g_string_append_printf (
    script,
    "CREATE INDEX \"%s_since\" ON \"%s\" (\"valid_from\", \"deleted_at\"%s) WHERE \"deleted_at\" IS NULL "
    "AND \"valid_from\" IS NOT NULL;\n"
    "CREATE INDEX \"%s_history_held\" ON \"%s_history\" (\"valid_to\", \"valid_from\"%s);\n",
    reg->name, reg->name, unit, reg->name, reg->name, unit);
}

/* Former versions are found by their links, and read in the orders in which the present ones are. */
void
shequ_indexes_write_history (GString *script, const ShequField *field)
{
  const ShequRegister *reg = field->owner;
  gboolean has_order = shequ_sql_field_has_sort_column (field);

  if (!shequ_field_is_stored (field) || g_str_equal (field->name, "unit"))
    return;
  if (field->unique || shequ_indexes_sorts_list (field))
    g_string_append_printf (script,
                            "CREATE INDEX \"%s_history_by_%s\" ON \"%s_history\" (\"%s%s\", \"valid_to\", "
                            "\"valid_from\"%s);\n",
                            reg->name, field->name, reg->name, field->name, has_order ? "_sort" : "",
                            shequ_register_lookup (reg, "unit") != NULL ? ", \"unit\"" : "");
  else if (field->history && field->kind == SHEQU_FIELD_LINK)
    g_string_append_printf (script, "CREATE INDEX \"%s_history_by_%s\" ON \"%s_history\" (\"%s\");\n",
                            reg->name, field->name, reg->name, field->name);
}
/* index -> `u` where it is unique, otherwise `-`, and its definition from its name on, where the engine keeps
 * it as it was written. */
static GHashTable *
list_present (ShequConnection *connection, GError **error)
{
  g_autoptr (GHashTable) present = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  ShequStatement *statement = shequ_connection_prepare (connection, connection->engine->list_indexes, error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  while (shequ_statement_step (statement, &has_row, error))
    {
      const char *text, *definition;

      if (!has_row)
        {
          shequ_statement_reset (statement);
          return g_steal_pointer (&present);
        }
      text = shequ_statement_get_text (statement, 1);
      definition = text != NULL ? strchr (text, '"') : NULL;
      g_hash_table_insert (present, g_strdup (shequ_statement_get_text (statement, 0)),
                           g_strconcat (text != NULL && g_str_has_prefix (text, UNIQUE) ? "u" : "-",
                                        definition != NULL ? definition : "", NULL));
    }
  shequ_statement_reset (statement);
  return NULL;
}

/* One index is made, in the place of one of its name that was made otherwise. */
static gboolean
make (ShequConnection *connection, gboolean unique, const char *name, const char *definition, GError **error)
{
  g_autofree char *script = g_strdup_printf ("DROP INDEX IF EXISTS \"%s\";\n%sIF NOT EXISTS %s;", name,
                                             unique ? UNIQUE : PLAIN, definition);

  if (!connection->engine->begin (connection, error))
    return FALSE;
  if (shequ_schema_hold (connection, error) && shequ_connection_execute (connection, script, error) &&
      shequ_connection_execute (connection, "COMMIT", error))
    return TRUE;
  connection->cancellable = NULL;
  shequ_connection_execute (connection, "ROLLBACK", NULL);
  return FALSE;
}

/* Records that were there before may share what only one may have: they are kept, and the rule is checked by
 * the program alone until they differ. */
static gboolean
forgive (ShequStore *store, const ShequRegister *reg, GError **error)
{
  if (!g_error_matches (*error, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE) &&
      !g_error_matches (*error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT))
    return FALSE;
  g_clear_error (error);
  g_ptr_array_add (store->problems,
                   g_strdup_printf (_ ("%s: several records share a value that only one may have by now. All "
                                       "are kept; change or merge them"),
                                    reg->label));
  return TRUE;
}

static gboolean
make_missing (ShequStore *store,
              ShequConnection *connection,
              const ShequRegister *reg,
              GHashTable *present,
              const char *script,
              GError **error)
{
  g_auto (GStrv) lines = g_strsplit (script, ";\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean unique = g_str_has_prefix (lines[i], UNIQUE);
      const char *definition = strchr (lines[i], '"');
      const char *end = definition != NULL ? strchr (definition + 1, '"') : NULL;
      g_autofree char *name = end != NULL ? g_strndup (definition + 1, (gsize) (end - definition - 1)) : NULL;
      const char *there = name != NULL ? g_hash_table_lookup (present, name) : NULL;
      GError *local = NULL;

      if (name == NULL || (there != NULL && (*there == 'u') == unique &&
                           (there[1] == '\0' || g_str_equal (there + 1, definition))))
        continue;
      if (!shequ_store_examine_first (store, connection, error))
        return FALSE;
      if (make (connection, unique, name, definition, &local) || (unique && forgive (store, reg, &local)))
        continue;
      g_propagate_error (error, local);
      return FALSE;
    }
  return TRUE;
}

static void
write_all (GString *script, const ShequEngine *engine, const ShequRegister *reg)
{
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (!shequ_field_is_stored (field))
        continue;
      shequ_indexes_write_field (script, engine, field);
      if (reg->has_history)
        shequ_indexes_write_history (script, field);
    }
  shequ_indexes_write_identity (script, reg);
  shequ_indexes_write_unique_with (script, reg);
  if (reg->has_history)
    shequ_indexes_write_days (script, reg);
}

/*
 * Makes the indexes that the tables of an older database lack, each in a transaction of its own. Without one
 * a look is slow and right, so that a database that does not let itself be changed is opened all the same,
 * and asked again the next time: by somebody who may, or on a disk that has room. Fails when it is cancelled.
 */
gboolean
shequ_indexes_bring_up (ShequStore *store, ShequConnection *connection, GError **error)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (store->catalogue);
  g_autoptr (GHashTable) present = list_present (connection, error);
  g_autoptr (GError) local = NULL;
  GCancellable *cancellable = connection->cancellable;

  if (present == NULL)
    return FALSE;
  for (guint i = 0; i < registers->len; i++)
    {
      g_autoptr (GString) script = g_string_new (NULL);

      write_all (script, store->engine, registers->pdata[i]);
      if (make_missing (store, connection, registers->pdata[i], present, script->str, &local))
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (g_error_matches (local, SHEQU_ERROR, SHEQU_ERROR_DAMAGED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_debug ("%s", local->message);
      break;
    }
  connection->cancellable = cancellable;
  return TRUE;
}

/* Whether records are also found by the order of a list. */
static gboolean
is_identity (const ShequField *field)
{
  const GPtrArray *identities = field->owner->identity;

  for (guint i = 0; i < identities->len; i++)
    {
      const GPtrArray *identity = identities->pdata[i];

      if (identity->len == 1 && identity->pdata[0] == field)
        return TRUE;
    }
  return FALSE;
}

/**
 * shequ_transaction_set_orders_aside:
 * @transaction: a transaction of an import
 * @reg: a register to which very many records are added
 * @error: %SHEQU_ERROR_PERMISSION
 *
 * Takes away the indexes that only serve the orders of the lists of @reg, where the database is a file: new
 * records lie anywhere in them, so that each transaction would write most of their leaves anew. A list is
 * slow and right until shequ_store_restore_orders() has been called; who is killed before finds them made at
 * the next opening.
 *
 * Returns: whether they were taken away, or are kept
 */
gboolean
shequ_transaction_set_orders_aside (ShequTransaction *transaction, const ShequRegister *reg, GError **error)
{
  ShequConnection *connection = shequ_transaction_get_connection (transaction);
  g_autoptr (GString) script = g_string_new (NULL);

  if (!shequ_access_allows (connection->asker, SHEQU_RIGHT_IMPORT, reg, error))
    return FALSE;
  if (connection->engine->many_writers)
    return TRUE;
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (shequ_field_is_stored (field) && shequ_indexes_sorts_list (field) && !is_identity (field) &&
          (!field->unique || shequ_sql_field_has_sort_column (field)))
        g_string_append_printf (script, "DROP INDEX IF EXISTS \"%s_by_%s%s\";\n", reg->name, field->name,
                                shequ_sql_field_has_sort_column (field) ? "_sort" : "");
    }
  return script->len == 0 || shequ_connection_execute (connection, script->str, error);
}

/**
 * shequ_store_restore_orders:
 * @store: a store
 * @error: what kept an index from being made; a list is slow and right until the next opening
 *
 * Makes what shequ_transaction_set_orders_aside() took away.
 *
 * Returns: whether all are there again
 */
gboolean
shequ_store_restore_orders (ShequStore *store, GError **error)
{
  gboolean done;

  shequ_store_lock_writer (store);
  done = store->writer == NULL || shequ_indexes_bring_up (store, store->writer, error);
  shequ_store_unlock_writer (store);
  return done;
}
