#include "shequ-visit-dialog.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-date.h"
#include "shequ-feedback.h"
#include "shequ-field-editor.h"

#define FOLLOW_UP "follow_up"

/* What is to be followed up is looked at again in a week, unless somebody says otherwise. */
#define FOLLOW_UP_DAYS 7

/* The fields below the result, in this order. */
enum
{
  NOTE,
  FOLLOW_UP_ON,
  WAY,
  ABOUT,
  N_EDITORS,
};

static const char *const field_names[N_EDITORS] = { "note", "follow_up_on", "way", "about" };

/* A dialog that is open, freed with it. */
typedef struct
{
  GtkWidget *window;
  GtkWidget *asker; /* is told how it ended */
  ShequOffice *office;
  gint64 household;
  gint64 resident;
  char *who;
  gboolean saving;
  gboolean closed;
  GtkToggleButton *results[9];
  const char *codes[9]; /* of the register */
  guint n_results;
  ShequFieldEditor *editors[N_EDITORS];
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
  g_free (dialog->who);
  g_free (dialog);
}

static const char *
get_result (const Dialog *dialog)
{
  for (guint i = 0; i < dialog->n_results; i++)
    {
      if (gtk_toggle_button_get_active (dialog->results[i]))
        return dialog->codes[i];
    }
  return NULL;
}

static char *
read_editor (const Dialog *dialog, guint editor)
{
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  shequ_field_editor_get_value (dialog->editors[editor], &value, issues);
  return shequ_value_is_null (&value) || value.type != SHEQU_VALUE_TEXT ? NULL : g_strdup (value.text);
}

static void
set_text (const Dialog *dialog, guint editor, const char *text)
{
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  if (text != NULL)
    shequ_value_set_text (&value, text);
  shequ_field_editor_set_value (dialog->editors[editor], &value, NULL);
}

static char *
propose_day (const Dialog *dialog)
{
  g_autofree char *today = shequ_office_get_today (dialog->office);
  char text[SHEQU_DATE_TEXT_SIZE];
  ShequDate date;

  if (!shequ_date_from_iso (today, &date))
    return NULL;
  date = shequ_date_add_days (&date, FOLLOW_UP_DAYS);
  shequ_date_to_iso (&date, text);
  return g_strdup (text);
}

static void
result_toggled (GtkToggleButton *button, Dialog *dialog)
{
  gboolean follow = g_strcmp0 (get_result (dialog), FOLLOW_UP) == 0;
  g_autofree char *typed = read_editor (dialog, FOLLOW_UP_ON);
  g_autofree char *day = follow && typed == NULL ? propose_day (dialog) : NULL;

  if (!gtk_toggle_button_get_active (button))
    return;
  shequ_field_editor_set_shown (dialog->editors[FOLLOW_UP_ON], follow);
  if (day != NULL)
    set_text (dialog, FOLLOW_UP_ON, day);
  else if (!follow)
    set_text (dialog, FOLLOW_UP_ON, NULL);
}

static void
set_problem (Dialog *dialog, const char *message)
{
  gtk_label_set_text (dialog->problem, message != NULL ? message : "");
  gtk_widget_set_visible (dialog->problem_box, message != NULL);
}

static void
take_back (ShequOffice *office, gint64 key, GAsyncReadyCallback callback, gpointer user_data)
{
  shequ_office_delete_async (office, shequ_office_get_register (office, "visit"), key, 1, NULL, callback,
                             user_data);
}

static void
tell (const Dialog *dialog, gint64 key)
{
  g_autofree char *message = g_strdup_printf (_ ("The visit to %s is logged"), dialog->who);

  shequ_feedback_offer_to_take_back (dialog->asker, message, dialog->office, key, take_back,
                                     shequ_office_delete_finish, _ ("The visit was not taken back."));
}

