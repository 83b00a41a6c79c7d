#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

ShequRow *shequ_merge_propose (const ShequRow *kept, const ShequRow *lost);
gint64 shequ_merge_run (ShequOffice *office,
                        const ShequRow *kept,
                        const ShequRow *lost,
                        const char *reason,
                        guint *n_links,
                        GCancellable *cancellable,
                        GError **error);
ShequRow *shequ_merge_find_last (ShequOffice *office, GCancellable *cancellable, GError **error);
gboolean shequ_merge_undo (ShequOffice *office,
                           gint64 merge,
                           guint *n_left,
                           GCancellable *cancellable,
                           GError **error);

void shequ_merge_run_async (ShequOffice *office,
                            const ShequRow *kept,
                            const ShequRow *lost,
                            const char *reason,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gint64 shequ_merge_run_finish (ShequOffice *office, GAsyncResult *result, guint *n_links, GError **error);
void shequ_merge_undo_async (ShequOffice *office,
                             gint64 merge,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean shequ_merge_undo_finish (ShequOffice *office, GAsyncResult *result, guint *n_left, GError **error);

G_END_DECLS
