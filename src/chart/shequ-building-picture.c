/* What the picture of a building shows; shequ-building-layout.c says where, shequ-building-draw.c paints. */
#include "shequ-building-picture.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "shequ-building-layout.h"

struct _ShequBuildingPicture
{
  GObject parent_instance;

  char *title;
  char *mark;                  /* (nullable) */
  GPtrArray *stairwells;       /* of char */
  GArray *groups;              /* of ShequPictureGroup */
  GArray *cells;               /* of ShequPictureCell, whose texts it owns */
  GArray *floors;              /* of int, the highest first, the unknown last */
  ShequBuildingLayout *layout; /* (nullable): the last one */
};

G_DEFINE_FINAL_TYPE (ShequBuildingPicture, shequ_building_picture, G_TYPE_OBJECT)

static void
clear_cell (gpointer data)
{
  ShequPictureCell *cell = data;

  g_free ((char *) cell->label);
  g_free ((char *) cell->value);
  g_free ((char *) cell->sign);
  g_free ((char *) cell->description);
}

static void
clear_group (gpointer data)
{
  ShequPictureGroup *group = data;

  g_free (group->label);
  g_free (group->letter);
}

static void
shequ_building_picture_finalize (GObject *object)
{
  ShequBuildingPicture *self = SHEQU_BUILDING_PICTURE (object);

  g_clear_pointer (&self->layout, shequ_building_layout_free);
  g_ptr_array_unref (self->stairwells);
  g_array_unref (self->groups);
  g_array_unref (self->cells);
  g_array_unref (self->floors);
  g_free (self->title);
  g_free (self->mark);
  G_OBJECT_CLASS (shequ_building_picture_parent_class)->finalize (object);
}

static void
shequ_building_picture_class_init (ShequBuildingPictureClass *class)
{
  G_OBJECT_CLASS (class)->finalize = shequ_building_picture_finalize;
}

static void
shequ_building_picture_init (ShequBuildingPicture *self)
{
  self->stairwells = g_ptr_array_new_with_free_func (g_free);
  self->groups = g_array_new (FALSE, FALSE, sizeof (ShequPictureGroup));
  self->cells = g_array_new (FALSE, FALSE, sizeof (ShequPictureCell));
  self->floors = g_array_new (FALSE, FALSE, sizeof (int));
  g_array_set_clear_func (self->groups, clear_group);
  g_array_set_clear_func (self->cells, clear_cell);
}

/**
 * shequ_building_picture_new:
 * @title: the building
 *
 * Returns: (transfer full): a picture without cells
 */
ShequBuildingPicture *
shequ_building_picture_new (const char *title)
{
  ShequBuildingPicture *self = g_object_new (SHEQU_TYPE_BUILDING_PICTURE, NULL);

  self->title = g_strdup (title);
  return self;
}

/**
 * shequ_building_picture_set_mark:
 * @self: a picture
 * @label: (nullable): what the mark of a cell says, for the legend; %NULL when there is none
 */
void
shequ_building_picture_set_mark (ShequBuildingPicture *self, const char *label)
{
  g_free (self->mark);
  self->mark = g_strdup (label);
  g_clear_pointer (&self->layout, shequ_building_layout_free);
}

/**
 * shequ_building_picture_add_stairwell:
 * @self: a picture
 * @name: its name; empty in a building without stairwells
 *
 * Returns: its place
 */
guint
shequ_building_picture_add_stairwell (ShequBuildingPicture *self, const char *name)
{
  g_ptr_array_add (self->stairwells, g_strdup (name));
  g_clear_pointer (&self->layout, shequ_building_layout_free);
  return self->stairwells->len - 1;
}

/**
 * shequ_building_picture_add_group:
 * @self: a picture
 * @label: what it is called
 * @letter: the sign in its cells
 * @slot: its colour
 *
 * Returns: its place
 */
guint
shequ_building_picture_add_group (ShequBuildingPicture *self,
                                  const char *label,
                                  const char *letter,
                                  guint slot)
{
  ShequPictureGroup group = { g_strdup (label), g_strdup (letter), slot, 0 };

  g_array_append_val (self->groups, group);
  g_clear_pointer (&self->layout, shequ_building_layout_free);
  return self->groups->len - 1;
}

/**
 * shequ_building_picture_set_count:
 * @self: a picture that has all its cells
 * @group: the place of a group
 * @count: how many belong to it, where a cell may belong to several
 */
void
shequ_building_picture_set_count (ShequBuildingPicture *self, guint group, guint count)
{
  g_return_if_fail (group < self->groups->len);

  g_array_index (self->groups, ShequPictureGroup, group).count = count;
  g_clear_pointer (&self->layout, shequ_building_layout_free);
}

/* From the top down; what is not known lies under everything. */
static gboolean
is_above (int one, int other)
{
  if (one == 0 || other == 0)
    return one != 0;
  return one > other;
}

static void
add_floor (GArray *floors, int floor)
{
  guint place = 0;

  while (place < floors->len && is_above (g_array_index (floors, int, place), floor))
    place++;
  if (place == floors->len || g_array_index (floors, int, place) != floor)
    g_array_insert_val (floors, place, floor);
}

