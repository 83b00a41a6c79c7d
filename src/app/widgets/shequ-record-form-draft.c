/* What is typed into a form is kept against a crash, and offered when its form is open the next time. */
#include "shequ-record-form-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "shequ-drafts.h"
#include "shequ-time.h"

/* Of what was typed last no more than this is lost. */
#define KEEP_MILLISECONDS 1500

/* Behind the name of a field whose words are no value of it yet. */
#define AS_TYPED "!"

/* (nullable): the words of a row in which words are typed. */
static GtkEditable *
get_words (ShequRecordForm *self, guint index)
{
  GtkWidget *row = shequ_field_editor_get_row (g_ptr_array_index (self->editors, index));

  return GTK_IS_EDITABLE (row) ? GTK_EDITABLE (row) : NULL;
}

static void
collect (ShequRecordForm *self, guint index, GHashTable *texts)
{
  const ShequField *field = shequ_field_editor_get_field (g_ptr_array_index (self->editors, index));
  const ShequValue *value = shequ_row_get (self->row, field);
  GtkEditable *words = get_words (self, index);

  if (words != NULL && shequ_issues_have_errors (g_ptr_array_index (self->parsing, index)))
    g_hash_table_insert (texts, g_strconcat (field->name, AS_TYPED, NULL),
                         g_strdup (gtk_editable_get_text (words)));
  else if (!shequ_value_equal (value, shequ_row_get (self->base, field)))
    g_hash_table_insert (texts, g_strdup (field->name),
                         value->type == SHEQU_VALUE_INTEGER ? g_strdup_printf ("%" PRId64, value->integer)
                         : value->type == SHEQU_VALUE_TEXT  ? g_strdup (value->text)
                                                            : g_strdup (""));
}

static gboolean
keep (gpointer user_data)
{
  ShequRecordForm *self = user_data;
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  self->draft_id = 0;
  for (guint i = 0; i < self->editors->len; i++)
    collect (self, i, texts);
  self->drafted = TRUE;
  self->draft_key = self->row->key;
  shequ_drafts_keep (shequ_drafts_of (self->office), self->reg->name, self->row->key, self->row->version,
                     texts);
  return G_SOURCE_REMOVE;
}

void
shequ_record_form_draft_edited (ShequRecordForm *self)
{
  if (self->draft_id == 0)
    self->draft_id = g_timeout_add (KEEP_MILLISECONDS, keep, self);
}

/* Saved or left: what was typed is in its place, or nobody wants it. */
void
shequ_record_form_draft_end (ShequRecordForm *self)
{
  g_clear_handle_id (&self->draft_id, g_source_remove);
  if (self->drafted)
    shequ_drafts_drop (shequ_drafts_of (self->office), self->reg->name, self->draft_key);
  self->drafted = FALSE;
}

static void
read_value (const ShequField *field, const char *text, ShequValue *value)
{
  shequ_value_clear (value);
  if (*text == '\0')
    return;
  if (shequ_field_is_integer (field))
    shequ_value_set_integer (value, g_ascii_strtoll (text, NULL, 10));
  else
    shequ_value_set_text (value, text);
}

static void
take_title (ShequRow *row, const ShequField *field, const char *title)
{
  if (title == NULL)
    return;
  if (row->link_titles == NULL)
    row->link_titles = g_new0 (char *, row->reg->fields->len);
  g_free (row->link_titles[field->index]);
  row->link_titles[field->index] = g_strdup (title);
}

static void
put_words (ShequRecordForm *self, const ShequDraft *draft)
{
  for (guint i = 0; i < self->editors->len; i++)
    {
      const ShequField *field = shequ_field_editor_get_field (g_ptr_array_index (self->editors, i));
      g_autofree char *name = g_strconcat (field->name, AS_TYPED, NULL);
      const char *typed = g_hash_table_lookup (draft->texts, name);
      GtkEditable *words = get_words (self, i);

      if (typed != NULL && words != NULL)
        gtk_editable_set_text (words, typed);
    }
}

static void
put_back (ShequRecordForm *self)
{
  const ShequDraft *draft =
    shequ_drafts_find (shequ_drafts_of (self->office), self->reg->name, self->row->key);
  g_autoptr (ShequRow) row = NULL;
  g_autoptr (ShequRow) base = NULL;

  gtk_widget_hide (self->draft_row);
  if (draft == NULL)
    return;
  row = shequ_row_copy (self->row);
  base = shequ_row_copy (self->base);
  for (guint i = 0; i < self->editors->len; i++)
    {
      const ShequField *field = shequ_field_editor_get_field (g_ptr_array_index (self->editors, i));
      const char *text = g_hash_table_lookup (draft->texts, field->name);

      if (text == NULL)
        continue;
      read_value (field, text, shequ_row_get (row, field));
      take_title (row, field, g_hash_table_lookup (draft->titles, field->name));
    }
  shequ_record_form_put (self, row, base);
  put_words (self, draft);
  shequ_record_form_judge (self);
  keep (self);
}

static void
discard (ShequRecordForm *self)
{
  gtk_widget_hide (self->draft_row);
  shequ_drafts_drop (shequ_drafts_of (self->office), self->reg->name, self->row->key);
}

static void
offer (ShequRecordForm *self)
{
  const ShequDraft *draft =
    shequ_drafts_find (shequ_drafts_of (self->office), self->reg->name, self->row->key);
  gboolean offered = draft != NULL && !self->drafted;
  g_autofree char *moment = NULL;
  g_autofree char *text = NULL;
  gint64 seconds = 0;

  gtk_widget_set_visible (self->draft_row, offered);
  if (!offered)
    return;
  if (shequ_moment_from_utc (draft->moment, &seconds))
    moment = shequ_moment_format (seconds);
  text = g_strdup_printf (draft->version == self->row->version
                            ? _ ("What was typed here on %s was not saved.")
                            : _ ("What was typed here on %s was not saved; the record was changed since."),
                          moment != NULL ? moment : draft->moment);
  gtk_label_set_text (self->draft_label, text);
}

/* Another record comes into the form. What was typed about the one before and not saved stays kept. */
void
shequ_record_form_draft_begin (ShequRecordForm *self)
{
  g_clear_handle_id (&self->draft_id, g_source_remove);
  self->drafted = FALSE;
  offer (self);
}

GtkWidget *
shequ_record_form_new_draft_row (ShequRecordForm *self)
{
  GtkWidget *back = gtk_button_new_with_mnemonic (_ ("_Put it back"));
  GtkWidget *forget = gtk_button_new_with_mnemonic (_ ("_Discard it"));
  GtkWidget *label = gtk_label_new (NULL);

  self->draft_label = GTK_LABEL (label);
  self->draft_row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_label_set_wrap (self->draft_label, TRUE);
  gtk_label_set_xalign (self->draft_label, 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (back, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (forget, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (back, "suggested-action");
  g_signal_connect_object (back, "clicked", G_CALLBACK (put_back), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (forget, "clicked", G_CALLBACK (discard), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shequ_drafts_of (self->office), "loaded", G_CALLBACK (offer), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->draft_row), label);
  gtk_box_append (GTK_BOX (self->draft_row), back);
  gtk_box_append (GTK_BOX (self->draft_row), forget);
  gtk_widget_hide (self->draft_row);
  return self->draft_row;
}
