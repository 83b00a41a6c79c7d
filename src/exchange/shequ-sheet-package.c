#include "shequ-sheet-package.h"

#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "shequ-error.h"

#define BLOCK_SIZE (64 * 1024)
#define MAX_ENTRIES 10000
/* Sheets of empty formatted rows pack well; beyond this size nothing honest packs better than this. */
#define RATIO_COUNTS_FROM (G_GUINT64_CONSTANT (64) << 20)
#define MAX_RATIO 250

struct _ShequSheetPackage
{
  ShequSheetSource *source;
  GHashTable *names;
};

struct _ShequSheetEntry
{
  ShequSheetPackage *package;
  struct archive *archive;
  guint64 offset;
  guint64 packed_start;
  guint64 unpacked;
  guint64 limit;
  char block[BLOCK_SIZE];
};

static char *
normalise_name (const char *name)
{
  char *normal = g_ascii_strdown (name, -1);

  g_strdelimit (normal, "\\", '/');
  if (normal[0] == '/')
    memmove (normal, normal + 1, strlen (normal));
  return normal;
}

static void
set_damaged (GError **error, ShequSheetSource *source)
{
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
               _ ("“%s” is damaged or was not copied completely. Ask for the file again, or open it in the "
                  "spreadsheet program and save it again as .xlsx."),
               source->name);
}

static la_ssize_t
read_block (struct archive *archive, void *data, const void **block)
{
  ShequSheetEntry *entry = data;
  gssize length =
    shequ_sheet_source_read (entry->package->source, entry->offset, entry->block, BLOCK_SIZE, NULL);

  *block = entry->block;
  if (length > 0)
    entry->offset += length;
  return length < 0 ? ARCHIVE_FATAL : length;
}

static la_int64_t
seek_block (struct archive *archive, void *data, la_int64_t offset, int whence)
{
  ShequSheetEntry *entry = data;
  gint64 base = 0;

  if (whence == SEEK_CUR)
    base = entry->offset;
  else if (whence == SEEK_END)
    base = entry->package->source->size;
  if (base + offset < 0)
    return ARCHIVE_FATAL;
  entry->offset = base + offset;
  return entry->offset;
}

static ShequSheetEntry *
open_archive (ShequSheetPackage *package, GError **error)
{
  g_autoptr (ShequSheetEntry) entry = g_new0 (ShequSheetEntry, 1);

  entry->package = package;
  entry->archive = archive_read_new ();
  archive_read_support_format_zip_seekable (entry->archive);
  archive_read_set_read_callback (entry->archive, read_block);
  archive_read_set_seek_callback (entry->archive, seek_block);
  archive_read_set_callback_data (entry->archive, entry);
  if (archive_read_open1 (entry->archive) == ARCHIVE_OK)
    return g_steal_pointer (&entry);
  set_damaged (error, package->source);
  return NULL;
}

/* Returns 1 for an entry, 0 at the end, -1 on error. */
static int
next_header (ShequSheetEntry *entry, char **name, GError **error)
{
  struct archive_entry *header;
  int result = archive_read_next_header (entry->archive, &header);
  const char *path;

  if (result == ARCHIVE_EOF)
    return 0;
  if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
    {
      set_damaged (error, entry->package->source);
      return -1;
    }
  path = archive_entry_pathname (header);
  *name = normalise_name (path == NULL ? "" : path);
  if (!archive_entry_is_encrypted (header))
    return 1;
  g_clear_pointer (name, g_free);
  g_set_error (
    error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
    _ ("“%s” is protected by a password. Open it in the spreadsheet program, remove the password and "
       "save it again."),
    entry->package->source->name);
  return -1;
}

/**
 * shequ_sheet_package_new:
 * @source: a zip file; must outlive the package
 * @error: return location for a %SHEQU_ERROR_UNREADABLE
 *
 * Reads the list of entries.
 *
 * Returns: (transfer full) (nullable): the package
 */
