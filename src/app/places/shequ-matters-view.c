#include "shequ-matters-view.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-grid-matters.h"

#define REFRESH_MILLISECONDS 200

/* More than anybody sees to in a week. */
#define MOST_SHOWN 200

struct _ShequMattersView
{
  GtkWidget parent_instance;

  ShequOffice *office;
  ShequPlace *place; /* (nullable) */
  GCancellable *cancellable;
  guint refresh_id;

  GtkStack *stack;
  GtkListBox *list;
  GtkLabel *count;
  AdwStatusPage *none;
};

G_DEFINE_FINAL_TYPE (ShequMattersView, shequ_matters_view, GTK_TYPE_WIDGET)

static void
open_matter (GtkListBox *list, GtkListBoxRow *row, ShequMattersView *self)
{
  const ShequRegister *reg = g_object_get_data (G_OBJECT (row), "reg");
  const gint64 *key = g_object_get_data (G_OBJECT (row), "key");

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "(sx)", reg->name, *key);
}

static char *
describe (const ShequGridMatter *matter)
{
  const char *parts[] = { matter->what, matter->detail, matter->day };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", parts[i]);
  return g_string_free (text, FALSE);
}

static GtkWidget *
new_row (const ShequGridMatter *matter)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *text = describe (matter);
  GtkWidget *icon =
    gtk_image_new_from_icon_name (matter->late ? "dialog-warning-symbolic" : "radio-symbolic");

  if (matter->late)
    gtk_widget_add_css_class (icon, "error");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), matter->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  g_object_set_data (G_OBJECT (row), "reg", (gpointer) matter->reg);
  g_object_set_data_full (G_OBJECT (row), "key", g_memdup2 (&matter->key, sizeof matter->key), g_free);
  return row;
}

static void
listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequMattersView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) matters = shequ_grid_matters_list_finish (SHEQU_OFFICE (source), result, &error);
  g_autofree char *count = NULL;
  GtkWidget *child;

  if (self->stack == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; matters != NULL && i < MIN (matters->len, MOST_SHOWN); i++)
    gtk_list_box_append (self->list, new_row (matters->pdata[i]));
  if (matters != NULL)
    count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u open matter", "%u open matters", matters->len),
                             matters->len);
  gtk_label_set_text (self->count, count != NULL ? count : "");
  adw_status_page_set_description (self->none, error != NULL ? error->message : NULL);
  adw_status_page_set_title (self->none,
                             error != NULL ? _ ("The list could not be read") : _ ("Nothing is open here"));
  gtk_stack_set_visible_child_name (self->stack, matters != NULL && matters->len > 0 ? "list" : "none");
}

static void
read_matters (ShequMattersView *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->place == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  shequ_grid_matters_list_async (self->office, self->place, self->cancellable, listed, g_object_ref (self));
}

static gboolean
refresh (gpointer data)
{
  ShequMattersView *self = data;

  self->refresh_id = 0;
  read_matters (self);
  return G_SOURCE_REMOVE;
}

static void
office_changed (ShequOffice *office, const char *reg, gint64 key, ShequMattersView *self)
{
  static const char *const registers[] = { "visit", "visit_plan", "resident_tag", "survey_line",
                                           "post",  "building",   "household",    NULL };

  if (self->place != NULL && self->refresh_id == 0 && g_strv_contains (registers, reg))
    self->refresh_id = g_timeout_add (REFRESH_MILLISECONDS, refresh, self);
}

static void
shequ_matters_view_dispose (GObject *object)
{
  ShequMattersView *self = SHEQU_MATTERS_VIEW (object);
  GtkWidget *child;

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->stack = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->place, shequ_place_free);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_matters_view_parent_class)->dispose (object);
}

static void
shequ_matters_view_class_init (ShequMattersViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_matters_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_matters_view_init (ShequMattersView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Open matters"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (open_matter), self, 0);
  self->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->count, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->count));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 3);
  gtk_widget_set_margin_end (box, 3);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  self->none = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_icon_name (self->none, "emblem-ok-symbolic");
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, gtk_label_new (NULL), "reading");
  gtk_stack_add_named (self->stack, scrolled, "list");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->none), "none");
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

/**
 * shequ_matters_view_new:
 * @office: the office
 *
 * Returns: (transfer floating): a view without a grid
 */
ShequMattersView *
shequ_matters_view_new (ShequOffice *office)
{
  ShequMattersView *self = g_object_new (SHEQU_TYPE_MATTERS_VIEW, NULL);

  self->office = g_object_ref (office);
  g_signal_connect_object (office, "changed", G_CALLBACK (office_changed), self, 0);
  return self;
}

/**
 * shequ_matters_view_set_place:
 * @self: a view
 * @place: (nullable): a grid
 */
void
shequ_matters_view_set_place (ShequMattersView *self, const ShequPlace *place)
{
  g_return_if_fail (SHEQU_IS_MATTERS_VIEW (self));

  g_clear_pointer (&self->place, shequ_place_free);
  self->place = place != NULL ? shequ_place_copy (place) : NULL;
  gtk_stack_set_visible_child_name (self->stack, "reading");
  read_matters (self);
}
