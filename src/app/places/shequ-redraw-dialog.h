#pragma once

#include <gtk/gtk.h>

#include "shequ-redraw.h"

G_BEGIN_DECLS

GtkWidget *shequ_redraw_dialog_present (GtkWidget *widget, ShequOffice *office);

G_END_DECLS
