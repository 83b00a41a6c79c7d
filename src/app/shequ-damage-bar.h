#pragma once

#include <adwaita.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequDamageBar:
 *
 * Says that the database is damaged, what of it can be read, and what can be done. Looks after it while the
 * office is open.
 */
#define SHEQU_TYPE_DAMAGE_BAR (shequ_damage_bar_get_type ())
G_DECLARE_FINAL_TYPE (ShequDamageBar, shequ_damage_bar, SHEQU, DAMAGE_BAR, AdwBin)

void shequ_damage_bar_set_office (ShequDamageBar *self, ShequOffice *office);

G_END_DECLS
