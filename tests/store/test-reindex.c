/* A search index that is made anew: told of, given up, gone on with, and never wrong. */
#include "store-fixture.h"

#include "shequ-finder.h"
#include "shequ-locale.h"

/* More than one stretch. */
#define PETS 12000
#define STRETCH 10000

static const char note_field[] = "[Field note]\nKind=text\nLabel=Note\nSearch=part\n";

typedef struct
{
  guint first;
  guint last;
  guint total;
  guint stop; /* 0, or when to give up */
  GCancellable *cancellable;
} Told;

static void
tell (guint done, guint total, gpointer user_data)
{
  Told *told = user_data;

  if (told->first == 0)
    told->first = done;
  g_assert_cmpuint (done, >=, told->last);
  g_assert_cmpuint (done, <=, total);
  told->last = done;
  told->total = total;
  if (told->stop > 0 && done >= told->stop)
    g_cancellable_cancel (told->cancellable);
}

static void
add_pets (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);

  for (guint i = 0; i < PETS; i++)
    {
      g_autoptr (ShequRow) row = shequ_row_new (fixture->pet);
      g_autofree char *name = g_strdup_printf ("%s%u", i % 100 == 0 ? "王" : "李", i);

      shequ_row_set_text (row, "name", name);
      g_assert_true (shequ_transaction_insert (transaction, row, &error));
    }
  g_assert_true (shequ_transaction_commit (transaction, &error));
}

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  add_pets (fixture);
  g_clear_pointer (&fixture->store, shequ_store_unref);
}

/* Opens the database with the descriptions as they were, or with another searched field. */
static ShequStore *
open_store (StoreFixture *fixture, gboolean changed, Told *told, GError **error)
{
  g_autoptr (ShequCatalogue) catalogue = store_fixture_load_catalogue (changed ? note_field : NULL);

  return shequ_store_open_with_progress (fixture->path, catalogue, SHEQU_OPEN_EXISTING, tell, told,
                                         told->cancellable, error);
}

static guint
count_found (ShequStore *store, const char *typed)
{
  const ShequRegister *reg = shequ_catalogue_lookup (shequ_store_get_catalogue (store), "pet");
  g_autoptr (ShequQuery) query = shequ_query_new (reg, "2026-11-22");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) keys = NULL;

  shequ_query_set_search (query, typed);
  keys = shequ_store_list_keys (store, query, NULL, &error);
  g_assert_no_error (error);
  return keys->len;
}

static void
assert_sound (ShequStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = shequ_store_check (store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
give_up (StoreFixture *fixture)
{
  Told told = { .stop = STRETCH + 500, .cancellable = g_cancellable_new () };
  g_autoptr (GError) error = NULL;

  g_assert_null (open_store (fixture, TRUE, &told, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (told.last, ==, STRETCH + 500);
  g_assert_cmpuint (told.total, ==, PETS);
  g_object_unref (told.cancellable);
}

/* What was done is kept, and until the end the old index serves. */
static void
test_goes_on (StoreFixture *fixture, gconstpointer data)
{
  Told told = { 0 };
  Told again = { 0 };
  Told none = { 0 };
  g_autoptr (GError) error = NULL;

  give_up (fixture);
  fixture->store = open_store (fixture, FALSE, &again, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again.last, ==, 0);
  g_assert_cmpuint (count_found (fixture->store, "王"), ==, PETS / 100);
  assert_sound (fixture->store);
  g_clear_pointer (&fixture->store, shequ_store_unref);

  fixture->store = open_store (fixture, TRUE, &told, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (told.first, >, STRETCH);
  g_assert_cmpuint (told.last, ==, PETS);
  g_assert_cmpuint (count_found (fixture->store, "王"), ==, PETS / 100);
  g_assert_cmpuint (count_found (fixture->store, "li"), ==, PETS - PETS / 100);
  assert_sound (fixture->store);
  g_clear_pointer (&fixture->store, shequ_store_unref);

  fixture->store = open_store (fixture, TRUE, &none, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none.last, ==, 0);
}

/* Somebody changes a record while the index is half made: it is made from the beginning. */
static void
test_changed_meanwhile (StoreFixture *fixture, gconstpointer data)
{
  Told told = { 0 };
  g_autoptr (GError) error = NULL;

  give_up (fixture);
  fixture->store = open_store (fixture, FALSE, &told, &error);
  fixture->pet = shequ_catalogue_lookup (shequ_store_get_catalogue (fixture->store), "pet");
  store_fixture_add_pet (fixture, "欧阳雪", NULL, 0);
  fixture->pet = NULL;
  g_clear_pointer (&fixture->store, shequ_store_unref);

  fixture->store = open_store (fixture, TRUE, &told, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (told.first, <, STRETCH);
  g_assert_cmpuint (told.total, ==, PETS + 1);
  g_assert_cmpuint (count_found (fixture->store, "欧阳"), ==, 1);
  g_assert_cmpuint (count_found (fixture->store, "王"), ==, PETS / 100);
  assert_sound (fixture->store);
}

/* Somebody else makes the last change after the last look: nobody may write until the index stands. */
static void
change_one (guint done, guint total, gpointer user_data)
{
  StoreFixture *fixture = user_data;
  Told none = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequStore) other = NULL;

  if (done != 500 || fixture->pet == NULL)
    return;
  fixture->pet = NULL;
  other = open_store (fixture, FALSE, &none, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_found (other, "王"), ==, PETS / 100);
}

/* Others find what they found before while it is made. */
static void
test_others (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequCatalogue) catalogue = store_fixture_load_catalogue (note_field);
  g_autoptr (GError) error = NULL;

  fixture->store = shequ_store_open_with_progress (fixture->path, catalogue, SHEQU_OPEN_EXISTING, change_one,
                                                   fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (fixture->pet);
  assert_sound (fixture->store);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                  \
  g_test_add ("/reindex/" name, StoreFixture, NULL, set_up, function, store_fixture_tear_down)
  ADD ("goes-on", test_goes_on);
  ADD ("changed-meanwhile", test_changed_meanwhile);
  ADD ("others", test_others);
  return g_test_run ();
}
