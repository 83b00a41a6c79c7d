/* Which backup comes back: it is read and checked, and what would be another is shown, before anything is
 * replaced. */
#include "shequ-restore-dialog.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "shequ-escape.h"
#include "shequ-password.h"
#include "shequ-restore.h"
#include "shequ-secret-row.h"
#include "shequ-time.h"

/* A dialog that is open, freed with it. */
typedef struct
{
  GtkWidget *window;
  GtkWindow *asker;
  ShequRestoreChosen chosen;
  ShequOffice *office;
  char *database; /* that is replaced */
  gboolean closed;
  GCancellable *cancellable;
  guint pulse_id;

  GPtrArray *choices;    /* of ShequRestoreChoice, in the order of the combo row */
  ShequSecret *own_key;  /* (nullable): that the office has */
  ShequSecret *used_key; /* (nullable): with which the backup was checked */

  AdwComboRow *backup_row;
  GtkEditable *key_entry;
  GtkWidget *key_row;
  GtkLabel *summary;
  GtkProgressBar *bar;
  GtkWidget *check;
  GtkWidget *perform;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  g_object_unref (dialog->cancellable);
  g_ptr_array_unref (dialog->choices);
  g_clear_pointer (&dialog->own_key, shequ_secret_unref);
  g_clear_pointer (&dialog->used_key, shequ_secret_unref);
  g_object_unref (dialog->asker);
  g_object_unref (dialog->office);
  g_free (dialog->database);
  g_free (dialog);
}

static void
say (Dialog *dialog, const char *text, gboolean wrong)
{
  gtk_label_set_text (dialog->summary, text);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (dialog->summary), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (dialog->summary), "error");
}

static const ShequRestoreChoice *
get_choice (const Dialog *dialog)
{
  guint selected = adw_combo_row_get_selected (dialog->backup_row);

  return selected < dialog->choices->len ? dialog->choices->pdata[selected] : NULL;
}

/* The key of the office opens its own backups; others need the one on paper. */
static gboolean
needs_paper (const Dialog *dialog, const ShequRestoreChoice *choice)
{
  g_autofree char *id = dialog->own_key != NULL ? shequ_backup_key_id (dialog->own_key) : NULL;

  return choice != NULL && (id == NULL || g_strcmp0 (id, choice->key_id) != 0);
}

/* What was checked holds only for what was chosen then. */
static void
choice_changed (Dialog *dialog)
{
  const ShequRestoreChoice *choice = get_choice (dialog);

  gtk_widget_set_sensitive (dialog->perform, FALSE);
  gtk_widget_set_sensitive (dialog->check, choice != NULL);
  gtk_widget_set_visible (dialog->key_row, needs_paper (dialog, choice));
  say (dialog,
       choice != NULL ? _ ("Check the backup first; nothing is replaced by that.")
                      : _ ("There is no daily backup in the folder of this office. Choose a file."),
       FALSE);
}

static char *
name_choice (const ShequRestoreChoice *choice)
{
  gint64 seconds = 0;
  g_autofree char *moment = choice->created != NULL && shequ_moment_from_utc (choice->created, &seconds)
                              ? shequ_moment_format (seconds)
                              : g_filename_display_basename (choice->path);

  return g_strdup_printf (_ ("%s · %s · %" PRId64 " residents"), moment,
                          choice->office != NULL ? choice->office : "", choice->n_residents);
}

static void
fill_choices (Dialog *dialog, guint selected)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < dialog->choices->len; i++)
    gtk_string_list_take (names, name_choice (dialog->choices->pdata[i]));
  adw_combo_row_set_model (dialog->backup_row, G_LIST_MODEL (names));
  if (selected < dialog->choices->len)
    adw_combo_row_set_selected (dialog->backup_row, selected);
  choice_changed (dialog);
}

static void
listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "restore");
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSecret) key = NULL;
  g_autoptr (GPtrArray) choices = shequ_restore_list_finish (SHEQU_OFFICE (source), result, &key, &error);

  if (dialog->closed)
    return;
  if (choices == NULL)
    {
      say (dialog, error->message, TRUE);
      return;
    }
  dialog->own_key = g_steal_pointer (&key);
  g_ptr_array_extend_and_steal (dialog->choices, g_steal_pointer (&choices));
  fill_choices (dialog, 0);
}

