#include "shequ-engine-private.h"

#include "shequ-error.h"
#include "shequ-sql-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>

/* How addresses begin; what is no path is handed to its engine as it is. */
static const struct
{
  const char *scheme;
  const ShequEngine *engine;
  gboolean is_path;
} schemes[] = {
  { "sqlite:", &shequ_engine_sqlite, TRUE },
#ifdef SHEQU_POSTGRESQL
  { "postgresql://", &shequ_engine_postgres, FALSE },
  { "postgres://", &shequ_engine_postgres, FALSE },
#endif
};

/*
 * The engine that an address names, and where in it the database is. An address without a scheme is the
 * path of a file of the first engine.
 */
const ShequEngine *
shequ_engine_find (const char *uri, const char **location)
{
  *location = uri;
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      if (!g_str_has_prefix (uri, schemes[i].scheme))
        continue;
      if (schemes[i].is_path)
        *location += strlen (schemes[i].scheme);
      return schemes[i].engine;
    }
  return strstr (uri, "://") == NULL ? schemes[0].engine : NULL;
}

/* The same, or an error. An address may hold a password: no more of it is told than the word before the
 * colon. */
const ShequEngine *
shequ_engine_require (const char *uri, const char **location, GError **error)
{
  const ShequEngine *engine = shequ_engine_find (uri, location);
  g_autofree char *scheme = NULL;

  if (engine != NULL)
    return engine;
  scheme = g_strndup (uri, strcspn (uri, ":"));
  if (g_str_equal (scheme, "postgresql") || g_str_equal (scheme, "postgres"))
    g_set_error_literal (
      error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
      _ ("This Shequ was built without PostgreSQL and opens files only. Install the package of "
         "Shequ that connects to servers, or open the office on another computer."));
  else
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                 _ ("“%s” names no kind of database that Shequ knows"), scheme);
  return NULL;
}

static void
finalize_statement (gpointer data)
{
  ShequStatement *statement = data;

  statement->connection->engine->finalize (statement);
}

void
shequ_connection_init (ShequConnection *connection, const ShequEngine *engine)
{
  connection->engine = engine;
  connection->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_statement);
  connection->cancellable = NULL;
  connection->seal = NULL;
  connection->key_generation = 0;
  connection->lost = FALSE;
}

ShequConnection *
shequ_connection_open (const ShequEngine *engine,
                       const char *location,
                       ShequOpenMode mode,
                       gboolean reader,
                       GError **error)
{
  return engine->open (location, mode, reader, error);
}

void
shequ_connection_close (ShequConnection *connection)
{
  if (connection == NULL)
    return;
  g_clear_pointer (&connection->statements, g_hash_table_unref);
  g_clear_pointer (&connection->seal, shequ_seal_free);
  g_clear_pointer (&connection->access, shequ_access_unref);
  g_clear_pointer (&connection->asker, shequ_access_unref);
  connection->engine->close (connection);
}

/* A statement ready to be bound; owned by the connection. */
ShequStatement *
shequ_connection_prepare (ShequConnection *connection, const char *text, GError **error)
{
  ShequStatement *statement = g_hash_table_lookup (connection->statements, text);

  if (statement != NULL)
    {
      connection->engine->reset (statement);
      return statement;
    }
  statement = connection->engine->prepare (connection, text, error);
  if (statement != NULL)
    g_hash_table_insert (connection->statements, g_strdup (text), statement);
  return statement;
}

/* Of an engine that can: see prepare_load. Owned by the connection, one for each table. */
ShequStatement *
shequ_connection_prepare_load (ShequConnection *connection,
                               const char *table,
                               const char *const *columns,
                               const char *document,
                               GError **error)
{
  g_autofree char *name = g_strconcat ("load ", table, NULL);
  ShequStatement *statement = g_hash_table_lookup (connection->statements, name);

  if (statement != NULL)
    return statement;
  statement = connection->engine->prepare_load (connection, table, columns, document, error);
  if (statement != NULL)
    g_hash_table_insert (connection->statements, g_steal_pointer (&name), statement);
  return statement;
}

