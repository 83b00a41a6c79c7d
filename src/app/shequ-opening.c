#include "shequ-opening.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "shequ-demo.h"
#include "shequ-error.h"
#include "shequ-secret.h"
#include "shequ-session.h"

ShequOpening *
shequ_opening_new (ShequOpeningKind kind, const char *uri, const char *user)
{
  ShequOpening *opening = g_new0 (ShequOpening, 1);

  opening->kind = kind;
  opening->uri = g_strdup (uri);
  opening->user = g_strdup (user);
  opening->level = SHEQU_LEVEL_COMMUNITY;
  return opening;
}

ShequOpening *
shequ_opening_copy (const ShequOpening *opening)
{
  ShequOpening *copy = shequ_opening_new (opening->kind, opening->uri, opening->user);

  copy->name = g_strdup (opening->name);
  copy->level = opening->level;
  copy->password = g_strdup (opening->password);
  copy->recovery_key = g_strdup (opening->recovery_key);
  copy->damaged = opening->damaged;
  copy->describe = opening->describe;
  return copy;
}

/* What the reading thread leaves behind. */
typedef struct
{
  ShequCatalogue *catalogue;
  GError *error;
} Described;

static gpointer
describe (gpointer data)
{
  ShequOpeningDescribe make = (ShequOpeningDescribe) data;
  Described *described = g_new0 (Described, 1);

  described->catalogue = make (&described->error);
  return described;
}

/**
 * shequ_opening_start_reading:
 * @make: (nullable): makes the descriptions to work with; shequ_catalogue_new_shipped() when it is %NULL
 *
 * Reads the descriptions on a thread of their own.
 *
 * Returns: (transfer full): the thread, for an opening or shequ_opening_give_up_reading()
 */
GThread *
shequ_opening_start_reading (ShequOpeningDescribe make)
{
  return g_thread_new ("descriptions", describe, make != NULL ? make : shequ_catalogue_new_shipped);
}

static ShequCatalogue *
end_reading (GThread *reading, GError **error)
{
  g_autofree Described *described = g_thread_join (reading);

  if (described->catalogue == NULL)
    g_propagate_error (error, described->error);
  return described->catalogue;
}

/**
 * shequ_opening_give_up_reading:
 * @reading: (nullable) (transfer full): what no opening took
 *
 * Waits for its end and forgets what was read.
 */
void
shequ_opening_give_up_reading (GThread *reading)
{
  ShequCatalogue *catalogue = reading != NULL ? end_reading (reading, NULL) : NULL;

  g_clear_pointer (&catalogue, shequ_catalogue_unref);
}

/* What was read ahead, or else is read now. */
static ShequCatalogue *
take_catalogue (ShequOpening *opening, GError **error)
{
  shequ_opening_read_ahead (opening);
  return end_reading (g_steal_pointer (&opening->reading), error);
}

/**
 * shequ_opening_read_ahead:
 * @opening: an opening that is run soon
 *
 * Reads the descriptions on a thread of their own, while the window is made and painted, instead of behind
 * that.
 */
void
shequ_opening_read_ahead (ShequOpening *opening)
{
  if (opening->reading == NULL)
    opening->reading = shequ_opening_start_reading (opening->describe);
}

void
shequ_opening_free (ShequOpening *opening)
{
  shequ_opening_give_up_reading (opening->reading);
  g_free (opening->uri);
  g_free (opening->user);
  g_free (opening->name);
  g_clear_pointer (&opening->password, shequ_secret_wipe_text);
  g_clear_pointer (&opening->recovery_key, shequ_secret_wipe_text);
  g_free (opening);
}

/**
 * shequ_opening_get_default_path:
 * @kind: what is opened
 *
 * Returns: (transfer full): where the database of this person is kept when no place is named
 */
char *
shequ_opening_get_default_path (ShequOpeningKind kind)
{
  return g_build_filename (g_get_user_data_dir (), "shequ",
                           kind == SHEQU_OPENING_EXAMPLE ? "example.db" : "shequ.db", NULL);
}

/* The folder of a database that is about to be made. */
static gboolean
make_folder (const char *uri, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (uri);

  if (strstr (uri, "://") != NULL || g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
               _ ("The folder “%s” cannot be made. Choose a place where you may write."), folder);
  return FALSE;
}

/* What the worker thread needs. */
typedef struct
{
  ShequOpening *opening;
  ShequOpeningProgress progress;
  gpointer user_data;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  shequ_opening_free (job->opening);
  g_free (job);
}

typedef struct
{
  const Job *job;
  guint done;
  guint total;
} Step;

static gboolean
tell_step (gpointer data)
{
  const Step *step = data;

  step->job->progress (step->done, step->total, step->job->user_data);
  return G_SOURCE_REMOVE;
}

