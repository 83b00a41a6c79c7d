/* When each register was changed last. */
#include "shequ-store-private.h"

#include "config.h"

static gboolean
is_seen (ShequStore *store, const ShequConnection *reader, const char *name)
{
  const ShequRegister *reg = shequ_catalogue_lookup (store->catalogue, name);

  return reader->access == NULL || reg == NULL ||
         shequ_access_allows (reader->access, SHEQU_RIGHT_VIEW, reg, NULL);
}

/**
 * shequ_store_list_last_changes:
 * @store: a store
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Asks the change log once for all registers; the index of its records tells without the entries.
 *
 * Returns: (transfer full) (element-type utf8 utf8): register -> the moment of its last change, in UTC; a
 * register that was never changed is not there
 */
GHashTable *
shequ_store_list_last_changes (ShequStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) moments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  ShequConnection *reader = shequ_store_take_reader (store, cancellable, error);
  ShequStatement *statement;
  gboolean has_row = FALSE;
  gboolean done;

  if (reader == NULL)
    return NULL;
  statement = shequ_connection_prepare (reader,
                                        "SELECT entry.register, entry.moment FROM (SELECT MAX(number) AS "
                                        "number FROM shequ_log GROUP BY register) last "
                                        "JOIN shequ_log entry ON entry.number = last.number",
                                        error);
  done = statement != NULL;
  while (done && (done = shequ_statement_step (statement, &has_row, error)) && has_row)
    if (is_seen (store, reader, shequ_statement_get_text (statement, 0)))
      g_hash_table_insert (moments, g_strdup (shequ_statement_get_text (statement, 0)),
                           g_strdup (shequ_statement_get_text (statement, 1)));
  if (statement != NULL)
    shequ_statement_reset (statement);
  shequ_store_give_reader (store, reader);
  return done ? g_steal_pointer (&moments) : NULL;
}
