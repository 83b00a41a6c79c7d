#pragma once

#include "shequ-field-editor.h"
#include "shequ-record-form.h"

G_BEGIN_DECLS

struct _ShequRecordForm
{
  GtkWidget parent_instance;

  ShequOffice *office;
  const ShequRegister *reg;
  ShequRow *row; /* as typed so far */
  ShequRecordStore store;
  ShequRecordStored stored;
  ShequRow *base;     /* as it was read or made */
  GPtrArray *editors; /* of ShequFieldEditor */
  GPtrArray *parsing; /* of GPtrArray of ShequIssue, one an editor: what reading the typed text said */
  gboolean *touched;  /* one an editor */
  gboolean strict;    /* every field is judged, since saving was tried */
  gboolean saving;
  guint hold_id; /* after which what is being saved may not be typed in any more */
  gboolean changed;
  GCancellable *cancellable;
  guint draft_id;   /* until what is typed is kept */
  gboolean drafted; /* something of this form is kept */
  gint64 draft_key; /* under which */

  GtkWidget *box;
  GtkLabel *title;
  GtkWidget *save_button;
  GtkWidget *scrolled;
  GtkWidget *groups;
  GtkWidget *problem_row;
  GtkLabel *problem;
  GtkWidget *draft_row;
  GtkLabel *draft_label;
};

/* shequ-record-form-judge.c */
const ShequIssue *shequ_record_form_find_issue (const ShequField *field,
                                                const GPtrArray *parsing,
                                                const GPtrArray *rules);
gboolean shequ_record_form_judge (ShequRecordForm *self);

/* shequ-record-form-draft.c */
GtkWidget *shequ_record_form_new_draft_row (ShequRecordForm *self);
void shequ_record_form_draft_begin (ShequRecordForm *self);
void shequ_record_form_draft_edited (ShequRecordForm *self);
void shequ_record_form_draft_end (ShequRecordForm *self);

/* shequ-record-form.c */
void shequ_record_form_set_changed (ShequRecordForm *self, gboolean changed);
void shequ_record_form_put (ShequRecordForm *self, const ShequRow *row, const ShequRow *base);
void shequ_record_form_set_problem (ShequRecordForm *self, const char *message);
const char *shequ_record_form_get_link_title (const ShequRow *row, const ShequField *field);
void shequ_record_form_focus_first (ShequRecordForm *self, gboolean wrong);
void shequ_record_form_tell_saved (ShequRecordForm *self, const ShequRow *row);
void shequ_record_form_tell_left (ShequRecordForm *self);

G_END_DECLS
