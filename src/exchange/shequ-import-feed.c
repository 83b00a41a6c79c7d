/*
 * Reads and validates rows and makes their search documents on a thread of its own, a few batches ahead of
 * whoever stores them, and frees them there when they are stored: the one who writes has the least time.
 */
#include "shequ-import-private.h"

#include "shequ-row-index.h"

#include "config.h"

#include <sys/resource.h>
#include <unistd.h>

#define BATCH_ROWS 256
#define MOST_BATCHES 48

/* How much less the thread is than the one that writes, where a processor has to be shared. */
#define BESIDE 5

typedef struct
{
  GPtrArray *items; /* (nullable): %NULL ends the file */
  double fraction;
  GError *error;
} Batch;

struct _ImportFeed
{
  ShequSheetReader *reader;
  const ImportPlan *plan;
  ShequSearchTokens *tokens; /* of the thread */
  guint64 *stamps;           /* by node, of the last row whose index was made */
  GThread *thread;
  GAsyncQueue *full;  /* of Batch */
  GAsyncQueue *empty; /* of Batch, used ones: another may be read for each */
  Batch *current;     /* (nullable): whose items are being stored */
  int stopped;        /* atomic */
};

static void
free_item (gpointer data)
{
  import_item_free (data);
}

static void
free_batch (gpointer data)
{
  Batch *batch = data;

  g_clear_pointer (&batch->items, g_ptr_array_unref);
  g_clear_error (&batch->error);
  g_free (batch);
}

/* What the search keeps of the rows. Of a household it is made with the first of its members. */
static void
make_indexes (ImportFeed *feed, ImportItem *item)
{
  for (guint n = 0; n < item->n_rows; n++)
    {
      guint64 stamp;

      if (item->rows[n] == NULL)
        continue;
      stamp = shequ_row_get_index_stamp (item->rows[n]);
      if (stamp != feed->stamps[n])
        shequ_row_make_index (item->rows[n], feed->tokens);
      feed->stamps[n] = stamp;
    }
}

static Batch *
read_batch (ImportFeed *feed)
{
  Batch *batch = g_new0 (Batch, 1);
  ShequCellRow row;
  guint64 done = 0;
  guint64 total = 0;

  batch->items = g_ptr_array_new_full (BATCH_ROWS, free_item);
  while (batch->items->len < BATCH_ROWS)
    {
      ImportItem *item;

      if (!shequ_sheet_reader_next (feed->reader, &row, &batch->error))
        break;
      item = import_plan_read (feed->plan, &row);
      if (item == NULL)
        continue;
      if (!import_item_has_errors (item))
        make_indexes (feed, item);
      g_ptr_array_add (batch->items, item);
    }
  shequ_sheet_reader_get_progress (feed->reader, &done, &total);
  batch->fraction = total > 0 ? (double) done / (double) total : 0;
  if (batch->items->len == 0)
    g_clear_pointer (&batch->items, g_ptr_array_unref);
  return batch;
}

/* Behind the end of the file only what was stored is still freed here. */
static gpointer
run (gpointer data)
{
  ImportFeed *feed = data;
  gboolean last = FALSE;

  setpriority (PRIO_PROCESS, (id_t) gettid (), BESIDE);
  while (TRUE)
    {
      Batch *batch;

      free_batch (g_async_queue_pop (feed->empty));
      if (g_atomic_int_get (&feed->stopped))
        return NULL;
      if (last)
        continue;
      batch = read_batch (feed);
      last = batch->items == NULL || batch->error != NULL;
      g_async_queue_push (feed->full, batch);
    }
}

ImportFeed *
import_feed_start (ShequImport *import, const ImportPlan *plan, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequSheetReader) reader = import_open_rows (import, cancellable, error);
  ShequSearchTokens *tokens = reader != NULL ? shequ_store_new_tokens (import->store, error) : NULL;
  ImportFeed *feed;

  if (tokens == NULL)
    return NULL;
  feed = g_new0 (ImportFeed, 1);
  feed->reader = g_steal_pointer (&reader);
  feed->tokens = tokens;
  feed->stamps = g_new0 (guint64, plan->nodes->len);
  feed->plan = plan;
  feed->full = g_async_queue_new_full (free_batch);
  feed->empty = g_async_queue_new_full (free_batch);
  for (guint i = 0; i < MOST_BATCHES; i++)
    g_async_queue_push (feed->empty, g_new0 (Batch, 1));
  feed->thread = g_thread_new ("import", run, feed);
  return feed;
}

/* (transfer none) (nullable): the next items, until asked again; %NULL at the end of the file or on error. */
GPtrArray *
import_feed_next (ImportFeed *feed, double *fraction, GError **error)
{
  if (feed->current != NULL)
    g_async_queue_push (feed->empty, g_steal_pointer (&feed->current));
  feed->current = g_async_queue_pop (feed->full);
  *fraction = feed->current->fraction;
  if (feed->current->error == NULL)
    return feed->current->items;
  g_propagate_error (error, g_steal_pointer (&feed->current->error));
  return NULL;
}

void
import_feed_stop (ImportFeed *feed)
{
  g_atomic_int_set (&feed->stopped, 1);
  g_async_queue_push (feed->empty, g_new0 (Batch, 1));
  g_thread_join (feed->thread);
  g_clear_pointer (&feed->current, free_batch);
  g_async_queue_unref (feed->full);
  g_async_queue_unref (feed->empty);
  shequ_sheet_reader_free (feed->reader);
  shequ_search_tokens_free (feed->tokens);
  g_free (feed->stamps);
  g_free (feed);
}
