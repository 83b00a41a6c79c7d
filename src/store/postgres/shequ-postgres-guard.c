/*
 * Row level security: who signs in on the server with the name of a community reads and writes the records of
 * that community, with whatever program.
 *
 * The units of a name stand in `shequ_grant`, which only the owner of the tables reads; with a unit come
 * those below it. Records carry their unit; the entries of the change log and of what was changed get theirs
 * from the record, in the server, when they are written. Search documents are seen with their record. What
 * belongs to no unit (the tree of the units, the lists of tags and departments) is seen by everybody with a
 * unit.
 */
#include "shequ-postgres-private.h"

#include "shequ-error.h"
#include "shequ-row-index.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#define MEMBERS SHEQU_SERVER_MEMBERS
#define MINE "ANY (CAST((SELECT shequ_units()) AS BIGINT[]))"
#define GRANTED "(SELECT cardinality(shequ_units())) > 0"

/* Run as the owner of the tables, who sees everything. Functions see the tables of this schema, whoever calls
 * them. They are asked once in each statement of a member: the plans of PL/pgSQL are kept (measured, a tenth
 * of the time). */
static const char set_up[] =
  "CREATE TABLE IF NOT EXISTS shequ_grant (role TEXT NOT NULL, unit BIGINT NOT NULL, PRIMARY KEY (role, "
  "unit));\n"
  "REVOKE ALL ON shequ_grant FROM PUBLIC, " MEMBERS ";\n"
  "CREATE OR REPLACE FUNCTION shequ_units() RETURNS BIGINT[] LANGUAGE plpgsql STABLE SECURITY DEFINER "
  "SET search_path FROM CURRENT AS $$ BEGIN RETURN ("
  "WITH RECURSIVE mine(key) AS (SELECT g.unit FROM shequ_grant g JOIN pg_catalog.pg_roles r ON r.rolname = "
  "g.role "
  "WHERE pg_has_role(session_user, r.oid, 'MEMBER') UNION "
  "SELECT u.\"key\" FROM \"org_unit\" u JOIN mine m ON u.\"parent\" = m.key) "
  "SELECT coalesce(array_agg(key), CAST('{}' AS BIGINT[])) FROM mine); END $$;\n"
  "CREATE OR REPLACE FUNCTION shequ_is_top() RETURNS BOOLEAN LANGUAGE plpgsql STABLE SECURITY DEFINER "
  "SET search_path FROM CURRENT AS $$ BEGIN "
  "RETURN EXISTS (SELECT 1 FROM \"org_unit\" WHERE \"parent\" IS NULL AND \"key\" = ANY (shequ_units())); "
  "END $$;\n";

/* What a trigger does with an entry of the log and with a line of what was changed. A line about several
 * records names none of them, and everybody may know of it. */
