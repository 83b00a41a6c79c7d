/* A protected office, used as a script uses it: no number that was put in lies anywhere on the disk. */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "cli-fixture.h"
#include "number-hunt.h"

/* Everything that a program may write lies in the folder of the test, what it says for its programmers, too.
 */
static CliRun *
run (const Cli *cli, const char *input, ...)
{
  g_autoptr (GSubprocessLauncher) launcher = cli_new_launcher (cli);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char *key = cli_path (cli, "key");
  g_autofree char *log = NULL;
  CliRun *made;
  va_list rest;

  g_subprocess_launcher_setenv (launcher, "HOME", cli->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "TMPDIR", cli->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "SQLITE_TMPDIR", cli->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CONFIG_HOME", cli->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_STATE_HOME", cli->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CACHE_HOME", cli->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "G_MESSAGES_DEBUG", "all", TRUE);
  if (g_file_test (key, G_FILE_TEST_EXISTS))
    g_subprocess_launcher_setenv (launcher, "SHEQU_KEY_FILE", key, TRUE);
  va_start (rest, input);
  for (const char *word; (word = va_arg (rest, const char *)) != NULL;)
    g_ptr_array_add (words, (gpointer) word);
  va_end (rest);
  g_ptr_array_add (words, NULL);
  made = cli_run_with (launcher, input, (const char *const *) words->pdata);
  log = g_strdup_printf ("%s/log-%p-%" G_GINT64_FORMAT, cli->folder, (void *) made, g_get_monotonic_time ());
  g_assert_true (g_file_set_contents (log, made->errors, -1, NULL));
  return made;
}

static void
expect (CliRun *made)
{
  cli_expect (made, 0);
  cli_run_free (made);
}

static void
test_nothing_lies_open (Cli *cli, gconstpointer data)
{
  g_autofree char *roster = number_hunt_make_roster ();
  g_autofree char *key = cli_path (cli, "key");
  g_autofree char *backup = cli_path (cli, "office.backup");
  g_autofree char *masked = cli_path (cli, "masked.csv");
  g_autofree char *other = g_strconcat ("--to=sqlite:", cli->folder, "/other.db", NULL);
  g_autofree char *number = number_hunt_make_id (7);
  g_autofree char *where = NULL;
  g_autoptr (CliRun) told = NULL;
  g_autoptr (CliRun) found = NULL;
  g_autoptr (CliRun) tail = NULL;
  g_autoptr (CliRun) shut = NULL;

  expect (run (cli, NULL, "create", NULL));
  expect (run (cli, NULL, "protect", key, NULL));
  shut = cli_run (cli, "find", "王小7", NULL);
  cli_expect (shut, 3);
  expect (run (cli, roster, "import", "resident", "-", NULL));
  found = run (cli, NULL, "--json", "find", number, NULL);
  cli_expect (found, 0);
  g_assert_cmpuint (found->objects->len, ==, 1);
  tail = run (cli, NULL, "--json", "find", number + 12, NULL);
  cli_expect (tail, 0);
  g_assert_cmpuint (tail->objects->len, >=, 1);
  expect (run (cli, NULL, "export", "resident", masked, NULL));
  expect (run (cli, NULL, "backup", backup, NULL));
  expect (run (cli, NULL, "check", NULL));
  /* What came back tells of it, though nobody had unlocked it. */
  expect (run (cli, NULL, "restore", backup, NULL));
  told = run (cli, NULL, "--json", "audit", "--action=restore-backup", NULL);
  cli_expect (told, 0);
  g_assert_cmpuint (told->objects->len, ==, 1);
  g_assert_nonnull (strstr (told->output, "office.backup"));
  expect (run (cli, NULL, "protect", "renew", NULL));
  expect (run (cli, NULL, "move", other, NULL));
  g_assert_cmpuint (number_hunt_count (cli->folder, &where), ==, 0);
  g_assert_null (where);
}

/* Else the test above could not fail; and what an open office held is gone when it is protected. */
static void
test_an_open_one_does (Cli *cli, gconstpointer data)
{
  g_autofree char *roster = number_hunt_make_roster ();
  g_autofree char *key = cli_path (cli, "key");
  g_autofree char *where = NULL;
  g_autofree char *still = NULL;

  expect (run (cli, NULL, "create", NULL));
  expect (run (cli, roster, "import", "resident", "-", NULL));
  g_assert_cmpuint (number_hunt_count (cli->folder, &where), >=, 2 * NUMBER_HUNT_RESIDENTS);
  expect (run (cli, NULL, "protect", key, NULL));
  g_assert_cmpuint (number_hunt_count (cli->folder, &still), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cli_add ("/protect/nothing-lies-open", test_nothing_lies_open);
  cli_add ("/protect/an-open-one-does", test_an_open_one_does);
  return g_test_run ();
}