static void
file_chosen (GtkNativeDialog *native, int response, GtkWidget *window)
{
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "restore");

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (native));
      g_autofree char *path = g_file_get_path (file);
      g_autoptr (GError) error = NULL;
      ShequRestoreChoice *choice = path != NULL ? shequ_restore_choice_read (path, &error) : NULL;

      if (choice != NULL)
        {
          g_ptr_array_add (dialog->choices, choice);
          fill_choices (dialog, dialog->choices->len - 1);
        }
      else if (error != NULL)
        say (dialog, error->message, TRUE);
    }
  g_object_unref (native);
}

static void
file_clicked (Dialog *dialog)
{
  GtkFileChooserNative *native =
    gtk_file_chooser_native_new (_ ("Which backup shall come back?"), GTK_WINDOW (dialog->window),
                                 GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), _ ("_Cancel"));

  g_autofree char *path = g_path_get_dirname (dialog->database);
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  /* That of the last dialog may be gone. */
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (native), folder, NULL);
  g_signal_connect_object (native, "response", G_CALLBACK (file_chosen), dialog->window, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}

static gboolean
pulse (gpointer data)
{
  gtk_progress_bar_pulse (((Dialog *) data)->bar);
  return G_SOURCE_CONTINUE;
}

static void
set_busy (Dialog *dialog, gboolean busy)
{
  gtk_widget_set_visible (GTK_WIDGET (dialog->bar), busy);
  gtk_widget_set_sensitive (dialog->check, !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (dialog->backup_row), !busy);
  g_clear_handle_id (&dialog->pulse_id, g_source_remove);
  if (busy)
    dialog->pulse_id = g_timeout_add (100, pulse, dialog);
}

static void
compared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "restore");
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRestoreReport) report = shequ_restore_finish (result, &error);
  g_autofree char *lines = NULL;
  g_autofree char *text = NULL;

  if (dialog->closed)
    return;
  set_busy (dialog, FALSE);
  if (report == NULL)
    {
      say (dialog, error->message, TRUE);
      return;
    }
  lines = shequ_restore_describe (report);
  text =
    g_strdup_printf (_ ("The backup is whole. Records now → after the restore:\n%s\nThe present database is "
                        "kept under another name. What was done since the backup is to be done again."),
                     lines);
  say (dialog, text, FALSE);
  gtk_widget_set_sensitive (dialog->perform, TRUE);
  gtk_widget_grab_focus (dialog->perform);
}

static void
check_clicked (Dialog *dialog)
{
  const ShequRestoreChoice *choice = get_choice (dialog);
  g_autoptr (GError) error = NULL;

  if (choice == NULL)
    return;
  g_clear_pointer (&dialog->used_key, shequ_secret_unref);
  dialog->used_key = needs_paper (dialog, choice)
                       ? shequ_recovery_key_parse (gtk_editable_get_text (dialog->key_entry), &error)
                       : shequ_secret_ref (dialog->own_key);
  if (dialog->used_key == NULL)
    {
      say (dialog, error->message, TRUE);
      return;
    }
  gtk_widget_set_sensitive (dialog->perform, FALSE);
  say (dialog, _ ("The backup is being read and checked…"), FALSE);
  set_busy (dialog, TRUE);
  shequ_restore_compare_async (choice->path, dialog->used_key, dialog->database, dialog->cancellable,
                               compared, g_object_ref (dialog->window));
}

