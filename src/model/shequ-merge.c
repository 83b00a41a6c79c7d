/*
 * Two records of one person become one.
 *
 * One record is kept, with the values that were chosen; every link to the other, of every register, is moved
 * to it; the other is marked as deleted, so that its history stays. The record of the merge says what was
 * moved and changed, and undoes it. All of it is one change: somebody else's edit in between stops all of it.
 */
#include "shequ-merge.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shequ-error.h"

#define REGISTER "merge"

/* How a link was moved, in the record of the merge. */
#define MOVED "moved"
#define DROPPED "dropped"

typedef struct
{
  ShequOffice *office;
  ShequTransaction *transaction;
  const ShequRegister *reg;
  gint64 kept;
  gint64 lost;
  GString *links; /* register, field, key and how, a line each */
  guint n_links;
} Merge;

/* A field that a person fills in. */
static gboolean
is_chosen (const ShequField *field)
{
  return shequ_field_is_stored (field) && !field->read_only && !field->hidden;
}

/**
 * shequ_merge_propose:
 * @kept: the record that stays
 * @lost: the one that is merged into it
 *
 * Returns: (transfer full): @kept, in which what is empty is filled from @lost
 */
ShequRow *
shequ_merge_propose (const ShequRow *kept, const ShequRow *lost)
{
  ShequRow *row = shequ_row_copy (kept);

  for (guint i = 0; i < row->reg->fields->len; i++)
    if (is_chosen (row->reg->fields->pdata[i]) && shequ_value_is_null (&row->values[i]))
      shequ_value_copy (&lost->values[i], &row->values[i]);
  return row;
}

static void
note_link (Merge *merge, const ShequField *field, gint64 key, const char *how)
{
  g_string_append_printf (merge->links, "%s\t%s\t%" G_GINT64_FORMAT "\t%s\n", field->owner->name, field->name,
                          key, how);
  merge->n_links++;
}

/* The two that a record ties together have become one: kinship with oneself, or a second time the same. */
static gboolean
is_senseless (const ShequRow *row)
{
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];

      if (field->differs_from != NULL && !shequ_value_is_null (&row->values[i]) &&
          shequ_value_equal (&row->values[i], &row->values[field->differs_from->index]))
        return TRUE;
    }
  return FALSE;
}

static gboolean
move_link (Merge *merge, const ShequField *field, gint64 key, GError **error)
{
  g_autoptr (ShequRow) row = shequ_transaction_get (merge->transaction, field->owner, key, error);
  g_autoptr (GError) refused = NULL;

  if (row == NULL)
    return FALSE;
  shequ_value_set_integer (&row->values[field->index], merge->kept);
  if (!is_senseless (row))
    {
      if (shequ_transaction_update (merge->transaction, row, &refused))
        {
          note_link (merge, field, key, MOVED);
          return TRUE;
        }
      if (!g_error_matches (refused, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE))
        {
          g_propagate_error (error, g_steal_pointer (&refused));
          return FALSE;
        }
    }
  note_link (merge, field, key, DROPPED);
  return shequ_transaction_delete (merge->transaction, field->owner, key, row->version, error);
}

static gboolean
move_links_of_field (Merge *merge, const ShequField *field, GError **error)
{
  g_autoptr (ShequQuery) query = shequ_query_new (field->owner, NULL);
  g_autofree char *condition = g_strdup_printf ("%s=%" G_GINT64_FORMAT, field->name, merge->lost);
  g_autoptr (GArray) keys = NULL;

  if (!shequ_query_add_where (query, condition, error))
    return FALSE;
  keys = shequ_transaction_list_keys (merge->transaction, query, error);
  for (guint i = 0; keys != NULL && i < keys->len; i++)
    if (!move_link (merge, field, g_array_index (keys, gint64, i), error))
      return FALSE;
  return keys != NULL;
}

static gboolean
move_links (Merge *merge, GError **error)
{
  g_autoptr (GPtrArray) referrers =
    shequ_register_get_referrers (shequ_office_get_catalogue (merge->office), merge->reg);

  for (guint i = 0; i < referrers->len; i++)
    if (!move_links_of_field (merge, referrers->pdata[i], error))
      return FALSE;
  return TRUE;
}

static char *
write_value (const ShequValue *value)
{
  if (value->type == SHEQU_VALUE_INTEGER)
    return g_strdup_printf ("i%" G_GINT64_FORMAT, value->integer);
  if (value->type == SHEQU_VALUE_TEXT)
    {
      g_autofree char *text = g_uri_escape_string (value->text, NULL, TRUE);

      return g_strconcat ("t", text, NULL);
    }
  return g_strdup ("n");
}

