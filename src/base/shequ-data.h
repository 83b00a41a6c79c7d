#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *shequ_data_load (const char *path, GError **error);
char **shequ_data_list (const char *folder, GError **error);

typedef gboolean (*ShequTableFunc) (char **cells, guint line, gpointer user_data, GError **error);

gboolean shequ_data_read_table (const char *path,
                                const char *columns,
                                ShequTableFunc function,
                                gpointer user_data,
                                GError **error);

G_END_DECLS
