#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "shequ-cli-commands.h"
#include "shequ-cli-json.h"
#include "shequ-cli-level.h"
#include "shequ-error.h"
#include "shequ-password.h"
#include "shequ-secret.h"
#include "shequ-session.h"

/* The recovery key stands on the disk before anything is sealed with it. */
static gboolean
protect (ShequCli *cli, const char *path, GError **error)
{
  char *key = shequ_office_new_recovery_key ();
  char *password = shequ_cli_read_password (cli, "password-file", error);
  gboolean done = password != NULL && shequ_password_check (password, shequ_cli_get_user (cli), error) &&
                  shequ_cli_write_key (path, key, error) &&
                  shequ_session_set_up (cli->office, key, password, cli->cancellable, error);

  shequ_secret_wipe_text (key);
  g_clear_pointer (&password, shequ_secret_wipe_text);
  if (done)
    shequ_cli_tell (
      cli,
      _ ("The office is protected, and “%s” signs in as its first director. The recovery key stands "
         "in %s: print it and keep it in the safe."),
      shequ_cli_get_user (cli), path);
  return done;
}

/* Nothing half done: an office that was to be protected and is not, is not there. */
static gboolean
protect_or_remove (ShequCli *cli, const char *database, GError **error)
{
  static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
  const char *path = shequ_cli_get_option (cli, "protected");

  if (path == NULL || protect (cli, path, error))
    return TRUE;
  g_clear_object (&cli->office);
  for (gsize i = 0; strstr (database, "://") == NULL && i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *file = g_strconcat (database, ends[i], NULL);

      g_remove (file);
    }
  return FALSE;
}

/* Makes a new database and says where it is. */
gboolean
shequ_command_create (ShequCli *cli, GError **error)
{
  g_autofree char *database = shequ_cli_get_database (cli);
  const char *name = shequ_cli_get_option (cli, "name");
  ShequLevel level = SHEQU_LEVEL_COMMUNITY;

  if (!shequ_cli_get_level (cli, "level", &level, error) || !shequ_cli_make_folder (cli, error))
    return FALSE;
  if (name == NULL)
    name = shequ_cli_level_get_office_name (level);
  cli->office = shequ_office_create (database, cli->catalogue, name, level, shequ_cli_get_user (cli),
                                     g_get_host_name (), cli->cancellable, error);
  if (cli->office == NULL || !protect_or_remove (cli, database, error))
    return FALSE;
  if (shequ_cli_wants_json (cli))
    {
      JsonBuilder *builder = shequ_cli_json_begin ();

      shequ_cli_json_add_text (builder, "database", database);
      shequ_cli_json_add_text (builder, "name", name);
      shequ_cli_json_add_integer (builder, "unit", shequ_office_get_unit (cli->office));
      shequ_cli_json_end (builder);
    }
  shequ_cli_tell (cli, _ ("The database of “%s” is ready: %s"), name, database);
  return TRUE;
}