static void
logged_visit (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "visit");
  g_autoptr (GError) error = NULL;
  gint64 key = shequ_visits_log_finish (SHEQU_OFFICE (source), result, &error);

  dialog->saving = FALSE;
  if (key != 0)
    tell (dialog, key);
  else if (dialog->closed)
    shequ_feedback_show_error (dialog->asker, _ ("The visit was not logged."), error);
  else
    set_problem (dialog, error->message);
  if (dialog->closed)
    return;
  gtk_widget_set_sensitive (dialog->save, TRUE);
  if (key != 0)
    gtk_window_destroy (GTK_WINDOW (window));
}

static void
save (Dialog *dialog)
{
  g_autofree char *way = read_editor (dialog, WAY);
  g_autofree char *about = read_editor (dialog, ABOUT);
  g_autofree char *note = read_editor (dialog, NOTE);
  g_autofree char *follow_up_on = read_editor (dialog, FOLLOW_UP_ON);
  ShequVisit visit = { .household = dialog->household,
                       .resident = dialog->resident,
                       .way = way,
                       .about = about,
                       .result = get_result (dialog),
                       .note = note,
                       .follow_up_on = follow_up_on };

  if (dialog->saving)
    return;
  dialog->saving = TRUE;
  gtk_widget_set_sensitive (dialog->save, FALSE);
  shequ_visits_log_async (dialog->office, &visit, NULL, logged_visit, g_object_ref (dialog->window));
}

static void
window_destroyed (Dialog *dialog)
{
  dialog->closed = TRUE;
}

/* A digit chooses a result as long as nothing is typed; Enter is enough to save, but in a long text. */
static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, Dialog *dialog)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (dialog->window));
  gboolean typing = focus != NULL && (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus));
  gboolean enter = key == GDK_KEY_Return || key == GDK_KEY_KP_Enter;
  gunichar digit = gdk_keyval_to_unicode (key);

  /* A list that is open has its own keys. */
  if (focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL)
    return FALSE;
  if (key == GDK_KEY_Escape)
    {
      gtk_window_destroy (GTK_WINDOW (dialog->window));
      return TRUE;
    }
  if (enter && ((state & GDK_CONTROL_MASK) != 0 || (state & gtk_accelerator_get_default_mod_mask ()) == 0) &&
      !(GTK_IS_TEXT_VIEW (focus) && (state & GDK_CONTROL_MASK) == 0) &&
      !(GTK_IS_BUTTON (focus) && !GTK_IS_TOGGLE_BUTTON (focus)))
    {
      save (dialog);
      return TRUE;
    }
  if (!typing && digit >= '1' && digit < '1' + dialog->n_results)
    {
      gtk_toggle_button_set_active (dialog->results[digit - '1'], TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (dialog->results[digit - '1']));
      return TRUE;
    }
  return FALSE;
}

static GtkWidget *
new_results (Dialog *dialog, const ShequField *field)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, field->label, -1);
  dialog->n_results = MIN (field->codes->codes->len, G_N_ELEMENTS (dialog->results));
  for (guint i = 0; i < dialog->n_results; i++)
    {
      const ShequCode *result = g_ptr_array_index (field->codes->codes, i);
      g_autofree char *label = g_strdup_printf ("%u %s", i + 1, result->label);
      GtkWidget *button = gtk_toggle_button_new_with_label (label);

      dialog->results[i] = GTK_TOGGLE_BUTTON (button);
      dialog->codes[i] = result->code;
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), dialog->results[0]);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

static GtkWidget *
new_fields (Dialog *dialog, const ShequRegister *reg)
{
  GtkWidget *group = adw_preferences_group_new ();

  for (guint i = 0; i < N_EDITORS; i++)
    {
      const ShequField *field = shequ_register_lookup (reg, field_names[i]);

      dialog->editors[i] = shequ_field_editor_new (dialog->office, field);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                 shequ_field_editor_get_row (dialog->editors[i]));
      if (field->default_text != NULL)
        set_text (dialog, i, field->default_text);
    }
  shequ_field_editor_set_shown (dialog->editors[FOLLOW_UP_ON], FALSE);
  return group;
}

