#pragma once

#include <gtk/gtk.h>

#include "shequ-record-form.h"
#include "shequ-record.h"

G_BEGIN_DECLS

/**
 * ShequLinkedRecords:
 *
 * The records of a register that link to one record, as the members of a household, with a title above them.
 * Hidden while there are none. A click opens one through `win.open-record`; of a register with a period one
 * is added and ended right here. Of restricted records it is said how many there are.
 */
#define SHEQU_TYPE_LINKED_RECORDS (shequ_linked_records_get_type ())
G_DECLARE_FINAL_TYPE (ShequLinkedRecords, shequ_linked_records, SHEQU, LINKED_RECORDS, GtkWidget)

gboolean shequ_linked_records_tell_of_past (const ShequField *link);
GtkWidget *shequ_linked_records_new (ShequOffice *office,
                                     const char *title,
                                     const ShequField *link,
                                     gint64 key,
                                     const char *detail,
                                     const char *as_of);
ShequRecordForm *shequ_linked_records_add (GtkWidget *parent,
                                           ShequOffice *office,
                                           const ShequField *link,
                                           gint64 key);

G_END_DECLS
