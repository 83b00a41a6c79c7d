#include "shequ-chart-draw.h"

#include "config.h"

#include <math.h>

#include "shequ-chart-describe.h"
#include "shequ-chart-layout.h"
#include "shequ-chart-paint.h"
#include "shequ-text-layout.h"

static gboolean
has_highlight (const ShequChartStyle *style)
{
  return style->highlight.series != SHEQU_CHART_NONE || style->highlight.category != SHEQU_CHART_NONE;
}

static gboolean
is_highlighted (const ShequChartStyle *style, ShequChartPiece piece)
{
  ShequChartPiece wanted = style->highlight;

  return (wanted.series == SHEQU_CHART_NONE || wanted.series == piece.series) &&
         (wanted.category == SHEQU_CHART_NONE || wanted.category == piece.category);
}

static double
opacity_of (const ShequChartStyle *style, ShequChartPiece piece)
{
  return !has_highlight (style) || is_highlighted (style, piece) ? 1 : 0.3;
}

static void
paint_upright_grid (cairo_t *cr, const ShequChartLayout *layout)
{
  guint sides = shequ_chart_get_kind (layout->chart) == SHEQU_CHART_PYRAMID ? 2 : 1;

  for (guint i = 0; i < layout->axis.n_ticks * sides; i++)
    {
      double tick = shequ_axis_get_tick (&layout->axis, i / sides);
      double x = shequ_chart_layout_get_x (layout, i % sides, tick);

      cairo_move_to (cr, x, layout->plot_y);
      cairo_line_to (cr, x, layout->plot_y + layout->plot_height);
      cairo_set_line_width (cr, layout->style.font_size * (tick == 0 ? 0.09 : 0.05));
      shequ_chart_set_color (cr,
                             tick == 0 ? shequ_chart_theme_get_quiet_text (layout->style.theme)
                                       : shequ_chart_theme_get_grid (layout->style.theme),
                             1);
      cairo_stroke (cr);
    }
}

static void
paint_grid (cairo_t *cr, const ShequChartLayout *layout)
{
  double em = layout->style.font_size;

  if (shequ_chart_layout_is_sideways (layout))
    {
      paint_upright_grid (cr, layout);
      return;
    }
  for (guint i = 0; i < layout->axis.n_ticks; i++)
    {
      double tick = shequ_axis_get_tick (&layout->axis, i);
      double y = shequ_chart_layout_get_y (layout, tick);

      cairo_move_to (cr, layout->plot_x, y);
      cairo_line_to (cr, layout->plot_x + layout->plot_width, y);
      cairo_set_line_width (cr, em * (tick == 0 ? 0.09 : 0.05));
      if (tick == 0)
        shequ_chart_set_color (cr, shequ_chart_theme_get_quiet_text (layout->style.theme), 1);
      else
        shequ_chart_set_color (cr, shequ_chart_theme_get_grid (layout->style.theme), 1);
      cairo_stroke (cr);
    }
}

static void
paint_marks (cairo_t *cr, const ShequChartLayout *layout)
{
  gboolean lines = shequ_chart_get_kind (layout->chart) == SHEQU_CHART_LINES;

  if (lines)
    for (guint s = 0; s < layout->fold.n_slots; s++)
      {
        ShequChartPiece piece = { layout->fold.slots[s].series, layout->style.highlight.category };

        shequ_chart_paint_line (cr, layout, s, opacity_of (&layout->style, piece));
      }
  for (guint i = 0; i < layout->marks->len; i++)
    {
      const ShequChartMark *mark = &g_array_index (layout->marks, ShequChartMark, i);
      double opacity = opacity_of (&layout->style, mark->piece);

      if (lines)
        shequ_chart_paint_point (cr, layout, mark, opacity);
      else
        shequ_chart_paint_bar (cr, layout, mark, opacity);
    }
}

static void
paint_legend (cairo_t *cr, const ShequChartLayout *layout)
{
  for (guint i = 0; i < layout->legend->len; i++)
    {
      const ShequChartMark *entry = &g_array_index (layout->legend, ShequChartMark, i);
      ShequChartPiece piece = { entry->piece.series, layout->style.highlight.category };

      shequ_chart_paint_sample (cr, layout, entry, opacity_of (&layout->style, piece));
    }
}

