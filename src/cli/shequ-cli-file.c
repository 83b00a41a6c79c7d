#include "shequ-cli-file.h"

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "shequ-error.h"

#define BLOCK_SIZE (64 * 1024)

static char *
find_format (ShequCli *cli, const char *name)
{
  const char *named = shequ_cli_get_option (cli, "format");
  const char *dot = strrchr (name, '.');

  if (named != NULL)
    return g_ascii_strdown (named, -1);
  return dot != NULL && strchr (dot, G_DIR_SEPARATOR) == NULL ? g_ascii_strdown (dot + 1, -1) : NULL;
}

static gboolean
check_format (const char *format, const char *formats, GError **error)
{
  g_auto (GStrv) known = g_strsplit (formats, " ", -1);
  g_autofree char *list = g_strjoinv (", ", known);

  if (format != NULL && g_strv_contains ((const char *const *) known, format))
    return TRUE;
  g_set_error (
    error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
    _ ("The name of the file does not say how to write it; it must end in one of: %s. For “-” say it with "
       "--format."),
    list);
  return FALSE;
}

/* A folder of our own, so that writers may put their own files beside. */
static gboolean
make_place (ShequCliFile *file, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("shequ-XXXXXX", error);
  g_autofree char *name = g_strconcat ("output.", file->format, NULL);

  if (folder == NULL)
    return FALSE;
  file->path = g_build_filename (folder, name, NULL);
  return TRUE;
}

/**
 * shequ_cli_file_new:
 * @cli: a call; its option `format` is looked at
 * @name: the file as it was named, or `-`
 * @formats: what can be written, separated by blanks
 * @error: %SHEQU_ERROR_ARGUMENT
 *
 * Returns: (transfer full): where to write and how
 */
ShequCliFile *
shequ_cli_file_new (ShequCli *cli, const char *name, const char *formats, GError **error)
{
  g_autoptr (ShequCliFile) file = g_new0 (ShequCliFile, 1);

  file->format = find_format (cli, name);
  if (!check_format (file->format, formats, error))
    return NULL;
  file->to_output = strcmp (name, "-") == 0;
  if (!file->to_output)
    file->path = g_strdup (name);
  else if (!make_place (file, error))
    return NULL;
  return g_steal_pointer (&file);
}

/**
 * shequ_cli_file_check:
 * @file: a file
 * @error: %SHEQU_ERROR_UNREACHABLE
 *
 * Looks before something is done that cannot be taken back.
 *
 * Returns: whether the file can be written as far as that can be told
 */
gboolean
shequ_cli_file_check (const ShequCliFile *file, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (file->path);

  if (g_access (folder, W_OK) == 0 && !g_file_test (file->path, G_FILE_TEST_IS_DIR))
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
               _ ("“%s” cannot be written; nothing was done. Choose another place."), file->path);
  return FALSE;
}

static gboolean
copy_to_output (const char *path)
{
  g_autofree char *block = g_malloc (BLOCK_SIZE);
  FILE *stream = g_fopen (path, "rb");
  gboolean done = stream != NULL;
  size_t length;

  while (done && (length = fread (block, 1, BLOCK_SIZE, stream)) > 0)
    done = fwrite (block, 1, length, stdout) == length;
  done = done && !ferror (stream) && fflush (stdout) == 0;
  if (stream != NULL)
    fclose (stream);
  return done;
}

/**
 * shequ_cli_file_finish:
 * @file: a file that was written
 * @error: %SHEQU_ERROR_FULL
 *
 * Copies to standard output what belongs there.
 *
 * Returns: whether all of it could be written
 */
gboolean
shequ_cli_file_finish (ShequCliFile *file, GError **error)
{
  if (!file->to_output || copy_to_output (file->path))
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_FULL,
               _ ("The output could not be written: the disk is full or the reader has gone."));
  return FALSE;
}

void
shequ_cli_file_free (ShequCliFile *file)
{
  if (file->to_output && file->path != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (file->path);

      g_unlink (file->path);
      g_rmdir (folder);
    }
  g_free (file->path);
  g_free (file->format);
  g_free (file);
}

/**
 * shequ_cli_read_input:
 * @error: %SHEQU_ERROR_UNREADABLE
 *
 * Returns: (transfer full): all of standard input
 */
GBytes *
shequ_cli_read_input (GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  size_t length;

  while ((length = fread (block, 1, BLOCK_SIZE, stdin)) > 0)
    g_byte_array_append (all, block, (guint) length);
  if (!ferror (stdin))
    return g_byte_array_free_to_bytes (g_steal_pointer (&all));
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE, _ ("Standard input cannot be read: %s"),
               g_strerror (errno));
  return NULL;
}
