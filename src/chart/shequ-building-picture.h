#pragma once

#include <cairo.h>
#include <glib-object.h>

#include "shequ-chart-style.h"

G_BEGIN_DECLS

/* The slot of a group that is not filled, as vacant homes. */
#define SHEQU_PICTURE_PLAIN G_MAXUINT
/* No cell. */
#define SHEQU_PICTURE_NONE G_MAXUINT

/**
 * ShequPictureCell:
 * @id: what it stands for; the caller's
 * @stairwell: its place among the stairwells
 * @floor: the floor, 0 for one that is not known; lower ones lie under higher ones
 * @place: its place on the floor as the number on the door tells it; cells of one place stand above each
 * other
 * @label: the number on the door
 * @value: (nullable): what is written below it, as the number of people
 * @group: its place among the groups
 * @sign: (nullable): what is written in place of the sign of the group, as those of several groups
 * @marked: whether it bears the mark
 * @description: all of it in words
 *
 * A home in the picture of a building.
 */
typedef struct
{
  gint64 id;
  guint stairwell;
  int floor;
  int place;
  const char *label;
  const char *value;
  guint group;
  const char *sign;
  gboolean marked;
  const char *description;
} ShequPictureCell;

/**
 * ShequPictureGroup:
 * @label: what it is called
 * @letter: the sign in its cells, so that grey print and colour-blind readers tell it
 * @slot: its colour, as shequ_chart_theme_get_fill() counts, or %SHEQU_PICTURE_PLAIN
 * @count: how many cells, or what shequ_building_picture_set_count() says
 *
 * A line of the legend.
 */
typedef struct
{
  char *label;
  char *letter;
  guint slot;
  guint count;
} ShequPictureGroup;

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} ShequPictureBox;

/**
 * ShequBuildingPicture:
 *
 * A building as floors by stairwells with a cell for each home. What it shows is set once; it is measured and
 * painted for any width.
 */
#define SHEQU_TYPE_BUILDING_PICTURE (shequ_building_picture_get_type ())
G_DECLARE_FINAL_TYPE (ShequBuildingPicture, shequ_building_picture, SHEQU, BUILDING_PICTURE, GObject)

ShequBuildingPicture *shequ_building_picture_new (const char *title);
void shequ_building_picture_set_mark (ShequBuildingPicture *self, const char *label);
guint shequ_building_picture_add_stairwell (ShequBuildingPicture *self, const char *name);
guint shequ_building_picture_add_group (ShequBuildingPicture *self,
                                        const char *label,
                                        const char *letter,
                                        guint slot);
void shequ_building_picture_set_count (ShequBuildingPicture *self, guint group, guint count);
void shequ_building_picture_add_cell (ShequBuildingPicture *self, const ShequPictureCell *cell);
ShequBuildingPicture *shequ_building_picture_new_part (ShequBuildingPicture *self,
                                                       guint first_stairwell,
                                                       guint n_stairwells,
                                                       guint first_floor,
                                                       guint n_floors);

const char *shequ_building_picture_get_title (ShequBuildingPicture *self);
guint shequ_building_picture_get_n_stairwells (ShequBuildingPicture *self);
guint shequ_building_picture_get_n_floors (ShequBuildingPicture *self);
guint shequ_building_picture_get_n_groups (ShequBuildingPicture *self);
const ShequPictureGroup *shequ_building_picture_get_group (ShequBuildingPicture *self, guint group);
guint shequ_building_picture_get_n_cells (ShequBuildingPicture *self);
const ShequPictureCell *shequ_building_picture_get_cell (ShequBuildingPicture *self, guint cell);
guint shequ_building_picture_find (ShequBuildingPicture *self, gint64 id);
char *shequ_building_picture_describe (ShequBuildingPicture *self);

void shequ_building_picture_measure (ShequBuildingPicture *self,
                                     double font_size,
                                     double most_width,
                                     double *width,
                                     double *height);
void shequ_building_picture_draw (ShequBuildingPicture *self,
                                  cairo_t *cr,
                                  double most_width,
                                  const ShequChartStyle *style,
                                  guint highlight);
guint shequ_building_picture_hit (ShequBuildingPicture *self,
                                  double font_size,
                                  double most_width,
                                  double x,
                                  double y);
guint shequ_building_picture_step (ShequBuildingPicture *self,
                                   double font_size,
                                   double most_width,
                                   guint from,
                                   int along,
                                   int down);
gboolean shequ_building_picture_get_box (ShequBuildingPicture *self,
                                         double font_size,
                                         double most_width,
                                         guint cell,
                                         ShequPictureBox *box);

G_END_DECLS
