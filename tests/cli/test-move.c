/* `move`: killed at any moment and taken up again, as a script does it. */
#include "cli-fixture.h"

#include <signal.h>
#include <string.h>

#include "shequ-store.h"

static void
make_office (Cli *cli)
{
  g_autoptr (CliRun) run = cli_run (cli, "--quiet", "demo", "--scale=1500", "--today=2026-11-22", NULL);

  cli_expect (run, 0);
}

/* Runs until so many per cent are done, and kills without a warning; whether it lived so long. */
static gboolean
kill_at (Cli *cli, const char *to, int percent)
{
  g_autoptr (GSubprocessLauncher) launcher = cli_new_launcher (cli);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_launcher_spawn (launcher, &error, g_getenv ("SHEQU_CLI"), "move", to, "--progress", NULL);
  g_autoptr (GDataInputStream) progress = NULL;
  gboolean killed = FALSE;
  char *line;

  g_assert_no_error (error);
  progress = g_data_input_stream_new (g_subprocess_get_stderr_pipe (process));
  while ((line = g_data_input_stream_read_line (progress, NULL, NULL, NULL)) != NULL)
    {
      if (!killed && strstr (line, " %") != NULL && g_ascii_strtoll (line, NULL, 10) >= percent)
        {
          g_subprocess_send_signal (process, SIGKILL);
          killed = TRUE;
        }
      g_free (line);
    }
  g_assert_true (g_subprocess_wait (process, NULL, &error));
  return killed && g_subprocess_get_if_signaled (process);
}

static CliRun *
run_in (Cli *cli, const char *database, const char *command)
{
  g_autofree char *option = g_strconcat ("--database=", database, NULL);

  return cli_run (cli, option, command, NULL);
}

/* Of a digest of all tables: what two databases say of themselves when they are moved on. */
static char *
describe (Cli *cli, const char *database, const char *name)
{
  g_autofree char *path = cli_path (cli, name);
  g_autofree char *from = g_strconcat ("--database=", database, NULL);
  g_autofree char *to = g_strconcat ("--to=", path, NULL);
  g_autoptr (CliRun) run = cli_run (cli, from, "--json", "move", to, NULL);
  char *end;

  cli_expect (run, 0);
  end = strstr (run->output, "{\"tables\"");
  g_assert_nonnull (end);
  return g_strndup (run->output, (gsize) (end - run->output));
}

static void
test_killed (Cli *cli, gconstpointer data)
{
  /* None near the end, which a quick machine would come to before the signal does. */
  static const int moments[] = { 1, 8, 16, 24, 32, 40, 48 };
  g_autofree char *path = cli_path (cli, "搬迁.db");
  g_autofree char *to = g_strconcat ("--to=", path, NULL);
  g_autofree char *wanted = NULL;
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) check = NULL;
  char *end;

  make_office (cli);
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (CliRun) refused = NULL;

      g_assert_true (kill_at (cli, to, moments[i]));
      refused = run_in (cli, path, "check");
      cli_expect (refused, 5);
      g_assert_nonnull (strstr (refused->errors, "shequ-cli move"));
    }
  run = cli_run (cli, "--json", "move", to, NULL);
  cli_expect (run, 0);
  g_assert_nonnull (strstr (run->errors, "接着"));
  check = run_in (cli, path, "check");
  cli_expect (check, 0);
  /* The source has one more entry now: that it was copied. What was copied is told again by the copy. */
  wanted = describe (cli, path, "再搬.db");
  end = strstr (run->output, "{\"tables\"");
  g_assert_cmpuint (strlen (wanted), ==, (gsize) (end - run->output));
  g_assert_true (g_str_has_prefix (run->output, wanted));
}

static void
test_words (Cli *cli, gconstpointer data)
{
  g_autofree char *itself = g_strconcat ("--to=", cli->database, NULL);
  g_autofree char *path = cli_path (cli, "搬迁.db");
  g_autofree char *to = g_strconcat ("--to=", path, NULL);
  g_autoptr (CliRun) missing = NULL;
  g_autoptr (CliRun) same = NULL;
  g_autoptr (CliRun) moved = NULL;
  g_autoptr (CliRun) twice = NULL;
  g_autoptr (CliRun) nowhere = NULL;

  cli_create (cli);
  missing = cli_run (cli, "move", NULL);
  cli_expect (missing, 2);
  same = cli_run (cli, "move", itself, NULL);
  cli_expect (same, 2);
  moved = cli_run (cli, "move", to, NULL);
  cli_expect (moved, 0);
  g_assert_nonnull (strstr (moved->output, "组织单位"));
  twice = cli_run (cli, "move", to, NULL);
  cli_expect (twice, 2);
  nowhere = cli_run (cli, "move", "--to=/nowhere/at/all.db", NULL);
  cli_expect (nowhere, 5);
}

/* What was retired keeps its values, and comes back in the new database. */
static void
test_own (Cli *cli, gconstpointer data)
{
  g_autofree char *path = cli_path (cli, "搬迁.db");
  g_autofree char *to = g_strconcat ("--to=", path, NULL);
  g_autofree char *database = g_strconcat ("--database=", path, NULL);
  g_autofree char *text = cli_write (cli, "own.ini",
                                     "[Register]\nName=own_key\nLabel=钥匙\nTitle={label}\n"
                                     "[Field label]\nKind=text\nLabel=标签\nRequired=true\n"
                                     "[List default]\nColumns=label\nSort=label\n");
  g_autofree char *rows = cli_write (cli, "钥匙.csv", "标签\n活动室\n仓库\n");
  g_autofree char *out = cli_path (cli, "钥匙二.csv");
  g_autofree char *written = NULL;
  static const char *const words[] = { "own_key" };
  g_autoptr (CliRun) run = NULL;

  cli_create (cli);
  run = cli_run (cli, "registers", "add", text, NULL);
  cli_expect (run, 0);
  g_clear_pointer (&run, cli_run_free);
  run = cli_run (cli, "import", words[0], rows, NULL);
  cli_expect (run, 0);
  g_clear_pointer (&run, cli_run_free);
  run = cli_run (cli, "registers", "retire", words[0], NULL);
  cli_expect (run, 0);
  g_clear_pointer (&run, cli_run_free);
  run = cli_run (cli, "move", to, NULL);
  cli_expect (run, 0);
  g_clear_pointer (&run, cli_run_free);
  run = cli_run (cli, database, "registers", "restore", words[0], NULL);
  cli_expect (run, 0);
  g_clear_pointer (&run, cli_run_free);
  run = cli_run (cli, database, "export", words[0], out, NULL);
  cli_expect (run, 0);
  g_assert_true (g_file_get_contents (out, &written, NULL, NULL));
  g_assert_nonnull (strstr (written, "活动室"));
  g_clear_pointer (&run, cli_run_free);
  run = cli_run (cli, database, "check", NULL);
  cli_expect (run, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  cli_add ("/cli/move/words", test_words);
  cli_add ("/cli/move/killed", test_killed);
  cli_add ("/cli/move/own", test_own);
  return g_test_run ();
}
