/*
 * Many who write at once, each with connections of its own, as workstations and programs have them: nothing
 * is lost, nothing is doubled, no rule is broken between two of them.
 */
#include "store-fixture.h"

#include "shequ-error.h"
#include "shequ-locale.h"

#define N_CLERKS 40
#define N_NUMBERS 5
#define N_RIVALS 8
#define N_STEPS 6
#define N_ROUNDS 6
#define OPENERS 4

typedef struct _Race Race;

typedef void (*Work) (Race *race, ShequStore *store, guint number);

struct _Race
{
  StoreFixture *fixture;
  Work work;
  gint64 keys[3];
  GMutex lock;
  GCond start;
  guint n_waiting;
  guint n_writers;
  GArray *numbers; /* of gint64: what was committed */
  guint n_done;
  guint n_refused;
};

typedef struct
{
  Race *race;
  guint number;
} Writer;

/* All begin together. */
static void
await_others (Race *race)
{
  g_mutex_lock (&race->lock);
  if (++race->n_waiting == race->n_writers)
    g_cond_broadcast (&race->start);
  while (race->n_waiting < race->n_writers)
    g_cond_wait (&race->start, &race->lock);
  g_mutex_unlock (&race->lock);
}

static gpointer
run_writer (gpointer data)
{
  Writer *writer = data;
  Race *race = writer->race;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequStore) store =
    shequ_store_open (race->fixture->path, race->fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error);

  g_assert_no_error (error);
  await_others (race);
  race->work (race, store, writer->number);
  return NULL;
}

static void
run_race (Race *race, StoreFixture *fixture, Work work, guint n_writers)
{
  g_autofree GThread **threads = g_new0 (GThread *, n_writers);
  g_autofree Writer *writers = g_new0 (Writer, n_writers);

  race->fixture = fixture;
  race->work = work;
  race->n_waiting = 0;
  race->n_writers = n_writers;
  for (guint i = 0; i < n_writers; i++)
    {
      writers[i].race = race;
      writers[i].number = i;
      threads[i] = g_thread_new ("writer", run_writer, &writers[i]);
    }
  for (guint i = 0; i < n_writers; i++)
    g_thread_join (threads[i]);
}

static void
count (Race *race, guint *counter)
{
  g_mutex_lock (&race->lock);
  (*counter)++;
  g_mutex_unlock (&race->lock);
}

/* Another was faster, which is no fault: again. */
static gboolean
is_overtaken (const GError *error)
{
  return g_error_matches (error, SHEQU_ERROR, SHEQU_ERROR_LOCKED) ||
         g_error_matches (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT);
}

static void
assert_whole (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = shequ_store_check (fixture->store, NULL, &error);
  g_autoptr (GPtrArray) log = shequ_store_read_log (fixture->store, NULL, 0, NULL, 0, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);
  for (guint i = 0; i < log->len; i++)
    g_assert_cmpint (((ShequLogEntry *) log->pdata[i])->number, ==, log->len - i);
}

/* One number with a record that bears it; every third is taken back, as when a clerk thinks again. */
static gint64
take_number (Race *race, ShequStore *store, gboolean keep, GError **error)
{
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (store, &test_actor, NULL, error);
  g_autoptr (ShequRow) row = shequ_row_new (race->fixture->house);
  g_autofree char *address = NULL;
  gint64 number =
    transaction != NULL ? shequ_transaction_next_number (transaction, "certificate.2026", error) : 0;

  if (number == 0)
    return 0;
  address = g_strdup_printf ("%" G_GINT64_FORMAT "号", number);
  shequ_row_set_text (row, "address", address);
  if (!shequ_transaction_insert (transaction, row, error) ||
      (keep && !shequ_transaction_commit (transaction, error)))
    return 0;
  return number;
}

static void
work_numbers (Race *race, ShequStore *store, guint number)
{
  for (guint i = 0; i < N_NUMBERS;)
    {
      g_autoptr (GError) error = NULL;
      gboolean keep = (number + i) % 3 > 0;
      gint64 taken = take_number (race, store, keep, &error);

      if (is_overtaken (error))
        continue;
      g_assert_no_error (error);
      i++;
      if (!keep)
        continue;
      g_mutex_lock (&race->lock);
      g_array_append_val (race->numbers, taken);
      g_mutex_unlock (&race->lock);
    }
}

