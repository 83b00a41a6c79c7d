#pragma once

#include "shequ-move-table-private.h"
#include "shequ-salvage.h"

G_BEGIN_DECLS

/* Under this name stands in what was salvaged, of which state of which file it is and what is missing. */
#define SHEQU_SALVAGE_SETTING "salvage"

/* Behind the name of a damaged database stands what could be read of it. */
#define SHEQU_SALVAGE_END ".readable"

ShequSalvagedTable *shequ_salvaged_table_new (const char *name, const char *label);

/* Copies every row of a table that can be read; fails only where the target does. */
gboolean shequ_salvage_read_table (ShequConnection *from,
                                   ShequConnection *to,
                                   const ShequMoveTable *table,
                                   ShequSalvagedTable *salvaged,
                                   GError **error);

G_END_DECLS
