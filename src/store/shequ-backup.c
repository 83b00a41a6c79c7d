/*
 * Backups: a copy of the database as it stood at one moment, sealed in one file; and the way back.
 *
 * Nothing is replaced before the whole backup was read, opened as a database and checked; what is replaced is
 * kept beside it under another name.
 */
#include "shequ-backup-file-private.h"
#include "shequ-protection-private.h"
#include "shequ-salvage-private.h"
#include "shequ-store-private.h"

#include "shequ-cipher.h"

#include "shequ-error.h"
#include "shequ-password.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define ABOUT_GROUP "Backup"
#define COUNT_GROUP "Count"
#define FORMAT 1
#define KEY_ID_BYTES 4

/**
 * shequ_backup_key_id:
 * @key: a recovery key
 *
 * Returns: (transfer full): a short number that tells keys apart and tells nothing of the key
 */
char *
shequ_backup_key_id (const ShequSecret *key)
{
  static const char purpose[] = "shequ recovery key id";
  g_autoptr (ShequKeyedDigest) keyed = shequ_keyed_digest_new (key);
  guint8 digest[SHEQU_DIGEST_SIZE];
  GString *text = g_string_new (NULL);

  shequ_keyed_digest_make (keyed, purpose, sizeof purpose, digest);
  for (guint i = 0; i < KEY_ID_BYTES; i++)
    g_string_append_printf (text, "%02x", digest[i]);
  return g_string_free (text, FALSE);
}

void
shequ_backup_info_free (ShequBackupInfo *info)
{
  g_free (info->office);
  g_free (info->created);
  g_free (info->program);
  g_free (info->key_id);
  g_hash_table_unref (info->counts);
  g_free (info);
}

/**
 * shequ_backup_read_info:
 * @path: a backup
 * @error: %SHEQU_ERROR_UNREADABLE when it is none
 *
 * Returns: (transfer full): what the file says of itself; only shequ_backup_verify() vouches for it
 */
ShequBackupInfo *
shequ_backup_read_info (const char *path, GError **error)
{
  g_autoptr (GKeyFile) about = shequ_backup_file_read_about (path, error);
  g_auto (GStrv) names = NULL;
  ShequBackupInfo *info;

  if (about == NULL)
    return NULL;
  if (g_key_file_get_integer (about, ABOUT_GROUP, "Format", NULL) > FORMAT)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NEWER,
                   _ ("“%s” was made by a newer Shequ; nothing was changed. Bring this program up to date"),
                   path);
      return NULL;
    }
  info = g_new0 (ShequBackupInfo, 1);
  info->office = g_key_file_get_string (about, ABOUT_GROUP, "Office", NULL);
  info->created = g_key_file_get_string (about, ABOUT_GROUP, "Created", NULL);
  info->program = g_key_file_get_string (about, ABOUT_GROUP, "Program", NULL);
  info->key_id = g_key_file_get_string (about, "Key", "Id", NULL);
  info->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  names = g_key_file_get_keys (about, COUNT_GROUP, NULL, NULL);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    g_hash_table_insert (info->counts, g_strdup (names[i]),
                         g_key_file_get_string (about, COUNT_GROUP, names[i], NULL));
  return info;
}

/* The numbers of live records by register; stops at the first that can't be counted. */
static GHashTable *
count_records (ShequStore *store, GCancellable *cancellable, GError **error)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (shequ_store_get_catalogue (store));
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = registers->pdata[i];
      g_autoptr (ShequQuery) query = shequ_query_new (reg, NULL);
      gint64 count;

      query->with_restricted = TRUE;
      count = shequ_store_count (store, query, cancellable, error);
      if (count < 0)
        return NULL;
      g_hash_table_insert (counts, g_strdup (reg->name), g_memdup2 (&count, sizeof count));
    }
  return g_steal_pointer (&counts);
}

/* Opens a copy and checks it as `shequ-cli check` does; its numbers of records. */
static GHashTable *
check_copy (const char *path, ShequCatalogue *catalogue, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequStore) store = shequ_store_open (path, catalogue, SHEQU_OPEN_READ_ONLY, cancellable, error);
  g_autoptr (GPtrArray) problems = store != NULL ? shequ_store_check (store, cancellable, error) : NULL;

  if (problems == NULL)
    return NULL;
  if (problems->len > 0)
    {
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED,
        _ ("The copy is not whole (%s); nothing was replaced. Check the database, or take another backup"),
        (const char *) problems->pdata[0]);
      return NULL;
    }
  return count_records (store, cancellable, error);
}

