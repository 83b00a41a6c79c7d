/* A roster comes in through the import page: what is right is stored, the rest comes back with its reasons;
 * who may be registered already is shown beside the other at once. */
#include "../cli/cli-fixture.h"
#include "driver.h"

#include <string.h>

static void
import_file (Driver *driver, const char *path)
{
  driver_key_to_page (driver, "ctrl+i", "导入");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "选择文件");
  driver_choose_file (driver, path);
  /* The page says how the columns go before anything is stored. */
  driver_find (driver, ATSPI_ROLE_LABEL, "可导入");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "导入");
  driver_find (driver, ATSPI_ROLE_LABEL, "导入完成");
}

static void
test_csv (Cli *cli, gconstpointer data)
{
  g_autofree char *path = cli_write (cli, "花名册.csv",
                                     "户号,姓名,与户主关系,公民身份号码,手机号码,地址\n"
                                     "001,王建国,户主,110101199003074530,13800138000,幸福小区3号楼2单元501\n"
                                     "001,李秀英,配偶,110101199003070049,,幸福小区3号楼2单元501\n");
  g_autofree char *before =
    cli_write (cli, "旧底册.csv", "姓名,出生日期,性别,地址\n王建国,1990-03-07,男,幸福小区3号楼2单元602\n");
  g_autofree char *refused = cli_path (cli, "花名册-退回.csv");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CliRun) found = NULL;
  g_autoptr (CliRun) none = NULL;
  g_autoptr (CliRun) known = NULL;
  Driver *driver;

  cli_create (cli);
  known = cli_run (cli, "import", "resident", before, NULL);
  cli_expect (known, 0);
  driver = driver_start (cli->database, "王芳");
  import_file (driver, path);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "逐对查看");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "1 对（本次导入）"));
  driver_stop (driver);

  found = cli_run (cli, "--json", "find", "wjg", "--in=resident", NULL);
  cli_expect (found, 0);
  g_assert_cmpuint (found->objects->len, ==, 2);
  none = cli_run (cli, "--json", "find", "李秀英", "--in=resident", NULL);
  cli_expect (none, 0);
  g_assert_cmpuint (none->objects->len, ==, 0);
  g_file_get_contents (refused, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "李秀英"));
  g_assert_null (strstr (text, "王建国"));
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/import/csv", test_csv);
  return g_test_run ();
}
