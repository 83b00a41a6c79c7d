/*
 * A backup, as it may lie on a stick that was in many hands. The first byte says what the rest is: the whole
 * file; what a file says of itself, behind a sound mark; or what lies packed and sealed in a file whose seals
 * hold, which no fuzzer would come to.
 */
#include "fuzz.h"

#include <gio/gunixoutputstream.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "shequ-backup-file-private.h"
#include "shequ-cipher.h"
#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-sealed-stream.h"

#define MARK "SHEQUBK1"

typedef enum
{
  WHOLE,
  TEXT,
  SEALED,
  N_KINDS
} Kind;

static ShequSecret *key;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  static const guint8 bytes[SHEQU_CIPHER_KEY_SIZE] = { 7 };

  shequ_locale_init ();
  key = shequ_secret_new (bytes, sizeof bytes);
  return 0;
}

static void
put (int fd, const void *bytes, gsize length)
{
  g_assert_cmpint (write (fd, bytes, length), ==, (gssize) length);
}

/* Gives the digest of what it wrote, which each piece is bound to. */
static char *
put_head (int fd, const void *text, gsize length)
{
  g_autoptr (GByteArray) head = g_byte_array_new ();
  guint32 size = GUINT32_TO_LE ((guint32) length);
  guint8 digest[SHEQU_DIGEST_SIZE];
  GString *context = g_string_new (NULL);

  g_byte_array_append (head, (const guint8 *) MARK, strlen (MARK));
  g_byte_array_append (head, (const guint8 *) &size, sizeof size);
  g_byte_array_append (head, text, (guint) length);
  put (fd, head->data, head->len);
  shequ_digest (head->data, head->len, digest);
  for (guint i = 0; i < SHEQU_DIGEST_SIZE; i++)
    g_string_append_printf (context, "%02x", digest[i]);
  return g_string_free (context, FALSE);
}

static void
put_sealed (int fd, const void *bytes, gsize length)
{
  g_autoptr (ShequSecret) file_key = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
  g_autoptr (GBytes) wrapped = shequ_cipher_wrap (key, file_key, "backup");
  g_autofree char *id = shequ_backup_key_id (key);
  g_autofree char *wrapped_text =
    g_base64_encode (g_bytes_get_data (wrapped, NULL), g_bytes_get_size (wrapped));
  g_autofree char *text = g_strdup_printf ("[Key]\nId=%s\nWrapped=%s\n", id, wrapped_text);
  g_autofree char *context = put_head (fd, text, strlen (text));
  g_autoptr (GOutputStream) file = g_unix_output_stream_new (fd, FALSE);
  g_autoptr (GOutputStream) sealed = shequ_sealed_output_new (file, file_key, context);

  g_assert_true (g_output_stream_write_all (sealed, bytes, length, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (sealed, NULL, NULL));
}

static void
check_error (const GError *error)
{
  g_assert_true (error->domain == SHEQU_ERROR && g_utf8_validate (error->message, -1, NULL));
}

static void
read_file (const char *path)
{
  const ShequBackupWatch watch = { NULL, NULL, NULL };
  g_autoptr (ShequBackupInfo) info = NULL;
  g_autoptr (GError) about_error = NULL;
  g_autoptr (GError) error = NULL;

  info = shequ_backup_read_info (path, &about_error);
  if (info == NULL)
    check_error (about_error);
  if (!shequ_backup_file_open (path, key, NULL, &watch, &error))
    check_error (error);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Kind kind = size > 0 ? data[0] % N_KINDS : WHOLE;
  gsize length = size > 0 ? size - 1 : 0;
  const uint8_t *rest = size > 0 ? data + 1 : data;
  int fd = memfd_create ("backup", 0);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);

  if (kind == WHOLE)
    put (fd, rest, length);
  else if (kind == TEXT)
    g_free (put_head (fd, rest, length));
  else
    put_sealed (fd, rest, length);
  read_file (path);
  close (fd);
  return 0;
}
