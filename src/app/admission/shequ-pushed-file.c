#include "shequ-pushed-file.h"

#include "config.h"

#include <errno.h>
#include <gio/gio.h>

#include "shequ-photo.h"
#include "shequ-text-decoder.h"

#define MOST_TEXT 20000
#define MOST_FILE (64 * 1024 * 1024)
#define DIGEST_SHOWN 16

static char *
read_text (const char *path, GError **error)
{
  g_autoptr (ShequSheetSource) source = shequ_sheet_source_new_path (path, NULL, error);
  g_autofree char *encoding = source != NULL ? shequ_text_detect_encoding (source, NULL, error) : NULL;
  g_autoptr (ShequTextDecoder) decoder =
    encoding != NULL ? shequ_text_decoder_new (source, encoding, error) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  const char *piece;
  gsize length;

  if (decoder == NULL)
    return NULL;
  while (text->len < MOST_TEXT && shequ_text_decoder_next (decoder, &piece, &length, error))
    {
      if (length == 0)
        break;
      g_string_append_len (text, piece, length);
    }
  g_string_truncate (text, MIN (text->len, MOST_TEXT));
  return g_utf8_make_valid (text->str, text->len);
}

static char *
make_mark (const char *path, const guint8 *bytes, gsize length)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, length);
  g_autofree char *size = g_format_size (length);

  return g_strdup_printf ("%s · %s · SHA-256 %.*s", name, size, DIGEST_SHOWN, digest);
}

/**
 * shequ_pushed_file_read:
 * @path: a file that was dropped or chosen
 * @error: return location
 *
 * Reads what a notice or a screenshot says. A file that is neither text nor picture is only marked, so that
 * it can be recognised later.
 *
 * Returns: (transfer full): what is in it
 */
ShequPushedFile *
shequ_pushed_file_read (const char *path, GError **error)
{
  g_autoptr (ShequPushedFile) file = g_new0 (ShequPushedFile, 1);
  g_autoptr (GMappedFile) mapped = g_mapped_file_new (path, FALSE, error);
  g_autofree char *type = NULL;
  const guint8 *bytes;
  gsize length;

  if (mapped == NULL)
    return NULL;
  bytes = (const guint8 *) g_mapped_file_get_contents (mapped);
  length = g_mapped_file_get_length (mapped);
  if (length > MOST_FILE)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, g_strerror (EFBIG));
      return NULL;
    }
  file->mark = make_mark (path, bytes != NULL ? bytes : (const guint8 *) "", length);
  type = g_content_type_guess (path, bytes, length, NULL);
  if (length > 0 && g_content_type_is_a (type, "image/*"))
    file->picture = shequ_photo_read_file (path, error);
  else if (length > 0 && g_content_type_is_a (type, "text/plain"))
    file->text = read_text (path, error);
  else
    return g_steal_pointer (&file);
  return file->picture != NULL || file->text != NULL ? g_steal_pointer (&file) : NULL;
}

void
shequ_pushed_file_free (ShequPushedFile *file)
{
  g_free (file->text);
  g_free (file->picture);
  g_free (file->mark);
  g_free (file);
}
