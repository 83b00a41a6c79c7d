#include "shequ-building-chart.h"

#include "config.h"

#include <adwaita.h>
#include <math.h>

#define LEAST_WIDTH 240.0
#define MARGIN 6.0
#define LEAST_ZOOM -4
#define MOST_ZOOM 8

struct _ShequBuildingChart
{
  GtkWidget parent_instance;

  GtkWidget *scrolled;
  GtkWidget *area;
  ShequBuildingPicture *picture; /* (nullable) */
  guint cell;
  int zoom;   /* steps; four double the size */
  guint idle; /* a source */
};

enum
{
  MOVED,
  ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequBuildingChart, shequ_building_chart, GTK_TYPE_WIDGET)

/* As large as the letters of the window, times the zoom. */
static double
get_font_size (ShequBuildingChart *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) > 0
              ? pango_cairo_context_get_resolution (context) / 72
              : 96.0 / 72;
  return MAX (size, 9) * 0.92 * pow (2, self->zoom / 4.0);
}

/* What stands side by side fits into the window; where even one stairwell is wider, one scrolls. */
static double
get_most_width (ShequBuildingChart *self)
{
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scrolled));

  return MAX (gtk_adjustment_get_page_size (across) - 2 * MARGIN, LEAST_WIDTH);
}

static void
draw (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  ShequBuildingChart *self = data;
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  ShequChartStyle style = shequ_chart_style_for (dark ? SHEQU_CHART_DARK : SHEQU_CHART_LIGHT);

  if (self->picture == NULL)
    return;
  style.font_size = get_font_size (self);
  style.background = FALSE;
  cairo_translate (cr, MARGIN, MARGIN);
  shequ_building_picture_draw (self->picture, cr, get_most_width (self), &style, self->cell);
}

static void
sync_size (ShequBuildingChart *self)
{
  double width = 0, height = 0;

  if (self->picture != NULL)
    shequ_building_picture_measure (self->picture, get_font_size (self), get_most_width (self), &width,
                                    &height);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (self->area), (int) ceil (width + 2 * MARGIN));
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->area), (int) ceil (height + 2 * MARGIN));
  gtk_widget_queue_draw (self->area);
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
  GtkScrolledWindow *scrolled = GTK_SCROLLED_WINDOW (self->scrolled);
  ShequPictureBox box;

  if (cell == self->cell)
    return;
  self->cell = cell;
  sync_words (self);
  gtk_widget_queue_draw (self->area);
  if (scroll && self->picture != NULL &&
      shequ_building_picture_get_box (self->picture, get_font_size (self), get_most_width (self), cell, &box))
    {
      bring_into_sight (gtk_scrolled_window_get_hadjustment (scrolled), box.x,
                        box.x + box.width + 2 * MARGIN);
      bring_into_sight (gtk_scrolled_window_get_vadjustment (scrolled), box.y,
                        box.y + box.height + 2 * MARGIN);
    }
  g_signal_emit (self, signals[MOVED], 0);
}

static guint
find_cell (ShequBuildingChart *self, double x, double y)
{
  if (self->picture == NULL)
    return SHEQU_PICTURE_NONE;
  return shequ_building_picture_hit (self->picture, get_font_size (self), get_most_width (self), x - MARGIN,
                                     y - MARGIN);
}

static void
activate_cell (ShequBuildingChart *self)
{
  if (self->picture != NULL && self->cell != SHEQU_PICTURE_NONE)
    g_signal_emit (self, signals[ACTIVATED], 0,
                   shequ_building_picture_get_cell (self->picture, self->cell)->id);
}

static void
clicked (ShequBuildingChart *self, int n_press, double x, double y)
{
  guint cell = find_cell (self, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  move_to (self, cell, FALSE);
  activate_cell (self);
}

static void
pointer_moved (ShequBuildingChart *self, double x, double y)
{
  gtk_widget_set_cursor_from_name (self->area,
                                   find_cell (self, x, y) != SHEQU_PICTURE_NONE ? "pointer" : NULL);
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

static gboolean
step (ShequBuildingChart *self, int along, int down)
{
  if (self->picture != NULL)
    move_to (self,
             shequ_building_picture_step (self->picture, get_font_size (self), get_most_width (self),
                                          self->cell, along, down),
             TRUE);
  return TRUE;
}

static gboolean
key_pressed (ShequBuildingChart *self, guint key, guint code, GdkModifierType state)
{
  switch (key)
    {
    case GDK_KEY_Left:
      return step (self, -1, 0);
    case GDK_KEY_Right:
      return step (self, 1, 0);
    case GDK_KEY_Up:
      return step (self, 0, -1);
    case GDK_KEY_Down:
      return step (self, 0, 1);
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      shequ_building_chart_zoom (self, 1);
      return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      shequ_building_chart_zoom (self, -1);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      activate_cell (self);
      return self->cell != SHEQU_PICTURE_NONE;
    default:
      return FALSE;
    }
}

static void
shequ_building_chart_dispose (GObject *object)
{
  ShequBuildingChart *self = SHEQU_BUILDING_CHART (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->picture);
  G_OBJECT_CLASS (shequ_building_chart_parent_class)->dispose (object);
}

static void
shequ_building_chart_class_init (ShequBuildingChartClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = shequ_building_chart_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "chart");
  signals[MOVED] =
    g_signal_new ("moved", SHEQU_TYPE_BUILDING_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", SHEQU_TYPE_BUILDING_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
add_controllers (ShequBuildingChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (pointer_moved), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (clicked), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (self->area, motion);
  gtk_widget_add_controller (self->area, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (self->area, "query-tooltip", G_CALLBACK (query_tooltip), self);
}

static void
shequ_building_chart_init (ShequBuildingChart *self)
{
  self->cell = SHEQU_PICTURE_NONE;
  self->area = gtk_drawing_area_new ();
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->area), draw, self, NULL);
  gtk_widget_set_has_tooltip (self->area, TRUE);
  gtk_widget_set_halign (self->area, GTK_ALIGN_START);
  gtk_widget_set_valign (self->area, GTK_ALIGN_START);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->area);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  add_controllers (self);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scrolled)),
                           "notify::page-size", G_CALLBACK (room_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self->area, G_CONNECT_SWAPPED);
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
