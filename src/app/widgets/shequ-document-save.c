#include "shequ-document-save.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-feedback.h"

/* A document on its way into a file. */
typedef struct
{
  GtkWidget *widget;
  ShequDocument *document;
} Saving;

static void
place_chosen (GtkNativeDialog *dialog, int response, Saving *saving)
{
  g_autoptr (GtkWidget) widget = saving->widget;
  g_autoptr (ShequDocument) document = saving->document;
  g_autoptr (GError) error = NULL;

  g_free (saving);
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);

      if (path != NULL && shequ_document_write_pdf (document, path, &error))
        shequ_feedback_say (widget, _ ("Saved as a PDF"));
      else if (error != NULL)
        shequ_feedback_show_error (widget, _ ("The PDF was not saved."), error);
    }
  g_object_unref (dialog);
}

/**
 * shequ_document_save_ask:
 * @widget: who saves, which is told how it ended
 * @document: what is saved
 * @name: (nullable): the name of the file to propose, without `.pdf`; the title when %NULL
 *
 * Asks where to and writes a PDF there.
 */
void
shequ_document_save_ask (GtkWidget *widget, ShequDocument *document, const char *name)
{
  GtkFileChooserNative *dialog;
  GtkFileFilter *filter;
  g_autofree char *file_name = NULL;
  Saving *saving;

  g_return_if_fail (GTK_IS_WIDGET (widget) && SHEQU_IS_DOCUMENT (document));

  file_name = g_strconcat (name != NULL ? name : shequ_document_get_title (document), ".pdf", NULL);
  g_strdelimit (file_name, "/\\:", '-');
  dialog = gtk_file_chooser_native_new (_ ("Save as a PDF"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, "PDF");
  gtk_file_filter_add_pattern (filter, "*.pdf");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  g_object_unref (filter);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), file_name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  saving = g_new (Saving, 1);
  saving->widget = g_object_ref (widget);
  saving->document = g_object_ref (document);
  g_signal_connect (dialog, "response", G_CALLBACK (place_chosen), saving);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
