#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/* Called each time a change is stored. */
typedef void (*ShequSurveyChanged) (gint64 line, gpointer data);

GtkWidget *shequ_survey_changes_present (GtkWidget *widget,
                                         ShequOffice *office,
                                         gint64 line,
                                         gint64 household,
                                         ShequSurveyChanged changed,
                                         gpointer data);

G_END_DECLS
