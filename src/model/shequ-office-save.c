#include "shequ-office.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"
#include "shequ-line-private.h"
#include "shequ-office-private.h"

typedef struct
{
  ShequRow *row;
  GPtrArray *issues;
} Save;

typedef struct
{
  const ShequRegister *reg;
  gint64 key;
  gint64 version;
} Target;

static void
save_free (gpointer data)
{
  Save *save = data;

  g_clear_pointer (&save->row, shequ_row_free);
  g_clear_pointer (&save->issues, g_ptr_array_unref);
  g_free (save);
}

/**
 * shequ_office_new_query:
 * @self: the office
 * @reg: a register
 *
 * Returns: (transfer full): a query for all records of the office's unit and the units below it, on its day
 */
ShequQuery *
shequ_office_new_query (ShequOffice *self, const ShequRegister *reg)
{
  g_autofree char *today = shequ_office_get_today (self);
  ShequQuery *query = shequ_query_new (reg, today);

  if (reg->level != SHEQU_LEVEL_NONE)
    query->unit = shequ_office_get_unit (self);
  return query;
}

/**
 * shequ_office_get_row:
 * @self: the office
 * @reg: a register
 * @key: a record of it
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: (transfer full): the record with computed fields and titles of linked records, or %NULL with
 *   %SHEQU_ERROR_NOT_FOUND, or %SHEQU_ERROR_PERMISSION when it is restricted (shequ-restricted.h)
 */
ShequRow *
shequ_office_get_row (ShequOffice *self,
                      const ShequRegister *reg,
                      gint64 key,
                      GCancellable *cancellable,
                      GError **error)
{
  return shequ_office_get_row_as_of (self, reg, key, NULL, cancellable, error);
}

/**
 * shequ_office_get_row_as_of:
 * @self: the office
 * @reg: a register
 * @key: a record of it
 * @day: (nullable): the day as of whose end it is looked at; %NULL for now
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: (transfer full): as shequ_office_get_row(), as the record stood then
 */
ShequRow *
shequ_office_get_row_as_of (ShequOffice *self,
                            const ShequRegister *reg,
                            gint64 key,
                            const char *day,
                            GCancellable *cancellable,
                            GError **error)
{
  ShequFetchFlags flags = SHEQU_FETCH_TITLES | SHEQU_FETCH_COMPUTED | (day != NULL ? SHEQU_FETCH_AS_OF : 0);
  g_autofree char *today = shequ_office_get_today (self);
  g_autoptr (ShequRow) row = shequ_store_get (shequ_office_get_store (self), reg, key, flags,
                                              day != NULL ? day : today, cancellable, error);

  return row != NULL && shequ_restricted_check (self, row, day, cancellable, error) ? g_steal_pointer (&row)
                                                                                    : NULL;
}

/**
 * shequ_office_get_rows:
 * @self: the office
 * @query: which records
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Reads a short list as a whole; a long one belongs into a #ShequRecordList.
 *
 * Returns: (transfer full) (element-type ShequRow): the records in the order of @query
 */
GPtrArray *
shequ_office_get_rows (ShequOffice *self, const ShequQuery *query, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) keys = shequ_store_list_keys (shequ_office_get_store (self), query, cancellable, error);

  if (keys == NULL)
    return NULL;
  return shequ_store_fetch_of (shequ_office_get_store (self), query, &g_array_index (keys, gint64, 0),
                               keys->len, SHEQU_FETCH_TITLES | SHEQU_FETCH_COMPUTED, cancellable, error);
}

/**
 * shequ_office_new_row:
 * @self: the office
 * @reg: a register
 *
 * Makes a fresh row with the defaults of its description; it belongs to the office where the office is of the
 * register's level. A link to the staff whose default is the user points to the user's record.
 *
 * Returns: (transfer full): the row, not stored yet
 */
ShequRow *
shequ_office_new_row (ShequOffice *self, const ShequRegister *reg)
{
  g_autofree char *today = shequ_office_get_today (self);
  ShequRow *row = shequ_row_new (reg);

  shequ_row_set_defaults (row, today, shequ_office_get_user (self));
  if (reg->level != SHEQU_LEVEL_NONE && reg->level == shequ_office_get_level (self))
    shequ_row_set_integer (row, "unit", shequ_office_get_unit (self));
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = g_ptr_array_index (reg->fields, i);

      if (field->kind == SHEQU_FIELD_LINK && g_strcmp0 (field->default_text, "current_user") == 0 &&
          shequ_office_get_staff (self) != 0)
        shequ_row_set_integer (row, field->name, shequ_office_get_staff (self));
    }
  return row;
}

static gboolean
refuse_issues (const GPtrArray *issues, GError **error)
{
  g_autofree char *text = shequ_issues_to_text (issues, SHEQU_ISSUE_ERROR);

  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, text);
  return FALSE;
}

