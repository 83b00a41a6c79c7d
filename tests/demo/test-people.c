/* Made-up people: as many as asked, of an age and family that can be, with numbers that are right. */
#include "shequ-demo-people.h"

#include "config.h"

#include <string.h>

#include "shequ-id-number.h"

#define TODAY "2026-11-22"
#define HOUSEHOLDS 2300
#define PERSONS 5800

typedef struct
{
  ShequDemoRates *rates;
  GPtrArray *households;
} Fixture;

static GPtrArray *
make (const ShequDemoRates *rates, guint64 seed, guint households, guint persons)
{
  ShequDate today = { 2026, 11, 22 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequDemoPeople) people = shequ_demo_people_new (rates, seed, &today, &error);

  g_assert_no_error (error);
  return shequ_demo_people_make_households (people, households, persons);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->rates = shequ_demo_rates_new (&error);
  g_assert_no_error (error);
  fixture->households = make (fixture->rates, 1, HOUSEHOLDS, PERSONS);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->households);
  shequ_demo_rates_free (fixture->rates);
}

static guint
count_persons (const GPtrArray *households)
{
  guint count = 0;

  for (guint i = 0; i < households->len; i++)
    count += ((ShequDemoHousehold *) households->pdata[i])->persons->len;
  return count;
}

typedef void (*PersonFunc) (const ShequDemoHousehold *household,
                            const ShequDemoPerson *person,
                            gpointer data);

static void
visit (const GPtrArray *households, PersonFunc function, gpointer data)
{
  for (guint i = 0; i < households->len; i++)
    {
      const ShequDemoHousehold *household = households->pdata[i];

      for (guint k = 0; k < household->persons->len; k++)
        function (household, &g_array_index (household->persons, ShequDemoPerson, k), data);
    }
}

static void
test_counts (Fixture *fixture, gconstpointer data)
{
  static const guint sizes[][2] = { { 1, 1 }, { 1, 8 }, { 3, 3 }, { 4, 11 }, { 40, 320 }, { 117, 300 } };

  g_assert_cmpuint (fixture->households->len, ==, HOUSEHOLDS);
  g_assert_cmpuint (count_persons (fixture->households), ==, PERSONS);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GPtrArray) households = make (fixture->rates, i, sizes[i][0], sizes[i][1]);

      g_assert_cmpuint (households->len, ==, sizes[i][0]);
      g_assert_cmpuint (count_persons (households), ==, sizes[i][1]);
    }
}

static void
add_text (const ShequDemoHousehold *household, const ShequDemoPerson *person, gpointer data)
{
  g_string_append_printf (data, "%s %s %s %s %s %s %s\n", person->name, person->id_number, person->phone,
                          person->relation, person->status,
                          person->education != NULL ? person->education : "",
                          person->hukou_address != NULL ? person->hukou_address : "");
}

static char *
digest (const GPtrArray *households)
{
  g_autoptr (GString) text = g_string_new (NULL);

  visit (households, add_text, text);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, -1);
}

static void
test_repeatable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) again = make (fixture->rates, 1, HOUSEHOLDS, PERSONS);
  g_autoptr (GPtrArray) other = make (fixture->rates, 2, HOUSEHOLDS, PERSONS);
  g_autofree char *first = digest (fixture->households);
  g_autofree char *second = digest (again);
  g_autofree char *third = digest (other);

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, third);
}

static void
count_age (const ShequDemoHousehold *household, const ShequDemoPerson *person, gpointer data)
{
  guint (*counts)[SHEQU_DEMO_AGES] = data;

  counts[person->sex == 2][person->age]++;
}

/* Within 12 persons or a tenth of each band of five years: chance of a drawing alone would be more. */
static void
test_pyramid (Fixture *fixture, gconstpointer data)
{
  static const char *const sexes[] = { "male", "female" };
  guint counts[2][SHEQU_DEMO_AGES] = { 0 };

  visit (fixture->households, count_age, counts);
  for (int low = 0; low < 100; low += 5)
    for (guint sex = 0; sex < 2; sex++)
      {
        g_autofree char *band = g_strdup_printf ("%d-%d", low, low + 4);
        double wanted =
          shequ_demo_rates_get_value (fixture->rates, "age_pyramid", band, sexes[sex]) * PERSONS / 10000;
        double found = 0;

        g_assert_cmpfloat (wanted, >, 0);
        for (int age = low; age < low + 5; age++)
          found += counts[sex][age];
        g_test_message ("%s %s: %.0f of %.1f", band, sexes[sex], found, wanted);
        g_assert_cmpfloat (ABS (found - wanted), <=, MAX (12, wanted / 10));
      }
}

