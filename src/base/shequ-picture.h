#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* As base64 it fits a cell of a spreadsheet, of 32,767 characters. */
#define SHEQU_PICTURE_MOST_BYTES 24000

gboolean shequ_picture_is_valid (const char *text);
char *shequ_picture_from_jpeg (const guint8 *bytes, gsize length);
GBytes *shequ_picture_to_jpeg (const char *text);

G_END_DECLS
