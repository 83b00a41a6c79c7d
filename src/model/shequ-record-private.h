#pragma once

#include "shequ-record.h"

G_BEGIN_DECLS

struct _ShequRecord
{
  GObject parent_instance;

  ShequOffice *office; /* keeps the descriptions that the row points into */
  const ShequRegister *reg;
  gint64 key;
  char *as_of;          /* (nullable): the past day it is looked at, outside of a list */
  ShequRow *row;        /* (nullable) */
  ShequRow *closed_row; /* (nullable): what @row shows after the minute in which what is withheld is in it */
  guint unmask_source;  /* 0 but for the minute in which it is shown as it is */

  ShequRecordList *list; /* (nullable) (not owned): fills the record; clears this when it goes */
  guint position;        /* where the list gave it out last */
  gboolean wanted;       /* somebody looked, and there was no row or an old one */
  gboolean stale;        /* the row is older than the store */
  gboolean kept;         /* the list holds it through `link` */
  GList link;
};

ShequRecord *shequ_record_new_in_list (ShequRecordList *list,
                                       ShequOffice *office,
                                       const ShequRegister *reg,
                                       gint64 key);
void shequ_record_take_row (ShequRecord *self, ShequRow *row);

/* Called by a record of the list. */
void shequ_record_list_want (ShequRecordList *self, ShequRecord *record);
void shequ_record_list_forget (ShequRecordList *self, ShequRecord *record);

G_END_DECLS
