#include "shequ-chart-view.h"

#include "config.h"

#include <adwaita.h>

#include "shequ-chart-describe.h"
#include "shequ-chart-draw.h"

#define LEAST_WIDTH 320
#define LEAST_HEIGHT 220

static const ShequChartPiece nothing = { SHEQU_CHART_NONE, SHEQU_CHART_NONE };

struct _ShequChartView
{
  GtkWidget parent_instance;

  GtkWidget *area;
  ShequChart *chart; /* (nullable) */
  ShequChartPiece piece;
};

enum
{
  MOVED,
  ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequChartView, shequ_chart_view, GTK_TYPE_WIDGET)

static gboolean
is_nothing (ShequChartPiece piece)
{
  return piece.series == SHEQU_CHART_NONE && piece.category == SHEQU_CHART_NONE;
}

/* As large as the letters of the window. */
static double
get_font_size (ShequChartView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) > 0
              ? pango_cairo_context_get_resolution (context) / 72
              : 96.0 / 72;
  return MAX (size, 9);
}

static ShequChartStyle
get_style (ShequChartView *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  ShequChartStyle style = shequ_chart_style_for (dark ? SHEQU_CHART_DARK : SHEQU_CHART_LIGHT);

  style.font_size = get_font_size (self);
  style.background = FALSE;
  style.heading = FALSE;
  style.highlight = self->piece;
  return style;
}

static void
draw (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  ShequChartView *self = data;
  ShequChartStyle style = get_style (self);

  if (self->chart != NULL)
    shequ_chart_draw (self->chart, cr, width, height, &style);
}

/* Screen readers hear the piece, or the whole chart when nothing is brought forward. */
static void
sync_description (ShequChartView *self)
{
  g_autofree char *words = NULL;

  if (self->chart == NULL)
    return;
  words = is_nothing (self->piece) ? shequ_chart_describe (self->chart)
                                   : shequ_chart_describe_piece (self->chart, self->piece);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  shequ_chart_get_title (self->chart), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words, -1);
}

static void
move_to (ShequChartView *self, ShequChartPiece piece)
{
  if (piece.series == self->piece.series && piece.category == self->piece.category)
    return;
  self->piece = piece;
  sync_description (self);
  gtk_widget_queue_draw (self->area);
  g_signal_emit (self, signals[MOVED], 0);
}

static ShequChartPiece
find_piece (ShequChartView *self, double x, double y)
{
  ShequChartStyle style = get_style (self);
  ShequChartPiece piece;

  style.highlight = nothing;
  if (self->chart == NULL || !shequ_chart_hit (self->chart, gtk_widget_get_width (self->area),
                                               gtk_widget_get_height (self->area), &style, x, y, &piece))
    return nothing;
  return piece;
}

static void
pointer_moved (ShequChartView *self, double x, double y)
{
  ShequChartPiece piece = find_piece (self, x, y);

  gtk_widget_set_cursor_from_name (self->area, is_nothing (piece) ? NULL : "pointer");
  move_to (self, piece);
}

static void
pointer_left (ShequChartView *self)
{
  move_to (self, nothing);
}

static void
activate_piece (ShequChartView *self, ShequChartPiece piece)
{
  if (!is_nothing (piece))
    g_signal_emit (self, signals[ACTIVATED], 0, piece.series, piece.category);
}

static void
clicked (ShequChartView *self, int n_press, double x, double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  activate_piece (self, find_piece (self, x, y));
}

static gboolean
key_pressed (ShequChartView *self, guint key)
{
  int along = 0, across = 0;

  switch (key)
    {
    case GDK_KEY_Left:
      along = -1;
      break;
    case GDK_KEY_Right:
      along = 1;
      break;
    case GDK_KEY_Up:
      across = 1;
      break;
    case GDK_KEY_Down:
      across = -1;
      break;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      activate_piece (self, self->piece);
      return !is_nothing (self->piece);
    case GDK_KEY_Escape:
      if (is_nothing (self->piece))
        return FALSE;
      move_to (self, nothing);
      return TRUE;
    default:
      return FALSE;
    }
  if (self->chart != NULL)
    move_to (self, shequ_chart_step (self->chart, self->piece, along, across));
  return TRUE;
}

static void
shequ_chart_view_dispose (GObject *object)
{
  ShequChartView *self = SHEQU_CHART_VIEW (object);

  g_clear_pointer (&self->area, gtk_widget_unparent);
  g_clear_object (&self->chart);
  G_OBJECT_CLASS (shequ_chart_view_parent_class)->dispose (object);
}

static void
shequ_chart_view_class_init (ShequChartViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = shequ_chart_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "chart");
  signals[MOVED] =
    g_signal_new ("moved", SHEQU_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", SHEQU_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
}

static void
add_controllers (ShequChartView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (pointer_moved), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (pointer_left), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (clicked), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (self->area, motion);
  gtk_widget_add_controller (self->area, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
shequ_chart_view_init (ShequChartView *self)
{
  self->piece = nothing;
  self->area = gtk_drawing_area_new ();
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->area), draw, self, NULL);
  gtk_widget_set_size_request (self->area, LEAST_WIDTH, LEAST_HEIGHT);
  gtk_widget_set_parent (self->area, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  add_controllers (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self->area, G_CONNECT_SWAPPED);
}

ShequChartView *
shequ_chart_view_new (void)
{
  return g_object_new (SHEQU_TYPE_CHART_VIEW, NULL);
}

/**
 * shequ_chart_view_set_chart:
 * @self: a view
 * @chart: (nullable): what it shows; not to be changed afterwards
 *
 * Shows another chart; no piece of it is brought forward.
 */
void
shequ_chart_view_set_chart (ShequChartView *self, ShequChart *chart)
{
  g_return_if_fail (SHEQU_IS_CHART_VIEW (self));

  g_set_object (&self->chart, chart);
  move_to (self, nothing);
  sync_description (self);
  gtk_widget_queue_draw (self->area);
}

/**
 * shequ_chart_view_get_piece:
 * @self: a view
 *
 * Returns: what is brought forward; %SHEQU_CHART_NONE in both when nothing is
 */
ShequChartPiece
shequ_chart_view_get_piece (ShequChartView *self)
{
  g_return_val_if_fail (SHEQU_IS_CHART_VIEW (self), nothing);

  return self->piece;
}

/**
 * shequ_chart_view_describe_piece:
 * @self: a view
 *
 * Returns: (transfer full) (nullable): what is brought forward and its value, in words
 */
char *
shequ_chart_view_describe_piece (ShequChartView *self)
{
  g_return_val_if_fail (SHEQU_IS_CHART_VIEW (self), NULL);

  if (self->chart == NULL || is_nothing (self->piece))
    return NULL;
  return shequ_chart_describe_piece (self->chart, self->piece);
}
