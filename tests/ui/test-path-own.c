/* A book of one's own, from nothing to the first record in it, without leaving the program. */
#include "../cli/cli-fixture.h"
#include "driver.h"

static void
make_register (Driver *driver)
{
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "新建台账");
  driver_type_named (driver, ATSPI_ROLE_TEXT, "台账名称", "犬只登记");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "保存");
}

static void
add_field (Driver *driver)
{
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "犬只登记：添加字段");
  driver_type_named (driver, ATSPI_ROLE_TEXT, "字段名称", "犬证号");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "保存");
}

static void
test_own (Cli *cli, gconstpointer data)
{
  g_autoptr (AtspiAccessible) row = NULL;
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) check = NULL;
  JsonObject *fields;
  Driver *driver;

  cli_create (cli);
  driver = driver_start (cli->database, "王芳");
  driver_key_to_page (driver, "ctrl+8", "台账");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "自设台账与字段");
  make_register (driver);
  add_field (driver);
  row = driver_find (driver, ATSPI_ROLE_LABEL, "犬证号");
  driver_press_to_page (driver, "犬只登记：打开台账", "台账");
  driver_key (driver, "ctrl+n");
  driver_type_named (driver, ATSPI_ROLE_TEXT, "名称 *", "来福");
  driver_type_named (driver, ATSPI_ROLE_TEXT, "犬证号", "A-17");
  driver_key (driver, "ctrl+s");
  g_clear_object (&row);
  row = driver_find (driver, ATSPI_ROLE_LABEL, "A-17 犬证号");
  driver_stop (driver);

  run = cli_run (cli, "--json", "show", "own_quanzhidengji", "1", NULL);
  cli_expect (run, 0);
  fields = json_object_get_object_member (cli_run_get (run, 0), "fields");
  g_assert_cmpstr (json_object_get_string_member (fields, "name"), ==, "来福");
  g_assert_cmpstr (json_object_get_string_member (fields, "quanzhenghao"), ==, "A-17");
  check = cli_run (cli, "check", NULL);
  cli_expect (check, 0);
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/own", test_own);
  return g_test_run ();
}
