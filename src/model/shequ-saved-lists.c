#include "shequ-saved-lists.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"

#define REGISTER "saved_list"

void
shequ_saved_list_free (ShequSavedList *saved)
{
  g_clear_pointer (&saved->list, shequ_list_free);
  g_free (saved->name);
  g_free (saved);
}

static ShequQuery *
new_query (ShequOffice *office, const ShequRegister *reg)
{
  ShequQuery *query = shequ_office_new_query (office, shequ_office_get_register (office, REGISTER));

  shequ_query_take_where (query, shequ_condition_new_compare (SHEQU_CONDITION_EQUAL, "register", reg->name));
  return query;
}

/**
 * shequ_saved_lists_load:
 * @office: the office
 * @reg: a register
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Reads the lists of @reg that the user made and those that are shared. A list that names a field that is no
 * longer there is left out; it stays in its register, where it can be mended.
 *
 * Returns: (transfer full) (element-type ShequSavedList) (nullable): the lists by name
 */
GPtrArray *
shequ_saved_lists_load (ShequOffice *office,
                        const ShequRegister *reg,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_saved_list_free);
  g_autoptr (ShequQuery) query = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (shequ_office_require_register (office, REGISTER, error) == NULL)
    return NULL;
  query = new_query (office, reg);
  rows = shequ_office_get_rows (office, query, cancellable, error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      const ShequRow *row = rows->pdata[i];
      gboolean own = g_strcmp0 (shequ_row_get_text (row, "owner"), shequ_office_get_user (office)) == 0;
      gboolean shared = shequ_row_get_integer (row, "shared") != 0;
      ShequList *list = NULL;
      ShequSavedList *saved;

      if (own || shared)
        list = shequ_list_new (reg, shequ_row_get_text (row, "name"), shequ_row_get_text (row, "columns"),
                               shequ_row_get_text (row, "sort"), shequ_row_get_text (row, "condition"), NULL);
      if (list == NULL)
        continue;
      saved = g_new0 (ShequSavedList, 1);
      saved->key = row->key;
      saved->name = g_strdup (shequ_row_get_text (row, "name"));
      saved->own = own;
      saved->shared = shared;
      saved->list = list;
      g_ptr_array_add (lists, saved);
    }
  return g_steal_pointer (&lists);
}

/**
 * shequ_saved_lists_find:
 * @lists: (element-type ShequSavedList): what shequ_saved_lists_load() gave
 * @name: a name
 *
 * Returns: (transfer none) (nullable): the list of that name
 */
const ShequList *
shequ_saved_lists_find (const GPtrArray *lists, const char *name)
{
  for (guint i = 0; i < lists->len; i++)
    if (g_str_equal (((const ShequSavedList *) lists->pdata[i])->name, name))
      return ((const ShequSavedList *) lists->pdata[i])->list;
  return NULL;
}

/* The record of the same name and owner, or a new one. */
static ShequRow *
find_row (ShequOffice *office,
          const ShequRegister *reg,
          const char *name,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (ShequQuery) query = new_query (office, reg);
  g_autoptr (GPtrArray) rows = NULL;

  shequ_query_take_where (query, shequ_condition_new_compare (SHEQU_CONDITION_EQUAL, "name", name));
  shequ_query_take_where (
    query, shequ_condition_new_compare (SHEQU_CONDITION_EQUAL, "owner", shequ_office_get_user (office)));
  rows = shequ_office_get_rows (office, query, cancellable, error);
  if (rows == NULL)
    return NULL;
  return rows->len > 0 ? shequ_row_copy (rows->pdata[0]) : shequ_office_new_row (office, query->reg);
}

/**
 * shequ_saved_lists_save:
 * @office: the office
 * @reg: a register
 * @name: what the list shall be called
 * @list: which records, in which order, with which columns
 * @shared: whether everybody is offered it
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Keeps a list; one of the user's own with the same name is replaced.
 *
 * Returns: the key of its record, or 0 when it was not kept
 */
gint64
shequ_saved_lists_save (ShequOffice *office,
                        const ShequRegister *reg,
                        const char *name,
                        const ShequList *list,
                        gboolean shared,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autofree char *columns = shequ_list_write_columns (list);
  g_autofree char *sort = shequ_list_write_sort (list);
  g_autofree char *condition = list->where != NULL ? shequ_condition_to_text (list->where) : NULL;
  g_autoptr (ShequRow) row = NULL;

  if (shequ_office_require_register (office, REGISTER, error) == NULL)
    return 0;
  row = find_row (office, reg, name, cancellable, error);
  if (row == NULL)
    return 0;
  shequ_row_set_text (row, "name", name);
  shequ_row_set_text (row, "register", reg->name);
  shequ_row_set_text (row, "owner", shequ_office_get_user (office));
  shequ_row_set_text (row, "columns", columns);
  shequ_row_set_text (row, "sort", *sort != '\0' ? sort : NULL);
  shequ_row_set_text (row, "condition", condition);
  shequ_row_set_integer (row, "shared", shared);
  return shequ_office_save (office, row, NULL, cancellable, error) ? row->key : 0;
}

static char *
name_setting (ShequOffice *office, const ShequRegister *reg, const char *list)
{
  return g_strdup_printf ("columns.%s.%s.%s", reg->name, list, shequ_office_get_user (office));
}

char *
shequ_saved_lists_get_columns (ShequOffice *office, const ShequRegister *reg, const char *list)
{
  g_autofree char *setting = name_setting (office, reg, list);

  return shequ_store_get_setting (shequ_office_get_store (office), setting, NULL);
}

gboolean
shequ_saved_lists_set_columns (ShequOffice *office,
                               const ShequRegister *reg,
                               const char *list,
                               const char *columns,
                               GError **error)
{
  g_autofree char *setting = name_setting (office, reg, list);
  g_autoptr (ShequTransaction) transaction = shequ_office_begin (office, NULL, NULL, error);

  return transaction != NULL && shequ_transaction_set_setting (transaction, setting, columns, error) &&
         shequ_transaction_commit (transaction, error);
}
