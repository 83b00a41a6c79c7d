/* Looks at one connection: keys, counts, rows with the titles of what they link to. */
#include "shequ-store-private.h"

#include "shequ-error.h"
#include "shequ-gone-private.h"
#include "shequ-scope-private.h"
#include "shequ-search-tokens.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Records fetched by one statement; the same text serves all, so that it is prepared once. */
#define FETCH_BATCH 50
#define TITLE_DEPTH 3

static void
free_row (gpointer data)
{
  if (data != NULL)
    shequ_row_free (data);
}

gboolean
shequ_lookup_setting (ShequConnection *connection, const char *name, char **text, GError **error)
{
  ShequStatement *statement =
    shequ_connection_prepare (connection, "SELECT text FROM shequ_setting WHERE name = ?1", error);
  gboolean has_row = FALSE;

  *text = NULL;
  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_text (statement, 1, name);
  if (!shequ_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *text = g_strdup (shequ_statement_get_text (statement, 0));
  shequ_statement_reset (statement);
  return TRUE;
}

/* name -> text of those that begin so. */
GHashTable *
shequ_lookup_list_settings (ShequConnection *connection, const char *prefix, GError **error)
{
  g_autoptr (GHashTable) settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  ShequStatement *statement = shequ_connection_prepare (
    connection, "SELECT name, text FROM shequ_setting WHERE substr(name, 1, ?1) = ?2", error);
  gboolean has_row = FALSE;
  gboolean done = statement != NULL;

  if (!done)
    return NULL;
  shequ_statement_bind_integer (statement, 1, g_utf8_strlen (prefix, -1));
  shequ_statement_bind_text (statement, 2, prefix);
  while ((done = shequ_statement_step (statement, &has_row, error)) && has_row)
    if (shequ_statement_get_text (statement, 1) != NULL)
      g_hash_table_insert (settings, g_strdup (shequ_statement_get_text (statement, 0)),
                           g_strdup (shequ_statement_get_text (statement, 1)));
  shequ_statement_reset (statement);
  return done ? g_steal_pointer (&settings) : NULL;
}

/* Appends the keys that a statement gives, without those in `seen`. */
static gboolean
collect_keys (ShequStatement *statement, GArray *keys, guint limit, GHashTable *seen, GError **error)
{
  gboolean has_row = FALSE;

  while (limit == 0 || keys->len < limit)
    {
      gint64 key;

      if (!shequ_statement_step (statement, &has_row, error))
        {
          shequ_statement_reset (statement);
          return FALSE;
        }
      if (!has_row)
        break;
      key = shequ_statement_get_integer (statement, 0);
      if (seen == NULL || !g_hash_table_contains (seen, GSIZE_TO_POINTER ((gsize) key)))
        g_array_append_val (keys, key);
    }
  shequ_statement_reset (statement);
  return TRUE;
}

/*
 * How the terms of a search are shared out: those of the bits set in `linked` must be found in the record
 * that the link leads to, the others in the record itself.
 */
typedef struct
{
  char **terms;
  guint n_terms;
  guint linked;
  ShequMatch match; /* of what is found in the record itself */
} Share;

static char *
build_terms (ShequConnection *connection, const ShequRegister *reg, const Share *share, gboolean of_link)
{
  g_autoptr (GPtrArray) terms = g_ptr_array_new ();

  for (guint i = 0; i < share->n_terms; i++)
    {
      if (((share->linked >> i) & 1) == (of_link ? 1u : 0u))
        g_ptr_array_add (terms, share->terms[i]);
    }
  g_ptr_array_add (terms, NULL);
  return shequ_engine_build_search (connection, (char **) terms->pdata, shequ_sql_register_has_names (reg),
                                    of_link ? SHEQU_MATCH_ANY : share->match);
}

/* Records that are there, also the restricted ones: those are left to whoever filters. */
static void
append_there (ShequSql *sql,
              const char *alias,
              const ShequRegister *reg,
              ShequTable table,
              gboolean with_deleted)
{
  gboolean with_restricted = sql->with_restricted;

  sql->with_restricted = TRUE;
  shequ_sql_append_live (sql, alias, reg, table, with_deleted, NULL);
  sql->with_restricted = with_restricted;
}

/* ` AND …`: what a record links to is found by who reaches it. */
static void
append_link_seen (ShequSql *sql, const ShequConnection *connection, const ShequField *link)
{
  if (!shequ_scope_is_bounded (connection, link->target))
    return;
  shequ_sql_append (sql, " AND EXISTS (SELECT 1 FROM ");
  shequ_sql_append_table (sql, link->target, SHEQU_TABLE_NOW, "x");
  g_string_append_printf (sql->text, " WHERE x.\"key\" = r.\"%s\")", link->name);
}

/* The keys that a share finds, as a query; of live records only, since others have no document. */
static void
append_share (ShequSql *sql, ShequConnection *connection, const ShequRegister *reg, const Share *share)
{
  const ShequEngine *engine = connection->engine;
  const ShequField *link = share->linked != 0 ? shequ_sql_register_get_search_link (reg) : NULL;
  guint all = (1u << share->n_terms) - 1;

  if (share->linked == 0)
    {
      engine->write_search (sql->text, reg->name,
                            shequ_sql_add_text_parameter (sql, build_terms (connection, reg, share, FALSE)));
      return;
    }
  for (guint table = 0; table < shequ_sql_count_tables (sql, reg); table++)
    {
      shequ_sql_append (sql, table > 0 ? " UNION ALL SELECT r.\"key\" FROM " : "SELECT r.\"key\" FROM ");
      shequ_sql_append_table (sql, reg, table, "r");
      shequ_sql_append (sql, " WHERE ");
      append_there (sql, "r", reg, table, FALSE);
      append_link_seen (sql, connection, link);
      if (share->linked != all)
        {
          shequ_sql_append (sql, " AND coalesce(r.\"key\", 0) IN (");
          engine->write_search (
            sql->text, reg->name,
            shequ_sql_add_text_parameter (sql, build_terms (connection, reg, share, FALSE)));
          shequ_sql_append (sql, ")");
        }
      g_string_append_printf (sql->text, " AND r.\"%s\" IN (", link->name);
      engine->write_search (
        sql->text, link->target->name,
        shequ_sql_add_text_parameter (sql, build_terms (connection, link->target, share, TRUE)));
      shequ_sql_append (sql, ")");
    }
}

/* A bare number is no name; as the beginning of some number it would find nearly everybody. */
static gboolean
is_number (const char *term)
{
  return strspn (term, "0123456789") == strlen (term);
}

/* The ways to share out terms, the likeliest first: all in the record, all behind its link, then mixed. */
guint
shequ_lookup_list_shares (const ShequRegister *reg,
                          char **terms,
                          guint n_terms,
                          guint shares[SHEQU_LOOKUP_MOST_SHARES])
{
  guint all = (1u << n_terms) - 1;
  guint n = 0;

  if (shequ_sql_register_has_documents (reg))
    shares[n++] = 0;
  if (shequ_sql_register_get_search_link (reg) == NULL)
    return n;
  shares[n++] = all;
  /* A name, then where: 王 3号楼 2单元; or the other way round. */
  for (guint cut = 1; n_terms <= 4 && shequ_sql_register_has_documents (reg) && cut < n_terms; cut++)
    {
      guint first = (1u << cut) - 1;

      if (!is_number (terms[0]))
        shares[n++] = all & ~first;
      if (!is_number (terms[cut]))
        shares[n++] = first;
    }
  return n;
}

/* (nullable): what is searched in a query; %NULL when nothing is. */
char **
shequ_lookup_list_terms (const ShequQuery *query)
{
  g_auto (GStrv) terms = NULL;

  if (query->search == NULL || !shequ_sql_register_is_searched (query->reg))
    return NULL;
  terms = shequ_search_query_terms (query->search);
  return terms != NULL && terms[0] != NULL ? g_steal_pointer (&terms) : NULL;
}

static gboolean list_by_match (ShequConnection *connection,
                               const ShequQuery *query,
                               char **terms,
                               const GArray *gone,
                               GArray *keys,
                               GError **error);

/* The same for an account that may not look for all that the index was made of: what the index finds is
 * looked at once more. */
static void
append_reached (ShequSql *sql,
                ShequConnection *connection,
                const ShequRegister *reg,
                char **terms,
                const GArray *gone)
{
  g_autoptr (ShequQuery) query = shequ_query_new (reg, sql->today);
  g_autoptr (GArray) nothing = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) found = NULL;

  if (list_by_match (connection, query, terms, nothing, keys, NULL))
    found = shequ_gone_keep_matching (connection, query, keys, terms, NULL);
  shequ_sql_append (sql, " AND (FALSE");
  if (found != NULL)
    shequ_gone_append (sql, found);
  shequ_gone_append (sql, gone);
  shequ_sql_append (sql, ")");
}

