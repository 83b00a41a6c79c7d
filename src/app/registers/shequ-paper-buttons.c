/* The papers of a record: a button for each that its description names, and one that shows a kept paper. */
#include "shequ-paper-buttons.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-case-paper.h"
#include "shequ-document-window.h"
#include "shequ-feedback.h"
#include "shequ-record-papers.h"

/* What a button writes. */
typedef struct
{
  ShequOffice *office;
  const ShequRecordPaper *paper;
} Form;

static void
form_free (gpointer data)
{
  g_object_unref (((Form *) data)->office);
  g_free (data);
}

static const ShequRow *
get_row (ShequRecordDetails *details)
{
  ShequRecord *record = shequ_record_details_get_record (details);

  return record != NULL ? shequ_record_get_row (record) : NULL;
}

static void
show_paper (GtkWidget *button, ShequRecordDetails *details)
{
  const ShequRow *row = get_row (details);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequDocument) document = row != NULL ? shequ_case_paper_document_new (row, &error) : NULL;

  if (document != NULL)
    shequ_document_window_present (GTK_WIDGET (details), document);
  else if (row != NULL)
    shequ_feedback_show_error (GTK_WIDGET (details), _ ("The paper cannot be shown."), error);
}

static void
was_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequRecordDetails) details = user_data;
  g_autoptr (GError) error = NULL;
  gint64 key = shequ_record_paper_write_finish (SHEQU_OFFICE (source), result, &error);

  if (key != 0)
    gtk_widget_activate_action (GTK_WIDGET (details), "win.open-record", "(sx)", SHEQU_PAPER_REGISTER, key);
  else
    shequ_feedback_show_error (GTK_WIDGET (details), _ ("The paper was not written."), error);
}

static void
write_paper (GtkWidget *button, ShequRecordDetails *details)
{
  const Form *form = g_object_get_data (G_OBJECT (button), "form");
  const ShequRow *row = get_row (details);

  if (row != NULL)
    shequ_record_paper_write_async (form->office, row->reg, row->key, form->paper->form.kind, NULL,
                                    was_written, g_object_ref (details));
}

static void
record_shown (ShequRecordDetails *details, ShequRecord *record, GtkWidget *button)
{
  const Form *form = g_object_get_data (G_OBJECT (button), "form");
  const ShequRow *row = record != NULL ? shequ_record_get_row (record) : NULL;
  g_autofree char *today = shequ_office_get_today (form->office);

  gtk_widget_set_visible (
    button, row != NULL && (form->paper->when == NULL || shequ_row_matches (row, form->paper->when, today)));
}

static void
add_form (ShequRecordDetails *details, ShequOffice *office, const ShequRecordPaper *paper)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (paper->label);
  g_autofree char *tooltip = g_strdup_printf (_ ("Write the paper “%s” from this record"), paper->form.title);
  Form *form = g_new0 (Form, 1);

  form->office = g_object_ref (office);
  form->paper = paper;
  gtk_widget_set_tooltip_text (button, tooltip);
  g_object_set_data_full (G_OBJECT (button), "form", form, form_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (write_paper), details, 0);
  g_signal_connect_object (details, "row-shown", G_CALLBACK (record_shown), button, 0);
  gtk_widget_hide (button);
  shequ_record_details_add_button (details, button);
}

/**
 * shequ_paper_buttons_add:
 * @details: where a record is read
 * @office: the office
 * @reg: its register
 *
 * Adds a button for each paper that the description of @reg names, shown while it fits the record, and to a
 * kept paper the one that shows it, ready to be printed.
 */
void
shequ_paper_buttons_add (ShequRecordDetails *details, ShequOffice *office, const ShequRegister *reg)
{
  ShequStore *store = shequ_office_get_store (office);
  const ShequRegister *papers = shequ_office_get_register (office, SHEQU_PAPER_REGISTER);

  if (g_str_equal (reg->name, SHEQU_PAPER_REGISTER) || g_str_equal (reg->name, "admission_paper"))
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Show paper"));

      g_signal_connect_object (button, "clicked", G_CALLBACK (show_paper), details, 0);
      shequ_record_details_add_button (details, button);
    }
  if (papers == NULL || !shequ_store_allows (store, SHEQU_RIGHT_CREATE, papers, NULL))
    return;
  for (guint i = 0; i < reg->papers->len; i++)
    add_form (details, office, reg->papers->pdata[i]);
}
