#pragma once

#include "shequ-admission.h"

G_BEGIN_DECLS

ShequRow *shequ_pushed_read (ShequOffice *office,
                             const char *text,
                             GCancellable *cancellable,
                             GError **error);
void shequ_pushed_read_async (ShequOffice *office,
                              const char *text,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
ShequRow *shequ_pushed_read_finish (ShequOffice *office, GAsyncResult *result, GError **error);

gboolean shequ_pushed_judge (ShequOffice *office, ShequRow *task, GCancellable *cancellable, GError **error);
void shequ_pushed_judge_async (ShequOffice *office,
                               const ShequRow *task,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
ShequRow *shequ_pushed_judge_finish (ShequOffice *office, GAsyncResult *result, GError **error);

gboolean shequ_pushed_record (ShequOffice *office,
                              ShequRow *task,
                              GPtrArray *issues,
                              GCancellable *cancellable,
                              GError **error);
void shequ_pushed_record_async (ShequOffice *office,
                                const ShequRow *task,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
ShequRow *shequ_pushed_record_finish (ShequOffice *office, GAsyncResult *result, GError **error);

G_END_DECLS
