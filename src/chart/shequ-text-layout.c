#include "shequ-text-layout.h"

#include "config.h"

/**
 * shequ_text_context_new:
 *
 * Makes a context in which a text has the same measures on every surface: no hinting of metrics, no rounding
 * of positions. So a place measured without a surface holds on screen, in a picture and on paper.
 *
 * Returns: (transfer full): the context
 */
PangoContext *
shequ_text_context_new (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string ("zh-cn"));
  return context;
}

/**
 * shequ_text_layout_new:
 * @context: a context
 * @families: names of font families, the best first
 * @size: height of the text in units of the surface
 * @weight: a weight
 * @text: the text
 *
 * Makes a layout of one paragraph or more, with figures of equal width.
 *
 * Returns: (transfer full): the layout
 */
PangoLayout *
shequ_text_layout_new (PangoContext *context,
                       const char *families,
                       double size,
                       PangoWeight weight,
                       const char *text)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_new ();
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_family (font, families);
  pango_font_description_set_weight (font, weight);
  pango_font_description_set_absolute_size (font, MAX (size, 0.1) * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);

  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

/**
 * shequ_text_layout_clamp:
 * @layout: a layout
 * @width: the room in units of the surface
 * @lines: how many lines a paragraph may have
 *
 * Wraps the text into the room and ends it with "…" where it does not fit.
 */
void
shequ_text_layout_clamp (PangoLayout *layout, double width, int lines)
{
  pango_layout_set_width (layout, MAX (width, 0) * PANGO_SCALE);
  pango_layout_set_height (layout, -lines);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
}

/**
 * shequ_text_layout_get_width:
 * @layout: a layout
 *
 * Returns: the width of its text in units of the surface
 */
double
shequ_text_layout_get_width (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.width / PANGO_SCALE;
}

/**
 * shequ_text_layout_get_height:
 * @layout: a layout
 *
 * Returns: the height of its lines in units of the surface
 */
double
shequ_text_layout_get_height (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.height / PANGO_SCALE;
}
