/* A visit is logged in a few keys, the file of the household shows it, and a survey round is gone through. */
#include "../cli/cli-fixture.h"
#include "driver.h"

#include <string.h>

/* A visit may take as many keys (budget J6). */
#define MOST_KEYS 5

static void
import_one (Cli *cli, const char *reg, const char *text)
{
  g_autofree char *path = cli_write (cli, "几行.csv", text);
  g_autoptr (CliRun) run = cli_run (cli, "import", reg, path, NULL);

  cli_expect (run, 0);
}

static void
update_one (Cli *cli, const char *reg, const char *text)
{
  g_autofree char *path = cli_write (cli, "几行.csv", text);
  g_autoptr (CliRun) run = cli_run (cli, "import", reg, path, "--on-duplicate=update", NULL);

  cli_expect (run, 0);
}

/* Two households in one building of a grid; one resident is to be seen weekly. */
static void
fill_office (Cli *cli)
{
  g_autofree char *path = cli_write_residents (cli);
  g_autoptr (CliRun) run = NULL;

  cli_create (cli);
  run = cli_run (cli, "import", "resident", path, NULL);
  cli_expect (run, 0);
  import_one (cli, "staff", "姓名,职务\n王芳,社区工作者\n");
  import_one (cli, "visit_plan", "联系居民,走访间隔,开始日期,联系原因\n王建国,7,2026-01-01,生活困难\n");
}

static JsonObject *
read_fields (CliRun *run)
{
  cli_expect (run, 0);
  return json_object_get_object_member (cli_run_get (run, 0), "fields");
}

/* From the resident on screen: Ctrl+L, 3 for “to be followed up”, Enter. */
static void
test_visit (Cli *cli, gconstpointer data)
{
  static const char *const keys[] = { "ctrl+l", "3", "Return" };
  g_autoptr (CliRun) run = NULL;
  JsonObject *fields;
  Driver *driver;

  fill_office (cli);
  driver = driver_start (cli->database, "王芳");
  driver_open_found (driver, "wjg", "王建国", "居民");
  g_object_unref (driver_find (driver, ATSPI_ROLE_PUSH_BUTTON, "记走访"));
  g_assert_cmpuint (G_N_ELEMENTS (keys), <=, MOST_KEYS);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      driver_key (driver, keys[i]);
      if (i == 0)
        g_object_unref (driver_find (driver, ATSPI_ROLE_PANEL, "走访结果"));
    }
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "已记走访：王建国"));
  driver_stop (driver);

  run = cli_run (cli, "--json", "show", "visit", "1", NULL);
  fields = read_fields (run);
  g_assert_cmpint (json_object_get_int_member (fields, "resident"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (fields, "household"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (fields, "staff"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (fields, "result"), ==, "follow_up");
  g_assert_nonnull (json_object_get_string_member (fields, "follow_up_on"));
}

/* Who is due stands on the page of visits; the file opens by Enter and shows what was logged. */
static void
test_due (Cli *cli, gconstpointer data)
{
  g_autofree char *saved = cli_path (cli, "民情档案.pdf");
  g_autofree char *text = NULL;
  g_autoptr (AtspiAccessible) list = NULL;
  Driver *driver;

  fill_office (cli);
  driver = driver_start (cli->database, "王芳");
  driver_key_to_page (driver, "ctrl+9", "走访");
  list = driver_find (driver, ATSPI_ROLE_LIST, "应访名单，逾期最久的在前");
  g_object_unref (driver_find_below (driver, list, ATSPI_ROLE_PUSH_BUTTON, "记走访：王建国"));
  driver_key (driver, "Return");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "家庭成员 (2)"));
  driver_key (driver, "ctrl+l");
  g_object_unref (driver_find (driver, ATSPI_ROLE_PANEL, "走访结果"));
  driver_key (driver, "1");
  driver_key (driver, "Return");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "走访记录 (1)"));
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "存为 PDF");
  driver_save_file (driver, saved, "保存");
  driver_wait_file (driver, saved);
  driver_stop (driver);

  text = driver_read_pdf (saved);
  g_assert_nonnull (strstr (text, "王建国"));
  g_assert_nonnull (strstr (text, "李秀英"));
  g_assert_nonnull (strstr (text, "一切正常"));
  g_assert_null (strstr (text, "110101199003074530"));
}

static void
give_grid (Cli *cli)
{
  import_one (cli, "grid", "网格名称,网格代码\n第一网格,G01\n");
  update_one (cli, "building", "小区,楼栋,网格\n幸福小区,3号楼,第一网格\n");
}

static void
expect_line (Cli *cli, const char *key, const char *state)
{
  g_autoptr (CliRun) run = cli_run (cli, "--json", "show", "survey_line", key, NULL);
  JsonObject *fields = read_fields (run);

  g_assert_cmpstr (json_object_get_string_member (fields, "state"), ==, state);
  g_assert_cmpstr (json_object_get_string_member (fields, "done_by"), ==, "王芳");
  g_assert_cmpstr (json_object_get_string_member (fields, "signed_by"), ==, "王芳");
}

/* Unchanged is one key; of a changed household only the change is typed; then the grid is signed off. */
static void
test_survey (Cli *cli, gconstpointer data)
{
  g_autofree char *day = driver_get_today ();
  g_autofree char *same = g_strdup_printf ("无变化 · %s · 王芳", day);
  g_autofree char *changed = g_strdup_printf ("有变化 · %s · 王芳", day);
  g_autoptr (AtspiAccessible) grid = NULL;
  g_autoptr (AtspiAccessible) line = NULL;
  g_autoptr (AtspiAccessible) member = NULL;
  g_autoptr (CliRun) found = NULL;
  Driver *driver;

  fill_office (cli);
  give_grid (cli);
  driver = driver_start (cli->database, "王芳");
  driver_key_to_page (driver, "ctrl+9", "走访");
  driver_press_named (driver, ATSPI_ROLE_PAGE_TAB, "摸底调查");
  driver_act (driver, "win.new");
  driver_type_named (driver, ATSPI_ROLE_TEXT, "调查名称 *", "人口摸底");
  grid = driver_find (driver, ATSPI_ROLE_CHECK_BOX, "第一网格");
  driver_click (driver, grid);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "生成名单");

  line = driver_find (driver, ATSPI_ROLE_LIST_ITEM, "幸福小区3号楼2单元501");
  driver_click (driver, line);
  driver_key (driver, "1");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, same));
  driver_key (driver, "2");
  member = driver_find (driver, ATSPI_ROLE_LIST_ITEM, "张晓明");
  driver_click (driver, member);
  driver_type_named (driver, ATSPI_ROLE_TEXT, "联系电话", "13912345678");
  driver_key (driver, "ctrl+s");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, changed));
  driver_key (driver, "Escape");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "审签");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "已审签，名单已锁定"));
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "重新打开");
  driver_answer (driver, "漏了一户", "重新打开");
  driver_wait_gone (driver, ATSPI_ROLE_PUSH_BUTTON, "重新打开");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "审签");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "已审签，名单已锁定"));
  driver_stop (driver);

  expect_line (cli, "1", "same");
  expect_line (cli, "2", "changed");
  found = cli_run (cli, "--json", "find", "5678", "--in=resident", NULL);
  cli_expect (found, 0);
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (found, 0), "title"), ==, "张晓明");
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/care/visit", test_visit);
  cli_add ("/path/care/due", test_due);
  cli_add ("/path/care/survey", test_survey);
  return g_test_run ();
}
