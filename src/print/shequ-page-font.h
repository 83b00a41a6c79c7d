#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/**
 * ShequPageFace:
 * @SHEQU_FACE_BODY: 仿宋, for the text
 * @SHEQU_FACE_TITLE: 小标宋, for titles
 * @SHEQU_FACE_STRONG: 黑体, for heads
 * @SHEQU_FACE_NAME: 楷体, for names
 * @SHEQU_FACE_FIGURE: 宋体, for tables and page numbers
 *
 * The faces of official papers.
 */
typedef enum
{
  SHEQU_FACE_BODY,
  SHEQU_FACE_TITLE,
  SHEQU_FACE_STRONG,
  SHEQU_FACE_NAME,
  SHEQU_FACE_FIGURE,
} ShequPageFace;

#define SHEQU_N_FACES (SHEQU_FACE_FIGURE + 1)

PangoFontDescription *shequ_page_font_new (ShequPageFace face, double size);
gboolean shequ_page_font_is_stand_in (ShequPageFace face);
char *shequ_page_font_get_note (void);

G_END_DECLS
