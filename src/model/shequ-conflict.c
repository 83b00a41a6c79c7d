#include "shequ-conflict.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "shequ-error.h"
#include "shequ-office-private.h"

static void
field_free (gpointer data)
{
  ShequConflictField *field = data;

  g_free (field->user);
  g_free (field->moment);
  g_free (field);
}

void
shequ_conflict_free (ShequConflict *conflict)
{
  g_clear_pointer (&conflict->base, shequ_row_free);
  g_clear_pointer (&conflict->mine, shequ_row_free);
  g_clear_pointer (&conflict->theirs, shequ_row_free);
  g_ptr_array_unref (conflict->fields);
  g_free (conflict->user);
  g_free (conflict->workstation);
  g_free (conflict->moment);
  g_free (conflict);
}

/* Without what it was, all that differs has to be chosen. */
static gboolean
compare (const ShequConflict *conflict, const ShequField *field, ShequConflictKind *kind)
{
  const ShequValue *mine = &conflict->mine->values[field->index];
  const ShequValue *theirs = &conflict->theirs->values[field->index];
  const ShequValue *base = conflict->base != NULL ? &conflict->base->values[field->index] : NULL;
  gboolean same = shequ_value_equal (mine, theirs);
  gboolean mine_changed = base == NULL ? !same : !shequ_value_equal (mine, base);
  gboolean theirs_changed = base == NULL ? !same : !shequ_value_equal (theirs, base);

  if (mine_changed && theirs_changed)
    *kind = same ? SHEQU_CONFLICT_SAME : SHEQU_CONFLICT_BOTH;
  else
    *kind = mine_changed ? SHEQU_CONFLICT_MINE : SHEQU_CONFLICT_THEIRS;
  return mine_changed || theirs_changed;
}

/* What nobody types follows from other values when the record is stored. */
static gboolean
is_chosen (const ShequField *field)
{
  return !field->hidden && !field->read_only;
}

/**
 * shequ_conflict_new:
 * @base: (nullable): the record as it was read
 * @mine: as this person wants it
 * @theirs: as it is stored
 *
 * Compares three states of a record. What one side alone changed is chosen; where both did, mine is until
 * somebody chooses otherwise.
 *
 * Returns: (transfer full): the comparison
 */
ShequConflict *
shequ_conflict_new (const ShequRow *base, const ShequRow *mine, const ShequRow *theirs)
{
  ShequConflict *conflict = g_new0 (ShequConflict, 1);

  conflict->base = base != NULL ? shequ_row_copy (base) : NULL;
  conflict->mine = shequ_row_copy (mine);
  conflict->theirs = shequ_row_copy (theirs);
  conflict->fields = g_ptr_array_new_with_free_func (field_free);
  for (guint i = 0; i < mine->reg->fields->len; i++)
    {
      const ShequField *field = g_ptr_array_index (mine->reg->fields, i);
      ShequConflictField *found;
      ShequConflictKind kind;

      if (!shequ_field_is_stored (field) || field->hidden || !compare (conflict, field, &kind))
        continue;
      if (kind == SHEQU_CONFLICT_BOTH && !is_chosen (field))
        kind = SHEQU_CONFLICT_THEIRS;
      found = g_new0 (ShequConflictField, 1);
      found->field = field;
      found->kind = kind;
      found->take_mine = kind == SHEQU_CONFLICT_MINE || kind == SHEQU_CONFLICT_BOTH;
      g_ptr_array_add (conflict->fields, found);
    }
  return conflict;
}

/**
 * shequ_conflict_count:
 * @conflict: a lost race
 * @kind: a kind
 *
 * Returns: how many fields are of this kind
 */
guint
shequ_conflict_count (const ShequConflict *conflict, ShequConflictKind kind)
{
  guint n = 0;

  for (guint i = 0; i < conflict->fields->len; i++)
    n += ((const ShequConflictField *) conflict->fields->pdata[i])->kind == kind ? 1 : 0;
  return n;
}

