/*
 * Which records and which fields an account reaches: the one place for both engines.
 *
 * A table that a query of an account looks at is put in brackets with the condition of its scope: records of
 * its unit and of those below it, of its grid, or of its department; none of a register that it may not look
 * at. So nothing that is written from descriptions, however it gets to a table, reaches others. What belongs
 * to no unit (the tree of the units, the lists of tags and departments) is everybody's, as on a server that
 * keeps the units apart (postgres/shequ-postgres-guard.c).
 *
 * A record has a grid where it names one, or a building, a dwelling, a household or a person of it; otherwise
 * that of the record whose line it is. The same with departments.
 */
#include "shequ-scope-private.h"

#include "shequ-store-private.h"

#include "config.h"

#include <string.h>

#define MOST_STEPS 4

/* Whoever is nobody's unit is in none. */
#define UNITS "org_unit"
#define GRIDS "grid"
#define DEPARTMENTS "department"

/* Through what a record belongs to a grid, besides the link itself. */
static const char *const homes[] = { "building", "dwelling", "household", "resident" };

static gboolean
leads_home (const ShequField *field, const char *goal)
{
  if (g_str_equal (field->target->name, goal))
    return TRUE;
  for (guint i = 0; g_str_equal (goal, GRIDS) && i < G_N_ELEMENTS (homes); i++)
    if (g_str_equal (field->target->name, homes[i]))
      return TRUE;
  return FALSE;
}

static gboolean has_way (const ShequRegister *reg, const char *goal, guint steps);

/* Links of a register by which its records belong to a grid or a department; in one without, those to the
 * record whose line it is. */
static gboolean
is_way (const ShequField *field, const char *goal, gboolean direct, guint steps)
{
  if (field->kind != SHEQU_FIELD_LINK || field->target == NULL || field->target == field->owner || steps == 0)
    return FALSE;
  if (!direct)
    return field->required && has_way (field->target, goal, steps - 1);
  return leads_home (field, goal) && has_way (field->target, goal, steps - 1);
}

static gboolean
has_ways (const ShequRegister *reg, const char *goal, gboolean direct, guint steps)
{
  for (guint i = 0; i < reg->fields->len; i++)
    if (is_way (reg->fields->pdata[i], goal, direct, steps))
      return TRUE;
  return FALSE;
}

static gboolean
has_way (const ShequRegister *reg, const char *goal, guint steps)
{
  return g_str_equal (reg->name, goal) || has_ways (reg, goal, TRUE, steps) ||
         has_ways (reg, goal, FALSE, steps);
}

/* `IN (…)`: a record of a tree and those below it. */
static void
append_below (ShequSql *sql, const char *tree, gint64 key)
{
  shequ_sql_append (sql, " IN (WITH RECURSIVE below(key) AS (SELECT CAST(");
  shequ_sql_append_integer_value (sql, key);
  g_string_append_printf (sql->text,
                          " AS BIGINT) UNION SELECT u.\"key\" FROM \"%s\" u JOIN below ON u.\"parent\" = "
                          "below.key) SELECT key FROM below)",
                          tree);
}

static void
append_goal (ShequSql *sql, const char *column, const char *goal)
{
  const ShequAccessPlace *place = shequ_access_get_place (sql->access);

  g_string_append (sql->text, column);
  if (g_str_equal (goal, GRIDS))
    append_below (sql, GRIDS, place->grid);
  else
    {
      shequ_sql_append (sql, " = ");
      shequ_sql_append_integer_value (sql, place->department);
    }
}

static void
append_ways (ShequSql *sql, const ShequRegister *reg, const char *alias, const char *goal, guint steps)
{
  gboolean direct = has_ways (reg, goal, TRUE, steps);
  const char *separator = "(";

  if (g_str_equal (reg->name, goal))
    {
      g_autofree char *column = g_strdup_printf ("%s.\"key\"", alias);

      append_goal (sql, column, goal);
      return;
    }
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];
      g_autofree char *column = g_strdup_printf ("%s.\"%s\"", alias, field->name);
      g_autofree char *inner = NULL;

      if (!is_way (field, goal, direct, steps))
        continue;
      shequ_sql_append (sql, separator);
      separator = " OR ";
      if (g_str_equal (field->target->name, goal))
        {
          append_goal (sql, column, goal);
          continue;
        }
      inner = g_strdup_printf ("w%u", ++sql->n_aliases);
      /* Of many records all homes are found first; of a few each one's own is looked up. */
      if (sql->few)
        g_string_append_printf (sql->text, "EXISTS (SELECT 1 FROM \"%s\" %s WHERE %s.\"key\" = %s AND ",
                                field->target->name, inner, inner, column);
      else
        g_string_append_printf (sql->text, "%s IN (SELECT %s.\"key\" FROM \"%s\" %s WHERE ", column, inner,
                                field->target->name, inner);
      append_ways (sql, field->target, inner, goal, steps - 1);
      shequ_sql_append (sql, ")");
    }
  shequ_sql_append (sql, ")");
}

