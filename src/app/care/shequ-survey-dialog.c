#include "shequ-survey-dialog.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-escape.h"
#include "shequ-field-editor.h"

/* The fields of the register that are asked for, in this order. */
enum
{
  NAME,
  END_ON,
  PURPOSE,
  N_EDITORS,
};

static const char *const field_names[N_EDITORS] = { "name", "end_on", "purpose" };

/* A dialog that is open, freed with it. */
typedef struct
{
  GtkWidget *window;
  GtkWidget *asker;
  ShequOffice *office;
  ShequSurveyMade made;
  gpointer data;
  gboolean closed;
  ShequFieldEditor *editors[N_EDITORS];
  GtkWidget *grids; /* of check buttons, each with its key */
  GtkWidget *save;
  GtkWidget *problem_box;
  GtkLabel *problem;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  for (guint i = 0; i < N_EDITORS; i++)
    g_object_unref (dialog->editors[i]);
  g_object_unref (dialog->asker);
  g_object_unref (dialog->office);
  g_free (dialog);
}

static void
set_problem (Dialog *dialog, const char *message)
{
  gtk_label_set_text (dialog->problem, message != NULL ? message : "");
  gtk_widget_set_visible (dialog->problem_box, message != NULL);
}

static char *
read_editor (const Dialog *dialog, guint editor)
{
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  shequ_field_editor_get_value (dialog->editors[editor], &value, issues);
  return shequ_value_is_null (&value) || value.type != SHEQU_VALUE_TEXT ? NULL : g_strdup (value.text);
}

static GArray *
list_chosen (const Dialog *dialog)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (GtkWidget *child = gtk_widget_get_first_child (dialog->grids); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const gint64 *key = g_object_get_data (G_OBJECT (child), "grid");

      if (key != NULL && gtk_check_button_get_active (GTK_CHECK_BUTTON (child)))
        g_array_append_val (keys, *key);
    }
  return keys;
}

static void
created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "survey");
  g_autoptr (GError) error = NULL;
  gint64 round = shequ_survey_create_finish (SHEQU_OFFICE (source), result, &error);

  if (dialog->closed)
    return;
  gtk_widget_set_sensitive (dialog->save, TRUE);
  if (round == 0)
    {
      set_problem (dialog, error->message);
      return;
    }
  dialog->made (round, dialog->data);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
create (Dialog *dialog)
{
  g_autofree char *name = read_editor (dialog, NAME);
  g_autofree char *end_on = read_editor (dialog, END_ON);
  g_autofree char *purpose = read_editor (dialog, PURPOSE);
  g_autoptr (GArray) grids = list_chosen (dialog);
  ShequSurveyPlan plan = { name, purpose, end_on, grids };

  if (name == NULL || grids->len == 0)
    {
      set_problem (dialog, name == NULL ? _ ("Give the round a name.") : _ ("Choose at least one grid."));
      return;
    }
  set_problem (dialog, NULL);
  gtk_widget_set_sensitive (dialog->save, FALSE);
  shequ_survey_create_async (dialog->office, &plan, NULL, created, g_object_ref (dialog->window));
}

static GtkCheckButton *
add_grid (Dialog *dialog, gint64 grid, const char *title)
{
  GtkWidget *check = gtk_check_button_new_with_label (title);

  g_object_set_data_full (G_OBJECT (check), "grid", g_memdup2 (&grid, sizeof grid), g_free);
  gtk_box_append (GTK_BOX (dialog->grids), check);
  return GTK_CHECK_BUTTON (check);
}

static void
grids_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "survey");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  if (dialog->closed)
    return;
  if (rows == NULL || rows->len == 0)
    set_problem (dialog, rows == NULL ? error->message
                                      : _ ("There is no grid yet. Draw the grids in the registers first."));
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_autofree char *title = shequ_row_get_title (rows->pdata[i]);

      add_grid (dialog, ((const ShequRow *) rows->pdata[i])->key, title);
    }
  /* Nobody is to be forgotten because nobody drew a grid around him. */
  if (rows != NULL && rows->len > 0)
    gtk_check_button_set_active (add_grid (dialog, SHEQU_SURVEY_UNPLACED, _ ("In no grid")), TRUE);
}

