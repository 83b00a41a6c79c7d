/* Passwords and keys of files: on the command line others could read them. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "shequ-cli.h"
#include "shequ-error.h"

/**
 * shequ_cli_read_password_file:
 * @path: a file whose first line is a password
 * @error: %SHEQU_ERROR_NOT_FOUND
 *
 * Returns: (transfer full): the password; shequ_secret_wipe_text() frees it
 */
char *
shequ_cli_read_password_file (const char *path, GError **error)
{
  g_autoptr (GError) inner = NULL;
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, &inner))
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, inner->message);
      return NULL;
    }
  text[strcspn (text, "\r\n")] = '\0';
  return text;
}

/**
 * shequ_cli_read_password:
 * @cli: a call
 * @option: `password-file`, for which $SHEQU_PASSWORD_FILE stands in, or `new-password-file`
 * @error: %SHEQU_ERROR_ARGUMENT where none is named, %SHEQU_ERROR_NOT_FOUND
 *
 * Returns: (transfer full): the password; shequ_secret_wipe_text() frees it
 */
char *
shequ_cli_read_password (ShequCli *cli, const char *option, GError **error)
{
  const char *path = shequ_cli_get_option (cli, option);

  if (path == NULL && strcmp (option, "password-file") == 0)
    path = g_getenv ("SHEQU_PASSWORD_FILE");
  if (path != NULL && *path != '\0')
    return shequ_cli_read_password_file (path, error);
  g_set_error (
    error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
    _ ("A password never stands on the command line, where others can read it. Name a file whose first "
       "line it is: --%s=FILE"),
    option);
  return NULL;
}

/**
 * shequ_cli_write_key:
 * @path: a file that is not there yet
 * @key: a recovery key
 * @error: return location
 *
 * Writes a key for nobody else to read, safe on the disk before anything is sealed with it.
 *
 * Returns: whether it stands there
 */
gboolean
shequ_cli_write_key (const char *path, const char *key, GError **error)
{
  int file = open (path, O_WRONLY | O_CREAT | O_EXCL, 0600);
  gsize length = strlen (key);
  gboolean done;
  int failure;

  if (file < 0)
    {
      g_set_error (error, SHEQU_ERROR, errno == EEXIST ? SHEQU_ERROR_ARGUMENT : SHEQU_ERROR_UNREACHABLE,
                   _ ("“%s” cannot be made (%s); nothing was changed"), path, g_strerror (errno));
      return FALSE;
    }
  done = write (file, key, length) == (gssize) length && write (file, "\n", 1) == 1 && fsync (file) == 0;
  failure = errno;
  close (file);
  if (!done)
    {
      g_unlink (path);
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
                   _ ("“%s” cannot be made (%s); nothing was changed"), path, g_strerror (failure));
    }
  return done;
}
