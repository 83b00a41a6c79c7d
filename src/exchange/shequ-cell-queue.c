#include "shequ-cell-queue.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "shequ-cell-text.h"
#include "shequ-error.h"

/* More merged ranges than any ledger has, fewer than would make filling slow. */
#define MAX_RANGES 200000
#define MAX_OPEN_RANGES SHEQU_SHEET_MAX_COLUMNS
/* A title merged over whole rows says nothing about each of its cells. */
#define MAX_FILLED_COLUMNS 64
#define FIRST_ROUNDED_NUMBER 1e15

typedef struct
{
  guint column;
  ShequCellType type;
  ShequCellFlags flags;
  gsize offset;
  gsize length;
  double number;
} QueuedCell;

typedef struct
{
  guint number;
  guint n_cells;
  guint first_cell;
} QueuedRow;

typedef struct
{
  ShequCellRange range;
  ShequCell value;
  char *text;
} OpenRange;

struct _ShequCellQueue
{
  GArray *rows;
  GArray *cells;
  GByteArray *text;
  guint taken;
  QueuedRow current;
  guint wide_row;

  GArray *ranges;
  gboolean ranges_sorted;
  guint next_range;
  GArray *open_ranges;

  GArray *taken_cells;
};

static void
open_range_clear (gpointer data)
{
  OpenRange *open = data;

  g_clear_pointer (&open->text, g_free);
}

/**
 * shequ_cell_queue_new:
 *
 * Returns: (transfer full): an empty queue
 */
ShequCellQueue *
shequ_cell_queue_new (void)
{
  ShequCellQueue *queue = g_new0 (ShequCellQueue, 1);

  queue->rows = g_array_new (FALSE, FALSE, sizeof (QueuedRow));
  queue->cells = g_array_new (FALSE, FALSE, sizeof (QueuedCell));
  queue->text = g_byte_array_new ();
  queue->ranges = g_array_new (FALSE, FALSE, sizeof (ShequCellRange));
  queue->open_ranges = g_array_new (FALSE, FALSE, sizeof (OpenRange));
  g_array_set_clear_func (queue->open_ranges, open_range_clear);
  queue->taken_cells = g_array_new (FALSE, TRUE, sizeof (ShequCell));
  return queue;
}

/**
 * shequ_cell_queue_free:
 * @queue: (transfer full): a queue
 */
void
shequ_cell_queue_free (ShequCellQueue *queue)
{
  g_array_unref (queue->rows);
  g_array_unref (queue->cells);
  g_byte_array_unref (queue->text);
  g_array_unref (queue->ranges);
  g_array_unref (queue->open_ranges);
  g_array_unref (queue->taken_cells);
  g_free (queue);
}

/* Rows that were taken make room; the cells of a row that is not complete yet move to the front. */
static void
forget_rows (ShequCellQueue *queue)
{
  gsize text_start = queue->text->len;

  if (queue->current.n_cells > 0)
    text_start = g_array_index (queue->cells, QueuedCell, queue->current.first_cell).offset;
  if (text_start > 0)
    g_byte_array_remove_range (queue->text, 0, text_start);
  if (queue->current.first_cell > 0)
    g_array_remove_range (queue->cells, 0, queue->current.first_cell);
  for (guint i = 0; i < queue->cells->len; i++)
    g_array_index (queue->cells, QueuedCell, i).offset -= text_start;
  g_array_set_size (queue->rows, 0);
  queue->current.first_cell = 0;
  queue->taken = 0;
}

/**
 * shequ_cell_queue_clear:
 * @queue: a queue
 *
 * Forgets rows and merged ranges, for another sheet.
 */
void
shequ_cell_queue_clear (ShequCellQueue *queue)
{
  queue->current = (QueuedRow){ 0 };
  g_array_set_size (queue->cells, 0);
  g_byte_array_set_size (queue->text, 0);
  forget_rows (queue);
  g_array_set_size (queue->ranges, 0);
  g_array_set_size (queue->open_ranges, 0);
  queue->next_range = 0;
  queue->wide_row = 0;
}

