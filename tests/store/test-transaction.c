#include <string.h>

#include "store-fixture.h"

#include "shequ-error.h"
#include "shequ-locale.h"

static void
test_insert_and_get (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 house = store_fixture_add_house (fixture, "幸福小区3号楼2单元501");
  gint64 key = store_fixture_add_pet (fixture, "小花", "A100", house);
  g_autoptr (ShequRow) row = shequ_store_get (
    fixture->store, fixture->pet, key, SHEQU_FETCH_TITLES | SHEQU_FETCH_COMPUTED, "2026-11-22", NULL, &error);
  g_autofree char *title = NULL;
  g_autofree char *detail = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (row->version, ==, 1);
  g_assert_cmpint (row->uuid[6] >> 4, ==, 7);
  g_assert_cmpint (row->uuid[8] >> 6, ==, 2);
  g_assert_cmpstr (shequ_row_get_text (row, "tag"), ==, "A100");
  title = shequ_row_get_title (row);
  detail = shequ_row_get_detail (row);
  g_assert_cmpstr (title, ==, "小花");
  g_assert_cmpstr (detail, ==, "幸福小区3号楼2单元501");
}

static void
test_not_found (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (shequ_store_get (fixture->store, fixture->pet, 77, SHEQU_FETCH_PLAIN, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
}

static void
test_roll_back (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->house, NULL);
  g_autoptr (ShequRow) row = shequ_row_new (fixture->house);
  ShequTransaction *transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);
  g_autoptr (GPtrArray) log = NULL;

  shequ_row_set_text (row, "address", "幸福小区");
  g_assert_true (shequ_transaction_insert (transaction, row, &error));
  shequ_transaction_free (transaction);

  g_assert_cmpint (shequ_store_count (fixture->store, query, NULL, &error), ==, 0);
  log = shequ_store_read_log (fixture->store, NULL, 0, NULL, 0, NULL, &error);
  g_assert_cmpuint (log->len, ==, 0);
}

