#include "shequ-chart-paint.h"

#include "config.h"

#include <math.h>

typedef enum
{
  HATCH_RISING = 1 << 0,
  HATCH_FALLING = 1 << 1,
  HATCH_LEVEL = 1 << 2,
  HATCH_UPRIGHT = 1 << 3,
} Hatch;

/* By the place of the colour in the theme; the first is plain. */
static const Hatch hatches[SHEQU_CHART_MOST_SERIES + 1] = {
  0,
  HATCH_RISING,
  HATCH_LEVEL,
  HATCH_RISING | HATCH_FALLING,
  HATCH_FALLING,
  HATCH_UPRIGHT,
  HATCH_LEVEL | HATCH_UPRIGHT,
  0,
};

/**
 * shequ_chart_set_color:
 * @cr: a context
 * @color: a colour
 * @opacity: from 0 to 1
 *
 * Paints with the colour from now on.
 */
void
shequ_chart_set_color (cairo_t *cr, ShequChartColor color, double opacity)
{
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, opacity);
}

static void
hatch_lines (cairo_t *cr, Hatch hatch, double x, double y, double width, double height, double gap)
{
  /* Multiples of the gap from the origin, so that the hatching of neighbours lines up. */
  if (hatch & HATCH_LEVEL)
    for (double at = ceil (y / gap) * gap; at < y + height; at += gap)
      {
        cairo_move_to (cr, x, at);
        cairo_line_to (cr, x + width, at);
      }
  if (hatch & HATCH_UPRIGHT)
    for (double at = ceil (x / gap) * gap; at < x + width; at += gap)
      {
        cairo_move_to (cr, at, y);
        cairo_line_to (cr, at, y + height);
      }
  if (hatch & HATCH_RISING)
    for (double at = ceil ((x + y) / gap) * gap; at < x + y + width + height; at += gap)
      {
        cairo_move_to (cr, at - y, y);
        cairo_line_to (cr, at - y - height, y + height);
      }
  if (hatch & HATCH_FALLING)
    for (double at = ceil ((x - y - height) / gap) * gap; at < x - y + width; at += gap)
      {
        cairo_move_to (cr, at + y, y);
        cairo_line_to (cr, at + y + height, y + height);
      }
}

static void
paint_hatch (cairo_t *cr,
             const ShequChartLayout *layout,
             guint color,
             const ShequChartMark *mark,
             double opacity)
{
  double em = layout->style.font_size;
  ShequChartColor fill = shequ_chart_theme_get_fill (layout->style.theme, color);
  double lightness = shequ_chart_color_get_lightness (fill);
  ShequChartColor line = lightness < 60 ? (ShequChartColor){ 1, 1, 1 } : (ShequChartColor){ 0, 0, 0 };

  if (hatches[color] == 0 || mark->height < em * 0.1)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, mark->x, mark->y, mark->width, mark->height);
  cairo_clip (cr);
  hatch_lines (cr, hatches[color], mark->x, mark->y, mark->width, mark->height, em * 0.45);
  cairo_set_line_width (cr, em * 0.07);
  shequ_chart_set_color (cr, line, opacity * 0.8);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* Ink on paper; a light fill on a light ground has a darker edge; else a seam of the ground. */
static ShequChartColor
edge_color (ShequChartTheme theme, ShequChartColor fill)
{
  if (theme == SHEQU_CHART_PAPER)
    return shequ_chart_theme_get_quiet_text (theme);
  if (theme == SHEQU_CHART_LIGHT && shequ_chart_color_get_lightness (fill) > 65)
    return (ShequChartColor){ fill.red * 0.7, fill.green * 0.7, fill.blue * 0.7 };
  return shequ_chart_theme_get_ground (theme);
}

/**
 * shequ_chart_paint_bar:
 * @cr: a context
 * @layout: a layout
 * @mark: one of its bars
 * @opacity: from 0 to 1
 *
 * Paints a bar; with hatching on paper, and an edge where the fill stands out little from the ground.
 */
void
shequ_chart_paint_bar (cairo_t *cr,
                       const ShequChartLayout *layout,
                       const ShequChartMark *mark,
                       double opacity)
{
  ShequChartTheme theme = layout->style.theme;
  guint color = layout->fold.slots[mark->slot].color;
  ShequChartColor fill = shequ_chart_theme_get_fill (theme, color);
  double em = layout->style.font_size;

  if (mark->height <= 0)
    return;
  cairo_rectangle (cr, mark->x, mark->y, mark->width, mark->height);
  shequ_chart_set_color (cr, fill, opacity);
  cairo_fill (cr);
  if (theme == SHEQU_CHART_PAPER)
    paint_hatch (cr, layout, color, mark, opacity);

  if (mark->width < em * 0.3)
    return;
  cairo_rectangle (cr, mark->x, mark->y, mark->width, mark->height);
  cairo_set_line_width (cr, em * 0.06);
  shequ_chart_set_color (cr, edge_color (theme, fill), opacity);
  cairo_stroke (cr);
}

