/*
 * Units that the server itself keeps apart: what a name sees with whatever program, and with this one.
 */
#include <libpq-fe.h>
#include <string.h>
#include <unistd.h>

#include "test-server.h"

#include "shequ-error.h"
#include "shequ-move.h"
#include "shequ-server.h"

#define PER_COMMUNITY 30
#define FEW 100
#define MANY 2000 /* after which the server is asked to catch up */

/* District 1, streets 2 and 3; communities 4 and 5 of the first, 6 of the second. */
typedef struct
{
  char *address;
  ShequCatalogue *catalogue;
  ShequStore *store;
  const ShequRegister *resident;
  char *east;   /* the role of community 4 */
  char *west;   /* of community 5 */
  char *street; /* of street 2 */
} Fixture;

static const ShequActor actor = { "王主任", "窗口一", NULL, "2026-11-22T01:02:03Z", NULL };

static void
insert (ShequTransaction *transaction, ShequRow *row)
{
  g_autoptr (GError) error = NULL;

  shequ_transaction_insert (transaction, row, &error);
  g_assert_no_error (error);
}

static void
add_unit (Fixture *fixture, ShequTransaction *transaction, const char *name, const char *level, gint64 parent)
{
  g_autoptr (ShequRow) row = shequ_row_new (shequ_catalogue_lookup (fixture->catalogue, "org_unit"));

  shequ_row_set_text (row, "name", name);
  shequ_row_set_text (row, "level", level);
  if (parent > 0)
    shequ_row_set_integer (row, "parent", parent);
  insert (transaction, row);
}

static void
fill (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &actor, NULL, &error);

  g_assert_no_error (error);
  add_unit (fixture, transaction, "洮北区", "district", 0);
  add_unit (fixture, transaction, "海明街道", "street", 1);
  add_unit (fixture, transaction, "瑞光街道", "street", 1);
  add_unit (fixture, transaction, "民生社区", "community", 2);
  add_unit (fixture, transaction, "长安社区", "community", 2);
  add_unit (fixture, transaction, "瑞安社区", "community", 3);
  for (guint i = 0; i < 3 * PER_COMMUNITY; i++)
    {
      static const char *const surnames[] = { "王", "李", "赵" };
      g_autoptr (ShequRow) row = shequ_row_new (fixture->resident);
      g_autofree char *name = g_strdup_printf ("%s小%c", surnames[i % 3], 'a' + (int) (i % 26));
      g_autofree char *number = g_strdup_printf ("22080219900101%04u", i);

      shequ_row_set_text (row, "name", name);
      shequ_row_set_text (row, "id_number", number);
      shequ_row_set_integer (row, "unit", 4 + i % 3);
      insert (transaction, row);
    }
  shequ_transaction_commit (transaction, &error);
  g_assert_no_error (error);
}

static void
grant (Fixture *fixture, const char *role, gint64 unit)
{
  g_autoptr (GError) error = NULL;

  shequ_server_grant (fixture->store, role, unit, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->address = test_server_new_address ();
  fixture->catalogue = shequ_catalogue_new_shipped (&error);
  g_assert_no_error (error);
  fixture->resident = shequ_catalogue_lookup (fixture->catalogue, "resident");
  fixture->store = shequ_store_open (fixture->address, fixture->catalogue, SHEQU_OPEN_CREATE, NULL, &error);
  g_assert_no_error (error);
  fill (fixture);
  shequ_server_protect (fixture->store, &error);
  g_assert_no_error (error);
  fixture->east = g_strdup_printf ("east_%d", (int) getpid ());
  fixture->west = g_strdup_printf ("west_%d", (int) getpid ());
  fixture->street = g_strdup_printf ("street_%d", (int) getpid ());
  grant (fixture, fixture->east, 4);
  grant (fixture, fixture->west, 5);
  grant (fixture, fixture->street, 2);
}

static void
drop_role (const char *role)
{
  g_autofree char *script = g_strdup_printf ("DROP OWNED BY %s; DROP ROLE %s", role, role);

  test_server_run (g_getenv ("SHEQU_TEST_SERVER"), script);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->store, shequ_store_unref);
  shequ_catalogue_unref (fixture->catalogue);
  test_server_drop (fixture->address);
  drop_role (fixture->east);
  drop_role (fixture->west);
  drop_role (fixture->street);
  g_free (fixture->east);
  g_free (fixture->west);
  g_free (fixture->street);
  g_free (fixture->address);
}