static void
read_value (const char *text, ShequValue *value)
{
  if (*text == 'i')
    shequ_value_set_integer (value, g_ascii_strtoll (text + 1, NULL, 10));
  else if (*text == 't')
    shequ_value_take_text (value, g_uri_unescape_string (text + 1, NULL));
  else
    shequ_value_clear (value);
}

static char *
write_values (const ShequRow *before, const ShequRow *after)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < before->reg->fields->len; i++)
    {
      const ShequField *field = before->reg->fields->pdata[i];
      g_autofree char *old = write_value (&before->values[i]);
      g_autofree char *new = write_value (&after->values[i]);

      if (shequ_field_is_stored (field) && !g_str_equal (old, new))
        g_string_append_printf (lines, "%s\t%s\t%s\n", field->name, old, new);
    }
  return g_string_free (lines, FALSE);
}

static gint64
record (Merge *merge,
        const ShequRow *before,
        const ShequRow *after,
        const ShequRow *lost,
        const char *reason,
        GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (merge->office, REGISTER, error);
  g_autoptr (ShequRow) row = reg != NULL ? shequ_office_new_row (merge->office, reg) : NULL;
  g_autofree char *today = shequ_office_get_today (merge->office);
  g_autofree char *kept_title = shequ_row_get_title (after);
  g_autofree char *lost_title = shequ_row_get_title (lost);
  g_autofree char *values = write_values (before, after);

  if (row == NULL)
    return -1;
  if (shequ_register_lookup (merge->reg, "unit") != NULL && shequ_row_get_integer (after, "unit") != 0)
    shequ_row_set_integer (row, "unit", shequ_row_get_integer (after, "unit"));
  shequ_row_set_text (row, "register", merge->reg->name);
  shequ_row_set_integer (row, "kept", merge->kept);
  shequ_row_set_integer (row, "lost", merge->lost);
  shequ_row_set_text (row, "kept_title", kept_title);
  shequ_row_set_text (row, "lost_title", lost_title);
  shequ_row_set_text (row, "merged_on", today);
  shequ_row_set_text (row, "merged_by", shequ_office_get_user (merge->office));
  shequ_row_set_text (row, "reason", reason);
  shequ_row_set_text (row, "links", merge->links->len > 0 ? merge->links->str : NULL);
  shequ_row_set_text (row, "values", *values != '\0' ? values : NULL);
  return shequ_office_save_in (merge->office, merge->transaction, row, NULL, error) ? row->key : -1;
}

/* The lists of all registers that were touched look again. */
static void
tell (const Merge *merge)
{
  g_autoptr (GPtrArray) referrers =
    shequ_register_get_referrers (shequ_office_get_catalogue (merge->office), merge->reg);

  shequ_office_tell_changed (merge->office, merge->reg, 0);
  shequ_office_tell_changed (merge->office, shequ_office_get_register (merge->office, REGISTER), 0);
  for (guint i = 0; i < referrers->len; i++)
    {
      const ShequField *field = referrers->pdata[i];

      if (merge->n_links > 0)
        shequ_office_tell_changed (merge->office, field->owner, 0);
    }
}

/* Who edited the record since, if anybody. */
static gboolean
check_version (const Merge *merge, const ShequRow *row, GError **error)
{
  g_autoptr (ShequRow) now = shequ_transaction_get (merge->transaction, merge->reg, row->key, error);
  g_autofree char *title = shequ_row_get_title (row);

  if (now == NULL)
    return FALSE;
  if (now->version == row->version)
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT,
               _ ("%s (record %" PRId64
                  ") was changed meanwhile by somebody else; nothing was merged. Compare the "
                  "two again, and merge then"),
               title, row->key);
  return FALSE;
}

/**
 * shequ_merge_run:
 * @office: the office
 * @kept: the record that stays, with the values that were chosen and the version it was read at
 * @lost: the record that is merged into it, as it was read
 * @reason: (nullable): why they are one
 * @n_links: (out) (optional): how many links were moved
 * @cancellable: (nullable): to give up
 * @error: %SHEQU_ERROR_CONFLICT when somebody changed one of the two since; nothing is merged then
 *
 * Returns: the key of the record of the merge, for shequ_merge_undo(); -1 on error
 */
