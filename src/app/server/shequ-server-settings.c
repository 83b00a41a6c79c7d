#include "shequ-server-settings.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "shequ-error.h"

#define DEFAULT_PORT 5432
#define DEFAULT_DATABASE "shequ"
#define SCHEME "postgresql://"

/* As the client library calls them. */
static const char *const tls_names[] = {
  [SHEQU_SERVER_TLS_VERIFY] = "verify-full",
  [SHEQU_SERVER_TLS_REQUIRE] = "require",
  [SHEQU_SERVER_TLS_OFF] = "disable",
};

ShequServerSettings *
shequ_server_settings_new (void)
{
  ShequServerSettings *settings = g_new0 (ShequServerSettings, 1);

  settings->host = g_strdup ("");
  settings->port = DEFAULT_PORT;
  settings->database = g_strdup (DEFAULT_DATABASE);
  settings->user = g_strdup ("");
  settings->tls = SHEQU_SERVER_TLS_VERIFY;
  return settings;
}

void
shequ_server_settings_free (ShequServerSettings *settings)
{
  g_free (settings->host);
  g_free (settings->database);
  g_free (settings->user);
  g_free (settings->password);
  g_free (settings->certificate);
  g_free (settings->password_file);
  g_free (settings);
}

static void
replace (char **place, const char *text)
{
  if (text == NULL)
    return;
  g_free (*place);
  *place = g_strdup (text);
}

static void
read_parameters (ShequServerSettings *settings, const char *query)
{
  g_autoptr (GHashTable) parameters =
    query != NULL ? g_uri_parse_params (query, -1, "&", G_URI_PARAMS_NONE, NULL) : NULL;
  const char *mode;

  if (parameters == NULL)
    return;
  replace (&settings->host, g_hash_table_lookup (parameters, "host"));
  replace (&settings->database, g_hash_table_lookup (parameters, "dbname"));
  replace (&settings->user, g_hash_table_lookup (parameters, "user"));
  replace (&settings->password, g_hash_table_lookup (parameters, "password"));
  replace (&settings->certificate, g_hash_table_lookup (parameters, "sslrootcert"));
  replace (&settings->password_file, g_hash_table_lookup (parameters, "passfile"));
  mode = g_hash_table_lookup (parameters, "sslmode");
  for (guint i = 0; mode != NULL && i < G_N_ELEMENTS (tls_names); i++)
    if (g_str_equal (mode, tls_names[i]))
      settings->tls = i;
}

/**
 * shequ_server_settings_parse:
 * @uri: an address
 *
 * Returns: (transfer full) (nullable): its parts; %NULL when it is none of a server
 */
ShequServerSettings *
shequ_server_settings_parse (const char *uri)
{
  g_autoptr (GUri) parsed = NULL;
  ShequServerSettings *settings;

  if (!g_str_has_prefix (uri, SCHEME) && !g_str_has_prefix (uri, "postgres://"))
    return NULL;
  parsed = g_uri_parse (uri, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_QUERY, NULL);
  if (parsed == NULL)
    return NULL;
  settings = shequ_server_settings_new ();
  replace (&settings->host, g_uri_get_host (parsed));
  replace (&settings->user, g_uri_get_user (parsed));
  replace (&settings->password, g_uri_get_password (parsed));
  if (g_uri_get_port (parsed) > 0)
    settings->port = (guint) g_uri_get_port (parsed);
  if (strlen (g_uri_get_path (parsed)) > 1)
    replace (&settings->database, g_uri_get_path (parsed) + 1);
  read_parameters (settings, g_uri_get_query (parsed));
  return settings;
}

static void
append_escaped (GString *uri, const char *before, const char *text)
{
  g_autofree char *escaped = text != NULL && *text != '\0' ? g_uri_escape_string (text, NULL, FALSE) : NULL;

  if (escaped != NULL)
    g_string_append_printf (uri, "%s%s", before, escaped);
}

/**
 * shequ_server_settings_to_uri:
 * @settings: parts
 *
 * Returns: (transfer full): the address, with the password as long as no file keeps it
 */
