#pragma once

#include <adwaita.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequWorkDay:
 *
 * What the user has logged today, and how many hours that makes.
 */
#define SHEQU_TYPE_WORK_DAY (shequ_work_day_get_type ())
G_DECLARE_FINAL_TYPE (ShequWorkDay, shequ_work_day, SHEQU, WORK_DAY, AdwBin)

ShequWorkDay *shequ_work_day_new (ShequOffice *office);
void shequ_work_day_refresh (ShequWorkDay *self);

G_END_DECLS
