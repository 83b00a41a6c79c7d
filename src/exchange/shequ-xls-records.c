#include "shequ-xls-records.h"

#include "config.h"

#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-input-memory.h>
#include <string.h>

/* Records of the format, [MS-XLS] 2.3. */
#define RECORD_FORMULA 0x0006
#define RECORD_BOOLEAN_OR_ERROR 0x0205
#define RECORD_STRING 0x0207
#define RECORD_BOUNDSHEET 0x0085
#define RECORD_MERGED 0x00E5
#define RECORD_BEGIN 0x0809
#define RECORD_END 0x000A
#define RECORD_HEAD 4
/* No .xls of 65,536 rows comes near. */
#define MAX_BYTES (G_GUINT64_CONSTANT (512) << 20)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsfInfile, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsfInput, g_object_unref)

static guint
read_16 (const guint8 *bytes)
{
  return bytes[0] | bytes[1] << 8;
}

static guint32
read_32 (const guint8 *bytes)
{
  return read_16 (bytes) | (guint32) read_16 (bytes + 2) << 16;
}

static GsfInfile *
open_compound (ShequSheetSource *source)
{
  g_autofree guint8 *bytes = NULL;
  GsfInput *input;
  GsfInfile *compound;

  if (source->size > MAX_BYTES)
    return NULL;
  bytes = g_malloc (source->size + 1);
  if (shequ_sheet_source_read (source, 0, bytes, source->size, NULL) != (gssize) source->size)
    return NULL;
  input = gsf_input_memory_new (g_steal_pointer (&bytes), source->size, TRUE);
  compound = gsf_infile_msole_new (input, NULL);
  g_object_unref (input);
  return compound;
}

static GsfInput *
find_workbook (GsfInfile *compound)
{
  GsfInput *stream = gsf_infile_child_by_name (compound, "Workbook");

  return stream != NULL ? stream : gsf_infile_child_by_name (compound, "Book");
}

static gboolean
has_child (GsfInfile *compound, const char *name)
{
  g_autoptr (GsfInput) child = gsf_infile_child_by_name (compound, name);

  return child != NULL;
}

/**
 * shequ_compound_find_kind:
 * @source: an OLE2 file
 *
 * Returns: what it holds
 */
