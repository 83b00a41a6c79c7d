/*
 * A run of an import: chunk by chunk, each in one transaction with the mark of how far it came.
 *
 * A refused row leaves nothing behind; it is decided before anything that it leads to is made. A run that is
 * cancelled or killed leaves whole chunks; the next run of the same file finds the mark, counts the rows up
 * to it as unchanged and goes on behind it.
 */
#include "shequ-import-links.h"
#include "shequ-import-private.h"
#include "shequ-rejects.h"

#include "shequ-error.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* Each chunk touches most leaves of the indexes of a large register, however few rows it has. */
#define CHUNK_ROWS 131072
#define MANY_ROWS CHUNK_ROWS
#define MOST_MESSAGES 200
#define MOST_HEADLESS_NAMED 20

/* Where a record of this run came from, so that a second row about it can be told. */
typedef struct
{
  gint64 key;
  guint row;
} Origin;

typedef struct
{
  ShequImport *import;
  const ShequImportOptions *options;
  const ImportPlan *plan;
  ImportLinks *links;
  ShequImportResult *result;
  ShequImportResult committed; /* as of the last commit */
  ShequTransaction *transaction;
  GCancellable *cancellable;
  ShequRejects *rejects; /* (nullable) */
  GArray *origins;       /* of Origin, in the order of their keys */
  char *mark_name;
  guint64 mark; /* rows up to this one were stored by a run before */
  guint last_row;
  guint n_in_chunk;
  gboolean is_aside; /* the orders of lists are */
} Run;

static void
free_message (gpointer data)
{
  ShequImportMessage *message = data;

  g_free (message->text);
  g_free (message);
}

/**
 * shequ_import_result_clear:
 * @result: a result
 *
 * Frees what a result holds.
 */
void
shequ_import_result_clear (ShequImportResult *result)
{
  g_clear_pointer (&result->messages, g_ptr_array_unref);
}

static void
add_message (Run *run, guint row, ShequSeverity severity, const char *text)
{
  ShequImportMessage *message;

  if (run->result->messages->len >= MOST_MESSAGES)
    return;
  message = g_new0 (ShequImportMessage, 1);
  message->row = row;
  message->severity = severity;
  message->text = g_strdup (text);
  g_ptr_array_add (run->result->messages, message);
}

static gboolean
reject (Run *run, ImportItem *item, GError **error)
{
  g_autofree char *reason = shequ_issues_to_text (item->issues, SHEQU_ISSUE_ERROR);

  run->result->rejected++;
  if (run->options->watch != NULL && run->options->watch->refused != NULL)
    run->options->watch->refused (item->number, reason, run->options->watch->user_data);
  add_message (run, item->number, SHEQU_ISSUE_ERROR, reason);
  if (run->rejects == NULL)
    return TRUE;
  return shequ_rejects_add (run->rejects, item->number, (const char *const *) item->cells, item->n_cells,
                            reason, error);
}

static void
note_warnings (Run *run, const ImportItem *item)
{
  g_autofree char *text = NULL;

  if (item->issues == NULL || item->issues->len == 0)
    return;
  text = shequ_issues_to_text (item->issues, SHEQU_ISSUE_NOTE);
  run->result->warned++;
  add_message (run, item->number, SHEQU_ISSUE_WARNING, text);
}

/* The row of this run that made a record, or 0. Keys grow, so the origins are in order. */
static guint
find_origin (const Run *run, gint64 key)
{
  guint from = 0;
  guint to = run->origins->len;

  while (from < to)
    {
      guint middle = (from + to) / 2;
      const Origin *origin = &g_array_index (run->origins, Origin, middle);

      if (origin->key == key)
        return origin->row;
      if (origin->key < key)
        from = middle + 1;
      else
        to = middle;
    }
  return 0;
}

static gboolean
is_accepted (const Run *run,
             const ImportItem *item,
             const ShequRow *record,
             const ShequField *field,
             const ShequValue *value,
             const char *title)
{
  const ShequImportWatch *watch = run->options->watch;

  return watch == NULL || watch->accept_field == NULL ||
         watch->accept_field (item->number, record, field, value, title, watch->user_data);
}

static void
note_different (GString *different, const ShequField *field)
{
  g_string_append_printf (different, "%s%s", different->len > 0 ? "、" : "", field->label);
}

/* The record that a link of the row leads to and that is to be made, 0 for none. */
static guint
find_new_target (const Run *run, const ImportItem *item, const ShequField *field)
{
  for (guint n = 1; n < item->n_rows; n++)
    {
      const ImportNode *node = &g_array_index (run->plan->nodes, ImportNode, n);

      if (node->parent == 0 && node->link == field && item->rows[n] != NULL && item->rows[n]->key == 0)
        return n;
    }
  return 0;
}

