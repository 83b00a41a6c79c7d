#pragma once

#include "shequ-row.h"

G_BEGIN_DECLS

/* What a run has stored in registers that were empty before it. */
typedef struct _ImportSeen ImportSeen;

ImportSeen *import_seen_new (void);
void import_seen_free (ImportSeen *seen);
void import_seen_follow (ImportSeen *seen, const ShequRegister *reg);
gboolean import_seen_follows (const ImportSeen *seen, const ShequRegister *reg);
void import_seen_stop (ImportSeen *seen);
void import_seen_add (ImportSeen *seen, const ShequRow *row);
gboolean import_seen_lacks (const ImportSeen *seen, const GPtrArray *identity, const ShequRow *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImportSeen, import_seen_free)

G_END_DECLS
