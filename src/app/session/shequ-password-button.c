#include "shequ-password-button.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-feedback.h"
#include "shequ-session.h"

static void
was_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequRecordDetails) details = user_data;
  g_autoptr (GError) error = NULL;

  if (shequ_session_set_password_finish (SHEQU_OFFICE (source), result, &error))
    shequ_feedback_say (GTK_WIDGET (details),
                        _ ("The password is set. Its owner chooses another at the first sign-in."));
  else
    shequ_feedback_show_error (GTK_WIDGET (details), _ ("The password was not set."), error);
}

static void
answered (AdwMessageDialog *dialog, const char *answer, ShequRecordDetails *details)
{
  ShequRecord *record = shequ_record_details_get_record (details);
  GtkEditable *entry = GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog));

  if (g_str_equal (answer, "set") && record != NULL)
    shequ_session_set_password_async (g_object_get_data (G_OBJECT (dialog), "office"),
                                      shequ_record_get_key (record), gtk_editable_get_text (entry), NULL,
                                      was_set, g_object_ref (details));
}

static void
typed (GtkEditable *entry, AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "set", *gtk_editable_get_text (entry) != '\0');
}

static void
ask (GtkWidget *button, ShequRecordDetails *details)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (button));
  GtkWidget *dialog = adw_message_dialog_new (
    window, _ ("A first password"),
    _ ("Tell it to the owner of the account, who chooses another at the first sign-in. At least ten "
       "characters of three kinds: small letters, capitals, digits, signs."));
  GtkWidget *entry = gtk_password_entry_new ();

  gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Password"), -1);
  g_object_set (entry, "activates-default", TRUE, NULL);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "set",
                                    _ ("Set the _password"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "set", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "set");
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "set", FALSE);
  /* It answers its Return to the end after the dialog is gone. */
  g_object_set_data_full (G_OBJECT (button), "entry", g_object_ref_sink (entry), g_object_unref);
  g_object_set_data_full (G_OBJECT (dialog), "office",
                          g_object_ref (g_object_get_data (G_OBJECT (button), "office")), g_object_unref);
  g_signal_connect_object (entry, "changed", G_CALLBACK (typed), dialog, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered), details, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
record_shown (ShequRecordDetails *details, ShequRecord *record, GtkWidget *button)
{
  gtk_widget_set_visible (button, record != NULL && shequ_record_get_key (record) != 0);
}

/**
 * shequ_password_button_add:
 * @details: where an account is read
 * @office: the office
 *
 * Adds the button that gives an account a first password, where accounts are of use.
 */
void
shequ_password_button_add (ShequRecordDetails *details, ShequOffice *office)
{
  GtkWidget *button;

  if (!shequ_session_is_kept (office))
    return;
  button = gtk_button_new_with_mnemonic (_ ("Set the _password"));
  gtk_widget_set_tooltip_text (button,
                               _ ("Gives the account a first password; a lock of too many wrong ones ends"));
  g_object_set_data_full (G_OBJECT (button), "office", g_object_ref (office), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (ask), details, 0);
  g_signal_connect_object (details, "panels", G_CALLBACK (record_shown), button, 0);
  gtk_widget_hide (button);
  shequ_record_details_add_button (details, button);
}
