/* One change of many records, in one transaction: all of it is stored or nothing. */
#include "shequ-bulk.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"

#define RECORDS_PER_REPORT 100

ShequBulk *
shequ_bulk_new (ShequBulkKind kind, const ShequRegister *reg, GArray *keys)
{
  ShequBulk *bulk = g_new0 (ShequBulk, 1);

  bulk->kind = kind;
  bulk->reg = reg;
  bulk->keys = g_array_ref (keys);
  return bulk;
}

void
shequ_bulk_free (ShequBulk *bulk)
{
  g_array_unref (bulk->keys);
  g_free (bulk->path);
  shequ_value_clear (&bulk->value);
  g_free (bulk);
}

static void
free_value (gpointer data)
{
  shequ_value_clear (data);
  g_free (data);
}

void
shequ_bulk_result_free (ShequBulkResult *result)
{
  g_clear_pointer (&result->keys, g_array_unref);
  g_clear_pointer (&result->before, g_ptr_array_unref);
  g_free (result->reason);
  g_free (result);
}

typedef struct
{
  ShequOffice *office;
  const ShequBulk *bulk;
  ShequTransaction *transaction;
  ShequBulkResult *result;
  char *today;
  GHashTable *reached; /* keys of the records at the end of the path */
} Run;

static void
count_refused (ShequBulkResult *result, const char *reason)
{
  result->refused++;
  if (result->reason == NULL)
    result->reason = g_strdup (reason);
}

/* What may not be is counted and told; what breaks the whole is an error. */
static gboolean
save (Run *run, ShequRow *row, const ShequValue *before, GError **error)
{
  g_autoptr (GError) local = NULL;
  ShequBulkResult *result = run->result;

  if (!shequ_office_save_in (run->office, run->transaction, row, NULL, &local))
    {
      if (!g_error_matches (local, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE) &&
          !g_error_matches (local, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      count_refused (result, local->message);
      return TRUE;
    }
  result->changed++;
  g_array_append_val (result->keys, row->key);
  if (before != NULL)
    {
      ShequValue *kept = g_new0 (ShequValue, 1);

      shequ_value_copy (before, kept);
      g_ptr_array_add (result->before, kept);
    }
  return TRUE;
}

static gboolean
change (Run *run,
        const ShequRegister *reg,
        gint64 key,
        const ShequField *field,
        const ShequValue *value,
        GError **error)
{
  g_autoptr (ShequRow) row = shequ_transaction_get (run->transaction, reg, key, error);
  g_auto (ShequValue) before = SHEQU_VALUE_INIT;

  if (row == NULL)
    return FALSE;
  if (shequ_value_equal (shequ_row_get (row, field), value))
    {
      run->result->unchanged++;
      return TRUE;
    }
  shequ_value_copy (shequ_row_get (row, field), &before);
  shequ_value_clear (shequ_row_get (row, field));
  shequ_value_copy (value, shequ_row_get (row, field));
  return save (run, row, &before, error);
}

/* Follows the path from a selected record; 0 where it ends before. */
static gboolean
follow_path (Run *run, gint64 *key, GError **error)
{
  g_auto (GStrv) links = g_strsplit (run->bulk->path, ".", -1);
  const ShequRegister *reg = run->bulk->reg;

  for (guint i = 0; links[i] != NULL && *key != 0; i++)
    {
      const ShequField *link = shequ_register_lookup (reg, links[i]);
      g_autoptr (ShequRow) row = shequ_transaction_get (run->transaction, reg, *key, error);
      g_autofree char *title = NULL;
      g_autofree char *reason = NULL;

      if (row == NULL)
        return FALSE;
      *key = shequ_row_get_integer (row, link->name);
      reg = link->target;
      if (*key != 0)
        continue;
      title = shequ_row_get_title (row);
      reason = g_strdup_printf (_ ("%s: “%s” is not filled in"), title, link->label);
      count_refused (run->result, reason);
    }
  return TRUE;
}

static gboolean
change_linked (Run *run, gint64 key, GError **error)
{
  const ShequField *field = run->bulk->field;

  if (!follow_path (run, &key, error))
    return FALSE;
  if (key == 0 || !g_hash_table_add (run->reached, g_memdup2 (&key, sizeof key)))
    return TRUE;
  return change (run, field->owner, key, field, &run->bulk->value, error);
}

/* The records of today that link to one of the selected and have the value. */
static GArray *
find_active (Run *run, gint64 key, GError **error)
{
  const ShequBulk *bulk = run->bulk;
  g_autoptr (ShequQuery) query = shequ_query_new (bulk->through->owner, run->today);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, bulk->value.integer);
  g_autofree char *here = g_strdup_printf ("%" G_GINT64_FORMAT, key);

  query->with_restricted = TRUE;
  if (!shequ_query_add_where (query, "active", error))
    return NULL;
  shequ_query_take_where (query,
                          shequ_condition_new_compare (SHEQU_CONDITION_EQUAL, bulk->through->name, here));
  shequ_query_take_where (
    query, shequ_condition_new_compare (SHEQU_CONDITION_EQUAL, bulk->field->name,
                                        bulk->field->kind == SHEQU_FIELD_LINK ? number : bulk->value.text));
  return shequ_transaction_list_keys (run->transaction, query, error);
}

static gboolean
add_linked (Run *run, gint64 key, GError **error)
{
  const ShequBulk *bulk = run->bulk;
  g_autoptr (GArray) there = find_active (run, key, error);
  g_autoptr (ShequRow) row = NULL;

  if (there == NULL)
    return FALSE;
  if (there->len > 0)
    {
      run->result->unchanged++;
      return TRUE;
    }
  row = shequ_office_new_row (run->office, bulk->through->owner);
  shequ_row_set_integer (row, bulk->through->name, key);
  shequ_value_copy (&bulk->value, shequ_row_get (row, bulk->field));
  shequ_row_set_text (row, row->reg->period_start->name, run->today);
  return save (run, row, NULL, error);
}

static gboolean
end_linked (Run *run, gint64 key, GError **error)
{
  const ShequField *end = run->bulk->through->owner->period_end;
  g_autoptr (GArray) there = find_active (run, key, error);
  g_auto (ShequValue) today = SHEQU_VALUE_INIT;

  if (there == NULL)
    return FALSE;
  run->result->unchanged += there->len == 0;
  shequ_value_set_text (&today, run->today);
  for (guint i = 0; i < there->len; i++)
    if (!change (run, end->owner, g_array_index (there, gint64, i), end, &today, error))
      return FALSE;
  return TRUE;
}

static gboolean
run_one (Run *run, gint64 key, GError **error)
{
  switch (run->bulk->kind)
    {
    case SHEQU_BULK_ADD:
      return add_linked (run, key, error);
    case SHEQU_BULK_END:
      return end_linked (run, key, error);
    case SHEQU_BULK_SET:
    default:
      if (run->bulk->path != NULL)
        return change_linked (run, key, error);
      return change (run, run->bulk->reg, key, run->bulk->field, &run->bulk->value, error);
    }
}

static gboolean
run_all (Run *run, ShequBulkProgress progress, gpointer user_data, GCancellable *cancellable, GError **error)
{
  const GArray *keys = run->bulk->keys;

  for (guint i = 0; i < keys->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !run_one (run, g_array_index (keys, gint64, i), error))
        return FALSE;
      if (progress != NULL && i % RECORDS_PER_REPORT == 0)
        progress (i, keys->len, user_data);
    }
  return TRUE;
}

