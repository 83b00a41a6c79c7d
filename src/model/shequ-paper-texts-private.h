#pragma once

#include "shequ-store.h"

G_BEGIN_DECLS

/* The words of papers by key, from data/rules/paper-texts.tsv: paper is in Chinese, whatever the program
 * speaks. */
GHashTable *shequ_paper_texts_load (GError **error);
char *shequ_paper_texts_expand (GHashTable *texts, const char *key, const char *const *values);

/* The next number of a kind of paper, as `社证字〔2026〕第0001号`: a prefix, the year and a serial number of
 * the series; a transaction that fails gives it back. */
char *shequ_paper_texts_take_number (ShequTransaction *transaction,
                                     const char *kind,
                                     const char *unit_name,
                                     const char *series,
                                     const char *year,
                                     GError **error);

G_END_DECLS
