#pragma once

#include "shequ-engine-private.h"

G_BEGIN_DECLS

/* Which records a transaction has changed: what the other workstations are told, and what is found out about
 * an operation whose answer was lost. */
typedef struct _ShequCommit ShequCommit;

/* How many numbers may be behind the last one: those of commits that were on their way together. */
#define SHEQU_COMMIT_WINDOW 256

ShequCommit *shequ_commit_new (void);
void shequ_commit_free (ShequCommit *commit);
void shequ_commit_note (ShequCommit *commit, const ShequRegister *reg, gint64 key);

gboolean shequ_commit_claim (ShequConnection *connection,
                             const char *operation,
                             const char *moment,
                             GError **error);
gboolean shequ_commit_write (ShequCommit *commit,
                             ShequConnection *connection,
                             const char *origin,
                             const char *operation,
                             const char *moment,
                             GError **error);
gboolean shequ_commit_find_out (ShequStore *store,
                                const char *operation,
                                const char *moment,
                                guint seconds,
                                GCancellable *cancellable,
                                gboolean *committed);
void shequ_commit_catch_up (const ShequCommit *commit, ShequStore *store);
gboolean shequ_commit_tidy (ShequConnection *connection, gint64 now, GError **error);

gboolean shequ_commit_read_record (ShequCatalogue *catalogue,
                                   const char *text,
                                   const ShequRegister **reg,
                                   gint64 *key);

G_END_DECLS