static void
take (ShequRow *row, const ShequRow *source, const ShequField *field)
{
  const char *title = source->link_titles != NULL ? source->link_titles[field->index] : NULL;

  shequ_value_clear (&row->values[field->index]);
  shequ_value_copy (&source->values[field->index], &row->values[field->index]);
  if (row->link_titles == NULL)
    return;
  g_free (row->link_titles[field->index]);
  row->link_titles[field->index] = g_strdup (title);
}

/**
 * shequ_conflict_merge:
 * @conflict: a lost race
 *
 * Returns: (transfer full): the record as it was chosen, of the version that is stored
 */
ShequRow *
shequ_conflict_merge (const ShequConflict *conflict)
{
  ShequRow *row = shequ_row_copy (conflict->theirs);

  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = g_ptr_array_index (row->reg->fields, i);
      ShequConflictKind kind;

      if (shequ_field_is_stored (field) && field->hidden && compare (conflict, field, &kind) &&
          kind == SHEQU_CONFLICT_MINE)
        take (row, conflict->mine, field);
    }
  for (guint i = 0; i < conflict->fields->len; i++)
    {
      const ShequConflictField *field = g_ptr_array_index (conflict->fields, i);

      if (field->take_mine)
        take (row, conflict->mine, field->field);
    }
  shequ_row_set_effective (row, conflict->mine->effective);
  return row;
}

/**
 * shequ_conflict_format:
 * @conflict: a lost race
 * @field: a field
 * @value: which of its values
 * @flags: how, as %SHEQU_FORMAT_MASKED
 *
 * Returns: (transfer full): the value as a person reads it, empty when there is none
 */
char *
shequ_conflict_format (const ShequConflict *conflict,
                       const ShequField *field,
                       ShequConflictValue value,
                       ShequFormatFlags flags)
{
  const ShequRow *rows[] = { conflict->base, conflict->mine, conflict->theirs };

  return rows[value] != NULL ? shequ_row_format (rows[value], field, flags) : g_strdup ("");
}

/* Whether an entry of the log has made a new version of its record. */
static gboolean
makes_version (const ShequLogEntry *entry)
{
  return entry->action == SHEQU_ACTION_CHANGE || entry->action == SHEQU_ACTION_DELETE ||
         entry->action == SHEQU_ACTION_RESTORE;
}

static void
set_from_node (ShequValue *value, JsonNode *node)
{
  shequ_value_clear (value);
  if (!JSON_NODE_HOLDS_VALUE (node))
    return;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    shequ_value_set_integer (value, json_node_get_int (node));
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    shequ_value_set_text (value, json_node_get_string (node));
}

static ShequConflictField *
find_field (ShequConflict *conflict, const ShequField *field)
{
  for (guint i = 0; i < conflict->fields->len; i++)
    {
      ShequConflictField *found = g_ptr_array_index (conflict->fields, i);

      if (found->field == field)
        return found;
    }
  return NULL;
}

/* Calls back with what an entry says of each field it changed. */
typedef void (*EntryFunc) (gpointer target,
                           const ShequLogEntry *entry,
                           const ShequField *field,
                           JsonNode *old);

static void
read_entry (const ShequLogEntry *entry, const ShequRegister *reg, EntryFunc function, gpointer target)
{
  g_autoptr (JsonNode) root = entry->changes != NULL ? json_from_string (entry->changes, NULL) : NULL;

  if (entry->action != SHEQU_ACTION_CHANGE || root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return;
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = g_ptr_array_index (reg->fields, i);
      JsonNode *node = json_object_get_member (json_node_get_object (root), field->name);

      if (node != NULL && JSON_NODE_HOLDS_ARRAY (node) &&
          json_array_get_length (json_node_get_array (node)) == 2)
        function (target, entry, field, json_array_get_element (json_node_get_array (node), 0));
    }
}

static void
undo_field (gpointer target, const ShequLogEntry *entry, const ShequField *field, JsonNode *old)
{
  set_from_node (&((ShequRow *) target)->values[field->index], old);
}

static void
name_changer (gpointer target, const ShequLogEntry *entry, const ShequField *field, JsonNode *old)
{
  ShequConflictField *found = find_field (target, field);

  if (found == NULL || found->user != NULL)
    return;
  found->user = g_strdup (entry->user);
  found->moment = g_strdup (entry->moment);
}

