/* A task that was pushed down, noted within a minute: paste the message, read over what was found, save. */
#include "shequ-pushed-dialog.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-feedback.h"
#include "shequ-field-editor.h"
#include "shequ-pushed-file.h"
#include "shequ-pushed.h"

#define READ_DELAY 300

/* The fields in the order in which they are read over; the first is what was pasted. */
enum
{
  WORDS,
  DEPARTMENT,
  TITLE,
  WHO,
  HOW,
  DAY,
  FILE_MARK,
  PICTURE,
  N_EDITORS,
};

static const char *const field_names[N_EDITORS] = { "told_words", "department", "title",     "told_by",
                                                    "told_how",   "told_on",    "told_file", "told_picture" };

/* What is read from the words and not shown. */
static const char *const carried[] = { "basis", "category", "role", NULL };

/* A dialog that is open, freed with it. */
typedef struct
{
  GtkWidget *window;
  GtkWidget *asker; /* is told how it ended */
  ShequOffice *office;
  ShequRow *task; /* what is noted */
  ShequFieldEditor *editors[N_EDITORS];
  gboolean typed[N_EDITORS]; /* by the person: not read anew */
  guint read_id;
  GCancellable *cancellable; /* of the reading */
  gboolean reading;
  gboolean save_then; /* as soon as it is read */
  gboolean saving;
  gboolean closed;
  GtkWidget *save;
  GtkLabel *standing;
  GtkLabel *problem;
  GtkWidget *problem_box;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  for (guint i = 0; i < N_EDITORS; i++)
    g_object_unref (dialog->editors[i]);
  g_clear_object (&dialog->cancellable);
  g_object_unref (dialog->asker);
  g_object_unref (dialog->office);
  shequ_row_free (dialog->task);
  g_free (dialog);
}

static void
set_problem (Dialog *dialog, const char *message)
{
  gtk_label_set_text (dialog->problem, message != NULL ? message : "");
  gtk_widget_set_visible (dialog->problem_box, message != NULL);
}

static void
show_standing (Dialog *dialog)
{
  const ShequField *field = shequ_register_lookup (dialog->task->reg, "standing");
  g_autofree char *standing = shequ_row_format (dialog->task, field, SHEQU_FORMAT_PLAIN);
  const char *detail = shequ_row_get_text (dialog->task, "standing_detail");
  g_autofree char *text = g_strdup_printf ("%s\n%s", standing, detail != NULL ? detail : "");

  gtk_label_set_text (dialog->standing, *standing != '\0' ? text : "");
}

/* What stands in the rows now; an empty title or department is told by validation. */
static void
take_editors (Dialog *dialog)
{
  for (guint i = 0; i < N_EDITORS; i++)
    {
      g_autoptr (GPtrArray) issues = shequ_issues_new ();
      const ShequField *field = shequ_field_editor_get_field (dialog->editors[i]);

      shequ_field_editor_get_value (dialog->editors[i], shequ_row_get (dialog->task, field), issues);
    }
  if (shequ_row_get_text (dialog->task, "told_words") != NULL)
    shequ_row_set_text (dialog->task, "content", shequ_row_get_text (dialog->task, "told_words"));
}

static void
take_read (Dialog *dialog, const ShequRow *read)
{
  for (guint i = WORDS + 1; i < FILE_MARK; i++)
    {
      const ShequField *field = shequ_field_editor_get_field (dialog->editors[i]);
      const char *title = read->link_titles != NULL ? read->link_titles[field->index] : NULL;

      if (!dialog->typed[i])
        shequ_field_editor_set_value (dialog->editors[i], &read->values[field->index], title);
    }
  for (guint i = 0; carried[i] != NULL; i++)
    {
      const ShequField *field = shequ_register_lookup (read->reg, carried[i]);

      shequ_value_copy (&read->values[field->index], shequ_row_get (dialog->task, field));
    }
  shequ_row_set_text (dialog->task, "standing", shequ_row_get_text (read, "standing"));
  shequ_row_set_text (dialog->task, "standing_detail", shequ_row_get_text (read, "standing_detail"));
  show_standing (dialog);
}

static void save (Dialog *dialog);

static void
was_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "pushed");
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) read = shequ_pushed_read_finish (SHEQU_OFFICE (source), result, &error);

  if (dialog->closed || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  dialog->reading = FALSE;
  if (read != NULL)
    take_read (dialog, read);
  else
    set_problem (dialog, error->message);
  if (dialog->save_then)
    save (dialog);
}

static gboolean
read_now (gpointer data)
{
  Dialog *dialog = data;
  const char *words;

  dialog->read_id = 0;
  take_editors (dialog);
  words = shequ_row_get_text (dialog->task, "told_words");
  if (dialog->cancellable != NULL)
    g_cancellable_cancel (dialog->cancellable);
  g_clear_object (&dialog->cancellable);
  dialog->cancellable = g_cancellable_new ();
  shequ_pushed_read_async (dialog->office, words != NULL ? words : "", dialog->cancellable, was_read,
                           g_object_ref (dialog->window));
  return G_SOURCE_REMOVE;
}

