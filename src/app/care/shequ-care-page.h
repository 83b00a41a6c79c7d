#pragma once

#include "shequ-page.h"

G_BEGIN_DECLS

/**
 * ShequCarePage:
 *
 * Visits and care: who is due, the files of households, survey rounds, and what was logged.
 */
#define SHEQU_TYPE_CARE_PAGE (shequ_care_page_get_type ())
G_DECLARE_FINAL_TYPE (ShequCarePage, shequ_care_page, SHEQU, CARE_PAGE, ShequPage)

G_END_DECLS
