#pragma once

#include <gtk/gtk.h>

#include "shequ-saved-lists.h"

G_BEGIN_DECLS

/**
 * ShequListMenu:
 *
 * Which list of a register is seen, with which columns: the lists of its description and those that people
 * saved, a button that saves what is seen, and one that chooses the columns.
 *
 * Signals: `chosen` when another list or other columns are to be shown; `save` (name, shared) when the person
 * wants to keep what is seen.
 */
#define SHEQU_TYPE_LIST_MENU (shequ_list_menu_get_type ())
G_DECLARE_FINAL_TYPE (ShequListMenu, shequ_list_menu, SHEQU, LIST_MENU, GtkWidget)

ShequListMenu *shequ_list_menu_new (ShequOffice *office, const ShequRegister *reg);
const ShequList *shequ_list_menu_get_list (ShequListMenu *self);
void shequ_list_menu_choose (ShequListMenu *self, const char *name);
void shequ_list_menu_save (ShequListMenu *self, const char *name, gboolean shared, const ShequList *list);

G_END_DECLS
