#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

GPtrArray *shequ_office_search (ShequOffice *office,
                                const char *typed,
                                guint limit,
                                GCancellable *cancellable,
                                GError **error);
void shequ_office_search_async (ShequOffice *office,
                                const char *typed,
                                guint limit,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GPtrArray *shequ_office_search_choices (ShequOffice *office,
                                        const ShequRegister *reg,
                                        const char *typed,
                                        gboolean in_use,
                                        guint limit,
                                        GCancellable *cancellable,
                                        GError **error);
GPtrArray *shequ_office_search_finish (ShequOffice *office, GAsyncResult *result, GError **error);

G_END_DECLS
