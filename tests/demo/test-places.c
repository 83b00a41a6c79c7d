/* Made-up places: as many homes as asked, addresses that the address parser reads, days of recurring work. */
#include "shequ-demo-places.h"

#include "config.h"

#include <string.h>

#include "shequ-address.h"
#include "shequ-demo-recurrence.h"

static ShequDemoRates *
load_rates (void)
{
  g_autoptr (GError) error = NULL;
  ShequDemoRates *rates = shequ_demo_rates_new (&error);

  g_assert_no_error (error);
  return rates;
}

static guint
count_homes (const GPtrArray *estates)
{
  guint homes = 0;

  for (guint i = 0; i < estates->len; i++)
    {
      const ShequDemoEstate *estate = estates->pdata[i];

      for (guint k = 0; k < estate->buildings->len; k++)
        {
          const ShequDemoBuilding *building = estate->buildings->pdata[k];

          for (guint n = 0; n < building->dwellings->len; n++)
            homes += g_array_index (building->dwellings, ShequDemoDwelling, n).use == NULL;
        }
    }
  return homes;
}

static void
test_homes (void)
{
  static const guint wanted[] = { 1, 2, 17, 310, 2265 };
  g_autoptr (ShequDemoRates) rates = load_rates ();
  g_autoptr (ShequDemoPlaces) places = shequ_demo_places_new (rates, 3);

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      guint grids;
      g_autoptr (GPtrArray) estates = shequ_demo_places_make_estates (places, wanted[i], &grids);

      g_assert_cmpuint (count_homes (estates), ==, wanted[i]);
      g_assert_cmpuint (grids, ==, MAX (1, (wanted[i] + 155) / 310));
    }
}

/* In houses of several storeys the parts of an address are those of the dwelling. */
static void
check_address (const char *address, const ShequDemoDwelling *dwelling)
{
  g_auto (ShequAddress) parts = { 0 };
  g_autofree char *stairwell = g_strdup_printf ("%u", dwelling->stairwell);

  if (dwelling->stairwell == 0)
    return;
  shequ_address_parse (address, &parts);
  g_assert_cmpstr (parts.rest, ==, NULL);
  g_assert_cmpstr (parts.stairwell, ==, stairwell);
  g_assert_cmpstr (parts.room, ==, dwelling->room);
  g_assert_cmpint (shequ_address_floor_of_room (parts.room), ==, dwelling->floor);
}

static void
test_addresses (void)
{
  g_autoptr (ShequDemoRates) rates = load_rates ();
  g_autoptr (ShequDemoPlaces) places = shequ_demo_places_new (rates, 3);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint grids;
  g_autoptr (GPtrArray) estates = shequ_demo_places_make_estates (places, 6000, &grids);

  for (guint i = 0; i < estates->len; i++)
    {
      const ShequDemoEstate *estate = estates->pdata[i];

      for (guint k = 0; k < estate->buildings->len; k++)
        {
          const ShequDemoBuilding *building = estate->buildings->pdata[k];

          g_assert_cmpuint (building->grid, <, grids);
          for (guint n = 0; n < building->dwellings->len; n++)
            {
              const ShequDemoDwelling *dwelling = &g_array_index (building->dwellings, ShequDemoDwelling, n);
              char *address = shequ_demo_dwelling_format_address (dwelling, building, estate);

              check_address (address, dwelling);
              g_assert_true (g_hash_table_add (seen, address));
            }
        }
    }
}

static void
test_recurrence (void)
{
  static const struct
  {
    const char *rule;
    ShequDate day;
    gboolean expected;
  } cases[] = {
    { "FREQ=WEEKLY;BYDAY=MO,WE,FR", { 2026, 11, 23 }, TRUE },
    { "FREQ=WEEKLY;BYDAY=MO,WE,FR", { 2026, 11, 24 }, FALSE },
    { "FREQ=MONTHLY;BYDAY=-1SA", { 2026, 11, 28 }, TRUE },
    { "FREQ=MONTHLY;BYDAY=-1SA", { 2026, 11, 21 }, FALSE },
    { "FREQ=MONTHLY;BYDAY=2SA", { 2026, 11, 14 }, TRUE },
    { "FREQ=MONTHLY;BYDAY=1TU", { 2026, 11, 10 }, FALSE },
    { "FREQ=MONTHLY;BYMONTHDAY=5,20", { 2026, 11, 20 }, TRUE },
    { "FREQ=MONTHLY;INTERVAL=3;BYDAY=1SU", { 2026, 10, 4 }, TRUE },
    { "FREQ=MONTHLY;INTERVAL=3;BYDAY=1SU", { 2026, 11, 1 }, FALSE },
    { "FREQ=DAILY;BYMONTH=5,6,7,8,9,10", { 2026, 5, 3 }, TRUE },
    { "FREQ=DAILY;BYMONTH=5,6,7,8,9,10", { 2026, 11, 3 }, FALSE },
    { "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1", { 2026, 6, 1 }, TRUE },
    { "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1", { 2026, 6, 2 }, FALSE },
    { "", { 2026, 6, 2 }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s on %d-%d", cases[i].rule, cases[i].day.month, cases[i].day.day);
      g_assert_true (shequ_demo_recurrence_matches (cases[i].rule, &cases[i].day) == cases[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/places/homes", test_homes);
  g_test_add_func ("/demo/places/addresses", test_addresses);
  g_test_add_func ("/demo/places/recurrence", test_recurrence);
  return g_test_run ();
}
