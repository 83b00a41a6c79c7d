#pragma once

#include "shequ-engine-private.h"
#include "shequ-query.h"

G_BEGIN_DECLS

/*
 * A statement being written from descriptions: its text with `?1`, `?2` …, and the values for them.
 * Tables carry an alias (`t` for the register looked at); names are quoted, so that a register may be
 * called `order`.
 */
typedef struct
{
  GString *text;
  GPtrArray *values; /* of ShequValue */
  GPtrArray
    *fields; /* of ShequField (nullable): whose column each value is compared with, where it may be sealed */
  const ShequField *in_order; /* (nullable): a field that may be sealed, and that is put in order */
  const char *today;
  const char *as_of; /* (nullable): records as they stood at the end of this day */
  guint n_aliases;
  gboolean few; /* few records are looked at: other registers are asked for each, not all at once */
  gboolean with_restricted;  /* also what the description restricts */
  const ShequAccess *access; /* (nullable): who looks, as of the connection it is written for */
  gboolean whole;            /* the unit of @access is all there is */
  gboolean counting;         /* how many there are is asked, of registers that are not looked into, too */
  gboolean described;        /* what is written stands in a description: it may look at every field */
} ShequSql;

/*
 * Where the records of a register stand. As of a past day they stand in two tables, those whose present
 * version held then in the first, the others in the second; no record in both. Whoever looks asks each of
 * shequ_sql_count_tables() and puts the answers together, since an engine finds its indexes in a plain query
 * of one table and not in a union behind a name.
 */
typedef enum
{
  SHEQU_TABLE_NOW,
  SHEQU_TABLE_PAST,
  /* Of the first, to be counted: all that are there today, and those that have come or changed since the day
   * looked at. Both have an index of their own; whether a version held then, only the whole row tells. */
  SHEQU_TABLE_TODAY,
  SHEQU_TABLE_SINCE,
} ShequTable;

ShequSql *shequ_sql_new (const ShequConnection *connection, const char *today);
ShequSql *shequ_sql_new_for_query (const ShequConnection *connection, const ShequQuery *query);
guint shequ_sql_count_tables (const ShequSql *sql, const ShequRegister *reg);
void shequ_sql_append_table (ShequSql *sql, const ShequRegister *reg, ShequTable table, const char *alias);
void shequ_sql_append_held (ShequSql *sql, const char *alias, const ShequRegister *reg, ShequTable table);
gboolean shequ_sql_append_live (ShequSql *sql,
                                const char *alias,
                                const ShequRegister *reg,
                                ShequTable table,
                                gboolean with_deleted,
                                GError **error);
void shequ_sql_free (ShequSql *sql);
void shequ_sql_append (ShequSql *sql, const char *text);
void shequ_sql_append_value (ShequSql *sql, const ShequValue *value);
void shequ_sql_append_text_value (ShequSql *sql, const char *text);
void shequ_sql_append_field_value (ShequSql *sql, const ShequField *field, const char *text);
void shequ_sql_append_compared (ShequSql *sql, const ShequField *field, const ShequValue *value);
void shequ_sql_append_integer_value (ShequSql *sql, gint64 integer);
int shequ_sql_add_text_parameter (ShequSql *sql, char *text);
gboolean shequ_sql_append_expression (ShequSql *sql,
                                      const char *alias,
                                      const ShequField *field,
                                      GError **error);
gboolean shequ_sql_append_sort (ShequSql *sql, const char *alias, const ShequField *field, GError **error);
gboolean shequ_sql_append_condition (ShequSql *sql,
                                     const char *alias,
                                     const ShequRegister *reg,
                                     const ShequCondition *condition,
                                     const char *self,
                                     GError **error);
gboolean shequ_sql_append_filter (ShequSql *sql, const ShequQuery *query, ShequTable table, GError **error);
const GArray *shequ_sql_get_sort (const ShequQuery *query);
gboolean shequ_sql_append_sort_columns (ShequSql *sql, const ShequQuery *query, GError **error);
gboolean shequ_sql_append_order (ShequSql *sql, const ShequQuery *query, GError **error);
ShequStatement *shequ_sql_prepare (ShequSql *sql, ShequConnection *connection, GError **error);

const ShequField *shequ_sql_get_name_field (const ShequRegister *reg);
gboolean shequ_sql_field_is_integer (const ShequField *field);
gboolean shequ_sql_field_has_sort_column (const ShequField *field);
gboolean shequ_sql_register_has_names (const ShequRegister *reg);
gboolean shequ_sql_register_is_own (const ShequRegister *reg);
gboolean shequ_sql_register_is_extended (const ShequRegister *reg);
gboolean shequ_sql_field_is_own (const ShequField *field);
gboolean shequ_sql_register_is_searched (const ShequRegister *reg);
gboolean shequ_sql_register_has_documents (const ShequRegister *reg);
const ShequField *shequ_sql_register_get_search_link (const ShequRegister *reg);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequSql, shequ_sql_free)

G_END_DECLS
