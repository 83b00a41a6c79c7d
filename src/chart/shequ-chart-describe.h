#pragma once

#include "shequ-chart.h"

G_BEGIN_DECLS

char *shequ_chart_describe (ShequChart *chart);
char *shequ_chart_describe_piece (ShequChart *chart, ShequChartPiece piece);
ShequChartPiece shequ_chart_step (ShequChart *chart, ShequChartPiece piece, int along, int across);

/**
 * ShequChartTableRow:
 * @label: the category, or the word for the total
 * @numbers: (array): a number for each column behind the first, after the divisor; NAN where nothing is known
 * @texts: (array zero-terminated=1): the same as words, as a reader sees them
 * @total: whether this is the row of totals
 *
 * A row of the table that says what a chart shows.
 */
typedef struct
{
  char *label;
  double *numbers;
  char **texts;
  gboolean total;
} ShequChartTableRow;

/**
 * ShequChartTable:
 * @heads: (array zero-terminated=1): heads of the columns, the first that of the labels
 * @n_numbers: columns of numbers: one less than the heads
 * @rows: (element-type ShequChartTableRow): the rows
 *
 * What a chart shows, as a table; every series, also those painted together.
 */
typedef struct
{
  char **heads;
  guint n_numbers;
  GPtrArray *rows;
} ShequChartTable;

ShequChartTable *shequ_chart_get_table (ShequChart *chart);
void shequ_chart_table_free (ShequChartTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequChartTable, shequ_chart_table_free)

G_END_DECLS
