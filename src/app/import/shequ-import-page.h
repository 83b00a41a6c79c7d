#pragma once

#include "shequ-page.h"

G_BEGIN_DECLS

/**
 * ShequImportPage:
 *
 * Takes a spreadsheet that others have sent into a register: choose, check, store, read what came of it.
 */
#define SHEQU_TYPE_IMPORT_PAGE (shequ_import_page_get_type ())
G_DECLARE_FINAL_TYPE (ShequImportPage, shequ_import_page, SHEQU, IMPORT_PAGE, ShequPage)

G_END_DECLS
