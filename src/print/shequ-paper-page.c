#include "shequ-paper-page.h"

#include "config.h"

#include <math.h>

#include <qrencode.h>

#include "shequ-chart-draw.h"
#include "shequ-page-words.h"
#include "shequ-photo.h"
#include "shequ-text-layout.h"

typedef enum
{
  ITEM_TEXT,
  ITEM_LINE,
  ITEM_DASHES,
  ITEM_TINT,
  ITEM_CHART,
  ITEM_PICTURE,
  ITEM_PHOTO,
  ITEM_CODE,
  ITEM_WATERMARK,
} ItemKind;

/* Places are in points from here on. */
typedef struct
{
  ItemKind kind;
  double x, y;
  double width, height;
  double weight;
  PangoLayout *layout;
  ShequChart *chart;
  ShequBuildingPicture *picture;
  QRcode *code;
  cairo_surface_t *photo;
} Item;

/* What stands on a page: measured when it is added, painted as often as needed. */
struct _ShequPaperPage
{
  double width;
  double height;
  PangoContext *context;
  GArray *items;
  GArray *seals; /* ShequPageSeal */
};

static void
item_clear (gpointer data)
{
  Item *item = data;

  g_clear_object (&item->layout);
  g_clear_object (&item->chart);
  g_clear_object (&item->picture);
  g_clear_pointer (&item->code, QRcode_free);
  g_clear_pointer (&item->photo, cairo_surface_destroy);
}

static double
to_points (double millimetres)
{
  return millimetres * SHEQU_POINTS_PER_MM;
}

/**
 * shequ_paper_page_new:
 * @width: width in millimetres
 * @height: height in millimetres
 *
 * Makes an empty page.
 *
 * Returns: (transfer full): the page
 */
ShequPaperPage *
shequ_paper_page_new (double width, double height)
{
  ShequPaperPage *self = g_new0 (ShequPaperPage, 1);

  self->width = width;
  self->height = height;
  self->context = shequ_text_context_new ();
  self->items = g_array_new (FALSE, TRUE, sizeof (Item));
  g_array_set_clear_func (self->items, item_clear);
  self->seals = g_array_new (FALSE, FALSE, sizeof (ShequPageSeal));
  return self;
}

/**
 * shequ_paper_page_free:
 * @self: a page
 *
 * Frees the page.
 */
void
shequ_paper_page_free (ShequPaperPage *self)
{
  g_object_unref (self->context);
  g_array_unref (self->items);
  g_array_unref (self->seals);
  g_free (self);
}

/**
 * shequ_paper_page_get_width:
 * @self: a page
 *
 * Returns: its width in millimetres
 */
double
shequ_paper_page_get_width (ShequPaperPage *self)
{
  return self->width;
}

/**
 * shequ_paper_page_get_height:
 * @self: a page
 *
 * Returns: its height in millimetres
 */
double
shequ_paper_page_get_height (ShequPaperPage *self)
{
  return self->height;
}

/**
 * shequ_page_type_body:
 *
 * Makes the type of the text of an official paper: 仿宋 of size 3, 28 characters a line, 22 lines a page, the
 * first line two characters in (GB/T 9704-2012).
 *
 * Returns: the type
 */
ShequPageType
shequ_page_type_body (void)
{
  return (ShequPageType){
    .face = SHEQU_FACE_BODY,
    .size = SHEQU_SIZE_3,
    .pitch = SHEQU_LINE_PITCH * SHEQU_POINTS_PER_MM,
    .spacing = SHEQU_CHARACTER_PITCH * SHEQU_POINTS_PER_MM - SHEQU_SIZE_3,
    .align = SHEQU_ALIGN_JUSTIFY,
    .indent = 2,
  };
}

/* A number stays with the year, month or day that it counts. */
#define COUNTS "[0-9]+[年月日时号]"
#define NAMES "(?:^|(?<=[、\n]))[^、\n]{2,4}(?=[、\n]|$)"

static void
keep_whole (PangoAttrList *attributes, const char *words, const char *pattern)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  for (g_regex_match (regex, words, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      PangoAttribute *whole = pango_attr_allow_breaks_new (FALSE);
      int start, end;

      g_match_info_fetch_pos (match, 0, &start, &end);
      whole->start_index = start;
      whole->end_index = end;
      pango_attr_list_insert (attributes, whole);
    }
}

static void
set_attributes (PangoLayout *layout, const ShequPageType *type)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  keep_whole (attributes, pango_layout_get_text (layout), COUNTS);
  if (type->whole_names)
    keep_whole (attributes, pango_layout_get_text (layout), NAMES);

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  if (type->spacing != 0)
    pango_attr_list_insert (attributes, pango_attr_letter_spacing_new (floor (type->spacing * PANGO_SCALE)));
  if (type->pitch > 0)
    pango_attr_list_insert (attributes, pango_attr_line_height_new_absolute (type->pitch * PANGO_SCALE));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
}

