#pragma once

#include "shequ-page.h"

G_BEGIN_DECLS

/**
 * ShequWorkPage:
 *
 * The entry of work done, the work items by department, and all entries.
 */
#define SHEQU_TYPE_WORK_PAGE (shequ_work_page_get_type ())
G_DECLARE_FINAL_TYPE (ShequWorkPage, shequ_work_page, SHEQU, WORK_PAGE, ShequPage)

G_END_DECLS
