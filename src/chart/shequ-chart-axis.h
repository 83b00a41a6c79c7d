#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShequAxis:
 * @minimum: first tick
 * @maximum: last tick
 * @step: between two ticks
 * @n_ticks: number of ticks, at least 2
 * @decimals: digits that a tick's label needs
 *
 * An axis of numbers with round ticks.
 */
typedef struct
{
  double minimum;
  double maximum;
  double step;
  guint n_ticks;
  guint decimals;
} ShequAxis;

void shequ_axis_init (ShequAxis *axis, double lowest, double highest, guint most_ticks, guint decimals);
double shequ_axis_get_tick (const ShequAxis *axis, guint tick);
double shequ_axis_get_share (const ShequAxis *axis, double number);

G_END_DECLS
