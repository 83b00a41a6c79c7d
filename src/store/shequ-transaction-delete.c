/* Deletion with what it asks of the records that link to it, destruction, and the way back. */
#include "shequ-transaction-private.h"

#include "shequ-conflict-private.h"
#include "shequ-destroy-private.h"
#include "shequ-error.h"
#include "shequ-json-private.h"
#include "shequ-versions-private.h"
#include "shequ-write-rules-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

static gboolean
set_deleted (ShequTransaction *transaction,
             const ShequRegister *reg,
             gint64 key,
             const char *moment,
             GError **error)
{
  g_autofree char *text = g_strdup_printf (
    "UPDATE \"%s\" SET \"deleted_at\" = ?1, \"version\" = \"version\" + 1 WHERE \"key\" = ?2", reg->name);
  ShequStatement *statement = shequ_connection_prepare (transaction->connection, text, error);

  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_text (statement, 1, moment);
  shequ_statement_bind_integer (statement, 2, key);
  return shequ_statement_run (statement, NULL, error);
}

static GArray *
list_linking (ShequTransaction *transaction, const ShequField *field, gint64 key, GError **error)
{
  g_autoptr (ShequQuery) query = shequ_query_new (field->owner, NULL);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, key);

  shequ_query_take_where (query, shequ_condition_new_compare (SHEQU_CONDITION_EQUAL, field->name, text));
  return shequ_lookup_list_keys (transaction->connection, query, error);
}

static gboolean
clear_links (ShequTransaction *transaction, const ShequField *field, const GArray *keys, GError **error)
{
  for (guint i = 0; i < keys->len; i++)
    {
      g_autoptr (ShequRow) row = shequ_write_rules_get_any (transaction->connection, field->owner,
                                                            g_array_index (keys, gint64, i), error);
      g_autoptr (ShequRow) old = NULL;

      if (row == NULL)
        return FALSE;
      old = shequ_row_copy (row);
      shequ_value_clear (&row->values[field->index]);
      if (!shequ_transaction_store_change (transaction, old, row, error))
        return FALSE;
    }
  return TRUE;
}

/* What the links of other records to this one ask for: keep, clear, or refuse. */
static gboolean
settle_links (ShequTransaction *transaction, const ShequRegister *reg, gint64 key, GError **error)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (transaction->store->catalogue);

  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *other = registers->pdata[i];

      for (guint k = 0; k < other->fields->len; k++)
        {
          const ShequField *field = other->fields->pdata[k];
          g_autoptr (GArray) keys = NULL;

          if (field->target != reg || field->on_delete == SHEQU_ON_DELETE_KEEP)
            continue;
          keys = list_linking (transaction, field, key, error);
          if (keys == NULL)
            return FALSE;
          if (keys->len > 0 && field->on_delete == SHEQU_ON_DELETE_REFUSE)
            {
              g_set_error (
                error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
                _ ("%u records of “%s” belong to it; nothing was deleted. Move or delete them first"),
                keys->len, other->label);
              return FALSE;
            }
          if (!clear_links (transaction, field, keys, error))
            return FALSE;
        }
    }
  return TRUE;
}

/**
 * shequ_transaction_delete:
 * @transaction: a transaction
 * @reg: a register
 * @key: the key of a record
 * @version: the version it was read at
 * @error: %SHEQU_ERROR_CONFLICT, %SHEQU_ERROR_CONSTRAINT when others belong to it
 *
 * Marks a record as deleted; shequ_transaction_restore() brings it back.
 *
 * Returns: whether it is marked
 */
gboolean
shequ_transaction_delete (ShequTransaction *transaction,
                          const ShequRegister *reg,
                          gint64 key,
                          gint64 version,
                          GError **error)
{
  return shequ_transaction_delete_from (transaction, reg, key, version, transaction->today, error);
}

