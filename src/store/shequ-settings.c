/* What a transaction keeps besides records: settings by name, and numbers that are given out one after the
 * other. */
#include "shequ-protection-private.h"
#include "shequ-store-private.h"

#include "config.h"

/**
 * shequ_transaction_get_setting:
 * @transaction: a transaction
 * @name: as `office.name`
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the text kept under this name
 */
char *
shequ_transaction_get_setting (ShequTransaction *transaction, const char *name, GError **error)
{
  char *text = NULL;

  if (!g_str_equal (name, SHEQU_SETTING_BACKUP_KEY) ||
      shequ_access_allows (shequ_transaction_get_connection (transaction)->asker, SHEQU_RIGHT_BACKUP, NULL,
                           error))
    shequ_lookup_setting (shequ_transaction_get_connection (transaction), name, &text, error);
  return text;
}

/* Settings of the office; the others are what the program keeps for whoever works: columns, drafts, the
 * moment of the last backup. */
static gboolean
may_set (ShequTransaction *transaction, const char *name, GError **error)
{
  static const struct
  {
    const char *prefix;
    ShequRight right;
  } rights[] = {
    { "office.", SHEQU_RIGHT_SETTINGS },
    { "certificate.", SHEQU_RIGHT_SETTINGS },
    { "backup.folder", SHEQU_RIGHT_BACKUP },
    { SHEQU_SETTING_BACKUP_KEY, SHEQU_RIGHT_BACKUP },
    { "format", SHEQU_RIGHT_RESTORE_BACKUP },
    { "search.", SHEQU_RIGHT_RESTORE_BACKUP },
    { "protection.", SHEQU_RIGHT_MANAGE_ACCOUNTS },
    { "account.", SHEQU_RIGHT_MANAGE_ACCOUNTS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    if (g_str_has_prefix (name, rights[i].prefix))
      return shequ_access_allows (shequ_transaction_get_connection (transaction)->asker, rights[i].right,
                                  NULL, error);
  return TRUE;
}

/**
 * shequ_transaction_set_setting:
 * @transaction: a transaction
 * @name: as `office.name`
 * @text: (nullable): %NULL forgets it
 * @error: return location
 *
 * Returns: whether it was stored
 */
gboolean
shequ_transaction_set_setting (ShequTransaction *transaction,
                               const char *name,
                               const char *text,
                               GError **error)
{
  const char *sql = text != NULL ? "INSERT INTO shequ_setting (name, text) VALUES (?1, ?2) "
                                   "ON CONFLICT (name) DO UPDATE SET text = excluded.text"
                                 : "DELETE FROM shequ_setting WHERE name = ?1";
  ShequStatement *statement =
    may_set (transaction, name, error)
      ? shequ_connection_prepare (shequ_transaction_get_connection (transaction), sql, error)
      : NULL;

  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_text (statement, 1, name);
  if (text != NULL)
    shequ_statement_bind_text (statement, 2, text);
  return shequ_statement_run (statement, NULL, error);
}

/**
 * shequ_transaction_next_number:
 * @transaction: a transaction
 * @series: as `certificate.2026`
 * @error: return location
 *
 * The next number of a series: 1, 2, 3 … without gap or double, since it is given back when the
 * transaction is.
 *
 * Returns: the number, or 0 on error
 */
gint64
shequ_transaction_next_number (ShequTransaction *transaction, const char *series, GError **error)
{
  ShequStatement *statement =
    shequ_connection_prepare (shequ_transaction_get_connection (transaction),
                              "INSERT INTO shequ_series (name, last) VALUES (?1, 1) "
                              "ON CONFLICT (name) DO UPDATE SET last = shequ_series.last + 1 RETURNING last",
                              error);
  gboolean has_row = FALSE;
  gint64 number = 0;

  if (statement == NULL)
    return 0;
  shequ_statement_bind_text (statement, 1, series);
  if (shequ_statement_step (statement, &has_row, error) && has_row)
    number = shequ_statement_get_integer (statement, 0);
  shequ_statement_reset (statement);
  return number;
}
