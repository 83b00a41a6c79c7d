/* A round from door to door: one grid is signed off, one is half done, the others are open. */
#include "shequ-demo-private.h"

#include "config.h"

#define BEGAN_DAYS_AGO 9
#define DAYS_LEFT 21

static void
set_day (const ShequDemoFilling *filling, ShequRow *row, const char *name, int days)
{
  ShequDate day = shequ_date_add_days (&filling->today, days);
  char buffer[SHEQU_DATE_TEXT_SIZE];

  shequ_date_to_iso (&day, buffer);
  shequ_row_set_text (row, name, buffer);
}

static gint64
add_round (ShequDemoFilling *filling, const ShequDemoCommunity *community)
{
  ShequRow *row = shequ_demo_writer_start (filling->writer, "survey_round");

  shequ_row_set_integer (row, "unit", community->key);
  shequ_row_set_text (row, "name", "年末人口和房屋核对");
  shequ_row_set_text (row, "purpose", "核对常住、外来人口和空置房屋");
  set_day (filling, row, "started_on", -BEGAN_DAYS_AGO);
  set_day (filling, row, "end_on", DAYS_LEFT);
  return shequ_demo_writer_add (filling->writer, row);
}

/* What was found at a household: of the first grid all, of the second some, of the others nothing yet. */
static void
set_finding (ShequDemoFilling *filling,
             const ShequDemoCommunity *community,
             ShequRow *row,
             guint grid,
             ShequDemoRandom *random)
{
  const ShequDemoWorker *worker =
    &g_array_index (community->workers, ShequDemoWorker, grid % community->workers->len);
  gboolean closed = grid == 0;

  if (grid > 1 || (!closed && !shequ_demo_random_chance (random, 55)))
    return;
  if (!closed && shequ_demo_random_chance (random, 12))
    shequ_row_set_text (row, "state", "absent");
  else
    shequ_row_set_text (row, "state", shequ_demo_random_chance (random, 9) ? "changed" : "same");
  set_day (filling, row, "done_on", -shequ_demo_random_between (random, 1, BEGAN_DAYS_AGO - 1));
  shequ_row_set_text (row, "done_by", worker->name);
  if (!closed)
    return;
  set_day (filling, row, "signed_on", -1);
  shequ_row_set_text (row, "signed_by", worker->name);
}

/**
 * shequ_demo_fill_survey:
 * @filling: the filling
 * @community: with its neighbours
 *
 * Neighbours stand in the order of their households, and these in that of their grids, nearly.
 */
void
shequ_demo_fill_survey (ShequDemoFilling *filling, ShequDemoCommunity *community)
{
  gint64 round = add_round (filling, community);
  g_autoptr (GHashTable) grids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  ShequDemoRandom random;
  gint64 last = 0;

  shequ_demo_filling_init_random (filling, "survey", community->number, &random);
  for (guint i = 0; i < community->neighbours->len && !shequ_demo_writer_has_failed (filling->writer); i++)
    {
      const ShequDemoNeighbour *one = &g_array_index (community->neighbours, ShequDemoNeighbour, i);
      ShequRow *row;

      if (one->household == last)
        continue;
      last = one->household;
      if (!g_hash_table_contains (grids, &one->grid))
        g_hash_table_insert (grids, g_memdup2 (&one->grid, sizeof one->grid),
                             GUINT_TO_POINTER (g_hash_table_size (grids)));
      row = shequ_demo_writer_start (filling->writer, "survey_line");
      shequ_row_set_integer (row, "unit", community->key);
      shequ_row_set_integer (row, "round", round);
      shequ_row_set_integer (row, "grid", one->grid);
      shequ_row_set_integer (row, "household", one->household);
      set_finding (filling, community, row, GPOINTER_TO_UINT (g_hash_table_lookup (grids, &one->grid)),
                   &random);
      shequ_demo_writer_add (filling->writer, row);
    }
}
