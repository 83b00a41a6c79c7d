#include "shequ-statistics-chart.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "shequ-chart-describe.h"
#include "shequ-chart-file.h"
#include "shequ-number.h"
#include "shequ-sheet-writer.h"

#define PICTURE_WIDTH 960
#define PICTURE_HEIGHT 720
#define PICTURE_SCALE 2

static char *
find_finding (const ShequFigures *figures)
{
  g_autofree char *total = shequ_number_to_text ((double) figures->total, 0);
  g_autofree char *rest = NULL;
  gint64 shown = 0, most = 0;

  for (guint i = 0; i < figures->values->len; i++)
    shown += g_array_index (figures->values, gint64, i);
  if (figures->kind == SHEQU_STATISTIC_PYRAMID)
    {
      rest = shequ_number_to_text ((double) (figures->total - shown), 0);
      return g_strdup_printf (_ ("%s people, of %s age or sex is not known"), total, rest);
    }
  if (figures->categories->len == 0)
    return g_strdup (_ ("There is nothing to count"));
  for (guint i = 0; i < MAX (1, figures->series->len); i++)
    most += g_array_index (figures->values, gint64, i);
  rest = shequ_number_to_text ((double) most, 0);
  return g_strdup_printf (_ ("%s in all; most: %s, %s"), total, (const char *) figures->categories->pdata[0],
                          rest);
}

/**
 * shequ_statistics_chart_new:
 * @figures: what was counted
 *
 * Returns: (transfer full): the chart: a pyramid, or lying bars
 */
ShequChart *
shequ_statistics_chart_new (const ShequFigures *figures)
{
  gboolean pyramid = figures->kind == SHEQU_STATISTIC_PYRAMID;
  ShequChart *chart = shequ_chart_new (pyramid ? SHEQU_CHART_PYRAMID : SHEQU_CHART_SIDEWAYS_BARS);
  guint columns = MAX (1, figures->series->len);
  g_autofree char *finding = find_finding (figures);

  shequ_chart_set_title (chart, figures->title);
  shequ_chart_set_finding (chart, finding);
  shequ_chart_set_unit (chart, pyramid ? _ ("people") : _ ("records"));
  shequ_chart_set_category_title (chart, figures->category_title);
  shequ_chart_set_number_format (chart, 1, 0);
  shequ_chart_set_ordered (chart, pyramid);
  shequ_chart_set_additive (chart, figures->kind != SHEQU_STATISTIC_GROUPS &&
                                     figures->kind != SHEQU_STATISTIC_GROUPS_BY_UNIT);
  for (guint c = 0; c < figures->categories->len; c++)
    shequ_chart_add_category (chart, figures->categories->pdata[c]);
  for (guint s = 0; s < columns; s++)
    {
      shequ_chart_add_series (chart, figures->series->len > 0 ? figures->series->pdata[s] : _ ("Records"));
      for (guint c = 0; c < figures->categories->len; c++)
        shequ_chart_set_value (chart, s, c,
                               (double) g_array_index (figures->values, gint64, c * columns + s));
    }
  return chart;
}

static gboolean
write_table (ShequChart *chart, const char *path, GError **error)
{
  g_autoptr (ShequChartTable) table = shequ_chart_get_table (chart);
  g_autofree ShequSheetColumn *columns = g_new0 (ShequSheetColumn, table->n_numbers + 1);
  g_autoptr (ShequSheetWriter) writer =
    shequ_sheet_writer_new_path (path, SHEQU_SHEET_FORMAT_ANY, SHEQU_SHEET_WRITER_DEFAULT, error);

  if (writer == NULL)
    return FALSE;
  for (guint i = 0; i <= table->n_numbers; i++)
    {
      columns[i].title = table->heads[i];
      columns[i].kind = i == 0 ? SHEQU_COLUMN_TEXT : SHEQU_COLUMN_NUMBER;
    }
  if (!shequ_sheet_writer_start_sheet (writer, _ ("Statistics"), NULL, columns, table->n_numbers + 1, error))
    return FALSE;
  for (guint i = 0; i < table->rows->len; i++)
    {
      const ShequChartTableRow *row = table->rows->pdata[i];

      shequ_sheet_writer_add_text (writer, row->label);
      for (guint k = 0; k < table->n_numbers; k++)
        if (isnan (row->numbers[k]))
          shequ_sheet_writer_add_empty (writer);
        else
          shequ_sheet_writer_add_number (writer, row->numbers[k]);
      if (!shequ_sheet_writer_end_row (writer, error))
        return FALSE;
    }
  return shequ_sheet_writer_finish (writer, error);
}

/**
 * shequ_statistics_chart_write:
 * @chart: a chart
 * @path: a file, .pdf, .svg or .png for the picture, .xlsx or .csv for its table
 * @error: return location
 *
 * Returns: whether the file is complete
 */
gboolean
shequ_statistics_chart_write (ShequChart *chart, const char *path, GError **error)
{
  ShequChartStyle style = shequ_chart_style_for (SHEQU_CHART_PAPER);
  g_autofree char *lower = g_ascii_strdown (path, -1);

  style.background = TRUE;
  style.heading = TRUE;
  if (g_str_has_suffix (lower, ".pdf"))
    return shequ_chart_write_pdf (chart, path, PICTURE_WIDTH, PICTURE_HEIGHT, &style, error);
  if (g_str_has_suffix (lower, ".svg"))
    return shequ_chart_write_svg (chart, path, PICTURE_WIDTH, PICTURE_HEIGHT, &style, error);
  if (g_str_has_suffix (lower, ".png"))
    return shequ_chart_write_png (chart, path, PICTURE_WIDTH, PICTURE_HEIGHT, PICTURE_SCALE, &style, error);
  return write_table (chart, path, error);
}
