#pragma once

#include "shequ-store.h"

G_BEGIN_DECLS

/**
 * ShequValuesFunc:
 * @values: (array): of one record, in the order in which they were asked for; lent for the call
 * @user_data: as it was handed over
 *
 * Takes the values of one record.
 */
typedef void (*ShequValuesFunc) (const ShequValue *values, gpointer user_data);

gboolean shequ_store_read_values (ShequStore *store,
                                  const ShequQuery *query,
                                  const char *const *paths,
                                  ShequValuesFunc func,
                                  gpointer user_data,
                                  GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
