/*
 * The file of a backup: a mark, the length of what it says of itself, that text (a key file), and then the
 * database, packed and sealed. The pieces are sealed under a key of this file alone, which stands in the text
 * wrapped with the recovery key; the digest of the text is the context of every piece, so that no byte of the
 * file can be another.
 */
#include "shequ-backup-file-private.h"

#include "shequ-cipher.h"
#include "shequ-error.h"
#include "shequ-sealed-stream.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define MARK "SHEQUBK1"
#define MARK_SIZE 8
#define LENGTH_SIZE 4
#define MOST_TEXT 65536
#define PIECE_SIZE 262144
#define PACKING 1 /* the quickest: a database packs well anyway */
#define KEY_GROUP "Key"

typedef struct
{
  GBytes *bytes; /* mark, length, text */
  char context[2 * SHEQU_DIGEST_SIZE + 1];
} Head;

static void
head_free (Head *head)
{
  g_bytes_unref (head->bytes);
  g_free (head);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Head, head_free)

/* What the system says of a file, for the person at the desk. */
static gboolean
set_file_error (GError **error, const char *path, int code)
{
  g_autofree char *name = g_path_get_basename (path);

  if (code == ENOSPC || code == EDQUOT || code == EFBIG)
    g_set_error (
      error, SHEQU_ERROR, SHEQU_ERROR_FULL,
      _ ("There is no room for “%s”; what was there before is kept. Free some space and try again"), name);
  else
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
                 _ ("“%s” can't be used (%s). Check the folder and its rights"), path, g_strerror (code));
  return FALSE;
}

/* The streams of GIO speak of errors of their own. */
static void
take_stream_error (GError **error, GError *inner, const char *path)
{
  if (inner->domain == SHEQU_ERROR || g_error_matches (inner, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, inner);
      return;
    }
  if (g_error_matches (inner, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    set_file_error (error, path, ENOSPC);
  else if (g_error_matches (inner, G_IO_ERROR, G_IO_ERROR_INVALID_DATA) ||
           g_error_matches (inner, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED,
                         _ ("The backup is damaged; nothing of it was used. Take another one"));
  else
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE, _ ("“%s” can't be read or written (%s)"), path,
                 inner->message);
  g_error_free (inner);
}

static Head *
head_new (const guint8 *bytes, gsize length)
{
  Head *head = g_new0 (Head, 1);
  guint8 digest[SHEQU_DIGEST_SIZE];

  head->bytes = g_bytes_new (bytes, length);
  shequ_digest (bytes, length, digest);
  for (guint i = 0; i < SHEQU_DIGEST_SIZE; i++)
    g_snprintf (head->context + 2 * i, 3, "%02x", digest[i]);
  return head;
}

static Head *
write_head (GKeyFile *about)
{
  gsize length;
  g_autofree char *text = g_key_file_to_data (about, &length, NULL);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint32 size = GUINT32_TO_LE (length);

  g_byte_array_append (bytes, (const guint8 *) MARK, MARK_SIZE);
  g_byte_array_append (bytes, (const guint8 *) &size, LENGTH_SIZE);
  g_byte_array_append (bytes, (const guint8 *) text, length);
  return head_new (bytes->data, bytes->len);
}

static Head *
read_head (GInputStream *input, const char *path, GKeyFile *about, GError **error)
{
  g_autofree guint8 *bytes = g_malloc (MARK_SIZE + LENGTH_SIZE + MOST_TEXT);
  g_autoptr (GError) inner = NULL;
  guint32 size = 0;
  gsize n_read = 0;

  if (!g_input_stream_read_all (input, bytes, MARK_SIZE + LENGTH_SIZE, &n_read, NULL, &inner))
    {
      take_stream_error (error, g_steal_pointer (&inner), path);
      return NULL;
    }
  memcpy (&size, bytes + MARK_SIZE, LENGTH_SIZE);
  size = GUINT32_FROM_LE (size);
  if (n_read == MARK_SIZE + LENGTH_SIZE && memcmp (bytes, MARK, MARK_SIZE) == 0 && size <= MOST_TEXT &&
      g_input_stream_read_all (input, bytes + MARK_SIZE + LENGTH_SIZE, size, &n_read, NULL, NULL) &&
      n_read == size &&
      g_key_file_load_from_data (about, (const char *) bytes + MARK_SIZE + LENGTH_SIZE, size, G_KEY_FILE_NONE,
                                 NULL))
    return head_new (bytes, MARK_SIZE + LENGTH_SIZE + size);
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
               _ ("“%s” is no backup of Shequ, or its beginning is damaged; nothing was changed"), path);
  return NULL;
}

static ShequSecret *
make_file_key (GKeyFile *about, const ShequSecret *key)
{
  g_autoptr (ShequSecret) file_key = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
  g_autoptr (GBytes) wrapped = shequ_cipher_wrap (key, file_key, "backup");
  g_autofree char *id = shequ_backup_key_id (key);
  g_autofree char *text = g_base64_encode (g_bytes_get_data (wrapped, NULL), g_bytes_get_size (wrapped));

  g_key_file_set_string (about, KEY_GROUP, "Id", id);
  g_key_file_set_string (about, KEY_GROUP, "Wrapped", text);
  return g_steal_pointer (&file_key);
}

static ShequSecret *
take_file_key (GKeyFile *about, const ShequSecret *key, GError **error)
{
  g_autofree char *text = g_key_file_get_string (about, KEY_GROUP, "Wrapped", NULL);
  g_autofree char *id = g_key_file_get_string (about, KEY_GROUP, "Id", NULL);
  g_autofree char *own = shequ_backup_key_id (key);
  g_autoptr (GBytes) wrapped = NULL;
  gsize length = 0;
  guchar *bytes;

  if (text == NULL || g_strcmp0 (id, own) != 0)
    {
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
        _ ("The backup was sealed with the key %s, not with this one (%s). Take the paper with that number"),
        id != NULL ? id : "?", own);
      return NULL;
    }
  bytes = g_base64_decode (text, &length);
  wrapped = g_bytes_new_take (bytes, length);
  return shequ_cipher_unwrap (key, wrapped, "backup", error);
}

