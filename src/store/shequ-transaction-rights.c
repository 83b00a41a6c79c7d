/* What whoever acts in a transaction may do, and to which records. */
#include "shequ-transaction-private.h"

#include "shequ-error.h"
#include "shequ-scope-private.h"
#include "shequ-write-rules-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* Which right an entry of a register stands for. */
static ShequRight
get_right (ShequAction action)
{
  switch (action)
    {
    case SHEQU_ACTION_CREATE:
      return SHEQU_RIGHT_CREATE;
    case SHEQU_ACTION_CHANGE:
      return SHEQU_RIGHT_CHANGE;
    case SHEQU_ACTION_DELETE:
    case SHEQU_ACTION_DESTROY:
      return SHEQU_RIGHT_DELETE;
    case SHEQU_ACTION_RESTORE:
      return SHEQU_RIGHT_RESTORE;
    case SHEQU_ACTION_ISSUE:
      return SHEQU_RIGHT_ISSUE;
    case SHEQU_ACTION_EXPORT:
      return SHEQU_RIGHT_EXPORT;
    case SHEQU_ACTION_IMPORT:
      return SHEQU_RIGHT_IMPORT;
    case SHEQU_ACTION_PRINT:
      return SHEQU_RIGHT_PRINT;
    case SHEQU_ACTION_VIEW:
    case SHEQU_ACTION_UNMASK:
      return SHEQU_RIGHT_UNMASK;
    case SHEQU_ACTION_BACKUP:
    case SHEQU_ACTION_RESTORE_BACKUP:
    case SHEQU_ACTION_SIGN_IN:
    case SHEQU_ACTION_SIGN_IN_FAILED:
    case SHEQU_ACTION_SIGN_OUT:
    case SHEQU_ACTION_SET_PASSWORD:
    default:
      return SHEQU_RIGHT_MANAGE_ACCOUNTS;
    }
}

gboolean
shequ_transaction_may_log (ShequTransaction *transaction,
                           ShequAction action,
                           const ShequRegister *reg,
                           GError **error)
{
  const ShequAccess *access = transaction->connection->asker;
  ShequRight right = get_right (action);

  /* Of the whole office: the copy that is told of was asked for, or made by the program itself. */
  if (reg == NULL)
    return TRUE;
  return shequ_access_allows (access, right, right >= SHEQU_RIGHT_READ_LOG ? NULL : reg, error);
}

/* Who may import may make and change what an import makes and changes. */
gboolean
shequ_transaction_may_change (ShequTransaction *transaction,
                              ShequRight right,
                              const ShequRegister *reg,
                              GError **error)
{
  const ShequAccess *access = transaction->connection->asker;

  if (transaction->imports && shequ_access_allows (access, SHEQU_RIGHT_IMPORT, reg, NULL))
    return TRUE;
  return shequ_access_allows (access, right, reg, error);
}

/* Whether a record, as it is to be stored, belongs to the unit, the grid or the department of the account. */
gboolean
shequ_transaction_check_place (ShequTransaction *transaction, const ShequRow *row, GError **error)
{
  gboolean holds = FALSE;

  if (!shequ_scope_holds (transaction->connection, row, transaction->units, &holds, error))
    return FALSE;
  if (!holds)
    g_set_error (
      error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
      _ ("This record of “%s” would belong to another unit, grid or department than yours. Nothing "
         "was changed. Ask who works there."),
      row->reg->label);
  return holds;
}

/* A record, live or deleted, that the account works with; of others it is not told whether they are there. */
ShequRow *
shequ_transaction_get_own (ShequTransaction *transaction,
                           const ShequRegister *reg,
                           gint64 key,
                           GError **error)
{
  g_autoptr (ShequRow) row = shequ_write_rules_get_any (transaction->connection, reg, key, error);
  gboolean holds = FALSE;

  if (row == NULL || !shequ_scope_holds (transaction->connection, row, transaction->units, &holds, error))
    return NULL;
  if (holds)
    return g_steal_pointer (&row);
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("There is no record %" PRId64 " in “%s”"), key,
               reg->label);
  return NULL;
}

gboolean
shequ_transaction_may_look (ShequTransaction *transaction, const ShequRegister *reg, GError **error)
{
  return shequ_access_allows (transaction->connection->asker, SHEQU_RIGHT_VIEW, reg, error);
}
