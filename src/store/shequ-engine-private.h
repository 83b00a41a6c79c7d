#pragma once

#include <gio/gio.h>

#include "shequ-catalogue.h"
#include "shequ-key-set-private.h"
#include "shequ-store.h"

G_BEGIN_DECLS

/*
 * What differs between databases, and nothing else. A statement is written once, in the subset that the
 * engines share, with parameters `?1`, `?2` …; an engine runs it.
 *
 * A connection is used by one thread at a time. Statements live as long as their connection, which keeps
 * them by their text: shequ_connection_prepare() hands out the same one again, reset.
 */
/* How well a record is matched; the order of the list is the order of the findings. */
typedef enum
{
  SHEQU_MATCH_WHOLE_NAME, /* the first term is what the record is called */
  SHEQU_MATCH_NAME_START, /* it begins what the record is called, or its initials */
  SHEQU_MATCH_NAME_PART,  /* it begins a later part of it */
  SHEQU_MATCH_WHOLE_WORD, /* the last term is a whole token of anything else */
  SHEQU_MATCH_BEGUN,      /* the first term begins a token of anything else */
  SHEQU_MATCH_ANY,
} ShequMatch;

/* To which all belong on a server who sign in there for a unit. */
#define SHEQU_SERVER_MEMBERS "shequ_office"

typedef struct _ShequEngine ShequEngine;
typedef struct _ShequConnection ShequConnection;
typedef struct _ShequStatement ShequStatement;

/* How a search is written: terms hold letters, digits and Han only, so that quoting them is enough. */
typedef struct
{
  const char *start; /* of a token */
  const char *whole; /* the end of a whole one */
  const char *begun; /* the end of a beginning */
  const char *all_of;
  const char *one_of;
} ShequSearchSyntax;

struct _ShequConnection
{
  const ShequEngine *engine;
  ShequStore *store;         /* (nullable): of a reader, whose it is */
  GHashTable *statements;    /* text -> ShequStatement */
  GCancellable *cancellable; /* (nullable): of the call that uses the connection now */
  ShequSeal *seal;           /* (nullable): of a protected office that somebody has opened */
  guint key_generation;      /* of which keys the seal is */
  ShequAccess *access;       /* (nullable): who looks; NULL where it is the program itself */
  gboolean whole;            /* the unit of @access is all there is */
  ShequAccess *asker;        /* (nullable): of a writer: whose transaction it is */
  gboolean asker_whole;
  gboolean lost;    /* set by the engine: it will not answer any more; another one may */
  gboolean damaged; /* set by the engine: it has met a part of the database that makes no sense */
};

struct _ShequStatement
{
  ShequConnection *connection;
};

struct _ShequEngine
{
  const char *name;

  ShequConnection *(*open) (const char *location, ShequOpenMode mode, gboolean reader, GError **error);
  void (*close) (ShequConnection *connection);
  gboolean (*execute) (ShequConnection *connection, const char *script, GError **error);
  ShequStatement *(*prepare) (ShequConnection *connection, const char *text, GError **error);
  void (*finalize) (ShequStatement *statement);
  void (*reset) (ShequStatement *statement);

  /* Texts and bytes must live until the statement is reset. */
  void (*bind_null) (ShequStatement *statement, int place);
  void (*bind_integer) (ShequStatement *statement, int place, gint64 integer);
  void (*bind_text) (ShequStatement *statement, int place, const char *text);
  void (*bind_bytes) (ShequStatement *statement, int place, const void *bytes, gsize length);

  gboolean (*step) (ShequStatement *statement, gboolean *has_row, GError **error);
  gint64 (*count_changes) (ShequConnection *connection);
  gint64 (*get_inserted_key) (ShequConnection *connection); /* of the last INSERT that changed something */
  gboolean (*is_null) (ShequStatement *statement, int column);
  gint64 (*get_integer) (ShequStatement *statement, int column);
  const char *(*get_text) (ShequStatement *statement, int column);
  const void *(*get_bytes) (ShequStatement *statement, int column, gsize *length);

  /* Of several writers each sees what others have committed, statement by statement. */
  gboolean (*begin) (ShequConnection *connection, GError **error);

  /* Waits until somebody else may have committed something, for so long at most, or until the connection's
   * cancellable is cancelled. The first call says that something has. */
  gboolean (*wait) (ShequConnection *connection, guint milliseconds, gboolean *changed, GError **error);
  const char *notify; /* (nullable): what a transaction that changed records runs last, to end such waits */

