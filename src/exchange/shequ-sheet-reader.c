#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-error.h"
#include "shequ-sheet-kind.h"
#include "shequ-sheet-reader-private.h"

#define ROWS_TO_LOOK_AT 50

void
shequ_sheet_reader_init (ShequSheetReader *reader,
                         const ShequSheetReaderClass *class,
                         ShequSheetFormat format,
                         ShequSheetSource *source,
                         GCancellable *cancellable)
{
  reader->class = class;
  reader->format = format;
  reader->source = source;
  reader->cancellable = cancellable == NULL ? NULL : g_object_ref (cancellable);
  reader->sheets = g_ptr_array_new_with_free_func (g_free);
  reader->hidden = g_array_new (FALSE, FALSE, sizeof (gboolean));
  reader->queue = shequ_cell_queue_new ();
}

/* What stops it from now on. */
void
shequ_sheet_reader_set_cancellable (ShequSheetReader *reader, GCancellable *cancellable)
{
  g_set_object (&reader->cancellable, cancellable);
}

void
shequ_sheet_reader_add_sheet (ShequSheetReader *reader, const char *name, gboolean hidden)
{
  g_ptr_array_add (reader->sheets, g_strdup (name));
  g_array_append_val (reader->hidden, hidden);
}

/**
 * shequ_sheet_reader_free:
 * @reader: (transfer full): a reader
 */
void
shequ_sheet_reader_free (ShequSheetReader *reader)
{
  reader->class->free (reader);
  shequ_cell_queue_free (reader->queue);
  g_ptr_array_unref (reader->sheets);
  g_array_unref (reader->hidden);
  g_clear_object (&reader->cancellable);
  g_free (reader->encoding);
  shequ_sheet_source_free (reader->source);
  g_free (reader);
}

/* Two rows of two cells of their own are a table; a cover sheet has merged titles and single cells. */
static gboolean
sheet_holds_table (ShequSheetReader *reader, gboolean *holds_any, gboolean *holds_table, GError **error)
{
  GError *local_error = NULL;
  ShequCellRow row;
  guint wide_rows = 0;

  for (guint i = 0; i < ROWS_TO_LOOK_AT && shequ_sheet_reader_next (reader, &row, &local_error); i++)
    {
      guint own = 0;

      *holds_any = TRUE;
      for (guint column = 0; column < row.n_cells; column++)
        own += row.cells[column].type != SHEQU_CELL_EMPTY && !(row.cells[column].flags & SHEQU_CELL_MERGED);
      wide_rows += own > 1;
      if (wide_rows > 1)
        break;
    }
  *holds_table = wide_rows > 1;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

/* A hidden sheet comes after all others. */
static guint
sheet_in_order (ShequSheetReader *reader, guint place)
{
  for (guint hidden = 0; hidden < 2; hidden++)
    for (guint sheet = 0; sheet < reader->sheets->len; sheet++)
      if (!!g_array_index (reader->hidden, gboolean, sheet) == !!hidden && place-- == 0)
        return sheet;
  g_assert_not_reached ();
}

static gboolean
select_first_table (ShequSheetReader *reader, GError **error)
{
  guint chosen = G_MAXUINT;

  if (reader->format == SHEQU_SHEET_FORMAT_CSV)
    return shequ_sheet_reader_select_sheet (reader, 0, error);
  for (guint place = 0; place < reader->sheets->len; place++)
    {
      guint sheet = sheet_in_order (reader, place);
      gboolean any = FALSE;
      gboolean table = FALSE;

      if (!shequ_sheet_reader_select_sheet (reader, sheet, error) ||
          !sheet_holds_table (reader, &any, &table, error))
        return FALSE;
      if (table)
        return shequ_sheet_reader_select_sheet (reader, sheet, error);
      if (any && chosen == G_MAXUINT)
        chosen = sheet;
    }
  if (chosen != G_MAXUINT)
    return shequ_sheet_reader_select_sheet (reader, chosen, error);
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
               _ ("No sheet of “%s” holds anything. Ask for the file again."), reader->source->name);
  return FALSE;
}

static ShequSheetReader *
open_source (ShequSheetSource *source, ShequSheetFormat format, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequSheetSource) owned = source;
  g_autoptr (ShequSheetReader) reader = NULL;
  ShequSheetReaderNew new_reader;

  if (!shequ_sheet_kind_detect (source, &format, error))
    return NULL;
  new_reader = shequ_sheet_kind_get_reader (format);
  reader = new_reader (g_steal_pointer (&owned), cancellable, error);
  if (reader == NULL || !select_first_table (reader, error))
    return NULL;
  return g_steal_pointer (&reader);
}

/**
 * shequ_sheet_reader_open:
 * @path: a file
 * @cancellable: (nullable): kept by the reader; stops it from another thread with %G_IO_ERROR_CANCELLED
 * @error: return location: %SHEQU_ERROR_NOT_FOUND, or %SHEQU_ERROR_UNREADABLE with a message that says what
 *   the file seems to be and what to do
 *
 * Opens a spreadsheet whose format is recognised by its content, whatever its name, and chooses the first
 * sheet that holds a table.
 *
 * Returns: (transfer full) (nullable): a reader before the first row
 */
ShequSheetReader *
shequ_sheet_reader_open (const char *path, GCancellable *cancellable, GError **error)
{
  ShequSheetSource *source;

  g_return_val_if_fail (path != NULL, NULL);
  source = shequ_sheet_source_new_path (path, cancellable, error);
  return source == NULL ? NULL : open_source (source, SHEQU_SHEET_FORMAT_ANY, cancellable, error);
}

