#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequFilterBar:
 *
 * Chips that narrow a list: one for each filter of its description, those that a person adds from all that
 * the register has, and one for a condition that came from elsewhere. Signal: `changed`.
 */
#define SHEQU_TYPE_FILTER_BAR (shequ_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (ShequFilterBar, shequ_filter_bar, SHEQU, FILTER_BAR, GtkWidget)

ShequFilterBar *shequ_filter_bar_new (ShequOffice *office);
void shequ_filter_bar_set_list (ShequFilterBar *self, const ShequRegister *reg, const ShequList *list);
void shequ_filter_bar_set_condition (ShequFilterBar *self, ShequCondition *condition);
ShequCondition *shequ_filter_bar_get_condition (ShequFilterBar *self);

G_END_DECLS
