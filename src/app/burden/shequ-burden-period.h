#pragma once

#include "shequ-date.h"

G_BEGIN_DECLS

typedef enum
{
  SHEQU_BURDEN_THIS_MONTH,
  SHEQU_BURDEN_LAST_MONTH,
  SHEQU_BURDEN_TWELVE_MONTHS,
  SHEQU_BURDEN_THIS_YEAR,
  SHEQU_N_BURDEN_PERIODS,
} ShequBurdenPeriod;

const char *shequ_burden_period_get_label (ShequBurdenPeriod period);
void shequ_burden_period_get_days (ShequBurdenPeriod period, const char *today, char *from, char *to);

G_END_DECLS