/* Whether a value that is different is taken. A home that is not moved into is not made either. */
static gboolean
take_value (const Run *run, ImportItem *item, const ShequRow *record, const ShequField *field)
{
  guint target = field->kind == SHEQU_FIELD_LINK ? find_new_target (run, item, field) : 0;
  g_autofree char *title = target > 0 ? shequ_row_get_title (item->rows[target]) : NULL;

  if (is_accepted (run, item, record, field, &item->rows[0]->values[field->index], title))
    return TRUE;
  if (target > 0)
    g_clear_pointer (&item->rows[target], shequ_row_free);
  return FALSE;
}

/* Lays what the row says over a record; the names of the fields that become different are appended. */
static void
lay_over (const Run *run, ImportItem *item, ShequRow *record, GString *different)
{
  for (guint i = 0; i < record->reg->fields->len; i++)
    {
      const ShequField *field = record->reg->fields->pdata[i];
      const ShequValue *value = &item->rows[0]->values[i];
      gboolean mapped = field->kind == SHEQU_FIELD_LINK && field->create && !shequ_value_is_null (value);

      for (guint c = 0; !mapped && c < run->plan->columns->len; c++)
        {
          const ImportColumn *column = &g_array_index (run->plan->columns, ImportColumn, c);

          mapped = column->node == 0 && column->field == field;
        }
      if (!mapped || shequ_value_is_null (value) || shequ_value_equal (value, &record->values[i]) ||
          !take_value (run, item, record, field))
        continue;
      note_different (different, field);
      shequ_value_copy (value, &record->values[i]);
    }
}

/* A roster tells who is there, not since when. */
static void
set_beginning (const Run *run, ImportItem *item)
{
  for (guint n = 0; n < item->n_rows; n++)
    if (item->rows[n] != NULL && item->rows[n]->key == 0 && item->rows[n]->reg->has_history)
      shequ_row_set_effective (item->rows[n],
                               run->options->effective != NULL ? run->options->effective : SHEQU_SINCE_EVER);
}

/* What the register itself refuses, a circle or a group that follows from a rule, is refused row by row. */
static gboolean
reject_refused (Run *run, ImportItem *item, GError *refusal, GError **error)
{
  if (!g_error_matches (refusal, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT))
    {
      g_propagate_error (error, refusal);
      return FALSE;
    }
  import_item_add_issue (item, shequ_issue_new (SHEQU_ISSUE_ERROR, NULL, "%s", refusal->message));
  g_error_free (refusal);
  return reject (run, item, error);
}

static gboolean
update (Run *run, ImportItem *item, ShequRow *record, GError **error)
{
  g_autoptr (GError) local = NULL;

  set_beginning (run, item);
  if (!import_links_create (run->links, run->transaction, item, error))
    return FALSE;
  for (guint n = 1; n < item->n_rows; n++)
    {
      const ImportNode *node = &g_array_index (run->plan->nodes, ImportNode, n);

      if (item->rows[n] != NULL && node->parent == 0)
        shequ_value_set_integer (shequ_row_get (record, node->link), item->rows[n]->key);
    }
  if (run->options->derive != NULL && !run->options->derive (run->transaction, record, error))
    return FALSE;
  shequ_row_derive (record, run->plan->today);
  shequ_row_set_effective (record, run->options->effective);
  if (!shequ_transaction_update (run->transaction, record, &local))
    return reject_refused (run, item, g_steal_pointer (&local), error);
  run->result->updated++;
  import_links_note_record (run->links, record);
  import_links_note_stored (run->links, item);
  note_warnings (run, item);
  return TRUE;
}

static gboolean
may_meet (const Run *run, ImportItem *item, const ShequRow *record)
{
  const ShequImportWatch *watch = run->options->watch;
  g_autofree char *refusal = NULL;

  if (watch == NULL || watch->met == NULL || watch->met (item->number, record, watch->user_data, &refusal))
    return TRUE;
  import_item_add_issue (item, shequ_issue_new (SHEQU_ISSUE_ERROR, NULL, "%s", refusal));
  return FALSE;
}

