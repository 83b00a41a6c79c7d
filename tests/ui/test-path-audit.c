/* The change log by reports and words, a paper of it, and the paper for the person whose record it is. */
#include "../cli/cli-fixture.h"
#include "driver.h"

#include <string.h>

static void
import_and_look (Cli *cli)
{
  g_autofree char *path = cli_write_residents (cli);
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) look = NULL;

  cli_create (cli);
  run = cli_run (cli, "import", "resident", path, NULL);
  cli_expect (run, 0);
  look = cli_run (cli, "show", "resident", "1", "--unmask", "--purpose=核对低保名单", NULL);
  cli_expect (look, 0);
}

static char *
save (Cli *cli, Driver *driver)
{
  g_autofree char *saved = cli_path (cli, "打印.pdf");

  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "存为PDF");
  driver_save_file (driver, saved, "保存");
  driver_wait_file (driver, saved);
  driver_key (driver, "Escape");
  driver_wait_gone (driver, ATSPI_ROLE_PUSH_BUTTON, "存为PDF");
  return driver_read_pdf (saved);
}

static void
test_log (Cli *cli, gconstpointer data)
{
  g_autofree char *paper = NULL;
  Driver *driver;

  import_and_look (cli);
  driver = driver_start (cli->database, "王芳");
  driver_key_to_page (driver, "ctrl+0", "修改记录");
  driver_type_named (driver, ATSPI_ROLE_ENTRY, "人员、电脑或事由", "no-such-word");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "没有符合条件的修改记录。"));
  driver_type_named (driver, ATSPI_ROLE_ENTRY, "人员、电脑或事由", "核对低保");
  driver_wait_gone (driver, ATSPI_ROLE_LABEL, "没有符合条件的修改记录。");
  driver_key (driver, "ctrl+p");
  paper = save (cli, driver);
  g_assert_nonnull (strstr (paper, "核对低保名单"));
  driver_stop (driver);
}

static void
test_who_looked (Cli *cli, gconstpointer data)
{
  g_autofree char *file = cli_path (cli, "告知.pdf");
  g_autofree char *paper = NULL;
  g_autofree char *written = NULL;
  g_autoptr (CliRun) told = NULL;
  g_autoptr (CliRun) others = NULL;
  g_autoptr (CliRun) wrong = NULL;
  g_autoptr (CliRun) made = NULL;
  Driver *driver;

  import_and_look (cli);
  told = cli_run (cli, "--json", "audit", "--who-looked=1", NULL);
  cli_expect (told, 0);
  g_assert_cmpuint (told->objects->len, ==, 1);
  g_assert_nonnull (strstr (told->output, "核对低保名单"));
  others = cli_run (cli, "--json", "audit", "--who-looked=2", NULL);
  cli_expect (others, 0);
  g_assert_cmpuint (others->objects->len, ==, 0);
  wrong = cli_run (cli, "audit", "--report=everything", NULL);
  cli_expect (wrong, 2);
  made = cli_run (cli, "audit", "--who-looked=1", file, NULL);
  cli_expect (made, 0);
  written = driver_read_pdf (file);
  g_assert_nonnull (strstr (written, "核对低保名单"));

  driver = driver_start (cli->database, "王芳");
  driver_open_found (driver, "wjg", "王建国", "居民");
  driver_key (driver, "ctrl+p");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "谁看过(_W) 谁看过(W)");
  paper = save (cli, driver);
  g_assert_nonnull (strstr (paper, "核对低保名单"));
  /* Who made the paper, and when, stands on it; that one was made before, too. */
  g_assert_nonnull (strstr (paper, "王芳"));
  g_assert_nonnull (strstr (paper, "向本人告知查阅情况"));
  driver_stop (driver);
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/audit/log", test_log);
  cli_add ("/path/audit/who-looked", test_who_looked);
  return g_test_run ();
}
