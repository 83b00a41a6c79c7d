#pragma once

#include "shequ-record-columns.h"

G_BEGIN_DECLS

/**
 * ShequRecordView:
 *
 * The list of a register as its description says it: columns, order, filters, search, count, selection. Any
 * length; the database sorts, filters and searches.
 *
 * Signals: `cursor-changed` (record, or %NULL) when another single record is selected, none, or several;
 * `activated` (record) by Enter or a double click; `as-of-changed` when another day is looked at. Actions:
 * `list.copy` (Ctrl+C).
 */
#define SHEQU_TYPE_RECORD_VIEW (shequ_record_view_get_type ())
G_DECLARE_FINAL_TYPE (ShequRecordView, shequ_record_view, SHEQU, RECORD_VIEW, GtkWidget)

ShequRecordView *shequ_record_view_new (ShequOffice *office, const ShequRegister *reg);
const ShequQuery *shequ_record_view_get_query (ShequRecordView *self);
const ShequList *shequ_record_view_get_list (ShequRecordView *self);
GArray *shequ_record_view_get_selected_keys (ShequRecordView *self);
guint shequ_record_view_get_n_selected (ShequRecordView *self);
void shequ_record_view_set_count_format (ShequRecordView *self, const char *format);
void shequ_record_view_append_to_foot (ShequRecordView *self, GtkWidget *widget);
ShequRecordColumns *shequ_record_view_get_columns (ShequRecordView *self);
void shequ_record_view_choose_list (ShequRecordView *self, const char *name);
void shequ_record_view_set_condition (ShequRecordView *self, const char *condition);
const char *shequ_record_view_get_as_of (ShequRecordView *self);
void shequ_record_view_set_as_of (ShequRecordView *self, const char *day);
void shequ_record_view_select (ShequRecordView *self, gint64 key);
void shequ_record_view_focus_search (ShequRecordView *self);

G_END_DECLS
