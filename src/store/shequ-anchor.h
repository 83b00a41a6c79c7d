#pragma once

#include "shequ-store.h"

G_BEGIN_DECLS

/*
 * A second file that says where the change log stood, and with which digest: one line each time, `moment
 * number digest`. It lies where who changes the database cannot reach: who makes all digests anew is found by
 * it.
 */
char *shequ_anchor_get_path (ShequStore *store, const char *folder);
gboolean shequ_anchor_write (ShequStore *store,
                             const char *path,
                             const char *moment,
                             GCancellable *cancellable,
                             GError **error);
gboolean shequ_anchor_check (ShequStore *store,
                             const char *path,
                             GPtrArray *problems,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
