/* A few values of many records, in one statement: what is computed over a whole district needs no records. */
#include "shequ-values.h"

#include "shequ-scope-private.h"
#include "shequ-store-private.h"

#include "config.h"

#include <string.h>

#define MOST_PATHS 12

typedef struct
{
  const ShequField *link;  /* (nullable) */
  const ShequField *field; /* (nullable): NULL for the key */
  guint join;              /* the number of the table of the link */
} Path;

static gboolean
find_path (const ShequRegister *reg, const char *text, Path *path, GError **error)
{
  const char *dot = strchr (text, '.');
  const char *name = dot != NULL ? dot + 1 : text;
  g_autofree char *link = dot != NULL ? g_strndup (text, (gsize) (dot - text)) : NULL;

  path->link = link != NULL ? shequ_register_require (reg, link, error) : NULL;
  if (link != NULL && path->link == NULL)
    return FALSE;
  g_return_val_if_fail (path->link == NULL || path->link->target != NULL, FALSE);
  if (g_str_equal (name, "key"))
    return TRUE;
  path->field = shequ_register_require (path->link != NULL ? path->link->target : reg, name, error);
  g_return_val_if_fail (path->field == NULL || shequ_field_is_stored (path->field), FALSE);
  return path->field != NULL;
}

/* Paths over one link share a table. */
static void
number_joins (Path *paths, guint n)
{
  guint n_joins = 0;

  for (guint i = 0; i < n; i++)
    {
      guint k = 0;

      if (paths[i].link == NULL)
        continue;
      while (k < i && paths[k].link != paths[i].link)
        k++;
      paths[i].join = k < i ? paths[k].join : n_joins++;
    }
}

/* What may not be shown is not handed out to be computed with. */
static gboolean
is_covered (const ShequSql *sql, const Path *path)
{
  return (path->link != NULL && shequ_scope_covers (sql->access, path->link)) ||
         (path->field != NULL && shequ_scope_covers (sql->access, path->field));
}

static gboolean
write_query (ShequSql *sql, const ShequQuery *query, const Path *paths, guint n, GError **error)
{
  guint joined = 0;
  char alias[16];

  for (guint i = 0; i < n; i++)
    {
      g_string_append (sql->text, i > 0 ? ", " : "SELECT ");
      if (is_covered (sql, &paths[i]))
        g_string_append (sql->text, paths[i].field == NULL || shequ_sql_field_is_integer (paths[i].field)
                                      ? "CAST(NULL AS BIGINT)"
                                      : "CAST(NULL AS TEXT)");
      else if (paths[i].link != NULL)
        g_string_append_printf (sql->text, "j%u.\"%s\"", paths[i].join,
                                paths[i].field != NULL ? paths[i].field->name : "key");
      else
        g_string_append_printf (sql->text, "t.\"%s\"", paths[i].field != NULL ? paths[i].field->name : "key");
    }
  shequ_sql_append (sql, " FROM ");
  shequ_sql_append_table (sql, query->reg, SHEQU_TABLE_NOW, "t");
  for (guint i = 0; i < n; i++)
    {
      if (paths[i].link == NULL || paths[i].join < joined)
        continue;
      g_snprintf (alias, sizeof alias, "j%u", joined);
      shequ_sql_append (sql, " LEFT JOIN ");
      shequ_sql_append_table (sql, paths[i].link->target, SHEQU_TABLE_NOW, alias);
      g_string_append_printf (sql->text, " ON %s.\"key\" = t.\"%s\" AND %s.\"deleted_at\" IS NULL", alias,
                              paths[i].link->name, alias);
      joined++;
    }
  shequ_sql_append (sql, " WHERE ");
  return shequ_sql_append_filter (sql, query, SHEQU_TABLE_NOW, error);
}

static gboolean
read_value (ShequStatement *statement, int column, const Path *path, ShequValue *value, GError **error)
{
  if (path->field != NULL)
    return shequ_statement_get_field (statement, column, path->field, value, error);
  if (!statement->connection->engine->is_null (statement, column))
    shequ_value_set_integer (value, shequ_statement_get_integer (statement, column));
  return TRUE;
}

static gboolean
read_all (ShequStatement *statement,
          const Path *paths,
          guint n,
          ShequValuesFunc func,
          gpointer user_data,
          GError **error)
{
  ShequValue values[MOST_PATHS] = { SHEQU_VALUE_INIT };
  gboolean has_row = FALSE;
  gboolean done;

  while ((done = shequ_statement_step (statement, &has_row, error)) && has_row)
    {
      for (guint i = 0; done && i < n; i++)
        {
          shequ_value_clear (&values[i]);
          done = read_value (statement, (int) i, &paths[i], &values[i], error);
        }
      if (!done)
        break;
      func (values, user_data);
    }
  for (guint i = 0; i < n; i++)
    shequ_value_clear (&values[i]);
  shequ_statement_reset (statement);
  return done;
}

/**
 * shequ_store_read_values:
 * @store: a store
 * @query: which records, of today; its search words, order and limit do not count
 * @paths: (array zero-terminated=1): stored fields, `key`, or over one link `resident.household`; empty where
 * the linked record is gone
 * @func: (scope call): takes the values of each record
 * @user_data: for @func
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Reads a few values of many records, several times faster than the records themselves, in no order.
 *
 * Returns: whether all were read
 */
gboolean
shequ_store_read_values (ShequStore *store,
                         const ShequQuery *query,
                         const char *const *paths,
                         ShequValuesFunc func,
                         gpointer user_data,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (ShequSql) sql = NULL;
  guint n = g_strv_length ((char **) paths);
  Path found[MOST_PATHS] = { { NULL, NULL, 0 } };
  ShequConnection *reader;
  ShequStatement *statement;
  gboolean done;

  g_return_val_if_fail (n > 0 && n <= MOST_PATHS && query->as_of == NULL, FALSE);
  for (guint i = 0; i < n; i++)
    if (!find_path (query->reg, paths[i], &found[i], error))
      return FALSE;
  number_joins (found, n);
  reader = shequ_store_allows (store, SHEQU_RIGHT_VIEW, query->reg, error)
             ? shequ_store_take_reader (store, cancellable, error)
             : NULL;
  if (reader == NULL)
    return FALSE;
  sql = shequ_sql_new_for_query (reader, query);
  statement = write_query (sql, query, found, n, error) ? shequ_sql_prepare (sql, reader, error) : NULL;
  done = statement != NULL && read_all (statement, found, n, func, user_data, error);
  shequ_store_give_reader (store, reader);
  return done;
}
