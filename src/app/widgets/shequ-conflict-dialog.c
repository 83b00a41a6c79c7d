#include "shequ-conflict-dialog.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-feedback.h"
#include "shequ-time.h"
#include "shequ-unmask-bar.h"
#include "shequ-unmask.h"

struct _ShequConflictDialog
{
  AdwWindow parent_instance;

  ShequConflict *conflict;
  ShequOffice *office;
  GtkWidget *body;
  GtkWidget *reveal;   /* (nullable) */
  guint unmask_source; /* 0 but for the minute in which it is shown as it is */
  GPtrArray *values;   /* of Value: what is shown masked until it is asked for */
};

/* A row that shows a value. */
typedef struct
{
  AdwActionRow *row; /* not owned */
  const ShequField *field;
  ShequConflictValue value;
  gboolean with_base; /* shown as a change from what it was */
} Value;

enum
{
  SIGNAL_RESOLVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequConflictDialog, shequ_conflict_dialog, ADW_TYPE_WINDOW)

static char *
format (ShequConflictDialog *self, const ShequField *field, ShequConflictValue value, gboolean masked)
{
  char *text =
    shequ_conflict_format (self->conflict, field, value, masked ? SHEQU_FORMAT_MASKED : SHEQU_FORMAT_PLAIN);

  if (*text != '\0')
    return text;
  g_free (text);
  return g_strdup (_ ("nothing"));
}

static void
show_value (ShequConflictDialog *self, const Value *value, gboolean masked)
{
  g_autofree char *text = format (self, value->field, value->value, masked);
  g_autofree char *base = NULL;
  g_autofree char *both = NULL;

  if (value->with_base)
    {
      base = format (self, value->field, SHEQU_CONFLICT_BASE_VALUE, masked);
      both = g_strdup_printf ("%s → %s", base, text);
    }
  adw_action_row_set_subtitle (value->row, both != NULL ? both : text);
}

static void
show_values (ShequConflictDialog *self, gboolean masked)
{
  for (guint i = 0; i < self->values->len; i++)
    show_value (self, g_ptr_array_index (self->values, i), masked);
}

static gboolean
time_is_up (gpointer data)
{
  ShequConflictDialog *self = data;

  self->unmask_source = 0;
  show_values (self, TRUE);
  gtk_widget_show (self->reveal);
  return G_SOURCE_REMOVE;
}

static void
unmasked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequConflictDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (shequ_unmask_finish (SHEQU_OFFICE (source), result, &error))
    {
      /* It may have been closed meanwhile. */
      if (self->values->len == 0)
        return;
      show_values (self, FALSE);
      gtk_widget_hide (self->reveal);
      g_clear_handle_id (&self->unmask_source, g_source_remove);
      self->unmask_source = g_timeout_add_seconds (SHEQU_UNMASK_SECONDS, time_is_up, self);
    }
  else
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("What is masked was not shown."), error);
}

static void
purpose_given (const char *purpose, gpointer data)
{
  ShequConflictDialog *self = data;

  shequ_unmask_async (self->office, self->conflict->mine, purpose, NULL, unmasked, g_object_ref (self));
}

static void
reveal_clicked (ShequConflictDialog *self)
{
  shequ_unmask_ask (GTK_WIDGET (self), purpose_given, g_object_ref (self), g_object_unref);
}

static AdwActionRow *
add_value (ShequConflictDialog *self,
           GtkWidget *group,
           const char *title,
           const ShequField *field,
           ShequConflictValue which,
           gboolean with_base)
{
  GtkWidget *row = adw_action_row_new ();
  Value *value = g_new0 (Value, 1);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  value->row = ADW_ACTION_ROW (row);
  value->field = field;
  value->value = which;
  value->with_base = with_base;
  g_ptr_array_add (self->values, value);
  return value->row;
}

/* Who and when, as `李四 10:32`. */
static char *
describe_other (ShequConflictDialog *self, const ShequConflictField *field)
{
  const char *user = field != NULL && field->user != NULL ? field->user : self->conflict->user;
  const char *moment = field != NULL && field->moment != NULL ? field->moment : self->conflict->moment;
  g_autofree char *when = NULL;
  gint64 seconds;

  if (user == NULL)
    return g_strdup (_ ("somebody else"));
  if (moment == NULL || !shequ_moment_from_utc (moment, &seconds))
    return g_strdup (user);
  when = shequ_moment_format (seconds);
  return g_strdup_printf ("%s · %s", user, when);
}

