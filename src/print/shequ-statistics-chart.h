#pragma once

#include "shequ-chart.h"
#include "shequ-statistics.h"

G_BEGIN_DECLS

ShequChart *shequ_statistics_chart_new (const ShequFigures *figures);
gboolean shequ_statistics_chart_write (ShequChart *chart, const char *path, GError **error);

G_END_DECLS
