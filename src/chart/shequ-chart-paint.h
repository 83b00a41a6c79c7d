#pragma once

#include "shequ-chart-layout.h"

G_BEGIN_DECLS

void shequ_chart_set_color (cairo_t *cr, ShequChartColor color, double opacity);
void shequ_chart_paint_bar (cairo_t *cr,
                            const ShequChartLayout *layout,
                            const ShequChartMark *mark,
                            double opacity);
void shequ_chart_paint_point (cairo_t *cr,
                              const ShequChartLayout *layout,
                              const ShequChartMark *mark,
                              double opacity);
void shequ_chart_paint_line (cairo_t *cr, const ShequChartLayout *layout, guint slot, double opacity);
void shequ_chart_paint_sample (cairo_t *cr,
                               const ShequChartLayout *layout,
                               const ShequChartMark *entry,
                               double opacity);

G_END_DECLS
