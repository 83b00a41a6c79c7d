#pragma once

#include <gtk/gtk.h>

#include "shequ-record.h"

G_BEGIN_DECLS

/**
 * ShequRecordDetails:
 *
 * A record to be read: its name, its fields by group, what belongs to it, who changed it. Follows the
 * record. Signals: `edit`, `delete`, `panels` (record) when a page may add panels of its own by
 * shequ_record_details_add_panel(), and `row-shown` (record) each time its row is shown, after a change too:
 * which acts are offered goes by that.
 */
#define SHEQU_TYPE_RECORD_DETAILS (shequ_record_details_get_type ())
G_DECLARE_FINAL_TYPE (ShequRecordDetails, shequ_record_details, SHEQU, RECORD_DETAILS, GtkWidget)

ShequRecordDetails *shequ_record_details_new (ShequOffice *office, const ShequRegister *reg);
void shequ_record_details_set_key (ShequRecordDetails *self, gint64 key);
const char *shequ_record_details_get_as_of (ShequRecordDetails *self);
void shequ_record_details_set_as_of (ShequRecordDetails *self, const char *day);
ShequRecord *shequ_record_details_get_record (ShequRecordDetails *self);
void shequ_record_details_add_panel (ShequRecordDetails *self, GtkWidget *panel);
void shequ_record_details_add_button (ShequRecordDetails *self, GtkWidget *button);

G_END_DECLS
