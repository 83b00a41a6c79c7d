#include "shequ-cli.h"

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "shequ-date.h"
#include "shequ-error.h"
#include "shequ-protection.h"
#include "shequ-session.h"
#include "shequ-server.h"

static void
free_values (gpointer data)
{
  g_ptr_array_unref (data);
}

/**
 * shequ_cli_new:
 *
 * Returns: (transfer full): a call whose words are not read yet
 */
ShequCli *
shequ_cli_new (void)
{
  ShequCli *cli = g_new0 (ShequCli, 1);

  cli->arguments = g_ptr_array_new_with_free_func (g_free);
  cli->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_values);
  cli->cancellable = g_cancellable_new ();
  return cli;
}

void
shequ_cli_free (ShequCli *cli)
{
  g_clear_object (&cli->office);
  g_clear_pointer (&cli->catalogue, shequ_catalogue_unref);
  g_clear_object (&cli->cancellable);
  g_hash_table_unref (cli->options);
  g_ptr_array_unref (cli->arguments);
  g_free (cli->kept);
  g_free (cli);
}

/**
 * shequ_cli_get_argument:
 * @cli: a call
 * @index: from 0
 *
 * Returns: (nullable) (transfer none): the argument, or %NULL when there are fewer
 */
const char *
shequ_cli_get_argument (ShequCli *cli, guint index)
{
  return index < cli->arguments->len ? cli->arguments->pdata[index] : NULL;
}

/**
 * shequ_cli_get_options:
 * @cli: a call
 * @name: an option
 *
 * Returns: (nullable) (transfer none) (element-type utf8): all its values, or %NULL when it was not given
 */
const GPtrArray *
shequ_cli_get_options (ShequCli *cli, const char *name)
{
  return g_hash_table_lookup (cli->options, name);
}

/**
 * shequ_cli_get_option:
 * @cli: a call
 * @name: an option
 *
 * Returns: (nullable) (transfer none): its value, the last where it was given twice
 */
const char *
shequ_cli_get_option (ShequCli *cli, const char *name)
{
  const GPtrArray *values = shequ_cli_get_options (cli, name);

  return values != NULL ? values->pdata[values->len - 1] : NULL;
}

/**
 * shequ_cli_has_option:
 * @cli: a call
 * @name: an option
 *
 * Returns: whether it was given
 */
gboolean
shequ_cli_has_option (ShequCli *cli, const char *name)
{
  return shequ_cli_get_options (cli, name) != NULL;
}

/**
 * shequ_cli_wants_json:
 * @cli: a call
 *
 * Returns: whether standard output is for a program
 */
gboolean
shequ_cli_wants_json (ShequCli *cli)
{
  return shequ_cli_has_option (cli, "json");
}

/**
 * shequ_cli_parse_number:
 * @text: what was written
 * @what: what it stands for, as `--limit`
 * @least: the least that makes sense
 * @number: (out): the number
 * @error: %SHEQU_ERROR_ARGUMENT
 *
 * Returns: whether it is a whole number from @least on
 */
gboolean
shequ_cli_parse_number (const char *text, const char *what, gint64 least, gint64 *number, GError **error)
{
  if (g_ascii_string_to_signed (text, 10, least, G_MAXINT64, number, NULL))
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
               _ ("%s needs a whole number from %" PRId64 " on, not “%s”."), what, least, text);
  return FALSE;
}

/**
 * shequ_cli_get_number:
 * @cli: a call
 * @name: an option
 * @fallback: what it is when it was not given
 * @number: (out): its value
 * @error: %SHEQU_ERROR_ARGUMENT
 *
 * Returns: %FALSE when the value is no whole number from 0 on
 */
gboolean
shequ_cli_get_number (ShequCli *cli, const char *name, gint64 fallback, gint64 *number, GError **error)
{
  const char *text = shequ_cli_get_option (cli, name);
  g_autofree char *what = g_strconcat ("--", name, NULL);

  *number = fallback;
  return text == NULL || shequ_cli_parse_number (text, what, 0, number, error);
}

/**
 * shequ_cli_get_past_day:
 * @cli: a call with an open office
 * @name: an option that names a day
 * @day: (out) (transfer full) (nullable): the day, as `2024-12-31`; %NULL when the option was not given
 * @error: %SHEQU_ERROR_ARGUMENT
 *
 * Returns: %FALSE when the value is no day or lies in the future
 */
