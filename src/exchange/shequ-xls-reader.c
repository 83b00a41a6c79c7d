/* Old .xls files, from Excel 95 to 2003: at most 65,536 rows, held in memory as packed records. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-error.h"
#include "shequ-sheet-reader-private.h"
#include "shequ-xls-workbook.h"

#define RECORDS_OF_A_PUMP 2000
#define CELL_HEAD 6
/* From 1900-01-01 to 1904-01-01, with the 29 February 1900 that Excel believes in. */
#define DAYS_TO_1904 1462
#define NO_ROW G_MAXUINT

typedef struct
{
  ShequSheetReader base;
  ShequXlsWorkbook *workbook;
  ShequXlsCursor cursor;
  guint depth;
  guint row;
  guint text_column;
} XlsReader;

static const char *
name_error (guint8 code)
{
  static const struct
  {
    guint8 code;
    const char *name;
  } errors[] = {
    { 0x00, "#NULL!" }, { 0x07, "#DIV/0!" }, { 0x0F, "#VALUE!" },
    { 0x17, "#REF!" },  { 0x1D, "#NAME?" },  { 0x24, "#NUM!" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    if (errors[i].code == code)
      return errors[i].name;
  return "#N/A";
}

static void
add_number (XlsReader *reader, guint column, guint style, double number)
{
  ShequCellQueue *queue = reader->base.queue;

  if (!shequ_xls_workbook_style_is_date (reader->workbook, style))
    shequ_cell_queue_add_number (queue, column, number);
  else
    {
      /* A time alone has no day to count from. */
      if (shequ_xls_workbook_is_from_1904 (reader->workbook) && number >= 1.0)
        number += DAYS_TO_1904;
      shequ_cell_queue_add_date (queue, column, number);
    }
}

static void
add_error (XlsReader *reader, guint column, guint8 code)
{
  const char *name = name_error (code);

  shequ_cell_queue_add_error (reader->base.queue, column, name, strlen (name));
}

static void
add_text (XlsReader *reader, guint column, const guint8 *bytes, gsize length)
{
  g_autofree char *text = shequ_xls_workbook_read_text (reader->workbook, bytes, length);

  if (text != NULL)
    shequ_cell_queue_add_text (reader->base.queue, column, text, strlen (text));
}

static void
add_shared_text (XlsReader *reader, guint column, guint32 index)
{
  gsize length;
  const char *text = shequ_xls_workbook_get_string (reader->workbook, index, &length);

  if (text != NULL)
    shequ_cell_queue_add_text (reader->base.queue, column, text, length);
}

/* The result is a number unless its last two bytes are FF; [MS-XLS] 2.5.133. A text follows in its own
 * record. */
static void
add_formula (XlsReader *reader, guint column, guint style, const guint8 *result)
{
  if (shequ_xls_read_16 (result + 6) != 0xFFFF)
    add_number (reader, column, style, shequ_xls_read_double (result));
  else if (result[0] == 0)
    reader->text_column = column;
  else if (result[0] == 1)
    shequ_cell_queue_add_boolean (reader->base.queue, column, result[2] != 0);
  else if (result[0] == 2)
    add_error (reader, column, result[2]);
}

static void
add_many_numbers (XlsReader *reader, guint column, const ShequXlsRecord *record)
{
  for (gsize at = 4; at + 6 + 2 <= record->length; at += 6)
    add_number (reader, column++, shequ_xls_read_16 (record->bytes + at),
                shequ_xls_read_short_number (record->bytes + at + 2));
}

static void
go_to_row (XlsReader *reader, guint row)
{
  if (row == reader->row)
    return;
  if (reader->row != NO_ROW)
    shequ_cell_queue_end_row (reader->base.queue);
  reader->row = row;
  if (row != NO_ROW)
    shequ_cell_queue_start_row (reader->base.queue, row + 1);
}

/* The bytes that a cell's record has at least, 0 when it is none. */
static gsize
least_length (guint type)
{
  switch (type)
    {
    case SHEQU_XLS_FORMULA:
    case SHEQU_XLS_NUMBER:
      return CELL_HEAD + 8;
    case SHEQU_XLS_SHARED_TEXT:
    case SHEQU_XLS_SHORT_NUMBER:
      return CELL_HEAD + 4;
    case SHEQU_XLS_TEXT:
    case SHEQU_XLS_RICH_TEXT:
    case SHEQU_XLS_BOOLEAN_OR_ERROR:
    case SHEQU_XLS_MANY_NUMBERS:
      return CELL_HEAD + 2;
    default:
      return 0;
    }
}

static void
take_cell (XlsReader *reader, const ShequXlsRecord *record)
{
  const guint8 *value = record->bytes + CELL_HEAD;
  gsize least = least_length (record->type);
  guint column, style;

  if (least == 0 || record->length < least)
    return;
  go_to_row (reader, shequ_xls_read_16 (record->bytes));
  column = shequ_xls_read_16 (record->bytes + 2);
  style = shequ_xls_read_16 (record->bytes + 4);
  reader->text_column = G_MAXUINT;
  if (record->type == SHEQU_XLS_FORMULA)
    add_formula (reader, column, style, value);
  else if (record->type == SHEQU_XLS_NUMBER)
    add_number (reader, column, style, shequ_xls_read_double (value));
  else if (record->type == SHEQU_XLS_SHORT_NUMBER)
    add_number (reader, column, style, shequ_xls_read_short_number (value));
  else if (record->type == SHEQU_XLS_MANY_NUMBERS)
    add_many_numbers (reader, column, record);
  else if (record->type == SHEQU_XLS_SHARED_TEXT)
    add_shared_text (reader, column, shequ_xls_read_32 (value));
  else if (record->type != SHEQU_XLS_BOOLEAN_OR_ERROR)
    add_text (reader, column, value, record->length - CELL_HEAD);
  else if (value[1] != 0)
    add_error (reader, column, value[0]);
  else
    shequ_cell_queue_add_boolean (reader->base.queue, column, value[0] != 0);
}

static void
take_formula_text (XlsReader *reader, const ShequXlsRecord *record)
{
  if (reader->text_column != G_MAXUINT)
    add_text (reader, reader->text_column, record->bytes, record->length);
  reader->text_column = G_MAXUINT;
}

static void
end_sheet (XlsReader *reader)
{
  go_to_row (reader, NO_ROW);
  reader->base.done = reader->base.total;
  reader->base.ended = TRUE;
}

/* A chart in the sheet has a begin and an end of its own. */
static gboolean
xls_reader_pump (ShequSheetReader *base, GError **error)
{
  XlsReader *reader = (XlsReader *) base;
  ShequXlsRecord record;

  for (guint i = 0; i < RECORDS_OF_A_PUMP; i++)
    {
      if (!shequ_xls_cursor_next (&reader->cursor, &record))
        {
          end_sheet (reader);
          return TRUE;
        }
      if (record.type == SHEQU_XLS_BEGIN)
        reader->depth++;
      else if (record.type == SHEQU_XLS_END && reader->depth <= 1)
        {
          end_sheet (reader);
          return TRUE;
        }
      else if (record.type == SHEQU_XLS_END)
        reader->depth--;
      else if (reader->depth == 1 && record.type == SHEQU_XLS_FORMULA_TEXT)
        take_formula_text (reader, &record);
      else if (reader->depth == 1)
        take_cell (reader, &record);
    }
  base->done = MIN (reader->cursor.at, base->total);
  return TRUE;
}

static void
take_ranges (ShequCellQueue *queue, const ShequXlsRecord *record)
{
  for (gsize at = 2; at + 8 <= record->length; at += 8)
    {
      const guint8 *bytes = record->bytes + at;
      ShequCellRange range = { shequ_xls_read_16 (bytes) + 1, shequ_xls_read_16 (bytes + 2) + 1,
                               shequ_xls_read_16 (bytes + 4), shequ_xls_read_16 (bytes + 6) };

      shequ_cell_queue_add_range (queue, &range);
    }
}

/* Goes through the sheet to its end: merged ranges stand behind the cells, and a file cut off must give no
 * row. */
static gboolean
find_ranges (XlsReader *reader, ShequXlsCursor *cursor)
{
  guint depth = 0;
  ShequXlsRecord record;

  while (shequ_xls_cursor_next (cursor, &record))
    {
      if (record.type == SHEQU_XLS_BEGIN)
        depth++;
      else if (record.type == SHEQU_XLS_END && depth-- <= 1)
        return TRUE;
      else if (record.type == SHEQU_XLS_MERGED && depth == 1)
        take_ranges (reader->base.queue, &record);
    }
  return FALSE;
}

static gboolean
xls_reader_start (ShequSheetReader *base, guint sheet, GError **error)
{
  XlsReader *reader = (XlsReader *) base;
  ShequXlsCursor cursor = shequ_xls_workbook_open_sheet (reader->workbook, sheet);

  reader->cursor = cursor;
  reader->depth = 0;
  reader->row = NO_ROW;
  reader->text_column = G_MAXUINT;
  if (!find_ranges (reader, &cursor))
    {
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
        _ ("“%s” is damaged or was not copied completely. Ask for the file again, or open it in the "
           "spreadsheet program and save it again as .xlsx."),
        base->source->name);
      return FALSE;
    }
  base->total = cursor.at;
  return TRUE;
}

static void
xls_reader_free (ShequSheetReader *base)
{
  XlsReader *reader = (XlsReader *) base;

  g_clear_pointer (&reader->workbook, shequ_xls_workbook_free);
}

static const ShequSheetReaderClass xls_reader_class = {
  .start = xls_reader_start,
  .pump = xls_reader_pump,
  .free = xls_reader_free,
};

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
  reader->workbook = shequ_xls_workbook_new (source, error);
  if (reader->workbook == NULL)
    return NULL;
  for (guint i = 0; i < shequ_xls_workbook_get_n_sheets (reader->workbook); i++)
    {
      const ShequXlsSheet *sheet = shequ_xls_workbook_get_sheet (reader->workbook, i);

      shequ_sheet_reader_add_sheet (base, sheet->name, sheet->hidden);
    }
  return g_steal_pointer (&base);
}
