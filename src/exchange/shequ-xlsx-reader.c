/* The sheets of an .xlsx.
 *
 * Each sheet is unpacked twice: once for its merged ranges, which stand behind the cells, then for the cells.
 * The parser is fed a piece at a time, so that memory does not grow with the sheet; only the shared texts are
 * kept. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "shequ-cell-text.h"
#include "shequ-sheet-reader-private.h"
#include "shequ-xlsx-parts.h"
#include "shequ-xlsx-ranges.h"
#include "shequ-xlsx-workbook.h"
#include "shequ-xml-parser.h"

#define MAX_SHEET_BYTES (G_GUINT64_CONSTANT (4) << 30)
#define MAX_KEPT_BYTES (4 * SHEQU_CELL_MAX_CHARACTERS + 4)
/* From 1900-01-01 to 1904-01-01, with the 29 February 1900 that Excel believes in. */
#define DAYS_TO_1904 1462

typedef enum
{
  VALUE_NUMBER,
  VALUE_SHARED,
  VALUE_TEXT,
  VALUE_BOOLEAN,
  VALUE_ERROR,
  VALUE_ISO_DATE,
} ValueType;

typedef struct
{
  GArray *ranges;
  guint64 unpacked;
} KnownSheet;

typedef struct
{
  ShequSheetReader base;
  ShequSheetPackage *package;
  ShequXlsxWorkbook *workbook;
  KnownSheet *known;

  ShequSheetEntry *entry;
  ShequXmlParser *parser;
  gboolean in_data;
  guint row;
  guint column;
  guint next_column;
  ValueType type;
  guint64 style;
  gboolean has_formula;
  guint phonetic;
  gboolean gathers;
  GString *value;
} XlsxReader;

