/*
 * A spreadsheet opened for import: sheet, header row, guessed columns, preview.
 */
#include "shequ-import-private.h"

#include "shequ-error.h"
#include "shequ-sheet-reader-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>

/* Titles, notes and second header lines stand above the head; it is looked for no further down. */
#define HEADER_SEARCH_ROWS 40
#define LEAST_HEADERS 2

static ShequSheetReader *
open_reader (ShequImport *import, GCancellable *cancellable, GError **error)
{
  ShequSheetReader *reader = g_atomic_pointer_exchange (&import->reader, NULL);

  if (reader != NULL)
    shequ_sheet_reader_set_cancellable (reader, cancellable);
  else if (import->bytes != NULL)
    reader = shequ_sheet_reader_open_bytes (import->bytes, import->format, cancellable, error);
  else
    reader = shequ_sheet_reader_open (import->path, cancellable, error);
  if (reader != NULL && import->has_sheet && !shequ_sheet_reader_select_sheet (reader, import->sheet, error))
    g_clear_pointer (&reader, shequ_sheet_reader_free);
  return reader;
}

/* Keeps a reader for the next look at the file: what there is to find out about a large one takes its time.
 */
void
import_keep_reader (ShequImport *import, ShequSheetReader *reader)
{
  shequ_sheet_reader_set_cancellable (reader, NULL);
  if (!g_atomic_pointer_compare_and_exchange (&import->reader, NULL, reader))
    shequ_sheet_reader_free (reader);
}

static char **
copy_texts (const ShequCellRow *row)
{
  char **texts = g_new0 (char *, row->n_cells + 1);

  for (guint i = 0; i < row->n_cells; i++)
    texts[i] = g_strndup (row->cells[i].text, row->cells[i].length);
  return texts;
}

/* A title merged over many columns is one cell, however many it covers. */
static guint
count_own (const ShequCellRow *row)
{
  guint own = 0;

  for (guint i = 0; i < row->n_cells; i++)
    own += row->cells[i].type != SHEQU_CELL_EMPTY && (row->cells[i].flags & SHEQU_CELL_MERGED) == 0;
  return own > 1 ? row->n_cells : own;
}

/* The row that looks most like a head. */
typedef struct
{
  guint score;
  guint sheet;
  guint number;
  char **texts;
  guint n_texts;
} Head;

static void
head_clear (Head *head)
{
  g_clear_pointer (&head->texts, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Head, head_clear)

static void
take_head (ShequImport *import, const Head *head)
{
  shequ_mapping_guess (import->mapping, (const char *const *) head->texts, head->n_texts);
  import->header_row = head->number;
  import->sheet = head->sheet;
}

/* Looks for a better head in the sheet chosen; the lower of two that look alike, for heads of two lines. */
static gboolean
look_for_head (ShequImport *import, ShequSheetReader *reader, Head *best, GError **error)
{
  g_autoptr (GError) inner = NULL;
  guint before = best->score;
  ShequCellRow row;

  for (guint i = 0; i < HEADER_SEARCH_ROWS && shequ_sheet_reader_next (reader, &row, &inner); i++)
    {
      g_auto (GStrv) texts = copy_texts (&row);
      guint score = shequ_mapping_score (import->mapping, (const char *const *) texts, count_own (&row));

      if (score <= before || score < best->score)
        continue;
      head_clear (best);
      *best = (Head){ score, shequ_sheet_reader_get_sheet (reader), row.number, g_steal_pointer (&texts),
                      row.n_cells };
    }
  if (inner == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&inner));
  return FALSE;
}

static gboolean
has_head (ShequImport *import, const Head *head)
{
  return head->score >= MIN (LEAST_HEADERS, import->mapping->targets->len);
}

static gboolean
check_head (ShequImport *import, const Head *head, GError **error)
{
  if (has_head (import, head))
    return TRUE;
  g_set_error (
    error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
    _ ("No row of the file looks like the head of “%s”: none of its first %d rows names two of its columns. "
       "Nothing was imported; add a head row, for example from the template"),
    import->reg->label, HEADER_SEARCH_ROWS);
  return FALSE;
}

