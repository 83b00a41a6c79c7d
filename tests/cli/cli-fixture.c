#include "cli-fixture.h"

#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "test-server.h"

void
cli_set_up (Cli *cli, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  cli->folder = g_dir_make_tmp ("shequ-cli-XXXXXX", &error);
  g_assert_no_error (error);
  cli->database =
    test_server_is_wanted () ? test_server_new_address () : g_build_filename (cli->folder, "office.db", NULL);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

void
cli_tear_down (Cli *cli, gconstpointer data)
{
  remove_folder (cli->folder);
  if (test_server_is_wanted ())
    test_server_drop (cli->database);
  g_clear_pointer (&cli->folder, g_free);
  g_clear_pointer (&cli->database, g_free);
}

char *
cli_path (const Cli *cli, const char *name)
{
  return g_build_filename (cli->folder, name, NULL);
}

char *
cli_write (const Cli *cli, const char *name, const char *text)
{
  char *path = cli_path (cli, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

/* Nothing of who runs the tests may show through: no login, no data folder, no other database. */
GSubprocessLauncher *
cli_new_launcher (const Cli *cli)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);

  g_subprocess_launcher_setenv (launcher, "SHEQU_DATABASE", cli->database, TRUE);
  g_subprocess_launcher_setenv (launcher, "SHEQU_USER", "王主任", TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", cli->folder, TRUE);
  return launcher;
}

static GPtrArray *
parse_lines (const char *output)
{
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);
  GPtrArray *objects = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (JsonNode) node = *lines[i] == '{' ? json_from_string (lines[i], NULL) : NULL;

      if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
        g_ptr_array_add (objects, json_node_dup_object (node));
    }
  return objects;
}

static char *
to_text (GBytes *bytes)
{
  return g_bytes_get_size (bytes) > 0 ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                                      : g_strdup ("");
}

CliRun *
cli_run_with (GSubprocessLauncher *launcher, const char *input, const char *const *words)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) fed = g_bytes_new (input != NULL ? input : "", input != NULL ? strlen (input) : 0);
  g_autoptr (GBytes) output = NULL;
  g_autoptr (GBytes) errors = NULL;
  CliRun *run = g_new0 (CliRun, 1);

  g_ptr_array_add (all, (gpointer) g_getenv ("SHEQU_CLI"));
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (all, (gpointer) words[i]);
  g_ptr_array_add (all, NULL);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) all->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate (process, fed, NULL, &output, &errors, &error);
  g_assert_no_error (error);
  run->status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process)
                                                     : -g_subprocess_get_term_sig (process);
  run->output = to_text (output);
  run->errors = to_text (errors);
  run->objects = parse_lines (run->output);
  return run;
}

CliRun *
cli_run (const Cli *cli, const char *first, ...)
{
  g_autoptr (GSubprocessLauncher) launcher = cli_new_launcher (cli);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  va_list rest;

  va_start (rest, first);
  for (const char *word = first; word != NULL; word = va_arg (rest, const char *))
    g_ptr_array_add (words, (gpointer) word);
  va_end (rest);
  g_ptr_array_add (words, NULL);
  return cli_run_with (launcher, NULL, (const char *const *) words->pdata);
}

void
cli_run_free (CliRun *run)
{
  g_free (run->output);
  g_free (run->errors);
  g_ptr_array_unref (run->objects);
  g_free (run);
}

/* Fails with what the program said. */
void
cli_expect (const CliRun *run, int status)
{
  if (run->status != status)
    g_error ("ended with %d instead of %d\n%s%s", run->status, status, run->output, run->errors);
}

JsonObject *
cli_run_get (const CliRun *run, guint index)
{
  g_assert_cmpuint (index, <, run->objects->len);
  return run->objects->pdata[index];
}

void
cli_create (const Cli *cli)
{
  g_autoptr (CliRun) run = cli_run (cli, "create", "--name=幸福社区", NULL);

  cli_expect (run, 0);
}

/* Two households of two residents each. */
char *
cli_write_residents (const Cli *cli)
{
  return cli_write (cli, "居民.csv",
                    "户号,姓名,与户主关系,公民身份号码,手机号码,地址\n"
                    "001,王建国,户主,110101199003074530,13800138000,幸福小区3号楼2单元501\n"
                    "001,李秀英,配偶,110101199003070046,,幸福小区3号楼2单元501\n"
                    "002,张晓明,户主,110101194912310024,,幸福小区3号楼2单元502\n"
                    "002,张红,女,110101199003071217,,幸福小区3号楼2单元502\n");
}

/* Names that differ and no number, so that any amount of rows is valid. */
char *
cli_write_long_roster (const Cli *cli, guint n_rows)
{
  g_autoptr (GString) text = g_string_new ("户号,姓名,与户主关系,出生日期,地址\n");

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (text, "%06u,李%c%c%c,户主,19%02u-03-07,幸福小区%u号楼%u单元%u0%u\n", i,
                            'A' + i % 26, 'A' + i / 26 % 26, 'A' + i / 676 % 26, 40 + i % 60, i / 200 + 1,
                            i / 50 % 4 + 1, i / 5 % 10 + 1, i % 5 + 1);
  return cli_write (cli, "花名册.csv", text->str);
}
