#pragma once

#include <gio/gio.h>

#include "shequ-catalogue.h"
#include "shequ-store.h"

G_BEGIN_DECLS

/* What could be read of one table of a damaged database. */
typedef struct
{
  char *name;
  char *label;        /* for a person */
  gint64 n_read;      /* records */
  gint64 n_expected;  /* how many there were; at least @n_read where that is not known */
  gboolean uncertain; /* there may have been more than @n_expected */
} ShequSalvagedTable;

/* What could be read of a damaged database. */
struct _ShequSalvage
{
  GPtrArray *tables; /* of ShequSalvagedTable: registers, former versions and the change log */
  gint64 n_read;
  guint n_hurt; /* tables that are not whole */
};

ShequSalvage *shequ_store_salvage (const char *uri,
                                   const char *target,
                                   ShequCatalogue *catalogue,
                                   ShequOpenProgress progress,
                                   gpointer progress_data,
                                   GCancellable *cancellable,
                                   GError **error);
ShequStore *shequ_store_open_damaged (const char *uri,
                                      ShequCatalogue *catalogue,
                                      ShequOpenProgress progress,
                                      gpointer progress_data,
                                      GCancellable *cancellable,
                                      GError **error);
gboolean shequ_store_examine (ShequStore *store, GCancellable *cancellable, GError **error);
gboolean shequ_store_is_damaged (ShequStore *store);
const ShequSalvage *shequ_store_get_salvage (ShequStore *store);
char *shequ_salvage_describe (const ShequSalvage *salvage);
void shequ_salvage_free (ShequSalvage *salvage);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequSalvage, shequ_salvage_free)

G_END_DECLS
