/* What offices really hand over: broken files, wrong rows, databases that cannot be used. Nothing half done.
 */
#include "cli-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <linux/capability.h>

#include "shequ-store.h"

typedef struct
{
  const char *name;
  const char *text;
  int status;
  gint64 added;        /* when rows could be read */
  const char *message; /* (nullable): on standard error */
} Sheet;

static const Sheet sheets[] = {
  { "空.csv", "", 4, 0, "空" },
  { "空行.csv", "\n\n\n", 4, 0, NULL },
  { "照片.jpg", "\xff\xd8\xff\xe0\x00\x10JFIF", 4, 0, "照片.jpg" },
  { "残.xlsx", "PK\x03\x04xxxxx", 4, 0, "残.xlsx" },
  { "无表头.csv", "一,二,三\n四,五,六\n", 4, 0, NULL },
  { "重复.csv", "姓名,公民身份号码\n王建国,110101199003074530\n李四,110101199003074530\n", 1, 1,
    "第 3 行未导入" },
  { "未来.csv", "姓名,出生日期\n王未来,2150-01-01\n李秀英,1990-03-07\n", 1, 1, "第 2 行未导入" },
  { "两列.csv", "姓名,姓名,公民身份号码\n王建国,王二,110101199003074530\n", 0, 1, "B 姓名" },
  { "无户主.csv",
    "户号,姓名,与户主关系,公民身份号码,地址\n7,王小,子,110101199003074530,幸福小区1号楼1单元101\n", 0, 1,
    "户主" },
  { "缺姓名.csv", "姓名,公民身份号码\n,110101199003074530\n", 1, 0, "第 2 行未导入" },
};

static gint64
count_residents (Cli *cli)
{
  g_autofree char *path = cli_path (cli, "全部.csv");
  g_autoptr (CliRun) run = cli_run (cli, "--json", "export", "resident", path, NULL);

  cli_expect (run, 0);
  return json_object_get_int_member (cli_run_get (run, 0), "written");
}

static void
test_sheets (Cli *cli, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
      g_autofree char *path = cli_write (cli, sheets[i].name, sheets[i].text);
      g_autoptr (CliRun) run = NULL;
      g_autoptr (CliRun) check = NULL;

      g_test_message ("%s", sheets[i].name);
      cli_create (cli);
      run = cli_run (cli, "--json", "import", "resident", path, NULL);
      cli_expect (run, sheets[i].status);
      if (sheets[i].message != NULL && strstr (run->errors, sheets[i].message) == NULL)
        g_error ("no “%s” in: %s", sheets[i].message, run->errors);
      g_assert_cmpint (count_residents (cli), ==, sheets[i].added);
      if (sheets[i].status == 4)
        g_assert_cmpuint (run->objects->len, ==, 0);
      else
        g_assert_cmpint (json_object_get_int_member (cli_run_get (run, 0), "added"), ==, sheets[i].added);
      check = cli_run (cli, "check", NULL);
      cli_expect (check, 0);
      g_unlink (cli->database);
    }
}

/* Cells and columns beyond all measure, bytes that are no text. */
static void
test_extremes (Cli *cli, gconstpointer data)
{
  g_autoptr (GString) wide = g_string_new ("姓名");
  g_autoptr (GString) big = g_string_new ("姓名,公民身份号码,备注\n王建国,110101199003074530,");
  g_autofree char *wide_path = NULL;
  g_autofree char *big_path = NULL;
  g_autofree char *nul_path = cli_path (cli, "空字节.csv");
  static const char nul[] = "姓名,公民身份号码\n王\0国,110101199003074530\n张晓明,110101194912310024\n";
  g_autoptr (CliRun) run_wide = NULL;
  g_autoptr (CliRun) run_big = NULL;
  g_autoptr (CliRun) run_nul = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (wide, ",列%u", i);
  for (guint i = 0; i < 350000; i++)
    g_string_append (big, "字");
  g_string_append (big, "\n李秀英,110101199003070046,好\n");
  wide_path = cli_write (cli, "宽.csv", wide->str);
  big_path = cli_write (cli, "大.csv", big->str);
  g_assert_true (g_file_set_contents (nul_path, nul, sizeof nul - 1, NULL));
  cli_create (cli);
  run_wide = cli_run (cli, "import", "resident", wide_path, NULL);
  cli_expect (run_wide, 4);
  run_big = cli_run (cli, "--json", "import", "resident", big_path, NULL);
  cli_expect (run_big, 1);
  g_assert_cmpint (json_object_get_int_member (cli_run_get (run_big, 0), "added"), ==, 1);
  run_nul = cli_run (cli, "--json", "import", "resident", nul_path, NULL);
  cli_expect (run_nul, 1);
  g_assert_cmpint (json_object_get_int_member (cli_run_get (run_nul, 0), "added"), ==, 1);
  g_assert_cmpint (count_residents (cli), ==, 2);
}

