#pragma once

#include "shequ-chart-style.h"

G_BEGIN_DECLS

gboolean shequ_chart_write_pdf (ShequChart *chart,
                                const char *path,
                                double width,
                                double height,
                                const ShequChartStyle *style,
                                GError **error);
gboolean shequ_chart_write_svg (ShequChart *chart,
                                const char *path,
                                double width,
                                double height,
                                const ShequChartStyle *style,
                                GError **error);
gboolean shequ_chart_write_png (ShequChart *chart,
                                const char *path,
                                double width,
                                double height,
                                double scale,
                                const ShequChartStyle *style,
                                GError **error);

G_END_DECLS
