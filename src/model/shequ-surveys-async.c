#include "config.h"

#include "shequ-surveys.h"

/* What an operation is about, with texts of its own. */
typedef struct
{
  gint64 key;
  gint64 grid;
  char *state;
  ShequSurveyPlan plan;
  char *texts[3];
} Call;

static Call *
call_new (gint64 key, gint64 grid, const char *state)
{
  Call *call = g_new0 (Call, 1);

  call->key = key;
  call->grid = grid;
  call->state = g_strdup (state);
  return call;
}

static void
call_free (gpointer data)
{
  Call *call = data;

  g_free (call->state);
  g_clear_pointer (&call->plan.grids, g_array_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (call->texts); i++)
    g_free (call->texts[i]);
  g_free (call);
}

static gpointer
create_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Call *call = data;
  gint64 key = shequ_survey_create (office, &call->plan, cancellable, error);

  return key != 0 ? g_memdup2 (&key, sizeof key) : NULL;
}

/**
 * shequ_survey_create_async:
 * @office: the office
 * @plan: what the round is; copied
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_survey_create(), on a worker thread.
 */
void
shequ_survey_create_async (ShequOffice *office,
                           const ShequSurveyPlan *plan,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Call *call = call_new (0, 0, NULL);

  call->plan.name = call->texts[0] = g_strdup (plan->name);
  call->plan.purpose = call->texts[1] = g_strdup (plan->purpose);
  call->plan.end_on = call->texts[2] = g_strdup (plan->end_on);
  call->plan.grids = g_array_copy (plan->grids);
  shequ_office_run_async (office, create_work, call, call_free, g_free, cancellable, callback, user_data);
}

/**
 * shequ_survey_create_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: the key of the round, or 0
 */
gint64
shequ_survey_create_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *key = shequ_office_run_finish (office, result, error);

  return key != NULL ? *key : 0;
}

static gpointer
grids_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_survey_list_grids (office, ((const Call *) data)->key, cancellable, error);
}

/**
 * shequ_survey_list_grids_async:
 * @office: the office
 * @round: a round
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_survey_list_grids(), on a worker thread.
 */
void
shequ_survey_list_grids_async (ShequOffice *office,
                               gint64 round,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  shequ_office_run_async (office, grids_work, call_new (round, 0, NULL), call_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

/**
 * shequ_survey_list_grids_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequSurveyGrid): as shequ_survey_list_grids()
 */
GPtrArray *
shequ_survey_list_grids_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

static gpointer
mark_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Call *call = data;

  return shequ_survey_mark (office, call->key, call->state, cancellable, error) ? g_new0 (char, 1) : NULL;
}

/**
 * shequ_survey_mark_async:
 * @office: the office
 * @line: a household of a round
 * @state: what was found
 * @cancellable: (nullable): to give up
 * @callback: called when done; it calls shequ_survey_done_finish()
 * @user_data: handed to @callback
 *
 * As shequ_survey_mark(), on a worker thread.
 */
void
shequ_survey_mark_async (ShequOffice *office,
                         gint64 line,
                         const char *state,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  shequ_office_run_async (office, mark_work, call_new (line, 0, state), call_free, g_free, cancellable,
                          callback, user_data);
}

static gpointer
sign_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Call *call = data;

  return shequ_survey_sign (office, call->key, call->grid, cancellable, error) ? g_new0 (char, 1) : NULL;
}

/**
 * shequ_survey_sign_async:
 * @office: the office
 * @round: a round
 * @grid: one of its grids
 * @cancellable: (nullable): to give up
 * @callback: called when done; it calls shequ_survey_done_finish()
 * @user_data: handed to @callback
 *
 * As shequ_survey_sign(), on a worker thread.
 */
void
shequ_survey_sign_async (ShequOffice *office,
                         gint64 round,
                         gint64 grid,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  shequ_office_run_async (office, sign_work, call_new (round, grid, NULL), call_free, g_free, cancellable,
                          callback, user_data);
}

static gpointer
reopen_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Call *call = data;

  return shequ_survey_reopen (office, call->key, call->grid, call->texts[0], cancellable, error)
           ? g_new0 (char, 1)
           : NULL;
}

/**
 * shequ_survey_reopen_async:
 * @office: the office
 * @round: a round
 * @grid: one of its grids that is signed off
 * @reason: why
 * @cancellable: (nullable): to give up
 * @callback: called when done; it calls shequ_survey_done_finish()
 * @user_data: handed to @callback
 *
 * As shequ_survey_reopen(), on a worker thread.
 */
void
shequ_survey_reopen_async (ShequOffice *office,
                           gint64 round,
                           gint64 grid,
                           const char *reason,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Call *call = call_new (round, grid, NULL);

  call->texts[0] = g_strdup (reason);
  shequ_office_run_async (office, reopen_work, call, call_free, g_free, cancellable, callback, user_data);
}

/**
 * shequ_survey_done_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: whether it was done
 */
gboolean
shequ_survey_done_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  g_autofree char *done = shequ_office_run_finish (office, result, error);

  return done != NULL;
}
