#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "shequ-cli-commands.h"
#include "shequ-cli-json.h"
#include "shequ-cli-table.h"
#include "shequ-error.h"
#include "shequ-server.h"

/* `--unit=` by key, code or name; 0 and no error where it is not given. */
static gboolean
find_unit (ShequCli *cli, gint64 *unit, GError **error)
{
  static const char *const names[] = { "code", "name" };
  const ShequRegister *reg = shequ_office_require_register (cli->office, "org_unit", error);
  const char *text = shequ_cli_get_option (cli, "unit");
  ShequValue value = { SHEQU_VALUE_TEXT, 0, (char *) text };
  g_autoptr (ShequRow) row = NULL;

  *unit = 0;
  if (reg == NULL || text == NULL)
    return reg != NULL;
  for (guint i = 0; *unit == 0 && i < G_N_ELEMENTS (names); i++)
    {
      const ShequField *field = shequ_register_lookup (reg, names[i]);

      *unit = shequ_store_find_key (shequ_office_get_store (cli->office), reg, &field, &value, 1,
                                    cli->cancellable, error);
    }
  if (*unit < 0)
    return FALSE;
  if (*unit == 0 && g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, unit, NULL))
    row = shequ_store_get (shequ_office_get_store (cli->office), reg, *unit, SHEQU_FETCH_PLAIN, NULL,
                           cli->cancellable, NULL);
  else if (*unit > 0)
    return TRUE;
  if (row != NULL)
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("There is no organisation unit “%s”"), text);
  return FALSE;
}

/* Sets up the rules on the server. */
gboolean
shequ_command_server_init (ShequCli *cli, GError **error)
{
  if (!shequ_server_protect (shequ_office_get_store (cli->office), error))
    return FALSE;
  shequ_cli_tell (
    cli, _ ("The server keeps the units apart from now on. “shequ-cli server grant ROLE --unit=UNIT” "
            "says who may see which."));
  return TRUE;
}

gboolean
shequ_command_server_grant (ShequCli *cli, GError **error)
{
  const char *role = shequ_cli_get_argument (cli, 0);
  gint64 unit;

  if (!find_unit (cli, &unit, error))
    return FALSE;
  if (unit == 0)
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                           _ ("--unit=UNIT is missing: which unit the name shall see. Nothing was changed"));
      return FALSE;
    }
  if (!shequ_server_grant (shequ_office_get_store (cli->office), role, unit, error))
    return FALSE;
  shequ_cli_tell (
    cli,
    _ ("“%s” may sign in for the unit. Where the name is new, give it a password on the server: "
       "\\password %s in psql."),
    role, role);
  return TRUE;
}

gboolean
shequ_command_server_revoke (ShequCli *cli, GError **error)
{
  const char *role = shequ_cli_get_argument (cli, 0);
  gint64 unit;

  if (!find_unit (cli, &unit, error) ||
      !shequ_server_revoke (shequ_office_get_store (cli->office), role, unit, error))
    return FALSE;
  shequ_cli_tell (cli, _ ("“%s” does not see it any more; the name stays on the server."), role);
  return TRUE;
}

gboolean
shequ_command_server_list (ShequCli *cli, GError **error)
{
  g_autoptr (GPtrArray) grants =
    shequ_server_list (shequ_office_get_store (cli->office), cli->cancellable, error);
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (3);

  if (grants == NULL)
    return FALSE;
  for (guint i = 0; i < grants->len; i++)
    {
      const ShequServerGrant *grant = grants->pdata[i];
      g_autofree char *unit = g_strdup_printf ("%" PRId64, grant->unit);

      if (shequ_cli_wants_json (cli))
        {
          JsonBuilder *builder = shequ_cli_json_begin ();

          shequ_cli_json_add_text (builder, "role", grant->role);
          shequ_cli_json_add_integer (builder, "unit", grant->unit);
          shequ_cli_json_add_text (builder, "title", grant->title);
          shequ_cli_json_end (builder);
        }
      else
        shequ_cli_table_add (table, grant->role, unit, grant->title != NULL ? grant->title : "?", NULL);
    }
  if (!shequ_cli_wants_json (cli))
    shequ_cli_table_print (table, 0);
  return TRUE;
}
