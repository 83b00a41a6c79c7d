#pragma once

#include "shequ-sheet-package.h"

G_BEGIN_DECLS

/* The most bytes that parts other than sheets and texts unpack to. */
#define SHEQU_XLSX_MAX_PART (G_GUINT64_CONSTANT (64) << 20)

GArray *shequ_xlsx_styles_read (ShequSheetPackage *package,
                                const char *entry,
                                const char *name,
                                GCancellable *cancellable,
                                GError **error);

/**
 * ShequXlsxStrings:
 *
 * The shared texts of an .xlsx, in one block of memory.
 */
typedef struct _ShequXlsxStrings ShequXlsxStrings;

ShequXlsxStrings *shequ_xlsx_strings_read (ShequSheetPackage *package,
                                           const char *entry,
                                           const char *name,
                                           GCancellable *cancellable,
                                           GError **error);
void shequ_xlsx_strings_free (ShequXlsxStrings *strings);
const char *shequ_xlsx_strings_get (ShequXlsxStrings *strings, guint64 index, gsize *length);

void shequ_xlsx_unescape (GString *text, gsize from);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequXlsxStrings, shequ_xlsx_strings_free)

G_END_DECLS
