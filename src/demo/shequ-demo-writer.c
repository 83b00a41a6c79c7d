/*
 * Writes records in transactions of a few thousand each.
 *
 * The first failure is kept, and everything after it does nothing, so that whoever makes records need not ask
 * after each one: loops ask now and then, and shequ_demo_writer_finish() tells.
 */
#include "shequ-demo-writer.h"

#include "config.h"

#define RECORDS_PER_TRANSACTION 5000
#define RECORDS_PER_REPORT 1000

struct _ShequDemoWriter
{
  ShequStore *store;
  ShequActor actor;
  char *moment;
  GCancellable *cancellable;
  ShequTransaction *transaction; /* (nullable) between two */
  GHashTable *rows;              /* name of a register -> ShequRow, used again and again */
  GError *error;
  guint written;
  guint done;
  guint total;
  ShequDemoProgress progress;
  gpointer user_data;
};

/**
 * shequ_demo_writer_new:
 * @store: where to write
 * @actor: who writes; its texts must live as long as the writer, but for the moment
 * @total: about how many records there will be
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to stop
 *
 * Returns: (transfer full): a writer
 */
ShequDemoWriter *
shequ_demo_writer_new (ShequStore *store,
                       const ShequActor *actor,
                       guint total,
                       ShequDemoProgress progress,
                       gpointer user_data,
                       GCancellable *cancellable)
{
  ShequDemoWriter *writer = g_new0 (ShequDemoWriter, 1);

  writer->store = shequ_store_ref (store);
  writer->actor = *actor;
  writer->moment = g_strdup (actor->moment);
  writer->actor.moment = writer->moment;
  writer->rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) shequ_row_free);
  writer->total = total;
  writer->progress = progress;
  writer->user_data = user_data;
  writer->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return writer;
}

void
shequ_demo_writer_free (ShequDemoWriter *writer)
{
  g_clear_pointer (&writer->transaction, shequ_transaction_free);
  g_hash_table_unref (writer->rows);
  g_clear_error (&writer->error);
  g_clear_object (&writer->cancellable);
  shequ_store_unref (writer->store);
  g_free (writer->moment);
  g_free (writer);
}

gboolean
shequ_demo_writer_has_failed (const ShequDemoWriter *writer)
{
  return writer->error != NULL;
}

static gboolean
begin (ShequDemoWriter *writer)
{
  if (writer->error != NULL)
    return FALSE;
  if (writer->transaction == NULL)
    writer->transaction =
      shequ_store_begin (writer->store, &writer->actor, writer->cancellable, &writer->error);
  return writer->transaction != NULL;
}

static void
commit (ShequDemoWriter *writer)
{
  if (writer->error == NULL && writer->transaction != NULL)
    shequ_transaction_commit (writer->transaction, &writer->error);
  g_clear_pointer (&writer->transaction, shequ_transaction_free);
  writer->written = 0;
}

/**
 * shequ_demo_writer_set_moment:
 * @writer: a writer
 * @moment: when what follows was written, in UTC
 *
 * The change log keeps it, and workflows count from it.
 */
void
shequ_demo_writer_set_moment (ShequDemoWriter *writer, const char *moment)
{
  commit (writer);
  g_free (writer->moment);
  writer->moment = g_strdup (moment);
  writer->actor.moment = writer->moment;
}

/**
 * shequ_demo_writer_start:
 * @writer: a writer
 * @name: the name of a register that the program ships
 *
 * Returns: (transfer none): an empty row, to be filled and added before the next one of the register is
 * started
 */
ShequRow *
shequ_demo_writer_start (ShequDemoWriter *writer, const char *name)
{
  ShequRow *row = g_hash_table_lookup (writer->rows, name);

  if (row == NULL)
    {
      const ShequRegister *reg = shequ_catalogue_lookup (shequ_store_get_catalogue (writer->store), name);

      g_assert (reg != NULL);
      row = shequ_row_new (reg);
      g_hash_table_insert (writer->rows, reg->name, row);
    }
  shequ_row_clear (row);
  return row;
}

static void
count (ShequDemoWriter *writer)
{
  writer->done++;
  if (writer->progress != NULL && writer->done % RECORDS_PER_REPORT == 0)
    writer->progress (MIN (writer->done, writer->total), writer->total, writer->user_data);
  if (++writer->written >= RECORDS_PER_TRANSACTION)
    commit (writer);
}

/**
 * shequ_demo_writer_add:
 * @writer: a writer
 * @row: a filled row; gets its key, and defaults where it is empty
 *
 * Returns: the key, or 0 after a failure
 */
gint64
shequ_demo_writer_add (ShequDemoWriter *writer, ShequRow *row)
{
  gint64 key = 0;

  if (!begin (writer))
    return 0;
  shequ_row_set_defaults (row, NULL, writer->actor.user);
  if (row->reg->has_history && row->effective == NULL)
    shequ_row_set_effective (row, SHEQU_SINCE_EVER);
  if (shequ_transaction_insert (writer->transaction, row, &writer->error))
    {
      key = row->key;
      count (writer);
    }
  return key;
}

/**
 * shequ_demo_writer_change:
 * @writer: a writer
 * @row: a row that was added, with other values
 */
void
shequ_demo_writer_change (ShequDemoWriter *writer, ShequRow *row)
{
  if (begin (writer))
    shequ_transaction_update (writer->transaction, row, &writer->error);
}

void
shequ_demo_writer_set_setting (ShequDemoWriter *writer, const char *name, const char *text)
{
  if (begin (writer))
    shequ_transaction_set_setting (writer->transaction, name, text, &writer->error);
}

/**
 * shequ_demo_writer_next_number:
 * @writer: a writer
 * @series: the series of numbers
 *
 * Returns: the next number of it, or 0 after a failure
 */
gint64
shequ_demo_writer_next_number (ShequDemoWriter *writer, const char *series)
{
  return begin (writer) ? shequ_transaction_next_number (writer->transaction, series, &writer->error) : 0;
}

/**
 * shequ_demo_writer_take_error:
 * @writer: a writer
 * @error: (transfer full): a failure elsewhere, after which nothing shall be written
 */
void
shequ_demo_writer_take_error (ShequDemoWriter *writer, GError *error)
{
  if (writer->error == NULL)
    writer->error = error;
  else
    g_error_free (error);
}

/**
 * shequ_demo_writer_finish:
 * @writer: a writer
 * @error: the first failure of all that was written
 *
 * Returns: whether everything was written
 */
gboolean
shequ_demo_writer_finish (ShequDemoWriter *writer, GError **error)
{
  commit (writer);
  if (writer->error == NULL)
    {
      if (writer->progress != NULL)
        writer->progress (writer->total, writer->total, writer->user_data);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&writer->error));
  return FALSE;
}
