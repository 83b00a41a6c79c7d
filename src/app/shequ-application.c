#include "shequ-application.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-actions.h"
#include "shequ-opening.h"
#include "shequ-window.h"

struct _ShequApplication
{
  AdwApplication parent_instance;

  ShequSettings *settings;
  char *user;                    /* (nullable): as the command line names it */
  ShequOpeningDescribe describe; /* (nullable) */
  GThread *reading;              /* (nullable): reads the descriptions for the first window */
};

G_DEFINE_TYPE (ShequApplication, shequ_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "database", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Open this database"), N_ ("PATH") },
  { "example", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open an example office"), NULL },
  { "user", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Who works"), N_ ("NAME") },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_ ("[DATABASE]") },
  { NULL },
};

static AdwColorScheme
parse_color_scheme (const char *name)
{
  if (g_strcmp0 (name, "light") == 0)
    return ADW_COLOR_SCHEME_FORCE_LIGHT;
  if (g_strcmp0 (name, "dark") == 0)
    return ADW_COLOR_SCHEME_FORCE_DARK;
  return ADW_COLOR_SCHEME_DEFAULT;
}

static void
change_color_scheme (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  ShequApplication *self = SHEQU_APPLICATION (user_data);
  const char *name = g_variant_get_string (value, NULL);

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), parse_color_scheme (name));
  shequ_settings_set_text (self->settings, "color-scheme", name);
  g_simple_action_set_state (action, value);
}

static void
activate_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  adw_show_about_window (gtk_application_get_active_window (GTK_APPLICATION (user_data)), "application-name",
                         _ ("Shequ"), "application-icon", SHEQU_APPLICATION_ID, "version", SHEQU_VERSION,
                         "developer-name", _ ("The Shequ developers"), "comments",
                         _ ("The working book of a community office"), "license-type", GTK_LICENSE_GPL_3_0,
                         NULL);
}

static void
activate_shortcuts (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWidget *window = shequ_actions_new_shortcuts_window ();

  gtk_window_set_transient_for (GTK_WINDOW (window),
                                gtk_application_get_active_window (GTK_APPLICATION (user_data)));
  gtk_window_present (GTK_WINDOW (window));
}

/* Each window is asked to close, so that nothing typed is lost. */
static void
activate_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (user_data)));

  for (GList *item = windows; item != NULL; item = item->next)
    gtk_window_close (GTK_WINDOW (item->data));
}

static const GActionEntry actions[] = {
  { "about", activate_about },
  { "shortcuts", activate_shortcuts },
  { "quit", activate_quit },
  { "color-scheme", NULL, "s", "'default'", change_color_scheme },
};

static void
shequ_application_startup (GApplication *application)
{
  ShequApplication *self = SHEQU_APPLICATION (application);
  g_autofree char *scheme = shequ_settings_get_text (self->settings, "color-scheme");

  /* The locale stands by now, and a thread reads by it: while GTK gets ready, which takes longer. */
  gtk_disable_setlocale ();
  self->reading = shequ_opening_start_reading (self->describe);
  G_APPLICATION_CLASS (shequ_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (SHEQU_APPLICATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  shequ_actions_install (GTK_APPLICATION (self));
  if (*scheme != '\0')
    g_action_group_change_action_state (G_ACTION_GROUP (self), "color-scheme", g_variant_new_string (scheme));
}

/* Whether a file is to be imported: a database has other names. */
static gboolean
is_spreadsheet (const char *path)
{
  static const char *const endings[] = { ".xlsx", ".xls", ".csv", ".txt", ".xml", ".html", ".htm" };
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      if (g_str_has_suffix (lower, endings[i]))
        return TRUE;
    }
  return FALSE;
}

/* The spreadsheet that is handed to the program, or %NULL. */
static char *
read_spreadsheet (GApplicationCommandLine *line)
{
  GVariantDict *dict = g_application_command_line_get_options_dict (line);
  g_auto (GStrv) files = NULL;

  if (!g_variant_dict_lookup (dict, G_OPTION_REMAINING, "^aay", &files))
    return NULL;
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (line, files[i]);

      if (is_spreadsheet (files[i]))
        return g_file_get_path (file);
    }
  return NULL;
}

/* What the command line asks for; %NULL when it leaves it to what was open last. */
static ShequOpening *
read_opening (ShequApplication *self, GApplicationCommandLine *line)
{
  GVariantDict *dict = g_application_command_line_get_options_dict (line);
  g_autofree char *user = NULL;
  g_autofree char *uri = NULL;
  g_auto (GStrv) files = NULL;
  ShequOpeningKind kind = SHEQU_OPENING_EXISTING;

  if (g_variant_dict_lookup (dict, "user", "s", &user))
    shequ_application_set_user (self, user);
  if (g_variant_dict_contains (dict, "example"))
    {
      kind = SHEQU_OPENING_EXAMPLE;
      uri = shequ_opening_get_default_path (kind);
    }
  else if (!g_variant_dict_lookup (dict, "database", "^ay", &uri) &&
           g_variant_dict_lookup (dict, G_OPTION_REMAINING, "^aay", &files) && !is_spreadsheet (files[0]))
    uri = g_strdup (files[0]);

  if (uri != NULL && strstr (uri, "://") == NULL)
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (line, uri);

      g_free (uri);
      uri = g_file_get_path (file);
    }
  g_free (user);
  user = shequ_application_get_user (self);
  return uri != NULL ? shequ_opening_new (kind, uri, user) : NULL;
}

