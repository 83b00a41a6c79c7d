#pragma once

#include "shequ-sheet-reader-private.h"

G_BEGIN_DECLS

gboolean shequ_sheet_kind_detect (ShequSheetSource *source, ShequSheetFormat *format, GError **error);
ShequSheetReaderNew shequ_sheet_kind_get_reader (ShequSheetFormat format);

G_END_DECLS
