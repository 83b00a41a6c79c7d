#pragma once

#include <gio/gio.h>

#include "shequ-access.h"
#include "shequ-catalogue.h"
#include "shequ-pinyin.h"
#include "shequ-query.h"
#include "shequ-row.h"
#include "shequ-search-tokens.h"

G_BEGIN_DECLS

typedef struct _ShequStore ShequStore;
typedef struct _ShequTransaction ShequTransaction;
typedef struct _ShequSalvage ShequSalvage;

/* Who changes something, as the change log keeps it. */
typedef struct
{
  const char *user;
  const char *workstation;
  const char *reason; /* (nullable): the operation or the stated purpose */
  const char *moment; /* UTC, `2026-11-22T00:30:00Z` */

  /* (nullable): the key of the operation: what was committed under it is never done again. Made once for
   * what a person does, kept when it is tried again. */
  const char *operation;
  const char *role; /* (nullable): in which the user acts */
} ShequActor;

typedef enum
{
  SHEQU_OPEN_EXISTING,
  SHEQU_OPEN_CREATE, /* fails when there is one */
  SHEQU_OPEN_READ_ONLY,
} ShequOpenMode;

/* What a fetch adds to the stored values. */
typedef enum
{
  SHEQU_FETCH_PLAIN = 0,
  SHEQU_FETCH_TITLES = 1 << 0,   /* titles of linked records */
  SHEQU_FETCH_COMPUTED = 1 << 1, /* computed fields */
  SHEQU_FETCH_DELETED = 1 << 2,  /* deleted records too */
  SHEQU_FETCH_AS_OF = 1 << 3,    /* as they stood at the end of the day that is given as today */
} ShequFetchFlags;

typedef enum
{
  SHEQU_ACTION_CREATE,
  SHEQU_ACTION_CHANGE,
  SHEQU_ACTION_DELETE,
  SHEQU_ACTION_RESTORE,
  SHEQU_ACTION_ISSUE,
  SHEQU_ACTION_EXPORT,
  SHEQU_ACTION_IMPORT,
  SHEQU_ACTION_BACKUP,
  SHEQU_ACTION_RESTORE_BACKUP,
  SHEQU_ACTION_VIEW, /* what is restricted was looked at; the reason is the purpose */
  SHEQU_ACTION_SIGN_IN,
  SHEQU_ACTION_SIGN_IN_FAILED,
  SHEQU_ACTION_SIGN_OUT, /* or the screen was locked */
  SHEQU_ACTION_SET_PASSWORD,
  SHEQU_ACTION_UNMASK,  /* what is masked was shown; the reason is the purpose */
  SHEQU_ACTION_DESTROY, /* what was deleted and is past its time was taken off the file for good */
  SHEQU_ACTION_PRINT,
} ShequAction;

/* One entry of the change log. */
typedef struct
{
  gint64 number;
  char *moment;
  char *user;
  char *workstation;
  ShequAction action;
  char *reg;
  gint64 key;
  char *changes; /* (nullable): JSON object: {"field":new} of a creation, {"field":[old,new]} of a change */
  char *reason;  /* (nullable) */
  char *role;    /* (nullable) */
  gint64 ticks;  /* microseconds since the workstation was started; 0 of an older program */
} ShequLogEntry;

/* A finding of a search over several registers. */
typedef struct
{
  const ShequRegister *reg;
  gint64 key;
  char *title;
  char *detail;
  double score; /* 0 to 1, best first */
} ShequHit;

/* One line of a summary. */
typedef struct
{
  char *group;  /* (nullable): the stored value of the group, as text */
  char *label;  /* (nullable): as a person reads it: title of the linked record, label of the code */
  char *period; /* (nullable): 2026-11-22, 2026-11 or 2026 */
  char *series; /* (nullable): the stored value of the series, as text */
  gint64 count;
  gint64 sum;
} ShequSummaryRow;

/* How many of the records whose search index must be made anew are done; in the thread that opens. */
typedef void (*ShequOpenProgress) (guint done, guint total, gpointer user_data);

ShequStore *shequ_store_open (const char *uri,
                              ShequCatalogue *catalogue,
                              ShequOpenMode mode,
                              GCancellable *cancellable,
                              GError **error);
ShequStore *shequ_store_open_with_progress (const char *uri,
                                            ShequCatalogue *catalogue,
                                            ShequOpenMode mode,
                                            ShequOpenProgress progress,
                                            gpointer progress_data,
                                            GCancellable *cancellable,
                                            GError **error);
gboolean shequ_store_probe (const char *uri, char **office, GCancellable *cancellable, GError **error);
ShequStore *shequ_store_ref (ShequStore *store);
void shequ_store_unref (ShequStore *store);
ShequCatalogue *shequ_store_get_catalogue (ShequStore *store);
ShequCatalogue *shequ_store_get_shipped_catalogue (ShequStore *store);
const GPtrArray *shequ_store_get_problems (ShequStore *store);
const char *shequ_store_get_uri (ShequStore *store);
ShequSearchTokens *shequ_store_new_tokens (ShequStore *store, GError **error);
ShequPinyin *shequ_store_get_pinyin (ShequStore *store, GError **error);
void shequ_store_set_random_seed (ShequStore *store, guint64 seed);

