/* How much of everything there is at which scale. */
#include "shequ-demo-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"

#define MOST_RESIDENTS 5000000
#define MOST_COMMUNITIES 39
#define COMMUNITY_RESIDENTS 5826.4 /* of the district, on average */

static const ShequDemoSize community = { 1, 1, 2300, 5800, 90, 5 };
static const ShequDemoSize street = { 1, 6, 13600, 35000, 300, 16 };
static const ShequDemoSize district = { 7, 39, 88341, 227231, 1200, 64 };
static const ShequDemoSize city = { 7, 39, 883410, 2272310, 1200, 64 };

/**
 * shequ_demo_options_set_scale:
 * @options: gets the scale
 * @text: `community`, `street`, `district`, `city` or a number of residents
 * @error: %SHEQU_ERROR_ARGUMENT when it is none of these
 *
 * Returns: whether it was understood
 */
gboolean
shequ_demo_options_set_scale (ShequDemoOptions *options, const char *text, GError **error)
{
  static const char *const names[] = { "community", "street", "district", "city" };
  guint64 residents;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (text, names[i]) == 0)
      {
        options->scale = (ShequDemoScale) i;
        return TRUE;
      }
  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 1, MOST_RESIDENTS, &residents, NULL))
    {
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
        _ ("“%s” is no scale of example data. Nothing was made. Write community, street, district, "
           "city or a number of residents from 1 to %d."),
        text != NULL ? text : "", MOST_RESIDENTS);
      return FALSE;
    }
  options->scale = SHEQU_DEMO_RESIDENTS;
  options->residents = (guint) residents;
  return TRUE;
}

static guint
interpolate (guint place, guint low, guint low_value, guint high, guint high_value)
{
  return low_value + (high_value - low_value) * (place - low) / (high - low);
}

static void
set_volunteers (ShequDemoSize *size)
{
  guint place = size->communities;

  if (place == 1)
    {
      size->volunteers =
        CLAMP (community.volunteers * size->residents / community.residents, 1, size->residents);
      size->teams = CLAMP (size->volunteers / 18, 1, community.teams);
    }
  else
    {
      const ShequDemoSize *low = place <= street.communities ? &community : &street;
      const ShequDemoSize *high = place <= street.communities ? &street : &district;

      size->volunteers =
        interpolate (place, low->communities, low->volunteers, high->communities, high->volunteers);
      size->teams = interpolate (place, low->communities, low->teams, high->communities, high->teams);
    }
}

/**
 * shequ_demo_size_init:
 * @size: (out): how much
 * @options: at which scale
 *
 * Between the three smaller scales numbers lie where the line between those lies.
 */
void
shequ_demo_size_init (ShequDemoSize *size, const ShequDemoOptions *options)
{
  static const ShequDemoSize *const sizes[] = { &community, &street, &district, &city };
  double share = (double) options->residents / COMMUNITY_RESIDENTS;

  if (options->scale != SHEQU_DEMO_RESIDENTS)
    {
      *size = *sizes[options->scale];
      return;
    }
  size->residents = MAX (options->residents, 1);
  size->communities = CLAMP ((guint) (share + 0.5), 1, MOST_COMMUNITIES);
  size->streets = size->communities <= street.communities ? 1 : 7;
  size->households =
    MAX (1, (guint) ((double) size->residents * district.households / district.residents + 0.5));
  set_volunteers (size);
}
