/* How long the list of visits that are due or missed needs over a whole district, against SQLite itself.
 *
 * Usage: bench-visits DATABASE [SERVER]
 *
 * Some twenty thousand residents belong to groups that ask for visits. The list is asked for as the page of
 * visits does, on the day of the last visit; the peer is one query written by hand that finds, for the same
 * residents, the last visit to them and to their household. Both run by turns in time of the processor, since
 * others may keep it busy; the best turn of each counts. Fails when ours takes longer.
 * Where SERVER, the same office on a server, is named, what a list takes there by the clock is told beside
 * it.
 */
#include "config.h"

#include <sqlite3.h>
#include <stdio.h>
#include <time.h>

#include "shequ-catalogue.h"
#include "shequ-visits.h"

#define DAYS_AHEAD 7
#define TURNS 9
#define MOST_RATIO 1.0

#define LAST_VISIT(link)                                                                                     \
  "coalesce((SELECT max(day) FROM visit v WHERE v." link                                                     \
  " AND v.deleted_at IS NULL AND v.result IS NOT 'absent'), '')"

static const char peer[] =
  "SELECT m.key, r.name, h.address, u.name, t.name, "
  "max(" LAST_VISIT ("resident = r.key") ", " LAST_VISIT (
    "household = r.household") ") AS last "
                               "FROM resident_tag m JOIN tag t ON t.key = m.tag JOIN resident r ON r.key = "
                               "m.resident "
                               "LEFT JOIN household h ON h.key = r.household LEFT JOIN org_unit u ON u.key = "
                               "r.unit "
                               "WHERE t.visit_every_days > 0 AND m.deleted_at IS NULL AND m.ended_on IS NULL "
                               "AND r.deleted_at IS NULL "
                               "GROUP BY r.key HAVING date(last, '+' || t.visit_every_days || ' days') <= "
                               "date(?1, '+7 days') "
                               "ORDER BY last, r.name";

static gint64
read_clock (gpointer user_data)
{
  return *(const gint64 *) user_data;
}

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1000 + (double) time.tv_nsec / 1000000;
}

static double
list_once (ShequOffice *office, guint *n)
{
  g_autoptr (GError) error = NULL;
  double start = now ();
  g_autoptr (GPtrArray) list = shequ_visits_list_due (office, DAYS_AHEAD, NULL, &error);

  if (list == NULL)
    g_error ("%s", error->message);
  *n = list->len;
  return now () - start;
}

static double
query_once (sqlite3_stmt *statement, const char *today, guint *n)
{
  double start = now ();

  sqlite3_bind_text (statement, 1, today, -1, SQLITE_STATIC);
  for (*n = 0; sqlite3_step (statement) == SQLITE_ROW; ++*n)
    for (int i = 0; i < sqlite3_column_count (statement); i++)
      sqlite3_column_text (statement, i);
  if (sqlite3_reset (statement) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (sqlite3_db_handle (statement)));
  return now () - start;
}

static sqlite3_stmt *
prepare (sqlite3 *database, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (database));
  return statement;
}

/* Noon of the day of the last visit. */
static gint64
find_moment (sqlite3 *database)
{
  sqlite3_stmt *statement = prepare (database, "SELECT unixepoch(max(day) || ' 12:00') FROM visit");
  gint64 moment;

  if (sqlite3_step (statement) != SQLITE_ROW)
    g_error ("%s", sqlite3_errmsg (database));
  moment = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return moment;
}

/* The best turn by the clock, in milliseconds; the server works in another process. */
static double
list_by_clock (ShequCatalogue *catalogue, const char *address, gint64 *moment, guint n_wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequOffice) office = shequ_office_open (address, catalogue, "bench", "bench", NULL, &error);
  double best = G_MAXDOUBLE;

  if (office == NULL)
    g_error ("%s", error->message);
  shequ_office_set_clock (office, read_clock, moment);
  for (guint i = 0; i < TURNS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      guint n = 0;

      list_once (office, &n);
      best = MIN (best, (double) (g_get_monotonic_time () - start) / 1000);
      g_assert_cmpuint (n, ==, n_wanted);
    }
  return best;
}

int
main (int argc, char **argv)
{
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequOffice) office = NULL;
  g_autofree char *today = NULL;
  double ours = G_MAXDOUBLE;
  double theirs = G_MAXDOUBLE;
  sqlite3 *database = NULL;
  sqlite3_stmt *statement;
  guint n_ours = 0;
  guint n_theirs = 0;
  gint64 moment;

  if (argc != 2 && argc != 3)
    g_error ("Usage: %s DATABASE [SERVER]", argv[0]);
  office = shequ_office_open (argv[1], catalogue, "bench", "bench", NULL, &error);
  if (office == NULL)
    g_error ("%s", error->message);
  if (sqlite3_open_v2 (argv[1], &database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (database));
  moment = find_moment (database);
  shequ_office_set_clock (office, read_clock, &moment);
  today = shequ_office_get_today (office);
  statement = prepare (database, peer);
  for (guint i = 0; i < TURNS; i++)
    {
      ours = MIN (ours, list_once (office, &n_ours));
      theirs = MIN (theirs, query_once (statement, today, &n_theirs));
    }
  sqlite3_finalize (statement);
  sqlite3_close (database);
  printf (
    "visits on %s: %u due in %.1f ms of processors, a query by hand finds %u in %.1f ms, ratio %.2f (at "
    "most %.1f)\n",
    today, n_ours, ours, n_theirs, theirs, ours / theirs, MOST_RATIO);
  if (argc == 3)
    printf ("by the clock: file %.1f ms, server %.1f ms\n",
            list_by_clock (catalogue, argv[1], &moment, n_ours),
            list_by_clock (catalogue, argv[2], &moment, n_ours));
  return n_ours > 0 && ours <= theirs * MOST_RATIO ? 0 : 1;
}
