/* `report statistics`: what the statistics of a list in the window show, of any day. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-cli-query.h"
#include "shequ-cli-statistics.h"
#include "shequ-error.h"
#include "shequ-statistics-chart.h"
#include "shequ-statistics.h"

/* By the name that scripts use, or by what the window calls it; else the first. */
static const ShequStatistic *
find_statistic (const GPtrArray *statistics, const ShequRegister *reg, const char *by, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  if (by == NULL && statistics->len > 0)
    return statistics->pdata[0];
  for (guint i = 0; i < statistics->len; i++)
    {
      const ShequStatistic *statistic = statistics->pdata[i];
      g_autofree char *name = shequ_statistic_get_name (statistic);

      if (g_strcmp0 (name, by) == 0 || g_strcmp0 (statistic->label, by) == 0)
        return statistic;
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
    }
  if (statistics->len == 0)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT, _ ("“%s” has nothing to be counted by."),
                 reg->label);
  else
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND,
                 _ ("“%s” is not counted by “%s”; it is counted by: %s."), reg->label, by, names->str);
  return NULL;
}

/**
 * shequ_cli_write_statistics:
 * @cli: a call; its options `in`, `by`, and those of shequ_cli_query_new() are looked at
 * @file: where to write, a picture or a table
 * @error: return location
 *
 * Returns: whether the file is complete
 */
gboolean
shequ_cli_write_statistics (ShequCli *cli, ShequCliFile *file, GError **error)
{
  const char *name = shequ_cli_get_option (cli, "in");
  const ShequRegister *reg =
    shequ_office_require_register (cli->office, name != NULL ? name : "resident", error);
  g_autoptr (ShequQuery) query =
    reg != NULL ? shequ_cli_query_new (cli, reg, SHEQU_CLI_WHERE_CONDITION, error) : NULL;
  g_autoptr (GPtrArray) statistics = reg != NULL ? shequ_statistics_list (cli->office, reg) : NULL;
  const ShequStatistic *statistic =
    query != NULL ? find_statistic (statistics, reg, shequ_cli_get_option (cli, "by"), error) : NULL;
  g_autoptr (ShequFigures) figures = NULL;
  g_autoptr (ShequChart) chart = NULL;

  if (statistic != NULL)
    figures = shequ_statistics_count (cli->office, query, statistic, cli->cancellable, error);
  if (figures == NULL)
    return FALSE;
  chart = shequ_statistics_chart_new (figures);
  if (!shequ_statistics_chart_write (chart, file->path, error))
    return FALSE;
  shequ_cli_tell (cli, "%s", shequ_chart_get_finding (chart));
  return TRUE;
}