static GKeyFile *
describe (const char *office, const char *moment, GHashTable *counts, guint64 size)
{
  GKeyFile *about = g_key_file_new ();
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (counts), (GCompareFunc) strcmp);

  g_key_file_set_integer (about, ABOUT_GROUP, "Format", FORMAT);
  g_key_file_set_string (about, ABOUT_GROUP, "Office", office);
  g_key_file_set_string (about, ABOUT_GROUP, "Created", moment);
  g_key_file_set_string (about, ABOUT_GROUP, "Program", SHEQU_VERSION);
  g_key_file_set_uint64 (about, ABOUT_GROUP, "Size", size);
  for (GList *at = names; at != NULL; at = at->next)
    g_key_file_set_int64 (about, COUNT_GROUP, at->data, *(gint64 *) g_hash_table_lookup (counts, at->data));
  return about;
}

/* Also what SQLite keeps beside a file. */
static void
remove_database (const char *path)
{
  static const char *const ends[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *name = g_strconcat (path, ends[i], NULL);

      g_unlink (name);
    }
}

/* A copy that nobody else may read, at one moment of the database. */
static gboolean
copy_database (ShequStore *store, const char *path, GCancellable *cancellable, GError **error)
{
  ShequConnection *reader;
  gboolean copied;
  int fd;

  if (store->engine->copy_to == NULL)
    {
      g_set_error_literal (
        error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
        _ ("A database on a server is backed up on the server (docs/server.md), or moved to a file "
           "first with “shequ-cli move”"));
      return FALSE;
    }
  remove_database (path);
  fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
                   _ ("“%s” can't be used (%s). Check the folder and its rights"), path, g_strerror (errno));
      return FALSE;
    }
  close (fd);
  reader = shequ_store_take_program_reader (store, cancellable, error);
  if (reader == NULL)
    return FALSE;
  copied = store->engine->copy_to (reader, path, error);
  shequ_store_give_reader (store, reader);
  return copied;
}

static guint64
get_size (const char *path)
{
  GStatBuf about;

  return g_stat (path, &about) == 0 ? (guint64) about.st_size : 0;
}

/* What can be read of a damaged database must not take the place of a whole backup. */
static gboolean
check_sound (ShequStore *store, GError **error)
{
  if (store->salvage == NULL && !shequ_store_is_damaged (store))
    return TRUE;
  g_set_error_literal (
    error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED,
    _ ("The database is damaged; no backup was made, and the last one is kept. Restore that"));
  return FALSE;
}

/* Whoever works when it is due, the daily one is the program's: under the key of the office, in the folder
 * that was chosen for it. */