/* From one stream to the other, telling how far it is. */
static gboolean
pump (GInputStream *from, GOutputStream *to, guint64 total, const ShequBackupWatch *watch, GError **error)
{
  g_autofree char *buffer = g_malloc (PIECE_SIZE);
  guint64 done = 0;

  for (;;)
    {
      gssize n_read = g_input_stream_read (from, buffer, PIECE_SIZE, watch->cancellable, error);

      if (n_read <= 0)
        return n_read == 0;
      if (to != NULL &&
          !g_output_stream_write_all (to, buffer, (gsize) n_read, NULL, watch->cancellable, error))
        return FALSE;
      done += (guint64) n_read;
      if (watch->tell != NULL)
        watch->tell (MIN (done, total), total, watch->user_data);
    }
}

static guint64
get_size (int fd)
{
  struct stat about;

  return fstat (fd, &about) == 0 ? (guint64) about.st_size : 0;
}

/* The rest of a folder's names survives a power cut only with this. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

/* Gives a file its name once all of it is on the disk. */
gboolean
shequ_backup_file_move (const char *from, const char *to, GError **error)
{
  if (g_rename (from, to) != 0)
    return set_file_error (error, to, errno);
  sync_folder (to);
  return TRUE;
}

static gboolean
seal_streams (int in,
              int out,
              GKeyFile *about,
              const ShequSecret *key,
              const ShequBackupWatch *watch,
              GError **error)
{
  g_autoptr (ShequSecret) file_key = make_file_key (about, key);
  g_autoptr (Head) head = write_head (about);
  g_autoptr (GInputStream) from = g_unix_input_stream_new (in, FALSE);
  g_autoptr (GOutputStream) file = g_unix_output_stream_new (out, FALSE);
  g_autoptr (GOutputStream) sealed = shequ_sealed_output_new (file, file_key, head->context);
  g_autoptr (GConverter) packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, PACKING));
  g_autoptr (GOutputStream) packed = g_converter_output_stream_new (sealed, packer);
  gsize length;
  const void *bytes = g_bytes_get_data (head->bytes, &length);

  /* Closing writes the last piece; a stream that is let go after a failure is closed by itself, to no harm.
   */
  return g_output_stream_write_all (file, bytes, length, NULL, watch->cancellable, error) &&
         pump (from, packed, get_size (in), watch, error) &&
         g_output_stream_close (packed, watch->cancellable, error);
}

/**
 * shequ_backup_file_seal:
 * @plain: the file that is sealed
 * @path: the file that is made; one of that name is replaced once the new one is whole
 * @key: the recovery key
 * @about: what everybody may read; gets the group of the key
 * @watch: progress
 * @error: %SHEQU_ERROR_FULL, %SHEQU_ERROR_UNREACHABLE
 *
 * Returns: whether the file is safe on the disk
 */
