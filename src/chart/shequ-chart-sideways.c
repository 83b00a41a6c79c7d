/* Charts whose bars lie: a category a line, for long names and for the pyramid of ages. */
#include "shequ-chart-layout.h"

#include "config.h"

#include <math.h>

#include "shequ-text-layout.h"

/**
 * shequ_chart_layout_is_sideways:
 * @self: a layout
 *
 * Returns: whether categories lie below each other and numbers go from left to right
 */
gboolean
shequ_chart_layout_is_sideways (const ShequChartLayout *self)
{
  ShequChartKind kind = shequ_chart_get_kind (self->chart);

  return kind == SHEQU_CHART_SIDEWAYS_BARS || kind == SHEQU_CHART_PYRAMID;
}

/**
 * shequ_chart_layout_get_x:
 * @self: a sideways layout
 * @slot: index into the fold; of a pyramid the first goes to the left
 * @number: a number after the divisor
 *
 * Returns: its place on the surface
 */
double
shequ_chart_layout_get_x (const ShequChartLayout *self, guint slot, double number)
{
  double share = shequ_axis_get_share (&self->axis, number);
  double half = self->plot_width / 2;

  if (shequ_chart_get_kind (self->chart) != SHEQU_CHART_PYRAMID)
    return self->plot_x + self->plot_width * share;
  return self->plot_x + half + (slot == 0 ? -half : half) * share;
}

static double
get_line (const ShequChartLayout *self)
{
  return self->plot_height / MAX (shequ_chart_get_n_categories (self->chart), 1);
}

/* The youngest stand at the foot of a pyramid. */
static double
get_line_y (const ShequChartLayout *self, guint category)
{
  guint line = shequ_chart_get_kind (self->chart) == SHEQU_CHART_PYRAMID
                 ? shequ_chart_get_n_categories (self->chart) - 1 - category
                 : category;

  return self->plot_y + line * get_line (self);
}

/**
 * shequ_chart_layout_find_line:
 * @self: a sideways layout
 * @y: a height on the surface
 *
 * Returns: the category whose line lies there, or -1
 */
int
shequ_chart_layout_find_line (const ShequChartLayout *self, double y)
{
  for (guint c = 0; c < shequ_chart_get_n_categories (self->chart); c++)
    if (y >= get_line_y (self, c) && y < get_line_y (self, c) + get_line (self))
      return (int) c;
  return -1;
}

static PangoLayout *
new_text (const ShequChartLayout *self, const char *text)
{
  return shequ_text_layout_new (self->context, SHEQU_TEXT_SANS, self->style.font_size * 0.9,
                                PANGO_WEIGHT_NORMAL, text);
}

static double
measure_labels (const ShequChartLayout *self)
{
  double widest = 0;

  for (guint c = 0; c < shequ_chart_get_n_categories (self->chart); c++)
    {
      g_autoptr (PangoLayout) layout = new_text (self, shequ_chart_get_category_label (self->chart, c));

      widest = MAX (widest, shequ_text_layout_get_width (layout));
    }
  return widest;
}

/* Every label, or as many as have room. */
static void
add_labels (ShequChartLayout *self, double room)
{
  double tall = self->style.font_size * 1.3;
  guint every = MAX (1, (guint) ceil (tall / MAX (get_line (self), 1)));
  /* Between them and a pyramid stand its numbers. */
  double gap =
    self->style.font_size * (shequ_chart_get_kind (self->chart) == SHEQU_CHART_PYRAMID ? 3.2 : 0.4);

  for (guint c = 0; c < shequ_chart_get_n_categories (self->chart); c += every)
    {
      g_autoptr (PangoLayout) layout = new_text (self, shequ_chart_get_category_label (self->chart, c));

      shequ_text_layout_clamp (layout, room, 1);
      shequ_chart_layout_add_text (self, layout, self->plot_x - gap - shequ_text_layout_get_width (layout),
                                   get_line_y (self, c) +
                                     (get_line (self) - shequ_text_layout_get_height (layout)) / 2);
    }
}

