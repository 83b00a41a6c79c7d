#include "shequ-sql-private.h"

#include "shequ-error.h"
#include "shequ-row-index.h"
#include "shequ-scope-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>

static void
free_value (gpointer data)
{
  shequ_value_clear (data);
  g_free (data);
}

ShequSql *
shequ_sql_new (const ShequConnection *connection, const char *today)
{
  ShequSql *sql = g_new0 (ShequSql, 1);

  sql->text = g_string_new (NULL);
  sql->values = g_ptr_array_new_with_free_func (free_value);
  sql->fields = g_ptr_array_new ();
  sql->today = today;
  sql->access = connection->access;
  sql->whole = connection->whole;
  return sql;
}

/* The query lives at least as long. */
ShequSql *
shequ_sql_new_for_query (const ShequConnection *connection, const ShequQuery *query)
{
  ShequSql *sql = shequ_sql_new (connection, query->as_of != NULL ? query->as_of : query->today);

  sql->as_of = query->as_of;
  return sql;
}

guint
shequ_sql_count_tables (const ShequSql *sql, const ShequRegister *reg)
{
  return sql->as_of != NULL && reg->has_history ? 2 : 1;
}

void
shequ_sql_append_table (ShequSql *sql, const ShequRegister *reg, ShequTable table, const char *alias)
{
  if (shequ_scope_append_table (sql, reg, table, alias))
    return;
  g_string_append_printf (sql->text, "\"%s%s\" %s", reg->name, table == SHEQU_TABLE_PAST ? "_history" : "",
                          alias);
}

void
shequ_sql_free (ShequSql *sql)
{
  g_string_free (sql->text, TRUE);
  g_ptr_array_unref (sql->values);
  g_ptr_array_unref (sql->fields);
  g_free (sql);
}

void
shequ_sql_append (ShequSql *sql, const char *text)
{
  g_string_append (sql->text, text);
}

void
shequ_sql_append_value (ShequSql *sql, const ShequValue *value)
{
  ShequValue *copy = g_new0 (ShequValue, 1);

  shequ_value_copy (value, copy);
  g_ptr_array_add (sql->values, copy);
  g_ptr_array_add (sql->fields, NULL);
  g_string_append_printf (sql->text, "?%u", sql->values->len);
}

void
shequ_sql_append_text_value (ShequSql *sql, const char *text)
{
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  shequ_value_set_text (&value, text);
  shequ_sql_append_value (sql, &value);
}

/* The same, whatever the field holds. */
void
shequ_sql_append_compared (ShequSql *sql, const ShequField *field, const ShequValue *value)
{
  shequ_sql_append_value (sql, value);
  if (shequ_field_is_sealed (field))
    sql->fields->pdata[sql->fields->len - 1] = (gpointer) field;
}

/* A value that is compared with the column of a field. */
void
shequ_sql_append_field_value (ShequSql *sql, const ShequField *field, const char *text)
{
  shequ_sql_append_text_value (sql, text);
  if (shequ_field_is_sealed (field))
    sql->fields->pdata[sql->fields->len - 1] = (gpointer) field;
}

void
shequ_sql_append_integer_value (ShequSql *sql, gint64 integer)
{
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  shequ_value_set_integer (&value, integer);
  shequ_sql_append_value (sql, &value);
}

/* A parameter whose place the caller writes into the text. */
int
shequ_sql_add_text_parameter (ShequSql *sql, char *text)
{
  ShequValue *value = g_new0 (ShequValue, 1);

  shequ_value_take_text (value, text);
  g_ptr_array_add (sql->values, value);
  g_ptr_array_add (sql->fields, NULL);
  return (int) sql->values->len;
}

/* Sealed values have no order but that of chance. */
static gboolean
check_order (const ShequSql *sql, const ShequConnection *connection, GError **error)
{
  if (sql->in_order == NULL || connection->seal == NULL)
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
               _ ("“%s” is protected: it can be looked for whole or by its last digits, but not be put in "
                  "order or compared with less or more"),
               sql->in_order->label);
  return FALSE;
}

static void
seal_values (ShequSql *sql, ShequConnection *connection)
{
  for (guint i = 0; connection->seal != NULL && i < sql->values->len; i++)
    {
      char *sealed = shequ_connection_seal_value (connection, sql->fields->pdata[i], sql->values->pdata[i]);

      if (sealed == NULL)
        continue;
      shequ_value_take_text (sql->values->pdata[i], sealed);
      sql->fields->pdata[i] = NULL;
    }
}

