/* The value of a field of the kind `picture`: a JPEG as base64. */
#include "shequ-picture.h"

#include "config.h"

#include <string.h>

#define MOST_CHARACTERS (SHEQU_PICTURE_MOST_BYTES / 3 * 4)
#define LEAST_BYTES 5

/**
 * shequ_picture_is_valid:
 * @text: what may be a picture
 *
 * The picture itself is not looked into: only whoever shows it can.
 *
 * Returns: whether it is base64 of a JPEG that is not too large
 */
gboolean
shequ_picture_is_valid (const char *text)
{
  static const guint8 start[] = { 0xFF, 0xD8, 0xFF };
  gsize length = strlen (text);
  g_autofree char *again = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const guint8 *data;

  if (length > MOST_CHARACTERS)
    return FALSE;
  bytes = shequ_picture_to_jpeg (text);
  data = g_bytes_get_data (bytes, &length);
  if (length < LEAST_BYTES || memcmp (data, start, sizeof start) != 0 || data[length - 2] != 0xFF ||
      data[length - 1] != 0xD9)
    return FALSE;
  /* One way of writing only; the decoder passes over what it does not know. */
  again = g_base64_encode (data, length);
  return g_str_equal (again, text);
}

/**
 * shequ_picture_from_jpeg:
 * @bytes: a JPEG
 * @length: its length
 *
 * Returns: (transfer full): the value of a field; whether it is one says shequ_picture_is_valid()
 */
char *
shequ_picture_from_jpeg (const guint8 *bytes, gsize length)
{
  return g_base64_encode (bytes, length);
}

/**
 * shequ_picture_to_jpeg:
 * @text: the value of a field
 *
 * Returns: (transfer full): the JPEG
 */
GBytes *
shequ_picture_to_jpeg (const char *text)
{
  gsize length;
  guchar *data = g_base64_decode (text, &length);

  return g_bytes_new_take (data, length);
}
