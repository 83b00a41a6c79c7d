#pragma once

#include <adwaita.h>

#include "shequ-office.h"
#include "shequ-own-field.h"

G_BEGIN_DECLS

/**
 * ShequOwnFieldDialog:
 *
 * Asks what a field of the office's own shall be, and shows it as the form will. `saved` tells what was
 * stored, by the label of the field; the window closes then.
 */
#define SHEQU_TYPE_OWN_FIELD_DIALOG (shequ_own_field_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ShequOwnFieldDialog, shequ_own_field_dialog, SHEQU, OWN_FIELD_DIALOG, AdwWindow)

ShequOwnFieldDialog *shequ_own_field_dialog_new (ShequOffice *office, const char *reg, ShequOwnField *field);
void shequ_own_field_dialog_save (ShequOwnFieldDialog *self);

guint shequ_own_kind_find (ShequFieldKind kind, const char *to);
char *shequ_own_kind_describe (ShequOffice *office, ShequFieldKind kind, const char *to);

G_END_DECLS
