/*
 * When and where an office backs itself up, under which key, and which of its backups it lets go.
 *
 * The recovery key is made with the first backup and printed for the safe; it stays in the database, so that
 * the daily backup asks nobody. Who has the paper can read a backup after the database is gone.
 */
#include "shequ-backups.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "shequ-anchor.h"
#include "shequ-cipher.h"
#include "shequ-date.h"
#include "shequ-error.h"
#include "shequ-password.h"
#include "shequ-salvage.h"
#include "shequ-time.h"

#define SETTING_FOLDER "backup.folder"
#define SETTING_LAST "backup.last" /* the moment of the last one */
#define SETTING_ANCHORS "anchors"  /* the file that says where the change log stood */
#define DATE_SIZE 10

/**
 * shequ_backups_get_folder:
 * @office: the office
 *
 * Returns: (transfer full) (nullable): where the daily backup goes; %NULL when nobody has chosen
 */
char *
shequ_backups_get_folder (ShequOffice *office)
{
  return shequ_store_get_setting (shequ_office_get_store (office), SETTING_FOLDER, NULL);
}

/**
 * shequ_backups_get_last:
 * @office: the office
 *
 * Returns: (transfer full) (nullable): the moment of the last backup that was made
 */
char *
shequ_backups_get_last (ShequOffice *office)
{
  return shequ_store_get_setting (shequ_office_get_store (office), SETTING_LAST, NULL);
}

/**
 * shequ_backups_set_folder:
 * @office: the office
 * @folder: (nullable): where the daily backup goes from now on; %NULL for no daily backup
 * @error: return location
 *
 * Returns: whether it is kept
 */
gboolean
shequ_backups_set_folder (ShequOffice *office, const char *folder, GError **error)
{
  g_autoptr (ShequTransaction) transaction =
    shequ_office_begin (office, _ ("Choose the folder of backups"), NULL, error);

  return transaction != NULL && shequ_transaction_set_setting (transaction, SETTING_FOLDER, folder, error) &&
         shequ_transaction_commit (transaction, error);
}

/**
 * shequ_backups_is_due:
 * @office: the office
 *
 * Returns: whether a folder is chosen and today has no backup yet
 */
gboolean
shequ_backups_is_due (ShequOffice *office)
{
  g_autofree char *folder = shequ_backups_get_folder (office);
  g_autofree char *last = shequ_backups_get_last (office);
  g_autofree char *today = shequ_office_get_today (office);
  gint64 seconds = 0;
  ShequDate date;
  char day[SHEQU_DATE_TEXT_SIZE];

  /* What can be read of a damaged one must not take the place of a whole backup. */
  if (folder == NULL || shequ_store_get_salvage (shequ_office_get_store (office)) != NULL)
    return FALSE;
  if (last == NULL || !shequ_moment_from_utc (last, &seconds))
    return TRUE;
  shequ_moment_to_date (seconds, &date, NULL);
  shequ_date_to_iso (&date, day);
  return strcmp (day, today) < 0;
}

static gboolean
keep_new_key (ShequOffice *office, const ShequSecret *key, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequTransaction) transaction =
    shequ_office_begin (office, _ ("Make the recovery key"), cancellable, error);
  char *text = shequ_recovery_key_to_text (key);
  gboolean kept = transaction != NULL &&
                  shequ_transaction_set_setting (transaction, SHEQU_SETTING_BACKUP_KEY, text, error) &&
                  shequ_transaction_commit (transaction, error);

  shequ_secret_wipe_text (text);
  return kept;
}

/**
 * shequ_backups_find_key:
 * @office: the office
 *
 * Returns: (transfer full) (nullable): the recovery key where it can be read, by who may make backups; none
 * is made
 */
ShequSecret *
shequ_backups_find_key (ShequOffice *office)
{
  char *text = shequ_store_get_setting (shequ_office_get_store (office), SHEQU_SETTING_BACKUP_KEY, NULL);
  ShequSecret *key = text != NULL ? shequ_recovery_key_parse (text, NULL) : NULL;

  shequ_secret_wipe_text (text);
  return key;
}

static ShequSecret *
take_key (ShequOffice *office, char *text, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequSecret) key = NULL;

  if (text != NULL)
    {
      key = shequ_recovery_key_parse (text, error);
      shequ_secret_wipe_text (text);
      return g_steal_pointer (&key);
    }
  key = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
  return keep_new_key (office, key, cancellable, error) ? g_steal_pointer (&key) : NULL;
}

