/* Spreadsheets in and out: counts, statuses, refused rows that come back corrected, what is masked. */
#include "cli-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static void
check_counts (const CliRun *run, gint64 read, gint64 added, gint64 updated, gint64 unchanged, gint64 rejected)
{
  JsonObject *counts = cli_run_get (run, run->objects->len - 1);

  g_assert_cmpuint (json_object_get_size (counts), ==, 6);
  g_assert_cmpint (json_object_get_int_member (counts, "read"), ==, read);
  g_assert_cmpint (json_object_get_int_member (counts, "added"), ==, added);
  g_assert_cmpint (json_object_get_int_member (counts, "updated"), ==, updated);
  g_assert_cmpint (json_object_get_int_member (counts, "unchanged"), ==, unchanged);
  g_assert_cmpint (json_object_get_int_member (counts, "rejected"), ==, rejected);
  g_assert_cmpfloat (json_object_get_double_member (counts, "seconds"), >=, 0);
}

static void
test_twice (Cli *cli, gconstpointer data)
{
  g_autofree char *path = cli_write_residents (cli);
  g_autoptr (CliRun) first = NULL;
  g_autoptr (CliRun) second = NULL;
  g_autoptr (CliRun) check = NULL;

  cli_create (cli);
  first = cli_run (cli, "--json", "import", "resident", path, NULL);
  cli_expect (first, 0);
  check_counts (first, 4, 4, 0, 0, 0);
  second = cli_run (cli, "--json", "import", "resident", path, NULL);
  cli_expect (second, 0);
  check_counts (second, 4, 0, 0, 4, 0);
  check = cli_run (cli, "check", NULL);
  cli_expect (check, 0);
}

static void
test_dry_run (Cli *cli, gconstpointer data)
{
  g_autofree char *path = cli_write_residents (cli);
  g_autoptr (CliRun) trial = NULL;
  g_autoptr (CliRun) found = NULL;

  cli_create (cli);
  trial = cli_run (cli, "--json", "import", "resident", path, "--dry-run", NULL);
  cli_expect (trial, 0);
  check_counts (trial, 4, 4, 0, 0, 0);
  found = cli_run (cli, "--json", "find", "王建国", NULL);
  g_assert_cmpuint (found->objects->len, ==, 0);
}

static void
test_rejects (Cli *cli, gconstpointer data)
{
  g_autofree char *path =
    cli_write (cli, "名册.csv", "姓名,公民身份号码\n王建国,110101199003074530\n张三,110101199003071234\n");
  g_autofree char *rejects = cli_path (cli, "退回.csv");
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) again = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) halves = NULL;
  g_autofree char *corrected = NULL;
  g_autofree char *corrected_path = NULL;
  g_autofree char *option = g_strconcat ("--rejects=", rejects, NULL);

  cli_create (cli);
  run = cli_run (cli, "--json", "import", "resident", path, option, NULL);
  cli_expect (run, 1);
  check_counts (run, 2, 1, 0, 0, 1);
  g_assert_true (g_file_get_contents (rejects, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "张三"));
  g_assert_null (strstr (text, "王建国"));
  halves = g_strsplit (text, "110101199003071234", 2);
  g_assert_cmpuint (g_strv_length (halves), ==, 2);
  corrected = g_strconcat (halves[0], "110101199003071217", halves[1], NULL);
  corrected_path = cli_write (cli, "改正.csv", corrected);
  again = cli_run (cli, "--json", "import", "resident", corrected_path, NULL);
  cli_expect (again, 0);
  check_counts (again, 1, 1, 0, 0, 0);
}

/* Without a file for them, refused rows are named on standard error. */
static void
test_rejects_named (Cli *cli, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("姓名,公民身份号码\n");
  g_autoptr (CliRun) run = NULL;
  g_autofree char *path = NULL;
  guint n_named = 0;

  for (guint i = 0; i < 30; i++)
    g_string_append_printf (text, "张三%u,110101199003071234\n", i);
  path = cli_write (cli, "名册.csv", text->str);
  cli_create (cli);
  run = cli_run (cli, "--json", "--quiet", "import", "resident", path, NULL);
  cli_expect (run, 1);
  check_counts (run, 30, 0, 0, 0, 30);
  for (const char *at = strstr (run->errors, "行未导入："); at != NULL; at = strstr (at + 1, "行未导入："))
    n_named++;
  g_assert_cmpuint (n_named, ==, 20);
  g_assert_nonnull (strstr (run->errors, "另有 10 行"));
}

