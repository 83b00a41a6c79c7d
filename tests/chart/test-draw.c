#include <math.h>

#include "chart-samples.h"
#include "shequ-chart-draw.h"
#include "shequ-chart-layout.h"
#include "shequ-locale.h"
#include "shequ-text-layout.h"

static GPtrArray *
all_samples (void)
{
  GPtrArray *charts = g_ptr_array_new_with_free_func (g_object_unref);
  static const ShequChartKind kinds[] = { SHEQU_CHART_BARS, SHEQU_CHART_STACKED_BARS, SHEQU_CHART_LINES };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_ptr_array_add (charts, shequ_chart_new (kinds[i]));
      g_ptr_array_add (charts, sample_hours (kinds[i], 1, 1));
      g_ptr_array_add (charts, sample_hours (kinds[i], 3, 12));
      g_ptr_array_add (charts, sample_hours (kinds[i], 8, 36));
      g_ptr_array_add (charts, sample_hours (kinds[i], 40, 36));
      g_ptr_array_add (charts, sample_mixed_signs (kinds[i]));
    }
  g_ptr_array_add (charts, sample_departments (5));
  g_ptr_array_add (charts, sample_departments (36));
  return charts;
}

typedef struct
{
  double x[4];
  double y[4];
} Quad;

static Quad
quad_of (const ShequChartText *text)
{
  double wide = shequ_text_layout_get_width (text->layout);
  double tall = shequ_text_layout_get_height (text->layout);
  double left = text->angle == 0 ? 0 : -wide;
  const double corners[4][2] = { { left, 0 }, { left + wide, 0 }, { left + wide, tall }, { left, tall } };
  Quad quad;

  for (guint i = 0; i < 4; i++)
    {
      quad.x[i] = text->x + corners[i][0] * cos (text->angle) - corners[i][1] * sin (text->angle);
      quad.y[i] = text->y + corners[i][0] * sin (text->angle) + corners[i][1] * cos (text->angle);
    }
  return quad;
}

/* Whether a side of the first quad divides the two. */
static gboolean
divides (const Quad *first, const Quad *second)
{
  for (guint side = 0; side < 4; side++)
    {
      double nx = first->y[(side + 1) % 4] - first->y[side];
      double ny = first->x[side] - first->x[(side + 1) % 4];
      double first_low = G_MAXDOUBLE, first_high = -G_MAXDOUBLE;
      double second_low = G_MAXDOUBLE, second_high = -G_MAXDOUBLE;

      for (guint i = 0; i < 4; i++)
        {
          double a = first->x[i] * nx + first->y[i] * ny;
          double b = second->x[i] * nx + second->y[i] * ny;

          first_low = MIN (first_low, a);
          first_high = MAX (first_high, a);
          second_low = MIN (second_low, b);
          second_high = MAX (second_high, b);
        }
      if (first_high <= second_low + 1e-6 || second_high <= first_low + 1e-6)
        return TRUE;
    }
  return FALSE;
}

static void
assert_texts_apart (const ShequChartLayout *layout)
{
  for (guint i = 0; i < layout->texts->len; i++)
    {
      const ShequChartText *text = &g_array_index (layout->texts, ShequChartText, i);
      Quad quad = quad_of (text);

      g_assert_cmpint (pango_layout_get_unknown_glyphs_count (text->layout), ==, 0);
      for (guint c = 0; c < 4; c++)
        {
          g_assert_cmpfloat (quad.x[c], >=, -1);
          g_assert_cmpfloat (quad.x[c], <=, layout->width + 1);
          g_assert_cmpfloat (quad.y[c], >=, -1);
          g_assert_cmpfloat (quad.y[c], <=, layout->height + 1);
        }
      for (guint j = 0; j < i; j++)
        {
          Quad other = quad_of (&g_array_index (layout->texts, ShequChartText, j));

          if (!divides (&quad, &other) && !divides (&other, &quad))
            g_error ("“%s” lies on “%s” at %g×%g", pango_layout_get_text (text->layout),
                     pango_layout_get_text (g_array_index (layout->texts, ShequChartText, j).layout),
                     layout->width, layout->height);
        }
    }
}

static void
assert_marks_inside (const ShequChartLayout *layout)
{
  double slack = layout->style.font_size;

  for (guint i = 0; i < layout->marks->len; i++)
    {
      const ShequChartMark *mark = &g_array_index (layout->marks, ShequChartMark, i);

      g_assert_true (isfinite (mark->x + mark->y + mark->width + mark->height));
      g_assert_cmpfloat (mark->height, >=, 0);
      g_assert_cmpfloat (mark->y, >=, layout->plot_y - slack);
      g_assert_cmpfloat (mark->y + mark->height, <=, layout->plot_y + layout->plot_height + slack);
      g_assert_cmpfloat (mark->x + mark->width, <=, layout->plot_x + layout->plot_width + slack);
    }
}

