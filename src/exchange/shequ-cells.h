#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ShequCellType:
 * @SHEQU_CELL_EMPTY: nothing
 * @SHEQU_CELL_TEXT: text; every cell of a CSV file
 * @SHEQU_CELL_NUMBER: a number
 * @SHEQU_CELL_DATE: a number that the spreadsheet shows as date, time or both
 * @SHEQU_CELL_BOOLEAN: true or false
 * @SHEQU_CELL_ERROR: a formula without result, as `#REF!`
 */
typedef enum
{
  SHEQU_CELL_EMPTY,
  SHEQU_CELL_TEXT,
  SHEQU_CELL_NUMBER,
  SHEQU_CELL_DATE,
  SHEQU_CELL_BOOLEAN,
  SHEQU_CELL_ERROR,
} ShequCellType;

/**
 * ShequCellFlags:
 * @SHEQU_CELL_MERGED: the value stands in the first cell of a merged range that covers this cell
 * @SHEQU_CELL_CUT: the text was longer than %SHEQU_CELL_MAX_CHARACTERS and lost its end
 * @SHEQU_CELL_DAMAGED: the text holds NUL bytes or bytes of no character, each read as U+FFFD
 * @SHEQU_CELL_ROUNDED: a number of more than 15 digits, of which a spreadsheet keeps 15: the last are lost
 *
 * What a reader knows of a cell besides its value. A cell that is cut, damaged or rounded must not be stored:
 * shequ_cell_describe_problem() says why.
 */
typedef enum
{
  SHEQU_CELL_MERGED = 1 << 0,
  SHEQU_CELL_CUT = 1 << 1,
  SHEQU_CELL_DAMAGED = 1 << 2,
  SHEQU_CELL_ROUNDED = 1 << 3,
} ShequCellFlags;

/* What one cell of Excel can hold. */
#define SHEQU_CELL_MAX_CHARACTERS 32767
#define SHEQU_SHEET_MAX_COLUMNS 1000

/**
 * ShequCell:
 * @type: what the cell holds
 * @flags: what is to be known besides
 * @text: (not nullable): the value as a person reads it, valid UTF-8: numbers without exponent, dates as
 *   `2026-11-22`, `08:30:00` or both, booleans as `TRUE` and `FALSE`
 * @length: bytes of @text
 * @number: the value of a number; of a date the days as Excel counts them from 1900 (also in a workbook that
 *   counts from 1904); 1 or 0 for a boolean
 */
typedef struct
{
  ShequCellType type;
  ShequCellFlags flags;
  const char *text;
  gsize length;
  double number;
} ShequCell;

/**
 * ShequCellRow:
 * @number: the row's number as the user sees it, from 1; a CSV file counts its records
 * @n_cells: up to the last cell that holds something
 * @cells: (array length=n_cells): the cells from column A
 *
 * Owned by the reader and valid until its next call.
 */
typedef struct
{
  guint number;
  guint n_cells;
  const ShequCell *cells;
} ShequCellRow;

/**
 * ShequSheetFormat:
 * @SHEQU_SHEET_FORMAT_ANY: recognised by content
 * @SHEQU_SHEET_FORMAT_CSV: text with commas, semicolons, tabs or bars
 * @SHEQU_SHEET_FORMAT_XLSX: Excel 2007 and newer
 * @SHEQU_SHEET_FORMAT_XLS: Excel 97 to 2003
 * @SHEQU_SHEET_FORMAT_XML: "XML Spreadsheet 2003", often named .xls
 * @SHEQU_SHEET_FORMAT_HTML: tables of a web page, often named .xls
 */
typedef enum
{
  SHEQU_SHEET_FORMAT_ANY,
  SHEQU_SHEET_FORMAT_CSV,
  SHEQU_SHEET_FORMAT_XLSX,
  SHEQU_SHEET_FORMAT_XLS,
  SHEQU_SHEET_FORMAT_XML,
  SHEQU_SHEET_FORMAT_HTML,
} ShequSheetFormat;

/**
 * ShequSheetReader:
 *
 * Reads the rows of a spreadsheet file one after another, in memory that does not grow with the file (old
 * .xls and the shared texts of .xlsx excepted, which are bounded). To be used by one thread at a time.
 */
typedef struct _ShequSheetReader ShequSheetReader;

ShequSheetReader *shequ_sheet_reader_open (const char *path, GCancellable *cancellable, GError **error);
ShequSheetReader *shequ_sheet_reader_open_fd (int fd,
                                              ShequSheetFormat format,
                                              GCancellable *cancellable,
                                              GError **error);
ShequSheetReader *shequ_sheet_reader_open_bytes (GBytes *bytes,
                                                 ShequSheetFormat format,
                                                 GCancellable *cancellable,
                                                 GError **error);
void shequ_sheet_reader_free (ShequSheetReader *reader);

ShequSheetFormat shequ_sheet_reader_get_format (ShequSheetReader *reader);
const char *shequ_sheet_reader_get_encoding (ShequSheetReader *reader);
guint shequ_sheet_reader_get_n_sheets (ShequSheetReader *reader);
const char *shequ_sheet_reader_get_sheet_name (ShequSheetReader *reader, guint sheet);
guint shequ_sheet_reader_get_sheet (ShequSheetReader *reader);
gboolean shequ_sheet_reader_select_sheet (ShequSheetReader *reader, guint sheet, GError **error);
gboolean shequ_sheet_reader_next (ShequSheetReader *reader, ShequCellRow *row, GError **error);
void shequ_sheet_reader_get_progress (ShequSheetReader *reader, guint64 *done, guint64 *total);

char *shequ_cell_describe_problem (const ShequCell *cell);
char *shequ_cell_column_name (guint column);
gboolean shequ_sheet_format_from_name (const char *name, ShequSheetFormat *format);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequSheetReader, shequ_sheet_reader_free)

G_END_DECLS