static ShequBulkResult *
new_result (const ShequBulk *bulk)
{
  ShequBulkResult *result = g_new0 (ShequBulkResult, 1);

  result->keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  result->reg = bulk->kind == SHEQU_BULK_SET ? bulk->field->owner : bulk->through->owner;
  result->field = bulk->kind == SHEQU_BULK_SET ? bulk->field : result->reg->period_end;
  if (bulk->kind != SHEQU_BULK_ADD)
    result->before = g_ptr_array_new_with_free_func (free_value);
  return result;
}

/**
 * shequ_bulk_run:
 * @office: the office
 * @bulk: what is done with which records
 * @progress: (nullable) (scope call): told how far it is, on this thread
 * @user_data: for @progress
 * @cancellable: (nullable): to stop; nothing is stored then
 * @error: return location
 *
 * Changes the records as if each were edited by itself: checked, logged, indexed. One that may not be changed
 * so is left as it was and counted.
 *
 * Returns: (transfer full) (nullable): what became of it; %NULL when nothing is stored
 */
ShequBulkResult *
shequ_bulk_run (ShequOffice *office,
                const ShequBulk *bulk,
                ShequBulkProgress progress,
                gpointer user_data,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (ShequBulkResult) result = new_result (bulk);
  g_autoptr (ShequTransaction) transaction =
    shequ_office_begin (office, _ ("Many at once"), cancellable, error);
  g_autofree char *today = shequ_office_get_today (office);
  g_autoptr (GHashTable) reached = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Run run = { office, bulk, transaction, result, today, reached };

  if (transaction == NULL || !run_all (&run, progress, user_data, cancellable, error) ||
      !shequ_transaction_commit (transaction, error))
    return NULL;
  shequ_office_tell_changed (office, result->reg, 0);
  return g_steal_pointer (&result);
}

static gboolean
undo_one (ShequOffice *office,
          ShequTransaction *transaction,
          const ShequBulkResult *result,
          guint place,
          GError **error)
{
  gint64 key = g_array_index (result->keys, gint64, place);
  g_autoptr (ShequRow) row = shequ_transaction_get (transaction, result->reg, key, error);

  if (row == NULL)
    return FALSE;
  if (result->before == NULL)
    return shequ_transaction_delete (transaction, result->reg, key, row->version, error);
  shequ_value_clear (shequ_row_get (row, result->field));
  shequ_value_copy (result->before->pdata[place], shequ_row_get (row, result->field));
  return shequ_office_save_in (office, transaction, row, NULL, error);
}

/**
 * shequ_bulk_undo:
 * @office: the office
 * @result: what shequ_bulk_run() gave
 * @cancellable: (nullable): to stop; nothing is taken back then
 * @error: return location
 *
 * Gives every record the value that it had, and deletes those that were made.
 *
 * Returns: %FALSE when nothing was taken back
 */
gboolean
shequ_bulk_undo (ShequOffice *office,
                 const ShequBulkResult *result,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (ShequTransaction) transaction = shequ_office_begin (office, _ ("Undo"), cancellable, error);

  if (transaction == NULL)
    return FALSE;
  for (guint i = 0; i < result->keys->len; i++)
    if (!undo_one (office, transaction, result, i, error))
      return FALSE;
  if (!shequ_transaction_commit (transaction, error))
    return FALSE;
  shequ_office_tell_changed (office, result->reg, 0);
  return TRUE;
}
