#pragma once

#include "shequ-document.h"
#include "shequ-page-table.h"

G_BEGIN_DECLS

/**
 * ShequReport:
 * @title: the title, as "减负工作月报"
 * @unit: whose report it is
 * @period: what time it is about, as "2026年11月"
 * @findings: (nullable): sentences, one a line; %NULL for the finding of the chart
 * @chart: (nullable): the chart
 * @table_title: (nullable): what the table is about
 * @table: (nullable): the table; %NULL for none
 * @notes: (nullable): how the numbers came about, below the table
 * @handler: (nullable): who made it out
 * @date: (nullable): when, as 2026年12月1日
 *
 * The words and numbers of a report, ready for paper; nothing of it is taken over.
 */
typedef struct
{
  const char *title;
  const char *unit;
  const char *period;
  const char *findings;
  ShequChart *chart;
  const char *table_title;
  ShequPageTable *table;
  const char *notes;
  const char *handler;
  const char *date;
} ShequReport;

ShequDocument *shequ_report_document_new (const ShequReport *report);
ShequPageTable *shequ_report_table_for_chart (ShequChart *chart);

G_END_DECLS