/**
 * shequ_office_save_in:
 * @self: the office
 * @transaction: of shequ_office_begin()
 * @row: a new or a changed record; gets its key and version
 * @issues: (nullable) (element-type ShequIssue): gets errors, warnings and notes
 * @error: return location
 *
 * One record of a change of several: fills what follows from other values, checks the rules of the register
 * and stores it. The caller commits and tells.
 *
 * Returns: %FALSE with %SHEQU_ERROR_INVALID_VALUE when a rule forbids it, or the errors of the store
 */
gboolean
shequ_office_save_in (ShequOffice *self,
                      ShequTransaction *transaction,
                      ShequRow *row,
                      GPtrArray *issues,
                      GError **error)
{
  g_autofree char *today = shequ_office_get_today (self);
  g_autoptr (GPtrArray) found = issues != NULL ? g_ptr_array_ref (issues) : shequ_issues_new ();

  g_return_val_if_fail (transaction != NULL && row != NULL, FALSE);

  if (!shequ_office_derive_links (transaction, row, error))
    return FALSE;
  shequ_row_derive (row, today);
  if (!shequ_row_validate (row, today, found))
    return refuse_issues (found, error);
  if (row->key == 0)
    return shequ_transaction_insert (transaction, row, error);
  return shequ_transaction_update (transaction, row, error);
}

gint64
shequ_office_find_done (ShequOffice *self, const ShequRegister *reg, GError **error)
{
  g_autofree char *operation = shequ_line_get_operation (shequ_office_get_line (self));
  const ShequRegister *found;
  gint64 key;

  if (operation == NULL || error == NULL || !g_error_matches (*error, SHEQU_ERROR, SHEQU_ERROR_DONE) ||
      !shequ_store_find_operation (shequ_office_get_store (self), operation, &found, &key, NULL, NULL) ||
      found != reg || key == 0)
    return 0;
  g_clear_error (error);
  return key;
}

/* A record that was stored the first time gets the key and the version that it has since. */
static gboolean
recognise (ShequOffice *self, ShequRow *row, GError **error)
{
  gint64 key = shequ_office_find_done (self, row->reg, error);
  g_autoptr (ShequRow) stored = NULL;

  if (key != 0)
    stored =
      shequ_store_get (shequ_office_get_store (self), row->reg, key, SHEQU_FETCH_DELETED, NULL, NULL, error);
  if (stored == NULL)
    return FALSE;
  row->key = stored->key;
  row->version = stored->version;
  memcpy (row->uuid, stored->uuid, SHEQU_UUID_SIZE);
  return TRUE;
}

static gboolean
save_once (ShequOffice *self, ShequRow *row, GPtrArray *issues, GCancellable *cancellable, GError **error)
{
  const char *reason = row->key == 0 ? _ ("New record") : _ ("Edit");
  g_autoptr (ShequTransaction) transaction = shequ_office_begin (self, reason, cancellable, error);

  return transaction != NULL && shequ_office_save_in (self, transaction, row, issues, error) &&
         shequ_transaction_commit (transaction, error);
}

/**
 * shequ_office_save:
 * @self: the office
 * @row: a new or a changed record; gets its key and version
 * @issues: (nullable) (element-type ShequIssue): gets errors, warnings and notes
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Stores one record: derive, validate, store with its search index and change log, commit, tell.
 *
 * Returns: %FALSE with %SHEQU_ERROR_INVALID_VALUE, %SHEQU_ERROR_CONFLICT when somebody else changed it since
 * it was read, %SHEQU_ERROR_DUPLICATE, or another error of the store; nothing is stored then
 */
