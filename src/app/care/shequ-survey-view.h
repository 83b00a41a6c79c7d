#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequSurveyView:
 *
 * Survey rounds: the rounds, how far each grid is, and the households of a grid, which are gone through with
 * one key each. Signal: `opened` (household), when a household is to be read.
 */
#define SHEQU_TYPE_SURVEY_VIEW (shequ_survey_view_get_type ())
G_DECLARE_FINAL_TYPE (ShequSurveyView, shequ_survey_view, SHEQU, SURVEY_VIEW, GtkWidget)

GtkWidget *shequ_survey_view_new (ShequOffice *office);
void shequ_survey_view_start (ShequSurveyView *self);
void shequ_survey_view_open (ShequSurveyView *self, gint64 round);

G_END_DECLS
