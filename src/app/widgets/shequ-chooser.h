#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

#define SHEQU_TYPE_CHOICE (shequ_choice_get_type ())
G_DECLARE_FINAL_TYPE (ShequChoice, shequ_choice, SHEQU, CHOICE, GObject)

ShequChoice *shequ_choice_new (const ShequRegister *reg, gint64 key, const char *title, const char *detail);
ShequChoice *shequ_choice_new_code (const char *code, const char *title);
const ShequRegister *shequ_choice_get_register (ShequChoice *self);
gint64 shequ_choice_get_key (ShequChoice *self);
const char *shequ_choice_get_code (ShequChoice *self);
const char *shequ_choice_get_title (ShequChoice *self);
void shequ_choice_take_marks (ShequChoice *self, GArray *title_marks, GArray *detail_marks);

/**
 * ShequChooser:
 *
 * A short list of things that answer to what is typed in a search entry beside it; the focus stays in the
 * entry. Signals: `search` (text) asks for choices, `chosen` (choice) when a person has taken one.
 */
#define SHEQU_TYPE_CHOOSER (shequ_chooser_get_type ())
G_DECLARE_FINAL_TYPE (ShequChooser, shequ_chooser, SHEQU, CHOOSER, GtkWidget)

ShequChooser *shequ_chooser_new (void);
void shequ_chooser_set_entry (ShequChooser *self, GtkSearchEntry *entry);
void shequ_chooser_search (ShequChooser *self);
void shequ_chooser_set_choices (ShequChooser *self, GPtrArray *choices);
void shequ_chooser_find_records (ShequChooser *self,
                                 ShequOffice *office,
                                 const ShequRegister *only,
                                 const char *typed);
void shequ_chooser_find_choices (ShequChooser *self,
                                 ShequOffice *office,
                                 const ShequRegister *reg,
                                 const char *typed);
void shequ_chooser_find_codes (ShequChooser *self, const ShequCodeList *codes, const char *typed);
GtkWidget *shequ_chooser_new_popover (ShequChooser *self, const char *label);

G_END_DECLS
