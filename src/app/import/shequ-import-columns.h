#pragma once

#include <gtk/gtk.h>

#include "shequ-import-job.h"

G_BEGIN_DECLS

/**
 * ShequImportColumns:
 *
 * The columns of a spreadsheet, one a row: its head, what stands in it, and where it goes, to be corrected.
 *
 * Signal: `assigned` (column from 0, path of a target or empty) when a person has chosen.
 */
#define SHEQU_TYPE_IMPORT_COLUMNS (shequ_import_columns_get_type ())
G_DECLARE_FINAL_TYPE (ShequImportColumns, shequ_import_columns, SHEQU, IMPORT_COLUMNS, GtkWidget)

ShequImportColumns *shequ_import_columns_new (void);
void shequ_import_columns_show (ShequImportColumns *self, ShequImportJob *job);

G_END_DECLS
