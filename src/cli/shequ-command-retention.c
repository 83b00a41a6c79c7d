#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-cli-commands.h"
#include "shequ-cli-json.h"
#include "shequ-cli-table.h"
#include "shequ-error.h"
#include "shequ-retention.h"

/* What is due today, rule by rule. */
gboolean
shequ_command_retention (ShequCli *cli, GError **error)
{
  g_autoptr (GPtrArray) rules = shequ_retention_load_rules (cli->office, error);
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (4);

  shequ_cli_table_align_right (table, 1);
  for (guint i = 0; rules != NULL && i < rules->len; i++)
    {
      const ShequRetentionRule *rule = rules->pdata[i];
      g_autoptr (GArray) due = shequ_retention_find (cli->office, rule, cli->cancellable, error);
      g_autofree char *count = NULL;

      if (due == NULL)
        return FALSE;
      count = g_strdup_printf ("%u", due->len);
      shequ_cli_table_add (table, rule->name, count, rule->title, rule->basis, NULL);
      if (shequ_cli_wants_json (cli))
        {
          JsonBuilder *builder = shequ_cli_json_begin ();

          shequ_cli_json_add_text (builder, "rule", rule->name);
          shequ_cli_json_add_text (builder, "register", rule->reg->name);
          shequ_cli_json_add_integer (builder, "due", due->len);
          shequ_cli_json_end (builder);
        }
    }
  if (rules != NULL && !shequ_cli_wants_json (cli))
    shequ_cli_table_print (table, 0);
  return rules != NULL;
}

/* Puts what is due by a rule on a list. */
gboolean
shequ_command_retention_draw (ShequCli *cli, GError **error)
{
  const char *name = shequ_cli_get_argument (cli, 0);
  g_autoptr (GPtrArray) rules = shequ_retention_load_rules (cli->office, error);

  for (guint i = 0; rules != NULL && i < rules->len; i++)
    {
      const ShequRetentionRule *rule = rules->pdata[i];
      gint64 list;

      if (!g_str_equal (rule->name, name))
        continue;
      list = shequ_retention_draw (cli->office, rule, cli->cancellable, error);
      if (list != 0)
        shequ_cli_tell (cli, _ ("List %d is drawn up; somebody else has to approve it"), (int) list);
      return list != 0;
    }
  if (rules != NULL)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND,
                 _ ("There is no rule “%s”; shequ-cli retention lists them"), name);
  return FALSE;
}

/* The second person agrees. */
gboolean
shequ_command_retention_approve (ShequCli *cli, GError **error)
{
  gint64 list;

  return shequ_cli_parse_number (shequ_cli_get_argument (cli, 0), "LIST", 1, &list, error) &&
         shequ_retention_approve (cli->office, list, cli->cancellable, error);
}

/* Carries an approved list out. */
gboolean
shequ_command_retention_destroy (ShequCli *cli, GError **error)
{
  gint64 list, n_destroyed;

  if (!shequ_cli_parse_number (shequ_cli_get_argument (cli, 0), "LIST", 1, &list, error))
    return FALSE;
  n_destroyed = shequ_retention_destroy (cli->office, list, cli->cancellable, error);
  if (n_destroyed >= 0)
    shequ_cli_tell (cli, _ ("Destroyed: %d records. Backups keep them until they go by themselves"),
                    (int) n_destroyed);
  return n_destroyed >= 0;
}
