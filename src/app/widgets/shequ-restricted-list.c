#include "shequ-restricted-list.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-end-button.h"
#include "shequ-feedback.h"
#include "shequ-reason-dialog.h"
#include "shequ-restricted.h"

#define KEY "shequ-restricted"

/* Belongs to the box that is handed out. */
typedef struct
{
  ShequOffice *office;
  const ShequField *link;
  gint64 key;
  GtkWidget *label;
  GtkWidget *button;
  GtkWidget *list; /* (nullable): what was shown for a purpose */
} Restricted;

static void
restricted_free (gpointer data)
{
  Restricted *restricted = data;

  g_object_unref (restricted->office);
  g_free (restricted);
}

static void
end_clicked (GtkWidget *button, GtkWidget *box)
{
  const Restricted *restricted = g_object_get_data (G_OBJECT (box), KEY);

  shequ_end_button_end (box, restricted->office, g_object_get_data (G_OBJECT (button), "row"));
}

static GtkWidget *
new_end_button (GtkWidget *box, const ShequRow *row)
{
  GtkWidget *button = shequ_end_button_new ();

  g_object_set_data_full (G_OBJECT (button), "row", shequ_row_copy (row), (GDestroyNotify) shequ_row_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (end_clicked), box, 0);
  return button;
}

static GtkWidget *
new_row (GtkWidget *box, const ShequRow *row)
{
  GtkWidget *line = adw_action_row_new ();
  g_autofree char *title = shequ_row_get_title (row);
  g_autofree char *detail = shequ_row_get_detail (row);
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *detail_markup = g_markup_escape_text (detail, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), detail_markup);
  if (shequ_end_button_can_end (row))
    adw_action_row_add_suffix (ADW_ACTION_ROW (line), new_end_button (box, row));
  return line;
}

static void
viewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) box = user_data;
  Restricted *restricted = g_object_get_data (G_OBJECT (box), KEY);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = shequ_restricted_view_finish (SHEQU_OFFICE (source), result, &error);

  if (gtk_widget_get_root (box) == NULL)
    return;
  if (rows == NULL)
    {
      shequ_feedback_show_error (box, _ ("What is restricted was not shown."), error);
      return;
    }
  restricted->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (restricted->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (restricted->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (restricted->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Restricted"), -1);
  for (guint i = 0; i < rows->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (restricted->list), new_row (box, rows->pdata[i]));
  gtk_box_append (GTK_BOX (box), restricted->list);
  gtk_label_set_text (GTK_LABEL (restricted->label), _ ("Shown for the stated purpose; this look is logged"));
  gtk_widget_hide (restricted->button);
}

static void
purpose_given (const char *purpose, gpointer data)
{
  GtkWidget *box = data;
  const Restricted *restricted = g_object_get_data (G_OBJECT (box), KEY);

  shequ_restricted_view_async (restricted->office, restricted->link, restricted->key, purpose, NULL, viewed,
                               g_object_ref (box));
}

static void
show_clicked (GtkWidget *box)
{
  ShequReasonAsk ask = {
    .heading = _ ("What is it needed for?"),
    .body =
      _ ("Restricted records are shown for a purpose only. The purpose, your name and the time go into the "
         "change log of this record."),
    .accept = _ ("_Show"),
    .required = TRUE,
  };

  shequ_reason_dialog_present (box, &ask, purpose_given, g_object_ref (box), g_object_unref);
}

/**
 * shequ_restricted_list_new:
 * @office: whose records
 * @link: the link by which they belong to a record
 * @key: that record
 *
 * Says that there are restricted records and shows them once a purpose is stated, until the record is left.
 *
 * Returns: (transfer floating): the list, hidden until it is told how many there are
 */
GtkWidget *
shequ_restricted_list_new (ShequOffice *office, const ShequField *link, gint64 key)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  Restricted *restricted = g_new0 (Restricted, 1);

  restricted->office = g_object_ref (office);
  restricted->link = link;
  restricted->key = key;
  restricted->label = gtk_label_new (NULL);
  restricted->button = gtk_button_new_with_mnemonic (_ ("_Show for a purpose…"));
  g_object_set_data_full (G_OBJECT (box), KEY, restricted, restricted_free);
  gtk_label_set_xalign (GTK_LABEL (restricted->label), 0);
  gtk_label_set_wrap (GTK_LABEL (restricted->label), TRUE);
  gtk_widget_set_hexpand (restricted->label, TRUE);
  gtk_widget_add_css_class (restricted->label, "dim-label");
  gtk_widget_add_css_class (restricted->button, "flat");
  g_signal_connect_object (restricted->button, "clicked", G_CALLBACK (show_clicked), box, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), restricted->label);
  gtk_box_append (GTK_BOX (line), restricted->button);
  gtk_box_append (GTK_BOX (box), line);
  gtk_widget_hide (box);
  return box;
}

/**
 * shequ_restricted_list_set_count:
 * @list: a list of shequ_restricted_list_new()
 * @count: how many there are
 *
 * Says how many there are; what was shown is covered again.
 */
void
shequ_restricted_list_set_count (GtkWidget *list, int count)
{
  Restricted *restricted = g_object_get_data (G_OBJECT (list), KEY);
  g_autofree char *text = g_strdup_printf (_ ("Restricted: %d, not shown"), count);

  if (restricted->list != NULL)
    gtk_box_remove (GTK_BOX (list), restricted->list);
  restricted->list = NULL;
  gtk_label_set_text (GTK_LABEL (restricted->label), text);
  gtk_widget_show (restricted->button);
  gtk_widget_set_visible (list, count > 0);
}
