/* Old .xls files, from Excel 97 to 2003 and from programs of that time.
 *
 * libfreexl reads the cells, the whole file at once: such a sheet has at most 65,536 rows. It leaves out
 * formulas, truth values, errors and merged ranges, which shequ-xls-records.c adds. A date that is the result
 * of a formula comes as number. */

#include "config.h"

#include <freexl.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-cell-text.h"
#include "shequ-error.h"
#include "shequ-sheet-reader-private.h"
#include "shequ-xls-records.h"

#define ROWS_OF_A_PUMP 64

typedef struct
{
  ShequSheetReader base;
  const void *workbook;
  GPtrArray *records;
  guint n_rows;
  guint n_columns;
  guint row;
} XlsReader;

static gboolean
refuse (ShequSheetReader *base, int code, GError **error)
{
  g_set_error (
    error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
    _ ("“%s” is damaged or of a kind of .xls that cannot be read (error %d). Open it in the spreadsheet "
       "program and save it again as .xlsx."),
    base->source->name, code);
  return FALSE;
}

static void
add_moment (ShequCellQueue *queue, guint column, const char *text)
{
  g_autofree char *moment = NULL;
  double serial;

  if (strchr (text, '-') == NULL)
    moment = g_strconcat ("1899-12-31T", text, NULL);
  else
    moment = g_strdelimit (g_strdup (text), " ", 'T');
  if (shequ_cell_serial_from_iso (moment, &serial))
    shequ_cell_queue_add_date (queue, column, serial);
  else
    shequ_cell_queue_add_text (queue, column, text, strlen (text));
}

static void
add_text (ShequCellQueue *queue, guint column, const char *text)
{
  g_autofree char *valid = g_utf8_validate (text, -1, NULL) ? NULL : g_utf8_make_valid (text, -1);

  if (valid != NULL)
    text = valid;
  shequ_cell_queue_add_text (queue, column, text, strlen (text));
}

static void
add_record (XlsReader *reader, guint column)
{
  ShequCellQueue *queue = reader->base.queue;
  const ShequXlsCell *cell =
    shequ_xls_sheet_find_cell (g_ptr_array_index (reader->records, reader->base.sheet), reader->row, column);

  if (cell == NULL)
    return;
  if (cell->type == SHEQU_CELL_NUMBER)
    shequ_cell_queue_add_number (queue, column, cell->number);
  else if (cell->type == SHEQU_CELL_BOOLEAN)
    shequ_cell_queue_add_boolean (queue, column, cell->number != 0.0);
  else if (cell->type == SHEQU_CELL_ERROR)
    shequ_cell_queue_add_error (queue, column, cell->text, strlen (cell->text));
  else if (cell->text != NULL)
    add_text (queue, column, cell->text);
}

static gboolean
add_cell (XlsReader *reader, guint column, GError **error)
{
  ShequCellQueue *queue = reader->base.queue;
  FreeXL_CellValue value;
  int code = freexl_get_cell_value (reader->workbook, reader->row, column, &value);

  if (code != FREEXL_OK)
    return refuse (&reader->base, code, error);
  switch (value.type)
    {
    case FREEXL_CELL_INT:
      shequ_cell_queue_add_number (queue, column, value.value.int_value);
      break;
    case FREEXL_CELL_DOUBLE:
      shequ_cell_queue_add_number (queue, column, value.value.double_value);
      break;
    case FREEXL_CELL_TEXT:
    case FREEXL_CELL_SST_TEXT:
      add_text (queue, column, value.value.text_value);
      break;
    case FREEXL_CELL_DATE:
    case FREEXL_CELL_DATETIME:
    case FREEXL_CELL_TIME:
      add_moment (queue, column, value.value.text_value);
      break;
    default:
      add_record (reader, column);
    }
  return TRUE;
}