ShequStatement *
shequ_sql_prepare (ShequSql *sql, ShequConnection *connection, GError **error)
{
  ShequStatement *statement = check_order (sql, connection, error)
                                ? shequ_connection_prepare (connection, sql->text->str, error)
                                : NULL;

  if (statement != NULL)
    seal_values (sql, connection);

  for (guint i = 0; statement != NULL && i < sql->values->len; i++)
    shequ_statement_bind_value (statement, (int) i + 1, sql->values->pdata[i]);
  return statement;
}

gboolean
shequ_sql_field_has_sort_column (const ShequField *field)
{
  return shequ_field_has_order (field);
}

/* The field that names a record: what a link is sorted and recognised by. */
const ShequField *
shequ_sql_get_name_field (const ShequRegister *reg)
{
  const ShequField *field = shequ_register_lookup (reg, "name");

  if (field != NULL && shequ_field_is_stored (field))
    return field;
  for (guint i = 0; i < reg->fields->len; i++)
    {
      field = reg->fields->pdata[i];
      if (field->kind == SHEQU_FIELD_TEXT && field->required)
        return field;
    }
  for (guint i = 0; i < reg->fields->len; i++)
    {
      field = reg->fields->pdata[i];
      if (field->kind == SHEQU_FIELD_TEXT)
        return field;
    }
  return NULL;
}

gboolean
shequ_sql_field_is_integer (const ShequField *field)
{
  if (field->kind == SHEQU_FIELD_COMPUTED && field->compute->type == SHEQU_COMPUTE_FIRST)
    return shequ_field_is_integer (shequ_register_lookup (field->compute->source, field->compute->field));
  if (field->kind == SHEQU_FIELD_COMPUTED)
    return field->compute->type != SHEQU_COMPUTE_LIST;
  return shequ_field_is_integer (field);
}

gboolean
shequ_sql_register_is_own (const ShequRegister *reg)
{
  return g_str_has_prefix (reg->name, SHEQU_OWN_PREFIX);
}

/* Whether the office has made the field, in a register of its own or in a shipped one. */
gboolean
shequ_sql_field_is_own (const ShequField *field)
{
  return g_str_has_prefix (field->name, SHEQU_OWN_PREFIX) || shequ_sql_register_is_own (field->owner);
}

gboolean
shequ_sql_register_is_extended (const ShequRegister *reg)
{
  for (guint i = 0; i < reg->fields->len; i++)
    if (shequ_sql_field_is_own (reg->fields->pdata[i]))
      return TRUE;
  return FALSE;
}

/* Whether records have names, which stand in the index with signs of their own. */
gboolean
shequ_sql_register_has_names (const ShequRegister *reg)
{
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (field->search == SHEQU_SEARCH_PINYIN && shequ_field_is_in_title (field))
        return TRUE;
    }
  return FALSE;
}

/* Whether records have search documents of their own. */
gboolean
shequ_sql_register_has_documents (const ShequRegister *reg)
{
  return shequ_register_has_documents (reg);
}

/* (nullable): the link through which records are found by what finds the linked one. */
const ShequField *
shequ_sql_register_get_search_link (const ShequRegister *reg)
{
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (field->search == SHEQU_SEARCH_LINKED && shequ_sql_register_has_documents (field->target))
        return field;
    }
  return NULL;
}

gboolean
shequ_sql_register_is_searched (const ShequRegister *reg)
{
  return shequ_sql_register_has_documents (reg) || shequ_sql_register_get_search_link (reg) != NULL;
}

/* Full years today: the birthday counts on the day; who was born on 29 February turns on 1 March. */
static void
append_age (ShequSql *sql, const char *alias, const ShequField *field)
{
  const char *day = field->compute->field;

  shequ_sql_append (sql, "(CAST(substr(");
  shequ_sql_append_text_value (sql, sql->today);
  g_string_append_printf (
    sql->text, ", 1, 4) AS INTEGER) - CAST(substr(%s.\"%s\", 1, 4) AS INTEGER) - CASE WHEN substr(", alias,
    day);
  shequ_sql_append_text_value (sql, sql->today);
  g_string_append_printf (sql->text, ", 6) < substr(%s.\"%s\", 6) THEN 1 ELSE 0 END)", alias, day);
}

