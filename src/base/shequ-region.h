#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean shequ_region_is_known (guint code);
gboolean shequ_region_is_province (guint province);

G_END_DECLS