static const char triggers[] =
  "CREATE OR REPLACE FUNCTION shequ_log_unit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
  "SET search_path FROM CURRENT AS $$ BEGIN\n"
  "  NEW.unit := NULL;\n"
  "  IF NEW.register = ANY (shequ_unit_registers()) AND NEW.record <> 0 THEN\n"
  "    EXECUTE format('SELECT unit FROM %I WHERE key = $1', NEW.register) INTO NEW.unit USING NEW.record;\n"
  "  ELSIF NEW.register = '' OR NEW.register = ANY (shequ_unit_registers()) THEN\n"
  "    NEW.unit := (shequ_units())[1];\n"
  "  END IF;\n"
  "  RETURN NEW;\n"
  "END $$;\n"
  "CREATE OR REPLACE FUNCTION shequ_change_units() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
  "SET search_path FROM CURRENT AS $$ DECLARE part TEXT; reg TEXT; record BIGINT; found BIGINT; BEGIN\n"
  "  NEW.units := NULL;\n"
  "  FOREACH part IN ARRAY string_to_array(NEW.records, ';') LOOP\n"
  "    reg := split_part(part, ':', 1); record := CAST(split_part(part, ':', 2) AS BIGINT);\n"
  "    IF record <> 0 AND reg = ANY (shequ_unit_registers()) THEN\n"
  "      EXECUTE format('SELECT unit FROM %I WHERE key = $1', reg) INTO found USING record;\n"
  "      NEW.units := array_append(NEW.units, found);\n"
  "    END IF;\n"
  "  END LOOP;\n"
  "  RETURN NEW;\n"
  "END $$;\n"
  "REVOKE EXECUTE ON FUNCTION shequ_log_unit(), shequ_change_units() FROM PUBLIC;\n"
  "ALTER TABLE shequ_log ADD COLUMN IF NOT EXISTS unit BIGINT;\n"
  "CREATE INDEX IF NOT EXISTS shequ_log_by_unit ON shequ_log (unit, number);\n"
  "DROP TRIGGER IF EXISTS shequ_unit ON shequ_log;\n"
  "CREATE TRIGGER shequ_unit BEFORE INSERT ON shequ_log FOR EACH ROW EXECUTE FUNCTION shequ_log_unit();\n"
  "ALTER TABLE shequ_change ADD COLUMN IF NOT EXISTS units BIGINT[];\n"
  "DROP TRIGGER IF EXISTS shequ_units ON shequ_change;\n"
  "CREATE TRIGGER shequ_units BEFORE INSERT ON shequ_change FOR EACH ROW EXECUTE FUNCTION "
  "shequ_change_units();\n"
  "ALTER TABLE shequ_operation ADD COLUMN IF NOT EXISTS writer TEXT;\n"
  "ALTER TABLE shequ_operation ALTER COLUMN writer SET DEFAULT session_user;\n"
  "INSERT INTO shequ_series (name, last) SELECT 'shequ.log', coalesce(max(number), 0) FROM shequ_log "
  "ON CONFLICT (name) DO UPDATE SET last = greatest(shequ_series.last, excluded.last);\n";

/* The tables of the store itself, but the log. */
static const struct
{
  const char *table;
  const char *rights;
  const char *using;
  const char *check;
} own_tables[] = {
  { "shequ_change", "SELECT, INSERT, DELETE",
    "units IS NULL OR units && CAST((SELECT shequ_units()) AS BIGINT[])", "TRUE" },
  { "shequ_field", "SELECT", GRANTED, "FALSE" },
  { "shequ_operation", "SELECT, INSERT, UPDATE, DELETE", "writer = CAST(session_user AS TEXT)",
    "writer = CAST(session_user AS TEXT)" },
  { "shequ_series", "SELECT, INSERT, UPDATE", GRANTED, GRANTED },
  { "shequ_setting", "SELECT, INSERT, UPDATE, DELETE", GRANTED,
    GRANTED " AND name <> 'format' AND name NOT LIKE 'search.%' AND name NOT LIKE 'move%'" },
};

/* What only those may change who have the whole office. */
static gboolean
is_for_top (const char *table)
{
  return g_str_equal (table, "org_unit") || g_str_equal (table, "description");
}

static void
write_guard (GString *script, const char *table, const char *rights)
{
  g_string_append_printf (script,
                          "ALTER TABLE \"%s\" ENABLE ROW LEVEL SECURITY;\n"
                          "REVOKE ALL ON \"%s\" FROM PUBLIC, " MEMBERS ";\n"
                          "GRANT %s ON \"%s\" TO " MEMBERS ";\n"
                          "DROP POLICY IF EXISTS shequ_member ON \"%s\";\n"
                          "DROP POLICY IF EXISTS shequ_add ON \"%s\";\n"
                          "DROP POLICY IF EXISTS shequ_change ON \"%s\";\n",
                          table, table, rights, table, table, table, table);
}

static void
write_policy (GString *script, const char *table, const char *using, const char *check)
{
  g_string_append_printf (script,
                          "CREATE POLICY shequ_member ON \"%s\" TO " MEMBERS " USING (%s) WITH CHECK (%s);\n",
                          table, using, check);
}