static void
paint_texts (cairo_t *cr, const ShequChartLayout *layout)
{
  for (guint i = 0; i < layout->texts->len; i++)
    {
      const ShequChartText *text = &g_array_index (layout->texts, ShequChartText, i);

      if (text->tone == SHEQU_CHART_TEXT_STRONG)
        shequ_chart_set_color (cr, shequ_chart_theme_get_text (layout->style.theme), 1);
      else
        shequ_chart_set_color (cr, shequ_chart_theme_get_quiet_text (layout->style.theme), 1);
      cairo_save (cr);
      cairo_translate (cr, text->x, text->y);
      if (text->angle != 0)
        {
          cairo_rotate (cr, text->angle);
          cairo_translate (cr, -shequ_text_layout_get_width (text->layout), 0);
        }
      cairo_move_to (cr, 0, 0);
      pango_cairo_show_layout (cr, text->layout);
      cairo_restore (cr);
    }
}

/* Where the highlighted pieces lie together; FALSE if none is painted. */
static gboolean
find_highlight (const ShequChartLayout *layout, double *x, double *top, double *bottom)
{
  double left = G_MAXDOUBLE, right = -G_MAXDOUBLE;

  *top = G_MAXDOUBLE;
  *bottom = -G_MAXDOUBLE;
  for (guint i = 0; i < layout->marks->len; i++)
    {
      const ShequChartMark *mark = &g_array_index (layout->marks, ShequChartMark, i);

      if (!is_highlighted (&layout->style, mark->piece))
        continue;
      left = MIN (left, mark->x);
      right = MAX (right, mark->x + mark->width);
      *top = MIN (*top, mark->y);
      *bottom = MAX (*bottom, mark->y + mark->height);
    }
  *x = (left + right) / 2;
  return left <= right;
}

static void
paint_edges (cairo_t *cr, const ShequChartLayout *layout)
{
  cairo_set_line_width (cr, layout->style.font_size * 0.14);
  shequ_chart_set_color (cr, shequ_chart_theme_get_text (layout->style.theme), 1);
  for (guint i = 0; i < layout->marks->len; i++)
    {
      const ShequChartMark *mark = &g_array_index (layout->marks, ShequChartMark, i);

      if (is_highlighted (&layout->style, mark->piece))
        cairo_rectangle (cr, mark->x, mark->y, mark->width, mark->height);
    }
  cairo_stroke (cr);
}

static void
paint_bubble (cairo_t *cr, const ShequChartLayout *layout)
{
  double em = layout->style.font_size;
  double pad = em * 0.5;
  g_autofree char *words = shequ_chart_describe_piece (layout->chart, layout->style.highlight);
  g_autoptr (PangoLayout) text = NULL;
  double x, top, bottom, wide, tall;

  if (!find_highlight (layout, &x, &top, &bottom) || layout->width < em * 6)
    return;
  text = shequ_text_layout_new (layout->context, SHEQU_TEXT_SANS, em * 0.95, PANGO_WEIGHT_NORMAL, words);
  if (shequ_text_layout_get_width (text) > MIN (layout->width - pad * 4, em * 22))
    shequ_text_layout_clamp (text, MIN (layout->width - pad * 4, em * 22), 3);
  wide = shequ_text_layout_get_width (text) + pad * 2;
  tall = shequ_text_layout_get_height (text) + pad * 1.2;

  x = CLAMP (x - wide / 2, 0, MAX (layout->width - wide, 0));
  top = top - tall - pad >= 0 ? top - tall - pad : MIN (bottom + pad, layout->height - tall);
  top = MAX (top, 0);
  cairo_rectangle (cr, x, top, wide, tall);
  shequ_chart_set_color (cr, shequ_chart_theme_get_text (layout->style.theme), 0.94);
  cairo_fill (cr);
  shequ_chart_set_color (cr, shequ_chart_theme_get_ground (layout->style.theme), 1);
  cairo_move_to (cr, x + pad, top + pad * 0.6);
  pango_cairo_show_layout (cr, text);
}

/**
 * shequ_chart_draw:
 * @chart: a chart
 * @cr: where to paint, from (0, 0)
 * @width: width in units of @cr
 * @height: height in units of @cr
 * @style: how it is painted
 *
 * Paints the chart: the same for a widget, a printer, and pictures. Whatever has no room is left out, the
 * plot last.
 */
