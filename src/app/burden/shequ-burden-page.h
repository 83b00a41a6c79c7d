#pragma once

#include "shequ-page.h"

G_BEGIN_DECLS

/**
 * ShequBurdenPage:
 *
 * Which department took how many hours: the chart, its numbers, the records behind them, and the report.
 */
#define SHEQU_TYPE_BURDEN_PAGE (shequ_burden_page_get_type ())
G_DECLARE_FINAL_TYPE (ShequBurdenPage, shequ_burden_page, SHEQU, BURDEN_PAGE, ShequPage)

G_END_DECLS
