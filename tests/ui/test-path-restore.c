/* The way back: a backup in the place of the database, and what can be read of a damaged one. */
#include <string.h>

#include "../cli/cli-fixture.h"
#include "driver.h"

static void
add (Cli *cli, const char *name)
{
  g_autofree char *text = g_strdup_printf ("姓名,出生日期\n%s,1990-01-01\n", name);
  g_autofree char *path = cli_write (cli, "one.csv", text);
  g_autoptr (CliRun) run = cli_run (cli, "import", "resident", path, NULL);

  cli_expect (run, 0);
}

static gint64
count_residents (Cli *cli)
{
  g_autoptr (CliRun) run = cli_run (cli, "--json", "find", "王", "--in=resident", "--limit=0", NULL);

  cli_expect (run, 0);
  return run->objects->len;
}

/* Two residents, a backup, and a third one. */
static char *
make_backup (Cli *cli)
{
  g_autofree char *path = cli_path (cli, "民生.shequ-backup");
  g_autoptr (CliRun) run = NULL;

  cli_create (cli);
  add (cli, "王建国");
  add (cli, "王秀英");
  run = cli_run (cli, "backup", path, NULL);
  cli_expect (run, 0);
  add (cli, "王晓明");
  return g_steal_pointer (&path);
}

/* From the dialog on: the file, the check, what would be another, and the deed. */
static void
restore (Driver *driver, const char *backup)
{
  g_autoptr (AtspiAccessible) perform = NULL;

  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "其他文件…");
  driver_choose_file (driver, backup);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "核对");
  perform = driver_find (driver, ATSPI_ROLE_PUSH_BUTTON, "恢复");
  driver_wait_sensitive (driver, perform);
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL,
                               "备份完好。现有记录数 → 恢复后：\n居民: 3 → "
                               "2\n现在的数据库会改名保留。备份之后办理的事项需要重新录入。"));
  driver_press (driver, perform);
  /* The name of the office goes with it and comes back. */
  driver_wait_gone (driver, ATSPI_ROLE_FRAME, "恢复备份");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "幸福社区"));
}

static void
expect_kept (Cli *cli)
{
  g_autofree char *folder_path = g_path_get_dirname (cli->database);
  g_autoptr (GDir) folder = g_dir_open (folder_path, 0, NULL);
  const char *name;
  guint n_kept = 0;

  while ((name = g_dir_read_name (folder)) != NULL)
    n_kept += strstr (name, ".replaced-") != NULL && !g_str_has_suffix (name, "-wal") &&
              !g_str_has_suffix (name, "-shm");
  g_assert_cmpuint (n_kept, ==, 1);
}

static void
test_preferences (Cli *cli, gconstpointer data)
{
  g_autofree char *backup = make_backup (cli);
  g_autoptr (CliRun) log = NULL;
  Driver *driver = driver_start (cli->database, "王芳");

  driver_key_to_page (driver, "ctrl+comma", "设置");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "恢复备份…");
  restore (driver, backup);
  driver_stop (driver);
  g_assert_cmpint (count_residents (cli), ==, 2);
  expect_kept (cli);
  log = cli_run (cli, "--json", "audit", "--limit=1", NULL);
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (log, 0), "action"), ==, "restore-backup");
}

static void
test_damaged (Cli *cli, gconstpointer data)
{
  g_autofree char *backup = make_backup (cli);
  g_autofree char *bytes = NULL;
  g_autofree char *now = NULL;
  g_autoptr (AtspiAccessible) list = NULL;
  gsize length, length_now;
  Driver *driver;

  g_assert_true (g_file_get_contents (cli->database, &bytes, &length, NULL));
  memset (bytes, 0xaa, 90);
  g_assert_true (g_file_set_contents (cli->database, bytes, (gssize) length, NULL));
  driver = driver_start (cli->database, "王芳");
  g_object_unref (
    driver_find (driver, ATSPI_ROLE_LABEL,
                 "数据库已损坏。这里显示可读的内容，可以查询、打印和导出，但不能修改。损坏的文件保持原样。\n"
                 "全部记录都可读；损坏的部分不含记录。"));
  g_object_unref (driver_find (driver, ATSPI_ROLE_PUSH_BUTTON, "另存可读的内容…"));
  driver_key_to_page (driver, "ctrl+2", "居民");
  list = driver_find (driver, ATSPI_ROLE_LIST, "居民");
  g_object_unref (driver_find_record (driver, list, "王晓明"));
  g_assert_true (g_file_get_contents (cli->database, &now, &length_now, NULL));
  g_assert_cmpmem (now, length_now, bytes, length);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "恢复备份…");
  restore (driver, backup);
  driver_wait_gone (driver, ATSPI_ROLE_PUSH_BUTTON, "另存可读的内容…");
  driver_stop (driver);
  g_assert_cmpint (count_residents (cli), ==, 2);
  expect_kept (cli);
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/restore/preferences", test_preferences);
  cli_add ("/path/restore/damaged", test_damaged);
  return g_test_run ();
}
