/* Residents who stand in the register twice, as a script sees them. */
#include "cli-fixture.h"

#include <string.h>

static const char again[] = "姓名,出生日期,家庭住址,联系电话\n"
                            "王健国,1990-01-01,幸福小区3号楼2单元501,\n"
                            "李大双,1971-09-02,幸福小区9号楼1单元101,13900139000\n";

static const char first[] = "姓名,出生日期,家庭住址,联系电话\n"
                            "王建国,1990-01-01,幸福小区3号楼2单元501,13800138000\n"
                            "李大双,1980-01-01,幸福小区9号楼1单元102,\n";

static void
import (Cli *cli, const char *name, const char *text, gboolean candidates)
{
  g_autofree char *path = cli_write (cli, name, text);
  g_autoptr (CliRun) run = cli_run (cli, "import", "resident", path, NULL);

  cli_expect (run, 0);
  g_assert_true ((strstr (run->errors, "duplicates") != NULL) == candidates);
}

static gint64
get_number (const CliRun *run, const char *name)
{
  return json_object_get_int_member (cli_run_get (run, 0), name);
}

static void
test_merge (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) pairs = NULL;
  g_autoptr (CliRun) merged = NULL;
  g_autoptr (CliRun) shown = NULL;
  g_autoptr (CliRun) none = NULL;
  g_autoptr (CliRun) undone = NULL;
  g_autoptr (CliRun) twice = NULL;
  g_autoptr (CliRun) back = NULL;
  g_autofree char *key = NULL;

  cli_create (cli);
  import (cli, "first.csv", first, FALSE);
  import (cli, "again.csv", again, TRUE);
  pairs = cli_run (cli, "--json", "duplicates", NULL);
  cli_expect (pairs, 0);
  g_assert_cmpuint (pairs->objects->len, ==, 1);
  g_assert_cmpint (get_number (pairs, "one"), ==, 1);
  g_assert_cmpint (get_number (pairs, "other"), ==, 3);

  merged = cli_run (cli, "--json", "duplicates", "merge", "1", "3", "--take=name", "--reason=同一人", NULL);
  cli_expect (merged, 0);
  shown = cli_run (cli, "--json", "show", "resident", "1", NULL);
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (shown, 0), "title"), ==, "王健国");
  none = cli_run (cli, "--json", "duplicates", NULL);
  g_assert_cmpuint (none->objects->len, ==, 0);

  key = g_strdup_printf ("%" G_GINT64_FORMAT, get_number (merged, "merge"));
  undone = cli_run (cli, "duplicates", "undo", key, NULL);
  cli_expect (undone, 0);
  twice = cli_run (cli, "duplicates", "undo", key, NULL);
  g_assert_cmpint (twice->status, !=, 0);
  back = cli_run (cli, "--json", "show", "resident", "1", NULL);
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (back, 0), "title"), ==, "王建国");
}

static void
test_apart (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) apart = NULL;
  g_autoptr (CliRun) none = NULL;

  cli_create (cli);
  import (cli, "first.csv", first, FALSE);
  import (cli, "again.csv", again, TRUE);
  apart = cli_run (cli, "duplicates", "apart", "1", "3", "--reason=双胞胎", NULL);
  cli_expect (apart, 0);
  none = cli_run (cli, "--json", "duplicates", NULL);
  cli_expect (none, 0);
  g_assert_cmpuint (none->objects->len, ==, 0);
}

/* A second roster: compared, stored in part, and one whose columns moved. */
static void
test_compare (Cli *cli, gconstpointer data)
{
  static const char second[] = "姓名,出生日期,家庭住址,联系电话\n"
                               "王建国,1990-01-01,幸福小区3号楼2单元501,13900139000\n"
                               "孙七,1990-05-05,幸福小区3号楼2单元502,\n";
  static const char moved[] = "姓名,出生日期,家庭住址,联系电话\n"
                              "1990-01-01,13900139000,幸福小区3号楼2单元501,王建国\n"
                              "1990-01-02,13900139001,幸福小区3号楼2单元501,李四\n"
                              "1990-01-03,13900139002,幸福小区3号楼2单元501,孙七\n"
                              "1990-01-04,13900139003,幸福小区3号楼2单元501,赵六\n";
  g_autofree char *path = cli_write (cli, "second.csv", second);
  g_autofree char *moved_path = cli_write (cli, "moved.csv", moved);
  g_autofree char *differences = g_strconcat ("--differences=", cli->folder, "/d.xlsx", NULL);
  g_autofree char *sheet = cli_path (cli, "d.xlsx");
  g_autoptr (CliRun) compared = NULL;
  g_autoptr (CliRun) stored = NULL;
  g_autoptr (CliRun) later = NULL;
  g_autoptr (CliRun) refused = NULL;

  cli_create (cli);
  import (cli, "first.csv", first, FALSE);
  compared = cli_run (cli, "--json", "import", "resident", path, "--compare", differences, NULL);
  cli_expect (compared, 0);
  g_assert_cmpuint (compared->objects->len, ==, 3);
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (compared, 0), "what"), ==, "changed");
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (compared, 0), "after"), ==, "139****9000");
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (compared, 1), "what"), ==, "added");
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (compared, 2), "what"), ==, "missing");
  g_assert_true (g_file_test (sheet, G_FILE_TEST_EXISTS));

  stored = cli_run (cli, "import", "resident", path, "--compare", "--accept=phone", NULL);
  cli_expect (stored, 0);
  later = cli_run (cli, "--json", "import", "resident", path, "--compare", NULL);
  g_assert_cmpuint (later->objects->len, ==, 2);
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (later, 0), "what"), ==, "added");

  refused = cli_run (cli, "import", "resident", moved_path, NULL);
  g_assert_cmpint (refused->status, !=, 0);
  g_assert_nonnull (strstr (refused->errors, "trust-headers"));
}

static void
test_wrong_calls (Cli *cli, gconstpointer data)
{
  static const char *const calls[][3] = {
    { "merge", "1", NULL }, { "merge", "1", "1" }, { "merge", "1", "99" },
    { "undo", "7", NULL },  { "split", "1", "2" }, { "apart", "1", "x" },
  };

  cli_create (cli);
  import (cli, "first.csv", first, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (CliRun) run = cli_run (cli, "duplicates", calls[i][0], calls[i][1], calls[i][2], NULL);

      g_test_message ("%s: %s", calls[i][0], run->errors);
      g_assert_cmpint (run->status, !=, 0);
      g_assert_cmpstr (run->errors, !=, "");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cli_add ("/cli/duplicates/merge", test_merge);
  cli_add ("/cli/duplicates/apart", test_apart);
  cli_add ("/cli/duplicates/wrong-calls", test_wrong_calls);
  cli_add ("/cli/duplicates/compare", test_compare);
  return g_test_run ();
}
