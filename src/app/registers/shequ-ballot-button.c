#include "shequ-ballot-button.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-ballot-page.h"
#include "shequ-document-window.h"
#include "shequ-feedback.h"

static void
was_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequRecordDetails) details = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequBallot) ballot = shequ_ballot_read_finish (SHEQU_OFFICE (source), result, &error);
  g_autoptr (ShequDocument) document = ballot != NULL ? shequ_ballot_document_new (ballot) : NULL;

  if (document == NULL)
    {
      shequ_feedback_show_error (GTK_WIDGET (details), _ ("There is no result sheet."), error);
      return;
    }
  shequ_document_window_present (GTK_WIDGET (details), document);
  if (ballot->doubt != NULL)
    shequ_feedback_say (GTK_WIDGET (details), ballot->doubt);
}

static void
show_sheet (GtkWidget *button, ShequRecordDetails *details)
{
  ShequRecord *record = shequ_record_details_get_record (details);

  if (record != NULL)
    shequ_ballot_read_async (g_object_get_data (G_OBJECT (button), "office"), shequ_record_get_key (record),
                             NULL, was_read, g_object_ref (details));
}

/* Only of a post that was filled by a vote. */
static void
record_shown (ShequRecordDetails *details, ShequRecord *record, GtkWidget *button)
{
  const ShequRow *row = record != NULL ? shequ_record_get_row (record) : NULL;

  gtk_widget_set_visible (button,
                          row != NULL && g_strcmp0 (shequ_row_get_text (row, "chosen"), "elected") == 0);
}

/**
 * shequ_ballot_button_add:
 * @details: where a post is read
 * @office: the office
 *
 * Adds the button that shows the result sheet of the vote, ready to be printed.
 */
void
shequ_ballot_button_add (ShequRecordDetails *details, ShequOffice *office)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Result sheet"));

  gtk_widget_set_tooltip_text (button, _ ("The result of the vote, to be printed and signed"));
  g_object_set_data_full (G_OBJECT (button), "office", g_object_ref (office), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (show_sheet), details, 0);
  g_signal_connect_object (details, "row-shown", G_CALLBACK (record_shown), button, 0);
  gtk_widget_hide (button);
  shequ_record_details_add_button (details, button);
}