/* Of a register with two tables: ` AND …` the version held on the day looked at. */
void
shequ_sql_append_held (ShequSql *sql, const char *alias, const ShequRegister *reg, ShequTable table)
{
  if (shequ_sql_count_tables (sql, reg) == 1 || table == SHEQU_TABLE_TODAY)
    return;
  if (table == SHEQU_TABLE_SINCE)
    {
      g_string_append_printf (sql->text, " AND %s.\"valid_from\" > ", alias);
      shequ_sql_append_text_value (sql, sql->as_of);
      return;
    }
  g_string_append_printf (sql->text, " AND coalesce(%s.\"valid_from\", '') <= ", alias);
  shequ_sql_append_text_value (sql, sql->as_of);
  if (table == SHEQU_TABLE_NOW)
    return;
  g_string_append_printf (sql->text, " AND %s.\"valid_to\" > ", alias);
  shequ_sql_append_text_value (sql, sql->as_of);
}

/* Whoever asks for it, and may open what is most sensitive. */
static gboolean
sees_restricted (const ShequSql *sql, const ShequRegister *reg)
{
  return reg->restricted_when == NULL ||
         (sql->with_restricted && shequ_access_get_reach (sql->access, reg) >= SHEQU_SENSITIVITY_RESTRICTED);
}

/* A condition that stands in a description asks for what it was written to ask for. */
static gboolean
append_described (ShequSql *sql,
                  const char *alias,
                  const ShequRegister *reg,
                  const ShequCondition *condition,
                  const char *self,
                  GError **error)
{
  gboolean described = sql->described;
  gboolean done;

  sql->described = TRUE;
  done = shequ_sql_append_condition (sql, alias, reg, condition, self, error);
  sql->described = described;
  return done;
}

/* Records that are there, or were on the day looked at, and that whoever asks may see. */
gboolean
shequ_sql_append_live (ShequSql *sql,
                       const char *alias,
                       const ShequRegister *reg,
                       ShequTable table,
                       gboolean with_deleted,
                       GError **error)
{
  if (with_deleted || table == SHEQU_TABLE_PAST)
    shequ_sql_append (sql, "TRUE");
  else
    g_string_append_printf (sql->text, "%s.\"deleted_at\" IS NULL", alias);
  shequ_sql_append_held (sql, alias, reg, table);
  if (sees_restricted (sql, reg))
    return TRUE;
  shequ_sql_append (sql, " AND NOT coalesce((");
  if (!append_described (sql, alias, reg, reg->restricted_when, NULL, error))
    return FALSE;
  shequ_sql_append (sql, "), FALSE)");
  return TRUE;
}

/* ` FROM table WHERE …` of a computed field. */
static gboolean
append_compute_source (ShequSql *sql,
                       const char *inner,
                       const char *self,
                       const ShequCompute *compute,
                       ShequTable table,
                       GError **error)
{
  const ShequField *field =
    compute->field != NULL ? shequ_register_lookup (compute->source, compute->field) : NULL;

  shequ_sql_append (sql, " FROM ");
  shequ_sql_append_table (sql, compute->source, table, inner);
  if (compute->type == SHEQU_COMPUTE_LIST && field->target != NULL &&
      shequ_sql_get_name_field (field->target) != NULL)
    {
      shequ_sql_append (sql, " JOIN ");
      shequ_sql_append_table (sql, field->target, SHEQU_TABLE_NOW, "n");
      g_string_append_printf (sql->text, " ON n.\"key\" = %s.\"%s\"", inner, field->name);
    }
  shequ_sql_append (sql, " WHERE ");
  if (!shequ_sql_append_live (sql, inner, compute->source, table, FALSE, error))
    return FALSE;
  if (compute->where == NULL)
    return TRUE;
  shequ_sql_append (sql, " AND ");
  return append_described (sql, inner, compute->source, compute->where, self, error);
}

/* The records that are counted, summed, listed, of each table in turn, with `joint` between them. */
static gboolean
append_compute_tables (ShequSql *sql,
                       const char *inner,
                       const char *self,
                       const ShequCompute *compute,
                       const char *select,
                       const char *joint,
                       GError **error)
{
  for (guint table = 0; table < shequ_sql_count_tables (sql, compute->source); table++)
    {
      if (table > 0)
        shequ_sql_append (sql, joint);
      shequ_sql_append (sql, select);
      if (!append_compute_source (sql, inner, self, compute, table, error))
        return FALSE;
    }
  return TRUE;
}

