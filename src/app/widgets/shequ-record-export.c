#include "shequ-record-export.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-export-file.h"
#include "shequ-exports.h"
#include "shequ-feedback.h"
#include "shequ-secret.h"

#define ASK "ask"

/* One export on its way. */
typedef struct
{
  GtkWidget *view;
  ShequOffice *office;
  ShequQuery *query;
  GPtrArray *columns; /* of ShequField */
  ShequExportJudgement judgement;
  char *purpose;
  char *receiver;
  char *basis;
  char *path;
  char *password; /* (nullable): of a sealed one */
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_clear_pointer (&export->query, shequ_query_free);
  g_clear_pointer (&export->columns, g_ptr_array_unref);
  g_object_unref (export->office);
  g_object_unref (export->view);
  g_free (export->purpose);
  g_free (export->receiver);
  g_free (export->basis);
  g_free (export->path);
  shequ_secret_wipe_text (export->password);
  g_free (export);
}

static ShequExportAsk
make_ask (const Export *export)
{
  return (ShequExportAsk){ .query = export->query,
                           .columns = export->columns,
                           .purpose = export->purpose,
                           .receiver = export->receiver,
                           .basis = export->basis };
}

static gint64
write_file (const ShequExportJudgement *judgement,
            const char *mark,
            guint8 *digest,
            gpointer user_data,
            GError **error)
{
  Export *export = user_data;
  ShequExportFile file = { .path = export->path,
                           .format = SHEQU_SHEET_FORMAT_ANY,
                           .mark = mark,
                           .columns = export->columns,
                           .approved = judgement->standing == SHEQU_EXPORT_APPROVED };

  if (file.approved || g_str_has_suffix (export->path, ".zip"))
    file.password = export->password = shequ_export_new_password ();
  return shequ_export_write_file (shequ_office_get_store (export->office), export->query, &file, digest, NULL,
                                  error);
}

static gpointer
export_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  Export *export = data;
  ShequExportAsk ask = make_ask (export);
  g_autofree char *name = g_path_get_basename (export->path);
  gint64 n_records = shequ_export_perform (office, &ask, name, write_file, export, cancellable, error);

  if (n_records < 0)
    return NULL;
  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u record is exported", "%u records are exported", (gulong) n_records),
    (guint) n_records);
}

/* Shown once: nothing in the office keeps it. */
static void
show_password (GtkWidget *view, const char *password)
{
  GtkRoot *root = gtk_widget_get_root (view);
  GtkWidget *label = gtk_label_new (password);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              _ ("Write the password down now"),
                                              _ ("The file is encrypted. Without this password nobody opens "
                                                 "it, and it is shown only now. Tell it to the "
                                                 "receiver by another way than the file, as by telephone."));

  gtk_widget_add_css_class (label, "title-2");
  gtk_widget_add_css_class (label, "monospace");
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Password of the file"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), label);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "done", _ ("_Written down"), NULL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "done");
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Export *export = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  if (message == NULL)
    shequ_feedback_show_error (export->view, _ ("The list was not exported."), error);
  else if (gtk_widget_get_root (export->view) != NULL)
    {
      shequ_feedback_say (export->view, message);
      if (export->password != NULL)
        show_password (export->view, export->password);
    }
  export_free (export);
}

static void
place_chosen (GtkNativeDialog *dialog, int response, Export *export)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);

      /* What was approved is sealed, whatever it is called. */
      export->path = path != NULL && export->judgement.standing == SHEQU_EXPORT_APPROVED &&
                         !g_str_has_suffix (path, ".zip")
                       ? g_strconcat (path, ".zip", NULL)
                       : g_steal_pointer (&path);
    }
  if (export->path != NULL)
    shequ_office_run_async (export->office, export_in_thread, export, NULL, g_free, NULL, exported, export);
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

static void
choose_place (Export *export)
{
  gboolean approved = export->judgement.standing == SHEQU_EXPORT_APPROVED;
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Export what is shown"), GTK_WINDOW (gtk_widget_get_root (export->view)),
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), _ ("_Cancel"));
  g_autofree char *name =
    g_strdup_printf ("%s-%s.%s", export->query->reg->label, export->query->today, approved ? "zip" : "xlsx");

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  if (!approved)
    {
      add_filter (GTK_FILE_CHOOSER (dialog), _ ("Spreadsheets (.xlsx)"), "*.xlsx");
      add_filter (GTK_FILE_CHOOSER (dialog), _ ("Tables as text (.csv)"), "*.csv");
    }
  add_filter (GTK_FILE_CHOOSER (dialog), _ ("Encrypted, with a password (.zip)"), "*.zip");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (place_chosen), export);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static gpointer
judge_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  Export *export = data;
  ShequExportAsk ask = make_ask (export);

  return shequ_export_judge (office, &ask, &export->judgement, cancellable, error) ? GINT_TO_POINTER (1)
                                                                                   : NULL;
}

