/* A whole office from one database to another: everything, once, and nothing that is not whole. */
#include <glib/gstdio.h>
#include <string.h>

#include "store-fixture.h"
#include "test-server.h"

#include "shequ-error.h"
#include "shequ-move.h"
#include "shequ-store-private.h"

#define HOUSES 300
#define PETS 4700

/* Does something when so much is done. */
typedef struct
{
  StoreFixture *fixture;
  double at;
  GCancellable *cancellable; /* (nullable): cancelled then */
  gboolean adds;             /* a record comes to the source then */
  gboolean did;
  double last;
} Watch;

static void
run (StoreFixture *fixture, const char *script)
{
  g_autoptr (GError) error = NULL;

  shequ_connection_execute (fixture->store->writer, script, &error);
  g_assert_no_error (error);
}

/* Houses with pets, one deleted, one changed, a number given out and a setting. */
static void
fill (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);
  g_autoptr (ShequRow) changed = NULL;
  ShequActor actor = test_actor;

  g_assert_no_error (error);
  for (guint i = 0; i < HOUSES; i++)
    {
      g_autoptr (ShequRow) row = shequ_row_new (fixture->house);
      g_autofree char *address = g_strdup_printf ("幸福小区%u号楼", i + 1);

      shequ_row_set_text (row, "address", address);
      g_assert_true (shequ_transaction_insert (transaction, row, &error));
    }
  for (guint i = 0; i < PETS; i++)
    {
      g_autoptr (ShequRow) row = shequ_row_new (fixture->pet);
      g_autofree char *name = g_strdup_printf ("小花%u", i);

      shequ_row_set_text (row, "name", name);
      shequ_row_set_integer (row, "house", 1 + i % HOUSES);
      if (i > 2)
        shequ_row_set_integer (row, "mother", i - 1);
      g_assert_true (shequ_transaction_insert (transaction, row, &error));
    }
  g_assert_true (shequ_transaction_delete (transaction, fixture->pet, PETS, 1, &error));
  changed = shequ_transaction_get (transaction, fixture->pet, 7, &error);
  shequ_row_set_text (changed, "name", "大黄");
  g_assert_true (shequ_transaction_update (transaction, changed, &error));
  g_assert_cmpint (shequ_transaction_next_number (transaction, "证明", &error), ==, 1);
  g_assert_true (shequ_transaction_set_setting (transaction, "office.name", "民生社区", &error));
  shequ_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  g_clear_pointer (&transaction, shequ_transaction_free);
  actor.operation = "once";
  transaction = shequ_store_begin (fixture->store, &actor, NULL, &error);
  shequ_transaction_commit (transaction, &error);
  g_assert_no_error (error);
}

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, NULL);
  fill (fixture);
}

static void
watch (const char *table, double fraction, gpointer user_data)
{
  Watch *self = user_data;

  g_assert_cmpfloat (fraction, >=, self->last);
  self->last = fraction;
  if (self->did || fraction < self->at)
    return;
  self->did = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->adds)
    store_fixture_add_house (self->fixture, "幸福小区后来的楼");
}

