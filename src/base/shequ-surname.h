#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean shequ_surname_is_compound (const char *text);

G_END_DECLS
