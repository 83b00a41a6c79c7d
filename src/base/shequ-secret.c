#include "shequ-secret-private.h"

#include "config.h"

#include <gcrypt.h>
#include <string.h>

/* Room for the keys of a signed-in office many times over. */
#define LOCKED_BYTES 262144

struct _ShequSecret
{
  gatomicrefcount references;
  gsize size;
  guint8 bytes[];
};

/* libgcrypt wants to be told once that it is ready; nothing is asked of it before. */
void
shequ_secret_start (void)
{
  static gsize started = 0;

  if (!g_once_init_enter (&started))
    return;
  if (!gcry_control (GCRYCTL_INITIALIZATION_FINISHED_P))
    {
      gcry_check_version (NULL);
      /* An ordinary user may lock little; what cannot be locked is still wiped. */
      gcry_control (GCRYCTL_SUSPEND_SECMEM_WARN);
      gcry_control (GCRYCTL_AUTO_EXPAND_SECMEM, LOCKED_BYTES);
      gcry_control (GCRYCTL_INIT_SECMEM, LOCKED_BYTES, 0);
      gcry_control (GCRYCTL_RESUME_SECMEM_WARN);
      gcry_control (GCRYCTL_INITIALIZATION_FINISHED, 0);
    }
  g_once_init_leave (&started, 1);
}

static ShequSecret *
new_secret (gsize size)
{
  ShequSecret *secret;

  shequ_secret_start ();
  secret = gcry_xcalloc_secure (1, sizeof (ShequSecret) + size);
  g_atomic_ref_count_init (&secret->references);
  secret->size = size;
  return secret;
}

/**
 * shequ_secret_new:
 * @bytes: (array length=size): what is to be kept; the caller wipes its own copy
 * @size: in bytes
 *
 * Returns: (transfer full): a secret
 */
ShequSecret *
shequ_secret_new (const void *bytes, gsize size)
{
  ShequSecret *secret = new_secret (size);

  memcpy (secret->bytes, bytes, size);
  return secret;
}

/**
 * shequ_secret_new_random:
 * @size: in bytes
 *
 * Returns: (transfer full): a new key, by chance good enough for keys that last
 */
ShequSecret *
shequ_secret_new_random (gsize size)
{
  ShequSecret *secret = new_secret (size);

  gcry_randomize (secret->bytes, size, GCRY_VERY_STRONG_RANDOM);
  return secret;
}

/**
 * shequ_secret_ref:
 * @secret: a secret
 *
 * Returns: (transfer full): the same
 */
ShequSecret *
shequ_secret_ref (ShequSecret *secret)
{
  g_atomic_ref_count_inc (&secret->references);
  return secret;
}

/**
 * shequ_secret_unref:
 * @secret: a secret
 *
 * Wipes it when nobody else holds it.
 */
void
shequ_secret_unref (ShequSecret *secret)
{
  if (g_atomic_ref_count_dec (&secret->references))
    {
      explicit_bzero (secret->bytes, secret->size);
      gcry_free (secret);
    }
}

/**
 * shequ_secret_get_bytes:
 * @secret: a secret
 *
 * Returns: (transfer none): its bytes, as long as it lives
 */
const guint8 *
shequ_secret_get_bytes (const ShequSecret *secret)
{
  return secret->bytes;
}

/**
 * shequ_secret_get_size:
 * @secret: a secret
 *
 * Returns: its size in bytes
 */
gsize
shequ_secret_get_size (const ShequSecret *secret)
{
  return secret->size;
}

/**
 * shequ_secret_equal:
 * @a: a secret
 * @b: another
 *
 * Takes as long whatever they hold.
 *
 * Returns: whether both are the same
 */
gboolean
shequ_secret_equal (const ShequSecret *a, const ShequSecret *b)
{
  guint8 differ = 0;

  if (a->size != b->size)
    return FALSE;
  for (gsize i = 0; i < a->size; i++)
    differ |= a->bytes[i] ^ b->bytes[i];
  return differ == 0;
}

/**
 * shequ_secret_wipe_text:
 * @text: (nullable) (transfer full): a text that somebody typed
 *
 * Frees it with nothing left of it.
 */
void
shequ_secret_wipe_text (char *text)
{
  if (text == NULL)
    return;
  explicit_bzero (text, strlen (text));
  g_free (text);
}
