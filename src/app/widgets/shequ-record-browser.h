#pragma once

#include <gtk/gtk.h>

#include "shequ-page.h"
#include "shequ-record-details.h"
#include "shequ-record-view.h"

G_BEGIN_DECLS

/**
 * ShequRecordBrowser:
 *
 * All that a register needs on the screen: its list, and beside it, where there is room, the record that is
 * selected or the form in which it is changed. Adds, changes, deletes with a way back.
 *
 * Property: `actions`, what can be done just now (#ShequPageActions), for the page around it.
 */
#define SHEQU_TYPE_RECORD_BROWSER (shequ_record_browser_get_type ())
G_DECLARE_FINAL_TYPE (ShequRecordBrowser, shequ_record_browser, SHEQU, RECORD_BROWSER, GtkWidget)

ShequRecordBrowser *shequ_record_browser_new (ShequOffice *office, const ShequRegister *reg);
const ShequRegister *shequ_record_browser_get_register (ShequRecordBrowser *self);
ShequRecordView *shequ_record_browser_get_view (ShequRecordBrowser *self);
ShequRecordDetails *shequ_record_browser_get_details (ShequRecordBrowser *self);
ShequPageActions shequ_record_browser_get_actions (ShequRecordBrowser *self);
void shequ_record_browser_perform (ShequRecordBrowser *self, ShequPageActions action);
void shequ_record_browser_open (ShequRecordBrowser *self, gint64 key);
void shequ_record_browser_create (ShequRecordBrowser *self,
                                  const char *field,
                                  const ShequValue *value,
                                  const char *title);
gboolean shequ_record_browser_has_unsaved (ShequRecordBrowser *self);

G_END_DECLS
