#pragma once

#include <gtk/gtk.h>

#include "shequ-events.h"

G_BEGIN_DECLS

GtkWidget *shequ_event_dialog_present (GtkWidget *widget,
                                       ShequOffice *office,
                                       ShequEventKind kind,
                                       const ShequRow *resident);

/* Called with the widget that asked, when the event is stored. */
typedef void (*ShequEventRecorded) (GtkWidget *widget, gpointer data);

GtkWidget *shequ_event_dialog_present_departures (GtkWidget *widget,
                                                  ShequOffice *office,
                                                  const GArray *residents,
                                                  ShequEventRecorded recorded,
                                                  gpointer data);

G_END_DECLS
