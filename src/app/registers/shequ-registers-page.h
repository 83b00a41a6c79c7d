#pragma once

#include "shequ-page.h"

G_BEGIN_DECLS

/**
 * ShequRegistersPage:
 *
 * Every register of the catalogue by name, each with list, details and form. A register that has no page of
 * its own is at home here.
 */
#define SHEQU_TYPE_REGISTERS_PAGE (shequ_registers_page_get_type ())
G_DECLARE_FINAL_TYPE (ShequRegistersPage, shequ_registers_page, SHEQU, REGISTERS_PAGE, ShequPage)

G_END_DECLS
