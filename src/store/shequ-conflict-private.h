#pragma once

#include "shequ-store-private.h"

G_BEGIN_DECLS

void shequ_conflict_set_error (ShequConnection *connection,
                               const ShequRow *theirs,
                               const ShequRow *mine,
                               GError **error);

G_END_DECLS