static int
compare_numbers (gconstpointer one, gconstpointer other)
{
  gint64 a = *(const gint64 *) one;
  gint64 b = *(const gint64 *) other;

  return a < b ? -1 : a > b;
}

static void
test_numbers (StoreFixture *fixture, gconstpointer data)
{
  Race race = { NULL };

  race.numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  run_race (&race, fixture, work_numbers, N_CLERKS);
  g_array_sort (race.numbers, compare_numbers);
  g_assert_cmpuint (race.numbers->len, >, N_CLERKS * N_NUMBERS / 2);
  for (guint i = 0; i < race.numbers->len; i++)
    g_assert_cmpint (g_array_index (race.numbers, gint64, i), ==, i + 1);
  g_array_unref (race.numbers);
  assert_whole (fixture);
}

/* Each reads, adds one, writes, and begins anew when it was overtaken. */
static void
work_update (Race *race, ShequStore *store, guint number)
{
  for (guint i = 0; i < N_STEPS;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ShequRow) row =
        shequ_store_get (store, race->fixture->pet, race->keys[0], SHEQU_FETCH_PLAIN, NULL, NULL, &error);
      g_autoptr (ShequTransaction) transaction = NULL;

      g_assert_no_error (error);
      shequ_row_set_integer (row, "weight", shequ_row_get_integer (row, "weight") + 1);
      transaction = shequ_store_begin (store, &test_actor, NULL, &error);
      if (transaction != NULL && shequ_transaction_update (transaction, row, &error) &&
          shequ_transaction_commit (transaction, &error))
        i++;
      else if (!is_overtaken (error))
        g_assert_no_error (error);
      else
        count (race, &race->n_refused);
    }
}

static void
test_lost_update (StoreFixture *fixture, gconstpointer data)
{
  Race race = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = NULL;
  g_autoptr (ShequTransaction) transaction = NULL;

  race.keys[0] = store_fixture_add_pet (fixture, "小花", NULL, 0);
  row = shequ_store_get (fixture->store, fixture->pet, race.keys[0], SHEQU_FETCH_PLAIN, NULL, NULL, &error);
  shequ_row_set_integer (row, "weight", 0);
  transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);
  g_assert_true (shequ_transaction_update (transaction, row, &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  g_clear_pointer (&transaction, shequ_transaction_free);
  run_race (&race, fixture, work_update, N_RIVALS);
  g_clear_pointer (&row, shequ_row_free);
  row = shequ_store_get (fixture->store, fixture->pet, race.keys[0], SHEQU_FETCH_PLAIN, NULL, NULL, &error);
  g_assert_cmpint (shequ_row_get_integer (row, "weight"), ==, N_RIVALS * N_STEPS);
  g_assert_cmpint (row->version, ==, N_RIVALS * N_STEPS + 2);
  g_test_message ("overtaken %u times", race.n_refused);
  assert_whole (fixture);
}

static gboolean
insert_twin (Race *race, ShequStore *store, gboolean by_tag, GError **error)
{
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (store, &test_actor, NULL, error);
  g_autoptr (ShequRow) row = shequ_row_new (race->fixture->pet);

  shequ_row_set_text (row, "name", "小花");
  if (by_tag)
    shequ_row_set_text (row, "tag", "A1");
  else
    {
      shequ_row_set_text (row, "chip", "007");
      shequ_row_set_text (row, "maker", "东风");
    }
  return transaction != NULL && shequ_transaction_insert (transaction, row, error) &&
         shequ_transaction_commit (transaction, error);
}

static void
work_twins (Race *race, ShequStore *store, guint number)
{
  for (guint i = 0; i < 2;)
    {
      g_autoptr (GError) error = NULL;

      if (insert_twin (race, store, i == 0, &error))
        count (race, &race->n_done);
      else if (is_overtaken (error))
        continue;
      else
        {
          g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE);
          count (race, &race->n_refused);
        }
      i++;
    }
}

static void
test_twins (StoreFixture *fixture, gconstpointer data)
{
  Race race = { NULL };

  run_race (&race, fixture, work_twins, N_RIVALS);
  g_assert_cmpuint (race.n_done, ==, 2);
  g_assert_cmpuint (race.n_refused, ==, 2 * N_RIVALS - 2);
  assert_whole (fixture);
}

