#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-backups.h"
#include "shequ-cli-commands.h"
#include "shequ-cli-json.h"
#include "shequ-error.h"
#include "shequ-salvage.h"

static void
print_tables (ShequCli *cli, const ShequSalvage *salvage)
{
  g_autofree char *text = NULL;

  if (!shequ_cli_wants_json (cli))
    {
      text = shequ_salvage_describe (salvage);
      shequ_cli_print ("%s", text);
      return;
    }
  for (guint i = 0; i < salvage->tables->len; i++)
    {
      const ShequSalvagedTable *table = salvage->tables->pdata[i];
      JsonBuilder *builder = shequ_cli_json_begin ();

      shequ_cli_json_add_text (builder, "table", table->name);
      shequ_cli_json_add_integer (builder, "read", table->n_read);
      if (!table->uncertain)
        shequ_cli_json_add_integer (builder, "expected", table->n_expected);
      shequ_cli_json_end (builder);
    }
}

/* The backup that the readable settings lead to. */
static void
tell_backup (ShequCli *cli, const char *target)
{
  g_autoptr (ShequOffice) office = shequ_office_open (target, cli->catalogue, shequ_cli_get_user (cli),
                                                      g_get_host_name (), cli->cancellable, NULL);
  g_autofree char *last = office != NULL ? shequ_backups_find_last (office) : NULL;

  if (last != NULL)
    shequ_cli_tell (
      cli, _ ("The last backup is whole: %s. “shequ-cli restore” puts it in the place of the database."),
      last);
  else
    shequ_cli_tell (cli, _ ("No daily backup was found in the folder that the office has chosen for them."));
}

/* What can be read of a damaged database goes into a new one. */
gboolean
shequ_command_salvage (ShequCli *cli, GError **error)
{
  g_autofree char *database = shequ_cli_get_database (cli);
  const char *target = shequ_cli_get_argument (cli, 0);
  g_autoptr (ShequSalvage) salvage = NULL;

  if (g_file_test (target, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                   _ ("“%s” exists already and was not touched. Choose another name"), target);
      return FALSE;
    }
  salvage = shequ_store_salvage (database, target, cli->catalogue, NULL, NULL, cli->cancellable, error);
  if (salvage == NULL)
    return FALSE;
  print_tables (cli, salvage);
  shequ_cli_tell (cli, _ ("What could be read is in %s; the damaged database is as it was."), target);
  tell_backup (cli, target);
  cli->refused = salvage->n_hurt > 0;
  return TRUE;
}
