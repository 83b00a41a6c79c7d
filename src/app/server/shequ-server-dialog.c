#include "shequ-server-dialog.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"
#include "shequ-secret-row.h"
#include "shequ-store.h"

struct _ShequServerDialog
{
  AdwWindow parent_instance;

  AdwPreferencesGroup *where;
  GtkEditable *host_row;
  GtkEditable *port_row;
  GtkEditable *database_row;
  GtkEditable *user_row;
  GtkEditable *password_row;
  GtkSwitch *keep;
  AdwComboRow *tls_row;
  GtkWidget *certificate_row;
  GtkWidget *connect_button;
  GtkWidget *try_button;
  GtkWidget *create_button;
  GtkWidget *spinner;
  GtkWidget *answer; /* a box: how the try went */
  GtkImage *answer_icon;
  GtkLabel *answer_title;
  GtkLabel *answer_text;

  char *certificate;   /* (nullable) */
  char *password_file; /* (nullable): where the password was kept before */
  GCancellable *trying;
};

enum
{
  SIGNAL_CONNECT_TO,
  SIGNAL_CREATE_AT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequServerDialog, shequ_server_dialog, ADW_TYPE_WINDOW)

/* In the order of ShequServerTls. */
static const struct
{
  const char *label;
  const char *help;
} protections[] = {
  { N_ ("In cipher, and check the server (advised)"),
    N_ ("Nobody on the network can read along, and the certificate proves that it is the right server.") },
  { N_ ("In cipher"),
    N_ ("Nobody on the network can read along, but another server could pretend to be it.") },
  { N_ ("Not in cipher"), N_ ("Whoever listens on the network reads the data of residents. Only within one "
                              "computer.") },
};

/* What the try has found, and what it is called. */
static const struct
{
  ShequError code;
  const char *icon;
  const char *title;
} answers[] = {
  { SHEQU_ERROR_UNREACHABLE, "network-offline-symbolic", N_ ("The server does not answer") },
  { SHEQU_ERROR_PERMISSION, "dialog-password-symbolic", N_ ("The server does not let you in") },
  { SHEQU_ERROR_DAMAGED, "edit-find-symbolic", N_ ("There is no office here yet") },
  { SHEQU_ERROR_NOT_FOUND, "edit-find-symbolic", N_ ("There is no such database") },
  { SHEQU_ERROR_NEWER, "software-update-urgent-symbolic", N_ ("This database needs a newer program") },
};

static char *
get_stripped (GtkEditable *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (row)));
}

/* What is in the rows; %NULL when something is missing, which is marked. */
static ShequServerSettings *
read_rows (ShequServerDialog *self)
{
  g_autoptr (ShequServerSettings) settings = shequ_server_settings_new ();
  g_autofree char *port = get_stripped (self->port_row);
  struct
  {
    GtkEditable *row;
    char **place;
  } texts[] = {
    { self->host_row, &settings->host },
    { self->database_row, &settings->database },
    { self->user_row, &settings->user },
  };
  guint64 number;
  gboolean complete = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_free (*texts[i].place);
      *texts[i].place = get_stripped (texts[i].row);
      if (**texts[i].place != '\0')
        gtk_widget_remove_css_class (GTK_WIDGET (texts[i].row), "error");
      else
        gtk_widget_add_css_class (GTK_WIDGET (texts[i].row), "error");
      complete = complete && **texts[i].place != '\0';
    }
  if (g_ascii_string_to_unsigned (port, 10, 1, 65535, &number, NULL))
    gtk_widget_remove_css_class (GTK_WIDGET (self->port_row), "error");
  else
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->port_row), "error");
      return NULL;
    }
  settings->port = (guint) number;
  settings->password = g_strdup (gtk_editable_get_text (self->password_row));
  settings->tls = (ShequServerTls) MIN (adw_combo_row_get_selected (self->tls_row), SHEQU_SERVER_TLS_OFF);
  settings->certificate = g_strdup (self->certificate);
  /* What was kept holds as long as no other password is typed. */
  if (*settings->password == '\0')
    settings->password_file = g_strdup (self->password_file);
  return complete ? g_steal_pointer (&settings) : NULL;
}

