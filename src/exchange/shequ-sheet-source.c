#include "shequ-sheet-source.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shequ-error.h"

#define COPY_SIZE (128 * 1024)
/* A roster of a whole city stays far below; an endless input must not fill the disk. */
#define MAX_COPIED_BYTES (G_GUINT64_CONSTANT (2) << 30)

static void
set_open_error (GError **error, int code, const char *name)
{
  if (code == ENOENT || code == ENOTDIR)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND,
                 _ ("There is no file “%s”. Check its name and folder."), name);
  else if (code == EACCES || code == EPERM)
    g_set_error (
      error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
      _ ("You are not permitted to read “%s”. Ask its owner, or copy it into a folder of your own."), name);
  else
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE, _ ("“%s” cannot be read: %s."), name,
                 g_strerror (code));
}

static void
set_copy_error (GError **error, int code, const char *name)
{
  if (code == ENOSPC || code == EDQUOT)
    g_set_error (
      error, SHEQU_ERROR, SHEQU_ERROR_FULL,
      _ ("The disk is full, so “%s” cannot be read in. Nothing was changed. Free some space and try "
         "again."),
      name);
  else
    set_open_error (error, code, name);
}

static gboolean
write_all (int fd, const char *data, gsize length)
{
  while (length > 0)
    {
      gssize written = write (fd, data, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return FALSE;
      data += written;
      length -= written;
    }
  return TRUE;
}

static int
open_nameless (const char *name, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) local_error = NULL;
  int fd = g_file_open_tmp ("shequ-XXXXXX", &path, &local_error);

  if (fd < 0)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE, _ ("“%s” cannot be read: %s."), name,
                 local_error->message);
  else
    g_unlink (path);
  return fd;
}

static gboolean
copy_input (int from, int to, const char *name, GCancellable *cancellable, GError **error)
{
  g_autofree char *buffer = g_malloc (COPY_SIZE);
  guint64 copied = 0;

  while (!g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      gssize length = read (from, buffer, COPY_SIZE);

      if (length < 0 && errno == EINTR)
        continue;
      if (length < 0 || !write_all (to, buffer, length))
        {
          set_copy_error (error, errno, name);
          return FALSE;
        }
      if (length == 0)
        return TRUE;
      copied += length;
      if (copied > MAX_COPIED_BYTES)
        {
          g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
                       _ ("“%s” is larger than 2 GB. Divide it into smaller files."), name);
          return FALSE;
        }
    }
  return FALSE;
}

static ShequSheetSource *
take_fd (int fd, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequSheetSource) source = g_new0 (ShequSheetSource, 1);
  struct stat status;

  source->fd = fd;
  source->name = g_strdup (name);
  if (fstat (fd, &status) != 0)
    {
      set_open_error (error, errno, name);
      return NULL;
    }
  if (S_ISDIR (status.st_mode))
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
                   _ ("“%s” is a folder. Choose the spreadsheet in it."), name);
      return NULL;
    }
  if (!S_ISREG (status.st_mode))
    {
      int copy = open_nameless (name, error);

      if (copy < 0)
        return NULL;
      source->fd = copy;
      if (!copy_input (fd, copy, name, cancellable, error) || fstat (copy, &status) != 0)
        {
          close (fd);
          return NULL;
        }
      close (fd);
    }
  source->size = status.st_size;
  return g_steal_pointer (&source);
}

/**
 * shequ_sheet_source_new_path:
 * @path: a file
 * @cancellable: (nullable): to stop copying what is no plain file
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the open file
 */
ShequSheetSource *
shequ_sheet_source_new_path (const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    {
      set_open_error (error, errno, name);
      return NULL;
    }
  return take_fd (fd, name, cancellable, error);
}

/**
 * shequ_sheet_source_new_fd:
 * @fd: an open file, as standard input; stays the caller's
 * @cancellable: (nullable): to stop copying
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the bytes of @fd
 */
ShequSheetSource *
shequ_sheet_source_new_fd (int fd, GCancellable *cancellable, GError **error)
{
  const char *name = _ ("Standard input");
  int copy = fcntl (fd, F_DUPFD_CLOEXEC, 3);

  if (copy < 0)
    {
      set_open_error (error, errno, name);
      return NULL;
    }
  return take_fd (copy, name, cancellable, error);
}

/**
 * shequ_sheet_source_new_bytes:
 * @bytes: the content of a spreadsheet
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the bytes as a source
 */
ShequSheetSource *
shequ_sheet_source_new_bytes (GBytes *bytes, GError **error)
{
  const char *name = _ ("The data");
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  int fd = open_nameless (name, error);

  if (fd < 0)
    return NULL;
  if (!write_all (fd, data, length))
    {
      set_copy_error (error, errno, name);
      close (fd);
      return NULL;
    }
  return take_fd (fd, name, NULL, error);
}

/**
 * shequ_sheet_source_free:
 * @source: (transfer full): a source
 */
void
shequ_sheet_source_free (ShequSheetSource *source)
{
  close (source->fd);
  g_free (source->name);
  g_free (source);
}

/**
 * shequ_sheet_source_read:
 * @source: a source
 * @offset: where to begin, in bytes
 * @buffer: (out): where the bytes go
 * @size: how many at most
 * @error: return location for a %SHEQU_ERROR_UNREADABLE
 *
 * Returns: the bytes read, less than @size only at the end; -1 on error
 */
gssize
shequ_sheet_source_read (ShequSheetSource *source, guint64 offset, void *buffer, gsize size, GError **error)
{
  gsize filled = 0;

  while (filled < size)
    {
      gssize length = pread (source->fd, (char *) buffer + filled, size - filled, offset + filled);

      if (length < 0 && errno == EINTR)
        continue;
      if (length < 0)
        {
          set_open_error (error, errno, source->name);
          return -1;
        }
      if (length == 0)
        break;
      filled += length;
    }
  return filled;
}

/**
 * shequ_sheet_source_get_path:
 * @source: a source
 *
 * Returns: (transfer full): a path for a library that opens files by path only, valid while @source lives
 */
char *
shequ_sheet_source_get_path (ShequSheetSource *source)
{
  return g_strdup_printf ("/proc/self/fd/%d", source->fd);
}
