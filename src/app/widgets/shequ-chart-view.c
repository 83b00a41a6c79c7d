#include "shequ-chart-view.h"

#include "config.h"

#include "shequ-chart-describe.h"

#define LEAST_WIDTH 320
#define LEAST_HEIGHT 220

static const ShequChartPiece nothing = { SHEQU_CHART_NONE, SHEQU_CHART_NONE };

struct _ShequChartView
{
  ShequDrawing parent_instance;

  ShequChart *chart; /* (nullable) */
  ShequChartPiece piece;
};

enum
{
  ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequChartView, shequ_chart_view, SHEQU_TYPE_DRAWING)

static gboolean
is_nothing (ShequChartPiece piece)
{
  return piece.series == SHEQU_CHART_NONE && piece.category == SHEQU_CHART_NONE;
}

static ShequChartStyle
get_style (ShequChartView *self)
{
  ShequChartStyle style = shequ_drawing_get_style (SHEQU_DRAWING (self));

  style.heading = FALSE;
  style.highlight = self->piece;
  return style;
}

static void
shequ_chart_view_draw (ShequDrawing *drawing, cairo_t *cr, int width, int height)
{
  ShequChartView *self = SHEQU_CHART_VIEW (drawing);
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
  shequ_drawing_tell_moved (SHEQU_DRAWING (self));
}

static ShequChartPiece
find_piece (ShequChartView *self, double x, double y)
{
  GtkWidget *area = shequ_drawing_get_area (SHEQU_DRAWING (self));
  ShequChartStyle style = get_style (self);
  ShequChartPiece piece;

  style.highlight = nothing;
  if (self->chart == NULL || !shequ_chart_hit (self->chart, gtk_widget_get_width (area),
                                               gtk_widget_get_height (area), &style, x, y, &piece))
    return nothing;
  return piece;
}

static gboolean
shequ_chart_view_find (ShequDrawing *drawing, double x, double y)
{
  return !is_nothing (find_piece (SHEQU_CHART_VIEW (drawing), x, y));
}

static void
shequ_chart_view_point (ShequDrawing *drawing, double x, double y)
{
  move_to (SHEQU_CHART_VIEW (drawing), find_piece (SHEQU_CHART_VIEW (drawing), x, y));
}

static void
shequ_chart_view_leave (ShequDrawing *drawing)
{
  move_to (SHEQU_CHART_VIEW (drawing), nothing);
}

static gboolean
activate_piece (ShequChartView *self, ShequChartPiece piece)
{
  if (is_nothing (piece))
    return FALSE;
  g_signal_emit (self, signals[ACTIVATED], 0, piece.series, piece.category);
  return TRUE;
}

static void
shequ_chart_view_press (ShequDrawing *drawing, double x, double y)
{
  ShequChartView *self = SHEQU_CHART_VIEW (drawing);

  activate_piece (self, find_piece (self, x, y));
}

static gboolean
shequ_chart_view_activate (ShequDrawing *drawing)
{
  return activate_piece (SHEQU_CHART_VIEW (drawing), SHEQU_CHART_VIEW (drawing)->piece);
}

static void
shequ_chart_view_step (ShequDrawing *drawing, int right, int down)
{
  ShequChartView *self = SHEQU_CHART_VIEW (drawing);

  if (self->chart != NULL)
    move_to (self, shequ_chart_step (self->chart, self->piece, right, -down));
}

static gboolean
shequ_chart_view_press_key (ShequDrawing *drawing, guint key)
{
  ShequChartView *self = SHEQU_CHART_VIEW (drawing);

  if (key != GDK_KEY_Escape || is_nothing (self->piece))
    return FALSE;
  move_to (self, nothing);
  return TRUE;
}

static void
shequ_chart_view_dispose (GObject *object)
{
  g_clear_object (&SHEQU_CHART_VIEW (object)->chart);
  G_OBJECT_CLASS (shequ_chart_view_parent_class)->dispose (object);
}

static void
shequ_chart_view_class_init (ShequChartViewClass *class)
{
  ShequDrawingClass *drawing_class = SHEQU_DRAWING_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = shequ_chart_view_dispose;
  drawing_class->draw = shequ_chart_view_draw;
  drawing_class->find = shequ_chart_view_find;
  drawing_class->point = shequ_chart_view_point;
  drawing_class->leave = shequ_chart_view_leave;
  drawing_class->press = shequ_chart_view_press;
  drawing_class->step = shequ_chart_view_step;
  drawing_class->activate = shequ_chart_view_activate;
  drawing_class->press_key = shequ_chart_view_press_key;
  signals[ACTIVATED] = g_signal_new ("activated", SHEQU_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
}

static void
shequ_chart_view_init (ShequChartView *self)
{
  self->piece = nothing;
  gtk_widget_set_size_request (shequ_drawing_get_area (SHEQU_DRAWING (self)), LEAST_WIDTH, LEAST_HEIGHT);
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
  shequ_drawing_queue_draw (SHEQU_DRAWING (self));
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