static gboolean
may_write (ShequStore *store, const char *path, const ShequSecret *key, GError **error)
{
  g_autofree char *chosen = shequ_store_get_setting (store, "backup.folder", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  char *text = shequ_store_get_setting_as_program (store, SHEQU_SETTING_BACKUP_KEY, NULL);
  g_autoptr (ShequSecret) own = text != NULL ? shequ_recovery_key_parse (text, NULL) : NULL;
  g_autofree char *own_id = own != NULL ? shequ_backup_key_id (own) : NULL;
  g_autofree char *id = shequ_backup_key_id (key);

  shequ_secret_wipe_text (text);
  return (g_strcmp0 (chosen, folder) == 0 && g_strcmp0 (own_id, id) == 0) ||
         shequ_store_allows (store, SHEQU_RIGHT_BACKUP, NULL, error);
}

/**
 * shequ_backup_write:
 * @store: a store
 * @path: the file that is made; one of that name is replaced once the new one is whole
 * @key: the recovery key
 * @office: whose it is, readable by everybody
 * @moment: UTC, as the change log has it
 * @progress: (nullable): told while it is sealed and read back
 * @user_data: for @progress
 * @cancellable: (nullable): stops it; nothing is left behind
 * @error: %SHEQU_ERROR_FULL, %SHEQU_ERROR_UNREACHABLE, %SHEQU_ERROR_DAMAGED
 *
 * Copies the database as it stands at one moment, while others go on; opens the copy and checks it; seals it;
 * reads the sealed file back to its end. Any thread.
 *
 * Returns: whether a backup stands there that can be restored
 */
gboolean
shequ_backup_write (ShequStore *store,
                    const char *path,
                    const ShequSecret *key,
                    const char *office,
                    const char *moment,
                    ShequBackupProgress progress,
                    gpointer user_data,
                    GCancellable *cancellable,
                    GError **error)
{
  ShequBackupWatch watch = { progress, user_data, cancellable };
  g_autofree char *copy = g_strconcat (path, ".copy", NULL);
  g_autofree char *fresh = g_strconcat (path, ".new", NULL);
  g_autoptr (GHashTable) counts = NULL;
  g_autoptr (GKeyFile) about = NULL;
  gboolean written = FALSE;

  if (!may_write (store, path, key, error) || !check_sound (store, error))
    return FALSE;
  if (copy_database (store, copy, cancellable, error))
    counts = check_copy (copy, shequ_store_get_shipped_catalogue (store), cancellable, error);
  if (counts != NULL)
    {
      about = describe (office, moment, counts, get_size (copy));
      written = shequ_backup_file_seal (copy, fresh, key, about, &watch, error) &&
                shequ_backup_file_open (fresh, key, NULL, &watch, error) &&
                shequ_backup_file_move (fresh, path, error);
    }
  remove_database (copy);
  if (!written)
    g_unlink (fresh);
  return written;
}

/**
 * shequ_backup_verify:
 * @path: a backup
 * @key: the recovery key it was sealed with
 * @progress: (nullable): told while it is read
 * @user_data: for @progress
 * @cancellable: (nullable): stops it
 * @error: %SHEQU_ERROR_PERMISSION for another key, %SHEQU_ERROR_DAMAGED
 *
 * Returns: whether every byte is as it was sealed
 */
gboolean
shequ_backup_verify (const char *path,
                     const ShequSecret *key,
                     ShequBackupProgress progress,
                     gpointer user_data,
                     GCancellable *cancellable,
                     GError **error)
{
  ShequBackupWatch watch = { progress, user_data, cancellable };

  return shequ_backup_file_open (path, key, NULL, &watch, error);
}

static gint
compare_difference (gconstpointer one, gconstpointer other)
{
  const ShequBackupDifference *a = *(const ShequBackupDifference *const *) one;
  const ShequBackupDifference *b = *(const ShequBackupDifference *const *) other;

  return strcmp (a->reg->name, b->reg->name);
}

static GPtrArray *
list_differences (ShequCatalogue *catalogue, GHashTable *before, GHashTable *after)
{
  GPtrArray *differences = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer name, count;

  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &name, &count))
    {
      const ShequRegister *reg = shequ_catalogue_lookup (catalogue, name);
      const gint64 *old = before != NULL ? g_hash_table_lookup (before, name) : NULL;
      ShequBackupDifference difference = { reg, old != NULL ? *old : 0, *(gint64 *) count };

      /* A register that only one of both offices has made is counted in the other as empty. */
      if (reg != NULL && difference.before != difference.after)
        g_ptr_array_add (differences, g_memdup2 (&difference, sizeof difference));
    }
  g_ptr_array_sort (differences, compare_difference);
  return differences;
}

/* The numbers of records of what is about to be replaced; of a damaged one of what could be read. */
static GHashTable *
count_target (const char *target, ShequCatalogue *catalogue)
{
  g_autofree char *readable = g_strconcat (target, SHEQU_SALVAGE_END, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequStore) store = shequ_store_open (target, catalogue, SHEQU_OPEN_READ_ONLY, NULL, &error);

  if (store == NULL && g_error_matches (error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED))
    store = shequ_store_open (readable, catalogue, SHEQU_OPEN_READ_ONLY, NULL, NULL);
  return store != NULL ? count_records (store, NULL, NULL) : NULL;
}

/* `office.db` → `office.db.replaced-20261122T003000Z`, with a number where that is taken. */
static char *
name_kept (const char *target, const char *moment)
{
  g_autofree char *stamp = g_strdup (moment);
  char *name = NULL;
  char *to = stamp;

  for (const char *at = stamp; *at != '\0'; at++)
    if (*at != '-' && *at != ':')
      *to++ = *at;
  *to = '\0';
  for (guint n = 1; name == NULL || g_file_test (name, G_FILE_TEST_EXISTS); n++)
    {
      g_free (name);
      name = n == 1 ? g_strdup_printf ("%s.replaced-%s", target, stamp)
                    : g_strdup_printf ("%s.replaced-%s-%u", target, stamp, n);
    }
  return name;
}

/* A file and what SQLite keeps beside it: the log of a damaged one must not be taken for that of its
 * successor. */
