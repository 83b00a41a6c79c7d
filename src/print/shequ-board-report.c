/* The monthly list of departments: admitted, pushed down, corrected. Every number is counted, none is typed.
 */
#include "shequ-board-report.h"

#include "config.h"

#include <stdlib.h>

#include "shequ-date.h"
#include "shequ-report-page.h"

#define N_COLUMNS 7

static void
add_row (ShequPageTable *table, const char *name, const guint *counts, gboolean strong)
{
  char *cells[N_COLUMNS + 1] = { (char *) name };

  for (guint i = 0; i + 1 < N_COLUMNS; i++)
    cells[i + 1] = g_strdup_printf ("%u", counts[i]);
  shequ_page_table_add_row (table, (const char *const *) cells, strong);
  for (guint i = 1; i < N_COLUMNS; i++)
    g_free (cells[i]);
}

static ShequPageTable *
new_table (const ShequBoard *board, guint *sums)
{
  ShequPageTable *table = shequ_page_table_new ();

  shequ_page_table_add_column (table, "部门", FALSE);
  shequ_page_table_add_column (table, "申请", TRUE);
  shequ_page_table_add_column (table, "准入", TRUE);
  shequ_page_table_add_column (table, "不予准入", TRUE);
  shequ_page_table_add_column (table, "未经准入", TRUE);
  shequ_page_table_add_column (table, "已整改", TRUE);
  shequ_page_table_add_column (table, "点名通报", TRUE);
  for (guint i = 0; i < board->departments->len; i++)
    {
      const ShequBoardDepartment *row = board->departments->pdata[i];
      guint counts[] = { row->filed, row->admitted, row->refused, row->pushed, row->corrected, row->named };

      for (guint j = 0; j + 1 < N_COLUMNS; j++)
        sums[j] += counts[j];
      add_row (table, row->name != NULL ? row->name : "—", counts, FALSE);
    }
  add_row (table, "合计", sums, TRUE);
  return table;
}

/**
 * shequ_board_document_new:
 * @board: what was counted
 * @unit: whose list it is
 * @handler: (nullable): who makes it out
 *
 * Returns: (transfer full): the monthly list of departments, in Chinese as all papers are
 */
ShequDocument *
shequ_board_document_new (const ShequBoard *board, const char *unit, const char *handler)
{
  guint sums[N_COLUMNS - 1] = { 0 };
  g_autoptr (ShequPageTable) table = new_table (board, sums);
  g_autofree char *period = g_strdup_printf ("%.4s年%d月", board->month, atoi (board->month + 5));
  g_autofree char *findings = g_strdup_printf (
    "本月部门申请%u项，准入%u项，不予准入%u项；未经准入直接布置%u项，已整改%u项，点名通报%u次。", sums[0],
    sums[1], sums[2], sums[3], sums[4], sums[5]);
  g_autofree char *date = NULL;
  ShequDate day;
  ShequReport report = { .title = "社区工作准入执行情况月报",
                         .unit = unit,
                         .period = period,
                         .findings = findings,
                         .table_title = "各部门情况",
                         .table = table,
                         .notes = "申请、未经准入按登记日期计；准入、不予准入、整改、通报按办理日期计。",
                         .handler = handler };

  if (shequ_date_from_iso (board->today, &day))
    report.date = date = shequ_date_format_chinese (&day);
  return shequ_report_document_new (&report);
}