ShequSheetPackage *
shequ_sheet_package_new (ShequSheetSource *source, GError **error)
{
  g_autoptr (ShequSheetPackage) package = g_new0 (ShequSheetPackage, 1);
  g_autoptr (ShequSheetEntry) entry = NULL;
  char *name;
  int result;

  package->source = source;
  package->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  entry = open_archive (package, error);
  if (entry == NULL)
    return NULL;
  while ((result = next_header (entry, &name, error)) > 0)
    {
      g_hash_table_add (package->names, name);
      if (g_hash_table_size (package->names) > MAX_ENTRIES)
        {
          set_damaged (error, source);
          return NULL;
        }
    }
  return result < 0 ? NULL : g_steal_pointer (&package);
}

/**
 * shequ_sheet_package_free:
 * @package: (transfer full): a package
 */
void
shequ_sheet_package_free (ShequSheetPackage *package)
{
  g_hash_table_unref (package->names);
  g_free (package);
}

/**
 * shequ_sheet_package_has:
 * @package: a package
 * @name: an entry
 *
 * Returns: whether @name is in it
 */
gboolean
shequ_sheet_package_has (ShequSheetPackage *package, const char *name)
{
  g_autofree char *normal = normalise_name (name);

  return g_hash_table_contains (package->names, normal);
}

/**
 * shequ_sheet_package_has_folder:
 * @package: a package
 * @folder: a folder with `/` at its end
 *
 * Returns: whether an entry lies in it
 */
gboolean
shequ_sheet_package_has_folder (ShequSheetPackage *package, const char *folder)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, package->names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_str_has_prefix (name, folder))
      return TRUE;
  return FALSE;
}

/**
 * shequ_sheet_package_open:
 * @package: a package; must outlive the entry
 * @name: an entry
 * @limit: the most bytes that it may unpack to
 * @error: return location for a %SHEQU_ERROR_UNREADABLE
 *
 * Returns: (transfer full) (nullable): the entry, to be read from its start
 */
ShequSheetEntry *
shequ_sheet_package_open (ShequSheetPackage *package, const char *name, guint64 limit, GError **error)
{
  g_autofree char *wanted = normalise_name (name);
  g_autoptr (ShequSheetEntry) entry = open_archive (package, error);
  char *found;
  int result;

  if (entry == NULL)
    return NULL;
  entry->limit = limit;
  while ((result = next_header (entry, &found, error)) > 0)
    {
      gboolean same = strcmp (found, wanted) == 0;

      g_free (found);
      if (same)
        {
          entry->packed_start = archive_filter_bytes (entry->archive, -1);
          return g_steal_pointer (&entry);
        }
    }
  if (result == 0)
    set_damaged (error, package->source);
  return NULL;
}

static gboolean
check_size (ShequSheetEntry *entry, GError **error)
{
  guint64 at = archive_filter_bytes (entry->archive, -1);
  guint64 packed = at > entry->packed_start ? at - entry->packed_start : 1;

  if (entry->unpacked <= entry->limit &&
      (entry->unpacked <= RATIO_COUNTS_FROM || entry->unpacked / packed <= MAX_RATIO))
    return TRUE;
  g_set_error (
    error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
    _ ("“%s” unpacks to far more than a ledger can hold, as files do that are made to harm. It was not "
       "read. Ask the sender, or save it again as .xlsx without empty rows."),
    entry->package->source->name);
  return FALSE;
}

/**
 * shequ_sheet_entry_read:
 * @entry: an entry
 * @data: (out): the next unpacked bytes, valid until the next call
 * @length: (out): how many, 0 at the end
 * @error: return location for a %SHEQU_ERROR_UNREADABLE: damaged, or a zip bomb
 *
 * Returns: %FALSE on error
 */
gboolean
shequ_sheet_entry_read (ShequSheetEntry *entry, const char **data, gsize *length, GError **error)
{
  const void *block = NULL;
  size_t size = 0;
  la_int64_t offset;
  int result;

  do
    result = archive_read_data_block (entry->archive, &block, &size, &offset);
  while (result == ARCHIVE_OK && size == 0);
  if (result != ARCHIVE_OK && result != ARCHIVE_EOF)
    {
      set_damaged (error, entry->package->source);
      return FALSE;
    }
  *data = block;
  *length = result == ARCHIVE_EOF ? 0 : size;
  entry->unpacked += *length;
  return check_size (entry, error);
}

/**
 * shequ_sheet_entry_free:
 * @entry: (transfer full): an entry
 */
void
shequ_sheet_entry_free (ShequSheetEntry *entry)
{
  archive_read_free (entry->archive);
  g_free (entry);
}
