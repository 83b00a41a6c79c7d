/* Work done is logged in three presses: the item, how long, done. */
#include "../cli/cli-fixture.h"
#include "driver.h"

static void
import_one (Cli *cli, const char *reg, const char *text)
{
  g_autofree char *path = cli_write (cli, "一行.csv", text);
  g_autoptr (CliRun) run = cli_run (cli, "import", reg, path, NULL);

  cli_expect (run, 0);
}

static void
log_work (Driver *driver)
{
  g_autoptr (AtspiAccessible) item = NULL;

  driver_key_to_page (driver, "ctrl+3", "工时");
  /* Only looking for an item that was never used takes more than a press. */
  driver_type_named (driver, ATSPI_ROLE_ENTRY, "查找工作事项", "走访");
  item = driver_find (driver, ATSPI_ROLE_LIST_ITEM, "入户走访");
  driver_click (driver, item);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "2小时");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "登记");
}

static void
test_log (Cli *cli, gconstpointer data)
{
  g_autoptr (AtspiAccessible) sum = NULL;
  g_autoptr (CliRun) run = NULL;
  JsonObject *fields;
  Driver *driver;

  cli_create (cli);
  import_one (cli, "staff", "姓名,职务\n王芳,社区工作者\n");
  import_one (cli, "work_item", "事项名称,清单类别\n入户走访,依法协助政府工作事项\n");
  driver = driver_start (cli->database, "王芳");
  log_work (driver);
  sum = driver_find (driver, ATSPI_ROLE_LABEL, "2.0小时");
  driver_stop (driver);

  run = cli_run (cli, "--json", "show", "work_entry", "1", NULL);
  cli_expect (run, 0);
  fields = json_object_get_object_member (cli_run_get (run, 0), "fields");
  g_assert_cmpint (json_object_get_int_member (fields, "minutes"), ==, 120);
  g_assert_cmpint (json_object_get_int_member (fields, "item"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (fields, "staff"), ==, 1);
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/work/log", test_log);
  return g_test_run ();
}
