#pragma once

#include "shequ-secret.h"

G_BEGIN_DECLS

#define SHEQU_CIPHER_KEY_SIZE 16
#define SHEQU_CIPHER_OVERHEAD 28 /* a nonce of 12 bytes before, a tag of 16 after */
#define SHEQU_DIGEST_SIZE 32

/**
 * ShequCipher:
 *
 * SM4 in Galois/Counter mode under one key (GB/T 32907, RFC 8998), used by one thread at a time.
 */
typedef struct _ShequCipher ShequCipher;

/**
 * ShequKeyedDigest:
 *
 * HMAC-SM3 under one key (GB/T 32905), used by one thread at a time.
 */
typedef struct _ShequKeyedDigest ShequKeyedDigest;

ShequCipher *shequ_cipher_new (const ShequSecret *key);
void shequ_cipher_free (ShequCipher *cipher);
void shequ_cipher_seal (ShequCipher *cipher,
                        const void *plain,
                        gsize length,
                        const char *context,
                        guint8 *sealed);
void shequ_cipher_seal_with_nonce (ShequCipher *cipher,
                                   const guint8 *nonce,
                                   const void *plain,
                                   gsize length,
                                   const char *context,
                                   guint8 *sealed);
gboolean shequ_cipher_open (ShequCipher *cipher,
                            const void *sealed,
                            gsize length,
                            const char *context,
                            guint8 *plain,
                            GError **error);

GBytes *shequ_cipher_wrap (const ShequSecret *key, const ShequSecret *secret, const char *context);
ShequSecret *shequ_cipher_unwrap (const ShequSecret *key,
                                  GBytes *wrapped,
                                  const char *context,
                                  GError **error);

void shequ_digest (const void *data, gsize length, guint8 digest[SHEQU_DIGEST_SIZE]);
ShequKeyedDigest *shequ_keyed_digest_new (const ShequSecret *key);
void shequ_keyed_digest_free (ShequKeyedDigest *self);
void shequ_keyed_digest_make (ShequKeyedDigest *self,
                              const void *data,
                              gsize length,
                              guint8 digest[SHEQU_DIGEST_SIZE]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequCipher, shequ_cipher_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequKeyedDigest, shequ_keyed_digest_free)

G_END_DECLS
