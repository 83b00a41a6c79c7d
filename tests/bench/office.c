/*
 * A district at work: 39 communities with ten clerks each, who read lists, search and save through 40
 * connections of one server. Says how long a save and a search take, and proves by a replay of what was
 * acknowledged that nothing was lost and nothing done twice.
 *
 * Usage: office [SECONDS [THINK]] under tests/postgres/with-server; THINK is the milliseconds a clerk rests
 * between two operations.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "test-server.h"

#include "shequ-error.h"
#include "shequ-store.h"

#define COMMUNITIES 39
#define CLERKS 10
#define SESSIONS (COMMUNITIES * CLERKS)
#define STORES 20 /* each has one connection to write and one to read */
#define RESIDENTS 150
#define FIRST_UNIT 5 /* of the communities: before them the district and three streets */
#define PAGE 50
#define SERIES "证明"

typedef enum
{
  LIST,
  SEARCH,
  SAVE,
  N_KINDS,
} Kind;

/* What the server has acknowledged. */
typedef struct
{
  gint64 key;     /* of the record */
  gint64 version; /* that it has now */
  gint64 number;  /* that was taken with it */
  guint32 mark;   /* that it bears now */
} Saved;

typedef struct
{
  ShequCatalogue *catalogue;
  const ShequRegister *resident;
  ShequStore *stores[STORES];
  GMutex lock;
  GCond free_store;
  guint free[STORES];
  guint n_free;
  gint64 end;
  guint think;
  GArray *times[N_KINDS]; /* of double, in milliseconds */
  GArray *saved;          /* of Saved */
  guint n_conflicts;
  guint n_refused;
} District;

typedef struct
{
  District *district;
  guint number;
  gint64 unit;
  GRand *random;
} Clerk;

static const ShequActor actor = { "王主任", "窗口一", NULL, "2026-11-22T01:02:03Z", NULL };
static const char *const surnames[] = { "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴" };
static const char *const given[] = { "建国", "秀英", "丽", "伟", "芳", "小明", "桂兰", "志强", "敏", "玉兰" };

static void
fail_on (const GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static void
add_unit (District *self, ShequTransaction *transaction, const char *name, const char *level, gint64 parent)
{
  g_autoptr (ShequRow) row = shequ_row_new (shequ_catalogue_lookup (self->catalogue, "org_unit"));
  g_autoptr (GError) error = NULL;

  shequ_row_set_text (row, "name", name);
  shequ_row_set_text (row, "level", level);
  if (parent > 0)
    shequ_row_set_integer (row, "parent", parent);
  shequ_transaction_insert (transaction, row, &error);
  fail_on (error);
}

static ShequRow *
new_resident (District *self, GRand *random, gint64 unit, guint64 number)
{
  ShequRow *row = shequ_row_new (self->resident);
  g_autofree char *name =
    g_strconcat (surnames[g_rand_int_range (random, 0, 10)], given[g_rand_int_range (random, 0, 10)], NULL);
  g_autofree char *id = g_strdup_printf ("%018" G_GUINT64_FORMAT, number);

  shequ_row_set_text (row, "name", name);
  shequ_row_set_text (row, "id_number", id);
  shequ_row_set_text (row, "phone", "0");
  shequ_row_set_integer (row, "unit", unit);
  return row;
}

static void
fill (District *self)
{
  static const char *const names[] = { "洮北区", "海明街道", "瑞光街道", "长庆街道" };
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (self->stores[0], &actor, NULL, &error);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  fail_on (error);
  for (guint i = 0; i < FIRST_UNIT - 1; i++)
    add_unit (self, transaction, names[i], i == 0 ? "district" : "street", i == 0 ? 0 : 1);
  for (guint i = 0; i < COMMUNITIES; i++)
    {
      g_autofree char *name = g_strdup_printf ("第%u社区", i + 1);

      add_unit (self, transaction, name, "community", 2 + i % 3);
    }
  for (guint i = 0; i < COMMUNITIES * RESIDENTS; i++)
    {
      g_autoptr (ShequRow) row = new_resident (self, random, FIRST_UNIT + i % COMMUNITIES, i);

      shequ_transaction_insert (transaction, row, &error);
      fail_on (error);
    }
  shequ_transaction_commit (transaction, &error);
  fail_on (error);
}

static guint
take_store (District *self)
{
  guint place;

  g_mutex_lock (&self->lock);
  while (self->n_free == 0)
    g_cond_wait (&self->free_store, &self->lock);
  place = self->free[--self->n_free];
  g_mutex_unlock (&self->lock);
  return place;
}

static void
give_store (District *self, guint place)
{
  g_mutex_lock (&self->lock);
  self->free[self->n_free++] = place;
  g_cond_signal (&self->free_store);
  g_mutex_unlock (&self->lock);
}

/* A page of the community's list. */
static void
read_list (Clerk *clerk, ShequStore *store)
{
  g_autoptr (ShequQuery) query = shequ_query_new (clerk->district->resident, "2026-11-22");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GArray) keys = NULL;

  query->unit = clerk->unit;
  keys = shequ_store_list_keys (store, query, NULL, &error);
  fail_on (error);
  rows = shequ_store_fetch (store, query->reg, (const gint64 *) keys->data, MIN (keys->len, PAGE),
                            SHEQU_FETCH_TITLES, query->today, NULL, &error);
  fail_on (error);
}

