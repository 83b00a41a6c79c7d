#include "shequ-cipher.h"

#include "shequ-error.h"
#include "shequ-secret-private.h"

#include "config.h"

#include <gcrypt.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define NONCE_SIZE 12
#define TAG_SIZE 16

struct _ShequCipher
{
  gcry_cipher_hd_t handle;
};

struct _ShequKeyedDigest
{
  gcry_mac_hd_t handle;
};

/* What libgcrypt refuses here is never the data: a size that the callers keep, or no memory. */
static void
must (gcry_error_t code)
{
  if (G_UNLIKELY (code != 0))
    g_error ("libgcrypt: %s", gcry_strerror (code));
}

/**
 * shequ_cipher_new:
 * @key: %SHEQU_CIPHER_KEY_SIZE bytes
 *
 * Returns: (transfer full): a cipher
 */
ShequCipher *
shequ_cipher_new (const ShequSecret *key)
{
  ShequCipher *cipher = g_new0 (ShequCipher, 1);

  g_assert (shequ_secret_get_size (key) == SHEQU_CIPHER_KEY_SIZE);
  must (gcry_cipher_open (&cipher->handle, GCRY_CIPHER_SM4, GCRY_CIPHER_MODE_GCM, GCRY_CIPHER_SECURE));
  must (gcry_cipher_setkey (cipher->handle, shequ_secret_get_bytes (key), SHEQU_CIPHER_KEY_SIZE));
  return cipher;
}

/**
 * shequ_cipher_free:
 * @cipher: a cipher; its key is wiped
 */
void
shequ_cipher_free (ShequCipher *cipher)
{
  gcry_cipher_close (cipher->handle);
  g_free (cipher);
}

static void
start_message (ShequCipher *cipher, const guint8 *nonce, const char *context)
{
  must (gcry_cipher_reset (cipher->handle));
  must (gcry_cipher_setiv (cipher->handle, nonce, NONCE_SIZE));
  must (gcry_cipher_authenticate (cipher->handle, context, strlen (context)));
}

/**
 * shequ_cipher_seal:
 * @cipher: a cipher
 * @plain: (array length=length): what nobody else may read
 * @length: in bytes
 * @context: where it stands, as `resident.phone`; what is moved elsewhere can't be opened there
 * @sealed: (out caller-allocates): @length + %SHEQU_CIPHER_OVERHEAD bytes
 *
 * The nonce is drawn by chance: one key serves for 2^32 values (NIST SP 800-38D, 8.3), then it is changed.
 */
void
shequ_cipher_seal (ShequCipher *cipher, const void *plain, gsize length, const char *context, guint8 *sealed)
{
  guint8 nonce[NONCE_SIZE];

  gcry_create_nonce (nonce, NONCE_SIZE);
  shequ_cipher_seal_with_nonce (cipher, nonce, plain, length, context, sealed);
}

/**
 * shequ_cipher_seal_with_nonce:
 * @cipher: a cipher
 * @nonce: 12 bytes that no other value was sealed with under the key
 * @plain: (array length=length): what nobody else may read
 * @length: in bytes
 * @context: as for shequ_cipher_seal()
 * @sealed: (out caller-allocates): as of shequ_cipher_seal()
 */
void
shequ_cipher_seal_with_nonce (ShequCipher *cipher,
                              const guint8 *nonce,
                              const void *plain,
                              gsize length,
                              const char *context,
                              guint8 *sealed)
{
  memcpy (sealed, nonce, NONCE_SIZE);
  start_message (cipher, sealed, context);
  must (gcry_cipher_encrypt (cipher->handle, sealed + NONCE_SIZE, length, plain, length));
  must (gcry_cipher_gettag (cipher->handle, sealed + NONCE_SIZE + length, TAG_SIZE));
}

/**
 * shequ_cipher_open:
 * @cipher: a cipher
 * @sealed: (array length=length): what shequ_cipher_seal() made
 * @length: in bytes
 * @context: as it was sealed
 * @plain: (out caller-allocates): @length - %SHEQU_CIPHER_OVERHEAD bytes; zeros on error
 * @error: %SHEQU_ERROR_DAMAGED when it was altered, moved, or sealed under another key
 *
 * Returns: whether it is what was sealed
 */
