#pragma once

#include "shequ-date.h"
#include "shequ-demo-rates.h"

G_BEGIN_DECLS

#define SHEQU_DEMO_PHONE_SIZE 12
#define SHEQU_DEMO_ID_NUMBER_SIZE 19

typedef struct _ShequDemoNumbers ShequDemoNumbers;

ShequDemoNumbers *shequ_demo_numbers_new (const ShequDemoRates *rates, GError **error);
void shequ_demo_numbers_free (ShequDemoNumbers *numbers);
const char *shequ_demo_numbers_draw_region (const ShequDemoNumbers *numbers, ShequDemoRandom *random);
char *shequ_demo_numbers_describe_region (const ShequDemoNumbers *numbers, const char *region);
void shequ_demo_numbers_make_id (ShequDemoNumbers *numbers,
                                 ShequDemoRandom *random,
                                 const char *region,
                                 const ShequDate *birth,
                                 guint sex,
                                 char *buffer);
void shequ_demo_numbers_make_mobile (ShequDemoNumbers *numbers, ShequDemoRandom *random, char *buffer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequDemoNumbers, shequ_demo_numbers_free)

G_END_DECLS
