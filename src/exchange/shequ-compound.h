#pragma once

#include <gsf/gsf-input.h>

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

ShequCompoundKind shequ_compound_find_kind (ShequSheetSource *source);
GsfInput *shequ_compound_open_workbook (ShequSheetSource *source);

G_END_DECLS
