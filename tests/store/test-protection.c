#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store-fixture.h"

#include "shequ-cipher.h"
#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-protection.h"

#define CARD "22010219800307006X"
#define OTHER_CARD "220802196504150024"
#define NOTE "电话 13844008000"

static const char fields[] =
  "[Field card]\nKind=id_number\nLabel=Card\nUnique=true\nSensitivity=2\nSearch=tail\nHistory=true\n"
  "[Field note]\nKind=long_text\nLabel=Note\nSensitivity=2\n"
  "[Field code]\nKind=text\nLabel=Code\nSensitivity=2\nSealed=true\n"
  "[Field open]\nKind=text\nLabel=Open\nSensitivity=2\n";

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_prepare (fixture);
  fixture->catalogue = store_fixture_load_catalogue (fields);
  fixture->house = shequ_catalogue_lookup (fixture->catalogue, "house");
  fixture->pet = shequ_catalogue_lookup (fixture->catalogue, "pet");
  fixture->store = shequ_store_open (fixture->path, fixture->catalogue, SHEQU_OPEN_CREATE, NULL, &error);
  g_assert_no_error (error);
}

static void
protect (StoreFixture *fixture, const ShequSecret *recovery_key)
{
  g_autoptr (GError) error = NULL;

  shequ_store_protect (fixture->store, &test_actor, recovery_key, NULL, &error);
  g_assert_no_error (error);
}

static void
reopen (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->store, shequ_store_unref);
  fixture->store = shequ_store_open (fixture->path, fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
}

static gint64
add (StoreFixture *fixture, const char *name, const char *card, const char *note, GError **error)
{
  g_autoptr (ShequRow) row = shequ_row_new (fixture->pet);
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, error);

  if (transaction == NULL)
    return 0;
  shequ_row_set_text (row, "name", name);
  shequ_row_set_text (row, "card", card);
  shequ_row_set_text (row, "note", note);
  shequ_row_set_text (row, "code", card);
  return shequ_transaction_insert (transaction, row, error) && shequ_transaction_commit (transaction, error)
           ? row->key
           : 0;
}

static void
assert_holds (StoreFixture *fixture, gint64 key, const char *card, const char *note)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row =
    shequ_store_get (fixture->store, fixture->pet, key, SHEQU_FETCH_PLAIN, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (shequ_row_get_text (row, "card"), ==, card);
  g_assert_cmpstr (shequ_row_get_text (row, "note"), ==, note);
}

/* Whether some file of the database holds a text. */
static gboolean
lies_in_a_file (StoreFixture *fixture, const char *text)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_autofree char *contents = NULL;
      gsize size = 0;

      if (g_file_get_contents (path, &contents, &size, NULL) &&
          memmem (contents, size, text, strlen (text)) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gint64
count_where (StoreFixture *fixture, const char *condition, GError **error)
{
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->pet, NULL);
  gboolean bound = shequ_query_add_where (query, condition, error);

  if (error != NULL)
    g_assert_no_error (*error);
  g_assert_true (bound);
  return shequ_store_count (fixture->store, query, NULL, error);
}

static guint
count_found (StoreFixture *fixture, const char *typed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits =
    shequ_store_search (fixture->store, typed, fixture->pet, 10, "2026-11-22", NULL, &error);

  g_assert_no_error (error);
  return hits->len;
}

static void
test_sealed_everywhere (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequSecret) recovery_key = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
  g_autoptr (GPtrArray) log = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = NULL;
  gint64 key;

  protect (fixture, recovery_key);
  key = add (fixture, "小花", CARD, NOTE, &error);
  g_assert_no_error (error);
  assert_holds (fixture, key, CARD, NOTE);
  row = shequ_store_get (fixture->store, fixture->pet, key, SHEQU_FETCH_PLAIN, NULL, NULL, &error);
  shequ_row_set_text (row, "card", OTHER_CARD);
  {
    g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);

    shequ_transaction_update (transaction, row, &error);
    shequ_transaction_commit (transaction, &error);
    g_assert_no_error (error);
  }
  assert_holds (fixture, key, OTHER_CARD, NOTE);
  log = shequ_store_read_log (fixture->store, fixture->pet, key, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (log->len, ==, 2);
  g_assert_nonnull (strstr (((ShequLogEntry *) log->pdata[0])->changes, CARD "\",\"" OTHER_CARD));
  g_assert_nonnull (strstr (((ShequLogEntry *) log->pdata[1])->changes, NOTE));
  if (!store_fixture_is_file ())
    return;
  g_assert_false (lies_in_a_file (fixture, CARD));
  g_assert_false (lies_in_a_file (fixture, OTHER_CARD));
  g_assert_false (lies_in_a_file (fixture, "13844008000"));
}

