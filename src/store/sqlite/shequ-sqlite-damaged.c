/*
 * A copy of a damaged file that SQLite is willing to read.
 *
 * The damaged file itself is read only, byte by byte and past what the disk refuses. In the copy the first
 * hundred bytes, which describe the file and hold no record, are made to fit it.
 */
#include "shequ-sqlite-damaged.h"

#include "shequ-error.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_SIZE (256 * 1024)
#define FAULT_SIZE 16384 /* at least a page: half a page would be taken for a whole one */
#define HEADER_SIZE 100
#define MAGIC "SQLite format 3"

/* Where the header says what (https://www.sqlite.org/fileformat2.html#the_database_header). */
enum
{
  AT_PAGE_SIZE = 16,
  AT_FRACTIONS = 21,
  AT_CHANGES = 24,
  AT_N_PAGES = 28,
  AT_FREE_PAGES = 32,
  AT_SCHEMA_FORMAT = 44,
  AT_LARGEST_ROOT = 52,
  AT_ENCODING = 56,
  AT_VACUUM = 64,
  AT_RESERVED = 72,
  AT_VALID_FOR = 92,
};

static void
set_error (GError **error, const char *path)
{
  if (errno == ENODATA)
    {
      g_set_error_literal (
        error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED,
        _ ("Nothing of the database can be read. Keep the file and restore the last backup"));
      return;
    }
  g_set_error (error, SHEQU_ERROR, errno == ENOSPC ? SHEQU_ERROR_FULL : SHEQU_ERROR_UNREACHABLE,
               _ ("“%s” can't be used (%s). Check the folder and its rights"), path, g_strerror (errno));
}

