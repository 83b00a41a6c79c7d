#include "shequ-sheet-writer.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-date.h"
#include "shequ-error.h"
#include "shequ-sheet-writer-private.h"
#include "shequ-time.h"

#define MINUTES_OF_DAY 1440.0
#define FEN_OF_YUAN 100.0
/* Beyond, the number of a spreadsheet loses digits. */
#define LARGEST_EXACT G_GINT64_CONSTANT (999999999999999)
/* Excel's calendar is wrong before 1900-03-01. */
#define FIRST_SAFE_SERIAL 61.0

static ShequSheetFormat
format_of_name (const char *path)
{
  g_autofree char *name = g_ascii_strdown (path, -1);

  if (g_str_has_suffix (name, ".xlsx"))
    return SHEQU_SHEET_FORMAT_XLSX;
  return g_str_has_suffix (name, ".csv") ? SHEQU_SHEET_FORMAT_CSV : SHEQU_SHEET_FORMAT_ANY;
}

static gboolean
check_format (ShequSheetFormat format, GError **error)
{
  if (format == SHEQU_SHEET_FORMAT_CSV || format == SHEQU_SHEET_FORMAT_XLSX)
    return TRUE;
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                       _ ("Only .csv and .xlsx files are written. Choose a name that ends so."));
  return FALSE;
}

static ShequSheetWriter *
open_file (ShequSheetFile *file, ShequSheetFormat format, ShequSheetWriterFlags flags, GError **error)
{
  if (file == NULL)
    return NULL;
  return format == SHEQU_SHEET_FORMAT_XLSX ? shequ_xlsx_writer_new (file, flags, error)
                                           : shequ_csv_writer_new (file, flags, error);
}

/**
 * shequ_sheet_writer_new_path:
 * @path: where the file shall be
 * @format: CSV or XLSX, or %SHEQU_SHEET_FORMAT_ANY to go by the end of @path
 * @flags: how
 * @error: return location: %SHEQU_ERROR_ARGUMENT for another format, %SHEQU_ERROR_FULL,
 *   %SHEQU_ERROR_UNREACHABLE
 *
 * Returns: (transfer full) (nullable): a writer without a sheet
 */
ShequSheetWriter *
shequ_sheet_writer_new_path (const char *path,
                             ShequSheetFormat format,
                             ShequSheetWriterFlags flags,
                             GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  if (format == SHEQU_SHEET_FORMAT_ANY)
    format = format_of_name (path);
  if (!check_format (format, error))
    return NULL;
  return open_file (shequ_sheet_file_new_path (path, error), format, flags, error);
}

/**
 * shequ_sheet_writer_new_fd:
 * @fd: an open file, as standard output; it stays the caller's
 * @format: CSV or XLSX
 * @flags: how
 * @error: return location, as in shequ_sheet_writer_new_path()
 *
 * Returns: (transfer full) (nullable): a writer without a sheet
 */
ShequSheetWriter *
shequ_sheet_writer_new_fd (int fd, ShequSheetFormat format, ShequSheetWriterFlags flags, GError **error)
{
  if (!check_format (format, error))
    return NULL;
  return open_file (shequ_sheet_file_new_fd (fd, error), format, flags, error);
}

static void
forget_columns (ShequSheetWriter *writer)
{
  for (guint i = 0; i < writer->n_columns; i++)
    {
      g_free ((char *) writer->columns[i].title);
      g_free ((char *) writer->columns[i].help);
      g_strfreev ((char **) writer->columns[i].choices);
    }
  g_clear_pointer (&writer->columns, g_free);
  writer->n_columns = 0;
}

/**
 * shequ_sheet_writer_free:
 * @writer: (transfer full): a writer
 *
 * Leaves no trace of a file that was not finished.
 */
void
shequ_sheet_writer_free (ShequSheetWriter *writer)
{
  writer->class->free (writer);
  forget_columns (writer);
  g_free (writer->choices_sheet);
  shequ_sheet_file_free (writer->file);
  g_free (writer);
}

/**
 * shequ_sheet_writer_start_sheet:
 * @writer: a writer
 * @name: (nullable): the sheet's name; cut and cleared of what Excel forbids
 * @note: (nullable): a line above the header, as when and for what the file was made
 * @columns: (array length=n_columns): the columns; copied
 * @n_columns: how many
 * @error: return location: %SHEQU_ERROR_ARGUMENT for a second sheet of a CSV file, %SHEQU_ERROR_FULL
 *
 * Begins a sheet with its header row, which is bold and stays in view.
 *
 * Returns: %FALSE on error
 */
gboolean
shequ_sheet_writer_start_sheet (ShequSheetWriter *writer,
                                const char *name,
                                const char *note,
                                const ShequSheetColumn *columns,
                                guint n_columns,
                                GError **error)
{
  g_return_val_if_fail (n_columns > 0, FALSE);
  forget_columns (writer);
  writer->columns = g_memdup2 (columns, n_columns * sizeof *columns);
  writer->n_columns = n_columns;
  for (guint i = 0; i < n_columns; i++)
    {
      writer->columns[i].title = g_strdup (columns[i].title);
      writer->columns[i].help = g_strdup (columns[i].help);
      writer->columns[i].choices = (const char *const *) g_strdupv ((char **) columns[i].choices);
    }
  writer->n_cells = 0;
  if (!writer->class->start_sheet (writer, name, note, error))
    return FALSE;
  writer->n_cells = 0;
  writer->n_sheets++;
  return TRUE;
}

/**
 * shequ_sheet_writer_set_choices_sheet:
 * @writer: a writer
 * @name: the name of a sheet that is written later: in each of its columns, below the head, the choices of
 * one column of the sheets to come, in their order, without those that have none
 *
 * Says where the choices of columns stand; needed before a sheet with such columns is begun.
 */