/* ` AND (key IN (…) OR …)`: the search words of a query that is sorted, or counted; with those of `gone`. */
void
shequ_lookup_append_search (ShequSql *sql,
                            ShequConnection *connection,
                            const ShequRegister *reg,
                            char **terms,
                            const GArray *gone)
{
  guint shares[SHEQU_LOOKUP_MOST_SHARES];
  guint n_terms = MIN (g_strv_length (terms), SHEQU_LOOKUP_MOST_TERMS);
  guint n = shequ_lookup_list_shares (reg, terms, n_terms, shares);

  if (shequ_scope_limits_search (connection->access, reg))
    {
      append_reached (sql, connection, reg, terms, gone);
      return;
    }
  shequ_sql_append (sql, " AND (");
  for (guint i = 0; i < n; i++)
    {
      Share share = { terms, n_terms, shares[i], SHEQU_MATCH_ANY };

      shequ_sql_append (sql, i > 0 ? " OR t.\"key\" IN (" : "t.\"key\" IN (");
      append_share (sql, connection, reg, &share);
      shequ_sql_append (sql, ")");
    }
  shequ_gone_append (sql, gone);
  shequ_sql_append (sql, ")");
}

/* ` AND key IN (…)`: those of a few records. The same text serves all, so that it is prepared once. */
static void
append_among (ShequSql *sql, const gint64 *keys, guint n_keys)
{
  shequ_sql_append (sql, " AND t.\"key\" IN (");
  for (guint i = 0; i < SHEQU_LOOKUP_MOST_AMONG; i++)
    {
      if (i > 0)
        shequ_sql_append (sql, ", ");
      shequ_sql_append_integer_value (sql, keys[MIN (i, n_keys - 1)]);
    }
  shequ_sql_append (sql, ")");
}

