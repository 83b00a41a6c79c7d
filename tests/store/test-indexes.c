/* Indexes that a database of an older program lacks are made when it is opened. */
#include "store-fixture.h"

#include "shequ-locale.h"
#include "shequ-store-private.h"

static const char versions[] = "[Field place]\nKind=text\nLabel=Place\nHistory=true\n";

static GPtrArray *
list_indexes (ShequStore *store)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  ShequConnection *reader = shequ_store_take_reader (store, NULL, &error);
  ShequStatement *statement = shequ_connection_prepare (reader, reader->engine->list_indexes, &error);
  gboolean has_row = FALSE;

  while (shequ_statement_step (statement, &has_row, &error) && has_row)
    g_ptr_array_add (names, g_strdup (shequ_statement_get_text (statement, 0)));
  g_assert_no_error (error);
  shequ_statement_reset (statement);
  shequ_store_give_reader (store, reader);
  return names;
}

static gboolean
has (const GPtrArray *names, const char *name)
{
  for (guint i = 0; i < names->len; i++)
    if (g_str_equal (names->pdata[i], name))
      return TRUE;
  return FALSE;
}

static void
open_store (StoreFixture *fixture, ShequOpenMode mode)
{
  g_autoptr (ShequCatalogue) catalogue = store_fixture_load_catalogue (versions);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->store, shequ_store_unref);
  fixture->store = shequ_store_open (fixture->path, catalogue, mode, NULL, &error);
  g_assert_no_error (error);
}

static void
run (StoreFixture *fixture, const char *script)
{
  g_autoptr (GError) error = NULL;

  shequ_connection_execute (fixture->store->writer, script, &error);
  g_assert_no_error (error);
}

static const char *const made[] = { "pet_since", "pet_history_held", "pet_by_house" };

static void
drop_all (StoreFixture *fixture)
{
  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    {
      g_autofree char *script = g_strdup_printf ("DROP INDEX \"%s\"", made[i]);

      run (fixture, script);
    }
}

static void
test_missing (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) without = NULL;
  g_autoptr (GPtrArray) with = NULL;

  store_fixture_add_pet (fixture, "小花", "A1", 0);
  open_store (fixture, SHEQU_OPEN_EXISTING);
  drop_all (fixture);
  /* Who may only read opens it as it is. */
  open_store (fixture, SHEQU_OPEN_READ_ONLY);
  without = list_indexes (fixture->store);
  open_store (fixture, SHEQU_OPEN_EXISTING);
  with = list_indexes (fixture->store);
  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    {
      g_assert_false (has (without, made[i]));
      g_assert_true (has (with, made[i]));
    }
  g_assert_cmpuint (with->len, ==, without->len + G_N_ELEMENTS (made));
}

/* An index of the name, but made otherwise by an older program: where the engine tells, it is made anew. */
static void
test_otherwise (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  ShequStatement *statement;
  gboolean has_row = FALSE;

  open_store (fixture, SHEQU_OPEN_EXISTING);
  if (!store_fixture_is_file ())
    return;
  run (fixture, "DROP INDEX \"pet_since\"; CREATE INDEX \"pet_since\" ON \"pet\" (\"valid_from\")");
  open_store (fixture, SHEQU_OPEN_EXISTING);
  statement = shequ_connection_prepare (
    fixture->store->writer,
    "SELECT 1 FROM sqlite_schema WHERE name = 'pet_since' AND sql LIKE '%deleted_at%'", &error);
  g_assert_true (shequ_statement_step (statement, &has_row, &error));
  g_assert_true (has_row);
  shequ_statement_reset (statement);
}

/* A disk without room, a name on a server that owns nothing: the office is opened and works. */
static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  open_store (fixture, SHEQU_OPEN_EXISTING);
  drop_all (fixture);
  run (fixture, "CREATE TABLE \"pet_since\" (\"key\" INTEGER)");
  open_store (fixture, SHEQU_OPEN_EXISTING);
  store_fixture_add_pet (fixture, "小花", "A1", 0);
}