gboolean
shequ_connection_execute (ShequConnection *connection, const char *script, GError **error)
{
  return connection->engine->execute (connection, script, error);
}

/* Runs a statement without parameters once. */
gboolean
shequ_connection_run (ShequConnection *connection, const char *text, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (connection, text, error);

  return statement != NULL && shequ_statement_run (statement, NULL, error);
}

void
shequ_statement_bind_value (ShequStatement *statement, int place, const ShequValue *value)
{
  const ShequEngine *engine = statement->connection->engine;

  switch (value->type)
    {
    case SHEQU_VALUE_NULL:
      engine->bind_null (statement, place);
      break;
    case SHEQU_VALUE_INTEGER:
      engine->bind_integer (statement, place, value->integer);
      break;
    case SHEQU_VALUE_TEXT:
      engine->bind_text (statement, place, value->text);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
shequ_statement_bind_text (ShequStatement *statement, int place, const char *text)
{
  if (text == NULL)
    statement->connection->engine->bind_null (statement, place);
  else
    statement->connection->engine->bind_text (statement, place, text);
}

void
shequ_statement_bind_integer (ShequStatement *statement, int place, gint64 integer)
{
  statement->connection->engine->bind_integer (statement, place, integer);
}

gboolean
shequ_statement_step (ShequStatement *statement, gboolean *has_row, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (statement->connection->cancellable, error))
    return FALSE;
  return statement->connection->engine->step (statement, has_row, error);
}

/* Runs a statement that gives no rows, and resets it. */
gboolean
shequ_statement_run (ShequStatement *statement, gint64 *n_changes, GError **error)
{
  const ShequEngine *engine = statement->connection->engine;
  gboolean has_row = TRUE;

  while (has_row)
    {
      if (!engine->step (statement, &has_row, error))
        {
          engine->reset (statement);
          return FALSE;
        }
    }
  if (n_changes != NULL)
    *n_changes = engine->count_changes (statement->connection);
  engine->reset (statement);
  return TRUE;
}

void
shequ_statement_reset (ShequStatement *statement)
{
  statement->connection->engine->reset (statement);
}

gint64
shequ_statement_get_integer (ShequStatement *statement, int column)
{
  return statement->connection->engine->get_integer (statement, column);
}

/* NULL where the column is empty; lives until the next step. */
const char *
shequ_statement_get_text (ShequStatement *statement, int column)
{
  return statement->connection->engine->get_text (statement, column);
}

/* The field whose values a column holds: of a computed one that of its source. */
static const ShequField *
get_source (const ShequField *field)
{
  if (field->kind == SHEQU_FIELD_COMPUTED && field->compute->type == SHEQU_COMPUTE_FIRST)
    return shequ_register_lookup (field->compute->source, field->compute->field);
  return field;
}

/* What a column holds of a field, opened where it is sealed. */
gboolean
shequ_statement_get_field (ShequStatement *statement,
                           int column,
                           const ShequField *field,
                           ShequValue *value,
                           GError **error)
{
  const ShequEngine *engine = statement->connection->engine;
  const char *text;
  char *opened;

  if (engine->is_null (statement, column))
    shequ_value_clear (value);
  else if (shequ_sql_field_is_integer (field))
    shequ_value_set_integer (value, engine->get_integer (statement, column));
  else if (text = engine->get_text (statement, column), field = get_source (field),
           !shequ_field_is_sealed (field) || !shequ_text_is_sealed (text))
    shequ_value_set_text (value, text);
  else if ((opened = shequ_seal_open_value (statement->connection->seal, field, text, error)) != NULL)
    shequ_value_take_text (value, opened);
  else
    return FALSE;
  return TRUE;
}

/* (transfer full) (nullable): a value as the column of its field holds it; NULL where that is the value
 * itself. */
char *
shequ_connection_seal_value (ShequConnection *connection, const ShequField *field, const ShequValue *value)
{
  if (connection->seal == NULL || field == NULL || value->type != SHEQU_VALUE_TEXT ||
      !shequ_field_is_sealed (field))
    return NULL;
  return shequ_seal_close_value (connection->seal, field, value->text);
}
