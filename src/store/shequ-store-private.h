#pragma once

#include "shequ-engine-private.h"
#include "shequ-sql-private.h"
#include "shequ-keyring.h"
#include "shequ-pinyin.h"
#include "shequ-salvage.h"
#include "shequ-store.h"

G_BEGIN_DECLS

/* The version of the tables that do not come from descriptions. Grows with each step of shequ-schema.c. */
#define SHEQU_STORE_FORMAT 3

/* A fetch that holds the records until its transaction ends, besides the public flags. */
#define SHEQU_FETCH_PUBLIC                                                                                   \
  (SHEQU_FETCH_TITLES | SHEQU_FETCH_COMPUTED | SHEQU_FETCH_DELETED | SHEQU_FETCH_AS_OF)
#define SHEQU_FETCH_LOCKED ((ShequFetchFlags) (1 << 16))

/* The ways in which the terms of a search are shared out between a record and what it links to. */
#define SHEQU_LOOKUP_MOST_SHARES 8
#define SHEQU_LOOKUP_MOST_TERMS 20

/* The most records that are put in order among themselves. */
#define SHEQU_LOOKUP_MOST_AMONG 64

/* Under this name and that of a register stands what its search documents are made of. */
#define SHEQU_STORE_INDEX_SETTING "search."

/* The number and the digest of the last entry of the change log. */
#define SHEQU_STORE_LOG_SERIES "shequ.log"

/* Stands as long as a move has not filled the database, and nobody else opens it. */
#define SHEQU_STORE_MOVE_SETTING "move"

struct _ShequStore
{
  gatomicrefcount references;
  char *uri;
  char *location;
  char *origin; /* tells its changes from those of other programs */
  const ShequEngine *engine;
  ShequOpenMode mode;
  gboolean filling;           /* by a move */
  ShequCatalogue *catalogue;  /* with what the office has added */
  ShequCatalogue *shipped;    /* as it was handed over */
  ShequOpenProgress progress; /* (nullable): of the opening */
  gpointer progress_data;
  GPtrArray *problems; /* of char*: what of the office's own descriptions was left out */
  char *gap;           /* (nullable): what units on a server cannot use yet */

  GMutex lock;
  ShequPinyin *pinyin; /* (nullable): made when it is first asked for */
  GCond writer_free;
  gboolean writer_busy;
  ShequConnection *writer; /* (nullable) in a store that is only read, and after it was lost */
  GQueue idle_readers;     /* of ShequConnection */
  ShequKeyring *keyring;   /* (nullable): of a protected office that somebody has unlocked */
  guint key_generation;    /* grows when the keys change */
  ShequAccess *access;     /* (nullable): of who works with it; NULL where everything may be done */
  int losses;              /* atomic: how often the database did not answer */
  int damaged;             /* atomic: it has parts that make no sense, so that nothing is changed any more */
  ShequSalvage *salvage;   /* (nullable): what could be read of the damaged database that it stands for */

  /* Of the writer alone; made with the first transaction. */
  GRand *random; /* for identifiers */
  ShequSearchTokens *tokens;
  char *keys;        /* (nullable): of a protected office, as its keys are written */
  gboolean tidied;   /* old operations are forgotten */
  gboolean examined; /* it may be changed by being opened */
};

gboolean shequ_store_examine_first (ShequStore *store, ShequConnection *connection, GError **error);
ShequConnection *shequ_store_take_reader (ShequStore *store, GCancellable *cancellable, GError **error);
ShequConnection *shequ_store_take_program_reader (ShequStore *store,
                                                  GCancellable *cancellable,
                                                  GError **error);
void shequ_store_give_reader (ShequStore *store, ShequConnection *reader);
ShequTransaction *shequ_store_begin_as_program (ShequStore *store,
                                                const ShequActor *actor,
                                                GCancellable *cancellable,
                                                GError **error);
