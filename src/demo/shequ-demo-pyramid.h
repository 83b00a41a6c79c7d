#pragma once

#include "shequ-demo-rates.h"

G_BEGIN_DECLS

#define SHEQU_DEMO_AGES 106

typedef enum
{
  SHEQU_DEMO_MALE = 1 << 0,
  SHEQU_DEMO_FEMALE = 1 << 1,
  SHEQU_DEMO_EITHER = SHEQU_DEMO_MALE | SHEQU_DEMO_FEMALE,
} ShequDemoSexes;

typedef struct _ShequDemoPyramid ShequDemoPyramid;

ShequDemoPyramid *shequ_demo_pyramid_new (const ShequDemoRates *rates,
                                          ShequDemoRandom *random,
                                          guint persons);
void shequ_demo_pyramid_free (ShequDemoPyramid *pyramid);
void shequ_demo_pyramid_draw (ShequDemoPyramid *pyramid,
                              ShequDemoRandom *random,
                              ShequDemoSexes sexes,
                              int low,
                              int high,
                              const double *factors,
                              int *age,
                              guint *sex);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequDemoPyramid, shequ_demo_pyramid_free)

G_END_DECLS
