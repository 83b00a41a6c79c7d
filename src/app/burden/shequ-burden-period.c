#include "shequ-burden-period.h"

#include "config.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *label;
  int first; /* months before this one */
  int last;
} periods[SHEQU_N_BURDEN_PERIODS] = {
  [SHEQU_BURDEN_THIS_MONTH] = { N_ ("This month"), 0, 0 },
  [SHEQU_BURDEN_LAST_MONTH] = { N_ ("Last month"), 1, 1 },
  [SHEQU_BURDEN_TWELVE_MONTHS] = { N_ ("12 months"), 11, 0 },
  [SHEQU_BURDEN_THIS_YEAR] = { N_ ("This year"), -1, 0 },
};

const char *
shequ_burden_period_get_label (ShequBurdenPeriod period)
{
  return _ (periods[period].label);
}

/**
 * shequ_burden_period_get_days:
 * @period: a period
 * @today: the day it is, as `2026-11-22`
 * @from: (out): the first day, %SHEQU_DATE_TEXT_SIZE long
 * @to: (out): the last day, that of its month
 */
void
shequ_burden_period_get_days (ShequBurdenPeriod period, const char *today, char *from, char *to)
{
  ShequDate date = { 0 }, first, last;

  if (!shequ_date_from_iso (today, &date))
    g_return_if_reached ();
  date.day = 1;
  first = shequ_date_add_months (&date, -periods[period].first);
  if (periods[period].first < 0)
    first = (ShequDate){ date.year, 1, 1 };
  last = shequ_date_add_months (&date, -periods[period].last);
  last.day = shequ_date_month_length (last.year, last.month);
  shequ_date_to_iso (&first, from);
  shequ_date_to_iso (&last, to);
}
