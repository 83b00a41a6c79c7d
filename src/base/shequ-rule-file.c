/*
 * A file of rules: groups of keys (GKeyFile), written by the program's authors or by a district.
 *
 * Whoever loads one reads all keys with the functions here and asks once, at the end, whether all was well
 * (shequ_rule_file_finish): the first fault is kept, later reads give nothing. A message names the file, the
 * line, the group and the key. Groups and keys that stand twice are faults, where GKeyFile would join them.
 */
#include "shequ-rule-file.h"

#include "shequ-data.h"
#include "shequ-error.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

struct _ShequRuleFile
{
  char *name;
  GKeyFile *keys;
  char **groups;
  /* `group` or `group\nkey` to line number. */
  GHashTable *lines;
  GError *error;
};

static char *
make_place (const char *group, const char *key)
{
  return key != NULL ? g_strconcat (group, "\n", key, NULL) : g_strdup (group);
}

/**
 * shequ_rule_file_fail:
 * @file: a file being loaded
 * @group: (nullable): the group at fault
 * @key: (nullable): the key at fault
 * @format: what is wrong with it
 *
 * Keeps the fault, unless an earlier one is kept already.
 */
void
shequ_rule_file_fail (ShequRuleFile *file, const char *group, const char *key, const char *format, ...)
{
  g_autofree char *what = NULL;
  g_autofree char *place = NULL;
  g_autofree char *where = NULL;
  guint line;
  va_list arguments;

  if (file->error != NULL)
    return;
  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  place = make_place (group != NULL ? group : "", key);
  line = GPOINTER_TO_UINT (g_hash_table_lookup (file->lines, place));
  if (line == 0 && group != NULL)
    line = GPOINTER_TO_UINT (g_hash_table_lookup (file->lines, group));
  if (group == NULL)
    where = g_strdup (file->name);
  else if (line == 0)
    where = g_strdup_printf (_ ("%s, group [%s]"), file->name, group);
  else if (key == NULL)
    where = g_strdup_printf (_ ("%s, line %u, group [%s]"), file->name, line, group);
  else
    where = g_strdup_printf (_ ("%s, line %u, group [%s], key %s"), file->name, line, group, key);
  g_set_error (&file->error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE, "%s: %s", where, what);
}

/* Notes one group or key and its line; a second one of the same name is a fault. */
static void
note_line (ShequRuleFile *file, const char *group, const char *key, guint line)
{
  char *place = make_place (group, key);

  if (g_hash_table_contains (file->lines, place))
    {
      g_hash_table_replace (file->lines, place, GUINT_TO_POINTER (line));
      shequ_rule_file_fail (file, group, key, "%s", _ ("stands twice"));
      return;
    }
  g_hash_table_replace (file->lines, place, GUINT_TO_POINTER (line));
}

static void
scan_lines (ShequRuleFile *file, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *group = g_strdup ("");

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      char *equals = strchr (line, '=');
      char *close = strchr (line, ']');

      if (*line == '[' && close != NULL)
        {
          g_free (group);
          group = g_strndup (line + 1, close - line - 1);
          note_line (file, group, NULL, i + 1);
        }
      else if (*line != '#' && equals != NULL)
        {
          *equals = '\0';
          g_strchomp (line);
          note_line (file, group, line, i + 1);
        }
    }
}

/**
 * shequ_rule_file_new:
 * @name: the name that messages give the file
 * @text: its text, UTF-8
 * @error: return location
 *
 * Reads a file of rules; its content is checked by the loader that takes it.
 */
ShequRuleFile *
shequ_rule_file_new (const char *name, const char *text, GError **error)
{
  g_autoptr (ShequRuleFile) file = g_new0 (ShequRuleFile, 1);
  g_autoptr (GError) inner = NULL;

  file->name = g_strdup (name);
  file->keys = g_key_file_new ();
  file->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!g_key_file_load_from_data (file->keys, text, strlen (text), G_KEY_FILE_NONE, &inner))
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE, "%s: %s", name, inner->message);
      return NULL;
    }
  file->groups = g_key_file_get_groups (file->keys, NULL);
  scan_lines (file, text);
  return g_steal_pointer (&file);
}

/**
 * shequ_rule_file_load:
 * @path: a path below `data/`, as `rules/block-rules.ini`
 * @error: return location
 */
ShequRuleFile *
shequ_rule_file_load (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = shequ_data_load (path, error);

  return bytes != NULL ? shequ_rule_file_new (path, g_bytes_get_data (bytes, NULL), error) : NULL;
}

void
shequ_rule_file_free (ShequRuleFile *file)
{
  if (file == NULL)
    return;
  g_free (file->name);
  g_key_file_unref (file->keys);
  g_strfreev (file->groups);
  g_hash_table_unref (file->lines);
  g_clear_error (&file->error);
  g_free (file);
}

/** shequ_rule_file_get_groups: the groups in the order of the file. */
const char *const *
shequ_rule_file_get_groups (ShequRuleFile *file)
{
  return (const char *const *) file->groups;
}

