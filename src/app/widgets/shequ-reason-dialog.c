#include "shequ-reason-dialog.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define ACCEPT "accept"

/* An open dialog, freed with it. */
typedef struct
{
  AdwMessageDialog *dialog;
  GtkEditable *entry;    /* (nullable) */
  GtkCheckButton *check; /* (nullable) */
  GtkDropDown *choices;  /* (nullable) */
  guint *chosen;
  gboolean required;
  ShequReasonGiven given;
  gpointer data;
  GDestroyNotify free_data;
} Asking;

static void
asking_free (gpointer data, GClosure *closure)
{
  Asking *asking = data;

  if (asking->free_data != NULL)
    asking->free_data (asking->data);
  g_free (asking);
}

static char *
get_reason (const Asking *asking)
{
  return asking->entry != NULL ? g_strstrip (g_strdup (gtk_editable_get_text (asking->entry)))
                               : g_strdup ("");
}

static void
update (Asking *asking)
{
  g_autofree char *reason = get_reason (asking);

  adw_message_dialog_set_response_enabled (
    asking->dialog, ACCEPT,
    (!asking->required || *reason != '\0') &&
      (asking->check == NULL || gtk_check_button_get_active (asking->check)));
}

static void
answered (AdwMessageDialog *dialog, const char *response, Asking *asking)
{
  g_autofree char *reason = get_reason (asking);

  if (asking->choices != NULL)
    *asking->chosen = gtk_drop_down_get_selected (asking->choices);
  if (g_str_equal (response, ACCEPT))
    asking->given (reason, asking->data);
}

static GtkWidget *
new_inputs (Asking *asking, const ShequReasonAsk *ask)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  if (ask->choices != NULL)
    {
      GtkWidget *choices = gtk_drop_down_new_from_strings (ask->choices);

      asking->choices = GTK_DROP_DOWN (choices);
      asking->chosen = ask->chosen;
      gtk_accessible_update_property (GTK_ACCESSIBLE (choices), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Usual reasons"), -1);
      gtk_box_append (GTK_BOX (box), choices);
    }
  if (!ask->without_reason)
    {
      const char *label = ask->required ? _ ("Reason") : _ ("Reason (if any)");
      GtkWidget *entry = gtk_entry_new ();

      asking->entry = GTK_EDITABLE (entry);
      gtk_entry_set_placeholder_text (GTK_ENTRY (entry), label);
      gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      g_signal_connect_swapped (entry, "changed", G_CALLBACK (update), asking);
      gtk_box_append (GTK_BOX (box), entry);
    }
  if (ask->confirm != NULL)
    {
      GtkWidget *check = gtk_check_button_new_with_label (ask->confirm);

      asking->check = GTK_CHECK_BUTTON (check);
      g_signal_connect_swapped (check, "toggled", G_CALLBACK (update), asking);
      gtk_box_append (GTK_BOX (box), check);
    }
  return box;
}

/**
 * shequ_reason_dialog_present:
 * @widget: who asks; its window is the parent
 * @ask: what is asked; not kept
 * @given: called when the person goes on
 * @data: for @given
 * @free_data: (nullable): for @data
 *
 * Asks for a reason before a step that cannot be taken back.
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *
shequ_reason_dialog_present (GtkWidget *widget,
                             const ShequReasonAsk *ask,
                             ShequReasonGiven given,
                             gpointer data,
                             GDestroyNotify free_data)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, ask->heading, ask->body);
  Asking *asking = g_new0 (Asking, 1);

  asking->dialog = ADW_MESSAGE_DIALOG (dialog);
  asking->required = ask->required && !ask->without_reason;
  asking->given = given;
  asking->data = data;
  asking->free_data = free_data;
  adw_message_dialog_add_responses (asking->dialog, "cancel", _ ("_Cancel"), ACCEPT, ask->accept, NULL);
  adw_message_dialog_set_response_appearance (
    asking->dialog, ACCEPT, ask->destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (asking->dialog, ACCEPT);
  adw_message_dialog_set_close_response (asking->dialog, "cancel");
  if (!ask->without_reason || ask->confirm != NULL || ask->choices != NULL)
    adw_message_dialog_set_extra_child (asking->dialog, new_inputs (asking, ask));
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered), asking, asking_free, 0);
  update (asking);
  gtk_window_present (GTK_WINDOW (dialog));
  if (asking->entry != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (asking->entry));
  return dialog;
}
