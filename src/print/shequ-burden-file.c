#include "shequ-burden-file.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "shequ-chart-describe.h"
#include "shequ-chart-file.h"
#include "shequ-sheet-writer.h"

/* A picture for a page or a screen of usual size. */
#define PICTURE_WIDTH 960
#define PICTURE_HEIGHT 600
#define PICTURE_SCALE 2

static void
add_table_row (ShequSheetWriter *writer,
               const ShequChartTable *table,
               const ShequChartTableRow *row,
               guint decimals)
{
  double unit = pow (10, decimals);

  shequ_sheet_writer_add_text (writer, row->label);
  for (guint i = 0; i < table->n_numbers; i++)
    {
      if (isnan (row->numbers[i]))
        shequ_sheet_writer_add_empty (writer);
      else
        shequ_sheet_writer_add_number (writer, round (row->numbers[i] * unit) / unit);
    }
}

static gboolean
write_sheet (ShequChart *chart, const char *path, const char *format_name, GError **error)
{
  g_autoptr (ShequChartTable) table = shequ_chart_get_table (chart);
  g_autofree ShequSheetColumn *columns = g_new0 (ShequSheetColumn, table->n_numbers + 1);
  ShequSheetFormat format = SHEQU_SHEET_FORMAT_CSV;
  g_autoptr (ShequSheetWriter) writer = NULL;

  shequ_sheet_format_from_name (format_name, &format);
  writer = shequ_sheet_writer_new_path (path, format, SHEQU_SHEET_WRITER_DEFAULT, error);
  if (writer == NULL)
    return FALSE;
  for (guint i = 0; i <= table->n_numbers; i++)
    {
      columns[i].title = table->heads[i];
      columns[i].kind = i == 0 ? SHEQU_COLUMN_TEXT : SHEQU_COLUMN_NUMBER;
    }
  if (!shequ_sheet_writer_start_sheet (writer, _ ("Hours by department"), NULL, columns, table->n_numbers + 1,
                                       error))
    return FALSE;
  for (guint i = 0; i < table->rows->len; i++)
    {
      add_table_row (writer, table, table->rows->pdata[i], shequ_chart_get_decimals (chart));
      if (!shequ_sheet_writer_end_row (writer, error))
        return FALSE;
    }
  return shequ_sheet_writer_finish (writer, error);
}

/**
 * shequ_burden_report_write:
 * @report: what it is about
 * @chart: of shequ_burden_chart_new()
 * @path: name of the file
 * @format: `pdf` for the report on paper, `svg` or `png` for the chart, `xlsx` or `csv` for its table
 * @error: return location
 *
 * Writes the hours for the window and the command line alike.
 *
 * Returns: whether the file is complete; an older file is as it was when not
 */
gboolean
shequ_burden_report_write (const ShequBurdenReport *report,
                           ShequChart *chart,
                           const char *path,
                           const char *format,
                           GError **error)
{
  ShequChartStyle style = shequ_chart_style_for (SHEQU_CHART_LIGHT);
  g_autoptr (ShequDocument) document = NULL;

  style.background = TRUE;
  style.heading = TRUE;
  if (strcmp (format, "svg") == 0)
    return shequ_chart_write_svg (chart, path, PICTURE_WIDTH, PICTURE_HEIGHT, &style, error);
  if (strcmp (format, "png") == 0)
    return shequ_chart_write_png (chart, path, PICTURE_WIDTH, PICTURE_HEIGHT, PICTURE_SCALE, &style, error);
  if (strcmp (format, "pdf") != 0)
    return write_sheet (chart, path, format, error);
  document = shequ_burden_document_new (report, chart);
  return shequ_document_write_pdf (document, path, error);
}
