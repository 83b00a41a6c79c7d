#pragma once

#include <adwaita.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequDuplicatesPane:
 *
 * Residents who may be registered twice: the pairs, the two records field by field, and what is done with
 * them. Signal: `closed` when a person goes back to the list.
 */
#define SHEQU_TYPE_DUPLICATES_PANE (shequ_duplicates_pane_get_type ())
G_DECLARE_FINAL_TYPE (ShequDuplicatesPane, shequ_duplicates_pane, SHEQU, DUPLICATES_PANE, GtkWidget)

GtkWidget *shequ_duplicates_pane_new (ShequOffice *office);
void shequ_duplicates_pane_look (ShequDuplicatesPane *self, gint64 after);

G_END_DECLS
