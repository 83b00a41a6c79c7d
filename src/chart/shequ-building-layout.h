#pragma once

#include "shequ-building-picture.h"

G_BEGIN_DECLS

/* A text of the picture: a stairwell over its column, a floor beside its row, a line of the legend. */
typedef struct
{
  ShequPictureBox box;
  char *text;
} ShequPictureNote;

/**
 * ShequBuildingLayout:
 * @width: of the whole
 * @height: of the whole
 * @cells: (array): one box for each cell
 * @legend: (element-type ShequPictureNote): one for each group, then the mark where there is one
 * @heads: (element-type ShequPictureNote): names of stairwells, once in each band
 * @floors: (element-type ShequPictureNote): names of floors, once in each band
 *
 * Where everything lies: painting and hit testing read nothing else.
 */
typedef struct
{
  double font_size;
  double most_width;
  double width;
  double height;
  GArray *cells;
  GArray *legend;
  GArray *heads;
  GArray *floors;
} ShequBuildingLayout;

ShequBuildingLayout *shequ_building_layout_new (ShequBuildingPicture *picture,
                                                double font_size,
                                                double most_width);
void shequ_building_layout_free (ShequBuildingLayout *layout);

/* What the picture keeps for its layout. */
GArray *shequ_building_picture_get_floors (ShequBuildingPicture *self);
const char *shequ_building_picture_get_stairwell (ShequBuildingPicture *self, guint stairwell);
const char *shequ_building_picture_get_mark (ShequBuildingPicture *self);
const ShequBuildingLayout *shequ_building_picture_lay_out (ShequBuildingPicture *self,
                                                           double font_size,
                                                           double most_width);

G_END_DECLS
