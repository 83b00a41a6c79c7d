#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ShequSheetSource:
 * @fd: an open file that can be read at any place
 * @size: its bytes
 * @name: (not nullable): what messages call it
 *
 * The bytes of a spreadsheet. What cannot be read at any place (standard input) is first copied into a
 * nameless temporary file.
 */
typedef struct
{
  int fd;
  guint64 size;
  char *name;
} ShequSheetSource;

ShequSheetSource *shequ_sheet_source_new_path (const char *path, GCancellable *cancellable, GError **error);
ShequSheetSource *shequ_sheet_source_new_fd (int fd, GCancellable *cancellable, GError **error);
ShequSheetSource *shequ_sheet_source_new_bytes (GBytes *bytes, GError **error);
void shequ_sheet_source_free (ShequSheetSource *source);

gssize shequ_sheet_source_read (ShequSheetSource *source,
                                guint64 offset,
                                void *buffer,
                                gsize size,
                                GError **error);
char *shequ_sheet_source_get_path (ShequSheetSource *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequSheetSource, shequ_sheet_source_free)

G_END_DECLS