static void
test_an_open_one_is_protected (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequSecret) recovery_key = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
  g_autoptr (GError) error = NULL;
  gint64 key = add (fixture, "小花", CARD, NOTE, &error);

  g_assert_no_error (error);
  /* Else the test could not fail. */
  g_assert_true (!store_fixture_is_file () || lies_in_a_file (fixture, CARD));
  protect (fixture, recovery_key);
  assert_holds (fixture, key, CARD, NOTE);
  g_assert_cmpuint (count_found (fixture, CARD), ==, 1);
  g_assert_false (store_fixture_is_file () && lies_in_a_file (fixture, CARD));
  g_assert_false (store_fixture_is_file () && lies_in_a_file (fixture, "13844008000"));
  g_assert_false (shequ_store_protect (fixture->store, &test_actor, recovery_key, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT);
}

static void
test_found_and_compared (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequSecret) recovery_key = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
  g_autoptr (GError) error = NULL;

  protect (fixture, recovery_key);
  g_assert_cmpint (add (fixture, "小花", CARD, NOTE, &error), >, 0);
  g_assert_cmpint (add (fixture, "小黑", OTHER_CARD, NOTE, &error), >, 0);
  g_assert_cmpint (add (fixture, "小白", CARD, NOTE, &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE);
  g_clear_error (&error);
  g_assert_cmpuint (count_found (fixture, CARD), ==, 1);
  g_assert_cmpuint (count_found (fixture, "220102 1980 0307 006x"), ==, 1);
  g_assert_cmpuint (count_found (fixture, "0024"), ==, 1);
  g_assert_cmpuint (count_found (fixture, "150024"), ==, 1);
  g_assert_cmpuint (count_found (fixture, "006x"), ==, 1);
  g_assert_cmpuint (count_found (fixture, "22080219"), ==, 0);
  g_assert_cmpuint (count_found (fixture, "小"), ==, 2);
  g_assert_cmpint (count_where (fixture, "card=" CARD, &error), ==, 1);
  g_assert_cmpint (count_where (fixture, "not card=" CARD, &error), ==, 1);
  g_assert_cmpint (count_where (fixture, "code=" CARD, &error), ==, 1);
  g_assert_cmpint (count_where (fixture, "note is set", &error), ==, 2);
  g_assert_no_error (error);
  g_assert_cmpint (count_where (fixture, "code>=2", &error), ==, -1);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT);
}

static void
test_not_put_in_order (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequSecret) recovery_key = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->pet, NULL);
  g_autoptr (GArray) keys = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (shequ_query_sort_by (query, "card", FALSE, &error));
  keys = shequ_store_list_keys (fixture->store, query, NULL, &error);
  g_assert_no_error (error);
  protect (fixture, recovery_key);
  g_assert_null (shequ_store_list_keys (fixture->store, query, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT);
}