static void
set_answer (ShequServerDialog *self,
            const char *icon,
            const char *title,
            const char *text,
            gboolean may_create)
{
  gtk_image_set_from_icon_name (self->answer_icon, icon);
  gtk_label_set_text (self->answer_title, title);
  gtk_label_set_text (self->answer_text, text);
  gtk_widget_set_visible (self->create_button, may_create);
  gtk_widget_show (self->answer);
}

static void
show_incomplete (ShequServerDialog *self)
{
  set_answer (
    self, "dialog-warning-symbolic", _ ("Something is missing"),
    _ ("Fill in the rows that are marked. The administrator of the server knows what belongs there."), FALSE);
}

static void
show_error (ShequServerDialog *self, const GError *error)
{
  const char *icon = "dialog-warning-symbolic", *title = _ ("The connection did not work");

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      if (!g_error_matches (error, SHEQU_ERROR, (int) answers[i].code))
        continue;
      icon = answers[i].icon;
      title = _ (answers[i].title);
    }
  set_answer (self, icon, title, error->message,
              g_error_matches (error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED) ||
                g_error_matches (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND));
}

static void
probe_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *office = NULL;
  GError *error = NULL;

  if (shequ_store_probe (data, &office, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&office), g_free);
  else
    g_task_return_error (task, error);
}

static void
set_trying (ShequServerDialog *self, gboolean trying)
{
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), trying);
  gtk_widget_set_visible (self->spinner, trying);
  gtk_widget_set_sensitive (self->try_button, !trying);
}

static void
probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequServerDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *office = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_task_get_cancellable (G_TASK (result)) != self->trying)
    return;
  set_trying (self, FALSE);
  if (error != NULL)
    show_error (self, error);
  else
    set_answer (self, "emblem-ok-symbolic", _ ("The connection works"), office != NULL ? office : "", FALSE);
}

static void
stop_trying (ShequServerDialog *self)
{
  g_cancellable_cancel (self->trying);
  g_clear_object (&self->trying);
}

static void
try_clicked (ShequServerDialog *self)
{
  g_autoptr (ShequServerSettings) settings = read_rows (self);
  g_autoptr (GTask) task = NULL;

  stop_trying (self);
  gtk_widget_hide (self->answer);
  if (settings == NULL)
    {
      show_incomplete (self);
      return;
    }
  self->trying = g_cancellable_new ();
  set_trying (self, TRUE);
  task = g_task_new (self, self->trying, probed, g_object_ref (self));
  g_task_set_task_data (task, shequ_server_settings_to_uri (settings), g_free);
  g_task_run_in_thread (task, probe_in_thread);
}

/* What was said of other settings says nothing of these. */
static void
row_changed (ShequServerDialog *self)
{
  stop_trying (self);
  if (self->answer == NULL)
    return;
  set_trying (self, FALSE);
  gtk_widget_hide (self->answer);
}

static void
end (ShequServerDialog *self, guint signal)
{
  g_autoptr (ShequServerSettings) settings = read_rows (self);
  g_autofree char *path = shequ_server_settings_get_password_path ();
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;

  if (settings == NULL)
    {
      show_incomplete (self);
      return;
    }
  if (gtk_switch_get_active (self->keep) && !shequ_server_settings_keep_password (settings, path, &error))
    {
      show_error (self, error);
      return;
    }
  uri = shequ_server_settings_to_uri (settings);
  g_signal_emit (self, signal, 0, uri);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
connect_clicked (ShequServerDialog *self)
{
  end (self, signals[SIGNAL_CONNECT_TO]);
}

static void
create_clicked (ShequServerDialog *self)
{
  end (self, signals[SIGNAL_CREATE_AT]);
}

static void
show_certificate (ShequServerDialog *self)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->certificate_row),
                               self->certificate != NULL ? self->certificate
                                                         : _ ("None: ask the administrator for the file"));
}

