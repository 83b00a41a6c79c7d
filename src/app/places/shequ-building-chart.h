#pragma once

#include "shequ-building-picture.h"
#include "shequ-drawing.h"

G_BEGIN_DECLS

/**
 * ShequBuildingChart:
 *
 * The picture of a building to be walked over by pointer and arrow keys. Signals: `activated` (id of the
 * cell) on a click or Enter, `moved` when another cell is brought forward.
 */
#define SHEQU_TYPE_BUILDING_CHART (shequ_building_chart_get_type ())
G_DECLARE_FINAL_TYPE (ShequBuildingChart, shequ_building_chart, SHEQU, BUILDING_CHART, ShequDrawing)

ShequBuildingChart *shequ_building_chart_new (void);
void shequ_building_chart_set_picture (ShequBuildingChart *self, ShequBuildingPicture *picture);
void shequ_building_chart_zoom (ShequBuildingChart *self, int steps);
const char *shequ_building_chart_get_words (ShequBuildingChart *self);

G_END_DECLS
