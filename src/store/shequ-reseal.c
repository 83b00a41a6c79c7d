/*
 * All values of a database that are sealed are sealed anew: those of the tables, of the former versions, and
 * of the change log. Within the transaction of who calls, so that it is done wholly or not at all.
 */
#include "shequ-protection-private.h"

#include "shequ-chain-private.h"
#include "shequ-json-private.h"

#include "config.h"

#include <string.h>

#define ROWS_AT_ONCE 500

typedef struct
{
  ShequConnection *connection;
  ShequSeal *open; /* (nullable): nothing is sealed yet */
  ShequSeal *close;
} Reseal;

/* A row, as it is written back. */
typedef struct
{
  gint64 key;
  char *second; /* (nullable) */
  char **values;
} Row;

static void
free_row (gpointer data)
{
  Row *row = data;

  g_strfreev (row->values);
  g_free (row->second);
  g_free (row);
}

static GPtrArray *
list_sealed (const ShequRegister *reg)
{
  GPtrArray *fields = g_ptr_array_new ();

  for (guint i = 0; i < reg->fields->len; i++)
    if (shequ_field_is_sealed (reg->fields->pdata[i]))
      g_ptr_array_add (fields, reg->fields->pdata[i]);
  return fields;
}

/* (transfer full): a value as it is to be stored. */
static char *
reseal (const Reseal *work, const ShequField *field, const char *stored, GError **error)
{
  g_autofree char *opened =
    work->open != NULL ? shequ_seal_open_value (work->open, field, stored, error) : g_strdup (stored);

  return opened != NULL ? shequ_seal_close_value (work->close, field, opened) : NULL;
}

static char *
write_look (const ShequRegister *reg, const GPtrArray *fields, gboolean past)
{
  GString *text = g_string_new (past ? "SELECT \"key\", \"valid_to\"" : "SELECT \"key\", NULL");

  for (guint i = 0; i < fields->len; i++)
    g_string_append_printf (text, ", \"%s\"", ((const ShequField *) fields->pdata[i])->name);
  g_string_append_printf (text, " FROM \"%s%s\" WHERE %s AND (", reg->name, past ? "_history" : "",
                          past ? "(\"key\", \"valid_to\") > (?1, ?2)" : "\"key\" > ?1");
  for (guint i = 0; i < fields->len; i++)
    g_string_append_printf (text, "%s\"%s\" IS NOT NULL", i > 0 ? " OR " : "",
                            ((const ShequField *) fields->pdata[i])->name);
  g_string_append_printf (text, ") ORDER BY \"key\"%s LIMIT %d", past ? ", \"valid_to\"" : "", ROWS_AT_ONCE);
  return g_string_free (text, FALSE);
}

static char *
write_change (const ShequRegister *reg, const GPtrArray *fields, gboolean past)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "UPDATE \"%s%s\" SET ", reg->name, past ? "_history" : "");
  for (guint i = 0; i < fields->len; i++)
    g_string_append_printf (text, "%s\"%s\" = ?%u", i > 0 ? ", " : "",
                            ((const ShequField *) fields->pdata[i])->name, i + 2 + past);
  g_string_append_printf (text, " WHERE \"key\" = ?1%s", past ? " AND \"valid_to\" = ?2" : "");
  return g_string_free (text, FALSE);
}

static Row *
read_values (const Reseal *work, ShequStatement *look, const GPtrArray *fields, GError **error)
{
  Row *row = g_new0 (Row, 1);

  row->key = shequ_statement_get_integer (look, 0);
  row->second = g_strdup (shequ_statement_get_text (look, 1));
  row->values = g_new0 (char *, fields->len + 1);
  for (guint i = 0; i < fields->len; i++)
    {
      const char *stored = shequ_statement_get_text (look, (int) i + 2);

      /* An empty text stands for an empty place: no value is empty. */
      row->values[i] = stored != NULL ? reseal (work, fields->pdata[i], stored, error) : g_strdup ("");
      if (row->values[i] == NULL)
        {
          free_row (row);
          return NULL;
        }
    }
  return row;
}

static GPtrArray *
read_stretch (const Reseal *work,
              const char *text,
              const GPtrArray *fields,
              const Row *last,
              gboolean past,
              GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  ShequStatement *look = shequ_connection_prepare (work->connection, text, error);
  gboolean has_row = FALSE;
  gboolean done = look != NULL;

  if (look == NULL)
    return NULL;
  shequ_statement_bind_integer (look, 1, last != NULL ? last->key : 0);
  if (past)
    shequ_statement_bind_text (look, 2, last != NULL ? last->second : "");
  while (done && (done = shequ_statement_step (look, &has_row, error)) && has_row)
    {
      Row *row = read_values (work, look, fields, error);

      done = row != NULL;
      if (done)
        g_ptr_array_add (rows, row);
    }
  shequ_statement_reset (look);
  return done ? g_steal_pointer (&rows) : NULL;
}

