#pragma once

#include <gtk/gtk.h>

#include "shequ-volunteers.h"

G_BEGIN_DECLS

/**
 * ShequShiftPane:
 *
 * One shift: who is on it, who could be, and why the others could not. Enter on a name assigns it.
 */
#define SHEQU_TYPE_SHIFT_PANE (shequ_shift_pane_get_type ())
G_DECLARE_FINAL_TYPE (ShequShiftPane, shequ_shift_pane, SHEQU, SHIFT_PANE, GtkWidget)

ShequShiftPane *shequ_shift_pane_new (ShequOffice *office);
void shequ_shift_pane_show (ShequShiftPane *self, const ShequRosterShift *shift);
void shequ_shift_pane_focus_candidates (ShequShiftPane *self);

G_END_DECLS
