#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequSearchEntry:
 *
 * The one search for everything, in the header bar: what answers to the typed words hangs below it. Opens a
 * record through the action `win.open-record`.
 */
#define SHEQU_TYPE_SEARCH_ENTRY (shequ_search_entry_get_type ())
G_DECLARE_FINAL_TYPE (ShequSearchEntry, shequ_search_entry, SHEQU, SEARCH_ENTRY, GtkWidget)

void shequ_search_entry_set_office (ShequSearchEntry *self, ShequOffice *office);
void shequ_search_entry_show_hint (ShequSearchEntry *self);

G_END_DECLS
