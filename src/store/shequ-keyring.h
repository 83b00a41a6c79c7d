#pragma once

#include "shequ-seal.h"

G_BEGIN_DECLS

/**
 * ShequKeyring:
 *
 * The keys of one protected office. The values are sealed under a data key and an index key, which stand in
 * the database wrapped by a third, the main key; that one stands there wrapped by the recovery key and by the
 * password of each account. So the keys of the values can be changed without anybody's password. Any thread.
 */
typedef struct _ShequKeyring ShequKeyring;

ShequKeyring *shequ_keyring_new (void);
ShequKeyring *shequ_keyring_new_rotated (ShequKeyring *keyring);
ShequKeyring *shequ_keyring_ref (ShequKeyring *keyring);
void shequ_keyring_unref (ShequKeyring *keyring);
char *shequ_keyring_write (ShequKeyring *keyring);
ShequKeyring *shequ_keyring_read (ShequSecret *main_key, const char *written, GError **error);
ShequKeyring *shequ_keyring_reread (ShequKeyring *keyring, const char *written, GError **error);
char *shequ_keyring_wrap (ShequKeyring *keyring, const ShequSecret *key, const char *holder);
ShequKeyring *shequ_keyring_open_wrapped (const ShequSecret *key,
                                          const char *wrapped,
                                          const char *holder,
                                          const char *written,
                                          GError **error);
ShequSeal *shequ_keyring_new_seal (ShequKeyring *keyring);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequKeyring, shequ_keyring_unref)

G_END_DECLS
