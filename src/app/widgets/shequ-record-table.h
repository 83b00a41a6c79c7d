#pragma once

#include "shequ-record-columns.h"

G_BEGIN_DECLS

/**
 * ShequRecordTable:
 *
 * Records below the head of their columns, any number of them.
 *
 * Signals: `activate` (position) by Enter or a double click.
 */
#define SHEQU_TYPE_RECORD_TABLE (shequ_record_table_get_type ())
G_DECLARE_FINAL_TYPE (ShequRecordTable, shequ_record_table, SHEQU, RECORD_TABLE, GtkWidget)

GtkWidget *shequ_record_table_new (GtkSelectionModel *records, const char *label);
ShequRecordColumns *shequ_record_table_get_columns (ShequRecordTable *self);
GtkWidget *shequ_record_table_get_list (ShequRecordTable *self);
void shequ_record_table_scroll_to (ShequRecordTable *self, guint position);

G_END_DECLS
