#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-base-file.h"
#include "shequ-burden-file.h"
#include "shequ-cli-commands.h"
#include "shequ-cli-file.h"
#include "shequ-cli-json.h"
#include "shequ-cli-statistics.h"
#include "shequ-cli-table.h"
#include "shequ-error.h"

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

static gboolean
write_burden (ShequCli *cli, ShequCliFile *file, GError **error)
{
  char from[SHEQU_DATE_TEXT_SIZE], to[SHEQU_DATE_TEXT_SIZE];
  g_autofree char *today = shequ_office_get_today (cli->office);
  g_autofree char *department = NULL;
  g_autoptr (ShequBurden) burden = NULL;
  g_autoptr (ShequChart) chart = NULL;
  ShequBurdenReport report;

  if (shequ_cli_has_option (cli, "as-of"))
    {
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
        _ ("--as-of is for the base data and for statistics; of the hours name --year and --month."));
      return FALSE;
    }
  if (!read_period (cli, from, to, error) || !find_department (cli, &department, error))
    return FALSE;
  burden = shequ_workload_summarise (cli->office, from, to, cli->cancellable, error);
  if (burden == NULL)
    return FALSE;
  chart = shequ_burden_chart_new (burden, department);
  report = (ShequBurdenReport){ burden, shequ_office_get_name (cli->office),
                                shequ_office_get_user (cli->office), today };
  if (!shequ_burden_report_write (&report, chart, file->path, file->format, error))
    return FALSE;
  shequ_cli_tell (cli, "%s", shequ_chart_get_finding (chart));
  return TRUE;
}

/* All items on the day asked for, on the last one of the period asked for, or today. */
static gboolean
write_base (ShequCli *cli, ShequCliFile *file, GError **error)
{
  char from[SHEQU_DATE_TEXT_SIZE], to[SHEQU_DATE_TEXT_SIZE];
  g_autofree char *today = shequ_office_get_today (cli->office);
  g_autofree char *as_of = NULL;
  g_autofree char *title = NULL;
  g_autoptr (GPtrArray) figures = NULL;
  guint filled, all;

  if (strcmp (file->format, "csv") != 0 && strcmp (file->format, "xlsx") != 0)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                   _ ("The base data is a table: name a .csv or .xlsx file."));
      return FALSE;
    }
  if (!shequ_cli_get_past_day (cli, "as-of", &as_of, error) || !read_period (cli, from, to, error))
    return FALSE;
  if (as_of != NULL)
    g_strlcpy (to, as_of, sizeof to);
  if (strcmp (to, today) > 0)
    g_strlcpy (to, today, sizeof to);
  figures = shequ_base_data_compute (cli->office, 0, to, NULL, NULL, cli->cancellable, error);
  if (figures == NULL)
    return FALSE;
  title = g_strdup_printf ("%s %s", shequ_office_get_name (cli->office), to);
  if (!shequ_base_file_write (figures, title, file->path, file->format, error))
    return FALSE;
  shequ_base_data_count (figures, NULL, &filled, &all);
  shequ_cli_tell (cli, _ ("%u of %u items have a value."), filled, all);
  return TRUE;
}

static const Report reports[] = {
  { "base", N_ ("base data: 50 classes, 150 items"), write_base },
  { "burden", N_ ("hours by department and month"), write_burden },
  { "statistics", N_ ("the records of a register counted, as by age and sex"), shequ_cli_write_statistics },
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
