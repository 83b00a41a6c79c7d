#pragma once

#include "shequ-store.h"

G_BEGIN_DECLS

/**
 * ShequDemoScale:
 * @SHEQU_DEMO_COMMUNITY: one community of 2,300 households and 5,800 residents
 * @SHEQU_DEMO_STREET: a street of 6 communities, 13,600 households and 35,000 residents
 * @SHEQU_DEMO_DISTRICT: a district of 7 streets, 39 communities, 88,341 households and 227,231 residents
 * @SHEQU_DEMO_CITY: the communities of the district with ten times its people, for measuring: 883,410
 * households and 2,272,310 residents
 * @SHEQU_DEMO_RESIDENTS: as many residents as are asked for, in as many communities as they need
 */
typedef enum
{
  SHEQU_DEMO_COMMUNITY,
  SHEQU_DEMO_STREET,
  SHEQU_DEMO_DISTRICT,
  SHEQU_DEMO_CITY,
  SHEQU_DEMO_RESIDENTS,
} ShequDemoScale;

/**
 * ShequDemoOptions:
 * @scale: how much
 * @residents: how many, for %SHEQU_DEMO_RESIDENTS
 * @seed: what all chance follows from
 * @today: the day it is, `2026-11-22`; work ends the day before, rosters two weeks after
 * @user: whom the change log names
 * @workstation: where that was
 */
typedef struct
{
  ShequDemoScale scale;
  guint residents;
  guint64 seed;
  const char *today;
  const char *user;
  const char *workstation;
} ShequDemoOptions;

/* How far it is; called from the thread of the filling, about once per thousand records. */
typedef void (*ShequDemoProgress) (guint done, guint total, gpointer user_data);

gboolean shequ_demo_options_set_scale (ShequDemoOptions *options, const char *text, GError **error);
gboolean shequ_demo_fill (ShequStore *store,
                          const ShequDemoOptions *options,
                          ShequDemoProgress progress,
                          gpointer user_data,
                          GCancellable *cancellable,
                          GError **error);

G_END_DECLS