/* ` OR …`: records of the work that name nobody's home. */
static void
append_homeless (ShequSql *sql, const ShequRegister *reg, const char *alias, const char *goal)
{
  gboolean direct = has_ways (reg, goal, TRUE, MOST_STEPS);
  const char *separator = " OR (";

  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (!is_way (field, goal, direct, MOST_STEPS))
        continue;
      g_string_append_printf (sql->text, "%s%s.\"%s\" IS NULL", separator, alias, field->name);
      separator = " AND ";
    }
  shequ_sql_append (sql, ")");
}

static gboolean
is_about_people (const ShequRegister *reg)
{
  return reg->subject == SHEQU_REGISTER_PEOPLE || reg->subject == SHEQU_REGISTER_PLACES;
}

/* What everybody works with. */
static gboolean
is_common (const ShequRegister *reg)
{
  return reg->subject == SHEQU_REGISTER_ORGANISATION || reg->subject == SHEQU_REGISTER_LISTS;
}

typedef enum
{
  BOUND_NONE = 0,
  BOUND_UNIT = 1 << 0,
  BOUND_WAYS = 1 << 1,
  BOUND_HOMELESS = 1 << 2, /* with BOUND_WAYS: also what leads nowhere */
  BOUND_NOTHING = 1 << 3,
} Bounds;

static const char *
get_goal (ShequScope scope)
{
  return scope == SHEQU_SCOPE_GRID ? GRIDS : DEPARTMENTS;
}

static Bounds
get_bounds_of_grid (const ShequRegister *reg)
{
  if (!has_way (reg, GRIDS, MOST_STEPS))
    return is_about_people (reg) ? BOUND_NOTHING : BOUND_NONE;
  return is_about_people (reg) ? BOUND_WAYS : BOUND_WAYS | BOUND_HOMELESS;
}

/* A department has what concerns it, in whatever unit. */
static Bounds
get_bounds_of_department (const ShequAccess *access, const ShequRegister *reg)
{
  if (is_common (reg))
    return shequ_access_get_place (access)->unit != 0 && reg->level != SHEQU_LEVEL_NONE ? BOUND_UNIT
                                                                                        : BOUND_NONE;
  return has_way (reg, DEPARTMENTS, MOST_STEPS) ? BOUND_WAYS : BOUND_NOTHING;
}

static Bounds
get_bounds (const ShequAccess *access, gboolean whole, const ShequRegister *reg)
{
  Bounds unit = reg->level != SHEQU_LEVEL_NONE && !whole ? BOUND_UNIT : BOUND_NONE;
  Bounds grid;

  switch (shequ_access_get_scope (access))
    {
    case SHEQU_SCOPE_GRID:
      grid = get_bounds_of_grid (reg);
      return grid == BOUND_NOTHING ? grid : grid | unit;
    case SHEQU_SCOPE_OWN:
      return get_bounds_of_department (access, reg);
    case SHEQU_SCOPE_UNIT:
    default:
      return unit;
    }
}

static void
append_bounds (ShequSql *sql, const ShequRegister *reg, const char *alias, Bounds bounds)
{
  const char *goal = get_goal (shequ_access_get_scope (sql->access));

  if ((bounds & BOUND_UNIT) != 0)
    {
      g_string_append_printf (sql->text, "%s.\"unit\"", alias);
      append_below (sql, UNITS, shequ_access_get_place (sql->access)->unit);
    }
  if ((bounds & BOUND_WAYS) == 0)
    return;
  shequ_sql_append (sql, (bounds & BOUND_UNIT) != 0 ? " AND (" : "(");
  append_ways (sql, reg, alias, goal, MOST_STEPS);
  if ((bounds & BOUND_HOMELESS) != 0)
    append_homeless (sql, reg, alias, goal);
  shequ_sql_append (sql, ")");
}