static void
choice_toggled (GtkCheckButton *button, ShequConflictField *field)
{
  field->take_mine = gtk_check_button_get_active (button);
}

static GtkWidget *
new_check (AdwActionRow *row, const ShequField *field, const char *title, GtkWidget *group)
{
  GtkWidget *check = gtk_check_button_new ();
  /* Translators: a field, what is done with it */
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), field->label, title);

  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (group));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_prefix (row, check);
  adw_action_row_set_activatable_widget (row, check);
  return check;
}

/* A field that both sides changed: one of the two is stored. */
static GtkWidget *
new_choice (ShequConflictDialog *self, ShequConflictField *field)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *other = describe_other (self, field);
  g_autofree char *take_theirs = g_strdup_printf (_ ("Take over from %s"), other);
  const char *keep_mine = _ ("Keep what I typed");
  g_autofree char *label = g_markup_escape_text (field->field->label, -1);
  AdwActionRow *row;
  GtkWidget *mine, *theirs;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), label);
  row = add_value (self, group, keep_mine, field->field, SHEQU_CONFLICT_MY_VALUE, FALSE);
  mine = new_check (row, field->field, keep_mine, NULL);
  row = add_value (self, group, take_theirs, field->field, SHEQU_CONFLICT_THEIR_VALUE, FALSE);
  theirs = new_check (row, field->field, take_theirs, mine);
  add_value (self, group, _ ("It was"), field->field, SHEQU_CONFLICT_BASE_VALUE, FALSE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (field->take_mine ? mine : theirs), TRUE);
  g_signal_connect (mine, "toggled", G_CALLBACK (choice_toggled), field);
  return group;
}

/* What needs no choice, and who did it. */
static GtkWidget *
new_merged (ShequConflictDialog *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  guint n = 0;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Fits together by itself"));
  for (guint i = 0; i < self->conflict->fields->len; i++)
    {
      const ShequConflictField *field = g_ptr_array_index (self->conflict->fields, i);
      gboolean mine = field->kind == SHEQU_CONFLICT_MINE;
      g_autofree char *other = mine ? NULL : describe_other (self, field);
      g_autofree char *title = NULL;

      if (field->kind == SHEQU_CONFLICT_BOTH)
        continue;
      /* Translators: a field, who changed it */
      title = g_strdup_printf (_ ("%s (%s)"), field->field->label,
                               mine                                 ? _ ("typed by you")
                               : field->kind == SHEQU_CONFLICT_SAME ? _ ("both the same")
                                                                    : other);
      add_value (self, group, title, field->field,
                 mine ? SHEQU_CONFLICT_MY_VALUE : SHEQU_CONFLICT_THEIR_VALUE, TRUE);
      n++;
    }
  gtk_widget_set_visible (group, n > 0);
  return group;
}

static char *
describe (ShequConflictDialog *self)
{
  g_autofree char *other = describe_other (self, NULL);

  if (self->conflict->theirs->deleted)
    return g_strdup_printf (
      _ ("The record was deleted by %s while you were editing it. What you typed is still "
         "here; saving brings the record back."),
      other);
  if (shequ_conflict_count (self->conflict, SHEQU_CONFLICT_BOTH) == 0)
    return g_strdup_printf (
      _ ("%s saved this record while you were editing it. The changes do not touch each "
         "other; saving keeps both."),
      other);
  return g_strdup_printf (
    _ ("%s saved this record while you were editing it. Choose what is to be kept where "
       "both changed the same; nothing you typed is lost."),
    other);
}

static gboolean
has_masked (ShequConflictDialog *self)
{
  for (guint i = 0; i < self->conflict->fields->len; i++)
    {
      const ShequConflictField *field = g_ptr_array_index (self->conflict->fields, i);

      if (field->field->sensitivity >= SHEQU_SENSITIVITY_MASKED)
        return TRUE;
    }
  return FALSE;
}

static void
save_clicked (ShequConflictDialog *self)
{
  g_signal_emit (self, signals[SIGNAL_RESOLVED], 0);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
shequ_conflict_dialog_dispose (GObject *object)
{
  ShequConflictDialog *self = SHEQU_CONFLICT_DIALOG (object);

  g_ptr_array_set_size (self->values, 0);
  g_clear_handle_id (&self->unmask_source, g_source_remove);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_conflict_dialog_parent_class)->dispose (object);
}