  /* (nullable): the seconds since 1970 by the clock of a server. */
  gboolean (*read_clock) (ShequConnection *connection, gint64 *seconds, GError **error);
  gboolean (*table_exists) (ShequConnection *connection, const char *table, gboolean *exists, GError **error);
  gboolean (*verify) (ShequConnection *connection, GPtrArray *problems, GError **error);

  /* (nullable): copies the whole database, as it stands at one moment, into an empty file. */
  gboolean (*copy_to) (ShequConnection *connection, const char *path, GError **error);

  /* (nullable): makes a file that nobody has open stand alone, so that it can be moved. */
  gboolean (*settle) (const char *location, GError **error);

  /* (nullable): opens a copy of a damaged database, made under another name, so that what can be read of it
   * is read (shequ-salvage.c): its looks may fail at any row. The damaged one is read only. */
  ShequConnection *(*open_damaged) (const char *location,
                                    const char *copy,
                                    GCancellable *cancellable,
                                    GError **error);
  char (*get_type) (ShequStatement *statement,
                    int column); /* of a value of it: `i`, `t`, `b`, or `n` for none */
  const char *row_number; /* (nullable): by which the rows of every table of a damaged one are asked for */
  const char *list_full_indexes; /* (nullable): a query: the indexes of the table ?1 */

  /* (nullable): looks quickly whether the database is damaged; tells it as an error. */
  gboolean (*examine) (ShequConnection *connection, GError **error);

  /* A database that is filled as a whole (shequ-move.c). */
  const char *begin_snapshot; /* a transaction of a reader: all its looks show the same moment */
  const char *list_indexes;   /* a query: name and, where it is kept as it was written, definition of each */
  const char *list_columns;   /* a query: name and type (`i`, `t`, `b`) of the columns of the table ?1 */
  const char
    *begin_filling; /* (nullable): before any transaction: records may come before what they link to */
  const char *know_filling; /* (nullable): once the records are there, before they are looked for */
  const char *end_filling;  /* (nullable): after the last one */

  /* (nullable): the next record that is made gets this key. */
  void (*write_next_key) (GString *script, const char *table, const char *column, gint64 next);

  /* (nullable): lets the server itself keep the units of an office apart (shequ-server.c). */
  gboolean (*protect) (ShequConnection *connection, ShequCatalogue *catalogue, GError **error);

  /* (nullable): how many tables of the descriptions are not among those that are kept apart. */
  gboolean (*count_unguarded) (ShequConnection *connection,
                               ShequCatalogue *catalogue,
                               gint64 *n_tables,
                               GError **error);

  /* (nullable): whether who signed in sees all rows of a table. */
  gboolean (*sees_all) (ShequConnection *connection, const char *table, gboolean *sees, GError **error);

  /* (nullable): after very many new rows of some tables (to a %NULL) asks the database for what it would come
   * to by itself later, and does not wait for it; the connection is of no use any more. */
  void (*catch_up) (ShequConnection *connection, const char *const *tables);

  /* Rewrites the whole database, so that nothing of what was changed can be read in it any more. */
  gboolean (*rewrite) (ShequConnection *connection, GError **error);

  /* Words of the schema. */
  const char *key_type;
  const char *integer_type;
  const char *text_type;
  const char *bytes_type;
  const char *table_suffix;
  const char *index_order;  /* behind a column of an index: empty values come first */
  gboolean late_references; /* a link can be declared only once the table it leads to is there */

  /* Words of statements. */
  const char *insert_suffix; /* of an INSERT whose key is asked for */
  const char *row_lock;      /* of a SELECT of records that the transaction may change */
  gboolean many_writers;     /* at once: what must be in order is put in order at the end of a transaction */
  ShequSearchSyntax search_syntax;
  gboolean keeps_order; /* what a search finds comes in the order of keys, and as it is asked for */

  void (*write_search_schema) (GString *script, const char *reg); /* drops the index that was there */
  /* (nullable) Around the filling of a search index that is new: it is made faster behind the documents. */
  void (*write_search_pause) (GString *script, const char *reg);
  void (*write_search_resume) (GString *script, const char *reg);
  void (*write_search_rename) (GString *script, const char *reg, const char *to); /* drops that of `to` */

