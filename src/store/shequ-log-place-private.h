#pragma once

#include "shequ-engine-private.h"

G_BEGIN_DECLS

/*
 * How far somebody has read the change log, so as to follow the changes of everybody. Entries that get their
 * number early and are committed late are seen, too, while not many others came between.
 */
typedef struct
{
  gint64 last;      /* the number of the last entry seen */
  GHashTable *seen; /* of the last entries: numbers */
} ShequLogPlace;

/* A record that was changed. */
typedef struct
{
  const ShequRegister *reg; /* (nullable): of a register that is not described any more */
  gint64 key;               /* 0 for what concerns no record */
} ShequChangedRecord;

/* The most changes that are worth following. */
#define SHEQU_LOG_MOST_CHANGES 200

void shequ_log_place_clear (ShequLogPlace *place);
void shequ_log_place_copy (const ShequLogPlace *place, ShequLogPlace *copy);
gboolean shequ_log_place_set (ShequLogPlace *place, ShequConnection *connection, gint64 last, GError **error);
GArray *shequ_log_place_advance (ShequLogPlace *place,
                                 ShequConnection *connection,
                                 ShequCatalogue *catalogue,
                                 GError **error);

G_END_DECLS
