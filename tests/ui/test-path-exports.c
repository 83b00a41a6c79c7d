/* Many persons leave the office: the clerk asks, the director approves, the clerk exports a sealed file. */
#include "../cli/cli-fixture.h"
#include "driver.h"

#define FIRST "Kaimen-2026"
#define OWN "Xingfu#1966"
#define N_PERSONS 60
#define REQUEST "李会计申请导出“居民”60人给街道民政办，待批准"

static void
run_as (const Cli *cli, const char *user, const char *password, const char *const *words)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GSubprocessLauncher) launcher = cli_new_launcher (cli);
  g_autofree char *line = g_strconcat (password, "\n", NULL);
  g_autofree char *path = cli_write (cli, "password", line);
  g_autofree char *user_word = g_strconcat ("--user=", user, NULL);
  g_autofree char *password_word = g_strconcat ("--password-file=", path, NULL);
  g_autoptr (CliRun) run = NULL;

  g_ptr_array_add (all, user_word);
  g_ptr_array_add (all, password_word);
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (all, (gpointer) words[i]);
  g_ptr_array_add (all, NULL);
  run = cli_run_with (launcher, NULL, (const char *const *) all->pdata);
  cli_expect (run, 0);
}

#define RUN(user, password, ...) run_as (cli, user, password, (const char *const[]){ __VA_ARGS__, NULL })

static void
make_office (const Cli *cli)
{
  g_autofree char *key = cli_path (cli, "key");
  g_autofree char *key_word = g_strconcat ("--protected=", key, NULL);
  g_autofree char *first_path = cli_write (cli, "first", FIRST "\n");
  g_autofree char *first = g_strconcat ("--new-password-file=", first_path, NULL);
  g_autofree char *own_path = cli_write (cli, "own", OWN "\n");
  g_autofree char *own = g_strconcat ("--new-password-file=", own_path, NULL);
  g_autoptr (GString) rows = g_string_new ("姓名,性别\n");
  g_autofree char *roster = NULL;

  RUN ("王主任", OWN, "create", "--name=幸福社区居民委员会", key_word);
  RUN ("王主任", OWN, "account", "add", "李会计", "--role=clerk", first);
  RUN ("李会计", FIRST, "account", "password", own);
  for (guint i = 0; i < N_PERSONS; i++)
    g_string_append_printf (rows, "王%c%c,男\n", 'A' + i / 26, 'A' + i % 26);
  roster = cli_write (cli, "roster.csv", rows->str);
  RUN ("王主任", OWN, "import", "resident", roster);
}

static Driver *
sign_in (const Cli *cli, const char *name, const char *shown)
{
  Driver *driver = driver_start (cli->database, name);

  driver_type_named (driver, ATSPI_ROLE_TEXT, "姓名", name);
  driver_type_named (driver, ATSPI_ROLE_PASSWORD_TEXT, "密码 密码", OWN);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "登录(_S) 登录(S)");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, shown));
  return driver;
}

static void
ask (const Cli *cli)
{
  Driver *driver = sign_in (cli, "李会计", "李会计 · 社区工作者");

  driver_key_to_page (driver, "ctrl+2", "居民");
  driver_key (driver, "ctrl+e");
  driver_type_named (driver, ATSPI_ROLE_TEXT, "用途", "养老补贴核对");
  driver_type_named (driver, ATSPI_ROLE_TEXT, "接收方", "街道民政办");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "提出申请(_A) 提出申请(A)");
  driver_wait_gone (driver, ATSPI_ROLE_TEXT, "接收方");
  /* It stands on Today, of who asked as well. */
  driver_key_to_page (driver, "ctrl+1", "今日");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, REQUEST));
  driver_stop (driver);
}

static void
approve (const Cli *cli)
{
  Driver *driver = sign_in (cli, "王主任", "王主任 · 负责人");
  g_autoptr (AtspiAccessible) line = NULL;

  line = driver_find (driver, ATSPI_ROLE_LABEL, REQUEST);
  driver_click (driver, line);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "批准(_A) 批准(A)");
  driver_wait_gone (driver, ATSPI_ROLE_PUSH_BUTTON, "批准(_A) 批准(A)");
  driver_stop (driver);
}

static void
test_approval (Cli *cli, gconstpointer data)
{
  g_autofree char *path = cli_path (cli, "名单.zip");
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  Driver *driver;
  gsize length;

  make_office (cli);
  ask (cli);
  approve (cli);
  driver = sign_in (cli, "李会计", "李会计 · 社区工作者");
  driver_key_to_page (driver, "ctrl+2", "居民");
  driver_key (driver, "ctrl+e");
  driver_save_file (driver, path, "导出");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "文件密码"));
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "已抄下(_W) 已抄下(W)");
  driver_stop (driver);
  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, >, 4);
  g_assert_true (g_str_has_prefix (content, "PK"));
  g_assert_null (g_strstr_len (content, (gssize) length, "王AA"));
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/exports", test_approval);
  return g_test_run ();
}
