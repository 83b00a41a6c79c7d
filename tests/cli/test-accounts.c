/* A protected office, used by people with accounts, as a script uses it. */
#include <string.h>

#include "cli-fixture.h"

#define FIRST "Kaimen-2026"
#define OWN "Xingfu#1966"

static char *
write_password (const Cli *cli, const char *name, const char *password)
{
  g_autofree char *line = g_strconcat (password, "\n", NULL);

  return cli_write (cli, name, line);
}

static CliRun *
run_as (const Cli *cli, const char *user, const char *password, const char *const *words)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GSubprocessLauncher) launcher = cli_new_launcher (cli);
  g_autofree char *user_word = g_strconcat ("--user=", user, NULL);
  g_autofree char *path = write_password (cli, "password", password);
  g_autofree char *password_word = g_strconcat ("--password-file=", path, NULL);

  g_ptr_array_add (all, user_word);
  g_ptr_array_add (all, password_word);
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (all, (gpointer) words[i]);
  g_ptr_array_add (all, NULL);
  return cli_run_with (launcher, NULL, (const char *const *) all->pdata);
}

#define RUN(user, password, ...) run_as (cli, user, password, (const char *const[]){ __VA_ARGS__, NULL })

static void
expect (CliRun *run, int status)
{
  cli_expect (run, status);
  cli_run_free (run);
}

/* Refused with a message that holds a word. */
static void
expect_refused (CliRun *run, const char *word)
{
  cli_expect (run, 3);
  g_test_message ("%s", run->errors);
  g_assert_nonnull (strstr (run->errors, word));
  cli_run_free (run);
}

static void
make_office (const Cli *cli)
{
  g_autofree char *key = cli_path (cli, "key");
  g_autofree char *key_word = g_strconcat ("--protected=", key, NULL);

  expect (RUN ("王主任", OWN, "create", "--name=幸福社区居民委员会", key_word), 0);
  g_assert_true (g_file_test (key, G_FILE_TEST_EXISTS));
}

static void
add_account (const Cli *cli, const char *name, const char *role)
{
  g_autofree char *path = write_password (cli, "first", FIRST);
  g_autofree char *first = g_strconcat ("--new-password-file=", path, NULL);
  g_autofree char *role_word = g_strconcat ("--role=", role, NULL);

  expect (RUN ("王主任", OWN, "account", "add", name, role_word, first), 0);
}

static void
choose_password (const Cli *cli, const char *name)
{
  g_autofree char *path = write_password (cli, "own", OWN);
  g_autofree char *own = g_strconcat ("--new-password-file=", path, NULL);

  expect (RUN (name, FIRST, "account", "password", own), 0);
}

static void
test_first (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) open = NULL;

  make_office (cli);
  open = cli_run (cli, "find", "王", NULL);
  cli_expect (open, 3);
  expect (RUN ("王主任", OWN, "find", "王"), 0);
  expect_refused (RUN ("王主任", FIRST, "find", "王"), "密码");
  add_account (cli, "李会计", "clerk");
  /* The first password is of who made the account: it opens nothing but the choice of another. */
  expect_refused (RUN ("李会计", FIRST, "find", "王"), "密码");
  choose_password (cli, "李会计");
  expect (RUN ("李会计", OWN, "find", "王"), 0);
  /* Whoever makes no accounts makes none. */
  {
    g_autofree char *path = write_password (cli, "first", FIRST);
    g_autofree char *first = g_strconcat ("--new-password-file=", path, NULL);

    expect_refused (RUN ("李会计", OWN, "account", "add", "张三", first), "负责人");
  }
  expect (RUN ("王主任", OWN, "account", "close", "李会计"), 0);
  expect_refused (RUN ("李会计", OWN, "find", "王"), "停用");
  expect (RUN ("王主任", OWN, "check"), 0);
}

static void
test_recover (Cli *cli, gconstpointer data)
{
  g_autofree char *own = NULL;
  g_autofree char *other = NULL;
  g_autofree char *first = NULL;
  g_autofree char *one_word = NULL;
  g_autofree char *other_word = NULL;
  g_autofree char *first_word = NULL;

  make_office (cli);
  add_account (cli, "赵管", "system_administrator");
  add_account (cli, "李会计", "clerk");
  own = write_password (cli, "w", OWN);
  other = write_password (cli, "z", FIRST);
  first = write_password (cli, "n", "Zailai-2026");
  one_word = g_strconcat ("--by=王主任:", own, NULL);
  other_word = g_strconcat ("--by=赵管:", other, NULL);
  first_word = g_strconcat ("--new-password-file=", first, NULL);
  expect (cli_run (cli, "account", "recover", "李会计", first_word, one_word, NULL), 2);
  expect (cli_run (cli, "account", "recover", "李会计", first_word, one_word, one_word, NULL), 3);
  expect (cli_run (cli, "account", "recover", "李会计", first_word, one_word, other_word, NULL), 0);
  expect_refused (RUN ("李会计", FIRST, "find", "王"), "密码");
  expect_refused (RUN ("李会计", "Zailai-2026", "find", "王"), "account password");
}

/* A bad password makes no office at all. */
static void
test_bad (Cli *cli, gconstpointer data)
{
  g_autofree char *key = cli_path (cli, "key");
  g_autofree char *key_word = g_strconcat ("--protected=", key, NULL);
  g_autoptr (CliRun) run = RUN ("王主任", "123456", "create", key_word);

  g_assert_cmpint (run->status, !=, 0);
  g_test_message ("%s", run->errors);
  g_assert_false (g_file_test (cli->database, G_FILE_TEST_EXISTS));
  make_office (cli);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cli_add ("/accounts/first", test_first);
  cli_add ("/accounts/recover", test_recover);
  cli_add ("/accounts/bad", test_bad);
  return g_test_run ();
}
