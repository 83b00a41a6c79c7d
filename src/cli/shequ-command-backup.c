#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "shequ-backups.h"
#include "shequ-cli-commands.h"
#include "shequ-cli-json.h"
#include "shequ-error.h"
#include "shequ-password.h"
#include "shequ-restore.h"

static void
tell_progress (guint64 done, guint64 total, gpointer user_data)
{
  fprintf (stderr, "\r%3u %%", total > 0 ? (guint) (MIN (done, total) * 100 / total) : 0);
  fflush (stderr);
}

static ShequBackupProgress
get_progress (ShequCli *cli)
{
  return isatty (STDERR_FILENO) && !shequ_cli_has_option (cli, "quiet") ? tell_progress : NULL;
}

static void
end_progress (ShequBackupProgress progress)
{
  if (progress != NULL)
    fputs ("\r\033[K", stderr);
}

/* Makes a sealed, checked copy of the whole database. */
gboolean
shequ_command_backup (ShequCli *cli, GError **error)
{
  ShequBackupProgress progress = get_progress (cli);
  g_autofree char *last = shequ_backups_get_last (cli->office);
  g_autofree char *path = shequ_backups_make (cli->office, shequ_cli_get_argument (cli, 0), progress, NULL,
                                              cli->cancellable, error);
  g_autoptr (ShequBackupInfo) info = NULL;

  end_progress (progress);
  info = path != NULL ? shequ_backup_read_info (path, error) : NULL;
  if (info == NULL)
    return FALSE;
  if (shequ_cli_wants_json (cli))
    {
      JsonBuilder *builder = shequ_cli_json_begin ();

      shequ_cli_json_add_text (builder, "file", path);
      shequ_cli_json_add_text (builder, "created", info->created);
      shequ_cli_json_add_text (builder, "key", info->key_id);
      shequ_cli_json_end (builder);
    }
  shequ_cli_tell (cli, _ ("Backed up, opened and checked: %s"), path);
  if (last == NULL)
    shequ_cli_tell (
      cli, _ ("Without its recovery key nobody can read it. Print the key with “shequ-cli backup key” and "
              "keep it in the safe, not beside the backup."));
  return TRUE;
}

/* The recovery key, to be kept on paper. */
gboolean
shequ_command_backup_key (ShequCli *cli, GError **error)
{
  g_autoptr (ShequSecret) key = shequ_backups_get_key (cli->office, cli->cancellable, error);
  g_autofree char *id = NULL;
  char *text;

  if (key == NULL)
    return FALSE;
  id = shequ_backup_key_id (key);
  text = shequ_recovery_key_to_text (key);
  if (shequ_cli_wants_json (cli))
    {
      JsonBuilder *builder = shequ_cli_json_begin ();

      shequ_cli_json_add_text (builder, "id", id);
      shequ_cli_json_add_text (builder, "key", text);
      shequ_cli_json_end (builder);
    }
  else
    shequ_cli_print (_ ("Recovery key %s: %s"), id, text);
  shequ_secret_wipe_text (text);
  return TRUE;
}

/* (nullable): the office that is about to be replaced; of a damaged one what can be read. */
static ShequOffice *
open_standing (ShequCli *cli, const char *database)
{
  g_autoptr (GError) error = NULL;
  const char *user = shequ_cli_get_user (cli);
  ShequOffice *office = shequ_office_open (database, cli->catalogue, user, g_get_host_name (), NULL, &error);

  if (!g_error_matches (error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED))
    return office;
  return shequ_office_open_damaged (database, cli->catalogue, user, g_get_host_name (), NULL, NULL,
                                    cli->cancellable, NULL);
}

/* The key from the paper, else the one in the database that stands there. */
static ShequSecret *
get_key (ShequCli *cli, const char *database, GError **error)
{
  const char *file = shequ_cli_get_option (cli, "password-file");
  g_autoptr (GError) inner = NULL;
  g_autoptr (ShequOffice) office = NULL;
  ShequSecret *key;
  char *text;

  if (file == NULL)
    {
      office = open_standing (cli, database);
      if (office != NULL)
        return shequ_backups_get_key (office, cli->cancellable, error);
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
                   _ ("The recovery key is needed: write it from the paper into a file and name that with "
                      "--password-file=FILE"));
      return NULL;
    }
  if (!g_file_get_contents (file, &text, NULL, &inner))
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, inner->message);
      return NULL;
    }
  key = shequ_recovery_key_parse (text, error);
  shequ_secret_wipe_text (text);
  return key;
}

static void
tell_differences (ShequCli *cli, const GPtrArray *differences)
{
  for (guint i = 0; i < differences->len; i++)
    {
      const ShequBackupDifference *difference = differences->pdata[i];

      if (shequ_cli_wants_json (cli))
        {
          JsonBuilder *builder = shequ_cli_json_begin ();

          shequ_cli_json_add_text (builder, "register", difference->reg->name);
          shequ_cli_json_add_integer (builder, "before", difference->before);
          shequ_cli_json_add_integer (builder, "after", difference->after);
          shequ_cli_json_end (builder);
        }
      else
        shequ_cli_print ("%s: %" G_GINT64_FORMAT " → %" G_GINT64_FORMAT, difference->reg->label,
                         difference->before, difference->after);
    }
}

/* Puts the database of a backup in the place of the one that stands there, which is kept. */
gboolean
shequ_command_restore (ShequCli *cli, GError **error)
{
  g_autofree char *database = shequ_cli_get_database (cli);
  const char *path = shequ_cli_get_argument (cli, 0);
  g_autoptr (ShequSecret) key = NULL;
  g_autofree char *moment = shequ_office_read_moment ();
  g_autofree char *kept = NULL;
  g_autoptr (GPtrArray) differences = NULL;
  ShequBackupProgress progress = get_progress (cli);
  gboolean restored;

  if (strstr (database, "://") != NULL)
    {
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
        _ ("A backup is restored into a file; move it to the server with “shequ-cli move” afterwards."));
      return FALSE;
    }
  if (!shequ_cli_make_folder (cli, error))
    return FALSE;
  key = get_key (cli, database, error);
  if (key == NULL)
    return FALSE;
  restored = shequ_backup_restore (path, key, database, cli->catalogue, moment, &kept, &differences, progress,
                                   NULL, cli->cancellable, error);
  end_progress (progress);
  if (!restored)
    return FALSE;
  tell_differences (cli, differences);
  if (kept != NULL)
    {
      shequ_cli_tell (cli, _ ("The database is as it was in the backup. What stood there is kept: %s"), kept);
      cli->kept = g_strdup_printf (_ ("The backup was restored; what stood there is kept: %s"), kept);
    }
  else
    shequ_cli_tell (cli, _ ("The database is as it was in the backup: %s"), database);
  return shequ_restore_note (path, database, cli->catalogue, shequ_cli_get_user (cli), error);
}
