#pragma once

#include "shequ-page.h"

G_BEGIN_DECLS

/**
 * ShequPlacesPage:
 *
 * The tree of places, and beside it what is known of the one that is selected.
 */
#define SHEQU_TYPE_PLACES_PAGE (shequ_places_page_get_type ())
G_DECLARE_FINAL_TYPE (ShequPlacesPage, shequ_places_page, SHEQU, PLACES_PAGE, ShequPage)

G_END_DECLS
