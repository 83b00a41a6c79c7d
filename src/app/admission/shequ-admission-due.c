/* How long there is left, as words with an icon: never by colour alone. */
#include "shequ-admission-due.h"

#include "config.h"

#include <glib/gi18n-lib.h>

/* Says how many working days are left; nothing where there is no last day. */
static void
fill_cell (ShequOffice *office, const char *due_on, ShequRecordCell *cell)
{
  ShequWorkdays *workdays = shequ_office_get_workdays (office, NULL);
  g_autofree char *today_text = shequ_office_get_today (office);
  ShequDate today, last;
  int days;

  if (workdays == NULL || due_on == NULL || !shequ_date_from_iso (due_on, &last) ||
      !shequ_date_from_iso (today_text, &today))
    return;
  days = shequ_workdays_between (workdays, &today, &last, NULL);
  if (g_strcmp0 (due_on, today_text) == 0)
    {
      cell->icon_name = "alarm-symbolic";
      cell->look = SHEQU_RECORD_CELL_WARNING;
      cell->text = g_strdup (_ ("Due today"));
    }
  else if (g_strcmp0 (due_on, today_text) < 0)
    {
      cell->icon_name = "dialog-warning-symbolic";
      cell->look = SHEQU_RECORD_CELL_ERROR;
      cell->text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d working day overdue",
                                                 "%d working days overdue", (gulong) MAX (-days, 0)),
                                    MAX (-days, 0));
    }
  else
    cell->text = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%d working day left", "%d working days left", (gulong) MAX (days, 0)),
      MAX (days, 0));
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
  static const char *const styles[] = { NULL, "due-today", "error" };
  GtkWidget *image = gtk_widget_get_first_child (due), *label = gtk_widget_get_last_child (due);
  ShequRecordCell cell = { 0 };

  fill_cell (office, due_on, &cell);
  for (gsize i = 1; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (due, styles[i]);
  if (styles[cell.look] != NULL)
    gtk_widget_add_css_class (due, styles[cell.look]);
  gtk_image_set_from_icon_name (GTK_IMAGE (image), cell.icon_name);
  gtk_widget_set_visible (image, cell.icon_name != NULL);
  gtk_label_set_text (GTK_LABEL (label), cell.text != NULL ? cell.text : "");
  g_free (cell.text);
}

static void
show_record (ShequRecord *record, gpointer office, ShequRecordCell *cell)
{
  const ShequRow *row = shequ_record_get_row (record);

  fill_cell (office, row != NULL ? shequ_row_get_text (row, "due_on") : NULL, cell);
}

/**
 * shequ_admission_due_add_column:
 * @office: by whose day and calendar
 * @columns: of a list of applications
 *
 * Adds a column that says how many working days are left.
 */
void
shequ_admission_due_add_column (ShequOffice *office, ShequRecordColumns *columns)
{
  shequ_record_columns_append (columns, _ ("Days left"), show_record, g_object_ref (office), g_object_unref);
}
