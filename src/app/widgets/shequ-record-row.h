#pragma once

#include "shequ-record-columns.h"

G_BEGIN_DECLS

/**
 * ShequRecordRow:
 *
 * One record in a list, drawn in one piece below the titles of its columns; follows the record while it is
 * shown. A screen reader hears it as the name of the row of the list.
 */
#define SHEQU_TYPE_RECORD_ROW (shequ_record_row_get_type ())
G_DECLARE_FINAL_TYPE (ShequRecordRow, shequ_record_row, SHEQU, RECORD_ROW, GtkWidget)

GtkWidget *shequ_record_row_new (ShequRecordColumns *columns);
void shequ_record_row_set_record (ShequRecordRow *self, ShequRecord *record);
void shequ_record_row_columns_changed (ShequRecordRow *self);

G_END_DECLS
