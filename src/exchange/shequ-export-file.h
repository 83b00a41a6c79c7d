#pragma once

#include "shequ-export.h"

G_BEGIN_DECLS

/**
 * ShequExportFile:
 * @path: where the file shall be
 * @format: what it is when it is not sealed; a sealed one holds an .xlsx
 * @password: (nullable): seals it: a .zip whose content is encrypted by AES with 256 bits
 * @mark: (nullable): a first line that says who exported it
 * @columns: (nullable) (element-type ShequField): which fields, as for shequ_export_run()
 * @unmasked: as for shequ_export_run()
 * @approved: as for shequ_export_run()
 *
 * A file that leaves the office.
 */
typedef struct
{
  const char *path;
  ShequSheetFormat format;
  const char *password;
  const char *mark;
  const GPtrArray *columns;
  gboolean unmasked;
  gboolean approved;
} ShequExportFile;

gint64 shequ_export_write_file (ShequStore *store,
                                const ShequQuery *query,
                                const ShequExportFile *file,
                                guint8 *digest,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