void shequ_store_drop_readers (ShequStore *store);
void shequ_store_lock_writer (ShequStore *store);
void shequ_store_unlock_writer (ShequStore *store);
ShequConnection *shequ_store_open_reader (ShequStore *store, GError **error);
ShequConnection *shequ_store_open_connection (ShequStore *store, gboolean reader, GError **error);

ShequStore *shequ_store_open_unfilled (const char *uri,
                                       ShequCatalogue *catalogue,
                                       GCancellable *cancellable,
                                       GError **error);

gboolean shequ_schema_prepare (ShequStore *store,
                               ShequConnection *connection,
                               gboolean fresh,
                               gboolean indexed,
                               GError **error);

void shequ_server_bring_up (ShequStore *store, ShequConnection *connection);
gboolean shequ_schema_hold (ShequConnection *connection, GError **error);
gboolean shequ_schema_check (ShequConnection *connection, GError **error);
gboolean shequ_schema_index (ShequStore *store,
                             ShequConnection *connection,
                             const ShequRegister *reg,
                             ShequSearchTokens *tokens,
                             GError **error);
void shequ_schema_write_references (GString *script, ShequStore *store);
const char *shequ_schema_get_storage (const ShequField *field);
GHashTable *shequ_schema_read_fields (ShequConnection *connection, GError **error);

ShequCatalogue *shequ_own_read_all (ShequCatalogue *shipped, ShequConnection *connection, GError **error);
void shequ_own_load (ShequStore *store, ShequConnection *connection);
gboolean shequ_own_is_unfilled (ShequConnection *connection,
                                const ShequRegister *reg,
                                const char *before,
                                const char *now,
                                gboolean *unfilled,
                                GError **error);

/* The same look, from a reader or from the inside of a transaction. */
char **shequ_lookup_list_terms (const ShequQuery *query);
void shequ_lookup_append_search (ShequSql *sql,
                                 ShequConnection *connection,
                                 const ShequRegister *reg,
                                 char **terms,
                                 const GArray *gone);
GArray *shequ_lookup_list_keys (ShequConnection *connection, const ShequQuery *query, GError **error);
guint shequ_lookup_list_shares (const ShequRegister *reg,
                                char **terms,
                                guint n_terms,
                                guint shares[SHEQU_LOOKUP_MOST_SHARES]);
guint shequ_lookup_list_matches (const ShequRegister *reg,
                                 char **terms,
                                 guint n_terms,
                                 ShequMatch matches[SHEQU_MATCH_ANY + 1]);
gboolean shequ_lookup_list_among (ShequConnection *connection,
                                  const ShequQuery *query,
                                  const gint64 *among,
                                  guint n_among,
                                  GArray *keys,
                                  GError **error);
gboolean shequ_lookup_list_own (ShequConnection *connection,
                                const ShequQuery *query,
                                char **terms,
                                guint n_terms,
                                GHashTable *seen,
                                GArray *keys,
                                GError **error);
gint64 shequ_lookup_count (ShequConnection *connection, const ShequQuery *query, GError **error);
GPtrArray *shequ_lookup_fetch (ShequConnection *connection,
                               const ShequRegister *reg,
                               const gint64 *keys,
                               guint n_keys,
                               ShequFetchFlags flags,
                               const char *today,
                               GError **error);
gint64 shequ_lookup_find_key (ShequConnection *connection,
                              const ShequRegister *reg,
                              const ShequField *const *fields,
                              const ShequValue *values,
                              guint n_fields,
                              GError **error);
GPtrArray *shequ_lookup_versions (ShequConnection *connection,
                                  const ShequRegister *reg,
                                  gint64 key,
                                  GError **error);
gboolean shequ_lookup_setting (ShequConnection *connection, const char *name, char **text, GError **error);
GHashTable *shequ_lookup_list_settings (ShequConnection *connection, const char *prefix, GError **error);
char *shequ_lookup_title (ShequConnection *connection, const ShequRegister *reg, gint64 key);

G_END_DECLS
