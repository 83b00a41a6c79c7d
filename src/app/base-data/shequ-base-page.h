#pragma once

#include "shequ-page.h"

G_BEGIN_DECLS

#define SHEQU_TYPE_BASE_PAGE (shequ_base_page_get_type ())
G_DECLARE_FINAL_TYPE (ShequBasePage, shequ_base_page, SHEQU, BASE_PAGE, ShequPage)

G_END_DECLS
