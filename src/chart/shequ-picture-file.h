#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct _ShequPictureFile ShequPictureFile;

ShequPictureFile *shequ_picture_file_new (const char *path, GError **error);
cairo_status_t shequ_picture_file_write (void *file, const unsigned char *data, unsigned int length);
gboolean shequ_picture_file_commit (ShequPictureFile *self, cairo_status_t status, GError **error);
void shequ_picture_file_free (ShequPictureFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequPictureFile, shequ_picture_file_free)

G_END_DECLS