static void
perform_clicked (Dialog *dialog)
{
  g_autoptr (GtkWidget) window = g_object_ref (dialog->window);
  const ShequRestoreChoice *choice = get_choice (dialog);

  dialog->chosen (dialog->asker, choice->path, dialog->used_key);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
window_destroyed (Dialog *dialog)
{
  dialog->closed = TRUE;
  g_clear_handle_id (&dialog->pulse_id, g_source_remove);
  g_cancellable_cancel (dialog->cancellable);
}

static GtkWidget *
new_choices (Dialog *dialog)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *file = gtk_button_new_with_label (_ ("Another file…"));

  dialog->backup_row = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (dialog->backup_row), _ ("Backup"));
  gtk_widget_set_valign (file, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (file, "clicked", G_CALLBACK (file_clicked), dialog);
  adw_preferences_group_add (group, GTK_WIDGET (dialog->backup_row));
  adw_preferences_group_set_header_suffix (group, file);
  adw_preferences_group_set_title (group, _ ("Which backup shall come back?"));
  dialog->key_row = shequ_secret_row_new (_ ("Recovery key from the paper"), &dialog->key_entry);
  gtk_widget_hide (dialog->key_row);
  adw_preferences_group_add (group, dialog->key_row);
  g_signal_connect_swapped (dialog->backup_row, "notify::selected", G_CALLBACK (choice_changed), dialog);
  return GTK_WIDGET (group);
}

static GtkWidget *
new_head (Dialog *dialog)
{
  GtkWidget *head = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  dialog->check = gtk_button_new_with_mnemonic (_ ("C_heck"));
  dialog->perform = gtk_button_new_with_mnemonic (_ ("_Restore"));
  gtk_widget_add_css_class (dialog->perform, "destructive-action");
  gtk_widget_set_sensitive (dialog->perform, FALSE);
  gtk_widget_set_sensitive (dialog->check, FALSE);
  g_signal_connect_swapped (dialog->check, "clicked", G_CALLBACK (check_clicked), dialog);
  g_signal_connect_swapped (dialog->perform, "clicked", G_CALLBACK (perform_clicked), dialog);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_destroy), dialog->window);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (head), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (head), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (head), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (head), dialog->perform);
  adw_header_bar_pack_end (ADW_HEADER_BAR (head), dialog->check);
  return head;
}

static void
build (Dialog *dialog)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  dialog->summary = GTK_LABEL (gtk_label_new (NULL));
  dialog->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_label_set_wrap (dialog->summary, TRUE);
  gtk_label_set_xalign (dialog->summary, 0);
  gtk_widget_hide (GTK_WIDGET (dialog->bar));
  gtk_box_append (GTK_BOX (box), new_head (dialog));
  gtk_box_append (GTK_BOX (body), new_choices (dialog));
  gtk_box_append (GTK_BOX (body), GTK_WIDGET (dialog->summary));
  gtk_box_append (GTK_BOX (body), GTK_WIDGET (dialog->bar));
  gtk_widget_set_margin_top (body, 12);
  gtk_widget_set_margin_bottom (body, 18);
  gtk_widget_set_margin_start (body, 12);
  gtk_widget_set_margin_end (body, 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), body);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (dialog->window), box);
}

/**
 * shequ_restore_dialog_present:
 * @window: above which it stands
 * @office: whose backups are offered
 * @database: the path of the database that is replaced
 * @chosen: told which backup shall come back, once that was checked
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *
shequ_restore_dialog_present (GtkWindow *window,
                              ShequOffice *office,
                              const char *database,
                              ShequRestoreChosen chosen)
{
  Dialog *dialog = g_new0 (Dialog, 1);

  dialog->window = adw_window_new ();
  dialog->asker = g_object_ref (window);
  dialog->chosen = chosen;
  dialog->office = g_object_ref (office);
  dialog->database = g_strdup (database);
  dialog->cancellable = g_cancellable_new ();
  dialog->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_restore_choice_free);
  g_object_set_data_full (G_OBJECT (dialog->window), "restore", dialog, dialog_free);
  gtk_window_set_transient_for (GTK_WINDOW (dialog->window), window);
  gtk_window_set_modal (GTK_WINDOW (dialog->window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (dialog->window), 600, 420);
  gtk_window_set_title (GTK_WINDOW (dialog->window), _ ("Restore a backup"));
  shequ_escape_closes (GTK_WINDOW (dialog->window));
  g_signal_connect_swapped (dialog->window, "destroy", G_CALLBACK (window_destroyed), dialog);
  build (dialog);
  shequ_restore_list_async (office, dialog->cancellable, listed, g_object_ref (dialog->window));
  gtk_window_present (GTK_WINDOW (dialog->window));
  return dialog->window;
}
