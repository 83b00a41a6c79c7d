#pragma once

#include <gio/gio.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequRecord:
 *
 * One record for the window. Made with a key alone, it fills itself in the background; `row` notifies when
 * it has, or has changed. Never touches the database on the main thread. Main thread only.
 *
 * Properties: `key`, `row` (a pointer to the #ShequRow), `title`, `detail`, `filled`.
 */
#define SHEQU_TYPE_RECORD (shequ_record_get_type ())
G_DECLARE_FINAL_TYPE (ShequRecord, shequ_record, SHEQU, RECORD, GObject)

ShequRecord *shequ_record_new (ShequOffice *office, const ShequRegister *reg, gint64 key);
ShequRecord *shequ_record_new_as_of (ShequOffice *office,
                                     const ShequRegister *reg,
                                     gint64 key,
                                     const char *day);
gint64 shequ_record_get_key (ShequRecord *self);
const ShequRegister *shequ_record_get_register (ShequRecord *self);
const ShequRow *shequ_record_get_row (ShequRecord *self); /* (nullable) until it is filled */
char *shequ_record_format (ShequRecord *self, const ShequField *field, ShequFormatFlags flags);
GArray *shequ_record_find_marks (ShequRecord *self, const ShequField *field, const char *text);
char *shequ_record_get_title (ShequRecord *self);
char *shequ_record_get_detail (ShequRecord *self);

/**
 * ShequRecordList:
 *
 * A GListModel of #ShequRecord over a query: keys at once, rows as they are looked at. Sorted, filtered and
 * searched by the database, on worker threads; what was there stays until the first rows of the new are.
 * Main thread only.
 *
 * Properties: `search`, `n-records` (known so far), `loading` (more is coming), `error-message` (or %NULL).
 *
 * Cost: eight bytes a record, and a bounded number of rows, however long the list is.
 */
#define SHEQU_TYPE_RECORD_LIST (shequ_record_list_get_type ())
G_DECLARE_FINAL_TYPE (ShequRecordList, shequ_record_list, SHEQU, RECORD_LIST, GObject)

#define SHEQU_RECORD_LIST_NOT_FOUND G_MAXUINT

ShequRecordList *shequ_record_list_new (ShequOffice *office, const ShequRegister *reg);
const ShequRegister *shequ_record_list_get_register (ShequRecordList *self);
void shequ_record_list_set_query (ShequRecordList *self, const ShequQuery *query);
const ShequQuery *shequ_record_list_get_query (ShequRecordList *self);
void shequ_record_list_set_search (ShequRecordList *self, const char *typed);
void shequ_record_list_refresh (ShequRecordList *self);
gboolean shequ_record_list_get_loading (ShequRecordList *self);
const char *shequ_record_list_get_error_message (ShequRecordList *self);
guint shequ_record_list_get_n_records (ShequRecordList *self);
gint64 shequ_record_list_get_key (ShequRecordList *self, guint position);
guint shequ_record_list_find (ShequRecordList *self, gint64 key);

G_END_DECLS
