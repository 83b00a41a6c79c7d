#include "shequ-burden-report.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-chart-fold.h"
#include "shequ-date.h"

#define MINUTES_PER_HOUR 60
#define DECIMALS 1
/* Of two days as 2026-11-22. */
#define MAX_TEXT(one, other) (strcmp (one, other) > 0 ? (one) : (other))
#define MIN_TEXT(one, other) (strcmp (one, other) < 0 ? (one) : (other))
#define MONTH_LENGTH 7 /* of 2026-11 */

static gboolean
is_wanted (const ShequSummaryRow *row, const char *department)
{
  return department == NULL || g_strcmp0 (row->group, department) == 0;
}

static const char *
get_label (const ShequSummaryRow *row)
{
  return row->label != NULL && *row->label != '\0' ? row->label : _ ("The community's own work");
}

/* The months of the report in turn, also those in which nothing was logged. */
static char **
list_months (const ShequBurden *burden)
{
  g_autoptr (GStrvBuilder) months = g_strv_builder_new ();
  ShequDate month, to;

  if (!shequ_date_from_iso (burden->from, &month) || !shequ_date_from_iso (burden->to, &to))
    return g_strv_builder_end (months);
  month.day = 1;
  while (shequ_date_compare (&month, &to) <= 0)
    {
      char key[SHEQU_MONTH_KEY_SIZE];

      shequ_date_to_month_key (&month, key);
      g_strv_builder_add (months, key);
      month = shequ_date_add_months (&month, 1);
    }
  return g_strv_builder_end (months);
}

static void
fill_months (ShequChart *chart, const ShequBurden *burden, const char *department, char *const *months)
{
  for (guint m = 0; months[m] != NULL; m++)
    shequ_chart_add_category (chart, months[m]);
  for (guint d = 0; d < burden->departments->len; d++)
    {
      const ShequSummaryRow *total = burden->departments->pdata[d];
      guint series;

      if (!is_wanted (total, department))
        continue;
      series = shequ_chart_add_series (chart, get_label (total));
      for (guint m = 0; months[m] != NULL; m++)
        shequ_chart_set_value (chart, series, m, 0);
      for (guint i = 0; i < burden->months->len; i++)
        {
          const ShequSummaryRow *row = burden->months->pdata[i];

          for (guint m = 0; months[m] != NULL && g_strcmp0 (row->group, total->group) == 0; m++)
            if (g_strcmp0 (row->period, months[m]) == 0)
              shequ_chart_set_value (chart, series, m, (double) row->sum);
        }
    }
}

/* Of a single month, bars of departments say more than one stack. */
static void
fill_departments (ShequChart *chart, const ShequBurden *burden, const char *department)
{
  guint series = shequ_chart_add_series (chart, _ ("Hours"));

  for (guint d = 0; d < burden->departments->len; d++)
    {
      const ShequSummaryRow *total = burden->departments->pdata[d];

      if (is_wanted (total, department))
        shequ_chart_set_value (chart, series, shequ_chart_add_category (chart, get_label (total)),
                               (double) total->sum);
    }
}

static char *
format_hours (gint64 minutes)
{
  return g_strdup_printf ("%.*f", DECIMALS, (double) minutes / MINUTES_PER_HOUR);
}

static int
get_percent (gint64 part, gint64 whole)
{
  return whole > 0 ? (int) ((part * 100 + whole / 2) / whole) : 0;
}

/* The one that is looked at, or the one with the most hours; what the community does of itself is no burden
 * by one. */
static const ShequSummaryRow *
find_department (const ShequBurden *burden, const char *department)
{
  for (guint i = 0; i < burden->departments->len; i++)
    {
      const ShequSummaryRow *row = burden->departments->pdata[i];

      if (row->group != NULL && *row->group != '\0' && is_wanted (row, department))
        return row;
    }
  return NULL;
}

static char *
make_finding (const ShequBurden *burden, const char *department)
{
  const ShequSummaryRow *row = find_department (burden, department);
  g_autofree char *hours = row != NULL ? format_hours (row->sum) : NULL;

  if (row == NULL || burden->minutes == 0)
    return g_strdup (_ ("No hours were logged for a department in this time."));
  if (department != NULL)
    return g_strdup_printf (_ ("%s took %s hours, %d %% of all."), get_label (row), hours,
                            get_percent (row->sum, burden->minutes));
  return g_strdup_printf (_ ("Of the departments %s took the most: %s hours, %d %% of all."), get_label (row),
                          hours, get_percent (row->sum, burden->minutes));
}

/**
 * shequ_burden_chart_new:
 * @burden: what the hours went to
 * @department: (nullable): the stored value of the one department that is looked at; %NULL for all
 *
 * Makes the chart that the window, the paper and the command line show: hours by department and month,
 * stacked; of a single month, bars by department.
 *
 * Returns: (transfer full): the chart, in hours
 */
ShequChart *
shequ_burden_chart_new (const ShequBurden *burden, const char *department)
{
  g_auto (GStrv) months = list_months (burden);
  gboolean several = g_strv_length (months) > 1;
  ShequChart *chart = shequ_chart_new (several ? SHEQU_CHART_STACKED_BARS : SHEQU_CHART_BARS);
  g_autofree char *finding = make_finding (burden, department);

  shequ_chart_set_title (chart, _ ("Which department took the most hours?"));
  shequ_chart_set_finding (chart, finding);
  shequ_chart_set_unit (chart, _ ("hours"));
  shequ_chart_set_category_title (chart, several ? _ ("Month") : _ ("Department"));
  shequ_chart_set_number_format (chart, MINUTES_PER_HOUR, DECIMALS);
  shequ_chart_set_ordered (chart, several);
  shequ_chart_set_additive (chart, TRUE);
  if (several)
    fill_months (chart, burden, department, months);
  else
    fill_departments (chart, burden, department);
  return chart;
}