static void
set_alignment (PangoLayout *layout, ShequPageAlign align)
{
  if (align == SHEQU_ALIGN_CENTER)
    pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  if (align == SHEQU_ALIGN_RIGHT)
    pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
  if (align == SHEQU_ALIGN_JUSTIFY)
    pango_layout_set_justify (layout, TRUE);
}

static PangoLayout *
make_layout (ShequPaperPage *self, const ShequPageType *type, const char *text, double width)
{
  g_autofree char *words = shequ_page_words_widen (text);
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = shequ_page_font_new (type->face, type->size);

  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_text (layout, words, -1);
  set_attributes (layout, type);
  if (width > 0)
    {
      pango_layout_set_width (layout, to_points (width) * PANGO_SCALE);
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      set_alignment (layout, type->align);
      pango_layout_set_indent (layout, type->indent * (type->size + type->spacing) * PANGO_SCALE);
    }
  if (type->lines > 0)
    {
      pango_layout_set_height (layout, -type->lines);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  return layout;
}

/**
 * shequ_paper_page_measure:
 * @self: a page
 * @type: how the text is set
 * @text: the text
 * @width: its room in millimetres, 0 for any
 * @natural_width: (out) (optional): the width of its longest line in millimetres
 *
 * Measures a text without adding it.
 *
 * Returns: its height in millimetres
 */
double
shequ_paper_page_measure (ShequPaperPage *self,
                          const ShequPageType *type,
                          const char *text,
                          double width,
                          double *natural_width)
{
  g_autoptr (PangoLayout) layout = make_layout (self, type, text, width);

  if (natural_width != NULL)
    *natural_width = shequ_text_layout_get_width (layout) / SHEQU_POINTS_PER_MM;
  return shequ_text_layout_get_height (layout) / SHEQU_POINTS_PER_MM;
}

/**
 * shequ_paper_page_add_text:
 * @self: a page
 * @type: how the text is set
 * @text: the text
 * @x: left edge in millimetres
 * @y: top in millimetres
 * @width: its room in millimetres, 0 for one line that begins at @x
 *
 * Adds a text.
 *
 * Returns: its height in millimetres
 */
double
shequ_paper_page_add_text (ShequPaperPage *self,
                           const ShequPageType *type,
                           const char *text,
                           double x,
                           double y,
                           double width)
{
  Item item = { .kind = ITEM_TEXT, .x = to_points (x), .y = to_points (y) };

  item.layout = make_layout (self, type, text, width);
  g_array_append_val (self->items, item);
  return shequ_text_layout_get_height (item.layout) / SHEQU_POINTS_PER_MM;
}

static void
add_stroke (ShequPaperPage *self, ItemKind kind, double x1, double y1, double x2, double y2, double weight)
{
  Item item = { kind,
                to_points (x1),
                to_points (y1),
                to_points (x2 - x1),
                to_points (y2 - y1),
                to_points (weight),
                NULL,
                NULL,
                NULL,
                NULL };

  g_array_append_val (self->items, item);
}

/**
 * shequ_paper_page_add_line:
 * @self: a page
 * @x1: from, in millimetres
 * @y1: from, in millimetres
 * @x2: to, in millimetres
 * @y2: to, in millimetres
 * @weight: thickness in millimetres
 *
 * Adds a line.
 */
void
shequ_paper_page_add_line (ShequPaperPage *self, double x1, double y1, double x2, double y2, double weight)
{
  add_stroke (self, ITEM_LINE, x1, y1, x2, y2, weight);
}

/**
 * shequ_paper_page_add_dashes:
 * @self: a page
 * @x1: from, in millimetres
 * @y1: from, in millimetres
 * @x2: to, in millimetres
 * @y2: to, in millimetres
 * @weight: thickness in millimetres
 *
 * Adds a broken line, along which paper is cut.
 */
void
shequ_paper_page_add_dashes (ShequPaperPage *self, double x1, double y1, double x2, double y2, double weight)
{
  add_stroke (self, ITEM_DASHES, x1, y1, x2, y2, weight);
}

/**
 * shequ_paper_page_add_tint:
 * @self: a page
 * @x: left edge in millimetres
 * @y: top in millimetres
 * @width: width in millimetres
 * @height: height in millimetres
 *
 * Adds a light grey ground for the head of a table; add it before its words.
 */
void
shequ_paper_page_add_tint (ShequPaperPage *self, double x, double y, double width, double height)
{
  add_stroke (self, ITEM_TINT, x, y, x + width, y + height, 0);
}

/**
 * shequ_paper_page_add_chart:
 * @self: a page
 * @chart: a chart
 * @x: left edge in millimetres
 * @y: top in millimetres
 * @width: width in millimetres
 * @height: height in millimetres
 *
 * Adds a chart in the colours of paper, without its heading.
 */
void
shequ_paper_page_add_chart (ShequPaperPage *self,
                            ShequChart *chart,
                            double x,
                            double y,
                            double width,
                            double height)
{
  Item item = { .kind = ITEM_CHART,
                .x = to_points (x),
                .y = to_points (y),
                .width = to_points (width),
                .height = to_points (height) };

  item.chart = g_object_ref (chart);
  g_array_append_val (self->items, item);
}

/**
 * shequ_paper_page_add_picture:
 * @self: a page
 * @picture: a building
 * @x: left edge in millimetres
 * @y: top in millimetres
 * @width: the width that it keeps to, in millimetres
 * @size: height of its text in points
 *
 * Adds the picture of a building in the colours of paper; shequ_building_picture_measure() tells its height.
 */
void
shequ_paper_page_add_picture (ShequPaperPage *self,
                              ShequBuildingPicture *picture,
                              double x,
                              double y,
                              double width,
                              double size)
{
  Item item = {
    .kind = ITEM_PICTURE, .x = to_points (x), .y = to_points (y), .width = to_points (width), .weight = size
  };

  item.picture = g_object_ref (picture);
  g_array_append_val (self->items, item);
}

/**
 * shequ_paper_page_add_photo:
 * @self: a page
 * @text: the value of a field of the kind `picture`
 * @x: left edge in millimetres
 * @y: top in millimetres
 * @width: its room in millimetres
 * @height: its room in millimetres
 *
 * Adds a photograph in the middle of its room, whole.
 *
 * Returns: whether it can be read
 */
gboolean
shequ_paper_page_add_photo (ShequPaperPage *self,
                            const char *text,
                            double x,
                            double y,
                            double width,
                            double height)
{
  Item item = { .kind = ITEM_PHOTO,
                .x = to_points (x),
                .y = to_points (y),
                .width = to_points (width),
                .height = to_points (height) };

  item.photo = shequ_photo_to_surface (text);
  if (item.photo == NULL)
    return FALSE;
  g_array_append_val (self->items, item);
  return TRUE;
}

/**
 * shequ_paper_page_add_code:
 * @self: a page
 * @text: what the code says
 * @x: left edge in millimetres
 * @y: top in millimetres
 * @side: its side in millimetres
 *
 * Adds a QR code.
 *
 * Returns: whether the text fits into one
 */
gboolean
shequ_paper_page_add_code (ShequPaperPage *self, const char *text, double x, double y, double side)
{
  Item item = { .kind = ITEM_CODE, .x = to_points (x), .y = to_points (y), .width = to_points (side) };

  item.code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  if (item.code == NULL)
    return FALSE;
  g_array_append_val (self->items, item);
  return TRUE;
}

/**
 * shequ_paper_page_add_watermark:
 * @self: a page
 * @text: a word or two
 *
 * Adds large light words across the page: for what must not be used.
 */
void
shequ_paper_page_add_watermark (ShequPaperPage *self, const char *text)
{
  ShequPageType type = { .face = SHEQU_FACE_STRONG, .size = 96 };
  Item item = { .kind = ITEM_WATERMARK, .x = to_points (self->width / 2), .y = to_points (self->height / 2) };

  item.layout = make_layout (self, &type, text, 0);
  g_array_append_val (self->items, item);
}

/**
 * shequ_paper_page_add_faint_mark:
 * @self: a page
 * @text: who printed it, and when
 *
 * Adds small light words across the page, over and over: a copy or a photo of any part of it tells where it
 * came from. It does not stand in the way of reading.
 */
void
shequ_paper_page_add_faint_mark (ShequPaperPage *self, const char *text)
{
  ShequPageType type = { .face = SHEQU_FACE_BODY, .size = SHEQU_SIZE_SMALL_5 };

  for (double y = 40; y < self->height; y += 60)
    for (double x = 35; x < self->width; x += 70)
      {
        Item item = { .kind = ITEM_WATERMARK, .x = to_points (x), .y = to_points (y) };

        item.layout = make_layout (self, &type, text, 0);
        g_array_append_val (self->items, item);
      }
}

/**
 * shequ_paper_page_keep_free:
 * @self: a page
 * @x: middle in millimetres
 * @y: middle in millimetres
 * @radius: radius in millimetres
 *
 * Remembers where a seal is to be pressed. No seal is ever drawn.
 */
void
shequ_paper_page_keep_free (ShequPaperPage *self, double x, double y, double radius)
{
  ShequPageSeal seal = { x, y, radius };

  g_array_append_val (self->seals, seal);
}

/**
 * shequ_paper_page_get_n_seals:
 * @self: a page
 *
 * Returns: how many places are kept for seals
 */
guint
shequ_paper_page_get_n_seals (ShequPaperPage *self)
{
  return self->seals->len;
}

/**
 * shequ_paper_page_get_seal:
 * @self: a page
 * @seal: index from 0
 *
 * Returns: the place, which a preview may show
 */
ShequPageSeal
shequ_paper_page_get_seal (ShequPaperPage *self, guint seal)
{
  return g_array_index (self->seals, ShequPageSeal, seal);
}

/**
 * shequ_paper_page_count_unknown_glyphs:
 * @self: a page
 *
 * Returns: how many characters no font of the machine has; they would be printed as boxes
 */
guint
shequ_paper_page_count_unknown_glyphs (ShequPaperPage *self)
{
  guint unknown = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      PangoLayout *layout = g_array_index (self->items, Item, i).layout;

      if (layout != NULL)
        unknown += pango_layout_get_unknown_glyphs_count (layout);
    }
  return unknown;
}

