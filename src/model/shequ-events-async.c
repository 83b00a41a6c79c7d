#include "config.h"

#include "shequ-events.h"
#include "shequ-office-private.h"

/* An event with all that it names, for the thread that records it. */
typedef struct
{
  ShequEvent event;
  gint64 *residents;
  ShequRow *person;
  char *texts[6];
  GPtrArray *issues;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_free (call->residents);
  g_clear_pointer (&call->person, shequ_row_free);
  for (guint i = 0; i < G_N_ELEMENTS (call->texts); i++)
    g_free (call->texts[i]);
  g_ptr_array_unref (call->issues);
  g_free (call);
}

static Call *
call_new (const ShequEvent *event)
{
  Call *call = g_new0 (Call, 1);
  const char **places[] = { &call->event.day,   &call->event.address, &call->event.relation,
                            &call->event.place, &call->event.reason,  &call->event.note };

  call->event = *event;
  call->issues = shequ_issues_new ();
  call->residents = g_memdup2 (event->residents, event->n_residents * sizeof (gint64));
  call->event.residents = call->residents;
  if (event->person != NULL)
    call->event.person = call->person = shequ_row_copy (event->person);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    *places[i] = call->texts[i] = g_strdup (*places[i]);
  return call;
}

static gpointer
record_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  Call *call = data;

  return GSIZE_TO_POINTER (
    (gsize) shequ_events_record (office, &call->event, call->issues, cancellable, error));
}

/**
 * shequ_events_record_async:
 * @office: the office
 * @event: what happened; copied
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_events_record(), on a worker thread.
 */
void
shequ_events_record_async (ShequOffice *office,
                           const ShequEvent *event,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  shequ_office_run_async (office, record_work, call_new (event), call_free, NULL, cancellable, callback,
                          user_data);
}

/**
 * shequ_events_record_finish:
 * @office: the office
 * @result: as the callback got it
 * @issues: (out) (optional) (transfer full): what to look at
 * @error: return location
 *
 * Returns: as shequ_events_record()
 */
gint64
shequ_events_record_finish (ShequOffice *office, GAsyncResult *result, GPtrArray **issues, GError **error)
{
  const Call *call = shequ_office_run_get_data (result);

  if (issues != NULL)
    *issues = g_ptr_array_ref (call->issues);
  return (gint64) GPOINTER_TO_SIZE (shequ_office_run_finish (office, result, error));
}

static gpointer
take_back_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (shequ_events_take_back (office, *(gint64 *) data, cancellable, error));
}

/**
 * shequ_events_take_back_async:
 * @office: the office
 * @event: an event
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_events_take_back(), on a worker thread.
 */
void
shequ_events_take_back_async (ShequOffice *office,
                              gint64 event,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  shequ_office_run_async (office, take_back_work, g_memdup2 (&event, sizeof event), g_free, NULL, cancellable,
                          callback, user_data);
}

/**
 * shequ_events_take_back_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: as shequ_events_take_back()
 */
gboolean
shequ_events_take_back_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error) != NULL;
}

static gpointer
take_back_last_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (shequ_events_take_back_last (office, *(gint64 *) data, cancellable, error));
}

/**
 * shequ_events_take_back_last_async:
 * @office: the office
 * @resident: a resident
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_events_take_back_last(), on a worker thread.
 */
void
shequ_events_take_back_last_async (ShequOffice *office,
                                   gint64 resident,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  shequ_office_run_async (office, take_back_last_work, g_memdup2 (&resident, sizeof resident), g_free, NULL,
                          cancellable, callback, user_data);
}

/**
 * shequ_events_take_back_last_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: as shequ_events_take_back_last()
 */
gboolean
shequ_events_take_back_last_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error) != NULL;
}
