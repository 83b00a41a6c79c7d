#pragma once

#include <gtk/gtk.h>

#include "shequ-record.h"

G_BEGIN_DECLS

/**
 * ShequRecordCell:
 *
 * One value of one record in a list; follows the record while it is shown.
 */
#define SHEQU_TYPE_RECORD_CELL (shequ_record_cell_get_type ())
G_DECLARE_FINAL_TYPE (ShequRecordCell, shequ_record_cell, SHEQU, RECORD_CELL, GtkWidget)

GtkWidget *shequ_record_cell_new (const ShequField *field);
void shequ_record_cell_set_record (ShequRecordCell *self, ShequRecord *record);

G_END_DECLS
