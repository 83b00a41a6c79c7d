#include "shequ-chart-layout.h"

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "shequ-text-layout.h"

/* Heading, legend and labels of the categories: all words of a chart but those of the ticks. */

static PangoLayout *
small_layout (const ShequChartLayout *self, const char *text)
{
  return shequ_text_layout_new (self->context, SHEQU_TEXT_SANS, self->style.font_size * 0.9,
                                PANGO_WEIGHT_NORMAL, text);
}

static void
add_heading_line (ShequChartLayout *self, const char *text, double size, PangoWeight weight, double *y)
{
  g_autoptr (PangoLayout) layout = NULL;
  double em = self->style.font_size;
  double tall;

  if (*text == '\0')
    return;
  layout = shequ_text_layout_new (self->context, SHEQU_TEXT_SANS, size, weight, text);
  shequ_text_layout_clamp (layout, self->width - em * 1.6, 2);
  tall = shequ_text_layout_get_height (layout);
  if (*y + tall > self->height * 0.4 || self->width < em * 6)
    return;
  shequ_chart_layout_add_text (self, layout, em * 0.8, *y)->tone = SHEQU_CHART_TEXT_STRONG;
  *y += tall + em * 0.2;
}

/**
 * shequ_chart_layout_add_heading:
 * @self: a layout
 * @y: (inout): top of the free room
 *
 * Places title and finding, unless they would take the room of the plot.
 */
void
shequ_chart_layout_add_heading (ShequChartLayout *self, double *y)
{
  double em = self->style.font_size;

  add_heading_line (self, shequ_chart_get_title (self->chart), em * 1.25, PANGO_WEIGHT_BOLD, y);
  add_heading_line (self, shequ_chart_get_finding (self->chart), em, PANGO_WEIGHT_NORMAL, y);
}

static char *
slot_name (const ShequChartLayout *self, guint slot)
{
  int series = self->fold.slots[slot].series;

  if (series == SHEQU_CHART_OTHER)
    return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "Other (%u series)", "Other (%u series)", self->fold.n_folded),
      self->fold.n_folded);
  return g_strdup (shequ_chart_get_series_name (self->chart, series));
}

/* Words that stand in the legend without a sample: the unit, and what is left out. */
static GPtrArray *
legend_notes (const ShequChartLayout *self)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func (g_free);

  if (*shequ_chart_get_unit (self->chart) != '\0')
    g_ptr_array_add (notes, g_strdup_printf (_ ("Unit: %s"), shequ_chart_get_unit (self->chart)));
  if (self->fold.n_folded > 1 && !shequ_chart_get_additive (self->chart))
    g_ptr_array_add (notes, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more in the table",
                                                          "%u more in the table", self->fold.n_folded),
                                             self->fold.n_folded));
  return notes;
}

typedef struct
{
  double x;
  double y;
  double gap;
} LegendPen;

static void
add_legend_entry (ShequChartLayout *self, const char *text, int slot, LegendPen *pen)
{
  g_autoptr (PangoLayout) layout = small_layout (self, text);
  double em = self->style.font_size;
  double left = em * 0.8;
  double line = shequ_chart_layout_get_line_height (self);
  double sample = slot >= 0 ? em * 1.5 : 0;
  double wide;

  if (shequ_text_layout_get_width (layout) > MIN (em * 14, self->width - left * 2 - sample))
    shequ_text_layout_clamp (layout, MIN (em * 14, self->width - left * 2 - sample), 1);
  wide = sample + shequ_text_layout_get_width (layout);
  if (pen->x > left && pen->x + wide > self->width - left)
    {
      pen->x = left;
      pen->y += line;
    }
  if (slot >= 0)
    {
      ShequChartMark mark = { slot, { self->fold.slots[slot].series, SHEQU_CHART_NONE }, pen->x, pen->y, wide,
                              line };

      g_array_append_val (self->legend, mark);
    }
  shequ_chart_layout_add_text (self, layout, pen->x + sample,
                               pen->y + (line - shequ_text_layout_get_height (layout)) / 2);
  pen->x += wide + pen->gap;
}

/**
 * shequ_chart_layout_add_legend:
 * @self: a layout
 * @y: (inout): top of the free room
 * @most_height: how high it may be; a higher one is left out
 *
 * Places the unit and the names of the series in lines from left to right.
 */
void
shequ_chart_layout_add_legend (ShequChartLayout *self, double *y, double most_height)
{
  g_autoptr (GPtrArray) notes = legend_notes (self);
  double em = self->style.font_size;
  LegendPen pen = { em * 0.8, *y, em };
  guint n_texts = self->texts->len;
  double bottom;

  if (self->width < em * 6)
    return;
  for (guint i = 0; i < notes->len; i++)
    add_legend_entry (self, notes->pdata[i], -1, &pen);
  if (self->fold.n_slots > 1)
    for (guint i = 0; i < self->fold.n_slots; i++)
      {
        g_autofree char *name = slot_name (self, i);

        add_legend_entry (self, name, i, &pen);
      }

  bottom = pen.y + shequ_chart_layout_get_line_height (self);
  if (self->texts->len == n_texts)
    return;
  if (bottom - *y > most_height)
    {
      g_array_set_size (self->texts, n_texts);
      g_array_set_size (self->legend, 0);
      return;
    }
  *y = bottom;
}

static GPtrArray *
category_layouts (const ShequChartLayout *self, double *widest)
{
  GPtrArray *layouts = g_ptr_array_new_with_free_func (g_object_unref);

  *widest = 0;
  for (guint i = 0; i < shequ_chart_get_n_categories (self->chart); i++)
    {
      PangoLayout *layout = small_layout (self, shequ_chart_get_category_label (self->chart, i));

      g_ptr_array_add (layouts, layout);
      *widest = MAX (*widest, shequ_text_layout_get_width (layout));
    }
  return layouts;
}