gboolean
shequ_office_save (ShequOffice *self,
                   ShequRow *row,
                   GPtrArray *issues,
                   GCancellable *cancellable,
                   GError **error)
{
  gint64 key = row->key, version = row->version;
  g_autoptr (GError) failure = NULL;

  if (!save_once (self, row, issues, cancellable, &failure) && !recognise (self, row, &failure))
    {
      row->key = key;
      row->version = version;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  shequ_office_tell_changed (self, row->reg, row->key);
  return TRUE;
}

static gpointer
save_work (ShequOffice *self, gpointer data, GCancellable *cancellable, GError **error)
{
  Save *save = data;

  g_ptr_array_set_size (save->issues, 0);
  if (!shequ_office_save (self, save->row, save->issues, cancellable, error))
    return NULL;
  return g_steal_pointer (&save->row);
}

/**
 * shequ_office_save_async:
 * @self: the office
 * @row: (transfer none): the record; a copy of it is saved
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_office_save(), on a worker thread.
 */
void
shequ_office_save_async (ShequOffice *self,
                         const ShequRow *row,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  Save *save = g_new0 (Save, 1);

  save->row = shequ_row_copy (row);
  save->issues = shequ_issues_new ();
  shequ_office_run_async (self, save_work, save, save_free, (GDestroyNotify) shequ_row_free, cancellable,
                          callback, user_data);
}

/**
 * shequ_office_save_finish:
 * @self: the office
 * @result: as the callback got it
 * @issues: (out) (optional) (transfer full) (element-type ShequIssue): what validation said, on failure too
 * @error: return location
 *
 * Returns: (transfer full): the saved record with its key and version, or %NULL as shequ_office_save() says
 */
ShequRow *
shequ_office_save_finish (ShequOffice *self, GAsyncResult *result, GPtrArray **issues, GError **error)
{
  Save *save = shequ_office_run_get_data (result);

  if (issues != NULL)
    *issues = g_ptr_array_ref (save->issues);
  return shequ_office_run_finish (self, result, error);
}

/* What was done the first time already is done. */
static gboolean
end_change (ShequOffice *self, const ShequRegister *reg, gint64 key, GError **failure, GError **error)
{
  if (g_error_matches (*failure, SHEQU_ERROR, SHEQU_ERROR_DONE))
    g_clear_error (failure);
  if (*failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (failure));
      return FALSE;
    }
  shequ_office_tell_changed (self, reg, key);
  return TRUE;
}

/**
 * shequ_office_delete:
 * @self: the office
 * @reg: a register
 * @key: a record of it
 * @version: as it was read
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Marks a record as deleted; shequ_office_restore() takes it back.
 *
 * Returns: %FALSE with %SHEQU_ERROR_CONFLICT, or %SHEQU_ERROR_CONSTRAINT when other records need it
 */
gboolean
shequ_office_delete (ShequOffice *self,
                     const ShequRegister *reg,
                     gint64 key,
                     gint64 version,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_office_begin (self, _ ("Delete"), cancellable, &failure);

  if (transaction != NULL && shequ_transaction_delete (transaction, reg, key, version, &failure))
    shequ_transaction_commit (transaction, &failure);
  return end_change (self, reg, key, &failure, error);
}

/**
 * shequ_office_restore:
 * @self: the office
 * @reg: a register
 * @key: a deleted record of it
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Takes a deletion back.
 *
 * Returns: %FALSE when another record holds its place by now
 */
gboolean
shequ_office_restore (ShequOffice *self,
                      const ShequRegister *reg,
                      gint64 key,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_office_begin (self, _ ("Undo"), cancellable, &failure);

  if (transaction != NULL && shequ_transaction_restore (transaction, reg, key, &failure))
    shequ_transaction_commit (transaction, &failure);
  return end_change (self, reg, key, &failure, error);
}

static gpointer
delete_work (ShequOffice *self, gpointer data, GCancellable *cancellable, GError **error)
{
  const Target *target = data;

  return GINT_TO_POINTER (
    shequ_office_delete (self, target->reg, target->key, target->version, cancellable, error));
}

static gpointer
restore_work (ShequOffice *self, gpointer data, GCancellable *cancellable, GError **error)
{
  const Target *target = data;

  return GINT_TO_POINTER (shequ_office_restore (self, target->reg, target->key, cancellable, error));
}

static Target *
target_new (const ShequRegister *reg, gint64 key, gint64 version)
{
  Target *target = g_new0 (Target, 1);

  target->reg = reg;
  target->key = key;
  target->version = version;
  return target;
}

/**
 * shequ_office_delete_async:
 * @self: the office
 * @reg: a register
 * @key: a record of it
 * @version: as it was read
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_office_delete(), on a worker thread.
 */
void
shequ_office_delete_async (ShequOffice *self,
                           const ShequRegister *reg,
                           gint64 key,
                           gint64 version,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  shequ_office_run_async (self, delete_work, target_new (reg, key, version), g_free, NULL, cancellable,
                          callback, user_data);
}

/**
 * shequ_office_delete_finish:
 * @self: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: as shequ_office_delete()
 */
gboolean
shequ_office_delete_finish (ShequOffice *self, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (self, result, error) != NULL;
}

/**
 * shequ_office_restore_async:
 * @self: the office
 * @reg: a register
 * @key: a deleted record of it
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_office_restore(), on a worker thread.
 */
void
shequ_office_restore_async (ShequOffice *self,
                            const ShequRegister *reg,
                            gint64 key,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  shequ_office_run_async (self, restore_work, target_new (reg, key, 0), g_free, NULL, cancellable, callback,
                          user_data);
}

/**
 * shequ_office_restore_finish:
 * @self: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: as shequ_office_restore()
 */
gboolean
shequ_office_restore_finish (ShequOffice *self, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (self, result, error) != NULL;
}
