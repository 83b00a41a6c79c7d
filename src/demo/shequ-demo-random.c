#include "shequ-demo-random.h"

#include "config.h"

void
shequ_demo_random_init (ShequDemoRandom *random, guint64 seed)
{
  random->state = seed;
}

/**
 * shequ_demo_random_next:
 * @random: chance
 *
 * Steele, Lea, Flood: Fast splittable pseudorandom number generators (2014).
 *
 * Returns: 64 bits
 */
guint64
shequ_demo_random_next (ShequDemoRandom *random)
{
  guint64 bits = random->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  bits = (bits ^ (bits >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  bits = (bits ^ (bits >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return bits ^ (bits >> 31);
}

/**
 * shequ_demo_random_below:
 * @random: chance
 * @bound: at least 1
 *
 * Returns: a number from 0 to @bound - 1
 */
guint
shequ_demo_random_below (ShequDemoRandom *random, guint bound)
{
  return (guint) (((shequ_demo_random_next (random) >> 32) * bound) >> 32);
}

/**
 * shequ_demo_random_between:
 * @random: chance
 * @low: the least
 * @high: the most, not below @low
 *
 * Returns: a number from @low to @high
 */
int
shequ_demo_random_between (ShequDemoRandom *random, int low, int high)
{
  return low + (int) shequ_demo_random_below (random, (guint) (high - low) + 1);
}

/**
 * shequ_demo_random_share:
 * @random: chance
 *
 * Returns: a number from 0 to below 1
 */
double
shequ_demo_random_share (ShequDemoRandom *random)
{
  return (double) (shequ_demo_random_next (random) >> 11) / (double) (G_GUINT64_CONSTANT (1) << 53);
}

/**
 * shequ_demo_random_chance:
 * @random: chance
 * @per_cent: how often of a hundred times
 *
 * Returns: whether it happens
 */
gboolean
shequ_demo_random_chance (ShequDemoRandom *random, double per_cent)
{
  return shequ_demo_random_share (random) * 100 < per_cent;
}

/**
 * shequ_demo_random_shuffle:
 * @random: chance
 * @items: (array length=count): pointers, brought into another order
 * @count: how many
 */
void
shequ_demo_random_shuffle (ShequDemoRandom *random, gpointer *items, guint count)
{
  for (guint i = count; i > 1; i--)
    {
      guint other = shequ_demo_random_below (random, i);
      gpointer kept = items[i - 1];

      items[i - 1] = items[other];
      items[other] = kept;
    }
}
