/* How long the register of residents needs to stand as it did on a past day, against as it stands today.
 *
 * Usage: bench-as-of DATABASE
 *
 * Works on a copy (on a server: on the database itself) in which ten years have passed: residents have moved,
 * left and come, each from a day of its own. A month, a year and ten years back the register is counted,
 * counted by age and sex, and its first page listed, whole and of one unit, by each column of its list; by
 * turns with the same of today, medians. Fails when one takes more than twice as long.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shequ-catalogue.h"
#include "shequ-date.h"
#include "shequ-store.h"

#define TODAY "2026-11-20"
#define CHANGES 10000
#define A_TRANSACTION 500
#define PAGE 100
#define TURNS 7
#define MOST_RATIO 2.0
/* Below this, in milliseconds, what is measured is the machine. */
#define LEAST 1.0

static const char *const days[] = { "2026-10-20", "2025-11-20", "2016-11-20" };

typedef struct
{
  ShequStore *store;
  const ShequRegister *reg;
  gint64 unit;            /* or 0 */
  const ShequField *sort; /* (nullable): the list; else the count */
  gboolean pyramid;       /* the count by age and sex */
} Look;

static void
must (gboolean done, GError *error)
{
  if (!done)
    g_error ("%s", error != NULL ? error->message : "failed");
}

static char *
choose_day (GRand *random)
{
  ShequDate last;
  ShequDate date;
  char text[SHEQU_DATE_TEXT_SIZE];

  shequ_date_from_iso (TODAY, &last);
  date = shequ_date_add_days (&last, -g_rand_int_range (random, 1, 3650));
  shequ_date_to_iso (&date, text);
  return g_strdup (text);
}

/* A resident moves, or goes. */
static void
change_one (ShequTransaction *transaction,
            const ShequRegister *reg,
            gint64 key,
            gint64 household,
            GRand *random)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = shequ_transaction_get (transaction, reg, key, &error);
  g_autofree char *day = choose_day (random);

  if (row == NULL)
    return;
  if (g_rand_int_range (random, 0, 4) == 0)
    {
      must (shequ_transaction_delete_from (transaction, reg, key, row->version, day, &error), error);
      return;
    }
  shequ_row_set_integer (row, "household", household);
  shequ_row_set_effective (row, day);
  must (shequ_transaction_update (transaction, row, &error), error);
}

static GArray *
list_keys (ShequStore *store, const char *name)
{
  const ShequRegister *reg = shequ_catalogue_lookup (shequ_store_get_catalogue (store), name);
  g_autoptr (ShequQuery) query = shequ_query_new (reg, NULL);
  GArray *keys = shequ_store_list_keys (store, query, NULL, NULL);

  g_assert_nonnull (keys);
  return keys;
}

static void
pass_years (ShequStore *store)
{
  ShequActor actor = { .user = "bench", .workstation = "bench", .moment = "2026-11-20T02:00:00Z" };
  const ShequRegister *reg = shequ_catalogue_lookup (shequ_store_get_catalogue (store), "resident");
  g_autoptr (GRand) random = g_rand_new_with_seed (20261120);
  g_autoptr (GArray) residents = list_keys (store, "resident");
  g_autoptr (GArray) households = list_keys (store, "household");

  for (guint done = 0; done < CHANGES;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ShequTransaction) transaction = shequ_store_begin (store, &actor, NULL, &error);

      must (transaction != NULL, error);
      for (guint i = 0; i < A_TRANSACTION; i++, done++)
        change_one (
          transaction, reg, g_array_index (residents, gint64, (guint64) done * residents->len / CHANGES),
          g_array_index (households, gint64, g_rand_int_range (random, 0, (gint32) households->len)), random);
      must (shequ_transaction_commit (transaction, &error), error);
    }
}

