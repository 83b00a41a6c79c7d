/* An office that asks who works: made in the window, signed in to, locked, handed over. */
#include "../cli/cli-fixture.h"
#include "driver.h"

#define FIRST "Kaimen-2026"
#define OWN "Xingfu#1966"
#define OFFICE "幸福社区居民委员会"

static char *
write_password (const Cli *cli, const char *name, const char *password)
{
  g_autofree char *line = g_strconcat (password, "\n", NULL);

  return cli_write (cli, name, line);
}

static CliRun *
run_as_director (const Cli *cli, const char *const *words)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GSubprocessLauncher) launcher = cli_new_launcher (cli);
  g_autofree char *path = write_password (cli, "own", OWN);
  g_autofree char *password = g_strconcat ("--password-file=", path, NULL);

  g_ptr_array_add (all, (gpointer) "--user=王主任");
  g_ptr_array_add (all, password);
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (all, (gpointer) words[i]);
  g_ptr_array_add (all, NULL);
  return cli_run_with (launcher, NULL, (const char *const *) all->pdata);
}

static void
expect (CliRun *run, int status)
{
  cli_expect (run, status);
  cli_run_free (run);
}

#define RUN(...) run_as_director (cli, (const char *const[]){ __VA_ARGS__, NULL })

static void
make_office (const Cli *cli)
{
  g_autofree char *key = cli_path (cli, "key");
  g_autofree char *key_word = g_strconcat ("--protected=", key, NULL);
  g_autofree char *residents = cli_write_residents (cli);
  g_autofree char *path = write_password (cli, "first", FIRST);
  g_autofree char *first = g_strconcat ("--new-password-file=", path, NULL);

  expect (RUN ("create", "--name=" OFFICE, key_word), 0);
  expect (RUN ("import", "resident", residents), 0);
  expect (RUN ("account", "add", "李会计", "--role=clerk", first), 0);
  expect (RUN ("account", "add", "赵管", "--role=system_administrator", first), 0);
}

static void
sign_in (Driver *driver, const char *name, const char *password)
{
  driver_type_named (driver, ATSPI_ROLE_TEXT, "姓名", name);
  driver_type_named (driver, ATSPI_ROLE_PASSWORD_TEXT, "密码 密码", password);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "登录(_S) 登录(S)");
}

/* Wrong once, then with the password of who made the account, which is changed at once. */
static void
test_first_time (Cli *cli, gconstpointer data)
{
  Driver *driver;

  make_office (cli);
  driver = driver_start (cli->database, "李会计");
  sign_in (driver, "李会计", OWN);
  g_object_unref (
    driver_find (driver, ATSPI_ROLE_ALERT, "登录名或密码不对，或者账号已停用。请注意字母大小写"));
  driver_expect_none (driver, ATSPI_ROLE_LABEL, "王建国");
  sign_in (driver, "李会计", FIRST);
  driver_type_named (driver, ATSPI_ROLE_PASSWORD_TEXT, "新密码 新密码", OWN);
  driver_type_named (driver, ATSPI_ROLE_PASSWORD_TEXT, "再输一遍新密码 再输一遍新密码", FIRST);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "更改并继续(_C) 更改并继续(C)");
  g_object_unref (driver_find (driver, ATSPI_ROLE_ALERT, "两次输入的密码不一致，请重新输入第二遍"));
  driver_type_named (driver, ATSPI_ROLE_PASSWORD_TEXT, "再输一遍新密码 再输一遍新密码", OWN);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "更改并继续(_C) 更改并继续(C)");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "李会计 · 社区工作者"));
  driver_open_found (driver, "wjg", "王建国", "居民");
  driver_stop (driver);

  driver = driver_start (cli->database, "李会计");
  sign_in (driver, "李会计", OWN);
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "李会计 · 社区工作者"));
  driver_stop (driver);
}

