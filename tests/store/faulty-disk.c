#include "faulty-disk.h"

#include <sqlite3.h>
#include <string.h>

typedef struct
{
  sqlite3_file base;
  sqlite3_file *real; /* behind this one in the same piece of memory */
} File;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs faulty_vfs;
static sqlite3_io_methods methods;

static struct
{
  gint at; /* 0: nothing fails */
  gint done;
  Fault fault;
  gboolean lasts;
  gint failed;
} disk;

/* Whether the deed that is about to be done fails. */
static gboolean
fails (void)
{
  gint number;

  if (g_atomic_int_get (&disk.at) == 0)
    return FALSE;
  number = g_atomic_int_add (&disk.done, 1) + 1;
  if (number != disk.at && !(disk.lasts && number > disk.at))
    return FALSE;
  g_atomic_int_set (&disk.failed, 1);
  return TRUE;
}

static int
get_code (int broken)
{
  return disk.fault == FAULT_FULL ? SQLITE_FULL : broken;
}

static sqlite3_file *
get_real (sqlite3_file *file)
{
  return ((File *) file)->real;
}

static int
file_close (sqlite3_file *file)
{
  return get_real (file)->pMethods != NULL ? get_real (file)->pMethods->xClose (get_real (file)) : SQLITE_OK;
}

static int
file_read (sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset)
{
  return get_real (file)->pMethods->xRead (get_real (file), bytes, length, offset);
}

static int
file_write (sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset)
{
  if (!fails ())
    return get_real (file)->pMethods->xWrite (get_real (file), bytes, length, offset);
  if (disk.fault == FAULT_TORN)
    get_real (file)->pMethods->xWrite (get_real (file), bytes, length / 2, offset);
  return get_code (SQLITE_IOERR_WRITE);
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  if (fails ())
    return get_code (SQLITE_IOERR_TRUNCATE);
  return get_real (file)->pMethods->xTruncate (get_real (file), size);
}

static int
file_sync (sqlite3_file *file, int flags)
{
  if (fails ())
    return get_code (SQLITE_IOERR_FSYNC);
  return get_real (file)->pMethods->xSync (get_real (file), flags);
}

static int
file_get_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return get_real (file)->pMethods->xFileSize (get_real (file), size);
}

static int
file_lock (sqlite3_file *file, int level)
{
  return get_real (file)->pMethods->xLock (get_real (file), level);
}

static int
file_unlock (sqlite3_file *file, int level)
{
  return get_real (file)->pMethods->xUnlock (get_real (file), level);
}

static int
file_check_lock (sqlite3_file *file, int *locked)
{
  return get_real (file)->pMethods->xCheckReservedLock (get_real (file), locked);
}

static int
file_control (sqlite3_file *file, int operation, void *argument)
{
  return get_real (file)->pMethods->xFileControl (get_real (file), operation, argument);
}

static int
file_get_sector_size (sqlite3_file *file)
{
  return get_real (file)->pMethods->xSectorSize (get_real (file));
}

static int
file_get_characteristics (sqlite3_file *file)
{
  return get_real (file)->pMethods->xDeviceCharacteristics (get_real (file));
}

static int
file_map_shared (sqlite3_file *file, int region, int size, int extend, void volatile **memory)
{
  if (extend && fails ())
    return get_code (SQLITE_IOERR_SHMMAP);
  return get_real (file)->pMethods->xShmMap (get_real (file), region, size, extend, memory);
}

static int
file_lock_shared (sqlite3_file *file, int offset, int n, int flags)
{
  return get_real (file)->pMethods->xShmLock (get_real (file), offset, n, flags);
}

static void
file_order_shared (sqlite3_file *file)
{
  get_real (file)->pMethods->xShmBarrier (get_real (file));
}

static int
file_unmap_shared (sqlite3_file *file, int remove)
{
  return get_real (file)->pMethods->xShmUnmap (get_real (file), remove);
}

static int
faulty_open (sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out_flags)
{
  File *self = (File *) file;
  int result;

  memset (self, 0, sizeof *self);
  self->real = (sqlite3_file *) (self + 1);
  if (fails ())
    return get_code (SQLITE_CANTOPEN);
  result = real_vfs->xOpen (real_vfs, name, self->real, flags, out_flags);
  if (self->real->pMethods != NULL)
    self->base.pMethods = &methods;
  return result;
}

static int
faulty_delete (sqlite3_vfs *vfs, const char *name, int sync)
{
  if (fails ())
    return get_code (SQLITE_IOERR_DELETE);
  return real_vfs->xDelete (real_vfs, name, sync);
}

void
faulty_disk_install (void)
{
  real_vfs = sqlite3_vfs_find (NULL);
  faulty_vfs = *real_vfs;
  faulty_vfs.zName = "faulty";
  faulty_vfs.szOsFile = (int) sizeof (File) + real_vfs->szOsFile;
  faulty_vfs.xOpen = faulty_open;
  faulty_vfs.xDelete = faulty_delete;
  methods = (sqlite3_io_methods){
    .iVersion = 2, /* without memory maps, so that every byte passes here */
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_get_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_lock,
    .xFileControl = file_control,
    .xSectorSize = file_get_sector_size,
    .xDeviceCharacteristics = file_get_characteristics,
    .xShmMap = file_map_shared,
    .xShmLock = file_lock_shared,
    .xShmBarrier = file_order_shared,
    .xShmUnmap = file_unmap_shared,
  };
  sqlite3_vfs_register (&faulty_vfs, 1);
}

void
faulty_disk_arm (guint at, Fault fault, gboolean lasts)
{
  disk.fault = fault;
  disk.lasts = lasts;
  g_atomic_int_set (&disk.done, 0);
  g_atomic_int_set (&disk.failed, 0);
  g_atomic_int_set (&disk.at, (gint) at);
}

void
faulty_disk_disarm (void)
{
  g_atomic_int_set (&disk.at, 0);
}

gboolean
faulty_disk_has_failed (void)
{
  return g_atomic_int_get (&disk.failed) != 0;
}
