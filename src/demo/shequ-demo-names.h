#pragma once

#include "shequ-demo-rates.h"

G_BEGIN_DECLS

#define SHEQU_DEMO_NAME_SIZE 40

typedef struct _ShequDemoNames ShequDemoNames;

ShequDemoNames *shequ_demo_names_new (const ShequDemoRates *rates, GError **error);
void shequ_demo_names_free (ShequDemoNames *names);
const char *shequ_demo_names_draw_surname (const ShequDemoNames *names, ShequDemoRandom *random);
const char *shequ_demo_names_draw_mongolian (const ShequDemoNames *names, ShequDemoRandom *random);
void shequ_demo_names_write (const ShequDemoNames *names,
                             ShequDemoRandom *random,
                             const char *surname,
                             int birth_year,
                             guint sex,
                             char *buffer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequDemoNames, shequ_demo_names_free)

G_END_DECLS
