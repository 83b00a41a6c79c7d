#include "shequ-chart-layout.h"

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "shequ-number.h"
#include "shequ-text-layout.h"

static void
text_clear (gpointer data)
{
  g_clear_object (&((ShequChartText *) data)->layout);
}

/* The lowest and highest number to show, after the divisor. */
static void
find_range (const ShequChartLayout *self, double *lowest, double *highest)
{
  gboolean stacked = shequ_chart_get_kind (self->chart) == SHEQU_CHART_STACKED_BARS;
  double divisor = shequ_chart_get_divisor (self->chart);

  *lowest = *highest = 0;
  for (guint c = 0; c < shequ_chart_get_n_categories (self->chart); c++)
    {
      double below = 0, above = 0;

      for (guint s = 0; s < self->fold.n_slots; s++)
        {
          double value = shequ_chart_fold_get_value (&self->fold, self->chart, s, c) / divisor;

          if (isnan (value))
            continue;
          if (value < 0)
            below = stacked ? below + value : MIN (below, value);
          else
            above = stacked ? above + value : MAX (above, value);
        }
      *lowest = MIN (*lowest, below);
      *highest = MAX (*highest, above);
    }
}

static void
make_axis (ShequChartLayout *self, double height)
{
  double lowest, highest;
  guint ticks = CLAMP (height / (self->style.font_size * 3), 2, 8);

  find_range (self, &lowest, &highest);
  shequ_axis_init (&self->axis, lowest, highest, ticks, shequ_chart_get_decimals (self->chart));
}

static PangoLayout *
tick_layout (const ShequChartLayout *self, guint tick)
{
  g_autofree char *text = shequ_number_to_text (shequ_axis_get_tick (&self->axis, tick), self->axis.decimals);

  return shequ_text_layout_new (self->context, SHEQU_TEXT_SANS, self->style.font_size * 0.9,
                                PANGO_WEIGHT_NORMAL, text);
}

static double
measure_ticks (const ShequChartLayout *self)
{
  double widest = 0;

  for (guint i = 0; i < self->axis.n_ticks; i++)
    {
      g_autoptr (PangoLayout) layout = tick_layout (self, i);

      widest = MAX (widest, shequ_text_layout_get_width (layout));
    }
  return widest;
}

static void
add_ticks (ShequChartLayout *self)
{
  double last_top = G_MAXDOUBLE;

  for (guint i = 0; i < self->axis.n_ticks; i++)
    {
      g_autoptr (PangoLayout) layout = tick_layout (self, i);
      double tall = shequ_text_layout_get_height (layout);
      double y = shequ_chart_layout_get_y (self, shequ_axis_get_tick (&self->axis, i)) - tall / 2;

      if (y + tall > last_top)
        continue;
      shequ_chart_layout_add_text (
        self, layout, self->plot_x - self->style.font_size * 0.4 - shequ_text_layout_get_width (layout), y);
      last_top = y;
    }
}

static void
add_nothing_known (ShequChartLayout *self)
{
  g_autoptr (PangoLayout) layout = NULL;

  if (self->width < self->style.font_size * 6 || self->plot_height < self->style.font_size * 2)
    return;
  layout = shequ_text_layout_new (self->context, SHEQU_TEXT_SANS, self->style.font_size, PANGO_WEIGHT_NORMAL,
                                  _ ("No data in this period"));

  shequ_text_layout_clamp (layout, self->width, 1);
  shequ_chart_layout_add_text (self, layout, (self->width - shequ_text_layout_get_width (layout)) / 2,
                               self->plot_y +
                                 (self->plot_height - shequ_text_layout_get_height (layout)) / 2);
}

/* Room for the plot comes first: what does not leave it is left out. */
static void
place_plot (ShequChartLayout *self, double top)
{
  double em = self->style.font_size;
  double margin = MIN (em * 0.8, MIN (self->width, self->height) * 0.05);
  double room = MAX (self->height - margin - top, 0);
  gboolean labels = room > em * 6 && self->width > em * 10;

  make_axis (self, MAX (room - em * 2, 1));
  self->plot_y = top + (room > em * 4 ? em * 1.3 : 0);
  self->plot_x = margin + (labels ? MIN (measure_ticks (self) + em * 0.4, self->width * 0.4) : 0);
  self->plot_width = MAX (self->width - margin - self->plot_x, 1);
  self->plot_height = MAX (self->height - margin - self->plot_y, 1);
  if (labels)
    {
      self->plot_height -= shequ_chart_layout_add_category_labels (self, self->plot_height * 0.45);
      add_ticks (self);
    }
}

