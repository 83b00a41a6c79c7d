/* A second roster: who is not named in it is recorded as having left, in one go; whoever an import may have
 * added a second time is shown beside the other at once. */
#include "../cli/cli-fixture.h"
#include "driver.h"

#include <string.h>

/* The line of a resident in an export. */
static char *
export_line (Cli *cli, const char *name)
{
  g_autofree char *where = g_strdup_printf ("--where=name=%s", name);
  g_autofree char *path = cli_path (cli, "现状.csv");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (CliRun) run = cli_run (cli, "export", "resident", path, where, NULL);

  cli_expect (run, 0);
  g_file_get_contents (path, &text, NULL, NULL);
  lines = g_strsplit (text, "\n", 3);
  return g_strdup (lines[1]);
}

static void
choose_file (Driver *driver, const char *path)
{
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "选择文件");
  driver_choose_file (driver, path);
  driver_find (driver, ATSPI_ROLE_LABEL, "可导入");
}

static void
record_departures (Driver *driver, const char *path)
{
  g_autoptr (AtspiAccessible) tick = NULL;

  driver_key_to_page (driver, "ctrl+i", "导入");
  choose_file (driver, path);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "比对");
  tick = driver_find (driver, ATSPI_ROLE_CHECK_BOX, "赵六");
  driver_click (driver, tick);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "登记迁出");
  /* “登记” is the beginning of the button behind the dialog, too. */
  g_object_unref (driver_find (driver, ATSPI_ROLE_FRAME, "迁出 · 1人"));
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "登记");
  driver_wait_gone (driver, ATSPI_ROLE_FRAME, "迁出 · 1人");
}

static void
test_roster (Cli *cli, gconstpointer data)
{
  g_autofree char *first = cli_write (cli, "旧底册.csv",
                                      "姓名,公民身份号码,出生日期,地址\n"
                                      "王建国,110101199003074530,,幸福小区3号楼2单元501\n"
                                      "赵六,,1990-03-07,幸福小区3号楼2单元502\n");
  g_autofree char *second = cli_write (cli, "新名单.csv",
                                       "姓名,公民身份号码,出生日期,地址\n"
                                       "王建国,110101199003074530,,幸福小区3号楼2单元501\n");
  g_autoptr (CliRun) import = NULL;
  g_autofree char *left = NULL;
  g_autofree char *stayed = NULL;
  Driver *driver;

  cli_create (cli);
  import = cli_run (cli, "import", "resident", first, NULL);
  cli_expect (import, 0);
  driver = driver_start (cli->database, "王芳");
  record_departures (driver, second);
  driver_stop (driver);
  left = export_line (cli, "赵六");
  g_assert_nonnull (strstr (left, "迁出"));
  stayed = export_line (cli, "王建国");
  g_assert_null (strstr (stayed, "迁出"));
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/roster/second", test_roster);
  return g_test_run ();
}
