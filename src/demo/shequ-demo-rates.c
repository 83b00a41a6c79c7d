/*
 * data/demo/key-rates.tsv as weighted tables.
 *
 * A section is either flat (`surname`: each key has a weight) or keyed (`education`: each key, an age band,
 * has a table of its own over the column `sub`). Both views of a section are kept.
 */
#include "shequ-demo-rates.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-data.h"
#include "shequ-error.h"

#define RATES_FILE "demo/key-rates.tsv"
#define FLAT "*"
#define OLDEST 200

struct _ShequDemoTable
{
  GPtrArray *labels;
  GArray *sums; /* of double: weights added up */
};

struct _ShequDemoRates
{
  GHashTable *tables; /* `section/key` and `section/ *` -> ShequDemoTable */
  GHashTable *bands;  /* section -> GPtrArray of its keys */
};

static const char *const sections[] = {
  "age_pyramid",
  "building_floors",
  "compound_surname",
  "dwelling_area_m2",
  "education",
  "employment",
  "estate_kind",
  "estate_name_part",
  "ethnic",
  "given_char",
  "given_first_common",
  "given_length",
  "given_whole_mongolian",
  "has_mobile",
  "household_form",
  "hukou_kind",
  "id_prefix",
  "marital",
  "mobile_prefix",
  "network_fill",
  "political",
  "requests_by_month",
  "residence_status",
  "road_name",
  "rooms_per_floor_and_stairwell",
  "stairwells_per_building",
  "surname",
  "surname_other",
  "tag_rate",
  "yearly_event",
};

ShequDemoTable *
shequ_demo_table_new (void)
{
  ShequDemoTable *table = g_new0 (ShequDemoTable, 1);

  table->labels = g_ptr_array_new_with_free_func (g_free);
  table->sums = g_array_new (FALSE, FALSE, sizeof (double));
  return table;
}

void
shequ_demo_table_free (ShequDemoTable *table)
{
  g_ptr_array_unref (table->labels);
  g_array_unref (table->sums);
  g_free (table);
}

/**
 * shequ_demo_table_add:
 * @table: a table
 * @label: what may be drawn
 * @weight: how often, against the others; not negative
 */
void
shequ_demo_table_add (ShequDemoTable *table, const char *label, double weight)
{
  double sum = weight;

  if (table->sums->len > 0)
    sum += g_array_index (table->sums, double, table->sums->len - 1);
  g_ptr_array_add (table->labels, g_strdup (label));
  g_array_append_val (table->sums, sum);
}

guint
shequ_demo_table_get_length (const ShequDemoTable *table)
{
  return table->labels->len;
}

const char *
shequ_demo_table_get_label (const ShequDemoTable *table, guint place)
{
  return table->labels->pdata[place];
}

double
shequ_demo_table_get_weight (const ShequDemoTable *table, guint place)
{
  double before = place > 0 ? g_array_index (table->sums, double, place - 1) : 0;

  return g_array_index (table->sums, double, place) - before;
}

/**
 * shequ_demo_table_draw:
 * @table: a table that is not empty
 * @random: chance
 *
 * Where no weight is given, all are alike.
 *
 * Returns: (transfer none): a label, drawn by weight
 */
const char *
shequ_demo_table_draw (const ShequDemoTable *table, ShequDemoRandom *random)
{
  double sum = g_array_index (table->sums, double, table->sums->len - 1);
  double drawn = shequ_demo_random_share (random) * sum;
  guint low = 0;
  guint high = table->sums->len - 1;

  if (sum <= 0)
    return table->labels->pdata[shequ_demo_random_below (random, table->labels->len)];
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (table->sums, double, middle) > drawn)
        high = middle;
      else
        low = middle + 1;
    }
  return table->labels->pdata[low];
}

/**
 * shequ_demo_band_parse:
 * @band: `6-14`, `75+` or `5`
 * @low: (out): the first
 * @high: (out): the last
 *
 * Returns: whether it is a band
 */
gboolean
shequ_demo_band_parse (const char *band, int *low, int *high)
{
  char *end;

  *low = (int) g_ascii_strtoull (band, &end, 10);
  *high = *low;
  if (end == band)
    return FALSE;
  if (*end == '+')
    *high = OLDEST;
  else if (*end == '-')
    *high = (int) g_ascii_strtoull (end + 1, NULL, 10);
  return TRUE;
}

