#pragma once

#include <adwaita.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequRecoverDialog:
 *
 * Two managers give somebody a new password. Emits `recovered` with the name of the account.
 */
#define SHEQU_TYPE_RECOVER_DIALOG (shequ_recover_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ShequRecoverDialog, shequ_recover_dialog, SHEQU, RECOVER_DIALOG, AdwWindow)

ShequRecoverDialog *shequ_recover_dialog_present (GtkWindow *parent, ShequOffice *office, const char *name);

G_END_DECLS
