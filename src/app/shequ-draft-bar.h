#pragma once

#include <adwaita.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequDraftBar:
 *
 * Offers what was typed and not saved when the program ended the last time.
 */
#define SHEQU_TYPE_DRAFT_BAR (shequ_draft_bar_get_type ())
G_DECLARE_FINAL_TYPE (ShequDraftBar, shequ_draft_bar, SHEQU, DRAFT_BAR, AdwBin)

void shequ_draft_bar_set_office (ShequDraftBar *self, ShequOffice *office);

G_END_DECLS