/**
 * shequ_cell_queue_add_range:
 * @queue: a queue
 * @range: a merged range
 *
 * To be called before the first row of @range is taken.
 */
void
shequ_cell_queue_add_range (ShequCellQueue *queue, const ShequCellRange *range)
{
  if (queue->ranges->len >= MAX_RANGES || range->first_column >= SHEQU_SHEET_MAX_COLUMNS ||
      range->last_row < range->first_row || range->last_column < range->first_column)
    return;
  g_array_append_val (queue->ranges, *range);
  queue->ranges_sorted = FALSE;
}

/**
 * shequ_cell_queue_start_row:
 * @queue: a queue
 * @number: the row's number, from 1
 */
void
shequ_cell_queue_start_row (ShequCellQueue *queue, guint number)
{
  queue->current = (QueuedRow){ number, 0, queue->cells->len };
}

static QueuedCell *
add_cell (ShequCellQueue *queue, guint column, ShequCellType type)
{
  QueuedCell *cell;

  if (column >= SHEQU_SHEET_MAX_COLUMNS && queue->wide_row == 0)
    queue->wide_row = queue->current.number;
  if (queue->wide_row != 0)
    return NULL;
  g_array_set_size (queue->cells, queue->cells->len + 1);
  queue->current.n_cells++;
  cell = &g_array_index (queue->cells, QueuedCell, queue->cells->len - 1);
  *cell = (QueuedCell){ column, type, 0, queue->text->len, 0, 0.0 };
  return cell;
}

static void
add_plain_text (ShequCellQueue *queue, QueuedCell *cell, const char *text, gsize length)
{
  cell->length = length;
  g_byte_array_append (queue->text, (const guint8 *) text, length);
  g_byte_array_append (queue->text, (const guint8 *) "", 1);
}

/* In CSV and HTML an ID number that was a number stands as 1.10101E+17. */
static gboolean
is_rounded (const char *text, gsize length)
{
  const char *at = text;
  const char *end = text + length;
  guint exponent = 0;

  if (length < 6 || length > 24 || !g_ascii_isdigit (at[0]) || (at[1] != '.' && at[1] != 'E'))
    return FALSE;
  for (at++; at < end && (g_ascii_isdigit (*at) || *at == '.'); at++)
    ;
  if (end - at < 4 || (*at != 'E' && *at != 'e') || at[1] != '+')
    return FALSE;
  for (at += 2; at < end && g_ascii_isdigit (*at); at++)
    exponent = exponent * 10 + (*at - '0');
  return at == end && exponent >= 15;
}

/**
 * shequ_cell_queue_add_text:
 * @queue: a queue
 * @column: the column, from 0
 * @text: UTF-8, may hold NUL bytes
 * @length: bytes of @text
 *
 * Adds a text cell unless @text is empty. Line ends become `\n`; NUL bytes and U+FFFD mark the cell damaged;
 * a text too long is cut.
 */
void
shequ_cell_queue_add_text (ShequCellQueue *queue, guint column, const char *text, gsize length)
{
  QueuedCell *cell;
  gsize before = queue->text->len;

  if (length == 0)
    return;
  cell = add_cell (queue, column, SHEQU_CELL_TEXT);
  if (cell == NULL)
    return;
  cell->flags = shequ_cell_text_append (queue->text, text, length);
  cell->length = queue->text->len - before;
  if (is_rounded (text, length))
    cell->flags |= SHEQU_CELL_ROUNDED;
  g_byte_array_append (queue->text, (const guint8 *) "", 1);
}

/**
 * shequ_cell_queue_add_number:
 * @queue: a queue
 * @column: the column, from 0
 * @number: a number
 */
void
shequ_cell_queue_add_number (ShequCellQueue *queue, guint column, double number)
{
  char text[SHEQU_CELL_NUMBER_SIZE];
  QueuedCell *cell;

  if (!isfinite (number))
    {
      shequ_cell_queue_add_error (queue, column, "#NUM!", strlen ("#NUM!"));
      return;
    }
  cell = add_cell (queue, column, SHEQU_CELL_NUMBER);
  if (cell == NULL)
    return;
  cell->number = number;
  if (fabs (number) >= FIRST_ROUNDED_NUMBER)
    cell->flags |= SHEQU_CELL_ROUNDED;
  add_plain_text (queue, cell, text, shequ_cell_format_number (number, text));
}

