#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-cipher.h"
#include "shequ-error.h"
#include "shequ-office-private.h"
#include "shequ-password.h"
#include "shequ-protection.h"

static const struct
{
  ShequLevel level;
  const char *name;
} level_names[] = {
  { SHEQU_LEVEL_DISTRICT, "district" },
  { SHEQU_LEVEL_STREET, "street" },
  { SHEQU_LEVEL_COMMUNITY, "community" },
};

static const char *
get_level_name (ShequLevel level)
{
  for (guint i = 0; i < G_N_ELEMENTS (level_names); i++)
    if (level_names[i].level == level)
      return level_names[i].name;
  return NULL;
}

ShequLevel
shequ_level_from_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (level_names); i++)
    if (g_strcmp0 (name, level_names[i].name) == 0)
      return level_names[i].level;
  return SHEQU_LEVEL_NONE;
}

/* Rows that the program brings along, as the kinds of key groups; each register gets them once. */
gboolean
shequ_office_seed (ShequOffice *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *moment = shequ_office_get_moment (self);
  ShequActor actor = { shequ_office_get_user (self), NULL, _ ("Shipped with the program"), moment };

  /* Of an office that nobody has unlocked yet: shequ_office_unlock() does it. */
  if (shequ_store_is_locked (shequ_office_get_store (self)))
    return TRUE;
  return shequ_store_seed (shequ_office_get_store (self), &actor, cancellable, error);
}

/**
 * shequ_office_open:
 * @uri: where the database is, as `sqlite:/home/…/office.shequ`
 * @catalogue: the descriptions
 * @user: who works
 * @workstation: the name of the machine
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Opens an office that was set up before.
 *
 * Returns: (transfer full): the office; %NULL with the errors of shequ_store_open(), or
 * %SHEQU_ERROR_NOT_FOUND when the database was never set up as an office
 */
ShequOffice *
shequ_office_open (const char *uri,
                   ShequCatalogue *catalogue,
                   const char *user,
                   const char *workstation,
                   GCancellable *cancellable,
                   GError **error)
{
  return shequ_office_open_with_progress (uri, catalogue, user, workstation, NULL, NULL, cancellable, error);
}

/**
 * shequ_office_open_with_progress:
 * @uri: where the database is
 * @catalogue: the descriptions
 * @user: who works
 * @workstation: the name of the machine
 * @progress: (nullable) (scope call): as of shequ_store_open_with_progress()
 * @progress_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Opens an office as shequ_office_open() does, and tells of what takes long.
 *
 * Returns: (transfer full): the office, or %NULL
 */