static void
open_with (StoreFixture *fixture, const char *fields)
{
  g_autoptr (ShequCatalogue) catalogue = store_fixture_load_catalogue (fields);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->store, shequ_store_unref);
  fixture->store = shequ_store_open (fixture->path, catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
}

static void
set_places (StoreFixture *fixture, const char *second)
{
  g_autofree char *script = g_strdup_printf (
    "UPDATE pet SET place = 'A' WHERE name = '小花'; UPDATE pet SET place = '%s' WHERE name = '小黄'",
    second);

  run (fixture, script);
}

/* What becomes unique by a later description has its index, too; where records break it already, all are
 * kept, it is said, and the index comes once they differ. */
static void
test_unique_later (StoreFixture *fixture, gconstpointer data)
{
  static const char later[] = "[Field place]\nKind=text\nLabel=Place\nUnique=true\n";
  g_autoptr (GPtrArray) without = NULL;
  g_autoptr (GPtrArray) with = NULL;
  g_autoptr (GError) error = NULL;

  store_fixture_add_pet (fixture, "小花", "A1", 0);
  store_fixture_add_pet (fixture, "小黄", "A2", 0);
  open_with (fixture, "[Field place]\nKind=text\nLabel=Place\n");
  set_places (fixture, "A");
  open_with (fixture, later);
  without = list_indexes (fixture->store);
  g_assert_false (has (without, "pet_by_place"));
  g_assert_cmpuint (shequ_store_get_problems (fixture->store)->len, ==, 1);
  set_places (fixture, "B");
  run (fixture, "DROP INDEX pet_unique_with");
  open_with (fixture, later);
  with = list_indexes (fixture->store);
  g_assert_true (has (with, "pet_by_place"));
  g_assert_true (has (with, "pet_unique_with"));
  g_assert_cmpuint (shequ_store_get_problems (fixture->store)->len, ==, 0);
  g_assert_false (shequ_connection_execute (fixture->store->writer, "UPDATE pet SET place = 'A'", &error));
  g_assert_nonnull (error);
}

static void
set_aside (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);
  const ShequRegister *pet = shequ_catalogue_lookup (shequ_store_get_catalogue (fixture->store), "pet");

  g_assert_true (shequ_transaction_set_orders_aside (transaction, pet, &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
}

/* A file does without the order of a list during a large import; a list is right all the same, and the order
 * comes back when it is asked for, or at the next opening after a power cut. A server keeps it. */
static void
test_orders_aside (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) aside = NULL;
  g_autoptr (GPtrArray) restored = NULL;
  g_autoptr (GPtrArray) reopened = NULL;
  g_autoptr (GError) error = NULL;
  gint64 second = store_fixture_add_pet (fixture, "小花", "A1", 0);
  gint64 first = store_fixture_add_pet (fixture, "阿黄", "A2", 0);
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->pet, "2026-11-22");
  g_autoptr (GArray) keys = NULL;

  before = list_indexes (fixture->store);
  g_assert_true (has (before, "pet_by_name_sort"));
  set_aside (fixture);
  aside = list_indexes (fixture->store);
  g_assert_cmpint (has (aside, "pet_by_name_sort"), ==, !store_fixture_is_file ());
  g_assert_true (has (aside, "pet_by_house"));
  keys = shequ_store_list_keys (fixture->store, query, NULL, &error);
  g_assert_cmpint (g_array_index (keys, gint64, 0), ==, first);
  g_assert_cmpint (g_array_index (keys, gint64, 1), ==, second);
  g_assert_true (shequ_store_restore_orders (fixture->store, &error));
  restored = list_indexes (fixture->store);
  g_assert_cmpuint (restored->len, ==, before->len);
  set_aside (fixture);
  open_with (fixture, NULL);
  reopened = list_indexes (fixture->store);
  g_assert_cmpuint (reopened->len, ==, before->len);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

#define add(path, function)                                                                                  \
  g_test_add ("/indexes/" path, StoreFixture, NULL, store_fixture_set_up, function, store_fixture_tear_down)

  add ("missing", test_missing);
  add ("otherwise", test_otherwise);
  add ("refused", test_refused);
  add ("unique-later", test_unique_later);
  add ("orders-aside", test_orders_aside);
  return g_test_run ();
}
