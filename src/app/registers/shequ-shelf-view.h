#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequShelfView:
 *
 * All registers of an office under the headings of its work, with how much stands in them, when they were
 * changed last and what of them is due; before these the favourites of this person and what was opened last.
 * Emits "opened" with the name of a register.
 */
#define SHEQU_TYPE_SHELF_VIEW (shequ_shelf_view_get_type ())
G_DECLARE_FINAL_TYPE (ShequShelfView, shequ_shelf_view, SHEQU, SHELF_VIEW, GtkWidget)

GtkWidget *shequ_shelf_view_new (ShequOffice *office);
void shequ_shelf_view_focus_search (ShequShelfView *self);
void shequ_shelf_view_note_opened (ShequShelfView *self, const ShequRegister *reg);

G_END_DECLS