/* The sheet that the reader took; when that is a cover or notes, the one with the best head. */
static gboolean
find_head (ShequImport *import, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequSheetReader) reader = open_reader (import, cancellable, error);
  g_auto (Head) head = { 0 };
  guint n_sheets = reader != NULL ? shequ_sheet_reader_get_n_sheets (reader) : 0;
  guint first = reader != NULL ? shequ_sheet_reader_get_sheet (reader) : 0;

  if (reader == NULL || !look_for_head (import, reader, &head, error))
    return FALSE;
  for (guint i = 0; i < n_sheets; i++)
    {
      g_ptr_array_add (import->sheets, g_strdup (shequ_sheet_reader_get_sheet_name (reader, i)));
      if (i != first && !has_head (import, &head) &&
          (!shequ_sheet_reader_select_sheet (reader, i, error) ||
           !look_for_head (import, reader, &head, error)))
        return FALSE;
    }
  if (!check_head (import, &head, error))
    return FALSE;
  take_head (import, &head);
  import->has_sheet = TRUE;
  import_keep_reader (import, g_steal_pointer (&reader));
  return TRUE;
}

static gpointer
prepare_names (gpointer data)
{
  g_autoptr (ShequPinyin) pinyin = data;

  shequ_pinyin_prepare (pinyin);
  return NULL;
}

/* Names are read by the time that the file is looked through. */
static ShequImport *
import_new (ShequStore *store, const ShequRegister *reg, const char *today)
{
  ShequImport *import = g_new0 (ShequImport, 1);
  ShequPinyin *pinyin = shequ_store_get_pinyin (store, NULL);

  if (pinyin != NULL)
    import->names = g_thread_new ("shequ-names", prepare_names, shequ_pinyin_ref (pinyin));
  import->store = shequ_store_ref (store);
  import->reg = reg;
  import->today = g_strdup (today);
  import->mapping = shequ_mapping_new (reg);
  import->sheets = g_ptr_array_new_with_free_func (g_free);
  return import;
}

/**
 * shequ_import_open:
 * @store: where rows go
 * @reg: the register they go into
 * @path: a spreadsheet; its format is recognised by content
 * @today: the day, for rules about the past and the future
 * @cancellable: (nullable): to stop
 * @error: %SHEQU_ERROR_UNREADABLE
 *
 * Opens a file, finds its header row and guesses its columns. Nothing is stored.
 *
 * Returns: (transfer full): the import
 */
ShequImport *
shequ_import_open (ShequStore *store,
                   const ShequRegister *reg,
                   const char *path,
                   const char *today,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (ShequImport) import = import_new (store, reg, today);

  import->path = g_strdup (path);
  return find_head (import, cancellable, error) ? g_steal_pointer (&import) : NULL;
}

/**
 * shequ_import_open_bytes:
 * @store: where rows go
 * @reg: the register they go into
 * @bytes: a spreadsheet
 * @format: its format, or %SHEQU_SHEET_FORMAT_ANY
 * @today: the day
 * @cancellable: (nullable): to stop
 * @error: %SHEQU_ERROR_UNREADABLE
 *
 * As shequ_import_open(), of what came through a pipe.
 *
 * Returns: (transfer full): the import
 */
ShequImport *
shequ_import_open_bytes (ShequStore *store,
                         const ShequRegister *reg,
                         GBytes *bytes,
                         ShequSheetFormat format,
                         const char *today,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (ShequImport) import = import_new (store, reg, today);

  import->bytes = g_bytes_ref (bytes);
  import->format = format;
  return find_head (import, cancellable, error) ? g_steal_pointer (&import) : NULL;
}

void
shequ_import_free (ShequImport *import)
{
  g_clear_pointer (&import->names, g_thread_join);
  g_clear_pointer (&import->reader, shequ_sheet_reader_free);
  g_clear_pointer (&import->mapping, shequ_mapping_free);
  g_clear_pointer (&import->sheets, g_ptr_array_unref);
  g_clear_pointer (&import->bytes, g_bytes_unref);
  g_clear_pointer (&import->store, shequ_store_unref);
  g_free (import->path);
  g_free (import->today);
  g_free (import);
}

/**
 * shequ_import_get_mapping:
 * @import: an import
 *
 * Returns: (transfer none): where its columns go; may be corrected
 */
ShequMapping *
shequ_import_get_mapping (ShequImport *import)
{
  return import->mapping;
}

/**
 * shequ_import_get_store:
 * @import: an import
 *
 * Returns: (transfer none): where its rows go
 */
ShequStore *
shequ_import_get_store (ShequImport *import)
{
  return import->store;
}

/**
 * shequ_import_get_today:
 * @import: an import
 *
 * Returns: (transfer none) (nullable): the day on which it is read
 */
const char *
shequ_import_get_today (ShequImport *import)
{
  return import->today;
}

/**
 * shequ_import_get_header_row:
 * @import: an import
 *
 * Returns: the number of the header row as the spreadsheet shows it
 */
guint
shequ_import_get_header_row (ShequImport *import)
{
  return import->header_row;
}

