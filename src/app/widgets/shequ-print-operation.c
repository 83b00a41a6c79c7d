#include "shequ-print-operation.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-feedback.h"

static void
draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, ShequDocument *document)
{
  shequ_document_draw_page (document, gtk_print_context_get_cairo_context (context), (guint) page);
}

static GtkPageSetup *
new_page_setup (ShequDocument *document)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  GtkPaperSize *paper = gtk_paper_size_new (
    shequ_paper_is_a3 (shequ_document_get_paper (document)) ? GTK_PAPER_NAME_A3 : GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size (setup, paper);
  gtk_page_setup_set_orientation (setup, shequ_paper_is_across (shequ_document_get_paper (document))
                                           ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                           : GTK_PAGE_ORIENTATION_PORTRAIT);
  gtk_paper_size_free (paper);
  return setup;
}

/**
 * shequ_print_operation_new:
 * @document: what is printed
 *
 * Makes an operation that paints the pages of a document on whole sheets: the document has margins of
 * its own.
 *
 * Returns: (transfer full): the operation, not yet run
 */
GtkPrintOperation *
shequ_print_operation_new (ShequDocument *document)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = new_page_setup (document);

  gtk_print_operation_set_job_name (operation, shequ_document_get_title (document));
  gtk_print_operation_set_n_pages (operation, (int) shequ_document_get_n_pages (document));
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page), g_object_ref (document),
                         (GClosureNotify) (GCallback) g_object_unref, 0);
  return operation;
}

static void
print_done (GtkPrintOperation *operation, GtkPrintOperationResult result, GtkWidget *widget)
{
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  shequ_feedback_show_error (widget, _ ("The paper was not printed."), error);
}

/**
 * shequ_print_operation_run:
 * @widget: who asks; what goes wrong is told through #ShequFeedback
 * @document: what is printed
 *
 * Shows the print dialog and prints. Returns at once; the dialog stands over the window of @widget.
 */
void
shequ_print_operation_run (GtkWidget *widget, ShequDocument *document)
{
  g_autoptr (GtkPrintOperation) operation = shequ_print_operation_new (document);
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr (GError) error = NULL;

  g_signal_connect_object (operation, "done", G_CALLBACK (print_done), widget, 0);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                               &error) == GTK_PRINT_OPERATION_RESULT_ERROR &&
      error != NULL)
    shequ_feedback_show_error (widget, _ ("The paper was not printed."), error);
}
