#pragma once

#include "shequ-demo-private.h"

G_BEGIN_DECLS

/**
 * ShequDemoJob:
 * @day: as shequ_date_to_days() counts
 * @minutes: how long it took
 * @item: its place among the items
 * @worker: the place of who did it among the workers
 */
typedef struct
{
  int day;
  int minutes;
  guint item;
  guint worker;
} ShequDemoJob;

GArray *shequ_demo_schedule_make (const GPtrArray *items,
                                  const ShequWorkdays *workdays,
                                  const ShequDemoRates *rates,
                                  ShequDemoRandom *random,
                                  guint workers,
                                  const ShequDate *from,
                                  const ShequDate *to);

G_END_DECLS
