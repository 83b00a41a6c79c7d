#pragma once

#include <gtk/gtk.h>

#include "shequ-chart.h"

G_BEGIN_DECLS

/**
 * ShequChartTableView:
 *
 * The table twin of a chart: every number that the chart paints, in text that can be read and selected.
 */
#define SHEQU_TYPE_CHART_TABLE_VIEW (shequ_chart_table_view_get_type ())
G_DECLARE_FINAL_TYPE (ShequChartTableView, shequ_chart_table_view, SHEQU, CHART_TABLE_VIEW, GtkWidget)

ShequChartTableView *shequ_chart_table_view_new (void);
void shequ_chart_table_view_set_chart (ShequChartTableView *self, ShequChart *chart);

G_END_DECLS
