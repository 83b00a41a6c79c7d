/* A volunteer is put on a shift; one who already serves at that hour is not. */
#include "../cli/cli-fixture.h"
#include "driver.h"

static void
import_one (Cli *cli, const char *reg, const char *text)
{
  g_autofree char *path = cli_write (cli, "几行.csv", text);
  g_autoptr (CliRun) run = cli_run (cli, "import", reg, path, NULL);

  cli_expect (run, 0);
}

/* Two shifts of today that overlap, and two who could come. */
static void
plan_day (Cli *cli)
{
  g_autofree char *day = driver_get_today ();
  g_autofree char *shifts = g_strdup_printf ("服务内容,日期,开始时间,结束时间,地点,需要人数\n"
                                             "助餐送餐,%s,10:30,12:30,为老服务站,2\n"
                                             "文明劝导,%s,12:00,13:30,东门,1\n",
                                             day, day);

  cli_create (cli);
  import_one (cli, "volunteer", "姓名,电话\n赵志愿,13800138001\n钱志愿,13800138002\n");
  import_one (cli, "shift", shifts);
}

static void
choose (Driver *driver, const char *name)
{
  g_autoptr (AtspiAccessible) item = driver_find (driver, ATSPI_ROLE_LIST_ITEM, name);

  driver_click (driver, item);
}

static void
choose_candidate (Driver *driver, const char *name)
{
  g_autoptr (AtspiAccessible) list = driver_find (driver, ATSPI_ROLE_LIST, "可安排的人");
  g_autoptr (AtspiAccessible) item = driver_find_below (driver, list, ATSPI_ROLE_LIST_ITEM, name);

  driver_click (driver, item);
}

static void
expect_assignment (Cli *cli, const char *key, int shift, int volunteer)
{
  g_autoptr (CliRun) run = cli_run (cli, "--json", "show", "assignment", key, NULL);
  JsonObject *fields;

  cli_expect (run, 0);
  fields = json_object_get_object_member (cli_run_get (run, 0), "fields");
  g_assert_cmpint (json_object_get_int_member (fields, "shift"), ==, shift);
  g_assert_cmpint (json_object_get_int_member (fields, "volunteer"), ==, volunteer);
}

static void
expect_no_assignment (Cli *cli, const char *key)
{
  g_autoptr (CliRun) run = cli_run (cli, "show", "assignment", key, NULL);

  g_assert_cmpint (run->status, !=, 0);
}

static void
test_assign (Cli *cli, gconstpointer data)
{
  g_autofree char *day = driver_get_today ();
  g_autofree char *clash = g_strdup_printf ("该时段已排班：助餐送餐，%s 10:30–12:30", day);
  Driver *driver;

  plan_day (cli);
  driver = driver_start (cli->database, "王芳");
  driver_key_to_page (driver, "ctrl+7", "志愿");
  choose (driver, "助餐送餐 · 10:30–12:30 · 0/2 · 缺 2 人");
  choose_candidate (driver, "赵志愿");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LIST_ITEM, "助餐送餐 · 10:30–12:30 · 1/2 · 缺 1 人"));

  choose (driver, "文明劝导 · 12:00–13:30 · 0/1 · 缺 1 人");
  choose_candidate (driver, "赵志愿");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, clash));
  choose_candidate (driver, "钱志愿");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LIST_ITEM, "文明劝导 · 12:00–13:30 · 1/1 · 已满"));
  driver_stop (driver);

  /* The click on the one who serves elsewhere left nothing behind. */
  expect_assignment (cli, "1", 1, 1);
  expect_assignment (cli, "2", 2, 2);
  expect_no_assignment (cli, "3");
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/volunteers/assign", test_assign);
  return g_test_run ();
}
