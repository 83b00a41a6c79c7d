#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"
#include "shequ-record-form.h"

G_BEGIN_DECLS

/**
 * ShequAdmissionForm:
 *
 * The form of an application, and beside it what screening finds while it is typed. A new application is
 * filed, one that was filed is saved. Signals: those of the form are on shequ_admission_form_get_form().
 */
#define SHEQU_TYPE_ADMISSION_FORM (shequ_admission_form_get_type ())
G_DECLARE_FINAL_TYPE (ShequAdmissionForm, shequ_admission_form, SHEQU, ADMISSION_FORM, GtkWidget)

GtkWidget *shequ_admission_form_new (ShequOffice *office);
ShequRecordForm *shequ_admission_form_get_form (ShequAdmissionForm *self);
void shequ_admission_form_start (ShequAdmissionForm *self, const ShequRow *row);

G_END_DECLS