/* (transfer full): the address with another name. */
static char *
sign_in_as (Fixture *fixture, const char *role)
{
  return g_strconcat (fixture->address, "&user=", role, NULL);
}

/* What psql would be told: a number, or the state of the refusal. */
static char *
ask (Fixture *fixture, const char *role, const char *query)
{
  g_autofree char *address = sign_in_as (fixture, role);
  PGconn *server = PQconnectdb (address);
  PGresult *result = PQexec (server, query);
  const char *state = PQresultErrorField (result, PG_DIAG_SQLSTATE);
  char *answer = NULL;

  g_assert_cmpint (PQstatus (server), ==, CONNECTION_OK);
  if (state != NULL)
    answer = g_strdup (state);
  else
    answer = g_strdup (PQntuples (result) > 0 ? PQgetvalue (result, 0, 0) : PQcmdTuples (result));
  PQclear (result);
  PQfinish (server);
  return answer;
}

static void
expect (Fixture *fixture, const char *role, const char *query, const char *wanted)
{
  g_autofree char *answer = ask (fixture, role, query);

  if (g_strcmp0 (answer, wanted) != 0)
    g_test_message ("%s: %s", role, query);
  g_assert_cmpstr (answer, ==, wanted);
}

static void
test_reading (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *query;
    const char *east;
    const char *street;
  } looks[] = {
    { "SELECT count(*) FROM resident", "30", "60" },
    { "SELECT count(*) FROM resident WHERE unit <> 4", "0", "30" },
    { "SELECT count(*) FROM resident_search", "30", "60" },
    { "SELECT count(*) FROM shequ_log WHERE register = 'resident'", "30", "60" },
    { "SELECT count(*) FROM shequ_log WHERE changes LIKE '%李%'", "0", "30" },
    { "SELECT count(*) FROM resident WHERE id_number = '220802199001010001'", "0", "1" },
    { "SELECT count(*) FROM org_unit", "6", "6" },
    { "SELECT count(*) FROM pg_stats WHERE tablename = 'resident'", "0", "0" },
  };

  test_server_run (fixture->address, "ANALYZE");
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      expect (fixture, fixture->east, looks[i].query, looks[i].east);
      expect (fixture, fixture->street, looks[i].query, looks[i].street);
    }
}

/* Nothing of another unit, in no table: also of those that are made of the descriptions of tomorrow. */
static void
test_every_table (Fixture *fixture, gconstpointer data)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (fixture->catalogue);
  static const char *const own[] = { "shequ_log",    "shequ_change",  "shequ_operation",
                                     "shequ_series", "shequ_setting", "shequ_field" };

  for (guint i = 0; i < registers->len + G_N_ELEMENTS (own); i++)
    {
      const ShequRegister *reg = i < registers->len ? registers->pdata[i] : NULL;
      g_autofree char *query = g_strdup_printf (
        "SELECT count(*) FROM pg_class WHERE oid IN (to_regclass('%s'), to_regclass('%s_history'), "
        "to_regclass('%s_search')) AND NOT relrowsecurity",
        reg != NULL ? reg->name : own[i - registers->len], reg != NULL ? reg->name : "?",
        reg != NULL ? reg->name : "?");

      expect (fixture, fixture->east, query, "0");
    }
  expect (fixture, fixture->east, "SELECT count(*) FROM shequ_grant", "42501");
  expect (fixture, fixture->east,
          "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = "
          "CAST(current_schema() AS regnamespace) AND NOT relrowsecurity AND "
          "has_table_privilege(oid, 'SELECT') LIMIT 1",
          "0");
}

