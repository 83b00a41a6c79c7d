#include "shequ-shift-pane.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-feedback.h"
#include "shequ-time.h"

#define MOST_CANDIDATES 100

struct _ShequShiftPane
{
  GtkWidget parent_instance;

  ShequOffice *office;
  GtkWidget *scrolled;
  GtkLabel *title;
  GtkLabel *detail;
  GtkListBox *assigned;
  GtkWidget *nobody;
  GtkListBox *candidates;
  GtkWidget *candidates_label;
  gint64 shift; /* or 0 */
  int minutes;
  GCancellable *cancellable;
  gboolean focus; /* the first candidate is to have the focus when the list is there */
};

G_DEFINE_FINAL_TYPE (ShequShiftPane, shequ_shift_pane, GTK_TYPE_WIDGET)

/* What a way back needs: put on again, or take off again. */
typedef struct
{
  ShequShiftPane *pane;
  gint64 shift;
  gint64 volunteer;
  gint64 assignment;
} Change;

static Change *
change_new (ShequShiftPane *pane, gint64 shift, gint64 volunteer, gint64 assignment)
{
  Change *change = g_new0 (Change, 1);

  change->pane = g_object_ref (pane);
  change->shift = shift;
  change->volunteer = volunteer;
  change->assignment = assignment;
  return change;
}

static void
change_free (gpointer data)
{
  Change *change = data;

  g_object_unref (change->pane);
  g_free (change);
}

static void
tell_error (ShequShiftPane *self, const char *what, const GError *error)
{
  if (self->scrolled != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    shequ_feedback_show_error (GTK_WIDGET (self), what, error);
}

static void
taken_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequShiftPane) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!shequ_volunteers_done_finish (SHEQU_OFFICE (source), result, &error))
    tell_error (self, _ ("The change was not taken back."), error);
}

static void
undo_assign (gpointer data)
{
  const Change *change = data;

  shequ_volunteers_unassign_async (change->pane->office, change->assignment, NULL, taken_back,
                                   g_object_ref (change->pane));
}

static void
assigned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequShiftPane) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 assignment = shequ_volunteers_assign_finish (SHEQU_OFFICE (source), result, &error);

  if (self->scrolled == NULL)
    return;
  if (assignment == 0)
    tell_error (self, _ ("The volunteer was not assigned."), error);
  else
    shequ_feedback_offer_undo (GTK_WIDGET (self), _ ("Assigned"), undo_assign,
                               change_new (self, 0, 0, assignment), change_free);
}

static void
assign (ShequShiftPane *self, gint64 shift, gint64 volunteer)
{
  self->focus = TRUE;
  shequ_volunteers_assign_async (self->office, shift, volunteer, NULL, assigned, g_object_ref (self));
}

static void
assigned_again (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequShiftPane) self = user_data;
  g_autoptr (GError) error = NULL;

  if (shequ_volunteers_assign_finish (SHEQU_OFFICE (source), result, &error) == 0)
    tell_error (self, _ ("The change was not taken back."), error);
}

static void
undo_unassign (gpointer data)
{
  const Change *change = data;

  shequ_volunteers_assign_async (change->pane->office, change->shift, change->volunteer, NULL, assigned_again,
                                 g_object_ref (change->pane));
}

static void
unassigned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Change *change = user_data;
  g_autoptr (ShequShiftPane) self = g_object_ref (change->pane);
  g_autoptr (GError) error = NULL;
  gboolean done = shequ_volunteers_done_finish (SHEQU_OFFICE (source), result, &error);

  if (done && self->scrolled != NULL)
    {
      shequ_feedback_offer_undo (GTK_WIDGET (self), _ ("Taken off the shift"), undo_unassign, change,
                                 change_free);
      return;
    }
  if (!done)
    tell_error (self, _ ("The volunteer stays on the shift."), error);
  change_free (change);
}

static void
unassign_clicked (GtkWidget *button, ShequShiftPane *self)
{
  const Change *of = g_object_get_data (G_OBJECT (button), "change");

  shequ_volunteers_unassign_async (self->office, of->assignment, NULL, unassigned,
                                   change_new (self, of->shift, of->volunteer, of->assignment));
}

static void
recorded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequShiftPane) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!shequ_volunteers_done_finish (SHEQU_OFFICE (source), result, &error))
    tell_error (self, _ ("The hours were not recorded."), error);
  else if (self->scrolled != NULL)
    shequ_feedback_say (GTK_WIDGET (self), _ ("The hours are recorded."));
}

static void
served_clicked (GtkWidget *button, ShequShiftPane *self)
{
  GtkSpinButton *minutes = g_object_get_data (G_OBJECT (button), "minutes");
  const gint64 *assignment = g_object_get_data (G_OBJECT (button), "assignment");

  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (button, GTK_TYPE_POPOVER)));
  shequ_volunteers_record_async (self->office, *assignment, TRUE, gtk_spin_button_get_value_as_int (minutes),
                                 NULL, recorded, g_object_ref (self));
}

