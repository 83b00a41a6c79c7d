/* What is masked is shown of one record, for a purpose and a minute, and each time is logged. */
#include "shequ-unmask.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "shequ-error.h"
#include "shequ-office-private.h"
#include "shequ-record-private.h"

typedef struct
{
  ShequRow *row;
  char *purpose;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  shequ_row_free (look->row);
  g_free (look->purpose);
  g_free (look);
}

/* {"unmasked":["id_number","phone"]}: which values were seen, never the values. */
static char *
name_seen (const ShequRow *row)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "unmasked");
  json_builder_begin_array (builder);
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];

      if (shequ_row_is_withheld (row, field) ||
          (shequ_row_get (row, field)->type != SHEQU_VALUE_NULL && shequ_row_is_covered (row, field)))
        json_builder_add_string_value (builder, field->name);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/**
 * shequ_unmask:
 * @office: an office
 * @row: the record that is to be shown as it is
 * @purpose: what it is needed for, in words
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Enters in the change log that somebody sees what is masked of a record, which values and what for. Whoever
 * shows them has to wait for it. Blocks.
 *
 * Returns: whether it may be shown; %FALSE with %SHEQU_ERROR_INVALID_VALUE when no purpose is said
 */
gboolean
shequ_unmask (ShequOffice *office,
              const ShequRow *row,
              const char *purpose,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (ShequRow) opened = shequ_unmask_row (office, row, purpose, cancellable, error);

  return opened != NULL;
}

/**
 * shequ_unmask_row:
 * @office: an office
 * @row: the record that is to be shown as it is
 * @purpose: what it is needed for, in words
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * As shequ_unmask(), for who shows what was withheld from @row, too.
 *
 * Returns: (transfer full): the record as it is stored, as far as who is signed in may open it
 */
ShequRow *
shequ_unmask_row (ShequOffice *office,
                  const ShequRow *row,
                  const char *purpose,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autofree char *said = g_strstrip (g_strdup (purpose != NULL ? purpose : ""));
  g_autofree char *seen = name_seen (row);
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (ShequRow) opened = NULL;

  if (!shequ_restricted_check_purpose (said, error))
    return NULL;
  transaction = shequ_office_begin (office, said, cancellable, error);
  if (transaction != NULL)
    opened = shequ_transaction_unmask (transaction, row->reg, row->key, seen, error);
  if (opened == NULL || !shequ_transaction_commit (transaction, error))
    return NULL;
  return g_steal_pointer (&opened);
}

static gpointer
unmask_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Look *look = data;

  return shequ_unmask_row (office, look->row, look->purpose, cancellable, error);
}

/**
 * shequ_unmask_async:
 * @office: an office
 * @row: the record that is to be shown as it is
 * @purpose: what it is needed for
 * @cancellable: (nullable): to stop
 * @callback: called when it is logged, or was not
 * @user_data: for @callback
 *
 * As shequ_unmask(), on a worker thread.
 */
void
shequ_unmask_async (ShequOffice *office,
                    const ShequRow *row,
                    const char *purpose,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  Look *look = g_new0 (Look, 1);

  look->row = shequ_row_copy (row);
  look->purpose = g_strdup (purpose);
  shequ_office_run_async (office, unmask_in_thread, look, look_free, (GDestroyNotify) shequ_row_free,
                          cancellable, callback, user_data);
}

/**
 * shequ_unmask_finish:
 * @office: an office
 * @result: the result
 * @error: return location
 *
 * Returns: as shequ_unmask()
 */
gboolean
shequ_unmask_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  g_autoptr (ShequRow) opened = shequ_office_run_finish (office, result, error);

  return opened != NULL;
}

/* What was withheld is in the record for the minute, and then no longer. */
static void
close_row (ShequRecord *record)
{
  if (record->closed_row == NULL)
    return;
  if (record->row->opened)
    {
      shequ_row_free (record->row);
      record->row = g_steal_pointer (&record->closed_row);
    }
  g_clear_pointer (&record->closed_row, shequ_row_free);
}

static void
open_row (ShequRecord *record, ShequRow *opened)
{
  close_row (record);
  if (record->row == NULL || record->row->withheld == NULL || record->row->version != opened->version)
    {
      shequ_row_free (opened);
      return;
    }
  record->closed_row = record->row;
  record->row = opened;
}

static gboolean
time_is_up (gpointer data)
{
  ShequRecord *record = data;

  record->unmask_source = 0;
  close_row (record);
  g_object_notify (G_OBJECT (record), "row");
  return G_SOURCE_REMOVE;
}

static void
unmasked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ShequRecord *record = g_task_get_source_object (task);
  GError *error = NULL;
  ShequRow *opened = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  if (opened == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_handle_id (&record->unmask_source, g_source_remove);
  open_row (record, opened);
  record->unmask_source =
    g_timeout_add_seconds (GPOINTER_TO_UINT (g_task_get_task_data (task)), time_is_up, record);
  g_object_notify (G_OBJECT (record), "row");
  g_task_return_boolean (task, TRUE);
}

/**
 * shequ_record_unmask_async:
 * @record: a record that is filled
 * @purpose: what it is needed for
 * @seconds: for how long; %SHEQU_UNMASK_SECONDS but for tests
 * @cancellable: (nullable): to stop
 * @callback: called when it is logged, or was not
 * @user_data: for @callback
 *
 * As shequ_unmask(); `row` notifies when the record may be shown as it is, and again when the time is up.
 */
void
shequ_record_unmask_async (ShequRecord *record,
                           const char *purpose,
                           guint seconds,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SHEQU_IS_RECORD (record) && record->row != NULL);

  task = g_task_new (record, cancellable, callback, user_data);
  g_task_set_task_data (task, GUINT_TO_POINTER (seconds), NULL);
  shequ_unmask_async (record->office, record->row, purpose, cancellable, unmasked, task);
}

/**
 * shequ_record_unmask_finish:
 * @record: the record
 * @result: the result
 * @error: return location
 *
 * Returns: as shequ_unmask()
 */
gboolean
shequ_record_unmask_finish (ShequRecord *record, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * shequ_record_get_unmasked:
 * @record: a record
 *
 * Returns: whether it may be shown as it is just now
 */
gboolean
shequ_record_get_unmasked (ShequRecord *record)
{
  g_return_val_if_fail (SHEQU_IS_RECORD (record), FALSE);

  return record->unmask_source != 0;
}

/**
 * shequ_record_mask:
 * @record: a record
 *
 * Ends the time before it is up, as when somebody else comes to the screen.
 */
void
shequ_record_mask (ShequRecord *record)
{
  g_return_if_fail (SHEQU_IS_RECORD (record));

  if (record->unmask_source == 0)
    return;
  g_clear_handle_id (&record->unmask_source, g_source_remove);
  close_row (record);
  g_object_notify (G_OBJECT (record), "row");
}
