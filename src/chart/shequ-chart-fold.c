#include "shequ-chart-fold.h"

#include "config.h"

#include <math.h>

typedef struct
{
  guint series;
  double size;
} Ranked;

static int
compare_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *first = a;
  const Ranked *second = b;

  if (first->size != second->size)
    return first->size > second->size ? -1 : 1;
  return first->series < second->series ? -1 : 1;
}

static double
get_size (ShequChart *chart, guint series)
{
  double size = 0;

  for (guint i = 0; i < shequ_chart_get_n_categories (chart); i++)
    {
      double value = shequ_chart_get_value (chart, series, i);

      size += isnan (value) ? 0 : fabs (value);
    }
  return size;
}

static void
mark_folded (ShequChartFold *fold, ShequChart *chart, guint n_series)
{
  g_autofree Ranked *ranked = g_new (Ranked, n_series);

  for (guint i = 0; i < n_series; i++)
    ranked[i] = (Ranked){ i, get_size (chart, i) };
  qsort (ranked, n_series, sizeof *ranked, compare_ranked);
  for (guint i = SHEQU_CHART_MOST_SERIES; i < n_series; i++)
    fold->folded[ranked[i].series] = TRUE;
  fold->n_folded = n_series - SHEQU_CHART_MOST_SERIES;
}

/**
 * shequ_chart_fold_init:
 * @fold: (out caller-allocates): a fold
 * @chart: a chart
 *
 * Chooses what is painted on its own. A single left-over series keeps its name.
 */
void
shequ_chart_fold_init (ShequChartFold *fold, ShequChart *chart)
{
  guint n_series = shequ_chart_get_n_series (chart);
  int left_over = SHEQU_CHART_OTHER;

  *fold = (ShequChartFold){ .folded = g_new0 (gboolean, n_series + 1) };
  if (n_series > SHEQU_CHART_MOST_SERIES)
    mark_folded (fold, chart, n_series);

  for (guint i = 0; i < n_series; i++)
    {
      if (fold->folded[i])
        left_over = i;
      else
        {
          fold->slots[fold->n_slots] = (ShequChartSlot){ i, fold->n_slots };
          fold->n_slots++;
        }
    }
  if (fold->n_folded == 1 || (fold->n_folded > 1 && shequ_chart_get_additive (chart)))
    fold->slots[fold->n_slots++] = (ShequChartSlot){
      fold->n_folded == 1 ? left_over : SHEQU_CHART_OTHER,
      SHEQU_CHART_MOST_SERIES,
    };
}

/**
 * shequ_chart_fold_clear:
 * @fold: a fold
 *
 * Frees what the fold holds.
 */
void
shequ_chart_fold_clear (ShequChartFold *fold)
{
  g_clear_pointer (&fold->folded, g_free);
}

/**
 * shequ_chart_fold_get_value:
 * @fold: a fold
 * @chart: its chart
 * @slot: what is painted
 * @category: an index
 *
 * Returns: the value before the divisor, NAN where nothing is known
 */
double
shequ_chart_fold_get_value (const ShequChartFold *fold, ShequChart *chart, guint slot, guint category)
{
  double sum = NAN;

  if (fold->slots[slot].series != SHEQU_CHART_OTHER)
    return shequ_chart_get_value (chart, fold->slots[slot].series, category);

  for (guint i = 0; i < shequ_chart_get_n_series (chart); i++)
    {
      double value = fold->folded[i] ? shequ_chart_get_value (chart, i, category) : NAN;

      if (!isnan (value))
        sum = isnan (sum) ? value : sum + value;
    }
  return sum;
}

/**
 * shequ_chart_fold_find:
 * @fold: a fold
 * @series: index of a series, or %SHEQU_CHART_OTHER
 *
 * Returns: the slot that paints the series, -1 if none does
 */
int
shequ_chart_fold_find (const ShequChartFold *fold, int series)
{
  for (guint i = 0; i < fold->n_slots; i++)
    if (fold->slots[i].series == series)
      return i;
  return -1;
}
