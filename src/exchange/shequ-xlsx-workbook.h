#pragma once

#include "shequ-sheet-package.h"

G_BEGIN_DECLS

/**
 * ShequXlsxSheet:
 * @name: as on its tab
 * @hidden: whether the workbook hides it
 * @entry: where its cells are
 */
typedef struct
{
  char *name;
  gboolean hidden;
  char *relation;
  char *entry;
} ShequXlsxSheet;

/**
 * ShequXlsxWorkbook:
 * @sheets: (element-type ShequXlsxSheet): the sheets that hold cells
 * @from_1904: whether dates count from 1904
 * @date_styles: for each cell style 1 when it shows a date, else 0
 *
 * What an .xlsx says about all its sheets.
 */
typedef struct _ShequXlsxWorkbook ShequXlsxWorkbook;

ShequXlsxWorkbook *shequ_xlsx_workbook_new (ShequSheetPackage *package,
                                            const char *name,
                                            GCancellable *cancellable,
                                            GError **error);
void shequ_xlsx_workbook_free (ShequXlsxWorkbook *workbook);
guint shequ_xlsx_workbook_get_n_sheets (ShequXlsxWorkbook *workbook);
const ShequXlsxSheet *shequ_xlsx_workbook_get_sheet (ShequXlsxWorkbook *workbook, guint sheet);
gboolean shequ_xlsx_workbook_is_from_1904 (ShequXlsxWorkbook *workbook);
gboolean shequ_xlsx_workbook_style_is_date (ShequXlsxWorkbook *workbook, guint64 style);
const char *shequ_xlsx_workbook_get_string (ShequXlsxWorkbook *workbook, guint64 index, gsize *length);
char *shequ_xlsx_find_workbook (ShequSheetPackage *package, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequXlsxWorkbook, shequ_xlsx_workbook_free)

G_END_DECLS
