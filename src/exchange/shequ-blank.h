#pragma once

#include "shequ-store.h"

G_BEGIN_DECLS

gboolean shequ_blank_write (ShequStore *store,
                            const ShequRegister *reg,
                            const char *path,
                            const char *today,
                            gboolean with_unit,
                            GCancellable *cancellable,
                            GError **error);

G_END_DECLS