static gpointer
list_grids (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "grid", error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;

  return query != NULL ? shequ_office_get_rows (office, query, cancellable, error) : NULL;
}

static void
window_destroyed (Dialog *dialog)
{
  dialog->closed = TRUE;
}

static GtkWidget *
new_head (Dialog *dialog)
{
  GtkWidget *head = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  dialog->save = gtk_button_new_with_mnemonic (_ ("_Make the list"));
  gtk_widget_add_css_class (dialog->save, "suggested-action");
  g_signal_connect_swapped (dialog->save, "clicked", G_CALLBACK (create), dialog);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_destroy), dialog->window);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (head), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (head), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (head), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (head), dialog->save);
  return head;
}

static GtkWidget *
new_problem_box (Dialog *dialog)
{
  dialog->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (dialog->problem, TRUE);
  gtk_label_set_xalign (dialog->problem, 0);
  dialog->problem_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_append (GTK_BOX (dialog->problem_box), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (dialog->problem_box), GTK_WIDGET (dialog->problem));
  gtk_widget_add_css_class (dialog->problem_box, "error");
  gtk_widget_set_visible (dialog->problem_box, FALSE);
  return dialog->problem_box;
}

static GtkWidget *
new_body (Dialog *dialog)
{
  const ShequRegister *reg = shequ_office_get_register (dialog->office, "survey_round");
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *title = gtk_label_new (_ ("Through which grids"));

  for (guint i = 0; i < N_EDITORS; i++)
    {
      dialog->editors[i] =
        shequ_field_editor_new (dialog->office, shequ_register_lookup (reg, field_names[i]));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                 shequ_field_editor_get_row (dialog->editors[i]));
    }
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  dialog->grids = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), dialog->grids);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (body), new_problem_box (dialog));
  gtk_box_append (GTK_BOX (body), group);
  gtk_box_append (GTK_BOX (body), title);
  gtk_box_append (GTK_BOX (body), scrolled);
  gtk_widget_set_margin_top (body, 12);
  gtk_widget_set_margin_bottom (body, 12);
  gtk_widget_set_margin_start (body, 12);
  gtk_widget_set_margin_end (body, 12);
  return body;
}

/**
 * shequ_survey_dialog_present:
 * @widget: who asks
 * @office: where the round is made
 * @made: called when it is; not called any more when @widget is gone
 * @data: for @made
 *
 * Asks for the name of a round and its grids, and makes it with its list.
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *
shequ_survey_dialog_present (GtkWidget *widget, ShequOffice *office, ShequSurveyMade made, gpointer data)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Dialog *dialog = g_new0 (Dialog, 1);

  dialog->window = adw_window_new ();
  dialog->asker = g_object_ref (widget);
  dialog->office = g_object_ref (office);
  dialog->made = made;
  dialog->data = data;
  g_object_set_data_full (G_OBJECT (dialog->window), "survey", dialog, dialog_free);
  g_signal_connect_swapped (dialog->window, "destroy", G_CALLBACK (window_destroyed), dialog);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (dialog->window), GTK_WINDOW (root));
  gtk_window_set_modal (GTK_WINDOW (dialog->window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (dialog->window), 460, 520);
  gtk_window_set_title (GTK_WINDOW (dialog->window), _ ("New survey round"));
  shequ_escape_closes (GTK_WINDOW (dialog->window));
  gtk_box_append (GTK_BOX (box), new_head (dialog));
  gtk_box_append (GTK_BOX (box), new_body (dialog));
  adw_window_set_content (ADW_WINDOW (dialog->window), box);
  shequ_office_run_async (office, list_grids, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, NULL,
                          grids_listed, g_object_ref (dialog->window));
  gtk_window_present (GTK_WINDOW (dialog->window));
  gtk_widget_grab_focus (shequ_field_editor_get_row (dialog->editors[NAME]));
  return dialog->window;
}