static void
read_soon (Dialog *dialog)
{
  g_clear_handle_id (&dialog->read_id, g_source_remove);
  dialog->reading = TRUE;
  dialog->read_id = g_timeout_add (READ_DELAY, read_now, dialog);
}

static void
editor_changed (ShequFieldEditor *editor, Dialog *dialog)
{
  for (guint i = 0; i < N_EDITORS; i++)
    if (dialog->editors[i] == editor)
      dialog->typed[i] = TRUE;
  if (editor == dialog->editors[WORDS])
    read_soon (dialog);
}

static void
saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "pushed");
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) task = shequ_pushed_record_finish (SHEQU_OFFICE (source), result, &error);
  g_autofree char *message = NULL;

  dialog->saving = FALSE;
  if (task == NULL && dialog->closed)
    shequ_feedback_show_error (dialog->asker, _ ("The task was not noted."), error);
  if (task == NULL && !dialog->closed)
    {
      set_problem (dialog, error->message);
      gtk_widget_set_sensitive (dialog->save, TRUE);
    }
  if (task == NULL)
    return;
  message =
    g_strdup_printf (_ ("%s is noted; the street countersigns by %s"), shequ_row_get_text (task, "number"),
                     shequ_row_get_text (task, "due_on") != NULL ? shequ_row_get_text (task, "due_on") : "—");
  gtk_widget_activate_action (dialog->asker, "win.open-record", "(sx)", "application", task->key);
  shequ_feedback_say (dialog->asker, message);
  if (!dialog->closed)
    gtk_window_destroy (GTK_WINDOW (window));
}

static void
save (Dialog *dialog)
{
  if (dialog->saving)
    return;
  dialog->save_then = dialog->reading;
  if (dialog->reading)
    return;
  take_editors (dialog);
  set_problem (dialog, NULL);
  dialog->saving = TRUE;
  gtk_widget_set_sensitive (dialog->save, FALSE);
  shequ_pushed_record_async (dialog->office, dialog->task, NULL, saved, g_object_ref (dialog->window));
}

static void
set_text (Dialog *dialog, guint editor, const char *text)
{
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  shequ_value_set_text (&value, text);
  shequ_field_editor_set_value (dialog->editors[editor], &value, NULL);
  shequ_field_editor_set_shown (dialog->editors[editor], TRUE);
}

static void
take_file (Dialog *dialog, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequPushedFile) file = shequ_pushed_file_read (path, &error);

  if (file == NULL)
    {
      g_autofree char *message = g_strdup_printf (_ ("The file was not taken: %s"), error->message);

      set_problem (dialog, message);
      return;
    }
  set_problem (dialog, NULL);
  set_text (dialog, FILE_MARK, file->mark);
  if (file->picture != NULL)
    set_text (dialog, PICTURE, file->picture);
  if (file->text == NULL)
    return;
  set_text (dialog, WORDS, file->text);
  read_soon (dialog);
}

static gboolean
file_dropped (GtkDropTarget *target, const GValue *value, double x, double y, Dialog *dialog)
{
  g_autofree char *path = g_file_get_path (g_value_get_object (value));

  if (path != NULL)
    take_file (dialog, path);
  return path != NULL;
}

static void
file_chosen (GtkNativeDialog *chooser, int response, GtkWidget *window)
{
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "pushed");

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
      g_autofree char *path = g_file_get_path (file);

      if (path != NULL)
        take_file (dialog, path);
    }
  g_object_unref (chooser);
}

static void
choose_file (Dialog *dialog)
{
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_ ("Choose the notice or a picture of it"), GTK_WINDOW (dialog->window),
                                 GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), _ ("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (file_chosen), dialog->window, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
window_destroyed (Dialog *dialog)
{
  dialog->closed = TRUE;
  g_clear_handle_id (&dialog->read_id, g_source_remove);
  if (dialog->cancellable != NULL)
    g_cancellable_cancel (dialog->cancellable);
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, Dialog *dialog)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (dialog->window));

  /* A list that is open has its own keys. */
  if (focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL)
    return FALSE;
  if (key == GDK_KEY_Escape)
    gtk_window_destroy (GTK_WINDOW (dialog->window));
  else if ((key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) && (state & GDK_CONTROL_MASK) != 0)
    save (dialog);
  else
    return FALSE;
  return TRUE;
}