/* A row about a record that exists. */
static gboolean
meet_existing (Run *run, ImportItem *item, gint64 key, GError **error)
{
  guint origin = find_origin (run, key);
  g_autoptr (ShequRow) record = NULL;
  g_autoptr (GString) different = g_string_new (NULL);

  if (origin != 0)
    {
      import_item_add_issue (
        item, shequ_issue_new (SHEQU_ISSUE_ERROR, NULL, _ ("the same as row %u of this file"), origin));
      return reject (run, item, error);
    }
  record = shequ_transaction_get (run->transaction, run->plan->reg, key, error);
  if (record == NULL)
    return FALSE;
  if (!may_meet (run, item, record))
    return reject (run, item, error);
  lay_over (run, item, record, different);
  if (different->len == 0 || run->options->on_duplicate == SHEQU_ON_DUPLICATE_SKIP ||
      item->number <= run->mark)
    {
      run->result->unchanged++;
      return TRUE;
    }
  if (run->options->on_duplicate == SHEQU_ON_DUPLICATE_UPDATE)
    return update (run, item, record, error);
  import_item_add_issue (
    item, shequ_issue_new (SHEQU_ISSUE_ERROR, NULL,
                           _ ("is in the register already, with another %s; import again with “update” "
                              "to take over the row"),
                           different->str));
  return reject (run, item, error);
}

static gboolean
add (Run *run, ImportItem *item, GError **error)
{
  g_autoptr (GError) local = NULL;
  Origin origin;

  if (item->number <= run->mark)
    {
      run->result->unchanged++;
      return TRUE;
    }
  if (run->options->watch != NULL && run->options->watch->accept_new != NULL &&
      !run->options->watch->accept_new (item->number, item->rows[0], run->options->watch->user_data))
    {
      run->result->unchanged++;
      return TRUE;
    }
  set_beginning (run, item);
  if (!import_links_create (run->links, run->transaction, item, error))
    return FALSE;
  if (run->options->derive != NULL && !run->options->derive (run->transaction, item->rows[0], error))
    return FALSE;
  if (!shequ_transaction_insert (run->transaction, item->rows[0], &local))
    return reject_refused (run, item, g_steal_pointer (&local), error);
  origin.key = item->rows[0]->key;
  origin.row = item->number;
  g_array_append_val (run->origins, origin);
  run->result->added++;
  import_links_note_record (run->links, item->rows[0]);
  import_links_note_stored (run->links, item);
  note_warnings (run, item);
  return TRUE;
}

/* A unique value that stands in another record, which the identity did not find. */
static gboolean
check_unique (Run *run, ImportItem *item, GError **error)
{
  const ShequRow *row = item->rows[0];

  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];
      gint64 key;

      if (!field->unique || shequ_value_is_null (&row->values[i]) ||
          (row->reg->identity->len > 0 && g_ptr_array_find (row->reg->identity->pdata[0], field, NULL)))
        continue;
      key = shequ_transaction_find_key (run->transaction, row->reg, &field, &row->values[i], 1, error);
      if (key < 0)
        return FALSE;
      if (key > 0)
        import_item_add_issue (item,
                               shequ_issue_new (SHEQU_ISSUE_ERROR, field,
                                                _ ("stands in another record (%" PRId64 ") already"), key));
    }
  return TRUE;
}

/* Two links that may not lead to one record: known only now that they were looked up. */
static void
check_links_differ (ImportItem *item)
{
  const ShequRow *row = item->rows[0];

  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];

      if (field->kind == SHEQU_FIELD_LINK && !shequ_row_differs (row, field))
        import_item_add_issue (item, shequ_row_describe_same (field));
    }
}

static gboolean
store_item (Run *run, ImportItem *item, GError **error)
{
  gint64 key = 0;

  run->result->read++;
  run->last_row = item->number;
  if (!import_item_has_errors (item) && !import_links_find (run->links, run->transaction, item, error))
    return FALSE;
  if (!import_item_has_errors (item))
    check_links_differ (item);
  if (!import_item_has_errors (item))
    {
      key = import_links_find_record (run->links, run->transaction, item, error);
      if (key < 0 || (key == 0 && !check_unique (run, item, error)))
        return FALSE;
    }
  if (import_item_has_errors (item))
    return reject (run, item, error);
  return key > 0 ? meet_existing (run, item, key, error) : add (run, item, error);
}

static gboolean
begin (Run *run, GError **error)
{
  run->n_in_chunk = 0;
  run->transaction = shequ_store_begin (run->import->store, &run->options->actor, run->cancellable, error);
  return run->transaction != NULL &&
         shequ_transaction_begin_import (run->transaction, run->plan->reg, error) &&
         import_links_begin (run->links, run->transaction, error);
}

