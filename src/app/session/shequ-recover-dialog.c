#include "shequ-recover-dialog.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-secret-row.h"
#include "shequ-session.h"

/* In the order in which they are typed. */
enum
{
  NAME,
  NEW_PASSWORD,
  FIRST_NAME,
  FIRST_PASSWORD,
  SECOND_NAME,
  SECOND_PASSWORD,
  N_ROWS,
};

static const struct
{
  const char *title;
  gboolean secret;
} row_kinds[N_ROWS] = {
  [NAME] = { N_ ("Whose password"), FALSE },
  [NEW_PASSWORD] = { N_ ("A first password, to be handed over"), TRUE },
  [FIRST_NAME] = { N_ ("Name of the first manager"), FALSE },
  [FIRST_PASSWORD] = { N_ ("Password of the first manager"), TRUE },
  [SECOND_NAME] = { N_ ("Name of the second manager"), FALSE },
  [SECOND_PASSWORD] = { N_ ("Password of the second manager"), TRUE },
};

struct _ShequRecoverDialog
{
  AdwWindow parent_instance;

  ShequOffice *office;
  GCancellable *cancellable;
  GtkEditable *rows[N_ROWS];
  GtkWidget *perform;
  GtkLabel *note;
  gboolean busy;
};

enum
{
  SIGNAL_RECOVERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequRecoverDialog, shequ_recover_dialog, ADW_TYPE_WINDOW)

static void
update (ShequRecoverDialog *self)
{
  gboolean complete = !self->busy;

  for (guint i = 0; i < N_ROWS; i++)
    {
      complete = complete && *gtk_editable_get_text (self->rows[i]) != '\0';
      gtk_widget_set_sensitive (GTK_WIDGET (self->rows[i]), !self->busy);
    }
  gtk_widget_set_sensitive (self->perform, complete);
}

static void
done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequRecoverDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (shequ_session_recover_finish (SHEQU_OFFICE (source), result, &error))
    {
      g_signal_emit (self, signals[SIGNAL_RECOVERED], 0, gtk_editable_get_text (self->rows[NAME]));
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->busy = FALSE;
  gtk_label_set_text (self->note, error->message);
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "error");
  update (self);
}

static void
perform (ShequRecoverDialog *self)
{
  const ShequManager managers[2] = {
    { gtk_editable_get_text (self->rows[FIRST_NAME]), gtk_editable_get_text (self->rows[FIRST_PASSWORD]) },
    { gtk_editable_get_text (self->rows[SECOND_NAME]), gtk_editable_get_text (self->rows[SECOND_PASSWORD]) },
  };

  self->busy = TRUE;
  update (self);
  shequ_session_recover_async (self->office, gtk_editable_get_text (self->rows[NAME]),
                               gtk_editable_get_text (self->rows[NEW_PASSWORD]), managers, self->cancellable,
                               done, g_object_ref (self));
}

static GtkWidget *
new_open (ShequRecoverDialog *self, guint i)
{
  GtkWidget *row = adw_entry_row_new ();

  self->rows[i] = GTK_EDITABLE (row);
  return row;
}

static GtkWidget *
new_group (ShequRecoverDialog *self, guint first)
{
  GtkWidget *group = adw_preferences_group_new ();

  for (guint i = first; i < first + 2; i++)
    {
      GtkWidget *row = row_kinds[i].secret ? shequ_secret_row_new (_ (row_kinds[i].title), &self->rows[i])
                                           : new_open (self, i);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (row_kinds[i].title));
      g_signal_connect_swapped (self->rows[i], "changed", G_CALLBACK (update), self);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  return group;
}

static GtkWidget *
new_head (ShequRecoverDialog *self)
{
  GtkWidget *head = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  self->perform = gtk_button_new_with_mnemonic (_ ("Set the _password"));
  gtk_widget_add_css_class (self->perform, "suggested-action");
  g_signal_connect_swapped (self->perform, "clicked", G_CALLBACK (perform), self);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_close), self);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (head), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (head), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (head), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (head), self->perform);
  return head;
}

static void
shequ_recover_dialog_dispose (GObject *object)
{
  ShequRecoverDialog *self = SHEQU_RECOVER_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_recover_dialog_parent_class)->dispose (object);
}

static void
shequ_recover_dialog_class_init (ShequRecoverDialogClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_recover_dialog_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (class), GDK_KEY_Escape, 0, "window.close", NULL);
  signals[SIGNAL_RECOVERED] = g_signal_new ("recovered", SHEQU_TYPE_RECOVER_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
shequ_recover_dialog_init (ShequRecoverDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->cancellable = g_cancellable_new ();
  self->note = GTK_LABEL (gtk_label_new (
    _ ("Two managers, each a director or a keeper of accounts, give somebody a new first password together. "
       "Neither can be the one who has forgotten it.")));
  gtk_label_set_wrap (self->note, TRUE);
  gtk_label_set_xalign (self->note, 0);
  gtk_box_append (GTK_BOX (box), new_head (self));
  gtk_box_append (GTK_BOX (body), GTK_WIDGET (self->note));
  for (guint i = 0; i < N_ROWS; i += 2)
    gtk_box_append (GTK_BOX (body), new_group (self, i));
  gtk_widget_set_margin_top (body, 12);
  gtk_widget_set_margin_bottom (body, 18);
  gtk_widget_set_margin_start (body, 12);
  gtk_widget_set_margin_end (body, 12);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), body);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (self), box);
  update (self);
}

/**
 * shequ_recover_dialog_present:
 * @parent: the window
 * @office: a protected office
 * @name: whose password is forgotten, as far as is known
 *
 * Returns: (transfer none): the dialog
 */
ShequRecoverDialog *
shequ_recover_dialog_present (GtkWindow *parent, ShequOffice *office, const char *name)
{
  ShequRecoverDialog *self = g_object_new (SHEQU_TYPE_RECOVER_DIALOG, "transient-for", parent, "modal", TRUE,
                                           "default-width", 460, "title", _ ("A forgotten password"), NULL);

  self->office = g_object_ref (office);
  gtk_editable_set_text (self->rows[NAME], name);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->rows[*name != '\0' ? NEW_PASSWORD : NAME]));
  return self;
}
