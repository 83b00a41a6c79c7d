#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"
#include "shequ-secret.h"

G_BEGIN_DECLS

/* A backup was checked, and somebody wants it. */
typedef void (*ShequRestoreChosen) (GtkWindow *window, const char *path, const ShequSecret *key);

GtkWidget *shequ_restore_dialog_present (GtkWindow *window,
                                         ShequOffice *office,
                                         const char *database,
                                         ShequRestoreChosen chosen);

G_END_DECLS
