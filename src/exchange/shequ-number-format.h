#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean shequ_number_format_is_date (const char *code);
gboolean shequ_number_format_number_is_date (guint number);

G_END_DECLS