gboolean
shequ_backup_file_seal (const char *plain,
                        const char *path,
                        const ShequSecret *key,
                        GKeyFile *about,
                        const ShequBackupWatch *watch,
                        GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  GError *inner = NULL;
  int in = g_open (plain, O_RDONLY | O_CLOEXEC, 0);
  int out;
  gboolean sealed;

  if (in < 0)
    return set_file_error (error, plain, errno);
  out = g_open (part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (out < 0)
    {
      set_file_error (error, part, errno);
      close (in);
      return FALSE;
    }
  sealed = seal_streams (in, out, about, key, watch, &inner);
  close (in);
  if (sealed && fsync (out) != 0)
    {
      set_file_error (&inner, part, errno);
      sealed = FALSE;
    }
  close (out);
  if (sealed)
    sealed = shequ_backup_file_move (part, path, &inner);
  if (sealed)
    return TRUE;
  g_unlink (part);
  take_stream_error (error, inner, path);
  return FALSE;
}

/**
 * shequ_backup_file_read_about:
 * @path: a backup
 * @error: %SHEQU_ERROR_UNREADABLE when it is none
 *
 * Returns: (transfer full): what it says of itself, which nobody has vouched for before it is opened
 */
GKeyFile *
shequ_backup_file_read_about (const char *path, GError **error)
{
  g_autoptr (GKeyFile) about = g_key_file_new ();
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (Head) head = NULL;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  if (fd < 0)
    {
      set_file_error (error, path, errno);
      return NULL;
    }
  input = g_unix_input_stream_new (fd, TRUE);
  head = read_head (input, path, about, error);
  return head != NULL ? g_steal_pointer (&about) : NULL;
}

static gboolean
open_streams (int in,
              int out,
              const char *path,
              const ShequSecret *key,
              const ShequBackupWatch *watch,
              GError **error)
{
  g_autoptr (GKeyFile) about = g_key_file_new ();
  g_autoptr (GInputStream) file = g_unix_input_stream_new (in, FALSE);
  g_autoptr (Head) head = read_head (file, path, about, error);
  g_autoptr (ShequSecret) file_key = head != NULL ? take_file_key (about, key, error) : NULL;
  g_autoptr (GInputStream) sealed = NULL;
  g_autoptr (GInputStream) unpacked = NULL;
  g_autoptr (GConverter) unpacker = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW));
  g_autoptr (GOutputStream) to = out >= 0 ? g_unix_output_stream_new (out, FALSE) : NULL;

  if (file_key == NULL)
    return FALSE;
  sealed = shequ_sealed_input_new (file, file_key, head->context);
  unpacked = g_converter_input_stream_new (sealed, unpacker);
  /* What was packed may end before what was sealed does: only the end of that says that the file is whole. */
  return pump (unpacked, to, g_key_file_get_uint64 (about, "Backup", "Size", NULL), watch, error) &&
         pump (sealed, NULL, 0, &(ShequBackupWatch){ NULL, NULL, watch->cancellable }, error);
}

/**
 * shequ_backup_file_open:
 * @path: a backup
 * @key: the recovery key it was sealed with
 * @plain: (nullable): the file that gets what was sealed, removed on error; %NULL only looks whether all is
 * whole
 * @watch: progress
 * @error: %SHEQU_ERROR_PERMISSION for another key, %SHEQU_ERROR_DAMAGED for a byte that is not as it was
 *
 * Returns: whether everything was read and is as it was sealed
 */
gboolean
shequ_backup_file_open (const char *path,
                        const ShequSecret *key,
                        const char *plain,
                        const ShequBackupWatch *watch,
                        GError **error)
{
  GError *inner = NULL;
  int in = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  int out = -1;
  gboolean opened;

  if (in < 0)
    return set_file_error (error, path, errno);
  if (plain != NULL)
    {
      out = g_open (plain, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
      if (out < 0)
        {
          set_file_error (error, plain, errno);
          close (in);
          return FALSE;
        }
    }
  opened = open_streams (in, out, path, key, watch, &inner);
  close (in);
  if (opened && out >= 0 && fsync (out) != 0)
    {
      set_file_error (&inner, plain, errno);
      opened = FALSE;
    }
  if (out >= 0)
    close (out);
  if (opened)
    return TRUE;
  if (plain != NULL)
    g_unlink (plain);
  take_stream_error (error, inner, path);
  return FALSE;
}
