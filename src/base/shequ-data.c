#include "shequ-data.h"

#include "shequ-error.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-data-resources.h"

#define DATA_PREFIX "/com/example/Shequ/"

/* GLib makes the resource when it is first asked for, which only one thread at a time may do. */
static GResource *
get_resource (void)
{
  static gsize made = 0;

  if (g_once_init_enter (&made))
    g_once_init_leave (&made, shequ_data_get_resource () != NULL);
  return shequ_data_get_resource ();
}

/**
 * shequ_data_load:
 * @path: a path below `data/`, as `codes/gb3304_ethnic.tsv`
 * @error: return location
 *
 * Gives a file of the program's own data, compiled into it.
 *
 * Returns: (transfer full): the bytes, followed by a NUL that is not counted
 */
GBytes *
shequ_data_load (const char *path, GError **error)
{
  g_autofree char *name = g_strconcat (DATA_PREFIX, path, NULL);

  return g_resource_lookup_data (get_resource (), name, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}

/**
 * shequ_data_list:
 * @folder: a folder below `data/`, as `catalogue`
 * @error: return location
 *
 * Returns: (transfer full): the names of the files in @folder
 */
char **
shequ_data_list (const char *folder, GError **error)
{
  g_autofree char *name = g_strconcat (DATA_PREFIX, folder, NULL);

  return g_resource_enumerate_children (get_resource (), name, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}

/* Where in the head line each wanted column stands. */
static gboolean
find_columns (const char *path, char **head, char **wanted, guint *places, GError **error)
{
  for (guint i = 0; wanted[i] != NULL; i++)
    {
      guint place = 0;

      while (head[place] != NULL && g_strcmp0 (head[place], wanted[i]) != 0)
        place++;
      if (head[place] == NULL)
        {
          g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE, _ ("%s has no column “%s”"), path,
                       wanted[i]);
          return FALSE;
        }
      places[i] = place;
    }
  return TRUE;
}

/**
 * shequ_data_read_table:
 * @path: a tab-separated table below `data/`; the first line is the header
 * @columns: the names of the wanted columns, separated by blanks
 * @function: (scope call): called for each row with the wanted cells in that order, and the line number
 * @user_data: handed to @function
 * @error: return location
 *
 * Returns: %FALSE when the table cannot be read, lacks a column or @function failed
 */
gboolean
shequ_data_read_table (const char *path,
                       const char *columns,
                       ShequTableFunc function,
                       gpointer user_data,
                       GError **error)
{
  g_autoptr (GBytes) bytes = shequ_data_load (path, error);
  g_auto (GStrv) wanted = g_strsplit (columns, " ", -1);
  g_autofree guint *places = g_new0 (guint, g_strv_length (wanted) + 1);
  g_autofree char **cells = g_new0 (char *, g_strv_length (wanted) + 1);
  g_auto (GStrv) lines = NULL;

  if (bytes == NULL)
    return FALSE;
  lines = g_strsplit (g_bytes_get_data (bytes, NULL), "\n", -1);
  for (guint line = 0; lines[line] != NULL; line++)
    {
      g_auto (GStrv) row = NULL;
      guint width;

      if (*g_strchomp (lines[line]) == '\0')
        continue;
      row = g_strsplit (lines[line], "\t", -1);
      if (line == 0)
        {
          if (!find_columns (path, row, wanted, places, error))
            return FALSE;
          continue;
        }
      width = g_strv_length (row);
      for (guint i = 0; wanted[i] != NULL; i++)
        cells[i] = places[i] < width ? row[places[i]] : (char *) "";
      if (!function (cells, line + 1, user_data, error))
        return FALSE;
    }
  return TRUE;
}
