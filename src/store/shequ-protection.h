#pragma once

#include "shequ-keyring.h"
#include "shequ-store.h"

G_BEGIN_DECLS

/* Whose the recovery key is, among the holders of shequ_keyring_wrap(). */
#define SHEQU_KEYRING_RECOVERY "recovery"

gboolean shequ_store_is_protected (ShequStore *store, GError **error);
gboolean shequ_store_is_locked (ShequStore *store);
gboolean shequ_store_protect (ShequStore *store,
                              const ShequActor *actor,
                              const ShequSecret *recovery_key,
                              GCancellable *cancellable,
                              GError **error);
gboolean shequ_store_rotate_keys (ShequStore *store,
                                  const ShequActor *actor,
                                  GCancellable *cancellable,
                                  GError **error);
gboolean shequ_store_unlock (ShequStore *store,
                             const ShequSecret *key,
                             const char *wrapped,
                             const char *holder,
                             GCancellable *cancellable,
                             GError **error);
gboolean shequ_store_unlock_with_recovery_key (ShequStore *store,
                                               const ShequSecret *recovery_key,
                                               GCancellable *cancellable,
                                               GError **error);
gboolean shequ_store_set_keyring (ShequStore *store,
                                  ShequKeyring *keyring,
                                  GCancellable *cancellable,
                                  GError **error);
ShequKeyring *shequ_store_get_keyring (ShequStore *store);
void shequ_store_lock (ShequStore *store);

G_END_DECLS
