#include "shequ-chart-describe.h"

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

static void
table_row_free (gpointer data)
{
  ShequChartTableRow *row = data;

  g_free (row->label);
  g_free (row->numbers);
  g_strfreev (row->texts);
  g_free (row);
}

static gboolean
has_total_column (ShequChart *chart)
{
  return shequ_chart_get_additive (chart) && shequ_chart_get_n_series (chart) > 1;
}

/* The sum over known values; a series or category of -1 means all of them. */
static double
sum_of (ShequChart *chart, int series, int category)
{
  guint first_series = series < 0 ? 0 : series;
  guint end_series = series < 0 ? shequ_chart_get_n_series (chart) : first_series + 1;
  guint first_category = category < 0 ? 0 : category;
  guint end_category = category < 0 ? shequ_chart_get_n_categories (chart) : first_category + 1;
  double sum = NAN;

  for (guint s = first_series; s < end_series; s++)
    for (guint c = first_category; c < end_category; c++)
      {
        double value = shequ_chart_get_value (chart, s, c);

        if (!isnan (value))
          sum = isnan (sum) ? value : sum + value;
      }
  return sum;
}

static void
add_row (ShequChart *chart, ShequChartTable *table, const char *label, int category)
{
  ShequChartTableRow *row = g_new0 (ShequChartTableRow, 1);
  guint n_series = shequ_chart_get_n_series (chart);

  row->label = g_strdup (label);
  row->total = category < 0;
  row->numbers = g_new (double, table->n_numbers + 1);
  row->texts = g_new0 (char *, table->n_numbers + 1);
  for (guint i = 0; i < table->n_numbers; i++)
    {
      double value = sum_of (chart, i < n_series ? (int) i : -1, category);

      row->numbers[i] = value / shequ_chart_get_divisor (chart);
      row->texts[i] = shequ_chart_format_value (chart, value);
    }
  g_ptr_array_add (table->rows, row);
}

/**
 * shequ_chart_get_table:
 * @chart: a chart
 *
 * Writes the chart as a table: a row for each category, a column for each series, totals where they mean
 * something.
 *
 * Returns: (transfer full): the table
 */
ShequChartTable *
shequ_chart_get_table (ShequChart *chart)
{
  ShequChartTable *table;
  g_autoptr (GStrvBuilder) heads = g_strv_builder_new ();
  guint n_series, n_categories;

  g_return_val_if_fail (SHEQU_IS_CHART (chart), NULL);

  n_series = shequ_chart_get_n_series (chart);
  n_categories = shequ_chart_get_n_categories (chart);
  table = g_new0 (ShequChartTable, 1);
  table->rows = g_ptr_array_new_with_free_func (table_row_free);
  table->n_numbers = n_series + (has_total_column (chart) ? 1 : 0);

  g_strv_builder_add (heads, shequ_chart_get_category_title (chart));
  for (guint s = 0; s < n_series; s++)
    g_strv_builder_add (heads, shequ_chart_get_series_name (chart, s));
  if (has_total_column (chart))
    g_strv_builder_add (heads, _ ("Total"));
  table->heads = g_strv_builder_end (heads);

  for (guint c = 0; c < n_categories; c++)
    add_row (chart, table, shequ_chart_get_category_label (chart, c), c);
  if (shequ_chart_get_additive (chart) && n_categories > 1)
    add_row (chart, table, _ ("Total"), -1);
  return table;
}

/**
 * shequ_chart_table_free:
 * @table: a table
 *
 * Frees the table.
 */
void
shequ_chart_table_free (ShequChartTable *table)
{
  g_strfreev (table->heads);
  g_ptr_array_unref (table->rows);
  g_free (table);
}
