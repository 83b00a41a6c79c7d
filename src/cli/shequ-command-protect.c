#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "shequ-cli-commands.h"
#include "shequ-error.h"
#include "shequ-secret.h"

/* For nobody else to read, and safe on the disk before anything is sealed. */
static gboolean
write_key (const char *path, const char *key, GError **error)
{
  int file = open (path, O_WRONLY | O_CREAT | O_EXCL, 0600);
  gsize length = strlen (key);
  gboolean done;
  int failure;

  if (file < 0)
    {
      g_set_error (error, SHEQU_ERROR, errno == EEXIST ? SHEQU_ERROR_ARGUMENT : SHEQU_ERROR_UNREACHABLE,
                   _ ("“%s” cannot be made (%s); nothing was changed"), path, g_strerror (errno));
      return FALSE;
    }
  done = write (file, key, length) == (gssize) length && write (file, "\n", 1) == 1 && fsync (file) == 0;
  failure = errno;
  close (file);
  if (!done)
    {
      g_unlink (path);
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
                   _ ("“%s” cannot be made (%s); nothing was changed"), path, g_strerror (failure));
    }
  return done;
}

/* Seals an office under a new key, which is written first: without it nobody could open the office again. */
gboolean
shequ_command_protect (ShequCli *cli, GError **error)
{
  const char *path = shequ_cli_get_argument (cli, 0);
  char *key = shequ_office_new_recovery_key ();
  gboolean done =
    write_key (path, key, error) && shequ_office_protect (cli->office, key, cli->cancellable, error);

  shequ_secret_wipe_text (key);
  if (!done)
    return FALSE;
  shequ_cli_tell (
    cli,
    _ ("The office is protected. Its recovery key stands in %s: print it, keep it in the safe, and "
       "name the file with --key-file or $SHEQU_KEY_FILE when you work with the office."),
    path);
  shequ_cli_tell (cli,
                  _ ("Old backups and copies still hold everything open: destroy them. On a server that is "
                     "true of its backups, archived logs and replicas, too."));
  return TRUE;
}

/* Seals everything under new keys; the recovery key stays. */
gboolean
shequ_command_protect_renew (ShequCli *cli, GError **error)
{
  if (!shequ_office_renew_keys (cli->office, cli->cancellable, error))
    return FALSE;
  shequ_cli_tell (cli, _ ("Everything is sealed under new keys; the recovery key is the same as before."));
  return TRUE;
}
