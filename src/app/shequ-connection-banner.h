#pragma once

#include <adwaita.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequConnectionBanner:
 *
 * Says at the top of a window when the database does not answer, how many changes wait for it, that it is
 * back, and that the clock of this computer is off. Hidden as long as there is nothing to say.
 */
#define SHEQU_TYPE_CONNECTION_BANNER (shequ_connection_banner_get_type ())
G_DECLARE_FINAL_TYPE (ShequConnectionBanner, shequ_connection_banner, SHEQU, CONNECTION_BANNER, AdwBin)

void shequ_connection_banner_set_office (ShequConnectionBanner *self, ShequOffice *office);
const char *shequ_connection_banner_get_text (ShequConnectionBanner *self);

G_END_DECLS
