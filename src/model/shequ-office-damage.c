/* An office whose database is damaged: looked for while it is open, and opened as far as it can be read. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-office-private.h"
#include "shequ-salvage.h"

/**
 * shequ_office_open_damaged:
 * @uri: a file that shequ_office_open() refuses with %SHEQU_ERROR_DAMAGED
 * @catalogue: the descriptions
 * @user: who works
 * @workstation: the name of the machine
 * @progress: (nullable) (scope call): told how far the reading is
 * @progress_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: as of shequ_store_open_damaged()
 *
 * Opens what can be read of a damaged database. Nothing of it can be changed; shequ_store_get_salvage() of
 * its store says what is missing.
 *
 * Returns: (transfer full): the office
 */
ShequOffice *
shequ_office_open_damaged (const char *uri,
                           ShequCatalogue *catalogue,
                           const char *user,
                           const char *workstation,
                           ShequOpenProgress progress,
                           gpointer progress_data,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (ShequStore) store =
    shequ_store_open_damaged (uri, catalogue, progress, progress_data, cancellable, error);
  ShequOffice *self;

  if (store == NULL)
    return NULL;
  self = shequ_office_new (store, user, workstation);
  /* Its settings may be among what is lost. */
  if (shequ_office_get_level (self) == SHEQU_LEVEL_NONE)
    shequ_office_take_identity (self, _ ("Office whose name can't be read"), SHEQU_LEVEL_COMMUNITY, 0);
  shequ_office_load_level_names (self, cancellable, NULL);
  return self;
}

static gpointer
examine (ShequOffice *self, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (shequ_store_examine (shequ_office_get_store (self), cancellable, error));
}

/**
 * shequ_office_examine_async:
 * @self: the office
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Looks whether the pages of the database hang together, as shequ_store_examine() does.
 */
void
shequ_office_examine_async (ShequOffice *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  shequ_office_run_async (self, examine, NULL, NULL, NULL, cancellable, callback, user_data);
}

/**
 * shequ_office_examine_finish:
 * @self: the office
 * @result: what the callback was given
 * @error: %SHEQU_ERROR_DAMAGED
 *
 * Returns: whether they do
 */
gboolean
shequ_office_examine_finish (ShequOffice *self, GAsyncResult *result, GError **error)
{
  return GPOINTER_TO_INT (shequ_office_run_finish (self, result, error));
}