/* What names the records, each once. An engine that calls group_concat otherwise puts its own word. */
static gboolean
append_compute_list (ShequSql *sql,
                     const char *inner,
                     const char *self,
                     const ShequCompute *compute,
                     GError **error)
{
  const ShequField *field = shequ_register_lookup (compute->source, compute->field);
  const ShequField *name = field->target != NULL ? shequ_sql_get_name_field (field->target) : NULL;
  g_autofree char *select =
    name != NULL ? g_strdup_printf ("SELECT n.\"%s\" AS w, n.\"key\" AS k", name->name)
                 : g_strdup_printf ("SELECT %s.\"%s\" AS w, %s.\"key\" AS k", inner, field->name, inner);

  shequ_sql_append (sql,
                    "(SELECT group_concat(CAST(w AS TEXT), '、') FROM (SELECT w, min(k) AS first FROM (");
  if (!append_compute_tables (sql, inner, self, compute, select, " UNION ALL ", error))
    return FALSE;
  shequ_sql_append (sql, ") AS found GROUP BY w ORDER BY first) AS listed)");
  return TRUE;
}

/* The value of the oldest record. */
static gboolean
append_compute_first (ShequSql *sql,
                      const char *inner,
                      const char *self,
                      const ShequCompute *compute,
                      GError **error)
{
  gboolean several = shequ_sql_count_tables (sql, compute->source) > 1;
  g_autofree char *select =
    several ? g_strdup_printf ("SELECT %s.\"%s\" AS w, %s.\"key\" AS k", inner, compute->field, inner)
            : g_strdup_printf ("SELECT %s.\"%s\"", inner, compute->field);

  shequ_sql_append (sql, several ? "(SELECT w FROM (" : "(");
  if (!append_compute_tables (sql, inner, self, compute, select, " UNION ALL ", error))
    return FALSE;
  if (several)
    shequ_sql_append (sql, ") AS found ORDER BY k LIMIT 1)");
  else
    g_string_append_printf (sql->text, " ORDER BY %s.\"key\" LIMIT 1)", inner);
  return TRUE;
}

/* In the place of a value that whoever asks may not even look for. */
static void
append_nothing (ShequSql *sql, const ShequField *field)
{
  shequ_sql_append (sql, shequ_sql_field_is_integer (field) ? "CAST(NULL AS BIGINT)" : "CAST(NULL AS TEXT)");
}

/* Of others' values a number of records is told, not what they are. */
static gboolean
hides_source (const ShequSql *sql, const ShequCompute *compute)
{
  const ShequField *field = compute->type != SHEQU_COMPUTE_COUNT && compute->field != NULL
                              ? shequ_register_lookup (compute->source, compute->field)
                              : NULL;

  const ShequField *name =
    field != NULL && field->target != NULL ? shequ_sql_get_name_field (field->target) : NULL;

  return field != NULL && (shequ_scope_hides (sql, field) || (name != NULL && shequ_scope_hides (sql, name)));
}

static gboolean
append_compute (ShequSql *sql, const char *alias, const ShequField *field, GError **error)
{
  const ShequCompute *compute = field->compute;
  g_autofree char *inner = NULL;
  g_autofree char *self = NULL;
  g_autofree char *select = NULL;
  gboolean counting;
  gboolean done;

  if (compute->type == SHEQU_COMPUTE_AGE)
    {
      append_age (sql, alias, field);
      return TRUE;
    }
  inner = g_strdup_printf ("c%u", ++sql->n_aliases);
  self = g_strdup_printf ("%s.\"key\"", alias);
  if (hides_source (sql, compute))
    {
      append_nothing (sql, field);
      return TRUE;
    }
  if (compute->type == SHEQU_COMPUTE_LIST)
    return append_compute_list (sql, inner, self, compute, error);
  if (compute->type == SHEQU_COMPUTE_FIRST)
    return append_compute_first (sql, inner, self, compute, error);
  select = compute->type == SHEQU_COMPUTE_COUNT
             ? g_strdup ("SELECT count(*)")
             : g_strdup_printf ("SELECT CAST(coalesce(sum(%s.\"%s\"), 0) AS BIGINT)", inner, compute->field);
  shequ_sql_append (sql, "(((");
  counting = sql->counting;
  sql->counting = compute->type == SHEQU_COMPUTE_COUNT;
  done = append_compute_tables (sql, inner, self, compute, select, ") + (", error);
  sql->counting = counting;
  if (!done)
    return FALSE;
  g_string_append_printf (sql->text, ")) / %" G_GINT64_FORMAT ")", MAX (compute->divide, 1));
  return TRUE;
}

