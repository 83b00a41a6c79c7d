#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-cli-commands.h"
#include "shequ-cli-json.h"
#include "shequ-error.h"
#include "shequ-secret.h"
#include "shequ-session.h"

/* The record of an account, by its name. */
static ShequRow *
find_account (ShequCli *cli, const char *name, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (cli->office, SHEQU_ACCOUNT_REGISTER, error);
  const ShequField *field = reg != NULL ? shequ_register_lookup (reg, "name") : NULL;
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;
  gint64 key;

  if (field == NULL)
    return NULL;
  shequ_value_set_text (&value, name);
  key = shequ_store_find_key (shequ_office_get_store (cli->office), reg, &field, &value, 1, cli->cancellable,
                              error);
  if (key > 0)
    return shequ_office_get_row (cli->office, reg, key, cli->cancellable, error);
  if (key == 0)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("There is no account “%s” in use"), name);
  return NULL;
}

static gboolean
set_key (ShequCli *cli, ShequRow *row, const char *option, GError **error)
{
  gint64 key = 0;

  if (!shequ_cli_has_option (cli, option))
    return TRUE;
  if (!shequ_cli_get_number (cli, option, 0, &key, error))
    return FALSE;
  shequ_row_set_integer (row, option, key);
  return TRUE;
}

/* Makes an account with a first password, which its owner changes. */
gboolean
shequ_command_account_add (ShequCli *cli, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (cli->office, SHEQU_ACCOUNT_REGISTER, error);
  const char *role = shequ_cli_get_option (cli, "role");
  g_autoptr (ShequRow) row = NULL;
  char *password;
  gint64 key = 0;

  if (reg == NULL)
    return FALSE;
  row = shequ_office_new_row (cli->office, reg);
  shequ_row_set_text (row, "name", shequ_cli_get_argument (cli, 0));
  if (role != NULL)
    shequ_row_set_text (row, "role", role);
  if (!set_key (cli, row, "unit", error) || !set_key (cli, row, "grid", error) ||
      !set_key (cli, row, "department", error))
    return FALSE;
  password = shequ_cli_read_password (cli, "new-password-file", error);
  if (password != NULL)
    key = shequ_session_add_account (cli->office, row, password, TRUE, NULL, cli->cancellable, error);
  g_clear_pointer (&password, shequ_secret_wipe_text);
  if (key == 0)
    return FALSE;
  if (shequ_cli_wants_json (cli))
    {
      JsonBuilder *builder = shequ_cli_json_begin ();

      shequ_cli_json_add_integer (builder, "key", key);
      shequ_cli_json_add_text (builder, "name", shequ_cli_get_argument (cli, 0));
      shequ_cli_json_end (builder);
    }
  shequ_cli_tell (cli, _ ("“%s” can sign in now, and chooses a password of their own first."),
                  shequ_cli_get_argument (cli, 0));
  return TRUE;
}

/* One's own password. */
gboolean
shequ_command_account_password (ShequCli *cli, GError **error)
{
  char *password = shequ_cli_read_password (cli, "password-file", error);
  char *new_password = password != NULL ? shequ_cli_read_password (cli, "new-password-file", error) : NULL;
  gboolean done =
    new_password != NULL && shequ_session_change_password (cli->office, shequ_cli_get_user (cli), password,
                                                           new_password, cli->cancellable, error);

  g_clear_pointer (&password, shequ_secret_wipe_text);
  g_clear_pointer (&new_password, shequ_secret_wipe_text);
  if (done)
    shequ_cli_tell (cli, _ ("The password has been changed."));
  return done;
}

/* What a keeper of accounts does for somebody else. */
gboolean
shequ_command_account_reset (ShequCli *cli, GError **error)
{
  const char *name = shequ_cli_get_argument (cli, 0);
  g_autoptr (ShequRow) row = find_account (cli, name, error);
  char *password = row != NULL ? shequ_cli_read_password (cli, "new-password-file", error) : NULL;
  gboolean done =
    password != NULL && shequ_session_set_password (cli->office, row->key, password, cli->cancellable, error);

  g_clear_pointer (&password, shequ_secret_wipe_text);
  if (done)
    shequ_cli_tell (cli, _ ("“%s” can sign in now, and chooses a password of their own first."), name);
  return done;
}

gboolean
shequ_command_account_close (ShequCli *cli, GError **error)
{
  const char *name = shequ_cli_get_argument (cli, 0);
  g_autoptr (ShequRow) row = find_account (cli, name, error);

  if (row == NULL)
    return FALSE;
  shequ_row_set_text (row, "state", "closed");
  if (!shequ_office_save (cli->office, row, NULL, cli->cancellable, error))
    return FALSE;
  shequ_cli_tell (cli, _ ("“%s” can no longer sign in; what they did stays in the log."), name);
  return TRUE;
}

/* `NAME:FILE` */
static gboolean
read_manager (const char *text, ShequManager *manager, GError **error)
{
  const char *colon = strchr (text, ':');

  if (colon == NULL)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                   _ ("“--by=%s” is not a name, a colon and the file with the password"), text);
      return FALSE;
    }
  manager->password = shequ_cli_read_password_file (colon + 1, error);
  manager->name = g_strndup (text, (gsize) (colon - text));
  return manager->password != NULL;
}

/* Two managers give a third a new password; nobody has to be signed in. */
gboolean
shequ_command_account_recover (ShequCli *cli, GError **error)
{
  const GPtrArray *by = shequ_cli_get_options (cli, "by");
  ShequManager managers[2] = { { NULL, NULL }, { NULL, NULL } };
  char *password = NULL;
  gboolean done = FALSE;

  if (by == NULL || by->len != 2)
    g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                         _ ("Two do this together: --by=NAME:FILE for each of them"));
  else if (read_manager (by->pdata[0], &managers[0], error) &&
           read_manager (by->pdata[1], &managers[1], error))
    password = shequ_cli_read_password (cli, "new-password-file", error);
  if (password != NULL)
    done = shequ_session_recover (cli->office, shequ_cli_get_argument (cli, 0), password, managers,
                                  cli->cancellable, error);
  for (guint i = 0; i < 2; i++)
    {
      g_free ((char *) managers[i].name);
      if (managers[i].password != NULL)
        shequ_secret_wipe_text ((char *) managers[i].password);
    }
  g_clear_pointer (&password, shequ_secret_wipe_text);
  if (done)
    shequ_cli_tell (cli, _ ("“%s” can sign in now, and chooses a password of their own first."),
                    shequ_cli_get_argument (cli, 0));
  return done;
}
