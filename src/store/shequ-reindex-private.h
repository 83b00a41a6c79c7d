#pragma once

#include "shequ-store-private.h"

G_BEGIN_DECLS

/*
 * The search index of a register made anew beside the old one, which serves others until then. Every some
 * ten thousand records what is done is safe on the disk, so that a rebuild that was given up, or cut off,
 * goes on from there at the next opening.
 */

/* Registers with fewer records are indexed with the tables. */
#define SHEQU_REINDEX_LEAST 10000

gboolean shequ_reindex_run (ShequStore *store,
                            ShequConnection *connection,
                            const GPtrArray *registers,
                            GError **error);
gboolean shequ_reindex_count (ShequConnection *connection,
                              const ShequRegister *reg,
                              gint64 *count,
                              GError **error);

G_END_DECLS
