#pragma once

#include <glib.h>

#include "shequ-chart.h"

G_BEGIN_DECLS

/* So many series have a colour of their own; one more colour is for the others together. */
#define SHEQU_CHART_MOST_SERIES 7

typedef enum
{
  SHEQU_CHART_LIGHT,
  SHEQU_CHART_DARK,
  SHEQU_CHART_PAPER,
} ShequChartTheme;

/**
 * ShequChartStyle:
 * @theme: colours for a light window, a dark window, or paper (with hatching)
 * @font_size: height of ordinary text in units of the surface
 * @background: whether the ground is painted; leave it out on a widget that has its own
 * @heading: whether title and finding are written; leave them out where the page around says them
 * @highlight: the piece that is brought forward with its value written beside it
 *
 * How a chart is painted. Start from shequ_chart_style_for().
 */
typedef struct
{
  ShequChartTheme theme;
  double font_size;
  gboolean background;
  gboolean heading;
  ShequChartPiece highlight;
} ShequChartStyle;

typedef struct
{
  double red;
  double green;
  double blue;
} ShequChartColor;

ShequChartStyle shequ_chart_style_for (ShequChartTheme theme);

ShequChartColor shequ_chart_theme_get_fill (ShequChartTheme theme, guint slot);
ShequChartColor shequ_chart_theme_get_ground (ShequChartTheme theme);
ShequChartColor shequ_chart_theme_get_text (ShequChartTheme theme);
ShequChartColor shequ_chart_theme_get_quiet_text (ShequChartTheme theme);
ShequChartColor shequ_chart_theme_get_grid (ShequChartTheme theme);
double shequ_chart_color_get_lightness (ShequChartColor color);

G_END_DECLS
