#include "shequ-record-print.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-audit.h"
#include "shequ-date.h"
#include "shequ-document-window.h"
#include "shequ-feedback.h"
#include "shequ-file-book.h"
#include "shequ-record-file.h"
#include "shequ-time.h"

/* What is to be printed: a record, or the list where its key is 0. */
typedef struct
{
  GtkWidget *view;
  ShequOffice *office;
  ShequQuery *query;
  const ShequList *list;
  gint64 key;
  gboolean looks; /* who looked at the record, not the record */
} Print;

static void
print_free (gpointer data)
{
  Print *print = data;

  g_object_unref (print->view);
  g_object_unref (print->office);
  shequ_query_free (print->query);
  g_free (print);
}

/* What goes on paper leaves the office as an export does: the change log keeps it. */
static gboolean
log_print (const Print *print, const ShequFile *file, GCancellable *cancellable, GError **error)
{
  const ShequFileSection *first = file->sections->len > 0 ? file->sections->pdata[0] : NULL;
  g_autofree char *changes = g_strdup_printf ("{\"printed\":%u}", print->key != 0 ? 1
                                                                  : first != NULL ? first->rows->len
                                                                                  : 0);
  g_autoptr (ShequTransaction) transaction =
    shequ_office_begin (print->office, _ ("Printed records"), cancellable, error);

  return transaction != NULL &&
         shequ_transaction_log (transaction, SHEQU_ACTION_PRINT, print->query->reg, print->key, changes,
                                error) &&
         shequ_transaction_commit (transaction, error);
}

static gpointer
load_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Print *print = data;
  g_autoptr (ShequFile) file = NULL;

  if (print->looks)
    return shequ_audit_load_looks (office, print->query->reg, print->key, cancellable, error);
  file = print->key != 0 ? shequ_record_file_load (office, print->query->reg, print->key, cancellable, error)
                         : shequ_list_file_load (office, print->query, print->list, cancellable, error);

  if (file == NULL || !log_print (print, file, cancellable, error))
    return NULL;
  return g_steal_pointer (&file);
}

static void
show_document (ShequOffice *office, GtkWidget *view, const ShequRegister *reg, const ShequFile *file)
{
  g_autofree char *today = shequ_office_get_today (office);
  g_autofree char *date = NULL;
  g_autofree char *printed = NULL;
  g_autofree char *moment = NULL;
  g_autoptr (ShequDocument) document = NULL;
  ShequFileBook book = { .title = reg->label,
                         .office = shequ_office_get_name (office),
                         .handler = shequ_office_get_user (office) };
  ShequDate day;
  gint64 seconds;

  date = shequ_date_from_iso (today, &day) ? shequ_date_format_chinese (&day) : g_strdup (today);
  book.date = date;
  printed = shequ_office_get_moment (office);
  moment = shequ_moment_from_utc (printed, &seconds) ? shequ_moment_format (seconds) : g_strdup (printed);
  book.moment = moment;
  document =
    file->cover[0] != NULL ? shequ_file_folder_new (&book, file) : shequ_file_sheet_new (&book, file);
  shequ_document_window_present (view, document);
}

static void
loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) view = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequFile) file = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  if (gtk_widget_get_root (view) == NULL)
    return;
  if (file != NULL)
    show_document (SHEQU_OFFICE (source), view, shequ_record_view_get_query (SHEQU_RECORD_VIEW (view))->reg,
                   file);
  else
    shequ_feedback_show_error (view, _ ("Nothing was printed."), error);
}

static void
start (Print *print)
{
  shequ_office_run_async (print->office, load_in_thread, print, print_free, (GDestroyNotify) shequ_file_free,
                          NULL, loaded, g_object_ref (print->view));
}

static void
answered (AdwMessageDialog *dialog, const char *response, Print *print)
{
  if (g_str_equal (response, "list"))
    print->key = 0;
  print->looks = g_str_equal (response, "looks");
  if (g_str_equal (response, "cancel"))
    print_free (print);
  else
    start (print);
}

/**
 * shequ_record_print_ask:
 * @view: a list
 * @office: whose records they are
 * @key: the record that is shown, or 0
 *
 * Prints the record with cover and inventory, or the list as a ledger, as the person chooses; without a
 * record the list is meant. It is shown first. Sensitive values are masked; the change log keeps that it was
 * done.
 */
void
shequ_record_print_ask (ShequRecordView *view, ShequOffice *office, gint64 key)
{
  Print *print = g_new0 (Print, 1);
  GtkWidget *dialog;

  print->view = g_object_ref (GTK_WIDGET (view));
  print->office = g_object_ref (office);
  print->query = shequ_query_copy (shequ_record_view_get_query (view));
  print->list = shequ_record_view_get_list (view);
  print->key = key;
  if (key == 0)
    {
      start (print);
      return;
    }
  dialog =
    adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (view))), _ ("Print what?"),
                            _ ("The record comes with a cover and an inventory, the list as a ledger."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "list",
                                    _ ("The _list"), NULL);
  if (g_str_equal (print->query->reg->name, "resident"))
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "looks", _ ("_Who looked at it"));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "record", _ ("The _record"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "record");
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "record", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (answered), print);
  gtk_window_present (GTK_WINDOW (dialog));
}
