#pragma once

#include "shequ-cell-queue.h"
#include "shequ-sheet-source.h"

G_BEGIN_DECLS

/**
 * ShequCompoundKind:
 *
 * What an OLE2 file holds.
 */
typedef enum
{
  SHEQU_COMPOUND_OTHER,
  SHEQU_COMPOUND_WORKBOOK,
  SHEQU_COMPOUND_ENCRYPTED,
  SHEQU_COMPOUND_WORD,
  SHEQU_COMPOUND_PRESENTATION,
} ShequCompoundKind;

/**
 * ShequXlsCell:
 * @row: from 0
 * @column: from 0
 * @type: text, number, boolean or error
 * @number: the number, 1 or 0 for a boolean
 * @text: (nullable): the text of a text or error
 */
typedef struct
{
  guint row;
  guint column;
  ShequCellType type;
  double number;
  char *text;
} ShequXlsCell;

/**
 * ShequXlsSheet:
 * @ranges: (element-type ShequCellRange): its merged ranges
 * @cells: (element-type ShequXlsCell): the cells with formulas, truth values and errors, by row and column
 *
 * What libfreexl does not tell of a sheet.
 */
typedef struct
{
  GArray *ranges;
  GArray *cells;
} ShequXlsSheet;

ShequCompoundKind shequ_compound_find_kind (ShequSheetSource *source);
GPtrArray *shequ_xls_records_read (ShequSheetSource *source, guint n_sheets);
const ShequXlsCell *shequ_xls_sheet_find_cell (const ShequXlsSheet *sheet, guint row, guint column);

G_END_DECLS
