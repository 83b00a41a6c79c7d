/*
 * One table on its way to another database: read in the order of its key, in pieces, with a digest that goes
 * on from row to row, so that it can be taken up at any row and is the same whatever the pieces were.
 */
#include "shequ-move-table-private.h"

#include "shequ-error.h"

#include "config.h"

#include <inttypes.h>
#include <string.h>

#define ROWS_AT_ONCE 2000
#define VALUES_AT_ONCE 2000 /* of one INSERT */

/* A value that is kept from its row to the statement that stores it. */
typedef struct
{
  char type; /* of its column, 'n' for none */
  gint64 integer;
  const char *bytes;
  gsize length;
} Value;

/* Rows that wait to be stored together. */
typedef struct
{
  const ShequMoveTable *table;
  ShequConnection *target;
  GStringChunk *texts;
  GArray *values; /* of Value */
  guint most_rows;
} Batch;

static void
free_column (gpointer data)
{
  ShequMoveColumn *column = data;

  g_free (column->name);
  g_free (column);
}

void
shequ_move_table_free (ShequMoveTable *table)
{
  g_free (table->name);
  g_ptr_array_unref (table->columns);
  g_free (table);
}

static gint
compare_columns (gconstpointer one, gconstpointer other)
{
  return strcmp ((*(ShequMoveColumn *const *) one)->name, (*(ShequMoveColumn *const *) other)->name);
}

static gboolean
read_columns (ShequConnection *connection, const char *table, GPtrArray *columns, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (connection, connection->engine->list_columns, error);
  gboolean has_row = FALSE;
  gboolean done;

  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_text (statement, 1, table);
  while ((done = shequ_statement_step (statement, &has_row, error)) && has_row)
    {
      ShequMoveColumn *column = g_new0 (ShequMoveColumn, 1);

      column->name = g_strdup (shequ_statement_get_text (statement, 0));
      column->type = *shequ_statement_get_text (statement, 1);
      g_ptr_array_add (columns, column);
    }
  shequ_statement_reset (statement);
  g_ptr_array_sort (columns, compare_columns);
  return done;
}

/* A table as it stands in a database; without columns where it is not there. */
ShequMoveTable *
shequ_move_table_new (ShequConnection *connection,
                      const char *name,
                      const char *first_key,
                      const char *second_key,
                      const char *only,
                      GError **error)
{
  g_autoptr (ShequMoveTable) table = g_new0 (ShequMoveTable, 1);

  table->name = g_strdup (name);
  table->columns = g_ptr_array_new_with_free_func (free_column);
  table->keys[0] = first_key;
  table->keys[1] = second_key;
  table->only = only;
  return read_columns (connection, name, table->columns, error) ? g_steal_pointer (&table) : NULL;
}

static const char *
get_type (const ShequEngine *engine, const ShequMoveColumn *column)
{
  return column->type == 'i'   ? engine->integer_type
         : column->type == 'b' ? engine->bytes_type
                               : engine->text_type;
}

static gboolean
has_column (const ShequMoveTable *table, const char *name)
{
  for (guint i = 0; i < table->columns->len; i++)
    if (g_str_equal (((const ShequMoveColumn *) table->columns->pdata[i])->name, name))
      return TRUE;
  return FALSE;
}

/* Adds to a target what no description makes any more: the tables and columns of what is out of use. */
gboolean
shequ_move_table_make (const ShequMoveTable *table, ShequConnection *target, GError **error)
{
  const ShequEngine *engine = target->engine;
  g_autoptr (ShequMoveTable) there = shequ_move_table_new (target, table->name, NULL, NULL, NULL, error);
  g_autoptr (GString) script = g_string_new (NULL);

  if (there == NULL)
    return FALSE;
  if (there->columns->len == 0)
    g_string_append_printf (script, "CREATE TABLE \"%s\" (\"%s\" %s%s);\n", table->name, table->keys[0],
                            table->keys[1] == NULL ? engine->key_type : engine->integer_type,
                            table->keys[1] == NULL ? "" : " NOT NULL");
  for (guint i = 0; i < table->columns->len; i++)
    {
      const ShequMoveColumn *column = table->columns->pdata[i];
      gboolean made = there->columns->len == 0 && g_str_equal (column->name, table->keys[0]);

      if (!made && !has_column (there, column->name))
        g_string_append_printf (script, "ALTER TABLE \"%s\" ADD COLUMN \"%s\" %s;\n", table->name,
                                column->name, get_type (engine, column));
    }
  return script->len == 0 || shequ_connection_execute (target, script->str, error);
}