static void
test_update_logs_old_and_new (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 key = store_fixture_add_pet (fixture, "小\"花\\\n", "A1", 0);
  g_autoptr (ShequRow) row =
    shequ_store_get (fixture->store, fixture->pet, key, SHEQU_FETCH_PLAIN, NULL, NULL, &error);
  ShequTransaction *transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);
  g_autoptr (GPtrArray) log = NULL;
  const ShequLogEntry *entry;

  shequ_row_set_text (row, "name", "大花");
  shequ_row_set_integer (row, "weight", -12);
  g_assert_true (shequ_transaction_update (transaction, row, &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  shequ_transaction_free (transaction);
  g_assert_cmpint (row->version, ==, 2);

  log = shequ_store_read_log (fixture->store, fixture->pet, key, NULL, 0, NULL, &error);
  g_assert_cmpuint (log->len, ==, 2);
  entry = log->pdata[0];
  g_assert_cmpint (entry->action, ==, SHEQU_ACTION_CHANGE);
  g_assert_cmpstr (entry->user, ==, "王主任");
  g_assert_cmpstr (entry->workstation, ==, "窗口一");
  g_assert_cmpstr (entry->moment, ==, "2026-11-22T01:02:03Z");
  g_assert_cmpstr (entry->changes, ==, "{\"name\":[\"小\\\"花\\\\\\u000a\",\"大花\"],\"weight\":[null,-12]}");
  entry = log->pdata[1];
  g_assert_cmpint (entry->action, ==, SHEQU_ACTION_CREATE);
  g_assert_cmpstr (entry->changes, ==, "{\"name\":\"小\\\"花\\\\\\u000a\",\"tag\":\"A1\"}");
}

static void
test_unchanged_is_left_alone (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 key = store_fixture_add_pet (fixture, "小花", NULL, 0);
  g_autoptr (ShequRow) row =
    shequ_store_get (fixture->store, fixture->pet, key, SHEQU_FETCH_PLAIN, NULL, NULL, &error);
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);

  g_assert_true (shequ_transaction_update (transaction, row, &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  g_assert_cmpint (row->version, ==, 1);
}

static void
test_conflict (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 key = store_fixture_add_pet (fixture, "小花", NULL, 0);
  g_autoptr (ShequRow) mine =
    shequ_store_get (fixture->store, fixture->pet, key, SHEQU_FETCH_PLAIN, NULL, NULL, &error);
  g_autoptr (ShequRow) yours = shequ_row_copy (mine);
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);

  shequ_row_set_text (yours, "name", "花花");
  g_assert_true (shequ_transaction_update (transaction, yours, &error));
  shequ_row_set_text (mine, "name", "阿花");
  g_assert_false (shequ_transaction_update (transaction, mine, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "王主任"));
  /* In the time of the wall clock, with both values. */
  g_assert_nonnull (strstr (error->message, "2026-11-22 09:02"));
  g_assert_nonnull (strstr (error->message, "“Name”：现在存的是 花花，您填的是 阿花"));
  g_clear_error (&error);

  g_assert_true (shequ_transaction_delete (transaction, fixture->pet, key, yours->version, &error));
  g_assert_false (shequ_transaction_update (transaction, yours, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "删除"));
}

static void
test_duplicate (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 first = store_fixture_add_pet (fixture, "小花", "A1", 0);
  gint64 second = store_fixture_add_pet (fixture, "小黑", "A2", 0);
  g_autoptr (ShequRow) twin = shequ_row_new (fixture->pet);
  g_autoptr (ShequRow) row = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);

  shequ_row_set_text (twin, "name", "小白");
  shequ_row_set_text (twin, "tag", "A1");
  g_assert_false (shequ_transaction_insert (transaction, twin, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE);
  g_assert_nonnull (strstr (error->message, "小花"));
  g_clear_error (&error);

  row = shequ_transaction_get (transaction, fixture->pet, second, &error);
  shequ_row_set_text (row, "tag", "A1");
  g_assert_false (shequ_transaction_update (transaction, row, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE);
  g_clear_error (&error);

  /* What was deleted does not stand in the way, but cannot come back either. */
  g_assert_true (shequ_transaction_delete (transaction, fixture->pet, first, 1, &error));
  g_assert_true (shequ_transaction_insert (transaction, twin, &error));
  g_assert_false (shequ_transaction_restore (transaction, fixture->pet, first, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE);
}

static void
test_delete_and_restore (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 key = store_fixture_add_pet (fixture, "小花", "A1", 0);
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->pet, NULL);
  g_autoptr (GPtrArray) hits = NULL;
  ShequTransaction *transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);

  g_assert_true (shequ_transaction_delete (transaction, fixture->pet, key, 1, &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  shequ_transaction_free (transaction);
  g_assert_cmpint (shequ_store_count (fixture->store, query, NULL, &error), ==, 0);
  hits = shequ_store_search (fixture->store, "xiaohua", NULL, 10, "2026-11-22", NULL, &error);
  g_assert_cmpuint (hits->len, ==, 0);
  g_clear_pointer (&hits, g_ptr_array_unref);

  transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);
  g_assert_true (shequ_transaction_restore (transaction, fixture->pet, key, &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  shequ_transaction_free (transaction);
  g_assert_cmpint (shequ_store_count (fixture->store, query, NULL, &error), ==, 1);
  hits = shequ_store_search (fixture->store, "xiaohua", NULL, 10, "2026-11-22", NULL, &error);
  g_assert_cmpuint (hits->len, ==, 1);
}

static void
test_links_on_delete (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 house = store_fixture_add_house (fixture, "幸福小区1号楼");
  gint64 one = store_fixture_add_pet (fixture, "小花", NULL, house);
  gint64 other = store_fixture_add_pet (fixture, "小黑", NULL, 0);
  g_autoptr (ShequRow) row = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);

  g_assert_false (shequ_transaction_delete (transaction, fixture->house, house, 1, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  g_clear_error (&error);

  row = shequ_transaction_get (transaction, fixture->pet, other, &error);
  shequ_row_set_integer (row, "friend", one);
  g_assert_true (shequ_transaction_update (transaction, row, &error));
  g_assert_true (shequ_transaction_delete (transaction, fixture->pet, one, 1, &error));
  g_clear_pointer (&row, shequ_row_free);
  row = shequ_transaction_get (transaction, fixture->pet, other, &error);
  g_assert_true (shequ_value_is_null (shequ_row_get_named (row, "friend")));
}

static void
test_link_to_nothing (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = shequ_row_new (fixture->pet);
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);

  shequ_row_set_text (row, "name", "小花");
  shequ_row_set_integer (row, "house", 4711);
  g_assert_false (shequ_transaction_insert (transaction, row, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
}

static void
test_number_series (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  ShequTransaction *transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);

  g_assert_cmpint (shequ_transaction_next_number (transaction, "paper.2026", &error), ==, 1);
  g_assert_cmpint (shequ_transaction_next_number (transaction, "paper.2026", &error), ==, 2);
  g_assert_cmpint (shequ_transaction_next_number (transaction, "paper.2027", &error), ==, 1);
  g_assert_true (shequ_transaction_commit (transaction, &error));
  shequ_transaction_free (transaction);

  /* A number that was not used is given again. */
  transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);
  g_assert_cmpint (shequ_transaction_next_number (transaction, "paper.2026", &error), ==, 3);
  shequ_transaction_free (transaction);
  transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);
  g_assert_cmpint (shequ_transaction_next_number (transaction, "paper.2026", &error), ==, 3);
  shequ_transaction_free (transaction);
}

static void
test_settings (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  ShequTransaction *transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);
  g_autofree char *name = NULL;

  g_assert_true (shequ_transaction_set_setting (transaction, "office.name", "民生社区", &error));
  g_assert_true (shequ_transaction_set_setting (transaction, "office.name", "民福社区", &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  shequ_transaction_free (transaction);
  name = shequ_store_get_setting (fixture->store, "office.name", &error);
  g_assert_cmpstr (name, ==, "民福社区");
  g_assert_null (shequ_store_get_setting (fixture->store, "office.level", &error));
}

static void
test_cancelled_before_commit (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->house, NULL);
  g_autoptr (ShequRow) row = shequ_row_new (fixture->house);
  ShequTransaction *transaction = shequ_store_begin (fixture->store, &test_actor, cancellable, &error);

  shequ_row_set_text (row, "address", "幸福小区");
  g_assert_true (shequ_transaction_insert (transaction, row, &error));
  g_cancellable_cancel (cancellable);
  g_assert_false (shequ_transaction_commit (transaction, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  shequ_transaction_free (transaction);
  g_clear_error (&error);
  g_assert_cmpint (shequ_store_count (fixture->store, query, NULL, &error), ==, 0);
}

static gboolean
set_mother (StoreFixture *fixture, gint64 pet, gint64 mother, GError **error)
{
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, NULL);
  g_autoptr (ShequRow) row = shequ_transaction_get (transaction, fixture->pet, pet, NULL);

  shequ_row_set_integer (row, "mother", mother);
  return shequ_transaction_update (transaction, row, error) && shequ_transaction_commit (transaction, error);
}

static void
test_cycles (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 first = store_fixture_add_pet (fixture, "小花", NULL, 0);
  gint64 second = store_fixture_add_pet (fixture, "大黄", NULL, 0);
  gint64 third = store_fixture_add_pet (fixture, "阿福", NULL, 0);
  g_autoptr (ShequRow) row = NULL;

  g_assert_false (set_mother (fixture, first, first, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_true (set_mother (fixture, first, second, &error));
  g_assert_true (set_mother (fixture, second, third, &error));
  g_assert_false (set_mother (fixture, third, first, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  g_assert_nonnull (strstr (error->message, "小花 → 大黄"));
  row = shequ_store_get (fixture->store, fixture->pet, third, SHEQU_FETCH_PLAIN, NULL, NULL, NULL);
  g_assert_true (shequ_value_is_null (shequ_row_get_named (row, "mother")));
  g_assert_cmpint (row->version, ==, 1);
}

static gboolean
add_chip (StoreFixture *fixture, const char *name, const char *chip, const char *maker, GError **error)
{
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, NULL);
  g_autoptr (ShequRow) row = shequ_row_new (fixture->pet);

  shequ_row_set_text (row, "name", name);
  shequ_row_set_text (row, "chip", chip);
  shequ_row_set_text (row, "maker", maker);
  return shequ_transaction_insert (transaction, row, error) && shequ_transaction_commit (transaction, error);
}

static void
test_unique_with (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (ShequRow) row = NULL;

  g_assert_true (add_chip (fixture, "小花", "7", "甲厂", &error));
  g_assert_true (add_chip (fixture, "大黄", "7", "乙厂", &error));
  g_assert_true (add_chip (fixture, "阿福", "7", NULL, &error));
  g_assert_true (add_chip (fixture, "来福", "7", NULL, &error));
  g_assert_false (add_chip (fixture, "黑子", "7", "甲厂", &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE);
  g_assert_nonnull (strstr (error->message, "小花"));
  g_clear_error (&error);

  transaction = shequ_store_begin (fixture->store, &test_actor, NULL, NULL);
  row = shequ_transaction_get (transaction, fixture->pet, 3, NULL);
  shequ_row_set_text (row, "maker", "乙厂");
  g_assert_false (shequ_transaction_update (transaction, row, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE);
  g_assert_nonnull (strstr (error->message, "大黄"));
}

/* Whoever saves without validating is refused just as well. */
static void
test_differs (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 mother = store_fixture_add_pet (fixture, "小花", NULL, 0);
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, NULL);
  g_autoptr (ShequRow) row = shequ_row_new (fixture->pet);

  shequ_row_set_text (row, "name", "大黄");
  shequ_row_set_integer (row, "mother", mother);
  shequ_row_set_integer (row, "sire", mother);
  g_assert_false (shequ_transaction_insert (transaction, row, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  g_clear_error (&error);
  shequ_value_clear (&row->values[shequ_register_lookup (fixture->pet, "sire")->index]);
  g_assert_true (shequ_transaction_insert (transaction, row, &error));
  shequ_row_set_integer (row, "sire", mother);
  g_assert_false (shequ_transaction_update (transaction, row, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
}

#define MANY 1000
#define ROUNDS 9

static gint64
count_found (StoreFixture *fixture, const char *typed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->house, NULL);
  gint64 count;

  shequ_query_set_search (query, typed);
  count = shequ_store_count (fixture->store, query, NULL, &error);
  g_assert_no_error (error);
  return count;
}

static void
insert_many (StoreFixture *fixture, gboolean keep)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);

  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (ShequRow) row = shequ_row_new (fixture->house);
      g_autofree char *address = g_strdup_printf ("明仁小区%u号楼", i + 1);

      shequ_row_set_text (row, "address", address);
      g_assert_true (shequ_transaction_insert (transaction, row, &error));
    }
  if (keep)
    g_assert_true (shequ_transaction_commit (transaction, &error));
}

/* Many at once, one alone and what is taken back: the search knows of all, whatever came before. */
static void
test_many (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  for (guint round = 1; round <= ROUNDS; round++)
    {
      gint64 key = store_fixture_add_house (fixture, "明仁小区7号楼");
      ShequTransaction *transaction;

      insert_many (fixture, TRUE);
      insert_many (fixture, FALSE);
      g_assert_cmpint (count_found (fixture, "明仁小区"), ==, round * MANY + 1);
      g_assert_cmpint (count_found (fixture, "明仁小区7号楼"), ==, round + 1);
      transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);
      g_assert_true (shequ_transaction_delete (transaction, fixture->house, key, 1, &error));
      g_assert_true (shequ_transaction_commit (transaction, &error));
      shequ_transaction_free (transaction);
      g_assert_cmpint (count_found (fixture, "明仁小区7号楼"), ==, round);
    }
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                  \
  g_test_add ("/transaction/" name, StoreFixture, NULL, store_fixture_set_up, function,                      \
              store_fixture_tear_down)
  ADD ("insert-and-get", test_insert_and_get);
  ADD ("many", test_many);
  ADD ("not-found", test_not_found);
  ADD ("roll-back", test_roll_back);
  ADD ("update-logs-old-and-new", test_update_logs_old_and_new);
  ADD ("unchanged-is-left-alone", test_unchanged_is_left_alone);
  ADD ("conflict", test_conflict);
  ADD ("duplicate", test_duplicate);
  ADD ("delete-and-restore", test_delete_and_restore);
  ADD ("links-on-delete", test_links_on_delete);
  ADD ("link-to-nothing", test_link_to_nothing);
  ADD ("number-series", test_number_series);
  ADD ("settings", test_settings);
  ADD ("cancelled-before-commit", test_cancelled_before_commit);
  ADD ("cycles", test_cycles);
  ADD ("unique-with", test_unique_with);
  ADD ("differs", test_differs);
  return g_test_run ();
}
