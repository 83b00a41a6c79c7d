#pragma once

#include <glib.h>

G_BEGIN_DECLS

gunichar shequ_text_next (const char **text);
gunichar shequ_text_fold (gunichar character);
gssize shequ_text_fold_into (const char *text, char *buffer, gsize size);
gssize shequ_text_squeeze_into (const char *text, char *buffer, gsize size);
gboolean shequ_text_is_han (gunichar character);
int shequ_text_digit (gunichar character);

G_END_DECLS