static void
tls_changed (ShequServerDialog *self)
{
  guint chosen = MIN (adw_combo_row_get_selected (self->tls_row), SHEQU_SERVER_TLS_OFF);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->tls_row), _ (protections[chosen].help));
  gtk_widget_set_visible (self->certificate_row, chosen == SHEQU_SERVER_TLS_VERIFY);
  row_changed (self);
}

static void
certificate_chosen (GtkNativeDialog *dialog, int response, ShequServerDialog *self)
{
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  if (file != NULL && g_file_peek_path (file) != NULL)
    {
      g_free (self->certificate);
      self->certificate = g_file_get_path (file);
      show_certificate (self);
      row_changed (self);
    }
  g_object_unref (dialog);
}

static void
choose_certificate (ShequServerDialog *self)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("The certificate of the server"), GTK_WINDOW (self),
                                 GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), _ ("_Cancel"));

  g_signal_connect_object (dialog, "response", G_CALLBACK (certificate_chosen), self, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
shequ_server_dialog_dispose (GObject *object)
{
  ShequServerDialog *self = SHEQU_SERVER_DIALOG (object);

  stop_trying (self);
  self->answer = NULL;
  G_OBJECT_CLASS (shequ_server_dialog_parent_class)->dispose (object);
}

static void
shequ_server_dialog_finalize (GObject *object)
{
  ShequServerDialog *self = SHEQU_SERVER_DIALOG (object);

  g_free (self->certificate);
  g_free (self->password_file);
  G_OBJECT_CLASS (shequ_server_dialog_parent_class)->finalize (object);
}

static void
shequ_server_dialog_class_init (ShequServerDialogClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_server_dialog_dispose;
  G_OBJECT_CLASS (class)->finalize = shequ_server_dialog_finalize;
  signals[SIGNAL_CONNECT_TO] = g_signal_new ("connect-to", SHEQU_TYPE_SERVER_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                             NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CREATE_AT] = g_signal_new ("create-at", SHEQU_TYPE_SERVER_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (class), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
shequ_server_dialog_init (ShequServerDialog *self)
{
}

static GtkEditable *
add_row (ShequServerDialog *self, GtkWidget *row, const char *title, const char *text)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_preferences_group_add (self->where, row);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (row_changed), self);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (connect_clicked), self);
  return GTK_EDITABLE (row);
}

static GtkWidget *
new_where (ShequServerDialog *self, const ShequServerSettings *settings)
{
  g_autofree char *port = g_strdup_printf ("%u", settings->port);
  GtkWidget *row = adw_action_row_new ();

  self->where = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->host_row = add_row (self, adw_entry_row_new (), _ ("Server (name or number)"), settings->host);
  self->port_row = add_row (self, adw_entry_row_new (), _ ("Port"), port);
  self->database_row = add_row (self, adw_entry_row_new (), _ ("Database"), settings->database);
  self->user_row = add_row (self, adw_entry_row_new (), _ ("User at the server"), settings->user);
  adw_preferences_group_add (self->where,
                             shequ_secret_row_new (self->password_file != NULL
                                                     ? _ ("Password (empty: the one that is remembered)")
                                                     : _ ("Password"),
                                                   &self->password_row));
  gtk_editable_set_text (self->password_row, settings->password != NULL ? settings->password : "");
  g_signal_connect_swapped (self->password_row, "changed", G_CALLBACK (row_changed), self);
  g_signal_connect_swapped (self->password_row, "activate", G_CALLBACK (connect_clicked), self);
  self->keep = GTK_SWITCH (gtk_switch_new ());
  gtk_switch_set_active (self->keep, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->keep), GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Remember the password"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("In a file that only you can read on this computer"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->keep));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (self->keep));
  adw_preferences_group_add (self->where, row);
  return GTK_WIDGET (self->where);
}

static GtkWidget *
new_protection (ShequServerDialog *self, const ShequServerSettings *settings)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *choose = gtk_button_new_with_mnemonic (_ ("_Choose"));
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (protections); i++)
    gtk_string_list_append (labels, _ (protections[i].label));
  self->tls_row = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->tls_row), _ ("On the network"));
  adw_combo_row_set_model (self->tls_row, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (self->tls_row, settings->tls);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->tls_row));

  self->certificate_row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->certificate_row), _ ("Certificate file"));
  gtk_widget_set_valign (choose, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (choose, "flat");
  g_signal_connect_swapped (choose, "clicked", G_CALLBACK (choose_certificate), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->certificate_row), choose);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->certificate_row);
  show_certificate (self);
  tls_changed (self);
  g_signal_connect_swapped (self->tls_row, "notify::selected", G_CALLBACK (tls_changed), self);
  return group;
}

