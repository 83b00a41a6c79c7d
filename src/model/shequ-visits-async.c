#include "config.h"

#include "shequ-visits.h"

/* A visit whose texts are its own. */
typedef struct
{
  ShequVisit visit;
  char *texts[5];
} OwnVisit;

static OwnVisit *
own_visit_new (const ShequVisit *visit)
{
  OwnVisit *own = g_new0 (OwnVisit, 1);

  own->visit = *visit;
  own->visit.way = own->texts[0] = g_strdup (visit->way);
  own->visit.about = own->texts[1] = g_strdup (visit->about);
  own->visit.result = own->texts[2] = g_strdup (visit->result);
  own->visit.note = own->texts[3] = g_strdup (visit->note);
  own->visit.follow_up_on = own->texts[4] = g_strdup (visit->follow_up_on);
  return own;
}

static void
own_visit_free (gpointer data)
{
  OwnVisit *own = data;

  for (gsize i = 0; i < G_N_ELEMENTS (own->texts); i++)
    g_free (own->texts[i]);
  g_free (own);
}

static gpointer
due_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_visits_list_due (office, GPOINTER_TO_UINT (data), cancellable, error);
}

/**
 * shequ_visits_list_due_async:
 * @office: the office
 * @ahead: how many days ahead to look
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_visits_list_due(), on a worker thread.
 */
void
shequ_visits_list_due_async (ShequOffice *office,
                             guint ahead,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  shequ_office_run_async (office, due_work, GUINT_TO_POINTER (ahead), NULL,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

/**
 * shequ_visits_list_due_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequVisitDue): as shequ_visits_list_due()
 */
GPtrArray *
shequ_visits_list_due_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

static gpointer
log_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const OwnVisit *own = data;
  gint64 key = shequ_visits_log (office, &own->visit, cancellable, error);

  return key != 0 ? g_memdup2 (&key, sizeof key) : NULL;
}

/**
 * shequ_visits_log_async:
 * @office: the office
 * @visit: what is to be kept; copied
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_visits_log(), on a worker thread.
 */
void
shequ_visits_log_async (ShequOffice *office,
                        const ShequVisit *visit,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  shequ_office_run_async (office, log_work, own_visit_new (visit), own_visit_free, g_free, cancellable,
                          callback, user_data);
}

/**
 * shequ_visits_log_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: the key of the visit, or 0
 */
gint64
shequ_visits_log_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *key = shequ_office_run_finish (office, result, error);

  return key != NULL ? *key : 0;
}
