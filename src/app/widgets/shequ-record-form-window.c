/* Leaving a form that has something typed in it, and the form in a window of its own. */
#include "shequ-record-form-private.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

static void
leave_answered (AdwMessageDialog *dialog, const char *answer, ShequRecordForm *self)
{
  if (g_str_equal (answer, "save"))
    shequ_record_form_save (self);
  else if (g_str_equal (answer, "discard"))
    {
      shequ_record_form_set_changed (self, FALSE);
      shequ_record_form_tell_left (self);
    }
}

/**
 * shequ_record_form_leave:
 * @self: a form
 *
 * Emits `left`, after asking what to do with what is not stored.
 */
void
shequ_record_form_leave (ShequRecordForm *self)
{
  GtkWidget *dialog;

  g_return_if_fail (SHEQU_IS_RECORD_FORM (self));

  if (!self->changed)
    {
      shequ_record_form_tell_left (self);
      return;
    }
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   _ ("Save the changes?"), _ ("What you have typed is not saved yet."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Keep editing"), "discard",
                                    _ ("_Discard"), "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  g_signal_connect_object (dialog, "response", G_CALLBACK (leave_answered), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
close_around (ShequRecordForm *self)
{
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static gboolean
close_asked (GtkWindow *window, ShequRecordForm *self)
{
  if (!self->changed)
    return FALSE;
  shequ_record_form_leave (self);
  return TRUE;
}

/**
 * shequ_record_form_present:
 * @parent: the widget that needs a new record
 * @office: where it is stored
 * @reg: its register
 *
 * Shows the form of a new record in a window of its own, which closes when the record is saved.
 *
 * Returns: (transfer none): the form, for its signals
 */
ShequRecordForm *
shequ_record_form_present (GtkWidget *parent, ShequOffice *office, const ShequRegister *reg)
{
  ShequRecordForm *self = shequ_record_form_new (office, reg);
  GtkWidget *window = adw_window_new ();

  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (parent)));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 480, 520);
  gtk_window_set_title (GTK_WINDOW (window), reg->label);
  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (self));
  g_signal_connect_after (self, "saved", G_CALLBACK (close_around), NULL);
  g_signal_connect (self, "left", G_CALLBACK (close_around), NULL);
  g_signal_connect_object (window, "close-request", G_CALLBACK (close_asked), self, 0);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (GTK_WIDGET (self));
  return self;
}
