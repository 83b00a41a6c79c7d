#pragma once

#include "shequ-store-private.h"

G_BEGIN_DECLS

gboolean shequ_write_rules_check_new (ShequConnection *connection, const ShequRow *row, GError **error);
gboolean shequ_write_rules_check_change (ShequConnection *connection,
                                         const ShequRow *row,
                                         const ShequRow *old,
                                         const char *today,
                                         GError **error);
gboolean shequ_write_defaults_fill (ShequTransaction *transaction,
                                    ShequConnection *connection,
                                    ShequRow *row,
                                    const char *today,
                                    GError **error);
void shequ_write_rules_set_duplicate (ShequConnection *connection, const ShequRow *row, GError **error);
ShequRow *shequ_write_rules_get_any (ShequConnection *connection,
                                     const ShequRegister *reg,
                                     gint64 key,
                                     GError **error);

G_END_DECLS
