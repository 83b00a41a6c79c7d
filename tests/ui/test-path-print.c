/* Any record goes on paper with cover and inventory, any list as a ledger: Ctrl+P, a choice, saved as PDF. */
#include "../cli/cli-fixture.h"
#include "driver.h"

#include <string.h>

static Driver *
start_at_resident (Cli *cli)
{
  g_autofree char *path = cli_write_residents (cli);
  g_autoptr (CliRun) run = NULL;
  Driver *driver;

  cli_create (cli);
  run = cli_run (cli, "import", "resident", path, NULL);
  cli_expect (run, 0);
  driver = driver_start (cli->database, "王芳");
  driver_open_found (driver, "wjg", "王建国", "居民");
  return driver;
}

/* The choice is one of two, and what is chosen is shown before it is printed or saved. */
static char *
save_as (Cli *cli, Driver *driver, const char *choice)
{
  g_autofree char *saved = cli_path (cli, "打印.pdf");

  driver_key (driver, "ctrl+p");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, choice);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "存为PDF");
  driver_save_file (driver, saved, "保存");
  driver_wait_file (driver, saved);
  driver_key (driver, "Escape");
  driver_wait_gone (driver, ATSPI_ROLE_PUSH_BUTTON, "存为PDF");
  return driver_read_pdf (saved);
}

static void
test_record (Cli *cli, gconstpointer data)
{
  Driver *driver = start_at_resident (cli);
  g_autofree char *text = save_as (cli, driver, "这条记录");
  g_autoptr (CliRun) log = NULL;

  driver_stop (driver);
  g_assert_nonnull (strstr (text, "保管期限"));
  g_assert_nonnull (strstr (text, "卷内目录"));
  g_assert_nonnull (strstr (text, "王建国"));
  /* The number is covered on paper, too. */
  g_assert_null (strstr (text, "110101199003074530"));
  log = cli_run (cli, "--json", "audit", "--register=resident", "--limit=1", NULL);
  cli_expect (log, 0);
  g_assert_nonnull (strstr (log->output, "打印记录"));
}

static void
test_list (Cli *cli, gconstpointer data)
{
  Driver *driver = start_at_resident (cli);
  g_autofree char *text = save_as (cli, driver, "整个名单");

  driver_stop (driver);
  g_assert_nonnull (strstr (text, "全部居民"));
  g_assert_nonnull (strstr (text, "王建国"));
  g_assert_nonnull (strstr (text, "李秀英"));
  g_assert_null (strstr (text, "110101199003074530"));
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/print/record", test_record);
  cli_add ("/path/print/list", test_list);
  return g_test_run ();
}
