#pragma once

#include "shequ-sheet-source.h"

G_BEGIN_DECLS

/**
 * ShequSheetPackage:
 *
 * The zip file that an .xlsx is. Entries are named without regard to case and with `/` between folders.
 */
typedef struct _ShequSheetPackage ShequSheetPackage;

/**
 * ShequSheetEntry:
 *
 * An entry while it is unpacked, a piece at a time.
 */
typedef struct _ShequSheetEntry ShequSheetEntry;

ShequSheetPackage *shequ_sheet_package_new (ShequSheetSource *source, GError **error);
void shequ_sheet_package_free (ShequSheetPackage *package);
gboolean shequ_sheet_package_has (ShequSheetPackage *package, const char *name);
gboolean shequ_sheet_package_has_folder (ShequSheetPackage *package, const char *folder);

ShequSheetEntry *shequ_sheet_package_open (ShequSheetPackage *package,
                                           const char *name,
                                           guint64 limit,
                                           GError **error);
gboolean shequ_sheet_entry_read (ShequSheetEntry *entry, const char **data, gsize *length, GError **error);
void shequ_sheet_entry_free (ShequSheetEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequSheetPackage, shequ_sheet_package_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequSheetEntry, shequ_sheet_entry_free)

G_END_DECLS
