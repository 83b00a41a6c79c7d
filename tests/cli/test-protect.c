/* A protected office, used as a script uses it: no number that was put in lies anywhere on the disk. */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "cli-fixture.h"

#define N_RESIDENTS 1000
#define BASE64_PART 12

static char *
make_id_number (guint i)
{
  static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  g_autofree char *start =
    g_strdup_printf ("110101%04u%02u%02u%03u", 1940 + i % 60, 1 + i % 12, 1 + i % 28, i);
  int sum = 0;

  for (guint k = 0; k < G_N_ELEMENTS (weights); k++)
    sum += weights[k] * (start[k] - '0');
  return g_strdup_printf ("%s%c", start, "10X98765432"[sum % 11]);
}

static char *
make_phone (guint i)
{
  return g_strdup_printf ("139%08u", 70000000 + i * 7919);
}

static char *
make_roster (void)
{
  GString *text = g_string_new ("姓名,公民身份号码,手机号码\n");

  for (guint i = 0; i < N_RESIDENTS; i++)
    {
      g_autofree char *number = make_id_number (i);
      g_autofree char *phone = make_phone (i);

      g_string_append_printf (text, "王小%u,%s,%s\n", i, number, phone);
    }
  return g_string_free (text, FALSE);
}

/* The numbers, and what base64 makes of the parts of them that it may begin with. */
typedef struct
{
  GHashTable *numbers;
  GHashTable *parts;
  guint n_found;
  char *where;
} Hunt;

static void
add_number (Hunt *hunt, char *number)
{
  for (guint offset = 0; offset < 3; offset++)
    g_hash_table_add (hunt->parts, g_base64_encode ((const guchar *) number + offset, BASE64_PART / 4 * 3));
  g_hash_table_add (hunt->numbers, number);
}

static void
look_at (Hunt *hunt, GHashTable *known, gsize length, const char *bytes, gsize size, const char *path)
{
  char window[32];

  for (gsize i = 0; i + length <= size; i++)
    {
      if (!g_ascii_isalnum (bytes[i]) || !g_ascii_isalnum (bytes[i + length - 1]))
        continue;
      memcpy (window, bytes + i, length);
      window[length] = '\0';
      if (!g_hash_table_contains (known, window))
        continue;
      if (hunt->n_found++ == 0)
        hunt->where = g_strdup_printf ("%s: %s", path, window);
    }
}

/* As it is, and without zeros (UTF-16), blanks and dashes. */
static void
hunt_in (Hunt *hunt, const char *path)
{
  g_autofree char *contents = NULL;
  g_autofree char *joined = NULL;
  gsize size = 0;
  gsize n = 0;

  if (!g_file_get_contents (path, &contents, &size, NULL))
    return;
  joined = g_malloc (size + 1);
  for (gsize i = 0; i < size; i++)
    if (contents[i] != '\0' && contents[i] != ' ' && contents[i] != '-')
      joined[n++] = contents[i];
  look_at (hunt, hunt->numbers, 18, contents, size, path);
  look_at (hunt, hunt->numbers, 11, contents, size, path);
  look_at (hunt, hunt->numbers, 18, joined, n, path);
  look_at (hunt, hunt->numbers, 11, joined, n, path);
  look_at (hunt, hunt->parts, BASE64_PART, contents, size, path);
}

static void
hunt_below (Hunt *hunt, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        hunt_below (hunt, path);
      else
        hunt_in (hunt, path);
    }
}

static guint
count_numbers (const Cli *cli, char **where)
{
  Hunt hunt = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), 0, NULL };

  for (guint i = 0; i < N_RESIDENTS; i++)
    {
      add_number (&hunt, make_id_number (i));
      add_number (&hunt, make_phone (i));
    }
  hunt_below (&hunt, cli->folder);
  g_hash_table_unref (hunt.numbers);
  g_hash_table_unref (hunt.parts);
  *where = hunt.where;
  return hunt.n_found;
}

/* Everything that a program may write lies in the folder of the test, what it says for its programmers, too.
 */
