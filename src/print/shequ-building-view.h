#pragma once

#include "shequ-building-picture.h"
#include "shequ-building.h"

G_BEGIN_DECLS

/* What colours the cells of a building. */
typedef enum
{
  SHEQU_BUILDING_BY_USE,
  SHEQU_BUILDING_BY_TAGS,
  SHEQU_BUILDING_BY_VISITS,
  SHEQU_BUILDING_BY_PEOPLE,
} ShequBuildingColours;

#define SHEQU_N_BUILDING_COLOURS (SHEQU_BUILDING_BY_PEOPLE + 1)

const char *shequ_building_colours_get_label (ShequBuildingColours colours);
gboolean shequ_building_has_colours (const ShequBuilding *building, ShequBuildingColours colours);
ShequBuildingPicture *shequ_building_view_new (const ShequBuilding *building, ShequBuildingColours colours);

G_END_DECLS
