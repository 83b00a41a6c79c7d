#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-cli-commands.h"
#include "shequ-cli-file.h"
#include "shequ-cli-json.h"
#include "shequ-cli-table.h"
#include "shequ-error.h"
#include "shequ-own.h"

static char *
read_text (const char *path, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *text = NULL;

  if (strcmp (path, "-") != 0)
    g_file_get_contents (path, &text, NULL, &inner);
  else if ((bytes = shequ_cli_read_input (&inner)) != NULL)
    text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (text == NULL)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE, _ ("The description in %s cannot be read: %s"),
                 path, inner->message);
  return text;
}

static void
print_name (ShequCli *cli, const char *name)
{
  JsonBuilder *builder;

  if (!shequ_cli_wants_json (cli))
    {
      shequ_cli_print ("%s", name);
      return;
    }
  builder = shequ_cli_json_begin ();
  shequ_cli_json_add_text (builder, "name", name);
  shequ_cli_json_end (builder);
}

/* A description that cannot be used is no fault of the database. */
static char *
add_text (ShequCli *cli, const char *text, GError **error)
{
  g_autoptr (GError) inner = NULL;
  char *name = shequ_own_store_text (cli->office, text, cli->cancellable, &inner);

  if (name != NULL)
    return name;
  if (g_error_matches (inner, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE))
    inner->code = SHEQU_ERROR_INVALID_VALUE;
  g_propagate_error (error, g_steal_pointer (&inner));
  return NULL;
}

/* Adds a description of the office's own. */
gboolean
shequ_command_registers_add (ShequCli *cli, GError **error)
{
  g_autofree char *text = read_text (shequ_cli_get_argument (cli, 0), error);
  g_autofree char *name = text != NULL ? add_text (cli, text, error) : NULL;

  if (name == NULL)
    return FALSE;
  print_name (cli, name);
  shequ_cli_tell (cli,
                  _ ("It is used from now on. Windows that are open know it when they are opened next."));
  return TRUE;
}

static const char *
get_state (const ShequOwn *own)
{
  return own->problem != NULL ? own->problem : own->active ? _ ("in use") : _ ("out of use");
}

static void
print_own_json (const ShequOwn *own)
{
  JsonBuilder *builder = shequ_cli_json_begin ();

  shequ_cli_json_add_text (builder, "name", own->name);
  shequ_cli_json_add_text (builder, "label", own->label);
  shequ_cli_json_add_text (builder, "kind", own->is_register ? "register" : "field");
  shequ_cli_json_add_boolean (builder, "active", own->active);
  if (own->problem != NULL)
    shequ_cli_json_add_text (builder, "problem", own->problem);
  shequ_cli_json_end (builder);
}

static void
print_owns (ShequCli *cli, const GPtrArray *owns)
{
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (3);

  shequ_cli_table_add (table, _ ("name"), _ ("label"), _ ("state"), NULL);
  for (guint i = 0; i < owns->len; i++)
    {
      const ShequOwn *own = owns->pdata[i];

      if (shequ_cli_wants_json (cli))
        print_own_json (own);
      shequ_cli_table_add (table, own->name, own->label, get_state (own), NULL);
    }
  if (!shequ_cli_wants_json (cli))
    shequ_cli_table_print (table, 0);
}

/* What the office has added, or one description of it. */
gboolean
shequ_command_registers_describe (ShequCli *cli, GError **error)
{
  const char *name = shequ_cli_get_argument (cli, 0);
  g_autoptr (GPtrArray) owns = shequ_own_list (cli->office, cli->cancellable, error);

  if (owns == NULL)
    return FALSE;
  if (name == NULL)
    {
      print_owns (cli, owns);
      return TRUE;
    }
  for (guint i = 0; i < owns->len; i++)
    {
      const ShequOwn *own = owns->pdata[i];

      if (g_strcmp0 (own->name, name) != 0)
        continue;
      shequ_cli_put (own->text);
      return TRUE;
    }
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("There is no own description “%s”"), name);
  return FALSE;
}

/* Takes an own register or field into use again. */
gboolean
shequ_command_registers_restore (ShequCli *cli, GError **error)
{
  return shequ_own_set_active (cli->office, shequ_cli_get_argument (cli, 0), TRUE, cli->cancellable, error);
}

/* Takes an own register or field out of use. */
gboolean
shequ_command_registers_retire (ShequCli *cli, GError **error)
{
  return shequ_own_set_active (cli->office, shequ_cli_get_argument (cli, 0), FALSE, cli->cancellable, error);
}
