#pragma once

#include "shequ-page.h"

G_BEGIN_DECLS

#define SHEQU_TYPE_PREFERENCES_PAGE (shequ_preferences_page_get_type ())
G_DECLARE_FINAL_TYPE (ShequPreferencesPage, shequ_preferences_page, SHEQU, PREFERENCES_PAGE, ShequPage)

G_END_DECLS
