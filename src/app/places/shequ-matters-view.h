#pragma once

#include <gtk/gtk.h>

#include "shequ-places.h"

G_BEGIN_DECLS

/**
 * ShequMattersView:
 *
 * What is open in a grid, one a row, for whoever answers for it. Enter opens the record behind it.
 */
#define SHEQU_TYPE_MATTERS_VIEW (shequ_matters_view_get_type ())
G_DECLARE_FINAL_TYPE (ShequMattersView, shequ_matters_view, SHEQU, MATTERS_VIEW, GtkWidget)

ShequMattersView *shequ_matters_view_new (ShequOffice *office);
void shequ_matters_view_set_place (ShequMattersView *self, const ShequPlace *place);

G_END_DECLS
