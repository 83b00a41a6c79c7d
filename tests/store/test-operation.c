/* The keys of operations: what was committed is never done again, whatever became of the answer. */
#include "faulty-engine.h"
#include "test-server.h"
#include "store-fixture.h"

#include "shequ-error.h"
#include "shequ-locale.h"

static const char key[] = "6f1f7c52-3c0e-4d58-9d0c-0f5f8f0f4a11";

static ShequTransaction *
begin (StoreFixture *fixture, const char *operation, GError **error)
{
  ShequActor actor = test_actor;

  actor.operation = operation;
  return shequ_store_begin (fixture->store, &actor, NULL, error);
}

/* Adds a house under a key; gives its key, 0 with an error. */
static gint64
add_house (StoreFixture *fixture, const char *operation, const char *address, GError **error)
{
  g_autoptr (ShequTransaction) transaction = begin (fixture, operation, error);
  g_autoptr (ShequRow) row = shequ_row_new (fixture->house);

  if (transaction == NULL)
    return 0;
  shequ_row_set_text (row, "address", address);
  if (!shequ_transaction_insert (transaction, row, error) || !shequ_transaction_commit (transaction, error))
    return 0;
  return row->key;
}

static gint64
count_houses (StoreFixture *fixture)
{
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->house, NULL);
  g_autoptr (GError) error = NULL;
  gint64 count = shequ_store_count (fixture->store, query, NULL, &error);

  g_assert_no_error (error);
  return count;
}

static void
assert_outcome (StoreFixture *fixture, const char *operation, gint64 wanted)
{
  g_autoptr (GError) error = NULL;
  const ShequRegister *reg;
  gint64 found;

  g_assert_true (shequ_store_find_operation (fixture->store, operation, &reg, &found, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (reg == fixture->house);
  g_assert_cmpint (found, ==, wanted);
}

static void
test_once (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const ShequRegister *reg;
  gint64 house, found;

  g_assert_false (shequ_store_find_operation (fixture->store, key, &reg, &found, NULL, &error));
  g_assert_no_error (error);
  house = add_house (fixture, key, "幸福小区1号楼", &error);
  g_assert_no_error (error);
  g_assert_cmpint (add_house (fixture, key, "幸福小区1号楼", &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DONE);
  g_assert_cmpint (count_houses (fixture), ==, 1);
  assert_outcome (fixture, key, house);
}

/* What was taken back may be done under the same key. */
static void
test_taken_back (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = begin (fixture, key, &error);

  g_assert_no_error (error);
  g_clear_pointer (&transaction, shequ_transaction_free);
  g_assert_cmpint (add_house (fixture, key, "幸福小区1号楼", &error), >, 0);
  g_assert_no_error (error);
}

/* Where the connection breaks, what then stands in the database, and what the same operation does again. */
static const struct
{
  const char *name;
  Fault fault;
  gboolean stored;
} cuts[] = {
  { "begin", FAULT_IN_BEGIN, FALSE },
  { "before-commit", FAULT_BEFORE_COMMIT, FALSE },
  { "after-commit", FAULT_AFTER_COMMIT, TRUE },
};

static void
test_cut (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint i = GPOINTER_TO_UINT (data);

  faulty_engine_attach (fixture->store);
  faulty_engine_set (cuts[i].fault);
  g_assert_cmpint (add_house (fixture, key, "幸福小区1号楼", &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE);
  g_clear_error (&error);
  g_assert_cmpint (count_houses (fixture), ==, cuts[i].stored ? 1 : 0);

  /* Over a new connection. */
  if (cuts[i].stored)
    {
      g_assert_cmpint (add_house (fixture, key, "幸福小区1号楼", &error), ==, 0);
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DONE);
      assert_outcome (fixture, key, 1);
    }
  else
    {
      g_assert_cmpint (add_house (fixture, key, "幸福小区1号楼", &error), >, 0);
      g_assert_no_error (error);
    }
  g_assert_cmpint (count_houses (fixture), ==, 1);
}

/* An answer that is lost with the last word is not told as a failure for certain. */
static void
test_doubt (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  faulty_engine_attach (fixture->store);
  faulty_engine_set (FAULT_AFTER_COMMIT);
  add_house (fixture, key, "幸福小区1号楼", &error);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "没有收到回音"));
}

/* Whether an answer was lost is found out at once where the database can be asked: what was saved is told as
 * saved, what was not as not saved. */
static void
test_found_out (StoreFixture *fixture, gconstpointer data)
{
  static const char other[] = "0b1f7c52-3c0e-4d58-9d0c-0f5f8f0f4a22";
  g_autoptr (GError) error = NULL;

  faulty_engine_attach (fixture->store);
  faulty_engine_set (FAULT_ANSWER);
  g_assert_cmpint (add_house (fixture, key, "幸福小区1号楼", &error), >, 0);
  g_assert_no_error (error);
  faulty_engine_set (FAULT_BEFORE_COMMIT);
  g_assert_cmpint (add_house (fixture, other, "幸福小区2号楼", &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE);
  g_assert_null (strstr (error->message, "没有收到回音"));
  g_assert_cmpint (count_houses (fixture), ==, 1);
}

/* So it is on a server where nobody gave a key, also when it takes a moment until it answers. */
static void
test_unnamed (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    Fault fault;
    gboolean stored;
  } cases[] = { { FAULT_ANSWER, TRUE }, { FAULT_AFTER_COMMIT, TRUE }, { FAULT_BEFORE_COMMIT, FALSE } };

  faulty_engine_attach (fixture->store);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      faulty_engine_set (cases[i].fault);
      g_assert_cmpint (add_house (fixture, NULL, "幸福小区1号楼", &error) > 0, ==, cases[i].stored);
      g_assert_true (cases[i].stored == (error == NULL));
      g_assert_true (error == NULL || strstr (error->message, "没有收到回音") == NULL);
    }
  g_assert_cmpint (count_houses (fixture), ==, 2);
}