static gboolean
xls_reader_pump (ShequSheetReader *base, GError **error)
{
  XlsReader *reader = (XlsReader *) base;

  for (guint i = 0; i < ROWS_OF_A_PUMP && reader->row < reader->n_rows; i++)
    {
      shequ_cell_queue_start_row (base->queue, reader->row + 1);
      for (guint column = 0; column < reader->n_columns; column++)
        if (!add_cell (reader, column, error))
          return FALSE;
      shequ_cell_queue_end_row (base->queue);
      reader->row++;
    }
  base->done = base->source->size * reader->row / MAX (reader->n_rows, 1);
  base->ended = reader->row >= reader->n_rows;
  return TRUE;
}

static gboolean
xls_reader_start (ShequSheetReader *base, guint sheet, GError **error)
{
  XlsReader *reader = (XlsReader *) base;
  GArray *ranges = ((ShequXlsSheet *) g_ptr_array_index (reader->records, sheet))->ranges;
  unsigned short n_columns;
  unsigned int n_rows;
  int code = freexl_select_active_worksheet (reader->workbook, sheet);

  if (code == FREEXL_OK)
    code = freexl_worksheet_dimensions (reader->workbook, &n_rows, &n_columns);
  if (code != FREEXL_OK)
    return refuse (base, code, error);
  for (guint i = 0; i < ranges->len; i++)
    shequ_cell_queue_add_range (base->queue, &g_array_index (ranges, ShequCellRange, i));
  reader->n_rows = n_rows;
  reader->n_columns = n_columns;
  reader->row = 0;
  return TRUE;
}

static void
xls_reader_free (ShequSheetReader *base)
{
  XlsReader *reader = (XlsReader *) base;

  if (reader->workbook != NULL)
    freexl_close (reader->workbook);
  g_clear_pointer (&reader->records, g_ptr_array_unref);
}

static const ShequSheetReaderClass xls_reader_class = {
  .start = xls_reader_start,
  .pump = xls_reader_pump,
  .free = xls_reader_free,
};

static gboolean
open_workbook (XlsReader *reader, GError **error)
{
  g_autofree char *path = shequ_sheet_source_get_path (reader->base.source);
  unsigned int password = FREEXL_BIFF_PLAIN;
  int code = freexl_open_info (path, &reader->workbook);

  if (code == FREEXL_OK)
    code = freexl_get_info (reader->workbook, FREEXL_BIFF_PASSWORD, &password);
  if (code == FREEXL_OK && password == FREEXL_BIFF_OBFUSCATED)
    {
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
        _ ("“%s” is protected by a password. Open it in the spreadsheet program, remove the password and "
           "save it again."),
        reader->base.source->name);
      return FALSE;
    }
  if (reader->workbook != NULL)
    freexl_close (reader->workbook);
  reader->workbook = NULL;
  if (code == FREEXL_OK)
    code = freexl_open (path, &reader->workbook);
  return code == FREEXL_OK ? TRUE : refuse (&reader->base, code, error);
}

static gboolean
list_sheets (XlsReader *reader, GError **error)
{
  unsigned int n_sheets = 0;
  int code = freexl_get_info (reader->workbook, FREEXL_BIFF_SHEET_COUNT, &n_sheets);

  for (guint i = 0; code == FREEXL_OK && i < n_sheets; i++)
    {
      const char *name = NULL;

      code = freexl_get_worksheet_name (reader->workbook, i, &name);
      if (code == FREEXL_OK)
        shequ_sheet_reader_add_sheet (&reader->base, name == NULL ? "" : name, FALSE);
    }
  return code == FREEXL_OK ? TRUE : refuse (&reader->base, code, error);
}

/**
 * shequ_xls_reader_new:
 * @source: (transfer full): an .xls
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a reader of its sheets
 */
ShequSheetReader *
shequ_xls_reader_new (ShequSheetSource *source, GCancellable *cancellable, GError **error)
{
  XlsReader *reader = g_new0 (XlsReader, 1);
  g_autoptr (ShequSheetReader) base = &reader->base;

  shequ_sheet_reader_init (base, &xls_reader_class, SHEQU_SHEET_FORMAT_XLS, source, cancellable);
  base->total = source->size;
  if (!open_workbook (reader, error) || !list_sheets (reader, error))
    return NULL;
  reader->records = shequ_xls_records_read (source, base->sheets->len);
  return g_steal_pointer (&base);
}
