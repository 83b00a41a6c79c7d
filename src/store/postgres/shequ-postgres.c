/*
 * The engine on PostgreSQL: a server for several workstations.
 *
 * Values go to the server as texts and come back in its own form, which costs neither side a conversion of
 * numbers. All of a result is fetched before its first row is handed out, so that one statement may be asked
 * while another is being read. Texts compare by their bytes (`COLLATE "C"`): what a person calls order stands
 * in keys of order, as with the other engine. Search documents lie in a table of their own beside each
 * register, as sets of tokens under a GIN index.
 *
 * Writers see what others have committed, statement by statement; a record that a transaction means to change
 * is locked when it is read. Row level security by organisation unit would hook in behind the tables made
 * here (shequ-schema.c), notices to other workstations behind begin and COMMIT.
 */
#include "shequ-postgres-private.h"

#include "shequ-error.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

/* What was put in gathers beside the index before it is merged into it, so that an import does not wait for
 * that; the server's own gatherer is to come for it within a minute. */
#define EAGER                                                                                                \
  "autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 2000, "                   \
  "autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 2000"

/* The types of the catalogue of every server. */
enum
{
  TYPE_BOOLEAN = 16,
  TYPE_INTEGER_8 = 20,
  TYPE_INTEGER_2 = 21,
  TYPE_INTEGER_4 = 23,
};

static void
postgres_close (ShequConnection *connection)
{
  PostgresConnection *self = (PostgresConnection *) connection;

  shequ_postgres_load_clear (self);
  g_clear_error (&self->failure);
  PQfinish (self->server);
  g_free (self);
}

PostgresStatement *
shequ_postgres_new_statement (PostgresConnection *connection, int n_parameters)
{
  PostgresStatement *statement = g_new0 (PostgresStatement, 1);

  statement->base.connection = &connection->base;
  g_snprintf (statement->name, sizeof statement->name, "s%u", ++connection->n_statements);
  statement->n_parameters = n_parameters;
  statement->values = g_new0 (const char *, n_parameters + 1);
  statement->lengths = g_new0 (int, n_parameters + 1);
  statement->formats = g_new0 (int, n_parameters + 1);
  statement->numbers = g_malloc0 ((gsize) (n_parameters + 1) * sizeof *statement->numbers);
  statement->texts = g_ptr_array_new_with_free_func (g_free);
  return statement;
}

static void
postgres_finalize (ShequStatement *statement)
{
  PostgresStatement *self = (PostgresStatement *) statement;

  PQclear (self->result);
  shequ_postgres_load_free (self->load);
  g_ptr_array_unref (self->texts);
  g_free (self->values);
  g_free (self->lengths);
  g_free (self->formats);
  g_free (self->numbers);
  g_free (self);
}

static ShequStatement *
postgres_prepare (ShequConnection *connection, const char *text, GError **error)
{
  PostgresConnection *self = (PostgresConnection *) connection;
  int n_parameters = 0;
  g_autofree char *translated = shequ_postgres_translate (text, &n_parameters);
  PostgresStatement *statement = shequ_postgres_new_statement (self, n_parameters);
  PGresult *result = NULL;

  if (!shequ_postgres_flush_loads (self, error))
    result = NULL;
  else if (PQsendPrepare (self->server, statement->name, translated, 0, NULL))
    result = shequ_postgres_take_result (self, error);
  else
    shequ_postgres_set_lost (self, error);
  if (result == NULL)
    {
      postgres_finalize (&statement->base);
      return NULL;
    }
  PQclear (result);
  return &statement->base;
}

static void
postgres_reset (ShequStatement *statement)
{
  PostgresStatement *self = (PostgresStatement *) statement;

  g_clear_pointer (&self->result, PQclear);
  g_ptr_array_set_size (self->texts, 0);
}