/* Locked with one key while something is typed in a dialog; nothing of it is there for a screen reader. */
static void
test_lock (Cli *cli, gconstpointer data)
{
  g_autoptr (AtspiAccessible) found = NULL;
  Driver *driver;

  make_office (cli);
  driver = driver_start (cli->database, "王主任");
  sign_in (driver, "王主任", OWN);
  driver_open_found (driver, "wjg", "王建国", "居民");
  driver_key (driver, "F12");
  driver_wait_gone (driver, ATSPI_ROLE_LABEL, "王建国");
  driver_expect_none (driver, ATSPI_ROLE_LIST, "栏目");
  driver_expect_none (driver, ATSPI_ROLE_ENTRY, "全局搜索");
  /* Keys of the window do nothing. */
  driver_key (driver, "ctrl+k");
  driver_key (driver, "ctrl+n");
  driver_expect_none (driver, ATSPI_ROLE_ENTRY, "全局搜索");
  driver_expect_none (driver, ATSPI_ROLE_TEXT, "姓名 *");
  driver_type_named (driver, ATSPI_ROLE_PASSWORD_TEXT, "密码 密码", FIRST);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "解锁(_U) 解锁(U)");
  g_object_unref (
    driver_find (driver, ATSPI_ROLE_ALERT, "登录名或密码不对，或者账号已停用。请注意字母大小写"));
  driver_type_named (driver, ATSPI_ROLE_PASSWORD_TEXT, "密码 密码", OWN);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "解锁(_U) 解锁(U)");
  found = driver_find (driver, ATSPI_ROLE_LIST, "栏目");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "王建国"));
  driver_stop (driver);
}

/* Two presses, then who comes signs in. */
static void
test_hand_over (Cli *cli, gconstpointer data)
{
  Driver *driver;

  make_office (cli);
  driver = driver_start (cli->database, "王主任");
  sign_in (driver, "王主任", OWN);
  driver_open_found (driver, "wjg", "王建国", "居民");
  driver_key (driver, "F12");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "交给他人使用(_O) 交给他人使用(O)");
  g_object_unref (driver_find (driver, ATSPI_ROLE_PUSH_BUTTON, "登录(_S) 登录(S)"));
  driver_expect_none (driver, ATSPI_ROLE_LABEL, "王建国");
  sign_in (driver, "赵管", FIRST);
  driver_type_named (driver, ATSPI_ROLE_PASSWORD_TEXT, "新密码 新密码", OWN);
  driver_type_named (driver, ATSPI_ROLE_PASSWORD_TEXT, "再输一遍新密码 再输一遍新密码", OWN);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "更改并继续(_C) 更改并继续(C)");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "赵管 · 系统管理员"));
  driver_stop (driver);
}

/* Left alone, it locks itself. */
static void
test_idle (Cli *cli, gconstpointer data)
{
  Driver *driver;

  make_office (cli);
  g_setenv ("SHEQU_IDLE_SECONDS", "3", TRUE);
  driver = driver_start (cli->database, "王主任");
  g_unsetenv ("SHEQU_IDLE_SECONDS");
  sign_in (driver, "王主任", OWN);
  g_object_unref (driver_find (driver, ATSPI_ROLE_PUSH_BUTTON, "解锁(_U) 解锁(U)"));
  driver_expect_none (driver, ATSPI_ROLE_LIST, "栏目");
  driver_stop (driver);
}

/* Two managers at the window of who has forgotten the password. */
static void
test_recover (Cli *cli, gconstpointer data)
{
  Driver *driver;

  make_office (cli);
  driver = driver_start (cli->database, "李会计");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "忘记密码(_F)… 忘记密码(F)…");
  driver_type_named (driver, ATSPI_ROLE_TEXT, "谁的密码", "李会计");
  driver_type_named (driver, ATSPI_ROLE_PASSWORD_TEXT, "初始密码（转交本人） 初始密码（转交本人）",
                     "Zailai-2026");
  driver_type_named (driver, ATSPI_ROLE_TEXT, "第一位管理人员", "王主任");
  driver_type_named (driver, ATSPI_ROLE_PASSWORD_TEXT, "第一位管理人员的密码 第一位管理人员的密码", OWN);
  driver_type_named (driver, ATSPI_ROLE_TEXT, "第二位管理人员", "赵管");
  driver_type_named (driver, ATSPI_ROLE_PASSWORD_TEXT, "第二位管理人员的密码 第二位管理人员的密码", FIRST);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "重设密码(_P) 重设密码(P)");
  driver_wait_gone (driver, ATSPI_ROLE_TEXT, "第二位管理人员");
  sign_in (driver, "李会计", "Zailai-2026");
  g_object_unref (driver_find (driver, ATSPI_ROLE_PASSWORD_TEXT, "再输一遍新密码 再输一遍新密码"));
  driver_stop (driver);
}

