/* Who works with a store: what its public functions ask before they look or change. */
#include "shequ-store-private.h"

#include "shequ-error.h"
#include "shequ-scope-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* Two characters, 走访, are the shortest purpose that says anything. */
#define SHORTEST_PURPOSE 2

/**
 * shequ_store_set_access:
 * @store: a store
 * @access: (nullable): what may be done with it from now on, by whichever thread; %NULL of an open database,
 *   where everything may be
 *
 * What was begun before goes on as it was permitted. What the program does for itself (the schema, the change
 * log, copies) is not asked.
 */
void
shequ_store_set_access (ShequStore *store, ShequAccess *access)
{
  ShequAccess *before;

  g_mutex_lock (&store->lock);
  before = store->access;
  store->access = access != NULL ? shequ_access_ref (access) : NULL;
  g_mutex_unlock (&store->lock);
  g_clear_pointer (&before, shequ_access_unref);
}

/**
 * shequ_store_ref_access:
 * @store: a store
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): what may be done with it; %NULL of an open database
 */
ShequAccess *
shequ_store_ref_access (ShequStore *store)
{
  ShequAccess *access;

  g_mutex_lock (&store->lock);
  access = store->access != NULL ? shequ_access_ref (store->access) : NULL;
  g_mutex_unlock (&store->lock);
  return access;
}

/**
 * shequ_store_allows:
 * @store: a store
 * @right: what is to be done
 * @reg: (nullable): with whose records; %NULL for a right of the office
 * @error: return location
 *
 * What the functions of the store ask themselves, for who offers only what is permitted. Any thread.
 *
 * Returns: whether it may be done, else %FALSE with %SHEQU_ERROR_PERMISSION that names who may
 */
gboolean
shequ_store_allows (ShequStore *store, ShequRight right, const ShequRegister *reg, GError **error)
{
  g_autoptr (ShequAccess) access = shequ_store_ref_access (store);

  return shequ_access_allows (access, right, reg, error);
}

static gboolean
log_unmask (ShequStore *store,
            const ShequActor *actor,
            const ShequRegister *reg,
            gint64 key,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (store, actor, cancellable, error);

  return transaction != NULL &&
         shequ_transaction_log (transaction, SHEQU_ACTION_UNMASK, reg, key, NULL, error) &&
         shequ_transaction_commit (transaction, error);
}

static ShequRow *
read_opened (ShequStore *store,
             const ShequRegister *reg,
             gint64 key,
             const char *today,
             GCancellable *cancellable,
             GError **error)
{
  ShequConnection *reader = shequ_store_take_reader (store, cancellable, error);
  g_autoptr (GPtrArray) rows = NULL;

  if (reader == NULL)
    return NULL;
  rows = shequ_lookup_fetch (reader, reg, &key, 1,
                             SHEQU_FETCH_TITLES | SHEQU_FETCH_COMPUTED | SHEQU_FETCH_REACHED, today, error);
  shequ_store_give_reader (store, reader);
  if (rows == NULL)
    return NULL;
  if (rows->len > 0)
    return g_ptr_array_steal_index (rows, 0);
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("There is no record %" PRId64 " in “%s”"), key,
               reg->label);
  return NULL;
}

/**
 * shequ_store_unmask:
 * @store: a store
 * @reg: a register
 * @key: the key of a record
 * @actor: who opens it, and in its reason for what purpose
 * @today: (nullable): the day for ages
 * @cancellable: (nullable): to stop
 * @error: %SHEQU_ERROR_PERMISSION, %SHEQU_ERROR_NOT_FOUND; %SHEQU_ERROR_INVALID_VALUE without a purpose
 *
 * Opens what of one record is covered, as far as who works with the store may. It stands in the change log
 * before anything is handed out.
 *
 * Returns: (transfer full): the record, to be shown for a minute
 */
ShequRow *
shequ_store_unmask (ShequStore *store,
                    const ShequRegister *reg,
                    gint64 key,
                    const ShequActor *actor,
                    const char *today,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (ShequRow) row = NULL;

  if (!shequ_store_allows (store, SHEQU_RIGHT_UNMASK, reg, error))
    return NULL;
  if (actor->reason == NULL || g_utf8_strlen (actor->reason, -1) < SHORTEST_PURPOSE)
    {
      g_set_error_literal (
        error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
        _ ("What is covered is opened for a purpose only. Nothing was shown; say what it is "
           "needed for."));
      return NULL;
    }
  row = read_opened (store, reg, key, today, cancellable, error);
  if (row == NULL || !log_unmask (store, actor, reg, key, cancellable, error))
    return NULL;
  return g_steal_pointer (&row);
}