static gboolean
write_mark (Run *run, gboolean done, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%u", MAX (run->last_row, (guint) run->mark));

  return shequ_transaction_set_setting (run->transaction, run->mark_name, done ? NULL : text, error);
}

static gboolean
write_summary (Run *run, GError **error)
{
  g_autofree char *name =
    run->import->path != NULL ? g_path_get_basename (run->import->path) : g_strdup ("-");
  g_autofree char *safe = g_strescape (name, NULL);
  g_autofree char *changes =
    g_strdup_printf ("{\"file\":\"%s\",\"read\":%" G_GUINT64_FORMAT ",\"added\":%" G_GUINT64_FORMAT
                     ",\"updated\":%" G_GUINT64_FORMAT ",\"rejected\":%" G_GUINT64_FORMAT "}",
                     g_utf8_validate (name, -1, NULL) ? name : safe, run->result->read, run->result->added,
                     run->result->updated, run->result->rejected);

  return shequ_transaction_log (run->transaction, SHEQU_ACTION_IMPORT, run->plan->reg, 0, changes, error);
}

/* Keeps a chunk, or says why nothing of it was kept. */
static gboolean
commit (Run *run, gboolean done, GError **error)
{
  gboolean kept;

  if (run->options->dry_run)
    {
      g_clear_pointer (&run->transaction, shequ_transaction_free);
      return TRUE;
    }
  kept = write_mark (run, done, error) && (!done || write_summary (run, error)) &&
         import_links_end (run->links, run->transaction, error) &&
         shequ_transaction_commit (run->transaction, error);
  g_clear_pointer (&run->transaction, shequ_transaction_free);
  if (!kept)
    return FALSE;
  run->committed = *run->result;
  return TRUE;
}

static gboolean
store_batch (Run *run, GPtrArray *items, GError **error)
{
  for (guint i = 0; i < items->len; i++)
    {
      if (!store_item (run, items->pdata[i], error))
        return FALSE;
      run->n_in_chunk++;
    }
  if (run->n_in_chunk < (run->options->chunk_rows > 0 ? run->options->chunk_rows : CHUNK_ROWS) ||
      run->options->dry_run)
    return TRUE;
  return commit (run, FALSE, error) && begin (run, error);
}

static void
tell_headless (Run *run)
{
  g_autoptr (GArray) rows = import_links_list_headless (run->links);

  for (guint i = 0; i < rows->len && i < MOST_HEADLESS_NAMED; i++)
    add_message (run, g_array_index (rows, guint, i), SHEQU_ISSUE_WARNING,
                 _ ("no row of this household is its head; the household was kept, add the head later"));
  run->result->warned += rows->len;
}

/* An import that will turn out to be a large one, when most of what is there is its own. */
static gboolean
set_orders_aside (Run *run, double fraction, GError **error)
{
  const ShequRegister *reg = run->plan->reg;
  guint many = run->options->many_rows > 0 ? run->options->many_rows : MANY_ROWS;

  if (run->is_aside || run->options->dry_run ||
      (double) run->result->added < (fraction > 0 ? fraction : 1) * many ||
      !import_links_knows_all (run->links, reg))
    return TRUE;
  run->is_aside = shequ_transaction_set_orders_aside (run->transaction, reg, error);
  return run->is_aside;
}

static gboolean
read_all (Run *run, ShequImportProgress progress, gpointer user_data, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (ImportFeed) feed = import_feed_start (run->import, run->plan, run->cancellable, error);

  if (feed == NULL || !begin (run, error))
    return FALSE;
  while (TRUE)
    {
      double fraction = 0;
      GPtrArray *items = import_feed_next (feed, &fraction, &inner);

      if (inner != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&inner));
          return FALSE;
        }
      if (items == NULL)
        break;
      if (g_cancellable_set_error_if_cancelled (run->cancellable, error) ||
          !store_batch (run, items, error) || !set_orders_aside (run, fraction, error))
        return FALSE;
      if (progress != NULL)
        progress (run->result, fraction, user_data);
    }
  tell_headless (run);
  return commit (run, TRUE, error);
}

static gboolean
add_bytes (GChecksum *checksum, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autofree guint8 *buffer = g_malloc (1 << 20);
  gssize n = 1;

  while (stream != NULL && n > 0)
    {
      n = g_input_stream_read (G_INPUT_STREAM (stream), buffer, 1 << 20, cancellable, error);
      if (n > 0)
        g_checksum_update (checksum, buffer, n);
    }
  return stream != NULL && n == 0;
}

/* The same sheet of the same file with the same columns carries the same mark. The checksum protects nothing,
 * it only tells files apart: the one that takes the least time will do. */
