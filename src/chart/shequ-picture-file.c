#include "shequ-picture-file.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "shequ-error.h"

/* A file that appears under its name when it is complete, and not at all before. */
struct _ShequPictureFile
{
  char *path;
  char *temporary;
  int descriptor;
  int error_number; /* of the first write that failed */
};

static void
set_error (GError **error, const char *path, int error_number)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *shown_folder = g_filename_display_name (folder);

  switch (error_number)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_FULL,
        _ ("The disk is full: “%s” was not written. A file of that name, if there was one, is as it "
           "was. Make room or choose another place."),
        name);
      break;
    case EACCES:
    case EPERM:
    case EROFS:
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
                   _ ("The folder “%s” may not be written to. Nothing was changed. Choose another folder."),
                   shown_folder);
      break;
    case ENOENT:
    case ENOTDIR:
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND,
                   _ ("There is no folder “%s”. Nothing was written. Choose another folder."), shown_folder);
      break;
    case EISDIR:
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
                   _ ("“%s” is a folder. Nothing was written. Choose another name for the file."), name);
      break;
    default:
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
                   _ ("“%s” could not be written (%s). A file of that name, if there was one, is as it was."),
                   name, g_strerror (error_number));
      break;
    }
}

/**
 * shequ_picture_file_new:
 * @path: name of the file, in the encoding of file names
 * @error: return location
 *
 * Begins a file beside its later name. Unless shequ_picture_file_commit() succeeds, nothing is left of it.
 *
 * Returns: (transfer full): the file, or %NULL with %SHEQU_ERROR_UNREACHABLE, %SHEQU_ERROR_NOT_FOUND or
 *   %SHEQU_ERROR_FULL
 */
ShequPictureFile *
shequ_picture_file_new (const char *path, GError **error)
{
  g_autoptr (ShequPictureFile) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (ShequPictureFile, 1);
  self->descriptor = -1;
  self->path = g_strdup (path);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      set_error (error, path, EISDIR);
      return NULL;
    }
  self->temporary = g_strconcat (path, ".XXXXXX", NULL);
  self->descriptor = g_mkstemp_full (self->temporary, O_WRONLY | O_CLOEXEC, 0666);
  if (self->descriptor < 0)
    {
      set_error (error, path, errno);
      g_clear_pointer (&self->temporary, g_free);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * shequ_picture_file_write:
 * @file: a #ShequPictureFile
 * @data: (array length=length): bytes
 * @length: their number
 *
 * Adds bytes: a cairo_write_func_t. The reason of a failure is kept for shequ_picture_file_commit().
 *
 * Returns: %CAIRO_STATUS_SUCCESS or %CAIRO_STATUS_WRITE_ERROR
 */
cairo_status_t
shequ_picture_file_write (void *file, const unsigned char *data, unsigned int length)
{
  ShequPictureFile *self = file;

  while (length > 0 && self->error_number == 0)
    {
      gssize written = write (self->descriptor, data, length);

      if (written >= 0)
        {
          data += written;
          length -= written;
        }
      else if (errno != EINTR)
        self->error_number = errno;
    }
  return self->error_number == 0 ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

/**
 * shequ_picture_file_commit:
 * @self: a file
 * @status: what the surface says after it was finished
 * @error: return location
 *
 * Gives the complete file its name, in the place of an older one.
 *
 * Returns: whether it has it; else %SHEQU_ERROR_FULL, %SHEQU_ERROR_UNREACHABLE or %SHEQU_ERROR_INTERNAL
 */
gboolean
shequ_picture_file_commit (ShequPictureFile *self, cairo_status_t status, GError **error)
{
  g_return_val_if_fail (self != NULL && self->temporary != NULL, FALSE);

  if (self->error_number == 0 && status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INTERNAL,
                   _ ("The picture could not be drawn (%s). Nothing was written. Try a smaller size."),
                   cairo_status_to_string (status));
      return FALSE;
    }
  if (self->error_number == 0 && fsync (self->descriptor) < 0 && errno != EINVAL)
    self->error_number = errno;
  if (close (self->descriptor) < 0 && self->error_number == 0)
    self->error_number = errno;
  self->descriptor = -1;
  if (self->error_number == 0 && g_rename (self->temporary, self->path) < 0)
    self->error_number = errno;
  if (self->error_number != 0)
    {
      set_error (error, self->path, self->error_number);
      return FALSE;
    }
  g_clear_pointer (&self->temporary, g_free);
  return TRUE;
}

/**
 * shequ_picture_file_free:
 * @self: a file
 *
 * Frees the file, and removes what was not committed.
 */
void
shequ_picture_file_free (ShequPictureFile *self)
{
  if (self->descriptor >= 0)
    close (self->descriptor);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}