gint64
shequ_merge_run (ShequOffice *office,
                 const ShequRow *kept,
                 const ShequRow *lost,
                 const char *reason,
                 guint *n_links,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (ShequTransaction) transaction =
    shequ_office_begin (office, reason != NULL ? reason : _ ("Merge"), cancellable, error);
  g_autoptr (GString) links = g_string_new (NULL);
  g_autoptr (ShequRow) row = shequ_row_copy (kept);
  g_autoptr (ShequRow) before = NULL;
  Merge merge = { office, transaction, kept->reg, kept->key, lost->key, links, 0 };
  gint64 key;

  g_return_val_if_fail (kept->reg == lost->reg && kept->key != lost->key, -1);

  if (transaction == NULL || !check_version (&merge, kept, error) || !check_version (&merge, lost, error))
    return -1;
  before = shequ_transaction_get (transaction, kept->reg, kept->key, error);
  /* The record that goes first gives its unique values free. */
  if (before == NULL || !move_links (&merge, error) ||
      !shequ_transaction_delete (transaction, lost->reg, lost->key, lost->version, error) ||
      !shequ_office_save_in (office, transaction, row, NULL, error))
    return -1;
  key = record (&merge, before, row, lost, reason, error);
  if (key < 0 || !shequ_transaction_commit (transaction, error))
    return -1;
  g_clear_pointer (&transaction, shequ_transaction_free);
  if (n_links != NULL)
    *n_links = merge.n_links;
  tell (&merge);
  return key;
}

/**
 * shequ_merge_find_last:
 * @office: the office
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the record of the last merge that stands; %NULL without an error for
 * none
 */
ShequRow *
shequ_merge_find_last (ShequOffice *office, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, REGISTER, error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;
  g_autoptr (GArray) keys = NULL;
  gint64 last = 0;

  if (query == NULL || !shequ_query_add_where (query, "state=done", error))
    return NULL;
  keys = shequ_store_list_keys (shequ_office_get_store (office), query, cancellable, error);
  for (guint i = 0; keys != NULL && i < keys->len; i++)
    last = MAX (last, g_array_index (keys, gint64, i));
  return last > 0 ? shequ_office_get_row (office, reg, last, cancellable, error) : NULL;
}

/* A link goes back, unless somebody has put it elsewhere since. */
static gboolean
move_back (Merge *merge, char **parts, guint *n_left, GError **error)
{
  const ShequRegister *reg = shequ_office_get_register (merge->office, parts[0]);
  const ShequField *field = reg != NULL ? shequ_register_lookup (reg, parts[1]) : NULL;
  gint64 key = g_ascii_strtoll (parts[2], NULL, 10);
  g_autoptr (ShequRow) row = NULL;
  g_autoptr (GError) gone = NULL;

  if (field == NULL)
    {
      (*n_left)++;
      return TRUE;
    }
  if (g_str_equal (parts[3], DROPPED))
    return shequ_transaction_restore (merge->transaction, reg, key, error);
  row = shequ_transaction_get (merge->transaction, reg, key, &gone);
  if (row == NULL || row->values[field->index].integer != merge->kept)
    {
      (*n_left)++;
      return TRUE;
    }
  shequ_value_set_integer (&row->values[field->index], merge->lost);
  return shequ_transaction_update (merge->transaction, row, error);
}

static gboolean
move_all_back (Merge *merge, const char *links, guint *n_left, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (links != NULL ? links : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], "\t", 4);

      if (g_strv_length (parts) < 4)
        continue;
      merge->n_links++;
      if (!move_back (merge, parts, n_left, error))
        return FALSE;
    }
  return TRUE;
}

/* What was edited since the merge stays as it is. */
static gboolean
take_values_back (Merge *merge, const char *values, guint *n_left, GError **error)
{
  g_autoptr (ShequRow) row = shequ_transaction_get (merge->transaction, merge->reg, merge->kept, error);
  g_auto (GStrv) lines = g_strsplit (values != NULL ? values : "", "\n", -1);

  if (row == NULL)
    return FALSE;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], "\t", 3);
      const ShequField *field =
        g_strv_length (parts) == 3 ? shequ_register_lookup (merge->reg, parts[0]) : NULL;
      g_autofree char *now = field != NULL ? write_value (&row->values[field->index]) : NULL;

      if (field == NULL)
        continue;
      if (g_str_equal (now, parts[2]))
        read_value (parts[1], &row->values[field->index]);
      else
        (*n_left)++;
    }
  return shequ_transaction_update (merge->transaction, row, error);
}

static gboolean
check_undo (const Merge *merge, const ShequRow *record, GError **error)
{
  g_autoptr (ShequRow) kept = NULL;

  if (g_strcmp0 (shequ_row_get_text (record, "state"), "done") != 0)
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT, _ ("The merge was undone already"));
      return FALSE;
    }
  kept = shequ_transaction_get (merge->transaction, merge->reg, merge->kept, NULL);
  if (kept != NULL)
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT,
               _ ("%s (record %" PRId64
                  ") was merged into another record or deleted since; nothing was undone. Undo "
                  "that first"),
               shequ_row_get_text (record, "kept_title"), merge->kept);
  return FALSE;
}

/**
 * shequ_merge_undo:
 * @office: the office
 * @merge: the key of the record of a merge
 * @n_left: (out) (optional): how many links and values stay as they are, since somebody changed them after
 * @cancellable: (nullable): to give up
 * @error: %SHEQU_ERROR_CONFLICT when it was undone before, or the record that was kept is no more
 *
 * Brings back the record that was merged, and with it its links and the values that the other took over.
 *
 * Returns: whether there are two records again
 */