static void
test_truncated (Cli *cli, gconstpointer data)
{
  g_autofree char *rows = cli_write_residents (cli);
  g_autofree char *whole = cli_path (cli, "全.xlsx");
  g_autofree char *half = cli_path (cli, "半.xlsx");
  g_autofree char *bytes = NULL;
  g_autoptr (CliRun) import = NULL;
  g_autoptr (CliRun) export = NULL;
  g_autoptr (CliRun) run = NULL;
  gsize length;

  cli_create (cli);
  import = cli_run (cli, "import", "resident", rows, NULL);
  cli_expect (import, 0);
  export = cli_run (cli, "export", "resident", whole, NULL);
  cli_expect (export, 0);
  g_assert_true (g_file_get_contents (whole, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (half, bytes, (gssize) length / 2, NULL));
  run = cli_run (cli, "import", "resident", half, NULL);
  cli_expect (run, 4);
  g_assert_nonnull (strstr (run->errors, "半.xlsx"));
}

/* No file, a folder for a file, no such register. */
static void
test_nothing_there (Cli *cli, gconstpointer data)
{
  g_autofree char *rows = cli_write_residents (cli);
  g_autoptr (CliRun) missing = NULL;
  g_autoptr (CliRun) folder = NULL;
  g_autoptr (CliRun) plane = NULL;

  cli_create (cli);
  missing = cli_run (cli, "import", "resident", "没有.xlsx", NULL);
  cli_expect (missing, 4);
  folder = cli_run (cli, "import", "resident", cli->folder, NULL);
  cli_expect (folder, 4);
  plane = cli_run (cli, "import", "plane", rows, NULL);
  cli_expect (plane, 4);
}

/* Each is refused by every command that needs a database, and stays as it was. */
static void
test_databases (Cli *cli, gconstpointer data)
{
  static const Sheet files[] = {
    { "文字.db", "这不是数据库\n这不是数据库\n这不是数据库\n", 5, 0, NULL },
    { "空.db", "", 5, 0, NULL },
    { "残.db", "SQLite format 3\0xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 5, 0, NULL },
    { "没有.db", NULL, 5, 0, "没有.db" },
  };
  g_autofree char *rows = cli_write_residents (cli);

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path =
        files[i].text != NULL ? cli_write (cli, files[i].name, files[i].text) : cli_path (cli, files[i].name);
      g_autofree char *option = g_strconcat ("--database=", path, NULL);
      g_autoptr (CliRun) check = cli_run (cli, option, "check", NULL);
      g_autoptr (CliRun) import = cli_run (cli, option, "import", "resident", rows, NULL);
      g_autofree char *after = NULL;

      g_test_message ("%s", files[i].name);
      cli_expect (check, 5);
      cli_expect (import, 5);
      g_assert_cmpstr (check->output, ==, "");
      g_assert_nonnull (strstr (check->errors, files[i].message != NULL ? files[i].message : "。"));
      g_file_get_contents (path, &after, NULL, NULL);
      g_assert_cmpstr (after, ==, files[i].text);
    }
}

static ShequStore *
open_store (Cli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (&error);
  ShequStore *store;

  g_assert_no_error (error);
  store = shequ_store_open (cli->database, catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
  return store;
}

static ShequTransaction *
begin (ShequStore *store)
{
  const ShequActor actor = { "test", "test", NULL, "2026-11-22T00:00:00Z" };
  g_autoptr (GError) error = NULL;
  ShequTransaction *transaction = shequ_store_begin (store, &actor, NULL, &error);

  g_assert_no_error (error);
  return transaction;
}

static void
test_newer (Cli *cli, gconstpointer data)
{
  g_autoptr (ShequStore) store = NULL;
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (CliRun) run = NULL;

  cli_create (cli);
  store = open_store (cli);
  transaction = begin (store);
  g_assert_true (shequ_transaction_set_setting (transaction, "format", "99", NULL));
  g_assert_true (shequ_transaction_commit (transaction, NULL));
  g_clear_pointer (&transaction, shequ_transaction_free);
  g_clear_pointer (&store, shequ_store_unref);
  run = cli_run (cli, "find", "x", NULL);
  cli_expect (run, 5);
  g_assert_nonnull (strstr (run->errors, "新"));
}

/* Another program is in the middle of a change. */
static void
test_locked (Cli *cli, gconstpointer data)
{
  g_autofree char *rows = cli_write_residents (cli);
  g_autoptr (ShequStore) store = NULL;
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (CliRun) run = NULL;

  cli_create (cli);
  store = open_store (cli);
  transaction = begin (store);
  run = cli_run (cli, "import", "resident", rows, NULL);
  cli_expect (run, 5);
  g_clear_pointer (&transaction, shequ_transaction_free);
  g_clear_pointer (&store, shequ_store_unref);
  g_assert_cmpint (count_residents (cli), ==, 0);
}

/* Who runs the tests as root must meet the rights of files too. */
static void
give_up_rights (gpointer data)
{
  prctl (PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0);
  prctl (PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0);
  prctl (PR_CAPBSET_DROP, CAP_FOWNER, 0, 0, 0);
}

static void
test_read_only_folder (Cli *cli, gconstpointer data)
{
  g_autofree char *rows = cli_write_residents (cli);
  g_autofree char *folder = cli_path (cli, "只读");
  g_autofree char *database = g_build_filename (folder, "office.db", NULL);
  g_autofree char *option = g_strconcat ("--database=", database, NULL);
  g_autoptr (GSubprocessLauncher) launcher = cli_new_launcher (cli);
  const char *const create[] = { option, "create", NULL };
  const char *const import[] = { option, "import", "resident", rows, NULL };
  const char *const check[] = { option, "check", NULL };
  g_autoptr (CliRun) refused = NULL;
  g_autoptr (CliRun) made = NULL;
  g_autoptr (CliRun) kept = NULL;
  g_autoptr (CliRun) whole = NULL;

  g_subprocess_launcher_set_child_setup (launcher, give_up_rights, NULL, NULL);
  g_assert_cmpint (g_mkdir (folder, 0555), ==, 0);
  refused = cli_run_with (launcher, NULL, create);
  cli_expect (refused, 5);
  g_assert_false (g_file_test (database, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  made = cli_run_with (launcher, NULL, create);
  cli_expect (made, 0);
  g_assert_cmpint (g_chmod (database, 0444), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  kept = cli_run_with (launcher, NULL, import);
  cli_expect (kept, 5);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  g_assert_cmpint (g_chmod (database, 0644), ==, 0);
  whole = cli_run_with (launcher, NULL, check);
  cli_expect (whole, 0);
}

/* No file may grow beyond this: for the program a disk that is full. */
static void
limit_files (gpointer data)
{
  const struct rlimit limit = { 3 * 1024 * 1024, 3 * 1024 * 1024 };

  setrlimit (RLIMIT_FSIZE, &limit);
}

static void
test_full_disk (Cli *cli, gconstpointer data)
{
  g_autofree char *rows = cli_write_long_roster (cli, 8000);
  g_autoptr (GSubprocessLauncher) launcher = cli_new_launcher (cli);
  const char *const words[] = { "--json", "import", "resident", rows, NULL };
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) check = NULL;
  g_autoptr (CliRun) again = NULL;
  gint64 kept;

  cli_create (cli);
  g_subprocess_launcher_set_child_setup (launcher, limit_files, NULL, NULL);
  run = cli_run_with (launcher, NULL, words);
  cli_expect (run, 5);
  g_assert_cmpstr (run->errors, !=, "");
  check = cli_run (cli, "check", NULL);
  cli_expect (check, 0);
  kept = count_residents (cli);
  g_assert_cmpint (kept, <, 8000);
  /* With room again the rest comes in, and nothing twice. */
  again = cli_run (cli, "--json", "import", "resident", rows, NULL);
  cli_expect (again, 0);
  g_assert_cmpint (json_object_get_int_member (cli_run_get (again, 0), "added"), ==, 8000 - kept);
  g_assert_cmpint (count_residents (cli), ==, 8000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cli_add ("/bad-input/sheets", test_sheets);
  cli_add ("/bad-input/extremes", test_extremes);
  cli_add ("/bad-input/truncated", test_truncated);
  cli_add ("/bad-input/nothing-there", test_nothing_there);
  cli_add ("/bad-input/databases", test_databases);
  cli_add ("/bad-input/newer", test_newer);
  cli_add ("/bad-input/locked", test_locked);
  cli_add ("/bad-input/read-only-folder", test_read_only_folder);
  cli_add ("/bad-input/full-disk", test_full_disk);
  return g_test_run ();
}
