#include "config.h"

#include "shequ-volunteers.h"

typedef struct
{
  char *from;
  char *to;
  gint64 shift;
  gint64 volunteer;
  gint64 assignment;
  gint64 minutes;
  gboolean served;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_free (call->from);
  g_free (call->to);
  g_free (call);
}

static Call *
call_new_days (const char *from, const char *to)
{
  Call *call = g_new0 (Call, 1);

  call->from = g_strdup (from);
  call->to = g_strdup (to);
  return call;
}

static gpointer
roster_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Call *call = data;

  return shequ_volunteers_list_roster (office, call->from, call->to, cancellable, error);
}

/**
 * shequ_volunteers_list_roster_async:
 * @office: the office
 * @from: the first day
 * @to: the last day
 * @cancellable: (nullable): to give up
 * @callback: called when done; it calls shequ_volunteers_list_finish()
 * @user_data: handed to @callback
 *
 * As shequ_volunteers_list_roster(), on a worker thread.
 */
void
shequ_volunteers_list_roster_async (ShequOffice *office,
                                    const char *from,
                                    const char *to,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  shequ_office_run_async (office, roster_work, call_new_days (from, to), call_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

static gpointer
candidates_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Call *call = data;

  return shequ_volunteers_list_candidates (office, call->shift, cancellable, error);
}

/**
 * shequ_volunteers_list_candidates_async:
 * @office: the office
 * @shift: a shift
 * @cancellable: (nullable): to give up
 * @callback: called when done; it calls shequ_volunteers_list_finish()
 * @user_data: handed to @callback
 *
 * As shequ_volunteers_list_candidates(), on a worker thread.
 */
void
shequ_volunteers_list_candidates_async (ShequOffice *office,
                                        gint64 shift,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->shift = shift;
  shequ_office_run_async (office, candidates_work, call, call_free, (GDestroyNotify) g_ptr_array_unref,
                          cancellable, callback, user_data);
}

static gpointer
assign_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Call *call = data;
  gint64 key = shequ_volunteers_assign (office, call->shift, call->volunteer, cancellable, error);

  return key != 0 ? g_memdup2 (&key, sizeof key) : NULL;
}

/**
 * shequ_volunteers_assign_async:
 * @office: the office
 * @shift: a shift
 * @volunteer: a volunteer
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_volunteers_assign(), on a worker thread.
 */
void
shequ_volunteers_assign_async (ShequOffice *office,
                               gint64 shift,
                               gint64 volunteer,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->shift = shift;
  call->volunteer = volunteer;
  shequ_office_run_async (office, assign_work, call, call_free, g_free, cancellable, callback, user_data);
}

/**
 * shequ_volunteers_assign_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: as shequ_volunteers_assign()
 */
gint64
shequ_volunteers_assign_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *key = shequ_office_run_finish (office, result, error);

  return key != NULL ? *key : 0;
}

static gpointer
unassign_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Call *call = data;

  return GINT_TO_POINTER (shequ_volunteers_unassign (office, call->assignment, cancellable, error));
}

/**
 * shequ_volunteers_unassign_async:
 * @office: the office
 * @assignment: an assignment
 * @cancellable: (nullable): to give up
 * @callback: called when done; it calls shequ_volunteers_done_finish()
 * @user_data: handed to @callback
 *
 * As shequ_volunteers_unassign(), on a worker thread.
 */
void
shequ_volunteers_unassign_async (ShequOffice *office,
                                 gint64 assignment,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->assignment = assignment;
  shequ_office_run_async (office, unassign_work, call, call_free, NULL, cancellable, callback, user_data);
}

static gpointer
record_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Call *call = data;

  return GINT_TO_POINTER (
    shequ_volunteers_record (office, call->assignment, call->served, call->minutes, cancellable, error));
}

/**
 * shequ_volunteers_record_async:
 * @office: the office
 * @assignment: an assignment
 * @served: whether the volunteer came
 * @minutes: how long; 0 for as long as the shift lasts
 * @cancellable: (nullable): to give up
 * @callback: called when done; it calls shequ_volunteers_done_finish()
 * @user_data: handed to @callback
 *
 * As shequ_volunteers_record(), on a worker thread.
 */
void
shequ_volunteers_record_async (ShequOffice *office,
                               gint64 assignment,
                               gboolean served,
                               gint64 minutes,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->assignment = assignment;
  call->served = served;
  call->minutes = minutes;
  shequ_office_run_async (office, record_work, call, call_free, NULL, cancellable, callback, user_data);
}

static gpointer
sum_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Call *call = data;

  return shequ_volunteers_sum_hours (office, call->from, call->to, cancellable, error);
}

/**
 * shequ_volunteers_sum_hours_async:
 * @office: the office
 * @from: the first day
 * @to: the last day
 * @cancellable: (nullable): to give up
 * @callback: called when done; it calls shequ_volunteers_list_finish()
 * @user_data: handed to @callback
 *
 * As shequ_volunteers_sum_hours(), on a worker thread.
 */
void
shequ_volunteers_sum_hours_async (ShequOffice *office,
                                  const char *from,
                                  const char *to,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  shequ_office_run_async (office, sum_work, call_new_days (from, to), call_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

/**
 * shequ_volunteers_list_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full): the array of the function that was called
 */
GPtrArray *
shequ_volunteers_list_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

/**
 * shequ_volunteers_done_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: whether the change was made
 */
gboolean
shequ_volunteers_done_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error) != NULL;
}