static void
check_number (const ShequDemoHousehold *household, const ShequDemoPerson *person, gpointer data)
{
  GHashTable *seen = data;
  g_autoptr (GError) error = NULL;
  ShequIdNumber number;

  shequ_id_number_parse (person->id_number, TODAY, &number, &error);
  g_assert_no_error (error);
  g_assert_cmpint (number.notes, ==, SHEQU_ID_NUMBER_NO_NOTES);
  g_assert_cmpstr (number.birth_date, ==, person->birth_date);
  g_assert_cmpuint (number.sex, ==, person->sex);
  g_assert_true (g_hash_table_add (seen, (gpointer) person->id_number));
  if (*person->phone != '\0')
    {
      g_assert_cmpuint (strlen (person->phone), ==, 11);
      g_assert_true (g_str_has_prefix (person->phone + 3, "0000"));
      g_assert_true (g_hash_table_add (seen, (gpointer) person->phone));
    }
}

static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  visit (fixture->households, check_number, seen);
  g_assert_cmpuint (g_hash_table_size (seen), >, PERSONS * 3 / 2);
}

static void
check_parents (const ShequDemoHousehold *household, const ShequDemoPerson *person, gpointer data)
{
  guint *children = data;

  for (guint i = 0; i < 2; i++)
    if (person->parents[i] >= 0)
      {
        const ShequDemoPerson *parent =
          &g_array_index (household->persons, ShequDemoPerson, person->parents[i]);
        ShequDate born, parent_born;

        g_assert_true (shequ_date_from_iso (person->birth_date, &born));
        g_assert_true (shequ_date_from_iso (parent->birth_date, &parent_born));
        g_assert_cmpint (shequ_date_years_between (&parent_born, &born), >=, 20);
        g_assert_cmpint (shequ_date_years_between (&parent_born, &born), <=, 40);
        (*children)++;
      }
}

static void
test_parents (Fixture *fixture, gconstpointer data)
{
  guint children = 0;

  visit (fixture->households, check_parents, &children);
  g_assert_cmpuint (children, >, PERSONS / 4);
}

static gboolean
is_spouse (const ShequDemoPerson *person)
{
  return g_str_equal (person->relation, "11") || g_str_equal (person->relation, "12");
}

static void
check_household (const ShequDemoHousehold *household)
{
  const ShequDemoPerson *head = &g_array_index (household->persons, ShequDemoPerson, 0);
  guint heads = 0, spouses = 0;

  for (guint i = 0; i < household->persons->len; i++)
    {
      const ShequDemoPerson *person = &g_array_index (household->persons, ShequDemoPerson, i);

      g_assert_cmpstr (person->relation, !=, "");
      g_assert_cmpint (g_utf8_strlen (person->name, -1), >=, 2);
      heads += g_str_equal (person->relation, "02");
      if (!is_spouse (person))
        continue;
      spouses++;
      g_assert_cmpuint (person->sex, !=, head->sex);
      g_assert_cmpint (ABS (person->age - head->age), <=, 8);
      g_assert_true (g_str_has_prefix (person->marital, "2"));
    }
  g_assert_cmpuint (heads, ==, 1);
  g_assert_cmpstr (head->relation, ==, "02");
  g_assert_cmpint (head->age, >=, 18);
  g_assert_cmpuint (spouses, <=, 1);
}

static void
test_households (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < fixture->households->len; i++)
    check_household (fixture->households->pdata[i]);
}

static void
check_life (const ShequDemoHousehold *household, const ShequDemoPerson *person, gpointer data)
{
  if (person->age < 18)
    {
      g_assert_cmpstr (person->marital, ==, "10");
      g_assert_cmpstr (person->political, !=, "01");
      g_assert_true (person->employment == NULL || g_str_equal (person->employment, "31"));
    }
  if (person->age < 6)
    g_assert_null (person->education);
  g_assert_true (shequ_demo_status_is_registered (person->status) == (person->hukou_type != NULL));
}

static void
test_lives (Fixture *fixture, gconstpointer data)
{
  visit (fixture->households, check_life, NULL);
}

#define ADD(name, function) g_test_add ("/demo/people/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("counts", test_counts);
  ADD ("repeatable", test_repeatable);
  ADD ("pyramid", test_pyramid);
  ADD ("numbers", test_numbers);
  ADD ("parents", test_parents);
  ADD ("households", test_households);
  ADD ("lives", test_lives);
  return g_test_run ();
}