static ShequMoveResult *
move (ShequStore *source, const char *path)
{
  g_autoptr (GError) error = NULL;
  ShequMoveResult *result = shequ_store_move (source, path, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return result;
}

static void
refuse (ShequStore *source, const char *path, ShequError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (shequ_store_move (source, path, NULL, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, (int) code);
}

static ShequStore *
open_store (StoreFixture *fixture, const char *path, ShequOpenMode mode)
{
  g_autoptr (GError) error = NULL;
  ShequStore *store = shequ_store_open (path, fixture->catalogue, mode, NULL, &error);

  g_assert_no_error (error);
  return store;
}

static void
expect_same (const ShequMoveResult *one, const ShequMoveResult *other)
{
  g_assert_cmpuint (one->tables->len, ==, other->tables->len);
  for (guint i = 0; i < one->tables->len; i++)
    {
      const ShequMovedTable *a = one->tables->pdata[i];
      const ShequMovedTable *b = other->tables->pdata[i];

      g_assert_cmpstr (a->name, ==, b->name);
      g_assert_cmpint (a->n_rows, ==, b->n_rows);
      g_assert_cmpstr (a->digest, ==, b->digest);
    }
}

static gint64
get_rows (const ShequMoveResult *result, const char *table)
{
  for (guint i = 0; i < result->tables->len; i++)
    if (g_str_equal (((const ShequMovedTable *) result->tables->pdata[i])->name, table))
      return ((const ShequMovedTable *) result->tables->pdata[i])->n_rows;
  return -1;
}

/* The copy is an office like the first: its records are found, and it goes on behind the last key. */
static void
expect_office (StoreFixture *fixture, const char *path)
{
  g_autoptr (ShequStore) store = open_store (fixture, path, SHEQU_OPEN_EXISTING);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = shequ_store_check (store, NULL, &error);
  g_autoptr (GPtrArray) hits = shequ_store_search (store, "大黄", fixture->pet, 5, NULL, NULL, &error);
  g_autoptr (ShequRow) one = shequ_store_get (fixture->store, fixture->pet, 9, 0, NULL, NULL, &error);
  g_autoptr (ShequRow) other = shequ_store_get (store, fixture->pet, 9, 0, NULL, NULL, &error);
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (ShequRow) added = shequ_row_new (fixture->pet);
  ShequActor actor = test_actor;

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpuint (hits->len, ==, 1);
  g_assert_cmpint (((const ShequHit *) hits->pdata[0])->key, ==, 7);
  g_assert_cmpmem (one->uuid, sizeof one->uuid, other->uuid, sizeof other->uuid);
  actor.operation = "once";
  g_assert_null (shequ_store_begin (store, &actor, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DONE);
  g_clear_error (&error);
  transaction = shequ_store_begin (store, &test_actor, NULL, &error);
  g_assert_no_error (error);
  shequ_row_set_text (added, "name", "新来的");
  shequ_transaction_insert (transaction, added, &error);
  g_assert_no_error (error);
  g_assert_cmpint (added->key, ==, PETS + 1);
  g_assert_cmpint (shequ_transaction_get_last_entry (transaction, &error), ==, HOUSES + PETS + 3);
  g_assert_cmpint (shequ_transaction_next_number (transaction, "证明", &error), ==, 2);
}

/* On a server each commit leaves one. */
static gint64
count_operations (StoreFixture *fixture)
{
  return store_fixture_is_file () ? 1
                                  : test_server_ask (fixture->path, "SELECT count(*) FROM shequ_operation");
}

/* To a file, and from there to another database of the first engine. */
static void
test_round (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "moved.db", NULL);
  g_autofree char *back = store_fixture_new_path (fixture, "back.db");
  g_autoptr (ShequMoveResult) there = move (fixture->store, file);
  g_autoptr (ShequStore) middle = open_store (fixture, file, SHEQU_OPEN_EXISTING);
  g_autoptr (ShequMoveResult) again = move (middle, back);

  g_assert_cmpint (get_rows (there, "pet"), ==, PETS);
  g_assert_cmpint (get_rows (there, "shequ_log"), ==, HOUSES + PETS + 2);
  g_assert_cmpint (get_rows (there, "shequ_operation"), ==, count_operations (fixture));
  g_assert_false (there->resumed || there->anew);
  g_assert_cmpint (there->n_later, ==, 0);
  expect_same (there, again);
  expect_office (fixture, file);
  expect_office (fixture, back);
}

static void
cancel_at (StoreFixture *fixture, const char *path, double fraction)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Watch self = { fixture, fraction, cancellable, FALSE, FALSE, 0 };

  g_assert_null (shequ_store_move (fixture->store, path, watch, &self, cancellable, &error));
  g_assert_true (self.did);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_interrupted (StoreFixture *fixture, gconstpointer data)
{
  static const double moments[] = { 0.1, 0.3, 0.6, 0.9 };
  g_autofree char *path = store_fixture_new_path (fixture, "moved.db");
  g_autofree char *other = store_fixture_new_path (fixture, "other.db");
  g_autoptr (ShequMoveResult) straight = move (fixture->store, other);
  g_autoptr (ShequMoveResult) result = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      cancel_at (fixture, path, moments[i]);
      g_assert_null (shequ_store_open (path, fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error));
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_LOCKED);
      g_clear_error (&error);
    }
  result = move (fixture->store, path);
  g_assert_true (result->resumed);
  expect_same (result, straight);
  expect_office (fixture, path);
}

