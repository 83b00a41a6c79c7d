#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean shequ_series_is_valid (const char *text);
gboolean shequ_series_has_year (const char *text);
char *shequ_series_write (const char *text, const char *year, gint64 number);

G_END_DECLS
