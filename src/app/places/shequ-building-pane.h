#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequBuildingPane:
 *
 * The picture of a building, with what colours it, zoom and print. Signal: `activated` (id) when a home is
 * chosen: the key of a household, or below zero that of an empty dwelling.
 */
#define SHEQU_TYPE_BUILDING_PANE (shequ_building_pane_get_type ())
G_DECLARE_FINAL_TYPE (ShequBuildingPane, shequ_building_pane, SHEQU, BUILDING_PANE, GtkWidget)

ShequBuildingPane *shequ_building_pane_new (ShequOffice *office);
void shequ_building_pane_set_building (ShequBuildingPane *self, gint64 key);
void shequ_building_pane_print (ShequBuildingPane *self);

G_END_DECLS
