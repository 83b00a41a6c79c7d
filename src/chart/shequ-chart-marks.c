#include "shequ-chart-layout.h"

#include "config.h"

#include <math.h>

#include "shequ-text-layout.h"

static void
add_mark (ShequChartLayout *self, guint slot, guint category, double x, double y, double width, double height)
{
  ShequChartMark mark = { slot, { self->fold.slots[slot].series, category }, x, y, width, height };

  g_array_append_val (self->marks, mark);
}

static double
shown_value (const ShequChartLayout *self, guint slot, guint category)
{
  return shequ_chart_fold_get_value (&self->fold, self->chart, slot, category) /
         shequ_chart_get_divisor (self->chart);
}

static void
add_bar (ShequChartLayout *self, guint slot, guint category, double x, double width, double from, double to)
{
  double first = shequ_chart_layout_get_y (self, MAX (from, to));
  double last = shequ_chart_layout_get_y (self, MIN (from, to));

  add_mark (self, slot, category, x, first, width, last - first);
}

static void
add_bars (ShequChartLayout *self, guint category)
{
  double room = shequ_chart_layout_get_slot_width (self);
  double group = MIN (room * 0.75, self->style.font_size * 5 * self->fold.n_slots);
  double width = group / self->fold.n_slots;
  double x = shequ_chart_layout_get_slot_x (self, category) + (room - group) / 2;

  for (guint s = 0; s < self->fold.n_slots; s++)
    {
      double value = shown_value (self, s, category);

      if (!isnan (value))
        add_bar (self, s, category, x + width * s, width, 0, value);
    }
}

static void
add_stack (ShequChartLayout *self, guint category)
{
  double room = shequ_chart_layout_get_slot_width (self);
  double width = MIN (room * 0.75, self->style.font_size * 5);
  double x = shequ_chart_layout_get_slot_x (self, category) + (room - width) / 2;
  double above = 0, below = 0;

  for (guint s = 0; s < self->fold.n_slots; s++)
    {
      double value = shown_value (self, s, category);
      double *end = value < 0 ? &below : &above;

      if (isnan (value))
        continue;
      add_bar (self, s, category, x, width, *end, *end + value);
      *end += value;
    }
}

static void
add_points (ShequChartLayout *self, guint slot)
{
  double side = self->style.font_size * 0.55;

  for (guint c = 0; c < shequ_chart_get_n_categories (self->chart); c++)
    {
      double value = shown_value (self, slot, c);
      double x = shequ_chart_layout_get_slot_x (self, c) + shequ_chart_layout_get_slot_width (self) / 2;

      if (!isnan (value))
        add_mark (self, slot, c, x - side / 2, shequ_chart_layout_get_y (self, value) - side / 2, side, side);
    }
}

/**
 * shequ_chart_layout_add_marks:
 * @self: a layout with its plot and axis
 *
 * Places the bars or points.
 */
void
shequ_chart_layout_add_marks (ShequChartLayout *self)
{
  guint n_categories = shequ_chart_get_n_categories (self->chart);

  switch (shequ_chart_get_kind (self->chart))
    {
    case SHEQU_CHART_LINES:
      for (guint s = 0; s < self->fold.n_slots; s++)
        add_points (self, s);
      break;
    case SHEQU_CHART_STACKED_BARS:
      for (guint c = 0; c < n_categories; c++)
        add_stack (self, c);
      break;
    case SHEQU_CHART_SIDEWAYS_BARS:
    case SHEQU_CHART_PYRAMID:
      break;
    case SHEQU_CHART_BARS:
    default:
      for (guint c = 0; c < n_categories; c++)
        add_bars (self, c);
      break;
    }
}

static PangoLayout *
total_layout (const ShequChartLayout *self, double number)
{
  g_autofree char *text =
    shequ_chart_format_value (self->chart, number * shequ_chart_get_divisor (self->chart));

  return shequ_text_layout_new (self->context, SHEQU_TEXT_SANS, self->style.font_size * 0.85,
                                PANGO_WEIGHT_NORMAL, text);
}

/* The number at the end of each bar, in the order of the categories; NULL where there is none. */
static GPtrArray *
total_layouts (const ShequChartLayout *self, double *totals, double *widest)
{
  GPtrArray *layouts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_object_unref);

  *widest = 0;
  for (guint c = 0; c < shequ_chart_get_n_categories (self->chart); c++)
    {
      PangoLayout *layout = NULL;

      totals[c] = NAN;
      for (guint s = 0; s < self->fold.n_slots; s++)
        {
          double value = shown_value (self, s, c);

          if (!isnan (value))
            totals[c] = isnan (totals[c]) ? value : totals[c] + value;
        }
      if (!isnan (totals[c]))
        {
          layout = total_layout (self, totals[c]);
          *widest = MAX (*widest, shequ_text_layout_get_width (layout));
        }
      g_ptr_array_add (layouts, layout);
    }
  return layouts;
}

static gboolean
has_totals (const ShequChartLayout *self)
{
  switch (shequ_chart_get_kind (self->chart))
    {
    case SHEQU_CHART_BARS:
      return self->fold.n_slots == 1;
    case SHEQU_CHART_STACKED_BARS:
      return self->axis.minimum >= 0 && shequ_chart_get_additive (self->chart);
    case SHEQU_CHART_LINES:
    case SHEQU_CHART_SIDEWAYS_BARS:
    case SHEQU_CHART_PYRAMID:
    default:
      return FALSE;
    }
}

/**
 * shequ_chart_layout_add_totals:
 * @self: a layout with its marks
 *
 * Places the number at the end of each bar, if every one fits.
 */
void
shequ_chart_layout_add_totals (ShequChartLayout *self)
{
  guint n_categories = shequ_chart_get_n_categories (self->chart);
  g_autofree double *totals = g_new (double, n_categories + 1);
  g_autoptr (GPtrArray) layouts = NULL;
  double room = shequ_chart_layout_get_slot_width (self);
  double widest;

  if (!has_totals (self) || self->plot_height < self->style.font_size * 6)
    return;
  layouts = total_layouts (self, totals, &widest);
  if (widest + self->style.font_size * 0.4 > room)
    return;

  for (guint c = 0; c < n_categories; c++)
    {
      PangoLayout *layout = layouts->pdata[c];
      double x, y;

      if (layout == NULL)
        continue;
      x = shequ_chart_layout_get_slot_x (self, c) + (room - shequ_text_layout_get_width (layout)) / 2;
      y = shequ_chart_layout_get_y (self, totals[c]);
      if (totals[c] >= 0)
        y -= shequ_text_layout_get_height (layout);
      shequ_chart_layout_add_text (self, layout, x, y)->tone = SHEQU_CHART_TEXT_STRONG;
    }
}
