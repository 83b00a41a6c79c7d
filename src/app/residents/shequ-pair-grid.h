#pragma once

#include <gtk/gtk.h>

#include "shequ-row.h"

G_BEGIN_DECLS

/**
 * ShequPairGrid:
 *
 * Two records side by side, field by field. What differs is marked, and which value stays is chosen there.
 */
#define SHEQU_TYPE_PAIR_GRID (shequ_pair_grid_get_type ())
G_DECLARE_FINAL_TYPE (ShequPairGrid, shequ_pair_grid, SHEQU, PAIR_GRID, GtkWidget)

GtkWidget *shequ_pair_grid_new (void);
void shequ_pair_grid_set_rows (ShequPairGrid *self, const ShequRow *one, const ShequRow *other);
ShequRow *shequ_pair_grid_get_kept (ShequPairGrid *self);
const ShequRow *shequ_pair_grid_get_lost (ShequPairGrid *self);

G_END_DECLS
