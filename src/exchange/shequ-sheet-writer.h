#pragma once

#include "shequ-cells.h"

G_BEGIN_DECLS

/**
 * ShequColumnKind:
 * @SHEQU_COLUMN_TEXT: text, also numbers of persons, phones and codes: a spreadsheet must not count with them
 * @SHEQU_COLUMN_NUMBER: a number
 * @SHEQU_COLUMN_MONEY: money in fen, shown in yuan
 * @SHEQU_COLUMN_DATE: a date, given as `2026-11-22`
 * @SHEQU_COLUMN_TIME: a time, given as `08:30`
 * @SHEQU_COLUMN_DATE_TIME: both, given as `2026-11-22 08:30`
 *
 * How a column of a new file is written.
 */
typedef enum
{
  SHEQU_COLUMN_TEXT,
  SHEQU_COLUMN_NUMBER,
  SHEQU_COLUMN_MONEY,
  SHEQU_COLUMN_DATE,
  SHEQU_COLUMN_TIME,
  SHEQU_COLUMN_DATE_TIME,
} ShequColumnKind;

/**
 * ShequSheetColumn:
 * @title: the text of the header cell
 * @kind: what stands below
 * @width: in characters of a Latin digit, 0 for one that fits @title and @kind
 * @help: (nullable): what is said when somebody stands in a cell of the column; .xlsx only
 * @choices: (nullable): what may be chosen below; others may be typed after a warning; .xlsx only
 * @required: whether the head is marked as one that must be filled in; .xlsx only
 */
typedef struct
{
  const char *title;
  ShequColumnKind kind;
  double width;
  const char *help;
  const char *const *choices;
  gboolean required;
} ShequSheetColumn;

/**
 * ShequSheetWriterFlags:
 * @SHEQU_SHEET_WRITER_PLAIN: a CSV file for other programs: no byte order mark, lines end in `\n`, every cell
 *   exactly as given
 *
 * Without it a CSV file is made for Excel, by a double click:
 *
 * - it begins with a byte order mark, so that Excel reads UTF-8;
 * - a text that would be a formula (after blanks and apostrophes begins with `=`, `+`, `-` or `@`) gets an
 *   apostrophe in front;
 * - a text of digits, points, colons, strokes or dashes that Excel would take for a number, date or time and
 * so damage (an ID number, a phone, `001`, the room `3-2`) gets a tab behind, which Excel does not show.
 *
 * shequ_sheet_reader_open() takes both away again, so that a file of refused rows can be imported after it
 * was corrected. Files of .xlsx need none of this: their cells say what they are.
 */
typedef enum
{
  SHEQU_SHEET_WRITER_DEFAULT = 0,
  SHEQU_SHEET_WRITER_PLAIN = 1 << 0,
} ShequSheetWriterFlags;

/**
 * ShequSheetWriter:
 *
 * Writes a spreadsheet row by row in memory that does not grow. The file takes the place of its target only
 * in shequ_sheet_writer_finish(); freed before, the writer leaves no trace.
 */
typedef struct _ShequSheetWriter ShequSheetWriter;

ShequSheetWriter *shequ_sheet_writer_new_path (const char *path,
                                               ShequSheetFormat format,
                                               ShequSheetWriterFlags flags,
                                               GError **error);
ShequSheetWriter *shequ_sheet_writer_new_fd (int fd,
                                             ShequSheetFormat format,
                                             ShequSheetWriterFlags flags,
                                             GError **error);
void shequ_sheet_writer_free (ShequSheetWriter *writer);

void shequ_sheet_writer_set_choices_sheet (ShequSheetWriter *writer, const char *name);
gboolean shequ_sheet_writer_start_sheet (ShequSheetWriter *writer,
                                         const char *name,
                                         const char *note,
                                         const ShequSheetColumn *columns,
                                         guint n_columns,
                                         GError **error);
void shequ_sheet_writer_add_empty (ShequSheetWriter *writer);
void shequ_sheet_writer_add_text (ShequSheetWriter *writer, const char *text);
void shequ_sheet_writer_add_integer (ShequSheetWriter *writer, gint64 integer);
void shequ_sheet_writer_add_number (ShequSheetWriter *writer, double number);
void shequ_sheet_writer_add_cell (ShequSheetWriter *writer, const ShequCell *cell);
gboolean shequ_sheet_writer_end_row (ShequSheetWriter *writer, GError **error);
gboolean shequ_sheet_writer_finish (ShequSheetWriter *writer, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequSheetWriter, shequ_sheet_writer_free)

G_END_DECLS