static GtkWidget *
new_problem_box (Dialog *dialog)
{
  GtkWidget *label = gtk_label_new (NULL);

  dialog->problem = GTK_LABEL (label);
  gtk_label_set_wrap (dialog->problem, TRUE);
  gtk_label_set_xalign (dialog->problem, 0);
  dialog->problem_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_append (GTK_BOX (dialog->problem_box), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (dialog->problem_box), label);
  gtk_widget_add_css_class (dialog->problem_box, "error");
  gtk_widget_set_visible (dialog->problem_box, FALSE);
  return dialog->problem_box;
}

static GtkWidget *
new_head (Dialog *dialog)
{
  GtkWidget *head = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  dialog->save = gtk_button_new_with_mnemonic (_ ("_Save"));
  gtk_widget_add_css_class (dialog->save, "suggested-action");
  gtk_widget_set_tooltip_text (dialog->save, _ ("Log the visit (Enter)"));
  g_signal_connect_swapped (dialog->save, "clicked", G_CALLBACK (save), dialog);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_destroy), dialog->window);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (head), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (head), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (head), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (head), dialog->save);
  return head;
}

static void
build (Dialog *dialog, const ShequRegister *reg)
{
  const ShequField *result = shequ_register_lookup (reg, "result");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_box_append (GTK_BOX (box), new_head (dialog));
  gtk_box_append (GTK_BOX (body), new_problem_box (dialog));
  gtk_box_append (GTK_BOX (body), new_results (dialog, result));
  gtk_box_append (GTK_BOX (body), new_fields (dialog, reg));
  gtk_widget_set_margin_top (body, 12);
  gtk_widget_set_margin_bottom (body, 18);
  gtk_widget_set_margin_start (body, 12);
  gtk_widget_set_margin_end (body, 12);
  gtk_box_append (GTK_BOX (box), body);
  for (guint i = 0; i < dialog->n_results; i++)
    g_signal_connect (dialog->results[i], "toggled", G_CALLBACK (result_toggled), dialog);
  gtk_toggle_button_set_active (dialog->results[0], TRUE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), dialog);
  gtk_widget_add_controller (dialog->window, keys);
  adw_window_set_content (ADW_WINDOW (dialog->window), box);
}

/**
 * shequ_visit_dialog_present:
 * @widget: who asks, and is told through #ShequFeedback how it ended
 * @office: where the visit is kept
 * @household: who was visited, or 0
 * @resident: who was visited, or 0
 * @who: their name
 *
 * Logs a visit of today in two keys and more if there is more to say: a digit for the result, Enter.
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *
shequ_visit_dialog_present (GtkWidget *widget,
                            ShequOffice *office,
                            gint64 household,
                            gint64 resident,
                            const char *who)
{
  const ShequRegister *reg = shequ_office_get_register (office, "visit");
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *title = g_strdup_printf (_ ("Visit %s"), who);
  Dialog *dialog = g_new0 (Dialog, 1);

  dialog->window = adw_window_new ();
  dialog->asker = g_object_ref (widget);
  dialog->office = g_object_ref (office);
  dialog->household = household;
  dialog->resident = resident;
  dialog->who = g_strdup (who);
  g_object_set_data_full (G_OBJECT (dialog->window), "visit", dialog, dialog_free);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (dialog->window), GTK_WINDOW (root));
  gtk_window_set_modal (GTK_WINDOW (dialog->window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (dialog->window), 520, -1);
  gtk_window_set_title (GTK_WINDOW (dialog->window), title);
  g_signal_connect_swapped (dialog->window, "destroy", G_CALLBACK (window_destroyed), dialog);
  build (dialog, reg);
  gtk_window_present (GTK_WINDOW (dialog->window));
  gtk_widget_grab_focus (GTK_WIDGET (dialog->results[0]));
  return dialog->window;
}