static void
bind (ShequStatement *statement, int place, const char *value, int length, int format)
{
  PostgresStatement *self = (PostgresStatement *) statement;

  g_return_if_fail (place > 0 && place <= self->n_parameters);
  self->values[place - 1] = value;
  self->lengths[place - 1] = length;
  self->formats[place - 1] = format;
}

static void
postgres_bind_null (ShequStatement *statement, int place)
{
  bind (statement, place, NULL, 0, 0);
}

static void
postgres_bind_integer (ShequStatement *statement, int place, gint64 integer)
{
  char *number = ((PostgresStatement *) statement)->numbers[place - 1];

  g_snprintf (number, sizeof ((PostgresStatement *) statement)->numbers[0], "%" G_GINT64_FORMAT, integer);
  bind (statement, place, number, 0, 0);
}

static void
postgres_bind_text (ShequStatement *statement, int place, const char *text)
{
  bind (statement, place, text, 0, 0);
}

static void
postgres_bind_bytes (ShequStatement *statement, int place, const void *bytes, gsize length)
{
  bind (statement, place, bytes, (int) length, 1);
}

static gint64
read_integer (const PGresult *result, int row, int column)
{
  const char *bytes = PQgetvalue (result, row, column);
  guint64 big;
  guint32 middle;
  guint16 small;

  if (PQgetisnull (result, row, column))
    return 0;
  switch (PQftype (result, column))
    {
    case TYPE_INTEGER_8:
      memcpy (&big, bytes, sizeof big);
      return (gint64) GUINT64_FROM_BE (big);
    case TYPE_INTEGER_4:
      memcpy (&middle, bytes, sizeof middle);
      return (gint32) GUINT32_FROM_BE (middle);
    case TYPE_INTEGER_2:
      memcpy (&small, bytes, sizeof small);
      return (gint16) GUINT16_FROM_BE (small);
    case TYPE_BOOLEAN:
      return *bytes != 0;
    default:
      return g_ascii_strtoll (bytes, NULL, 10);
    }
}

static void
note_effect (PostgresConnection *connection, PGresult *result)
{
  connection->n_changes = g_ascii_strtoll (PQcmdTuples (result), NULL, 10);
  if (g_str_has_prefix (PQcmdStatus (result), "INSERT") && PQntuples (result) == 1)
    connection->inserted_key = read_integer (result, 0, 0);
}

static gboolean
run (PostgresStatement *self, GError **error)
{
  PostgresConnection *connection = (PostgresConnection *) self->base.connection;

  if (!shequ_postgres_flush_loads (connection, error))
    return FALSE;
  if (!PQsendQueryPrepared (connection->server, self->name, self->n_parameters, self->values, self->lengths,
                            self->formats, 1))
    {
      shequ_postgres_set_lost (connection, error);
      return FALSE;
    }
  self->result = shequ_postgres_take_result (connection, error);
  self->row = -1;
  if (self->result == NULL)
    return FALSE;
  note_effect (connection, self->result);
  return TRUE;
}

static gboolean
postgres_step (ShequStatement *statement, gboolean *has_row, GError **error)
{
  PostgresStatement *self = (PostgresStatement *) statement;

  *has_row = FALSE;
  if (self->load != NULL)
    return shequ_postgres_load_row (self, error);
  if (self->result == NULL && !run (self, error))
    return FALSE;
  g_ptr_array_set_size (self->texts, 0);
  *has_row = ++self->row < PQntuples (self->result);
  return TRUE;
}

static gint64
postgres_count_changes (ShequConnection *connection)
{
  return ((PostgresConnection *) connection)->n_changes;
}

static gint64
postgres_get_inserted_key (ShequConnection *connection)
{
  return ((PostgresConnection *) connection)->inserted_key;
}

static gboolean
postgres_is_null (ShequStatement *statement, int column)
{
  PostgresStatement *self = (PostgresStatement *) statement;

  return PQgetisnull (self->result, self->row, column);
}

