#pragma once

#include "shequ-sql-private.h"
#include "shequ-store.h"

G_BEGIN_DECLS

/* A fetch of what may be looked for, not only of what may be shown; besides the public flags. */
#define SHEQU_FETCH_REACHED ((ShequFetchFlags) (1 << 17))

/* Who looks at a connection; NULL where it is the program itself. */
void shequ_scope_begin (ShequConnection *connection, ShequAccess *access);
void shequ_scope_end (ShequConnection *connection);
void shequ_scope_set_asker (ShequConnection *connection, ShequAccess *access);
void shequ_scope_enter (ShequConnection *connection);
void shequ_scope_leave (ShequConnection *connection);

gboolean shequ_scope_append_table (ShequSql *sql,
                                   const ShequRegister *reg,
                                   ShequTable table,
                                   const char *alias);
gboolean shequ_scope_hides (const ShequSql *sql, const ShequField *field);
gboolean shequ_scope_covers (const ShequAccess *access, const ShequField *field);
gboolean shequ_scope_limits_search (const ShequAccess *access, const ShequRegister *reg);
gboolean shequ_scope_holds (ShequConnection *connection,
                            const ShequRow *row,
                            GHashTable *units,
                            gboolean *holds,
                            GError **error);
gboolean shequ_scope_is_bounded_by_place (const ShequConnection *connection, const ShequRegister *reg);
gboolean shequ_scope_is_bounded (const ShequConnection *connection, const ShequRegister *reg);

G_END_DECLS