/* What a field of a record is: its column, or the query that computes it, which is asked for each record. */
gboolean
shequ_sql_append_expression (ShequSql *sql, const char *alias, const ShequField *field, GError **error)
{
  if (shequ_scope_hides (sql, field))
    {
      append_nothing (sql, field);
      return TRUE;
    }
  if (field->kind == SHEQU_FIELD_COMPUTED)
    {
      gboolean few = sql->few;
      gboolean done;

      sql->few = TRUE;
      done = append_compute (sql, alias, field, error);
      sql->few = few;
      return done;
    }
  g_string_append_printf (sql->text, "%s.\"%s\"", alias, field->name);
  return TRUE;
}

gboolean
shequ_sql_append_sort (ShequSql *sql, const char *alias, const ShequField *field, GError **error)
{
  const ShequField *name;
  guint n_tables;

  if (shequ_scope_hides (sql, field))
    {
      append_nothing (sql, field);
      return TRUE;
    }
  if (shequ_field_is_sealed (field))
    sql->in_order = field;
  if (shequ_sql_field_has_sort_column (field))
    {
      g_string_append_printf (sql->text, "%s.\"%s_sort\"", alias, field->name);
      return TRUE;
    }
  name = field->kind == SHEQU_FIELD_LINK ? shequ_sql_get_name_field (field->target) : NULL;
  if (name == NULL)
    return shequ_sql_append_expression (sql, alias, field, error);
  if (shequ_scope_hides (sql, name))
    {
      append_nothing (sql, name);
      return TRUE;
    }
  if (shequ_field_is_sealed (name))
    sql->in_order = name;
  n_tables = shequ_sql_count_tables (sql, field->target);
  shequ_sql_append (sql, n_tables > 1 ? "coalesce(" : "");
  for (guint table = 0; table < n_tables; table++)
    {
      g_string_append_printf (sql->text, "%s(SELECT s.\"%s%s\" FROM ", table > 0 ? ", " : "", name->name,
                              shequ_sql_field_has_sort_column (name) ? "_sort" : "");
      shequ_sql_append_table (sql, field->target, table, "s");
      g_string_append_printf (sql->text, " WHERE s.\"key\" = %s.\"%s\"", alias, field->name);
      shequ_sql_append_held (sql, "s", field->target, table);
      shequ_sql_append (sql, ")");
    }
  shequ_sql_append (sql, n_tables > 1 ? ")" : "");
  return TRUE;
}

/* A record that a person names: by its key, or by what names it. */
static void
append_link_value (ShequSql *sql, const ShequField *field, const char *text)
{
  const ShequField *name = shequ_sql_get_name_field (field->target);
  gint64 key;

  if (name == NULL || g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &key, NULL))
    {
      shequ_sql_append_integer_value (sql, g_ascii_strtoll (text, NULL, 10));
      return;
    }
  if (shequ_scope_hides (sql, name))
    {
      shequ_sql_append (sql, "NULL");
      return;
    }
  shequ_sql_append (sql, "(SELECT n.\"key\" FROM ");
  shequ_sql_append_table (sql, field->target, SHEQU_TABLE_NOW, "n");
  g_string_append_printf (sql->text, " WHERE n.\"%s\" = ", name->name);
  shequ_sql_append_field_value (sql, name, text);
  shequ_sql_append (sql, " AND n.\"deleted_at\" IS NULL ORDER BY n.\"key\" LIMIT 1)");
}

/* Values of a bound condition are written as they are stored; days may be words such as `today+30d`. */
static void
append_compared_value (ShequSql *sql, const ShequField *field, const char *text, const char *self)
{
  g_autofree char *day = NULL;

  if (self != NULL && g_str_equal (text, "this"))
    shequ_sql_append (sql, self);
  else if (field != NULL && field->kind == SHEQU_FIELD_LINK)
    append_link_value (sql, field, text);
  else if (field == NULL || shequ_sql_field_is_integer (field))
    shequ_sql_append_integer_value (sql, g_ascii_strtoll (text, NULL, 10));
  else
    {
      if (field->kind == SHEQU_FIELD_DATE && sql->today != NULL)
        day = shequ_condition_resolve_day (text, sql->today);
      shequ_sql_append_field_value (sql, field, day != NULL ? day : text);
    }
}

static const char *
get_operator (ShequConditionType type)
{
  switch (type)
    {
    case SHEQU_CONDITION_LESS:
      return " < ";
    case SHEQU_CONDITION_LESS_OR_EQUAL:
      return " <= ";
    case SHEQU_CONDITION_GREATER:
      return " > ";
    case SHEQU_CONDITION_GREATER_OR_EQUAL:
      return " >= ";
    case SHEQU_CONDITION_EQUAL:
      return " IN (";
    case SHEQU_CONDITION_NOT_EQUAL:
      return " NOT IN (";
    default:
      g_assert_not_reached ();
    }
}

