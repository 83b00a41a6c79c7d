/* Made-up offices: repeatable, whole, and never over what is there. */
#include "cli-fixture.h"

#include <string.h>

static char *
make (Cli *cli, const char *name, const char *seed)
{
  g_autofree char *path = cli_path (cli, name);
  g_autofree char *database = g_strconcat ("--database=", path, NULL);
  g_autofree char *rows = cli_path (cli, "居民.csv");
  g_autoptr (CliRun) run =
    cli_run (cli, database, "--json", "demo", "--scale=300", "--today=2026-11-22", seed, NULL);
  g_autoptr (CliRun) check = NULL;
  g_autoptr (CliRun) export = NULL;
  char *text = NULL;

  cli_expect (run, 0);
  g_assert_cmpint (json_object_get_int_member (cli_run_get (run, 0), "residents"), ==, 300);
  g_assert_cmpint (json_object_get_int_member (cli_run_get (run, 0), "households"), >, 60);
  g_assert_cmpint (json_object_get_int_member (cli_run_get (run, 0), "work_entries"), >, 1000);
  check = cli_run (cli, database, "check", NULL);
  cli_expect (check, 0);
  export = cli_run (cli, database, "export", "resident", rows, "--unmasked", "--purpose=核对", NULL);
  cli_expect (export, 0);
  g_assert_true (g_file_get_contents (rows, &text, NULL, NULL));
  return text;
}

static void
test_repeatable (Cli *cli, gconstpointer data)
{
  g_autofree char *one = make (cli, "一.db", "--quiet");
  g_autofree char *same = make (cli, "二.db", "--quiet");
  g_autofree char *other = make (cli, "三.db", "--seed=7");

  g_assert_cmpstr (one, ==, same);
  g_assert_cmpstr (one, !=, other);
}

static void
test_new_only (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) unit = NULL;

  cli_create (cli);
  run = cli_run (cli, "demo", "--scale=300", NULL);
  cli_expect (run, 2);
  unit = cli_run (cli, "--json", "show", "org_unit", "1", NULL);
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (unit, 0), "title"), ==, "幸福社区");
}

static void
test_off (Cli *cli, gconstpointer data)
{
  static const char *const options[] = { "--scale=planet", "--scale=0", "--seed=x", "--today=gestern" };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autoptr (CliRun) run = cli_run (cli, "demo", options[i], NULL);

      g_test_message ("%s", options[i]);
      cli_expect (run, 2);
      g_assert_false (g_file_test (cli->database, G_FILE_TEST_EXISTS));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cli_add ("/demo/repeatable", test_repeatable);
  cli_add ("/demo/new-only", test_new_only);
  cli_add ("/demo/off", test_off);
  return g_test_run ();
}
