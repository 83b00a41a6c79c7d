#pragma once

#include <gtk/gtk.h>

#include "shequ-visits.h"

G_BEGIN_DECLS

/**
 * ShequDueList:
 *
 * The households that are to be visited, the longest missed first; follows all changes. Signals: `opened`
 * (household, resident) and `visited` (household, resident, name), when a visit is to be logged.
 */
#define SHEQU_TYPE_DUE_LIST (shequ_due_list_get_type ())
G_DECLARE_FINAL_TYPE (ShequDueList, shequ_due_list, SHEQU, DUE_LIST, GtkWidget)

GtkWidget *shequ_due_list_new (ShequOffice *office);
void shequ_due_list_visit_selected (ShequDueList *self);
gboolean shequ_due_list_has_selected (ShequDueList *self);

G_END_DECLS