/**
 * shequ_transaction_delete_from:
 * @transaction: a transaction
 * @reg: a register
 * @key: the key of a record
 * @version: the version it was read at
 * @day: from which day it is not there, in a register with versions; not after today
 * @error: as shequ_transaction_delete()
 *
 * Returns: whether it is marked as deleted
 */
gboolean
shequ_transaction_delete_from (ShequTransaction *transaction,
                               const ShequRegister *reg,
                               gint64 key,
                               gint64 version,
                               const char *day,
                               GError **error)
{
  g_autoptr (ShequRow) old =
    shequ_access_allows (transaction->connection->asker, SHEQU_RIGHT_DELETE, reg, error)
      ? shequ_transaction_get_own (transaction, reg, key, error)
      : NULL;

  if (old == NULL)
    return FALSE;
  if (old->deleted || old->version != version)
    {
      shequ_conflict_set_error (transaction->connection, old, NULL, error);
      return FALSE;
    }
  if (!settle_links (transaction, reg, key, error) ||
      !shequ_versions_end (transaction->store, old,
                           strcmp (day, transaction->today) < 0 ? day : transaction->today, error) ||
      !set_deleted (transaction, reg, key, transaction->actor.moment, error))
    return FALSE;
  shequ_transaction_put_document (transaction, old, NULL);
  shequ_json_write_creation (transaction->json, old, shequ_transaction_get_sealed (transaction, old));
  return shequ_transaction_write_entry (transaction, SHEQU_ACTION_DELETE, reg, key, transaction->json->str,
                                        error);
}

/**
 * shequ_transaction_destroy:
 * @transaction: a transaction
 * @reg: a register
 * @key: the key of a record that is marked as deleted
 * @error: %SHEQU_ERROR_CONFLICT when it is not
 *
 * Takes a deleted record away for good, with its former versions and what the change log told of its values;
 * that it was destroyed, by whom and when stays there. The file is clean after shequ_store_wipe().
 *
 * Returns: whether it is gone
 */
gboolean
shequ_transaction_destroy (ShequTransaction *transaction,
                           const ShequRegister *reg,
                           gint64 key,
                           GError **error)
{
  g_autoptr (ShequRow) old =
    shequ_access_allows (transaction->connection->asker, SHEQU_RIGHT_DELETE, reg, error)
      ? shequ_transaction_get_own (transaction, reg, key, error)
      : NULL;

  if (old == NULL)
    return FALSE;
  if (!old->deleted)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT,
                   _ ("Record %" PRId64 " of “%s” is in use again and was not destroyed"), key, reg->label);
      return FALSE;
    }
  return shequ_entries_flush (transaction->entries, error) &&
         shequ_destroy_record (transaction->connection, reg, key, error) &&
         shequ_transaction_write_entry (transaction, SHEQU_ACTION_DESTROY, reg, key, NULL, error);
}

/**
 * shequ_transaction_restore:
 * @transaction: a transaction
 * @reg: a register
 * @key: the key of a deleted record
 * @error: %SHEQU_ERROR_DUPLICATE when its unique value was given to another since
 *
 * Returns: whether the record is back
 */
gboolean
shequ_transaction_restore (ShequTransaction *transaction,
                           const ShequRegister *reg,
                           gint64 key,
                           GError **error)
{
  g_autoptr (ShequRow) row =
    shequ_access_allows (transaction->connection->asker, SHEQU_RIGHT_RESTORE, reg, error)
      ? shequ_transaction_get_own (transaction, reg, key, error)
      : NULL;

  if (row == NULL)
    return FALSE;
  if (!row->deleted)
    return TRUE;
  if (!shequ_write_rules_check_change (transaction->connection, row, row, transaction->today, error) ||
      !set_deleted (transaction, reg, key, NULL, error) ||
      !shequ_versions_reopen (transaction->store, row, error))
    return FALSE;
  shequ_transaction_put_document (transaction, NULL, row);
  return shequ_transaction_write_entry (transaction, SHEQU_ACTION_RESTORE, reg, key, NULL, error);
}