/**
 * shequ_building_picture_add_cell:
 * @self: a picture that has the stairwell and the group of the cell
 * @cell: a home; it is copied
 */
void
shequ_building_picture_add_cell (ShequBuildingPicture *self, const ShequPictureCell *cell)
{
  ShequPictureCell copy = *cell;

  g_return_if_fail (cell->stairwell < self->stairwells->len && cell->group < self->groups->len);

  copy.label = g_strdup (cell->label);
  copy.value = g_strdup (cell->value);
  copy.sign = g_strdup (cell->sign);
  copy.description = g_strdup (cell->description);
  g_array_append_val (self->cells, copy);
  g_array_index (self->groups, ShequPictureGroup, cell->group).count++;
  add_floor (self->floors, cell->floor);
  g_clear_pointer (&self->layout, shequ_building_layout_free);
}

static gboolean
is_in_part (ShequBuildingPicture *self, const ShequPictureCell *cell, guint first_floor, guint n_floors)
{
  for (guint i = first_floor; i < first_floor + n_floors && i < self->floors->len; i++)
    if (g_array_index (self->floors, int, i) == cell->floor)
      return TRUE;
  return FALSE;
}

/**
 * shequ_building_picture_new_part:
 * @self: a picture
 * @first_stairwell: the first stairwell of the part
 * @n_stairwells: how many
 * @first_floor: the first floor, counted from the top
 * @n_floors: how many
 *
 * What of a large building goes on one sheet. The legend counts the whole building.
 *
 * Returns: (transfer full): a picture of the part
 */
ShequBuildingPicture *
shequ_building_picture_new_part (ShequBuildingPicture *self,
                                 guint first_stairwell,
                                 guint n_stairwells,
                                 guint first_floor,
                                 guint n_floors)
{
  ShequBuildingPicture *part = shequ_building_picture_new (self->title);

  shequ_building_picture_set_mark (part, self->mark);
  for (guint i = first_stairwell; i < first_stairwell + n_stairwells && i < self->stairwells->len; i++)
    shequ_building_picture_add_stairwell (part, self->stairwells->pdata[i]);
  for (guint i = 0; i < self->groups->len; i++)
    {
      const ShequPictureGroup *group = &g_array_index (self->groups, ShequPictureGroup, i);

      shequ_building_picture_add_group (part, group->label, group->letter, group->slot);
    }
  for (guint i = 0; i < self->cells->len; i++)
    {
      ShequPictureCell cell = g_array_index (self->cells, ShequPictureCell, i);

      if (cell.stairwell < first_stairwell || cell.stairwell >= first_stairwell + n_stairwells ||
          !is_in_part (self, &cell, first_floor, n_floors))
        continue;
      cell.stairwell -= first_stairwell;
      shequ_building_picture_add_cell (part, &cell);
    }
  for (guint i = 0; i < self->groups->len; i++)
    g_array_index (part->groups, ShequPictureGroup, i).count =
      g_array_index (self->groups, ShequPictureGroup, i).count;
  return part;
}

const char *
shequ_building_picture_get_title (ShequBuildingPicture *self)
{
  return self->title;
}

const char *
shequ_building_picture_get_mark (ShequBuildingPicture *self)
{
  return self->mark;
}

guint
shequ_building_picture_get_n_stairwells (ShequBuildingPicture *self)
{
  return self->stairwells->len;
}

const char *
shequ_building_picture_get_stairwell (ShequBuildingPicture *self, guint stairwell)
{
  return self->stairwells->pdata[stairwell];
}

guint
shequ_building_picture_get_n_floors (ShequBuildingPicture *self)
{
  return self->floors->len;
}

GArray *
shequ_building_picture_get_floors (ShequBuildingPicture *self)
{
  return self->floors;
}

guint
shequ_building_picture_get_n_groups (ShequBuildingPicture *self)
{
  return self->groups->len;
}

const ShequPictureGroup *
shequ_building_picture_get_group (ShequBuildingPicture *self, guint group)
{
  return &g_array_index (self->groups, ShequPictureGroup, group);
}

guint
shequ_building_picture_get_n_cells (ShequBuildingPicture *self)
{
  return self->cells->len;
}

const ShequPictureCell *
shequ_building_picture_get_cell (ShequBuildingPicture *self, guint cell)
{
  g_return_val_if_fail (cell < self->cells->len, NULL);

  return &g_array_index (self->cells, ShequPictureCell, cell);
}

/**
 * shequ_building_picture_find:
 * @self: a picture
 * @id: what a cell stands for
 *
 * Returns: the first such cell, or %SHEQU_PICTURE_NONE
 */
guint
shequ_building_picture_find (ShequBuildingPicture *self, gint64 id)
{
  for (guint i = 0; i < self->cells->len; i++)
    if (g_array_index (self->cells, ShequPictureCell, i).id == id)
      return i;
  return SHEQU_PICTURE_NONE;
}