gboolean
shequ_cli_get_past_day (ShequCli *cli, const char *name, char **day, GError **error)
{
  const char *text = shequ_cli_get_option (cli, name);
  g_autofree char *today = NULL;
  char iso[SHEQU_DATE_TEXT_SIZE];
  ShequDate date;

  *day = NULL;
  if (text == NULL)
    return TRUE;
  if (!shequ_date_parse (text, &date, error))
    return FALSE;
  shequ_date_to_iso (&date, iso);
  today = shequ_office_get_today (cli->office);
  if (strcmp (iso, today) > 0)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT, _ ("--%s=%s lies in the future."), name, iso);
      return FALSE;
    }
  *day = g_strdup (iso);
  return TRUE;
}

static const char *
get_from_environment (const char *name)
{
  const char *value = g_getenv (name);

  return value != NULL && *value != '\0' ? value : NULL;
}

/**
 * shequ_cli_get_database:
 * @cli: a call
 *
 * Returns: (transfer full): path or address of the database: `--database`, else `$SHEQU_DATABASE`, else the
 *   one that the window uses
 */
char *
shequ_cli_get_database (ShequCli *cli)
{
  const char *named = shequ_cli_get_option (cli, "database");

  if (named == NULL)
    named = get_from_environment ("SHEQU_DATABASE");
  return named != NULL ? g_strdup (named)
                       : g_build_filename (g_get_user_data_dir (), "shequ", "shequ.db", NULL);
}

/**
 * shequ_cli_get_user:
 * @cli: a call
 *
 * Returns: (transfer none): who acts: `--user`, else `$SHEQU_USER`, else the name of the login
 */
const char *
shequ_cli_get_user (ShequCli *cli)
{
  const char *named = shequ_cli_get_option (cli, "user");

  if (named == NULL)
    named = get_from_environment ("SHEQU_USER");
  return named != NULL ? named : g_get_user_name ();
}

/**
 * shequ_cli_make_folder:
 * @cli: a call
 * @error: %SHEQU_ERROR_UNREACHABLE
 *
 * Makes the folder of the database where none was named: nobody has to know of it.
 *
 * Returns: whether it is there
 */
gboolean
shequ_cli_make_folder (ShequCli *cli, GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "shequ", NULL);

  if (shequ_cli_has_option (cli, "database") || get_from_environment ("SHEQU_DATABASE") != NULL)
    return TRUE;
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE, _ ("The folder “%s” cannot be made: %s"), folder,
               g_strerror (errno));
  return FALSE;
}

/* The line of progress of a search index that is made anew. */
typedef struct
{
  gboolean terminal;
  guint told; /* tenths */
  gboolean any;
} Progress;

static void
tell_progress (guint done, guint total, gpointer user_data)
{
  Progress *progress = user_data;
  guint tenths = done * (guint64) 10 / MAX (total, 1);

  if (!progress->terminal && progress->any && tenths == progress->told)
    return;
  progress->any = TRUE;
  progress->told = tenths;
  fprintf (stderr, progress->terminal ? "\r%s %3u %%" : "%s %3u %%\n", _ ("The search index is made anew:"),
           (guint) (done * (guint64) 100 / MAX (total, 1)));
  fflush (stderr);
}

/* With the recovery key of the office, in its file. */
static gboolean
unlock_with_key (ShequCli *cli, const char *file, GError **error)
{
  g_autoptr (GError) inner = NULL;
  gboolean done;
  char *key;

  if (!g_file_get_contents (file, &key, NULL, &inner))
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, inner->message);
      return FALSE;
    }
  done = shequ_office_unlock (cli->office, key, cli->cancellable, error);
  shequ_secret_wipe_text (key);
  return done;
}

static gboolean
sign_in (ShequCli *cli, GError **error)
{
  char *password = shequ_cli_read_password (cli, "password-file", error);
  gboolean done = password != NULL && shequ_session_sign_in (cli->office, shequ_cli_get_user (cli), password,
                                                             cli->cancellable, error);

  g_clear_pointer (&password, shequ_secret_wipe_text);
  if (!done || !shequ_session_get_account (cli->office)->must_change)
    return done;
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
                       _ ("Choose a password of your own first: shequ-cli account password "
                          "--new-password-file=FILE"));
  return FALSE;
}

/* Into a protected office with one's own account, or with its recovery key. */
static gboolean
unlock (ShequCli *cli, GError **error)
{
  const char *file = shequ_cli_get_option (cli, "key-file");

  if (cli->command->database == SHEQU_CLI_LOCKED_DATABASE ||
      !shequ_store_is_locked (shequ_office_get_store (cli->office)))
    return TRUE;
  if (file == NULL)
    file = get_from_environment ("SHEQU_KEY_FILE");
  if (shequ_cli_has_option (cli, "password-file") ||
      (file == NULL && get_from_environment ("SHEQU_PASSWORD_FILE") != NULL))
    return sign_in (cli, error);
  if (file != NULL)
    return unlock_with_key (cli, file, error);
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
                       _ ("The office is protected. Sign in: --user=NAME --password-file=FILE, or name the "
                          "file with its recovery "
                          "key: --key-file=FILE or $SHEQU_KEY_FILE"));
  return FALSE;
}