static gssize
read_at (int from, guint8 *bytes, gsize size, goffset offset)
{
  gsize done = 0;

  while (done < size)
    {
      gssize n = pread (from, bytes + done, size - done, offset + (goffset) done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      done += (gsize) n;
    }
  return (gssize) done;
}

/* What the disk refuses is taken as empty. */
static gssize
read_past_faults (int from, guint8 *bytes, goffset offset, goffset size)
{
  gsize wanted = (gsize) MIN (BLOCK_SIZE, size - offset);
  gssize n = read_at (from, bytes, wanted, offset);

  if (n >= 0)
    return n;
  for (gsize at = 0; at < wanted; at += FAULT_SIZE)
    {
      gsize length = MIN (FAULT_SIZE, wanted - at);

      if (read_at (from, bytes + at, length, offset + (goffset) at) != (gssize) length)
        memset (bytes + at, 0, length);
    }
  return (gssize) wanted;
}

static gboolean
write_all (int to, const guint8 *bytes, gsize size)
{
  for (gsize done = 0; done < size;)
    {
      gssize n = write (to, bytes + done, size - done);

      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        done += (gsize) n;
    }
  return TRUE;
}

static gboolean
copy_bytes (int from, int to, const char *copy, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *bytes = g_malloc (BLOCK_SIZE);
  GStatBuf about;
  goffset offset = 0;

  if (fstat (from, &about) != 0)
    {
      set_error (error, copy);
      return FALSE;
    }
  while (offset < about.st_size)
    {
      gssize n = read_past_faults (from, bytes, offset, about.st_size);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (n == 0)
        break;
      if (!write_all (to, bytes, (gsize) n))
        {
          set_error (error, copy);
          return FALSE;
        }
      offset += n;
    }
  return TRUE;
}

static gboolean
copy_file (const char *path, const char *copy, GCancellable *cancellable, GError **error)
{
  int from = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  int to = from >= 0 ? g_open (copy, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
  gboolean copied = FALSE;

  if (to >= 0)
    copied = copy_bytes (from, to, copy, cancellable, error);
  else
    set_error (error, from >= 0 ? copy : path);
  if (from >= 0)
    close (from);
  if (to >= 0)
    close (to);
  return copied;
}

static guint32
get_number (const guint8 *at, guint n_bytes)
{
  guint32 number = 0;

  for (guint i = 0; i < n_bytes; i++)
    number = number << 8 | at[i];
  return number;
}

static void
put_number (guint8 *at, guint n_bytes, guint32 number)
{
  for (guint i = n_bytes; i > 0; number >>= 8)
    at[--i] = (guint8) number;
}

static gboolean
is_page_size (guint32 size)
{
  return size >= 512 && size <= 65536 && (size & (size - 1)) == 0;
}

/* 1 stands for 65536. What no page can be is that of the files that we make. */
static guint32
find_page_size (const guint8 *header, guint32 usual)
{
  guint32 size = get_number (header + AT_PAGE_SIZE, 2);

  if (size == 1)
    size = 65536;
  return is_page_size (size) ? size : usual;
}

static gboolean
is_sound (const guint8 *header)
{
  return memcmp (header, MAGIC, sizeof MAGIC) == 0 && is_page_size (get_number (header + AT_PAGE_SIZE, 2)) &&
         get_number (header + AT_FRACTIONS, 3) == 0x402020;
}

/* There are as many pages as are whole; free ones are not looked for. */
static void
mend_header (guint8 *header, guint32 page_size, guint32 n_pages)
{
  if (!is_sound (header))
    {
      memcpy (header, MAGIC, sizeof MAGIC);
      put_number (header + AT_PAGE_SIZE, 2, page_size == 65536 ? 1 : page_size);
      /* Written past a log or through one: a log that is there is read either way. */
      put_number (header + AT_PAGE_SIZE + 2, 2, 0x0202);
      header[AT_PAGE_SIZE + 4] = 0;
      put_number (header + AT_FRACTIONS, 3, 0x402020);
      put_number (header + AT_LARGEST_ROOT, 4, 0);
      put_number (header + AT_VACUUM, 4, 0);
      memset (header + AT_RESERVED, 0, AT_VALID_FOR - AT_RESERVED);
    }
  put_number (header + AT_N_PAGES, 4, n_pages);
  put_number (header + AT_FREE_PAGES, 4, 0);
  put_number (header + AT_FREE_PAGES + 4, 4, 0);
  put_number (header + AT_SCHEMA_FORMAT, 4, 4);
  put_number (header + AT_ENCODING, 4, 1);
  memcpy (header + AT_VALID_FOR, header + AT_CHANGES, 4);
}

static gboolean
mend_copy (const char *copy, guint32 usual_page_size, GError **error)
{
  int file = g_open (copy, O_RDWR | O_CLOEXEC, 0);
  guint8 header[HEADER_SIZE];
  GStatBuf about;
  gboolean mended = FALSE;

  if (file >= 0 && fstat (file, &about) == 0)
    {
      if (read_at (file, header, HEADER_SIZE, 0) == HEADER_SIZE)
        {
          guint32 page_size = find_page_size (header, usual_page_size);
          goffset n_pages = about.st_size / page_size;

          mend_header (header, page_size, (guint32) n_pages);
          mended = pwrite (file, header, HEADER_SIZE, 0) == HEADER_SIZE &&
                   ftruncate (file, n_pages * (goffset) page_size) == 0;
        }
      else
        errno = ENODATA;
    }
  if (!mended)
    set_error (error, copy);
  if (file >= 0)
    close (file);
  return mended;
}

/**
 * shequ_sqlite_damaged_copy:
 * @location: a damaged file
 * @copy: the path of its copy
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Copies the file and the log beside it, and makes the header of the copy fit.
 *
 * Returns: whether the copy can be tried
 */
gboolean
shequ_sqlite_damaged_copy (const char *location, const char *copy, GCancellable *cancellable, GError **error)
{
  static const guint32 usual_page_size = 16384;
  g_autofree char *log = g_strconcat (location, "-wal", NULL);
  g_autofree char *log_copy = g_strconcat (copy, "-wal", NULL);

  return copy_file (location, copy, cancellable, error) && mend_copy (copy, usual_page_size, error) &&
         (!g_file_test (log, G_FILE_TEST_EXISTS) || copy_file (log, log_copy, cancellable, error));
}