/* The entries, newest first, that stand between a version and the one stored. */
static guint
count_since (const GPtrArray *entries, gint64 n_versions)
{
  guint n = 0;

  while (n < entries->len && n_versions > 0)
    n_versions -= makes_version (entries->pdata[n++]) ? 1 : 0;
  return n_versions == 0 ? n : 0;
}

/* The record as it was at an older version: the change log, backwards. %NULL when the log does not reach. */
static ShequRow *
rebuild (const ShequRow *theirs, const GPtrArray *entries, gint64 version)
{
  guint n = count_since (entries, theirs->version - version);
  ShequRow *row;

  if (n == 0 && theirs->version != version)
    return NULL;
  row = shequ_row_copy (theirs);
  for (guint i = 0; i < n; i++)
    read_entry (entries->pdata[i], row->reg, undo_field, row);
  row->version = version;
  return row;
}

/* Links that a person has chosen anew are told by their titles, too. */
static void
complete_titles (ShequOffice *office, ShequRow *row, const ShequRow *theirs)
{
  if (row == NULL)
    return;
  if (row->link_titles == NULL)
    row->link_titles = g_new0 (char *, row->reg->fields->len + 1);
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = g_ptr_array_index (row->reg->fields, i);
      g_autoptr (ShequRow) linked = NULL;

      if (field->kind != SHEQU_FIELD_LINK || shequ_value_is_null (&row->values[i]) ||
          shequ_value_equal (&row->values[i], &theirs->values[i]))
        continue;
      linked = shequ_office_get_row (office, field->target, row->values[i].integer, NULL, NULL);
      g_free (row->link_titles[i]);
      row->link_titles[i] = linked != NULL ? shequ_row_get_title (linked) : NULL;
    }
}

static void
name_changers (ShequConflict *conflict, const GPtrArray *entries)
{
  guint n = count_since (entries, conflict->theirs->version - conflict->mine->version);

  for (guint i = 0; i < n; i++)
    {
      const ShequLogEntry *entry = entries->pdata[i];

      read_entry (entry, conflict->mine->reg, name_changer, conflict);
      if (conflict->user != NULL || !makes_version (entry))
        continue;
      conflict->user = g_strdup (entry->user);
      conflict->workstation = g_strdup (entry->workstation);
      conflict->moment = g_strdup (entry->moment);
    }
}

/**
 * shequ_conflict_find:
 * @office: the office
 * @base: (nullable): the record as it was read; %NULL to have it found in the change log
 * @mine: as it was to be stored, of the version that was read
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Looks what others did to a record after %SHEQU_ERROR_CONFLICT.
 *
 * Returns: (transfer full): the comparison, with who and when
 */
ShequConflict *
shequ_conflict_find (ShequOffice *office,
                     const ShequRow *base,
                     const ShequRow *mine,
                     GCancellable *cancellable,
                     GError **error)
{
  ShequStore *store = shequ_office_get_store (office);
  g_autofree char *today = shequ_office_get_today (office);
  g_autoptr (ShequRow) theirs = shequ_store_get (
    store, mine->reg, mine->key, SHEQU_FETCH_TITLES | SHEQU_FETCH_DELETED, today, cancellable, error);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (ShequRow) rebuilt = NULL;
  ShequConflict *conflict;

  if (theirs == NULL)
    return NULL;
  entries = shequ_store_read_log (store, mine->reg, mine->key, NULL, 0, cancellable, error);
  if (entries == NULL)
    return NULL;
  if (base == NULL)
    rebuilt = rebuild (theirs, entries, mine->version);
  conflict = shequ_conflict_new (base != NULL ? base : rebuilt, mine, theirs);
  complete_titles (office, conflict->base, theirs);
  complete_titles (office, conflict->mine, theirs);
  name_changers (conflict, entries);
  return conflict;
}