/* Steps are told before the end of the task, which waits its turn behind them. */
static void
tell_progress (guint done, guint total, gpointer user_data)
{
  Step *step = g_new (Step, 1);

  step->job = user_data;
  step->done = done;
  step->total = total;
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, tell_step, step, g_free);
}

static void
remove_database (const char *path)
{
  static const char *const ends[] = { "", "-wal", "-shm", "-journal" };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *name = g_strconcat (path, ends[i], NULL);

      g_remove (name);
    }
}

static gboolean
fill_example (const char *path,
              ShequCatalogue *catalogue,
              Job *job,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (ShequStore) store = shequ_store_open (path, catalogue, SHEQU_OPEN_CREATE, cancellable, error);
  g_autoptr (ShequOffice) office = NULL;
  g_autofree char *today = NULL;
  ShequDemoOptions options = { .scale = SHEQU_DEMO_COMMUNITY, .seed = 1 };

  if (store == NULL)
    return FALSE;
  office = shequ_office_new (store, job->opening->user, g_get_host_name ());
  today = shequ_office_get_today (office);
  options.today = today;
  options.user = job->opening->user;
  options.workstation = g_get_host_name ();
  return shequ_demo_fill (store, &options, tell_progress, job, cancellable, error);
}

/* Made under another name, so that an example that was not finished is never taken for one. */
static gboolean
make_example (ShequCatalogue *catalogue, Job *job, GCancellable *cancellable, GError **error)
{
  const char *path = job->opening->uri;
  g_autofree char *part = g_strconcat (path, ".part", NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!make_folder (path, error))
    return FALSE;
  remove_database (part);
  if (!fill_example (part, catalogue, job, cancellable, error))
    {
      remove_database (part);
      return FALSE;
    }
  if (g_rename (part, path) == 0)
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
               _ ("“%s” cannot be written. Choose a place where you may write."), path);
  remove_database (part);
  return FALSE;
}

/* Of a damaged file what can be read; of a file of something else that it is no database. */
static ShequOffice *
open_existing (Job *job, ShequCatalogue *catalogue, GCancellable *cancellable, GError **error)
{
  const ShequOpening *opening = job->opening;
  g_autoptr (GError) local = NULL;
  ShequOffice *office = NULL;

  if (!opening->damaged)
    office = shequ_office_open_with_progress (opening->uri, catalogue, opening->user, g_get_host_name (),
                                              tell_progress, job, cancellable, &local);
  if (office == NULL && strstr (opening->uri, "://") == NULL &&
      (opening->damaged || g_error_matches (local, SHEQU_ERROR, SHEQU_ERROR_DAMAGED)))
    office = shequ_office_open_damaged (opening->uri, catalogue, opening->user, g_get_host_name (),
                                        tell_progress, job, cancellable, local == NULL ? &local : NULL);
  if (office == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return office;
}

/* Protected from the start, or not there. */
static ShequOffice *
create (const ShequOpening *opening, ShequCatalogue *catalogue, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequOffice) office =
    shequ_office_create (opening->uri, catalogue, opening->name, opening->level, opening->user,
                         g_get_host_name (), cancellable, error);

  if (office == NULL || opening->password == NULL ||
      shequ_session_set_up (office, opening->recovery_key, opening->password, cancellable, error))
    return g_steal_pointer (&office);
  g_clear_object (&office);
  if (strstr (opening->uri, "://") == NULL)
    remove_database (opening->uri);
  return NULL;
}

static ShequOffice *
run (Job *job, GCancellable *cancellable, GError **error)
{
  ShequOpening *opening = job->opening;
  g_autoptr (ShequCatalogue) catalogue = take_catalogue (opening, error);

  if (catalogue == NULL)
    return NULL;
  if (opening->kind == SHEQU_OPENING_NEW)
    {
      if (!make_folder (opening->uri, error))
        return NULL;
      return create (opening, catalogue, cancellable, error);
    }
  if (opening->kind == SHEQU_OPENING_EXAMPLE && !make_example (catalogue, job, cancellable, error))
    return NULL;
  return open_existing (job, catalogue, cancellable, error);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  ShequOffice *office = run (data, cancellable, &error);

  if (office != NULL)
    g_task_return_pointer (task, office, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * shequ_opening_run_async:
 * @opening: which database; what it has read ahead is taken from it
 * @progress: (scope async): how far the making of an example or of a search index is
 * @cancellable: (nullable): to give up
 * @callback: called when it is open or cannot be opened
 * @user_data: for @progress and @callback
 *
 * Opens or makes a database on a worker thread.
 */
void
shequ_opening_run_async (ShequOpening *opening,
                         ShequOpeningProgress progress,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->opening = shequ_opening_copy (opening);
  job->opening->reading = g_steal_pointer (&opening->reading);
  job->progress = progress;
  job->user_data = user_data;
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_in_thread);
}

/**
 * shequ_opening_run_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the office, or %NULL with a #ShequError
 */
ShequOffice *
shequ_opening_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
