#pragma once

#include "shequ-base-data.h"

G_BEGIN_DECLS

gboolean shequ_base_file_write (const GPtrArray *figures,
                                const char *title,
                                const char *path,
                                const char *format,
                                GError **error);

G_END_DECLS
