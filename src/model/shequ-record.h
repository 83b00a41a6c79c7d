#pragma once

#include <gio/gio.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequRecord:
 *
 * One record for the window. Made with a key alone, it fills itself in the background; `row` notifies when
 * it has, or has changed. Never touches the database on the main thread.
 */
#define SHEQU_TYPE_RECORD (shequ_record_get_type ())
G_DECLARE_FINAL_TYPE (ShequRecord, shequ_record, SHEQU, RECORD, GObject)

gint64 shequ_record_get_key (ShequRecord *self);
const ShequRegister *shequ_record_get_register (ShequRecord *self);
const ShequRow *shequ_record_get_row (ShequRecord *self); /* (nullable) until it is filled */
char *shequ_record_format (ShequRecord *self, const ShequField *field, ShequFormatFlags flags);
char *shequ_record_get_title (ShequRecord *self);
char *shequ_record_get_detail (ShequRecord *self);

/**
 * ShequRecordList:
 *
 * A GListModel of ShequRecord over a query: keys at once, rows as they are looked at. Sorted, filtered and
 * searched by the database. Properties: `query-text`, `n-records`, `loading`, `error`.
 */
#define SHEQU_TYPE_RECORD_LIST (shequ_record_list_get_type ())
G_DECLARE_FINAL_TYPE (ShequRecordList, shequ_record_list, SHEQU, RECORD_LIST, GObject)

ShequRecordList *shequ_record_list_new (ShequOffice *office, const ShequRegister *reg);
void shequ_record_list_set_query (ShequRecordList *self, const ShequQuery *query);
const ShequQuery *shequ_record_list_get_query (ShequRecordList *self);
void shequ_record_list_set_search (ShequRecordList *self, const char *typed);
void shequ_record_list_refresh (ShequRecordList *self);
gboolean shequ_record_list_get_loading (ShequRecordList *self);
guint shequ_record_list_find (ShequRecordList *self, gint64 key);

G_END_DECLS
