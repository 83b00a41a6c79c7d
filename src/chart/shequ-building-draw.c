/* Ink for the picture of a building. */
#include "config.h"

#include <math.h>

#include "shequ-building-layout.h"
#include "shequ-text-layout.h"

#define LEAST_READABLE 5.0 /* text below this height is left out */
#define DARK_ENOUGH 58.0   /* on fills darker than this, letters are white */
#define SIGNS_IN_FULL 3    /* of so many groups are written in full size */
#define PAPER_TINT 0.55    /* how much of a colour is laid on paper */

typedef struct
{
  cairo_t *cr;
  ShequBuildingPicture *picture;
  const ShequChartStyle *style;
  PangoContext *context;
} Painting;

static void
set_color (cairo_t *cr, ShequChartColor color)
{
  cairo_set_source_rgb (cr, color.red, color.green, color.blue);
}

static ShequChartColor
get_fill (const Painting *painting, guint slot)
{
  ShequChartColor color, ground = shequ_chart_theme_get_ground (painting->style->theme);

  if (slot == SHEQU_PICTURE_PLAIN)
    return ground;
  color = shequ_chart_theme_get_fill (painting->style->theme, slot);
  if (painting->style->theme != SHEQU_CHART_PAPER)
    return color;
  color.red = ground.red + (color.red - ground.red) * PAPER_TINT;
  color.green = ground.green + (color.green - ground.green) * PAPER_TINT;
  color.blue = ground.blue + (color.blue - ground.blue) * PAPER_TINT;
  return color;
}

static ShequChartColor
get_ink (ShequChartColor fill)
{
  return shequ_chart_color_get_lightness (fill) < DARK_ENOUGH ? (ShequChartColor){ 1, 1, 1 }
                                                              : (ShequChartColor){ 0.05, 0.05, 0.05 };
}

/* A line of text in a box, at its left, middle or right, in the middle of its height. */
static void
draw_text (const Painting *painting,
           const char *text,
           double size,
           PangoWeight weight,
           const ShequPictureBox *box,
           double along)
{
  PangoLayout *layout;
  double width;

  if (text == NULL || *text == '\0' || size < LEAST_READABLE)
    return;
  layout = shequ_text_layout_new (painting->context, SHEQU_TEXT_SANS, size, weight, text);
  shequ_text_layout_clamp (layout, box->width, 1);
  width = shequ_text_layout_get_width (layout);
  cairo_move_to (painting->cr, box->x + MAX (box->width - width, 0) * along,
                 box->y + (box->height - shequ_text_layout_get_height (layout)) / 2);
  pango_cairo_show_layout (painting->cr, layout);
  g_object_unref (layout);
}

static void
draw_outline (const Painting *painting, const ShequPictureBox *box, guint slot)
{
  cairo_rectangle (painting->cr, box->x, box->y, box->width, box->height);
  set_color (painting->cr, get_fill (painting, slot));
  cairo_fill_preserve (painting->cr);
  set_color (painting->cr, shequ_chart_theme_get_quiet_text (painting->style->theme));
  cairo_set_line_width (painting->cr, painting->style->font_size / 16);
  if (slot == SHEQU_PICTURE_PLAIN)
    cairo_set_dash (painting->cr, (double[]){ painting->style->font_size / 4 }, 1, 0);
  cairo_stroke (painting->cr);
  cairo_set_dash (painting->cr, NULL, 0, 0);
}

/* A disc with a ring around it, to be seen on any colour. */
static void
draw_mark (const Painting *painting, double x, double y)
{
  double radius = painting->style->font_size * 0.3;

  cairo_new_path (painting->cr);
  cairo_arc (painting->cr, x, y, radius, 0, 2 * G_PI);
  set_color (painting->cr, (ShequChartColor){ 0.75, 0.05, 0.1 });
  cairo_fill_preserve (painting->cr);
  set_color (painting->cr, (ShequChartColor){ 1, 1, 1 });
  cairo_set_line_width (painting->cr, radius / 2);
  cairo_stroke (painting->cr);
}

/* Signs of many groups are written smaller, so that all of them stand there. */
static double
get_sign_size (const char *sign, double size)
{
  glong length = g_utf8_strlen (sign, -1);

  return length <= SIGNS_IN_FULL ? size : MAX (size * SIGNS_IN_FULL / (double) length, LEAST_READABLE);
}

