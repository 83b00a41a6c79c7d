#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"
#include "shequ-record-details.h"

G_BEGIN_DECLS

/**
 * ShequAdmissionCaseView:
 *
 * An application with all that a decision needs: itself on the left, what screening found on the right, below
 * the steps that are open now. Signals: `left`, `edit` (row), `delete`.
 */
#define SHEQU_TYPE_ADMISSION_CASE_VIEW (shequ_admission_case_view_get_type ())
G_DECLARE_FINAL_TYPE (ShequAdmissionCaseView,
                      shequ_admission_case_view,
                      SHEQU,
                      ADMISSION_CASE_VIEW,
                      GtkWidget)

GtkWidget *shequ_admission_case_view_new (ShequOffice *office);
void shequ_admission_case_view_open (ShequAdmissionCaseView *self, gint64 key);
ShequRecordDetails *shequ_admission_case_view_get_details (ShequAdmissionCaseView *self);

G_END_DECLS