static void
test_locked (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequSecret) recovery_key = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
  g_autoptr (ShequSecret) wrong = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
  g_autoptr (GError) error = NULL;
  gint64 key;

  protect (fixture, recovery_key);
  key = add (fixture, "小花", CARD, NOTE, &error);
  g_assert_false (shequ_store_is_locked (fixture->store));
  reopen (fixture);
  g_assert_true (shequ_store_is_locked (fixture->store));
  g_assert_null (shequ_store_get (fixture->store, fixture->pet, key, SHEQU_FETCH_PLAIN, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
  g_clear_error (&error);
  g_assert_cmpint (add (fixture, "小黑", OTHER_CARD, NOTE, &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
  g_clear_error (&error);
  g_assert_false (shequ_store_unlock_with_recovery_key (fixture->store, wrong, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
  g_clear_error (&error);
  g_assert_true (shequ_store_unlock_with_recovery_key (fixture->store, recovery_key, NULL, &error));
  g_assert_no_error (error);
  assert_holds (fixture, key, CARD, NOTE);
  shequ_store_lock (fixture->store);
  g_assert_null (shequ_store_get (fixture->store, fixture->pet, key, SHEQU_FETCH_PLAIN, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
}

/* A value that is moved to another field, or altered, is not read. */
static void
test_moved (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequKeyring) keyring = shequ_keyring_new ();
  g_autoptr (ShequKeyring) rotated = shequ_keyring_new_rotated (keyring);
  g_autoptr (ShequSeal) seal = shequ_keyring_new_seal (keyring);
  g_autoptr (ShequSeal) other = shequ_keyring_new_seal (rotated);
  const ShequField *card = shequ_register_lookup (fixture->pet, "card");
  const ShequField *code = shequ_register_lookup (fixture->pet, "code");
  g_autofree char *sealed = shequ_seal_close_value (seal, card, CARD);
  g_autofree char *again = shequ_seal_close_value (seal, card, CARD);
  g_autofree char *next = shequ_seal_close_value (seal, card, OTHER_CARD);
  g_autofree char *opened = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (shequ_text_is_sealed (sealed));
  g_assert_cmpstr (sealed, ==, again);
  g_assert_cmpstr (sealed, !=, next);
  opened = shequ_seal_open_value (seal, card, sealed, &error);
  g_assert_cmpstr (opened, ==, CARD);
  g_assert_null (shequ_seal_open_value (seal, code, sealed, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_null (shequ_seal_open_value (other, card, sealed, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED);
  g_clear_error (&error);
  sealed[20] = sealed[20] == 'A' ? 'B' : 'A';
  g_assert_null (shequ_seal_open_value (seal, card, sealed, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED);
}

static void
test_new_keys (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequSecret) recovery_key = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
  g_autoptr (ShequKeyring) before = NULL;
  g_autoptr (ShequSeal) seal = NULL;
  g_autofree char *old = NULL;
  g_autoptr (GError) error = NULL;
  gint64 key;

  protect (fixture, recovery_key);
  key = add (fixture, "小花", CARD, NOTE, &error);
  before = shequ_store_get_keyring (fixture->store);
  seal = shequ_keyring_new_seal (before);
  old = shequ_seal_close_value (seal, shequ_register_lookup (fixture->pet, "card"), CARD);
  g_assert_true (!store_fixture_is_file () || lies_in_a_file (fixture, old));
  g_assert_true (shequ_store_rotate_keys (fixture->store, &test_actor, NULL, &error));
  g_assert_no_error (error);
  assert_holds (fixture, key, CARD, NOTE);
  g_assert_cmpuint (count_found (fixture, "006x"), ==, 1);
  g_assert_false (store_fixture_is_file () && lies_in_a_file (fixture, old));
  reopen (fixture);
  g_assert_true (shequ_store_unlock_with_recovery_key (fixture->store, recovery_key, NULL, &error));
  assert_holds (fixture, key, CARD, NOTE);
  g_assert_cmpint (add (fixture, "小黑", OTHER_CARD, NOTE, &error), >, 0);
  g_assert_no_error (error);
}

/* Protects (or, with `data`, changes the keys of) a database in another process, which is killed. */
static void
run_killed (StoreFixture *fixture, const ShequSecret *recovery_key, gboolean rotate, gulong microseconds)
{
  pid_t child;

  g_clear_pointer (&fixture->store, shequ_store_unref);
  child = fork ();
  if (child == 0)
    {
      reopen (fixture);
      if (rotate && shequ_store_unlock_with_recovery_key (fixture->store, recovery_key, NULL, NULL))
        shequ_store_rotate_keys (fixture->store, &test_actor, NULL, NULL);
      else if (!rotate)
        shequ_store_protect (fixture->store, &test_actor, recovery_key, NULL, NULL);
      _exit (0);
    }
  g_usleep (microseconds);
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  reopen (fixture);
}

#define RECORDS 400

static void
fill (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);

  for (guint i = 1; i <= RECORDS; i++)
    {
      g_autoptr (ShequRow) row = shequ_row_new (fixture->pet);
      g_autofree char *note = g_strdup_printf ("note %06u", i);

      shequ_row_set_text (row, "name", "小花");
      shequ_row_set_text (row, "note", note);
      g_assert_true (shequ_transaction_insert (transaction, row, &error));
    }
  g_assert_true (shequ_transaction_commit (transaction, &error));
}

static void
assert_all_there (StoreFixture *fixture)
{
  for (guint i = 1; i <= RECORDS; i++)
    {
      g_autofree char *note = g_strdup_printf ("note %06u", i);

      assert_holds (fixture, i, NULL, note);
    }
}

static void
test_killed (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequSecret) recovery_key = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
  gboolean rotate = data != NULL;
  g_autoptr (GError) error = NULL;
  guint n_done = 0;

  fill (fixture);
  if (rotate)
    protect (fixture, recovery_key);
  for (guint i = 0; i < 40 && n_done < 8; i++)
    {
      run_killed (fixture, recovery_key, rotate, 2000 + i * 4000);
      if (shequ_store_is_protected (fixture->store, NULL))
        {
          g_assert_true (shequ_store_unlock_with_recovery_key (fixture->store, recovery_key, NULL, &error));
          g_assert_no_error (error);
          g_assert_false (lies_in_a_file (fixture, "note 000"));
          n_done++;
        }
      assert_all_there (fixture);
    }
  g_assert_cmpuint (n_done, >, 0);
}

/* When it falls over with the keys in its memory, no file is written of it. */
static void
test_no_dump (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequSecret) recovery_key = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
  struct rlimit limit;

  protect (fixture, recovery_key);
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_cur, ==, 0);
  g_assert_cmpuint (limit.rlim_max, ==, 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  g_assert_cmpint (prctl (PR_GET_DUMPABLE), ==, 0);
#endif
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, test) g_test_add (path, StoreFixture, data, set_up, test, store_fixture_tear_down)
  ADD ("/protection/sealed", NULL, test_sealed_everywhere);
  ADD ("/protection/open-one", NULL, test_an_open_one_is_protected);
  ADD ("/protection/found", NULL, test_found_and_compared);
  ADD ("/protection/order", NULL, test_not_put_in_order);
  ADD ("/protection/locked", NULL, test_locked);
  ADD ("/protection/no-dump", NULL, test_no_dump);
  ADD ("/protection/moved", NULL, test_moved);
  ADD ("/protection/new-keys", NULL, test_new_keys);
  if (store_fixture_is_file ())
    {
      ADD ("/protection/killed", NULL, test_killed);
      ADD ("/protection/killed-new-keys", "rotate", test_killed);
    }
  return g_test_run ();
}
