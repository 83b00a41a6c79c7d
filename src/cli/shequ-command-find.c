#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-cli-commands.h"
#include "shequ-cli-json.h"
#include "shequ-cli-query.h"
#include "shequ-cli-table.h"
#include "shequ-error.h"
#include "shequ-search.h"

#define DEFAULT_LIMIT 20

static void
print_json (const ShequHit *hit)
{
  JsonBuilder *builder = shequ_cli_json_begin ();

  shequ_cli_json_add_text (builder, "register", hit->reg->name);
  shequ_cli_json_add_integer (builder, "key", hit->key);
  shequ_cli_json_add_text (builder, "title", hit->title);
  shequ_cli_json_add_text (builder, "detail", hit->detail);
  shequ_cli_json_add_number (builder, "score", hit->score);
  shequ_cli_json_end (builder);
}

static void
print_table (const GPtrArray *hits)
{
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (4);

  shequ_cli_table_align_right (table, 1);
  for (guint i = 0; i < hits->len; i++)
    {
      const ShequHit *hit = hits->pdata[i];
      g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, hit->key);

      shequ_cli_table_add (table, hit->reg->name, key, hit->title, hit->detail, NULL);
    }
  shequ_cli_table_print (table, 0);
}

static void
free_hit (gpointer data)
{
  shequ_hit_free (data);
}

/* The records of one register that a query lists, best first where it searches, else in its order. */
static GPtrArray *
list_records (ShequCli *cli, const ShequRegister *reg, const char *typed, guint limit, GError **error)
{
  g_autoptr (ShequQuery) query = shequ_cli_query_new (cli, reg, SHEQU_CLI_WHERE_CONDITION, error);
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func (free_hit);
  g_autoptr (GPtrArray) rows = NULL;

  if (query == NULL)
    return NULL;
  if (typed != NULL)
    shequ_query_set_search (query, typed);
  query->limit = limit;
  if (typed != NULL && query->search == NULL)
    return g_steal_pointer (&hits);
  rows = shequ_office_get_rows (cli->office, query, cli->cancellable, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const ShequRow *row = rows->pdata[i];
      ShequHit *hit = g_new0 (ShequHit, 1);

      hit->reg = reg;
      hit->key = row->key;
      hit->title = shequ_row_get_title (row);
      hit->detail = shequ_row_get_detail (row);
      g_ptr_array_add (hits, hit);
    }
  return rows != NULL ? g_steal_pointer (&hits) : NULL;
}

static GPtrArray *
search (ShequCli *cli, const char *typed, const ShequRegister *only, guint limit, GError **error)
{
  g_autofree char *today = NULL;
  gboolean has_query =
    shequ_cli_has_option (cli, "where") || shequ_cli_has_option (cli, "list") || typed == NULL;

  if (has_query || shequ_cli_has_option (cli, "as-of"))
    {
      if (only != NULL)
        return list_records (cli, only, typed, limit, error);
      if (has_query)
        g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                     _ ("Name a text, or --in=REGISTER and --where=CONDITION or --list=NAME."));
      else
        g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT, _ ("--as-of needs --in=REGISTER."));
      return NULL;
    }
  if (only == NULL)
    return shequ_office_search (cli->office, typed, limit, cli->cancellable, error);
  today = shequ_office_get_today (cli->office);
  return shequ_store_search (shequ_office_get_store (cli->office), typed, only, limit, today,
                             cli->cancellable, error);
}

/* What the search of the window finds, or the records that meet a condition. */
gboolean
shequ_command_find (ShequCli *cli, GError **error)
{
  const char *name = shequ_cli_get_option (cli, "in");
  const ShequRegister *only = name != NULL ? shequ_office_require_register (cli->office, name, error) : NULL;
  const char *text = shequ_cli_get_argument (cli, 0);
  g_autofree char *typed = text != NULL ? g_utf8_make_valid (text, -1) : NULL;
  g_autoptr (GPtrArray) hits = NULL;
  gint64 limit;

  if ((name != NULL && only == NULL) || !shequ_cli_get_number (cli, "limit", DEFAULT_LIMIT, &limit, error))
    return FALSE;
  hits = search (cli, typed, only, (guint) MIN (limit, G_MAXINT), error);
  if (hits == NULL)
    return FALSE;
  for (guint i = 0; shequ_cli_wants_json (cli) && i < hits->len; i++)
    print_json (hits->pdata[i]);
  if (!shequ_cli_wants_json (cli))
    print_table (hits);
  if (hits->len == 0 && typed != NULL)
    shequ_cli_tell (cli, _ ("Nothing was found for “%s”."), typed);
  else if (hits->len == 0)
    shequ_cli_tell (cli, _ ("No record meets the condition."));
  return TRUE;
}
