#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-cli-commands.h"
#include "shequ-error.h"
#include "shequ-secret.h"

/* Seals an office under a new key, which is written first: without it nobody could open the office again. */
gboolean
shequ_command_protect (ShequCli *cli, GError **error)
{
  const char *path = shequ_cli_get_argument (cli, 0);
  char *key = shequ_office_new_recovery_key ();
  gboolean done = shequ_cli_write_key (path, key, error) &&
                  shequ_office_protect (cli->office, key, cli->cancellable, error);

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
