#include "shequ-actions.h"

#include "config.h"

#include <glib/gi18n-lib.h>

static const ShequActionKey keys[] = {
  { "win.search", { "<Control>k" }, N_ ("Search everything"), SHEQU_ACTIONS_GENERAL },
  { "win.toggle-sidebar", { "F9" }, N_ ("Show or hide the sidebar"), SHEQU_ACTIONS_GENERAL },
  { "win.undo", { "<Control>z" }, N_ ("Undo the last change"), SHEQU_ACTIONS_GENERAL },
  { "win.page::preferences", { "<Control>comma" }, N_ ("Preferences"), SHEQU_ACTIONS_GENERAL },
  { "win.lock", { "F12" }, N_ ("Lock the screen, or hand over"), SHEQU_ACTIONS_GENERAL },
  { "app.shortcuts", { "<Control>question", "F1" }, N_ ("Keyboard shortcuts"), SHEQU_ACTIONS_GENERAL },
  { "win.open", { "<Control>o" }, N_ ("Open another database"), SHEQU_ACTIONS_GENERAL },
  { "win.close", { "<Control>w" }, N_ ("Close the window"), SHEQU_ACTIONS_GENERAL },
  { "app.quit", { "<Control>q" }, N_ ("Quit"), SHEQU_ACTIONS_GENERAL },
  { "win.page::today", { "<Control>1" }, N_ ("Today"), SHEQU_ACTIONS_PAGES },
  { "win.page::residents", { "<Control>2" }, N_ ("Residents"), SHEQU_ACTIONS_PAGES },
  { "win.page::work", { "<Control>3" }, N_ ("Work"), SHEQU_ACTIONS_PAGES },
  { "win.page::burden", { "<Control>4" }, N_ ("Burden"), SHEQU_ACTIONS_PAGES },
  { "win.page::certificates", { "<Control>5" }, N_ ("Certificates"), SHEQU_ACTIONS_PAGES },
  { "win.page::admission", { "<Control>6" }, N_ ("Admission"), SHEQU_ACTIONS_PAGES },
  { "win.page::volunteers", { "<Control>7" }, N_ ("Volunteers"), SHEQU_ACTIONS_PAGES },
  { "win.page::registers", { "<Control>8" }, N_ ("Registers"), SHEQU_ACTIONS_PAGES },
  { "win.page::care", { "<Control>9" }, N_ ("Visits and care"), SHEQU_ACTIONS_PAGES },
  { "win.page::audit", { "<Control>0" }, N_ ("Change log"), SHEQU_ACTIONS_PAGES },
  { "win.page::import", { "<Control>i" }, N_ ("Import"), SHEQU_ACTIONS_PAGES },
  { "win.find", { "<Control>f" }, N_ ("Search in this list"), SHEQU_ACTIONS_RECORDS },
  { "win.new", { "<Control>n" }, N_ ("New record"), SHEQU_ACTIONS_RECORDS },
  { "win.edit", { "F2", "<Control>d" }, N_ ("Edit the record"), SHEQU_ACTIONS_RECORDS },
  { "win.save", { "<Control>s" }, N_ ("Save"), SHEQU_ACTIONS_RECORDS },
  { "win.delete", { "<Control>Delete" }, N_ ("Delete"), SHEQU_ACTIONS_RECORDS },
  { "win.export", { "<Control>e" }, N_ ("Export what is shown"), SHEQU_ACTIONS_RECORDS },
  { "win.print", { "<Control>p" }, N_ ("Print"), SHEQU_ACTIONS_RECORDS },
  { "win.log-visit", { "<Control>l" }, N_ ("Log a visit"), SHEQU_ACTIONS_RECORDS },
  { "win.note-pushed", { "<Control>u" }, N_ ("Note a task without admission"), SHEQU_ACTIONS_RECORDS },
};

static const char *const group_titles[SHEQU_N_ACTION_GROUPS] = {
  [SHEQU_ACTIONS_GENERAL] = N_ ("General"),
  [SHEQU_ACTIONS_PAGES] = N_ ("Subjects"),
  [SHEQU_ACTIONS_RECORDS] = N_ ("Records"),
};

/**
 * shequ_actions_get_keys:
 * @n_keys: (out): how many
 *
 * Returns: (transfer none): every action that has a key, in the order in which people read them
 */
const ShequActionKey *
shequ_actions_get_keys (guint *n_keys)
{
  *n_keys = G_N_ELEMENTS (keys);
  return keys;
}

/**
 * shequ_actions_install:
 * @application: the program
 *
 * Gives the program the keys of the table.
 */
void
shequ_actions_install (GtkApplication *application)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (application, keys[i].name,
                                           (const char *const *) keys[i].accelerators);
}

static GtkWidget *
new_group (ShequActionGroup group)
{
  GtkWidget *widget = g_object_new (GTK_TYPE_SHORTCUTS_GROUP, "title", _ (group_titles[group]), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkWidget *shortcut;

      if (keys[i].group != group || keys[i].title == NULL)
        continue;
      shortcut = g_object_new (GTK_TYPE_SHORTCUTS_SHORTCUT, "title", _ (keys[i].title), "accelerator",
                               keys[i].accelerators[0], NULL);
      gtk_box_append (GTK_BOX (widget), shortcut);
    }
  return widget;
}

/**
 * shequ_actions_new_shortcuts_window:
 *
 * Builds the shortcuts window from the table.
 *
 * Returns: (transfer none): the window, not yet shown
 */
GtkWidget *
shequ_actions_new_shortcuts_window (void)
{
  GtkWidget *section =
    g_object_new (GTK_TYPE_SHORTCUTS_SECTION, "section-name", "shortcuts", "max-height", 20, NULL);

  for (guint group = 0; group < SHEQU_N_ACTION_GROUPS; group++)
    gtk_box_append (GTK_BOX (section), new_group (group));
  gtk_widget_show (section);
  return g_object_new (GTK_TYPE_SHORTCUTS_WINDOW, "modal", TRUE, "child", section, NULL);
}
