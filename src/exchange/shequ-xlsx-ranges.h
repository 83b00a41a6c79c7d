#pragma once

#include "shequ-cell-queue.h"
#include "shequ-sheet-package.h"

G_BEGIN_DECLS

gboolean shequ_cell_name_parse (const char *name, gsize length, guint *row, guint *column);

GArray *shequ_xlsx_ranges_read (ShequSheetPackage *package,
                                const char *entry,
                                guint64 limit,
                                guint64 *unpacked,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
