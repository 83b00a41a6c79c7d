#include "shequ-admission-form.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-admission-findings.h"
#include "shequ-admission.h"

#define SCREEN_DELAY 400

struct _ShequAdmissionForm
{
  GtkWidget parent_instance;

  ShequOffice *office;
  ShequRow *typed; /* (nullable): what is to be screened next */
  guint screen_id;
  GCancellable *cancellable; /* of the running screening */
  GtkWidget *box;
  ShequRecordForm *form;
  ShequAdmissionFindings *findings;
};

G_DEFINE_FINAL_TYPE (ShequAdmissionForm, shequ_admission_form, GTK_TYPE_WIDGET)

static void
screened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequAdmissionForm) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = shequ_admission_screen_finish (SHEQU_OFFICE (source), result, &error);

  if (self->box == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (findings != NULL)
    shequ_admission_findings_set (self->findings, findings);
  else
    shequ_admission_findings_set_error (self->findings, error->message);
}

static void
stop_screening (ShequAdmissionForm *self)
{
  g_clear_handle_id (&self->screen_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static gboolean
screen_now (gpointer data)
{
  ShequAdmissionForm *self = data;

  self->screen_id = 0;
  if (self->typed == NULL)
    return G_SOURCE_REMOVE;
  self->cancellable = g_cancellable_new ();
  shequ_admission_screen_async (self->office, self->typed, self->cancellable, screened, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
edited (ShequRecordForm *form, const ShequRow *row, ShequAdmissionForm *self)
{
  stop_screening (self);
  g_clear_pointer (&self->typed, shequ_row_free);
  self->typed = shequ_row_copy (row);
  self->screen_id = g_timeout_add (SCREEN_DELAY, screen_now, self);
}

static gboolean
shequ_admission_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SHEQU_ADMISSION_FORM (widget)->form));
}

static void
shequ_admission_form_dispose (GObject *object)
{
  ShequAdmissionForm *self = SHEQU_ADMISSION_FORM (object);

  stop_screening (self);
  g_clear_pointer (&self->typed, shequ_row_free);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_admission_form_parent_class)->dispose (object);
}

static void
shequ_admission_form_class_init (ShequAdmissionFormClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_admission_form_dispose;
  GTK_WIDGET_CLASS (class)->grab_focus = shequ_admission_form_grab_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_admission_form_init (ShequAdmissionForm *self)
{
}

/**
 * shequ_admission_form_new:
 * @office: where applications are filed
 *
 * Returns: (transfer floating): an empty form
 */
GtkWidget *
shequ_admission_form_new (ShequOffice *office)
{
  ShequAdmissionForm *self = g_object_new (SHEQU_TYPE_ADMISSION_FORM, NULL);

  self->office = g_object_ref (office);
  self->form = shequ_record_form_new (office, shequ_office_get_register (office, "application"));
  g_signal_connect_object (self->form, "edited", G_CALLBACK (edited), self, 0);
  self->findings = SHEQU_ADMISSION_FINDINGS (shequ_admission_findings_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->form), TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self->form), 380, -1);
  gtk_widget_set_size_request (GTK_WIDGET (self->findings), 340, -1);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->form));
  gtk_box_append (GTK_BOX (self->box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->findings));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

/**
 * shequ_admission_form_get_form:
 * @self: a form with findings
 *
 * Returns: (transfer none): the form itself
 */
ShequRecordForm *
shequ_admission_form_get_form (ShequAdmissionForm *self)
{
  g_return_val_if_fail (SHEQU_IS_ADMISSION_FORM (self), NULL);

  return self->form;
}

/**
 * shequ_admission_form_start:
 * @self: a form
 * @row: (nullable): an application that was filed; a new one when %NULL
 *
 * Starts a new application, or the change of one.
 */
void
shequ_admission_form_start (ShequAdmissionForm *self, const ShequRow *row)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();

  g_return_if_fail (SHEQU_IS_ADMISSION_FORM (self));

  stop_screening (self);
  if (row == NULL)
    shequ_record_form_set_store (self->form, shequ_admission_file_async, shequ_admission_file_finish);
  else
    shequ_record_form_set_store (self->form, shequ_office_save_async, shequ_office_save_finish);
  shequ_record_form_edit (self->form, row);
  shequ_admission_findings_set (self->findings, nothing);
  if (row != NULL)
    edited (self->form, row, self);
  else
    shequ_admission_findings_set_error (
      self->findings, _ ("While you type, what speaks against the application stands here."));
}