/* Appends those of a few records that a query lists, in its order. */
gboolean
shequ_lookup_list_among (ShequConnection *connection,
                         const ShequQuery *query,
                         const gint64 *among,
                         guint n_among,
                         GArray *keys,
                         GError **error)
{
  g_autoptr (ShequSql) sql = shequ_sql_new_for_query (connection, query);
  ShequStatement *statement;

  g_return_val_if_fail (n_among > 0 && n_among <= SHEQU_LOOKUP_MOST_AMONG && query->as_of == NULL, FALSE);
  sql->few = TRUE;
  shequ_sql_append (sql, "SELECT t.\"key\" FROM ");
  shequ_sql_append_table (sql, query->reg, SHEQU_TABLE_NOW, "t");
  shequ_sql_append (sql, " WHERE ");
  if (!shequ_sql_append_filter (sql, query, SHEQU_TABLE_NOW, error))
    return FALSE;
  append_among (sql, among, n_among);
  if (!shequ_sql_append_order (sql, query, error))
    return FALSE;
  statement = shequ_sql_prepare (sql, connection, error);
  return statement != NULL && collect_keys (statement, keys, 0, NULL, error);
}

static gboolean
list_in_order (ShequConnection *connection,
               const ShequQuery *query,
               char **terms,
               const GArray *gone,
               GArray *keys,
               GError **error)
{
  g_autoptr (ShequSql) sql = shequ_sql_new_for_query (connection, query);
  guint n_tables = shequ_sql_count_tables (sql, query->reg);
  ShequStatement *statement;

  for (guint table = 0; table < n_tables; table++)
    {
      shequ_sql_append (sql, table > 0 ? " UNION ALL SELECT t.\"key\"" : "SELECT t.\"key\"");
      if (n_tables > 1 && !shequ_sql_append_sort_columns (sql, query, error))
        return FALSE;
      shequ_sql_append (sql, " FROM ");
      shequ_sql_append_table (sql, query->reg, table, "t");
      shequ_sql_append (sql, " WHERE ");
      if (!shequ_sql_append_filter (sql, query, table, error))
        return FALSE;
      if (terms != NULL)
        shequ_lookup_append_search (sql, connection, query->reg, terms, gone);
    }
  if (!shequ_sql_append_order (sql, query, error))
    return FALSE;
  if (query->limit > 0)
    g_string_append_printf (sql->text, " LIMIT %u", query->limit);
  statement = shequ_sql_prepare (sql, connection, error);
  return statement != NULL && collect_keys (statement, keys, query->limit, NULL, error);
}

/* Deleted records have no search document, so that without a further filter the index alone answers. */
static gboolean
needs_filter (const ShequConnection *connection, const ShequQuery *query)
{
  return query->where != NULL || query->unit != 0 || query->as_of != NULL ||
         shequ_scope_is_bounded (connection, query->reg) ||
         (query->reg->restricted_when != NULL && !query->with_restricted);
}

/*
 * An engine that finds in no order of its own is told the one that the other has: by key, what is found
 * behind a link by the record that it leads to; and how much is wanted, since it finds all before it hands
 * out any.
 */
static void
append_share_order (ShequSql *sql, const ShequQuery *query, const Share *share, gboolean filtered)
{
  const ShequField *link = share->linked != 0 ? shequ_sql_register_get_search_link (query->reg) : NULL;

  if (link == NULL)
    shequ_sql_append (sql, " ORDER BY 1");
  else if (filtered)
    shequ_sql_append (sql, " ORDER BY 2, 1");
  else
    g_string_append_printf (sql->text, " ORDER BY r.\"%s\", r.\"key\"", link->name);
  if (query->limit == 0)
    return;
  shequ_sql_append (sql, " LIMIT ");
  shequ_sql_append_integer_value (sql, query->limit);
}

