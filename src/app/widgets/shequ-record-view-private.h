#pragma once

#include <adwaita.h>

#include "shequ-as-of.h"
#include "shequ-filter-bar.h"
#include "shequ-list-menu.h"
#include "shequ-record-selection.h"
#include "shequ-record-table.h"
#include "shequ-record-view.h"

G_BEGIN_DECLS

struct _ShequRecordView
{
  GtkWidget parent_instance;

  ShequOffice *office;
  const ShequRegister *reg;
  const ShequList *list;
  ShequRecordList *records;
  ShequRecordSelection *selection;
  ShequFilterBar *filters;
  ShequAsOf *as_of;         /* (nullable): of a register with versions */
  const char *count_format; /* (nullable): a translated format with one %s */
  gint64 wanted;            /* the record to select as soon as it is in the list, or 0 */
  guint lost_id;
  gint64 cursor;    /* the single selected record that was told, or 0 */
  gboolean several; /* it was told that there are more */

  GtkWidget *box;
  GtkWidget *entry;
  ShequListMenu *lists;
  ShequRecordTable *table;
  GtkStack *stack;
  AdwStatusPage *empty;
  GtkBox *foot;
  GtkLabel *count;
  GtkWidget *bulk;    /* what can be done with several selected records */
  GtkWidget *problem; /* why the list could not be read anew */
  GtkWidget *busy;
};

/* shequ-record-view.c */
void shequ_record_view_tell_cursor (ShequRecordView *self, ShequRecord *record);

/* shequ-record-view-state.c */
void shequ_record_view_update_count (ShequRecordView *self);
void shequ_record_view_show_empty (ShequRecordView *self);

/* shequ-record-view-cursor.c */
void shequ_record_view_try_wanted (ShequRecordView *self);
void shequ_record_view_selection_changed (ShequRecordView *self);
void shequ_record_view_selection_moved (ShequRecordView *self);

/* shequ-record-view-copy.c */
void shequ_record_view_copy_selected (GtkWidget *widget, const char *action, GVariant *parameter);

G_END_DECLS