static void
absent_clicked (GtkWidget *button, ShequShiftPane *self)
{
  const gint64 *assignment = g_object_get_data (G_OBJECT (button), "assignment");

  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (button, GTK_TYPE_POPOVER)));
  shequ_volunteers_record_async (self->office, *assignment, FALSE, 0, NULL, recorded, g_object_ref (self));
}

static GtkWidget *
new_record_button (ShequShiftPane *self,
                   gint64 assignment,
                   GtkWidget *minutes,
                   const char *label,
                   GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gint64 *key = g_new (gint64, 1);

  *key = assignment;
  g_object_set_data_full (G_OBJECT (button), "assignment", key, g_free);
  g_object_set_data (G_OBJECT (button), "minutes", minutes);
  g_signal_connect_object (button, "clicked", clicked, self, 0);
  return button;
}

/* The minutes of the plan are offered; the clerk corrects them. */
static GtkWidget *
new_hours_button (ShequShiftPane *self, const ShequRow *row, const char *who)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *minutes = gtk_spin_button_new_with_range (0, 1440, 5);
  g_autofree char *name = g_strdup_printf (_ ("Record the hours of %s"), who);
  gint64 served = shequ_row_get_integer (row, "minutes");

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (minutes), served > 0 ? (double) served : self->minutes);
  gtk_accessible_update_property (GTK_ACCESSIBLE (minutes), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Minutes served"), -1);
  gtk_box_append (GTK_BOX (box), gtk_label_new (_ ("Minutes served")));
  gtk_box_append (GTK_BOX (box), minutes);
  gtk_box_append (GTK_BOX (box),
                  new_record_button (self, row->key, minutes, _ ("_Served"), G_CALLBACK (served_clicked)));
  gtk_box_append (GTK_BOX (box),
                  new_record_button (self, row->key, minutes, _ ("_Absent"), G_CALLBACK (absent_clicked)));
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "alarm-symbolic");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static GtkWidget *
new_unassign_button (ShequShiftPane *self, const ShequRow *row, const char *who)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *name = g_strdup_printf (_ ("Take %s off the shift"), who);
  Change *of = g_new0 (Change, 1);

  of->shift = self->shift;
  of->volunteer = shequ_row_get_integer (row, "volunteer");
  of->assignment = row->key;
  g_object_set_data_full (G_OBJECT (button), "change", of, g_free);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (unassign_clicked), self, 0);
  return button;
}

static GtkWidget *
new_assigned_row (ShequShiftPane *self, const ShequRow *row)
{
  GtkWidget *widget = adw_action_row_new ();
  g_autofree char *who = shequ_row_expand (row, "{volunteer}", SHEQU_FORMAT_PLAIN);
  g_autofree char *state = shequ_row_expand (row, "{status}", SHEQU_FORMAT_PLAIN);
  g_autofree char *markup = g_markup_escape_text (who, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), state);
  adw_action_row_add_suffix (ADW_ACTION_ROW (widget), new_hours_button (self, row, who));
  adw_action_row_add_suffix (ADW_ACTION_ROW (widget), new_unassign_button (self, row, who));
  return widget;
}

static char *
list_obstacles (const ShequCandidate *candidate)
{
  g_autoptr (GString) text = g_string_new (candidate->is_free ? _ ("Free") : NULL);

  for (guint i = 0; i < candidate->obstacles->len; i++)
    {
      const ShequObstacle *obstacle = g_ptr_array_index (candidate->obstacles, i);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", obstacle->text);
    }
  return g_strdup (text->str);
}

static gboolean
is_on_shift (const ShequCandidate *candidate)
{
  for (guint i = 0; i < candidate->obstacles->len; i++)
    {
      if (((const ShequObstacle *) g_ptr_array_index (candidate->obstacles, i))->kind ==
          SHEQU_OBSTACLE_ASSIGNED)
        return TRUE;
    }
  return FALSE;
}

static GtkWidget *
new_candidate_row (const ShequCandidate *candidate)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *who = shequ_row_get_title (candidate->volunteer);
  g_autofree char *text = list_obstacles (candidate);
  g_autofree char *who_markup = g_markup_escape_text (who, -1);
  g_autofree char *text_markup = g_markup_escape_text (text, -1);
  gint64 *key = g_new (gint64, 1);
  GtkWidget *icon =
    gtk_image_new_from_icon_name (candidate->is_free ? "list-add-symbolic" : "action-unavailable-symbolic");

  *key = candidate->is_free ? candidate->volunteer->key : 0;
  g_object_set_data_full (G_OBJECT (row), "volunteer", key, g_free);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), who_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text_markup);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), candidate->is_free);
  if (!candidate->is_free)
    gtk_widget_add_css_class (row, "dim-label");
  return row;
}

static void
clear (GtkListBox *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
}

