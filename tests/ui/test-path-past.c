/* Who lived with whom on a past day: the list, the record and its panels as of that day, and the way back. */
#include "../cli/cli-fixture.h"
#include "driver.h"

static void
prepare (Cli *cli)
{
  g_autofree char *path = cli_write_residents (cli);
  g_autoptr (CliRun) residents = NULL;
  g_autoptr (CliRun) split = NULL;
  g_autofree char *today = driver_get_today ();
  g_autofree char *day = g_strconcat ("--day=", today, NULL);

  cli_create (cli);
  residents = cli_run (cli, "import", "resident", path, NULL);
  cli_expect (residents, 0);
  split = cli_run (cli, "event", "split", "2", "--address=幸福小区9号楼1单元101", day, NULL);
  cli_expect (split, 0);
}

/* Lived with until the last day of the month before; found there on that day alone. */
static void
expect_wife (Driver *driver, gboolean expected)
{
  AtspiAccessible *list = driver_find (driver, ATSPI_ROLE_LIST, "同户人员");

  g_object_unref (driver_find_below (driver, list, ATSPI_ROLE_LIST_ITEM, "王建国"));
  if (expected)
    {
      g_object_unref (driver_find_below (driver, list, ATSPI_ROLE_LIST_ITEM, "李秀英"));
    }
  else
    {
      g_autoptr (AtspiAccessible) wife = driver_seek (list, ATSPI_ROLE_LIST_ITEM, "李秀英");

      g_assert_null (wife);
    }
  g_object_unref (list);
}

/* The button with a menu has the one that is pressed in it. */
static void
open_days (Driver *driver)
{
  g_autoptr (AtspiAccessible) around = driver_find (driver, ATSPI_ROLE_PUSH_BUTTON, "截至日期");
  g_autoptr (AtspiAccessible) button = driver_find_below (driver, around, ATSPI_ROLE_PUSH_BUTTON, "截至日期");

  driver_press (driver, button);
}

/* The last day of the month before, as the window writes it. */
static char *
get_month_end (void)
{
  g_autofree char *today = driver_get_today ();
  GDate date;
  char text[16];

  g_date_clear (&date, 1);
  g_date_set_parse (&date, today);
  g_assert_true (g_date_valid (&date));
  g_date_subtract_days (&date, g_date_get_day (&date));
  g_date_strftime (text, sizeof text, "%Y-%m-%d", &date);
  return g_strdup (text);
}

static void
test_household (Cli *cli, gconstpointer data)
{
  g_autofree char *day = get_month_end ();
  g_autofree char *hint = g_strdup_printf ("搜索今天的登记，不是 %s 的", day);
  Driver *driver;

  prepare (cli);
  driver = driver_start (cli->database, "王芳");
  driver_open_found (driver, "wjg", "王建国", "居民");
  expect_wife (driver, FALSE);
  open_days (driver);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "上月月底(_M) 上月月底(M)");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "只能查看，不能修改"));
  expect_wife (driver, TRUE);

  /* Everything is searched as it is today: it says so, and what is chosen leads back to today. */
  driver_key (driver, "ctrl+k");
  driver_type_named (driver, ATSPI_ROLE_ENTRY, "全局搜索", "zxm");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, hint));
  driver_key (driver, "Escape");
  driver_open_found (driver, "zxm", "张晓明", "居民");
  driver_wait_gone (driver, ATSPI_ROLE_LABEL, "只能查看，不能修改");
  driver_open_found (driver, "wjg", "王建国", "居民");
  expect_wife (driver, FALSE);
  driver_stop (driver);
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/past/household", test_household);
  return g_test_run ();
}
