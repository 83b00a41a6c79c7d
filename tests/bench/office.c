/*
 * A district at work (office-work.c): says how long a save and a search take, proves by a replay of what was
 * acknowledged that nothing was lost and nothing done twice, and what it costs that the server keeps the
 * streets apart.
 *
 * Usage: office [SECONDS [THINK [RESIDENTS]]] under tests/postgres/with-server; THINK is the milliseconds a
 * clerk rests between two operations, RESIDENTS those of a community.
 */
#include <math.h>
#include <stdlib.h>

#include "office-work.h"

#define TURNS 40

static const ShequActor actor = { "王主任", "窗口一", NULL, "2026-11-22T01:02:03Z", NULL };

typedef enum
{
  LIST_OF_UNIT,
  SEARCH_IN_UNIT,
  SEARCH_EVERYWHERE,
  SAVE,
  N_COSTS,
} Cost;

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

static void
save (Office *office, ShequStore *store, gint64 key, guint turn)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (store, &actor, NULL, &error);
  g_autoptr (ShequRow) row = NULL;
  g_autofree char *note = g_strdup_printf ("%u", turn);

  g_assert_no_error (error);
  row = shequ_transaction_get (transaction, office->resident, key, &error);
  g_assert_no_error (error);
  shequ_row_set_text (row, "note", note);
  shequ_transaction_update (transaction, row, &error);
  g_assert_no_error (error);
  shequ_transaction_commit (transaction, &error);
  g_assert_no_error (error);
}

/* The same of the first community, whoever asks. */
static double
run_once (Office *office, ShequStore *store, Cost cost, guint turn)
{
  gint64 unit = office_get_unit (0);
  gint64 start = g_get_monotonic_time ();

  if (cost == SAVE)
    save (office, store, 1 + OFFICE_COMMUNITIES * (5 + turn % 5), turn);
  else
    g_assert_true (cost == LIST_OF_UNIT     ? office_list (office, store, unit, NULL)
                   : cost == SEARCH_IN_UNIT ? office_list (office, store, unit, "王")
                                            : office_search (store, "zhangwei"));
  return (double) (g_get_monotonic_time () - start) / 1000;
}

/* By turns, medians. */
static void
compare_costs (Office *office)
{
  static const char *const names[] = { "list of a community", "search in it", "search everywhere", "save" };
  g_autoptr (ShequStore) owner = office_open (office, NULL);

  for (Cost cost = 0; cost < N_COSTS; cost++)
    {
      g_autoptr (GArray) owners = g_array_new (FALSE, FALSE, sizeof (double));
      g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (double));

      for (guint turn = 0; turn < TURNS; turn++)
        {
          double of_owner = run_once (office, owner, cost, 2 * turn);
          double of_member = run_once (office, office->stores[0][0], cost, 2 * turn + 1);

          g_array_append_val (owners, of_owner);
          g_array_append_val (members, of_member);
        }
      g_array_sort (owners, compare_times);
      g_array_sort (members, compare_times);
      g_print ("%-20s owner %6.2f ms, street %6.2f ms: ratio %.2f\n", names[cost], get_part (owners, 0.5),
               get_part (members, 0.5), get_part (members, 0.5) / get_part (owners, 0.5));
    }
}

static void
report (Office *office, guint n_wrong, const char *wrong, double seconds)
{
  static const char *const names[] = { "list", "search", "open", "save" };

  for (guint kind = 0; kind < OFFICE_N_KINDS; kind++)
    {
      GArray *times = office->times[kind];

      g_array_sort (times, compare_times);
      g_print ("%-6s %6u times, ms: median %.1f, p95 %.1f, p99 %.1f, longest %.1f\n", names[kind], times->len,
               get_part (times, 0.5), get_part (times, 0.95), get_part (times, 0.99), get_part (times, 1));
    }
  g_print ("%u sessions of %u streets through %" G_GINT64_FORMAT
           " connections, %.0f s: %u saves acknowledged, %u were too late and done again, %u same numbers "
           "refused; replay: %u wrong\n%s",
           OFFICE_SESSIONS, OFFICE_STREETS, office->n_connections, seconds, office->saved->len,
           office->n_conflicts, office->n_refused, n_wrong, wrong);
}

int
main (int argc, char *argv[])
{
  Office office = { 0 };
  double seconds = argc > 1 ? atof (argv[1]) : 120;
  guint think = argc > 2 ? (guint) atoi (argv[2]) : 5000;
  g_autoptr (GString) wrong = g_string_new (NULL);
  guint n_wrong;

  office_set_up (&office, argc > 3 ? (guint) atoi (argv[3]) : 583);
  office_work (&office, seconds, think);
  n_wrong = office_replay (&office, office.saved, wrong);
  report (&office, n_wrong, wrong->str, seconds);
  compare_costs (&office);
  g_assert_cmpint (office.n_connections, <=, OFFICE_CONNECTIONS);
  office_clear (&office);
  return n_wrong > 0 || office.n_conflicts == 0 ? 1 : 0;
}