static void
point_path (cairo_t *cr, guint shape, double x, double y, double radius)
{
  static const struct
  {
    guint corners;
    double first;
  } shapes[] = { { 4, 0.25 }, { 3, 0.5 }, { 4, 0 }, { 3, 0 } };
  const double reach = radius * 1.25;
  guint corners;

  cairo_new_sub_path (cr);
  if (shape % 5 == 0)
    {
      cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
      return;
    }
  corners = shapes[shape % 5 - 1].corners;
  for (guint i = 0; i < corners; i++)
    {
      double turn = 2 * G_PI * i / corners + shapes[shape % 5 - 1].first * G_PI;

      cairo_line_to (cr, x + reach * sin (turn), y + reach * cos (turn));
    }
  cairo_close_path (cr);
}

/**
 * shequ_chart_paint_point:
 * @cr: a context
 * @layout: a layout
 * @mark: one of its points
 * @opacity: from 0 to 1
 *
 * Paints the mark of a line: each line has a shape, so that lines differ without colour.
 */
void
shequ_chart_paint_point (cairo_t *cr,
                         const ShequChartLayout *layout,
                         const ShequChartMark *mark,
                         double opacity)
{
  ShequChartTheme theme = layout->style.theme;
  guint color = layout->fold.slots[mark->slot].color;
  gboolean hollow = color >= 5;

  point_path (cr, color, mark->x + mark->width / 2, mark->y + mark->height / 2, mark->width / 2);
  if (hollow)
    shequ_chart_set_color (cr, shequ_chart_theme_get_ground (theme), 1);
  else
    shequ_chart_set_color (cr, shequ_chart_theme_get_fill (theme, color), opacity);
  cairo_fill_preserve (cr);
  cairo_set_line_width (cr, layout->style.font_size * (hollow ? 0.12 : 0.06));
  if (hollow)
    shequ_chart_set_color (cr, shequ_chart_theme_get_fill (theme, color), opacity);
  else
    shequ_chart_set_color (cr, shequ_chart_theme_get_quiet_text (theme), opacity);
  cairo_stroke (cr);
}

static void
set_line (cairo_t *cr, const ShequChartLayout *layout, guint color, double opacity)
{
  double em = layout->style.font_size;
  const double dashes[] = { em * (0.4 + 0.3 * (color % 4)), em * 0.3 };

  cairo_set_line_width (cr, em * 0.15);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (cr, dashes, layout->style.theme == SHEQU_CHART_PAPER && color % 4 != 0 ? 2 : 0, 0);
  shequ_chart_set_color (cr, shequ_chart_theme_get_fill (layout->style.theme, color), opacity);
}

/**
 * shequ_chart_paint_line:
 * @cr: a context
 * @layout: a layout
 * @slot: which of the painted series
 * @opacity: from 0 to 1
 *
 * Paints the line through the points of a series; it breaks where a value is not known.
 */
void
shequ_chart_paint_line (cairo_t *cr, const ShequChartLayout *layout, guint slot, double opacity)
{
  int last_category = -2;

  cairo_save (cr);
  set_line (cr, layout, layout->fold.slots[slot].color, opacity);
  for (guint i = 0; i < layout->marks->len; i++)
    {
      const ShequChartMark *mark = &g_array_index (layout->marks, ShequChartMark, i);
      double x = mark->x + mark->width / 2;
      double y = mark->y + mark->height / 2;

      if (mark->slot != (int) slot)
        continue;
      if (mark->piece.category == last_category + 1)
        cairo_line_to (cr, x, y);
      else
        cairo_move_to (cr, x, y);
      last_category = mark->piece.category;
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

/**
 * shequ_chart_paint_sample:
 * @cr: a context
 * @layout: a layout
 * @entry: an entry of its legend
 * @opacity: from 0 to 1
 *
 * Paints the sample beside a name in the legend.
 */
void
shequ_chart_paint_sample (cairo_t *cr,
                          const ShequChartLayout *layout,
                          const ShequChartMark *entry,
                          double opacity)
{
  double em = layout->style.font_size;
  double middle = entry->y + entry->height / 2;
  ShequChartMark sample = { entry->slot, entry->piece, entry->x, middle - em * 0.45, em * 1.2, em * 0.9 };

  if (shequ_chart_get_kind (layout->chart) != SHEQU_CHART_LINES)
    {
      shequ_chart_paint_bar (cr, layout, &sample, opacity);
      return;
    }
  cairo_save (cr);
  set_line (cr, layout, layout->fold.slots[entry->slot].color, opacity);
  cairo_move_to (cr, entry->x, middle);
  cairo_line_to (cr, entry->x + em * 1.2, middle);
  cairo_stroke (cr);
  cairo_restore (cr);
  sample = (ShequChartMark){
    entry->slot, entry->piece, entry->x + em * 0.33, middle - em * 0.27, em * 0.55, em * 0.55,
  };
  shequ_chart_paint_point (cr, layout, &sample, opacity);
}