/**
 * shequ_backups_get_key:
 * @office: the office
 * @cancellable: (nullable): to stop
 * @error: %SHEQU_ERROR_PERMISSION: who has the key can read all that a backup holds
 *
 * Returns: (transfer full): the recovery key, made when there is none yet
 */
ShequSecret *
shequ_backups_get_key (ShequOffice *office, GCancellable *cancellable, GError **error)
{
  GError *local = NULL;
  char *text = shequ_store_get_setting (shequ_office_get_store (office), SHEQU_SETTING_BACKUP_KEY, &local);

  if (local == NULL)
    return take_key (office, text, cancellable, error);
  g_propagate_error (error, local);
  return NULL;
}

/* Whoever works when the daily backup is due does not get to see its key. */
static ShequSecret *
get_key_as_program (ShequOffice *office, GCancellable *cancellable, GError **error)
{
  GError *local = NULL;
  char *text =
    shequ_store_get_setting_as_program (shequ_office_get_store (office), SHEQU_SETTING_BACKUP_KEY, &local);

  if (local == NULL)
    return take_key (office, text, cancellable, error);
  g_propagate_error (error, local);
  return NULL;
}

/* The name of an office as a file may be called. */
static char *
get_file_name (const char *office)
{
  return g_strdelimit (g_strdup (office), "/\\:*?\"<>|\n\t", '_');
}

/* The day in a name that shequ_backups_make() chose for an office; %NULL for other files. */
static char *
read_day (const char *name, const char *office)
{
  gsize length = strlen (office) + 1 + DATE_SIZE;
  g_autofree char *day = NULL;
  ShequDate date;

  if (!g_str_has_prefix (name, office) || strlen (name) != length + strlen (SHEQU_BACKUPS_END) ||
      name[strlen (office)] != '-' || !g_str_has_suffix (name, SHEQU_BACKUPS_END))
    return NULL;
  day = g_strndup (name + strlen (office) + 1, DATE_SIZE);
  return shequ_date_from_iso (day, &date) ? g_steal_pointer (&day) : NULL;
}

static gint
compare_days (gconstpointer one, gconstpointer other)
{
  return -strcmp (*(const char *const *) one, *(const char *const *) other);
}

/* The days of an office's own backups in a folder, newest first. */
static GPtrArray *
list_days (const char *folder, const char *office)
{
  GPtrArray *days = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);
  const char *name;

  while (names != NULL && (name = g_dir_read_name (names)) != NULL)
    {
      char *day = read_day (name, office);

      if (day != NULL)
        g_ptr_array_add (days, day);
    }
  g_ptr_array_sort (days, compare_days);
  return days;
}

/**
 * shequ_backups_list:
 * @office: the office
 *
 * Returns: (transfer full) (element-type filename): its daily backups that are in its folder, the last one
 *   first; each was opened and checked when it was made
 */
GPtrArray *
shequ_backups_list (ShequOffice *office)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = shequ_backups_get_folder (office);
  g_autofree char *base = get_file_name (shequ_office_get_name (office));
  g_autoptr (GPtrArray) days = folder != NULL ? list_days (folder, base) : NULL;

  for (guint i = 0; days != NULL && i < days->len; i++)
    {
      g_autofree char *name =
        g_strdup_printf ("%s-%s" SHEQU_BACKUPS_END, base, (const char *) days->pdata[i]);

      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
    }
  return paths;
}

/**
 * shequ_backups_find_last:
 * @office: the office
 *
 * Returns: (transfer full) (nullable): the first of shequ_backups_list()
 */
char *
shequ_backups_find_last (ShequOffice *office)
{
  g_autoptr (GPtrArray) paths = shequ_backups_list (office);

  return paths->len > 0 ? g_strdup (paths->pdata[0]) : NULL;
}

/* The day so many days or months before. */
static void
count_back (const char *today, int days, int months, char *day)
{
  ShequDate date;

  shequ_date_from_iso (today, &date);
  date = shequ_date_add_days (&date, -days);
  date = shequ_date_add_months (&date, -months);
  shequ_date_to_iso (&date, day);
}

/**
 * shequ_backups_thin_out:
 * @folder: a folder of backups
 * @office: the name of the office
 * @today: the day
 *
 * Removes what the office made by itself and needs no more: older than %SHEQU_BACKUPS_DAYS days and not the
 * last of its month, or older than %SHEQU_BACKUPS_MONTHS months. Files of another name are never touched.
 *
 * Returns: how many were removed
 */