static void
test_writing (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *statement;
    const char *answer;
  } tries[] = {
    { "UPDATE resident SET name = 'x' WHERE unit = 5", "0" },
    { "UPDATE resident SET name = name WHERE unit = 4", "30" },
    { "UPDATE resident SET unit = 5 WHERE unit = 4", "42501" },
    { "DELETE FROM resident", "42501" },
    { "TRUNCATE resident", "42501" },
    { "INSERT INTO resident (uuid, version, name, unit) VALUES ('\\x00', 1, 'x', 5)", "42501" },
    { "INSERT INTO resident (uuid, version, name) VALUES ('\\x00', 1, 'x')", "42501" },
    { "INSERT INTO shequ_log (number, moment, actor, action, register, record) VALUES "
      "(999999, '', 'x', 1, 'resident', 2)",
      "42501" },
    { "UPDATE shequ_log SET actor = 'x'", "42501" },
    { "DELETE FROM shequ_log", "42501" },
    { "UPDATE shequ_setting SET text = '99' WHERE name = 'format'", "42501" },
    { "UPDATE org_unit SET parent = 4", "0" },
    { "INSERT INTO shequ_grant VALUES ('x', 5)", "42501" },
    { "DELETE FROM resident_search WHERE key IN (2, 5, 8)", "0" },
    { "CREATE FUNCTION shequ_units_x() RETURNS INTEGER LANGUAGE sql AS 'SELECT 1'", "42501" },
    { "SET row_security = off; SELECT count(*) FROM resident", "42501" },
    { "ALTER TABLE resident DISABLE ROW LEVEL SECURITY", "42501" },
    { "SELECT lo_import('/etc/passwd')", "42501" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    expect (fixture, fixture->east, tries[i].statement, tries[i].answer);
  g_assert_cmpint (test_server_ask (fixture->address, "SELECT count(*) FROM resident WHERE name = 'x'"), ==,
                   0);
}

static ShequStore *
open_as (Fixture *fixture, const char *role)
{
  g_autofree char *address = sign_in_as (fixture, role);
  g_autoptr (GError) error = NULL;
  ShequStore *store = shequ_store_open (address, fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error);

  g_assert_no_error (error);
  return store;
}

static gint64
add_resident (Fixture *fixture,
              ShequStore *store,
              const char *name,
              const char *number,
              gint64 unit,
              guint n,
              GError **error)
{
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (store, &actor, NULL, error);
  gint64 key = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ShequRow) row = shequ_row_new (fixture->resident);

      shequ_row_set_text (row, "name", name);
      if (number != NULL)
        shequ_row_set_text (row, "id_number", number);
      shequ_row_set_integer (row, "unit", unit);
      if (!shequ_transaction_insert (transaction, row, error))
        return 0;
      key = row->key;
    }
  return shequ_transaction_commit (transaction, error) ? key : 0;
}