/**
 * shequ_cell_queue_add_date:
 * @queue: a queue
 * @column: the column, from 0
 * @serial: days as Excel counts them from 1900, the time as fraction
 *
 * A serial that no calendar knows becomes a number.
 */
void
shequ_cell_queue_add_date (ShequCellQueue *queue, guint column, double serial)
{
  char text[SHEQU_CELL_NUMBER_SIZE];
  gsize length = shequ_cell_format_date (serial, text);
  QueuedCell *cell;

  if (length == 0)
    {
      shequ_cell_queue_add_number (queue, column, serial);
      return;
    }
  cell = add_cell (queue, column, SHEQU_CELL_DATE);
  if (cell == NULL)
    return;
  cell->number = serial;
  add_plain_text (queue, cell, text, length);
}

/**
 * shequ_cell_queue_add_boolean:
 * @queue: a queue
 * @column: the column, from 0
 * @value: true or false
 */
void
shequ_cell_queue_add_boolean (ShequCellQueue *queue, guint column, gboolean value)
{
  const char *text = value ? "TRUE" : "FALSE";
  QueuedCell *cell = add_cell (queue, column, SHEQU_CELL_BOOLEAN);

  if (cell == NULL)
    return;
  cell->number = value ? 1.0 : 0.0;
  add_plain_text (queue, cell, text, strlen (text));
}

/**
 * shequ_cell_queue_add_error:
 * @queue: a queue
 * @column: the column, from 0
 * @text: what stands in the cell, as `#REF!`
 * @length: bytes of @text
 */
void
shequ_cell_queue_add_error (ShequCellQueue *queue, guint column, const char *text, gsize length)
{
  guint before = queue->current.n_cells;

  if (length == 0)
    shequ_cell_queue_add_text (queue, column, "#N/A", strlen ("#N/A"));
  else
    shequ_cell_queue_add_text (queue, column, text, length);
  if (queue->current.n_cells > before)
    g_array_index (queue->cells, QueuedCell, queue->cells->len - 1).type = SHEQU_CELL_ERROR;
}

/**
 * shequ_cell_queue_flag_last:
 * @queue: a queue with a cell in its current row
 * @flags: flags to add to the cell added last
 */
void
shequ_cell_queue_flag_last (ShequCellQueue *queue, ShequCellFlags flags)
{
  if (queue->current.n_cells > 0)
    g_array_index (queue->cells, QueuedCell, queue->cells->len - 1).flags |= flags;
}

/**
 * shequ_cell_queue_end_row:
 * @queue: a queue
 *
 * Completes the row; one without content is dropped, and so are a row too wide and all behind it.
 */
void
shequ_cell_queue_end_row (ShequCellQueue *queue)
{
  if (queue->current.n_cells > 0 && queue->wide_row == 0)
    g_array_append_val (queue->rows, queue->current);
  queue->current.n_cells = 0;
  queue->current.first_cell = queue->cells->len;
}

/**
 * shequ_cell_queue_get_row_number:
 * @queue: a queue
 *
 * Returns: the number of the row started last, 0 before the first
 */
guint
shequ_cell_queue_get_row_number (ShequCellQueue *queue)
{
  return queue->current.number;
}

static int
compare_ranges (gconstpointer one, gconstpointer other)
{
  const ShequCellRange *a = one;
  const ShequCellRange *b = other;

  return a->first_row < b->first_row ? -1 : a->first_row > b->first_row;
}

