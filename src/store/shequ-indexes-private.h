#pragma once

#include "shequ-store-private.h"

G_BEGIN_DECLS

/* The indexes that descriptions ask for, as statements of one line each. */
void shequ_indexes_write (GString *script,
                          const ShequEngine *engine,
                          const ShequRegister *reg,
                          const char *column,
                          gboolean unique,
                          gboolean is_order);
void shequ_indexes_write_waived (GString *script, const ShequField *field);
void shequ_indexes_write_field (GString *script, const ShequEngine *engine, const ShequField *field);
void shequ_indexes_write_identity (GString *script, const ShequRegister *reg);
void shequ_indexes_write_unique_with (GString *script, const ShequRegister *reg);
void shequ_indexes_write_days (GString *script, const ShequRegister *reg);
void shequ_indexes_write_history (GString *script, const ShequField *field);
gboolean shequ_indexes_sorts_list (const ShequField *field);

gboolean shequ_indexes_bring_up (ShequStore *store, ShequConnection *connection, GError **error);

G_END_DECLS
