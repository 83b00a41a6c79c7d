#pragma once

#include <gtk/gtk.h>

#include "shequ-place-node.h"

G_BEGIN_DECLS

/**
 * ShequPlaceTree:
 *
 * The tree of places. Left and right close and open, Enter opens. Signals: `selected` when another place is
 * selected, `missed` when a record that was to be shown stands nowhere in the tree.
 */
#define SHEQU_TYPE_PLACE_TREE (shequ_place_tree_get_type ())
G_DECLARE_FINAL_TYPE (ShequPlaceTree, shequ_place_tree, SHEQU, PLACE_TREE, GtkWidget)

ShequPlaceTree *shequ_place_tree_new (ShequOffice *office);
void shequ_place_tree_set_staff (ShequPlaceTree *self, gint64 staff);
const ShequPlace *shequ_place_tree_get_selected (ShequPlaceTree *self);
void shequ_place_tree_reveal (ShequPlaceTree *self, const ShequRegister *reg, gint64 key);

G_END_DECLS
