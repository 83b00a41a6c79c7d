#pragma once

#include <libpq-fe.h>

#include "shequ-engine-private.h"

G_BEGIN_DECLS

/* On which a transaction says that it changed records. */
#define SHEQU_POSTGRES_CHANNEL "shequ_change"

typedef struct
{
  ShequConnection base;
  PGconn *server;
  guint n_statements;  /* prepared so far; names them */
  gint64 n_changes;    /* of the last statement */
  gint64 inserted_key; /* of the last INSERT that changed something */
  gboolean listens;    /* to what other workstations say */
  GPtrArray *loads;    /* of PostgresStatement: those that keep rows back, in the order of their first */
  gboolean copying;    /* a piece of a load went, and what became of it was not heard yet */
  gboolean deferred;   /* links are looked at when the transaction ends */
  GHashTable *keys;    /* table -> keys given out beforehand */
  GError *failure;     /* (nullable): of the first statement that failed in the transaction */
} PostgresConnection;

typedef struct _PostgresLoad PostgresLoad;

typedef struct
{
  ShequStatement base;
  PostgresLoad *load; /* (nullable): puts rows in by the load; it has no name then */
  char name[16];
  int n_parameters;
  const char **values;
  int *lengths;
  int *formats;
  char (*numbers)[24]; /* the texts of numbers that are bound */
  PGresult *result;    /* (nullable): what it gave; all of it */
  int row;             /* of the result, -1 before the first */
  GPtrArray *texts;    /* of char*: numbers that were asked for as texts */
} PostgresStatement;

/* shequ-postgres-connect.c */
ShequConnection *shequ_postgres_open (const char *address,
                                      ShequOpenMode mode,
                                      gboolean reader,
                                      GError **error);

/* shequ-postgres-error.c */
void shequ_postgres_set_result_error (GError **error, const PGresult *result, PGconn *server);
void shequ_postgres_set_connect_error (GError **error, const char *message);
char *shequ_postgres_find_state (const char *message);

/* shequ-postgres-wait.c */
gboolean shequ_postgres_wait (PostgresConnection *self, short events, gint64 end, GError **error);
void shequ_postgres_set_lost (PostgresConnection *self, GError **error);
PGresult *shequ_postgres_take_result (PostgresConnection *self, GError **error);
gboolean shequ_postgres_wait_for_others (ShequConnection *connection,
                                         guint milliseconds,
                                         gboolean *changed,
                                         GError **error);
gboolean shequ_postgres_send_script (PostgresConnection *self, const char *script, GError **error);
gboolean shequ_postgres_execute (ShequConnection *connection, const char *script, GError **error);

/* shequ-postgres-load.c */
void shequ_postgres_load_init (PostgresConnection *self);
void shequ_postgres_load_clear (PostgresConnection *self);
void shequ_postgres_load_free (PostgresLoad *load);
void shequ_postgres_drop_loads (PostgresConnection *self);
gboolean shequ_postgres_load_row (PostgresStatement *self, GError **error);
gboolean shequ_postgres_flush_loads (PostgresConnection *self, GError **error);
ShequStatement *shequ_postgres_prepare_load (ShequConnection *connection,
                                             const char *table,
                                             const char *const *columns,
                                             const char *document,
                                             GError **error);
gint64 shequ_postgres_take_key (ShequConnection *connection, const char *table, GError **error);

/* shequ-postgres.c */
PostgresStatement *shequ_postgres_new_statement (PostgresConnection *connection, int n_parameters);

/* shequ-postgres-guard.c */
gboolean shequ_postgres_sees_all (ShequConnection *connection,
                                  const char *table,
                                  gboolean *sees,
                                  GError **error);
gboolean shequ_postgres_protect (ShequConnection *connection, ShequCatalogue *catalogue, GError **error);
gboolean shequ_postgres_count_unguarded (ShequConnection *connection,
                                         ShequCatalogue *catalogue,
                                         gint64 *n_tables,
                                         GError **error);

/* shequ-postgres-text.c */
char *shequ_postgres_translate (const char *text, int *n_parameters);

G_END_DECLS