ShequOffice *
shequ_office_open_with_progress (const char *uri,
                                 ShequCatalogue *catalogue,
                                 const char *user,
                                 const char *workstation,
                                 ShequOpenProgress progress,
                                 gpointer progress_data,
                                 GCancellable *cancellable,
                                 GError **error)
{
  g_autoptr (ShequStore) store = shequ_store_open_with_progress (uri, catalogue, SHEQU_OPEN_EXISTING,
                                                                 progress, progress_data, cancellable, error);
  g_autoptr (ShequOffice) self = NULL;

  if (store == NULL)
    return NULL;
  self = shequ_office_new (store, user, workstation);
  if (shequ_office_get_level (self) == SHEQU_LEVEL_NONE)
    {
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND,
        _ ("%s holds no office yet: its set-up was not finished. Nothing was changed. Create the office "
           "again under another name."),
        uri);
      return NULL;
    }
  if (!shequ_office_seed (self, cancellable, error) ||
      !shequ_office_load_level_names (self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * shequ_office_create:
 * @uri: where the database shall be; there must be none
 * @catalogue: the descriptions
 * @name: the name of the office, as it stands on papers
 * @level: community, street or district
 * @user: who works
 * @workstation: the name of the machine
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Makes the database of a new office, with its own unit as the first record.
 *
 * Returns: (transfer full): the office, or %NULL with the errors of shequ_store_open() and
 *   shequ_office_set_up()
 */
ShequOffice *
shequ_office_create (const char *uri,
                     ShequCatalogue *catalogue,
                     const char *name,
                     ShequLevel level,
                     const char *user,
                     const char *workstation,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (ShequStore) store = shequ_store_open (uri, catalogue, SHEQU_OPEN_CREATE, cancellable, error);
  g_autoptr (ShequOffice) self = NULL;

  if (store == NULL)
    return NULL;
  self = shequ_office_new (store, user, workstation);
  if (!shequ_office_set_up (self, name, level, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
write_identity (ShequTransaction *transaction,
                const char *name,
                ShequLevel level,
                gint64 unit,
                GError **error)
{
  g_autofree char *unit_text = g_strdup_printf ("%" G_GINT64_FORMAT, unit);

  return shequ_transaction_set_setting (transaction, SHEQU_SETTING_OFFICE_NAME, name, error) &&
         shequ_transaction_set_setting (transaction, SHEQU_SETTING_OFFICE_LEVEL, get_level_name (level),
                                        error) &&
         shequ_transaction_set_setting (transaction, SHEQU_SETTING_OFFICE_UNIT, unit_text, error);
}

/**
 * shequ_office_set_up:
 * @self: an office on a fresh store
 * @name: its name, as it stands on papers
 * @level: community, street or district
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Writes the unit of the office and the settings that say which one it is, in one transaction.
 *
 * Returns: %FALSE with %SHEQU_ERROR_ARGUMENT when the name or the level is missing or the office was set up
 *   before, or with the errors of a save
 */
gboolean
shequ_office_set_up (ShequOffice *self,
                     const char *name,
                     ShequLevel level,
                     GCancellable *cancellable,
                     GError **error)
{
  const ShequRegister *units = shequ_office_require_register (self, "org_unit", error);
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (ShequRow) row = NULL;

  if (units == NULL)
    return FALSE;
  if (name == NULL || *name == '\0' || get_level_name (level) == NULL ||
      shequ_office_get_level (self) != SHEQU_LEVEL_NONE)
    {
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
        _ ("A new office needs a name and a level, and can be set up only once. Nothing was changed."));
      return FALSE;
    }
  row = shequ_office_new_row (self, units);
  shequ_row_set_text (row, "name", name);
  shequ_row_set_text (row, "level", get_level_name (level));
  transaction = shequ_office_begin (self, _ ("Set up the office"), cancellable, error);
  if (transaction == NULL || !shequ_office_save_in (self, transaction, row, NULL, error) ||
      !write_identity (transaction, name, level, row->key, error) ||
      !shequ_transaction_commit (transaction, error))
    return FALSE;
  g_clear_pointer (&transaction, shequ_transaction_free);
  shequ_office_take_identity (self, name, level, row->key);
  shequ_office_tell_changed (self, units, row->key);
  return shequ_office_seed (self, cancellable, error);
}

/**
 * shequ_office_unlock:
 * @self: a protected office
 * @recovery_key: as it stands on paper
 * @cancellable: (nullable): to give up
 * @error: %SHEQU_ERROR_INVALID_VALUE when it is none, %SHEQU_ERROR_PERMISSION when it is of another office
 *
 * Returns: whether the office can be worked in
 */
gboolean
shequ_office_unlock (ShequOffice *self, const char *recovery_key, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequSecret) key = shequ_recovery_key_parse (recovery_key, error);

  return key != NULL &&
         shequ_store_unlock_with_recovery_key (shequ_office_get_store (self), key, cancellable, error) &&
         shequ_office_seed (self, cancellable, error);
}

/**
 * shequ_office_protect:
 * @self: an open office that nobody else works in
 * @recovery_key: of shequ_office_new_recovery_key(), on paper by now
 * @cancellable: (nullable): to give up; then it is as it was
 * @error: as of shequ_store_protect()
 *
 * Seals what is sensitive in the office, and cleans its file of what was there before.
 *
 * Returns: whether it is protected
 */
gboolean
shequ_office_protect (ShequOffice *self, const char *recovery_key, GCancellable *cancellable, GError **error)
{
  g_autofree char *moment = shequ_office_get_moment (self);
  ShequActor actor = { shequ_office_get_user (self), NULL, _ ("Protected"), moment };
  g_autoptr (ShequSecret) key = shequ_recovery_key_parse (recovery_key, error);

  return key != NULL && shequ_store_protect (shequ_office_get_store (self), &actor, key, cancellable, error);
}

/**
 * shequ_office_new_recovery_key:
 *
 * Returns: (transfer full): a new recovery key as it is printed; shequ_secret_wipe_text() frees it
 */
char *
shequ_office_new_recovery_key (void)
{
  g_autoptr (ShequSecret) key = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);

  return shequ_recovery_key_to_text (key);
}

/**
 * shequ_office_renew_keys:
 * @self: an unlocked office
 * @cancellable: (nullable): to give up; then it is as it was
 * @error: as of shequ_store_rotate_keys()
 *
 * Returns: whether everything is sealed under new keys
 */
gboolean
shequ_office_renew_keys (ShequOffice *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *moment = shequ_office_get_moment (self);
  ShequActor actor = { shequ_office_get_user (self), NULL, _ ("Protected"), moment };

  return shequ_store_rotate_keys (shequ_office_get_store (self), &actor, cancellable, error);
}