static void
test_on_duplicate (Cli *cli, gconstpointer data)
{
  static const struct
  {
    const char *option;
    int status;
    gint64 updated, unchanged, rejected;
  } cases[] = {
    { "--on-duplicate=reject", 1, 0, 0, 1 },
    { "--on-duplicate=skip", 0, 0, 1, 0 },
    { "--on-duplicate=update", 0, 1, 0, 0 },
  };
  g_autofree char *path = cli_write_residents (cli);
  g_autofree char *changed =
    cli_write (cli, "变更.csv", "姓名,公民身份号码,手机号码\n王建国,110101199003074530,13900139000\n");
  g_autoptr (CliRun) first = NULL;
  g_autoptr (CliRun) off = NULL;
  g_autoptr (CliRun) found = NULL;

  cli_create (cli);
  first = cli_run (cli, "import", "resident", path, NULL);
  cli_expect (first, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CliRun) run = cli_run (cli, "--json", "import", "resident", changed, cases[i].option, NULL);

      g_test_message ("%s", cases[i].option);
      cli_expect (run, cases[i].status);
      check_counts (run, 1, 0, cases[i].updated, cases[i].unchanged, cases[i].rejected);
    }
  found = cli_run (cli, "--json", "find", "13900139000", "--in=resident", NULL);
  g_assert_cmpuint (found->objects->len, ==, 1);
  off = cli_run (cli, "import", "resident", changed, "--on-duplicate=burn", NULL);
  cli_expect (off, 2);
}

static void
test_map (Cli *cli, gconstpointer data)
{
  g_autofree char *path = cli_write (cli, "名册.csv", "甲=乙,公民身份号码,丙\n王建国,110101199003074530,x\n");
  g_autoptr (CliRun) guessed = NULL;
  g_autoptr (CliRun) mapped = NULL;
  g_autoptr (CliRun) no_column = NULL;
  g_autoptr (CliRun) no_field = NULL;

  cli_create (cli);
  guessed = cli_run (cli, "import", "resident", path, NULL);
  g_assert_cmpint (guessed->status, !=, 0);
  g_assert_cmpint (guessed->status, !=, 1);
  path =
    (g_free (path), cli_write (cli, "名册.csv", "甲=乙,公民身份号码,性别\n王建国,110101199003074530,男\n"));
  no_column = cli_run (cli, "import", "resident", path, "--map=丁=name", NULL);
  cli_expect (no_column, 2);
  no_field = cli_run (cli, "import", "resident", path, "--map=甲=乙=wings", NULL);
  cli_expect (no_field, 2);
  mapped = cli_run (cli, "--json", "import", "resident", path, "--map=甲=乙=name", NULL);
  cli_expect (mapped, 0);
  check_counts (mapped, 1, 1, 0, 0, 0);
}

static void
test_standard_input (Cli *cli, gconstpointer data)
{
  const char *const words[] = { "--json", "import", "resident", "-", NULL };
  const char *const off[] = { "import", "resident", "-", "--format=doc", NULL };
  const char *input = "姓名,公民身份号码\n王建国,110101199003074530\n";
  g_autoptr (GSubprocessLauncher) launcher = cli_new_launcher (cli);
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) refused = NULL;

  cli_create (cli);
  run = cli_run_with (launcher, input, words);
  cli_expect (run, 0);
  check_counts (run, 1, 1, 0, 0, 0);
  refused = cli_run_with (launcher, input, off);
  cli_expect (refused, 2);
}

static void
import_residents (Cli *cli)
{
  g_autofree char *path = cli_write_residents (cli);
  g_autoptr (CliRun) run = NULL;

  cli_create (cli);
  run = cli_run (cli, "import", "resident", path, NULL);
  cli_expect (run, 0);
}

