#pragma once

#include "shequ-report-page.h"
#include "shequ-workload.h"

G_BEGIN_DECLS

/**
 * ShequBurdenReport:
 * @burden: what the hours went to
 * @unit: whose hours they are
 * @handler: (nullable): who made it out
 * @today: the day it is made out, as `2026-11-22`
 *
 * What the burden report is about; nothing of it is taken over.
 */
typedef struct
{
  const ShequBurden *burden;
  const char *unit;
  const char *handler;
  const char *today;
} ShequBurdenReport;

ShequChart *shequ_burden_chart_new (const ShequBurden *burden, const char *department);
char *shequ_burden_get_condition (const ShequBurden *burden, ShequChart *chart, ShequChartPiece piece);
ShequDocument *shequ_burden_document_new (const ShequBurdenReport *report, ShequChart *chart);

G_END_DECLS
