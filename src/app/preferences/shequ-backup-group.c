/* Where the daily backup goes, when the last one was made, one at once, and the key for the safe. */
#include "shequ-backup-group.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-backups.h"
#include "shequ-date.h"
#include "shequ-feedback.h"
#include "shequ-key-page.h"
#include "shequ-password.h"
#include "shequ-print-operation.h"
#include "shequ-time.h"

struct _ShequBackupGroup
{
  AdwPreferencesGroup parent_instance;

  ShequOffice *office;
  GCancellable *cancellable;
  char *folder; /* (nullable) */

  AdwActionRow *folder_row;
  AdwActionRow *last_row;
  GtkWidget *forget_button;
  GtkWidget *now_button;
  GtkWidget *key_button;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (ShequBackupGroup, shequ_backup_group, ADW_TYPE_PREFERENCES_GROUP)

static void
show_state (ShequBackupGroup *self, const ShequBackupState *state)
{
  g_autofree char *folder = NULL;
  g_autofree char *last = NULL;
  gint64 seconds;

  g_free (self->folder);
  self->folder = g_strdup (state->folder);
  folder = state->folder != NULL ? g_filename_display_name (state->folder)
                                 : g_strdup (_ ("Not chosen: nothing is backed up by itself"));
  if (state->last != NULL && shequ_moment_from_utc (state->last, &seconds))
    last = shequ_moment_format (seconds);
  adw_action_row_set_subtitle (self->folder_row, folder);
  adw_action_row_set_subtitle (self->last_row, last != NULL ? last : _ ("None yet"));
  gtk_widget_set_visible (self->forget_button, state->folder != NULL);
  gtk_widget_set_sensitive (self->now_button, state->folder != NULL);
}

static void
looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequBackupGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequBackupState) state = shequ_backups_look_finish (SHEQU_OFFICE (source), result, &error);

  if (state != NULL)
    show_state (self, state);
  else
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The settings of the backup can't be read."), error);
}

static void
choose (ShequBackupGroup *self, const char *folder)
{
  shequ_backups_choose_async (self->office, folder, self->cancellable, looked, g_object_ref (self));
}

static void
folder_chosen (GtkNativeDialog *dialog, int response, ShequBackupGroup *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);

      if (path != NULL)
        choose (self, path);
    }
  g_object_unref (dialog);
}

static void
choose_clicked (ShequBackupGroup *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    _ ("Where shall the backups be kept?"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
    GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Choose"), _ ("_Cancel"));

  g_signal_connect_object (dialog, "response", G_CALLBACK (folder_chosen), self, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
forget_clicked (ShequBackupGroup *self)
{
  choose (self, NULL);
}

static void
set_busy (ShequBackupGroup *self, gboolean busy)
{
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (self->now_button, !busy && self->folder != NULL);
}

static void
made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequBackupGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = shequ_backups_make_finish (SHEQU_OFFICE (source), result, &error);

  set_busy (self, FALSE);
  if (path == NULL)
    {
      shequ_feedback_show_error (GTK_WIDGET (self), _ ("No backup was made."), error);
      return;
    }
  shequ_feedback_say (GTK_WIDGET (self), _ ("Backed up, opened and checked"));
  shequ_backups_look_async (self->office, self->cancellable, looked, g_object_ref (self));
}

static void
now_clicked (ShequBackupGroup *self)
{
  set_busy (self, TRUE);
  shequ_backups_make_async (self->office, self->cancellable, made, g_object_ref (self));
}

static void
print_key (ShequBackupGroup *self, const ShequSecret *key)
{
  g_autofree char *id = shequ_backup_key_id (key);
  g_autofree char *today = shequ_office_get_today (self->office);
  g_autofree char *day = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequDocument) document = NULL;
  char *text = shequ_recovery_key_to_text (key);
  ShequDate date;

  shequ_date_from_iso (today, &date);
  day = shequ_date_format_chinese (&date);
  document = shequ_key_document_new (shequ_office_get_name (self->office), id, text, day, &error);
  shequ_secret_wipe_text (text);
  if (document != NULL)
    shequ_print_operation_run (GTK_WIDGET (self), document);
  else
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The key can't be printed."), error);
}

static void
key_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequBackupGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSecret) key = shequ_backups_get_key_finish (SHEQU_OFFICE (source), result, &error);

  if (key != NULL)
    print_key (self, key);
  else
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The key can't be printed."), error);
}

static void
key_clicked (ShequBackupGroup *self)
{
  shequ_backups_get_key_async (self->office, self->cancellable, key_ready, g_object_ref (self));
}

static void
shequ_backup_group_dispose (GObject *object)
{
  ShequBackupGroup *self = SHEQU_BACKUP_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->office);
  g_clear_pointer (&self->folder, g_free);
  G_OBJECT_CLASS (shequ_backup_group_parent_class)->dispose (object);
}

static void
shequ_backup_group_class_init (ShequBackupGroupClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = shequ_backup_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Shequ/ui/shequ-backup-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ShequBackupGroup, folder_row);
  gtk_widget_class_bind_template_child (widget_class, ShequBackupGroup, last_row);
  gtk_widget_class_bind_template_child (widget_class, ShequBackupGroup, forget_button);
  gtk_widget_class_bind_template_child (widget_class, ShequBackupGroup, now_button);
  gtk_widget_class_bind_template_child (widget_class, ShequBackupGroup, key_button);
  gtk_widget_class_bind_template_child (widget_class, ShequBackupGroup, spinner);
  gtk_widget_class_bind_template_callback (widget_class, choose_clicked);
  gtk_widget_class_bind_template_callback (widget_class, forget_clicked);
  gtk_widget_class_bind_template_callback (widget_class, now_clicked);
  gtk_widget_class_bind_template_callback (widget_class, key_clicked);
}

static void
shequ_backup_group_init (ShequBackupGroup *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * shequ_backup_group_set_office:
 * @self: a group
 * @office: whose backups it shows
 *
 * Shows how the backups of an office stand.
 */
void
shequ_backup_group_set_office (ShequBackupGroup *self, ShequOffice *office)
{
  g_set_object (&self->office, office);
  shequ_backups_look_async (office, self->cancellable, looked, g_object_ref (self));
}
