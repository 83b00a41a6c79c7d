#include "shequ-building-chart.h"

#include "config.h"

#include <math.h>

#define LEAST_WIDTH 240.0
#define MARGIN 6.0
#define LEAST_ZOOM -4
#define MOST_ZOOM 8

struct _ShequBuildingChart
{
  ShequDrawing parent_instance;

  GtkScrolledWindow *scrolled;
  ShequBuildingPicture *picture; /* (nullable) */
  guint cell;
  int zoom;   /* steps; four double the size */
  guint idle; /* a source */
};

enum
{
  ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequBuildingChart, shequ_building_chart, SHEQU_TYPE_DRAWING)

/* As large as the letters of the window, a little less, times the zoom. */
static double
get_font_size (ShequBuildingChart *self)
{
  return shequ_drawing_get_font_size (SHEQU_DRAWING (self)) * 0.92 * pow (2, self->zoom / 4.0);
}

/* What stands side by side fits into the window; where even one stairwell is wider, one scrolls. */
static double
get_most_width (ShequBuildingChart *self)
{
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (self->scrolled);

  return MAX (gtk_adjustment_get_page_size (across) - 2 * MARGIN, LEAST_WIDTH);
}

static void
shequ_building_chart_draw (ShequDrawing *drawing, cairo_t *cr, int width, int height)
{
  ShequBuildingChart *self = SHEQU_BUILDING_CHART (drawing);
  ShequChartStyle style = shequ_drawing_get_style (drawing);

  if (self->picture == NULL)
    return;
  style.font_size = get_font_size (self);
  cairo_translate (cr, MARGIN, MARGIN);
  shequ_building_picture_draw (self->picture, cr, get_most_width (self), &style, self->cell);
}

static void
sync_size (ShequBuildingChart *self)
{
  GtkDrawingArea *area = GTK_DRAWING_AREA (shequ_drawing_get_area (SHEQU_DRAWING (self)));
  double width = 0, height = 0;

  if (self->picture != NULL)
    shequ_building_picture_measure (self->picture, get_font_size (self), get_most_width (self), &width,
                                    &height);
  gtk_drawing_area_set_content_width (area, (int) ceil (width + 2 * MARGIN));
  gtk_drawing_area_set_content_height (area, (int) ceil (height + 2 * MARGIN));
  shequ_drawing_queue_draw (SHEQU_DRAWING (self));
}

static gboolean
sync_size_now (gpointer data)
{
  ShequBuildingChart *self = data;

  self->idle = 0;
  sync_size (self);
  return G_SOURCE_REMOVE;
}

/* The room has changed, which is told in the midst of giving it out: a new size can be asked for afterwards.
 */
static void
room_changed (ShequBuildingChart *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add (sync_size_now, self);
}

/**
 * shequ_building_chart_get_words:
 * @self: a picture
 *
 * Returns: (transfer none) (nullable): the cell that is brought forward, in words
 */
const char *
shequ_building_chart_get_words (ShequBuildingChart *self)
{
  if (self->picture == NULL || self->cell == SHEQU_PICTURE_NONE)
    return NULL;
  return shequ_building_picture_get_cell (self->picture, self->cell)->description;
}

/* Screen readers hear the cell, or the whole picture when none is brought forward. */
static void
sync_words (ShequBuildingChart *self)
{
  g_autofree char *whole = self->picture != NULL ? shequ_building_picture_describe (self->picture) : NULL;
  const char *words = shequ_building_chart_get_words (self);

  if (self->picture == NULL)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words != NULL ? words : shequ_building_picture_get_title (self->picture),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, whole, -1);
}

static void
bring_into_sight (GtkAdjustment *adjustment, double from, double to)
{
  double start = gtk_adjustment_get_value (adjustment);
  double page = gtk_adjustment_get_page_size (adjustment);

  if (from < start)
    gtk_adjustment_set_value (adjustment, from);
  else if (to > start + page)
    gtk_adjustment_set_value (adjustment, to - page);
}

static void
move_to (ShequBuildingChart *self, guint cell, gboolean scroll)
{
  ShequPictureBox box;

  if (cell == self->cell)
    return;
  self->cell = cell;
  sync_words (self);
  if (scroll && self->picture != NULL &&
      shequ_building_picture_get_box (self->picture, get_font_size (self), get_most_width (self), cell, &box))
    {
      bring_into_sight (gtk_scrolled_window_get_hadjustment (self->scrolled), box.x,
                        box.x + box.width + 2 * MARGIN);
      bring_into_sight (gtk_scrolled_window_get_vadjustment (self->scrolled), box.y,
                        box.y + box.height + 2 * MARGIN);
    }
  shequ_drawing_tell_moved (SHEQU_DRAWING (self));
}

static guint
find_cell (ShequBuildingChart *self, double x, double y)
{
  if (self->picture == NULL)
    return SHEQU_PICTURE_NONE;
  return shequ_building_picture_hit (self->picture, get_font_size (self), get_most_width (self), x - MARGIN,
                                     y - MARGIN);
}