/* The program goes on working, with what its name may see. */
static void
test_program (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShequStore) east = open_as (fixture, fixture->east);
  g_autoptr (ShequStore) street = open_as (fixture, fixture->street);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->resident, NULL);
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  gint64 key;

  g_assert_cmpint (shequ_store_count (east, query, NULL, &error), ==, PER_COMMUNITY);
  g_assert_cmpint (shequ_store_count (street, query, NULL, &error), ==, 2 * PER_COMMUNITY);
  hits = shequ_store_search (east, "李小", NULL, 100, NULL, NULL, &error);
  g_assert_cmpuint (hits->len, ==, 0);
  key = add_resident (fixture, east, "新来的", NULL, 4, 1, &error);
  g_assert_no_error (error);
  add_resident (fixture, east, "很多人", NULL, 4, 20, &error);
  g_assert_no_error (error);
  add_resident (fixture, street, "街道登记", NULL, 5, 1, &error);
  g_assert_no_error (error);
  g_clear_pointer (&hits, g_ptr_array_unref);
  hits = shequ_store_search (east, "新来", NULL, 100, NULL, NULL, &error);
  g_assert_cmpuint (hits->len, ==, 1);
  entries = shequ_store_read_log (east, fixture->resident, 0, NULL, 0, NULL, &error);
  g_assert_cmpuint (entries->len, ==, PER_COMMUNITY + 21);
  g_clear_pointer (&entries, g_ptr_array_unref);
  entries = shequ_store_read_log (east, fixture->resident, key, NULL, 0, NULL, &error);
  g_assert_cmpuint (entries->len, ==, 1);
  /* Its numbers have no gap, whoever wrote. */
  g_assert_cmpint (test_server_ask (fixture->address, "SELECT max(number) - count(*) FROM shequ_log"), ==, 0);
  g_assert_cmpint (add_resident (fixture, east, "越界", NULL, 5, 1, &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
}

/* A number that somebody has elsewhere is refused, and that is all that is said. */
static void
test_unique (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShequStore) east = open_as (fixture, fixture->east);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (add_resident (fixture, east, "张三", "220802199001010001", 4, 1, &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE);
  g_assert_null (strstr (error->message, "李小"));
  g_assert_null (strstr (error->message, "记录"));
}

static void
test_grants (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) grants = NULL;
  g_autoptr (ShequStore) east = open_as (fixture, fixture->east);
  g_autoptr (GError) error = NULL;

  grants = shequ_server_list (fixture->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (grants->len, ==, 3);
  g_assert_cmpstr (((ShequServerGrant *) grants->pdata[0])->role, ==, fixture->east);
  g_assert_cmpstr (((ShequServerGrant *) grants->pdata[0])->title, ==, "民生社区");
  g_assert_false (shequ_server_grant (east, fixture->east, 5, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
  g_clear_error (&error);
  g_assert_false (shequ_server_grant (fixture->store, "x; DROP TABLE resident", 5, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT);
  g_clear_error (&error);
  g_assert_true (shequ_server_revoke (fixture->store, fixture->east, 0, &error));
  expect (fixture, fixture->east, "SELECT count(*) FROM resident", "0");
  expect (fixture, fixture->east, "SELECT count(*) FROM org_unit", "0");
  g_assert_false (shequ_server_revoke (fixture->store, fixture->east, 0, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (shequ_server_protect (fixture->store, &error));
  expect (fixture, fixture->west, "SELECT count(*) FROM resident", "30");
}

/* Who moves to another community goes out of sight here, and into sight there. */
static void
test_moved (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShequStore) street = open_as (fixture, fixture->street);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (street, &actor, NULL, &error);
  g_autoptr (ShequRow) row = shequ_transaction_get (transaction, fixture->resident, 1, &error);

  g_assert_no_error (error);
  shequ_row_set_integer (row, "unit", 5);
  shequ_transaction_update (transaction, row, &error);
  g_assert_no_error (error);
  shequ_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  expect (fixture, fixture->east, "SELECT count(*) FROM resident WHERE key = 1", "0");
  expect (fixture, fixture->east, "SELECT count(*) FROM resident_search WHERE key = 1", "0");
  expect (fixture, fixture->west, "SELECT count(*) FROM resident WHERE key = 1", "1");
  expect (fixture, fixture->west, "SELECT count(*) FROM resident_search WHERE key = 1", "1");
  expect (fixture, fixture->west, "SELECT count(*) FROM shequ_log WHERE register = 'resident' AND record = 1",
          "1");
}

/* The whole office is moved by who sees it, and checked by anybody as far as he sees. */
static void
test_moving (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShequStore) east = open_as (fixture, fixture->east);
  g_autofree char *target = test_server_new_address ();
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (ShequMoveResult) result = NULL;
  g_autoptr (ShequStore) moved = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->resident, NULL);
  g_autoptr (GError) error = NULL;

  problems = shequ_store_check (east, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_null (shequ_store_move (east, target, NULL, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
  g_clear_error (&error);
  result = shequ_store_move (fixture->store, target, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  moved = shequ_store_open (target, fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (shequ_store_count (moved, query, NULL, &error), ==, 3 * PER_COMMUNITY);
  shequ_server_protect (moved, &error);
  g_assert_no_error (error);
  add_resident (fixture, moved, "新来的", NULL, 4, 1, &error);
  g_assert_no_error (error);
  g_clear_pointer (&moved, shequ_store_unref);
  test_server_drop (target);
}

/* The server was not told yet to merge the documents of a small change, and is told of a large one, without
 * anybody waiting: what a search costs then is what it finds. */
static void
test_catching_up (Fixture *fixture, gconstpointer data)
{
  const char *schema = strstr (fixture->address, "%3D") + strlen ("%3D");
  g_autofree char *query =
    g_strdup_printf ("SELECT coalesce(sum(vacuum_count), 0) FROM pg_stat_user_tables WHERE "
                     "schemaname = '%s' AND relname IN ('resident', 'resident_search')",
                     schema);
  g_autofree char *rows = g_strdup_printf (
    "SELECT CAST(c.reltuples AS BIGINT) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE "
    "n.nspname = '%s' AND c.relname = 'resident_search'",
    schema);
  g_autoptr (GError) error = NULL;

  add_resident (fixture, fixture->store, "少数人", NULL, 4, FEW, &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_server_ask (fixture->address, query), ==, 0);
  add_resident (fixture, fixture->store, "许多人", NULL, 4, MANY, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 600 && test_server_ask (fixture->address, query) < 2; i++)
    g_usleep (100000);
  g_assert_cmpint (test_server_ask (fixture->address, query), ==, 2);
  g_assert_cmpint (test_server_ask (fixture->address, rows), ==, 3 * PER_COMMUNITY + FEW + MANY);
}

static void
describe_own (Fixture *fixture)
{
  static const char text[] = "[Register]\nName=own_dog\nLabel=Dog\nTitle={name}\nUnit=community\n"
                             "[Field name]\nKind=text\nLabel=Name\nSearch=pinyin\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &actor, NULL, &error);
  g_autoptr (ShequRow) row = shequ_row_new (shequ_catalogue_lookup (fixture->catalogue, "description"));

  shequ_row_set_text (row, "name", "own_dog");
  shequ_row_set_text (row, "kind", "register");
  shequ_row_set_text (row, "label", "Dog");
  shequ_row_set_text (row, "text", text);
  shequ_row_set_integer (row, "active", 1);
  insert (transaction, row);
  g_assert_true (shequ_transaction_commit (transaction, &error));
}

static void
reopen (Fixture *fixture, const char *address)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->store, shequ_store_unref);
  fixture->store = shequ_store_open (address, fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < shequ_store_get_problems (fixture->store)->len; i++)
    g_test_message ("%s", (const char *) shequ_store_get_problems (fixture->store)->pdata[i]);
}

/* Tables of a register of the office's own, and a search index made anew, are kept apart once the owner has
 * opened the database; until then a name of a unit is told. */
static void
test_added (Fixture *fixture, gconstpointer data)
{
  g_autofree char *east = sign_in_as (fixture, fixture->east);

  describe_own (fixture);
  reopen (fixture, fixture->address);
  g_assert_cmpuint (shequ_store_get_problems (fixture->store)->len, ==, 0);
  expect (fixture, fixture->east, "SELECT count(*) FROM own_dog", "0");
  expect (fixture, fixture->east, "SELECT count(*) FROM own_dog_search", "0");
  expect (fixture, fixture->east,
          "INSERT INTO own_dog (uuid, version, name, unit) VALUES ('\\x0102', 1, 'x', 5)", "42501");
  expect (fixture, fixture->east,
          "INSERT INTO own_dog (uuid, version, name, unit) VALUES ('\\x0102', 1, 'x', 4)", "1");
  expect (fixture, fixture->west, "SELECT count(*) FROM own_dog", "0");

  /* As an index that is made anew leaves it. */
  test_server_run (
    fixture->address,
    "ALTER TABLE resident_search DISABLE ROW LEVEL SECURITY; REVOKE ALL ON resident_search FROM "
    "shequ_office");
  expect (fixture, fixture->east, "SELECT count(*) FROM resident_search", "42501");
  reopen (fixture, east);
  g_assert_nonnull (shequ_server_get_gap (fixture->store));
  g_assert_nonnull (strstr (shequ_server_get_gap (fixture->store), "server init"));
  reopen (fixture, fixture->address);
  g_assert_null (shequ_server_get_gap (fixture->store));
  expect (fixture, fixture->east, "SELECT count(*) FROM resident_search", "30");
  reopen (fixture, east);
  g_assert_null (shequ_server_get_gap (fixture->store));
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/server/reading", test_reading);
  add ("/server/every-table", test_every_table);
  add ("/server/writing", test_writing);
  add ("/server/program", test_program);
  add ("/server/unique", test_unique);
  add ("/server/grants", test_grants);
  add ("/server/moved", test_moved);
  add ("/server/moving", test_moving);
  add ("/server/added", test_added);
  add ("/server/catching-up", test_catching_up);
  return g_test_run ();
}
