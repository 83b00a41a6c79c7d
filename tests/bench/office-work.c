/*
 * A district at work: 39 communities with ten clerks each, who read lists, search, open records and save them
 * through 40 connections of one server. The server keeps the streets apart: each has signed in with a name
 * that sees its own communities alone.
 */
#include "office-work.h"

#include <unistd.h>

#include "test-server.h"

#include "shequ-error.h"
#include "shequ-server.h"

#define FIRST_UNIT                                                                                           \
  (1 + OFFICE_STREETS + 1)      /* of the communities: before them the district and the streets              \
                                 */
#define COMMUNITIES_OF_STREET 4 /* the last one has three */
#define LIKED 3                 /* records of a community that all of its clerks work on */
#define NUMBERS 3000            /* that new residents may have: some are typed twice */
#define SERIES "证明"

typedef struct
{
  Office *office;
  guint community;
  guint street;
  guint think; /* milliseconds between two operations, on average */
  gint64 end;
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

gint64
office_get_unit (guint community)
{
  return FIRST_UNIT + community;
}

static char *
get_role (guint street)
{
  return g_strdup_printf ("street_%d_%u", (int) getpid (), street);
}

static void
add_unit (Office *self, ShequTransaction *transaction, const char *name, const char *level, gint64 parent)
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

static void
add_units (Office *self, ShequTransaction *transaction)
{
  add_unit (self, transaction, "洮北区", "district", 0);
  for (guint i = 0; i < OFFICE_STREETS; i++)
    {
      g_autofree char *name = g_strdup_printf ("第%u街道", i + 1);

      add_unit (self, transaction, name, "street", 1);
    }
  for (guint i = 0; i < OFFICE_COMMUNITIES; i++)
    {
      g_autofree char *name = g_strdup_printf ("第%u社区", i + 1);

      add_unit (self, transaction, name, "community", 2 + i / COMMUNITIES_OF_STREET);
    }
}

static ShequRow *
new_resident (Office *self, GRand *random, guint community, guint64 number)
{
  ShequRow *row = shequ_row_new (self->resident);
  g_autofree char *name =
    g_strconcat (surnames[g_rand_int_range (random, 0, 10)], given[g_rand_int_range (random, 0, 10)], NULL);
  g_autofree char *id = g_strdup_printf ("%018" G_GUINT64_FORMAT, number);

  shequ_row_set_text (row, "name", name);
  shequ_row_set_text (row, "id_number", id);
  shequ_row_set_text (row, "phone", "0");
  shequ_row_set_integer (row, "unit", office_get_unit (community));
  return row;
}

/* The residents get the keys from 1 on, one community after the other in turn. */
static void
fill (Office *self, ShequStore *owner)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (owner, &actor, NULL, &error);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  fail_on (error);
  add_units (self, transaction);
  shequ_transaction_expect_many (transaction, self->resident, &error);
  fail_on (error);
  for (guint i = 0; i < self->n_residents; i++)
    {
      g_autoptr (ShequRow) row = new_resident (self, random, i % OFFICE_COMMUNITIES, i);

      shequ_transaction_insert (transaction, row, &error);
      fail_on (error);
      g_assert_cmpint (row->key, ==, i + 1);
    }
  shequ_transaction_commit (transaction, &error);
  fail_on (error);
}

/* With the name of a street, or with NULL the owner. */
ShequStore *
office_open (const Office *self, const char *role)
{
  g_autofree char *address =
    role != NULL ? g_strconcat (self->address, "&user=", role, NULL) : g_strdup (self->address);
  g_autoptr (GError) error = NULL;
  ShequStore *store = shequ_store_open (address, self->catalogue, SHEQU_OPEN_EXISTING, NULL, &error);

  fail_on (error);
  return store;
}

static void
sign_in (Office *self, ShequStore *owner)
{
  g_autoptr (GError) error = NULL;

  shequ_server_protect (owner, &error);
  fail_on (error);
  for (guint i = 0; i < OFFICE_STREETS; i++)
    {
      g_autofree char *role = get_role (i);

      shequ_server_grant (owner, role, 2 + i, &error);
      fail_on (error);
      for (guint k = 0; k < OFFICE_STORES; k++)
        self->stores[i][k] = office_open (self, role);
      self->n_free[i] = OFFICE_STORES;
    }
}