static gboolean
append_comparison (ShequSql *sql,
                   const char *alias,
                   const ShequRegister *reg,
                   const ShequCondition *condition,
                   const char *self,
                   GError **error)
{
  gboolean is_key = g_str_equal (condition->field, "key");
  const ShequField *field = is_key ? NULL : shequ_register_require (reg, condition->field, error);
  gboolean several = condition->type == SHEQU_CONDITION_EQUAL || condition->type == SHEQU_CONDITION_NOT_EQUAL;

  if (field == NULL && !is_key)
    return FALSE;
  if (is_key)
    g_string_append_printf (sql->text, "%s.\"key\"", alias);
  else if (!shequ_sql_append_expression (sql, alias, field, error))
    return FALSE;
  if (condition->type == SHEQU_CONDITION_SET || condition->type == SHEQU_CONDITION_EMPTY)
    {
      shequ_sql_append (sql, condition->type == SHEQU_CONDITION_SET ? " IS NOT NULL" : " IS NULL");
      return TRUE;
    }
  if (!several && field != NULL && shequ_field_is_sealed (field))
    sql->in_order = field;
  shequ_sql_append (sql, get_operator (condition->type));
  if (condition->other != NULL)
    {
      const ShequField *other = shequ_register_require (reg, condition->other, error);

      return other != NULL && shequ_sql_append_expression (sql, alias, other, error);
    }
  for (guint i = 0; condition->values[i] != NULL; i++)
    {
      if (i > 0)
        shequ_sql_append (sql, ", ");
      append_compared_value (sql, field, condition->values[i], self);
    }
  if (several)
    shequ_sql_append (sql, ")");
  return TRUE;
}

/* Whether an index finds the linked records at once, so that they are best looked for first. */
static gboolean
finds_few (const ShequRegister *reg, char **links, const ShequCondition *condition)
{
  const ShequField *field = NULL;

  for (guint i = 0; reg != NULL && links[i] != NULL; i++)
    {
      field = shequ_register_lookup (reg, links[i]);
      reg = field != NULL ? field->target : NULL;
    }
  field = reg != NULL ? shequ_register_lookup (reg, condition->field) : NULL;
  return condition->type == SHEQU_CONDITION_EQUAL && field != NULL &&
         (field->unique || field->kind == SHEQU_FIELD_LINK);
}

static gboolean append_linked (ShequSql *sql,
                               const char *alias,
                               const ShequRegister *reg,
                               const ShequCondition *condition,
                               char **links,
                               gboolean few,
                               const char *self,
                               GError **error);

static gboolean
append_linked_in (ShequSql *sql,
                  const char *alias,
                  const ShequField *link,
                  ShequTable table,
                  const ShequCondition *condition,
                  char **links,
                  gboolean few,
                  const char *self,
                  GError **error)
{
  g_autofree char *inner = g_strdup_printf ("l%u", ++sql->n_aliases);

  if (shequ_scope_hides (sql, link))
    {
      shequ_sql_append (sql, "FALSE");
      return TRUE;
    }
  if (few)
    g_string_append_printf (sql->text, "%s.\"%s\" IN (SELECT %s.\"key\" FROM ", alias, link->name, inner);
  else
    shequ_sql_append (sql, "EXISTS (SELECT 1 FROM ");
  shequ_sql_append_table (sql, link->target, table, inner);
  shequ_sql_append (sql, " WHERE ");
  if (!few)
    g_string_append_printf (sql->text, "%s.\"key\" = %s.\"%s\" AND ", inner, alias, link->name);
  if (links[0] != NULL ? !append_linked (sql, inner, link->target, condition, links, few, self, error)
                       : !append_comparison (sql, inner, link->target, condition, self, error))
    return FALSE;
  shequ_sql_append_held (sql, inner, link->target, table);
  shequ_sql_append (sql, ")");
  return TRUE;
}

/* Goes over one link after the other; the comparison stands at the last. */
static gboolean
append_linked (ShequSql *sql,
               const char *alias,
               const ShequRegister *reg,
               const ShequCondition *condition,
               char **links,
               gboolean few,
               const char *self,
               GError **error)
{
  const ShequField *link = shequ_register_require (reg, links[0], error);

  if (link == NULL)
    return FALSE;
  if (link->target == NULL)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT, _ ("“%s” of “%s” is no link"), links[0],
                   reg->name);
      return FALSE;
    }
  shequ_sql_append (sql, "(");
  for (guint table = 0; table < shequ_sql_count_tables (sql, link->target); table++)
    {
      if (table > 0)
        shequ_sql_append (sql, " OR ");
      if (!append_linked_in (sql, alias, link, table, condition, links + 1, few, self, error))
        return FALSE;
    }
  shequ_sql_append (sql, ")");
  return TRUE;
}

