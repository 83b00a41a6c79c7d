/*
 * Rows by the load: COPY, which takes a fraction of the time of as many statements.
 *
 * A load looks like a statement; what it is run for is kept back, and goes to the server when a few megabytes
 * have come together, and before anything else is asked of the connection. The rows of several tables go in
 * the order in which they fill up; links between them are looked at when the transaction ends. What the
 * server says of the last piece is heard when the next goes, or anything else is asked.
 */
#include "shequ-postgres-private.h"

#include "shequ-error.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* So much goes at once: the server works on it while more is read. */
#define MOST_BYTES (256 << 10)

#define KEYS_AT_ONCE 500

/* Keys of a table that were given out to this connection and are not used yet. */
typedef struct
{
  GArray *keys; /* of gint64 */
  guint n_used;
} Keys;

struct _PostgresLoad
{
  char *script;
  int document; /* the place of the search document, 0 for none */
  GString *rows;
};

static void
free_keys (gpointer data)
{
  g_array_unref (((Keys *) data)->keys);
  g_free (data);
}

void
shequ_postgres_load_init (PostgresConnection *self)
{
  self->loads = g_ptr_array_new ();
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_keys);
}

void
shequ_postgres_load_clear (PostgresConnection *self)
{
  g_clear_pointer (&self->loads, g_ptr_array_unref);
  g_clear_pointer (&self->keys, g_hash_table_unref);
}

void
shequ_postgres_load_free (PostgresLoad *load)
{
  if (load == NULL)
    return;
  g_string_free (load->rows, TRUE);
  g_free (load->script);
  g_free (load);
}

/* Row by row; for a person the same. */
static ShequStatement *
prepare_insert (ShequConnection *connection,
                const char *table,
                const char *const *columns,
                const char *document,
                GError **error)
{
  g_autofree char *names = g_strjoinv ("\", \"", (char **) columns);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "INSERT INTO \"%s\" (\"%s\") VALUES (", table, names);
  for (guint i = 0; columns[i] != NULL; i++)
    g_string_append_printf (
      text,
      g_strcmp0 (columns[i], document) == 0 ? "%sarray_to_tsvector(string_to_array(?%u, ' '))" : "%s?%u",
      i > 0 ? ", " : "", i + 1);
  g_string_append (text, ")");
  return connection->engine->prepare (connection, text->str, error);
}

ShequStatement *
shequ_postgres_prepare_load (ShequConnection *connection,
                             const char *table,
                             const char *const *columns,
                             const char *document,
                             GError **error)
{
  int n_columns = (int) g_strv_length ((char **) columns);
  PostgresStatement *statement;
  PostgresLoad *load;
  g_autoptr (GString) script = g_string_new (NULL);
  gboolean sees_all = TRUE;

  /* Where the server looks at each row that this connection puts in, it takes no COPY. */
  if (!shequ_postgres_sees_all (connection, table, &sees_all, error))
    return NULL;
  if (!sees_all)
    return prepare_insert (connection, table, columns, document, error);
  statement = shequ_postgres_new_statement ((PostgresConnection *) connection, n_columns);
  load = g_new0 (PostgresLoad, 1);

  g_string_append_printf (script, "COPY \"%s\" (", table);
  for (int i = 0; i < n_columns; i++)
    {
      g_string_append_printf (script, "%s\"%s\"", i > 0 ? ", " : "", columns[i]);
      if (g_strcmp0 (columns[i], document) == 0)
        load->document = i + 1;
    }
  g_string_append (script, ") FROM STDIN");
  load->script = g_string_free (g_steal_pointer (&script), FALSE);
  load->rows = g_string_new (NULL);
  statement->load = load;
  return &statement->base;
}

/* In the form of COPY, where tabulators and line ends part the values. */
static void
append_text (GString *rows, const char *text)
{
  for (gsize length = strcspn (text, "\\\t\n\r");; length = strcspn (text, "\\\t\n\r"))
    {
      g_string_append_len (rows, text, (gssize) length);
      text += length;
      if (*text == '\0')
        return;
      g_string_append_c (rows, '\\');
      g_string_append_c (rows, *text == '\t' ? 't' : *text == '\n' ? 'n' : *text == '\r' ? 'r' : '\\');
      text++;
    }
}

/* Tokens hold letters, digits, Han and signs without meaning here, so that quoting them is enough. */
static void
append_document (GString *rows, const char *text)
{
  while (*text != '\0')
    {
      gsize length = strcspn (text, " ");

      g_string_append_c (rows, '\'');
      g_string_append_len (rows, text, (gssize) length);
      g_string_append (rows, "' ");
      text += length + (text[length] == ' ');
    }
}

static void
append_bytes (GString *rows, const char *bytes, int length)
{
  static const char digits[] = "0123456789abcdef";

  g_string_append (rows, "\\\\x");
  for (int i = 0; i < length; i++)
    {
      g_string_append_c (rows, digits[(guchar) bytes[i] >> 4]);
      g_string_append_c (rows, digits[(guchar) bytes[i] & 15]);
    }
}

static gboolean
send_rows (PostgresConnection *self, const GString *rows, GError **error)
{
  int sent = 0;

  while (sent == 0)
    {
      sent = PQputCopyData (self->server, rows->str, (int) rows->len);
      if (sent == 0 && !shequ_postgres_wait (self, G_IO_OUT, 0, error))
        return FALSE;
    }
  while (sent > 0 && (sent = PQputCopyEnd (self->server, NULL)) == 0)
    if (!shequ_postgres_wait (self, G_IO_OUT, 0, error))
      return FALSE;
  if (sent > 0)
    return TRUE;
  shequ_postgres_set_lost (self, error);
  return FALSE;
}

