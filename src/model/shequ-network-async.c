#include "config.h"

#include "shequ-network.h"

typedef struct
{
  const ShequRegister *reg;
  gint64 key;
  char *stairwell;
  ShequNetworkGapKind kind;
  guint limit;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->stairwell);
  g_free (question);
}

static gpointer
chain_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Question *question = data;

  return shequ_network_get_chain (office, question->reg, question->key, question->stairwell, cancellable,
                                  error);
}

/**
 * shequ_network_get_chain_async:
 * @office: the office
 * @reg: a register of places
 * @key: the record
 * @stairwell: (nullable): of a building, the stairwell that is meant
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_network_get_chain(), on a worker thread.
 */
void
shequ_network_get_chain_async (ShequOffice *office,
                               const ShequRegister *reg,
                               gint64 key,
                               const char *stairwell,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Question *question = g_new0 (Question, 1);

  question->reg = reg;
  question->key = key;
  question->stairwell = g_strdup (stairwell);
  shequ_office_run_async (office, chain_work, question, question_free,
                          (GDestroyNotify) shequ_network_chain_free, cancellable, callback, user_data);
}

/**
 * shequ_network_get_chain_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full): as shequ_network_get_chain()
 */
ShequNetworkChain *
shequ_network_get_chain_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

static gpointer
coverage_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_network_list_coverage (office, cancellable, error);
}

/**
 * shequ_network_list_coverage_async:
 * @office: the office
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_network_list_coverage(), on a worker thread; shequ_network_list_finish() takes the result.
 */
void
shequ_network_list_coverage_async (ShequOffice *office,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  shequ_office_run_async (office, coverage_work, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, cancellable,
                          callback, user_data);
}

static gpointer
gaps_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Question *question = data;

  return shequ_network_list_gaps (office, question->kind, question->key, question->limit, cancellable, error);
}

/**
 * shequ_network_list_gaps_async:
 * @office: the office
 * @kind: which posts
 * @unit: a unit, or 0 for the office's
 * @limit: the most, 0 for all
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_network_list_gaps(), on a worker thread; shequ_network_list_finish() takes the result.
 */
void
shequ_network_list_gaps_async (ShequOffice *office,
                               ShequNetworkGapKind kind,
                               gint64 unit,
                               guint limit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Question *question = g_new0 (Question, 1);

  question->kind = kind;
  question->key = unit;
  question->limit = limit;
  shequ_office_run_async (office, gaps_work, question, question_free, (GDestroyNotify) g_ptr_array_unref,
                          cancellable, callback, user_data);
}

/**
 * shequ_network_list_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full): the list that was asked for
 */
GPtrArray *
shequ_network_list_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}