static gboolean
append_compare (ShequSql *sql,
                const char *alias,
                const ShequRegister *reg,
                const ShequCondition *condition,
                const char *self,
                GError **error)
{
  g_auto (GStrv) links = NULL;

  if (condition->link == NULL)
    return append_comparison (sql, alias, reg, condition, self, error);
  links = g_strsplit (condition->link, ".", -1);
  return append_linked (sql, alias, reg, condition, links, !sql->few && finds_few (reg, links, condition),
                        self, error);
}

/* A date that is not known does not hold anything up. */
static gboolean
append_active (ShequSql *sql, const char *alias, const ShequRegister *reg, GError **error)
{
  const char *today = sql->today != NULL ? sql->today : "";

  if (reg->period_start == NULL)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                   _ ("%s has no period, so that “active” says nothing of it"), reg->label);
      return FALSE;
    }
  g_string_append_printf (sql->text, "(coalesce(%s.\"%s\", '') <= ", alias, reg->period_start->name);
  shequ_sql_append_text_value (sql, today);
  g_string_append_printf (sql->text, " AND coalesce(%s.\"%s\", '9999-12-31') >= ", alias,
                          reg->period_end->name);
  shequ_sql_append_text_value (sql, today);
  shequ_sql_append (sql, ")");
  return TRUE;
}

/*
 * Of many records all that are linked to are found first, by an index of the other register where its
 * condition has one; of a few each is looked up by the index of the link.
 */
static gboolean
append_has_in (ShequSql *sql,
               const char *alias,
               const ShequField *link,
               ShequTable table,
               const char *inner,
               const ShequCondition *condition,
               const char *self,
               GError **error)
{
  if (sql->few)
    shequ_sql_append (sql, "EXISTS (SELECT 1 FROM ");
  else
    g_string_append_printf (sql->text, "%s.\"key\" IN (SELECT %s.\"%s\" FROM ", alias, inner, link->name);
  shequ_sql_append_table (sql, link->owner, table, inner);
  if (sql->few)
    g_string_append_printf (sql->text, " WHERE %s.\"%s\" = %s.\"key\" AND ", inner, link->name, alias);
  else
    g_string_append_printf (sql->text, " WHERE %s.\"%s\" IS NOT NULL AND ", inner, link->name);
  if (!shequ_sql_append_live (sql, inner, link->owner, table, FALSE, error))
    return FALSE;
  if (condition->children->len > 0)
    {
      shequ_sql_append (sql, " AND ");
      if (!shequ_sql_append_condition (sql, inner, link->owner, condition->children->pdata[0], self, error))
        return FALSE;
    }
  shequ_sql_append (sql, ")");
  return TRUE;
}

static gboolean
append_has (ShequSql *sql,
            const char *alias,
            const ShequRegister *reg,
            const ShequCondition *condition,
            const char *self,
            GError **error)
{
  const ShequField *link = shequ_condition_find_link (condition, reg, error);
  g_autofree char *inner = g_strdup_printf ("h%u", ++sql->n_aliases);

  if (link == NULL)
    return FALSE;
  shequ_sql_append (sql, condition->type == SHEQU_CONDITION_HAS_NO ? "NOT (" : "(");
  for (guint table = 0; table < shequ_sql_count_tables (sql, link->owner); table++)
    {
      if (table > 0)
        shequ_sql_append (sql, " OR ");
      if (!append_has_in (sql, alias, link, table, inner, condition, self, error))
        return FALSE;
    }
  shequ_sql_append (sql, ")");
  return TRUE;
}

