#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* Families for signs and figures on screens and in charts: what offices' machines have, then Debian's. */
#define SHEQU_TEXT_SANS                                                                                      \
  "Noto Sans CJK SC,Source Han Sans SC,Microsoft YaHei,黑体,SimHei,WenQuanYi Zen Hei,sans-serif"

PangoContext *shequ_text_context_new (void);
PangoLayout *shequ_text_layout_new (PangoContext *context,
                                    const char *families,
                                    double size,
                                    PangoWeight weight,
                                    const char *text);
void shequ_text_layout_clamp (PangoLayout *layout, double width, int lines);
double shequ_text_layout_get_width (PangoLayout *layout);
double shequ_text_layout_get_height (PangoLayout *layout);

G_END_DECLS
