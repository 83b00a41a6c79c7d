#include "shequ-sheet-file.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shequ-error.h"

#define COPY_SIZE (128 * 1024)

/**
 * shequ_sheet_file_set_error:
 * @file: a file
 * @error: return location: %SHEQU_ERROR_FULL or %SHEQU_ERROR_UNREACHABLE
 * @code: the errno of what failed
 */
void
shequ_sheet_file_set_error (ShequSheetFile *file, GError **error, int code)
{
  if (code == ENOSPC || code == EDQUOT || code == EFBIG)
    g_set_error (
      error, SHEQU_ERROR, SHEQU_ERROR_FULL,
      _ ("The disk is full, so “%s” was not written. A file of that name is as it was before. Free some "
         "space or choose another place."),
      file->name);
  else if (code == EACCES || code == EPERM || code == EROFS)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
                 _ ("You are not permitted to write “%s” there. Nothing was written. Choose another folder."),
                 file->name);
  else if (code == ENOENT || code == ENOTDIR)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
                 _ ("The folder for “%s” does not exist. Nothing was written. Choose another folder."),
                 file->name);
  else if (code == EISDIR)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
                 _ ("“%s” is a folder. Nothing was written. Choose another name."), file->name);
  else
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
                 _ ("“%s” cannot be written: %s. Nothing was changed."), file->name, g_strerror (code));
}

static gboolean
create (ShequSheetFile *file, mode_t mode, GError **error)
{
  int fd = g_mkstemp_full (file->path, O_RDWR | O_CLOEXEC, mode);

  if (fd < 0)
    {
      int code = errno;

      g_clear_pointer (&file->path, g_free);
      shequ_sheet_file_set_error (file, error, code);
      return FALSE;
    }
  close (fd);
  return TRUE;
}

static gboolean
create_beside (ShequSheetFile *file, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (file->target);

  file->path = g_build_filename (folder, ".shequ-XXXXXX", NULL);
  return create (file, 0666, error);
}

static gboolean
create_elsewhere (ShequSheetFile *file, GError **error)
{
  file->path = g_build_filename (g_get_tmp_dir (), "shequ-XXXXXX", NULL);
  return create (file, 0600, error);
}

/* A file that is replaced hands its permissions on. */
static gboolean
replace (ShequSheetFile *file, int fd)
{
  struct stat status;

  if (stat (file->target, &status) == 0 && fchmod (fd, status.st_mode & 0777) != 0)
    return FALSE;
  return fsync (fd) == 0 && g_rename (file->path, file->target) == 0;
}

/**
 * shequ_sheet_file_new_path:
 * @target: where the file shall be
 * @error: return location: %SHEQU_ERROR_FULL or %SHEQU_ERROR_UNREACHABLE
 *
 * Returns: (transfer full) (nullable): the file, whose @path exists and is empty
 */
ShequSheetFile *
shequ_sheet_file_new_path (const char *target, GError **error)
{
  g_autoptr (ShequSheetFile) file = g_new0 (ShequSheetFile, 1);
  struct stat status;
  char *real;

  file->target_fd = -1;
  file->name = g_filename_display_basename (target);
  if (stat (target, &status) == 0 && S_ISDIR (status.st_mode))
    {
      shequ_sheet_file_set_error (file, error, EISDIR);
      return NULL;
    }
  if (stat (target, &status) == 0 && !S_ISREG (status.st_mode))
    {
      file->target_fd = open (target, O_WRONLY | O_CLOEXEC);
      if (file->target_fd < 0)
        {
          shequ_sheet_file_set_error (file, error, errno);
          return NULL;
        }
      return create_elsewhere (file, error) ? g_steal_pointer (&file) : NULL;
    }
  /* A link stays a link to the new file. */
  real = realpath (target, NULL);
  file->target = g_strdup (real == NULL ? target : real);
  free (real);
  return create_beside (file, error) ? g_steal_pointer (&file) : NULL;
}

/**
 * shequ_sheet_file_new_fd:
 * @fd: an open file, as standard output; it stays the caller's
 * @error: return location: %SHEQU_ERROR_FULL or %SHEQU_ERROR_UNREACHABLE
 *
 * Returns: (transfer full) (nullable): the file, whose @path exists and is empty
 */
ShequSheetFile *
shequ_sheet_file_new_fd (int fd, GError **error)
{
  g_autoptr (ShequSheetFile) file = g_new0 (ShequSheetFile, 1);

  file->name = g_strdup (_ ("Standard output"));
  file->target_fd = fcntl (fd, F_DUPFD_CLOEXEC, 3);
  if (file->target_fd < 0)
    {
      shequ_sheet_file_set_error (file, error, errno);
      return NULL;
    }
  return create_elsewhere (file, error) ? g_steal_pointer (&file) : NULL;
}

/**
 * shequ_sheet_file_free:
 * @file: (transfer full): a file
 *
 * Removes what was written unless it was committed.
 */
void
shequ_sheet_file_free (ShequSheetFile *file)
{
  if (file->path != NULL)
    g_unlink (file->path);
  if (file->target_fd >= 0)
    close (file->target_fd);
  g_free (file->path);
  g_free (file->target);
  g_free (file->name);
  g_free (file);
}

static gboolean
copy_all (int from, int to)
{
  g_autofree char *buffer = g_malloc (COPY_SIZE);

  for (;;)
    {
      gssize length = read (from, buffer, COPY_SIZE);

      if (length < 0 && errno == EINTR)
        continue;
      if (length <= 0)
        return length == 0;
      for (gssize done = 0; done < length;)
        {
          gssize written = write (to, buffer + done, length - done);

          if (written < 0 && errno != EINTR)
            return FALSE;
          done += MAX (written, 0);
        }
    }
}

/**
 * shequ_sheet_file_commit:
 * @file: a file that is written and closed
 * @error: return location: %SHEQU_ERROR_FULL or %SHEQU_ERROR_UNREACHABLE
 *
 * Waits until the bytes are on the disk, then puts the file in the place of its target.
 *
 * Returns: %FALSE when that failed; the target is as it was
 */
gboolean
shequ_sheet_file_commit (ShequSheetFile *file, GError **error)
{
  int fd = open (file->path, O_RDONLY | O_CLOEXEC);
  gboolean done = fd >= 0;

  if (done && file->target_fd >= 0)
    done = copy_all (fd, file->target_fd);
  else if (done)
    done = replace (file, fd);
  if (!done)
    shequ_sheet_file_set_error (file, error, errno);
  else if (file->target_fd < 0)
    g_clear_pointer (&file->path, g_free);
  if (fd >= 0)
    close (fd);
  return done;
}
