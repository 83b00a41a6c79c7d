#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/* The register of the papers that `[Paper NAME]` of a description writes. */
#define SHEQU_PAPER_REGISTER "office_paper"

void shequ_paper_put_fields (GHashTable *values, const ShequRow *row);
ShequRow *shequ_paper_compose (ShequOffice *office,
                               const ShequPaperForm *form,
                               const char *reg,
                               GHashTable *values,
                               GError **error);
gboolean shequ_paper_save_in (ShequOffice *office,
                              ShequTransaction *transaction,
                              const ShequPaperForm *form,
                              ShequRow *row,
                              GError **error);

gint64 shequ_record_paper_write (ShequOffice *office,
                                 const ShequRegister *reg,
                                 gint64 key,
                                 const char *name,
                                 GCancellable *cancellable,
                                 GError **error);
void shequ_record_paper_write_async (ShequOffice *office,
                                     const ShequRegister *reg,
                                     gint64 key,
                                     const char *name,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gint64 shequ_record_paper_write_finish (ShequOffice *office, GAsyncResult *result, GError **error);

G_END_DECLS
