/* Rows that come with the program: data/seed/REGISTER.tsv, put in once. */
#include "shequ-store-private.h"

#include "shequ-data.h"
#include "shequ-error.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#define FOLDER "seed"

static gboolean
set_cell (ShequRow *row, const char *path, const char *head, const char *text, GError **error)
{
  const ShequField *field = shequ_register_lookup (row->reg, head);
  g_autoptr (GPtrArray) issues = shequ_issues_new ();

  if (field != NULL &&
      (*text == '\0' || shequ_field_parse (field, text, NULL, shequ_row_get (row, field), issues)))
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE, _ ("%s: “%s” is no value of “%s”"), path, text,
               head);
  return FALSE;
}

static gboolean
insert_line (ShequTransaction *transaction,
             const ShequRegister *reg,
             const char *path,
             char **heads,
             const char *line,
             GError **error)
{
  g_autoptr (ShequRow) row = shequ_row_new (reg);
  g_auto (GStrv) cells = g_strsplit (line, "\t", -1);

  for (guint i = 0; heads[i] != NULL && cells[i] != NULL; i++)
    if (!set_cell (row, path, heads[i], cells[i], error))
      return FALSE;
  return shequ_transaction_insert (transaction, row, error);
}

static gboolean
insert_all (ShequTransaction *transaction, const ShequRegister *reg, GError **error)
{
  g_autofree char *path = g_strconcat (FOLDER "/", reg->name, ".tsv", NULL);
  g_autofree char *setting = g_strconcat (FOLDER ".", reg->name, NULL);
  g_autoptr (GBytes) bytes = shequ_data_load (path, error);
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) heads = NULL;

  if (bytes == NULL)
    return FALSE;
  lines = g_strsplit (g_bytes_get_data (bytes, NULL), "\n", -1);
  heads = g_strsplit (lines[0], "\t", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !insert_line (transaction, reg, path, heads, lines[i], error))
      return FALSE;
  return shequ_transaction_set_setting (transaction, setting, "1", error);
}

/* A register that has records already, perhaps imported ones, is left to the office. */
static gboolean
wants_rows (ShequStore *store, const ShequRegister *reg, gboolean *wants, GError **error)
{
  g_autofree char *setting = g_strconcat (FOLDER ".", reg->name, NULL);
  g_autoptr (GError) local = NULL;
  g_autofree char *done = shequ_store_get_setting (store, setting, &local);
  g_autoptr (ShequQuery) query = shequ_query_new (reg, NULL);
  ShequConnection *reader;
  gint64 count;

  *wants = FALSE;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (done != NULL)
    return TRUE;
  reader = shequ_store_take_program_reader (store, NULL, error);
  if (reader == NULL)
    return FALSE;
  count = shequ_lookup_count (reader, query, error);
  shequ_store_give_reader (store, reader);
  *wants = count == 0;
  return count >= 0;
}

static gboolean
has_table (char **files, const ShequRegister *reg)
{
  g_autofree char *name = g_strconcat (reg->name, ".tsv", NULL);

  return g_strv_contains ((const char *const *) files, name);
}

/**
 * shequ_store_seed:
 * @store: a store that may be changed
 * @actor: who works
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Puts in the rows that come with the program, into each register that never had them and has none. What the
 * office deletes of them later does not come back.
 *
 * Returns: %FALSE when they cannot be written; nothing is then
 */
gboolean
shequ_store_seed (ShequStore *store, const ShequActor *actor, GCancellable *cancellable, GError **error)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (store->catalogue);
  g_auto (GStrv) files = shequ_data_list (FOLDER, error);
  g_autoptr (GPtrArray) wanting = g_ptr_array_new ();
  g_autoptr (ShequTransaction) transaction = NULL;

  if (files == NULL)
    return FALSE;
  for (guint i = 0; i < registers->len; i++)
    {
      gboolean wants = FALSE;

      if (has_table (files, registers->pdata[i]) && !wants_rows (store, registers->pdata[i], &wants, error))
        return FALSE;
      if (wants)
        g_ptr_array_add (wanting, registers->pdata[i]);
    }
  if (wanting->len == 0 || store->mode == SHEQU_OPEN_READ_ONLY)
    return TRUE;
  transaction = shequ_store_begin_as_program (store, actor, cancellable, error);
  if (transaction == NULL)
    return FALSE;
  for (guint i = 0; i < wanting->len; i++)
    if (!insert_all (transaction, wanting->pdata[i], error))
      return FALSE;
  return shequ_transaction_commit (transaction, error);
}
