#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-cli-commands.h"
#include "shequ-cli-json.h"
#include "shequ-cli-level.h"
#include "shequ-error.h"

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
  if (cli->office == NULL)
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
