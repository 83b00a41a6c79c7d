/*
 * How many persons of each age and sex are still to be made.
 *
 * Families are built one after the other with ages that fit together; each draw leans towards the ages of
 * which too few were drawn so far, so that all families together have the shape of the age pyramid.
 */
#include "shequ-demo-pyramid.h"

#include "config.h"

#include <math.h>

#define BAND_YEARS 5
#define OPEN_BAND 100

/* What an age keeps that is used up, so that a draw always finds one. */
#define LEAST_WEIGHT 1e-3

struct _ShequDemoPyramid
{
  double share[2][SHEQU_DEMO_AGES]; /* of all persons */
  int wanted[2][SHEQU_DEMO_AGES];
  int left[2][SHEQU_DEMO_AGES];
};

/* Whole persons, who add up to @persons; what is cut off one age is given to the next. */
static void
round_shares (ShequDemoPyramid *pyramid, ShequDemoRandom *random, guint persons, double sum)
{
  double before = shequ_demo_random_share (random);

  for (guint sex = 0; sex < 2; sex++)
    for (int age = 0; age < SHEQU_DEMO_AGES; age++)
      {
        double behind;

        pyramid->share[sex][age] /= sum;
        behind = before + pyramid->share[sex][age] * persons;
        pyramid->wanted[sex][age] = (int) floor (behind) - (int) floor (before);
        pyramid->left[sex][age] = pyramid->wanted[sex][age];
        before = behind;
      }
}

/**
 * shequ_demo_pyramid_new:
 * @rates: the rates
 * @random: chance, for ages of which there is less than one
 * @persons: how many persons will be drawn
 *
 * Returns: (transfer full): the ages of so many persons
 */
ShequDemoPyramid *
shequ_demo_pyramid_new (const ShequDemoRates *rates, ShequDemoRandom *random, guint persons)
{
  ShequDemoPyramid *pyramid = g_new0 (ShequDemoPyramid, 1);
  double sum = 0;

  for (int age = 0; age < SHEQU_DEMO_AGES; age++)
    {
      const ShequDemoTable *band = shequ_demo_rates_get_for_age (rates, "age_pyramid", age);
      double years = age >= OPEN_BAND ? SHEQU_DEMO_AGES - OPEN_BAND : BAND_YEARS;

      for (guint i = 0; band != NULL && i < shequ_demo_table_get_length (band); i++)
        {
          double share = shequ_demo_table_get_weight (band, i) / years;

          pyramid->share[g_str_equal (shequ_demo_table_get_label (band, i), "female")][age] = share;
          sum += share;
        }
    }
  round_shares (pyramid, random, persons, sum);
  return pyramid;
}

void
shequ_demo_pyramid_free (ShequDemoPyramid *pyramid)
{
  g_free (pyramid);
}

static double
weigh (const ShequDemoPyramid *pyramid, guint sex, int age, const double *factors)
{
  double left = MAX (pyramid->left[sex][age], 0);
  double used = pyramid->wanted[sex][age] > 0 ? left / pyramid->wanted[sex][age] : 0;

  return (left * used * used + pyramid->share[sex][age] * LEAST_WEIGHT) *
         (factors != NULL ? factors[age] : 1);
}

/**
 * shequ_demo_pyramid_draw:
 * @pyramid: what is left
 * @random: chance
 * @sexes: who may be drawn
 * @low: the least age, cut to what there is
 * @high: the greatest age, cut to what there is
 * @factors: (nullable) (array fixed-size=106): how much an age is preferred
 * @age: (out): the age in full years
 * @sex: (out): 1 male, 2 female
 *
 * Draws a person and takes it off what is left.
 */
void
shequ_demo_pyramid_draw (ShequDemoPyramid *pyramid,
                         ShequDemoRandom *random,
                         ShequDemoSexes sexes,
                         int low,
                         int high,
                         const double *factors,
                         int *age,
                         guint *sex)
{
  double sum = 0;
  double drawn;

  high = CLAMP (high, 0, SHEQU_DEMO_AGES - 1);
  low = CLAMP (low, 0, high);
  for (guint i = 0; i < 2; i++)
    for (int a = low; (sexes & (1 << i)) && a <= high; a++)
      sum += weigh (pyramid, i, a, factors);
  drawn = shequ_demo_random_share (random) * sum;
  *age = low;
  *sex = sexes & SHEQU_DEMO_MALE ? 1 : 2;
  for (guint i = 0; i < 2; i++)
    for (int a = low; (sexes & (1 << i)) && a <= high && drawn >= 0; a++)
      {
        *age = a;
        *sex = i + 1;
        drawn -= weigh (pyramid, i, a, factors);
      }
  pyramid->left[*sex - 1][*age] -= 1;
}