void
shequ_chart_draw (ShequChart *chart, cairo_t *cr, double width, double height, const ShequChartStyle *style)
{
  g_autoptr (ShequChartLayout) layout = NULL;

  g_return_if_fail (SHEQU_IS_CHART (chart));
  g_return_if_fail (cr != NULL && style != NULL);

  if (!(width >= 1 && height >= 1))
    return;
  layout = shequ_chart_layout_new (chart, width, height, style);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  if (style->background)
    {
      shequ_chart_set_color (cr, shequ_chart_theme_get_ground (style->theme), 1);
      cairo_paint (cr);
    }
  if (layout->marks->len > 0)
    paint_grid (cr, layout);
  paint_marks (cr, layout);
  paint_legend (cr, layout);
  paint_texts (cr, layout);
  if (has_highlight (style))
    {
      paint_edges (cr, layout);
      paint_bubble (cr, layout);
    }
  cairo_restore (cr);
}

static gboolean
contains (const ShequChartMark *mark, double x, double y, double slack)
{
  double more = MAX (slack - mark->height, 0) / 2;

  return x >= mark->x && x < mark->x + mark->width && y >= mark->y - more &&
         y < mark->y + mark->height + more;
}

/* Lines: the nearest point of the category, if the pointer is near it. */
static gboolean
hit_point (const ShequChartLayout *layout, double x, double y, ShequChartPiece *piece)
{
  double nearest = layout->style.font_size * 1.5;
  gboolean found = FALSE;

  for (guint i = 0; i < layout->marks->len; i++)
    {
      const ShequChartMark *mark = &g_array_index (layout->marks, ShequChartMark, i);
      double distance = hypot (mark->x + mark->width / 2 - x, mark->y + mark->height / 2 - y);

      if (distance < nearest)
        {
          nearest = distance;
          *piece = mark->piece;
          found = TRUE;
        }
    }
  return found;
}

static gboolean
hit_mark (const ShequChartLayout *layout, const GArray *marks, double x, double y, ShequChartPiece *piece)
{
  const double slacks[] = { 0, layout->style.font_size * 0.4 };

  /* An exact hit first: a thin bar must not steal from its neighbours. */
  for (guint pass = 0; pass < G_N_ELEMENTS (slacks); pass++)
    for (guint i = 0; i < marks->len; i++)
      {
        const ShequChartMark *mark = &g_array_index (marks, ShequChartMark, i);

        if (contains (mark, x, y, slacks[pass]))
          {
            *piece = mark->piece;
            return TRUE;
          }
      }
  return FALSE;
}

static gboolean
hit_slot (const ShequChartLayout *layout, double x, double y, ShequChartPiece *piece)
{
  double place = (x - layout->plot_x) / shequ_chart_layout_get_slot_width (layout);

  if (layout->marks->len == 0 || y < layout->plot_y || y > layout->height)
    return FALSE;
  if (shequ_chart_layout_is_sideways (layout))
    {
      *piece = (ShequChartPiece){ SHEQU_CHART_NONE, shequ_chart_layout_find_line (layout, y) };
      return piece->category >= 0;
    }
  if (place < 0 || place >= shequ_chart_get_n_categories (layout->chart))
    return FALSE;
  *piece = (ShequChartPiece){ SHEQU_CHART_NONE, (int) place };
  return TRUE;
}

/**
 * shequ_chart_hit:
 * @chart: a chart
 * @width: width it is painted in
 * @height: height it is painted in
 * @style: the style it is painted in
 * @x: a place
 * @y: a place
 * @piece: (out): what lies there: a bar or point, a series (in the legend), or a category (beside its bars
 *   and on its label)
 *
 * Finds what lies at a place.
 *
 * Returns: whether anything does
 */
gboolean
shequ_chart_hit (ShequChart *chart,
                 double width,
                 double height,
                 const ShequChartStyle *style,
                 double x,
                 double y,
                 ShequChartPiece *piece)
{
  g_autoptr (ShequChartLayout) layout = NULL;

  g_return_val_if_fail (SHEQU_IS_CHART (chart), FALSE);
  g_return_val_if_fail (style != NULL && piece != NULL, FALSE);

  *piece = (ShequChartPiece){ SHEQU_CHART_NONE, SHEQU_CHART_NONE };
  if (!(width >= 1 && height >= 1))
    return FALSE;
  layout = shequ_chart_layout_new (chart, width, height, style);
  if (hit_mark (layout, layout->legend, x, y, piece))
    return TRUE;
  if (shequ_chart_get_kind (chart) == SHEQU_CHART_LINES)
    {
      if (hit_point (layout, x, y, piece))
        return TRUE;
    }
  else if (hit_mark (layout, layout->marks, x, y, piece))
    return TRUE;
  return hit_slot (layout, x, y, piece);
}