void
shequ_sheet_writer_set_choices_sheet (ShequSheetWriter *writer, const char *name)
{
  g_free (writer->choices_sheet);
  writer->choices_sheet = g_strdup (name);
}

static ShequColumnKind
current_kind (ShequSheetWriter *writer)
{
  return writer->n_cells < writer->n_columns ? writer->columns[writer->n_cells].kind : SHEQU_COLUMN_TEXT;
}

static gboolean
read_serial (ShequColumnKind kind, const char *text, double *serial)
{
  static const ShequDate start = { 1899, 12, 30 };
  gboolean has_date = kind == SHEQU_COLUMN_DATE || kind == SHEQU_COLUMN_DATE_TIME;
  ShequDate date = start;
  int seconds = 0;
  int minutes = 0;

  if (kind == SHEQU_COLUMN_TIME && !shequ_time_parse (text, &minutes, NULL))
    return FALSE;
  if (kind == SHEQU_COLUMN_DATE && !shequ_date_from_iso (text, &date))
    return FALSE;
  if (kind == SHEQU_COLUMN_DATE_TIME && !shequ_date_parse_with_time (text, &date, &seconds, NULL))
    return FALSE;
  *serial = shequ_date_to_days (&date) - shequ_date_to_days (&start) + minutes / MINUTES_OF_DAY +
            seconds / (60.0 * MINUTES_OF_DAY);
  return !has_date || *serial >= FIRST_SAFE_SERIAL;
}

/**
 * shequ_sheet_writer_add_empty:
 * @writer: a writer
 *
 * Leaves the row's next cell empty.
 */
void
shequ_sheet_writer_add_empty (ShequSheetWriter *writer)
{
  writer->class->add_text (writer, "");
  writer->n_cells++;
}

/**
 * shequ_sheet_writer_add_text:
 * @writer: a writer
 * @text: (nullable): the row's next cell
 *
 * In a column of dates or times a text of that form becomes a real date or time; any other, also one before
 * 1900-03-01 that spreadsheets count wrongly, stays text.
 */
void
shequ_sheet_writer_add_text (ShequSheetWriter *writer, const char *text)
{
  ShequColumnKind kind = current_kind (writer);
  double serial;

  if (text == NULL)
    text = "";
  if (kind >= SHEQU_COLUMN_DATE && *text != '\0' && read_serial (kind, text, &serial))
    writer->class->add_serial (writer, serial, kind, text);
  else
    writer->class->add_text (writer, text);
  writer->n_cells++;
}

/**
 * shequ_sheet_writer_add_integer:
 * @writer: a writer
 * @integer: the row's next cell; fen in a column of money
 */
void
shequ_sheet_writer_add_integer (ShequSheetWriter *writer, gint64 integer)
{
  ShequColumnKind kind = current_kind (writer);

  if (integer > LARGEST_EXACT || integer < -LARGEST_EXACT)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, integer);

      writer->class->add_text (writer, text);
    }
  else if (kind == SHEQU_COLUMN_MONEY)
    writer->class->add_number (writer, (double) integer / FEN_OF_YUAN, kind);
  else
    writer->class->add_number (writer, (double) integer, SHEQU_COLUMN_NUMBER);
  writer->n_cells++;
}

/**
 * shequ_sheet_writer_add_number:
 * @writer: a writer
 * @number: the row's next cell
 */
void
shequ_sheet_writer_add_number (ShequSheetWriter *writer, double number)
{
  writer->class->add_number (writer, number, SHEQU_COLUMN_NUMBER);
  writer->n_cells++;
}

/**
 * shequ_sheet_writer_add_cell:
 * @writer: a writer
 * @cell: a cell that was read
 *
 * Writes @cell as it was: for the rows that an import refuses.
 */
void
shequ_sheet_writer_add_cell (ShequSheetWriter *writer, const ShequCell *cell)
{
  gboolean exact = (cell->flags & SHEQU_CELL_ROUNDED) == 0;

  if (cell->type == SHEQU_CELL_NUMBER && exact)
    writer->class->add_number (writer, cell->number, SHEQU_COLUMN_NUMBER);
  else if (cell->type == SHEQU_CELL_DATE && cell->number >= FIRST_SAFE_SERIAL)
    writer->class->add_serial (writer, cell->number,
                               strchr (cell->text, ' ') == NULL ? SHEQU_COLUMN_DATE : SHEQU_COLUMN_DATE_TIME,
                               cell->text);
  else
    writer->class->add_text (writer, cell->text);
  writer->n_cells++;
}

/**
 * shequ_sheet_writer_end_row:
 * @writer: a writer
 * @error: return location: %SHEQU_ERROR_FULL, %SHEQU_ERROR_UNREACHABLE, or %SHEQU_ERROR_INVALID_VALUE for
 * what an .xlsx cannot hold
 *
 * Returns: %FALSE on error; nothing but shequ_sheet_writer_free() may follow then
 */
gboolean
shequ_sheet_writer_end_row (ShequSheetWriter *writer, GError **error)
{
  gboolean done = writer->class->end_row (writer, error);

  writer->n_cells = 0;
  return done;
}

/**
 * shequ_sheet_writer_finish:
 * @writer: a writer
 * @error: return location: %SHEQU_ERROR_FULL or %SHEQU_ERROR_UNREACHABLE
 *
 * Completes the file, waits until it is on the disk and puts it in its place. Nothing but
 * shequ_sheet_writer_free() may follow.
 *
 * Returns: %FALSE when that failed; a file of that name is as it was before
 */
gboolean
shequ_sheet_writer_finish (ShequSheetWriter *writer, GError **error)
{
  return writer->class->close (writer, error) && shequ_sheet_file_commit (writer->file, error);
}
