/* A list is narrowed, kept under a name and taken out again another day; what is selected in it is entered in
 * a group, and taken out by one key; it is counted, as a picture and in numbers.
 */
#include "../cli/cli-fixture.h"
#include "driver.h"

#include <string.h>

#define WANG "王建国，性别 男性，年龄（岁） 36，家庭户 幸福小区3号楼2单元501"

static void
import_residents (Cli *cli)
{
  g_autofree char *path = cli_write_residents (cli);
  g_autoptr (CliRun) run = NULL;

  cli_create (cli);
  run = cli_run (cli, "import", "resident", path, NULL);
  cli_expect (run, 0);
}

static Driver *
start (Cli *cli)
{
  Driver *driver = driver_start (cli->database, "王芳");

  driver_key_to_page (driver, "ctrl+2", "居民");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "4 人"));
  return driver;
}

/* The number of lines of a register as it leaves the office, without the head. */
static guint
count_exported (Cli *cli, const char *name)
{
  g_autofree char *path = cli_path (cli, "清单.csv");
  g_autofree char *text = NULL;
  g_autoptr (CliRun) run = cli_run (cli, "export", name, path, NULL);
  g_auto (GStrv) lines = NULL;

  cli_expect (run, 0);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  return g_strv_length (lines) - 1;
}

static void
choose (Driver *driver, const char *entry, const char *typed, const char *choice, const char *other)
{
  driver_type_named (driver, ATSPI_ROLE_ENTRY, entry, typed);
  driver_wait_gone (driver, ATSPI_ROLE_LIST_ITEM, other);
  g_object_unref (driver_find (driver, ATSPI_ROLE_LIST_ITEM, choice));
  driver_key (driver, "Return");
}

static void
test_save (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) run = NULL;
  g_autoptr (AtspiAccessible) lists = NULL;
  JsonObject *fields;
  Driver *driver;

  import_residents (cli);
  driver = start (cli);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "与户主关系");
  choose (driver, "与户主关系", "户主", "户主", "本人");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "2 人"));
  g_object_unref (driver_find (driver, ATSPI_ROLE_PUSH_BUTTON, "与户主关系：户主"));
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "把当前筛选保存为名单");
  driver_type_named (driver, ATSPI_ROLE_TEXT, "名单名称", "各户户主");
  driver_key (driver, "Return");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "名单已保存"));
  driver_stop (driver);
  run = cli_run (cli, "--json", "show", "saved_list", "1", NULL);
  cli_expect (run, 0);
  fields = json_object_get_object_member (cli_run_get (run, 0), "fields");
  g_assert_cmpstr (json_object_get_string_member (fields, "name"), ==, "各户户主");

  /* Another day it is one of the lists of residents. */
  driver = start (cli);
  lists = driver_find (driver, ATSPI_ROLE_COMBO_BOX, "显示哪些记录");
  g_object_unref (driver_find_below (driver, lists, ATSPI_ROLE_LABEL, "全部居民"));
  driver_press (driver, lists);
  g_object_unref (driver_find_below (driver, lists, ATSPI_ROLE_LABEL, "各户户主"));
  driver_key (driver, "End");
  driver_key (driver, "Return");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "2 人"));
  g_object_unref (driver_find_record (driver, driver_get_root (driver), "王建国"));
  g_object_unref (driver_find_record (driver, driver_get_root (driver), "张晓明"));
  driver_stop (driver);
}

static void
test_tag (Cli *cli, gconstpointer data)
{
  Driver *driver;

  import_residents (cli);
  driver = start (cli);
  /* From the search down into the list, and two rows with the arrow. */
  driver_key (driver, "ctrl+f");
  driver_key (driver, "Down");
  driver_key (driver, "shift+Down");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "4 人 · 已选 2"));
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "已选中多条记录"));
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "批量处理");
  choose (driver, "对选中的记录做什么", "登记", "登记：重点人群类别", "结束：重点人群类别");
  choose (driver, "选择内容", "djlr", "独居老人", "孕产妇");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "已修改 2 条"));
  g_object_unref (driver_find_record (driver, driver_get_root (driver), WANG "，重点人群 独居老人"));
  driver_key (driver, "ctrl+z");
  driver_wait_gone (driver, ATSPI_ROLE_LABEL, "已修改 2 条");
  g_object_unref (driver_find_record (driver, driver_get_root (driver), WANG "，与户主关系 户主"));
  driver_stop (driver);
  g_assert_cmpuint (count_exported (cli, "resident_tag"), ==, 0);
}

static void
test_count (Cli *cli, gconstpointer data)
{
  static const char *const cells[] = { "35–39", "2", "1", "3" };
  g_autofree char *path = cli_path (cli, "统计.csv");
  g_autofree char *written = NULL;
  g_autoptr (AtspiAccessible) window = NULL;
  g_autoptr (AtspiAccessible) table = NULL;
  Driver *driver;

  import_residents (cli);
  driver = start (cli);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "统计");
  window = driver_find (driver, ATSPI_ROLE_FRAME, "统计");
  g_object_unref (driver_find_below (driver, window, ATSPI_ROLE_IMAGE, "居民：按年龄和性别统计"));
  g_object_unref (driver_find_below (driver, window, ATSPI_ROLE_LABEL, "共 4 人，其中 0 人年龄或性别不明"));
  driver_press_named (driver, ATSPI_ROLE_PAGE_TAB, "表");
  table = driver_find_below (driver, window, ATSPI_ROLE_PANEL, "居民：按年龄和性别统计");
  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    g_object_unref (driver_find_below (driver, table, ATSPI_ROLE_LABEL, cells[i]));
  /* The same numbers go into a file. */
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "保存");
  driver_save_file (driver, path, "保存");
  g_object_unref (driver_find_below (driver, window, ATSPI_ROLE_LABEL, "已写出“统计.csv”"));
  driver_key (driver, "Escape");
  driver_wait_gone (driver, ATSPI_ROLE_FRAME, "统计");
  driver_stop (driver);
  g_assert_true (g_file_get_contents (path, &written, NULL, NULL));
  g_assert_nonnull (strstr (written, "35–39,2,1,3"));
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/lists/save", test_save);
  cli_add ("/path/lists/tag", test_tag);
  cli_add ("/path/lists/count", test_count);
  return g_test_run ();
}
