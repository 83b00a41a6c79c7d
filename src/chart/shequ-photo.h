#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

char *shequ_photo_read_file (const char *path, GError **error);
cairo_surface_t *shequ_photo_to_surface (const char *text);

G_END_DECLS
