#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-pushed-dialog.h"
#include "shequ-redraw-dialog.h"
#include "shequ-residents-page.h"
#include "shequ-session.h"
#include "shequ-window-private.h"

/* The actions of the window that the page in front does. */
static const struct
{
  const char *name;
  ShequPageActions action;
} page_actions[] = {
  { "find", SHEQU_PAGE_CAN_FIND },     { "new", SHEQU_PAGE_CAN_CREATE },
  { "edit", SHEQU_PAGE_CAN_EDIT },     { "save", SHEQU_PAGE_CAN_SAVE },
  { "delete", SHEQU_PAGE_CAN_DELETE }, { "export", SHEQU_PAGE_CAN_EXPORT },
  { "print", SHEQU_PAGE_CAN_PRINT },   { "log-visit", SHEQU_PAGE_CAN_VISIT },
};

static void
activate_page_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ShequPage *page = shequ_window_get_page (SHEQU_WINDOW (user_data));

  for (gsize i = 0; i < G_N_ELEMENTS (page_actions) && page != NULL; i++)
    {
      if (g_str_equal (page_actions[i].name, g_action_get_name (G_ACTION (action))))
        shequ_page_perform (page, page_actions[i].action);
    }
}

static void
activate_page (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  shequ_window_show_page (SHEQU_WINDOW (user_data), g_variant_get_string (parameter, NULL));
}

static void
activate_search (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_widget_grab_focus (GTK_WIDGET (SHEQU_WINDOW (user_data)->search));
}

static void
activate_toggle_sidebar (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AdwFlap *flap = ADW_FLAP (SHEQU_WINDOW (user_data)->flap);

  adw_flap_set_reveal_flap (flap, !adw_flap_get_reveal_flap (flap));
}

static void
activate_undo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  shequ_window_undo (SHEQU_WINDOW (user_data));
}

static void
activate_close (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (user_data));
}

static void
activate_open_record (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *reg;
  gint64 key;

  g_variant_get (parameter, "(&sx)", &reg, &key);
  shequ_window_open_record (SHEQU_WINDOW (user_data), reg, key);
}

static void
activate_show_records (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *reg, *condition;

  g_variant_get (parameter, "(&s&s)", &reg, &condition);
  shequ_window_show_records (SHEQU_WINDOW (user_data), reg, condition);
}

static void
activate_show_duplicates (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ShequWindow *self = SHEQU_WINDOW (user_data);
  ShequPage *page;

  if (!shequ_window_show_page (self, "residents"))
    return;
  page = shequ_window_get_page (self);
  if (SHEQU_IS_RESIDENTS_PAGE (page))
    shequ_residents_page_show_duplicates (SHEQU_RESIDENTS_PAGE (page), g_variant_get_int64 (parameter));
}

static void
activate_new_record (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *reg, *link;
  gint64 key;

  g_variant_get (parameter, "(&s&sx)", &reg, &link, &key);
  shequ_window_create_record (SHEQU_WINDOW (user_data), reg, link, key);
}

static void
activate_import_file (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  shequ_window_import (SHEQU_WINDOW (user_data), g_variant_get_string (parameter, NULL));
}

static void
file_chosen (GtkNativeDialog *dialog, int response, ShequWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);
      ShequApplication *application = SHEQU_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
      g_autofree char *user = shequ_application_get_user (application);
      g_autoptr (ShequOpening) opening = shequ_opening_new (SHEQU_OPENING_EXISTING, path, user);

      if (path != NULL)
        shequ_window_open (self, opening);
    }
  g_object_unref (dialog);
}

static void
activate_open (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    _ ("Open a database"), GTK_WINDOW (user_data), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));

  g_signal_connect_object (dialog, "response", G_CALLBACK (file_chosen), user_data, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
activate_retry (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ShequWindow *self = SHEQU_WINDOW (user_data);

  if (self->opening != NULL)
    {
      ShequApplication *application = SHEQU_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
      g_autoptr (ShequOpening) opening = shequ_opening_copy (self->opening);

      g_free (opening->user);
      opening->user = shequ_application_get_user (application);
      shequ_window_open (self, opening);
    }
}

static void
activate_server (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  shequ_window_choose_server (SHEQU_WINDOW (user_data));
}

static void
activate_reload (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  shequ_window_reload (SHEQU_WINDOW (user_data));
}

static void
activate_redraw (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ShequWindow *self = user_data;

  if (self->office != NULL)
    shequ_redraw_dialog_present (GTK_WIDGET (shequ_window_get_page (self)), self->office);
}

static void
activate_restore (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  shequ_window_choose_backup (user_data);
}

static void
activate_save_readable (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  shequ_window_save_readable (user_data);
}

static void
activate_open_readable (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  shequ_window_open_readable (user_data);
}

static void
activate_note_pushed (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ShequWindow *self = SHEQU_WINDOW (user_data);

  shequ_pushed_dialog_present (GTK_WIDGET (self), self->office);
}

static void
activate_lock (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  shequ_window_lock (user_data);
}

static const GActionEntry actions[] = {
  { "lock", activate_lock },
  { "page", activate_page, "s", "''" },
  { "search", activate_search },
  { "toggle-sidebar", activate_toggle_sidebar },
  { "undo", activate_undo },
  { "close", activate_close },
  { "open", activate_open },
  { "retry", activate_retry },
  { "server", activate_server },
  { "reload", activate_reload },
  { "restore", activate_restore },
  { "save-readable", activate_save_readable },
  { "open-readable", activate_open_readable },
  { "open-record", activate_open_record, "(sx)" },
  { "show-records", activate_show_records, "(ss)" },
  { "show-duplicates", activate_show_duplicates, "x" },
  { "new-record", activate_new_record, "(ssx)" },
  { "import-file", activate_import_file, "s" },
  { "find", activate_page_action },
  { "new", activate_page_action },
  { "edit", activate_page_action },
  { "save", activate_page_action },
  { "delete", activate_page_action },
  { "export", activate_page_action },
  { "print", activate_page_action },
  { "log-visit", activate_page_action },
  { "note-pushed", activate_note_pushed },
  { "redraw", activate_redraw },
};

static void
set_enabled (ShequWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/**
 * shequ_window_update_actions:
 * @self: a window
 *
 * Makes each action sensitive or not: the one place that decides it.
 */
void
shequ_window_update_actions (ShequWindow *self)
{
  ShequPage *page = shequ_window_get_page (self);
  ShequPageActions can = page != NULL ? shequ_page_get_actions (page) : SHEQU_PAGE_NOTHING;

  if (self->content != NULL)
    return; /* what a locked window can do does not change */
  for (gsize i = 0; i < G_N_ELEMENTS (page_actions); i++)
    set_enabled (self, page_actions[i].name, (can & page_actions[i].action) != 0);
  set_enabled (self, "undo", !g_queue_is_empty (&self->undos));
  set_enabled (self, "search", self->office != NULL);
  set_enabled (self, "lock", self->office != NULL && shequ_session_get_account (self->office) != NULL);
  set_enabled (self, "redraw", page != NULL);
  set_enabled (self, "note-pushed", page != NULL && self->office != NULL);
  gtk_widget_set_visible (self->new_button, (can & SHEQU_PAGE_CAN_CREATE) != 0);
}

void
shequ_window_install_actions (ShequWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  shequ_window_update_actions (self);
}