static CliRun *
run (const Cli *cli, const char *input, ...)
{
  g_autoptr (GSubprocessLauncher) launcher = cli_new_launcher (cli);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char *key = cli_path (cli, "key");
  g_autofree char *log = NULL;
  CliRun *made;
  va_list rest;

  g_subprocess_launcher_setenv (launcher, "HOME", cli->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "TMPDIR", cli->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "SQLITE_TMPDIR", cli->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CONFIG_HOME", cli->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_STATE_HOME", cli->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CACHE_HOME", cli->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "G_MESSAGES_DEBUG", "all", TRUE);
  if (g_file_test (key, G_FILE_TEST_EXISTS))
    g_subprocess_launcher_setenv (launcher, "SHEQU_KEY_FILE", key, TRUE);
  va_start (rest, input);
  for (const char *word; (word = va_arg (rest, const char *)) != NULL;)
    g_ptr_array_add (words, (gpointer) word);
  va_end (rest);
  g_ptr_array_add (words, NULL);
  made = cli_run_with (launcher, input, (const char *const *) words->pdata);
  log = g_strdup_printf ("%s/log-%p-%" G_GINT64_FORMAT, cli->folder, (void *) made, g_get_monotonic_time ());
  g_assert_true (g_file_set_contents (log, made->errors, -1, NULL));
  return made;
}

static void
expect (CliRun *made)
{
  cli_expect (made, 0);
  cli_run_free (made);
}

static void
test_nothing_lies_open (Cli *cli, gconstpointer data)
{
  g_autofree char *roster = make_roster ();
  g_autofree char *key = cli_path (cli, "key");
  g_autofree char *backup = cli_path (cli, "office.backup");
  g_autofree char *masked = cli_path (cli, "masked.csv");
  g_autofree char *other = g_strconcat ("--to=sqlite:", cli->folder, "/other.db", NULL);
  g_autofree char *number = make_id_number (7);
  g_autofree char *where = NULL;
  g_autoptr (CliRun) told = NULL;
  g_autoptr (CliRun) found = NULL;
  g_autoptr (CliRun) tail = NULL;
  g_autoptr (CliRun) shut = NULL;

  expect (run (cli, NULL, "create", NULL));
  expect (run (cli, NULL, "protect", key, NULL));
  shut = cli_run (cli, "find", "王小7", NULL);
  cli_expect (shut, 3);
  expect (run (cli, roster, "import", "resident", "-", NULL));
  found = run (cli, NULL, "--json", "find", number, NULL);
  cli_expect (found, 0);
  g_assert_cmpuint (found->objects->len, ==, 1);
  tail = run (cli, NULL, "--json", "find", number + 12, NULL);
  cli_expect (tail, 0);
  g_assert_cmpuint (tail->objects->len, >=, 1);
  expect (run (cli, NULL, "export", "resident", masked, NULL));
  expect (run (cli, NULL, "backup", backup, NULL));
  expect (run (cli, NULL, "check", NULL));
  /* What came back tells of it, though nobody had unlocked it. */
  expect (run (cli, NULL, "restore", backup, NULL));
  told = run (cli, NULL, "--json", "audit", "--action=restore-backup", NULL);
  cli_expect (told, 0);
  g_assert_cmpuint (told->objects->len, ==, 1);
  g_assert_nonnull (strstr (told->output, "office.backup"));
  expect (run (cli, NULL, "protect", "renew", NULL));
  expect (run (cli, NULL, "move", other, NULL));
  g_assert_cmpuint (count_numbers (cli, &where), ==, 0);
  g_assert_null (where);
}

/* Else the test above could not fail; and what an open office held is gone when it is protected. */
static void
test_an_open_one_does (Cli *cli, gconstpointer data)
{
  g_autofree char *roster = make_roster ();
  g_autofree char *key = cli_path (cli, "key");
  g_autofree char *where = NULL;
  g_autofree char *still = NULL;

  expect (run (cli, NULL, "create", NULL));
  expect (run (cli, roster, "import", "resident", "-", NULL));
  g_assert_cmpuint (count_numbers (cli, &where), >=, 2 * N_RESIDENTS);
  expect (run (cli, NULL, "protect", key, NULL));
  g_assert_cmpuint (count_numbers (cli, &still), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cli_add ("/protect/nothing-lies-open", test_nothing_lies_open);
  cli_add ("/protect/an-open-one-does", test_an_open_one_does);
  return g_test_run ();
}