static GtkLabel *
add_label (GtkWidget *box, const char *class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
new_answer (ShequServerDialog *self)
{
  GtkWidget *answer = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->answer_icon = GTK_IMAGE (gtk_image_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->answer_icon), GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (answer), GTK_WIDGET (self->answer_icon));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (answer), texts);
  self->answer_title = add_label (texts, "heading");
  self->answer_text = add_label (texts, "body");
  self->create_button = gtk_button_new_with_mnemonic (_ ("_Make a new office here"));
  gtk_widget_set_halign (self->create_button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->create_button, 6);
  g_signal_connect_swapped (self->create_button, "clicked", G_CALLBACK (create_clicked), self);
  gtk_box_append (GTK_BOX (texts), self->create_button);
  gtk_widget_hide (answer);
  self->answer = answer;
  return answer;
}

static GtkWidget *
new_try (ShequServerDialog *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->try_button = gtk_button_new_with_mnemonic (_ ("_Try the connection"));
  self->spinner = gtk_spinner_new ();
  gtk_widget_hide (self->spinner);
  g_signal_connect_swapped (self->try_button, "clicked", G_CALLBACK (try_clicked), self);
  gtk_box_append (GTK_BOX (line), self->try_button);
  gtk_box_append (GTK_BOX (line), self->spinner);
  return line;
}

static GtkWidget *
new_head (ShequServerDialog *self)
{
  GtkWidget *head = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  self->connect_button = gtk_button_new_with_mnemonic (_ ("C_onnect"));
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (head), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (head), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (head), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (head), self->connect_button);
  gtk_widget_add_css_class (self->connect_button, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  g_signal_connect_swapped (self->connect_button, "clicked", G_CALLBACK (connect_clicked), self);
  return head;
}

static void
build (ShequServerDialog *self, const ShequServerSettings *settings)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_widget_set_margin_top (body, 12);
  gtk_widget_set_margin_bottom (body, 18);
  gtk_widget_set_margin_start (body, 18);
  gtk_widget_set_margin_end (body, 18);
  gtk_box_append (GTK_BOX (body), new_where (self, settings));
  gtk_box_append (GTK_BOX (body), new_protection (self, settings));
  gtk_box_append (GTK_BOX (foot), new_try (self));
  gtk_box_append (GTK_BOX (foot), new_answer (self));
  gtk_widget_set_margin_top (foot, 12);
  gtk_widget_set_margin_bottom (foot, 12);
  gtk_widget_set_margin_start (foot, 18);
  gtk_widget_set_margin_end (foot, 18);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), body);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), new_head (self));
  gtk_box_append (GTK_BOX (box), scrolled);
  /* The answer is seen without scrolling. */
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), foot);
  adw_window_set_content (ADW_WINDOW (self), box);
}

/**
 * shequ_server_dialog_present:
 * @parent: the window that shall show the office
 * @settings: (nullable): what was used last
 *
 * Returns: (transfer none): the dialog, for its signals
 */
ShequServerDialog *
shequ_server_dialog_present (GtkWindow *parent, const ShequServerSettings *settings)
{
  ShequServerDialog *self = g_object_new (SHEQU_TYPE_SERVER_DIALOG, NULL);
  g_autoptr (ShequServerSettings) fresh = shequ_server_settings_new ();

  if (settings == NULL)
    settings = fresh;
  self->certificate = g_strdup (settings->certificate);
  self->password_file = g_strdup (settings->password_file);
  gtk_window_set_transient_for (GTK_WINDOW (self), parent);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 520, 560);
  gtk_window_set_title (GTK_WINDOW (self), _ ("The office's server"));
  build (self, settings);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->host_row));
  return self;
}
