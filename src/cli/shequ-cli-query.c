/* Which records a command is about, by its options. */
#include "shequ-cli-query.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-error.h"
#include "shequ-saved-lists.h"

#define FIELD_CHARACTERS G_CSET_a_2_z "_0123456789"

/* Of an export `FIELD=VALUE` takes the value as it stands, whatever it holds; anything else is a condition as
 * in a catalogue. */
static gboolean
add_where (ShequQuery *query, const char *text, ShequCliWhere kind, GError **error)
{
  gsize length = strspn (text, FIELD_CHARACTERS);
  g_autofree char *field = g_strndup (text, length);
  g_autoptr (ShequCondition) condition = NULL;

  if (kind == SHEQU_CLI_WHERE_CONDITION || length == 0 || text[length] != '=' || text[length + 1] == '=')
    return shequ_query_add_where (query, text, error);
  condition = shequ_condition_new_compare (SHEQU_CONDITION_EQUAL, field, text + length + 1);
  if (!shequ_condition_bind (condition, query->reg, error))
    return FALSE;
  shequ_query_take_where (query, g_steal_pointer (&condition));
  return TRUE;
}

/* The records and the order of a list, by its name or by what it is called. */
static gboolean
add_list (ShequCli *cli, ShequQuery *query, const char *name, GError **error)
{
  const ShequList *list = shequ_register_get_list (query->reg, name);
  g_autoptr (GPtrArray) saved = shequ_saved_lists_load (cli->office, query->reg, cli->cancellable, error);

  if (saved == NULL)
    return FALSE;
  for (guint i = 0; list == NULL && i < query->reg->lists->len; i++)
    if (g_str_equal (((const ShequList *) query->reg->lists->pdata[i])->label, name))
      list = query->reg->lists->pdata[i];
  if (list == NULL)
    list = shequ_saved_lists_find (saved, name);
  if (list == NULL)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("%s has no list “%s”. Nothing was done."),
                   query->reg->label, name);
      return FALSE;
    }
  if (list->where != NULL)
    shequ_query_take_where (query, shequ_condition_ref (list->where));
  g_array_append_vals (query->sort, list->sort->data, list->sort->len);
  return TRUE;
}

/**
 * shequ_cli_query_new:
 * @cli: a call; its options `where`, `list`, `search` and `as-of` are looked at
 * @reg: the register
 * @kind: what `where` may say
 * @error: %SHEQU_ERROR_ARGUMENT, %SHEQU_ERROR_NOT_FOUND for a list, or what is wrong in a condition
 *
 * Returns: (transfer full): the records that the options name, as a list of the window shows them
 */
ShequQuery *
shequ_cli_query_new (ShequCli *cli, const ShequRegister *reg, ShequCliWhere kind, GError **error)
{
  g_autoptr (ShequQuery) query = shequ_office_new_query (cli->office, reg);
  const GPtrArray *conditions = shequ_cli_get_options (cli, "where");
  const char *list = shequ_cli_get_option (cli, "list");
  g_autofree char *as_of = NULL;

  if (!shequ_cli_get_past_day (cli, "as-of", &as_of, error))
    return NULL;
  shequ_query_set_as_of (query, as_of);
  for (guint i = 0; conditions != NULL && i < conditions->len; i++)
    {
      if (!add_where (query, conditions->pdata[i], kind, error))
        return NULL;
    }
  if (list != NULL && !add_list (cli, query, list, error))
    return NULL;
  if (shequ_cli_get_option (cli, "search") != NULL)
    {
      g_autofree char *typed = g_utf8_make_valid (shequ_cli_get_option (cli, "search"), -1);

      shequ_query_set_search (query, typed);
    }
  return g_steal_pointer (&query);
}
