#pragma once

#include <cairo.h>

#include "shequ-chart-style.h"

G_BEGIN_DECLS

void shequ_chart_draw (ShequChart *chart,
                       cairo_t *cr,
                       double width,
                       double height,
                       const ShequChartStyle *style);
gboolean shequ_chart_hit (ShequChart *chart,
                          double width,
                          double height,
                          const ShequChartStyle *style,
                          double x,
                          double y,
                          ShequChartPiece *piece);

G_END_DECLS