  /* Statements with the key ?1 and the document ?2; a removal is told the document that was put in. A change
   * (nullable: a removal and an insertion do as well) has the new one as ?2 and the one before as ?3: tokens
   * that a newer program has added since are kept. */
  void (*write_search_insert) (GString *sql, const char *reg);
  void (*write_search_removal) (GString *sql, const char *reg);
  void (*write_search_change) (GString *sql, const char *reg);

  /* (nullable) Rows by the load: a statement whose parameters are the columns, in their order; what it is run
   * for is sent with many others, at the latest before anything else is asked of the connection. Of the
   * columns `document` may be a search document. Keys are given out beforehand. */
  ShequStatement *(*prepare_load) (ShequConnection *connection,
                                   const char *table,
                                   const char *const *columns,
                                   const char *document,
                                   GError **error);
  gint64 (*take_key) (ShequConnection *connection, const char *table, GError **error);

  /* (nullable): search documents that may go by load_documents() are read beside the transaction, as they
   * come; their texts live until they are let go. */
  gpointer (*gather_new) (void);
  void (*gather_add) (gpointer gathering, const char *const *documents, guint n_documents);
  void (*gather_free) (gpointer gathering);

  /* (nullable) Many new search documents at once, keys growing, in a transaction that changed no index of the
   * search before; `gathering` (nullable) was given the first ones. Gives in `done` whether it was possible;
   * otherwise they are put in one by one. */
  gboolean (*load_documents) (ShequConnection *connection,
                              const char *reg,
                              const gint64 *keys,
                              const char *const *documents,
                              guint n_documents,
                              gpointer gathering,
                              gboolean *done,
                              GError **error);

  /* Finds the keys of the documents that a search finds: a query with one parameter, to which the text of
   * shequ_engine_build_search() is bound. */
  void (*write_search) (GString *sql, const char *reg, int parameter);

  /* Adds all keys that a search for one term finds to a set. */
  gboolean (*collect_search) (ShequConnection *connection,
                              const char *reg,
                              const char *search,
                              ShequKeySet *set,
                              GError **error);
};

extern const ShequEngine shequ_engine_sqlite;
extern const ShequEngine shequ_engine_postgres;

/* In which every term begins a token: one of them as `match` says, the others any. */
char *shequ_engine_build_search (ShequConnection *connection, char **terms, gboolean named, ShequMatch match);

const ShequEngine *shequ_engine_find (const char *uri, const char **location);
const ShequEngine *shequ_engine_require (const char *uri, const char **location, GError **error);

ShequConnection *shequ_connection_open (const ShequEngine *engine,
                                        const char *location,
                                        ShequOpenMode mode,
                                        gboolean reader,
                                        GError **error);
void shequ_connection_init (ShequConnection *connection, const ShequEngine *engine);
void shequ_connection_close (ShequConnection *connection);
ShequStatement *shequ_connection_prepare (ShequConnection *connection, const char *text, GError **error);
ShequStatement *shequ_connection_prepare_load (ShequConnection *connection,
                                               const char *table,
                                               const char *const *columns,
                                               const char *document,
                                               GError **error);
gboolean shequ_connection_execute (ShequConnection *connection, const char *script, GError **error);
gboolean shequ_connection_run (ShequConnection *connection, const char *text, GError **error);

void shequ_statement_bind_value (ShequStatement *statement, int place, const ShequValue *value);
void shequ_statement_bind_text (ShequStatement *statement, int place, const char *text);
void shequ_statement_bind_integer (ShequStatement *statement, int place, gint64 integer);
gboolean shequ_statement_step (ShequStatement *statement, gboolean *has_row, GError **error);
gboolean shequ_statement_run (ShequStatement *statement, gint64 *n_changes, GError **error);
void shequ_statement_reset (ShequStatement *statement);
gint64 shequ_statement_get_integer (ShequStatement *statement, int column);
const char *shequ_statement_get_text (ShequStatement *statement, int column);
gboolean shequ_statement_get_field (ShequStatement *statement,
                                    int column,
                                    const ShequField *field,
                                    ShequValue *value,
                                    GError **error);

char *shequ_connection_seal_value (ShequConnection *connection,
                                   const ShequField *field,
                                   const ShequValue *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequConnection, shequ_connection_close)

G_END_DECLS