static void
search (Clerk *clerk, ShequStore *store)
{
  g_autofree char *typed = g_strconcat (surnames[g_rand_int_range (clerk->random, 0, 10)],
                                        given[g_rand_int_range (clerk->random, 0, 10)], NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = shequ_store_search (store, typed, NULL, 20, "2026-11-22", NULL, &error);

  fail_on (error);
  g_assert_cmpuint (hits->len, <=, 20);
}

/* Changes one of ten records that its colleagues like as well, or adds a resident under a number that a
 * colleague may have typed, too; in either case a number is taken. */
static gboolean
try_save (Clerk *clerk, ShequStore *store, Saved *saved, GError **error)
{
  District *self = clerk->district;
  gboolean adds = g_rand_int_range (clerk->random, 0, 4) == 0;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (store, &actor, NULL, error);
  g_autoptr (ShequRow) row = NULL;
  g_autofree char *phone = NULL;

  if (transaction == NULL)
    return FALSE;
  if (adds)
    row = new_resident (self, clerk->random, clerk->unit,
                        10000000 + (guint64) g_rand_int_range (clerk->random, 0, 100000));
  else
    row = shequ_transaction_get (
      transaction, self->resident,
      (gint64) (1 + (clerk->unit - FIRST_UNIT) + COMMUNITIES * g_rand_int_range (clerk->random, 0, 10)),
      error);
  if (row == NULL)
    return FALSE;
  saved->mark = g_rand_int (clerk->random);
  phone = g_strdup_printf ("%u", saved->mark);
  shequ_row_set_text (row, "phone", phone);
  if (!(adds ? shequ_transaction_insert (transaction, row, error)
             : shequ_transaction_update (transaction, row, error)))
    return FALSE;
  saved->number = shequ_transaction_next_number (transaction, SERIES, error);
  saved->key = row->key;
  saved->version = row->version;
  return saved->number > 0 && shequ_transaction_commit (transaction, error);
}

static void
save (Clerk *clerk, ShequStore *store)
{
  District *self = clerk->district;
  gboolean done = FALSE;

  while (!done)
    {
      g_autoptr (GError) error = NULL;
      Saved saved;

      done = try_save (clerk, store, &saved, &error);
      g_mutex_lock (&self->lock);
      if (done)
        g_array_append_val (self->saved, saved);
      else if (g_error_matches (error, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE))
        {
          self->n_refused++;
          done = TRUE;
        }
      else if (g_error_matches (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT) ||
               g_error_matches (error, SHEQU_ERROR, SHEQU_ERROR_LOCKED))
        self->n_conflicts++;
      else
        fail_on (error);
      g_mutex_unlock (&self->lock);
    }
}

static gpointer
work (gpointer data)
{
  Clerk *clerk = data;
  District *self = clerk->district;

  g_usleep ((gulong) g_rand_int_range (clerk->random, 0, 1 + (gint32) self->think) * 1000);
  while (g_get_monotonic_time () < self->end)
    {
      double chance = g_rand_double (clerk->random);
      Kind kind = chance < 0.5 ? LIST : chance < 0.8 ? SEARCH : SAVE;
      gint64 start = g_get_monotonic_time ();
      guint place = take_store (self);
      double took;

      (kind == LIST ? read_list : kind == SEARCH ? search : save) (clerk, self->stores[place]);
      give_store (self, place);
      took = (double) (g_get_monotonic_time () - start) / 1000;
      g_mutex_lock (&self->lock);
      g_array_append_val (self->times[kind], took);
      g_mutex_unlock (&self->lock);
      g_usleep ((gulong) g_rand_int_range (clerk->random, 0, 1 + 2 * (gint32) self->think) * 1000);
    }
  return NULL;
}

static gint
compare_times (gconstpointer one, gconstpointer other)
{
  double a = *(const double *) one;
  double b = *(const double *) other;

  return (a > b) - (a < b);
}

static double
get_part (GArray *times, double part)
{
  return times->len > 0 ? g_array_index (times, double, (guint) floor ((times->len - 1) * part)) : 0;
}

static gint
compare_saved (gconstpointer one, gconstpointer other)
{
  const Saved *a = one;
  const Saved *b = other;

  return a->key != b->key ? (a->key > b->key) - (a->key < b->key)
                          : (a->version > b->version) - (a->version < b->version);
}

static gint
compare_numbers (gconstpointer one, gconstpointer other)
{
  return (((const Saved *) one)->number > ((const Saved *) other)->number) -
         (((const Saved *) one)->number < ((const Saved *) other)->number);
}

/* The last acknowledged state of a record is the one that stands there. */
static guint
check_record (District *self, const Saved *last)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row =
    shequ_store_get (self->stores[0], self->resident, last->key, SHEQU_FETCH_PLAIN, NULL, NULL, &error);
  g_autofree char *mark = g_strdup_printf ("%u", last->mark);

  if (row != NULL && row->version == last->version &&
      g_strcmp0 (shequ_row_get_text (row, "phone"), mark) == 0)
    return 0;
  g_printerr ("record %" G_GINT64_FORMAT ": not what was acknowledged last\n", last->key);
  return 1;
}

