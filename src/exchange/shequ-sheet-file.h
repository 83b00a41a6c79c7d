#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ShequSheetFile:
 * @path: (not nullable): the temporary file that is written
 * @name: (not nullable): what messages call the target
 *
 * A file that takes the place of its target only when it is complete: it is written beside the target and
 * then renamed, so that a full disk or a crash leaves the target as it was. What is no plain file (standard
 * output) is written through a temporary file of its own and copied at the end.
 */
typedef struct
{
  char *path;
  char *target;
  int target_fd;
  char *name;
} ShequSheetFile;

ShequSheetFile *shequ_sheet_file_new_path (const char *target, GError **error);
ShequSheetFile *shequ_sheet_file_new_fd (int fd, GError **error);
void shequ_sheet_file_free (ShequSheetFile *file);
gboolean shequ_sheet_file_commit (ShequSheetFile *file, GError **error);
void shequ_sheet_file_set_error (ShequSheetFile *file, GError **error, int code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequSheetFile, shequ_sheet_file_free)

G_END_DECLS