/* Opens the file and goes past the header row. */
ShequSheetReader *
import_open_rows (ShequImport *import, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequSheetReader) reader = open_reader (import, cancellable, error);
  g_autoptr (GError) inner = NULL;
  ShequCellRow row = { 0 };

  if (reader == NULL)
    return NULL;
  while (row.number < import->header_row)
    {
      if (!shequ_sheet_reader_next (reader, &row, &inner))
        break;
    }
  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }
  return g_steal_pointer (&reader);
}

/**
 * shequ_import_set_header_row:
 * @import: an import
 * @number: the number of the header row as the spreadsheet shows it
 * @error: %SHEQU_ERROR_ARGUMENT when there is no such row
 *
 * Takes another row for the head and guesses again.
 *
 * Returns: whether there is such a row
 */
gboolean
shequ_import_set_header_row (ShequImport *import, guint number, GError **error)
{
  g_autoptr (ShequSheetReader) reader = open_reader (import, NULL, error);
  ShequCellRow row = { 0 };

  if (reader == NULL)
    return FALSE;
  while (row.number < number && shequ_sheet_reader_next (reader, &row, NULL))
    {
      if (row.number == number)
        {
          g_auto (Head) head = { 0, import->sheet, number, copy_texts (&row), row.n_cells };

          take_head (import, &head);
          return TRUE;
        }
    }
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT, _ ("The file has nothing in row %u"), number);
  return FALSE;
}

/**
 * shequ_import_get_sheets:
 * @import: an import
 *
 * Returns: (transfer none) (element-type utf8): the names of the sheets of the file
 */
const GPtrArray *
shequ_import_get_sheets (ShequImport *import)
{
  return import->sheets;
}

/**
 * shequ_import_get_sheet:
 * @import: an import
 *
 * Returns: which of the sheets is imported, from 0
 */
guint
shequ_import_get_sheet (ShequImport *import)
{
  return import->sheet;
}

/**
 * shequ_import_set_sheet:
 * @import: an import
 * @sheet: which sheet, from 0
 * @error: %SHEQU_ERROR_UNREADABLE when it has no head of this register
 *
 * Takes another sheet and guesses again; without a head there, all stays as it was.
 *
 * Returns: whether it is imported from now on
 */
gboolean
shequ_import_set_sheet (ShequImport *import, guint sheet, GError **error)
{
  g_autoptr (ShequSheetReader) reader = open_reader (import, NULL, error);
  g_auto (Head) head = { 0 };

  if (reader == NULL || !shequ_sheet_reader_select_sheet (reader, sheet, error) ||
      !look_for_head (import, reader, &head, error) || !check_head (import, &head, error))
    return FALSE;
  take_head (import, &head);
  return TRUE;
}

static void
free_preview_row (gpointer data)
{
  ShequPreviewRow *row = data;

  g_strfreev (row->cells);
  g_free (row->issues);
  g_free (row);
}

static ShequPreviewRow *
preview_row (const ImportPlan *plan, const ShequCellRow *cells)
{
  ShequPreviewRow *row = g_new0 (ShequPreviewRow, 1);
  g_autoptr (ImportItem) item = import_plan_read (plan, cells);

  row->row = cells->number;
  row->cells = g_new0 (char *, MAX (plan->n_headers, cells->n_cells) + 1);
  for (guint i = 0; i < MAX (plan->n_headers, cells->n_cells); i++)
    row->cells[i] =
      i < cells->n_cells ? g_strndup (cells->cells[i].text, cells->cells[i].length) : g_strdup ("");
  for (guint i = 0; item != NULL && item->issues != NULL && i < item->issues->len; i++)
    row->severity = MAX (row->severity, ((const ShequIssue *) item->issues->pdata[i])->severity);
  if (item != NULL && item->issues != NULL && item->issues->len > 0)
    row->issues = shequ_issues_to_text (item->issues, SHEQU_ISSUE_NOTE);
  return row;
}

/**
 * shequ_import_preview:
 * @import: an import
 * @n_rows: how many rows
 *
 * Returns: (transfer full) (element-type ShequPreviewRow): the first rows as they would be read now, with
 * what is wrong with them as far as that can be told without the database
 */
GPtrArray *
shequ_import_preview (ShequImport *import, guint n_rows)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (free_preview_row);
  g_autoptr (ShequSheetReader) reader = import_open_rows (import, NULL, NULL);
  g_autoptr (ImportPlan) plan = import_plan_new (import->mapping, import->today);
  ShequCellRow row;

  while (reader != NULL && rows->len < n_rows && shequ_sheet_reader_next (reader, &row, NULL))
    g_ptr_array_add (rows, preview_row (plan, &row));
  if (reader != NULL)
    import_keep_reader (import, g_steal_pointer (&reader));
  return rows;
}