/* Who works with it. Everything below asks: SHEQU_ERROR_PERMISSION. */
void shequ_store_set_access (ShequStore *store, ShequAccess *access);
ShequAccess *shequ_store_ref_access (ShequStore *store);
gboolean shequ_store_allows (ShequStore *store, ShequRight right, const ShequRegister *reg, GError **error);

/* Looks. Any thread; each takes a reader of its own. */
ShequRow *shequ_store_get (ShequStore *store,
                           const ShequRegister *reg,
                           gint64 key,
                           ShequFetchFlags flags,
                           const char *today,
                           GCancellable *cancellable,
                           GError **error);
GArray *shequ_store_list_keys (ShequStore *store,
                               const ShequQuery *query,
                               GCancellable *cancellable,
                               GError **error);
gint64 shequ_store_count (ShequStore *store,
                          const ShequQuery *query,
                          GCancellable *cancellable,
                          GError **error);
GPtrArray *shequ_store_fetch (ShequStore *store,
                              const ShequRegister *reg,
                              const gint64 *keys,
                              guint n_keys,
                              ShequFetchFlags flags,
                              const char *today,
                              GCancellable *cancellable,
                              GError **error);
gint64 shequ_store_find_key (ShequStore *store,
                             const ShequRegister *reg,
                             const ShequField *const *fields,
                             const ShequValue *values,
                             guint n_fields,
                             GCancellable *cancellable,
                             GError **error);
GPtrArray *shequ_store_fetch_of (ShequStore *store,
                                 const ShequQuery *query,
                                 const gint64 *keys,
                                 guint n_keys,
                                 ShequFetchFlags flags,
                                 GCancellable *cancellable,
                                 GError **error);
GPtrArray *shequ_store_list_versions (ShequStore *store,
                                      const ShequRegister *reg,
                                      gint64 key,
                                      ShequFetchFlags flags,
                                      GCancellable *cancellable,
                                      GError **error);
GPtrArray *shequ_store_search (ShequStore *store,
                               const char *typed,
                               const ShequRegister *only,
                               guint limit,
                               const char *today,
                               GCancellable *cancellable,
                               GError **error);
GPtrArray *shequ_store_summarise (ShequStore *store,
                                  const ShequSummaryQuery *summary,
                                  GCancellable *cancellable,
                                  GError **error);
/**
 * ShequLogQuery:
 * @reg: (nullable): only entries of this register
 * @key: only entries of this record, or 0
 * @since: (nullable): only entries from this moment on
 * @until: (nullable): only entries before this moment
 * @user: (nullable): only what this user did
 * @actions: a bit for each #ShequAction that is wanted, 0 for all
 * @limit: the most entries, 0 for all
 * @accept: (nullable): looks at each entry that meets the rest; those that it refuses do not count
 * @data: for @accept
 *
 * Which entries of the change log are wanted.
 */
typedef struct
{
  const ShequRegister *reg;
  gint64 key;
  const char *since;
  const char *until;
  const char *user;
  guint actions;
  guint limit;
  gboolean (*accept) (const ShequLogEntry *entry, gpointer data);
  gpointer data;
} ShequLogQuery;

GArray *shequ_store_list_deleted (ShequStore *store,
                                  const ShequRegister *reg,
                                  const char *before,
                                  GCancellable *cancellable,
                                  GError **error);
gboolean shequ_store_wipe (ShequStore *store, GCancellable *cancellable, GError **error);
GPtrArray *shequ_store_search_log (ShequStore *store,
                                   const ShequLogQuery *query,
                                   GCancellable *cancellable,
                                   GError **error);
GPtrArray *shequ_store_read_log (ShequStore *store,
                                 const ShequRegister *reg,
                                 gint64 key,
                                 const char *since,
                                 guint limit,
                                 GCancellable *cancellable,
                                 GError **error);
GPtrArray *shequ_store_check (ShequStore *store, GCancellable *cancellable, GError **error);
GHashTable *shequ_store_list_last_changes (ShequStore *store, GCancellable *cancellable, GError **error);
gboolean shequ_store_seed (ShequStore *store,
                           const ShequActor *actor,
                           GCancellable *cancellable,
                           GError **error);
GHashTable *shequ_store_list_settings (ShequStore *store, const char *prefix, GError **error);
/* The recovery key of the backups: who has it reads all that they hold. */
#define SHEQU_SETTING_BACKUP_KEY "backup.key"

char *shequ_store_get_setting (ShequStore *store, const char *name, GError **error);
char *shequ_store_get_setting_as_program (ShequStore *store, const char *name, GError **error);

/* Changes. One at a time; begin waits for the one before. */
ShequTransaction *shequ_store_begin (ShequStore *store,
                                     const ShequActor *actor,
                                     GCancellable *cancellable,
                                     GError **error);
