#pragma once

#include "shequ-sheet-source.h"
#include "shequ-xls-record.h"

G_BEGIN_DECLS

/**
 * ShequXlsSheet:
 * @name: as on its tab
 * @hidden: whether the workbook hides it
 * @start: where its records begin
 */
typedef struct
{
  char *name;
  gboolean hidden;
  gsize start;
} ShequXlsSheet;

/**
 * ShequXlsWorkbook:
 *
 * What an .xls says about all its sheets, and the stream that holds them.
 */
typedef struct _ShequXlsWorkbook ShequXlsWorkbook;

ShequXlsWorkbook *shequ_xls_workbook_new (ShequSheetSource *source, GError **error);
void shequ_xls_workbook_free (ShequXlsWorkbook *workbook);
guint shequ_xls_workbook_get_n_sheets (ShequXlsWorkbook *workbook);
const ShequXlsSheet *shequ_xls_workbook_get_sheet (ShequXlsWorkbook *workbook, guint sheet);
ShequXlsCursor shequ_xls_workbook_open_sheet (ShequXlsWorkbook *workbook, guint sheet);
gboolean shequ_xls_workbook_is_from_1904 (ShequXlsWorkbook *workbook);
gboolean shequ_xls_workbook_style_is_date (ShequXlsWorkbook *workbook, guint style);
const char *shequ_xls_workbook_get_string (ShequXlsWorkbook *workbook, guint32 index, gsize *length);
char *shequ_xls_workbook_read_text (ShequXlsWorkbook *workbook, const guint8 *bytes, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequXlsWorkbook, shequ_xls_workbook_free)

G_END_DECLS
