#pragma once

#include "shequ-page.h"

G_BEGIN_DECLS

/**
 * ShequOwnPage:
 *
 * The registers and fields that the office has made: a list of them, with what is needed to make more.
 */
#define SHEQU_TYPE_OWN_PAGE (shequ_own_page_get_type ())
G_DECLARE_FINAL_TYPE (ShequOwnPage, shequ_own_page, SHEQU, OWN_PAGE, ShequPage)

G_END_DECLS