static ValueType
read_type (const char *type, gsize length)
{
  static const struct
  {
    const char *name;
    ValueType type;
  } types[] = {
    { "s", VALUE_SHARED },  { "str", VALUE_TEXT }, { "inlineStr", VALUE_TEXT },
    { "b", VALUE_BOOLEAN }, { "e", VALUE_ERROR },  { "d", VALUE_ISO_DATE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strlen (types[i].name) == length && memcmp (types[i].name, type, length) == 0)
      return types[i].type;
  return VALUE_NUMBER;
}

static void
start_row (XlsxReader *reader, const char **attributes, int n_attributes)
{
  guint64 number = shequ_xml_attribute_number (attributes, n_attributes, "r", 0);

  reader->row = number > 0 && number < G_MAXUINT ? (guint) number : reader->row + 1;
  reader->next_column = 0;
  shequ_cell_queue_start_row (reader->base.queue, reader->row);
}

static void
start_cell (XlsxReader *reader, const char **attributes, int n_attributes)
{
  gsize length;
  const char *type = shequ_xml_attribute_find (attributes, n_attributes, "t", &length);
  const char *name;
  guint row;

  reader->type = type == NULL ? VALUE_NUMBER : read_type (type, length);
  reader->style = shequ_xml_attribute_number (attributes, n_attributes, "s", 0);
  name = shequ_xml_attribute_find (attributes, n_attributes, "r", &length);
  if (name == NULL || !shequ_cell_name_parse (name, length, &row, &reader->column))
    reader->column = reader->next_column;
  reader->next_column = reader->column + 1;
  reader->has_formula = FALSE;
  g_string_truncate (reader->value, 0);
}

static void
sheet_start (gpointer data, const char *name, const char **attributes, int n_attributes)
{
  XlsxReader *reader = data;

  if (!reader->in_data)
    reader->in_data = strcmp (name, "sheetData") == 0;
  else if (strcmp (name, "c") == 0)
    start_cell (reader, attributes, n_attributes);
  else if (strcmp (name, "v") == 0)
    reader->gathers = TRUE;
  else if (strcmp (name, "f") == 0)
    reader->has_formula = TRUE;
  else if (strcmp (name, "row") == 0)
    start_row (reader, attributes, n_attributes);
  else if (strcmp (name, "t") == 0)
    reader->gathers = reader->phonetic == 0;
  else if (strcmp (name, "rPh") == 0)
    reader->phonetic++;
}

static void
add_number (XlsxReader *reader)
{
  ShequCellQueue *queue = reader->base.queue;
  char *end;
  double number = g_ascii_strtod (reader->value->str, &end);

  while (g_ascii_isspace (*end))
    end++;
  if (*end != '\0')
    shequ_cell_queue_add_text (queue, reader->column, reader->value->str, reader->value->len);
  else if (!shequ_xlsx_workbook_style_is_date (reader->workbook, reader->style))
    shequ_cell_queue_add_number (queue, reader->column, number);
  else
    {
      /* A time alone has no day to count from. */
      if (shequ_xlsx_workbook_is_from_1904 (reader->workbook) && number >= 1.0)
        number += DAYS_TO_1904;
      shequ_cell_queue_add_date (queue, reader->column, number);
    }
}

static void
add_shared (XlsxReader *reader)
{
  gsize length;
  const char *text;

  text = shequ_xlsx_workbook_get_string (reader->workbook, strtoull (reader->value->str, NULL, 10), &length);
  if (text != NULL)
    shequ_cell_queue_add_text (reader->base.queue, reader->column, text, length);
}

static void
add_iso_date (XlsxReader *reader)
{
  double serial;

  if (shequ_cell_serial_from_iso (reader->value->str, &serial))
    shequ_cell_queue_add_date (reader->base.queue, reader->column, serial);
  else
    shequ_cell_queue_add_text (reader->base.queue, reader->column, reader->value->str, reader->value->len);
}

static void
end_cell (XlsxReader *reader)
{
  ShequCellQueue *queue = reader->base.queue;
  GString *value = reader->value;

  /* A program that writes formulas without computing them leaves no value; an empty text is a value. */
  if (value->len == 0 && reader->has_formula && reader->type == VALUE_NUMBER)
    shequ_cell_queue_add_error (queue, reader->column, "#N/A", strlen ("#N/A"));
  if (value->len == 0)
    return;
  switch (reader->type)
    {
    case VALUE_SHARED:
      add_shared (reader);
      break;
    case VALUE_TEXT:
      shequ_xlsx_unescape (value, 0);
      shequ_cell_queue_add_text (queue, reader->column, value->str, value->len);
      break;
    case VALUE_BOOLEAN:
      shequ_cell_queue_add_boolean (queue, reader->column,
                                    value->str[0] == '1' || g_ascii_strcasecmp (value->str, "true") == 0);
      break;
    case VALUE_ERROR:
      shequ_cell_queue_add_error (queue, reader->column, value->str, value->len);
      break;
    case VALUE_ISO_DATE:
      add_iso_date (reader);
      break;
    case VALUE_NUMBER:
    default:
      add_number (reader);
    }
}

static void
sheet_end (gpointer data, const char *name)
{
  XlsxReader *reader = data;

  if (!reader->in_data)
    return;
  if (strcmp (name, "v") == 0 || strcmp (name, "t") == 0)
    reader->gathers = FALSE;
  else if (strcmp (name, "c") == 0)
    end_cell (reader);
  else if (strcmp (name, "row") == 0)
    shequ_cell_queue_end_row (reader->base.queue);
  else if (strcmp (name, "rPh") == 0 && reader->phonetic > 0)
    reader->phonetic--;
  else if (strcmp (name, "sheetData") == 0)
    reader->in_data = FALSE;
}

static void
sheet_text (gpointer data, const char *text, gsize length)
{
  XlsxReader *reader = data;

  if (reader->gathers && reader->value->len < MAX_KEPT_BYTES)
    g_string_append_len (reader->value, text, length);
}

static gboolean
xlsx_reader_pump (ShequSheetReader *base, GError **error)
{
  XlsxReader *reader = (XlsxReader *) base;
  const char *piece;
  gsize length;

  if (!shequ_sheet_entry_read (reader->entry, &piece, &length, error))
    return FALSE;
  base->done += length;
  if (length > 0)
    return shequ_xml_parser_feed (reader->parser, piece, length, error);
  base->ended = TRUE;
  return shequ_xml_parser_finish (reader->parser, error);
}

static gboolean
learn_sheet (XlsxReader *reader, const ShequXlsxSheet *sheet, KnownSheet *known, GError **error)
{
  if (known->ranges == NULL)
    known->ranges = shequ_xlsx_ranges_read (reader->package, sheet->entry, MAX_SHEET_BYTES, &known->unpacked,
                                            reader->base.cancellable, error);
  return known->ranges != NULL;
}

static gboolean
xlsx_reader_start (ShequSheetReader *base, guint number, GError **error)
{
  static const ShequXmlHandler handler = { sheet_start, sheet_end, sheet_text };
  XlsxReader *reader = (XlsxReader *) base;
  const ShequXlsxSheet *sheet = shequ_xlsx_workbook_get_sheet (reader->workbook, number);
  KnownSheet *known = &reader->known[number];

  g_clear_pointer (&reader->entry, shequ_sheet_entry_free);
  g_clear_pointer (&reader->parser, shequ_xml_parser_free);
  if (!learn_sheet (reader, sheet, known, error))
    return FALSE;
  for (guint i = 0; i < known->ranges->len; i++)
    shequ_cell_queue_add_range (base->queue, &g_array_index (known->ranges, ShequCellRange, i));
  base->total = known->unpacked;
  reader->entry = shequ_sheet_package_open (reader->package, sheet->entry, MAX_SHEET_BYTES, error);
  if (reader->entry == NULL)
    return FALSE;
  reader->parser = shequ_xml_parser_new (&handler, reader, base->source->name);
  reader->in_data = FALSE;
  reader->gathers = FALSE;
  reader->phonetic = 0;
  reader->row = 0;
  return TRUE;
}

static void
xlsx_reader_free (ShequSheetReader *base)
{
  XlsxReader *reader = (XlsxReader *) base;

  g_clear_pointer (&reader->parser, shequ_xml_parser_free);
  g_clear_pointer (&reader->entry, shequ_sheet_entry_free);
  for (guint i = 0; reader->known != NULL && i < base->sheets->len; i++)
    g_clear_pointer (&reader->known[i].ranges, g_array_unref);
  g_free (reader->known);
  g_clear_pointer (&reader->workbook, shequ_xlsx_workbook_free);
  g_clear_pointer (&reader->package, shequ_sheet_package_free);
  g_string_free (reader->value, TRUE);
}

static const ShequSheetReaderClass xlsx_reader_class = {
  .start = xlsx_reader_start,
  .pump = xlsx_reader_pump,
  .free = xlsx_reader_free,
};

/**
 * shequ_xlsx_reader_new:
 * @source: (transfer full): an .xlsx
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a reader of its sheets
 */
ShequSheetReader *
shequ_xlsx_reader_new (ShequSheetSource *source, GCancellable *cancellable, GError **error)
{
  XlsxReader *reader = g_new0 (XlsxReader, 1);
  g_autoptr (ShequSheetReader) base = &reader->base;
  guint n_sheets;

  reader->value = g_string_new (NULL);
  shequ_sheet_reader_init (base, &xlsx_reader_class, SHEQU_SHEET_FORMAT_XLSX, source, cancellable);
  reader->package = shequ_sheet_package_new (source, error);
  if (reader->package == NULL)
    return NULL;
  reader->workbook = shequ_xlsx_workbook_new (reader->package, source->name, cancellable, error);
  if (reader->workbook == NULL)
    return NULL;
  n_sheets = shequ_xlsx_workbook_get_n_sheets (reader->workbook);
  for (guint i = 0; i < n_sheets; i++)
    {
      const ShequXlsxSheet *sheet = shequ_xlsx_workbook_get_sheet (reader->workbook, i);

      shequ_sheet_reader_add_sheet (base, sheet->name, sheet->hidden);
    }
  reader->known = g_new0 (KnownSheet, n_sheets);
  return g_steal_pointer (&base);
}