guint
shequ_backups_thin_out (const char *folder, const char *office, const char *today)
{
  g_autofree char *base = get_file_name (office);
  g_autoptr (GPtrArray) days = list_days (folder, base);
  char recent[SHEQU_DATE_TEXT_SIZE], oldest[SHEQU_DATE_TEXT_SIZE];
  const char *newer = NULL;
  guint n_removed = 0;

  count_back (today, SHEQU_BACKUPS_DAYS, 0, recent);
  count_back (today, 0, SHEQU_BACKUPS_MONTHS, oldest);
  for (guint i = 0; i < days->len; i++)
    {
      const char *day = days->pdata[i];
      gboolean last_of_month = newer == NULL || strncmp (day, newer, strlen ("2026-11")) != 0;
      g_autofree char *name = g_strdup_printf ("%s-%s" SHEQU_BACKUPS_END, base, day);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      newer = day;
      if (strcmp (day, recent) >= 0 || (last_of_month && strcmp (day, oldest) >= 0))
        continue;
      if (g_unlink (path) == 0)
        n_removed++;
    }
  return n_removed;
}

static gboolean
note_backup (ShequOffice *office,
             const char *path,
             const char *anchors,
             const char *moment,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *reason = g_strdup_printf (_ ("Back up to “%s”"), name);
  g_autoptr (ShequTransaction) transaction = shequ_office_begin (office, reason, cancellable, error);

  return transaction != NULL && shequ_transaction_set_setting (transaction, SETTING_LAST, moment, error) &&
         shequ_transaction_set_setting (transaction, SETTING_ANCHORS, anchors, error) &&
         shequ_transaction_log (transaction, SHEQU_ACTION_BACKUP, NULL, 0, NULL, error) &&
         shequ_transaction_commit (transaction, error);
}

/* Beside the backup stands where the change log stood, which whoever changes the database cannot change. */
static gboolean
note_and_anchor (ShequOffice *office,
                 const char *path,
                 const char *moment,
                 GCancellable *cancellable,
                 GError **error)
{
  ShequStore *store = shequ_office_get_store (office);
  g_autofree char *whole = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (whole);
  g_autofree char *anchors = shequ_anchor_get_path (store, folder);

  return note_backup (office, path, anchors, moment, cancellable, error) &&
         shequ_anchor_write (store, anchors, moment, cancellable, error);
}

/**
 * shequ_backups_get_anchors:
 * @office: the office
 *
 * Returns: (transfer full) (nullable): the file beside the last backup that says where the change log stood;
 *   %NULL before the first backup
 */
char *
shequ_backups_get_anchors (ShequOffice *office)
{
  return shequ_store_get_setting (shequ_office_get_store (office), SETTING_ANCHORS, NULL);
}

/**
 * shequ_backups_make:
 * @office: the office
 * @target: a file, or a folder in which the file is called by office and day
 * @progress: (nullable): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to stop; nothing is left behind
 * @error: as shequ_backup_write()
 *
 * Makes a backup that was opened and checked, writes it into the change log, notes beside it where the change
 * log stands, and lets old ones of a folder go.
 *
 * Returns: (transfer full): the file
 */
char *
shequ_backups_make (ShequOffice *office,
                    const char *target,
                    ShequBackupProgress progress,
                    gpointer user_data,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autofree char *moment = shequ_office_get_moment (office);
  g_autofree char *today = shequ_office_get_today (office);
  g_autofree char *base = get_file_name (shequ_office_get_name (office));
  g_autofree char *name = g_strdup_printf ("%s-%s" SHEQU_BACKUPS_END, base, today);
  gboolean in_folder = g_file_test (target, G_FILE_TEST_IS_DIR);
  g_autofree char *path = in_folder ? g_build_filename (target, name, NULL) : g_strdup (target);
  g_autoptr (ShequSecret) key = get_key_as_program (office, cancellable, error);

  if (key == NULL ||
      !shequ_backup_write (shequ_office_get_store (office), path, key, shequ_office_get_name (office), moment,
                           progress, user_data, cancellable, error) ||
      !note_and_anchor (office, path, moment, cancellable, error))
    return NULL;
  if (in_folder)
    shequ_backups_thin_out (target, shequ_office_get_name (office), today);
  return g_steal_pointer (&path);
}
