#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* Bytes that a few at a time are added to, millions of times: nothing is called for that but when they grow.
 */
typedef struct
{
  guchar *data;
  gsize length;
  gsize size;
} SqliteBytes;

/* Returns: where @most bytes may be written; sqlite_bytes_take() tells how many were. */
static inline guchar *
sqlite_bytes_reserve (SqliteBytes *bytes, gsize most)
{
  if (bytes->size - bytes->length < most)
    {
      bytes->size = (bytes->length + most) * 2;
      bytes->data = g_realloc (bytes->data, bytes->size);
    }
  return bytes->data + bytes->length;
}

static inline void
sqlite_bytes_take (SqliteBytes *bytes, gsize n)
{
  bytes->length += n;
}

static inline void
sqlite_bytes_append (SqliteBytes *bytes, const void *data, gsize length)
{
  if (length == 0)
    return;
  memcpy (sqlite_bytes_reserve (bytes, length), data, length);
  bytes->length += length;
}

static inline void
sqlite_bytes_clear (SqliteBytes *bytes)
{
  g_clear_pointer (&bytes->data, g_free);
  bytes->length = bytes->size = 0;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SqliteBytes, sqlite_bytes_clear)

G_END_DECLS