/* What was copied before the interruption is not what it was any more. */
static void
test_altered (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = store_fixture_new_path (fixture, "moved.db");
  g_autoptr (ShequStore) target = NULL;
  g_autoptr (ShequMoveResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cancel_at (fixture, path, 0.4);
  target = shequ_store_open_unfilled (path, fixture->catalogue, NULL, &error);
  g_assert_no_error (error);
  shequ_connection_execute (target->writer, "UPDATE \"pet\" SET \"weight\" = 1 WHERE \"key\" = 3", &error);
  g_assert_no_error (error);
  g_clear_pointer (&target, shequ_store_unref);
  g_assert_null (shequ_store_move (fixture->store, path, NULL, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "pet"));
  g_clear_error (&error);
  g_assert_null (shequ_store_open (path, fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_LOCKED);
  result = move (fixture->store, path);
  g_assert_true (result->anew);
  expect_office (fixture, path);
}

static void
test_changed_since (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = store_fixture_new_path (fixture, "moved.db");
  g_autoptr (ShequMoveResult) result = NULL;

  cancel_at (fixture, path, 0.6);
  store_fixture_add_house (fixture, "幸福小区新楼");
  result = move (fixture->store, path);
  g_assert_true (result->anew);
  g_assert_cmpint (get_rows (result, "house"), ==, HOUSES + 1);
}

static void
test_changed_meanwhile (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = store_fixture_new_path (fixture, "moved.db");
  g_autoptr (ShequMoveResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Watch self = { fixture, 0.01, NULL, TRUE, FALSE, 0 };

  result = shequ_store_move (fixture->store, path, watch, &self, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (self.did);
  g_assert_cmpint (result->n_later, ==, 1);
  g_assert_cmpint (get_rows (result, "house"), ==, HOUSES);
  g_assert_cmpint (get_rows (result, "shequ_log"), ==, HOUSES + PETS + 2);
}

/* A column and a table that no description knows any more. */
static void
test_out_of_use (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = store_fixture_new_path (fixture, "moved.db");
  g_autoptr (ShequMoveResult) result = NULL;
  g_autoptr (ShequStore) target = NULL;
  ShequStatement *statement;
  gboolean has_row = FALSE;

  run (fixture,
       "ALTER TABLE \"pet\" ADD COLUMN \"own_colour\" TEXT;"
       "UPDATE \"pet\" SET \"own_colour\" = 'rot' WHERE \"key\" = 5;"
       "CREATE TABLE \"own_cage\" (\"key\" BIGINT PRIMARY KEY, \"uuid\" TEXT, \"size\" BIGINT);"
       "INSERT INTO \"own_cage\" VALUES (4, 'x', 12);"
       "INSERT INTO shequ_field VALUES ('pet', 'own_colour', 'text'), ('own_cage', 'size', 'integer')");
  result = move (fixture->store, path);
  g_assert_cmpint (get_rows (result, "own_cage"), ==, 1);
  target = open_store (fixture, path, SHEQU_OPEN_EXISTING);
  statement = shequ_connection_prepare (target->writer,
                                        "SELECT c.\"size\" FROM \"own_cage\" c JOIN \"pet\" p ON p.\"key\" = "
                                        "5 AND p.\"own_colour\" = 'rot'",
                                        NULL);
  g_assert_true (shequ_statement_step (statement, &has_row, NULL) && has_row);
  g_assert_cmpint (shequ_statement_get_integer (statement, 0), ==, 12);
  shequ_statement_reset (statement);
}

static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = store_fixture_new_path (fixture, "moved.db");
  g_autofree char *third = store_fixture_new_path (fixture, "third.db");
  g_autofree char *mixed = g_build_filename (fixture->folder, "mixed.db", NULL);
  g_autoptr (ShequStore) other = open_store (fixture, path, SHEQU_OPEN_CREATE);
  g_autoptr (ShequStore) read = NULL;
  g_autoptr (GError) error = NULL;

  refuse (fixture->store, fixture->path, SHEQU_ERROR_ARGUMENT);
  refuse (fixture->store, path, SHEQU_ERROR_ARGUMENT);
  refuse (fixture->store, "mysql://host/office", SHEQU_ERROR_ARGUMENT);
  refuse (fixture->store, "/nowhere/office.db", SHEQU_ERROR_UNREACHABLE);
  cancel_at (fixture, third, 0.3);
  refuse (other, third, SHEQU_ERROR_ARGUMENT);
  g_assert_true (g_file_set_contents (mixed, "name;address\n", -1, &error));
  refuse (fixture->store, mixed, SHEQU_ERROR_DAMAGED);
  read = open_store (fixture, fixture->path, SHEQU_OPEN_READ_ONLY);
  refuse (read, third, SHEQU_ERROR_UNREACHABLE);
  run (fixture, "UPDATE shequ_setting SET text = '99' WHERE name = 'format'");
  g_assert_null (shequ_store_open (fixture->path, fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NEWER);
}

#define add(path, test) g_test_add (path, StoreFixture, NULL, set_up, test, store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/store/move/round", test_round);
  add ("/store/move/interrupted", test_interrupted);
  add ("/store/move/altered", test_altered);
  add ("/store/move/changed-since", test_changed_since);
  add ("/store/move/changed-meanwhile", test_changed_meanwhile);
  add ("/store/move/out-of-use", test_out_of_use);
  add ("/store/move/refused", test_refused);
  return g_test_run ();
}
