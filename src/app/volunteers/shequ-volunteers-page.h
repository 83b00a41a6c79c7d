#pragma once

#include "shequ-page.h"

G_BEGIN_DECLS

/**
 * ShequVolunteersPage:
 *
 * The roster of a week, and the registers of volunteers and teams.
 */
#define SHEQU_TYPE_VOLUNTEERS_PAGE (shequ_volunteers_page_get_type ())
G_DECLARE_FINAL_TYPE (ShequVolunteersPage, shequ_volunteers_page, SHEQU, VOLUNTEERS_PAGE, ShequPage)

G_END_DECLS
