#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-blank.h"
#include "shequ-cli-commands.h"
#include "shequ-cli-json.h"

/* Writes a blank spreadsheet for a register, to be filled in and imported. */
gboolean
shequ_command_blank (ShequCli *cli, GError **error)
{
  const ShequRegister *reg =
    shequ_office_require_register (cli->office, shequ_cli_get_argument (cli, 0), error);
  const char *path = shequ_cli_get_argument (cli, 1);
  g_autofree char *today = shequ_office_get_today (cli->office);
  JsonBuilder *builder;

  if (reg == NULL || !shequ_blank_write (shequ_office_get_store (cli->office), reg, path, today,
                                         shequ_office_get_level (cli->office) != SHEQU_LEVEL_COMMUNITY,
                                         cli->cancellable, error))
    return FALSE;
  shequ_cli_tell (cli, _ ("A blank spreadsheet for “%s” is in %s."), reg->label, path);
  if (!shequ_cli_wants_json (cli))
    return TRUE;
  builder = shequ_cli_json_begin ();
  shequ_cli_json_add_text (builder, "file", path);
  shequ_cli_json_end (builder);
  return TRUE;
}
