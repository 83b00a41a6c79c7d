#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequAsOf:
 *
 * The choice of the past day as of which a register is looked at: a quiet button that opens a calendar, and
 * the bar that says so while it lasts, with the way back.
 *
 * Property: `day`, as `2024-12-31`, or %NULL for today.
 */
#define SHEQU_TYPE_AS_OF (shequ_as_of_get_type ())
G_DECLARE_FINAL_TYPE (ShequAsOf, shequ_as_of, SHEQU, AS_OF, GObject)

ShequAsOf *shequ_as_of_new (ShequOffice *office);
GtkWidget *shequ_as_of_get_button (ShequAsOf *self);
GtkWidget *shequ_as_of_get_bar (ShequAsOf *self);
const char *shequ_as_of_get_day (ShequAsOf *self);
void shequ_as_of_set_day (ShequAsOf *self, const char *day);

G_END_DECLS