static gboolean
shequ_building_chart_find (ShequDrawing *drawing, double x, double y)
{
  return find_cell (SHEQU_BUILDING_CHART (drawing), x, y) != SHEQU_PICTURE_NONE;
}

static gboolean
shequ_building_chart_activate (ShequDrawing *drawing)
{
  ShequBuildingChart *self = SHEQU_BUILDING_CHART (drawing);

  if (self->picture == NULL || self->cell == SHEQU_PICTURE_NONE)
    return FALSE;
  g_signal_emit (self, signals[ACTIVATED], 0,
                 shequ_building_picture_get_cell (self->picture, self->cell)->id);
  return TRUE;
}

static void
shequ_building_chart_press (ShequDrawing *drawing, double x, double y)
{
  ShequBuildingChart *self = SHEQU_BUILDING_CHART (drawing);

  move_to (self, find_cell (self, x, y), FALSE);
  shequ_building_chart_activate (drawing);
}

static gboolean
query_tooltip (ShequBuildingChart *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  guint cell = keyboard ? self->cell : find_cell (self, x, y);
  ShequPictureBox box;

  if (cell == SHEQU_PICTURE_NONE)
    return FALSE;
  gtk_tooltip_set_text (tooltip, shequ_building_picture_get_cell (self->picture, cell)->description);
  if (shequ_building_picture_get_box (self->picture, get_font_size (self), get_most_width (self), cell, &box))
    gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle){ (int) (box.x + MARGIN), (int) (box.y + MARGIN),
                                                        (int) box.width, (int) box.height });
  return TRUE;
}

static void
shequ_building_chart_step (ShequDrawing *drawing, int right, int down)
{
  ShequBuildingChart *self = SHEQU_BUILDING_CHART (drawing);

  if (self->picture != NULL)
    move_to (self,
             shequ_building_picture_step (self->picture, get_font_size (self), get_most_width (self),
                                          self->cell, right, down),
             TRUE);
}

static gboolean
shequ_building_chart_press_key (ShequDrawing *drawing, guint key)
{
  switch (key)
    {
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      shequ_building_chart_zoom (SHEQU_BUILDING_CHART (drawing), 1);
      return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      shequ_building_chart_zoom (SHEQU_BUILDING_CHART (drawing), -1);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
shequ_building_chart_dispose (GObject *object)
{
  ShequBuildingChart *self = SHEQU_BUILDING_CHART (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->picture);
  G_OBJECT_CLASS (shequ_building_chart_parent_class)->dispose (object);
}

static void
shequ_building_chart_class_init (ShequBuildingChartClass *class)
{
  ShequDrawingClass *drawing_class = SHEQU_DRAWING_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = shequ_building_chart_dispose;
  drawing_class->draw = shequ_building_chart_draw;
  drawing_class->find = shequ_building_chart_find;
  drawing_class->press = shequ_building_chart_press;
  drawing_class->step = shequ_building_chart_step;
  drawing_class->activate = shequ_building_chart_activate;
  drawing_class->press_key = shequ_building_chart_press_key;
  signals[ACTIVATED] = g_signal_new ("activated", SHEQU_TYPE_BUILDING_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
shequ_building_chart_init (ShequBuildingChart *self)
{
  GtkWidget *area = shequ_drawing_get_area (SHEQU_DRAWING (self));

  self->cell = SHEQU_PICTURE_NONE;
  self->scrolled = shequ_drawing_make_scrollable (SHEQU_DRAWING (self));
  gtk_widget_set_has_tooltip (area, TRUE);
  g_signal_connect_swapped (area, "query-tooltip", G_CALLBACK (query_tooltip), self);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (self->scrolled), "notify::page-size",
                           G_CALLBACK (room_changed), self, G_CONNECT_SWAPPED);
}

ShequBuildingChart *
shequ_building_chart_new (void)
{
  return g_object_new (SHEQU_TYPE_BUILDING_CHART, NULL);
}

/**
 * shequ_building_chart_set_picture:
 * @self: a view
 * @picture: (nullable): what it shows
 *
 * Shows another picture; of the same building, the same cell stays brought forward.
 */
void
shequ_building_chart_set_picture (ShequBuildingChart *self, ShequBuildingPicture *picture)
{
  gint64 id = 0;

  g_return_if_fail (SHEQU_IS_BUILDING_CHART (self));

  if (self->picture != NULL && self->cell != SHEQU_PICTURE_NONE)
    id = shequ_building_picture_get_cell (self->picture, self->cell)->id;
  g_set_object (&self->picture, picture);
  self->cell = id != 0 && picture != NULL ? shequ_building_picture_find (picture, id) : SHEQU_PICTURE_NONE;
  sync_words (self);
  sync_size (self);
}

/**
 * shequ_building_chart_zoom:
 * @self: a view
 * @steps: how many steps larger, or smaller below zero
 */
void
shequ_building_chart_zoom (ShequBuildingChart *self, int steps)
{
  g_return_if_fail (SHEQU_IS_BUILDING_CHART (self));

  self->zoom = CLAMP (self->zoom + steps, LEAST_ZOOM, MOST_ZOOM);
  sync_size (self);
}
