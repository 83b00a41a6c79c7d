#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "shequ-cli-commands.h"
#include "shequ-cli-json.h"
#include "shequ-cli-table.h"
#include "shequ-date.h"
#include "shequ-demo.h"
#include "shequ-error.h"

/* The same example for everybody who asks for none in particular. */
#define DEFAULT_SEED 20260101

static void
tell_progress (guint done, guint total, gpointer user_data)
{
  fprintf (stderr, "\r%3u %%", total > 0 ? MIN (done, total) * 100 / total : 0);
  fflush (stderr);
}

static gboolean
read_options (ShequCli *cli, ShequDemoOptions *options, char *today, GError **error)
{
  const char *scale = shequ_cli_get_option (cli, "scale");
  const char *day = shequ_cli_get_option (cli, "today");
  gint64 seed;
  ShequDate date;

  if (!shequ_demo_options_set_scale (options, scale != NULL ? scale : "community", error) ||
      !shequ_cli_get_number (cli, "seed", DEFAULT_SEED, &seed, error))
    return FALSE;
  options->seed = (guint64) seed;
  options->user = shequ_cli_get_user (cli);
  options->workstation = g_get_host_name ();
  options->today = today;
  if (day == NULL)
    return TRUE;
  if (!shequ_date_parse (day, &date, error))
    return FALSE;
  shequ_date_to_iso (&date, today);
  return TRUE;
}

static gboolean
fill (ShequCli *cli, ShequStore *store, const ShequDemoOptions *options, GError **error)
{
  gboolean terminal = isatty (STDERR_FILENO) && !shequ_cli_has_option (cli, "quiet");
  gboolean filled =
    shequ_demo_fill (store, options, terminal ? tell_progress : NULL, NULL, cli->cancellable, error);

  if (terminal)
    fputs ("\r\033[K", stderr);
  return filled;
}

static gint64
count (ShequCli *cli, const char *name)
{
  const ShequRegister *reg = shequ_office_get_register (cli->office, name);
  g_autoptr (ShequQuery) query = shequ_office_new_query (cli->office, reg);

  return shequ_store_count (shequ_office_get_store (cli->office), query, cli->cancellable, NULL);
}

static void
print_result (ShequCli *cli, const char *database, double seconds)
{
  static const struct
  {
    const char *member;
    const char *reg;
  } counts[] = {
    { "units", "org_unit" },       { "households", "household" },    { "residents", "resident" },
    { "work_items", "work_item" }, { "work_entries", "work_entry" },
  };
  JsonBuilder *builder = shequ_cli_json_begin ();
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (2);

  shequ_cli_json_add_text (builder, "database", database);
  shequ_cli_table_align_right (table, 1);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      gint64 number = count (cli, counts[i].reg);
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

      shequ_cli_json_add_integer (builder, counts[i].member, number);
      shequ_cli_table_add (table, shequ_office_get_register (cli->office, counts[i].reg)->label, text, NULL);
    }
  shequ_cli_json_add_number (builder, "seconds", seconds);
  if (shequ_cli_wants_json (cli))
    {
      shequ_cli_json_end (builder);
      return;
    }
  g_object_unref (builder);
  shequ_cli_table_print (table, 0);
}

/* Fills a new database with made-up data. */
gboolean
shequ_command_demo (ShequCli *cli, GError **error)
{
  g_autofree char *database = shequ_cli_get_database (cli);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (ShequStore) store = NULL;
  g_autoptr (ShequOffice) nobody = NULL;
  g_autofree char *day = NULL;
  char today[SHEQU_DATE_TEXT_SIZE];
  ShequDemoOptions options = { 0 };

  if (!read_options (cli, &options, today, error) || !shequ_cli_make_folder (cli, error))
    return FALSE;
  store = shequ_store_open (database, cli->catalogue, SHEQU_OPEN_CREATE, cli->cancellable, error);
  if (store == NULL)
    return FALSE;
  nobody = shequ_office_new (store, options.user, options.workstation);
  day = shequ_office_get_today (nobody);
  if (!shequ_cli_has_option (cli, "today"))
    g_strlcpy (today, day, sizeof today);
  if (!fill (cli, store, &options, error))
    {
      cli->kept = g_strdup_printf (
        _ ("The example in %s is not complete. Delete the file and make it again."), database);
      return FALSE;
    }
  cli->office = shequ_office_new (store, options.user, options.workstation);
  print_result (cli, database, (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  shequ_cli_tell (cli, _ ("The example office “%s” is ready: %s"), shequ_office_get_name (cli->office),
                  database);
  return TRUE;
}
