/* All registers stand under headings; one is found by its initials, opened by Enter, marked as a favourite;
 * its blank spreadsheet is saved, and a record entered stands on the shelf. By keys alone but for the file.
 */
#include "../cli/cli-fixture.h"
#include "driver.h"

static void
test_shelf (Cli *cli, gconstpointer data)
{
  Driver *driver;

  cli_create (cli);
  driver = driver_start (cli->database, "王芳");
  driver_key_to_page (driver, "ctrl+8", "台账");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "组织网络"));
  g_object_unref (driver_find (driver, ATSPI_ROLE_LIST_ITEM, "印章 · 空"));
  driver_type_named (driver, ATSPI_ROLE_ENTRY, "找台账", "xyzw");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "没有这样的台账。请少输几个字，或换个词。"));
  driver_type_named (driver, ATSPI_ROLE_ENTRY, "找台账", "yz");
  driver_wait_gone (driver, ATSPI_ROLE_LIST_ITEM, "会议 · 空");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LIST_ITEM, "印章 · 空"));
  driver_key (driver, "Return");
  /* An empty register explains itself. */
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL,
                               "本单位的每枚印章：保管人、批准文件、在用或已缴。\n"
                               "这里还没有记录。可导入表格 (Ctrl+I)，或新增第一条 (Ctrl+N)。"));
  driver_key (driver, "alt+Left");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LIST_ITEM, "印章 · 空"));
  driver_stop (driver);
}

/* The file takes its place when it is whole. */
static void
wait_for (Driver *driver, const char *path)
{
  gint64 since = g_get_monotonic_time ();

  while (!g_file_test (path, G_FILE_TEST_EXISTS))
    if (!driver_is_patient (driver, since))
      driver_fail (driver, "“%s” was not written.", path);
}

static void
test_blank (Cli *cli, gconstpointer data)
{
  g_autofree char *path = cli_path (cli, "会议.xlsx");
  g_autoptr (CliRun) run = NULL;
  Driver *driver;

  cli_create (cli);
  driver = driver_start (cli->database, "王芳");
  driver_key_to_page (driver, "ctrl+8", "台账");
  driver_type_named (driver, ATSPI_ROLE_ENTRY, "找台账", "hy");
  driver_wait_gone (driver, ATSPI_ROLE_LIST_ITEM, "印章 · 空");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "会议：空白填报表");
  driver_save_file (driver, path, "保存");
  wait_for (driver, path);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "会议：收藏");
  g_object_unref (driver_find (driver, ATSPI_ROLE_PUSH_BUTTON, "会议：取消收藏"));
  driver_key (driver, "ctrl+f");
  driver_key (driver, "Delete");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "收藏"));
  driver_stop (driver);
  /* Nothing in it yet: an import reads the heads and adds nothing. */
  run = cli_run (cli, "import", "meeting", path, NULL);
  cli_expect (run, 0);
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/registers/shelf", test_shelf);
  cli_add ("/path/registers/blank", test_blank);
  return g_test_run ();
}