/* What is exported in full comes back into another office as it was. */
static void
test_round_trip (Cli *cli, gconstpointer data)
{
  static const char *const formats[] = { "csv", "xlsx" };

  import_residents (cli);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *name = g_strconcat ("导出.", formats[i], NULL);
      g_autofree char *path = cli_path (cli, name);
      g_autofree char *other = g_strdup_printf ("--database=%s/%s.db", cli->folder, formats[i]);
      g_autoptr (CliRun) run =
        cli_run (cli, "--json", "export", "resident", path, "--unmasked", "--purpose=核对", NULL);
      g_autoptr (CliRun) create = NULL;
      g_autoptr (CliRun) import = NULL;
      g_autoptr (CliRun) found = NULL;

      g_test_message ("%s", formats[i]);
      cli_expect (run, 0);
      g_assert_cmpint (json_object_get_int_member (cli_run_get (run, 0), "written"), ==, 4);
      create = cli_run (cli, other, "create", "--name=幸福社区", NULL);
      cli_expect (create, 0);
      import = cli_run (cli, other, "--json", "import", "resident", path, NULL);
      cli_expect (import, 0);
      check_counts (import, 4, 4, 0, 0, 0);
      found = cli_run (cli, other, "--json", "find", "110101199003074530", "--in=resident", NULL);
      g_assert_cmpuint (found->objects->len, ==, 1);
    }
}

static gboolean
has_export (CliRun *log)
{
  for (guint i = 0; i < log->objects->len; i++)
    if (g_str_equal (json_object_get_string_member (cli_run_get (log, i), "action"), "export"))
      return TRUE;
  return FALSE;
}

static void
test_export (Cli *cli, gconstpointer data)
{
  g_autofree char *path = cli_path (cli, "导出.csv");
  g_autofree char *text = NULL;
  g_autofree char *some = NULL;
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) women = NULL;
  g_autoptr (CliRun) output = NULL;
  g_autoptr (CliRun) log = NULL;

  import_residents (cli);
  run = cli_run (cli, "export", "resident", path, NULL);
  cli_expect (run, 0);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "王建国"));
  g_assert_null (strstr (text, "199003074530"));
  women = cli_run (cli, "export", "resident", path, "--where=sex=女", "--where=relation=配偶", "--unmasked",
                   "--purpose=妇女节慰问", NULL);
  cli_expect (women, 0);
  g_assert_true (g_file_get_contents (path, &some, NULL, NULL));
  g_assert_nonnull (strstr (some, "110101199003070046"));
  g_assert_null (strstr (some, "王建国"));
  /* From the newest on: that the file was written, the record that it is to be, the export. */
  log = cli_run (cli, "--json", "audit", "--limit=3", NULL);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (json_object_get_string_member (cli_run_get (log, i), "reason"), ==, "妇女节慰问");
  g_assert_true (has_export (log));
  output = cli_run (cli, "export", "resident", "-", "--format=csv", NULL);
  cli_expect (output, 0);
  g_assert_nonnull (strstr (output->output, "张晓明"));
}

static void
test_export_refused (Cli *cli, gconstpointer data)
{
  g_autofree char *path = cli_path (cli, "导出.csv");
  const struct
  {
    const char *reg, *file, *option;
    int status;
  } cases[] = {
    { "resident", path, "--unmasked", 2 },
    { "resident", "导出.doc", "--quiet", 2 },
    { "resident", "-", "--quiet", 2 },
    { "plane", path, "--quiet", 4 },
    { "resident", path, "--where=wings=2", 4 },
    { "resident", path, "--where=sex=x", 2 },
    { "resident", "没有/导出.csv", "--quiet", 5 },
  };

  import_residents (cli);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CliRun) run = cli_run (cli, "export", cases[i].reg, cases[i].file, cases[i].option, NULL);

      g_test_message ("%u", i);
      cli_expect (run, cases[i].status);
      g_assert_cmpstr (run->output, ==, "");
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cli_add ("/import/twice", test_twice);
  cli_add ("/import/dry-run", test_dry_run);
  cli_add ("/import/rejects", test_rejects);
  cli_add ("/import/rejects-named", test_rejects_named);
  cli_add ("/import/on-duplicate", test_on_duplicate);
  cli_add ("/import/map", test_map);
  cli_add ("/import/standard-input", test_standard_input);
  cli_add ("/export/round-trip", test_round_trip);
  cli_add ("/export/masked", test_export);
  cli_add ("/export/refused", test_export_refused);
  return g_test_run ();
}
