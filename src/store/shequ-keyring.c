#include "shequ-keyring.h"

#include "shequ-cipher.h"

#include "config.h"

#include <string.h>

#define KEYS_HOLDER "keys"

struct _ShequKeyring
{
  gatomicrefcount references;
  ShequSecret *main_key;
  ShequSecret *data_key;
  ShequSecret *index_key;
};

static ShequKeyring *
keyring_new (ShequSecret *main_key, ShequSecret *data_key, ShequSecret *index_key)
{
  ShequKeyring *keyring = g_new0 (ShequKeyring, 1);

  g_atomic_ref_count_init (&keyring->references);
  keyring->main_key = main_key;
  keyring->data_key = data_key;
  keyring->index_key = index_key;
  return keyring;
}

/**
 * shequ_keyring_new:
 *
 * Returns: (transfer full): the keys of a new office
 */
ShequKeyring *
shequ_keyring_new (void)
{
  return keyring_new (shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE),
                      shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE),
                      shequ_secret_new_random (SHEQU_SEAL_INDEX_KEY_SIZE));
}

/**
 * shequ_keyring_new_rotated:
 * @keyring: the keys of an office
 *
 * Returns: (transfer full): new keys for its values, which whoever opens @keyring opens, too
 */
ShequKeyring *
shequ_keyring_new_rotated (ShequKeyring *keyring)
{
  return keyring_new (shequ_secret_ref (keyring->main_key), shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE),
                      shequ_secret_new_random (SHEQU_SEAL_INDEX_KEY_SIZE));
}

ShequKeyring *
shequ_keyring_ref (ShequKeyring *keyring)
{
  g_atomic_ref_count_inc (&keyring->references);
  return keyring;
}

/**
 * shequ_keyring_unref:
 * @keyring: a keyring
 *
 * Wipes the keys when nobody else holds them.
 */
void
shequ_keyring_unref (ShequKeyring *keyring)
{
  if (!g_atomic_ref_count_dec (&keyring->references))
    return;
  shequ_secret_unref (keyring->main_key);
  shequ_secret_unref (keyring->data_key);
  shequ_secret_unref (keyring->index_key);
  g_free (keyring);
}

static char *
write_bytes (GBytes *bytes)
{
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);

  return g_base64_encode (data, size);
}

static GBytes *
read_bytes (const char *text)
{
  gsize size = 0;
  guchar *data = g_base64_decode (text, &size);

  return g_bytes_new_take (data, size);
}

/**
 * shequ_keyring_write:
 * @keyring: a keyring
 *
 * Returns: (transfer full): the keys of the values, as they may stand in the database
 */
char *
shequ_keyring_write (ShequKeyring *keyring)
{
  guint8 both[SHEQU_CIPHER_KEY_SIZE + SHEQU_SEAL_INDEX_KEY_SIZE];
  g_autoptr (ShequSecret) keys = NULL;
  g_autoptr (GBytes) wrapped = NULL;

  memcpy (both, shequ_secret_get_bytes (keyring->data_key), SHEQU_CIPHER_KEY_SIZE);
  memcpy (both + SHEQU_CIPHER_KEY_SIZE, shequ_secret_get_bytes (keyring->index_key),
          SHEQU_SEAL_INDEX_KEY_SIZE);
  keys = shequ_secret_new (both, sizeof both);
  explicit_bzero (both, sizeof both);
  wrapped = shequ_cipher_wrap (keyring->main_key, keys, KEYS_HOLDER);
  return write_bytes (wrapped);
}

/**
 * shequ_keyring_read:
 * @main_key: the main key
 * @written: what shequ_keyring_write() gave
 * @error: %SHEQU_ERROR_PERMISSION when @main_key is of another office
 *
 * Returns: (transfer full): the keyring
 */
ShequKeyring *
shequ_keyring_read (ShequSecret *main_key, const char *written, GError **error)
{
  g_autoptr (GBytes) wrapped = read_bytes (written);
  g_autoptr (ShequSecret) keys = shequ_cipher_unwrap (main_key, wrapped, KEYS_HOLDER, error);
  const guint8 *both;

  if (keys == NULL)
    return NULL;
  g_return_val_if_fail (shequ_secret_get_size (keys) == SHEQU_CIPHER_KEY_SIZE + SHEQU_SEAL_INDEX_KEY_SIZE,
                        NULL);
  both = shequ_secret_get_bytes (keys);
  return keyring_new (shequ_secret_ref (main_key), shequ_secret_new (both, SHEQU_CIPHER_KEY_SIZE),
                      shequ_secret_new (both + SHEQU_CIPHER_KEY_SIZE, SHEQU_SEAL_INDEX_KEY_SIZE));
}

/**
 * shequ_keyring_reread:
 * @keyring: keys that somebody else may have changed since
 * @written: what shequ_keyring_write() gave
 * @error: as of shequ_keyring_read()
 *
 * Returns: (transfer full): the keyring as it is now
 */
ShequKeyring *
shequ_keyring_reread (ShequKeyring *keyring, const char *written, GError **error)
{
  return shequ_keyring_read (keyring->main_key, written, error);
}

/**
 * shequ_keyring_wrap:
 * @keyring: a keyring
 * @key: %SHEQU_CIPHER_KEY_SIZE bytes: a recovery key, or what a password gave
 * @holder: whose it is
 *
 * Returns: (transfer full): the main key, as it may stand in the database
 */
char *
shequ_keyring_wrap (ShequKeyring *keyring, const ShequSecret *key, const char *holder)
{
  g_autoptr (GBytes) wrapped = shequ_cipher_wrap (key, keyring->main_key, holder);

  return write_bytes (wrapped);
}

/**
 * shequ_keyring_open_wrapped:
 * @key: as it was wrapped with
 * @wrapped: what shequ_keyring_wrap() gave
 * @holder: whose it is
 * @written: what shequ_keyring_write() gave
 * @error: %SHEQU_ERROR_PERMISSION when @key is not the right one
 *
 * Returns: (transfer full): the keyring
 */
ShequKeyring *
shequ_keyring_open_wrapped (const ShequSecret *key,
                            const char *wrapped,
                            const char *holder,
                            const char *written,
                            GError **error)
{
  g_autoptr (GBytes) bytes = read_bytes (wrapped);
  g_autoptr (ShequSecret) main_key = shequ_cipher_unwrap (key, bytes, holder, error);

  return main_key != NULL ? shequ_keyring_read (main_key, written, error) : NULL;
}

/**
 * shequ_keyring_new_seal:
 * @keyring: a keyring
 *
 * Returns: (transfer full): what seals and opens values, for one thread
 */
ShequSeal *
shequ_keyring_new_seal (ShequKeyring *keyring)
{
  return shequ_seal_new (keyring->data_key, keyring->index_key);
}
