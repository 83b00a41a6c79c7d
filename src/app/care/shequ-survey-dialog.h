#pragma once

#include <gtk/gtk.h>

#include "shequ-surveys.h"

G_BEGIN_DECLS

/* Called when a round was made. */
typedef void (*ShequSurveyMade) (gint64 round, gpointer data);

GtkWidget *shequ_survey_dialog_present (GtkWidget *widget,
                                        ShequOffice *office,
                                        ShequSurveyMade made,
                                        gpointer data);

G_END_DECLS