static void
draw_cell (const Painting *painting,
           const ShequPictureCell *cell,
           const ShequPictureBox *box,
           gboolean bright)
{
  const ShequPictureGroup *group = shequ_building_picture_get_group (painting->picture, cell->group);
  const double size = painting->style->font_size;
  ShequPictureBox upper = { box->x + size * 0.25, box->y + size * 0.1, box->width - size * 0.5, size * 1.3 };
  ShequPictureBox lower = { upper.x, box->y + size * 1.35, upper.width, size * 1.25 };
  ShequChartColor plain = shequ_chart_theme_get_text (painting->style->theme);
  const char *sign = cell->sign != NULL ? cell->sign : group->letter;

  draw_outline (painting, box, group->slot);
  set_color (painting->cr,
             group->slot == SHEQU_PICTURE_PLAIN ? plain : get_ink (get_fill (painting, group->slot)));
  draw_text (painting, cell->label, size, PANGO_WEIGHT_NORMAL, &upper, 0);
  draw_text (painting, sign, get_sign_size (sign, size * 0.92), PANGO_WEIGHT_BOLD, &lower, 0);
  draw_text (painting, cell->value, size * 0.92, PANGO_WEIGHT_NORMAL, &lower, 1);
  if (cell->marked)
    draw_mark (painting, box->x + box->width - size * 0.5, box->y + size * 0.5);
  if (!bright)
    return;
  cairo_rectangle (painting->cr, box->x - 1, box->y - 1, box->width + 2, box->height + 2);
  set_color (painting->cr, plain);
  cairo_set_line_width (painting->cr, size / 5);
  cairo_stroke (painting->cr);
}

static void
draw_legend (const Painting *painting, const ShequBuildingLayout *layout)
{
  const double size = painting->style->font_size;

  for (guint i = 0; i < layout->legend->len; i++)
    {
      const ShequPictureNote *note = &g_array_index (layout->legend, ShequPictureNote, i);
      ShequPictureBox key = { note->box.x, note->box.y + size * 0.2, size * 1.5, size * 1.5 };
      ShequPictureBox words = { note->box.x + size * 2, note->box.y, note->box.width - size * 1.4,
                                note->box.height };

      if (i < shequ_building_picture_get_n_groups (painting->picture))
        {
          const ShequPictureGroup *group = shequ_building_picture_get_group (painting->picture, i);
          gboolean plain = group->slot == SHEQU_PICTURE_PLAIN;

          draw_outline (painting, &key, group->slot);
          set_color (painting->cr, plain ? shequ_chart_theme_get_text (painting->style->theme)
                                         : get_ink (get_fill (painting, group->slot)));
          draw_text (painting, group->letter, size * 0.92, PANGO_WEIGHT_BOLD, &key, 0.5);
        }
      else
        draw_mark (painting, key.x + key.width / 2, key.y + key.height / 2);
      set_color (painting->cr, shequ_chart_theme_get_text (painting->style->theme));
      draw_text (painting, note->text, size, PANGO_WEIGHT_NORMAL, &words, 0);
    }
}

static void
draw_notes (const Painting *painting, const GArray *notes, PangoWeight weight, double along)
{
  set_color (painting->cr, weight == PANGO_WEIGHT_BOLD
                             ? shequ_chart_theme_get_text (painting->style->theme)
                             : shequ_chart_theme_get_quiet_text (painting->style->theme));
  for (guint i = 0; i < notes->len; i++)
    {
      const ShequPictureNote *note = &g_array_index (notes, ShequPictureNote, i);

      draw_text (painting, note->text, painting->style->font_size, weight, &note->box, along);
    }
}

static gboolean
is_seen (const ShequPictureBox *box, double x1, double y1, double x2, double y2)
{
  return box->x < x2 && box->x + box->width > x1 && box->y < y2 && box->y + box->height > y1;
}

/**
 * shequ_building_picture_draw:
 * @self: a picture
 * @cr: where to; its origin is the upper left corner
 * @most_width: the width that it keeps to
 * @style: colours and height of text; its ground is painted where it says so
 * @highlight: the cell with a frame, or %SHEQU_PICTURE_NONE
 *
 * Paints the picture for a window, a printer or a file alike. Cells out of sight are left out.
 */
void
shequ_building_picture_draw (ShequBuildingPicture *self,
                             cairo_t *cr,
                             double most_width,
                             const ShequChartStyle *style,
                             guint highlight)
{
  const ShequBuildingLayout *layout = shequ_building_picture_lay_out (self, style->font_size, most_width);
  PangoContext *context = shequ_text_context_new ();
  Painting painting = { cr, self, style, context };
  double x1, y1, x2, y2;

  cairo_save (cr);
  cairo_clip_extents (cr, &x1, &y1, &x2, &y2);
  if (style->background)
    {
      set_color (cr, shequ_chart_theme_get_ground (style->theme));
      cairo_paint (cr);
    }
  draw_legend (&painting, layout);
  draw_notes (&painting, layout->heads, PANGO_WEIGHT_BOLD, 0.5);
  draw_notes (&painting, layout->floors, PANGO_WEIGHT_NORMAL, 1);
  for (guint i = 0; i < layout->cells->len; i++)
    {
      const ShequPictureBox *box = &g_array_index (layout->cells, ShequPictureBox, i);

      if (i != highlight && is_seen (box, x1, y1, x2, y2))
        draw_cell (&painting, shequ_building_picture_get_cell (self, i), box, FALSE);
    }
  if (highlight < layout->cells->len)
    draw_cell (&painting, shequ_building_picture_get_cell (self, highlight),
               &g_array_index (layout->cells, ShequPictureBox, highlight), TRUE);
  g_object_unref (context);
  cairo_restore (cr);
}
