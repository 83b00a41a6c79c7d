#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

gint64 shequ_admission_write_paper (ShequOffice *office,
                                    gint64 application,
                                    const char *kind,
                                    const char *reason,
                                    GCancellable *cancellable,
                                    GError **error);
void shequ_admission_write_paper_async (ShequOffice *office,
                                        gint64 application,
                                        const char *kind,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gint64 shequ_admission_write_paper_finish (ShequOffice *office, GAsyncResult *result, GError **error);

G_END_DECLS
