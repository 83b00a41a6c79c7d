#pragma once

#include "shequ-record.h"

G_BEGIN_DECLS

/* How long one record is shown as it is (GB/T 35273-2020, 7.2). */
#define SHEQU_UNMASK_SECONDS 60

gboolean shequ_unmask (ShequOffice *office,
                       const ShequRow *row,
                       const char *purpose,
                       GCancellable *cancellable,
                       GError **error);

ShequRow *shequ_unmask_row (ShequOffice *office,
                            const ShequRow *row,
                            const char *purpose,
                            GCancellable *cancellable,
                            GError **error);
void shequ_unmask_async (ShequOffice *office,
                         const ShequRow *row,
                         const char *purpose,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
gboolean shequ_unmask_finish (ShequOffice *office, GAsyncResult *result, GError **error);

void shequ_record_unmask_async (ShequRecord *record,
                                const char *purpose,
                                guint seconds,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean shequ_record_unmask_finish (ShequRecord *record, GAsyncResult *result, GError **error);
gboolean shequ_record_get_unmasked (ShequRecord *record);
void shequ_record_mask (ShequRecord *record);

G_END_DECLS
