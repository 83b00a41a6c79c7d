/* The program is killed while something is typed; at the next start the words are there. */
#include "../cli/cli-fixture.h"
#include "driver.h"

#define NAME "欧阳未保存"
#define HALF_A_NUMBER "11010119"

static void
add (Cli *cli)
{
  g_autofree char *path = cli_write_residents (cli);
  g_autoptr (CliRun) run = NULL;

  cli_create (cli);
  run = cli_run (cli, "import", "resident", path, NULL);
  cli_expect (run, 0);
}

static void
expect_typed (Driver *driver, const char *field, const char *words)
{
  g_autoptr (AtspiAccessible) entry = driver_find (driver, ATSPI_ROLE_TEXT, field);
  g_autofree char *read = driver_read (entry);

  g_assert_cmpstr (read, ==, words);
}

static void
test_killed (Cli *cli, gconstpointer data)
{
  Driver *driver;

  add (cli);
  driver = driver_start (cli->database, "王芳");
  driver_key_to_page (driver, "ctrl+2", "居民");
  driver_act (driver, "win.new");
  driver_type_named (driver, ATSPI_ROLE_TEXT, "姓名 *", NAME);
  driver_type_named (driver, ATSPI_ROLE_TEXT, "公民身份号码", HALF_A_NUMBER);
  g_usleep (2 * G_USEC_PER_SEC);
  driver_kill (driver);

  driver = driver_start (cli->database, "王芳");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "继续填写");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "填回");
  driver_wait_gone (driver, ATSPI_ROLE_PUSH_BUTTON, "填回");
  expect_typed (driver, "姓名 *", NAME);
  expect_typed (driver, "公民身份号码", HALF_A_NUMBER);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "取消");
  driver_answer (driver, NULL, "放弃");
  driver_wait_gone (driver, ATSPI_ROLE_TEXT, "姓名 *");
  driver_stop (driver);

  /* Cancelled: nothing is left to be offered. */
  driver = driver_start (cli->database, "王芳");
  driver_key_to_page (driver, "ctrl+2", "居民");
  driver_act (driver, "win.new");
  g_object_unref (driver_find (driver, ATSPI_ROLE_TEXT, "姓名 *"));
  driver_expect_none (driver, ATSPI_ROLE_PUSH_BUTTON, "继续填写");
  driver_stop (driver);
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/draft/killed", test_killed);
  return g_test_run ();
}