/**
 * shequ_chart_layout_new:
 * @chart: a chart
 * @width: width of the surface
 * @height: height of the surface
 * @style: how it is painted
 *
 * Places everything of the chart.
 *
 * Returns: (transfer full): the layout
 */
ShequChartLayout *
shequ_chart_layout_new (ShequChart *chart, double width, double height, const ShequChartStyle *style)
{
  ShequChartLayout *self = g_new0 (ShequChartLayout, 1);
  double top;

  self->chart = g_object_ref (chart);
  self->style = *style;
  self->width = MAX (width, 1);
  self->height = MAX (height, 1);
  self->context = shequ_text_context_new ();
  self->texts = g_array_new (FALSE, TRUE, sizeof (ShequChartText));
  g_array_set_clear_func (self->texts, text_clear);
  self->marks = g_array_new (FALSE, TRUE, sizeof (ShequChartMark));
  self->legend = g_array_new (FALSE, TRUE, sizeof (ShequChartMark));
  shequ_chart_fold_init (&self->fold, chart);

  top = MIN (style->font_size * 0.6, self->height * 0.05);
  if (style->heading)
    shequ_chart_layout_add_heading (self, &top);
  if (!shequ_chart_has_data (chart))
    {
      self->plot_y = top;
      self->plot_height = self->height - top;
      add_nothing_known (self);
      return self;
    }
  shequ_chart_layout_add_legend (self, &top, (self->height - top) * 0.4);
  if (shequ_chart_layout_is_sideways (self))
    {
      make_axis (self, self->width / (shequ_chart_get_kind (chart) == SHEQU_CHART_PYRAMID ? 4 : 2));
      shequ_chart_layout_place_sideways (self, top);
      return self;
    }
  place_plot (self, top);
  shequ_chart_layout_add_marks (self);
  shequ_chart_layout_add_totals (self);
  return self;
}

/**
 * shequ_chart_layout_free:
 * @self: a layout
 *
 * Frees the layout.
 */
void
shequ_chart_layout_free (ShequChartLayout *self)
{
  g_object_unref (self->chart);
  g_object_unref (self->context);
  shequ_chart_fold_clear (&self->fold);
  g_array_unref (self->texts);
  g_array_unref (self->marks);
  g_array_unref (self->legend);
  g_free (self);
}

/**
 * shequ_chart_layout_get_y:
 * @self: a layout
 * @number: a number after the divisor
 *
 * Returns: its height on the surface
 */
double
shequ_chart_layout_get_y (const ShequChartLayout *self, double number)
{
  return self->plot_y + self->plot_height * (1 - shequ_axis_get_share (&self->axis, number));
}

/**
 * shequ_chart_layout_get_slot_width:
 * @self: a layout
 *
 * Returns: the room of one category along the axis
 */
double
shequ_chart_layout_get_slot_width (const ShequChartLayout *self)
{
  return self->plot_width / MAX (shequ_chart_get_n_categories (self->chart), 1);
}

/**
 * shequ_chart_layout_get_slot_x:
 * @self: a layout
 * @category: an index
 *
 * Returns: where the room of the category begins
 */
double
shequ_chart_layout_get_slot_x (const ShequChartLayout *self, guint category)
{
  return self->plot_x + category * shequ_chart_layout_get_slot_width (self);
}

/**
 * shequ_chart_layout_get_line_height:
 * @self: a layout
 *
 * Returns: the height of a line of the legend or of labels
 */
double
shequ_chart_layout_get_line_height (const ShequChartLayout *self)
{
  return self->style.font_size * 1.6;
}

/**
 * shequ_chart_layout_add_text:
 * @self: a layout
 * @layout: a text
 * @x: its left edge
 * @y: its top
 *
 * Adds a quiet text.
 *
 * Returns: the text, for changes, until another is added
 */
ShequChartText *
shequ_chart_layout_add_text (ShequChartLayout *self, PangoLayout *layout, double x, double y)
{
  ShequChartText text = { g_object_ref (layout), x, y, 0, SHEQU_CHART_TEXT_QUIET };

  g_array_append_val (self->texts, text);
  return &g_array_index (self->texts, ShequChartText, self->texts->len - 1);
}
