#pragma once

#include "shequ-store.h"

G_BEGIN_DECLS

/**
 * ShequFinder:
 *
 * Searches in one list whose keys and order are known: what a search finds is a set of keys, and the list
 * itself says in which order they stand. It holds what the list was when it was made; after a change,
 * shequ_finder_follow() makes another one of it. Any thread may use it, several at once.
 */
typedef struct _ShequFinder ShequFinder;

/**
 * ShequTermSets:
 *
 * What finders of one register share, in whatever order their lists are: which records hold a term.
 */
typedef struct _ShequTermSets ShequTermSets;

ShequFinder *shequ_finder_new (ShequStore *store,
                               const ShequQuery *query,
                               GArray *keys,
                               gint64 entry,
                               ShequTermSets *sets,
                               GCancellable *cancellable,
                               GError **error);
gint64 shequ_finder_get_last_entry (ShequStore *store, GCancellable *cancellable, GError **error);
ShequFinder *shequ_finder_ref (ShequFinder *finder);
void shequ_finder_unref (ShequFinder *finder);
GArray *shequ_finder_get_keys (ShequFinder *finder);
ShequTermSets *shequ_finder_get_sets (ShequFinder *finder);
guint64 shequ_finder_count_read (ShequFinder *finder);
GArray *shequ_finder_search (ShequFinder *finder,
                             const char *typed,
                             guint limit,
                             gboolean *complete,
                             GCancellable *cancellable,
                             GError **error);
GArray *shequ_finder_search_best (ShequFinder *finder,
                                  const char *typed,
                                  guint limit,
                                  GCancellable *cancellable,
                                  GError **error);
gboolean shequ_finder_warm (ShequFinder *finder, GCancellable *cancellable, GError **error);
ShequFinder *shequ_finder_follow (ShequFinder *finder,
                                  const char *today,
                                  GCancellable *cancellable,
                                  GError **error);

ShequTermSets *shequ_term_sets_ref (ShequTermSets *sets);
void shequ_term_sets_unref (ShequTermSets *sets);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequFinder, shequ_finder_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequTermSets, shequ_term_sets_unref)

G_END_DECLS
