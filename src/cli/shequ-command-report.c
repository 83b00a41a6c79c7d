#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "shequ-burden-report.h"
#include "shequ-chart-describe.h"
#include "shequ-chart-file.h"
#include "shequ-cli-commands.h"
#include "shequ-cli-file.h"
#include "shequ-cli-json.h"
#include "shequ-cli-table.h"
#include "shequ-error.h"
#include "shequ-sheet-writer.h"

/* A picture for a page or a screen of usual size. */
#define PICTURE_WIDTH 960
#define PICTURE_HEIGHT 600
#define PICTURE_SCALE 2

typedef struct
{
  const char *name;
  const char *text;
  gboolean (*write) (ShequCli *cli, ShequCliFile *file, GError **error);
} Report;

static gboolean
read_part (ShequCli *cli, const char *name, int least, int most, int fallback, int *part, GError **error)
{
  gint64 number;

  if (!shequ_cli_get_number (cli, name, fallback, &number, error))
    return FALSE;
  if (number < least || number > most)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT, _ ("--%s is a number from %d to %d."), name,
                   least, most);
      return FALSE;
    }
  *part = (int) number;
  return TRUE;
}

/* The year of the day it is, or the year or month that was asked for; of this year no month that is to come.
 */
static gboolean
read_period (ShequCli *cli, char *from, char *to, GError **error)
{
  g_autofree char *today = shequ_office_get_today (cli->office);
  gboolean whole_year = !shequ_cli_has_option (cli, "month");
  ShequDate date;
  int year, month, this_year, this_month;

  shequ_date_from_iso (today, &date);
  this_year = date.year;
  this_month = date.month;
  if (!read_part (cli, "year", SHEQU_DATE_FIRST_YEAR, SHEQU_DATE_LAST_YEAR, date.year, &year, error) ||
      !read_part (cli, "month", 1, 12, 1, &month, error))
    return FALSE;
  date = (ShequDate){ year, month, 1 };
  shequ_date_to_iso (&date, from);
  if (whole_year)
    month = year == this_year ? this_month : 12;
  date.month = month;
  date.day = shequ_date_month_length (year, date.month);
  shequ_date_to_iso (&date, to);
  return TRUE;
}

/* The department by its code, its short name or its name, as the summary groups by it. */
static gboolean
find_department (ShequCli *cli, char **group, GError **error)
{
  static const char *const names[] = { "code", "short_name", "name" };
  const ShequRegister *reg = shequ_office_require_register (cli->office, "department", error);
  const char *text = shequ_cli_get_option (cli, "department");
  gint64 key = 0;

  if (text == NULL || reg == NULL)
    return reg != NULL;
  for (guint i = 0; key == 0 && i < G_N_ELEMENTS (names); i++)
    {
      const ShequField *field = shequ_register_lookup (reg, names[i]);
      g_auto (ShequValue) value = SHEQU_VALUE_INIT;

      shequ_value_set_text (&value, text);
      key = field != NULL ? shequ_store_find_key (shequ_office_get_store (cli->office), reg, &field, &value,
                                                  1, cli->cancellable, error)
                          : 0;
    }
  if (key > 0)
    *group = g_strdup_printf ("%" G_GINT64_FORMAT, key);
  else if (key == 0)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("There is no “%s” in “%s”."), text,
                 reg->label);
  return key > 0;
}

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
write_sheet (ShequChart *chart, const ShequCliFile *file, GError **error)
{
  g_autoptr (ShequChartTable) table = shequ_chart_get_table (chart);
  g_autofree ShequSheetColumn *columns = g_new0 (ShequSheetColumn, table->n_numbers + 1);
  ShequSheetFormat format = SHEQU_SHEET_FORMAT_CSV;
  g_autoptr (ShequSheetWriter) writer = NULL;

  shequ_sheet_format_from_name (file->format, &format);
  writer = shequ_sheet_writer_new_path (file->path, format, SHEQU_SHEET_WRITER_DEFAULT, error);
  if (writer == NULL)
    return FALSE;
  for (guint i = 0; i <= table->n_numbers; i++)
    {
      columns[i].title = table->heads[i];
      columns[i].kind = i == 0 ? SHEQU_COLUMN_TEXT : SHEQU_COLUMN_NUMBER;
    }
  if (!shequ_sheet_writer_start_sheet (writer, shequ_chart_get_title (chart), NULL, columns,
                                       table->n_numbers + 1, error))
    return FALSE;
  for (guint i = 0; i < table->rows->len; i++)
    {
      add_table_row (writer, table, table->rows->pdata[i], shequ_chart_get_decimals (chart));
      if (!shequ_sheet_writer_end_row (writer, error))
        return FALSE;
    }
  return shequ_sheet_writer_finish (writer, error);
}

