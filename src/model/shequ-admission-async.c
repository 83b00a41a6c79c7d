#include "config.h"

#include "shequ-admission.h"
#include "shequ-office-private.h"

typedef struct
{
  ShequRow *row;
  GPtrArray *issues;
  gint64 key;
  ShequAdmissionStep step;
  char *action;
  char *body;
  char *reason;
  char *reason_code;
  char **confirmed;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_clear_pointer (&call->row, shequ_row_free);
  g_ptr_array_unref (call->issues);
  g_free (call->action);
  g_free (call->body);
  g_free (call->reason);
  g_free (call->reason_code);
  g_strfreev (call->confirmed);
  g_free (call);
}

static Call *
call_new (const ShequRow *row, gint64 key)
{
  Call *call = g_new0 (Call, 1);

  call->row = row != NULL ? shequ_row_copy (row) : NULL;
  call->issues = shequ_issues_new ();
  call->key = key;
  return call;
}

static gpointer
file_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  Call *call = data;

  if (!shequ_admission_file (office, call->row, call->issues, cancellable, error))
    return NULL;
  return g_steal_pointer (&call->row);
}

/**
 * shequ_admission_file_async:
 * @office: the office
 * @application: (transfer none): the new application; a copy of it is filed
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_admission_file(), on a worker thread.
 */
void
shequ_admission_file_async (ShequOffice *office,
                            const ShequRow *application,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  shequ_office_run_async (office, file_work, call_new (application, 0), call_free,
                          (GDestroyNotify) shequ_row_free, cancellable, callback, user_data);
}

static void
hand_out_issues (GAsyncResult *result, GPtrArray **issues)
{
  Call *call = shequ_office_run_get_data (result);

  if (issues != NULL)
    *issues = g_ptr_array_ref (call->issues);
}

/**
 * shequ_admission_file_finish:
 * @office: the office
 * @result: as the callback got it
 * @issues: (out) (optional) (transfer full) (element-type ShequIssue): what validation said, on failure too
 * @error: return location
 *
 * Returns: (transfer full): the application with its number and key
 */
ShequRow *
shequ_admission_file_finish (ShequOffice *office, GAsyncResult *result, GPtrArray **issues, GError **error)
{
  hand_out_issues (result, issues);
  return shequ_office_run_finish (office, result, error);
}

static gpointer
screen_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Call *call = data;

  return shequ_admission_screen (office, call->row, cancellable, error);
}

/**
 * shequ_admission_screen_async:
 * @office: the office
 * @application: (transfer none): an application, stored or not; a copy of it is screened
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_admission_screen(), on a worker thread.
 */
void
shequ_admission_screen_async (ShequOffice *office,
                              const ShequRow *application,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  shequ_office_run_async (office, screen_work, call_new (application, 0), call_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

/**
 * shequ_admission_screen_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequFinding): as shequ_admission_screen()
 */
GPtrArray *
shequ_admission_screen_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

static gpointer
case_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Call *call = data;

  return shequ_admission_load_case (office, call->key, cancellable, error);
}

/**
 * shequ_admission_load_case_async:
 * @office: the office
 * @application: an application
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_admission_load_case(), on a worker thread.
 */
void
shequ_admission_load_case_async (ShequOffice *office,
                                 gint64 application,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  shequ_office_run_async (office, case_work, call_new (NULL, application), call_free,
                          (GDestroyNotify) shequ_admission_case_free, cancellable, callback, user_data);
}

/**
 * shequ_admission_load_case_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full): as shequ_admission_load_case()
 */
ShequAdmissionCase *
shequ_admission_load_case_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

static gpointer
act_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  Call *call = data;

  return GINT_TO_POINTER (shequ_admission_act (office, &call->step, call->issues, cancellable, error));
}

/**
 * shequ_admission_act_async:
 * @office: the office
 * @step: what is done
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_admission_act(), on a worker thread.
 */
void
shequ_admission_act_async (ShequOffice *office,
                           const ShequAdmissionStep *step,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Call *call = call_new (NULL, 0);

  call->step = *step;
  call->step.action = call->action = g_strdup (step->action);
  call->step.body = call->body = g_strdup (step->body);
  call->step.reason = call->reason = g_strdup (step->reason);
  call->step.reason_code = call->reason_code = g_strdup (step->reason_code);
  call->confirmed = g_strdupv ((char **) step->confirmed);
  call->step.confirmed = (const char *const *) call->confirmed;
  shequ_office_run_async (office, act_work, call, call_free, NULL, cancellable, callback, user_data);
}

/**
 * shequ_admission_act_finish:
 * @office: the office
 * @result: as the callback got it
 * @issues: (out) (optional) (transfer full) (element-type ShequIssue): warnings
 * @error: return location
 *
 * Returns: as shequ_admission_act()
 */
gboolean
shequ_admission_act_finish (ShequOffice *office, GAsyncResult *result, GPtrArray **issues, GError **error)
{
  hand_out_issues (result, issues);
  return shequ_office_run_finish (office, result, error) != NULL;
}