static gint64
postgres_get_integer (ShequStatement *statement, int column)
{
  PostgresStatement *self = (PostgresStatement *) statement;

  return read_integer (self->result, self->row, column);
}

static gboolean
is_number (Oid type)
{
  return type == TYPE_INTEGER_8 || type == TYPE_INTEGER_4 || type == TYPE_INTEGER_2 || type == TYPE_BOOLEAN;
}

static const char *
postgres_get_text (ShequStatement *statement, int column)
{
  PostgresStatement *self = (PostgresStatement *) statement;
  char *text;

  if (PQgetisnull (self->result, self->row, column))
    return NULL;
  if (!is_number (PQftype (self->result, column)))
    return PQgetvalue (self->result, self->row, column);
  text = g_strdup_printf ("%" G_GINT64_FORMAT, read_integer (self->result, self->row, column));
  g_ptr_array_add (self->texts, text);
  return text;
}

static const void *
postgres_get_bytes (ShequStatement *statement, int column, gsize *length)
{
  PostgresStatement *self = (PostgresStatement *) statement;

  *length = (gsize) PQgetlength (self->result, self->row, column);
  return PQgetvalue (self->result, self->row, column);
}

static gboolean
postgres_begin (ShequConnection *connection, GError **error)
{
  PostgresConnection *self = (PostgresConnection *) connection;

  g_clear_error (&self->failure);
  self->deferred = FALSE;
  return shequ_postgres_execute (connection, "BEGIN", error);
}

static gboolean
postgres_table_exists (ShequConnection *connection, const char *table, gboolean *exists, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (
    connection,
    "SELECT 1 FROM pg_catalog.pg_class c WHERE c.relname = ?1 AND c.relkind IN ('r', 'p', 'v') AND "
    "pg_catalog.pg_table_is_visible(c.oid)",
    error);

  if (statement == NULL)
    return FALSE;
  postgres_bind_text (statement, 1, table);
  if (!postgres_step (statement, exists, error))
    return FALSE;
  postgres_reset (statement);
  return TRUE;
}

static gboolean
postgres_read_clock (ShequConnection *connection, gint64 *seconds, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (
    connection, "SELECT CAST(extract(epoch FROM clock_timestamp()) AS BIGINT)", error);
  gboolean has_row = FALSE;

  if (statement == NULL || !postgres_step (statement, &has_row, error))
    return FALSE;
  *seconds = postgres_get_integer (statement, 0);
  postgres_reset (statement);
  return TRUE;
}

