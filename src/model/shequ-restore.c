/* Backups to choose from, what one of them would change, and the restore itself, off the main thread. */
#include "shequ-restore.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "shequ-error.h"

/* Who has closed the office may still have a look on its way. */
#define PATIENCE (10 * G_TIME_SPAN_SECOND)
#define PAUSE (200 * G_TIME_SPAN_MILLISECOND)

void
shequ_restore_choice_free (ShequRestoreChoice *choice)
{
  g_free (choice->path);
  g_free (choice->created);
  g_free (choice->office);
  g_free (choice->key_id);
  g_free (choice);
}

void
shequ_restore_report_free (ShequRestoreReport *report)
{
  g_clear_pointer (&report->differences, g_ptr_array_unref);
  g_clear_pointer (&report->catalogue, shequ_catalogue_unref);
  g_free (report->kept);
  g_free (report->unnoted);
  g_free (report);
}

/**
 * shequ_restore_choice_read:
 * @path: a file
 * @error: %SHEQU_ERROR_UNREADABLE when it is no backup
 *
 * Returns: (transfer full): what the backup says of itself
 */
ShequRestoreChoice *
shequ_restore_choice_read (const char *path, GError **error)
{
  g_autoptr (ShequBackupInfo) info = shequ_backup_read_info (path, error);
  ShequRestoreChoice *choice;
  const char *residents;

  if (info == NULL)
    return NULL;
  residents = g_hash_table_lookup (info->counts, "resident");
  choice = g_new0 (ShequRestoreChoice, 1);
  choice->path = g_strdup (path);
  choice->created = g_strdup (info->created);
  choice->office = g_strdup (info->office);
  choice->key_id = g_strdup (info->key_id);
  choice->n_residents = residents != NULL ? g_ascii_strtoll (residents, NULL, 10) : 0;
  return choice;
}

typedef struct
{
  GPtrArray *choices;
  ShequSecret *key; /* (nullable) */
} Listing;

static void
free_listing (gpointer data)
{
  Listing *listing = data;

  g_clear_pointer (&listing->choices, g_ptr_array_unref);
  g_clear_pointer (&listing->key, shequ_secret_unref);
  g_free (listing);
}

static gpointer
list_choices (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) paths = shequ_backups_list (office);
  Listing *listing = g_new0 (Listing, 1);

  listing->key = shequ_backups_find_key (office);
  listing->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_restore_choice_free);
  for (guint i = 0; i < paths->len; i++)
    {
      ShequRestoreChoice *choice = shequ_restore_choice_read (paths->pdata[i], NULL);

      if (choice != NULL)
        g_ptr_array_add (listing->choices, choice);
    }
  return listing;
}

/**
 * shequ_restore_list_async:
 * @office: the office
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Lists the daily backups of an office.
 */
void
shequ_restore_list_async (ShequOffice *office,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  shequ_office_run_async (office, list_choices, NULL, NULL, free_listing, cancellable, callback, user_data);
}

/**
 * shequ_restore_list_finish:
 * @office: the office
 * @result: what the callback was given
 * @key: (out) (transfer full) (nullable): the recovery key where the office has one
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequRestoreChoice): the backups, the last one first
 */
GPtrArray *
shequ_restore_list_finish (ShequOffice *office, GAsyncResult *result, ShequSecret **key, GError **error)
{
  Listing *listing = shequ_office_run_finish (office, result, error);
  GPtrArray *choices;

  if (listing == NULL)
    return NULL;
  *key = g_steal_pointer (&listing->key);
  choices = g_steal_pointer (&listing->choices);
  free_listing (listing);
  return choices;
}

/* What the worker thread needs. */
typedef struct
{
  char *path;
  char *database;
  char *user; /* (nullable): of a comparison */
  ShequSecret *key;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_free (job->database);
  g_free (job->user);
  shequ_secret_unref (job->key);
  g_free (job);
}

/**
 * shequ_restore_note:
 * @path: the backup
 * @database: where it was restored
 * @catalogue: the descriptions
 * @user: who restored it
 * @error: return location
 *
 * Enters a restore in the log of the database that came back, of a protected office without its key.
 *
 * Returns: whether the log has it
 */