static void
draw_stroke (cairo_t *cr, const Item *item)
{
  const double dashes[] = { 6, 4 };

  cairo_save (cr);
  cairo_set_line_width (cr, item->weight);
  if (item->kind == ITEM_DASHES)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, item->x, item->y);
  cairo_line_to (cr, item->x + item->width, item->y + item->height);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_code (cairo_t *cr, const Item *item)
{
  double module = item->width / item->code->width;

  cairo_save (cr);
  cairo_translate (cr, item->x, item->y);
  for (int row = 0; row < item->code->width; row++)
    for (int column = 0; column < item->code->width; column++)
      if (item->code->data[row * item->code->width + column] & 1)
        cairo_rectangle (cr, column * module, row * module, module, module);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_watermark (cairo_t *cr, const Item *item)
{
  cairo_save (cr);
  cairo_set_source_rgb (cr, 0.87, 0.87, 0.87);
  cairo_translate (cr, item->x, item->y);
  cairo_rotate (cr, -G_PI / 5);
  cairo_move_to (cr, -shequ_text_layout_get_width (item->layout) / 2,
                 -shequ_text_layout_get_height (item->layout) / 2);
  pango_cairo_show_layout (cr, item->layout);
  cairo_restore (cr);
}

static void
draw_chart (cairo_t *cr, const Item *item)
{
  ShequChartStyle style = shequ_chart_style_for (SHEQU_CHART_PAPER);

  style.heading = FALSE;
  style.background = FALSE;
  cairo_save (cr);
  cairo_translate (cr, item->x, item->y);
  shequ_chart_draw (item->chart, cr, item->width, item->height, &style);
  cairo_restore (cr);
}

static void
draw_picture (cairo_t *cr, const Item *item)
{
  ShequChartStyle style = shequ_chart_style_for (SHEQU_CHART_PAPER);

  style.background = FALSE;
  style.font_size = item->weight;
  cairo_save (cr);
  cairo_translate (cr, item->x, item->y);
  shequ_building_picture_draw (item->picture, cr, item->width, &style, SHEQU_PICTURE_NONE);
  cairo_restore (cr);
}

static void
draw_photo (cairo_t *cr, const Item *item)
{
  double width = cairo_image_surface_get_width (item->photo);
  double height = cairo_image_surface_get_height (item->photo);
  double scale = MIN (item->width / width, item->height / height);

  cairo_save (cr);
  cairo_translate (cr, item->x + (item->width - width * scale) / 2,
                   item->y + (item->height - height * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, item->photo, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
}

static void
draw_item (cairo_t *cr, const Item *item)
{
  cairo_set_source_rgb (cr, 0, 0, 0);
  switch (item->kind)
    {
    case ITEM_TEXT:
      cairo_move_to (cr, item->x, item->y);
      pango_cairo_show_layout (cr, item->layout);
      break;
    case ITEM_LINE:
    case ITEM_DASHES:
      draw_stroke (cr, item);
      break;
    case ITEM_TINT:
      cairo_set_source_rgb (cr, 0.92, 0.92, 0.92);
      cairo_rectangle (cr, item->x, item->y, item->width, item->height);
      cairo_fill (cr);
      break;
    case ITEM_CHART:
      draw_chart (cr, item);
      break;
    case ITEM_PICTURE:
      draw_picture (cr, item);
      break;
    case ITEM_PHOTO:
      draw_photo (cr, item);
      break;
    case ITEM_CODE:
      draw_code (cr, item);
      break;
    case ITEM_WATERMARK:
      draw_watermark (cr, item);
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * shequ_paper_page_draw:
 * @self: a page
 * @cr: where to paint, in points, from (0, 0)
 *
 * Paints the page: the same for the printer, the preview and PDF.
 */
void
shequ_paper_page_draw (ShequPaperPage *self, cairo_t *cr)
{
  cairo_save (cr);
  for (guint i = 0; i < self->items->len; i++)
    draw_item (cr, &g_array_index (self->items, Item, i));
  cairo_restore (cr);
}
