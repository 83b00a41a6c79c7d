#pragma once

#include "shequ-store.h"

G_BEGIN_DECLS

/* Who signs in on the server, and for which unit. */
typedef struct
{
  char *role;
  gint64 unit;
  char *title; /* of the unit */
} ShequServerGrant;

gboolean shequ_server_protect (ShequStore *store, GError **error);
gboolean shequ_server_grant (ShequStore *store, const char *role, gint64 unit, GError **error);
gboolean shequ_server_revoke (ShequStore *store, const char *role, gint64 unit, GError **error);
GPtrArray *shequ_server_list (ShequStore *store, GCancellable *cancellable, GError **error);
const char *shequ_server_get_gap (ShequStore *store);
void shequ_server_grant_free (ShequServerGrant *grant);

G_END_DECLS
