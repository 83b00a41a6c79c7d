#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *shequ_page_words_widen (const char *text);

G_END_DECLS
