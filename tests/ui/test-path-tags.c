/* A resident is entered in a key group and taken out again; a restricted one is not shown by name. */
#include "../cli/cli-fixture.h"
#include "driver.h"

#include <string.h>

static void
import_residents (Cli *cli)
{
  g_autofree char *path = cli_write_residents (cli);
  g_autoptr (CliRun) run = NULL;

  cli_create (cli);
  run = cli_run (cli, "import", "resident", path, NULL);
  cli_expect (run, 0);
}

static void
open_resident (Driver *driver, const char *initials, const char *name)
{
  driver_open_found (driver, initials, name, "居民");
}

static void
add_tag (Driver *driver, const char *typed, const char *name, const char *other)
{
  g_autofree char *chosen = g_strconcat ("重点人群类别 ", name, NULL);

  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "重点人群(_G) 重点人群(G)");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "重点人群类别 未填");
  driver_type_named (driver, ATSPI_ROLE_ENTRY, "重点人群类别", typed);
  driver_wait_gone (driver, ATSPI_ROLE_LIST_ITEM, other);
  g_object_unref (driver_find (driver, ATSPI_ROLE_LIST_ITEM, name));
  driver_key (driver, "Return");
  g_object_unref (driver_find (driver, ATSPI_ROLE_PUSH_BUTTON, chosen));
  driver_key (driver, "ctrl+s");
  driver_wait_gone (driver, ATSPI_ROLE_PUSH_BUTTON, chosen);
}

/* Without a purpose the dialog does not go on. */
static void
look_for_purpose (Driver *driver)
{
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "说明事由查看…(_S) 说明事由查看…(S)");
  driver_type_named (driver, ATSPI_ROLE_TEXT, "理由", "anzhi bangjiao");
  driver_key (driver, "Return");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "已按所填事由显示，本次查看已记入修改记录"));
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "刑满释放人员"));
}

/* The log says that a key group was entered or ended, not which: its number would tell a restricted one. */
static void
check_hidden (const CliRun *all)
{
  guint n_ended = 0, n_named = 0;

  for (guint i = 0; i < all->objects->len; i++)
    {
      JsonObject *changes = json_object_get_object_member (all->objects->pdata[i], "changes");

      n_ended += json_object_has_member (changes, "ended_on") && !json_object_has_member (changes, "tag");
      if (!json_object_has_member (changes, "tag"))
        continue;
      g_assert_cmpstr (json_object_get_string_member (changes, "tag"), ==, "***");
      n_named++;
    }
  g_assert_cmpuint (n_ended, ==, 2);
  g_assert_cmpuint (n_named, ==, 2);
}

static void
test_add_and_end (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) all = NULL;
  g_autoptr (CliRun) listed = NULL;
  g_autoptr (CliRun) views = NULL;
  g_autofree char *path = cli_path (cli, "登记.csv");
  g_autofree char *exported = NULL;
  Driver *driver;

  import_residents (cli);
  driver = driver_start (cli->database, "王芳");
  open_resident (driver, "wjg", "王建国");
  add_tag (driver, "djlr", "独居老人", "孕产妇");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LIST_ITEM, "独居老人"));
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "结束");
  driver_wait_gone (driver, ATSPI_ROLE_PUSH_BUTTON, "结束");
  add_tag (driver, "xingman", "刑满释放人员", "孕产妇");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "受限：1 项，不显示内容"));
  look_for_purpose (driver);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "结束");
  driver_wait_gone (driver, ATSPI_ROLE_PUSH_BUTTON, "结束");
  driver_stop (driver);

  /* Both are stored; what leaves the office holds the open one alone. */
  all = cli_run (cli, "--json", "audit", "--register=resident_tag", "--limit=9", NULL);
  cli_expect (all, 0);
  g_assert_cmpuint (all->objects->len, ==, 4);
  check_hidden (all);
  views = cli_run (cli, "--json", "audit", "--action=view", NULL);
  cli_expect (views, 0);
  g_assert_cmpuint (views->objects->len, ==, 1);
  g_assert_cmpstr (json_object_get_string_member (views->objects->pdata[0], "reason"), ==, "anzhi bangjiao");
  listed = cli_run (cli, "export", "resident_tag", path, NULL);
  cli_expect (listed, 0);
  g_assert_true (g_file_get_contents (path, &exported, NULL, NULL));
  g_assert_nonnull (strstr (exported, "独居老人"));
  g_assert_null (strstr (exported, "刑满释放人员"));
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/tags/add-and-end", test_add_and_end);
  return g_test_run ();
}
