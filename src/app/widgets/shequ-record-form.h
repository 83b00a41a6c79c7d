#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/* How a form stores its record: as shequ_office_save_async() and shequ_office_save_finish(). */
typedef void (*ShequRecordStore) (ShequOffice *office,
                                  const ShequRow *row,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
typedef ShequRow *(*ShequRecordStored) (ShequOffice *office,
                                        GAsyncResult *result,
                                        GPtrArray **issues,
                                        GError **error);

/**
 * ShequRecordForm:
 *
 * The form of a register, made from its description: a group of rows for each group of fields. What is typed
 * is validated at once and told below its row.
 *
 * Signals: `edited` (row) after a person has typed, `saved` (row) after the record is stored, `left` when the
 * person leaves without saving. Property: `changed`, whether something typed is not stored.
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
void shequ_record_form_set_store (ShequRecordForm *self, ShequRecordStore store, ShequRecordStored stored);
gboolean shequ_record_form_get_changed (ShequRecordForm *self);
void shequ_record_form_save (ShequRecordForm *self);
void shequ_record_form_leave (ShequRecordForm *self);

G_END_DECLS
