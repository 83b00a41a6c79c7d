#include "store-fixture.h"

#include "config.h"

#include "shequ-error.h"
#include "shequ-locale.h"

#include <glib/gstdio.h>

static void
assert_refused (StoreFixture *fixture, const char *path, ShequError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length = 0;
  gsize length_after = 0;

  g_file_get_contents (path, &before, &length, NULL);
  g_assert_null (shequ_store_open (path, fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, (int) code);
  g_file_get_contents (path, &after, &length_after, NULL);
  g_assert_cmpmem (before, length, after, length_after);
}

static void
test_again (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 key = store_fixture_add_pet (fixture, "小花", "A1", 0);
  g_autoptr (ShequRow) row = NULL;

  g_clear_pointer (&fixture->store, shequ_store_unref);
  fixture->store = shequ_store_open (fixture->path, fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
  row = shequ_store_get (fixture->store, fixture->pet, key, SHEQU_FETCH_PLAIN, NULL, NULL, &error);
  g_assert_cmpstr (shequ_row_get_text (row, "name"), ==, "小花");
}

static void
test_create_keeps_what_is_there (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (shequ_store_open (fixture->path, fixture->catalogue, SHEQU_OPEN_CREATE, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT);
}

static void
test_no_database (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "letter.db", NULL);
  g_autofree char *none = g_build_filename (fixture->folder, "none.db", NULL);
  g_autofree char *empty = g_build_filename (fixture->folder, "empty.db", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (
    path,
    "Dear neighbours, this is no database but a letter of more than a hundred bytes, so that "
    "nobody takes it for an empty file. Kind regards, the committee.",
    -1, NULL);
  assert_refused (fixture, path, SHEQU_ERROR_DAMAGED);
  g_file_set_contents (empty, "", 0, NULL);
  assert_refused (fixture, empty, SHEQU_ERROR_DAMAGED);
  assert_refused (fixture, none, SHEQU_ERROR_UNREACHABLE);
  assert_refused (fixture, fixture->folder, SHEQU_ERROR_UNREACHABLE);
  g_assert_null (shequ_store_open ("oracle://here", fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT);
}

/* An address may hold a password. */
static void
test_says_no_password (StoreFixture *fixture, gconstpointer data)
{
  const char *addresses[] = { "oracle://amt:geheim@127.0.0.1/office",
                              "postgresql://amt:geheim@127.0.0.1:1/office" };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GError) opening = NULL;
      g_autoptr (GError) probing = NULL;

      g_assert_null (
        shequ_store_open (addresses[i], fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &opening));
      g_assert_nonnull (opening);
      g_assert_null (strstr (opening->message, "geheim"));
      g_assert_false (shequ_store_probe (addresses[i], NULL, NULL, &probing));
      g_assert_nonnull (probing);
      g_assert_null (strstr (probing->message, "geheim"));
#ifndef SHEQU_POSTGRESQL
      g_assert_error (opening, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT);
      g_assert_nonnull (strstr (opening->message, i == 0 ? "oracle" : "PostgreSQL"));
#endif
    }
}

static void
test_newer (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  ShequTransaction *transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);

  g_assert_true (shequ_transaction_set_setting (transaction, "format", "999", &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  shequ_transaction_free (transaction);
  g_clear_pointer (&fixture->store, shequ_store_unref);
  assert_refused (fixture, fixture->path, SHEQU_ERROR_NEWER);
}

static void
test_added_field (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequCatalogue) grown =
    store_fixture_load_catalogue ("[Field colour]\nKind=text\nLabel=Colour\nSearch=pinyin\n");
  const ShequRegister *pet = shequ_catalogue_lookup (grown, "pet");
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = NULL;
  gint64 key = store_fixture_add_pet (fixture, "小花", "A1", 0);
  ShequTransaction *transaction;

  g_clear_pointer (&fixture->store, shequ_store_unref);
  fixture->store = shequ_store_open (fixture->path, grown, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
  row = shequ_store_get (fixture->store, pet, key, SHEQU_FETCH_PLAIN, NULL, NULL, &error);
  g_assert_cmpstr (shequ_row_get_text (row, "name"), ==, "小花");
  shequ_row_set_text (row, "colour", "白色");
  transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);
  g_assert_true (shequ_transaction_update (transaction, row, &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  shequ_transaction_free (transaction);

  /* The older descriptions still open it, and lose nothing. */
  g_clear_pointer (&fixture->store, shequ_store_unref);
  fixture->store = shequ_store_open (fixture->path, fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&fixture->store, shequ_store_unref);
  fixture->store = shequ_store_open (fixture->path, grown, SHEQU_OPEN_EXISTING, NULL, &error);
  g_clear_pointer (&row, shequ_row_free);
  row = shequ_store_get (fixture->store, pet, key, SHEQU_FETCH_PLAIN, NULL, NULL, &error);
  g_assert_cmpstr (shequ_row_get_text (row, "colour"), ==, "白色");
}

static guint
count_hits (StoreFixture *fixture, const char *typed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits =
    shequ_store_search (fixture->store, typed, NULL, 0, "2026-11-22", NULL, &error);

  g_assert_no_error (error);
  return hits->len;
}

static void
set_setting (StoreFixture *fixture, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);

  shequ_transaction_set_setting (transaction, name, text, &error);
  shequ_transaction_commit (transaction, &error);
  g_assert_no_error (error);
}

#define COINS                                                                                                \
  "[Register]\nName=coin\nLabel=Coin\nTitle={number}\n[List default]\nColumns=number\n"                      \
  "[Field number]\nKind=text\nLabel=Number\nUnique=true\n"

static ShequCatalogue *
load_coins (const char *text)
{
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new ();
  g_autoptr (GError) error = NULL;

  shequ_catalogue_add_text (catalogue, "coin.ini", text, &error);
  g_assert_no_error (error);
  shequ_catalogue_resolve (catalogue, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&catalogue);
}

static gboolean
add_coin (ShequStore *store, gboolean shared, GError **error)
{
  const ShequRegister *reg = shequ_catalogue_lookup (shequ_store_get_catalogue (store), "coin");
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (store, &test_actor, NULL, NULL);
  g_autoptr (ShequRow) row = shequ_row_new (reg);

  shequ_row_set_text (row, "number", "A1");
  if (shared)
    shequ_row_set_integer (row, "shared", TRUE);
  return shequ_transaction_insert (transaction, row, error) && shequ_transaction_commit (transaction, error);
}

/* What was unique takes an exception when the descriptions gain one, in a database that is older, too. */
static void
test_added_waiver (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequCatalogue) plain = load_coins (COINS);
  g_autoptr (ShequCatalogue) grown =
    load_coins (COINS "UniqueUnless=shared\n[Field shared]\nKind=yes_no\nLabel=Shared\n");
  g_autofree char *path = store_fixture_new_path (fixture, "coins.db");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;
  ShequStore *store = shequ_store_open (path, plain, SHEQU_OPEN_CREATE, NULL, &error);

  g_assert_true (add_coin (store, FALSE, &error));
  shequ_store_unref (store);
  store = shequ_store_open (path, grown, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (add_coin (store, FALSE, &refused));
  g_assert_error (refused, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE);
  g_assert_true (add_coin (store, TRUE, &error));
  g_assert_true (add_coin (store, TRUE, &error));
  g_assert_no_error (error);
  shequ_store_unref (store);
}

/* A field that becomes searched is found in what was there before; so is all when documents are made
 * otherwise. */
static void
test_search_made_again (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequCatalogue) plain = store_fixture_load_catalogue ("[Field place]\nKind=text\nLabel=Place\n");
  g_autoptr (ShequCatalogue) searched =
    store_fixture_load_catalogue ("[Field place]\nKind=text\nLabel=Place\nSearch=part\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (ShequRow) row = shequ_row_new (shequ_catalogue_lookup (plain, "pet"));
  g_autoptr (GPtrArray) problems = NULL;

  g_clear_pointer (&fixture->store, shequ_store_unref);
  fixture->store = shequ_store_open (fixture->path, plain, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
  shequ_row_set_text (row, "name", "小花");
  shequ_row_set_text (row, "place", "窗台");
  transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);
  shequ_transaction_insert (transaction, row, &error);
  shequ_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  g_clear_pointer (&transaction, shequ_transaction_free);
  g_assert_cmpuint (count_hits (fixture, "窗台"), ==, 0);

  g_clear_pointer (&fixture->store, shequ_store_unref);
  fixture->store = shequ_store_open (fixture->path, searched, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_hits (fixture, "窗台"), ==, 1);
  set_setting (fixture, "search.pet", "0 made otherwise");
  g_clear_pointer (&fixture->store, shequ_store_unref);
  fixture->store = shequ_store_open (fixture->path, searched, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_hits (fixture, "xiaohua"), ==, 1);
  problems = shequ_store_check (fixture->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_retyped_field (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequCatalogue) text = store_fixture_load_catalogue ("[Field rank]\nKind=text\nLabel=Rank\n");
  g_autoptr (ShequCatalogue) number =
    store_fixture_load_catalogue ("[Field rank]\nKind=integer\nLabel=Rank\n");
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->store, shequ_store_unref);
  fixture->store = shequ_store_open (fixture->path, text, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&fixture->store, shequ_store_unref);
  g_assert_null (shequ_store_open (fixture->path, number, SHEQU_OPEN_EXISTING, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE);
  g_assert_nonnull (strstr (error->message, "pet.ini"));
  g_assert_nonnull (strstr (error->message, "rank"));
}

static void
test_damaged (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *bytes = NULL;
  gsize length = 0;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("小花%u", i);

      store_fixture_add_pet (fixture, name, NULL, 0);
    }
  g_clear_pointer (&fixture->store, shequ_store_unref);
  g_file_get_contents (fixture->path, &bytes, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, >, 150000);
  memset (bytes + length / 2, 0xa5, length / 4);
  g_file_set_contents (fixture->path, bytes, (gssize) length, &error);
  fixture->store = shequ_store_open (fixture->path, fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
  if (fixture->store != NULL)
    problems = shequ_store_check (fixture->store, NULL, &error);
  if (error != NULL)
    g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED);
  else
    g_assert_cmpuint (problems->len, >, 0);
}

static void
test_read_only (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 key = store_fixture_add_pet (fixture, "小花", "A1", 0);
  g_autoptr (ShequRow) row = NULL;

  g_clear_pointer (&fixture->store, shequ_store_unref);
  fixture->store = shequ_store_open (fixture->path, fixture->catalogue, SHEQU_OPEN_READ_ONLY, NULL, &error);
  g_assert_no_error (error);
  row = shequ_store_get (fixture->store, fixture->pet, key, SHEQU_FETCH_PLAIN, NULL, NULL, &error);
  g_assert_cmpstr (shequ_row_get_text (row, "name"), ==, "小花");
  g_assert_null (shequ_store_begin (fixture->store, &test_actor, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE);
}

static void
test_no_folder (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "none", "office.db", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (shequ_store_open (path, fixture->catalogue, SHEQU_OPEN_CREATE, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                  \
  g_test_add ("/open/" name, StoreFixture, NULL, store_fixture_set_up, function, store_fixture_tear_down)
  ADD ("again", test_again);
  ADD ("create-keeps-what-is-there", test_create_keeps_what_is_there);
  ADD ("newer", test_newer);
  ADD ("added-field", test_added_field);
  ADD ("added-waiver", test_added_waiver);
  ADD ("search-made-again", test_search_made_again);
  ADD ("retyped-field", test_retyped_field);
  ADD ("read-only", test_read_only);
  if (store_fixture_is_file ())
    {
      ADD ("no-database", test_no_database);
      ADD ("says-no-password", test_says_no_password);
      ADD ("damaged", test_damaged);
      ADD ("no-folder", test_no_folder);
    }

  return g_test_run ();
}
