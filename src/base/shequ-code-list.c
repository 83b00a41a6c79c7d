#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-catalogue-private.h"
#include "shequ-data.h"
#include "shequ-error.h"
#include "shequ-text.h"

/* Longer than the longest label of any standard. */
#define SPELLING_SIZE 256

static void
code_free (ShequCode *code)
{
  g_free (code->code);
  g_free (code->label);
  g_free (code->shipped);
  g_free (code->parent);
  g_free (code->check);
  g_clear_pointer (&code->pattern, g_regex_unref);
  g_free (code);
}

/* As people mean it: without blanks, half-width, small letters. */
static gboolean
fold_spelling (const char *text, char *buffer)
{
  gssize length = shequ_text_squeeze_into (text, buffer, SPELLING_SIZE);

  for (gssize i = 0; i < length; i++)
    buffer[i] = g_ascii_tolower (buffer[i]);
  return length > 0;
}

/**
 * shequ_code_list_new:
 * @name: its name
 *
 * Returns: (transfer full): a list without codes
 */
ShequCodeList *
shequ_code_list_new (const char *name)
{
  ShequCodeList *list = g_new0 (ShequCodeList, 1);

  list->name = g_strdup (name);
  list->codes = g_ptr_array_new_with_free_func ((GDestroyNotify) code_free);
  list->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  list->by_spelling = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return list;
}

/**
 * shequ_code_list_free:
 * @list: (transfer full): a list
 */
void
shequ_code_list_free (ShequCodeList *list)
{
  g_hash_table_unref (list->by_code);
  g_hash_table_unref (list->by_spelling);
  g_ptr_array_unref (list->codes);
  g_free (list->name);
  g_free (list);
}

/**
 * shequ_code_list_add_spelling:
 * @list: a list
 * @spelling: what people write for @code; an earlier meaning of it stays
 * @code: a code of @list
 */
void
shequ_code_list_add_spelling (ShequCodeList *list, const char *spelling, ShequCode *code)
{
  char folded[SPELLING_SIZE];

  if (fold_spelling (spelling, folded) && !g_hash_table_contains (list->by_spelling, folded))
    g_hash_table_insert (list->by_spelling, g_strdup (folded), code);
}

/**
 * shequ_code_list_add:
 * @list: a list
 * @code: a code that is not yet in it
 * @label: its label
 *
 * Returns: (transfer none): the code
 */
ShequCode *
shequ_code_list_add (ShequCodeList *list, const char *code, const char *label)
{
  ShequCode *added = g_new0 (ShequCode, 1);

  added->code = g_strdup (code);
  added->label = g_strdup (label);
  g_ptr_array_add (list->codes, added);
  g_hash_table_insert (list->by_code, added->code, added);
  shequ_code_list_add_spelling (list, label, added);
  return added;
}

/**
 * shequ_code_list_rename:
 * @list: a list
 * @code: a code of it
 * @label: (nullable): what it is called from now on; %NULL for what the description says
 *
 * Calls a code by the name of a place. The name that it had is still understood. Not while another thread
 * may look at the list.
 */
void
shequ_code_list_rename (ShequCodeList *list, const char *code, const char *label)
{
  ShequCode *renamed = g_hash_table_lookup (list->by_code, code);

  if (renamed == NULL || (label == NULL && renamed->shipped == NULL))
    return;
  if (renamed->shipped == NULL)
    renamed->shipped = g_strdup (renamed->label);
  g_free (renamed->label);
  renamed->label = g_strdup (label != NULL ? label : renamed->shipped);
  shequ_code_list_add_spelling (list, renamed->label, renamed);
}

/**
 * shequ_code_list_lookup:
 * @list: a code list
 * @code: a code as it is stored
 *
 * Returns: (nullable) (transfer none): the code
 */
const ShequCode *
shequ_code_list_lookup (const ShequCodeList *list, const char *code)
{
  return g_hash_table_lookup (list->by_code, code);
}

