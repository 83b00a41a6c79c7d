#include "shequ-document-window.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-document-save.h"
#include "shequ-document-view.h"
#include "shequ-escape.h"
#include "shequ-print-operation.h"

#define WIDTH 760
#define HEIGHT 720

static ShequDocument *
get_document (GtkButton *button)
{
  return g_object_get_data (G_OBJECT (gtk_widget_get_root (GTK_WIDGET (button))), "document");
}

static void
print_clicked (GtkButton *button)
{
  shequ_print_operation_run (GTK_WIDGET (button), get_document (button));
}

static void
save_clicked (GtkButton *button)
{
  shequ_document_save_ask (GTK_WIDGET (button), get_document (button), NULL);
}

static GtkWidget *
new_button (const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect (button, "clicked", clicked, NULL);
  return button;
}

/**
 * shequ_document_window_present:
 * @parent: who asks
 * @document: what is to be printed
 *
 * Shows a document as it will look on paper, in a window of its own, to be printed or saved from there.
 */
void
shequ_document_window_present (GtkWidget *parent, ShequDocument *document)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view = shequ_document_view_new ();
  GtkWidget *print = new_button (_ ("_Print"), G_CALLBACK (print_clicked));
  GtkRoot *root = gtk_widget_get_root (parent);

  shequ_document_view_set_document (SHEQU_DOCUMENT_VIEW (view), document);
  gtk_widget_add_css_class (print, "suggested-action");
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), print);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar),
                             new_button (_ ("_Save as PDF"), G_CALLBACK (save_clicked)));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), shequ_document_get_title (document));
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  g_object_set_data_full (G_OBJECT (window), "document", g_object_ref (document), g_object_unref);
  shequ_escape_closes (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
}