/* Readable by all who have a unit, changed by the whole office. */
static void
write_top_policies (GString *script, const char *table)
{
  g_string_append_printf (
    script,
    "CREATE POLICY shequ_member ON \"%s\" FOR SELECT TO " MEMBERS " USING (" GRANTED ");\n"
    "CREATE POLICY shequ_add ON \"%s\" FOR INSERT TO " MEMBERS " WITH CHECK ((SELECT shequ_is_top()));\n"
    "CREATE POLICY shequ_change ON \"%s\" FOR UPDATE TO " MEMBERS " USING ((SELECT shequ_is_top()));\n",
    table, table, table);
}

static void
write_table (GString *script, const ShequRegister *reg, const char *table, const char *rights)
{
  gboolean has_unit = reg->level != SHEQU_LEVEL_NONE;

  write_guard (script, table, rights);
  if (is_for_top (reg->name))
    write_top_policies (script, table);
  else
    write_policy (script, table, has_unit ? "\"unit\" = " MINE : GRANTED,
                  has_unit ? "\"unit\" = " MINE : GRANTED);
}

/* A document is seen by who sees its record. */
static void
write_search_table (GString *script, const ShequRegister *reg)
{
  g_autofree char *table = g_strconcat (reg->name, "_search", NULL);
  g_autofree char *seen =
    g_strdup_printf ("EXISTS (SELECT 1 FROM \"%s\" r WHERE r.\"key\" = \"%s\".\"key\")", reg->name, table);

  write_guard (script, table, "SELECT, INSERT, UPDATE, DELETE");
  write_policy (script, table, seen, seen);
}

static void
write_register (GString *script, const ShequRegister *reg)
{
  g_autofree char *history = g_strconcat (reg->name, "_history", NULL);

  write_table (script, reg, reg->name, "SELECT, INSERT, UPDATE");
  if (reg->has_history)
    write_table (script, reg, history, "SELECT, INSERT, UPDATE, DELETE");
  if (shequ_register_has_documents (reg))
    write_search_table (script, reg);
  /* Entries from before there was a guard. */
  if (reg->level != SHEQU_LEVEL_NONE)
    g_string_append_printf (
      script,
      "UPDATE shequ_log SET unit = r.\"unit\" FROM \"%s\" r WHERE shequ_log.register = '%s' "
      "AND shequ_log.record = r.\"key\" AND shequ_log.unit IS NULL;\n",
      reg->name, reg->name);
}

static void
write_unit_registers (GString *script, const GPtrArray *registers)
{
  const char *separator = "";

  g_string_append (script,
                   "CREATE OR REPLACE FUNCTION shequ_unit_registers() RETURNS TEXT[] LANGUAGE sql IMMUTABLE "
                   "AS $$ SELECT CAST(ARRAY[");
  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = registers->pdata[i];

      if (reg->level == SHEQU_LEVEL_NONE)
        continue;
      g_string_append_printf (script, "%s'%s'", separator, reg->name);
      separator = ", ";
    }
  g_string_append (script, "] AS TEXT[]) $$;\n");
}

static void
write_own_tables (GString *script)
{
  static const char seen[] =
    "unit = " MINE " OR (unit IS NULL AND register <> '' AND register <> ALL (shequ_unit_registers()))";

  write_guard (script, "shequ_log", "SELECT, INSERT");
  g_string_append_printf (script,
                          "CREATE POLICY shequ_member ON shequ_log FOR SELECT TO " MEMBERS " USING (%s);\n"
                          "CREATE POLICY shequ_add ON shequ_log FOR INSERT TO " MEMBERS " WITH CHECK (%s);\n",
                          seen, seen);
  for (guint i = 0; i < G_N_ELEMENTS (own_tables); i++)
    {
      write_guard (script, own_tables[i].table, own_tables[i].rights);
      write_policy (script, own_tables[i].table, own_tables[i].using, own_tables[i].check);
    }
}