static gboolean
find_mark (Run *run, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char *text = NULL;

  if (run->import->bytes != NULL)
    g_checksum_update (checksum, g_bytes_get_data (run->import->bytes, NULL),
                       (gssize) g_bytes_get_size (run->import->bytes));
  else if (!add_bytes (checksum, run->import->path, run->cancellable, error))
    return FALSE;
  g_checksum_update (checksum, (const guchar *) &run->import->sheet, sizeof run->import->sheet);
  for (guint i = 0; i < run->plan->columns->len; i++)
    {
      const ImportColumn *column = &g_array_index (run->plan->columns, ImportColumn, i);

      g_checksum_update (checksum, (const guchar *) &column->column, sizeof column->column);
      g_checksum_update (checksum, (const guchar *) column->field->name,
                         (gssize) strlen (column->field->name));
    }
  run->mark_name = g_strdup_printf ("import.%s.%s", run->plan->reg->name, g_checksum_get_string (checksum));
  text = shequ_store_get_setting (run->import->store, run->mark_name, NULL);
  run->mark = text != NULL ? g_ascii_strtoull (text, NULL, 10) : 0;
  run->result->resumed_at = run->mark;
  return TRUE;
}

static gboolean
check_mapping (const ShequImport *import, GError **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);

  for (guint i = 0; i < import->reg->fields->len; i++)
    {
      const ShequField *field = import->reg->fields->pdata[i];
      gboolean mapped = !field->required || field->default_text != NULL ||
                        field->kind == SHEQU_FIELD_COMPUTED || g_str_equal (field->name, "unit");

      for (guint c = 0; !mapped && c < import->mapping->columns->len; c++)
        {
          const ShequTarget *target = import->mapping->columns->pdata[c];

          mapped = target != NULL &&
                   (target->field == field || (target->links->len > 0 && target->links->pdata[0] == field));
        }
      if (!mapped)
        g_string_append_printf (missing, "%s%s", missing->len > 0 ? "、" : "", field->label);
    }
  if (missing->len == 0)
    return TRUE;
  g_set_error (
    error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
    _ ("No column of the file was found for “%s”, which every record needs. Nothing was imported; say which "
       "column it is"),
    missing->str);
  return FALSE;
}

/**
 * shequ_import_run:
 * @import: an import
 * @options: how
 * @progress: (nullable) (scope call): called after each batch, on the calling thread
 * @user_data: handed to @progress
 * @cancellable: (nullable): to stop; whole chunks are kept
 * @result: (out caller-allocates): what was kept; to be cleared, also after an error
 * @error: what stopped the run
 *
 * Stores the rows of the file. Takes as long as it takes: not for the main thread.
 *
 * Returns: whether the file was read to its end; refused rows are no error
 */
gboolean
shequ_import_run (ShequImport *import,
                  const ShequImportOptions *options,
                  ShequImportProgress progress,
                  gpointer user_data,
                  GCancellable *cancellable,
                  ShequImportResult *result,
                  GError **error)
{
  g_autoptr (ImportPlan) plan = NULL;
  g_autoptr (ImportLinks) links = NULL;
  g_autoptr (ShequRejects) rejects = NULL;
  Run run = { .import = import, .options = options, .result = result, .cancellable = cancellable };
  gboolean done;

  memset (result, 0, sizeof *result);
  result->messages = g_ptr_array_new_with_free_func (free_message);
  if (!check_mapping (import, error))
    return FALSE;
  plan = import_plan_new (import->mapping, import->today);
  links = import_links_new (plan, options->unit);
  run.plan = plan;
  run.links = links;
  if (options->rejects_path != NULL)
    {
      rejects = shequ_rejects_new (options->rejects_path, import->mapping->headers);
      run.rejects = rejects;
    }
  if (!find_mark (&run, error))
    return FALSE;
  run.origins = g_array_new (FALSE, FALSE, sizeof (Origin));
  done = read_all (&run, progress, user_data, error);
  if (!done)
    {
      /* What is told is what was kept. */
      GPtrArray *messages = result->messages;

      g_clear_pointer (&run.transaction, shequ_transaction_free);
      run.committed.messages = messages;
      run.committed.resumed_at = result->resumed_at;
      *result = run.committed;
    }
  if (run.is_aside && !shequ_store_restore_orders (import->store, done ? error : NULL))
    done = FALSE;
  if (run.rejects != NULL && !shequ_rejects_finish (run.rejects, done ? error : NULL))
    done = FALSE;
  g_array_unref (run.origins);
  g_free (run.mark_name);
  return done;
}
