#pragma once

#include "shequ-cells.h"

G_BEGIN_DECLS

/**
 * ShequCellRange:
 *
 * A merged range; rows count from 1, columns from 0, both ends belong to it.
 */
typedef struct
{
  guint first_row;
  guint last_row;
  guint first_column;
  guint last_column;
} ShequCellRange;

/**
 * ShequCellQueue:
 *
 * Where the parsers put cells and the reader takes rows. A parser is fed a piece of the file at a time and
 * calls start_row, any number of adds, end_row; the queue drops rows without content, fills merged cells and
 * reuses its memory once all rows are taken.
 */
typedef struct _ShequCellQueue ShequCellQueue;

ShequCellQueue *shequ_cell_queue_new (void);
void shequ_cell_queue_free (ShequCellQueue *queue);
void shequ_cell_queue_clear (ShequCellQueue *queue);
void shequ_cell_queue_add_range (ShequCellQueue *queue, const ShequCellRange *range);

void shequ_cell_queue_start_row (ShequCellQueue *queue, guint number);
void shequ_cell_queue_add_text (ShequCellQueue *queue, guint column, const char *text, gsize length);
void shequ_cell_queue_add_number (ShequCellQueue *queue, guint column, double number);
void shequ_cell_queue_add_date (ShequCellQueue *queue, guint column, double serial);
void shequ_cell_queue_add_boolean (ShequCellQueue *queue, guint column, gboolean value);
void shequ_cell_queue_add_error (ShequCellQueue *queue, guint column, const char *text, gsize length);
void shequ_cell_queue_flag_last (ShequCellQueue *queue, ShequCellFlags flags);
void shequ_cell_queue_end_row (ShequCellQueue *queue);
guint shequ_cell_queue_get_row_number (ShequCellQueue *queue);

gboolean shequ_cell_queue_pop (ShequCellQueue *queue, ShequCellRow *row);
gboolean shequ_cell_queue_check (ShequCellQueue *queue, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequCellQueue, shequ_cell_queue_free)

G_END_DECLS
