#pragma once

#include "shequ-engine-private.h"

G_BEGIN_DECLS

gboolean shequ_destroy_record (ShequConnection *connection,
                               const ShequRegister *reg,
                               gint64 key,
                               GError **error);

G_END_DECLS
