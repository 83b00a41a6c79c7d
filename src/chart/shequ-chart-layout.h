#pragma once

#include <pango/pangocairo.h>

#include "shequ-chart-axis.h"
#include "shequ-chart-fold.h"

G_BEGIN_DECLS

typedef enum
{
  SHEQU_CHART_TEXT_STRONG,
  SHEQU_CHART_TEXT_QUIET,
} ShequChartTextTone;

/**
 * ShequChartText:
 * @layout: (owned): the text
 * @x: its left edge; of a turned text its right end
 * @y: its top
 * @angle: how far it is turned around that point, in radians
 * @tone: its colour
 *
 * A text at its place.
 */
typedef struct
{
  PangoLayout *layout;
  double x;
  double y;
  double angle;
  ShequChartTextTone tone;
} ShequChartText;

/**
 * ShequChartMark:
 * @slot: index into the fold, -1 for the whole slot of a category
 * @piece: what it stands for
 * @x: left edge
 * @y: top
 * @width: width
 * @height: height
 *
 * A painted piece, or an entry of the legend, and where it lies. On a line chart it is the square around
 * the point.
 */
typedef struct
{
  int slot;
  ShequChartPiece piece;
  double x;
  double y;
  double width;
  double height;
} ShequChartMark;

/**
 * ShequChartLayout:
 *
 * Where everything of a chart lies on a surface of a given size. Painting, hit testing and tests all read
 * this and nothing else.
 */
typedef struct
{
  ShequChart *chart;
  ShequChartStyle style;
  double width;
  double height;
  PangoContext *context;
  ShequChartFold fold;
  ShequAxis axis;
  GArray *texts;  /* ShequChartText */
  GArray *marks;  /* ShequChartMark: pieces in the order of painting */
  GArray *legend; /* ShequChartMark: entries; x, y, height are those of the sample as well */
  double plot_x;
  double plot_y;
  double plot_width;
  double plot_height;
} ShequChartLayout;

ShequChartLayout *shequ_chart_layout_new (ShequChart *chart,
                                          double width,
                                          double height,
                                          const ShequChartStyle *style);
void shequ_chart_layout_free (ShequChartLayout *self);
double shequ_chart_layout_get_y (const ShequChartLayout *self, double number);
double shequ_chart_layout_get_slot_x (const ShequChartLayout *self, guint category);
double shequ_chart_layout_get_slot_width (const ShequChartLayout *self);
double shequ_chart_layout_get_line_height (const ShequChartLayout *self);
ShequChartText *shequ_chart_layout_add_text (ShequChartLayout *self, PangoLayout *layout, double x, double y);

void shequ_chart_layout_add_heading (ShequChartLayout *self, double *y);
void shequ_chart_layout_add_legend (ShequChartLayout *self, double *y, double most_height);
double shequ_chart_layout_add_category_labels (ShequChartLayout *self, double most_height);
void shequ_chart_layout_add_marks (ShequChartLayout *self);
void shequ_chart_layout_add_totals (ShequChartLayout *self);
gboolean shequ_chart_layout_is_sideways (const ShequChartLayout *self);
double shequ_chart_layout_get_x (const ShequChartLayout *self, guint slot, double number);
int shequ_chart_layout_find_line (const ShequChartLayout *self, double y);
void shequ_chart_layout_place_sideways (ShequChartLayout *self, double top);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequChartLayout, shequ_chart_layout_free)

G_END_DECLS