static ShequDemoTable *
require_table (ShequDemoRates *rates, const char *section, const char *key)
{
  char *name = g_strdup_printf ("%s/%s", section, key);
  ShequDemoTable *table = g_hash_table_lookup (rates->tables, name);

  if (table == NULL)
    {
      table = shequ_demo_table_new ();
      g_hash_table_insert (rates->tables, name, table);
    }
  else
    g_free (name);
  return table;
}

static gboolean
add_rate (char **cells, guint line, gpointer user_data, GError **error)
{
  ShequDemoRates *rates = user_data;
  const char *section = cells[0], *key = cells[1], *sub = cells[2];
  GPtrArray *bands = g_hash_table_lookup (rates->bands, section);
  double weight = g_ascii_strtod (cells[3], NULL);

  if (bands == NULL)
    {
      bands = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (rates->bands, g_strdup (section), bands);
    }
  if (bands->len == 0 || !g_str_equal (bands->pdata[bands->len - 1], key))
    g_ptr_array_add (bands, g_strdup (key));
  shequ_demo_table_add (require_table (rates, section, FLAT), *key != '\0' ? key : sub, weight);
  shequ_demo_table_add (require_table (rates, section, key), sub, weight);
  return TRUE;
}

/**
 * shequ_demo_rates_new:
 * @error: %SHEQU_ERROR_UNREADABLE when the shipped table lacks a section
 *
 * Returns: (transfer full): the rates
 */
ShequDemoRates *
shequ_demo_rates_new (GError **error)
{
  g_autoptr (ShequDemoRates) rates = g_new0 (ShequDemoRates, 1);

  rates->tables =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) shequ_demo_table_free);
  rates->bands = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  if (!shequ_data_read_table (RATES_FILE, "section key sub value", add_rate, rates, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (!g_hash_table_contains (rates->bands, sections[i]))
      {
        g_set_error (
          error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
          _ ("The example data cannot be made: %s lacks the part “%s”. Install the program again."),
          RATES_FILE, sections[i]);
        return NULL;
      }
  return g_steal_pointer (&rates);
}

void
shequ_demo_rates_free (ShequDemoRates *rates)
{
  g_hash_table_unref (rates->tables);
  g_hash_table_unref (rates->bands);
  g_free (rates);
}

/**
 * shequ_demo_rates_get:
 * @rates: the rates
 * @section: as `surname`
 * @key: (nullable): as `25-34`, or %NULL to draw among the keys of the section
 *
 * Returns: (transfer none) (nullable): the table
 */
const ShequDemoTable *
shequ_demo_rates_get (const ShequDemoRates *rates, const char *section, const char *key)
{
  g_autofree char *name = g_strdup_printf ("%s/%s", section, key != NULL ? key : FLAT);

  return g_hash_table_lookup (rates->tables, name);
}

/**
 * shequ_demo_rates_get_for_age:
 * @rates: the rates
 * @section: one whose keys are age bands
 * @age: in full years
 *
 * Returns: (transfer none) (nullable): the table of the band, %NULL for an age outside of all
 */
const ShequDemoTable *
shequ_demo_rates_get_for_age (const ShequDemoRates *rates, const char *section, int age)
{
  const GPtrArray *bands = g_hash_table_lookup (rates->bands, section);

  for (guint i = 0; bands != NULL && i < bands->len; i++)
    {
      int low, high;

      if (shequ_demo_band_parse (bands->pdata[i], &low, &high) && age >= low && age <= high)
        return shequ_demo_rates_get (rates, section, bands->pdata[i]);
    }
  return NULL;
}

/**
 * shequ_demo_rates_get_value:
 * @rates: the rates
 * @section: as `yearly_event`
 * @key: a key of it
 * @sub: the empty text where there is none
 *
 * Returns: the value as it stands in the table, 0 when there is none
 */
double
shequ_demo_rates_get_value (const ShequDemoRates *rates,
                            const char *section,
                            const char *key,
                            const char *sub)
{
  const ShequDemoTable *table = shequ_demo_rates_get (rates, section, key);

  for (guint i = 0; table != NULL && i < table->labels->len; i++)
    if (g_str_equal (table->labels->pdata[i], sub))
      return shequ_demo_table_get_weight (table, i);
  return 0;
}
