#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequBulkButton:
 *
 * What can be done with all selected records at once: enter them in a group or take them out, give a field
 * one value. Offered from the description; progress with a way to stop; a way back afterwards.
 */
#define SHEQU_TYPE_BULK_BUTTON (shequ_bulk_button_get_type ())
G_DECLARE_FINAL_TYPE (ShequBulkButton, shequ_bulk_button, SHEQU, BULK_BUTTON, GtkWidget)

/* Gives the keys of the selected records. */
typedef GArray *(*ShequBulkKeys) (gpointer data);

ShequBulkButton *shequ_bulk_button_new (ShequOffice *office,
                                        const ShequRegister *reg,
                                        ShequBulkKeys keys,
                                        gpointer data);

G_END_DECLS
