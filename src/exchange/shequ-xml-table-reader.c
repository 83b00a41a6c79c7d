/* "XML Spreadsheet 2003", which many old systems write and name .xls.
 *
 * The file is parsed once for the names of its sheets and again for each sheet that is read. A merged cell
 * tells how far it reaches when it begins. */

#include "config.h"

#include <string.h>

#include "shequ-cell-text.h"
#include "shequ-sheet-reader-private.h"
#include "shequ-xml-parser.h"

#define PIECE_SIZE (64 * 1024)
#define MAX_KEPT_BYTES (4 * SHEQU_CELL_MAX_CHARACTERS + 4)
#define MAX_ROW 1048576

typedef struct
{
  ShequSheetReader base;
  ShequXmlParser *parser;
  guint64 offset;
  gboolean lists;
  guint n_seen;
  gboolean in_sheet;
  guint row;
  guint column;
  guint next_column;
  gboolean in_data;
  char *type;
  GString *value;
} TableReader;

static void
start_row (TableReader *reader, const char **attributes, int n_attributes)
{
  guint64 index = shequ_xml_attribute_number (attributes, n_attributes, "Index", reader->row + 1);

  reader->row = MIN (index, MAX_ROW);
  reader->next_column = 0;
  shequ_cell_queue_start_row (reader->base.queue, reader->row);
}

static void
start_cell (TableReader *reader, const char **attributes, int n_attributes)
{
  guint64 index = shequ_xml_attribute_number (attributes, n_attributes, "Index", reader->next_column + 1);
  guint64 across = shequ_xml_attribute_number (attributes, n_attributes, "MergeAcross", 0);
  guint64 down = shequ_xml_attribute_number (attributes, n_attributes, "MergeDown", 0);

  reader->column = CLAMP (index, 1, G_MAXUINT16) - 1;
  reader->next_column = reader->column + MIN (across, G_MAXUINT16) + 1;
  g_clear_pointer (&reader->type, g_free);
  g_string_truncate (reader->value, 0);
  if (across > 0 || down > 0)
    {
      ShequCellRange range = { reader->row, reader->row + MIN (down, MAX_ROW), reader->column,
                               reader->next_column - 1 };

      shequ_cell_queue_add_range (reader->base.queue, &range);
    }
}

static void
start_sheet (TableReader *reader, const char **attributes, int n_attributes)
{
  g_autofree char *name = shequ_xml_attribute_dup (attributes, n_attributes, "Name");

  if (reader->lists)
    shequ_sheet_reader_add_sheet (&reader->base, name == NULL ? "" : name, FALSE);
  else
    reader->in_sheet = reader->n_seen++ == reader->base.sheet;
}

static void
table_start (gpointer data, const char *name, const char **attributes, int n_attributes)
{
  TableReader *reader = data;

  if (strcmp (name, "Worksheet") == 0)
    start_sheet (reader, attributes, n_attributes);
  if (!reader->in_sheet)
    return;
  if (strcmp (name, "Row") == 0)
    start_row (reader, attributes, n_attributes);
  else if (strcmp (name, "Cell") == 0)
    start_cell (reader, attributes, n_attributes);
  else if (strcmp (name, "Data") == 0)
    {
      g_free (reader->type);
      reader->type = shequ_xml_attribute_dup (attributes, n_attributes, "Type");
      reader->in_data = TRUE;
    }
}

static void
end_cell (TableReader *reader)
{
  ShequCellQueue *queue = reader->base.queue;
  const char *text = reader->value->str;
  gsize length = reader->value->len;
  const char *type = reader->type == NULL ? "" : reader->type;
  char *end;
  double number;

  if (length == 0)
    return;
  number = g_ascii_strtod (text, &end);
  if (strcmp (type, "Number") == 0 && *end == '\0')
    shequ_cell_queue_add_number (queue, reader->column, number);
  else if (strcmp (type, "DateTime") == 0 && shequ_cell_serial_from_iso (text, &number))
    shequ_cell_queue_add_date (queue, reader->column, number);
  else if (strcmp (type, "Boolean") == 0)
    shequ_cell_queue_add_boolean (queue, reader->column, text[0] == '1');
  else if (strcmp (type, "Error") == 0)
    shequ_cell_queue_add_error (queue, reader->column, text, length);
  else
    shequ_cell_queue_add_text (queue, reader->column, text, length);
}

static void
table_end (gpointer data, const char *name)
{
  TableReader *reader = data;

  if (!reader->in_sheet)
    return;
  if (strcmp (name, "Data") == 0)
    reader->in_data = FALSE;
  else if (strcmp (name, "Cell") == 0)
    end_cell (reader);
  else if (strcmp (name, "Row") == 0)
    shequ_cell_queue_end_row (reader->base.queue);
  else if (strcmp (name, "Worksheet") == 0)
    reader->in_sheet = FALSE;
}

static void
table_text (gpointer data, const char *text, gsize length)
{
  TableReader *reader = data;

  if (reader->in_data && reader->value->len < MAX_KEPT_BYTES)
    g_string_append_len (reader->value, text, length);
}

static gboolean
table_reader_pump (ShequSheetReader *base, GError **error)
{
  TableReader *reader = (TableReader *) base;
  char piece[PIECE_SIZE];
  gssize length = shequ_sheet_source_read (base->source, reader->offset, piece, sizeof piece, error);

  if (length < 0)
    return FALSE;
  reader->offset += length;
  base->done = reader->offset;
  if (length > 0)
    return shequ_xml_parser_feed (reader->parser, piece, length, error);
  base->ended = TRUE;
  return shequ_xml_parser_finish (reader->parser, error);
}

static gboolean
table_reader_start (ShequSheetReader *base, guint sheet, GError **error)
{
  static const ShequXmlHandler handler = { table_start, table_end, table_text };
  TableReader *reader = (TableReader *) base;

  g_clear_pointer (&reader->parser, shequ_xml_parser_free);
  reader->parser = shequ_xml_parser_new (&handler, reader, base->source->name);
  reader->offset = 0;
  reader->n_seen = 0;
  reader->in_sheet = FALSE;
  reader->in_data = FALSE;
  reader->row = 0;
  return TRUE;
}

static void
table_reader_free (ShequSheetReader *base)
{
  TableReader *reader = (TableReader *) base;

  g_clear_pointer (&reader->parser, shequ_xml_parser_free);
  g_string_free (reader->value, TRUE);
  g_free (reader->type);
}

static const ShequSheetReaderClass table_reader_class = {
  .start = table_reader_start,
  .pump = table_reader_pump,
  .free = table_reader_free,
};

/**
 * shequ_xml_table_reader_new:
 * @source: (transfer full): an XML Spreadsheet 2003
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a reader of its sheets
 */
ShequSheetReader *
shequ_xml_table_reader_new (ShequSheetSource *source, GCancellable *cancellable, GError **error)
{
  TableReader *reader = g_new0 (TableReader, 1);
  g_autoptr (ShequSheetReader) base = &reader->base;

  reader->value = g_string_new (NULL);
  shequ_sheet_reader_init (base, &table_reader_class, SHEQU_SHEET_FORMAT_XML, source, cancellable);
  base->total = source->size;
  reader->lists = TRUE;
  table_reader_start (base, 0, NULL);
  while (!base->ended)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) || !table_reader_pump (base, error))
      return NULL;
  reader->lists = FALSE;
  return g_steal_pointer (&base);
}
