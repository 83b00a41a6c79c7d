/* A protected office at work in the window, until it is killed: no number lies anywhere that anything wrote
 * to. */
#include <glib/gstdio.h>
#include <string.h>

#include "../cli/cli-fixture.h"
#include "../cli/number-hunt.h"
#include "driver.h"

#define PASSWORD "Xingfu#1966"
#define SEARCHED 7
#define TYPED 8

static CliRun *
run (const Cli *cli, const char *input, const char *const *words)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GSubprocessLauncher) launcher = cli_new_launcher (cli);
  g_autofree char *path = cli_write (cli, "password", PASSWORD "\n");
  g_autofree char *password = g_strconcat ("--password-file=", path, NULL);

  g_ptr_array_add (all, (gpointer) "--user=王主任");
  g_ptr_array_add (all, password);
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (all, (gpointer) words[i]);
  g_ptr_array_add (all, NULL);
  return cli_run_with (launcher, input, (const char *const *) all->pdata);
}

static void
make_office (const Cli *cli)
{
  g_autofree char *roster = number_hunt_make_roster ();
  g_autofree char *key = cli_path (cli, "key");
  g_autofree char *protected = g_strconcat ("--protected=", key, NULL);
  g_autoptr (CliRun) made =
    run (cli, NULL, (const char *const[]){ "create", "--name=幸福社区居民委员会", protected, NULL });
  g_autoptr (CliRun) imported = run (cli, roster, (const char *const[]){ "import", "resident", "-", NULL });

  cli_expect (made, 0);
  cli_expect (imported, 0);
}

/* The program with everything that it says for its programmers in a file. */
static Driver *
start (const Cli *cli)
{
  g_autofree char *real = g_strdup (g_getenv ("SHEQU_PROGRAM"));
  g_autofree char *log = cli_path (cli, "log");
  g_autofree char *temporary = cli_path (cli, "tmp");
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\n"
                                           "export TMPDIR='%s' SQLITE_TMPDIR='%s' G_MESSAGES_DEBUG=all\n"
                                           "exec '%s' \"$@\" >>'%s' 2>&1\n",
                                           temporary, temporary, real, log);
  g_autofree char *script = cli_write (cli, "program", text);
  Driver *driver;

  g_mkdir_with_parents (temporary, 0700);
  g_assert_cmpint (g_chmod (script, 0700), ==, 0);
  g_setenv ("SHEQU_PROGRAM", script, TRUE);
  driver = driver_start (cli->database, "王主任");
  g_setenv ("SHEQU_PROGRAM", real, TRUE);
  driver_type_named (driver, ATSPI_ROLE_TEXT, "姓名", "王主任");
  driver_type_named (driver, ATSPI_ROLE_PASSWORD_TEXT, "密码 密码", PASSWORD);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "登录(_S) 登录(S)");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "王主任 · 负责人"));
  return driver;
}

static void
show_all_of_it (Driver *driver, const char *number)
{
  g_autofree char *label = g_strconcat (number, " 公民身份号码", NULL);

  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "完整显示…(_U) 完整显示…(U)");
  driver_type_named (driver, ATSPI_ROLE_TEXT, "理由（可不填）", "heduiminzheng");
  driver_key (driver, "Return");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, label));
}

static void
save_as_pdf (const Cli *cli, Driver *driver)
{
  g_autofree char *saved = cli_path (cli, "打印.pdf");
  g_autofree char *text = NULL;
  g_autofree char *number = number_hunt_make_id (SEARCHED);

  driver_key (driver, "ctrl+p");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "这条记录");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "存为PDF");
  driver_save_file (driver, saved, "保存");
  driver_wait_file (driver, saved);
  driver_key (driver, "Escape");
  driver_wait_gone (driver, ATSPI_ROLE_PUSH_BUTTON, "存为PDF");
  text = driver_read_pdf (saved);
  g_assert_nonnull (strstr (text, "王小7"));
  g_assert_null (strstr (text, number));
}

/* Long enough for what is typed to be kept as a draft. */
static void
type_and_fall (Driver *driver)
{
  g_autofree char *number = number_hunt_make_id (TYPED);
  g_autofree char *phone = number_hunt_make_phone (TYPED);

  driver_act (driver, "win.new");
  driver_type_named (driver, ATSPI_ROLE_TEXT, "姓名 *", "欧阳未保存");
  driver_type_named (driver, ATSPI_ROLE_TEXT, "公民身份号码", number);
  driver_type_named (driver, ATSPI_ROLE_TEXT, "联系电话", phone);
  g_usleep (2 * G_USEC_PER_SEC);
  driver_kill (driver);
}

static void
expect_nothing_in (const char *folder)
{
  g_autofree char *where = NULL;
  guint n_found = number_hunt_count (folder, &where);

  g_assert_cmpstr (where, ==, NULL);
  g_assert_cmpuint (n_found, ==, 0);
}

/* The folders of the user and of the display, and that of the office: database, its log, drafts, backup. */
static void
test_killed (Cli *cli, gconstpointer data)
{
  g_autofree char *number = number_hunt_make_id (SEARCHED);
  g_autofree char *display = g_path_get_dirname (g_getenv ("HOME"));
  g_autofree char *backup = cli_path (cli, "office.backup");
  g_autofree char *roster = number_hunt_make_roster ();
  g_autofree char *open = NULL;
  g_autofree char *where = NULL;
  g_autofree char *log = NULL;
  g_autofree char *said = NULL;
  g_autoptr (CliRun) backed_up = NULL;
  Driver *driver;

  make_office (cli);
  driver = start (cli);
  driver_open_found (driver, number, "王小7", "居民");
  show_all_of_it (driver, number);
  save_as_pdf (cli, driver);
  type_and_fall (driver);
  backed_up = run (cli, NULL, (const char *const[]){ "backup", backup, NULL });
  cli_expect (backed_up, 0);
  log = cli_path (cli, "log");
  g_assert_true (g_file_get_contents (log, &said, NULL, NULL) && *said != '\0');
  expect_nothing_in (cli->folder);
  expect_nothing_in (display);
  /* Else it could not fail. */
  open = cli_write (cli, "roster.csv", roster);
  g_assert_cmpuint (number_hunt_count (cli->folder, &where), >=, 2 * NUMBER_HUNT_RESIDENTS);
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/traces/killed", test_killed);
  return g_test_run ();
}
