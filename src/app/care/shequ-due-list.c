#include "shequ-due-list.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-feedback.h"

/* A week is planned ahead. */
#define DAYS_AHEAD 7

/* More than a list can show with sense. */
#define MOST_SHOWN 500

#define REFRESH_MILLISECONDS 100

struct _ShequDueList
{
  GtkWidget parent_instance;

  ShequOffice *office;
  GPtrArray *due; /* (nullable) (element-type ShequVisitDue) */
  GCancellable *cancellable;
  guint refresh_id;
  gboolean focus; /* the list is to have the focus when it is there */
  GtkWidget *stack;
  GtkLabel *summary;
  GtkListBox *list;
};

enum
{
  SIGNAL_OPENED,
  SIGNAL_VISITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequDueList, shequ_due_list, GTK_TYPE_WIDGET)

static const ShequVisitDue *
get_selected (ShequDueList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? g_object_get_data (G_OBJECT (row), "due") : NULL;
}

static void
visit (ShequDueList *self, const ShequVisitDue *due)
{
  g_signal_emit (self, signals[SIGNAL_VISITED], 0, due->household, due->resident, due->who);
}

static void
visit_clicked (GtkWidget *button, ShequDueList *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);

  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  visit (self, g_object_get_data (G_OBJECT (row), "due"));
}

static void
row_activated (GtkListBox *list, GtkListBoxRow *row, ShequDueList *self)
{
  const ShequVisitDue *due = g_object_get_data (G_OBJECT (row), "due");

  g_signal_emit (self, signals[SIGNAL_OPENED], 0, due->household, due->resident);
}

static char *
describe_days (const ShequVisitDue *due)
{
  guint days = (guint) ABS (due->days_left);

  if (due->days_left == 0)
    return g_strdup (_ ("today"));
  /* How long nobody went says nothing of how long somebody is late. */
  if (due->days_left < 0 && due->last_on == NULL)
    return g_strdup (_ ("never visited"));
  return due->days_left < 0
           ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day over", "%u days over", days), days)
           : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day left", "%u days left", days), days);
}

static char *
describe (const ShequVisitDue *due)
{
  g_autofree char *last = due->last_on != NULL ? g_strdup_printf (_ ("last seen on %s"), due->last_on)
                                               : g_strdup (_ ("never seen yet"));
  g_autofree char *every =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "every %d day", "every %d days", (gulong) due->every_days),
                     (int) due->every_days);
  const char *parts[] = { due->where, due->reason, every, last, due->staff };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (*parts[i] != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", parts[i]);
    }
  return g_string_free (text, FALSE);
}

static GtkWidget *
new_days (const ShequVisitDue *due)
{
  g_autofree char *days = describe_days (due);
  GtkWidget *label = gtk_label_new (days);

  gtk_widget_add_css_class (label, "numeric");
  if (due->days_left <= 0)
    gtk_widget_add_css_class (label, due->days_left < 0 ? "error" : "due-today");
  return label;
}