/**
 * shequ_code_list_recognise:
 * @list: a code list
 * @typed: a code, a label or what people write for it
 *
 * Returns: (nullable) (transfer none): the code that is meant
 */
const ShequCode *
shequ_code_list_recognise (const ShequCodeList *list, const char *typed)
{
  const ShequCode *code = g_hash_table_lookup (list->by_spelling, typed);
  char folded[SPELLING_SIZE];

  if (code == NULL)
    code = g_hash_table_lookup (list->by_code, typed);
  if (code != NULL || !fold_spelling (typed, folded))
    return code;
  code = g_hash_table_lookup (list->by_spelling, folded);
  return code != NULL ? code : g_hash_table_lookup (list->by_code, folded);
}

typedef struct
{
  ShequCodeList *list;
  char **columns;
} Loading;

static const char *
get_cell (char **columns, char **cells, const char *name)
{
  for (guint i = 0; columns[i] != NULL; i++)
    if (g_str_equal (columns[i], name))
      return *cells[i] != '\0' ? cells[i] : NULL;
  return NULL;
}

static gboolean
load_row (char **cells, guint line, gpointer user_data, GError **error)
{
  Loading *loading = user_data;
  const char *code = get_cell (loading->columns, cells, "code");
  const char *name = get_cell (loading->columns, cells, "name");
  const char *parent = get_cell (loading->columns, cells, "parent");
  const char *pattern = get_cell (loading->columns, cells, "pattern");
  const char *short_name = get_cell (loading->columns, cells, "short");
  ShequCode *added;

  if (code == NULL || name == NULL || shequ_code_list_lookup (loading->list, code) != NULL)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE,
                   _ ("Line %u has no code, no name, or a code that stands there twice"), line);
      return FALSE;
    }
  added = shequ_code_list_add (loading->list, code, name);
  added->parent = g_strdup (parent != NULL ? parent : get_cell (loading->columns, cells, "group_code"));
  added->check = g_strdup (get_cell (loading->columns, cells, "check"));
  if (short_name != NULL)
    shequ_code_list_add_spelling (loading->list, short_name, added);
  if (pattern != NULL)
    {
      added->pattern = g_regex_new (pattern, G_REGEX_OPTIMIZE, 0, error);
      return added->pattern != NULL;
    }
  return TRUE;
}

/* The wanted columns that the table has, separated by blanks. */
static char *
find_columns (const char *path, GError **error)
{
  static const char *const wanted[] = { "code", "name", "parent", "group_code", "short", "pattern", "check" };
  g_autoptr (GBytes) bytes = shequ_data_load (path, error);
  g_autoptr (GString) columns = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) head = NULL;

  if (bytes == NULL)
    return NULL;
  lines = g_strsplit (g_bytes_get_data (bytes, NULL), "\n", 2);
  head = g_strsplit (lines[0] != NULL ? lines[0] : "", "\t", -1);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (i < 2 || g_strv_contains ((const char *const *) head, wanted[i]))
      g_string_append_printf (columns, "%s%s", i > 0 ? " " : "", wanted[i]);
  return g_string_free (g_steal_pointer (&columns), FALSE);
}

/**
 * shequ_code_list_load:
 * @name: the name of a table in `data/codes/`
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the code list
 */
ShequCodeList *
shequ_code_list_load (const char *name, GError **error)
{
  g_autofree char *path = g_strdup_printf ("codes/%s.tsv", name);
  g_autofree char *columns = find_columns (path, error);
  g_auto (GStrv) names = NULL;
  Loading loading;

  if (columns == NULL)
    return NULL;
  names = g_strsplit (columns, " ", -1);
  loading.columns = names;
  loading.list = shequ_code_list_new (name);
  if (!shequ_data_read_table (path, columns, load_row, &loading, error))
    g_clear_pointer (&loading.list, shequ_code_list_free);
  return loading.list;
}
