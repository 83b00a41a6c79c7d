#include "config.h"

#include "shequ-certificates.h"

typedef struct
{
  gint64 key;
  char *reason;
} Target;

static void
target_free (gpointer data)
{
  Target *target = data;

  g_free (target->reason);
  g_free (target);
}

static gpointer
preview_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_certificate_preview (office, data, cancellable, error);
}

/**
 * shequ_certificate_preview_async:
 * @office: the office
 * @request: what is wanted
 * @cancellable: (nullable): to give up
 * @callback: called when done; it calls shequ_certificate_paper_finish()
 * @user_data: handed to @callback
 *
 * As shequ_certificate_preview(), on a worker thread.
 */
void
shequ_certificate_preview_async (ShequOffice *office,
                                 const ShequCertificateRequest *request,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  shequ_office_run_async (office, preview_work, shequ_certificate_request_copy (request),
                          (GDestroyNotify) shequ_certificate_request_free,
                          (GDestroyNotify) shequ_certificate_paper_free, cancellable, callback, user_data);
}

static gpointer
issue_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 key = shequ_certificate_issue (office, data, cancellable, error);

  return key != 0 ? g_memdup2 (&key, sizeof key) : NULL;
}

/**
 * shequ_certificate_issue_async:
 * @office: the office
 * @request: what is wanted
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_certificate_issue(), on a worker thread.
 */
void
shequ_certificate_issue_async (ShequOffice *office,
                               const ShequCertificateRequest *request,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  shequ_office_run_async (office, issue_work, shequ_certificate_request_copy (request),
                          (GDestroyNotify) shequ_certificate_request_free, g_free, cancellable, callback,
                          user_data);
}

/**
 * shequ_certificate_issue_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: as shequ_certificate_issue()
 */
gint64
shequ_certificate_issue_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *key = shequ_office_run_finish (office, result, error);

  return key != NULL ? *key : 0;
}

static Target *
target_new (gint64 key, const char *reason)
{
  Target *target = g_new0 (Target, 1);

  target->key = key;
  target->reason = g_strdup (reason);
  return target;
}

static gpointer
void_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Target *target = data;

  return GINT_TO_POINTER (shequ_certificate_void (office, target->key, target->reason, cancellable, error));
}

/**
 * shequ_certificate_void_async:
 * @office: the office
 * @key: a certificate
 * @reason: why
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_certificate_void(), on a worker thread.
 */
void
shequ_certificate_void_async (ShequOffice *office,
                              gint64 key,
                              const char *reason,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  shequ_office_run_async (office, void_work, target_new (key, reason), target_free, NULL, cancellable,
                          callback, user_data);
}

/**
 * shequ_certificate_void_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: as shequ_certificate_void()
 */
gboolean
shequ_certificate_void_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error) != NULL;
}

static gpointer
paper_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Target *paper = data;

  return shequ_certificate_load_paper (office, paper->key, cancellable, error);
}

/**
 * shequ_certificate_load_paper_async:
 * @office: the office
 * @key: a certificate
 * @cancellable: (nullable): to give up
 * @callback: called when done; it calls shequ_certificate_paper_finish()
 * @user_data: handed to @callback
 *
 * As shequ_certificate_load_paper(), on a worker thread.
 */
void
shequ_certificate_load_paper_async (ShequOffice *office,
                                    gint64 key,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  shequ_office_run_async (office, paper_work, target_new (key, NULL), target_free,
                          (GDestroyNotify) shequ_certificate_paper_free, cancellable, callback, user_data);
}

/**
 * shequ_certificate_paper_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full): the words of a preview or of an issued certificate
 */
ShequCertificatePaper *
shequ_certificate_paper_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}
