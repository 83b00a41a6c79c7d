/*
 * A window that nobody may read while its user is away: by a key, or after a time without one. The content is
 * taken out of the window as a whole and put back as it was, and what belongs to it as a dialog is hidden, so
 * that neither the screen nor a screen reader has any of it.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-actions.h"
#include "shequ-session.h"
#include "shequ-sign-in-page.h"
#include "shequ-window-private.h"

/* How often it is looked whether the time is over. */
#define LOOK_SECONDS 5

/* Shorter for a test; never longer. */
#define IDLE_VARIABLE "SHEQU_IDLE_SECONDS"

/* What stays possible. */
static const char *const open_actions[] = { "close", NULL };

static gboolean
belongs_to (GtkWindow *window, GtkWindow *owner)
{
  for (; window != NULL; window = gtk_window_get_transient_for (window))
    if (window == owner)
      return TRUE;
  return FALSE;
}

static void
hide_dialogs (ShequWindow *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (window != GTK_WINDOW (self) && gtk_widget_get_visible (GTK_WIDGET (window)) &&
          belongs_to (window, GTK_WINDOW (self)))
        {
          g_ptr_array_add (self->hidden, g_object_ref (window));
          gtk_widget_hide (GTK_WIDGET (window));
        }
    }
}

static void
show_dialogs (ShequWindow *self)
{
  for (guint i = 0; i < self->hidden->len; i++)
    gtk_widget_show (self->hidden->pdata[i]);
  g_ptr_array_set_size (self->hidden, 0);
}

/* Keys reach the actions of a window whatever it shows. */
static void
disable_actions (ShequWindow *self)
{
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (self));

  for (guint i = 0; names[i] != NULL; i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), names[i]);

      if (g_strv_contains (open_actions, names[i]) || !g_action_get_enabled (action))
        continue;
      g_ptr_array_add (self->disabled, g_object_ref (action));
      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), FALSE);
    }
}

static void
enable_actions (ShequWindow *self)
{
  for (guint i = 0; i < self->disabled->len; i++)
    g_simple_action_set_enabled (self->disabled->pdata[i], TRUE);
  g_ptr_array_set_size (self->disabled, 0);
}

static void
put_back (ShequWindow *self)
{
  g_autoptr (GtkWidget) content = g_steal_pointer (&self->content);

  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), content);
  gtk_window_set_title (GTK_WINDOW (self), self->title);
  g_clear_pointer (&self->title, g_free);
  enable_actions (self);
  self->active = g_get_monotonic_time ();
}

static void
came_back (GtkWidget *page, ShequWindow *self)
{
  put_back (self);
  show_dialogs (self);
  shequ_window_update_actions (self);
  if (self->focus != NULL)
    gtk_widget_grab_focus (self->focus);
  g_clear_weak_pointer (&self->focus);
}

/* What was typed is in the drafts of who typed it, and comes back with them. */
static void
handed_over (GtkWidget *page, ShequWindow *self)
{
  put_back (self);
  for (guint i = 0; i < self->hidden->len; i++)
    gtk_window_destroy (self->hidden->pdata[i]);
  g_ptr_array_set_size (self->hidden, 0);
  g_clear_weak_pointer (&self->focus);
  shequ_window_reopen (self);
}

static void
noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* Of a lock that is not noted nobody needs to be told: it is locked all the same. */
  if (!shequ_session_note_lock_finish (SHEQU_OFFICE (source), result, &error))
    g_debug ("The lock was not noted: %s", error->message);
}

/* The window can still be moved, put away and closed. */
static GtkWidget *
new_curtain (GtkWidget *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = adw_header_bar_new ();

  adw_header_bar_set_title_widget (ADW_HEADER_BAR (head), gtk_label_new (NULL));
  gtk_widget_add_css_class (head, "flat");
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), page);
  return box;
}

/**
 * shequ_window_lock:
 * @self: a window
 *
 * Shows nothing until its user has typed the password again. Without effect where nobody signs in.
 */
void
shequ_window_lock (ShequWindow *self)
{
  GtkWidget *page;

  if (self->content != NULL || self->office == NULL || shequ_session_get_account (self->office) == NULL)
    return;
  page = shequ_sign_in_page_new_locked (self->office);
  g_signal_connect_object (page, "signed-in", G_CALLBACK (came_back), self, 0);
  g_signal_connect_object (page, "hand-over", G_CALLBACK (handed_over), self, 0);
  g_set_weak_pointer (&self->focus, gtk_window_get_focus (GTK_WINDOW (self)));
  hide_dialogs (self);
  disable_actions (self);
  self->title = g_strdup (gtk_window_get_title (GTK_WINDOW (self)));
  self->content = g_object_ref (adw_application_window_get_content (ADW_APPLICATION_WINDOW (self)));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), new_curtain (page));
  gtk_window_set_title (GTK_WINDOW (self), _ ("Locked · Shequ"));
  shequ_session_note_lock_async (self->office, NULL, noted, NULL);
}

static gboolean
was_active (GtkEventController *controller, GdkEvent *event, ShequWindow *self)
{
  switch (gdk_event_get_event_type (event))
    {
    case GDK_KEY_PRESS:
    case GDK_BUTTON_PRESS:
    case GDK_MOTION_NOTIFY:
    case GDK_SCROLL:
    case GDK_TOUCH_BEGIN:
      self->active = g_get_monotonic_time ();
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
watch_window (ShequWindow *self, GtkWidget *window)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (was_active), self, 0);
  gtk_widget_add_controller (window, controller);
}

/* Dialogs come and go. */
static void
windows_changed (GListModel *windows, guint position, guint removed, guint added, ShequWindow *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (window != GTK_WIDGET (self))
        watch_window (self, window);
    }
}

static gint64
get_patience (ShequWindow *self)
{
  gint64 seconds = (gint64) shequ_session_get_idle_minutes (self->office) * 60;
  const char *shorter = g_getenv (IDLE_VARIABLE);

  if (shorter != NULL && *shorter != '\0')
    seconds = MIN (seconds, MAX (1, g_ascii_strtoll (shorter, NULL, 10)));
  return seconds * G_USEC_PER_SEC;
}

static gboolean
look (gpointer user_data)
{
  ShequWindow *self = user_data;

  if (self->office != NULL && shequ_session_get_account (self->office) != NULL &&
      g_get_monotonic_time () - self->active >= get_patience (self))
    shequ_window_lock (self);
  return G_SOURCE_CONTINUE;
}

/**
 * shequ_window_watch_idle:
 * @self: a window, once
 *
 * Locks it from now on when it has had no key and no click for as long as the rules on accounts say.
 */
void
shequ_window_watch_idle (ShequWindow *self)
{
  guint seconds = g_getenv (IDLE_VARIABLE) != NULL ? 1 : LOOK_SECONDS;

  self->hidden = g_ptr_array_new_with_free_func (g_object_unref);
  self->disabled = g_ptr_array_new_with_free_func (g_object_unref);
  self->active = g_get_monotonic_time ();
  watch_window (self, GTK_WIDGET (self));
  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (windows_changed), self,
                           0);
  self->looking = g_timeout_add_seconds (seconds, look, self);
}

void
shequ_window_unwatch_idle (ShequWindow *self)
{
  g_clear_handle_id (&self->looking, g_source_remove);
  g_clear_pointer (&self->hidden, g_ptr_array_unref);
  g_clear_pointer (&self->disabled, g_ptr_array_unref);
  g_clear_object (&self->content);
  g_clear_pointer (&self->title, g_free);
  g_clear_weak_pointer (&self->focus);
}
