#pragma once

#include "shequ-chart.h"

G_BEGIN_DECLS

ShequChart *sample_hours (ShequChartKind kind, guint n_series, guint n_months);
ShequChart *sample_departments (guint n_departments);
ShequChart *sample_mixed_signs (ShequChartKind kind);

G_END_DECLS
