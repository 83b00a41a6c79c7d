#pragma once

#include "shequ-engine-private.h"

G_BEGIN_DECLS

/* The entries that a transaction adds to the change log. */
typedef struct _ShequEntries ShequEntries;

ShequEntries *shequ_entries_new (ShequConnection *connection, const ShequActor *actor);
void shequ_entries_free (ShequEntries *entries);
gboolean shequ_entries_add (ShequEntries *entries,
                            ShequAction action,
                            const ShequRegister *reg,
                            gint64 key,
                            const char *changes,
                            GError **error);
gboolean shequ_entries_flush (ShequEntries *entries, GError **error);

G_END_DECLS
