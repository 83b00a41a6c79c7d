#include "shequ-report-page.h"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "shequ-chart-describe.h"
#include "shequ-page-parts.h"

#define LEFT SHEQU_MARGIN_LEFT
#define WIDTH SHEQU_TEXT_WIDTH
#define BOTTOM (SHEQU_A4_HEIGHT - SHEQU_MARGIN_BOTTOM)
#define CHART_HEIGHT 86.0

/* Where the next thing goes. */
typedef struct
{
  ShequDocument *document;
  ShequPaperPage *page;
  double y;
} Pen;

static void
turn_page (Pen *pen)
{
  pen->page = shequ_document_add_page (pen->document);
  pen->y = SHEQU_MARGIN_TOP;
}

static void
need_room (Pen *pen, double height)
{
  if (pen->y + height > BOTTOM)
    turn_page (pen);
}

static void
add_block (Pen *pen, const ShequPageType *type, const char *text, double gap)
{
  if (text == NULL || *text == '\0')
    return;
  need_room (pen, shequ_paper_page_measure (pen->page, type, text, WIDTH, NULL));
  pen->y += shequ_paper_page_add_text (pen->page, type, text, LEFT, pen->y, WIDTH) + gap;
}

static void
add_head (Pen *pen, const ShequReport *report)
{
  ShequPageType type = { .face = SHEQU_FACE_TITLE, .size = SHEQU_SIZE_2, .align = SHEQU_ALIGN_CENTER };
  g_autofree char *below = g_strjoin ("　", report->unit, report->period, NULL);

  add_block (pen, &type, report->title, 2);
  type = (ShequPageType){ .face = SHEQU_FACE_NAME, .size = SHEQU_SIZE_4, .align = SHEQU_ALIGN_CENTER };
  add_block (pen, &type, below, 3);
}

static void
add_findings (Pen *pen, const ShequReport *report)
{
  ShequPageType type = shequ_page_type_body ();
  const char *findings = report->findings;
  g_auto (GStrv) lines = NULL;

  if (findings == NULL)
    findings = report->chart == NULL ? "" : shequ_chart_get_finding (report->chart);
  lines = g_strsplit (findings, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    add_block (pen, &type, *line, 0);
  pen->y += 3;
}

static void
add_chart (Pen *pen, ShequChart *chart)
{
  ShequPageType type = { .face = SHEQU_FACE_STRONG, .size = SHEQU_SIZE_SMALL_4, .align = SHEQU_ALIGN_CENTER };

  if (chart == NULL)
    return;
  need_room (pen, CHART_HEIGHT + 10);
  add_block (pen, &type, shequ_chart_get_title (chart), 1);
  shequ_paper_page_add_chart (pen->page, chart, LEFT, pen->y, WIDTH, CHART_HEIGHT);
  pen->y += CHART_HEIGHT + 4;
}

static void
add_table (Pen *pen, const ShequReport *report)
{
  ShequPageType type = { .face = SHEQU_FACE_STRONG, .size = SHEQU_SIZE_SMALL_4, .align = SHEQU_ALIGN_CENTER };
  guint n_rows, next = 0;

  if (report->table == NULL || shequ_page_table_get_n_columns (report->table) == 0)
    return;
  n_rows = shequ_page_table_get_n_rows (report->table);
  need_room (pen, 35);
  add_block (pen, &type, report->table_title, 1.5);
  for (;;)
    {
      next = shequ_page_table_place (report->table, pen->page, next, LEFT, &pen->y, WIDTH, BOTTOM);
      if (next >= n_rows)
        break;
      turn_page (pen);
    }
  pen->y += 3;
}

static void
add_end (Pen *pen, const ShequReport *report)
{
  ShequPageType type = { .face = SHEQU_FACE_FIGURE, .size = SHEQU_SIZE_5, .align = SHEQU_ALIGN_JUSTIFY };
  g_autofree char *handler = NULL;
  GString *line = g_string_new (NULL);

  add_block (pen, &type, report->notes, 3);
  if (report->handler != NULL && *report->handler != '\0')
    {
      handler = g_strdup_printf (_ ("Made out by: %s"), report->handler);
      g_string_append (line, handler);
    }
  if (report->date != NULL && *report->date != '\0')
    g_string_append_printf (line, "%s%s", line->len > 0 ? "　　" : "", report->date);
  type = (ShequPageType){ .face = SHEQU_FACE_BODY, .size = SHEQU_SIZE_4, .align = SHEQU_ALIGN_RIGHT };
  add_block (pen, &type, line->str, 0);
  g_string_free (line, TRUE);
}

/**
 * shequ_report_document_new:
 * @report: what it says
 *
 * Sets a report on sheets of A4 by the measures of GB/T 9704-2012: title, unit and period, findings, chart,
 * table with its head on every page, notes, who and when, page numbers.
 *
 * Returns: (transfer full): the document
 */
ShequDocument *
shequ_report_document_new (const ShequReport *report)
{
  g_autofree char *title = NULL;
  Pen pen = { 0 };

  g_return_val_if_fail (report != NULL && report->title != NULL, NULL);
  g_return_val_if_fail (report->unit != NULL && report->period != NULL, NULL);

  title = g_strdup_printf ("%s %s", report->title, report->period);
  pen.document = shequ_document_new (title, SHEQU_PAPER_UPRIGHT);
  shequ_document_set_author (pen.document, report->unit);
  if (report->chart != NULL)
    shequ_document_set_subject (pen.document, shequ_chart_get_finding (report->chart));
  turn_page (&pen);
  add_head (&pen, report);
  add_findings (&pen, report);
  add_chart (&pen, report->chart);
  add_table (&pen, report);
  add_end (&pen, report);
  for (guint i = 0; i < shequ_document_get_n_pages (pen.document); i++)
    shequ_page_add_page_number (shequ_document_get_page (pen.document, i), i + 1);
  return pen.document;
}

/**
 * shequ_report_table_for_chart:
 * @chart: a chart
 *
 * Makes the table that says what the chart shows, with totals. If there are more series than categories, the
 * series are the rows, because a page is narrow.
 *
 * Returns: (transfer full): the table
 */
ShequPageTable *
shequ_report_table_for_chart (ShequChart *chart)
{
  g_autoptr (ShequChartTable) source = shequ_chart_get_table (chart);
  ShequPageTable *table = shequ_page_table_new ();
  gboolean turned = source->n_numbers > source->rows->len;
  guint n_rows = turned ? source->n_numbers : source->rows->len;
  guint n_columns = turned ? source->rows->len : source->n_numbers;
  gboolean last_is_total = shequ_chart_get_additive (chart) && n_rows > 1;

  shequ_page_table_add_column (table, turned ? "" : source->heads[0], FALSE);
  for (guint c = 0; c < n_columns; c++)
    shequ_page_table_add_column (
      table, turned ? ((ShequChartTableRow *) source->rows->pdata[c])->label : source->heads[c + 1], TRUE);
  for (guint r = 0; r < n_rows; r++)
    {
      g_autoptr (GPtrArray) cells = g_ptr_array_new ();

      g_ptr_array_add (cells, turned ? source->heads[r + 1]
                                     : ((ShequChartTableRow *) source->rows->pdata[r])->label);
      for (guint c = 0; c < n_columns; c++)
        {
          ShequChartTableRow *row = source->rows->pdata[turned ? c : r];

          g_ptr_array_add (cells, row->texts[turned ? r : c]);
        }
      g_ptr_array_add (cells, NULL);
      shequ_page_table_add_row (table, (const char *const *) cells->pdata, last_is_total && r + 1 == n_rows);
    }
  return table;
}