static gpointer
request_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  ShequExportAsk ask = make_ask (data);

  return shequ_export_request (office, &ask, cancellable, error) != 0 ? GINT_TO_POINTER (1) : NULL;
}

static void
was_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Export *export = user_data;
  g_autoptr (GError) error = NULL;

  if (shequ_office_run_finish (SHEQU_OFFICE (source), result, &error) != NULL)
    shequ_feedback_say (export->view, _ ("The request waits for the approval of a second person. Once it is "
                                         "approved, export the same list again."));
  else
    shequ_feedback_show_error (export->view, _ ("Nothing was asked."), error);
  export_free (export);
}

/* The entries of the dialog that asks, freed with it. */
typedef struct
{
  Export *export; /* (nullable): until the request is on its way */
  AdwMessageDialog *dialog;
  GtkEditable *purpose;
  GtkEditable *receiver;
  GtkEditable *basis;
} Request;

static void
request_free (gpointer data, GClosure *closure)
{
  Request *request = data;

  g_clear_pointer (&request->export, export_free);
  g_free (request);
}

static void
request_changed (Request *request)
{
  adw_message_dialog_set_response_enabled (request->dialog, ASK,
                                           *gtk_editable_get_text (request->purpose) != '\0' &&
                                             *gtk_editable_get_text (request->receiver) != '\0');
}

static void
request_answered (AdwMessageDialog *dialog, const char *response, Request *request)
{
  Export *export = g_str_equal (response, ASK) ? g_steal_pointer (&request->export) : NULL;

  if (export == NULL)
    return;
  export->purpose = g_strdup (gtk_editable_get_text (request->purpose));
  export->receiver = g_strdup (gtk_editable_get_text (request->receiver));
  export->basis = g_strdup (gtk_editable_get_text (request->basis));
  shequ_office_run_async (export->office, request_in_thread, export, NULL, NULL, NULL, was_asked, export);
}

static GtkEditable *
add_entry (GtkWidget *list, Request *request, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (request_changed), request);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return GTK_EDITABLE (row);
}

static void
ask_approval (Export *export)
{
  GtkRoot *root = gtk_widget_get_root (export->view);
  GtkWidget *list = gtk_list_box_new ();
  Request *request = g_new0 (Request, 1);
  g_autofree char *body =
    g_strdup_printf (_ ("The list has %d persons; from more than %u on a second person has to agree. Say for "
                        "what it is and who "
                        "receives it. The request appears on that person's Today; nothing is exported yet."),
                     (int) export->judgement.n_records, export->judgement.limit);
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("Ask for approval?"), body);

  request->export = export;
  request->dialog = ADW_MESSAGE_DIALOG (dialog);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  request->purpose = add_entry (list, request, _ ("Used for"));
  request->receiver = add_entry (list, request, _ ("Receiver"));
  request->basis = add_entry (list, request, _ ("Law or agreement (if any)"));
  adw_message_dialog_set_extra_child (request->dialog, list);
  adw_message_dialog_add_responses (request->dialog, "cancel", _ ("_Cancel"), ASK, _ ("_Ask"), NULL);
  adw_message_dialog_set_response_appearance (request->dialog, ASK, ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (request->dialog, ASK);
  adw_message_dialog_set_close_response (request->dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (request_answered), request, request_free, 0);
  request_changed (request);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (GTK_WIDGET (request->purpose));
}

static void
judged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Export *export = user_data;
  g_autoptr (GError) error = NULL;
  gboolean known = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error) != NULL;

  if (gtk_widget_get_root (export->view) == NULL)
    export_free (export);
  else if (!known)
    {
      shequ_feedback_show_error (export->view, _ ("The list was not exported."), error);
      export_free (export);
    }
  else if (export->judgement.standing == SHEQU_EXPORT_NEEDS_APPROVAL)
    ask_approval (export);
  else if (export->judgement.standing == SHEQU_EXPORT_WAITS)
    {
      shequ_feedback_say (export->view, _ ("This export waits for the approval of a second person."));
      export_free (export);
    }
  else
    choose_place (export);
}

/**
 * shequ_record_export_ask:
 * @view: a list
 * @office: whose records they are
 *
 * Asks for a place and writes there what the list shows: its records, its columns, its order, sensitive
 * values masked; of many persons only after a second person has agreed, and sealed with a password. On a
 * worker thread; the change log keeps that it was done.
 */
void
shequ_record_export_ask (ShequRecordView *view, ShequOffice *office)
{
  const GPtrArray *columns = shequ_record_view_get_list (view)->columns;
  Export *export = g_new0 (Export, 1);

  export->office = g_object_ref (office);
  export->view = g_object_ref (GTK_WIDGET (view));
  export->query = shequ_query_copy (shequ_record_view_get_query (view));
  export->columns = g_ptr_array_new ();
  for (guint i = 0; i < columns->len; i++)
    g_ptr_array_add (export->columns, columns->pdata[i]);
  shequ_office_run_async (office, judge_in_thread, export, NULL, NULL, NULL, judged, export);
}