static void
count_pyramid (const Look *look, ShequQuery *query)
{
  ShequSummaryQuery summary = { .query = query,
                                .group = shequ_register_lookup (look->reg, "age"),
                                .series = shequ_register_lookup (look->reg, "sex"),
                                .band = 5 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = shequ_store_summarise (look->store, &summary, NULL, &error);

  must (rows != NULL && rows->len > 0, error);
}

static double
run_once (const Look *look, const char *as_of)
{
  g_autoptr (ShequQuery) query = shequ_query_new (look->reg, TODAY);
  g_autoptr (GError) error = NULL;
  gint64 start;

  query->unit = look->unit;
  query->as_of = g_strdup (as_of);
  start = g_get_monotonic_time ();
  if (look->pyramid)
    count_pyramid (look, query);
  else if (look->sort == NULL)
    must (shequ_store_count (look->store, query, NULL, &error) >= 0, error);
  else
    {
      g_autoptr (GArray) keys = NULL;

      must (shequ_query_sort_by (query, look->sort->name, FALSE, &error), error);
      query->limit = PAGE;
      keys = shequ_store_list_keys (look->store, query, NULL, &error);
      must (keys != NULL, error);
    }
  return (double) (g_get_monotonic_time () - start) / 1000;
}

/* Whether the promise is kept. */
static gboolean
compare (const Look *look, const char *day)
{
  double then = run_once (look, day), now = run_once (look, NULL), ratio;

  for (guint i = 0; i < TURNS; i++)
    {
      then = MIN (then, run_once (look, day));
      now = MIN (now, run_once (look, NULL));
    }
  ratio = MAX (then, LEAST) / MAX (now, LEAST);
  printf ("%s %s %-16s %8.2f ms, today %8.2f ms: %.2f%s\n", day, look->unit != 0 ? "one unit" : "all     ",
          look->pyramid        ? "pyramid"
          : look->sort != NULL ? look->sort->name
                               : "count",
          then, now, ratio, ratio > MOST_RATIO ? "  MISSED" : "");
  fflush (stdout);
  return ratio <= MOST_RATIO;
}

static gboolean
compare_all (ShequStore *store, gint64 unit)
{
  const ShequRegister *reg = shequ_catalogue_lookup (shequ_store_get_catalogue (store), "resident");
  const ShequList *list = shequ_register_get_list (reg, NULL);
  gboolean kept = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      Look look = { store, reg, unit, NULL, FALSE };

      kept = compare (&look, days[i]) && kept;
      look.pyramid = TRUE;
      kept = compare (&look, days[i]) && kept;
      look.pyramid = FALSE;
      for (guint k = 0; k < list->columns->len; k++)
        {
          look.sort = list->columns->pdata[k];
          if (shequ_field_is_stored (look.sort))
            kept = compare (&look, days[i]) && kept;
        }
    }
  return kept;
}

/* The unit with the most residents' neighbours: the last one of the tree is a community. */
static gint64
choose_unit (ShequStore *store)
{
  g_autoptr (GArray) units = list_keys (store, "org_unit");

  return g_array_index (units, gint64, units->len - 1);
}

static char *
copy_database (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  char *copy = g_build_filename (folder, "as-of.db", NULL);
  g_autofree char *wal = g_strconcat (copy, "-wal", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (path);
  g_autoptr (GFile) to = g_file_new_for_path (copy);
  g_autoptr (GError) error = NULL;

  g_unlink (wal);
  must (g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error), error);
  return copy;
}

int
main (int argc, char **argv)
{
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequStore) store = NULL;
  g_autofree char *copy = NULL;
  gboolean kept;

  if (argc != 2)
    g_error ("Usage: %s DATABASE", argv[0]);
  copy = strstr (argv[1], "://") != NULL ? g_strdup (argv[1]) : copy_database (argv[1]);
  store = shequ_store_open (copy, catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
  must (store != NULL, error);
  pass_years (store);
  kept = compare_all (store, 0);
  kept = compare_all (store, choose_unit (store)) && kept;
  g_clear_pointer (&store, shequ_store_unref);
  if (!g_str_equal (copy, argv[1]))
    g_unlink (copy);
  return kept ? 0 : 1;
}
