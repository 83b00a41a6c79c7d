/* Counts and sums by groups: what charts and reports are made of. */
#include "shequ-store-private.h"

#include "shequ-gone-private.h"
#include "shequ-scope-private.h"

#include "config.h"

void
shequ_summary_row_free (ShequSummaryRow *row)
{
  g_free (row->group);
  g_free (row->label);
  g_free (row->period);
  g_free (row->series);
  g_free (row);
}

static void
free_row (gpointer data)
{
  shequ_summary_row_free (data);
}

static gboolean
append_group (ShequSql *sql, const ShequSummaryQuery *summary, GError **error)
{
  const ShequRegister *target = summary->group_link != NULL ? summary->group_link->target : NULL;
  guint n_tables = target != NULL ? shequ_sql_count_tables (sql, target) : 0;

  if (summary->group == NULL || shequ_scope_hides (sql, summary->group) ||
      (target != NULL && shequ_scope_hides (sql, summary->group_link)))
    {
      shequ_sql_append (sql, "NULL");
      return TRUE;
    }
  if (target == NULL)
    return shequ_sql_append_expression (sql, "t", summary->group, error);
  shequ_sql_append (sql, n_tables > 1 ? "coalesce(" : "");
  for (guint table = 0; table < n_tables; table++)
    {
      g_string_append_printf (sql->text, "%s(SELECT g.\"%s\" FROM ", table > 0 ? ", " : "",
                              summary->group->name);
      shequ_sql_append_table (sql, target, table, "g");
      g_string_append_printf (sql->text, " WHERE g.\"key\" = t.\"%s\"", summary->group_link->name);
      shequ_sql_append_held (sql, "g", target, table);
      shequ_sql_append (sql, ")");
    }
  shequ_sql_append (sql, n_tables > 1 ? ")" : "");
  return TRUE;
}

/* Numbers by bands: each by the least of its band, as 60 for 60 to 64. */
static gboolean
append_band (ShequSql *sql, const ShequSummaryQuery *summary, GError **error)
{
  if (summary->band < 2)
    return append_group (sql, summary, error);
  shequ_sql_append (sql, "(");
  if (!append_group (sql, summary, error))
    return FALSE;
  g_string_append_printf (sql->text, ") / %u * %u", summary->band, summary->band);
  return TRUE;
}

static gboolean
append_series (ShequSql *sql, const ShequSummaryQuery *summary, GError **error)
{
  if (summary->series != NULL)
    return shequ_sql_append_expression (sql, "t", summary->series, error);
  shequ_sql_append (sql, "NULL");
  return TRUE;
}

static void
append_period (ShequSql *sql, const ShequSummaryQuery *summary)
{
  static const int lengths[] = { 0, 10, 7, 4 }; /* in the order of ShequPeriod */

  if (summary->date == NULL || shequ_scope_hides (sql, summary->date) || summary->period == SHEQU_PERIOD_NONE)
    shequ_sql_append (sql, "NULL");
  else
    g_string_append_printf (sql->text, "substr(t.\"%s\", 1, %d)", summary->date->name,
                            lengths[summary->period]);
}