gboolean shequ_transaction_insert (ShequTransaction *transaction, ShequRow *row, GError **error);
gboolean shequ_transaction_begin_import (ShequTransaction *transaction,
                                         const ShequRegister *reg,
                                         GError **error);
gboolean shequ_transaction_expect_many (ShequTransaction *transaction,
                                        const ShequRegister *reg,
                                        GError **error);
gboolean shequ_transaction_set_orders_aside (ShequTransaction *transaction,
                                             const ShequRegister *reg,
                                             GError **error);
gboolean shequ_store_restore_orders (ShequStore *store, GError **error);
gboolean shequ_transaction_update (ShequTransaction *transaction, ShequRow *row, GError **error);
gboolean shequ_transaction_delete (ShequTransaction *transaction,
                                   const ShequRegister *reg,
                                   gint64 key,
                                   gint64 version,
                                   GError **error);
gboolean shequ_transaction_delete_from (ShequTransaction *transaction,
                                        const ShequRegister *reg,
                                        gint64 key,
                                        gint64 version,
                                        const char *day,
                                        GError **error);
gboolean shequ_transaction_restore (ShequTransaction *transaction,
                                    const ShequRegister *reg,
                                    gint64 key,
                                    GError **error);
ShequRow *shequ_transaction_get (ShequTransaction *transaction,
                                 const ShequRegister *reg,
                                 gint64 key,
                                 GError **error);
ShequRow *shequ_transaction_unmask (ShequTransaction *transaction,
                                    const ShequRegister *reg,
                                    gint64 key,
                                    const char *changes,
                                    GError **error);
gint64 shequ_transaction_find_key (ShequTransaction *transaction,
                                   const ShequRegister *reg,
                                   const ShequField *const *fields,
                                   const ShequValue *values,
                                   guint n_fields,
                                   GError **error);
GPtrArray *shequ_transaction_fetch (ShequTransaction *transaction,
                                    const ShequRegister *reg,
                                    const gint64 *keys,
                                    guint n_keys,
                                    GError **error);
GArray *shequ_transaction_list_keys (ShequTransaction *transaction, const ShequQuery *query, GError **error);
gboolean shequ_transaction_destroy (ShequTransaction *transaction,
                                    const ShequRegister *reg,
                                    gint64 key,
                                    GError **error);
gboolean shequ_transaction_log (ShequTransaction *transaction,
                                ShequAction action,
                                const ShequRegister *reg,
                                gint64 key,
                                const char *changes,
                                GError **error);
gint64 shequ_transaction_get_last_entry (ShequTransaction *transaction, GError **error);
gboolean shequ_transaction_set_setting (ShequTransaction *transaction,
                                        const char *name,
                                        const char *text,
                                        GError **error);
char *shequ_transaction_get_setting (ShequTransaction *transaction, const char *name, GError **error);
gint64 shequ_transaction_next_number (ShequTransaction *transaction, const char *series, GError **error);
gboolean shequ_transaction_commit (ShequTransaction *transaction, GError **error);
void shequ_transaction_free (ShequTransaction *transaction);

/* What was committed under the key of an operation. */
gboolean shequ_store_find_operation (ShequStore *store,
                                     const char *operation,
                                     const ShequRegister **reg,
                                     gint64 *key,
                                     GCancellable *cancellable,
                                     GError **error);

guint shequ_store_count_losses (ShequStore *store);
gboolean shequ_store_reach (ShequStore *store, GCancellable *cancellable, GError **error);
gboolean shequ_store_compare_clock (ShequStore *store, gint64 now, gint64 *ahead, GError **error);

typedef enum
{
  SHEQU_WATCH_CHANGED, /* somebody else has stored something */
  SHEQU_WATCH_LOST,    /* the database does not answer */
  SHEQU_WATCH_BACK,    /* it does again */
} ShequWatchEvent;

/**
 * ShequWatchFunc:
 * @event: what happened
 * @reg: (nullable): of a change: the register
 * @key: of a change: the record, 0 for several
 * @error: (nullable): why the database does not answer
 * @user_data: as it was handed over
 *
 * Called on the thread of the watch.
 */
typedef void (*ShequWatchFunc) (ShequWatchEvent event,
                                const ShequRegister *reg,
                                gint64 key,
                                const GError *error,
                                gpointer user_data);

/* Tells what other programs and workstations change in the same database. */
typedef struct _ShequWatch ShequWatch;

ShequWatch *shequ_watch_new (ShequStore *store,
                             ShequWatchFunc callback,
                             gpointer user_data,
                             GDestroyNotify free_data);
void shequ_watch_free (ShequWatch *watch);

void shequ_log_entry_free (ShequLogEntry *entry);
void shequ_hit_free (ShequHit *hit);
void shequ_summary_row_free (ShequSummaryRow *row);
const char *shequ_action_get_name (ShequAction action);
const char *shequ_action_get_label (ShequAction action);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequStore, shequ_store_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequTransaction, shequ_transaction_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequWatch, shequ_watch_free)

G_END_DECLS
