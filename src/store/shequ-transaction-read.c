/* Records as a transaction sees them, its own changes among them. */
#include "shequ-transaction-private.h"

#include "shequ-error.h"
#include "shequ-scope-private.h"
#include "shequ-write-rules-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* Two characters, 走访, are the shortest purpose that says anything. */
#define SHORTEST_PURPOSE 2

/**
 * shequ_transaction_get:
 * @transaction: a transaction
 * @reg: a register
 * @key: the key of a record
 * @error: %SHEQU_ERROR_NOT_FOUND
 *
 * Returns: (transfer full): the record as this transaction sees it
 */
ShequRow *
shequ_transaction_get (ShequTransaction *transaction, const ShequRegister *reg, gint64 key, GError **error)
{
  g_autoptr (ShequRow) row = NULL;

  if (!shequ_transaction_may_look (transaction, reg, error))
    return NULL;
  shequ_scope_enter (transaction->connection);
  row = shequ_write_rules_get_any (transaction->connection, reg, key, error);
  shequ_scope_leave (transaction->connection);
  if (row != NULL && row->deleted)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("Record %" PRId64 " of “%s” was deleted"),
                   key, reg->label);
      return NULL;
    }
  return g_steal_pointer (&row);
}

static gboolean
has_purpose (const ShequTransaction *transaction, GError **error)
{
  const char *reason = transaction->actor.reason;

  if (reason != NULL && g_utf8_strlen (reason, -1) >= SHORTEST_PURPOSE)
    return TRUE;
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                       _ ("What is covered is opened for a purpose only. Nothing was shown; say what it is "
                          "needed for."));
  return FALSE;
}

/**
 * shequ_transaction_unmask:
 * @transaction: a transaction whose actor says in the reason for what purpose
 * @reg: a register
 * @key: the key of a record
 * @changes: (nullable): a JSON object that tells what of it is opened
 * @error: %SHEQU_ERROR_PERMISSION, %SHEQU_ERROR_NOT_FOUND; %SHEQU_ERROR_INVALID_VALUE without a purpose
 *
 * Opens what is withheld of one record, as far as whose transaction it is may, and says so in the change log.
 * Nothing may be shown of it before the transaction is committed.
 *
 * Returns: (transfer full): the record, with the titles of its links, to be shown for a minute
 */
ShequRow *
shequ_transaction_unmask (ShequTransaction *transaction,
                          const ShequRegister *reg,
                          gint64 key,
                          const char *changes,
                          GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (!shequ_transaction_may_log (transaction, SHEQU_ACTION_UNMASK, reg, error) ||
      !has_purpose (transaction, error))
    return NULL;
  shequ_scope_enter (transaction->connection);
  rows = shequ_lookup_fetch (transaction->connection, reg, &key, 1,
                             SHEQU_FETCH_TITLES | SHEQU_FETCH_COMPUTED | SHEQU_FETCH_REACHED,
                             transaction->today, error);
  shequ_scope_leave (transaction->connection);
  if (rows != NULL && rows->len == 0)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("There is no record %" PRId64 " in “%s”"), key,
                 reg->label);
  if (rows == NULL || rows->len == 0 ||
      !shequ_transaction_log (transaction, SHEQU_ACTION_UNMASK, reg, key, changes, error))
    return NULL;
  return g_ptr_array_steal_index (rows, 0);
}

/**
 * shequ_transaction_find_key:
 * @transaction: a transaction
 * @reg: a register
 * @fields: (array length=n_fields): what is compared
 * @values: (array length=n_fields): with what
 * @n_fields: how many
 * @error: return location
 *
 * Returns: as shequ_store_find_key(), seeing what this transaction did
 */
gint64
shequ_transaction_find_key (ShequTransaction *transaction,
                            const ShequRegister *reg,
                            const ShequField *const *fields,
                            const ShequValue *values,
                            guint n_fields,
                            GError **error)
{
  gint64 key;

  if (!shequ_transaction_may_look (transaction, reg, error))
    return -1;
  shequ_scope_enter (transaction->connection);
  key = shequ_lookup_find_key (transaction->connection, reg, fields, values, n_fields, error);
  shequ_scope_leave (transaction->connection);
  return key;
}

/**
 * shequ_transaction_list_keys:
 * @transaction: a transaction
 * @query: which records
 * @error: return location
 *
 * Returns: (transfer full) (element-type gint64): the keys, as this transaction sees them
 */
GArray *
shequ_transaction_list_keys (ShequTransaction *transaction, const ShequQuery *query, GError **error)
{
  GArray *keys;

  if (!shequ_transaction_may_look (transaction, query->reg, error) ||
      (query->search != NULL && !shequ_documents_flush (transaction->documents, error)))
    return NULL;
  shequ_scope_enter (transaction->connection);
  keys = shequ_lookup_list_keys (transaction->connection, query, error);
  shequ_scope_leave (transaction->connection);
  return keys;
}

/**
 * shequ_transaction_fetch:
 * @transaction: a transaction
 * @reg: a register
 * @keys: (array length=n_keys): keys of records
 * @n_keys: how many
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequRow): the records with the titles of their links, as this
 *   transaction sees them
 */
GPtrArray *
shequ_transaction_fetch (ShequTransaction *transaction,
                         const ShequRegister *reg,
                         const gint64 *keys,
                         guint n_keys,
                         GError **error)
{
  GPtrArray *rows;

  if (!shequ_transaction_may_look (transaction, reg, error))
    return NULL;
  shequ_scope_enter (transaction->connection);
  rows = shequ_lookup_fetch (transaction->connection, reg, keys, n_keys, SHEQU_FETCH_TITLES, NULL, error);
  shequ_scope_leave (transaction->connection);
  return rows;
}
