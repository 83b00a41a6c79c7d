#pragma once

#include "shequ-sheet-writer.h"
#include "shequ-store.h"

G_BEGIN_DECLS

/* Tells how many records of how many are written. */
typedef void (*ShequExportProgress) (guint64 done, guint64 total, gpointer user_data);

/**
 * ShequExportOptions:
 * @unmasked: write sensitive values in clear, as far as who works with the store may open and export them
 * @approved: a second person has agreed to more persons than one may export alone
 * @mark: (nullable): a first line
 *
 * How records are exported.
 */
typedef struct
{
  gboolean unmasked;
  gboolean approved;
  const char *mark;
} ShequExportOptions;

ShequColumnKind shequ_export_get_column_kind (const ShequField *field);
GPtrArray *shequ_export_list_columns (const ShequRegister *reg);
gint64 shequ_export_run (ShequStore *store,
                         const ShequQuery *query,
                         const GPtrArray *columns,
                         ShequSheetWriter *writer,
                         const ShequExportOptions *options,
                         ShequExportProgress progress,
                         gpointer user_data,
                         GCancellable *cancellable,
                         GError **error);

G_END_DECLS