/* A deleted record is brought back first. */
static gboolean
restore_and_save (ShequOffice *office,
                  ShequRow *row,
                  GPtrArray *issues,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (ShequTransaction) transaction = shequ_office_begin (office, _ ("Edit"), cancellable, error);

  if (transaction == NULL)
    return shequ_office_find_done (office, row->reg, error) == row->key;
  if (!shequ_transaction_restore (transaction, row->reg, row->key, error))
    return FALSE;
  row->version++;
  row->deleted = FALSE;
  return shequ_office_save_in (office, transaction, row, issues, error) &&
         shequ_transaction_commit (transaction, error);
}

/**
 * shequ_conflict_save:
 * @office: the office
 * @conflict: a lost race of which everything is chosen
 * @issues: (nullable) (element-type ShequIssue): gets errors, warnings and notes
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Stores what was chosen; a record that was deleted meanwhile comes back.
 *
 * Returns: (transfer full): the stored record, or %NULL with the errors of shequ_office_save()
 */
ShequRow *
shequ_conflict_save (ShequOffice *office,
                     const ShequConflict *conflict,
                     GPtrArray *issues,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (ShequRow) row = shequ_conflict_merge (conflict);
  g_autoptr (GError) failure = NULL;

  if (!row->deleted)
    return shequ_office_save (office, row, issues, cancellable, error) ? g_steal_pointer (&row) : NULL;
  if (!restore_and_save (office, row, issues, cancellable, &failure) && failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  shequ_office_tell_changed (office, row->reg, row->key);
  return g_steal_pointer (&row);
}

/* What a worker needs. */
typedef struct
{
  ShequRow *base;
  ShequRow *mine;
  ShequConflict *conflict;
  GPtrArray *issues;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_clear_pointer (&call->base, shequ_row_free);
  g_clear_pointer (&call->mine, shequ_row_free);
  g_clear_pointer (&call->conflict, shequ_conflict_free);
  g_clear_pointer (&call->issues, g_ptr_array_unref);
  g_free (call);
}

static gpointer
find_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Call *call = data;

  return shequ_conflict_find (office, call->base, call->mine, cancellable, error);
}

static gpointer
save_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  Call *call = data;

  g_ptr_array_set_size (call->issues, 0);
  return shequ_conflict_save (office, call->conflict, call->issues, cancellable, error);
}

/**
 * shequ_conflict_find_async:
 * @office: the office
 * @base: (nullable): the record as it was read
 * @mine: as it was to be stored
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_conflict_find(), on a worker thread.
 */
void
shequ_conflict_find_async (ShequOffice *office,
                           const ShequRow *base,
                           const ShequRow *mine,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->base = base != NULL ? shequ_row_copy (base) : NULL;
  call->mine = shequ_row_copy (mine);
  shequ_office_run_async (office, find_work, call, call_free, (GDestroyNotify) shequ_conflict_free,
                          cancellable, callback, user_data);
}

/**
 * shequ_conflict_find_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full): as shequ_conflict_find()
 */
ShequConflict *
shequ_conflict_find_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

/**
 * shequ_conflict_save_async:
 * @office: the office
 * @conflict: (transfer full): a lost race of which everything is chosen
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_conflict_save(), on a worker thread.
 */
void
shequ_conflict_save_async (ShequOffice *office,
                           ShequConflict *conflict,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->conflict = conflict;
  call->issues = shequ_issues_new ();
  shequ_office_run_async (office, save_work, call, call_free, (GDestroyNotify) shequ_row_free, cancellable,
                          callback, user_data);
}

/**
 * shequ_conflict_save_finish:
 * @office: the office
 * @result: as the callback got it
 * @issues: (out) (optional) (transfer full) (element-type ShequIssue): what validation said, on failure too
 * @error: return location
 *
 * Returns: (transfer full): as shequ_conflict_save()
 */
ShequRow *
shequ_conflict_save_finish (ShequOffice *office, GAsyncResult *result, GPtrArray **issues, GError **error)
{
  const Call *call = shequ_office_run_get_data (result);

  if (issues != NULL)
    *issues = g_ptr_array_ref (call->issues);
  return shequ_office_run_finish (office, result, error);
}