static gboolean
move_database (const char *from, const char *to, GError **error)
{
  static const char *const ends[] = { "-wal", "-shm", "-journal" };

  if (!shequ_backup_file_move (from, to, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *beside = g_strconcat (from, ends[i], NULL);
      g_autofree char *moved = g_strconcat (to, ends[i], NULL);

      if (g_file_test (beside, G_FILE_TEST_EXISTS) && !shequ_backup_file_move (beside, moved, error))
        return FALSE;
    }
  return TRUE;
}

/* The database that stands there goes aside, the restored one takes its name. */
static gboolean
replace (const char *restored, const char *target, const char *moment, char **kept, GError **error)
{
  const char *location;
  const ShequEngine *engine = shequ_engine_find (target, &location);
  g_autofree char *aside = NULL;

  if (!g_file_test (target, G_FILE_TEST_EXISTS))
    return shequ_backup_file_move (restored, target, error);
  if (!engine->settle (location, error))
    return FALSE;
  aside = name_kept (target, moment);
  if (!move_database (target, aside, error))
    return FALSE;
  if (!shequ_backup_file_move (restored, target, error))
    {
      move_database (aside, target, NULL);
      return FALSE;
    }
  *kept = g_steal_pointer (&aside);
  return TRUE;
}

/**
 * shequ_backup_compare:
 * @path: a backup
 * @key: the recovery key it was sealed with
 * @target: the path of a database, which is only read
 * @catalogue: the shipped descriptions
 * @progress: (nullable): told while the backup is read
 * @user_data: for @progress
 * @cancellable: (nullable): stops it
 * @error: %SHEQU_ERROR_PERMISSION, %SHEQU_ERROR_DAMAGED
 *
 * Reads and checks a backup as shequ_backup_restore() does, and replaces nothing.
 *
 * Returns: (transfer full) (element-type ShequBackupDifference): the registers whose number of records would
 *   be another
 */
GPtrArray *
shequ_backup_compare (const char *path,
                      const ShequSecret *key,
                      const char *target,
                      ShequCatalogue *catalogue,
                      ShequBackupProgress progress,
                      gpointer user_data,
                      GCancellable *cancellable,
                      GError **error)
{
  ShequBackupWatch watch = { progress, user_data, cancellable };
  g_autofree char *opened = g_strconcat (target, ".comparing", NULL);
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) after = NULL;

  remove_database (opened);
  if (shequ_backup_file_open (path, key, opened, &watch, error))
    after = check_copy (opened, catalogue, cancellable, error);
  remove_database (opened);
  if (after == NULL)
    return NULL;
  before = count_target (target, catalogue);
  return list_differences (catalogue, before, after);
}

/**
 * shequ_backup_restore:
 * @path: a backup
 * @key: the recovery key it was sealed with
 * @target: the path of the database that is to be as it was
 * @catalogue: the shipped descriptions
 * @moment: now, UTC
 * @kept: (out) (transfer full) (nullable): where the database that stood there is kept
 * @differences: (out) (transfer full) (element-type ShequBackupDifference): the registers whose number of
 *   records is another now
 * @progress: (nullable): told while it is read
 * @user_data: for @progress
 * @cancellable: (nullable): stops it before anything is replaced
 * @error: %SHEQU_ERROR_PERMISSION, %SHEQU_ERROR_DAMAGED, %SHEQU_ERROR_LOCKED while a program has the database
 * open
 *
 * Returns: whether @target is as the backup was
 */
gboolean
shequ_backup_restore (const char *path,
                      const ShequSecret *key,
                      const char *target,
                      ShequCatalogue *catalogue,
                      const char *moment,
                      char **kept,
                      GPtrArray **differences,
                      ShequBackupProgress progress,
                      gpointer user_data,
                      GCancellable *cancellable,
                      GError **error)
{
  ShequBackupWatch watch = { progress, user_data, cancellable };
  g_autofree char *restored = g_strconcat (target, ".restoring", NULL);
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) after = NULL;
  gboolean done = FALSE;

  *kept = NULL;
  *differences = NULL;
  remove_database (restored);
  if (shequ_backup_file_open (path, key, restored, &watch, error))
    after = check_copy (restored, catalogue, cancellable, error);
  if (after != NULL)
    {
      before = count_target (target, catalogue);
      done = replace (restored, target, moment, kept, error);
    }
  remove_database (restored);
  if (done)
    {
      g_autofree char *readable = g_strconcat (target, SHEQU_SALVAGE_END, NULL);

      /* What could be read of a damaged one that stood there is not needed any more: that itself is kept. */
      remove_database (readable);
      *differences = list_differences (catalogue, before, after);
    }
  return done;
}

/**
 * shequ_backup_log_restore:
 * @store: the database that came back
 * @actor: who restored it, and from what
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * A restore is a deed of its own in the log of what came back, also where nobody has unlocked it yet.
 *
 * Returns: whether the log has it
 */
gboolean
shequ_backup_log_restore (ShequStore *store,
                          const ShequActor *actor,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (ShequTransaction) transaction = shequ_store_begin_keyless (store, actor, cancellable, error);

  return transaction != NULL &&
         shequ_transaction_log (transaction, SHEQU_ACTION_RESTORE_BACKUP, NULL, 0, NULL, error) &&
         shequ_transaction_commit (transaction, error);
}