/**
 * shequ_sheet_reader_open_fd:
 * @fd: an open file, as standard input; it stays the caller's
 * @format: the format, or %SHEQU_SHEET_FORMAT_ANY to recognise it
 * @cancellable: (nullable): as in shequ_sheet_reader_open()
 * @error: return location, as in shequ_sheet_reader_open(); %SHEQU_ERROR_FULL when a pipe cannot be kept on
 * disk
 *
 * Returns: (transfer full) (nullable): a reader before the first row
 */
ShequSheetReader *
shequ_sheet_reader_open_fd (int fd, ShequSheetFormat format, GCancellable *cancellable, GError **error)
{
  ShequSheetSource *source = shequ_sheet_source_new_fd (fd, cancellable, error);

  return source == NULL ? NULL : open_source (source, format, cancellable, error);
}

/**
 * shequ_sheet_reader_open_bytes:
 * @bytes: the content of a spreadsheet file
 * @format: the format, or %SHEQU_SHEET_FORMAT_ANY to recognise it
 * @cancellable: (nullable): as in shequ_sheet_reader_open()
 * @error: return location, as in shequ_sheet_reader_open()
 *
 * Returns: (transfer full) (nullable): a reader before the first row
 */
ShequSheetReader *
shequ_sheet_reader_open_bytes (GBytes *bytes,
                               ShequSheetFormat format,
                               GCancellable *cancellable,
                               GError **error)
{
  ShequSheetSource *source;

  g_return_val_if_fail (bytes != NULL, NULL);
  source = shequ_sheet_source_new_bytes (bytes, error);
  return source == NULL ? NULL : open_source (source, format, cancellable, error);
}

/**
 * shequ_sheet_reader_get_format:
 * @reader: a reader
 *
 * Returns: the format of the file
 */
ShequSheetFormat
shequ_sheet_reader_get_format (ShequSheetReader *reader)
{
  return reader->format;
}

/**
 * shequ_sheet_reader_get_encoding:
 * @reader: a reader
 *
 * Returns: (nullable): the encoding found in a text file, as `GB18030`; %NULL for other formats
 */
const char *
shequ_sheet_reader_get_encoding (ShequSheetReader *reader)
{
  return reader->encoding;
}

/**
 * shequ_sheet_reader_get_n_sheets:
 * @reader: a reader
 *
 * Returns: how many sheets the file has, 1 for a text file
 */
guint
shequ_sheet_reader_get_n_sheets (ShequSheetReader *reader)
{
  return reader->sheets->len;
}

/**
 * shequ_sheet_reader_get_sheet_name:
 * @reader: a reader
 * @sheet: a sheet, from 0
 *
 * Returns: its name; of a text file the name of the file
 */
const char *
shequ_sheet_reader_get_sheet_name (ShequSheetReader *reader, guint sheet)
{
  g_return_val_if_fail (sheet < reader->sheets->len, NULL);
  return g_ptr_array_index (reader->sheets, sheet);
}

/**
 * shequ_sheet_reader_get_sheet:
 * @reader: a reader
 *
 * Returns: the sheet that is read, from 0
 */
guint
shequ_sheet_reader_get_sheet (ShequSheetReader *reader)
{
  return reader->sheet;
}

/**
 * shequ_sheet_reader_select_sheet:
 * @reader: a reader
 * @sheet: a sheet, from 0
 * @error: return location for a %SHEQU_ERROR_UNREADABLE
 *
 * Goes to the first row of @sheet, also when it is read already.
 *
 * Returns: %FALSE when it cannot be read
 */
gboolean
shequ_sheet_reader_select_sheet (ShequSheetReader *reader, guint sheet, GError **error)
{
  g_return_val_if_fail (sheet < reader->sheets->len, FALSE);
  shequ_cell_queue_clear (reader->queue);
  reader->sheet = sheet;
  reader->ended = FALSE;
  reader->done = 0;
  return reader->class->start (reader, sheet, error);
}

/**
 * shequ_sheet_reader_next:
 * @reader: a reader
 * @row: (out caller-allocates): the next row that holds anything; valid until the next call
 * @error: return location: %SHEQU_ERROR_UNREADABLE, or %G_IO_ERROR_CANCELLED
 *
 * Rows before an error have been given; after one nothing more can be read.
 *
 * Returns: %FALSE at the end, with @error unset, and on error
 */
gboolean
shequ_sheet_reader_next (ShequSheetReader *reader, ShequCellRow *row, GError **error)
{
  while (!shequ_cell_queue_pop (reader->queue, row))
    {
      if (!shequ_cell_queue_check (reader->queue, error) || reader->ended ||
          g_cancellable_set_error_if_cancelled (reader->cancellable, error))
        return FALSE;
      if (!reader->class->pump (reader, error))
        {
          reader->ended = TRUE;
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * shequ_sheet_reader_get_progress:
 * @reader: a reader
 * @done: (out): bytes of the sheet that were read
 * @total: (out): bytes of the sheet
 *
 * Unpacked bytes in the case of .xlsx.
 */
void
shequ_sheet_reader_get_progress (ShequSheetReader *reader, guint64 *done, guint64 *total)
{
  *total = MAX (reader->total, 1);
  *done = MIN (reader->done, *total);
}
