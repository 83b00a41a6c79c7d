/* How the form stores its record, and what becomes of it when somebody else was quicker. */
#include "shequ-record-form-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"
#include "shequ-feedback.h"

/* Somebody else has stored the record: takes over what is new in fields that were not typed here, and shows
 * the others beside what was typed. */
static void
merge (ShequRecordForm *self, const ShequRow *stored)
{
  for (guint i = 0; i < self->editors->len; i++)
    {
      ShequFieldEditor *editor = g_ptr_array_index (self->editors, i);
      const ShequField *field = shequ_field_editor_get_field (editor);
      ShequValue *mine = shequ_row_get (self->row, field);
      const ShequValue *theirs = shequ_row_get (stored, field), *old = shequ_row_get (self->base, field);

      if (shequ_value_equal (mine, old))
        {
          shequ_value_clear (mine);
          shequ_value_copy (theirs, mine);
          shequ_field_editor_set_value (editor, theirs, shequ_record_form_get_link_title (stored, field));
        }
      else if (!shequ_value_equal (theirs, old) && !shequ_value_equal (theirs, mine))
        {
          g_autofree char *value = shequ_row_format (stored, field, SHEQU_FORMAT_PLAIN);
          g_autofree char *message =
            g_strdup_printf (_ ("Stored in the meantime: %s. Saving puts yours in its place."),
                             *value != '\0' ? value : _ ("nothing"));

          shequ_field_editor_set_message (editor, SHEQU_ISSUE_WARNING, message);
        }
    }
  self->row->version = stored->version;
  g_clear_pointer (&self->base, shequ_row_free);
  self->base = shequ_row_copy (stored);
}

static gpointer
read_again (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const ShequRow *row = data;

  return shequ_office_get_row (office, row->reg, row->key, cancellable, error);
}

static void
read_again_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequRecordForm) self = user_data;
  g_autoptr (ShequRow) stored = shequ_office_run_finish (SHEQU_OFFICE (source), result, NULL);

  if (stored != NULL && self->row != NULL && self->row->key == stored->key)
    merge (self, stored);
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
    shequ_office_run_async (self->office, read_again, shequ_row_copy (self->row),
                            (GDestroyNotify) shequ_row_free, (GDestroyNotify) shequ_row_free,
                            self->cancellable, read_again_done, g_object_ref (self));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled)), 0);
}

static void
saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequRecordForm) self = user_data;
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = self->stored (SHEQU_OFFICE (source), result, &issues, &error);

  self->saving = FALSE;
  if (self->row == NULL)
    return;
  if (row == NULL)
    {
      shequ_record_form_set_changed (self, TRUE);
      tell_failure (self, issues, error);
      return;
    }
  shequ_record_form_set_changed (self, FALSE);
  shequ_record_form_tell_saved (self, row);
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
  self->saving = TRUE;
  shequ_record_form_set_changed (self, TRUE);
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