void
office_set_up (Office *self, guint residents_of_community)
{
  g_autoptr (ShequStore) owner = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->lock);
  g_cond_init (&self->free_store);
  self->address = test_server_new_database ();
  self->catalogue = shequ_catalogue_new_shipped (&error);
  fail_on (error);
  self->resident = shequ_catalogue_lookup (self->catalogue, "resident");
  self->n_residents = residents_of_community * OFFICE_COMMUNITIES;
  for (guint i = 0; i < OFFICE_N_KINDS; i++)
    self->times[i] = g_array_new (FALSE, FALSE, sizeof (double));
  self->saved = g_array_new (FALSE, FALSE, sizeof (OfficeSaved));
  owner = shequ_store_open (self->address, self->catalogue, SHEQU_OPEN_CREATE, NULL, &error);
  fail_on (error);
  fill (self, owner);
  sign_in (self, owner);
  test_server_run (self->address, "VACUUM (ANALYZE)");
}

void
office_clear (Office *self)
{
  for (guint i = 0; i < OFFICE_STREETS; i++)
    for (guint k = 0; k < OFFICE_STORES; k++)
      shequ_store_unref (self->stores[i][k]);
  test_server_drop (self->address);
  for (guint i = 0; i < OFFICE_STREETS; i++)
    {
      g_autofree char *role = get_role (i);
      g_autofree char *script = g_strdup_printf ("DROP OWNED BY %s; DROP ROLE %s", role, role);

      test_server_run (g_getenv ("SHEQU_TEST_SERVER"), script);
    }
  for (guint i = 0; i < OFFICE_N_KINDS; i++)
    g_array_unref (self->times[i]);
  g_array_unref (self->saved);
  shequ_catalogue_unref (self->catalogue);
  g_free (self->address);
}

static ShequStore *
take_store (Clerk *clerk)
{
  Office *self = clerk->office;
  ShequStore *store;

  g_mutex_lock (&self->lock);
  while (self->n_free[clerk->street] == 0)
    g_cond_wait (&self->free_store, &self->lock);
  store = self->stores[clerk->street][--self->n_free[clerk->street]];
  g_mutex_unlock (&self->lock);
  return store;
}

static void
give_store (Clerk *clerk, ShequStore *store)
{
  Office *self = clerk->office;

  g_mutex_lock (&self->lock);
  self->stores[clerk->street][self->n_free[clerk->street]++] = store;
  g_cond_broadcast (&self->free_store);
  g_mutex_unlock (&self->lock);
}

/* A page of a unit's list, whole or searched. */
gboolean
office_list (const Office *self, ShequStore *store, gint64 unit, const char *search)
{
  g_autoptr (ShequQuery) query = shequ_query_new (self->resident, OFFICE_TODAY);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GArray) keys = NULL;

  query->unit = unit;
  if (search != NULL)
    shequ_query_set_search (query, search);
  keys = shequ_store_list_keys (store, query, NULL, &error);
  fail_on (error);
  rows = shequ_store_fetch (store, query->reg, (const gint64 *) keys->data, MIN (keys->len, OFFICE_PAGE),
                            SHEQU_FETCH_TITLES, query->today, NULL, &error);
  fail_on (error);
  return rows->len > 0;
}

/* Everywhere. */
gboolean
office_search (ShequStore *store, const char *typed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = shequ_store_search (store, typed, NULL, 20, OFFICE_TODAY, NULL, &error);

  fail_on (error);
  g_assert_cmpuint (hits->len, <=, 20);
  return hits->len > 0;
}

static void
search (Clerk *clerk, ShequStore *store)
{
  g_autofree char *typed = g_strconcat (surnames[g_rand_int_range (clerk->random, 0, 10)],
                                        given[g_rand_int_range (clerk->random, 0, 10)], NULL);

  office_search (store, typed);
}

static void
note_time (Office *self, OfficeKind kind, gint64 start)
{
  double took = (double) (g_get_monotonic_time () - start) / 1000;

  g_mutex_lock (&self->lock);
  g_array_append_val (self->times[kind], took);
  g_mutex_unlock (&self->lock);
}

/* Lists and searches; the time runs while the clerk waits for a connection, too. */
static void
look (Clerk *clerk, OfficeKind kind)
{
  gint64 start = g_get_monotonic_time ();
  ShequStore *store = take_store (clerk);

  if (kind == OFFICE_LIST)
    office_list (clerk->office, store, office_get_unit (clerk->community), NULL);
  else
    search (clerk, store);
  give_store (clerk, store);
  note_time (clerk->office, kind, start);
}

/* A record as it stands now. */
static ShequRow *
open_record (Clerk *clerk, gint64 key)
{
  gint64 start = g_get_monotonic_time ();
  ShequStore *store = take_store (clerk);
  g_autoptr (GError) error = NULL;
  ShequRow *row =
    shequ_store_get (store, clerk->office->resident, key, SHEQU_FETCH_PLAIN, NULL, NULL, &error);

  fail_on (error);
  give_store (clerk, store);
  note_time (clerk->office, OFFICE_OPEN, start);
  return row;
}

