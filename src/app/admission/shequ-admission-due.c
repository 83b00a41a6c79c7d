/* How long there is left, as words with an icon: never by colour alone. */
#include "shequ-admission-due.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-record.h"

static void
set_look (GtkWidget *due, const char *icon, const char *style, const char *text)
{
  static const char *const styles[] = { "error", "due-today" };
  GtkWidget *image = gtk_widget_get_first_child (due), *label = gtk_widget_get_last_child (due);

  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (due, styles[i]);
  if (style != NULL)
    gtk_widget_add_css_class (due, style);
  gtk_image_set_from_icon_name (GTK_IMAGE (image), icon);
  gtk_widget_set_visible (image, icon != NULL);
  gtk_label_set_text (GTK_LABEL (label), text);
}

/**
 * shequ_admission_due_new:
 *
 * Returns: (transfer floating): an empty label for shequ_admission_due_set()
 */
GtkWidget *
shequ_admission_due_new (void)
{
  GtkWidget *due = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (due), gtk_image_new ());
  gtk_box_append (GTK_BOX (due), gtk_label_new (NULL));
  gtk_widget_add_css_class (due, "numeric");
  return due;
}

/**
 * shequ_admission_due_set:
 * @due: from shequ_admission_due_new()
 * @office: by whose day and calendar
 * @due_on: (nullable): the last day
 *
 * Says how many working days are left.
 */
void
shequ_admission_due_set (GtkWidget *due, ShequOffice *office, const char *due_on)
{
  ShequWorkdays *workdays = shequ_office_get_workdays (office, NULL);
  g_autofree char *today_text = shequ_office_get_today (office);
  g_autofree char *text = NULL;
  ShequDate today, last;
  int days;

  if (workdays == NULL || due_on == NULL || !shequ_date_from_iso (due_on, &last) ||
      !shequ_date_from_iso (today_text, &today))
    {
      set_look (due, NULL, NULL, "");
      return;
    }
  days = shequ_workdays_between (workdays, &today, &last, NULL);
  if (g_strcmp0 (due_on, today_text) == 0)
    set_look (due, "alarm-symbolic", "due-today", _ ("Due today"));
  else if (g_strcmp0 (due_on, today_text) < 0)
    {
      text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d working day overdue",
                                           "%d working days overdue", (gulong) MAX (-days, 0)),
                              MAX (-days, 0));
      set_look (due, "dialog-warning-symbolic", "error", text);
    }
  else
    {
      text = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%d working day left", "%d working days left", (gulong) MAX (days, 0)),
        MAX (days, 0));
      set_look (due, NULL, NULL, text);
    }
}

static void
record_filled (ShequRecord *record, GParamSpec *pspec, GtkWidget *due)
{
  const ShequRow *row = shequ_record_get_row (record);

  shequ_admission_due_set (due, g_object_get_data (G_OBJECT (due), "office"),
                           row != NULL ? shequ_row_get_text (row, "due_on") : NULL);
}

static void
cell_set_up (GtkSignalListItemFactory *factory, GtkListItem *item, ShequOffice *office)
{
  GtkWidget *due = shequ_admission_due_new ();

  g_object_set_data_full (G_OBJECT (due), "office", g_object_ref (office), g_object_unref);
  gtk_list_item_set_child (item, due);
}

static void
cell_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  ShequRecord *record = gtk_list_item_get_item (item);
  GtkWidget *due = gtk_list_item_get_child (item);

  g_signal_connect_object (record, "notify::row", G_CALLBACK (record_filled), due, 0);
  record_filled (record, NULL, due);
}

static void
cell_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), record_filled,
                                        gtk_list_item_get_child (item));
}

/**
 * shequ_admission_due_new_column:
 * @office: by whose day and calendar
 *
 * Returns: (transfer full): a column of applications that says how many working days are left
 */
GtkColumnViewColumn *
shequ_admission_due_new_column (ShequOffice *office)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column = gtk_column_view_column_new (_ ("Days left"), factory);

  g_signal_connect_object (factory, "setup", G_CALLBACK (cell_set_up), office, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (cell_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (cell_unbind), NULL);
  gtk_column_view_column_set_resizable (column, TRUE);
  return column;
}
