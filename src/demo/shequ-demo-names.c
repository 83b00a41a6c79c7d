#include "shequ-demo-names.h"

#include "config.h"

#include <string.h>

#include "shequ-data.h"

#define RATES_FILE "demo/key-rates.tsv"
#define COMMON_FIRST_PER_CENT 22

/* The eras of key-rates.tsv by their last birth year. */
static const struct
{
  const char *name;
  int last_year;
} eras[] = {
  { "b1930_49", 1949 }, { "b1950_69", 1969 },     { "b1970_84", 1984 },
  { "b1985_99", 1999 }, { "b2000_24", G_MAXINT },
};

#define N_ERAS G_N_ELEMENTS (eras)

struct _ShequDemoNames
{
  ShequDemoTable *surnames;
  ShequDemoTable *characters[N_ERAS][2]; /* by era; of men, of women */
  const ShequDemoTable *lengths[N_ERAS];
  const ShequDemoTable *first;
  const ShequDemoTable *mongolian;
};

/* The weights stand as `b1930_49:0.00 b1950_69:1.00 …`; leaning `n` is given to both sexes. */
static void
add_character (ShequDemoNames *names, const char *character, const char *leaning, const char *weights)
{
  for (guint era = 0; era < N_ERAS; era++)
    {
      const char *place = strstr (weights, eras[era].name);
      double weight = place != NULL ? g_ascii_strtod (place + strlen (eras[era].name) + 1, NULL) : 0;

      if (weight > 0 && *leaning != 'f')
        shequ_demo_table_add (names->characters[era][0], character, weight);
      if (weight > 0 && *leaning != 'm')
        shequ_demo_table_add (names->characters[era][1], character, weight);
    }
}

/* The rare surnames stand in the note of their rate, behind a colon. */
static void
add_rare_surnames (ShequDemoNames *names, const char *note, double weight)
{
  const char *colon = strchr (note, ':');
  g_auto (GStrv) rare = g_strsplit (colon != NULL ? colon + 1 : "", " ", -1);
  guint count = 0;

  for (guint i = 0; rare[i] != NULL; i++)
    count += *rare[i] != '\0';
  for (guint i = 0; rare[i] != NULL; i++)
    if (*rare[i] != '\0')
      shequ_demo_table_add (names->surnames, rare[i], weight / count);
}

static gboolean
add_name (char **cells, guint line, gpointer user_data, GError **error)
{
  ShequDemoNames *names = user_data;

  if (g_str_equal (cells[0], "given_char"))
    add_character (names, cells[1], cells[2], cells[3]);
  else if (g_str_equal (cells[0], "surname") || g_str_equal (cells[0], "compound_surname"))
    shequ_demo_table_add (names->surnames, cells[1], g_ascii_strtod (cells[3], NULL));
  else if (g_str_equal (cells[0], "surname_other"))
    add_rare_surnames (names, cells[4], g_ascii_strtod (cells[3], NULL));
  return TRUE;
}

/**
 * shequ_demo_names_new:
 * @rates: the rates; must live as long as the names
 * @error: return location
 *
 * Returns: (transfer full): what names are made of
 */
ShequDemoNames *
shequ_demo_names_new (const ShequDemoRates *rates, GError **error)
{
  g_autoptr (ShequDemoNames) names = g_new0 (ShequDemoNames, 1);

  names->surnames = shequ_demo_table_new ();
  for (guint era = 0; era < N_ERAS; era++)
    {
      names->characters[era][0] = shequ_demo_table_new ();
      names->characters[era][1] = shequ_demo_table_new ();
      names->lengths[era] = shequ_demo_rates_get (rates, "given_length", eras[era].name);
    }
  names->first = shequ_demo_rates_get (rates, "given_first_common", NULL);
  names->mongolian = shequ_demo_rates_get (rates, "given_whole_mongolian", NULL);
  if (!shequ_data_read_table (RATES_FILE, "section key sub value note", add_name, names, error))
    return NULL;
  return g_steal_pointer (&names);
}

void
shequ_demo_names_free (ShequDemoNames *names)
{
  shequ_demo_table_free (names->surnames);
  for (guint era = 0; era < N_ERAS; era++)
    {
      shequ_demo_table_free (names->characters[era][0]);
      shequ_demo_table_free (names->characters[era][1]);
    }
  g_free (names);
}

const char *
shequ_demo_names_draw_surname (const ShequDemoNames *names, ShequDemoRandom *random)
{
  return shequ_demo_table_draw (names->surnames, random);
}

/**
 * shequ_demo_names_draw_mongolian:
 * @names: names
 * @random: chance
 *
 * Returns: (transfer none): the whole name of a Mongol without a surname
 */
const char *
shequ_demo_names_draw_mongolian (const ShequDemoNames *names, ShequDemoRandom *random)
{
  return shequ_demo_table_draw (names->mongolian, random);
}

static guint
find_era (int birth_year)
{
  guint era = 0;

  while (birth_year > eras[era].last_year)
    era++;
  return era;
}

/**
 * shequ_demo_names_write:
 * @names: names
 * @random: chance
 * @surname: the family's
 * @birth_year: tells the fashion
 * @sex: 1 male, 2 female
 * @buffer: (out): of %SHEQU_DEMO_NAME_SIZE
 *
 * Writes a name as parents of that time gave it. A character is not doubled by chance.
 */
void
shequ_demo_names_write (const ShequDemoNames *names,
                        ShequDemoRandom *random,
                        const char *surname,
                        int birth_year,
                        guint sex,
                        char *buffer)
{
  guint era = find_era (birth_year);
  const ShequDemoTable *characters = names->characters[era][sex == 2];
  guint length = (guint) g_ascii_strtoull (shequ_demo_table_draw (names->lengths[era], random), NULL, 10);
  const char *before = "";

  g_strlcpy (buffer, surname, SHEQU_DEMO_NAME_SIZE);
  for (guint i = 0; i < length; i++)
    {
      gboolean common = length == 2 && i == 0 && shequ_demo_random_chance (random, COMMON_FIRST_PER_CENT);
      const char *character = shequ_demo_table_draw (common ? names->first : characters, random);

      if (g_str_equal (character, before))
        character = shequ_demo_table_draw (characters, random);
      g_strlcat (buffer, character, SHEQU_DEMO_NAME_SIZE);
      before = character;
    }
}
