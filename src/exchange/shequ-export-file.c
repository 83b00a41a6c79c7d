/* A spreadsheet that leaves the office, sealed with a password where it must be. */
#include "shequ-export-file.h"

#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "shequ-cipher.h"
#include "shequ-error.h"
#include "shequ-sheet-file.h"

/* Memory that looks like a folder, so that what is not sealed yet does not come to a disk. */
#define MEMORY_FOLDER "/dev/shm"
#define SHEET_NAME "export.xlsx"

static gint64
write_sheet (ShequStore *store,
             const ShequQuery *query,
             const ShequExportFile *file,
             const char *path,
             ShequSheetFormat format,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (ShequSheetWriter) writer =
    shequ_sheet_writer_new_path (path, format, SHEQU_SHEET_WRITER_DEFAULT, error);
  ShequExportOptions options = { file->unmasked, file->approved, file->mark };

  return writer != NULL
           ? shequ_export_run (store, query, file->columns, writer, &options, NULL, NULL, cancellable, error)
           : -1;
}

static gboolean
add_sheet (struct archive *archive, const char *sheet)
{
  struct archive_entry *entry = archive_entry_new ();
  g_autofree char *content = NULL;
  gsize length = 0;
  gboolean added = FALSE;

  if (g_file_get_contents (sheet, &content, &length, NULL))
    {
      archive_entry_set_pathname (entry, SHEET_NAME);
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0600);
      archive_entry_set_size (entry, (la_int64_t) length);
      added = archive_write_header (archive, entry) == ARCHIVE_OK &&
              archive_write_data (archive, content, length) == (la_ssize_t) length;
    }
  archive_entry_free (entry);
  return added;
}

/* A zip by libarchive, which 7-Zip, WinRAR, Bandizip and the archivers of domestic systems open. */
static gboolean
seal (const char *sheet, ShequSheetFile *target, const char *password)
{
  struct archive *archive = archive_write_new ();
  gboolean sealed = archive != NULL && archive_write_set_format_zip (archive) == ARCHIVE_OK &&
                    archive_write_set_options (archive, "zip:encryption=aes256") == ARCHIVE_OK &&
                    archive_write_set_passphrase (archive, password) == ARCHIVE_OK &&
                    archive_write_open_filename (archive, target->path) == ARCHIVE_OK &&
                    add_sheet (archive, sheet);

  sealed = archive != NULL && archive_write_close (archive) == ARCHIVE_OK && sealed;
  if (archive != NULL)
    archive_write_free (archive);
  return sealed;
}

static gint64
write_sealed (ShequStore *store,
              const ShequQuery *query,
              const ShequExportFile *file,
              GCancellable *cancellable,
              GError **error)
{
  const char *in = g_access (MEMORY_FOLDER, W_OK) == 0 ? MEMORY_FOLDER : g_get_tmp_dir ();
  g_autofree char *folder = g_build_filename (in, "shequ-XXXXXX", NULL);
  g_autofree char *sheet = NULL;
  g_autoptr (ShequSheetFile) target = shequ_sheet_file_new_path (file->path, error);
  gint64 n_records = -1;

  if (target == NULL)
    return -1;
  if (g_mkdtemp_full (folder, 0700) == NULL)
    {
      shequ_sheet_file_set_error (target, error, EACCES);
      return -1;
    }
  sheet = g_build_filename (folder, SHEET_NAME, NULL);
  n_records = write_sheet (store, query, file, sheet, SHEQU_SHEET_FORMAT_XLSX, cancellable, error);
  if (n_records >= 0 && !seal (sheet, target, file->password))
    {
      n_records = -1;
      shequ_sheet_file_set_error (target, error, ENOSPC);
    }
  g_unlink (sheet);
  g_rmdir (folder);
  return n_records >= 0 && shequ_sheet_file_commit (target, error) ? n_records : -1;
}

static gboolean
read_digest (const char *path, guint8 *digest, GError **error)
{
  g_autoptr (GMappedFile) mapped = g_mapped_file_new (path, FALSE, error);

  if (mapped == NULL)
    return FALSE;
  shequ_digest (g_mapped_file_get_contents (mapped), g_mapped_file_get_length (mapped), digest);
  return TRUE;
}

/**
 * shequ_export_write_file:
 * @store: a store
 * @query: which records, in which order
 * @file: what to write
 * @digest: (out caller-allocates): SM3 of the file, %SHEQU_DIGEST_SIZE bytes
 * @cancellable: (nullable): to stop; no file is left then
 * @error: return location
 *
 * Writes records to a file, which takes its place only when it is whole. Blocks.
 *
 * Returns: how many records were written; -1 with the errors of the store or the writer
 */
gint64
shequ_export_write_file (ShequStore *store,
                         const ShequQuery *query,
                         const ShequExportFile *file,
                         guint8 *digest,
                         GCancellable *cancellable,
                         GError **error)
{
  gint64 n_records = file->password != NULL
                       ? write_sealed (store, query, file, cancellable, error)
                       : write_sheet (store, query, file, file->path, file->format, cancellable, error);

  return n_records >= 0 && read_digest (file->path, digest, error) ? n_records : -1;
}
