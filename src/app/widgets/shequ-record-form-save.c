/* How the form stores its record, and what becomes of it when somebody else was quicker. */
#include "shequ-record-form-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-conflict-dialog.h"
#include "shequ-error.h"

/* A save that takes longer waits for something. */
#define HOLD_MILLISECONDS 800

static void end_save (ShequRecordForm *self,
                      const ShequRow *row,
                      const GPtrArray *issues,
                      const GError *error);

static gboolean
hold_still (gpointer user_data)
{
  ShequRecordForm *self = user_data;

  self->hold_id = 0;
  gtk_widget_set_sensitive (self->groups, FALSE);
  return G_SOURCE_REMOVE;
}

/* What is on its way may wait for the database; it stays as it was sent until there is an answer. */
static void
set_saving (ShequRecordForm *self, gboolean saving)
{
  self->saving = saving;
  g_clear_handle_id (&self->hold_id, g_source_remove);
  if (saving)
    self->hold_id = g_timeout_add (HOLD_MILLISECONDS, hold_still, self);
  else
    gtk_widget_set_sensitive (self->groups, TRUE);
  shequ_record_form_set_changed (self, TRUE);
}

static void
resolved_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequRecordForm) self = user_data;
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = shequ_conflict_save_finish (SHEQU_OFFICE (source), result, &issues, &error);

  end_save (self, row, issues, error);
}

/* What was chosen is in the form from now on, compared with what is stored. */
static void
resolved (ShequConflictDialog *dialog, ShequRecordForm *self)
{
  ShequConflict *conflict = shequ_conflict_dialog_take_conflict (dialog);
  g_autoptr (ShequRow) merged = shequ_conflict_merge (conflict);

  shequ_record_form_put (self, merged, conflict->theirs);
  if (!shequ_record_form_judge (self))
    {
      shequ_conflict_free (conflict);
      shequ_record_form_focus_first (self, TRUE);
      return;
    }
  set_saving (self, TRUE);
  shequ_conflict_save_async (self->office, conflict, self->cancellable, resolved_saved, g_object_ref (self));
}

static void
conflict_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequRecordForm) self = user_data;
  ShequConflict *conflict = shequ_conflict_find_finish (SHEQU_OFFICE (source), result, NULL);
  ShequConflictDialog *dialog;

  if (conflict == NULL)
    return;
  if (self->row == NULL || self->row->key != conflict->mine->key || self->saving)
    {
      shequ_conflict_free (conflict);
      return;
    }
  dialog = shequ_conflict_dialog_present (GTK_WIDGET (self), self->office, conflict);
  g_signal_connect_object (dialog, "resolved", G_CALLBACK (resolved), self, 0);
}

static void
tell_failure (ShequRecordForm *self, const GPtrArray *issues, const GError *error)
{
  shequ_record_form_set_problem (self, error->message);
  for (guint i = 0; issues != NULL && i < self->editors->len; i++)
    {
      ShequFieldEditor *editor = g_ptr_array_index (self->editors, i);
      const ShequIssue *issue =
        shequ_record_form_find_issue (shequ_field_editor_get_field (editor), NULL, issues);

      if (issue != NULL)
        shequ_field_editor_set_message (editor, issue->severity, issue->message);
    }
  if (g_error_matches (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT))
    shequ_conflict_find_async (self->office, self->base, self->row, self->cancellable, conflict_found,
                               g_object_ref (self));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled)), 0);
}

static void
end_save (ShequRecordForm *self, const ShequRow *row, const GPtrArray *issues, const GError *error)
{
  if (self->row == NULL)
    return;
  set_saving (self, FALSE);
  if (row == NULL)
    {
      tell_failure (self, issues, error);
      return;
    }
  shequ_record_form_set_changed (self, FALSE);
  shequ_record_form_tell_saved (self, row);
}

static void
saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequRecordForm) self = user_data;
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = self->stored (SHEQU_OFFICE (source), result, &issues, &error);

  end_save (self, row, issues, error);
}

/**
 * shequ_record_form_save:
 * @self: a form
 *
 * Stores the record on a worker thread when every field fits; else shows what does not.
 */
void
shequ_record_form_save (ShequRecordForm *self)
{
  g_return_if_fail (SHEQU_IS_RECORD_FORM (self));

  if (self->saving || self->row == NULL)
    return;
  self->strict = TRUE;
  if (!shequ_record_form_judge (self))
    {
      shequ_record_form_focus_first (self, TRUE);
      return;
    }
  set_saving (self, TRUE);
  self->store (self->office, self->row, self->cancellable, saved, g_object_ref (self));
}

/**
 * shequ_record_form_set_store:
 * @self: a form
 * @store: what stores the record instead of shequ_office_save_async()
 * @stored: what ends it
 *
 * For registers whose new records begin with more than storing a row, as an application that is filed.
 */
void
shequ_record_form_set_store (ShequRecordForm *self, ShequRecordStore store, ShequRecordStored stored)
{
  g_return_if_fail (SHEQU_IS_RECORD_FORM (self) && !self->saving);

  self->store = store;
  self->stored = stored;
}
