#include "shequ-drawing.h"

#include "config.h"

#include <adwaita.h>

#define LEAST_FONT_SIZE 9

typedef struct
{
  GtkWidget *child; /* the area, or what it is scrolled in */
  GtkWidget *area;
} ShequDrawingPrivate;

enum
{
  MOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ShequDrawing, shequ_drawing, GTK_TYPE_WIDGET)

static GtkWidget *
get_area (ShequDrawing *self)
{
  return ((ShequDrawingPrivate *) shequ_drawing_get_instance_private (self))->area;
}

static void
draw (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer self)
{
  SHEQU_DRAWING_GET_CLASS (self)->draw (self, cr, width, height);
}

static void
pointer_moved (ShequDrawing *self, double x, double y)
{
  ShequDrawingClass *class = SHEQU_DRAWING_GET_CLASS (self);

  gtk_widget_set_cursor_from_name (get_area (self), class->find (self, x, y) ? "pointer" : NULL);
  if (class->point != NULL)
    class->point (self, x, y);
}

static void
pointer_left (ShequDrawing *self)
{
  if (SHEQU_DRAWING_GET_CLASS (self)->leave != NULL)
    SHEQU_DRAWING_GET_CLASS (self)->leave (self);
}

static void
clicked (ShequDrawing *self, int n_press, double x, double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  SHEQU_DRAWING_GET_CLASS (self)->press (self, x, y);
}

static gboolean
key_pressed (ShequDrawing *self, guint key)
{
  ShequDrawingClass *class = SHEQU_DRAWING_GET_CLASS (self);
  int right = (key == GDK_KEY_Right) - (key == GDK_KEY_Left);
  int down = (key == GDK_KEY_Down) - (key == GDK_KEY_Up);

  if (right != 0 || down != 0)
    {
      class->step (self, right, down);
      return TRUE;
    }
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_space)
    return class->activate (self);
  return class->press_key != NULL && class->press_key (self, key);
}

static void
shequ_drawing_dispose (GObject *object)
{
  ShequDrawingPrivate *private = shequ_drawing_get_instance_private (SHEQU_DRAWING (object));

  g_clear_pointer (&private->child, gtk_widget_unparent);
  G_OBJECT_CLASS (shequ_drawing_parent_class)->dispose (object);
}

static void
shequ_drawing_class_init (ShequDrawingClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = shequ_drawing_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "chart");
  signals[MOVED] =
    g_signal_new ("moved", SHEQU_TYPE_DRAWING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_controllers (ShequDrawing *self, GtkWidget *area)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (pointer_moved), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (pointer_left), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (clicked), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (area, motion);
  gtk_widget_add_controller (area, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
shequ_drawing_init (ShequDrawing *self)
{
  ShequDrawingPrivate *private = shequ_drawing_get_instance_private (self);

  private->area = private->child = gtk_drawing_area_new ();
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (private->area), draw, self, NULL);
  gtk_widget_set_parent (private->child, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  add_controllers (self, private->area);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), private->area, G_CONNECT_SWAPPED);
}

/**
 * shequ_drawing_get_area:
 * @self: a drawing
 *
 * Returns: (transfer none): the #GtkDrawingArea
 */
GtkWidget *
shequ_drawing_get_area (ShequDrawing *self)
{
  g_return_val_if_fail (SHEQU_IS_DRAWING (self), NULL);

  return get_area (self);
}

/**
 * shequ_drawing_make_scrollable:
 * @self: a drawing that is not shown yet
 *
 * Gives the area the size that is asked for it, and scrolls where that is more than there is room for.
 *
 * Returns: (transfer none): what it is scrolled in
 */
GtkScrolledWindow *
shequ_drawing_make_scrollable (ShequDrawing *self)
{
  ShequDrawingPrivate *private = shequ_drawing_get_instance_private (self);
  g_autoptr (GtkWidget) area = g_object_ref (private->area);

  g_return_val_if_fail (private->child == private->area, NULL);

  gtk_widget_unparent (area);
  gtk_widget_set_halign (area, GTK_ALIGN_START);
  gtk_widget_set_valign (area, GTK_ALIGN_START);
  private->child = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (private->child), area);
  gtk_widget_set_parent (private->child, GTK_WIDGET (self));
  return GTK_SCROLLED_WINDOW (private->child);
}

/**
 * shequ_drawing_get_font_size:
 * @self: a drawing
 *
 * Returns: the size of the letters of the window, in pixels
 */
double
shequ_drawing_get_font_size (ShequDrawing *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) > 0
              ? pango_cairo_context_get_resolution (context) / 72
              : 96.0 / 72;
  return MAX (size, LEAST_FONT_SIZE);
}

/**
 * shequ_drawing_get_style:
 * @self: a drawing
 *
 * Returns: how to draw on the window: its colours and its letters, on its own ground
 */
ShequChartStyle
shequ_drawing_get_style (ShequDrawing *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  ShequChartStyle style = shequ_chart_style_for (dark ? SHEQU_CHART_DARK : SHEQU_CHART_LIGHT);

  style.font_size = shequ_drawing_get_font_size (self);
  style.background = FALSE;
  return style;
}

/**
 * shequ_drawing_queue_draw:
 * @self: a drawing
 *
 * Draws again.
 */
void
shequ_drawing_queue_draw (ShequDrawing *self)
{
  gtk_widget_queue_draw (get_area (self));
}

/**
 * shequ_drawing_tell_moved:
 * @self: a drawing
 *
 * Draws again, and tells that another part is brought forward.
 */
void
shequ_drawing_tell_moved (ShequDrawing *self)
{
  gtk_widget_queue_draw (get_area (self));
  g_signal_emit (self, signals[MOVED], 0);
}