/* The stored values of the departments that are painted together. */
static char *
list_folded (const ShequBurden *burden, ShequChart *chart)
{
  g_auto (ShequChartFold) fold = { 0 };
  GString *groups = g_string_new (NULL);
  gboolean none = FALSE;

  shequ_chart_fold_init (&fold, chart);
  for (guint d = 0; d < burden->departments->len && d < shequ_chart_get_n_series (chart); d++)
    {
      const ShequSummaryRow *row = burden->departments->pdata[d];

      if (!fold.folded[d])
        continue;
      if (row->group == NULL)
        none = TRUE;
      else
        g_string_append_printf (groups, "%s%s", groups->len > 0 ? "," : "department=", row->group);
    }
  if (none)
    g_string_append (groups, groups->len > 0 ? " or department is empty" : "department is empty");
  return g_string_free (groups, FALSE);
}

static char *
condition_for_department (const ShequBurden *burden, guint department)
{
  const ShequSummaryRow *row = burden->departments->pdata[department];

  return row->group != NULL ? g_strdup_printf ("department=%s", row->group)
                            : g_strdup ("department is empty");
}

/* The days of a month that lie in the report. */
static char *
condition_for_days (const ShequBurden *burden, const char *month)
{
  char first[SHEQU_DATE_TEXT_SIZE], last[SHEQU_DATE_TEXT_SIZE];
  ShequDate date;

  if (month == NULL || !shequ_date_from_month_key (month, &date))
    return g_strdup_printf ("day>=%s and day<=%s", burden->from, burden->to);
  shequ_date_to_iso (&date, first);
  date.day = shequ_date_month_length (date.year, date.month);
  shequ_date_to_iso (&date, last);
  return g_strdup_printf ("day>=%s and day<=%s", MAX_TEXT (first, burden->from), MIN_TEXT (last, burden->to));
}

/**
 * shequ_burden_get_condition:
 * @burden: what the hours went to
 * @chart: of shequ_burden_chart_new() over all departments
 * @piece: a piece of it
 *
 * Returns: (transfer full): which work entries make this piece, in the grammar of conditions
 */
char *
shequ_burden_get_condition (const ShequBurden *burden, ShequChart *chart, ShequChartPiece piece)
{
  g_auto (GStrv) months = list_months (burden);
  int n_months = (int) g_strv_length (months);
  gboolean several = n_months > 1;
  int department = several ? piece.series : piece.category;
  g_autofree char *days = condition_for_days (
    burden, several && piece.category >= 0 && piece.category < n_months ? months[piece.category] : NULL);
  g_autofree char *departments = NULL;

  if (several && piece.series == SHEQU_CHART_OTHER)
    departments = list_folded (burden, chart);
  else if (department >= 0 && department < (int) burden->departments->len)
    departments = condition_for_department (burden, (guint) department);
  if (departments == NULL || *departments == '\0')
    return g_steal_pointer (&days);
  return g_strdup_printf ("%s and (%s)", days, departments);
}

static char *
format_period (const ShequBurden *burden)
{
  ShequDate from, to;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (!shequ_date_from_iso (burden->from, &from) || !shequ_date_from_iso (burden->to, &to))
    return g_strdup ("");
  if (strncmp (burden->from, burden->to, MONTH_LENGTH) == 0)
    return g_strdup_printf (_ ("%d-%02d"), from.year, from.month);
  if (from.year == to.year && from.month == 1 && to.month == 12)
    return g_strdup_printf (_ ("year %d"), from.year);
  first = shequ_date_format_chinese (&from);
  last = shequ_date_format_chinese (&to);
  return g_strdup_printf (_ ("%s to %s"), first, last);
}

static char *
write_findings (const ShequBurden *burden, ShequChart *chart)
{
  g_autofree char *hours = format_hours (burden->minutes);
  g_autofree char *not_admitted = format_hours (burden->not_admitted_minutes);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("%s hours were logged in %d entries."), hours, (int) burden->entries);
  g_string_append_printf (text, "\n%s", shequ_chart_get_finding (chart));
  if (burden->not_admitted_minutes > 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("%s hours (%d %%) went to items that were never admitted."),
                              not_admitted, get_percent (burden->not_admitted_minutes, burden->minutes));
    }
  return g_string_free (text, FALSE);
}

/**
 * shequ_burden_document_new:
 * @report: what it is about
 * @chart: of shequ_burden_chart_new()
 *
 * Returns: (transfer full): the burden report for the printer and for PDF: findings, chart, table
 */
ShequDocument *
shequ_burden_document_new (const ShequBurdenReport *report, ShequChart *chart)
{
  g_autofree char *period = format_period (report->burden);
  g_autofree char *findings = write_findings (report->burden, chart);
  g_autoptr (ShequPageTable) table = shequ_report_table_for_chart (chart);
  g_autofree char *date = NULL;
  ShequReport paper = { 0 };
  ShequDate today;

  if (report->today != NULL && shequ_date_from_iso (report->today, &today))
    date = shequ_date_format_chinese (&today);
  paper.title = _ ("Burden report");
  paper.unit = report->unit;
  paper.period = period;
  paper.findings = findings;
  paper.chart = chart;
  paper.table_title = _ ("Hours logged");
  paper.table = table;
  paper.notes = _ ("Computed from the work entries, each counted for the department of its work item.");
  paper.handler = report->handler;
  paper.date = date;
  return shequ_report_document_new (&paper);
}
