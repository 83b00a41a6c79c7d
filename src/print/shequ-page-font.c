#include "shequ-page-font.h"

#include "config.h"

#include <glib/gi18n-lib.h>

/* Rare characters of names are found in this family whatever the face. */
#define RARE_CHARACTERS "Noto Serif CJK SC"

typedef struct
{
  const char *own;         /* what a clerk calls the face */
  const char *families[8]; /* the face itself, by the names that it goes under */
  const char *stand_in;    /* what Debian has in its place */
  PangoWeight stand_in_weight;
} Face;

/* GB/T 9704-2012 names the faces; Debian has no 仿宋 and no 小标宋 for simplified Chinese. */
static const Face faces[SHEQU_N_FACES] = {
  [SHEQU_FACE_BODY] = { "仿宋",
                        { "仿宋_GB2312", "FangSong_GB2312", "FangSong", "仿宋", "STFangsong",
                          "Zhuque Fangsong" },
                        "Noto Serif CJK SC Light",
                        PANGO_WEIGHT_LIGHT },
  [SHEQU_FACE_TITLE] = { "小标宋",
                         { "方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05" },
                         "Noto Serif CJK SC",
                         PANGO_WEIGHT_BOLD },
  [SHEQU_FACE_STRONG] = { "黑体",
                          { "黑体", "SimHei", "Noto Sans CJK SC" },
                          "WenQuanYi Zen Hei",
                          PANGO_WEIGHT_MEDIUM },
  [SHEQU_FACE_NAME] = { "楷体",
                        { "楷体_GB2312", "KaiTi_GB2312", "KaiTi", "楷体", "STKaiti", "LXGW WenKai",
                          "AR PL UKai CN" },
                        "Noto Serif CJK SC",
                        PANGO_WEIGHT_NORMAL },
  [SHEQU_FACE_FIGURE] = { "宋体",
                          { "宋体", "SimSun", "STSong", "Noto Serif CJK SC" },
                          "AR PL UMing CN",
                          PANGO_WEIGHT_NORMAL },
};

static const char *
find_family (const Face *face)
{
  PangoFontMap *fonts = pango_cairo_font_map_get_default ();

  for (guint i = 0; i < G_N_ELEMENTS (face->families) && face->families[i] != NULL; i++)
    if (pango_font_map_get_family (fonts, face->families[i]) != NULL)
      return face->families[i];
  return NULL;
}

/**
 * shequ_page_font_new:
 * @face: a face
 * @size: height in points
 *
 * Finds the face among the machine's fonts, or what stands in for it.
 *
 * Returns: (transfer full): the font
 */
PangoFontDescription *
shequ_page_font_new (ShequPageFace face, double size)
{
  PangoFontDescription *font = pango_font_description_new ();
  const char *own = find_family (&faces[face]);
  g_autofree char *families =
    g_strjoin (",", own == NULL ? faces[face].stand_in : own, RARE_CHARACTERS, "serif", NULL);

  pango_font_description_set_family (font, families);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  if (own != NULL && g_str_has_prefix (own, "Noto Sans"))
    pango_font_description_set_weight (font, PANGO_WEIGHT_MEDIUM); /* as dark as a true 黑体 */
  if (own == NULL)
    pango_font_description_set_weight (font, faces[face].stand_in_weight);
  return font;
}

/**
 * shequ_page_font_is_stand_in:
 * @face: a face
 *
 * Returns: whether the machine lacks the face and another is printed in its place
 */
gboolean
shequ_page_font_is_stand_in (ShequPageFace face)
{
  return find_family (&faces[face]) == NULL;
}

/**
 * shequ_page_font_get_note:
 *
 * Says which faces are printed in another font, for the preview on screen.
 *
 * Returns: (transfer full) (nullable): the words, %NULL when the machine has every face
 */
char *
shequ_page_font_get_note (void)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < SHEQU_N_FACES; i++)
    if (shequ_page_font_is_stand_in (i))
      g_string_append_printf (names, "%s%s", names->len > 0 ? "、" : "", faces[i].own);
  if (names->len == 0)
    return NULL;
  return g_strdup_printf (_ ("This computer lacks the fonts %s: similar ones are printed. Install them for "
                             "papers as the standard asks."),
                          names->str);
}
