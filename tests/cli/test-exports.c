/* Many persons leave a protected office: asked for, approved by another, sealed with a password. */
#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "cli-fixture.h"

#define FIRST "Kaimen-2026"
#define OWN "Xingfu#1966"
#define N_PERSONS 60

static CliRun *
run_as (const Cli *cli, const char *user, const char *password, const char *const *words)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GSubprocessLauncher) launcher = cli_new_launcher (cli);
  g_autofree char *line = g_strconcat (password, "\n", NULL);
  g_autofree char *path = cli_write (cli, "password", line);
  g_autofree char *user_word = g_strconcat ("--user=", user, NULL);
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

static void
expect_refused (CliRun *run, int status, const char *word)
{
  cli_expect (run, status);
  g_test_message ("%s", run->errors);
  g_assert_nonnull (strstr (run->errors, word));
  cli_run_free (run);
}

static void
make_office (const Cli *cli)
{
  g_autofree char *key = cli_path (cli, "key");
  g_autofree char *key_word = g_strconcat ("--protected=", key, NULL);
  g_autofree char *path = NULL, *first = NULL, *own_path = NULL, *own = NULL, *roster = NULL;
  g_autoptr (GString) rows = g_string_new ("姓名,性别\n");

  expect (RUN ("王主任", OWN, "create", "--name=幸福社区居民委员会", key_word), 0);
  path = cli_write (cli, "first", FIRST "\n");
  first = g_strconcat ("--new-password-file=", path, NULL);
  expect (RUN ("王主任", OWN, "account", "add", "李会计", "--role=clerk", first), 0);
  own_path = cli_write (cli, "own", OWN "\n");
  own = g_strconcat ("--new-password-file=", own_path, NULL);
  expect (RUN ("李会计", FIRST, "account", "password", own), 0);
  for (guint i = 0; i < N_PERSONS; i++)
    g_string_append_printf (rows, "王%c%c,男\n", 'A' + i / 26, 'A' + i % 26);
  roster = cli_write (cli, "roster.csv", rows->str);
  expect (RUN ("李会计", OWN, "import", "resident", roster), 0);
}

static char *
find_password (const char *said)
{
  g_autoptr (GRegex) regex = g_regex_new ("[A-Z2-9]{5}(-[A-Z2-9]{5}){3}", 0, 0, NULL);
  g_autoptr (GMatchInfo) found = NULL;

  g_assert_true (g_regex_match (regex, said, 0, &found));
  return g_match_info_fetch (found, 0);
}

/* How many bytes of the sheet in a sealed file can be read with a password; 0 when it does not open. */
static gsize
read_sealed (const char *path, const char *password)
{
  struct archive *archive = archive_read_new ();
  struct archive_entry *entry = NULL;
  char head[4096];
  la_ssize_t length = 0;

  archive_read_support_format_zip (archive);
  if (password != NULL)
    archive_read_add_passphrase (archive, password);
  g_assert_cmpint (archive_read_open_filename (archive, path, 65536), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_read_next_header (archive, &entry), ==, ARCHIVE_OK);
  g_assert_true (archive_entry_is_data_encrypted (entry));
  length = archive_read_data (archive, head, sizeof head);
  /* An .xlsx is a zip itself. */
  if (length > 0 && memcmp (head, "PK", 2) != 0)
    length = 0;
  archive_read_free (archive);
  return MAX (length, 0);
}

static void
test_approval (Cli *cli, gconstpointer data)
{
  g_autofree char *plain = cli_path (cli, "out.xlsx");
  g_autofree char *sealed = cli_path (cli, "out.zip");
  g_autofree char *password = NULL, *content = NULL;
  g_autoptr (CliRun) written = NULL;
  gsize length;

  make_office (cli);
  expect_refused (RUN ("李会计", OWN, "export", "resident", plain), 3, "批准");
  g_assert_false (g_file_test (plain, G_FILE_TEST_EXISTS));
  expect_refused (RUN ("李会计", OWN, "export", "resident", sealed, "--ask"), 2, "用途");
  expect (RUN ("李会计", OWN, "export", "resident", sealed, "--ask", "--purpose=养老补贴核对",
               "--receiver=街道民政办"),
          0);
  expect_refused (RUN ("李会计", OWN, "export", "approve", "1"), 3, "批准");
  expect (RUN ("王主任", OWN, "export", "approve", "1"), 0);
  /* Not as a file that anybody opens; the approval is not used up by that. */
  expect_refused (RUN ("李会计", OWN, "export", "resident", plain), 2, ".zip");
  g_assert_false (g_file_test (plain, G_FILE_TEST_EXISTS));
  written = RUN ("李会计", OWN, "export", "resident", sealed);
  cli_expect (written, 0);
  password = find_password (written->errors);
  g_assert_cmpuint (read_sealed (sealed, password), >, 0);
  g_assert_cmpuint (read_sealed (sealed, NULL), ==, 0);
  g_assert_cmpuint (read_sealed (sealed, "ABCDE-ABCDE-ABCDE-ABCDE"), ==, 0);
  g_assert_true (g_file_get_contents (sealed, &content, &length, NULL));
  g_assert_null (g_strstr_len (content, (gssize) length, "王AA"));
  expect_refused (RUN ("李会计", OWN, "export", "resident", sealed), 3, "批准");
  expect (RUN ("王主任", OWN, "check"), 0);
}

static void
test_refusal (Cli *cli, gconstpointer data)
{
  g_autofree char *sealed = cli_path (cli, "out.zip");

  make_office (cli);
  expect (RUN ("李会计", OWN, "export", "resident", sealed, "--ask", "--purpose=核对", "--receiver=街道"), 0);
  expect_refused (RUN ("王主任", OWN, "export", "refuse", "1"), 2, "--reason");
  expect (RUN ("王主任", OWN, "export", "refuse", "1", "--reason=没有协议"), 0);
  expect_refused (RUN ("李会计", OWN, "export", "resident", sealed), 3, "批准");
  g_assert_false (g_file_test (sealed, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cli_add ("/exports/approval", test_approval);
  cli_add ("/exports/refusal", test_refusal);
  return g_test_run ();
}