/* No words lie on each other and none is cut off, whatever the chart and its size. */
static void
test_layout (void)
{
  static const double sizes[][2] = {
    { 1, 1 },     { 8, 8 },     { 30, 200 },  { 200, 30 },   { 90, 90 },
    { 160, 120 }, { 320, 200 }, { 640, 400 }, { 1024, 480 }, { 2400, 1200 }
  };
  g_autoptr (GPtrArray) charts = all_samples ();

  for (guint i = 0; i < charts->len; i++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
      for (int theme = SHEQU_CHART_LIGHT; theme <= SHEQU_CHART_PAPER; theme++)
        {
          ShequChartStyle style = shequ_chart_style_for (theme);
          g_autoptr (ShequChartLayout) layout =
            shequ_chart_layout_new (charts->pdata[i], sizes[s][0], sizes[s][1], &style);

          assert_texts_apart (layout);
          assert_marks_inside (layout);
        }
}

static guint
count_ink (cairo_surface_t *surface)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  guint32 ground = *(const guint32 *) (gconstpointer) data;
  guint ink = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      ink += ((const guint32 *) (gconstpointer) (data + y * cairo_image_surface_get_stride (surface)))[x] !=
             ground;
  return ink;
}

static void
test_draw (void)
{
  static const int sizes[][2] = { { 1, 1 }, { 20, 20 }, { 90, 90 }, { 700, 420 } };
  g_autoptr (GPtrArray) charts = all_samples ();

  for (guint i = 0; i < charts->len; i++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
      for (int theme = SHEQU_CHART_LIGHT; theme <= SHEQU_CHART_PAPER; theme++)
        {
          cairo_surface_t *surface =
            cairo_image_surface_create (CAIRO_FORMAT_ARGB32, sizes[s][0], sizes[s][1]);
          cairo_t *cr = cairo_create (surface);
          ShequChartStyle style = shequ_chart_style_for (theme);

          style.highlight = (ShequChartPiece){ 0, 0 };
          shequ_chart_draw (charts->pdata[i], cr, sizes[s][0], sizes[s][1], &style);
          g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
          cairo_surface_flush (surface);
          if (sizes[s][0] >= 90)
            g_assert_cmpuint (count_ink (surface), >, 20);
          cairo_destroy (cr);
          cairo_surface_destroy (surface);
        }
}

/* The middle of every bar and point is that bar or point. */
static void
test_hit (void)
{
  g_autoptr (GPtrArray) charts = all_samples ();
  ShequChartStyle style = shequ_chart_style_for (SHEQU_CHART_LIGHT);

  for (guint i = 0; i < charts->len; i++)
    {
      ShequChart *chart = charts->pdata[i];
      g_autoptr (ShequChartLayout) layout = shequ_chart_layout_new (chart, 1400, 700, &style);

      for (guint m = 0; m < layout->marks->len; m++)
        {
          const ShequChartMark *mark = &g_array_index (layout->marks, ShequChartMark, m);
          ShequChartPiece piece;

          if (mark->height < 1)
            continue;
          g_assert_true (shequ_chart_hit (chart, 1400, 700, &style, mark->x + mark->width / 2,
                                          mark->y + mark->height / 2, &piece));
          g_assert_cmpint (piece.category, ==, mark->piece.category);
          if (shequ_chart_get_kind (chart) != SHEQU_CHART_LINES)
            g_assert_cmpint (piece.series, ==, mark->piece.series);
        }
    }
}

static void
test_hit_around (void)
{
  g_autoptr (ShequChart) chart = sample_hours (SHEQU_CHART_STACKED_BARS, 3, 6);
  g_autoptr (ShequChart) empty = shequ_chart_new (SHEQU_CHART_BARS);
  ShequChartStyle style = shequ_chart_style_for (SHEQU_CHART_LIGHT);
  g_autoptr (ShequChartLayout) layout = shequ_chart_layout_new (chart, 700, 400, &style);
  const ShequChartMark *entry = &g_array_index (layout->legend, ShequChartMark, 1);
  ShequChartPiece piece;

  g_assert_true (shequ_chart_hit (chart, 700, 400, &style, entry->x + 2, entry->y + 2, &piece));
  g_assert_cmpint (piece.series, ==, 1);
  g_assert_cmpint (piece.category, ==, SHEQU_CHART_NONE);

  g_assert_true (shequ_chart_hit (chart, 700, 400, &style, shequ_chart_layout_get_slot_x (layout, 4) + 1,
                                  layout->plot_y + 2, &piece));
  g_assert_cmpint (piece.series, ==, SHEQU_CHART_NONE);
  g_assert_cmpint (piece.category, ==, 4);

  g_assert_false (shequ_chart_hit (chart, 700, 400, &style, 1, 399, &piece));
  g_assert_false (shequ_chart_hit (chart, 700, 400, &style, 690, 2, &piece));
  g_assert_false (shequ_chart_hit (chart, 0, 0, &style, 0, 0, &piece));
  g_assert_false (shequ_chart_hit (empty, 700, 400, &style, 350, 200, &piece));
  g_assert_cmpint (piece.category, ==, SHEQU_CHART_NONE);
}

/* Every two fills of a theme differ in lightness, text stands out from the ground. */
static void
test_colors (void)
{
  for (int theme = SHEQU_CHART_LIGHT; theme <= SHEQU_CHART_PAPER; theme++)
    {
      double ground = shequ_chart_color_get_lightness (shequ_chart_theme_get_ground (theme));
      double quiet = shequ_chart_color_get_lightness (shequ_chart_theme_get_quiet_text (theme));

      g_assert_cmpfloat (fabs (ground - quiet), >, 55);
      for (guint i = 0; i <= SHEQU_CHART_MOST_SERIES; i++)
        {
          double one = shequ_chart_color_get_lightness (shequ_chart_theme_get_fill (theme, i));

          g_assert_cmpfloat (fabs (ground - one), >, 10);
          for (guint j = 0; j < i; j++)
            {
              double other = shequ_chart_color_get_lightness (shequ_chart_theme_get_fill (theme, j));

              g_assert_cmpfloat (fabs (one - other), >, 4);
            }
        }
    }
}

/* Lying bars stay on the surface, each in its line; of a pyramid the first series goes left, the young stand
 * below. */
static void
test_sideways (void)
{
  ShequChartStyle style = shequ_chart_style_for (SHEQU_CHART_LIGHT);
  g_autoptr (ShequChart) bars = sample_hours (SHEQU_CHART_SIDEWAYS_BARS, 1, 12);
  g_autoptr (ShequChart) pyramid = sample_hours (SHEQU_CHART_PYRAMID, 2, 12);
  ShequChart *charts[] = { bars, pyramid };

  for (guint i = 0; i < G_N_ELEMENTS (charts); i++)
    {
      g_autoptr (ShequChartLayout) layout = shequ_chart_layout_new (charts[i], 700, 500, &style);
      double middle = layout->plot_x + layout->plot_width / 2;
      ShequChartPiece piece;

      g_assert_cmpuint (layout->marks->len, ==, 12 * (i + 1));
      for (guint k = 0; k < layout->marks->len; k++)
        {
          const ShequChartMark *mark = &g_array_index (layout->marks, ShequChartMark, k);

          g_assert_cmpfloat (mark->x, >=, layout->plot_x - 0.5);
          g_assert_cmpfloat (mark->x + mark->width, <=, layout->plot_x + layout->plot_width + 0.5);
          g_assert_cmpint (shequ_chart_layout_find_line (layout, mark->y + mark->height / 2), ==,
                           mark->piece.category);
          if (i == 1 && mark->slot == 0)
            g_assert_cmpfloat (mark->x + mark->width, <=, middle + 0.5);
          if (mark->width < 4)
            continue;
          g_assert_true (shequ_chart_hit (charts[i], 700, 500, &style, mark->x + mark->width / 2,
                                          mark->y + mark->height / 2, &piece));
          g_assert_cmpint (piece.category, ==, mark->piece.category);
          g_assert_cmpint (piece.series, ==, mark->piece.series);
        }
    }
  {
    g_autoptr (ShequChartLayout) layout = shequ_chart_layout_new (pyramid, 700, 500, &style);

    g_assert_cmpfloat (g_array_index (layout->marks, ShequChartMark, 0).y, >,
                       g_array_index (layout->marks, ShequChartMark, layout->marks->len - 1).y);
  }
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/draw/layout", test_layout);
  g_test_add_func ("/draw/sideways", test_sideways);
  g_test_add_func ("/draw/draw", test_draw);
  g_test_add_func ("/draw/hit", test_hit);
  g_test_add_func ("/draw/hit-around", test_hit_around);
  g_test_add_func ("/draw/colors", test_colors);

  return g_test_run ();
}
