#include "shequ-survey-changes.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-escape.h"
#include "shequ-record-form.h"

/* A window that is open, freed with it. */
typedef struct
{
  GtkWidget *window;
  GtkWidget *asker;
  ShequOffice *office;
  gint64 line;
  gint64 household;
  ShequSurveyChanged changed;
  gpointer data;
  gboolean closed;
  GtkListBox *list;
} Changes;

static void
changes_free (gpointer data)
{
  Changes *changes = data;

  g_object_unref (changes->asker);
  g_object_unref (changes->office);
  g_free (changes);
}

static void read_household (Changes *changes);

static void
form_saved (ShequRecordForm *form, const ShequRow *row, GtkWidget *window)
{
  Changes *changes = g_object_get_data (G_OBJECT (window), "changes");

  changes->changed (changes->line, changes->data);
  read_household (changes);
}

static ShequRecordForm *
present_form (Changes *changes, const ShequRegister *reg)
{
  ShequRecordForm *form = shequ_record_form_present (changes->window, changes->office, reg);

  g_signal_connect_object (form, "saved", G_CALLBACK (form_saved), changes->window, 0);
  return form;
}

static void
row_activated (GtkListBox *list, GtkListBoxRow *widget, Changes *changes)
{
  const ShequRow *row = g_object_get_data (G_OBJECT (widget), "record");

  if (row != NULL)
    shequ_record_form_edit (present_form (changes, row->reg), row);
}

static void
add_member (Changes *changes)
{
  ShequRecordForm *form = present_form (changes, shequ_office_get_register (changes->office, "resident"));
  const ShequRow *household =
    g_object_get_data (G_OBJECT (gtk_list_box_get_row_at_index (changes->list, 0)), "record");
  g_autofree char *title = household != NULL ? shequ_row_get_title (household) : NULL;
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  shequ_value_set_integer (&value, changes->household);
  shequ_record_form_preset (form, "household", &value, title);
}

static GtkWidget *
new_row (const ShequRow *row)
{
  GtkWidget *widget = adw_action_row_new ();
  g_autofree char *title = shequ_row_get_title (row);
  g_autofree char *detail = shequ_row_get_detail (row);
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *detail_markup = g_markup_escape_text (detail != NULL ? detail : "", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), title_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), detail_markup);
  adw_action_row_add_suffix (ADW_ACTION_ROW (widget),
                             gtk_image_new_from_icon_name ("document-edit-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (widget), TRUE);
  g_object_set_data_full (G_OBJECT (widget), "record", shequ_row_copy (row), (GDestroyNotify) shequ_row_free);
  return widget;
}

static void
household_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  Changes *changes = g_object_get_data (G_OBJECT (window), "changes");
  g_autoptr (GPtrArray) rows = shequ_office_run_finish (SHEQU_OFFICE (source), result, NULL);
  GtkWidget *child;

  if (changes->closed || rows == NULL)
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (changes->list))) != NULL)
    gtk_list_box_remove (changes->list, child);
  for (guint i = 0; i < rows->len; i++)
    gtk_list_box_append (changes->list, new_row (rows->pdata[i]));
  child = gtk_widget_get_first_child (GTK_WIDGET (changes->list));
  if (child != NULL)
    gtk_widget_grab_focus (child);
}

/* The household, then its members. */
static gpointer
read_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 key = *(const gint64 *) data;
  g_autofree char *where = g_strdup_printf ("household=%" G_GINT64_FORMAT, key);
  g_autoptr (ShequQuery) query =
    shequ_office_new_query (office, shequ_office_get_register (office, "resident"));
  ShequRow *household =
    shequ_office_get_row (office, shequ_office_get_register (office, "household"), key, cancellable, error);
  GPtrArray *rows;

  if (household == NULL)
    return NULL;
  shequ_query_add_where (query, where, NULL);
  rows = shequ_office_get_rows (office, query, cancellable, error);
  if (rows == NULL)
    shequ_row_free (household);
  else
    g_ptr_array_insert (rows, 0, household);
  return rows;
}

static void
read_household (Changes *changes)
{
  shequ_office_run_async (
    changes->office, read_work, g_memdup2 (&changes->household, sizeof changes->household), g_free,
    (GDestroyNotify) g_ptr_array_unref, NULL, household_read, g_object_ref (changes->window));
}

static void
window_destroyed (Changes *changes)
{
  changes->closed = TRUE;
}

static GtkWidget *
new_content (Changes *changes)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *add = gtk_button_new_with_mnemonic (_ ("_Add a member"));
  GtkWidget *hint = gtk_label_new (_ ("Open whom the change is about, and type only what has changed."));

  changes->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (changes->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (changes->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (changes->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The household and its members"), -1);
  g_signal_connect (changes->list, "row-activated", G_CALLBACK (row_activated), changes);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_member), changes);
  gtk_widget_set_halign (add, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_box_append (GTK_BOX (body), hint);
  gtk_box_append (GTK_BOX (body), GTK_WIDGET (changes->list));
  gtk_box_append (GTK_BOX (body), add);
  gtk_widget_set_margin_top (body, 12);
  gtk_widget_set_margin_bottom (body, 18);
  gtk_widget_set_margin_start (body, 12);
  gtk_widget_set_margin_end (body, 12);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), body);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scrolled);
  return box;
}

/**
 * shequ_survey_changes_present:
 * @widget: who asks
 * @office: the office
 * @line: the line of the round
 * @household: its household
 * @changed: called each time that a change is stored
 * @data: for @changed; lives as long as @widget
 *
 * Lets the changes of a household be typed: the forms of the household and of its members.
 *
 * Returns: (transfer none): the window
 */
GtkWidget *
shequ_survey_changes_present (GtkWidget *widget,
                              ShequOffice *office,
                              gint64 line,
                              gint64 household,
                              ShequSurveyChanged changed,
                              gpointer data)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  Changes *changes = g_new0 (Changes, 1);

  changes->window = adw_window_new ();
  changes->asker = g_object_ref (widget);
  changes->office = g_object_ref (office);
  changes->line = line;
  changes->household = household;
  changes->changed = changed;
  changes->data = data;
  g_object_set_data_full (G_OBJECT (changes->window), "changes", changes, changes_free);
  g_signal_connect_swapped (changes->window, "destroy", G_CALLBACK (window_destroyed), changes);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (changes->window), GTK_WINDOW (root));
  gtk_window_set_modal (GTK_WINDOW (changes->window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (changes->window), 460, 420);
  gtk_window_set_title (GTK_WINDOW (changes->window), _ ("What has changed"));
  shequ_escape_closes (GTK_WINDOW (changes->window));
  adw_window_set_content (ADW_WINDOW (changes->window), new_content (changes));
  read_household (changes);
  gtk_window_present (GTK_WINDOW (changes->window));
  return changes->window;
}
