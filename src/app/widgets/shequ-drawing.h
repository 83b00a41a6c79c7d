#pragma once

#include <gtk/gtk.h>

#include "shequ-chart-draw.h"

G_BEGIN_DECLS

/**
 * ShequDrawing:
 *
 * A drawing to be walked over: as large as the letters of the window, in its colours, with a focus, keys and
 * a pointer. What it shows, and which part of it is brought forward, is known by the classes made of it.
 *
 * Signals: `moved` when another part is brought forward.
 */
#define SHEQU_TYPE_DRAWING (shequ_drawing_get_type ())
G_DECLARE_DERIVABLE_TYPE (ShequDrawing, shequ_drawing, SHEQU, DRAWING, GtkWidget)

/**
 * ShequDrawingClass:
 * @draw: draws on an area of a size
 * @find: whether there is a part at a place of the area
 * @point: (nullable): the pointer is at a place of the area
 * @leave: (nullable): the pointer went away
 * @press: a click at a place of the area
 * @step: an arrow key: -1, 0 or 1 to the right and down
 * @activate: Enter or space; whether there was something to open
 * @press_key: (nullable): any other key; whether it was meant for the drawing
 */
struct _ShequDrawingClass
{
  GtkWidgetClass parent_class;

  void (*draw) (ShequDrawing *self, cairo_t *cr, int width, int height);
  gboolean (*find) (ShequDrawing *self, double x, double y);
  void (*point) (ShequDrawing *self, double x, double y);
  void (*leave) (ShequDrawing *self);
  void (*press) (ShequDrawing *self, double x, double y);
  void (*step) (ShequDrawing *self, int right, int down);
  gboolean (*activate) (ShequDrawing *self);
  gboolean (*press_key) (ShequDrawing *self, guint key);
};

GtkWidget *shequ_drawing_get_area (ShequDrawing *self);
GtkScrolledWindow *shequ_drawing_make_scrollable (ShequDrawing *self);
double shequ_drawing_get_font_size (ShequDrawing *self);
ShequChartStyle shequ_drawing_get_style (ShequDrawing *self);
void shequ_drawing_queue_draw (ShequDrawing *self);
void shequ_drawing_tell_moved (ShequDrawing *self);

G_END_DECLS
