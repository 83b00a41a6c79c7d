#include "shequ-secret-row.h"

#include "config.h"

#include <adwaita.h>

#define USUAL_WIDTH 20

/**
 * shequ_secret_row_new:
 * @title: what is typed there
 * @entry: (out) (transfer none): where it is typed
 *
 * A row for a password or a key. It has an entry whose text no screen reader is told; of the password row of
 * libadwaita it would be.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
shequ_secret_row_new (const char *title, GtkEditable **entry)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *secret = gtk_password_entry_new ();

  gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (secret), TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (secret), USUAL_WIDTH);
  gtk_widget_set_valign (secret, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (secret), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), secret);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), secret);
  *entry = GTK_EDITABLE (secret);
  return row;
}
