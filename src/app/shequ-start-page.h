#pragma once

#include <adwaita.h>

#include "shequ-opening.h"

G_BEGIN_DECLS

/**
 * ShequStartPage:
 *
 * The first steps: a new office, an existing database, or the example. Emits `open` with a #ShequOpening.
 */
#define SHEQU_TYPE_START_PAGE (shequ_start_page_get_type ())
G_DECLARE_FINAL_TYPE (ShequStartPage, shequ_start_page, SHEQU, START_PAGE, AdwBin)

GtkWidget *shequ_start_page_new (const char *user);
void shequ_start_page_set_place (ShequStartPage *self, const char *place);

G_END_DECLS
