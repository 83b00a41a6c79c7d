#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequRecordForm:
 *
 * The form of a register, made from its description: a group of rows for each group of fields. What is typed
 * is validated at once and told below its row.
 *
 * Signals: `saved` (row) after the record is stored, `left` when the person leaves without saving.
 * Property: `changed`, whether something typed is not stored.
 */
#define SHEQU_TYPE_RECORD_FORM (shequ_record_form_get_type ())
G_DECLARE_FINAL_TYPE (ShequRecordForm, shequ_record_form, SHEQU, RECORD_FORM, GtkWidget)

ShequRecordForm *shequ_record_form_new (ShequOffice *office, const ShequRegister *reg);
ShequRecordForm *shequ_record_form_present (GtkWidget *parent, ShequOffice *office, const ShequRegister *reg);
void shequ_record_form_edit (ShequRecordForm *self, const ShequRow *row);
void shequ_record_form_preset (ShequRecordForm *self,
                               const char *field,
                               const ShequValue *value,
                               const char *title);
gboolean shequ_record_form_get_changed (ShequRecordForm *self);
void shequ_record_form_save (ShequRecordForm *self);
void shequ_record_form_leave (ShequRecordForm *self);

G_END_DECLS
