/* Lists that are made while the program runs, as those that people save. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-catalogue-private.h"
#include "shequ-error.h"

static gboolean
add_columns (ShequList *list, const ShequRegister *reg, const char *text, GError **error)
{
  g_auto (GStrv) names = g_strsplit (text, ";", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const ShequField *field;

      if (*g_strstrip (names[i]) == '\0')
        continue;
      field = shequ_register_require (reg, names[i], error);
      if (field == NULL)
        return FALSE;
      g_ptr_array_add (list->columns, (gpointer) field);
    }
  if (list->columns->len > 0)
    return TRUE;
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, _ ("A list needs a column"));
  return FALSE;
}

static gboolean
add_sort (ShequList *list, const ShequRegister *reg, const char *text, GError **error)
{
  g_auto (GStrv) names = g_strsplit (text, ";", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *name = g_strstrip (names[i]);
      ShequSort sort = { NULL, *name == '-' };

      if (*name == '\0')
        continue;
      sort.field = shequ_register_require (reg, name + (sort.descending ? 1 : 0), error);
      if (sort.field == NULL)
        return FALSE;
      if (shequ_field_is_stored (sort.field))
        g_array_append_val (list->sort, sort);
    }
  return TRUE;
}

/**
 * shequ_list_new:
 * @reg: a register
 * @name: what the list is called
 * @columns: (nullable): fields, as `name;age`; %NULL for those of the first list
 * @sort: (nullable): fields, as `-birth_date;name`
 * @condition: (nullable): which records
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a list with the filters of the register's first list, or %NULL when a
 *   field or the condition is not understood
 */
ShequList *
shequ_list_new (const ShequRegister *reg,
                const char *name,
                const char *columns,
                const char *sort,
                const char *condition,
                GError **error)
{
  const ShequList *first = shequ_register_get_list (reg, NULL);
  ShequList *list = g_new0 (ShequList, 1);
  gboolean done;

  list->name = g_strdup (name);
  list->label = g_strdup (name);
  list->columns = columns != NULL ? g_ptr_array_new () : g_ptr_array_ref (first->columns);
  list->sort = g_array_new (FALSE, FALSE, sizeof (ShequSort));
  list->filters = g_ptr_array_ref (first->filters);
  done = (columns == NULL || add_columns (list, reg, columns, error)) &&
         (sort == NULL || add_sort (list, reg, sort, error));
  if (done && condition != NULL)
    {
      list->where = shequ_condition_parse (condition, error);
      done = list->where != NULL && shequ_condition_bind (list->where, reg, error);
    }
  if (!done)
    g_clear_pointer (&list, shequ_list_free);
  return list;
}

/**
 * shequ_list_copy:
 * @list: a list
 *
 * Returns: (transfer full): the same list, with columns and order of its own
 */
ShequList *
shequ_list_copy (const ShequList *list)
{
  ShequList *copy = g_new0 (ShequList, 1);

  copy->name = g_strdup (list->name);
  copy->label = g_strdup (list->label);
  copy->columns = g_ptr_array_new ();
  for (guint i = 0; i < list->columns->len; i++)
    g_ptr_array_add (copy->columns, list->columns->pdata[i]);
  copy->sort = g_array_copy (list->sort);
  copy->filters = g_ptr_array_ref (list->filters);
  copy->where = list->where != NULL ? shequ_condition_ref (list->where) : NULL;
  return copy;
}

/**
 * shequ_list_write_columns:
 * @list: a list
 *
 * Returns: (transfer full): its columns, as `name;age`
 */
char *
shequ_list_write_columns (const ShequList *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < list->columns->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ";" : "",
                            ((const ShequField *) list->columns->pdata[i])->name);
  return g_string_free (text, FALSE);
}

/**
 * shequ_list_write_sort:
 * @list: a list
 *
 * Returns: (transfer full): by which fields it is sorted, as `-birth_date;name`
 */
char *
shequ_list_write_sort (const ShequList *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < list->sort->len; i++)
    {
      const ShequSort *sort = &g_array_index (list->sort, ShequSort, i);

      g_string_append_printf (text, "%s%s%s", i > 0 ? ";" : "", sort->descending ? "-" : "",
                              sort->field->name);
    }
  return g_string_free (text, FALSE);
}
