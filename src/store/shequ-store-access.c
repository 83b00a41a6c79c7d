/* Who works with a store: what its public functions ask before they look or change. */
#include "shequ-store-private.h"

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