gboolean
shequ_rule_file_has (ShequRuleFile *file, const char *group, const char *key)
{
  return g_key_file_has_key (file->keys, group, key, NULL);
}

/**
 * shequ_rule_file_check_keys:
 * @file: a file being loaded
 * @group: a group of it
 * @allowed: the keys that such a group may have, separated by blanks
 *
 * Makes a key of another name a fault, so that a misspelt rule is never silently without effect.
 */
void
shequ_rule_file_check_keys (ShequRuleFile *file, const char *group, const char *allowed)
{
  g_auto (GStrv) known = g_strsplit (allowed, " ", -1);
  g_auto (GStrv) keys = g_key_file_get_keys (file->keys, group, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autofree char *plain = g_strndup (keys[i], strcspn (keys[i], "["));

      if (!g_strv_contains ((const char *const *) known, plain))
        shequ_rule_file_fail (file, group, plain, "%s", _ ("there is no such key here"));
    }
}

/**
 * shequ_rule_file_get_text:
 *
 * Returns: (transfer full): the text in the language of the program, or the empty text
 */
char *
shequ_rule_file_get_text (ShequRuleFile *file, const char *group, const char *key)
{
  g_autoptr (GError) inner = NULL;
  char *text = NULL;

  if (file->error == NULL && shequ_rule_file_has (file, group, key))
    text = g_key_file_get_locale_string (file->keys, group, key, NULL, &inner);
  if (inner != NULL)
    shequ_rule_file_fail (file, group, key, "%s", inner->message);
  return text != NULL ? text : g_strdup ("");
}

/** shequ_rule_file_need_text: as shequ_rule_file_get_text(), but a missing or empty text is a fault. */
char *
shequ_rule_file_need_text (ShequRuleFile *file, const char *group, const char *key)
{
  char *text = shequ_rule_file_get_text (file, group, key);

  if (*text == '\0')
    shequ_rule_file_fail (file, group, key, "%s", _ ("must be given"));
  return text;
}

/**
 * shequ_rule_file_get_raw:
 *
 * Returns: (transfer full) (nullable): the text without any unescaping, as patterns are written
 */
char *
shequ_rule_file_get_raw (ShequRuleFile *file, const char *group, const char *key)
{
  return file->error == NULL ? g_key_file_get_value (file->keys, group, key, NULL) : NULL;
}

/** shequ_rule_file_get_list: (transfer full): the parts between semicolons; empty where the key is missing.
 */
char **
shequ_rule_file_get_list (ShequRuleFile *file, const char *group, const char *key)
{
  g_autoptr (GError) inner = NULL;
  char **list = NULL;

  if (file->error == NULL && shequ_rule_file_has (file, group, key))
    list = g_key_file_get_string_list (file->keys, group, key, NULL, &inner);
  if (inner != NULL)
    shequ_rule_file_fail (file, group, key, "%s", inner->message);
  return list != NULL ? list : g_new0 (char *, 1);
}

/** shequ_rule_file_get_integer: a whole number of the range, or @fallback where the key is missing. */
gint64
shequ_rule_file_get_integer (ShequRuleFile *file,
                             const char *group,
                             const char *key,
                             gint64 lowest,
                             gint64 highest,
                             gint64 fallback)
{
  g_autofree char *text = shequ_rule_file_get_raw (file, group, key);
  gint64 value = fallback;

  if (text != NULL && !g_ascii_string_to_signed (text, 10, lowest, highest, &value, NULL))
    shequ_rule_file_fail (file, group, key, _ ("“%s” is no whole number from %" PRId64 " to %" PRId64), text,
                          lowest, highest);
  return value;
}

/** shequ_rule_file_get_boolean: true or false; false where the key is missing. */
gboolean
shequ_rule_file_get_boolean (ShequRuleFile *file, const char *group, const char *key)
{
  static const char *const choices[] = { "false", "true", NULL };

  return shequ_rule_file_get_choice (file, group, key, choices, 0);
}

/** shequ_rule_file_get_choice: which of @choices stands there, or @fallback where the key is missing. */
int
shequ_rule_file_get_choice (ShequRuleFile *file,
                            const char *group,
                            const char *key,
                            const char *const *choices,
                            int fallback)
{
  g_autofree char *text = shequ_rule_file_get_raw (file, group, key);
  g_autofree char *all = NULL;

  if (text == NULL)
    return fallback;
  for (int i = 0; choices[i] != NULL; i++)
    if (strcmp (choices[i], text) == 0)
      return i;
  all = g_strjoinv (", ", (char **) choices);
  shequ_rule_file_fail (file, group, key, _ ("“%s” is none of: %s"), text, all);
  return fallback;
}

gboolean
shequ_rule_file_failed (ShequRuleFile *file)
{
  return file->error != NULL;
}

/** shequ_rule_file_finish: whether all was well so far; else hands over the first fault. */
gboolean
shequ_rule_file_finish (ShequRuleFile *file, GError **error)
{
  if (file->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&file->error));
  return FALSE;
}