gboolean
shequ_restore_note (const char *path,
                    const char *database,
                    ShequCatalogue *catalogue,
                    const char *user,
                    GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *reason = g_strdup_printf (_ ("Restored from “%s”"), name);
  g_autofree char *moment = shequ_office_read_moment ();
  const ShequActor actor = { user, g_get_host_name (), reason, moment };
  g_autoptr (ShequStore) store = shequ_store_open (database, catalogue, SHEQU_OPEN_EXISTING, NULL, error);

  return store != NULL && shequ_backup_log_restore (store, &actor, NULL, error);
}

static gboolean
restore (const Job *job, ShequRestoreReport *report, GCancellable *cancellable, GError **error)
{
  g_autofree char *moment = shequ_office_read_moment ();
  gint64 end = g_get_monotonic_time () + PATIENCE;
  g_autoptr (GError) inner = NULL;

  while (!shequ_backup_restore (job->path, job->key, job->database, report->catalogue, moment, &report->kept,
                                &report->differences, NULL, NULL, cancellable, &inner))
    {
      if (!g_error_matches (inner, SHEQU_ERROR, SHEQU_ERROR_LOCKED) || g_get_monotonic_time () > end)
        {
          g_propagate_error (error, g_steal_pointer (&inner));
          return FALSE;
        }
      g_clear_error (&inner);
      g_usleep (PAUSE);
    }
  if (!shequ_restore_note (job->path, job->database, report->catalogue, job->user, &inner))
    report->unnoted = g_strdup (inner->message);
  return TRUE;
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  g_autoptr (ShequRestoreReport) report = g_new0 (ShequRestoreReport, 1);
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  report->catalogue = shequ_catalogue_new_shipped (&error);
  if (report->catalogue != NULL && job->user != NULL)
    done = restore (job, report, cancellable, &error);
  else if (report->catalogue != NULL)
    {
      report->differences = shequ_backup_compare (job->path, job->key, job->database, report->catalogue, NULL,
                                                  NULL, cancellable, &error);
      done = report->differences != NULL;
    }
  if (done)
    g_task_return_pointer (task, g_steal_pointer (&report), (GDestroyNotify) shequ_restore_report_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
start (const char *path,
       const ShequSecret *key,
       const char *database,
       const char *user,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (path);
  job->database = g_strdup (database);
  job->user = g_strdup (user);
  job->key = shequ_secret_ref ((ShequSecret *) key);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_in_thread);
}

/**
 * shequ_restore_compare_async:
 * @path: a backup
 * @key: its recovery key
 * @database: the database that it would replace
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads and checks a backup as a restore does, and replaces nothing.
 */
void
shequ_restore_compare_async (const char *path,
                             const ShequSecret *key,
                             const char *database,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  start (path, key, database, NULL, cancellable, callback, user_data);
}

/**
 * shequ_restore_run_async:
 * @path: a backup
 * @key: its recovery key
 * @database: the database that it replaces, which nobody works with
 * @user: who restores
 * @cancellable: (nullable): to stop before anything is replaced
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Replaces a database by a backup that is read and checked first. What stood there is kept.
 */
void
shequ_restore_run_async (const char *path,
                         const ShequSecret *key,
                         const char *database,
                         const char *user,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  start (path, key, database, user != NULL ? user : "", cancellable, callback, user_data);
}

/**
 * shequ_restore_finish:
 * @result: what the callback was given
 * @error: %SHEQU_ERROR_PERMISSION for another key, %SHEQU_ERROR_DAMAGED, %SHEQU_ERROR_LOCKED
 *
 * Returns: (transfer full): what is, or would be, another
 */
ShequRestoreReport *
shequ_restore_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * shequ_restore_describe:
 * @report: what is, or would be, another
 *
 * Returns: (transfer full): a line for each register
 */
char *
shequ_restore_describe (const ShequRestoreReport *report)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < report->differences->len; i++)
    {
      const ShequBackupDifference *difference = report->differences->pdata[i];

      g_string_append_printf (text, "%s%s: %" PRId64 " → %" PRId64, i > 0 ? "\n" : "", difference->reg->label,
                              difference->before, difference->after);
    }
  if (text->len == 0)
    g_string_append (text, _ ("The same number of records in every register"));
  return g_string_free (text, FALSE);
}