static gboolean
write_row (const Reseal *work,
           const char *text,
           const Row *row,
           guint n_fields,
           gboolean past,
           GError **error)
{
  ShequStatement *change = shequ_connection_prepare (work->connection, text, error);

  if (change == NULL)
    return FALSE;
  shequ_statement_bind_integer (change, 1, row->key);
  if (past)
    shequ_statement_bind_text (change, 2, row->second);
  for (guint i = 0; i < n_fields; i++)
    shequ_statement_bind_text (change, (int) i + 2 + past, *row->values[i] != '\0' ? row->values[i] : NULL);
  return shequ_statement_run (change, NULL, error);
}

static gboolean
reseal_table (const Reseal *work, const ShequRegister *reg, gboolean past, GError **error)
{
  g_autoptr (GPtrArray) fields = list_sealed (reg);
  g_autofree char *look = write_look (reg, fields, past);
  g_autofree char *change = write_change (reg, fields, past);
  g_autoptr (GPtrArray) rows = NULL;

  do
    {
      const Row *last = rows != NULL ? rows->pdata[rows->len - 1] : NULL;
      g_autoptr (GPtrArray) next = read_stretch (work, look, fields, last, past, error);

      if (next == NULL)
        return FALSE;
      for (guint i = 0; i < next->len; i++)
        if (!write_row (work, change, next->pdata[i], fields->len, past, error))
          return FALSE;
      g_clear_pointer (&rows, g_ptr_array_unref);
      rows = g_steal_pointer (&next);
    }
  while (rows->len > 0);
  return TRUE;
}

/* The entries of one stretch of the change log: key is the number, the one value what it tells. */
static GPtrArray *
read_entries (const Reseal *work, ShequCatalogue *catalogue, gint64 *behind, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  ShequStatement *look = shequ_connection_prepare (
    work->connection,
    "SELECT number, register, changes FROM shequ_log WHERE number > ?1 AND changes IS NOT NULL "
    "ORDER BY number LIMIT 500",
    error);
  gboolean has_row = FALSE;
  gboolean done = look != NULL;

  if (look == NULL)
    return NULL;
  shequ_statement_bind_integer (look, 1, *behind);
  while (done && (done = shequ_statement_step (look, &has_row, error)) && has_row)
    {
      const ShequRegister *reg = shequ_catalogue_lookup (catalogue, shequ_statement_get_text (look, 1));
      Row *row = g_new0 (Row, 1);

      row->key = *behind = shequ_statement_get_integer (look, 0);
      row->values = g_new0 (char *, 2);
      g_ptr_array_add (rows, row);
      if (reg == NULL || !shequ_register_is_sealed (reg))
        continue;
      row->values[0] =
        shequ_json_reseal (shequ_statement_get_text (look, 2), reg, work->open, work->close, error);
      done = row->values[0] != NULL;
    }
  shequ_statement_reset (look);
  return done ? g_steal_pointer (&rows) : NULL;
}

static gboolean
reseal_log (const Reseal *work, ShequCatalogue *catalogue, GError **error)
{
  gint64 behind = 0;

  while (TRUE)
    {
      g_autoptr (GPtrArray) rows = read_entries (work, catalogue, &behind, error);

      if (rows == NULL || rows->len == 0)
        return rows != NULL;
      for (guint i = 0; i < rows->len; i++)
        {
          const Row *row = rows->pdata[i];
          ShequStatement *change = shequ_connection_prepare (
            work->connection, "UPDATE shequ_log SET changes = ?2 WHERE number = ?1", error);

          if (change == NULL)
            return FALSE;
          if (row->values[0] == NULL)
            continue;
          shequ_statement_bind_integer (change, 1, row->key);
          shequ_statement_bind_text (change, 2, row->values[0]);
          if (!shequ_statement_run (change, NULL, error))
            return FALSE;
        }
    }
}

/* Opens what is sealed under `open` (nullable: nothing is) and seals it under `close`. */
gboolean
shequ_reseal_database (ShequStore *store,
                       ShequConnection *connection,
                       ShequSeal *open,
                       ShequSeal *close,
                       GError **error)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (store->catalogue);
  const Reseal work = { connection, open, close };

  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = registers->pdata[i];

      if (shequ_register_is_sealed (reg) && (!reseal_table (&work, reg, FALSE, error) ||
                                             (reg->has_history && !reseal_table (&work, reg, TRUE, error))))
        return FALSE;
    }
  /* What was typed and not saved is kept sealed from now on, and under these keys. */
  return shequ_connection_execute (connection, "DELETE FROM shequ_setting WHERE name LIKE 'draft.%'",
                                   error) &&
         reseal_log (&work, store->catalogue, error) && shequ_chain_remake (connection, error);
}
