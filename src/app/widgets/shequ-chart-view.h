#pragma once

#include "shequ-drawing.h"

G_BEGIN_DECLS

/**
 * ShequChartView:
 *
 * A chart in the window, in the colours of the light or dark style. The piece under the pointer, or the one
 * that the arrow keys have come to, is brought forward with its value; Escape lets go of it.
 *
 * Signals: `moved` when another piece is brought forward; `activated` (series, category) by a click or Enter,
 * in the indices of #ShequChartPiece.
 */
#define SHEQU_TYPE_CHART_VIEW (shequ_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (ShequChartView, shequ_chart_view, SHEQU, CHART_VIEW, ShequDrawing)

ShequChartView *shequ_chart_view_new (void);
void shequ_chart_view_set_chart (ShequChartView *self, ShequChart *chart);
ShequChartPiece shequ_chart_view_get_piece (ShequChartView *self);
char *shequ_chart_view_describe_piece (ShequChartView *self);

G_END_DECLS
