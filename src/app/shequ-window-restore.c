/* The way back from a damaged or spoilt database: a backup in its place, or what can be read of it. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-feedback.h"
#include "shequ-restore-dialog.h"
#include "shequ-restore.h"
#include "shequ-salvage.h"
#include "shequ-window-private.h"

static void
tell_done (ShequWindow *self, const ShequRestoreReport *report)
{
  g_autofree char *text = NULL;

  if (report->unnoted != NULL)
    {
      g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, report->unnoted);

      shequ_feedback_show_error (
        GTK_WIDGET (self), _ ("The backup was restored, but the change log does not tell of it."), error);
    }
  text = report->kept != NULL
           ? g_strdup_printf (_ ("The backup is restored. What stood there is kept: %s"), report->kept)
           : g_strdup (_ ("The backup is restored."));
  shequ_feedback_say (GTK_WIDGET (self), text);
}

static void
restored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRestoreReport) report = shequ_restore_finish (result, &error);
  g_autoptr (ShequOpening) opening = NULL;

  if (self->opening == NULL)
    return;
  opening = shequ_opening_copy (self->opening);
  opening->damaged = opening->damaged && report == NULL;
  shequ_window_open (self, opening);
  if (report != NULL)
    tell_done (self, report);
  else
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("Nothing was restored; the database is as it was."),
                               error);
}

/* The database is closed first: nobody may work with what is replaced. */
static void
restore (GtkWindow *window, const char *path, const ShequSecret *key)
{
  ShequWindow *self = SHEQU_WINDOW (window);

  if (self->opening == NULL)
    return;
  shequ_window_drop_office (self);
  shequ_window_show_alone (self, "waiting", shequ_window_new_waiting (_ ("The backup is being restored…")));
  shequ_restore_run_async (path, key, self->opening->uri, self->opening->user, NULL, restored,
                           g_object_ref (self));
}

/**
 * shequ_window_choose_backup:
 * @self: a window
 *
 * Asks which backup shall come back.
 */
void
shequ_window_choose_backup (ShequWindow *self)
{
  g_autoptr (GError) refusal = NULL;

  if (self->office == NULL || self->opening == NULL)
    return;
  if (!shequ_store_allows (shequ_office_get_store (self->office), SHEQU_RIGHT_RESTORE_BACKUP, NULL, &refusal))
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("Nothing was restored."), refusal);
  else if (strstr (self->opening->uri, "://") == NULL)
    shequ_restore_dialog_present (GTK_WINDOW (self), self->office, self->opening->uri, restore);
  else
    {
      g_autoptr (GError) error =
        g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                             _ ("A database on a server is restored there, by its administrator."));

      shequ_feedback_show_error (GTK_WIDGET (self), _ ("Nothing was restored."), error);
    }
}

/* A new office of what can be read of a damaged one. */
typedef struct
{
  ShequWindow *window;
  char *database;
  char *target;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->window);
  g_free (saving->database);
  g_free (saving->target);
  g_free (saving);
}

static gpointer
save (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Saving *saving = data;
  ShequCatalogue *shipped = shequ_store_get_shipped_catalogue (shequ_office_get_store (office));

  return shequ_store_salvage (saving->database, saving->target, shipped, NULL, NULL, cancellable, error);
}

static void
saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSalvage) salvage = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  if (salvage != NULL)
    shequ_feedback_say (
      GTK_WIDGET (self),
      _ ("What can be read is saved; open it as another database to go on working with it."));
  else
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("What can be read was not saved."), error);
}

static void
place_chosen (GtkNativeDialog *dialog, int response, ShequWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT && self->office != NULL)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);
      Saving *saving = g_new0 (Saving, 1);

      saving->window = g_object_ref (self);
      saving->database = g_strdup (self->opening->uri);
      saving->target = g_steal_pointer (&path);
      shequ_office_run_async (self->office, save, saving, saving_free, (GDestroyNotify) shequ_salvage_free,
                              self->cancellable, saved, g_object_ref (self));
    }
  g_object_unref (dialog);
}

/**
 * shequ_window_save_readable:
 * @self: a window of a damaged database
 *
 * Asks where what can be read shall be saved as a new database.
 */
void
shequ_window_save_readable (ShequWindow *self)
{
  GtkFileChooserNative *dialog;

  if (self->office == NULL)
    return;
  dialog = gtk_file_chooser_native_new (_ ("Save what can be read"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "shequ-saved.db");
  g_signal_connect_object (dialog, "response", G_CALLBACK (place_chosen), self, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * shequ_window_open_readable:
 * @self: a window whose database was found damaged
 *
 * Opens what can be read of it, so that nothing can be changed.
 */
void
shequ_window_open_readable (ShequWindow *self)
{
  g_autoptr (ShequOpening) opening = NULL;

  if (self->opening == NULL)
    return;
  opening = shequ_opening_copy (self->opening);
  opening->damaged = TRUE;
  shequ_window_open (self, opening);
}
