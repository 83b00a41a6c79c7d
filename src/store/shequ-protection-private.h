#pragma once

#include "shequ-protection.h"
#include "shequ-store-private.h"

G_BEGIN_DECLS

/* The keys of the values, wrapped: stands in every protected office. */
#define SHEQU_PROTECTION_KEYS "protection.keys"

ShequConnection *shequ_transaction_get_connection (ShequTransaction *transaction);
ShequStore *shequ_transaction_get_store (ShequTransaction *transaction);
gint64 shequ_transaction_get_seconds (ShequTransaction *transaction);

ShequTransaction *shequ_store_begin_keyless (ShequStore *store,
                                             const ShequActor *actor,
                                             GCancellable *cancellable,
                                             GError **error);

void shequ_protection_fit (ShequStore *store, ShequConnection *connection);
ShequSeal *shequ_protection_new_seal (ShequStore *store);
gboolean shequ_protection_check_writer (ShequStore *store, ShequConnection *writer, GError **error);
gboolean shequ_protection_is_closed (ShequConnection *connection, gboolean *closed, GError **error);

gboolean shequ_reseal_database (ShequStore *store,
                                ShequConnection *connection,
                                ShequSeal *open,
                                ShequSeal *close,
                                GError **error);

G_END_DECLS
