#include "shequ-record-export.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-export.h"
#include "shequ-feedback.h"

/* One export on its way. */
typedef struct
{
  GtkWidget *view;
  ShequQuery *query;
  const ShequList *list;
  char *path;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_clear_pointer (&export->query, shequ_query_free);
  g_object_unref (export->view);
  g_free (export->path);
  g_free (export);
}

/* What leaves the office is written to the change log. */
static gboolean
log_export (ShequOffice *office,
            const ShequRegister *reg,
            gint64 n_records,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (ShequTransaction) transaction =
    shequ_office_begin (office, _ ("Exported a list"), cancellable, error);
  g_autofree char *changes = g_strdup_printf ("{\"records\":%" G_GINT64_FORMAT "}", n_records);

  return transaction != NULL &&
         shequ_transaction_log (transaction, SHEQU_ACTION_EXPORT, reg, 0, changes, error) &&
         shequ_transaction_commit (transaction, error);
}

static gpointer
export_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Export *export = data;
  g_autoptr (ShequSheetWriter) writer = NULL;
  gint64 n_records;

  writer =
    shequ_sheet_writer_new_path (export->path, SHEQU_SHEET_FORMAT_ANY, SHEQU_SHEET_WRITER_DEFAULT, error);
  if (writer == NULL)
    return NULL;
  n_records = shequ_export_run (shequ_office_get_store (office), export->query, export->list->columns, writer,
                                FALSE, NULL, NULL, cancellable, error);
  if (n_records < 0 || !log_export (office, export->query->reg, n_records, cancellable, error))
    return NULL;
  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u record is exported", "%u records are exported", (gulong) n_records),
    (guint) n_records);
}

static void
exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) view = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  if (message != NULL)
    shequ_feedback_say (view, message);
  else
    shequ_feedback_show_error (view, _ ("The list was not exported."), error);
}

/* The office lives as long as the page that holds the view. */
typedef struct
{
  ShequOffice *office;
  Export *export;
} Asked;

static void
place_chosen (GtkNativeDialog *dialog, int response, Asked *asked)
{
  g_autoptr (ShequOffice) office = asked->office;
  Export *export = g_steal_pointer (&asked->export);

  g_free (asked);
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      export->path = g_file_get_path (file);
    }
  if (export->path != NULL)
    shequ_office_run_async (office, export_in_thread, export, export_free, g_free, NULL, exported,
                            g_object_ref (export->view));
  else
    export_free (export);
  g_object_unref (dialog);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *pattern)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_chooser_add_filter (chooser, filter);
}

/**
 * shequ_record_export_ask:
 * @view: a list
 * @office: whose records they are
 *
 * Asks for a place and writes there what the list shows: its records, its columns, its order, sensitive
 * values masked. On a worker thread; the change log keeps that it was done.
 */
void
shequ_record_export_ask (ShequRecordView *view, ShequOffice *office)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (view)));
  GtkFileChooserNative *dialog;
  Asked *asked = g_new0 (Asked, 1);
  const ShequQuery *query = shequ_record_view_get_query (view);
  g_autofree char *name = NULL;

  asked->office = g_object_ref (office);
  asked->export = g_new0 (Export, 1);
  asked->export->view = g_object_ref (GTK_WIDGET (view));
  asked->export->query = shequ_query_copy (query);
  asked->export->list = shequ_record_view_get_list (view);
  name = g_strdup_printf ("%s-%s.xlsx", query->reg->label, query->today);
  dialog = gtk_file_chooser_native_new (_ ("Export what is shown"), window, GTK_FILE_CHOOSER_ACTION_SAVE,
                                        _ ("_Export"), _ ("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  add_filter (GTK_FILE_CHOOSER (dialog), _ ("Spreadsheets (.xlsx)"), "*.xlsx");
  add_filter (GTK_FILE_CHOOSER (dialog), _ ("Tables as text (.csv)"), "*.csv");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (place_chosen), asked);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
