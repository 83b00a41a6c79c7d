#include "shequ-query.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"

/**
 * shequ_query_new:
 * @reg: a register
 * @today: the day it is, for conditions and ages
 *
 * Returns: (transfer full): a query for all records
 */
ShequQuery *
shequ_query_new (const ShequRegister *reg, const char *today)
{
  ShequQuery *query = g_new0 (ShequQuery, 1);

  query->reg = reg;
  query->today = g_strdup (today);
  query->sort = g_array_new (FALSE, FALSE, sizeof (ShequSort));
  return query;
}

/**
 * shequ_query_copy:
 * @query: a query
 *
 * Returns: (transfer full): the same query; the condition is shared
 */
ShequQuery *
shequ_query_copy (const ShequQuery *query)
{
  ShequQuery *copy = shequ_query_new (query->reg, query->today);

  copy->where = query->where != NULL ? shequ_condition_ref (query->where) : NULL;
  copy->search = g_strdup (query->search);
  copy->as_of = g_strdup (query->as_of);
  if (query->sort->len > 0)
    g_array_append_vals (copy->sort, query->sort->data, query->sort->len);
  copy->unit = query->unit;
  copy->with_deleted = query->with_deleted;
  copy->with_restricted = query->with_restricted;
  copy->limit = query->limit;
  return copy;
}

/**
 * shequ_query_free:
 * @query: (transfer full): a query
 */
void
shequ_query_free (ShequQuery *query)
{
  g_clear_pointer (&query->where, shequ_condition_unref);
  g_array_unref (query->sort);
  g_free (query->search);
  g_free (query->today);
  g_free (query->as_of);
  g_free (query);
}

/**
 * shequ_query_set_search:
 * @query: a query
 * @search: (nullable): what a person typed; blanks alone are nothing
 */
void
shequ_query_set_search (ShequQuery *query, const char *search)
{
  g_autofree char *stripped = search != NULL ? g_strstrip (g_strdup (search)) : NULL;

  g_free (query->search);
  query->search = stripped != NULL && *stripped != '\0' ? g_steal_pointer (&stripped) : NULL;
}

/**
 * shequ_query_set_as_of:
 * @query: a query
 * @day: (nullable): a day, as `2024-12-31`; %NULL for now
 *
 * Looks at the register as it stood at the end of a day: at the versions of that day where the register keeps
 * them, with conditions and ages of that day. Registers without versions are looked at as they are.
 */
void
shequ_query_set_as_of (ShequQuery *query, const char *day)
{
  char *copy = g_strdup (day);

  g_free (query->as_of);
  query->as_of = copy;
}

/**
 * shequ_query_add_where:
 * @query: a query
 * @condition: a condition, as shequ_condition_parse() reads it
 * @error: return location
 *
 * Narrows the query down, with values as people write them.
 *
 * Returns: %FALSE when the condition is not understood or names no field of the register
 */
gboolean
shequ_query_add_where (ShequQuery *query, const char *condition, GError **error)
{
  g_autoptr (ShequCondition) parsed = shequ_condition_parse (condition, error);

  if (parsed == NULL || !shequ_condition_bind (parsed, query->reg, error))
    return FALSE;
  shequ_query_take_where (query, g_steal_pointer (&parsed));
  return TRUE;
}

/**
 * shequ_query_take_where:
 * @query: a query
 * @condition: (transfer full): a condition that is bound, or whose values are as they are stored
 */
void
shequ_query_take_where (ShequQuery *query, ShequCondition *condition)
{
  query->where = shequ_condition_new_join (SHEQU_CONDITION_AND, query->where, condition);
}

/**
 * shequ_query_sort_by:
 * @query: a query
 * @field: the name of a stored field
 * @descending: whether the greatest come first
 * @error: return location
 *
 * Sorts by one more field, after those given before.
 *
 * Returns: %FALSE when there is no such field or it is computed
 */
gboolean
shequ_query_sort_by (ShequQuery *query, const char *field, gboolean descending, GError **error)
{
  ShequSort sort = { shequ_register_require (query->reg, field, error), descending };

  if (sort.field == NULL)
    return FALSE;
  if (!shequ_field_is_stored (sort.field))
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                   _ ("“%s” is computed and cannot be sorted by"), sort.field->label);
      return FALSE;
    }
  g_array_append_val (query->sort, sort);
  return TRUE;
}
