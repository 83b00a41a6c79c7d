#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShequPushedFile:
 * @text: (nullable): what it says, where it is a text
 * @picture: (nullable): where it is a picture: as a value of a field of that kind
 * @mark: name, size and digest, by which the file can be recognised
 *
 * A file by which a task was pushed down.
 */
typedef struct
{
  char *text;
  char *picture;
  char *mark;
} ShequPushedFile;

ShequPushedFile *shequ_pushed_file_read (const char *path, GError **error);
void shequ_pushed_file_free (ShequPushedFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequPushedFile, shequ_pushed_file_free)

G_END_DECLS
