#include "shequ-error-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"
#include "shequ-server-settings.h"

/* What a person can do about a database that does not open. */
static const struct
{
  ShequError code;
  const char *icon;
  const char *title;
  gboolean again; /* trying again may help */
} remedies[] = {
  { SHEQU_ERROR_NOT_FOUND, "edit-find-symbolic", N_ ("There is no such database"), FALSE },
  { SHEQU_ERROR_NEWER, "software-update-urgent-symbolic", N_ ("This database needs a newer program"), FALSE },
  { SHEQU_ERROR_DAMAGED, "drive-harddisk-symbolic", N_ ("This is not a usable database"), FALSE },
  { SHEQU_ERROR_LOCKED, "changes-prevent-symbolic", N_ ("The database is in use"), TRUE },
  { SHEQU_ERROR_FULL, "drive-harddisk-symbolic", N_ ("The disk is full"), TRUE },
  { SHEQU_ERROR_PERMISSION, "dialog-password-symbolic", N_ ("The server does not let you in"), TRUE },
  { SHEQU_ERROR_UNREACHABLE, "dialog-warning-symbolic", N_ ("The database cannot be reached"), TRUE },
};

static GtkWidget *
new_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "pill");
  return button;
}

/**
 * shequ_error_page_new:
 * @uri: the database that could not be opened
 * @error: why
 *
 * Returns: (transfer floating): a page that says so and offers what helps
 */
GtkWidget *
shequ_error_page_new (const char *uri, const GError *error)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *shown = shequ_server_hide_password (uri);
  g_autofree char *text = g_strdup_printf ("%s\n%s", error->message, shown);
  g_autofree char *description = g_markup_escape_text (text, -1);
  const char *icon = "dialog-error-symbolic", *title = _ ("The database could not be opened");
  gboolean again = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (remedies); i++)
    {
      if (!g_error_matches (error, SHEQU_ERROR, (int) remedies[i].code))
        continue;
      icon = remedies[i].icon;
      title = _ (remedies[i].title);
      again = remedies[i].again;
    }
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  if (again)
    gtk_box_append (GTK_BOX (buttons), new_button (_ ("_Try again"), "win.retry"));
  if (strstr (uri, "://") != NULL)
    gtk_box_append (GTK_BOX (buttons), new_button (_ ("Se_ttings of the connection…"), "win.server"));
  gtk_box_append (GTK_BOX (buttons), new_button (_ ("_Open another database…"), "win.open"));
  gtk_box_append (GTK_BOX (buttons), new_button (_ ("_First steps"), "win.page::start"));
  gtk_widget_add_css_class (gtk_widget_get_first_child (buttons), "suggested-action");
  g_object_set (page, "icon-name", icon, "title", title, "description", description, "child", buttons, NULL);
  return page;
}