static gboolean
write_paper (const ShequBurdenReport *report, ShequChart *chart, const ShequCliFile *file, GError **error)
{
  g_autoptr (ShequDocument) document = NULL;
  ShequChartStyle style = shequ_chart_style_for (SHEQU_CHART_LIGHT);

  style.background = TRUE;
  style.heading = TRUE;
  if (strcmp (file->format, "svg") == 0)
    return shequ_chart_write_svg (chart, file->path, PICTURE_WIDTH, PICTURE_HEIGHT, &style, error);
  if (strcmp (file->format, "png") == 0)
    return shequ_chart_write_png (chart, file->path, PICTURE_WIDTH, PICTURE_HEIGHT, PICTURE_SCALE, &style,
                                  error);
  if (strcmp (file->format, "pdf") != 0)
    return write_sheet (chart, file, error);
  document = shequ_burden_document_new (report, chart);
  return shequ_document_write_pdf (document, file->path, error);
}

static gboolean
write_burden (ShequCli *cli, ShequCliFile *file, GError **error)
{
  char from[SHEQU_DATE_TEXT_SIZE], to[SHEQU_DATE_TEXT_SIZE];
  g_autofree char *today = shequ_office_get_today (cli->office);
  g_autofree char *department = NULL;
  g_autoptr (ShequBurden) burden = NULL;
  g_autoptr (ShequChart) chart = NULL;
  ShequBurdenReport report;

  if (!read_period (cli, from, to, error) || !find_department (cli, &department, error))
    return FALSE;
  burden = shequ_workload_summarise (cli->office, from, to, cli->cancellable, error);
  if (burden == NULL)
    return FALSE;
  chart = shequ_burden_chart_new (burden, department);
  report = (ShequBurdenReport){ burden, shequ_office_get_name (cli->office),
                                shequ_office_get_user (cli->office), today };
  if (!write_paper (&report, chart, file, error))
    return FALSE;
  shequ_cli_tell (cli, "%s", shequ_chart_get_finding (chart));
  return TRUE;
}

static const Report reports[] = {
  { "burden", N_ ("hours by department and month"), write_burden },
};

static void
list_reports (ShequCli *cli)
{
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (2);

  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    {
      JsonBuilder *builder;

      shequ_cli_table_add (table, reports[i].name, _ (reports[i].text), NULL);
      if (!shequ_cli_wants_json (cli))
        continue;
      builder = shequ_cli_json_begin ();
      shequ_cli_json_add_text (builder, "report", reports[i].name);
      shequ_cli_json_add_text (builder, "title", _ (reports[i].text));
      shequ_cli_json_end (builder);
    }
  if (!shequ_cli_wants_json (cli))
    shequ_cli_table_print (table, 0);
}

static const Report *
find_report (const char *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    {
      if (strcmp (reports[i].name, name) == 0)
        return &reports[i];
    }
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND,
               _ ("There is no report “%s”; “shequ-cli report” lists them."), name);
  return NULL;
}

static void
tell_written (ShequCli *cli, const Report *report, const ShequCliFile *file)
{
  JsonBuilder *builder;

  if (file->to_output || !shequ_cli_wants_json (cli))
    return;
  builder = shequ_cli_json_begin ();
  shequ_cli_json_add_text (builder, "report", report->name);
  shequ_cli_json_add_text (builder, "file", file->path);
  shequ_cli_json_end (builder);
}

/* Writes a report; alone, lists their names. */
gboolean
shequ_command_report (ShequCli *cli, GError **error)
{
  const char *name = shequ_cli_get_argument (cli, 0);
  const char *path = shequ_cli_get_argument (cli, 1);
  g_autoptr (ShequCliFile) file = NULL;
  const Report *report;

  if (name == NULL)
    {
      list_reports (cli);
      return TRUE;
    }
  report = find_report (name, error);
  if (report == NULL)
    return FALSE;
  if (path == NULL)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT, _ ("Name the file to write, as “%s.pdf”."),
                   name);
      return FALSE;
    }
  file = shequ_cli_file_new (cli, path, "pdf svg png csv xlsx", error);
  if (file == NULL || !shequ_cli_file_check (file, error) || !shequ_cli_open (cli, error) ||
      !report->write (cli, file, error) || !shequ_cli_file_finish (file, error))
    return FALSE;
  tell_written (cli, report, file);
  return TRUE;
}
