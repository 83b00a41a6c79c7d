#pragma once

#include <adwaita.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequWorkLog:
 *
 * The entry of work done: the item, how long, save. Three presses for what is done often.
 *
 * Property: `ready`, whether shequ_work_log_save() would store something.
 */
#define SHEQU_TYPE_WORK_LOG (shequ_work_log_get_type ())
G_DECLARE_FINAL_TYPE (ShequWorkLog, shequ_work_log, SHEQU, WORK_LOG, AdwBin)

ShequWorkLog *shequ_work_log_new (ShequOffice *office);
gboolean shequ_work_log_get_ready (ShequWorkLog *self);
gboolean shequ_work_log_has_unsaved (ShequWorkLog *self);
void shequ_work_log_refresh (ShequWorkLog *self);
void shequ_work_log_choose (ShequWorkLog *self, gint64 item, const char *name);
void shequ_work_log_save (ShequWorkLog *self);

G_END_DECLS
