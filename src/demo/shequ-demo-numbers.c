/* Numbers of persons and phones that nobody else in the same data has. */
#include "shequ-demo-numbers.h"

#include "config.h"

#include <string.h>

#include "shequ-data.h"
#include "shequ-id-number.h"

#define N_PREFIXES 100 /* 100 to 199 */
#define NUMBERS_PER_BLOCK 10000
#define STRIDE 7919 /* a prime: steps through all four digits before one comes again */

typedef struct
{
  char *name;
  char *parent;
} Region;

struct _ShequDemoNumbers
{
  const ShequDemoTable *regions;
  const ShequDemoTable *prefixes;
  GPtrArray *others;  /* codes of counties in the provinces around */
  GHashTable *places; /* code -> Region */
  GHashTable *taken;  /* of gint64: ID numbers but for their last place */
  guint used[N_PREFIXES];
};

static void
region_free (gpointer data)
{
  Region *region = data;

  g_free (region->name);
  g_free (region->parent);
  g_free (region);
}

static gboolean
is_near (const char *code)
{
  static const char *const provinces[] = { "13", "15", "21", "22", "23", "37", "41" };

  for (guint i = 0; i < G_N_ELEMENTS (provinces); i++)
    if (g_str_has_prefix (code, provinces[i]))
      return TRUE;
  return FALSE;
}

static gboolean
add_region (char **cells, guint line, gpointer user_data, GError **error)
{
  ShequDemoNumbers *numbers = user_data;
  Region *region = g_new0 (Region, 1);

  region->name = g_strdup (cells[1]);
  region->parent = g_strdup (cells[3]);
  g_hash_table_insert (numbers->places, g_strdup (cells[0]), region);
  if (g_str_equal (cells[2], "county") && g_str_equal (cells[4], "in_force") && is_near (cells[0]))
    g_ptr_array_add (numbers->others, g_strdup (cells[0]));
  return TRUE;
}

/**
 * shequ_demo_numbers_new:
 * @rates: the rates; must live as long as the numbers
 * @error: return location
 *
 * Returns: (transfer full): a source of numbers that have not been given yet
 */
ShequDemoNumbers *
shequ_demo_numbers_new (const ShequDemoRates *rates, GError **error)
{
  g_autoptr (ShequDemoNumbers) numbers = g_new0 (ShequDemoNumbers, 1);

  numbers->regions = shequ_demo_rates_get (rates, "id_prefix", NULL);
  numbers->prefixes = shequ_demo_rates_get (rates, "mobile_prefix", NULL);
  numbers->others = g_ptr_array_new_with_free_func (g_free);
  numbers->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, region_free);
  numbers->taken = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  if (!shequ_data_read_table ("codes/gbt2260.tsv", "code name level parent_code status", add_region, numbers,
                              error))
    return NULL;
  return g_steal_pointer (&numbers);
}

void
shequ_demo_numbers_free (ShequDemoNumbers *numbers)
{
  g_ptr_array_unref (numbers->others);
  g_hash_table_unref (numbers->places);
  g_hash_table_unref (numbers->taken);
  g_free (numbers);
}

/**
 * shequ_demo_numbers_draw_region:
 * @numbers: numbers
 * @random: chance
 *
 * Returns: (transfer none): the code of a county where people of the district come from
 */
const char *
shequ_demo_numbers_draw_region (const ShequDemoNumbers *numbers, ShequDemoRandom *random)
{
  const char *region = shequ_demo_table_draw (numbers->regions, random);

  if (!g_str_equal (region, "other"))
    return region;
  return numbers->others->pdata[shequ_demo_random_below (random, numbers->others->len)];
}

/**
 * shequ_demo_numbers_describe_region:
 * @numbers: numbers
 * @region: the code of a county
 *
 * Returns: (transfer full): as `吉林省白城市洮北区`; empty for an unknown code
 */
char *
shequ_demo_numbers_describe_region (const ShequDemoNumbers *numbers, const char *region)
{
  const Region *place = g_hash_table_lookup (numbers->places, region);
  g_autofree char *before = NULL;

  if (place == NULL)
    return g_strdup ("");
  before = shequ_demo_numbers_describe_region (numbers, place->parent);
  return g_strconcat (before, place->name, NULL);
}

/* Places 15 to 17: odd for men, even for women. */
static guint
draw_order (ShequDemoRandom *random, guint sex)
{
  guint half = shequ_demo_random_below (random, 499);

  return sex == 1 ? half * 2 + 1 : half * 2 + 2;
}

/**
 * shequ_demo_numbers_make_id:
 * @numbers: numbers
 * @random: chance
 * @region: six digits
 * @birth: the birth date
 * @sex: 1 male, 2 female
 * @buffer: (out): of %SHEQU_DEMO_ID_NUMBER_SIZE
 *
 * Writes a valid ID number (GB 11643) that was not given before, and not one that looks cut by a
 * spreadsheet.
 */
void
shequ_demo_numbers_make_id (ShequDemoNumbers *numbers,
                            ShequDemoRandom *random,
                            const char *region,
                            const ShequDate *birth,
                            guint sex,
                            char *buffer)
{
  gint64 *key = g_new (gint64, 1);

  do
    {
      g_snprintf (buffer, SHEQU_DEMO_ID_NUMBER_SIZE, "%.6s%04d%02d%02d%03u", region, birth->year,
                  birth->month, birth->day, draw_order (random, sex));
      buffer[17] = shequ_id_number_check_digit (buffer);
      buffer[18] = '\0';
      *key = g_ascii_strtoll (buffer, NULL, 10);
      if (buffer[17] == 'X')
        *key *= 10;
    }
  while (g_str_has_suffix (buffer, "000") || g_hash_table_contains (numbers->taken, key));
  g_hash_table_add (numbers->taken, key);
}

/* A group stands as `130-139` or `166,170-178`; all prefixes in it are alike. */
static guint
draw_prefix (const char *group, ShequDemoRandom *random)
{
  g_auto (GStrv) parts = g_strsplit (group, ",", -1);
  guint found[N_PREFIXES] = { 0 };
  guint count = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      int low, high;

      if (!shequ_demo_band_parse (parts[i], &low, &high))
        continue;
      for (int prefix = low; prefix <= high && count < N_PREFIXES; prefix++)
        found[count++] = (guint) prefix;
    }
  return found[shequ_demo_random_below (random, MAX (count, 1))];
}

/**
 * shequ_demo_numbers_make_mobile:
 * @numbers: numbers
 * @random: chance
 * @buffer: (out): of %SHEQU_DEMO_PHONE_SIZE
 *
 * Writes a mobile number that was not given before. The middle block is 0000 (then 0001 and so on), which
 * no operator gives, so that nobody real is called.
 */
void
shequ_demo_numbers_make_mobile (ShequDemoNumbers *numbers, ShequDemoRandom *random, char *buffer)
{
  guint prefix = draw_prefix (shequ_demo_table_draw (numbers->prefixes, random), random);
  guint count = numbers->used[prefix % N_PREFIXES]++;
  guint tail = (guint) (((guint64) count * STRIDE + prefix * 37) % NUMBERS_PER_BLOCK);

  g_snprintf (buffer, SHEQU_DEMO_PHONE_SIZE, "%03u%04u%04u", prefix % 1000, count / NUMBERS_PER_BLOCK % 10000,
              tail);
}
