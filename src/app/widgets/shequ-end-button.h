#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

GtkWidget *shequ_end_button_new (void);
gboolean shequ_end_button_can_end (const ShequRow *row);
void shequ_end_button_end (GtkWidget *widget, ShequOffice *office, const ShequRow *row);

G_END_DECLS