/* Puts the table of an account; %FALSE where it has all of it. */
gboolean
shequ_scope_append_table (ShequSql *sql, const ShequRegister *reg, ShequTable table, const char *alias)
{
  gboolean seen =
    sql->access == NULL || sql->counting || shequ_access_allows (sql->access, SHEQU_RIGHT_VIEW, reg, NULL);
  g_autofree char *inner = NULL;
  Bounds bounds = BOUND_NONE;

  if (sql->access != NULL)
    bounds = seen ? get_bounds (sql->access, sql->whole, reg) : BOUND_NOTHING;
  if (bounds == BOUND_NONE)
    return FALSE;
  inner = g_strdup_printf ("s%u", ++sql->n_aliases);
  g_string_append_printf (sql->text, "(SELECT %s.* FROM \"%s%s\" %s WHERE ", inner, reg->name,
                          table == SHEQU_TABLE_PAST ? "_history" : "", inner);
  if ((bounds & BOUND_NOTHING) != 0)
    shequ_sql_append (sql, "FALSE");
  else
    append_bounds (sql, reg, inner, bounds);
  g_string_append_printf (sql->text, ") %s", alias);
  return TRUE;
}

/* Whether an account of a connection has a part of a register only. */
gboolean
shequ_scope_is_bounded (const ShequConnection *connection, const ShequRegister *reg)
{
  return connection->access != NULL &&
         (!shequ_access_allows (connection->access, SHEQU_RIGHT_VIEW, reg, NULL) ||
          get_bounds (connection->access, connection->whole, reg) != BOUND_NONE);
}

/* The same, but for whether it may be looked into at all. */
gboolean
shequ_scope_is_bounded_by_place (const ShequConnection *connection, const ShequRegister *reg)
{
  return connection->access != NULL && get_bounds (connection->access, connection->whole, reg) != BOUND_NONE;
}

/* Whether a field is above what may be looked for. What the descriptions ask themselves is not. */
gboolean
shequ_scope_hides (const ShequSql *sql, const ShequField *field)
{
  return sql->access != NULL && !sql->described &&
         (int) field->sensitivity > MAX (shequ_access_get_reach (sql->access, field->owner), 0);
}

/* Whether a field is above what may be shown. */
gboolean
shequ_scope_covers (const ShequAccess *access, const ShequField *field)
{
  return access != NULL && (int) field->sensitivity >
                             MAX (shequ_access_get_highest (access, SHEQU_RIGHT_VIEW, field->owner), 0);
}

static gboolean
hides_words (const ShequAccess *access, const ShequRegister *reg)
{
  int reach = shequ_access_get_reach (access, reg);

  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (field->search != SHEQU_SEARCH_NONE && (int) field->sensitivity > reach)
        return TRUE;
    }
  return FALSE;
}

/* Whether a search of a register could find what is above the account: then it is looked at once more. */
gboolean
shequ_scope_limits_search (const ShequAccess *access, const ShequRegister *reg)
{
  const ShequField *link = shequ_sql_register_get_search_link (reg);

  return access != NULL &&
         (hides_words (access, reg) || (link != NULL && hides_words (access, link->target)));
}

/* Whether a unit is all there is: then nothing need be asked of each record. */
static gboolean
is_whole (ShequConnection *connection, gint64 unit)
{
  ShequStatement *statement = shequ_connection_prepare (
    connection, "SELECT count(*), min(\"key\") FROM \"" UNITS "\" WHERE \"parent\" IS NULL", NULL);
  gboolean has_row = FALSE;
  gboolean whole = FALSE;

  if (statement == NULL)
    return FALSE;
  if (shequ_statement_step (statement, &has_row, NULL) && has_row)
    whole =
      shequ_statement_get_integer (statement, 0) == 1 && shequ_statement_get_integer (statement, 1) == unit;
  shequ_statement_reset (statement);
  return whole;
}

