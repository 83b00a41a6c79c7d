#include "shequ-chart-axis.h"

#include "config.h"

#include <math.h>

static double
round_step (double rough, guint decimals)
{
  static const double rounds[] = { 1, 2, 2.5, 5, 10 };
  double power = pow (10, floor (log10 (rough)));
  double least = pow (10, -(double) decimals);

  for (guint i = 0; i < G_N_ELEMENTS (rounds); i++)
    {
      double step = rounds[i] * power;
      double units = step / least;

      /* A tick must be a number that the labels can show. */
      if (step >= rough * (1 - 1e-9) && units >= 1 - 1e-9 && fabs (units - round (units)) < 1e-6)
        return step;
    }
  return MAX (10 * power, least);
}

static guint
needed_decimals (double step, guint decimals)
{
  for (guint i = 0; i < decimals; i++)
    {
      double units = step * pow (10, i);

      if (fabs (units - round (units)) < 1e-6)
        return i;
    }
  return decimals;
}

/**
 * shequ_axis_init:
 * @axis: (out caller-allocates): an axis
 * @lowest: the lowest number to show
 * @highest: the highest number to show
 * @most_ticks: how many ticks there is room for; at least 2 are made
 * @decimals: digits behind the point that labels may have
 *
 * Lays round ticks (1, 2, 2.5, 5 times a power of ten) around the numbers and zero.
 */
void
shequ_axis_init (ShequAxis *axis, double lowest, double highest, guint most_ticks, guint decimals)
{
  double low = MIN (lowest, 0);
  double high = MAX (highest, 0);
  guint intervals = MAX (most_ticks, 2) - 1;
  double first, last;

  if (high - low <= 0 || !isfinite (high - low))
    {
      low = 0;
      high = 1;
    }

  axis->step = round_step ((high - low) / intervals, decimals);
  for (;;)
    {
      first = floor (low / axis->step + 1e-9);
      last = ceil (high / axis->step - 1e-9);
      if (last - first <= intervals || intervals == 1)
        break;
      axis->step = round_step (axis->step * 1.01, decimals);
    }

  axis->minimum = first * axis->step;
  axis->maximum = last * axis->step;
  axis->n_ticks = (guint) (last - first) + 1;
  axis->decimals = needed_decimals (axis->step, decimals);
}

/**
 * shequ_axis_get_tick:
 * @axis: an axis
 * @tick: index from 0, the lowest
 *
 * Returns: the number at the tick
 */
double
shequ_axis_get_tick (const ShequAxis *axis, guint tick)
{
  double number = axis->minimum + tick * axis->step;

  return fabs (number) < axis->step * 1e-6 ? 0 : number;
}

/**
 * shequ_axis_get_share:
 * @axis: an axis
 * @number: a number
 *
 * Returns: where the number lies, 0 at the lowest tick and 1 at the highest
 */
double
shequ_axis_get_share (const ShequAxis *axis, double number)
{
  return (number - axis->minimum) / (axis->maximum - axis->minimum);
}