static GtkWidget *
new_head (Dialog *dialog)
{
  GtkWidget *head = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  GtkWidget *file = gtk_button_new_with_mnemonic (_ ("From a _file"));

  dialog->save = gtk_button_new_with_mnemonic (_ ("_Save"));
  gtk_widget_add_css_class (dialog->save, "suggested-action");
  gtk_widget_set_tooltip_text (dialog->save, _ ("Note the task (Ctrl+Enter)"));
  gtk_widget_set_tooltip_text (
    file, _ ("A notice as text, or a picture of the message; it can be dropped here, too"));
  g_signal_connect_swapped (dialog->save, "clicked", G_CALLBACK (save), dialog);
  g_signal_connect_swapped (file, "clicked", G_CALLBACK (choose_file), dialog);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_destroy), dialog->window);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (head), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (head), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (head), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (head), dialog->save);
  adw_header_bar_pack_end (ADW_HEADER_BAR (head), file);
  return head;
}

static GtkLabel *
new_text (const char *style)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (label), TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), style);
  return label;
}

static GtkWidget *
new_problem_box (Dialog *dialog)
{
  dialog->problem = new_text (NULL);
  dialog->problem_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_append (GTK_BOX (dialog->problem_box), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (dialog->problem_box), GTK_WIDGET (dialog->problem));
  gtk_widget_add_css_class (dialog->problem_box, "error");
  gtk_widget_set_visible (dialog->problem_box, FALSE);
  return dialog->problem_box;
}

static GtkWidget *
new_fields (Dialog *dialog)
{
  GtkWidget *group = adw_preferences_group_new ();

  for (guint i = 0; i < N_EDITORS; i++)
    {
      const ShequField *field = shequ_register_lookup (dialog->task->reg, field_names[i]);

      dialog->editors[i] = shequ_field_editor_new (dialog->office, field);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                 shequ_field_editor_get_row (dialog->editors[i]));
    }
  shequ_field_editor_set_shown (dialog->editors[FILE_MARK], FALSE);
  shequ_field_editor_set_shown (dialog->editors[PICTURE], FALSE);
  return group;
}

static GtkWidget *
new_standing (Dialog *dialog)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkLabel *heading = new_text ("heading");

  gtk_label_set_text (heading, _ ("What it stands on"));
  dialog->standing = new_text (NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What it stands on"), -1);
  gtk_label_set_text (dialog->standing, _ ("It is looked up while you type."));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (heading));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (dialog->standing));
  return box;
}

static void
build (Dialog *dialog)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  gtk_box_append (GTK_BOX (box), new_head (dialog));
  gtk_box_append (GTK_BOX (body), new_problem_box (dialog));
  gtk_box_append (GTK_BOX (body), new_fields (dialog));
  gtk_box_append (GTK_BOX (body), new_standing (dialog));
  gtk_widget_set_margin_top (body, 12);
  gtk_widget_set_margin_bottom (body, 18);
  gtk_widget_set_margin_start (body, 12);
  gtk_widget_set_margin_end (body, 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 620);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), body);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), scrolled);
  for (guint i = 0; i < N_EDITORS; i++)
    g_signal_connect (dialog->editors[i], "changed", G_CALLBACK (editor_changed), dialog);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), dialog);
  gtk_widget_add_controller (dialog->window, keys);
  g_signal_connect (drop, "drop", G_CALLBACK (file_dropped), dialog);
  gtk_widget_add_controller (dialog->window, GTK_EVENT_CONTROLLER (drop));
  adw_window_set_content (ADW_WINDOW (dialog->window), box);
}

/**
 * shequ_pushed_dialog_present:
 * @widget: who asks, and is told through #ShequFeedback how it ended
 * @office: where the task is noted
 *
 * Notes a task that somebody pushed down without admission: whoever pastes the message needs two keys more,
 * Ctrl+V and Ctrl+Enter.
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *
shequ_pushed_dialog_present (GtkWidget *widget, ShequOffice *office)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  Dialog *dialog = g_new0 (Dialog, 1);

  dialog->window = adw_window_new ();
  dialog->asker = g_object_ref (widget);
  dialog->office = g_object_ref (office);
  dialog->task = shequ_office_new_row (office, shequ_office_get_register (office, "application"));
  g_object_set_data_full (G_OBJECT (dialog->window), "pushed", dialog, dialog_free);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (dialog->window), GTK_WINDOW (root));
  gtk_window_set_modal (GTK_WINDOW (dialog->window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (dialog->window), 600, -1);
  gtk_window_set_title (GTK_WINDOW (dialog->window), _ ("Task without admission"));
  g_signal_connect_swapped (dialog->window, "destroy", G_CALLBACK (window_destroyed), dialog);
  build (dialog);
  gtk_window_present (GTK_WINDOW (dialog->window));
  gtk_widget_child_focus (shequ_field_editor_get_row (dialog->editors[WORDS]), GTK_DIR_TAB_FORWARD);
  return dialog->window;
}
