#pragma once

#include <gio/gio.h>

#include "shequ-places.h"

G_BEGIN_DECLS

/**
 * ShequPlaceNode:
 *
 * A place of the tree. What lies below it is read in the background when shequ_place_node_load() asks for it;
 * `loaded` tells. Property: `place`, a pointer that notifies when the place is read again.
 */
#define SHEQU_TYPE_PLACE_NODE (shequ_place_node_get_type ())
G_DECLARE_FINAL_TYPE (ShequPlaceNode, shequ_place_node, SHEQU, PLACE_NODE, GObject)

ShequPlaceNode *shequ_place_node_new (ShequOffice *office, const ShequPlace *place);
const ShequPlace *shequ_place_node_get_place (ShequPlaceNode *self);
GListModel *shequ_place_node_get_children (ShequPlaceNode *self);
gboolean shequ_place_node_get_loaded (ShequPlaceNode *self);
void shequ_place_node_load (ShequPlaceNode *self);
void shequ_place_node_reload (ShequPlaceNode *self);

void shequ_place_nodes_merge (GListStore *nodes, ShequOffice *office, const GPtrArray *places);
ShequPlaceNode *shequ_place_nodes_find (GListModel *nodes, const char *id);

G_END_DECLS
