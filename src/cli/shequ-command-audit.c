#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-cli-commands.h"
#include "shequ-cli-json.h"
#include "shequ-cli-log.h"
#include "shequ-cli-table.h"
#include "shequ-error.h"
#include "shequ-time.h"

/* Midnight in China of the day, in UTC; the log is kept in UTC. */
static gboolean
read_since (ShequCli *cli, char *buffer, const char **since, GError **error)
{
  const char *text = shequ_cli_get_option (cli, "since");
  ShequDate date;

  *since = NULL;
  if (text == NULL)
    return TRUE;
  if (!shequ_date_parse (text, &date, error))
    return FALSE;
  shequ_moment_to_utc (shequ_moment_from_date (&date, 0), buffer);
  *since = buffer;
  return TRUE;
}

static void
print_json (ShequCli *cli, const ShequLogEntry *entry)
{
  JsonBuilder *builder = shequ_cli_json_begin ();

  shequ_cli_log_add (builder, cli->catalogue, entry);
  shequ_cli_json_end (builder);
}

static void
add_line (ShequCli *cli, ShequCliTable *table, const ShequLogEntry *entry)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, entry->number);
  g_autofree char *moment = shequ_cli_log_format_moment (entry);
  g_autofree char *record = entry->key != 0 ? g_strdup_printf ("%s %" G_GINT64_FORMAT, entry->reg, entry->key)
                                            : g_strdup (entry->reg != NULL ? entry->reg : "");
  g_autofree char *changes = shequ_cli_log_describe (cli->catalogue, entry);

  shequ_cli_table_add (table, number, moment, entry->user, entry->workstation,
                       shequ_action_get_label (entry->action), record,
                       entry->reason != NULL ? entry->reason : "", changes, NULL);
}

static void
print_entries (ShequCli *cli, const GPtrArray *entries, gint64 limit)
{
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (8);
  const char *who = shequ_cli_get_option (cli, "who");
  const char *action = shequ_cli_get_option (cli, "action");
  gint64 n_shown = 0;

  shequ_cli_table_align_right (table, 0);
  for (guint i = 0; i < entries->len && (limit == 0 || n_shown < limit); i++)
    {
      const ShequLogEntry *entry = entries->pdata[i];

      if ((who != NULL && g_strcmp0 (who, entry->user) != 0) ||
          (action != NULL && g_strcmp0 (action, shequ_action_get_name (entry->action)) != 0))
        continue;
      n_shown++;
      if (shequ_cli_wants_json (cli))
        print_json (cli, entry);
      else
        add_line (cli, table, entry);
    }
  shequ_cli_table_print (table, 0);
  if (n_shown == 0)
    shequ_cli_tell (cli, _ ("The change log has no such entry."));
}

/* The change log, newest first. */
gboolean
shequ_command_audit (ShequCli *cli, GError **error)
{
  const char *name = shequ_cli_get_option (cli, "register");
  const ShequRegister *reg = name != NULL ? shequ_office_require_register (cli->office, name, error) : NULL;
  char buffer[SHEQU_MOMENT_TEXT_SIZE];
  g_autoptr (GPtrArray) entries = NULL;
  const char *since;
  gint64 limit;
  guint read;

  if ((name != NULL && reg == NULL) || !read_since (cli, buffer, &since, error) ||
      !shequ_cli_get_number (cli, "limit", 0, &limit, error))
    return FALSE;
  /* Whose entries they are, and of what, is looked at here, so the limit is too. */
  read = shequ_cli_has_option (cli, "who") || shequ_cli_has_option (cli, "action")
           ? 0
           : (guint) MIN (limit, G_MAXINT);
  entries =
    shequ_store_read_log (shequ_office_get_store (cli->office), reg, 0, since, read, cli->cancellable, error);
  if (entries == NULL)
    return FALSE;
  print_entries (cli, entries, limit);
  return TRUE;
}