static gboolean
has_whole (ShequConnection *connection, const ShequAccess *access)
{
  return shequ_access_get_scope (access) != SHEQU_SCOPE_OWN &&
         is_whole (connection, shequ_access_get_place (access)->unit);
}

/* What is looked at from now on is looked at by an account. */
void
shequ_scope_begin (ShequConnection *connection, ShequAccess *access)
{
  if (access == NULL)
    return;
  connection->access = shequ_access_ref (access);
  connection->whole = has_whole (connection, access);
}

void
shequ_scope_end (ShequConnection *connection)
{
  g_clear_pointer (&connection->access, shequ_access_unref);
  connection->whole = FALSE;
}

/* A transaction of an account: what it does to keep the records in order sees all; what is asked of it and
 * what it says, between shequ_scope_enter() and shequ_scope_leave(), what the account sees. */
void
shequ_scope_set_asker (ShequConnection *connection, ShequAccess *access)
{
  g_clear_pointer (&connection->asker, shequ_access_unref);
  if (access == NULL)
    return;
  connection->asker_whole = has_whole (connection, access);
  connection->asker = shequ_access_ref (access);
}

void
shequ_scope_enter (ShequConnection *connection)
{
  if (connection->asker == NULL)
    return;
  connection->access = shequ_access_ref (connection->asker);
  connection->whole = connection->asker_whole;
}

void
shequ_scope_leave (ShequConnection *connection)
{
  if (connection->asker != NULL)
    shequ_scope_end (connection);
}

static gboolean
ask (ShequSql *sql, ShequConnection *connection, gboolean *holds, GError **error)
{
  ShequStatement *statement = shequ_sql_prepare (sql, connection, error);
  gboolean has_row = FALSE;

  if (statement == NULL || !shequ_statement_step (statement, &has_row, error))
    return FALSE;
  *holds = has_row;
  shequ_statement_reset (statement);
  return TRUE;
}

/* ` AS name` of the columns that say where a record belongs, with the values that it has or is to have. */
static void
append_values (ShequSql *sql, const ShequRow *row)
{
  const char *separator = "";

  shequ_sql_append (sql, "SELECT 1 FROM (SELECT ");
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];

      if (field->kind != SHEQU_FIELD_LINK)
        continue;
      g_string_append_printf (sql->text, "%sCAST(", separator);
      shequ_sql_append_value (sql, &row->values[i]);
      g_string_append_printf (sql->text, " AS BIGINT) AS \"%s\"", field->name);
      separator = ", ";
    }
  g_string_append_printf (sql->text, "%sCAST(", separator);
  shequ_sql_append_integer_value (sql, row->key);
  shequ_sql_append (sql, " AS BIGINT) AS \"key\") v WHERE ");
}

static gboolean
ask_bounds (ShequConnection *connection, const ShequRow *row, Bounds bounds, gboolean *holds, GError **error)
{
  g_autoptr (ShequSql) sql = NULL;

  *holds = FALSE;
  if ((bounds & BOUND_NOTHING) != 0)
    return TRUE;
  shequ_scope_enter (connection);
  sql = shequ_sql_new (connection, NULL);
  sql->few = TRUE;
  append_values (sql, row);
  append_bounds (sql, row->reg, "v", bounds);
  shequ_scope_leave (connection);
  return ask (sql, connection, holds, error);
}

/* Whether a record, as it is or is to be stored, is among those that the account of a transaction works with.
 * Units that were found to be are kept in `units`, so that an import asks once. */
gboolean
shequ_scope_holds (ShequConnection *connection,
                   const ShequRow *row,
                   GHashTable *units,
                   gboolean *holds,
                   GError **error)
{
  const ShequField *unit = shequ_register_lookup (row->reg, "unit");
  Bounds bounds = connection->asker != NULL
                    ? get_bounds (connection->asker, connection->asker_whole, row->reg)
                    : BOUND_NONE;
  gint64 key = unit != NULL ? row->values[unit->index].integer : 0;

  *holds = bounds == BOUND_NONE || (bounds == BOUND_UNIT && g_hash_table_contains (units, &key));
  if (*holds)
    return TRUE;
  if (!ask_bounds (connection, row, bounds, holds, error))
    return FALSE;
  if (*holds && bounds == BOUND_UNIT)
    g_hash_table_add (units, g_memdup2 (&key, sizeof key));
  return TRUE;
}
