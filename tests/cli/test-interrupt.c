/* An import that is stopped in the middle: whole chunks stay, a second run goes on behind them. */
#include "cli-fixture.h"

#include <signal.h>
#include <string.h>

#define ROWS 12000
#define STOP_AFTER 5000

static gint64
count (Cli *cli, const char *reg)
{
  g_autofree char *path = cli_path (cli, "全部.csv");
  g_autoptr (CliRun) run = cli_run (cli, "--json", "export", reg, path, NULL);

  cli_expect (run, 0);
  return json_object_get_int_member (cli_run_get (run, 0), "written");
}

/* Reads the progress until so many rows are read, and then strikes. */
static CliRun *
stop_import (Cli *cli, const char *path, int signal_number)
{
  g_autoptr (GSubprocessLauncher) launcher = cli_new_launcher (cli);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_launcher_spawn (launcher, &error, g_getenv ("SHEQU_CLI"), "--json", "import", "resident",
                                 path, "--progress", "--chunk=2000", NULL);
  g_autoptr (GDataInputStream) progress = NULL;
  g_autoptr (GString) errors = g_string_new (NULL);
  CliRun *run = g_new0 (CliRun, 1);
  gboolean struck = FALSE;
  char *line;

  g_assert_no_error (error);
  progress = g_data_input_stream_new (g_subprocess_get_stderr_pipe (process));
  while ((line = g_data_input_stream_read_line (progress, NULL, NULL, NULL)) != NULL)
    {
      const char *number = strstr (line, "%  ");

      if (!struck && number != NULL && g_ascii_strtoll (number + 3, NULL, 10) >= STOP_AFTER)
        {
          g_subprocess_send_signal (process, signal_number);
          struck = TRUE;
        }
      if (number == NULL)
        g_string_append_printf (errors, "%s\n", line);
      g_free (line);
    }
  g_assert_true (struck);
  g_assert_true (g_subprocess_wait (process, NULL, &error));
  run->status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process)
                                                     : -g_subprocess_get_term_sig (process);
  run->errors = g_string_free (g_steal_pointer (&errors), FALSE);
  run->output = g_strdup ("");
  run->objects = g_ptr_array_new ();
  return run;
}

/* Whatever was kept, the rest comes in once. */
static void
go_on (Cli *cli, const char *path, gint64 kept)
{
  g_autoptr (CliRun) check = cli_run (cli, "check", NULL);
  g_autoptr (CliRun) rest = NULL;
  JsonObject *counts;

  cli_expect (check, 0);
  rest = cli_run (cli, "--json", "import", "resident", path, NULL);
  cli_expect (rest, 0);
  counts = cli_run_get (rest, 0);
  g_assert_cmpint (json_object_get_int_member (counts, "read"), ==, ROWS);
  g_assert_cmpint (json_object_get_int_member (counts, "added"), ==, ROWS - kept);
  g_assert_cmpint (json_object_get_int_member (counts, "unchanged"), ==, kept);
  g_assert_cmpint (json_object_get_int_member (counts, "rejected"), ==, 0);
  g_assert_nonnull (strstr (rest->errors, "从那里继续"));
  g_assert_cmpint (count (cli, "resident"), ==, ROWS);
  g_assert_cmpint (count (cli, "household"), ==, ROWS);
}

static void
test_interrupt (Cli *cli, gconstpointer data)
{
  g_autofree char *path = cli_write_long_roster (cli, ROWS);
  g_autoptr (CliRun) run = NULL;
  g_autofree char *said = NULL;
  gint64 kept;

  cli_create (cli);
  run = stop_import (cli, path, SIGINT);
  cli_expect (run, 130);
  kept = count (cli, "resident");
  g_assert_cmpint (kept, >, 0);
  g_assert_cmpint (kept, <, ROWS);
  said = g_strdup_printf ("已有 %" G_GINT64_FORMAT " 行保存", kept);
  g_assert_nonnull (strstr (run->errors, "已中断"));
  g_assert_nonnull (strstr (run->errors, said));
  go_on (cli, path, kept);
}

static void
test_terminate (Cli *cli, gconstpointer data)
{
  g_autofree char *path = cli_write_long_roster (cli, ROWS);
  g_autoptr (CliRun) run = NULL;

  cli_create (cli);
  run = stop_import (cli, path, SIGTERM);
  cli_expect (run, 130);
  go_on (cli, path, count (cli, "resident"));
}

static void
test_kill (Cli *cli, gconstpointer data)
{
  g_autofree char *path = cli_write_long_roster (cli, ROWS);
  g_autoptr (CliRun) run = NULL;
  gint64 kept;

  cli_create (cli);
  run = stop_import (cli, path, SIGKILL);
  cli_expect (run, -SIGKILL);
  kept = count (cli, "resident");
  g_assert_cmpint (kept, >, 0);
  go_on (cli, path, kept);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cli_add ("/interrupt/ctrl-c", test_interrupt);
  cli_add ("/interrupt/terminate", test_terminate);
  cli_add ("/interrupt/kill", test_kill);
  return g_test_run ();
}
