#pragma once

#include "shequ-finder.h"
#include "shequ-log-place-private.h"
#include "shequ-term-sets-private.h"

G_BEGIN_DECLS

struct _ShequFinder
{
  gatomicrefcount references;
  ShequStore *store;
  ShequQuery *query;    /* without a search */
  GArray *keys;         /* of gint64, in the order of the list */
  ShequKeySet *members; /* the same keys */
  ShequTermSets *sets;
  ShequAccess *access; /* (nullable): for whom it was made */
  ShequLogPlace place; /* up to where the changes are in the keys */
};

ShequFinder *shequ_finder_copy (const ShequFinder *finder);
gboolean shequ_finder_is_of (const ShequFinder *finder, GError **error);
void shequ_finder_take_keys (ShequFinder *finder, GArray *keys, ShequKeySet *members);

G_END_DECLS