static void
add_tick (ShequChartLayout *self, guint slot, guint tick)
{
  double number = shequ_axis_get_tick (&self->axis, tick);
  g_autofree char *text =
    shequ_chart_format_value (self->chart, number * shequ_chart_get_divisor (self->chart));
  g_autoptr (PangoLayout) layout = new_text (self, text);

  shequ_chart_layout_add_text (
    self, layout, shequ_chart_layout_get_x (self, slot, number) - shequ_text_layout_get_width (layout) / 2,
    self->plot_y + self->plot_height + self->style.font_size * 0.2);
}

static void
add_bar (ShequChartLayout *self, guint slot, guint category, double y, double height)
{
  double value = shequ_chart_fold_get_value (&self->fold, self->chart, slot, category) /
                 shequ_chart_get_divisor (self->chart);
  double from = shequ_chart_layout_get_x (self, slot, 0), to;
  ShequChartMark mark = { (int) slot, { self->fold.slots[slot].series, (int) category }, 0, y, 0, height };

  if (isnan (value))
    return;
  to = shequ_chart_layout_get_x (self, slot, value);
  mark.x = MIN (from, to);
  mark.width = fabs (to - from);
  g_array_append_val (self->marks, mark);
}

static void
add_bars (ShequChartLayout *self, guint category)
{
  gboolean pyramid = shequ_chart_get_kind (self->chart) == SHEQU_CHART_PYRAMID;
  double room = get_line (self);
  double group = MIN (room * 0.8, self->style.font_size * 3 * self->fold.n_slots);
  double height = pyramid ? group : group / self->fold.n_slots;
  double y = get_line_y (self, category) + (room - group) / 2;

  for (guint s = 0; s < self->fold.n_slots; s++)
    add_bar (self, s, category, pyramid ? y : y + height * s, height);
}

/* The number at the end of each bar, where the bars are far enough apart for it. */
static void
add_numbers (ShequChartLayout *self)
{
  double em = self->style.font_size;
  gboolean pyramid = shequ_chart_get_kind (self->chart) == SHEQU_CHART_PYRAMID;
  double room = pyramid ? get_line (self) : get_line (self) / MAX (self->fold.n_slots, 1);

  for (guint i = 0; room > em && i < self->marks->len; i++)
    {
      const ShequChartMark *mark = &g_array_index (self->marks, ShequChartMark, i);
      double value = shequ_chart_fold_get_value (&self->fold, self->chart, (guint) mark->slot,
                                                 (guint) mark->piece.category);
      g_autofree char *text = shequ_chart_format_value (self->chart, value);
      g_autoptr (PangoLayout) layout = new_text (self, text);
      gboolean left = mark->slot == 0 && pyramid;
      double width = shequ_text_layout_get_width (layout);

      shequ_chart_layout_add_text (self, layout,
                                   left ? mark->x - width - em * 0.3 : mark->x + mark->width + em * 0.3,
                                   mark->y + (mark->height - shequ_text_layout_get_height (layout)) / 2);
    }
}

/**
 * shequ_chart_layout_place_sideways:
 * @self: a layout with its heading, its legend and its axis
 * @top: where the plot begins
 *
 * Places everything below the legend.
 */
void
shequ_chart_layout_place_sideways (ShequChartLayout *self, double top)
{
  gboolean pyramid = shequ_chart_get_kind (self->chart) == SHEQU_CHART_PYRAMID;
  double em = self->style.font_size;
  double margin = MIN (em * 0.8, MIN (self->width, self->height) * 0.05);
  double labels = MIN (measure_labels (self), self->width * 0.35);

  /* Numbers stand behind the bars, of a pyramid on both sides. */
  self->plot_x = margin + labels + em * (pyramid ? 3.4 : 0.6);
  self->plot_width = MAX (self->width - margin - em * 3.5 - self->plot_x, 1);
  self->plot_y = top + em * 0.4;
  self->plot_height = MAX (self->height - margin - em * 1.6 - self->plot_y, 1);
  add_labels (self, labels);
  for (guint tick = 0; tick < self->axis.n_ticks; tick++)
    for (guint side = tick == 0 ? 1 : 0; side < 2; side++)
      if (pyramid || side == 1)
        add_tick (self, side, tick);
  for (guint c = 0; c < shequ_chart_get_n_categories (self->chart); c++)
    add_bars (self, c);
  add_numbers (self);
}
