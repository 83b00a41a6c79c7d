#pragma once

#include "shequ-store-private.h"

G_BEGIN_DECLS

/*
 * The dated versions of records whose register says `History=`. The table of the register holds the present
 * version and from when it holds; those before stand in `register_history`, each from a day up to, not
 * including, another. Days are civil days; none lies after the day of the transaction, `today` below.
 */

/* From when the version holds that a new record begins with; sets `valid_from` of the row. */
gboolean shequ_versions_begin (ShequRow *row, const char *today, GError **error);

/* Before a changed row is written: keeps what held before, and sets `valid_from` of the row. A change that
 * holds from a day before the present version may leave the present values as they are. */
gboolean shequ_versions_change (ShequStore *store,
                                const ShequRow *old,
                                ShequRow *row,
                                const char *today,
                                GError **error);

/* After it was written: what has no versions is the same in all. */
gboolean shequ_versions_follow (ShequStore *store, const ShequRow *old, const ShequRow *row, GError **error);

/* When a record is deleted, and when that is taken back. */
gboolean shequ_versions_end (ShequStore *store, const ShequRow *row, const char *today, GError **error);
gboolean shequ_versions_reopen (ShequStore *store, ShequRow *row, GError **error);

G_END_DECLS