/* Three who close a circle of three together. */
static void
work_circle (Race *race, ShequStore *store, guint number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (store, &test_actor, NULL, &error);
  g_autoptr (ShequRow) row = NULL;

  if (transaction != NULL)
    row = shequ_transaction_get (transaction, race->fixture->pet, race->keys[number], &error);
  if (row != NULL)
    {
      shequ_row_set_integer (row, "mother", race->keys[(number + 1) % 3]);
      if (shequ_transaction_update (transaction, row, &error) &&
          shequ_transaction_commit (transaction, &error))
        {
          count (race, &race->n_done);
          return;
        }
    }
  if (!is_overtaken (error))
    g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  count (race, &race->n_refused);
}

static void
test_circles (StoreFixture *fixture, gconstpointer data)
{
  guint n_done = 0;

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      Race race = { NULL };

      for (guint i = 0; i < 3; i++)
        race.keys[i] = store_fixture_add_pet (fixture, "小花", NULL, 0);
      run_race (&race, fixture, work_circle, 3);
      g_assert_cmpuint (race.n_done, <, 3);
      g_assert_cmpuint (race.n_done + race.n_refused, ==, 3);
      n_done += race.n_done;
    }
  g_assert_cmpuint (n_done, >=, N_ROUNDS);
  assert_whole (fixture);
}

/* Another program, called with the address. */
static int
add_as_other (const char *path)
{
  g_autoptr (GError) error = NULL;
  StoreFixture fixture = { NULL };

  fixture.catalogue = store_fixture_load_catalogue (NULL);
  fixture.house = shequ_catalogue_lookup (fixture.catalogue, "house");
  fixture.store = shequ_store_open (path, fixture.catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 30; i++)
    store_fixture_add_house (&fixture, "另一程序");
  shequ_store_unref (fixture.store);
  shequ_catalogue_unref (fixture.catalogue);
  return 0;
}

static char *own_path;

static void
test_programs (StoreFixture *fixture, gconstpointer data)
{
  const char *call[] = { own_path, "--add", fixture->path, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->house, NULL);
  g_autoptr (GSubprocess) other = g_subprocess_newv (call, G_SUBPROCESS_FLAGS_NONE, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < 30; i++)
    store_fixture_add_house (fixture, "本程序");
  g_assert_true (g_subprocess_wait_check (other, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (shequ_store_count (fixture->store, query, NULL, &error), ==, 60);
  assert_whole (fixture);
}

static int
bring_up (const char *address)
{
  g_autoptr (ShequCatalogue) catalogue =
    store_fixture_load_catalogue ("[Field place]\nKind=text\nLabel=Place\nHistory=true\nUnique=true\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequStore) store = shequ_store_open (address, catalogue, SHEQU_OPEN_EXISTING, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (shequ_store_get_problems (store)->len, ==, 0);
  return 0;
}

/* Several newer programs find an older database at once: each opens it, and it is brought up once. */
static void
test_brought_up (StoreFixture *fixture, gconstpointer data)
{
  const char *call[] = { own_path, "--bring-up", fixture->path, NULL };
  GSubprocess *others[OPENERS];

  store_fixture_add_pet (fixture, "小黄", "1", 0);
  for (guint i = 0; i < OPENERS; i++)
    others[i] = g_subprocess_newv (call, G_SUBPROCESS_FLAGS_NONE, NULL);
  for (guint i = 0; i < OPENERS; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_subprocess_wait_check (others[i], NULL, &error));
      g_assert_no_error (error);
      g_object_unref (others[i]);
    }
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  if (argc == 3 && g_str_equal (argv[1], "--add"))
    return add_as_other (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "--bring-up"))
    return bring_up (argv[2]);
  own_path = argv[0];
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                  \
  g_test_add ("/many-writers/" name, StoreFixture, NULL, store_fixture_set_up, function,                     \
              store_fixture_tear_down)
  ADD ("numbers", test_numbers);
  ADD ("lost-update", test_lost_update);
  ADD ("twins", test_twins);
  ADD ("circles", test_circles);
  ADD ("programs", test_programs);
  ADD ("brought-up", test_brought_up);

  return g_test_run ();
}