/* Hears what became of the last piece. */
static gboolean
finish_piece (PostgresConnection *self, GError **error)
{
  PGresult *result;

  if (!self->copying)
    return TRUE;
  self->copying = FALSE;
  result = shequ_postgres_take_result (self, error);
  PQclear (result);
  return result != NULL;
}

/* Once in a transaction. */
static gboolean
defer_links (PostgresConnection *self, GError **error)
{
  if (self->deferred)
    return TRUE;
  self->deferred = TRUE;
  return shequ_postgres_send_script (self, "SET CONSTRAINTS ALL DEFERRED; SET LOCAL work_mem = '64MB'",
                                     error);
}

static gboolean
begin_piece (PostgresConnection *self, const PostgresLoad *load, GError **error)
{
  PGresult *result;

  if (!PQsendQuery (self->server, load->script))
    {
      shequ_postgres_set_lost (self, error);
      return FALSE;
    }
  result = shequ_postgres_take_result (self, error);
  PQclear (result);
  return result != NULL;
}

static gboolean
flush_load (PostgresConnection *self, PostgresLoad *load, GError **error)
{
  if (!finish_piece (self, error) || !begin_piece (self, load, error))
    return FALSE;
  self->copying = TRUE;
  if (send_rows (self, load->rows, error))
    return TRUE;
  PQputCopyEnd (self->server, "given up");
  finish_piece (self, NULL);
  return FALSE;
}

/* Sends what was kept back, and hears what became of it. */
gboolean
shequ_postgres_flush_loads (PostgresConnection *self, GError **error)
{
  g_autoptr (GPtrArray) loads = NULL;
  gboolean done = TRUE;

  if (self->loads->len > 0)
    {
      loads = g_steal_pointer (&self->loads);
      self->loads = g_ptr_array_new ();
      done = defer_links (self, error);
    }
  for (guint i = 0; loads != NULL && i < loads->len; i++)
    {
      PostgresLoad *load = ((PostgresStatement *) loads->pdata[i])->load;

      done = done && flush_load (self, load, error);
      g_string_truncate (load->rows, 0);
    }
  return finish_piece (self, done ? error : NULL) && done;
}

/* Nothing is sent any more of what was kept back: its transaction is over. */
void
shequ_postgres_drop_loads (PostgresConnection *self)
{
  for (guint i = 0; i < self->loads->len; i++)
    g_string_truncate (((PostgresStatement *) self->loads->pdata[i])->load->rows, 0);
  g_ptr_array_set_size (self->loads, 0);
  finish_piece (self, NULL);
}

/* A load that is full goes alone. */
static gboolean
flush_full (PostgresConnection *self, PostgresStatement *statement, GError **error)
{
  gboolean done;

  g_ptr_array_remove (self->loads, statement);
  done = (self->deferred || (finish_piece (self, error) && defer_links (self, error))) &&
         flush_load (self, statement->load, error);
  g_string_truncate (statement->load->rows, 0);
  return done;
}

/* Keeps back the row that is bound. */
gboolean
shequ_postgres_load_row (PostgresStatement *self, GError **error)
{
  PostgresConnection *connection = (PostgresConnection *) self->base.connection;
  GString *rows = self->load->rows;

  if (rows->len == 0)
    g_ptr_array_add (connection->loads, self);
  for (int i = 0; i < self->n_parameters; i++)
    {
      if (i > 0)
        g_string_append_c (rows, '\t');
      if (self->values[i] == NULL)
        g_string_append (rows, "\\N");
      else if (self->formats[i] == 1)
        append_bytes (rows, self->values[i], self->lengths[i]);
      else if (i + 1 == self->load->document)
        append_document (rows, self->values[i]);
      else
        append_text (rows, self->values[i]);
    }
  g_string_append_c (rows, '\n');
  connection->n_changes = 1;
  return rows->len < MOST_BYTES || flush_full (connection, self, error);
}

static gboolean
fetch_keys (ShequConnection *connection, const char *table, GArray *keys, GError **error)
{
  g_autofree char *text =
    g_strdup_printf ("SELECT nextval(pg_get_serial_sequence('\"%s\"', 'key')) FROM generate_series(1, %d)",
                     table, KEYS_AT_ONCE);
  ShequStatement *statement = shequ_connection_prepare (connection, text, error);
  gboolean has_row = FALSE;
  gboolean done;

  if (statement == NULL)
    return FALSE;
  while ((done = shequ_statement_step (statement, &has_row, error)) && has_row)
    {
      gint64 key = shequ_statement_get_integer (statement, 0);

      g_array_append_val (keys, key);
    }
  shequ_statement_reset (statement);
  return done;
}

/* The next key of a table; 0 on error. Those that are not used are gaps. */
gint64
shequ_postgres_take_key (ShequConnection *connection, const char *table, GError **error)
{
  PostgresConnection *self = (PostgresConnection *) connection;
  Keys *keys = g_hash_table_lookup (self->keys, table);

  if (keys == NULL)
    {
      keys = g_new0 (Keys, 1);
      keys->keys = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (self->keys, g_strdup (table), keys);
    }
  if (keys->n_used == keys->keys->len)
    {
      keys->n_used = 0;
      g_array_set_size (keys->keys, 0);
      if (!fetch_keys (connection, table, keys->keys, error))
        return 0;
    }
  return g_array_index (keys->keys, gint64, keys->n_used++);
}
