#pragma once

#include "shequ-page.h"

G_BEGIN_DECLS

/**
 * ShequResidentsPage:
 *
 * Residents, and beside each the household.
 */
#define SHEQU_TYPE_RESIDENTS_PAGE (shequ_residents_page_get_type ())
G_DECLARE_FINAL_TYPE (ShequResidentsPage, shequ_residents_page, SHEQU, RESIDENTS_PAGE, ShequPage)

void shequ_residents_page_show_duplicates (ShequResidentsPage *self, gint64 after);

G_END_DECLS
