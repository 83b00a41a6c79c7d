#include "config.h"

#include "shequ-workload.h"

typedef struct
{
  ShequWorkEntry entry;
  char *day;
  char *purpose;
  char *note;
} Log;

typedef struct
{
  gint64 key;
  guint limit;
} Choice;

typedef struct
{
  char *from;
  char *to;
} Span;

static void
log_free (gpointer data)
{
  Log *log = data;

  g_free (log->day);
  g_free (log->purpose);
  g_free (log->note);
  g_free (log);
}

static void
span_free (gpointer data)
{
  Span *span = data;

  g_free (span->from);
  g_free (span->to);
  g_free (span);
}

static gpointer
box_key (gint64 key)
{
  return key != 0 ? g_memdup2 (&key, sizeof key) : NULL;
}

static gint64
unbox_key (gpointer boxed)
{
  gint64 key = boxed != NULL ? *(gint64 *) boxed : 0;

  g_free (boxed);
  return key;
}

static gpointer
log_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Log *log = data;

  return box_key (shequ_workload_log (office, &log->entry, cancellable, error));
}

/**
 * shequ_workload_log_async:
 * @office: the office
 * @entry: what was done
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_workload_log(), on a worker thread.
 */
void
shequ_workload_log_async (ShequOffice *office,
                          const ShequWorkEntry *entry,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Log *log = g_new0 (Log, 1);

  log->entry = *entry;
  log->entry.day = log->day = g_strdup (entry->day);
  log->entry.purpose = log->purpose = g_strdup (entry->purpose);
  log->entry.note = log->note = g_strdup (entry->note);
  shequ_office_run_async (office, log_work, log, log_free, g_free, cancellable, callback, user_data);
}

/**
 * shequ_workload_log_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: as shequ_workload_log()
 */
gint64
shequ_workload_log_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return unbox_key (shequ_office_run_finish (office, result, error));
}

static gpointer
undo_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Choice *choice = data;

  return GINT_TO_POINTER (shequ_workload_undo (office, choice->key, cancellable, error));
}

static Choice *
choice_new (gint64 key, guint limit)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->key = key;
  choice->limit = limit;
  return choice;
}

/**
 * shequ_workload_undo_async:
 * @office: the office
 * @key: a work entry
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_workload_undo(), on a worker thread.
 */
void
shequ_workload_undo_async (ShequOffice *office,
                           gint64 key,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  shequ_office_run_async (office, undo_work, choice_new (key, 0), g_free, NULL, cancellable, callback,
                          user_data);
}

/**
 * shequ_workload_undo_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: as shequ_workload_undo()
 */
gboolean
shequ_workload_undo_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error) != NULL;
}

static gpointer
likely_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Choice *choice = data;

  return shequ_workload_list_likely (office, choice->key, choice->limit, cancellable, error);
}

/**
 * shequ_workload_list_likely_async:
 * @office: the office
 * @staff: a person of the staff; 0 for the user
 * @limit: how many
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_workload_list_likely(), on a worker thread.
 */
void
shequ_workload_list_likely_async (ShequOffice *office,
                                  gint64 staff,
                                  guint limit,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  shequ_office_run_async (office, likely_work, choice_new (staff, limit), g_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

/**
 * shequ_workload_list_likely_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequItemUse): as shequ_workload_list_likely()
 */
GPtrArray *
shequ_workload_list_likely_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

static gpointer
summarise_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Span *span = data;

  return shequ_workload_summarise (office, span->from, span->to, cancellable, error);
}

/**
 * shequ_workload_summarise_async:
 * @office: the office
 * @from: the first day
 * @to: the last day
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_workload_summarise(), on a worker thread.
 */
void
shequ_workload_summarise_async (ShequOffice *office,
                                const char *from,
                                const char *to,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  Span *span = g_new0 (Span, 1);

  span->from = g_strdup (from);
  span->to = g_strdup (to);
  shequ_office_run_async (office, summarise_work, span, span_free, (GDestroyNotify) shequ_burden_free,
                          cancellable, callback, user_data);
}

/**
 * shequ_workload_summarise_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full): as shequ_workload_summarise()
 */
ShequBurden *
shequ_workload_summarise_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}
