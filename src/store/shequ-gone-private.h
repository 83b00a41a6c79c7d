#pragma once

#include "shequ-store-private.h"

G_BEGIN_DECLS

/*
 * Who has gone has no search document any more. When a register is searched as it stood on a past day, those
 * of its records that were there then and are not today are read, and searched by documents made at once.
 */

GArray *shequ_gone_keep_matching (ShequConnection *connection,
                                  const ShequQuery *query,
                                  const GArray *keys,
                                  char **terms,
                                  GError **error);
GArray *shequ_gone_find (ShequConnection *connection, const ShequQuery *query, char **terms, GError **error);
void shequ_gone_append (ShequSql *sql, const GArray *gone);

G_END_DECLS