/* Whether every name fits above another half of itself in the room of its category. */
static gboolean
wrap_labels (const ShequChartLayout *self, GPtrArray *layouts, double gap)
{
  double room = shequ_chart_layout_get_slot_width (self) - gap;
  gboolean fit = room > self->style.font_size * 4;

  for (guint i = 0; fit && i < layouts->len; i++)
    {
      pango_layout_set_width (layouts->pdata[i], room * PANGO_SCALE);
      pango_layout_set_alignment (layouts->pdata[i], PANGO_ALIGN_CENTER);
      fit = pango_layout_get_line_count (layouts->pdata[i]) <= 2;
    }
  for (guint i = 0; !fit && i < layouts->len; i++)
    {
      pango_layout_set_width (layouts->pdata[i], -1);
      pango_layout_set_alignment (layouts->pdata[i], PANGO_ALIGN_LEFT);
    }
  return fit;
}

static double
add_wrapped_labels (ShequChartLayout *self, GPtrArray *layouts, double gap, double y)
{
  double tall = 0;

  for (guint i = 0; i < layouts->len; i++)
    {
      double x = shequ_chart_layout_get_slot_x (self, i) + gap / 2;

      shequ_chart_layout_add_text (self, layouts->pdata[i], x, y);
      tall = MAX (tall, shequ_text_layout_get_height (layouts->pdata[i]));
    }
  return tall;
}

static double
add_level_labels (ShequChartLayout *self, GPtrArray *layouts, double widest, double y)
{
  double slot = shequ_chart_layout_get_slot_width (self);
  double gap = self->style.font_size * 0.6;
  guint every = MAX (1, ceil ((widest + gap) / slot - 1e-9));
  double last_end = -gap;
  double tall = 0;

  for (guint i = 0; i < layouts->len; i += every)
    {
      PangoLayout *layout = layouts->pdata[i];
      double wide;
      double x;

      if (shequ_text_layout_get_width (layout) > self->width)
        shequ_text_layout_clamp (layout, self->width, 1);
      wide = shequ_text_layout_get_width (layout);
      x = shequ_chart_layout_get_slot_x (self, i) + (slot - wide) / 2;
      x = CLAMP (x, 0, MAX (self->width - wide, 0));
      if (x < last_end + gap && last_end > 0)
        continue;
      shequ_chart_layout_add_text (self, layout, x, y);
      last_end = x + wide;
      tall = MAX (tall, shequ_text_layout_get_height (layout));
    }
  return tall;
}

/* A turned name reaches to the left of its category: the plot gives way, but not much. */
static void
shift_plot (ShequChartLayout *self, PangoLayout *first, double line, double most_height)
{
  double reach = MIN ((shequ_text_layout_get_width (first) + line) / G_SQRT2, most_height);
  double middle = self->plot_x + shequ_chart_layout_get_slot_width (self) / 2;
  double share = 1 - 0.5 / shequ_chart_get_n_categories (self->chart);
  double shift = CLAMP ((reach - middle) / share + 0.1, 0, self->width * 0.12);

  self->plot_x += shift;
  self->plot_width -= shift;
}

/* Names are turned by 45 degrees around their end, which stands under the middle of their category. */
static double
add_turned_labels (ShequChartLayout *self, GPtrArray *layouts, double most_height, double y)
{
  double line = self->style.font_size * 1.35;
  double deepest = 0;
  double slot;
  guint every;

  shift_plot (self, layouts->pdata[0], line, most_height);
  slot = shequ_chart_layout_get_slot_width (self);
  every = MAX (1, ceil (line * G_SQRT2 / slot - 1e-9));
  for (guint i = 0; i < layouts->len; i += every)
    {
      PangoLayout *layout = layouts->pdata[i];
      double middle = shequ_chart_layout_get_slot_x (self, i) + slot / 2;
      double room = MIN (most_height, middle) * G_SQRT2 - line;
      ShequChartText *text;

      if (room < self->style.font_size * 2)
        continue;
      if (shequ_text_layout_get_width (layout) > room)
        shequ_text_layout_clamp (layout, room, 1);
      deepest = MAX (deepest, (shequ_text_layout_get_width (layout) + line) / G_SQRT2);
      text = shequ_chart_layout_add_text (self, layout, middle - line / 2 / G_SQRT2, y);
      text->angle = -G_PI / 4;
    }
  return deepest;
}

/**
 * shequ_chart_layout_add_category_labels:
 * @self: a layout whose plot still reaches down to the margin
 * @most_height: how high the labels may be
 *
 * Places the labels of the categories at the foot so that none lies on another: level if they fit,
 * thinned if they follow each other, in two lines or turned if they are names.
 *
 * Returns: the height they take
 */
double
shequ_chart_layout_add_category_labels (ShequChartLayout *self, double most_height)
{
  /* Half a line of the ticks' text reaches below the axis. */
  double widest, tall, gap = self->style.font_size * 0.66;
  g_autoptr (GPtrArray) layouts = category_layouts (self, &widest);
  double bottom = self->plot_y + self->plot_height;
  gboolean fit = widest + gap <= shequ_chart_layout_get_slot_width (self);
  guint first = self->texts->len;

  if (fit || layouts->len < 2 || shequ_chart_get_ordered (self->chart))
    tall = add_level_labels (self, layouts, widest, 0);
  else if (wrap_labels (self, layouts, gap))
    tall = add_wrapped_labels (self, layouts, gap, 0);
  else
    tall = add_turned_labels (self, layouts, most_height, 0);

  for (guint i = first; i < self->texts->len; i++)
    g_array_index (self->texts, ShequChartText, i).y = bottom - tall;
  return tall + gap;
}