gboolean
shequ_cipher_open (ShequCipher *cipher,
                   const void *sealed,
                   gsize length,
                   const char *context,
                   guint8 *plain,
                   GError **error)
{
  const guint8 *bytes = sealed;
  gsize size = length - SHEQU_CIPHER_OVERHEAD;

  if (length >= SHEQU_CIPHER_OVERHEAD)
    {
      start_message (cipher, bytes, context);
      must (gcry_cipher_decrypt (cipher->handle, plain, size, bytes + NONCE_SIZE, size));
      if (gcry_cipher_checktag (cipher->handle, bytes + NONCE_SIZE + size, TAG_SIZE) == 0)
        return TRUE;
      explicit_bzero (plain, size);
    }
  g_set_error (
    error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED,
    _ ("A protected value (%s) can't be read: it was altered, or belongs to another database. Check "
       "the database, and restore it from a backup"),
    context);
  return FALSE;
}

/**
 * shequ_cipher_wrap:
 * @key: %SHEQU_CIPHER_KEY_SIZE bytes, as they come from a password
 * @secret: the key to be kept
 * @context: whose it is
 *
 * Returns: (transfer full): @secret, as it may stand in the database
 */
GBytes *
shequ_cipher_wrap (const ShequSecret *key, const ShequSecret *secret, const char *context)
{
  g_autoptr (ShequCipher) cipher = shequ_cipher_new (key);
  gsize size = shequ_secret_get_size (secret);
  guint8 *sealed = g_malloc (size + SHEQU_CIPHER_OVERHEAD);

  shequ_cipher_seal (cipher, shequ_secret_get_bytes (secret), size, context, sealed);
  return g_bytes_new_take (sealed, size + SHEQU_CIPHER_OVERHEAD);
}

/**
 * shequ_cipher_unwrap:
 * @key: as it was wrapped with
 * @wrapped: what shequ_cipher_wrap() made
 * @context: whose it is
 * @error: %SHEQU_ERROR_PERMISSION when @key is another
 *
 * Returns: (transfer full): the key that was wrapped
 */
ShequSecret *
shequ_cipher_unwrap (const ShequSecret *key, GBytes *wrapped, const char *context, GError **error)
{
  g_autoptr (ShequCipher) cipher = shequ_cipher_new (key);
  g_autofree guint8 *plain = NULL;
  ShequSecret *secret;
  gsize length;
  const guint8 *sealed = g_bytes_get_data (wrapped, &length);

  if (length <= SHEQU_CIPHER_OVERHEAD)
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED, _ ("The key of the account is damaged"));
      return NULL;
    }
  plain = g_malloc (length);
  if (!shequ_cipher_open (cipher, sealed, length, context, plain, NULL))
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
                           _ ("The password or the key is not right"));
      return NULL;
    }
  secret = shequ_secret_new (plain, length - SHEQU_CIPHER_OVERHEAD);
  explicit_bzero (plain, length);
  return secret;
}

/**
 * shequ_digest:
 * @data: (array length=length): anything
 * @length: in bytes
 * @digest: (out caller-allocates): its SM3 digest
 */
void
shequ_digest (const void *data, gsize length, guint8 digest[SHEQU_DIGEST_SIZE])
{
  shequ_secret_start ();
  gcry_md_hash_buffer (GCRY_MD_SM3, digest, data, length);
}

/**
 * shequ_keyed_digest_new:
 * @key: a key of any size
 *
 * Returns: (transfer full): what makes digests that only the owner of @key can make
 */
ShequKeyedDigest *
shequ_keyed_digest_new (const ShequSecret *key)
{
  ShequKeyedDigest *self = g_new0 (ShequKeyedDigest, 1);

  must (gcry_mac_open (&self->handle, GCRY_MAC_HMAC_SM3, GCRY_MAC_FLAG_SECURE, NULL));
  must (gcry_mac_setkey (self->handle, shequ_secret_get_bytes (key), shequ_secret_get_size (key)));
  return self;
}

/**
 * shequ_keyed_digest_free:
 * @self: a keyed digest; its key is wiped
 */
void
shequ_keyed_digest_free (ShequKeyedDigest *self)
{
  gcry_mac_close (self->handle);
  g_free (self);
}

/**
 * shequ_keyed_digest_make:
 * @self: a keyed digest
 * @data: (array length=length): anything
 * @length: in bytes
 * @digest: (out caller-allocates): its digest
 */
void
shequ_keyed_digest_make (ShequKeyedDigest *self,
                         const void *data,
                         gsize length,
                         guint8 digest[SHEQU_DIGEST_SIZE])
{
  gsize size = SHEQU_DIGEST_SIZE;

  must (gcry_mac_reset (self->handle));
  must (gcry_mac_write (self->handle, data, length));
  must (gcry_mac_read (self->handle, digest, &size));
}
