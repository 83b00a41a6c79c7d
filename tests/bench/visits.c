/* How long the list of visits that are due or missed needs over a whole district.
 *
 * Usage: bench-visits DATABASE
 *
 * Some twenty thousand residents belong to groups that ask for visits. The list is asked for as the page of
 * visits does; the best of some turns counts, in time of the processors, since others may keep those busy.
 * Fails when it takes longer than a tenth of a second.
 */
#include "config.h"

#include <stdio.h>
#include <time.h>

#include "shequ-catalogue.h"
#include "shequ-visits.h"

#define DAYS_AHEAD 7
#define TURNS 7
#define MOST_MILLISECONDS 100.0

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1000 + (double) time.tv_nsec / 1000000;
}

static double
list_once (ShequOffice *office)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  double cpu = now ();
  g_autoptr (GPtrArray) list = shequ_visits_list_due (office, DAYS_AHEAD, NULL, &error);

  if (list == NULL)
    g_error ("%s", error->message);
  cpu = now () - cpu;
  printf ("%u due: %.1f ms, %.1f ms of processors\n", list->len,
          (double) (g_get_monotonic_time () - start) / 1000, cpu);
  return cpu;
}

int
main (int argc, char **argv)
{
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequOffice) office = NULL;
  double best = G_MAXDOUBLE;

  if (argc != 2)
    g_error ("Usage: %s DATABASE", argv[0]);
  office = shequ_office_open (argv[1], catalogue, "bench", "bench", NULL, &error);
  if (office == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; i < TURNS; i++)
    best = MIN (best, list_once (office));
  return best <= MOST_MILLISECONDS ? 0 : 1;
}
