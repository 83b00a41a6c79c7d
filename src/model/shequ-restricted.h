#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

GPtrArray *shequ_restricted_view (ShequOffice *office,
                                  const ShequField *link,
                                  gint64 key,
                                  const char *purpose,
                                  GCancellable *cancellable,
                                  GError **error);
void shequ_restricted_view_async (ShequOffice *office,
                                  const ShequField *link,
                                  gint64 key,
                                  const char *purpose,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *shequ_restricted_view_finish (ShequOffice *office, GAsyncResult *result, GError **error);
gint64 shequ_restricted_count (ShequOffice *office,
                               const ShequField *link,
                               gint64 key,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