char *
shequ_server_settings_to_uri (const ShequServerSettings *settings)
{
  GString *uri = g_string_new (SCHEME);
  gboolean is_socket = *settings->host == '/';
  gboolean is_number = strchr (settings->host, ':') != NULL;

  append_escaped (uri, "", settings->user);
  if (settings->password_file == NULL && *settings->user != '\0')
    append_escaped (uri, ":", settings->password);
  if (*settings->user != '\0')
    g_string_append_c (uri, '@');
  if (is_number)
    g_string_append_printf (uri, "[%s]", settings->host);
  else if (!is_socket)
    append_escaped (uri, "", settings->host);
  g_string_append_printf (uri, ":%u", settings->port);
  append_escaped (uri, "/", settings->database);
  g_string_append_printf (uri, "?sslmode=%s", tls_names[settings->tls]);
  if (is_socket)
    append_escaped (uri, "&host=", settings->host);
  if (settings->tls == SHEQU_SERVER_TLS_VERIFY)
    append_escaped (uri, "&sslrootcert=", settings->certificate);
  append_escaped (uri, "&passfile=", settings->password_file);
  return g_string_free (uri, FALSE);
}

/**
 * shequ_server_settings_get_password_path:
 *
 * Returns: (transfer full): the file of passwords of this person, which psql reads as well
 */
char *
shequ_server_settings_get_password_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "shequ", "passwords", NULL);
}

/* A part of a line of the file: colons and backslashes are marked. */
static void
append_part (GString *line, const char *part)
{
  for (const char *p = part; *p != '\0'; p++)
    {
      if (*p == ':' || *p == '\\')
        g_string_append_c (line, '\\');
      g_string_append_c (line, *p);
    }
}

/* What a line begins with that keeps the password of these settings. */
static char *
make_prefix (const ShequServerSettings *settings)
{
  GString *line = g_string_new (NULL);

  append_part (line, settings->host);
  g_string_append_printf (line, ":%u:", settings->port);
  append_part (line, settings->database);
  g_string_append_c (line, ':');
  append_part (line, settings->user);
  g_string_append_c (line, ':');
  return g_string_free (line, FALSE);
}

static char *
replace_line (const char *before, const char *prefix, const char *password)
{
  g_auto (GStrv) lines = g_strsplit (before, "\n", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !g_str_has_prefix (lines[i], prefix))
      g_string_append_printf (text, "%s\n", lines[i]);
  g_string_append (text, prefix);
  append_part (text, password);
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

/**
 * shequ_server_settings_keep_password:
 * @settings: parts with a password; get the file
 * @path: the file of passwords
 * @error: return location
 *
 * Keeps the password in a file that nobody else may read, in the form that the client library of the server
 * reads, instead of in the address. Without a password nothing is written.
 *
 * Returns: whether it is kept
 */
gboolean
shequ_server_settings_keep_password (ShequServerSettings *settings, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *before = NULL;
  g_autofree char *prefix = make_prefix (settings);
  g_autofree char *text = NULL;

  if (settings->password == NULL || *settings->password == '\0')
    return TRUE;
  if (strchr (settings->password, '\n') != NULL)
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                           _ ("The password holds a line break. Type it in one line"));
      return FALSE;
    }
  g_file_get_contents (path, &before, NULL, NULL);
  text = replace_line (before != NULL ? before : "", prefix, settings->password);
  if (g_mkdir_with_parents (folder, 0700) != 0 ||
      !g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL) ||
      g_chmod (path, 0600) != 0)
    {
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
        _ ("The password cannot be kept in “%s”. Check the rights of the folder, or do not have it "
           "remembered"),
        path);
      return FALSE;
    }
  replace (&settings->password_file, path);
  return TRUE;
}

/**
 * shequ_server_hide_password:
 * @uri: an address of any kind
 *
 * Returns: (transfer full): the address as it may be shown and remembered
 */
char *
shequ_server_hide_password (const char *uri)
{
  g_autoptr (GRegex) in_user = g_regex_new ("^(\\w+://[^/?#:@]*):[^/?#@]*@", 0, 0, NULL);
  g_autoptr (GRegex) in_query = g_regex_new ("([?&])password=[^&#]*&?", 0, 0, NULL);
  g_autofree char *without = NULL;

  if (strstr (uri, "://") == NULL)
    return g_strdup (uri);
  without = g_regex_replace (in_user, uri, -1, 0, "\\1@", 0, NULL);
  return g_regex_replace (in_query, without, -1, 0, "\\1", 0, NULL);
}
