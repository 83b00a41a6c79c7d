#pragma once

#include "shequ-store.h"

G_BEGIN_DECLS

/**
 * ShequFinder:
 *
 * Searches in one list whose keys and order are known: what a search finds is a set of keys, and the list
 * itself says in which order they stand. It holds what the list was when it was made; make another one after
 * a change. Any thread may use it, several at once.
 */
typedef struct _ShequFinder ShequFinder;

ShequFinder *shequ_finder_new (ShequStore *store,
                               const ShequQuery *query,
                               GArray *keys,
                               GCancellable *cancellable,
                               GError **error);
ShequFinder *shequ_finder_ref (ShequFinder *finder);
void shequ_finder_unref (ShequFinder *finder);
GArray *shequ_finder_get_keys (ShequFinder *finder);
GArray *shequ_finder_search (ShequFinder *finder,
                             const char *typed,
                             GCancellable *cancellable,
                             GError **error);
GArray *shequ_finder_search_best (ShequFinder *finder,
                                  const char *typed,
                                  guint limit,
                                  GCancellable *cancellable,
                                  GError **error);
gboolean shequ_finder_warm (ShequFinder *finder, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequFinder, shequ_finder_unref)

G_END_DECLS
