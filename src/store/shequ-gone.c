#include "shequ-gone-private.h"

#include "shequ-row-index.h"
#include "shequ-scope-private.h"
#include "shequ-search-tokens.h"

#include "config.h"

/* Records read at a time. */
#define BATCH 500

/* The records that a query without its search words would list as of its day, and that are gone today. */
static GArray *
list_gone (ShequConnection *connection, const ShequQuery *query, GError **error)
{
  g_autoptr (ShequSql) sql = shequ_sql_new_for_query (connection, query);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  ShequStatement *statement;
  gboolean has_row = FALSE;

  shequ_sql_append (sql, "SELECT t.\"key\" FROM ");
  shequ_sql_append_table (sql, query->reg, SHEQU_TABLE_PAST, "t");
  g_string_append_printf (sql->text,
                          " JOIN \"%s\" now ON now.\"key\" = t.\"key\" AND now.\"deleted_at\" IS NOT NULL "
                          "WHERE ",
                          query->reg->name);
  if (!shequ_sql_append_filter (sql, query, SHEQU_TABLE_PAST, error))
    return NULL;
  shequ_sql_append (sql, " ORDER BY t.\"key\"");
  statement = shequ_sql_prepare (sql, connection, error);
  while (statement != NULL && shequ_statement_step (statement, &has_row, error))
    {
      gint64 key;

      if (!has_row)
        {
          shequ_statement_reset (statement);
          return g_steal_pointer (&keys);
        }
      key = shequ_statement_get_integer (statement, 0);
      g_array_append_val (keys, key);
    }
  return NULL;
}

typedef struct
{
  ShequConnection *connection;
  const ShequQuery *query;
  ShequSearchTokens *tokens;
  char **terms;
} Search;

/* What may not be looked for is not found. */
static ShequFetchFlags
get_flags (const ShequQuery *query)
{
  return SHEQU_FETCH_REACHED | (query->as_of != NULL ? SHEQU_FETCH_AS_OF : SHEQU_FETCH_PLAIN);
}

static gboolean
holds (const Search *search, ShequRow *row, const char *term)
{
  const char *document = shequ_row_index_get_document (shequ_row_get_index (row, search->tokens));

  return document != NULL &&
         (shequ_row_index_holds (document, term, shequ_sql_register_has_names (row->reg)) ||
          shequ_row_index_holds_sealed (document, term, search->tokens));
}

/* (transfer full) (nullable): what a record linked to on the day. */
static ShequRow *
fetch_linked (const Search *search, const ShequRow *row)
{
  const ShequField *link = shequ_sql_register_get_search_link (row->reg);
  gint64 key = link != NULL ? row->values[link->index].integer : 0;
  g_autoptr (GPtrArray) rows = NULL;

  if (key == 0)
    return NULL;
  rows = shequ_lookup_fetch (search->connection, link->target, &key, 1, get_flags (search->query),
                             search->query->as_of, NULL);
  return rows != NULL && rows->len > 0 ? g_ptr_array_steal_index (rows, 0) : NULL;
}

/* Each word stands in the record itself, or in what it is found through: a name, then where. */
static gboolean
matches (const Search *search, ShequRow *row)
{
  g_autoptr (ShequRow) linked = NULL;
  gboolean fetched = FALSE;

  for (guint i = 0; search->terms[i] != NULL; i++)
    {
      if (shequ_register_has_documents (row->reg) && holds (search, row, search->terms[i]))
        continue;
      if (!fetched)
        linked = fetch_linked (search, row);
      fetched = TRUE;
      if (linked == NULL || !holds (search, linked, search->terms[i]))
        return FALSE;
    }
  return TRUE;
}

/* (nullable) (element-type gint64): those of some records that hold the search words of a query in what
 * whoever asks reaches, as the query has them on its day; %NULL with an error. */
GArray *
shequ_gone_keep_matching (ShequConnection *connection,
                          const ShequQuery *query,
                          const GArray *keys,
                          char **terms,
                          GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (ShequSearchTokens) tokens = NULL;

  for (guint from = 0; connection->store != NULL && from < keys->len; from += BATCH)
    {
      g_autoptr (GPtrArray) rows = NULL;
      Search search = { connection, query, tokens, terms };

      if (tokens == NULL)
        search.tokens = tokens = shequ_store_new_tokens (connection->store, error);
      if (tokens == NULL || g_cancellable_set_error_if_cancelled (connection->cancellable, error))
        return NULL;
      rows = shequ_lookup_fetch (connection, query->reg, &g_array_index (keys, gint64, from),
                                 MIN (BATCH, keys->len - from), get_flags (query), query->as_of, error);
      if (rows == NULL)
        return NULL;
      for (guint i = 0; i < rows->len; i++)
        {
          ShequRow *row = rows->pdata[i];

          if (matches (&search, row))
            g_array_append_val (found, row->key);
        }
    }
  return g_steal_pointer (&found);
}

/* (nullable) (element-type gint64): the records of a query as of a past day that are gone today and hold its
 * search words; %NULL with an error. */
GArray *
shequ_gone_find (ShequConnection *connection, const ShequQuery *query, char **terms, GError **error)
{
  g_autoptr (GArray) keys = NULL;

  if (query->as_of == NULL || !query->reg->has_history || connection->store == NULL)
    return g_array_new (FALSE, FALSE, sizeof (gint64));
  keys = list_gone (connection, query, error);
  return keys != NULL ? shequ_gone_keep_matching (connection, query, keys, terms, error) : NULL;
}

/* ` OR t.key IN (…)`, so many each time that few texts of statements are kept. */
void
shequ_gone_append (ShequSql *sql, const GArray *gone)
{
  guint n = 1;

  if (gone->len == 0)
    return;
  while (n < gone->len)
    n *= 2;
  shequ_sql_append (sql, " OR t.\"key\" IN (");
  for (guint i = 0; i < n; i++)
    {
      shequ_sql_append (sql, i > 0 ? ", " : "");
      shequ_sql_append_integer_value (sql, g_array_index (gone, gint64, MIN (i, gone->len - 1)));
    }
  shequ_sql_append (sql, ")");
}