static gboolean
write_summary (ShequSql *sql, ShequConnection *connection, const ShequSummaryQuery *summary, GError **error)
{
  const ShequRegister *reg = summary->query->reg;
  g_auto (GStrv) terms = shequ_lookup_list_terms (summary->query);
  g_autoptr (GArray) gone = NULL;

  if (terms != NULL && (gone = shequ_gone_find (connection, summary->query, terms, error)) == NULL)
    return FALSE;
  shequ_sql_append (sql, "SELECT g1, p1, count(*), CAST(coalesce(sum(s1), 0) AS BIGINT), r1 FROM (");
  for (guint table = 0; table < shequ_sql_count_tables (sql, reg); table++)
    {
      shequ_sql_append (sql, table > 0 ? " UNION ALL SELECT " : "SELECT ");
      if (!append_band (sql, summary, error))
        return FALSE;
      shequ_sql_append (sql, " AS g1, ");
      if (!append_series (sql, summary, error))
        return FALSE;
      shequ_sql_append (sql, " AS r1, ");
      append_period (sql, summary);
      shequ_sql_append (sql, " AS p1, ");
      if (summary->sum == NULL)
        shequ_sql_append (sql, "1");
      else if (!shequ_sql_append_expression (sql, "t", summary->sum, error))
        return FALSE;
      shequ_sql_append (sql, " AS s1 FROM ");
      shequ_sql_append_table (sql, reg, table, "t");
      shequ_sql_append (sql, " WHERE ");
      if (!shequ_sql_append_filter (sql, summary->query, table, error))
        return FALSE;
      if (terms != NULL)
        shequ_lookup_append_search (sql, connection, reg, terms, gone);
    }
  shequ_sql_append (sql,
                    ") AS counted GROUP BY g1, p1, r1 ORDER BY 4 DESC, 3 DESC, 1 NULLS FIRST, 2 NULLS FIRST, "
                    "5 NULLS FIRST");
  return TRUE;
}

/* What a person calls a group. */
static char *
get_label (ShequConnection *connection, const ShequField *field, const char *group)
{
  const ShequCode *code;

  if (field == NULL || group == NULL)
    return NULL;
  if (field->kind == SHEQU_FIELD_LINK)
    return shequ_lookup_title (connection, field->target, g_ascii_strtoll (group, NULL, 10));
  code = field->codes != NULL ? shequ_code_list_lookup (field->codes, group) : NULL;
  return g_strdup (code != NULL ? code->label : group);
}

static void
fill_labels (ShequConnection *connection, const ShequField *field, GPtrArray *rows)
{
  g_autoptr (GHashTable) labels = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < rows->len; i++)
    {
      ShequSummaryRow *row = rows->pdata[i];

      if (row->group == NULL)
        continue;
      if (!g_hash_table_contains (labels, row->group))
        g_hash_table_insert (labels, row->group, get_label (connection, field, row->group));
      row->label = g_strdup (g_hash_table_lookup (labels, row->group));
    }
}

/**
 * shequ_store_summarise:
 * @store: a store
 * @summary: what is counted or summed, by what
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequSummaryRow): one line for each group and period that has
 *   records, the largest first
 */
GPtrArray *
shequ_store_summarise (ShequStore *store,
                       const ShequSummaryQuery *summary,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  g_autoptr (ShequSql) sql = NULL;
  ShequConnection *reader;
  ShequStatement *statement;
  gboolean has_row = FALSE;
  gboolean done;

  if (!shequ_store_allows (store, SHEQU_RIGHT_VIEW, summary->query->reg, error))
    return NULL;
  reader = shequ_store_take_reader (store, cancellable, error);
  if (reader == NULL)
    return NULL;
  sql = shequ_sql_new_for_query (reader, summary->query);
  statement = write_summary (sql, reader, summary, error) ? shequ_sql_prepare (sql, reader, error) : NULL;
  done = statement != NULL;
  while (done && (done = shequ_statement_step (statement, &has_row, error)) && has_row)
    {
      ShequSummaryRow *row = g_new0 (ShequSummaryRow, 1);

      row->group = g_strdup (shequ_statement_get_text (statement, 0));
      row->period = g_strdup (shequ_statement_get_text (statement, 1));
      row->count = shequ_statement_get_integer (statement, 2);
      row->sum = shequ_statement_get_integer (statement, 3);
      row->series = g_strdup (shequ_statement_get_text (statement, 4));
      g_ptr_array_add (rows, row);
    }
  if (statement != NULL)
    shequ_statement_reset (statement);
  if (done)
    fill_labels (reader, summary->group, rows);
  shequ_store_give_reader (store, reader);
  return done ? g_steal_pointer (&rows) : NULL;
}