/* The records of a share that meet the filter of a query, with what they link to. */
static gboolean
append_filtered_share (ShequSql *sql,
                       ShequConnection *connection,
                       const ShequQuery *query,
                       const Share *share,
                       GError **error)
{
  const ShequField *link = share->linked != 0 ? shequ_sql_register_get_search_link (query->reg) : NULL;
  g_autofree char *select = link != NULL ? g_strdup_printf ("SELECT m.key, t.\"%s\" FROM m JOIN ", link->name)
                                         : g_strdup ("SELECT m.key FROM m JOIN ");

  shequ_sql_append (sql, "WITH m(key) AS (");
  append_share (sql, connection, query->reg, share);
  shequ_sql_append (sql, ") ");
  sql->few = TRUE;
  for (guint table = 0; table < shequ_sql_count_tables (sql, query->reg); table++)
    {
      shequ_sql_append (sql, table > 0 ? " UNION ALL " : "");
      shequ_sql_append (sql, select);
      shequ_sql_append_table (sql, query->reg, table, "t");
      shequ_sql_append (sql, " ON t.\"key\" = m.key WHERE ");
      if (!shequ_sql_append_filter (sql, query, table, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
list_share (ShequConnection *connection,
            const ShequQuery *query,
            const Share *share,
            GHashTable *seen,
            GArray *keys,
            GError **error)
{
  g_autoptr (ShequSql) sql = shequ_sql_new_for_query (connection, query);
  gboolean filtered = needs_filter (connection, query);
  guint from = keys->len;
  ShequStatement *statement;

  if (query->limit > 0 && keys->len >= query->limit)
    return TRUE;
  if (!filtered)
    append_share (sql, connection, query->reg, share);
  else if (!append_filtered_share (sql, connection, query, share, error))
    return FALSE;
  if (!connection->engine->keeps_order)
    append_share_order (sql, query, share, filtered);
  statement = shequ_sql_prepare (sql, connection, error);
  if (statement == NULL || !collect_keys (statement, keys, query->limit, seen, error))
    return FALSE;
  for (guint i = from; i < keys->len; i++)
    g_hash_table_add (seen, GSIZE_TO_POINTER ((gsize) g_array_index (keys, gint64, i)));
  return TRUE;
}

/* The keys of both, the first ones first, up to the limit of the query. */
static void
join_keys (GArray *keys, const GArray *more, GHashTable *seen, guint limit)
{
  for (guint i = 0; i < more->len && (limit == 0 || keys->len < limit); i++)
    {
      gint64 key = g_array_index (more, gint64, i);

      if (g_hash_table_add (seen, GSIZE_TO_POINTER ((gsize) key)))
        g_array_append_val (keys, key);
    }
}

static gboolean
list_matches (ShequConnection *connection,
              const ShequQuery *query,
              char **terms,
              guint n_terms,
              const ShequMatch *matches,
              guint n_matches,
              GHashTable *seen,
              GArray *keys,
              GError **error)
{
  for (guint i = 0; i < n_matches; i++)
    {
      Share share = { terms, n_terms, 0, matches[i] };

      if (!list_share (connection, query, &share, seen, keys, error))
        return FALSE;
    }
  return TRUE;
}

/* How terms may match in the record itself, the best first; the last one finds what all of them find, but for
 * a single term, where all together do. */
guint
shequ_lookup_list_matches (const ShequRegister *reg,
                           char **terms,
                           guint n_terms,
                           ShequMatch matches[SHEQU_MATCH_ANY + 1])
{
  static const ShequMatch of_one[] = { SHEQU_MATCH_WHOLE_NAME, SHEQU_MATCH_NAME_START, SHEQU_MATCH_NAME_PART,
                                       SHEQU_MATCH_WHOLE_WORD, SHEQU_MATCH_BEGUN };
  static const ShequMatch of_many[] = { SHEQU_MATCH_NAME_START, SHEQU_MATCH_NAME_PART, SHEQU_MATCH_ANY };
  static const ShequMatch of_nameless[] = { SHEQU_MATCH_WHOLE_WORD, SHEQU_MATCH_ANY };
  gboolean named = shequ_sql_register_has_names (reg);
  const ShequMatch *from = n_terms == 1 ? of_one : named ? of_many : of_nameless;
  guint n = n_terms == 1 ? G_N_ELEMENTS (of_one)
            : named      ? G_N_ELEMENTS (of_many)
                         : G_N_ELEMENTS (of_nameless);
  guint skipped = n_terms == 1 && (!named || is_number (terms[0])) ? 3 : 0;

  memcpy (matches, from + skipped, (n - skipped) * sizeof *matches);
  return n - skipped;
}

/* Several words of which the begun ones find nothing need not be asked for in order: 张 明仁小区. */
gboolean
shequ_lookup_list_own (ShequConnection *connection,
                       const ShequQuery *query,
                       char **terms,
                       guint n_terms,
                       GHashTable *seen,
                       GArray *keys,
                       GError **error)
{
  g_autoptr (GHashTable) seen_begun = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) begun_keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  Share begun = { terms, n_terms, 0, SHEQU_MATCH_ANY };
  ShequMatch matches[SHEQU_MATCH_ANY + 1];
  guint n = shequ_lookup_list_matches (query->reg, terms, n_terms, matches);

  /* A server is asked over a wire: first whether there is anything at all. */
  if (n_terms == 1 && n > 1 && !connection->engine->keeps_order)
    {
      if (!list_share (connection, query, &begun, seen_begun, begun_keys, error))
        return FALSE;
      if (begun_keys->len <= 1)
        {
          join_keys (keys, begun_keys, seen, query->limit);
          return TRUE;
        }
    }
  if (n_terms == 1)
    return list_matches (connection, query, terms, 1, matches, n, seen, keys, error);
  if (!list_share (connection, query, &begun, seen_begun, begun_keys, error))
    return FALSE;
  if (begun_keys->len > 1 &&
      !list_matches (connection, query, terms, n_terms, matches, n - 1, seen, keys, error))
    return FALSE;
  join_keys (keys, begun_keys, seen, query->limit);
  return TRUE;
}

/* Best first: what was typed whole, then what it begins; in the record itself, then behind its link. */
static gboolean
list_by_match (ShequConnection *connection,
               const ShequQuery *query,
               char **terms,
               const GArray *gone,
               GArray *keys,
               GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  guint n_terms = MIN (g_strv_length (terms), SHEQU_LOOKUP_MOST_TERMS);
  guint shares[SHEQU_LOOKUP_MOST_SHARES];
  guint n = shequ_lookup_list_shares (query->reg, terms, n_terms, shares);

  for (guint i = 0; i < n; i++)
    {
      Share begun = { terms, n_terms, shares[i], SHEQU_MATCH_ANY };

      if (shares[i] == 0 ? !shequ_lookup_list_own (connection, query, terms, n_terms, seen, keys, error)
                         : !list_share (connection, query, &begun, seen, keys, error))
        return FALSE;
    }
  join_keys (keys, gone, seen, query->limit);
  return TRUE;
}

GArray *
shequ_lookup_list_keys (ShequConnection *connection, const ShequQuery *query, GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (GStrv) terms = shequ_lookup_list_terms (query);
  g_autoptr (GArray) gone = NULL;
  gboolean sorted = query->sort != NULL && query->sort->len > 0;
  gboolean done;

  if (terms != NULL && (gone = shequ_gone_find (connection, query, terms, error)) == NULL)
    return NULL;
  if (terms != NULL && !sorted && !shequ_scope_limits_search (connection->access, query->reg))
    done = list_by_match (connection, query, terms, gone, keys, error);
  else
    done = list_in_order (connection, query, terms, gone, keys, error);
  return done ? g_steal_pointer (&keys) : NULL;
}

/* As of a past day: those that are there today, without those that have come or changed since, and with those
 * that have gone or were otherwise then. */
static gboolean
append_counts (ShequSql *sql, ShequConnection *connection, const ShequQuery *query, GError **error)
{
  static const struct
  {
    ShequTable table;
    const char *sign;
  } parts[] = { { SHEQU_TABLE_TODAY, "" }, { SHEQU_TABLE_SINCE, " - " }, { SHEQU_TABLE_PAST, " + " } };
  g_auto (GStrv) terms = shequ_lookup_list_terms (query);
  g_autoptr (GArray) gone = NULL;
  guint n = shequ_sql_count_tables (sql, query->reg) > 1 ? G_N_ELEMENTS (parts) : 1;

  if (terms != NULL && (gone = shequ_gone_find (connection, query, terms, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      shequ_sql_append (sql, parts[i].sign);
      shequ_sql_append (sql, "(SELECT count(*) FROM ");
      shequ_sql_append_table (sql, query->reg, parts[i].table, "t");
      shequ_sql_append (sql, " WHERE ");
      if (!shequ_sql_append_filter (sql, query, parts[i].table, error))
        return FALSE;
      if (terms != NULL)
        shequ_lookup_append_search (sql, connection, query->reg, terms, gone);
      shequ_sql_append (sql, ")");
    }
  return TRUE;
}

gint64
shequ_lookup_count (ShequConnection *connection, const ShequQuery *query, GError **error)
{
  g_autoptr (ShequSql) sql = NULL;
  ShequStatement *statement;
  gboolean has_row = FALSE;
  gint64 count;

  sql = shequ_sql_new_for_query (connection, query);
  shequ_sql_append (sql, "SELECT ");
  if (!append_counts (sql, connection, query, error))
    return -1;
  statement = shequ_sql_prepare (sql, connection, error);
  if (statement == NULL || !shequ_statement_step (statement, &has_row, error) || !has_row)
    return -1;
  count = shequ_statement_get_integer (statement, 0);
  shequ_statement_reset (statement);
  return count;
}

/* The same for an account: among the records and by the fields that it reaches. */
static gint64
find_key_in_scope (ShequConnection *connection,
                   const ShequRegister *reg,
                   const ShequField *const *fields,
                   const ShequValue *values,
                   guint n_fields,
                   GError **error)
{
  g_autoptr (ShequSql) sql = shequ_sql_new (connection, NULL);
  ShequStatement *statement;
  gboolean has_row = FALSE;
  gint64 key = 0;

  shequ_sql_append (sql, "SELECT t.\"key\" FROM ");
  shequ_sql_append_table (sql, reg, SHEQU_TABLE_NOW, "t");
  shequ_sql_append (sql, " WHERE t.\"deleted_at\" IS NULL");
  for (guint i = 0; i < n_fields; i++)
    {
      if (shequ_scope_hides (sql, fields[i]))
        return 0;
      g_string_append_printf (sql->text, " AND t.\"%s\"", fields[i]->name);
      if (shequ_value_is_null (&values[i]))
        {
          shequ_sql_append (sql, " IS NULL");
          continue;
        }
      shequ_sql_append (sql, " = ");
      shequ_sql_append_compared (sql, fields[i], &values[i]);
    }
  shequ_sql_append (sql, " ORDER BY t.\"key\" LIMIT 1");
  statement = shequ_sql_prepare (sql, connection, error);
  if (statement == NULL || !shequ_statement_step (statement, &has_row, error))
    return -1;
  if (has_row)
    key = shequ_statement_get_integer (statement, 0);
  shequ_statement_reset (statement);
  return key;
}

gint64
shequ_lookup_find_key (ShequConnection *connection,
                       const ShequRegister *reg,
                       const ShequField *const *fields,
                       const ShequValue *values,
                       guint n_fields,
                       GError **error)
{
  g_autoptr (GString) text = g_string_sized_new (200);
  ShequStatement *statement;
  gboolean has_row = FALSE;
  gint64 key = 0;
  int place = 0;
  char *sealed[10] = { NULL }; /* lives until the statement is reset */

  g_return_val_if_fail (n_fields < 10, -1);
  /* Asked for every row of an import: plain appending takes a quarter of the time of a format. */
  if (connection->access != NULL)
    return find_key_in_scope (connection, reg, fields, values, n_fields, error);
  g_string_append (text, "SELECT \"key\" FROM \"");
  g_string_append (text, reg->name);
  g_string_append (text, "\" WHERE \"deleted_at\" IS NULL");
  for (guint i = 0; i < n_fields; i++)
    {
      g_string_append (text, " AND \"");
      g_string_append (text, fields[i]->name);
      g_string_append (text, shequ_value_is_null (&values[i]) ? "\" IS NULL" : "\" = ?");
      if (!shequ_value_is_null (&values[i]))
        g_string_append_c (text, (char) ('0' + ++place));
    }
  g_string_append (text, " ORDER BY \"key\" LIMIT 1");
  statement = shequ_connection_prepare (connection, text->str, error);
  if (statement == NULL)
    return -1;
  place = 0;
  for (guint i = 0; i < n_fields; i++)
    {
      if (shequ_value_is_null (&values[i]))
        continue;
      sealed[i] = shequ_connection_seal_value (connection, fields[i], &values[i]);
      if (sealed[i] != NULL)
        shequ_statement_bind_text (statement, ++place, sealed[i]);
      else
        shequ_statement_bind_value (statement, ++place, &values[i]);
    }
  if (!shequ_statement_step (statement, &has_row, error))
    key = -1;
  else if (has_row)
    key = shequ_statement_get_integer (statement, 0);
  shequ_statement_reset (statement);
  for (guint i = 0; i < n_fields; i++)
    g_free (sealed[i]);
  return key;
}

static gboolean
is_fetched (const ShequField *field, ShequFetchFlags flags)
{
  return shequ_field_is_stored (field) || (flags & SHEQU_FETCH_COMPUTED) != 0;
}

static gboolean
write_fetch (ShequSql *sql, const ShequRegister *reg, ShequTable table, ShequFetchFlags flags, GError **error)
{
  shequ_sql_append (sql, "SELECT t.\"key\", t.\"uuid\", t.\"version\", t.\"deleted_at\"");
  if (reg->has_history)
    shequ_sql_append (sql, table == SHEQU_TABLE_PAST ? ", t.\"valid_from\", t.\"valid_to\""
                                                     : ", t.\"valid_from\", NULL AS \"valid_to\"");
  for (guint i = 0; i < reg->fields->len; i++)
    {
      if (!is_fetched (reg->fields->pdata[i], flags))
        continue;
      shequ_sql_append (sql, ", ");
      if (!shequ_sql_append_expression (sql, "t", reg->fields->pdata[i], error))
        return FALSE;
    }
  shequ_sql_append (sql, " FROM ");
  shequ_sql_append_table (sql, reg, table, "t");
  shequ_sql_append (sql, " WHERE ");
  append_there (sql, "t", reg, table, (flags & SHEQU_FETCH_DELETED) != 0);
  shequ_sql_append (sql, " AND t.\"key\" IN (");
  return TRUE;
}

/* Leaves of a row what its reader may see, or look for. */
static void
cover_row (const ShequConnection *connection, ShequRow *row, ShequFetchFlags flags)
{
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];

      if ((flags & SHEQU_FETCH_REACHED) == 0 && shequ_scope_covers (connection->access, field))
        shequ_row_withhold (row, field);
    }
  row->opened = (flags & SHEQU_FETCH_REACHED) != 0;
}

static ShequRow *
read_row (ShequStatement *statement, const ShequRegister *reg, ShequFetchFlags flags, GError **error)
{
  g_autoptr (ShequRow) row = shequ_row_new (reg);
  const ShequEngine *engine = statement->connection->engine;
  gsize length = 0;
  const void *uuid = engine->get_bytes (statement, 1, &length);
  int column = 4;

  row->key = engine->get_integer (statement, 0);
  if (length == SHEQU_UUID_SIZE)
    memcpy (row->uuid, uuid, SHEQU_UUID_SIZE);
  row->version = engine->get_integer (statement, 2);
  row->deleted = !engine->is_null (statement, 3);
  if (reg->has_history)
    {
      row->valid_from = g_strdup (engine->get_text (statement, column++));
      row->valid_to = g_strdup (engine->get_text (statement, column++));
    }
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (is_fetched (field, flags) &&
          !shequ_statement_get_field (statement, column++, field, &row->values[i], error))
        return NULL;
    }
  if (statement->connection->access != NULL)
    cover_row (statement->connection, row, flags);
  return g_steal_pointer (&row);
}

static gboolean
fetch_batch (ShequConnection *connection,
             const ShequRegister *reg,
             const gint64 *keys,
             guint n_keys,
             ShequFetchFlags flags,
             const char *today,
             GHashTable *found,
             GError **error)
{
  g_autoptr (ShequSql) sql = shequ_sql_new (connection, today != NULL ? today : "0000-01-01");
  guint n_places = n_keys == 1 ? 1 : FETCH_BATCH;
  ShequStatement *statement;
  gboolean has_row = FALSE;

  if ((flags & SHEQU_FETCH_AS_OF) != 0)
    sql->as_of = sql->today;
  sql->few = connection->access != NULL;
  for (guint table = 0; table < shequ_sql_count_tables (sql, reg); table++)
    {
      if (table > 0)
        shequ_sql_append (sql, " UNION ALL ");
      if (!write_fetch (sql, reg, table, flags, error))
        return FALSE;
      for (guint i = 0; i < n_places; i++)
        {
          if (i > 0)
            shequ_sql_append (sql, ", ");
          shequ_sql_append_integer_value (sql, keys[MIN (i, n_keys - 1)]);
        }
      shequ_sql_append (sql, ")");
    }
  if ((flags & SHEQU_FETCH_LOCKED) != 0)
    shequ_sql_append (sql, connection->engine->row_lock);
  statement = shequ_sql_prepare (sql, connection, error);
  if (statement == NULL)
    return FALSE;
  while (TRUE)
    {
      ShequRow *row;

      if (!shequ_statement_step (statement, &has_row, error))
        {
          shequ_statement_reset (statement);
          return FALSE;
        }
      if (!has_row)
        break;
      row = read_row (statement, reg, flags, error);
      if (row == NULL)
        {
          shequ_statement_reset (statement);
          return FALSE;
        }
      g_hash_table_insert (found, &row->key, row);
    }
  shequ_statement_reset (statement);
  return TRUE;
}

static gboolean fill_link_titles (ShequConnection *connection,
                                  GPtrArray *rows,
                                  const ShequRegister *reg,
                                  const char *as_of,
                                  guint depth,
                                  GError **error);

static GPtrArray *
fetch_rows (ShequConnection *connection,
            const ShequRegister *reg,
            const gint64 *keys,
            guint n_keys,
            ShequFetchFlags flags,
            const char *today,
            guint depth,
            GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (n_keys, free_row);
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, free_row);

  for (guint from = 0; from < n_keys; from += FETCH_BATCH)
    {
      if (!fetch_batch (connection, reg, keys + from, MIN (FETCH_BATCH, n_keys - from), flags, today, found,
                        error))
        return NULL;
    }
  for (guint i = 0; i < n_keys; i++)
    {
      gpointer row = NULL;

      if (g_hash_table_steal_extended (found, &keys[i], NULL, &row))
        g_ptr_array_add (rows, row);
    }
  if ((flags & SHEQU_FETCH_TITLES) != 0 && depth < TITLE_DEPTH &&
      !fill_link_titles (connection, rows, reg, (flags & SHEQU_FETCH_AS_OF) != 0 ? today : NULL, depth,
                         error))
    return NULL;
  return g_steal_pointer (&rows);
}

/* Titles that need a computed field or a link of their own are worth another look; most need neither. */
static ShequFetchFlags
get_title_flags (const ShequRegister *reg)
{
  ShequFetchFlags flags = SHEQU_FETCH_DELETED;

  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];
      g_autofree char *place = g_strdup_printf ("{%s}", field->name);

      if (strstr (reg->title, place) == NULL)
        continue;
      if (field->kind == SHEQU_FIELD_COMPUTED)
        flags |= SHEQU_FETCH_COMPUTED;
      if (field->kind == SHEQU_FIELD_LINK)
        flags |= SHEQU_FETCH_TITLES;
    }
  return flags;
}

