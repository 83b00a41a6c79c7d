#pragma once

#include "shequ-demo-random.h"

G_BEGIN_DECLS

typedef struct _ShequDemoRates ShequDemoRates;
typedef struct _ShequDemoTable ShequDemoTable;

ShequDemoRates *shequ_demo_rates_new (GError **error);
void shequ_demo_rates_free (ShequDemoRates *rates);
const ShequDemoTable *shequ_demo_rates_get (const ShequDemoRates *rates,
                                            const char *section,
                                            const char *key);
const ShequDemoTable *shequ_demo_rates_get_for_age (const ShequDemoRates *rates,
                                                    const char *section,
                                                    int age);
double shequ_demo_rates_get_value (const ShequDemoRates *rates,
                                   const char *section,
                                   const char *key,
                                   const char *sub);
gboolean shequ_demo_band_parse (const char *band, int *low, int *high);

ShequDemoTable *shequ_demo_table_new (void);
void shequ_demo_table_add (ShequDemoTable *table, const char *label, double weight);
void shequ_demo_table_free (ShequDemoTable *table);
guint shequ_demo_table_get_length (const ShequDemoTable *table);
const char *shequ_demo_table_get_label (const ShequDemoTable *table, guint place);
double shequ_demo_table_get_weight (const ShequDemoTable *table, guint place);
const char *shequ_demo_table_draw (const ShequDemoTable *table, ShequDemoRandom *random);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequDemoRates, shequ_demo_rates_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequDemoTable, shequ_demo_table_free)

G_END_DECLS
