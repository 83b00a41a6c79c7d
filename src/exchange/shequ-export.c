#include "shequ-export.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"
#include "shequ-row.h"

/* Records fetched at once: the memory of an export does not grow with the register. */
#define PAGE 500

/**
 * shequ_export_get_column_kind:
 * @field: a field
 *
 * Returns: what its values are in a spreadsheet
 */
ShequColumnKind
shequ_export_get_column_kind (const ShequField *field)
{
  switch (field->kind)
    {
    case SHEQU_FIELD_INTEGER:
    case SHEQU_FIELD_COMPUTED:
      return SHEQU_COLUMN_NUMBER;
    case SHEQU_FIELD_MONEY:
      return SHEQU_COLUMN_MONEY;
    case SHEQU_FIELD_DATE:
      return SHEQU_COLUMN_DATE;
    case SHEQU_FIELD_TIME:
      return SHEQU_COLUMN_TIME;
    case SHEQU_FIELD_MOMENT:
      return SHEQU_COLUMN_DATE_TIME;
    default:
      return SHEQU_COLUMN_TEXT;
    }
}

/**
 * shequ_export_list_columns:
 * @reg: a register
 *
 * Returns: (transfer full) (element-type ShequField): what an export of whole records holds: every stored
 * field that people see, so that an import reads it back
 */
GPtrArray *
shequ_export_list_columns (const ShequRegister *reg)
{
  GPtrArray *columns = g_ptr_array_new ();

  for (guint i = 0; i < reg->fields->len; i++)
    {
      ShequField *field = g_ptr_array_index (reg->fields, i);

      if (shequ_field_is_stored (field) && !field->hidden)
        g_ptr_array_add (columns, field);
    }
  return columns;
}

static gboolean
start_sheet (ShequSheetWriter *writer,
             const ShequRegister *reg,
             const char *mark,
             const GPtrArray *columns,
             GError **error)
{
  g_autofree ShequSheetColumn *heads = g_new0 (ShequSheetColumn, columns->len);

  for (guint i = 0; i < columns->len; i++)
    {
      const ShequField *field = g_ptr_array_index (columns, i);

      heads[i].title = field->label;
      heads[i].kind = shequ_export_get_column_kind (field);
    }
  return shequ_sheet_writer_start_sheet (writer, reg->label, mark, heads, columns->len, error);
}

static void
write_cell (ShequSheetWriter *writer, const ShequRow *row, const ShequField *field, ShequFormatFlags flags)
{
  ShequColumnKind kind = shequ_export_get_column_kind (field);
  const ShequValue *value = shequ_row_get ((ShequRow *) row, field);
  gboolean covered = (flags & SHEQU_FORMAT_MASKED) != 0 && shequ_row_is_covered (row, field);
  g_autofree char *text = NULL;

  if (!covered && value->type == SHEQU_VALUE_INTEGER &&
      (kind == SHEQU_COLUMN_NUMBER || kind == SHEQU_COLUMN_MONEY))
    {
      shequ_sheet_writer_add_integer (writer, value->integer);
      return;
    }
  text = shequ_row_format (row, field, flags);
  shequ_sheet_writer_add_text (writer, text);
}

static gboolean
write_page (ShequSheetWriter *writer,
            const GPtrArray *rows,
            const GPtrArray *columns,
            ShequFormatFlags flags,
            GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      for (guint j = 0; j < columns->len; j++)
        write_cell (writer, g_ptr_array_index (rows, i), g_ptr_array_index (columns, j), flags);
      if (!shequ_sheet_writer_end_row (writer, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
may_export (ShequStore *store, const ShequRegister *reg, gboolean unmasked, GError **error)
{
  return shequ_store_allows (store, SHEQU_RIGHT_EXPORT, reg, error) &&
         (!unmasked || shequ_store_allows (store, SHEQU_RIGHT_UNMASK, reg, error));
}

/* The last look, behind the operation that asks a second person: whoever calls, no more leave unapproved. */
static gboolean
check_number (const ShequAccess *access,
              const ShequRegister *reg,
              guint n_records,
              const ShequExportOptions *options,
              GError **error)
{
  guint most =
    access != NULL ? shequ_rights_get_account_rules (shequ_access_get_rights (access))->export_alone : 0;

  if (access == NULL || options->approved || reg->subject != SHEQU_REGISTER_PEOPLE || n_records <= most)
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
               _ ("An export of %d persons needs the approval of a second person (more than %u need it). "
                  "Nothing was exported. Ask for it first."),
               (int) n_records, most);
  return FALSE;
}

/* What may be seen may not always leave the office. */
static void
withhold (const GPtrArray *rows, const GPtrArray *columns, const ShequAccess *access)
{
  for (guint j = 0; access != NULL && j < columns->len; j++)
    {
      const ShequField *field = columns->pdata[j];

      if ((int) field->sensitivity > shequ_access_get_highest (access, SHEQU_RIGHT_EXPORT, field->owner))
        for (guint i = 0; i < rows->len; i++)
          shequ_row_withhold (rows->pdata[i], field);
    }
}

/**
 * shequ_export_run:
 * @store: a store
 * @query: which records, in which order
 * @columns: (nullable) (element-type ShequField): which fields; those of shequ_export_list_columns() when
 * %NULL
 * @writer: a new writer; the caller frees it
 * @options: (nullable): how; masked and for oneself when %NULL
 * @progress: (nullable) (scope call): called now and then
 * @user_data: for @progress
 * @cancellable: (nullable): to stop; no file is left then
 * @error: return location
 *
 * Writes records as a sheet, numbers of persons and phones as text. Blocks.
 *
 * Returns: how many records were written; -1 with the errors of the store or the writer
 */
gint64
shequ_export_run (ShequStore *store,
                  const ShequQuery *query,
                  const GPtrArray *columns,
                  ShequSheetWriter *writer,
                  const ShequExportOptions *options,
                  ShequExportProgress progress,
                  gpointer user_data,
                  GCancellable *cancellable,
                  GError **error)
{
  static const ShequExportOptions usual = { FALSE };
  const ShequExportOptions *how = options != NULL ? options : &usual;
  g_autoptr (GPtrArray) all = shequ_export_list_columns (query->reg);
  g_autoptr (ShequAccess) access = shequ_store_ref_access (store);
  g_autoptr (GArray) keys = may_export (store, query->reg, how->unmasked, error)
                              ? shequ_store_list_keys (store, query, cancellable, error)
                              : NULL;
  ShequFormatFlags flags = SHEQU_FORMAT_EXPORT | (how->unmasked ? 0 : SHEQU_FORMAT_MASKED);

  if (columns == NULL)
    columns = all;
  if (keys == NULL || !check_number (access, query->reg, keys->len, how, error) ||
      !start_sheet (writer, query->reg, how->mark, columns, error))
    return -1;
  for (guint start = 0; start < keys->len; start += PAGE)
    {
      g_autoptr (GPtrArray) rows = NULL;

      rows = shequ_store_fetch_of (store, query, &g_array_index (keys, gint64, start),
                                   MIN (PAGE, keys->len - start), SHEQU_FETCH_TITLES | SHEQU_FETCH_COMPUTED,
                                   cancellable, error);
      if (rows != NULL)
        withhold (rows, columns, access);
      if (rows == NULL || !write_page (writer, rows, columns, flags, error))
        return -1;
      if (progress != NULL)
        progress (MIN (start + PAGE, keys->len), keys->len, user_data);
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !shequ_sheet_writer_finish (writer, error))
    return -1;
  return keys->len;
}
