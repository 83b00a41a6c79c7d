/* How long the 150 items need over a whole district, and asked again when nothing was changed.
 *
 * Usage: bench-base-data DATABASE. The quickest of some turns counts; a change of one record before each.
 */
#include "config.h"

#include <stdio.h>

#include "shequ-base-data.h"
#include "shequ-catalogue.h"

#define TURNS 5
#define MOST_MILLISECONDS 2000.0
#define MOST_UNCHANGED 200.0

/* Some entry in the change log, as every change leaves one. */
static void
change (ShequOffice *office)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_office_begin (office, "bench", NULL, &error);

  if (transaction == NULL ||
      !shequ_transaction_log (transaction, SHEQU_ACTION_EXPORT,
                              shequ_office_get_register (office, "resident"), 0, NULL, &error) ||
      !shequ_transaction_commit (transaction, &error))
    g_error ("%s", error->message);
}

static double
compute (ShequOffice *office, guint *n_filled)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *today = shequ_office_get_today (office);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GPtrArray) figures = shequ_base_data_compute (office, 0, today, NULL, NULL, NULL, &error);
  double milliseconds = (double) (g_get_monotonic_time () - start) / 1000;
  guint n_all;

  if (figures == NULL)
    g_error ("%s", error->message);
  shequ_base_data_count (figures, NULL, n_filled, &n_all);
  return milliseconds;
}

int
main (int argc, char **argv)
{
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequOffice) office = NULL;
  double changed = G_MAXDOUBLE, unchanged = G_MAXDOUBLE;
  guint n_filled = 0;

  if (argc != 2)
    g_error ("Usage: %s DATABASE", argv[0]);
  office = shequ_office_open (argv[1], catalogue, "bench", "bench", NULL, &error);
  if (office == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; i < TURNS; i++)
    {
      double first, again;

      change (office);
      first = compute (office, &n_filled);
      again = compute (office, &n_filled);
      changed = MIN (changed, first);
      unchanged = MIN (unchanged, again);
    }
  printf ("base data: %u items with a value in %.0f ms (at most %.0f), unchanged %.1f ms (at most %.0f)\n",
          n_filled, changed, MOST_MILLISECONDS, unchanged, MOST_UNCHANGED);
  return n_filled > 0 && changed <= MOST_MILLISECONDS && unchanged <= MOST_UNCHANGED ? 0 : 1;
}
