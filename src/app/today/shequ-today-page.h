#pragma once

#include "shequ-page.h"

G_BEGIN_DECLS

/**
 * ShequTodayPage:
 *
 * What is due, the oldest first, with the record behind each line one key away: the first screen.
 */
#define SHEQU_TYPE_TODAY_PAGE (shequ_today_page_get_type ())
G_DECLARE_FINAL_TYPE (ShequTodayPage, shequ_today_page, SHEQU, TODAY_PAGE, ShequPage)

G_END_DECLS