/**
 * shequ_building_picture_describe:
 * @self: a picture
 *
 * Returns: (transfer full): what it shows, in words, for those who do not see it
 */
char *
shequ_building_picture_describe (ShequBuildingPicture *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, _ ("%u floors, %u stairwells, %u homes."), self->floors->len,
                          self->stairwells->len, self->cells->len);
  for (guint i = 0; i < self->groups->len; i++)
    {
      const ShequPictureGroup *group = &g_array_index (self->groups, ShequPictureGroup, i);

      if (group->count > 0)
        g_string_append_printf (text, _ (" %s: %u."), group->label, group->count);
    }
  return g_strdup (text->str);
}

/* The layout is kept: a pointer that moves over the picture asks for the same one again and again. */
const ShequBuildingLayout *
shequ_building_picture_lay_out (ShequBuildingPicture *self, double font_size, double most_width)
{
  if (self->layout != NULL && (fabs (self->layout->font_size - font_size) > 0.01 ||
                               fabs (self->layout->most_width - most_width) > 0.5))
    g_clear_pointer (&self->layout, shequ_building_layout_free);
  if (self->layout == NULL)
    self->layout = shequ_building_layout_new (self, font_size, most_width);
  return self->layout;
}

/**
 * shequ_building_picture_measure:
 * @self: a picture
 * @font_size: height of its text
 * @most_width: the width that it should keep to; stairwells that do not fit go below, but a single one may be
 * wider
 * @width: (out): how wide it becomes
 * @height: (out): how high
 */
void
shequ_building_picture_measure (ShequBuildingPicture *self,
                                double font_size,
                                double most_width,
                                double *width,
                                double *height)
{
  const ShequBuildingLayout *layout = shequ_building_picture_lay_out (self, font_size, most_width);

  *width = layout->width;
  *height = layout->height;
}

/**
 * shequ_building_picture_get_box:
 * @self: a picture
 * @font_size: as it is painted
 * @most_width: as it is painted
 * @cell: a cell
 * @box: (out): where it lies
 *
 * Returns: whether there is such a cell
 */
gboolean
shequ_building_picture_get_box (ShequBuildingPicture *self,
                                double font_size,
                                double most_width,
                                guint cell,
                                ShequPictureBox *box)
{
  const ShequBuildingLayout *layout = shequ_building_picture_lay_out (self, font_size, most_width);

  if (cell >= layout->cells->len)
    return FALSE;
  *box = g_array_index (layout->cells, ShequPictureBox, cell);
  return TRUE;
}

/**
 * shequ_building_picture_hit:
 * @self: a picture
 * @font_size: as it is painted
 * @most_width: as it is painted
 * @x: a place
 * @y: a place
 *
 * Returns: the cell there, or %SHEQU_PICTURE_NONE
 */
guint
shequ_building_picture_hit (ShequBuildingPicture *self,
                            double font_size,
                            double most_width,
                            double x,
                            double y)
{
  const ShequBuildingLayout *layout = shequ_building_picture_lay_out (self, font_size, most_width);

  for (guint i = 0; i < layout->cells->len; i++)
    {
      const ShequPictureBox *box = &g_array_index (layout->cells, ShequPictureBox, i);

      if (x >= box->x && x < box->x + box->width && y >= box->y && y < box->y + box->height)
        return i;
    }
  return SHEQU_PICTURE_NONE;
}

/* How far off a box lies in the wanted direction; one straight ahead is nearer than one aside. */
static double
get_distance (const ShequPictureBox *from, const ShequPictureBox *to, int along, int down)
{
  double dx = to->x + to->width / 2 - from->x - from->width / 2;
  double dy = to->y + to->height / 2 - from->y - from->height / 2;

  if (along != 0)
    return dx * along > from->width / 4 && fabs (dy) < from->height / 2 ? fabs (dx) : INFINITY;
  return dy * down > from->height / 4 ? fabs (dy) * 4 + fabs (dx) : INFINITY;
}

/**
 * shequ_building_picture_step:
 * @self: a picture
 * @font_size: as it is painted
 * @most_width: as it is painted
 * @from: a cell, or %SHEQU_PICTURE_NONE to begin
 * @along: 1 to the right, -1 to the left
 * @down: 1 down, -1 up
 *
 * Returns: the next cell in that direction; the same when there is none
 */
guint
shequ_building_picture_step (ShequBuildingPicture *self,
                             double font_size,
                             double most_width,
                             guint from,
                             int along,
                             int down)
{
  const ShequBuildingLayout *layout = shequ_building_picture_lay_out (self, font_size, most_width);
  double nearest = INFINITY;
  guint found = from;

  if (from >= layout->cells->len)
    return layout->cells->len > 0 ? 0 : SHEQU_PICTURE_NONE;
  for (guint i = 0; i < layout->cells->len; i++)
    {
      double distance = get_distance (&g_array_index (layout->cells, ShequPictureBox, from),
                                      &g_array_index (layout->cells, ShequPictureBox, i), along, down);

      if (i != from && distance < nearest)
        {
          nearest = distance;
          found = i;
        }
    }
  return found;
}