static void
candidates_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequShiftPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) candidates = shequ_volunteers_list_finish (SHEQU_OFFICE (source), result, &error);
  guint n_shown = 0;

  if (candidates == NULL)
    tell_error (self, _ ("The volunteers cannot be shown."), error);
  if (candidates == NULL || self->scrolled == NULL)
    return;
  clear (self->candidates);
  for (guint i = 0; i < candidates->len && n_shown < MOST_CANDIDATES; i++)
    {
      const ShequCandidate *candidate = g_ptr_array_index (candidates, i);

      if (is_on_shift (candidate))
        continue;
      gtk_list_box_append (self->candidates, new_candidate_row (candidate));
      n_shown++;
    }
  gtk_label_set_text (GTK_LABEL (self->candidates_label), n_shown > 0
                                                            ? _ ("Who can come · Enter assigns")
                                                            : _ ("No other volunteer is in service"));
  if (self->focus && n_shown > 0)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->candidates, 0)));
  self->focus = FALSE;
}

static void
candidate_activated (GtkListBox *list, GtkListBoxRow *row, ShequShiftPane *self)
{
  const gint64 *volunteer = g_object_get_data (G_OBJECT (row), "volunteer");

  if (*volunteer != 0 && self->shift != 0)
    assign (self, self->shift, *volunteer);
}

static int
get_minutes (const ShequRow *row)
{
  ShequShift shift = { 0 };

  shift.day = shequ_row_get_text (row, "day");
  if (!shequ_time_parse (shequ_row_get_text (row, "start"), &shift.start, NULL) ||
      !shequ_time_parse (shequ_row_get_text (row, "end"), &shift.end, NULL))
    return 0;
  return shequ_shift_get_minutes (&shift);
}

/**
 * shequ_shift_pane_show:
 * @self: the pane
 * @shift: (nullable): a shift of the roster
 *
 * Shows a shift, and asks who could serve on it.
 */
void
shequ_shift_pane_show (ShequShiftPane *self, const ShequRosterShift *shift)
{
  g_autofree char *detail = NULL;

  g_return_if_fail (SHEQU_IS_SHIFT_PANE (self));

  gtk_widget_set_visible (GTK_WIDGET (self), shift != NULL);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (shift == NULL)
    {
      self->shift = 0;
      return;
    }
  if (self->shift != shift->shift->key)
    clear (self->candidates);
  self->shift = shift->shift->key;
  self->minutes = get_minutes (shift->shift);
  detail = shequ_row_expand (shift->shift, "{day} {start}–{end} · {place} · {team}", SHEQU_FORMAT_PLAIN);
  gtk_label_set_text (self->title, shequ_row_get_text (shift->shift, "title"));
  gtk_label_set_text (self->detail, detail);
  clear (self->assigned);
  for (guint i = 0; i < shift->assignments->len; i++)
    gtk_list_box_append (self->assigned, new_assigned_row (self, g_ptr_array_index (shift->assignments, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->assigned), shift->assignments->len > 0);
  gtk_widget_set_visible (self->nobody, shift->assignments->len == 0);
  self->cancellable = g_cancellable_new ();
  shequ_volunteers_list_candidates_async (self->office, self->shift, self->cancellable, candidates_listed,
                                          g_object_ref (self));
}

/**
 * shequ_shift_pane_focus_candidates:
 * @self: the pane
 *
 * Puts the focus on who is free first, now or as soon as that is known.
 */
void
shequ_shift_pane_focus_candidates (ShequShiftPane *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->candidates, 0);

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  else
    self->focus = TRUE;
}

static void
shequ_shift_pane_dispose (GObject *object)
{
  ShequShiftPane *self = SHEQU_SHIFT_PANE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_shift_pane_parent_class)->dispose (object);
}

static void
shequ_shift_pane_class_init (ShequShiftPaneClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_shift_pane_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_label (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css);
  return label;
}

static GtkListBox *
new_list (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_LIST_BOX (list);
}

static void
shequ_shift_pane_init (ShequShiftPane *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->title = GTK_LABEL (new_label (NULL, "title-3"));
  self->detail = GTK_LABEL (new_label (NULL, "dim-label"));
  self->assigned = new_list (_ ("Assigned"));
  self->nobody = new_label (_ ("Nobody yet"), "dim-label");
  self->candidates = new_list (_ ("Who can come"));
  self->candidates_label = new_label (_ ("Who can come · Enter assigns"), "heading");
  g_signal_connect (self->candidates, "row-activated", G_CALLBACK (candidate_activated), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->detail));
  gtk_box_append (GTK_BOX (box), new_label (_ ("Assigned"), "heading"));
  gtk_box_append (GTK_BOX (box), self->nobody);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->assigned));
  gtk_box_append (GTK_BOX (box), self->candidates_label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->candidates));
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), box);
  gtk_widget_set_size_request (self->scrolled, 280, -1);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

ShequShiftPane *
shequ_shift_pane_new (ShequOffice *office)
{
  ShequShiftPane *self = g_object_new (SHEQU_TYPE_SHIFT_PANE, "visible", FALSE, NULL);

  self->office = g_object_ref (office);
  return self;
}