static void
open_ranges_of_row (ShequCellQueue *queue, guint number)
{
  if (!queue->ranges_sorted)
    g_array_sort (queue->ranges, compare_ranges);
  queue->ranges_sorted = TRUE;
  for (guint i = queue->open_ranges->len; i > 0; i--)
    if (g_array_index (queue->open_ranges, OpenRange, i - 1).range.last_row < number)
      g_array_remove_index_fast (queue->open_ranges, i - 1);
  while (queue->next_range < queue->ranges->len)
    {
      const ShequCellRange *range = &g_array_index (queue->ranges, ShequCellRange, queue->next_range);
      OpenRange open = { *range, { 0 }, NULL };

      if (range->first_row > number)
        break;
      queue->next_range++;
      if (range->last_row >= number && queue->open_ranges->len < MAX_OPEN_RANGES)
        g_array_append_val (queue->open_ranges, open);
    }
}

static void
make_wide_enough (ShequCellQueue *queue, guint n_cells)
{
  static const ShequCell nothing = { SHEQU_CELL_EMPTY, 0, "", 0, 0.0 };

  while (queue->taken_cells->len < n_cells)
    g_array_append_val (queue->taken_cells, nothing);
}

static void
fill_range (ShequCellQueue *queue, OpenRange *open, guint row)
{
  const ShequCellRange *range = &open->range;
  guint last = MIN (range->last_column, SHEQU_SHEET_MAX_COLUMNS - 1);

  if (row == range->first_row && range->first_column < queue->taken_cells->len)
    {
      const ShequCell *first = &g_array_index (queue->taken_cells, ShequCell, range->first_column);

      g_free (open->text);
      open->text = g_strndup (first->text, first->length);
      open->value = *first;
      open->value.text = open->text;
      open->value.flags |= SHEQU_CELL_MERGED;
    }
  if (open->value.type == SHEQU_CELL_EMPTY)
    return;
  if (last - range->first_column >= MAX_FILLED_COLUMNS)
    last = range->first_column;
  make_wide_enough (queue, last + 1);
  for (guint column = range->first_column; column <= last; column++)
    if (row != range->first_row || column != range->first_column)
      g_array_index (queue->taken_cells, ShequCell, column) = open->value;
}

/**
 * shequ_cell_queue_pop:
 * @queue: a queue
 * @row: (out caller-allocates): the next row, valid until the next call
 *
 * Returns: %FALSE when no complete row is left
 */
gboolean
shequ_cell_queue_pop (ShequCellQueue *queue, ShequCellRow *row)
{
  const QueuedRow *queued;

  if (queue->taken >= queue->rows->len)
    {
      if (queue->taken > 0)
        forget_rows (queue);
      return FALSE;
    }
  queued = &g_array_index (queue->rows, QueuedRow, queue->taken);
  queue->taken++;
  g_array_set_size (queue->taken_cells, 0);
  for (guint i = 0; i < queued->n_cells; i++)
    {
      const QueuedCell *cell = &g_array_index (queue->cells, QueuedCell, queued->first_cell + i);
      const char *text = (const char *) queue->text->data + cell->offset;

      make_wide_enough (queue, cell->column + 1);
      g_array_index (queue->taken_cells, ShequCell, cell->column) =
        (ShequCell){ cell->type, cell->flags, text, cell->length, cell->number };
    }
  if (queue->ranges->len > 0)
    {
      open_ranges_of_row (queue, queued->number);
      for (guint i = 0; i < queue->open_ranges->len; i++)
        fill_range (queue, &g_array_index (queue->open_ranges, OpenRange, i), queued->number);
    }
  *row = (ShequCellRow){ queued->number, queue->taken_cells->len, (gconstpointer) queue->taken_cells->data };
  return TRUE;
}

/**
 * shequ_cell_queue_check:
 * @queue: a queue
 * @error: return location for a %SHEQU_ERROR_UNREADABLE
 *
 * Returns: %FALSE when a cell stood beyond the last column that Shequ reads
 */
gboolean
shequ_cell_queue_check (ShequCellQueue *queue, GError **error)
{
  if (queue->wide_row == 0)
    return TRUE;
  g_set_error (
    error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
    _ ("Row %u has more than %d columns, which no register has. Delete the columns that are not needed "
       "and save the file again."),
    queue->wide_row, SHEQU_SHEET_MAX_COLUMNS);
  return FALSE;
}