/* A comparison with an empty field does not hold, also below NOT. */
gboolean
shequ_sql_append_condition (ShequSql *sql,
                            const char *alias,
                            const ShequRegister *reg,
                            const ShequCondition *condition,
                            const char *self,
                            GError **error)
{
  if (condition->type == SHEQU_CONDITION_ACTIVE)
    return append_active (sql, alias, reg, error);
  if (condition->type == SHEQU_CONDITION_HAS || condition->type == SHEQU_CONDITION_HAS_NO)
    return append_has (sql, alias, reg, condition, self, error);
  if (condition->children == NULL || condition->children->len == 0)
    return append_compare (sql, alias, reg, condition, self, error);

  shequ_sql_append (sql, condition->type == SHEQU_CONDITION_NOT ? "NOT coalesce((" : "(");
  for (guint i = 0; i < condition->children->len; i++)
    {
      if (i > 0)
        shequ_sql_append (sql, condition->type == SHEQU_CONDITION_OR ? " OR " : " AND ");
      if (!shequ_sql_append_condition (sql, alias, reg, condition->children->pdata[i], self, error))
        return FALSE;
    }
  shequ_sql_append (sql, condition->type == SHEQU_CONDITION_NOT ? "), FALSE)" : ")");
  return TRUE;
}

/* The units of a tree, as (key, parent), on the day looked at. */
static void
append_units (ShequSql *sql, const ShequRegister *units)
{
  if (shequ_sql_count_tables (sql, units) == 1)
    {
      shequ_sql_append_table (sql, units, SHEQU_TABLE_NOW, "u");
      return;
    }
  shequ_sql_append (sql, "(");
  for (guint table = 0; table < 2; table++)
    {
      shequ_sql_append (sql, table > 0 ? " UNION ALL SELECT v.\"key\", v.\"parent\" FROM "
                                       : "SELECT v.\"key\", v.\"parent\" FROM ");
      shequ_sql_append_table (sql, units, table, "v");
      shequ_sql_append (sql, " WHERE TRUE");
      shequ_sql_append_held (sql, "v", units, table);
    }
  shequ_sql_append (sql, ") u");
}

/* The WHERE of a query but for its search words; the register is `t`. */
gboolean
shequ_sql_append_filter (ShequSql *sql, const ShequQuery *query, ShequTable table, GError **error)
{
  const ShequField *unit = shequ_register_lookup (query->reg, "unit");

  sql->with_restricted = query->with_restricted;
  if (!shequ_sql_append_live (sql, "t", query->reg, table, query->with_deleted && sql->as_of == NULL, error))
    return FALSE;
  if (query->unit != 0 && unit != NULL)
    {
      shequ_sql_append (sql, " AND t.\"unit\" IN (WITH RECURSIVE below(key) AS (SELECT CAST(");
      shequ_sql_append_integer_value (sql, query->unit);
      shequ_sql_append (sql, " AS BIGINT) UNION SELECT u.\"key\" FROM ");
      append_units (sql, unit->target);
      shequ_sql_append (sql, " JOIN below ON u.\"parent\" = below.key) SELECT key FROM below)");
    }
  if (query->where == NULL)
    return TRUE;
  shequ_sql_append (sql, " AND ");
  return shequ_sql_append_condition (sql, "t", query->reg, query->where, NULL, error);
}

/* (nullable): what a query is sorted by. */
const GArray *
shequ_sql_get_sort (const ShequQuery *query)
{
  const ShequList *list;

  if (query->sort != NULL && query->sort->len > 0)
    return query->sort;
  list = shequ_register_get_list (query->reg, NULL);
  return list != NULL ? list->sort : NULL;
}

/* What a query of two tables is sorted by must be among its columns, behind the key. */
gboolean
shequ_sql_append_sort_columns (ShequSql *sql, const ShequQuery *query, GError **error)
{
  const GArray *sort = shequ_sql_get_sort (query);

  for (guint i = 0; sort != NULL && i < sort->len; i++)
    {
      shequ_sql_append (sql, ", ");
      if (!shequ_sql_append_sort (sql, "t", g_array_index (sort, ShequSort, i).field, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
shequ_sql_append_order (ShequSql *sql, const ShequQuery *query, GError **error)
{
  const GArray *sort = shequ_sql_get_sort (query);
  gboolean by_number = shequ_sql_count_tables (sql, query->reg) > 1;

  shequ_sql_append (sql, " ORDER BY ");
  for (guint i = 0; sort != NULL && i < sort->len; i++)
    {
      const ShequSort *by = &g_array_index (sort, ShequSort, i);

      if (by_number)
        g_string_append_printf (sql->text, "%u", i + 2);
      else if (!shequ_sql_append_sort (sql, "t", by->field, error))
        return FALSE;
      /* Said, since not every engine puts empty values first by itself. */
      shequ_sql_append (sql, by->descending ? " DESC NULLS LAST, " : " NULLS FIRST, ");
    }
  shequ_sql_append (sql, by_number ? "1" : "t.\"key\"");
  return TRUE;
}