/* A real server cuts the line in the middle of a save: nothing of it is stored, and the same operation is
 * done once over a new line. */
static void
test_terminated (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *name = g_strdup_printf ("cut-%d", (int) getpid ());
  g_autofree char *address = g_strdup_printf ("%s&application_name=%s", fixture->path, name);
  g_autofree char *script = g_strdup_printf (
    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = '%s'", name);
  g_autoptr (ShequRow) row = shequ_row_new (fixture->house);
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (GError) error = NULL;

  shequ_store_unref (fixture->store);
  fixture->store = shequ_store_open (address, fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_houses (fixture), ==, 0);
  transaction = begin (fixture, key, &error);
  g_assert_no_error (error);
  shequ_row_set_text (row, "address", "幸福小区1号楼");
  g_assert_true (shequ_transaction_insert (transaction, row, &error));
  test_server_run (fixture->path, script);
  g_assert_false (shequ_transaction_commit (transaction, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE);
  g_clear_error (&error);
  g_clear_pointer (&transaction, shequ_transaction_free);
  g_assert_cmpuint (shequ_store_count_losses (fixture->store), >, 0);

  g_assert_cmpint (add_house (fixture, key, "幸福小区1号楼", &error), >, 0);
  g_assert_no_error (error);
  g_assert_cmpint (add_house (fixture, key, "幸福小区1号楼", &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DONE);
  g_assert_cmpint (count_houses (fixture), ==, 1);
}

static void
test_away (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  faulty_engine_attach (fixture->store);
  add_house (fixture, NULL, "幸福小区1号楼", &error);
  g_assert_no_error (error);
  faulty_engine_set (FAULT_AWAY);
  g_assert_false (shequ_store_reach (fixture->store, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE);
  g_clear_error (&error);
  g_assert_cmpint (add_house (fixture, key, "幸福小区2号楼", &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE);
  g_clear_error (&error);
  g_assert_null (shequ_store_get (fixture->store, fixture->house, 1, 0, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE);
  g_clear_error (&error);

  faulty_engine_set (FAULT_NONE);
  g_assert_true (shequ_store_reach (fixture->store, NULL, &error));
  g_assert_cmpint (add_house (fixture, key, "幸福小区2号楼", &error), >, 0);
  g_assert_no_error (error);
  g_assert_cmpint (count_houses (fixture), ==, 2);
}

/* After a week nobody asks any more. */
static void
test_forgotten (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *moment;
    gboolean known;
  } later[] = { { "2026-11-28T01:02:03Z", TRUE }, { "2026-11-30T01:02:03Z", FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (later); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ShequTransaction) transaction = NULL;
      ShequActor actor = test_actor;
      const ShequRegister *reg;
      gint64 found;

      if (i == 0)
        add_house (fixture, key, "幸福小区1号楼", &error);
      g_assert_no_error (error);
      g_clear_pointer (&fixture->store, shequ_store_unref);
      fixture->store =
        shequ_store_open (fixture->path, fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
      g_assert_no_error (error);
      actor.moment = later[i].moment;
      transaction = shequ_store_begin (fixture->store, &actor, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (shequ_transaction_set_setting (transaction, "test", "1", &error));
      g_assert_true (shequ_transaction_commit (transaction, &error));
      g_assert_cmpint (shequ_store_find_operation (fixture->store, key, &reg, &found, NULL, &error), ==,
                       later[i].known);
      g_assert_no_error (error);
    }
}

/* A server has a clock of its own. */
static void
test_server_clock (StoreFixture *fixture)
{
  for (gint64 late = -3600; late <= 3600; late += 3600)
    {
      g_autoptr (GError) error = NULL;
      gint64 ahead;

      g_assert_true (shequ_store_compare_clock (fixture->store, g_get_real_time () / G_USEC_PER_SEC - late,
                                                &ahead, &error));
      g_assert_no_error (error);
      g_assert_cmpint (ABS (ahead - late), <, 60);
    }
}

static void
test_clock (StoreFixture *fixture, gconstpointer data)
{
  gint64 there = store_fixture_is_file ()
                   ? 1795309323 /* 2026-11-22T01:02:03Z */
                   : test_server_ask (fixture->path, "SELECT extract(epoch FROM now())::bigint");
  gint64 slack = store_fixture_is_file () ? 0 : 300;
  const struct
  {
    gint64 now;
    gint64 ahead;
  } clocks[] = { { there, 0 },
                 { there - 3600, 3600 },
                 { there + 3600, store_fixture_is_file () ? 0 : -3600 } };

  if (!store_fixture_is_file ())
    {
      test_server_clock (fixture);
      return;
    }
  add_house (fixture, NULL, "幸福小区1号楼", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (clocks); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 ahead;

      g_assert_true (shequ_store_compare_clock (fixture->store, clocks[i].now, &ahead, &error));
      g_assert_no_error (error);
      g_assert_cmpint (ABS (ahead - clocks[i].ahead), <=, slack);
    }
}

/* Saves a house under a new address by the clock of a workstation; gives its version, 0 with an error. */
static gint64
save_at (StoreFixture *fixture, const ShequRow *row, const char *address, const char *moment, GError **error)
{
  ShequActor actor = test_actor;
  g_autoptr (ShequRow) changed = shequ_row_copy (row);
  g_autoptr (ShequTransaction) transaction = NULL;

  actor.moment = moment;
  actor.operation = address;
  transaction = shequ_store_begin (fixture->store, &actor, NULL, error);
  if (transaction == NULL)
    return 0;
  shequ_row_set_text (changed, "address", address);
  return shequ_transaction_update (transaction, changed, error) &&
             shequ_transaction_commit (transaction, error)
           ? changed->version
           : 0;
}

static ShequRow *
read_house (StoreFixture *fixture, gint64 house)
{
  g_autoptr (GError) error = NULL;
  ShequRow *row =
    shequ_store_get (fixture->store, fixture->house, house, SHEQU_FETCH_PLAIN, NULL, NULL, &error);

  g_assert_no_error (error);
  return row;
}

/* Workstations whose clocks are an hour apart: versions, not moments, say who came first; what was saved is
 * not saved again by a clock that was put right in between; the log keeps the order of the saves, and is
 * whole. */
static void
test_hour_off (StoreFixture *fixture, gconstpointer data)
{
  static const char *const moments[] = { "2026-11-22T02:02:03Z", "2026-11-22T00:02:03Z",
                                         "2026-11-22T01:02:04Z" };
  static const char *const addresses[] = { "幸福小区2号楼", "幸福小区3号楼", "幸福小区4号楼" };
  g_autoptr (GError) error = NULL;
  gint64 house = add_house (fixture, NULL, "幸福小区1号楼", &error);
  g_autoptr (ShequRow) first = read_house (fixture, house);
  g_autoptr (ShequRow) last = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (ShequRow) row = read_house (fixture, house);

      g_assert_cmpint (save_at (fixture, row, addresses[i], moments[i], &error), ==, i + 2);
      g_assert_no_error (error);
      g_assert_cmpint (save_at (fixture, row, addresses[i], moments[(i + 1) % 3], &error), ==, 0);
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DONE);
      g_clear_error (&error);
    }
  g_assert_cmpint (save_at (fixture, first, "幸福小区5号楼", "2026-11-22T09:00:00Z", &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT);
  g_clear_error (&error);
  last = read_house (fixture, house);
  g_assert_cmpstr (shequ_row_get_text (last, "address"), ==, "幸福小区4号楼");
  entries = shequ_store_read_log (fixture->store, fixture->house, house, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    g_assert_cmpstr (((ShequLogEntry *) entries->pdata[2 - i])->moment, ==, moments[i]);
  problems = shequ_store_check (fixture->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

#define FIXTURE(path, data, function)                                                                        \
  g_test_add (path, StoreFixture, data, store_fixture_set_up, function, store_fixture_tear_down)

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  FIXTURE ("/operation/once", NULL, test_once);
  FIXTURE ("/operation/taken-back", NULL, test_taken_back);
  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autofree char *path = g_strconcat ("/operation/cut/", cuts[i].name, NULL);

      FIXTURE (path, GUINT_TO_POINTER (i), test_cut);
    }
  FIXTURE ("/operation/doubt", NULL, test_doubt);
  FIXTURE ("/operation/away", NULL, test_away);
  FIXTURE ("/operation/found-out", NULL, test_found_out);
  if (test_server_is_wanted ())
    {
      FIXTURE ("/operation/unnamed", NULL, test_unnamed);
      FIXTURE ("/operation/terminated", NULL, test_terminated);
    }
  FIXTURE ("/operation/forgotten", NULL, test_forgotten);
  FIXTURE ("/operation/clock", NULL, test_clock);
  FIXTURE ("/operation/hour-off", NULL, test_hour_off);
  return g_test_run ();
}