/* The director makes an account in the window: a record, and its first password. */
static void
test_account (Cli *cli, gconstpointer data)
{
  static const char *const keys[] = { "Z", "a", "i", "l", "a", "i", "minus", "2", "0", "2", "6" };
  Driver *driver;

  make_office (cli);
  expect (RUN ("account", "close", "李会计"), 0);
  driver = driver_start (cli->database, "王主任");
  sign_in (driver, "王主任", OWN);
  driver_open_found (driver, "lkj", "李会计", "台账");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "重设密码(_P) 重设密码(P)");
  g_object_unref (driver_find (driver, ATSPI_ROLE_PASSWORD_TEXT, "密码"));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    driver_key (driver, keys[i]);
  driver_key (driver, "Return");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "密码已设置，本人首次登录时须另设新密码。"));
  driver_stop (driver);
  /* Closed stays closed, whatever its password. */
  driver = driver_start (cli->database, "李会计");
  sign_in (driver, "李会计", "Zailai-2026");
  g_object_unref (
    driver_find (driver, ATSPI_ROLE_ALERT, "登录名或密码不对，或者账号已停用。请注意字母大小写"));
  driver_stop (driver);
}

/* A new office from the first page on. */
static void
test_new_office (Cli *cli, gconstpointer data)
{
  /* From the button that prints to the box, and to the button that goes on. */
  static const char *const keys[] = { "Tab", "space", "Tab", "Return" };
  g_autoptr (AtspiAccessible) kept = NULL;
  Driver *driver = driver_start (cli->database, "王主任");

  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "开始页(_F) 开始页(F)");
  driver_type_named (driver, ATSPI_ROLE_TEXT, "单位名称", OFFICE);
  driver_type_named (driver, ATSPI_ROLE_TEXT, "您的姓名", "王主任");
  driver_type_named (driver, ATSPI_ROLE_PASSWORD_TEXT, "您的密码 您的密码", "123456");
  driver_type_named (driver, ATSPI_ROLE_PASSWORD_TEXT, "再输一遍密码 再输一遍密码", "123456");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "新建(_C) 新建(C)");
  g_object_unref (driver_find (driver, ATSPI_ROLE_ALERT,
                               "密码至少要有10个字符，并包含小写字母、大写字母、数字、符号中的三种"));
  driver_type_named (driver, ATSPI_ROLE_PASSWORD_TEXT, "您的密码 您的密码", OWN);
  driver_type_named (driver, ATSPI_ROLE_PASSWORD_TEXT, "再输一遍密码 再输一遍密码", OWN);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "新建(_C) 新建(C)");
  kept = driver_find (driver, ATSPI_ROLE_CHECK_BOX, "密钥已打印，将放入保险柜(_P)");
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    driver_key (driver, keys[i]);
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "王主任 · 负责人"));
  driver_stop (driver);
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/sign-in/first-time", test_first_time);
  cli_add ("/path/sign-in/lock", test_lock);
  cli_add ("/path/sign-in/hand-over", test_hand_over);
  cli_add ("/path/sign-in/idle", test_idle);
  cli_add ("/path/sign-in/recover", test_recover);
  cli_add ("/path/sign-in/account", test_account);
  cli_add ("/path/sign-in/new-office", test_new_office);
  return g_test_run ();
}