static GtkWidget *
new_row (ShequDueList *self, const ShequVisitDue *due)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Visit"));
  g_autofree char *text = describe (due);
  g_autofree char *days = describe_days (due);
  g_autofree char *who_markup = g_markup_escape_text (due->who, -1);
  g_autofree char *text_markup = g_markup_escape_text (text, -1);
  g_autofree char *more = g_strdup_printf ("%s · %s", days, text);
  g_autofree char *visit_name = g_strdup_printf (_ ("Log a visit to %s"), due->who);
  const char *icon = due->days_left < 0    ? "dialog-warning-symbolic"
                     : due->days_left == 0 ? "alarm-symbolic"
                                           : "x-office-calendar-symbolic";
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  if (due->days_left < 0)
    gtk_widget_add_css_class (image, "error");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), who_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text_markup);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_days (due));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, visit_name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, visit_name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (visit_clicked), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  /* Its title names it already. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, more, -1);
  g_object_set_data (G_OBJECT (row), "due", (gpointer) due);
  return row;
}

static void
show_summary (ShequDueList *self)
{
  guint missed = 0, today = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->due->len; i++)
    {
      const ShequVisitDue *due = self->due->pdata[i];

      missed += due->days_left < 0;
      today += due->days_left == 0;
    }
  text = g_strdup_printf (_ ("%u missed · %u due today · %u in the next days"), missed, today,
                          self->due->len - missed - today);
  gtk_label_set_text (self->summary, text);
}

static void
clear (ShequDueList *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
}

static void
listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequDueList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) due = shequ_visits_list_due_finish (SHEQU_OFFICE (source), result, &error);
  GtkListBoxRow *selected;
  gboolean had_focus;
  int place;

  if (self->stack == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (due == NULL)
    {
      shequ_feedback_show_error (GTK_WIDGET (self), _ ("Who is to be visited cannot be shown."), error);
      return;
    }
  selected = gtk_list_box_get_selected_row (self->list);
  place = selected != NULL ? gtk_list_box_row_get_index (selected) : 0;
  had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL;
  clear (self);
  g_clear_pointer (&self->due, g_ptr_array_unref);
  self->due = g_steal_pointer (&due);
  for (guint i = 0; i < MIN (self->due->len, MOST_SHOWN); i++)
    gtk_list_box_append (self->list, new_row (self, self->due->pdata[i]));
  selected = gtk_list_box_get_row_at_index (self->list, MIN (place, (int) self->due->len - 1));
  if (selected != NULL)
    gtk_list_box_select_row (self->list, selected);
  show_summary (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), self->due->len > 0 ? "list" : "nobody");
  if ((self->focus || had_focus) && selected != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (selected));
  self->focus = FALSE;
}

static gboolean
refresh_now (gpointer data)
{
  ShequDueList *self = data;

  self->refresh_id = 0;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  shequ_visits_list_due_async (self->office, DAYS_AHEAD, self->cancellable, listed, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
changed (ShequOffice *office, const char *reg, gint64 key, ShequDueList *self)
{
  static const char *const followed[] = { "visit",    "visit_plan", "resident_tag", "tag", "household",
                                          "resident", NULL };

  if (g_strv_contains (followed, reg) && self->refresh_id == 0)
    self->refresh_id = g_timeout_add (REFRESH_MILLISECONDS, refresh_now, self);
}

static void
shequ_due_list_dispose (GObject *object)
{
  ShequDueList *self = SHEQU_DUE_LIST (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_pointer (&self->due, g_ptr_array_unref);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_due_list_parent_class)->dispose (object);
}

static gboolean
shequ_due_list_grab_focus (GtkWidget *widget)
{
  ShequDueList *self = SHEQU_DUE_LIST (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  self->focus = self->due == NULL;
  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
shequ_due_list_class_init (ShequDueListClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_due_list_dispose;
  GTK_WIDGET_CLASS (class)->grab_focus = shequ_due_list_grab_focus;
  signals[SIGNAL_OPENED] = g_signal_new ("opened", SHEQU_TYPE_DUE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  signals[SIGNAL_VISITED] = g_signal_new ("visited", SHEQU_TYPE_DUE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 3, G_TYPE_INT64, G_TYPE_INT64, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_nobody (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("New visit _plan"));

  g_object_set (
    page, "icon-name", "emblem-ok-symbolic", "title", _ ("Nobody is waiting for a visit"), "description",
    _ ("Who belongs to a key group with visits, or has a visit plan, stands here when it is time."), NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-record");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(sx)", "visit_plan", (gint64) 0);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

static GtkWidget *
new_list (ShequDueList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->summary, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "dim-label");
  gtk_list_box_set_activate_on_single_click (self->list, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Who is to be visited, the longest missed first"), -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->summary));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 1000);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}

static void
shequ_due_list_init (ShequDueList *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated), self);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), new_list (self), "list");
  gtk_stack_add_named (GTK_STACK (self->stack), new_nobody (), "nobody");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
}

/**
 * shequ_due_list_new:
 * @office: whose households
 *
 * Returns: (transfer floating): the list
 */
GtkWidget *
shequ_due_list_new (ShequOffice *office)
{
  ShequDueList *self = g_object_new (SHEQU_TYPE_DUE_LIST, NULL);

  self->office = g_object_ref (office);
  g_signal_connect_object (office, "changed", G_CALLBACK (changed), self, 0);
  refresh_now (self);
  return GTK_WIDGET (self);
}

/**
 * shequ_due_list_visit_selected:
 * @self: a list
 *
 * Asks for a visit to who is selected.
 */
void
shequ_due_list_visit_selected (ShequDueList *self)
{
  const ShequVisitDue *due = get_selected (self);

  if (due != NULL)
    visit (self, due);
}

gboolean
shequ_due_list_has_selected (ShequDueList *self)
{
  return get_selected (self) != NULL;
}