/* Before the first row. The digest begins with the name of the table. */
void
shequ_move_place_start (ShequMovePlace *place, const ShequMoveTable *table)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = sizeof place->digest;

  place->n_rows = 0;
  place->last_key = 0;
  place->last_text = g_strdup ("");
  g_checksum_update (sum, (const guchar *) table->name, -1);
  g_checksum_get_digest (sum, place->digest, &size);
}

void
shequ_move_place_clear (ShequMovePlace *place)
{
  g_clear_pointer (&place->last_text, g_free);
}

/* `12 4711 2024-01-01 9f86…`, as the mark of a target holds it. */
char *
shequ_move_place_format (const ShequMovePlace *place)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%" PRId64 " %" PRId64 " %s ", place->n_rows, place->last_key,
                          place->last_text);
  for (guint i = 0; i < SHEQU_MOVE_DIGEST_SIZE; i++)
    g_string_append_printf (text, "%02x", place->digest[i]);
  return g_string_free (text, FALSE);
}

gboolean
shequ_move_place_parse (ShequMovePlace *place, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);

  if (g_strv_length (parts) != 4 || strlen (parts[3]) != 2 * SHEQU_MOVE_DIGEST_SIZE)
    return FALSE;
  place->n_rows = g_ascii_strtoll (parts[0], NULL, 10);
  place->last_key = g_ascii_strtoll (parts[1], NULL, 10);
  g_free (place->last_text);
  place->last_text = g_strdup (parts[2]);
  for (guint i = 0; i < SHEQU_MOVE_DIGEST_SIZE; i++)
    place->digest[i] =
      (guint8) (g_ascii_xdigit_value (parts[3][2 * i]) << 4 | g_ascii_xdigit_value (parts[3][2 * i + 1]));
  return TRUE;
}

static Value
read_value (ShequStatement *statement, int place, char type)
{
  const ShequEngine *engine = statement->connection->engine;
  Value value = { type, 0, NULL, 0 };

  if (engine->is_null (statement, place))
    value.type = 'n';
  else if (type == 'i')
    value.integer = engine->get_integer (statement, place);
  else if (type == 'b')
    value.bytes = engine->get_bytes (statement, place, &value.length);
  else
    {
      value.bytes = engine->get_text (statement, place);
      value.length = value.bytes != NULL ? strlen (value.bytes) : 0;
    }
  return value;
}

/* One form for each value, whichever engine it comes from. */
static void
append_canonical (GString *text, const Value *value)
{
  if (value->type == 'n')
    g_string_append_c (text, 'n');
  else if (value->type == 'i')
    g_string_append_printf (text, "i%" PRId64 ";", value->integer);
  else
    {
      g_string_append_printf (text, "%c%" G_GSIZE_FORMAT ":", value->type, value->length);
      g_string_append_len (text, value->bytes, (gssize) value->length);
    }
}

static void
bind_value (ShequStatement *statement, int place, const Value *value)
{
  const ShequEngine *engine = statement->connection->engine;

  if (value->type == 'n')
    engine->bind_null (statement, place);
  else if (value->type == 'i')
    engine->bind_integer (statement, place, value->integer);
  else if (value->type == 'b')
    engine->bind_bytes (statement, place, value->bytes, value->length);
  else
    engine->bind_text (statement, place, value->bytes);
}

static char *
write_insert (const ShequMoveTable *table, guint n_rows)
{
  GString *text = g_string_new (NULL);
  guint n_columns = table->columns->len;

  g_string_append_printf (text, "INSERT INTO \"%s\" (", table->name);
  for (guint i = 0; i < n_columns; i++)
    g_string_append_printf (text, "%s\"%s\"", i > 0 ? ", " : "",
                            ((const ShequMoveColumn *) table->columns->pdata[i])->name);
  g_string_append (text, ") VALUES ");
  for (guint i = 0; i < n_rows * n_columns; i++)
    g_string_append_printf (text, "%s?%u%s",
                            i % n_columns > 0 ? ", "
                            : i > 0           ? ", ("
                                              : "(",
                            i + 1, i % n_columns == n_columns - 1 ? ")" : "");
  return g_string_free (text, FALSE);
}