/* Each acknowledged save made one version of its record, each version was made by one save, and none but
 * those are there; the numbers run from 1 without a gap; each record and each entry of the log stands there
 * once. */
static guint
replay (District *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (self->resident, "2026-11-22");
  g_autoptr (GPtrArray) problems = shequ_store_check (self->stores[0], NULL, &error);
  g_autoptr (GPtrArray) log = shequ_store_read_log (self->stores[0], NULL, 0, NULL, 0, NULL, &error);
  guint n_records = COMMUNITIES * RESIDENTS;
  guint n_wrong;

  fail_on (error);
  n_wrong = problems->len;
  for (guint i = 0; i < problems->len; i++)
    g_printerr ("%s\n", (const char *) problems->pdata[i]);
  g_array_sort (self->saved, compare_numbers);
  for (guint i = 0; i < self->saved->len; i++)
    n_wrong += g_array_index (self->saved, Saved, i).number != i + 1;
  g_array_sort (self->saved, compare_saved);
  for (guint i = 0; i < self->saved->len; i++)
    {
      const Saved *saved = &g_array_index (self->saved, Saved, i);
      gboolean is_added = saved->key > COMMUNITIES * RESIDENTS;
      gboolean is_first = i == 0 || saved[-1].key != saved->key;

      n_wrong += saved->version != (is_first ? (is_added ? 1 : 2) : saved[-1].version + 1);
      n_records += is_added && is_first;
      if (i + 1 == self->saved->len || saved[1].key != saved->key)
        n_wrong += check_record (self, saved);
    }
  n_wrong += shequ_store_count (self->stores[0], query, NULL, &error) != n_records;
  n_wrong += log->len != FIRST_UNIT - 1 + COMMUNITIES + COMMUNITIES * RESIDENTS + self->saved->len;
  return n_wrong;
}

static void
report (District *self, guint n_wrong, double seconds)
{
  static const char *const names[] = { "list", "search", "save" };

  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      g_array_sort (self->times[kind], compare_times);
      g_print ("%-6s %6u times, ms: median %.1f, p95 %.1f, p99 %.1f, longest %.1f\n", names[kind],
               self->times[kind]->len, get_part (self->times[kind], 0.5), get_part (self->times[kind], 0.95),
               get_part (self->times[kind], 0.99), get_part (self->times[kind], 1));
    }
  g_print (
    "%u sessions through %u connections, %.0f s: %u saves acknowledged, %u lost races tried again, %u same "
    "numbers refused; replay: %u wrong\n",
    SESSIONS, 2 * STORES, seconds, self->saved->len, self->n_conflicts, self->n_refused, n_wrong);
}

static void
set_up (District *self, const char *address)
{
  g_autoptr (GError) error = NULL;

  self->catalogue = shequ_catalogue_new_shipped (&error);
  fail_on (error);
  self->resident = shequ_catalogue_lookup (self->catalogue, "resident");
  for (guint i = 0; i < STORES; i++)
    {
      self->stores[i] = shequ_store_open (address, self->catalogue,
                                          i == 0 ? SHEQU_OPEN_CREATE : SHEQU_OPEN_EXISTING, NULL, &error);
      fail_on (error);
      self->free[self->n_free++] = i;
    }
  for (guint i = 0; i < N_KINDS; i++)
    self->times[i] = g_array_new (FALSE, FALSE, sizeof (double));
  self->saved = g_array_new (FALSE, FALSE, sizeof (Saved));
  fill (self);
}

int
main (int argc, char *argv[])
{
  District self = { 0 };
  Clerk clerks[SESSIONS];
  GThread *threads[SESSIONS];
  double seconds = argc > 1 ? atof (argv[1]) : 120;
  g_autofree char *address = test_server_new_database ();
  guint n_wrong;

  g_mutex_init (&self.lock);
  g_cond_init (&self.free_store);
  self.think = argc > 2 ? (guint) atoi (argv[2]) : 5000;
  set_up (&self, address);
  test_server_run (address, "ANALYZE");
  self.end = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
  for (guint i = 0; i < SESSIONS; i++)
    {
      clerks[i] = (Clerk){ &self, i, FIRST_UNIT + i / CLERKS, g_rand_new_with_seed (i) };
      threads[i] = g_thread_new ("clerk", work, &clerks[i]);
    }
  for (guint i = 0; i < SESSIONS; i++)
    {
      g_thread_join (threads[i]);
      g_rand_free (clerks[i].random);
    }
  n_wrong = replay (&self);
  report (&self, n_wrong, seconds);
  for (guint i = 0; i < STORES; i++)
    shequ_store_unref (self.stores[i]);
  for (guint i = 0; i < N_KINDS; i++)
    g_array_unref (self.times[i]);
  g_array_unref (self.saved);
  shequ_catalogue_unref (self.catalogue);
  test_server_drop (address);
  return n_wrong > 0 ? 1 : 0;
}
