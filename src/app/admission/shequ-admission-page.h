#pragma once

#include "shequ-page.h"

G_BEGIN_DECLS

/**
 * ShequAdmissionPage:
 *
 * Applications of departments: their list, the form with live screening, and the case that is decided.
 */
#define SHEQU_TYPE_ADMISSION_PAGE (shequ_admission_page_get_type ())
G_DECLARE_FINAL_TYPE (ShequAdmissionPage, shequ_admission_page, SHEQU, ADMISSION_PAGE, ShequPage)

G_END_DECLS