/* Linked records that were not there on the day looked at are named as they are now. */
static gboolean
add_later_targets (ShequConnection *connection,
                   const ShequField *field,
                   const GArray *keys,
                   const char *as_of,
                   guint depth,
                   GPtrArray *targets,
                   GError **error)
{
  g_autoptr (GHashTable) found = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) later = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) rows = NULL;

  if (as_of == NULL || targets->len == keys->len)
    return TRUE;
  for (guint i = 0; i < targets->len; i++)
    g_hash_table_add (found, &((ShequRow *) targets->pdata[i])->key);
  for (guint i = 0; i < keys->len; i++)
    if (!g_hash_table_contains (found, &g_array_index (keys, gint64, i)))
      g_array_append_val (later, g_array_index (keys, gint64, i));
  rows = fetch_rows (connection, field->target, (const gint64 *) later->data, later->len,
                     get_title_flags (field->target), NULL, depth + 1, error);
  if (rows == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (targets, g_steal_pointer (&rows));
  return TRUE;
}

static gboolean
fill_titles_of (ShequConnection *connection,
                GPtrArray *rows,
                const ShequField *field,
                const char *as_of,
                guint depth,
                GError **error)
{
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) targets = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      const ShequRow *row = rows->pdata[i];
      const ShequValue *value = &row->values[field->index];

      if (!shequ_value_is_null (value) && !g_hash_table_contains (titles, &value->integer))
        {
          g_hash_table_insert (titles, g_memdup2 (&value->integer, sizeof (gint64)), NULL);
          g_array_append_val (keys, value->integer);
        }
    }
  if (keys->len == 0)
    return TRUE;
  targets = fetch_rows (connection, field->target, (const gint64 *) keys->data, keys->len,
                        get_title_flags (field->target) | (as_of != NULL ? SHEQU_FETCH_AS_OF : 0), as_of,
                        depth + 1, error);
  if (targets == NULL || !add_later_targets (connection, field, keys, as_of, depth, targets, error))
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    {
      const ShequRow *target = targets->pdata[i];

      g_hash_table_insert (titles, g_memdup2 (&target->key, sizeof (gint64)), shequ_row_get_title (target));
    }
  for (guint i = 0; i < rows->len; i++)
    {
      ShequRow *row = rows->pdata[i];
      const ShequValue *value = &row->values[field->index];

      if (row->link_titles == NULL)
        row->link_titles = g_new0 (char *, row->reg->fields->len);
      if (!shequ_value_is_null (value))
        row->link_titles[field->index] = g_strdup (g_hash_table_lookup (titles, &value->integer));
    }
  return TRUE;
}

