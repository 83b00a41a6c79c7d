#pragma once

#include <gtk/gtk.h>

#include "shequ-shelf.h"

G_BEGIN_DECLS

/**
 * ShequShelfRow:
 *
 * One register on the shelf. Emits "starred" when it is made a favourite or is one no more.
 */
#define SHEQU_TYPE_SHELF_ROW (shequ_shelf_row_get_type ())
G_DECLARE_FINAL_TYPE (ShequShelfRow, shequ_shelf_row, SHEQU, SHELF_ROW, GtkListBoxRow)

GtkWidget *shequ_shelf_row_new (const ShequBook *book,
                                const char *heading,
                                gboolean shelved,
                                gboolean starred);
const ShequBook *shequ_shelf_row_get_book (ShequShelfRow *self);
const char *shequ_shelf_row_get_heading (ShequShelfRow *self);
gboolean shequ_shelf_row_is_shelved (ShequShelfRow *self);
gboolean shequ_shelf_row_is_starred (ShequShelfRow *self);

G_END_DECLS