ShequCompoundKind
shequ_compound_find_kind (ShequSheetSource *source)
{
  static const struct
  {
    const char *stream;
    ShequCompoundKind kind;
  } kinds[] = {
    { "EncryptedPackage", SHEQU_COMPOUND_ENCRYPTED },
    { "Workbook", SHEQU_COMPOUND_WORKBOOK },
    { "Book", SHEQU_COMPOUND_WORKBOOK },
    { "WordDocument", SHEQU_COMPOUND_WORD },
    { "PowerPoint Document", SHEQU_COMPOUND_PRESENTATION },
  };
  g_autoptr (GsfInfile) compound = open_compound (source);

  for (guint i = 0; compound != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (has_child (compound, kinds[i].stream))
      return kinds[i].kind;
  return SHEQU_COMPOUND_OTHER;
}

static void
take_merged (GArray *ranges, const guint8 *record, gsize length)
{
  gsize n_ranges = length < 2 ? 0 : MIN (read_16 (record), (length - 2) / 8);

  for (gsize i = 0; i < n_ranges; i++)
    {
      const guint8 *at = record + 2 + i * 8;
      ShequCellRange range = { read_16 (at) + 1, read_16 (at + 2) + 1, read_16 (at + 4), read_16 (at + 6) };

      g_array_append_val (ranges, range);
    }
}

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
add_cell (ShequXlsSheet *sheet, const guint8 *record, ShequCellType type, double number, const char *text)
{
  ShequXlsCell cell = { read_16 (record), read_16 (record + 2), type, number, g_strdup (text) };

  g_array_append_val (sheet->cells, cell);
}

static void
take_boolean_or_error (ShequXlsSheet *sheet, const guint8 *record, gsize length)
{
  if (length < 8)
    return;
  if (record[7] != 0)
    add_cell (sheet, record, SHEQU_CELL_ERROR, 0.0, name_error (record[6]));
  else
    add_cell (sheet, record, SHEQU_CELL_BOOLEAN, record[6] != 0 ? 1.0 : 0.0, NULL);
}

/* The result is a number unless its last two bytes are FF; [MS-XLS] 2.5.133. A text follows in its own
 * record. */
static void
take_formula (ShequXlsSheet *sheet, const guint8 *record, gsize length)
{
  const guint8 *result = record + 6;
  guint64 bits;
  double number;

  if (length < 14)
    return;
  bits = read_32 (result) | (guint64) read_32 (result + 4) << 32;
  memcpy (&number, &bits, sizeof number);
  if (read_16 (result + 6) != 0xFFFF)
    add_cell (sheet, record, SHEQU_CELL_NUMBER, number, NULL);
  else if (result[0] == 0)
    add_cell (sheet, record, SHEQU_CELL_TEXT, 0.0, NULL);
  else if (result[0] == 1)
    add_cell (sheet, record, SHEQU_CELL_BOOLEAN, result[2] != 0 ? 1.0 : 0.0, NULL);
  else if (result[0] == 2)
    add_cell (sheet, record, SHEQU_CELL_ERROR, 0.0, name_error (result[2]));
}

static void
take_string (ShequXlsSheet *sheet, const guint8 *record, gsize length)
{
  ShequXlsCell *cell;
  gboolean wide;
  gsize n_bytes;

  if (length < 3 || sheet->cells->len == 0)
    return;
  cell = &g_array_index (sheet->cells, ShequXlsCell, sheet->cells->len - 1);
  wide = (record[2] & 1) != 0;
  n_bytes = read_16 (record) * (wide ? 2 : 1);
  if (cell->type == SHEQU_CELL_TEXT && cell->text == NULL && n_bytes <= length - 3)
    cell->text = g_convert ((const char *) record + 3, n_bytes, "UTF-8", wide ? "UTF-16LE" : "ISO-8859-1",
                            NULL, NULL, NULL);
}

static void
take_record (ShequXlsSheet *sheet, guint record, const guint8 *bytes, gsize length)
{
  if (record == RECORD_MERGED)
    take_merged (sheet->ranges, bytes, length);
  else if (record == RECORD_FORMULA)
    take_formula (sheet, bytes, length);
  else if (record == RECORD_STRING)
    take_string (sheet, bytes, length);
  else if (record == RECORD_BOOLEAN_OR_ERROR)
    take_boolean_or_error (sheet, bytes, length);
}

/* The records of a sheet; charts in it have an inner begin and end. */
static void
read_sheet (ShequXlsSheet *sheet, const guint8 *bytes, gsize size, gsize at)
{
  guint depth = 0;

  while (at + RECORD_HEAD <= size)
    {
      guint record = read_16 (bytes + at);
      gsize length = read_16 (bytes + at + 2);

      at += RECORD_HEAD;
      if (at + length > size)
        return;
      if (depth == 1)
        take_record (sheet, record, bytes + at, length);
      depth += record == RECORD_BEGIN;
      if (record == RECORD_END && (depth == 0 || --depth == 0))
        return;
      at += length;
    }
}

static void
read_workbook (GPtrArray *sheets, const guint8 *bytes, gsize size)
{
  guint n_found = 0;

  for (gsize at = 0; at + RECORD_HEAD <= size && n_found < sheets->len;)
    {
      guint record = read_16 (bytes + at);
      gsize length = read_16 (bytes + at + 2);

      at += RECORD_HEAD;
      if (record == RECORD_END || at + length > size)
        return;
      if (record == RECORD_BOUNDSHEET && length >= 4)
        read_sheet (g_ptr_array_index (sheets, n_found++), bytes, size, read_32 (bytes + at));
      at += length;
    }
}

static void
cell_clear (gpointer data)
{
  ShequXlsCell *cell = data;

  g_clear_pointer (&cell->text, g_free);
}

static int
compare_cells (gconstpointer one, gconstpointer other)
{
  const ShequXlsCell *a = one;
  const ShequXlsCell *b = other;

  if (a->row != b->row)
    return a->row < b->row ? -1 : 1;
  return a->column < b->column ? -1 : a->column > b->column;
}

static ShequXlsSheet *
sheet_new (void)
{
  ShequXlsSheet *sheet = g_new0 (ShequXlsSheet, 1);

  sheet->ranges = g_array_new (FALSE, FALSE, sizeof (ShequCellRange));
  sheet->cells = g_array_new (FALSE, FALSE, sizeof (ShequXlsCell));
  g_array_set_clear_func (sheet->cells, cell_clear);
  return sheet;
}

static void
sheet_free (gpointer data)
{
  ShequXlsSheet *sheet = data;

  g_array_unref (sheet->ranges);
  g_array_unref (sheet->cells);
  g_free (sheet);
}

/**
 * shequ_xls_records_read:
 * @source: an .xls
 * @n_sheets: how many sheets it has
 *
 * Finds what libfreexl does not tell; where it is not found, in files older than Excel 97, there is none.
 *
 * Returns: (transfer full) (element-type ShequXlsSheet): one for each sheet
 */
GPtrArray *
shequ_xls_records_read (ShequSheetSource *source, guint n_sheets)
{
  GPtrArray *sheets = g_ptr_array_new_with_free_func (sheet_free);
  g_autoptr (GsfInfile) compound = open_compound (source);
  g_autoptr (GsfInput) stream = compound == NULL ? NULL : find_workbook (compound);
  gsf_off_t size = stream == NULL ? 0 : gsf_input_size (stream);
  const guint8 *bytes = size <= 0 ? NULL : gsf_input_read (stream, size, NULL);

  for (guint i = 0; i < n_sheets; i++)
    g_ptr_array_add (sheets, sheet_new ());
  if (bytes != NULL)
    read_workbook (sheets, bytes, size);
  for (guint i = 0; i < n_sheets; i++)
    g_array_sort (((ShequXlsSheet *) g_ptr_array_index (sheets, i))->cells, compare_cells);
  return sheets;
}

/**
 * shequ_xls_sheet_find_cell:
 * @sheet: a sheet
 * @row: from 0
 * @column: from 0
 *
 * Returns: (nullable): the cell, when it is among those
 */
const ShequXlsCell *
shequ_xls_sheet_find_cell (const ShequXlsSheet *sheet, guint row, guint column)
{
  const ShequXlsCell wanted = { .row = row, .column = column };
  guint place;

  if (!g_array_binary_search (sheet->cells, &wanted, compare_cells, &place))
    return NULL;
  return &g_array_index (sheet->cells, ShequXlsCell, place);
}