/* The owner and the server's administrator do; whoever else is held to the policies does not. */
gboolean
shequ_postgres_sees_all (ShequConnection *connection, const char *table, gboolean *sees, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (
    connection, "SELECT CASE WHEN row_security_active(CAST(quote_ident(?1) AS TEXT)) THEN 0 ELSE 1 END",
    error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_text (statement, 1, table);
  if (!shequ_statement_step (statement, &has_row, error))
    return FALSE;
  *sees = shequ_statement_get_integer (statement, 0) != 0;
  shequ_statement_reset (statement);
  return TRUE;
}

/* (transfer full): who the tables belong to, quoted. */
static char *
read_owner (ShequConnection *connection, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (
    connection,
    "SELECT quote_ident(CAST(r.rolname AS TEXT)) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_roles r ON "
    "r.oid = "
    "c.relowner WHERE c.relname = 'shequ_setting' AND pg_catalog.pg_table_is_visible(c.oid)",
    error);
  gboolean has_row = FALSE;
  char *owner;

  if (statement == NULL || !shequ_statement_step (statement, &has_row, error))
    return NULL;
  owner = g_strdup (has_row ? shequ_statement_get_text (statement, 0) : "");
  shequ_statement_reset (statement);
  return owner;
}

/* The operator of searching tells nothing of what it does not find, but only the server's own administrator
 * may say so; without it the server looks at all documents of a unit. */
static void
trust_search (ShequConnection *connection)
{
  shequ_postgres_execute (connection, "ALTER FUNCTION pg_catalog.ts_match_vq(tsvector, tsquery) LEAKPROOF",
                          NULL);
}

gboolean
shequ_postgres_protect (ShequConnection *connection, ShequCatalogue *catalogue, GError **error)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (catalogue);
  g_autofree char *owner = read_owner (connection, error);
  g_autoptr (GString) script = g_string_new (NULL);

  if (owner == NULL)
    return FALSE;
  g_string_append_printf (script,
                          "BEGIN;\n"
                          "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = "
                          "'" MEMBERS "') THEN CREATE ROLE " MEMBERS
                          " NOLOGIN; END IF; EXCEPTION WHEN duplicate_object THEN NULL; END $$;\n"
                          "SET LOCAL ROLE %s;\n%s",
                          owner, set_up);
  write_unit_registers (script, registers);
  g_string_append (script, triggers);
  write_own_tables (script);
  for (guint i = 0; i < registers->len; i++)
    write_register (script, registers->pdata[i]);
  g_string_append (script,
                   "DO $$ BEGIN EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO " MEMBERS "', "
                   "current_schema()); EXECUTE format('GRANT USAGE ON SCHEMA %I TO " MEMBERS "', "
                   "current_schema()); END $$;\nCOMMIT");
  if (!shequ_postgres_execute (connection, script->str, error))
    {
      shequ_postgres_execute (connection, "ROLLBACK", NULL);
      return FALSE;
    }
  trust_search (connection);
  return TRUE;
}

/* Names that need no quoting, as text in a list. */
static void
append_names (GString *sql, const ShequRegister *reg)
{
  g_string_append_printf (sql, ", '%s'", reg->name);
  if (reg->has_history)
    g_string_append_printf (sql, ", '%s_history'", reg->name);
  if (shequ_register_has_documents (reg))
    g_string_append_printf (sql, ", '%s_search'", reg->name);
}

/* Those that were made since the units were kept apart: nobody but the owner reads them. */
gboolean
shequ_postgres_count_unguarded (ShequConnection *connection,
                                ShequCatalogue *catalogue,
                                gint64 *n_tables,
                                GError **error)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (catalogue);
  g_autoptr (GString) sql =
    g_string_new ("SELECT count(*) FROM pg_catalog.pg_class c WHERE c.relkind = 'r' AND NOT c.relrowsecurity "
                  "AND pg_catalog.pg_table_is_visible(c.oid) AND c.relname IN ('shequ_log'");
  ShequStatement *statement;
  gboolean has_row = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (own_tables); i++)
    g_string_append_printf (sql, ", '%s'", own_tables[i].table);
  for (guint i = 0; i < registers->len; i++)
    append_names (sql, registers->pdata[i]);
  g_string_append_c (sql, ')');
  statement = shequ_connection_prepare (connection, sql->str, error);
  if (statement == NULL || !shequ_statement_step (statement, &has_row, error))
    return FALSE;
  *n_tables = shequ_statement_get_integer (statement, 0);
  shequ_statement_reset (statement);
  return TRUE;
}
