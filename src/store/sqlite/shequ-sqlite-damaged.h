#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean shequ_sqlite_damaged_copy (const char *location,
                                    const char *copy,
                                    GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
