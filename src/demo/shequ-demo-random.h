#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShequDemoRandom:
 *
 * Chance that is the same on every machine and with every version of GLib: splitmix64.
 */
typedef struct
{
  guint64 state;
} ShequDemoRandom;

void shequ_demo_random_init (ShequDemoRandom *random, guint64 seed);
guint64 shequ_demo_random_next (ShequDemoRandom *random);
guint shequ_demo_random_below (ShequDemoRandom *random, guint bound);
int shequ_demo_random_between (ShequDemoRandom *random, int low, int high);
double shequ_demo_random_share (ShequDemoRandom *random);
gboolean shequ_demo_random_chance (ShequDemoRandom *random, double per_cent);
void shequ_demo_random_shuffle (ShequDemoRandom *random, gpointer *items, guint count);

G_END_DECLS
