#pragma once

#include <adwaita.h>

#include "shequ-conflict.h"

G_BEGIN_DECLS

/**
 * ShequConflictDialog:
 *
 * Shows what somebody else stored meanwhile beside what was typed, field by field, and lets a person choose.
 * Emits `resolved` when it shall be stored so, which shequ_conflict_dialog_take_conflict() gives; when it is
 * closed otherwise, nothing is lost.
 */
#define SHEQU_TYPE_CONFLICT_DIALOG (shequ_conflict_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ShequConflictDialog, shequ_conflict_dialog, SHEQU, CONFLICT_DIALOG, AdwWindow)

ShequConflictDialog *shequ_conflict_dialog_present (GtkWidget *parent,
                                                    ShequOffice *office,
                                                    ShequConflict *conflict);
ShequConflict *shequ_conflict_dialog_take_conflict (ShequConflictDialog *self);

G_END_DECLS
