#pragma once

#include "shequ-chart-style.h"

G_BEGIN_DECLS

/**
 * ShequChartSlot:
 * @series: index of the series, or %SHEQU_CHART_OTHER
 * @color: its place in the theme's fills
 *
 * One series as it is painted.
 */
typedef struct
{
  int series;
  guint color;
} ShequChartSlot;

/**
 * ShequChartFold:
 * @slots: what is painted, in the order of the chart, the others last
 * @n_slots: how many
 * @n_folded: how many series are painted together, or left out where a sum would mean nothing
 * @folded: (array length=n_series): for each series whether it is one of those
 *
 * Which series are painted on their own: the greatest, because more colours cannot be told apart.
 */
typedef struct
{
  ShequChartSlot slots[SHEQU_CHART_MOST_SERIES + 1];
  guint n_slots;
  guint n_folded;
  gboolean *folded;
} ShequChartFold;

void shequ_chart_fold_init (ShequChartFold *fold, ShequChart *chart);
void shequ_chart_fold_clear (ShequChartFold *fold);
double shequ_chart_fold_get_value (const ShequChartFold *fold, ShequChart *chart, guint slot, guint category);
int shequ_chart_fold_find (const ShequChartFold *fold, int series);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShequChartFold, shequ_chart_fold_clear)

G_END_DECLS