/* The server keeps its links and rules itself; an index that was broken off is what it leaves. */
static gboolean
postgres_verify (ShequConnection *connection, GPtrArray *problems, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (
    connection,
    "SELECT CAST(c.relname AS TEXT) FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = "
    "i.indexrelid WHERE NOT i.indisvalid AND pg_catalog.pg_table_is_visible(c.oid)",
    error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  while (TRUE)
    {
      if (!postgres_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      g_ptr_array_add (problems,
                       g_strdup_printf (_ ("The index %s is broken"), postgres_get_text (statement, 0)));
    }
  postgres_reset (statement);
  return TRUE;
}

static void
write_search_index (GString *script, const char *reg)
{
  g_string_append_printf (
    script,
    "CREATE INDEX \"%s_search_document\" ON \"%s_search\" USING gin (\"document\") WITH "
    "(gin_pending_list_limit = 65536);\n",
    reg, reg);
}

static void
postgres_write_search_schema (GString *script, const char *reg)
{
  g_string_append_printf (script,
                          "DROP TABLE IF EXISTS \"%s_search\";\n"
                          "CREATE TABLE \"%s_search\" (\"key\" BIGINT PRIMARY KEY, \"document\" TSVECTOR NOT "
                          "NULL) WITH (" EAGER ");\n",
                          reg, reg);
  write_search_index (script, reg);
}

static void
postgres_write_search_pause (GString *script, const char *reg)
{
  g_string_append_printf (script, "DROP INDEX \"%s_search_document\";\n", reg);
}

static void
postgres_write_search_resume (GString *script, const char *reg)
{
  g_string_append (script, "SET LOCAL maintenance_work_mem = '256MB';\n");
  write_search_index (script, reg);
}

static void
postgres_write_search_rename (GString *script, const char *reg, const char *to)
{
  g_string_append_printf (script,
                          "DROP TABLE IF EXISTS \"%s_search\";\n"
                          "ALTER TABLE \"%s_search\" RENAME TO \"%s_search\";\n"
                          "ALTER INDEX \"%s_search_pkey\" RENAME TO \"%s_search_pkey\";\n"
                          "ALTER INDEX \"%s_search_document\" RENAME TO \"%s_search_document\";\n",
                          to, reg, to, reg, to, reg, to);
}

static void
postgres_write_search_insert (GString *sql, const char *reg)
{
  g_string_append_printf (sql,
                          "INSERT INTO \"%s_search\" (\"key\", \"document\") VALUES (?1, "
                          "array_to_tsvector(string_to_array(?2, ' ')))",
                          reg);
}

static void
postgres_write_search_removal (GString *sql, const char *reg)
{
  g_string_append_printf (sql, "DELETE FROM \"%s_search\" WHERE \"key\" = ?1 AND ?2 <> ''", reg);
}

static void
postgres_write_search_change (GString *sql, const char *reg)
{
  g_string_append_printf (
    sql,
    "UPDATE \"%s_search\" SET \"document\" = ts_delete(\"document\", string_to_array(?3, "
    "' ')) || array_to_tsvector(string_to_array(?2, ' ')) WHERE \"key\" = ?1",
    reg);
}

static void
postgres_write_search (GString *sql, const char *reg, int parameter)
{
  g_string_append_printf (sql, "SELECT \"key\" FROM \"%s_search\" WHERE \"document\" @@ CAST(?%d AS tsquery)",
                          reg, parameter);
}

static gboolean
postgres_collect_search (ShequConnection *connection,
                         const char *reg,
                         const char *search,
                         ShequKeySet *set,
                         GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  ShequStatement *statement;
  gboolean has_row = FALSE;
  gboolean done;

  postgres_write_search (text, reg, 1);
  statement = shequ_connection_prepare (connection, text->str, error);
  if (statement == NULL || g_cancellable_set_error_if_cancelled (connection->cancellable, error))
    return FALSE;
  postgres_bind_text (statement, 1, search);
  while ((done = postgres_step (statement, &has_row, error)) && has_row)
    shequ_key_set_add (set, postgres_get_integer (statement, 0));
  postgres_reset (statement);
  return done;
}

static void
postgres_write_next_key (GString *script, const char *table, const char *column, gint64 next)
{
  g_string_append_printf (script,
                          "ALTER TABLE \"%s\" ALTER COLUMN \"%s\" RESTART WITH %" G_GINT64_FORMAT ";\n",
                          table, column, next);
}

/* The server goes on with it though nobody waits for its word. What belongs to somebody else it leaves out.
 */
static void
postgres_catch_up (ShequConnection *connection, const char *const *tables)
{
  PostgresConnection *self = (PostgresConnection *) connection;
  g_autofree char *names = g_strjoinv ("\", \"", (char **) tables);
  g_autofree char *script = g_strdup_printf ("VACUUM (ANALYZE) \"%s\"", names);

  if (PQsendQuery (self->server, script))
    PQflush (self->server);
}

/* Makes every table of the office anew; what the logs and backups of the server hold is its administrator's.
 * Without names the catalogues that all databases share would be locked, too, and every office with them. */
static gboolean
postgres_rewrite (ShequConnection *connection, GError **error)
{
  g_autoptr (GString) script = g_string_new ("VACUUM (FULL) ");
  ShequStatement *tables =
    shequ_connection_prepare (connection,
                              "SELECT pg_catalog.string_agg(pg_catalog.quote_ident(c.relname), ', ') FROM "
                              "pg_catalog.pg_class c WHERE c.relkind = 'r' AND c.relnamespace = "
                              "current_schema()::regnamespace",
                              error);
  gboolean has_row = FALSE;

  if (tables == NULL || !shequ_statement_step (tables, &has_row, error))
    return FALSE;
  g_string_append (script, has_row ? shequ_statement_get_text (tables, 0) : "");
  shequ_statement_reset (tables);
  return shequ_connection_execute (connection, script->str, error);
}

const ShequEngine shequ_engine_postgres = {
  .name = "postgresql",
  .open = shequ_postgres_open,
  .close = postgres_close,
  .execute = shequ_postgres_execute,
  .prepare = postgres_prepare,
  .finalize = postgres_finalize,
  .reset = postgres_reset,
  .bind_null = postgres_bind_null,
  .bind_integer = postgres_bind_integer,
  .bind_text = postgres_bind_text,
  .bind_bytes = postgres_bind_bytes,
  .step = postgres_step,
  .count_changes = postgres_count_changes,
  .get_inserted_key = postgres_get_inserted_key,
  .is_null = postgres_is_null,
  .get_integer = postgres_get_integer,
  .get_text = postgres_get_text,
  .get_bytes = postgres_get_bytes,
  .begin = postgres_begin,
  .wait = shequ_postgres_wait_for_others,
  .notify = "NOTIFY " SHEQU_POSTGRES_CHANNEL,
  .read_clock = postgres_read_clock,
  .table_exists = postgres_table_exists,
  .catch_up = postgres_catch_up,
  .rewrite = postgres_rewrite,
  .verify = postgres_verify,
  .begin_snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
  .list_indexes = "SELECT CAST(c.relname AS TEXT), CASE WHEN i.indisunique THEN 'CREATE UNIQUE INDEX ' ELSE "
                  "'CREATE INDEX ' END FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = "
                  "i.indexrelid WHERE pg_catalog.pg_table_is_visible(c.oid)",
  .list_columns =
    "SELECT CAST(a.attname AS TEXT), CASE t.typname WHEN 'int8' THEN 'i' WHEN 'bytea' THEN 'b' ELSE 't' END "
    "FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN "
    "pg_catalog.pg_type t ON t.oid = a.atttypid WHERE c.relname = ?1 AND c.relkind IN ('r', 'p') AND "
    "pg_catalog.pg_table_is_visible(c.oid) AND a.attnum > 0 AND NOT a.attisdropped",
  .know_filling = "ANALYZE",
  .end_filling = "VACUUM (ANALYZE)",
  .write_next_key = postgres_write_next_key,
  .protect = shequ_postgres_protect,
  .count_unguarded = shequ_postgres_count_unguarded,
  .sees_all = shequ_postgres_sees_all,
  .key_type = "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
  .integer_type = "BIGINT",
  .text_type = "TEXT COLLATE \"C\"",
  .bytes_type = "BYTEA",
  .table_suffix = "",
  .index_order = " NULLS FIRST",
  .late_references = TRUE,
  .insert_suffix = " RETURNING \"key\"",
  .row_lock = " FOR NO KEY UPDATE",
  .many_writers = TRUE,
  .search_syntax = { "'", "'", "':*", " & ", " | " },
  .write_search_schema = postgres_write_search_schema,
  .write_search_pause = postgres_write_search_pause,
  .write_search_resume = postgres_write_search_resume,
  .write_search_rename = postgres_write_search_rename,
  .write_search_insert = postgres_write_search_insert,
  .write_search_removal = postgres_write_search_removal,
  .write_search_change = postgres_write_search_change,
  .prepare_load = shequ_postgres_prepare_load,
  .take_key = shequ_postgres_take_key,
  .write_search = postgres_write_search,
  .collect_search = postgres_collect_search,
};