/* The database of the last time, else the usual one, else %NULL on a first start. */
static ShequOpening *
find_last_opening (ShequApplication *self)
{
  g_autofree char *user = shequ_application_get_user (self);
  g_autofree char *last = shequ_settings_get_text (self->settings, "recent-database");
  g_autofree char *usual = shequ_opening_get_default_path (SHEQU_OPENING_EXISTING);
  const char *named = g_getenv ("SHEQU_DATABASE");

  if (named != NULL && *named != '\0')
    return shequ_opening_new (SHEQU_OPENING_EXISTING, named, user);
  if (*last != '\0')
    return shequ_opening_new (SHEQU_OPENING_EXISTING, last, user);
  if (g_file_test (usual, G_FILE_TEST_EXISTS))
    return shequ_opening_new (SHEQU_OPENING_EXISTING, usual, user);
  return NULL;
}

static int
shequ_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  ShequApplication *self = SHEQU_APPLICATION (application);
  g_autoptr (ShequOpening) opening = read_opening (self, line);
  g_autofree char *spreadsheet = read_spreadsheet (line);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window != NULL && opening == NULL)
    {
      if (spreadsheet != NULL)
        shequ_window_import (SHEQU_WINDOW (window), spreadsheet);
      gtk_window_present (window);
      return 0;
    }
  if (opening == NULL)
    opening = find_last_opening (self);
  window = GTK_WINDOW (shequ_window_new (self));
  if (spreadsheet != NULL)
    shequ_window_import (SHEQU_WINDOW (window), spreadsheet);
  if (opening != NULL)
    shequ_window_open (SHEQU_WINDOW (window), opening);
  else
    shequ_window_show_start (SHEQU_WINDOW (window));
  gtk_window_present (window);
  return 0;
}

static void
shequ_application_finalize (GObject *object)
{
  ShequApplication *self = SHEQU_APPLICATION (object);

  shequ_opening_give_up_reading (self->reading);
  g_clear_pointer (&self->settings, shequ_settings_free);
  g_free (self->user);
  G_OBJECT_CLASS (shequ_application_parent_class)->finalize (object);
}

static void
shequ_application_class_init (ShequApplicationClass *class)
{
  G_OBJECT_CLASS (class)->finalize = shequ_application_finalize;
  G_APPLICATION_CLASS (class)->startup = shequ_application_startup;
  G_APPLICATION_CLASS (class)->command_line = shequ_application_command_line;
}

static void
shequ_application_init (ShequApplication *self)
{
  self->settings = shequ_settings_new ();
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

ShequApplication *
shequ_application_new (void)
{
  return g_object_new (SHEQU_TYPE_APPLICATION, "application-id", SHEQU_APPLICATION_ID, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE, "resource-base-path", "/com/example/Shequ", NULL);
}

ShequSettings *
shequ_application_get_settings (ShequApplication *self)
{
  g_return_val_if_fail (SHEQU_IS_APPLICATION (self), NULL);

  return self->settings;
}

/**
 * shequ_application_get_user:
 * @self: the program
 *
 * Who works: as the command line says, as set in the preferences, or the name of the account.
 *
 * Returns: (transfer full): a name
 */
char *
shequ_application_get_user (ShequApplication *self)
{
  g_autofree char *remembered = NULL;
  const char *names[] = { NULL, NULL, g_get_real_name (), g_get_user_name () };

  g_return_val_if_fail (SHEQU_IS_APPLICATION (self), NULL);

  remembered = shequ_settings_get_text (self->settings, "user");
  names[0] = self->user;
  names[1] = remembered;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (names[i] != NULL && *names[i] != '\0' && g_strcmp0 (names[i], "Unknown") != 0)
        return g_strdup (names[i]);
    }
  return g_strdup (_ ("Clerk"));
}

/**
 * shequ_application_set_user:
 * @self: the program
 * @user: who works from now on
 *
 * Holds for databases opened from now on and until the program ends.
 */
void
shequ_application_set_user (ShequApplication *self, const char *user)
{
  g_return_if_fail (SHEQU_IS_APPLICATION (self));

  g_free (self->user);
  self->user = g_strdup (user);
}

/**
 * shequ_application_set_describe:
 * @self: a program that does not run yet
 * @describe: (nullable): makes the descriptions to work with
 *
 * Has other descriptions than those that are shipped read ahead.
 */
void
shequ_application_set_describe (ShequApplication *self, ShequOpeningDescribe describe)
{
  g_return_if_fail (SHEQU_IS_APPLICATION (self));

  self->describe = describe;
}

/**
 * shequ_application_take_reading:
 * @self: the program
 * @describe: (nullable): which descriptions are wanted
 *
 * Returns: (transfer full) (nullable): the thread that reads them since the program started, once
 */
GThread *
shequ_application_take_reading (ShequApplication *self, ShequOpeningDescribe describe)
{
  g_return_val_if_fail (SHEQU_IS_APPLICATION (self), NULL);

  return describe == self->describe ? g_steal_pointer (&self->reading) : NULL;
}
