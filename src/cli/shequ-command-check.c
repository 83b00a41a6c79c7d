#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-anchor.h"
#include "shequ-backups.h"
#include "shequ-cli-commands.h"
#include "shequ-cli-json.h"
#include "shequ-error.h"

static void
print_problem (ShequCli *cli, const char *problem)
{
  JsonBuilder *builder;

  if (!shequ_cli_wants_json (cli))
    {
      shequ_cli_print ("%s", problem);
      return;
    }
  builder = shequ_cli_json_begin ();
  shequ_cli_json_add_text (builder, "problem", problem);
  shequ_cli_json_end (builder);
}

/* The second file of the change log: the one that is named, else the one beside the last backup. */
static gboolean
check_anchors (ShequCli *cli, GPtrArray *problems, GError **error)
{
  const char *named = shequ_cli_get_option (cli, "anchors");
  g_autofree char *kept = named == NULL ? shequ_backups_get_anchors (cli->office) : g_strdup (named);

  if (kept != NULL)
    return shequ_anchor_check (shequ_office_get_store (cli->office), kept, problems, cli->cancellable, error);
  shequ_cli_tell (cli,
                  _ ("There is no second file yet to compare the change log with; the first backup makes "
                     "it."));
  return TRUE;
}

/* Is the database whole? */
gboolean
shequ_command_check (ShequCli *cli, GError **error)
{
  ShequStore *store = shequ_office_get_store (cli->office);
  g_autoptr (GPtrArray) problems = shequ_store_check (store, cli->cancellable, error);

  if (problems == NULL || !check_anchors (cli, problems, error))
    return FALSE;
  for (guint i = 0; i < problems->len; i++)
    print_problem (cli, problems->pdata[i]);
  if (shequ_cli_wants_json (cli))
    {
      JsonBuilder *builder = shequ_cli_json_begin ();

      shequ_cli_json_add_integer (builder, "problems", problems->len);
      shequ_cli_json_end (builder);
    }
  if (problems->len > 0)
    {
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED,
        g_dngettext (GETTEXT_PACKAGE,
                     "%u fault was found; nothing was changed. Keep the file and restore the last backup.",
                     "%u faults were found; nothing was changed. Keep the file and restore the last backup.",
                     problems->len),
        problems->len);
      return FALSE;
    }
  shequ_cli_tell (cli, _ ("The database is whole: data, links, search index and change log agree."));
  return TRUE;
}
