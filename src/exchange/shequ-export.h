#pragma once

#include "shequ-sheet-writer.h"
#include "shequ-store.h"

G_BEGIN_DECLS

/* Tells how many records of how many are written. */
typedef void (*ShequExportProgress) (guint64 done, guint64 total, gpointer user_data);

ShequColumnKind shequ_export_get_column_kind (const ShequField *field);
GPtrArray *shequ_export_list_columns (const ShequRegister *reg);
gint64 shequ_export_run (ShequStore *store,
                         const ShequQuery *query,
                         const GPtrArray *columns,
                         ShequSheetWriter *writer,
                         gboolean unmasked,
                         ShequExportProgress progress,
                         gpointer user_data,
                         GCancellable *cancellable,
                         GError **error);

G_END_DECLS