/* Of the table of a sound target; what it refuses is told. */
ShequStatement *
shequ_move_table_prepare_row (const ShequMoveTable *table, ShequConnection *target, GError **error)
{
  g_autofree char *text = write_insert (table, 1);

  return shequ_connection_prepare (target, text, error);
}

/* Whether the bytes of a damaged row can be a value of the column. */
static gboolean
makes_sense (ShequStatement *row, int place, const ShequMoveColumn *column, const Value *value)
{
  const ShequEngine *engine = row->connection->engine;
  char type = engine->get_type (row, place);
  gsize length = 0;

  if (type != 'n' && type != column->type)
    return FALSE;
  if (type != 't')
    return TRUE;
  engine->get_bytes (row, place, &length);
  return length == value->length && g_utf8_validate (value->bytes, (gssize) length, NULL);
}

/* What makes no sense is refused: no record gets values that nobody has written. */
gboolean
shequ_move_table_store_row (const ShequMoveTable *table,
                            ShequStatement *row,
                            int first_column,
                            ShequStatement *insert,
                            GError **error)
{
  insert->connection->engine->reset (insert);
  for (guint i = 0; i < table->columns->len; i++)
    {
      const ShequMoveColumn *column = table->columns->pdata[i];
      Value value = read_value (row, first_column + (int) i, column->type);

      if (!makes_sense (row, first_column + (int) i, column, &value))
        {
          g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED, column->name);
          return FALSE;
        }
      bind_value (insert, (int) i + 1, &value);
    }
  return shequ_statement_run (insert, NULL, error);
}

/* Stores `n_rows` of the rows that wait, from `first` on. */
static gboolean
store_rows (Batch *batch, guint first, guint n_rows, GError **error)
{
  guint n_columns = batch->table->columns->len;
  g_autofree char *text = write_insert (batch->table, n_rows);
  ShequStatement *statement = shequ_connection_prepare (batch->target, text, error);

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < n_rows * n_columns; i++)
    bind_value (statement, (int) i + 1, &g_array_index (batch->values, Value, first * n_columns + i));
  return shequ_statement_run (statement, NULL, error);
}