/**
 * shequ_cli_open:
 * @cli: a call whose catalogue is loaded
 * @error: return location
 *
 * Opens the office, for a command that needs it in some of its forms alone.
 *
 * Returns: whether it is open
 */
gboolean
shequ_cli_open (ShequCli *cli, GError **error)
{
  g_autofree char *database = shequ_cli_get_database (cli);
  g_autoptr (GError) inner = NULL;
  Progress progress = { isatty (STDERR_FILENO), 0, FALSE };

  cli->office = shequ_office_open_with_progress (
    database, cli->catalogue, shequ_cli_get_user (cli), g_get_host_name (),
    shequ_cli_has_option (cli, "quiet") ? NULL : tell_progress, &progress, cli->cancellable, &inner);
  if (progress.any && progress.terminal)
    fputs ("\r\033[K", stderr);
  if (cli->office != NULL)
    {
      /* With the registers and fields that the office has made. */
      shequ_catalogue_unref (cli->catalogue);
      cli->catalogue = shequ_catalogue_ref (shequ_office_get_catalogue (cli->office));
      if (shequ_server_get_gap (shequ_office_get_store (cli->office)) != NULL)
        shequ_cli_complain ("%s", shequ_server_get_gap (shequ_office_get_store (cli->office)));
      return unlock (cli, error);
    }
  if (g_error_matches (inner, SHEQU_ERROR, SHEQU_ERROR_DAMAGED) && strstr (database, "://") == NULL)
    {
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED,
        _ ("%s\nWhat can be read of it goes into a new database with “shequ-cli salvage FILE”; the "
           "damaged one is not touched."),
        inner->message);
      return FALSE;
    }
  /* A database without an office is a fault of the database, not a record that is not there. */
  if (g_error_matches (inner, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND))
    inner->code = SHEQU_ERROR_DAMAGED;
  g_propagate_error (error, g_steal_pointer (&inner));
  return FALSE;
}

/**
 * shequ_cli_prepare:
 * @cli: a call whose words are read
 * @error: return location
 *
 * Loads the catalogue and opens the office where the command needs one.
 *
 * Returns: whether the command can run
 */
gboolean
shequ_cli_prepare (ShequCli *cli, GError **error)
{
  cli->catalogue = shequ_catalogue_new_shipped (error);
  if (cli->catalogue == NULL)
    return FALSE;
  return cli->command->database == SHEQU_CLI_NO_DATABASE || shequ_cli_open (cli, error);
}

static void
put (FILE *file, const char *text)
{
  const char *charset = NULL;
  g_autofree char *converted = NULL;

  if (!g_get_charset (&charset))
    converted = g_convert_with_fallback (text, -1, charset, "UTF-8", "?", NULL, NULL, NULL);
  fputs (converted != NULL ? converted : text, file);
}

/**
 * shequ_cli_put:
 * @text: text
 *
 * Writes to standard output, in the character set of the person.
 */
void
shequ_cli_put (const char *text)
{
  put (stdout, text);
}

/**
 * shequ_cli_print:
 * @format: as of printf
 * @...: its values
 *
 * Writes a line of a result for people to standard output.
 */
void
shequ_cli_print (const char *format, ...)
{
  va_list values;
  g_autofree char *text = NULL;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  put (stdout, text);
  fputc ('\n', stdout);
}

/**
 * shequ_cli_tell:
 * @cli: a call
 * @format: as of printf
 * @...: its values
 *
 * Tells a person on standard error, unless `--quiet` asks not to.
 */
void
shequ_cli_tell (ShequCli *cli, const char *format, ...)
{
  va_list values;
  g_autofree char *text = NULL;

  if (shequ_cli_has_option (cli, "quiet"))
    return;
  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  put (stderr, text);
  fputc ('\n', stderr);
}

/**
 * shequ_cli_complain:
 * @format: as of printf
 * @...: its values
 *
 * Says on standard error what went wrong.
 */
void
shequ_cli_complain (const char *format, ...)
{
  va_list values;
  g_autofree char *text = NULL;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  put (stderr, text);
  fputc ('\n', stderr);
}