static void
shequ_conflict_dialog_finalize (GObject *object)
{
  ShequConflictDialog *self = SHEQU_CONFLICT_DIALOG (object);

  g_clear_pointer (&self->conflict, shequ_conflict_free);
  g_ptr_array_unref (self->values);
  G_OBJECT_CLASS (shequ_conflict_dialog_parent_class)->finalize (object);
}

static void
shequ_conflict_dialog_class_init (ShequConflictDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = shequ_conflict_dialog_dispose;
  G_OBJECT_CLASS (class)->finalize = shequ_conflict_dialog_finalize;
  signals[SIGNAL_RESOLVED] = g_signal_new ("resolved", SHEQU_TYPE_CONFLICT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
shequ_conflict_dialog_init (ShequConflictDialog *self)
{
  self->values = g_ptr_array_new_with_free_func (g_free);
}

static GtkWidget *
new_head (ShequConflictDialog *self)
{
  GtkWidget *head = adw_header_bar_new ();
  GtkWidget *back = gtk_button_new_with_mnemonic (_ ("_Back to the form"));
  GtkWidget *save =
    gtk_button_new_with_mnemonic (self->conflict->theirs->deleted ? _ ("_Bring back and save") : _ ("_Save"));

  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (head), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (head), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (head), back);
  adw_header_bar_pack_end (ADW_HEADER_BAR (head), save);
  gtk_widget_add_css_class (save, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (back), "window.close");
  g_signal_connect_swapped (save, "clicked", G_CALLBACK (save_clicked), self);
  gtk_window_set_default_widget (GTK_WINDOW (self), save);
  if (has_masked (self))
    {
      GtkWidget *reveal = gtk_button_new ();

      gtk_button_set_icon_name (GTK_BUTTON (reveal), "view-reveal-symbolic");
      gtk_widget_set_tooltip_text (reveal, _ ("Show numbers in full"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (reveal), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Show numbers in full"), -1);
      g_signal_connect_swapped (reveal, "clicked", G_CALLBACK (reveal_clicked), self);
      self->reveal = reveal;
      adw_header_bar_pack_end (ADW_HEADER_BAR (head), reveal);
    }
  return head;
}

static GtkWidget *
new_body (ShequConflictDialog *self)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  g_autofree char *text = describe (self);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (body), label);
  for (guint i = 0; i < self->conflict->fields->len; i++)
    {
      ShequConflictField *field = g_ptr_array_index (self->conflict->fields, i);

      if (field->kind == SHEQU_CONFLICT_BOTH)
        gtk_box_append (GTK_BOX (body), new_choice (self, field));
    }
  gtk_box_append (GTK_BOX (body), new_merged (self));
  gtk_widget_set_margin_top (body, 12);
  gtk_widget_set_margin_bottom (body, 18);
  gtk_widget_set_margin_start (body, 18);
  gtk_widget_set_margin_end (body, 18);
  return body;
}

static void
build (ShequConflictDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_box_append (GTK_BOX (box), new_head (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 520);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), new_body (self));
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (self), box);
  show_values (self, TRUE);
}

/**
 * shequ_conflict_dialog_present:
 * @parent: the form whose record was stored by somebody else
 * @office: whose record it is
 * @conflict: (transfer full): what happened
 *
 * Returns: (transfer none): the dialog, for its signal
 */
ShequConflictDialog *
shequ_conflict_dialog_present (GtkWidget *parent, ShequOffice *office, ShequConflict *conflict)
{
  ShequConflictDialog *self = g_object_new (SHEQU_TYPE_CONFLICT_DIALOG, NULL);
  GtkRoot *root = gtk_widget_get_root (parent);

  self->office = g_object_ref (office);
  self->conflict = conflict;
  if (root != NULL)
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 520, -1);
  gtk_window_set_title (GTK_WINDOW (self),
                        conflict->theirs->deleted ? _ ("Deleted by somebody else") : _ ("Changed by two"));
  build (self);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

/**
 * shequ_conflict_dialog_take_conflict:
 * @self: a dialog that emits `resolved`
 *
 * Returns: (transfer full): the conflict as it was resolved
 */
ShequConflict *
shequ_conflict_dialog_take_conflict (ShequConflictDialog *self)
{
  return g_steal_pointer (&self->conflict);
}
