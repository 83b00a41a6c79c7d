#pragma once

#include <gtk/gtk.h>

#include "shequ-visits.h"

G_BEGIN_DECLS

GtkWidget *shequ_visit_dialog_present (GtkWidget *widget,
                                       ShequOffice *office,
                                       gint64 household,
                                       gint64 resident,
                                       const char *who);

G_END_DECLS
