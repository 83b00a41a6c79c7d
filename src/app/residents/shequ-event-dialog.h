#pragma once

#include <gtk/gtk.h>

#include "shequ-events.h"

G_BEGIN_DECLS

GtkWidget *shequ_event_dialog_present (GtkWidget *widget,
                                       ShequOffice *office,
                                       ShequEventKind kind,
                                       const ShequRow *resident);

G_END_DECLS