/* Saves what a clerk has typed, on the version that it was typed on, and takes a number with it. */
static gboolean
try_save (Clerk *clerk, ShequStore *store, ShequRow *row, OfficeSaved *saved, GError **error)
{
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (store, &actor, NULL, error);
  g_autofree char *phone = g_strdup_printf ("%u", saved->mark);

  if (transaction == NULL)
    return FALSE;
  shequ_row_set_text (row, "phone", phone);
  if (!(row->key == 0 ? shequ_transaction_insert (transaction, row, error)
                      : shequ_transaction_update (transaction, row, error)))
    return FALSE;
  saved->number = shequ_transaction_next_number (transaction, SERIES, error);
  saved->key = row->key;
  saved->version = row->version;
  return saved->number > 0 && shequ_transaction_commit (transaction, error);
}

/* %TRUE when there is no more to do; otherwise somebody else was quicker. */
static gboolean
save_once (Clerk *clerk, ShequRow *row, guint32 mark)
{
  Office *self = clerk->office;
  gint64 start = g_get_monotonic_time ();
  ShequStore *store = take_store (clerk);
  g_autoptr (GError) error = NULL;
  OfficeSaved saved = { .mark = mark };
  gboolean done = try_save (clerk, store, row, &saved, &error);

  give_store (clerk, store);
  note_time (self, OFFICE_SAVE, start);
  g_mutex_lock (&self->lock);
  if (done)
    g_array_append_val (self->saved, saved);
  else if (g_error_matches (error, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE))
    self->n_refused++;
  else if (g_error_matches (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT) ||
           g_error_matches (error, SHEQU_ERROR, SHEQU_ERROR_LOCKED))
    self->n_conflicts++;
  else
    fail_on (error);
  g_mutex_unlock (&self->lock);
  return done || error->code == SHEQU_ERROR_DUPLICATE;
}

static void
rest (Clerk *clerk, guint milliseconds)
{
  g_usleep ((gulong) g_rand_int_range (clerk->random, 0, 1 + 2 * (gint32) milliseconds) * 1000);
}

/* Opens a record that the colleagues work on as well, types into it for a while, and saves; who was too late
 * does it once more on what stands there now. */
static void
change (Clerk *clerk)
{
  gint64 key = 1 + clerk->community + OFFICE_COMMUNITIES * g_rand_int_range (clerk->random, 0, LIKED);
  gboolean done = FALSE;

  while (!done)
    {
      g_autoptr (ShequRow) row = open_record (clerk, key);

      rest (clerk, clerk->think / 4);
      done = save_once (clerk, row, g_rand_int (clerk->random));
    }
}

/* A resident, under a number that somebody else may have typed, too. */
static void
add (Clerk *clerk)
{
  g_autoptr (ShequRow) row = new_resident (clerk->office, clerk->random, clerk->community,
                                           10000000 + (guint64) g_rand_int_range (clerk->random, 0, NUMBERS));

  while (!save_once (clerk, row, g_rand_int (clerk->random)))
    continue;
}

static gpointer
work (gpointer data)
{
  Clerk *clerk = data;

  rest (clerk, clerk->think / 2);
  while (g_get_monotonic_time () < clerk->end)
    {
      double chance = g_rand_double (clerk->random);

      if (chance < 0.8)
        look (clerk, chance < 0.5 ? OFFICE_LIST : OFFICE_SEARCH);
      else if (chance < 0.95)
        change (clerk);
      else
        add (clerk);
      rest (clerk, clerk->think);
    }
  return NULL;
}

/* All clerks at once for a while, each resting `think` milliseconds between two operations on average. */
void
office_work (Office *self, double seconds, guint think)
{
  Clerk clerks[OFFICE_SESSIONS];
  GThread *threads[OFFICE_SESSIONS];
  gint64 end = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);

  for (guint i = 0; i < OFFICE_SESSIONS; i++)
    {
      guint community = i / OFFICE_CLERKS;

      clerks[i] =
        (Clerk){ self, community, community / COMMUNITIES_OF_STREET, think, end, g_rand_new_with_seed (i) };
      threads[i] = g_thread_new ("clerk", work, &clerks[i]);
    }
  for (guint i = 0; i < OFFICE_SESSIONS; i++)
    {
      g_thread_join (threads[i]);
      g_rand_free (clerks[i].random);
    }
  self->n_connections = test_server_ask (
    self->address,
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename LIKE "
    "'street%'");
}
