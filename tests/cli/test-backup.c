/* Backup and restore as an administrator's script does them. */
#include "cli-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static gint64
count_residents (Cli *cli)
{
  g_autoptr (CliRun) run = cli_run (cli, "--json", "find", "王", "--in=resident", "--limit=0", NULL);

  cli_expect (run, 0);
  return run->objects->len;
}

static void
add (Cli *cli, const char *name)
{
  g_autofree char *text = g_strdup_printf ("姓名,出生日期\n%s,1990-01-01\n", name);
  g_autofree char *path = cli_write (cli, "one.csv", text);
  g_autoptr (CliRun) run = cli_run (cli, "import", "resident", path, NULL);

  cli_expect (run, 0);
}

static char *
read_key (Cli *cli)
{
  g_autoptr (CliRun) run = cli_run (cli, "--json", "backup", "key", NULL);

  cli_expect (run, 0);
  return g_strdup (json_object_get_string_member (cli_run_get (run, 0), "key"));
}

static void
test_round_trip (Cli *cli, gconstpointer data)
{
  g_autofree char *backup = cli_path (cli, "office.shequ-backup");
  g_autoptr (CliRun) made = NULL;
  g_autoptr (CliRun) restored = NULL;
  g_autoptr (CliRun) log = NULL;

  cli_create (cli);
  add (cli, "王小明");
  made = cli_run (cli, "backup", backup, NULL);
  cli_expect (made, 0);
  g_assert_nonnull (strstr (made->errors, "backup key"));
  add (cli, "王大明");
  g_assert_cmpint (count_residents (cli), ==, 2);

  restored = cli_run (cli, "--json", "restore", backup, NULL);
  cli_expect (restored, 0);
  g_assert_cmpuint (restored->objects->len, ==, 1);
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (restored, 0), "register"), ==, "resident");
  g_assert_cmpint (json_object_get_int_member (cli_run_get (restored, 0), "before"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (cli_run_get (restored, 0), "after"), ==, 1);
  g_assert_cmpint (count_residents (cli), ==, 1);
  log = cli_run (cli, "--json", "audit", "--limit=1", NULL);
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (log, 0), "action"), ==, "restore-backup");
}

/* The machine is gone; the paper and the backup are left. */
static void
test_paper (Cli *cli, gconstpointer data)
{
  g_autofree char *backup = cli_path (cli, "office.shequ-backup");
  g_autofree char *key = NULL;
  g_autofree char *small = NULL;
  g_autofree char *paper = NULL;
  g_autofree char *option = NULL;
  g_autofree char *wal = g_strconcat (cli->database, "-wal", NULL);
  g_autoptr (CliRun) made = NULL;
  g_autoptr (CliRun) without = NULL;
  g_autoptr (CliRun) wrong = NULL;
  g_autoptr (CliRun) restored = NULL;

  cli_create (cli);
  add (cli, "王小明");
  made = cli_run (cli, "backup", backup, NULL);
  cli_expect (made, 0);
  key = read_key (cli);
  small = g_ascii_strdown (key, -1);
  paper = cli_write (cli, "paper.txt", small);
  option = g_strconcat ("--password-file=", paper, NULL);
  g_unlink (cli->database);
  g_unlink (wal);

  without = cli_run (cli, "restore", backup, NULL);
  cli_expect (without, 3);
  g_assert_false (g_file_test (cli->database, G_FILE_TEST_EXISTS));
  g_free (cli_write (cli, "paper.txt", "0000-0000-0000-0000-0000-0000-0000-0"));
  wrong = cli_run (cli, option, "restore", backup, NULL);
  g_assert_cmpint (wrong->status, !=, 0);
  g_assert_false (g_file_test (cli->database, G_FILE_TEST_EXISTS));
  g_free (cli_write (cli, "paper.txt", small));
  restored = cli_run (cli, option, "restore", backup, NULL);
  cli_expect (restored, 0);
  g_assert_cmpint (count_residents (cli), ==, 1);
}

static void
test_refused (Cli *cli, gconstpointer data)
{
  g_autofree char *backup = cli_path (cli, "office.shequ-backup");
  g_autofree char *bytes = NULL;
  gsize length;
  g_autoptr (CliRun) made = NULL;
  g_autoptr (CliRun) damaged = NULL;
  g_autoptr (CliRun) missing = NULL;
  g_autoptr (CliRun) server = NULL;

  cli_create (cli);
  add (cli, "王小明");
  made = cli_run (cli, "backup", backup, NULL);
  cli_expect (made, 0);
  g_assert_true (g_file_get_contents (backup, &bytes, &length, NULL));
  bytes[length / 2] ^= 1;
  g_assert_true (g_file_set_contents (backup, bytes, (gssize) length, NULL));
  damaged = cli_run (cli, "restore", backup, NULL);
  cli_expect (damaged, 5);
  missing = cli_run (cli, "restore", "/nowhere/x.shequ-backup", NULL);
  g_assert_cmpint (missing->status, !=, 0);
  server = cli_run (cli, "--database=postgresql://localhost/x", "restore", backup, NULL);
  cli_expect (server, 2);
  g_assert_cmpint (count_residents (cli), ==, 1);
}

static void
damage (Cli *cli)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (cli->database, &bytes, &length, NULL));
  memset (bytes, 0xaa, 90);
  g_assert_true (g_file_set_contents (cli->database, bytes, (gssize) length, NULL));
}

/* The database is damaged: it is said, what can be read is saved, and the backup comes back without the
 * paper. */
static void
test_damaged (Cli *cli, gconstpointer data)
{
  g_autofree char *backup = cli_path (cli, "office.shequ-backup");
  g_autofree char *saved = cli_path (cli, "saved.db");
  g_autofree char *readable = g_strconcat (cli->database, ".readable", NULL);
  g_autofree char *option = g_strconcat ("--database=", saved, NULL);
  g_autoptr (CliRun) made = NULL;
  g_autoptr (CliRun) refused = NULL;
  g_autoptr (CliRun) salvaged = NULL;
  g_autoptr (CliRun) again = NULL;
  g_autoptr (CliRun) found = NULL;
  g_autoptr (CliRun) restored = NULL;

  cli_create (cli);
  add (cli, "王小明");
  made = cli_run (cli, "backup", backup, NULL);
  cli_expect (made, 0);
  add (cli, "王大明");
  damage (cli);
  refused = cli_run (cli, "find", "王", NULL);
  cli_expect (refused, 5);
  g_assert_nonnull (strstr (refused->errors, "shequ-cli salvage"));
  salvaged = cli_run (cli, "--json", "salvage", saved, NULL);
  cli_expect (salvaged, 0);
  again = cli_run (cli, "salvage", saved, NULL);
  cli_expect (again, 2);
  found = cli_run (cli, option, "--json", "find", "王大明", "--in=resident", NULL);
  cli_expect (found, 0);
  g_assert_cmpuint (found->objects->len, ==, 1);
  restored = cli_run (cli, "restore", backup, NULL);
  cli_expect (restored, 0);
  g_assert_cmpint (count_residents (cli), ==, 1);
  g_assert_false (g_file_test (readable, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cli_add ("/backup/round-trip", test_round_trip);
  cli_add ("/backup/paper", test_paper);
  cli_add ("/backup/refused", test_refused);
  cli_add ("/backup/damaged", test_damaged);
  return g_test_run ();
}