/* One row after the other by the load of an engine that has one. */
static gboolean
load_rows (Batch *batch, GError **error)
{
  guint n_columns = batch->table->columns->len;
  g_autofree const char **names = g_new0 (const char *, n_columns + 1);
  ShequStatement *load;

  for (guint i = 0; i < n_columns; i++)
    names[i] = ((const ShequMoveColumn *) batch->table->columns->pdata[i])->name;
  load = shequ_connection_prepare_load (batch->target, batch->table->name, names, NULL, error);
  if (load == NULL)
    return FALSE;
  for (guint i = 0; i < batch->values->len; i += n_columns)
    {
      for (guint k = 0; k < n_columns; k++)
        bind_value (load, (int) k + 1, &g_array_index (batch->values, Value, i + k));
      if (!shequ_statement_run (load, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
flush (Batch *batch, GError **error)
{
  guint n_rows = batch->values->len / batch->table->columns->len;
  guint first = 0;

  if (batch->target->engine->prepare_load != NULL)
    {
      if (!load_rows (batch, error))
        return FALSE;
      first = n_rows;
    }
  for (; n_rows - first >= batch->most_rows; first += batch->most_rows)
    if (!store_rows (batch, first, batch->most_rows, error))
      return FALSE;
  for (; first < n_rows; first++)
    if (!store_rows (batch, first, 1, error))
      return FALSE;
  g_array_set_size (batch->values, 0);
  g_string_chunk_clear (batch->texts);
  return TRUE;
}

static char *
write_look (const ShequMoveTable *table)
{
  GString *text = g_string_new ("SELECT ");

  for (guint i = 0; i < table->columns->len; i++)
    g_string_append_printf (text, "%s\"%s\"", i > 0 ? ", " : "",
                            ((const ShequMoveColumn *) table->columns->pdata[i])->name);
  if (table->only != NULL)
    g_string_append_printf (text, " FROM \"%s\" WHERE %s ORDER BY \"%s\"", table->name, table->only,
                            table->keys[0]);
  else if (table->keys[1] != NULL)
    g_string_append_printf (
      text, " FROM \"%s\" WHERE (\"%s\", \"%s\") > (?1, ?2) ORDER BY \"%s\", \"%s\" LIMIT %d", table->name,
      table->keys[0], table->keys[1], table->keys[0], table->keys[1], ROWS_AT_ONCE);
  else
    g_string_append_printf (text, " FROM \"%s\" WHERE \"%s\" > ?1 ORDER BY \"%s\" LIMIT %d", table->name,
                            table->keys[0], table->keys[0], ROWS_AT_ONCE);
  return g_string_free (text, FALSE);
}

/* Takes the row a statement stands on into the digest and, where rows are stored, among those that wait. */
static void
take_row (const ShequMoveTable *table,
          ShequStatement *statement,
          ShequMovePlace *place,
          GChecksum *sum,
          GString *canonical,
          Batch *batch)
{
  gsize size = sizeof place->digest;

  g_string_truncate (canonical, 0);
  for (guint i = 0; i < table->columns->len; i++)
    {
      const ShequMoveColumn *column = table->columns->pdata[i];
      Value value = read_value (statement, (int) i, column->type);

      append_canonical (canonical, &value);
      if (g_strcmp0 (column->name, table->keys[0]) == 0 && value.type == 'i')
        place->last_key = value.integer;
      if (g_strcmp0 (column->name, table->keys[1]) == 0)
        {
          g_free (place->last_text);
          place->last_text = g_strdup (value.bytes);
        }
      if (batch->target == NULL)
        continue;
      if (value.bytes != NULL)
        value.bytes = g_string_chunk_insert_len (batch->texts, value.bytes, (gssize) value.length);
      g_array_append_val (batch->values, value);
    }
  g_checksum_reset (sum);
  g_checksum_update (sum, place->digest, sizeof place->digest);
  g_checksum_update (sum, (const guchar *) canonical->str, (gssize) canonical->len);
  g_checksum_get_digest (sum, place->digest, &size);
  place->n_rows++;
}

static gboolean
take_rows (const ShequMoveTable *table,
           ShequStatement *statement,
           ShequMovePlace *place,
           Batch *batch,
           guint *n_rows,
           GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GString) canonical = g_string_new (NULL);
  gboolean has_row = FALSE;
  gboolean done;

  while ((done = shequ_statement_step (statement, &has_row, error)) && has_row)
    {
      take_row (table, statement, place, sum, canonical, batch);
      (*n_rows)++;
      if (batch->values->len >= VALUES_AT_ONCE &&
          batch->values->len / table->columns->len >= batch->most_rows && !flush (batch, error))
        return FALSE;
    }
  return done && (batch->target == NULL || flush (batch, error));
}

gboolean
shequ_move_table_step (const ShequMoveTable *table,
                       ShequConnection *source,
                       ShequConnection *target,
                       ShequMovePlace *place,
                       guint *n_rows,
                       GError **error)
{
  g_autofree char *text = write_look (table);
  g_autofree char *behind = g_strdup (place->last_text);
  ShequStatement *statement = shequ_connection_prepare (source, text, error);
  Batch batch = { table, target, NULL, NULL, MAX (1, VALUES_AT_ONCE / MAX (1, table->columns->len)) };
  gboolean done;

  *n_rows = 0;
  if (statement == NULL)
    return FALSE;
  if (table->only == NULL)
    shequ_statement_bind_integer (statement, 1, place->last_key);
  if (table->only == NULL && table->keys[1] != NULL)
    shequ_statement_bind_text (statement, 2, behind);
  batch.texts = g_string_chunk_new (1 << 16);
  batch.values = g_array_new (FALSE, FALSE, sizeof (Value));
  done = take_rows (table, statement, place, &batch, n_rows, error);
  shequ_statement_reset (statement);
  g_string_chunk_free (batch.texts);
  g_array_unref (batch.values);
  return done;
}
