#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *shequ_secret_row_new (const char *title, GtkEditable **entry);

G_END_DECLS
