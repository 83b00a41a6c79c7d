#include "config.h"

#include "shequ-line-private.h"
#include "shequ-office-private.h"

/* Holds the office until its data is freed: rows point into the descriptions that the office keeps, and a
 * task lets its source go first. */
typedef struct
{
  ShequOffice *office;
  ShequOfficeWork work;
  gpointer data;
  GDestroyNotify free_data;
  gpointer result;
  GDestroyNotify free_result;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->free_result != NULL)
    g_clear_pointer (&job->result, job->free_result);
  if (job->free_data != NULL)
    g_clear_pointer (&job->data, job->free_data);
  g_object_unref (job->office);
  g_free (job);
}

/* A change that the database did not answer is done again when it does, under the same key. */
static void
do_work (Job *job, GCancellable *cancellable, GError **error)
{
  ShequLine *line = shequ_office_get_line (job->office);
  g_autoptr (GError) failure = NULL;

  shequ_line_enter (line);
  job->result = job->work (job->office, job->data, cancellable, &failure);
  if (failure != NULL && shequ_line_wait (line, failure, cancellable))
    {
      g_clear_error (&failure);
      job->result = job->work (job->office, job->data, cancellable, &failure);
    }
  shequ_line_leave (line, failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  do_work (job, cancellable, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * shequ_office_run_async:
 * @self: the office
 * @work: called on a worker thread; %NULL with an error set is a failure
 * @data: (transfer full): handed to @work
 * @free_data: (nullable): frees @data
 * @free_result: (nullable): frees a result that nobody fetches
 * @cancellable: (nullable): honoured before the work starts and by what it calls
 * @callback: called in the thread-default main context of the caller
 * @user_data: handed to @callback
 *
 * Runs a piece of work off the main thread. What wanted to change something while the database did not answer
 * waits for it and is done a second time; what was committed the first time is not done twice: that change
 * begins with %SHEQU_ERROR_DONE. @work must therefore leave its @data as it was when it fails. A change that
 * was stored is reported as stored, even when it was cancelled a moment too late.
 */
void
shequ_office_run_async (ShequOffice *self,
                        ShequOfficeWork work,
                        gpointer data,
                        GDestroyNotify free_data,
                        GDestroyNotify free_result,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->office = g_object_ref (self);
  job->work = work;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;
  g_task_set_source_tag (task, shequ_office_run_async);
  g_task_set_task_data (task, job, job_free);
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, run_job);
}

/**
 * shequ_office_run_finish:
 * @self: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full): what the work returned
 */
gpointer
shequ_office_run_finish (ShequOffice *self, GAsyncResult *result, GError **error)
{
  Job *job;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  job = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error) ? g_steal_pointer (&job->result) : NULL;
}

gpointer
shequ_office_run_get_data (GAsyncResult *result)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  return job->data;
}
