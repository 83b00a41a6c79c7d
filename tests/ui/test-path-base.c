/* From a figure of the base data down to the very people who are counted in it. */
#include "../cli/cli-fixture.h"
#include "driver.h"

/* Two live here; one is registered here and lives elsewhere. */
static void
import_residents (Cli *cli)
{
  g_autofree char *path = cli_write (cli, "居民.csv",
                                     "户号,姓名,与户主关系,公民身份号码,地址,户籍在本社区,居住在本社区\n"
                                     "001,王建国,户主,110101199003074530,幸福小区3号楼2单元501,是,是\n"
                                     "001,李秀英,配偶,110101199003070046,幸福小区3号楼2单元501,是,是\n"
                                     "002,张晓明,户主,110101194912310024,幸福小区3号楼2单元502,是,否\n");
  g_autoptr (CliRun) run = NULL;

  cli_create (cli);
  run = cli_run (cli, "import", "resident", path, NULL);
  cli_expect (run, 0);
}

static gboolean
has_state (AtspiAccessible *accessible, AtspiStateType state)
{
  g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (accessible);

  return atspi_state_set_contains (states, state);
}

/* By the keys a person without a mouse has. */
static void
walk_to (Driver *driver, AtspiAccessible *accessible, const char *key, guint most)
{
  for (guint i = 0; i < most && !has_state (accessible, ATSPI_STATE_FOCUSED); i++)
    driver_key (driver, key);
  if (!has_state (accessible, ATSPI_STATE_FOCUSED))
    driver_fail (driver, "%s does not lead there.", key);
}

static void
test_open (Cli *cli, gconstpointer data)
{
  g_autoptr (AtspiAccessible) page = NULL;
  g_autoptr (AtspiAccessible) first = NULL;
  g_autoptr (AtspiAccessible) figure = NULL;
  g_autoptr (AtspiAccessible) list = NULL;
  Driver *driver;

  import_residents (cli);
  driver = driver_start (cli->database, "王芳");
  page = driver_find (driver, ATSPI_ROLE_LIST_ITEM, "基础数据");
  driver_click (driver, page);
  first = driver_find (driver, ATSPI_ROLE_LIST_ITEM, "在册人口 3 人 在册人口");
  figure = driver_find (driver, ATSPI_ROLE_LIST_ITEM, "居住人口 2 人 居住人口");
  walk_to (driver, first, "Tab", 30);
  walk_to (driver, figure, "Down", 3);
  driver_key_to_page (driver, "Return", "居民");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "指定的记录"));
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "2 人"));
  list = driver_find (driver, ATSPI_ROLE_LIST, "居民");
  g_assert_cmpint (atspi_accessible_get_child_count (list, NULL), ==, 2);
  g_object_unref (driver_find_record (driver, list, "王建国"));
  g_object_unref (driver_find_record (driver, list, "李秀英"));
  driver_stop (driver);
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/base/open", test_open);
  return g_test_run ();
}
