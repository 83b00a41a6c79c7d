#pragma once

#include <gtk/gtk.h>

#include "shequ-screening.h"

G_BEGIN_DECLS

/**
 * ShequAdmissionFindings:
 *
 * What screening found in an application: each finding with its weight, the rule in full and its source; the
 * gravest first.
 */
#define SHEQU_TYPE_ADMISSION_FINDINGS (shequ_admission_findings_get_type ())
G_DECLARE_FINAL_TYPE (ShequAdmissionFindings, shequ_admission_findings, SHEQU, ADMISSION_FINDINGS, GtkWidget)

GtkWidget *shequ_admission_findings_new (void);
void shequ_admission_findings_set (ShequAdmissionFindings *self, const GPtrArray *findings);
void shequ_admission_findings_set_error (ShequAdmissionFindings *self, const char *message);
guint shequ_admission_findings_count (ShequAdmissionFindings *self);

G_END_DECLS
