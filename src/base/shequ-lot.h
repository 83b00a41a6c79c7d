#pragma once

#include <glib.h>

G_BEGIN_DECLS

char **shequ_lot_draw (const char *const *names, guint count, const char *seed);

G_END_DECLS