static gboolean
fill_link_titles (ShequConnection *connection,
                  GPtrArray *rows,
                  const ShequRegister *reg,
                  const char *as_of,
                  guint depth,
                  GError **error)
{
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (field->kind == SHEQU_FIELD_LINK && !fill_titles_of (connection, rows, field, as_of, depth, error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
shequ_lookup_fetch (ShequConnection *connection,
                    const ShequRegister *reg,
                    const gint64 *keys,
                    guint n_keys,
                    ShequFetchFlags flags,
                    const char *today,
                    GError **error)
{
  return fetch_rows (connection, reg, keys, n_keys, flags, today, 0, error);
}

/* The former versions of a record, the first ones first. */
GPtrArray *
shequ_lookup_versions (ShequConnection *connection, const ShequRegister *reg, gint64 key, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  g_autoptr (ShequSql) sql = shequ_sql_new (connection, NULL);
  ShequStatement *statement;
  gboolean has_row = FALSE;

  if (!reg->has_history)
    return g_steal_pointer (&rows);
  if (!write_fetch (sql, reg, SHEQU_TABLE_PAST, SHEQU_FETCH_DELETED, error))
    return NULL;
  shequ_sql_append_integer_value (sql, key);
  shequ_sql_append (sql, ") ORDER BY t.\"valid_to\"");
  statement = shequ_sql_prepare (sql, connection, error);
  if (statement == NULL)
    return NULL;
  while (TRUE)
    {
      ShequRow *row;

      if (!shequ_statement_step (statement, &has_row, error) ||
          (has_row && (row = read_row (statement, reg, SHEQU_FETCH_PLAIN, error)) == NULL))
        {
          shequ_statement_reset (statement);
          return NULL;
        }
      if (!has_row)
        break;
      g_ptr_array_add (rows, row);
    }
  shequ_statement_reset (statement);
  return g_steal_pointer (&rows);
}

/**
 * shequ_store_list_versions:
 * @store: a store
 * @reg: a register with versions
 * @key: the key of a record
 * @flags: %SHEQU_FETCH_TITLES for the titles of linked records, as they are now
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequRow): the former versions of a record, each from its
 *   `valid_from` up to, not including, its `valid_to`; the first ones first, without the present one
 */
GPtrArray *
shequ_store_list_versions (ShequStore *store,
                           const ShequRegister *reg,
                           gint64 key,
                           ShequFetchFlags flags,
                           GCancellable *cancellable,
                           GError **error)
{
  ShequConnection *reader = shequ_store_allows (store, SHEQU_RIGHT_VIEW, reg, error)
                              ? shequ_store_take_reader (store, cancellable, error)
                              : NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (reader == NULL)
    return NULL;
  rows = shequ_lookup_versions (reader, reg, key, error);
  if (rows != NULL && (flags & SHEQU_FETCH_TITLES) != 0 &&
      !fill_link_titles (reader, rows, reg, NULL, 0, error))
    g_clear_pointer (&rows, g_ptr_array_unref);
  shequ_store_give_reader (store, reader);
  return g_steal_pointer (&rows);
}

/* (nullable): what names a record, for messages, to whoever asked. */
char *
shequ_lookup_title (ShequConnection *connection, const ShequRegister *reg, gint64 key)
{
  g_autoptr (GPtrArray) rows = NULL;

  shequ_scope_enter (connection);
  rows =
    shequ_lookup_fetch (connection, reg, &key, 1, get_title_flags (reg) | SHEQU_FETCH_TITLES, NULL, NULL);
  shequ_scope_leave (connection);
  return rows != NULL && rows->len > 0 ? shequ_row_get_title (rows->pdata[0]) : NULL;
}