gboolean
shequ_merge_undo (ShequOffice *office, gint64 merge, guint *n_left, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, REGISTER, error);
  g_autoptr (ShequTransaction) transaction =
    reg != NULL ? shequ_office_begin (office, _ ("Undo a merge"), cancellable, error) : NULL;
  g_autoptr (ShequRow) row =
    transaction != NULL ? shequ_transaction_get (transaction, reg, merge, error) : NULL;
  Merge undo = { office, transaction, NULL, 0, 0, NULL, 0 };
  guint left = 0;

  if (row == NULL)
    return FALSE;
  undo.reg = shequ_office_require_register (office, shequ_row_get_text (row, "register"), error);
  undo.kept = shequ_row_get_integer (row, "kept");
  undo.lost = shequ_row_get_integer (row, "lost");
  if (undo.reg == NULL || !check_undo (&undo, row, error) ||
      !take_values_back (&undo, shequ_row_get_text (row, "values"), &left, error) ||
      !shequ_transaction_restore (transaction, undo.reg, undo.lost, error) ||
      !move_all_back (&undo, shequ_row_get_text (row, "links"), &left, error))
    return FALSE;
  shequ_row_set_text (row, "state", "undone");
  if (!shequ_transaction_update (transaction, row, error) || !shequ_transaction_commit (transaction, error))
    return FALSE;
  g_clear_pointer (&transaction, shequ_transaction_free);
  if (n_left != NULL)
    *n_left = left;
  tell (&undo);
  return TRUE;
}

/* A merge on a worker thread. */
typedef struct
{
  ShequRow *kept;
  ShequRow *lost;
  char *reason;
  gint64 key;
  guint count;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->kept, shequ_row_free);
  g_clear_pointer (&job->lost, shequ_row_free);
  g_free (job->reason);
  g_free (job);
}

static Job *
job_new_result (gint64 key, guint count)
{
  Job *result = g_new0 (Job, 1);

  result->key = key;
  result->count = count;
  return result;
}

static gpointer
run_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
  guint n_links = 0;
  gint64 key = shequ_merge_run (office, job->kept, job->lost, job->reason, &n_links, cancellable, error);

  return key > 0 ? job_new_result (key, n_links) : NULL;
}

static gpointer
undo_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
  guint n_left = 0;

  return shequ_merge_undo (office, job->key, &n_left, cancellable, error) ? job_new_result (job->key, n_left)
                                                                          : NULL;
}

/**
 * shequ_merge_run_async:
 * @office: the office
 * @kept: as of shequ_merge_run()
 * @lost: as of shequ_merge_run()
 * @reason: (nullable): why they are one
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_merge_run(), on a worker thread.
 */
void
shequ_merge_run_async (ShequOffice *office,
                       const ShequRow *kept,
                       const ShequRow *lost,
                       const char *reason,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->kept = shequ_row_copy (kept);
  job->lost = shequ_row_copy (lost);
  job->reason = g_strdup (reason);
  shequ_office_run_async (office, run_work, job, job_free, job_free, cancellable, callback, user_data);
}

/**
 * shequ_merge_run_finish:
 * @office: the office
 * @result: as the callback got it
 * @n_links: (out): how many links were moved
 * @error: return location
 *
 * Returns: the key of the record of the merge, -1 on error
 */
gint64
shequ_merge_run_finish (ShequOffice *office, GAsyncResult *result, guint *n_links, GError **error)
{
  Job *done = shequ_office_run_finish (office, result, error);
  gint64 key = done != NULL ? done->key : -1;

  *n_links = done != NULL ? done->count : 0;
  g_clear_pointer (&done, job_free);
  return key;
}

/**
 * shequ_merge_undo_async:
 * @office: the office
 * @merge: as of shequ_merge_undo()
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_merge_undo(), on a worker thread.
 */
void
shequ_merge_undo_async (ShequOffice *office,
                        gint64 merge,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  shequ_office_run_async (office, undo_work, job_new_result (merge, 0), job_free, job_free, cancellable,
                          callback, user_data);
}

/**
 * shequ_merge_undo_finish:
 * @office: the office
 * @result: as the callback got it
 * @n_left: (out): how many links and values stay as they are
 * @error: return location
 *
 * Returns: whether there are two records again
 */
gboolean
shequ_merge_undo_finish (ShequOffice *office, GAsyncResult *result, guint *n_left, GError **error)
{
  Job *done = shequ_office_run_finish (office, result, error);
  gboolean undone = done != NULL;

  *n_left = undone ? done->count : 0;
  g_clear_pointer (&done, job_free);
  return undone;
}
