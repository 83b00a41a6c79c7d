/* Backups off the main thread. */
#include "shequ-backups.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"

void
shequ_backup_state_free (ShequBackupState *state)
{
  g_free (state->folder);
  g_free (state->last);
  g_free (state);
}

static void
free_state (gpointer data)
{
  shequ_backup_state_free (data);
}

static void
free_key (gpointer data)
{
  shequ_secret_unref (data);
}

static gpointer
look (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  ShequBackupState *state = g_new0 (ShequBackupState, 1);

  state->folder = shequ_backups_get_folder (office);
  state->last = shequ_backups_get_last (office);
  return state;
}

/**
 * shequ_backups_look_async:
 * @office: the office
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks how the backups stand.
 */
void
shequ_backups_look_async (ShequOffice *office,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  shequ_office_run_async (office, look, NULL, NULL, free_state, cancellable, callback, user_data);
}

/**
 * shequ_backups_look_finish:
 * @office: the office
 * @result: as the callback was given it
 * @error: return location
 *
 * Also ends shequ_backups_choose_async().
 *
 * Returns: (transfer full): how the backups stand
 */
ShequBackupState *
shequ_backups_look_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

static gpointer
choose (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_backups_set_folder (office, data, error) ? look (office, NULL, cancellable, error) : NULL;
}

/**
 * shequ_backups_choose_async:
 * @office: the office
 * @folder: (nullable): where the daily backup goes from now on; %NULL for no daily backup
 * @cancellable: (nullable): to stop
 * @callback: called when it is done; shequ_backups_look_finish() ends it
 * @user_data: for @callback
 *
 * Chooses the folder of the daily backup.
 */
void
shequ_backups_choose_async (ShequOffice *office,
                            const char *folder,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  shequ_office_run_async (office, choose, g_strdup (folder), g_free, free_state, cancellable, callback,
                          user_data);
}

static gpointer
get_key (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_backups_get_key (office, cancellable, error);
}

/**
 * shequ_backups_get_key_async:
 * @office: the office
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks for the recovery key, which is made when there is none.
 */
void
shequ_backups_get_key_async (ShequOffice *office,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  shequ_office_run_async (office, get_key, NULL, NULL, free_key, cancellable, callback, user_data);
}

/**
 * shequ_backups_get_key_finish:
 * @office: the office
 * @result: as the callback was given it
 * @error: as shequ_backups_get_key()
 *
 * Returns: (transfer full): the recovery key
 */
ShequSecret *
shequ_backups_get_key_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

static gpointer
make_in_folder (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = shequ_backups_get_folder (office);

  if (folder != NULL && g_file_test (folder, G_FILE_TEST_IS_DIR))
    return shequ_backups_make (office, folder, NULL, NULL, cancellable, error);
  if (folder != NULL)
    g_set_error (
      error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
      _ ("The folder of backups “%s” is not there; no backup was made. Plug the disk in, or choose another "
         "folder"),
      folder);
  else
    g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                         _ ("No folder for backups is chosen yet. Choose one that is not on this disk"));
  return NULL;
}

/**
 * shequ_backups_make_async:
 * @office: the office
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Makes a backup in the chosen folder, on a worker thread, while everybody goes on.
 */
void
shequ_backups_make_async (ShequOffice *office,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  shequ_office_run_async (office, make_in_folder, NULL, NULL, g_free, cancellable, callback, user_data);
}

/**
 * shequ_backups_make_finish:
 * @office: the office
 * @result: as the callback was given it
 * @error: as shequ_backups_make()
 *
 * Returns: (transfer full): the file
 */
char *
shequ_backups_make_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

static gpointer
make_if_due (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_backups_is_due (office) ? make_in_folder (office, NULL, cancellable, error) : g_strdup ("");
}

/**
 * shequ_backups_make_if_due_async:
 * @office: the office
 * @cancellable: (nullable): to stop
 * @callback: called when it is done; shequ_backups_make_finish() gives an empty text when nothing was due
 * @user_data: for @callback
 *
 * Makes the backup of the day when a folder is chosen and it was not made yet.
 */
void
shequ_backups_make_if_due_async (ShequOffice *office,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  shequ_office_run_async (office, make_if_due, NULL, NULL, g_free, cancellable, callback, user_data);
}
