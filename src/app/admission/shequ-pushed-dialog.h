#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

GtkWidget *shequ_pushed_dialog_present (GtkWidget *widget, ShequOffice *office);

G_END_DECLS
