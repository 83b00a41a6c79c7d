/*
 * A protected office: its sensitive values are sealed wherever they stand. It is opened with a keyring, which
 * somebody's password or the recovery key opens; without one nothing sealed is read and nothing is written.
 *
 * Protecting an office, and changing its keys, is one transaction: a database is open or protected, never
 * half. What the file still holds of what was there before is overwritten behind it; a mark tells as long
 * as that is not done, and whoever unlocks the office next does it.
 */
#include "shequ-protection-private.h"

#include "shequ-documents-private.h"
#include "shequ-error.h"
#include "shequ-row-index.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#define RECOVERY "protection.recovery"
#define REST "protection.rest"

/* Which fields were sealed: others may be since the program was renewed. */
#define FIELDS "protection.fields"

#define NO_GENERATION G_MAXUINT

/* A connection gets the keys that its store has now. */
void
shequ_protection_fit (ShequStore *store, ShequConnection *connection)
{
  g_autoptr (ShequKeyring) keyring = NULL;
  guint generation;

  g_mutex_lock (&store->lock);
  generation = store->key_generation;
  if (generation != connection->key_generation && store->keyring != NULL)
    keyring = shequ_keyring_ref (store->keyring);
  g_mutex_unlock (&store->lock);
  if (generation == connection->key_generation)
    return;
  g_clear_pointer (&connection->seal, shequ_seal_free);
  connection->seal = keyring != NULL ? shequ_keyring_new_seal (keyring) : NULL;
  connection->key_generation = generation;
}

/* (transfer full) (nullable): of the keys that the store has now. */
ShequSeal *
shequ_protection_new_seal (ShequStore *store)
{
  g_autoptr (ShequKeyring) keyring = shequ_store_get_keyring (store);

  return keyring != NULL ? shequ_keyring_new_seal (keyring) : NULL;
}

/* Whether the office is protected, and nobody has opened it over this connection. */
gboolean
shequ_protection_is_closed (ShequConnection *connection, gboolean *closed, GError **error)
{
  g_autofree char *keys = NULL;

  *closed = FALSE;
  if (connection->seal != NULL)
    return TRUE;
  if (!shequ_lookup_setting (connection, SHEQU_PROTECTION_KEYS, &keys, error))
    return FALSE;
  *closed = keys != NULL;
  return TRUE;
}

/* Of who writes, or while nobody does. */
/* The memory of a program that holds keys goes into no file when it falls over: neither into one of its own
 * nor to a service that collects them. */
static void
keep_out_of_dumps (void)
{
  const struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
  /* The sanitizers look at the process from outside when it ends. */
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  prctl (PR_SET_DUMPABLE, 0);
#endif
}

static void
take_keyring (ShequStore *store, ShequKeyring *keyring)
{
  ShequKeyring *old;

  if (keyring != NULL)
    keep_out_of_dumps ();
  g_mutex_lock (&store->lock);
  old = store->keyring;
  store->keyring = keyring;
  store->key_generation++;
  g_mutex_unlock (&store->lock);
  g_clear_pointer (&old, shequ_keyring_unref);
  g_clear_pointer (&store->tokens, shequ_search_tokens_free);
  shequ_store_drop_readers (store);
}

/* The writer of a protected office has its keys, those that it has now. */
gboolean
shequ_protection_check_writer (ShequStore *store, ShequConnection *writer, GError **error)
{
  g_autoptr (ShequKeyring) keyring = shequ_store_get_keyring (store);
  g_autofree char *keys = NULL;
  ShequKeyring *now;

  if (!shequ_lookup_setting (writer, SHEQU_PROTECTION_KEYS, &keys, error))
    return FALSE;
  if (keys == NULL || (keyring != NULL && g_strcmp0 (store->keys, keys) == 0))
    return TRUE;
  if (keyring == NULL)
    {
      g_set_error_literal (
        error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
        _ ("The office is protected; nothing was changed. Sign in, or give its recovery key"));
      return FALSE;
    }
  /* Somebody else has changed the keys. */
  now = shequ_keyring_reread (keyring, keys, error);
  if (now == NULL)
    return FALSE;
  g_free (store->keys);
  store->keys = g_steal_pointer (&keys);
  take_keyring (store, now);
  shequ_protection_fit (store, writer);
  store->tokens = shequ_store_new_tokens (store, error);
  return store->tokens != NULL;
}

/**
 * shequ_store_is_protected:
 * @store: a store
 * @error: return location
 *
 * Returns: whether the values of the office are sealed
 */
gboolean
shequ_store_is_protected (ShequStore *store, GError **error)
{
  g_autofree char *keys = shequ_store_get_setting (store, SHEQU_PROTECTION_KEYS, error);

  return keys != NULL;
}

/**
 * shequ_store_is_locked:
 * @store: a store
 *
 * Returns: whether the office is protected and nobody has unlocked it
 */
gboolean
shequ_store_is_locked (ShequStore *store)
{
  g_autoptr (ShequKeyring) keyring = shequ_store_get_keyring (store);

  return keyring == NULL && shequ_store_is_protected (store, NULL);
}

/**
 * shequ_store_get_keyring:
 * @store: a store
 *
 * Returns: (transfer full) (nullable): its keys; %NULL while nobody has unlocked it
 */
ShequKeyring *
shequ_store_get_keyring (ShequStore *store)
{
  ShequKeyring *keyring;

  g_mutex_lock (&store->lock);
  keyring = store->keyring != NULL ? shequ_keyring_ref (store->keyring) : NULL;
  g_mutex_unlock (&store->lock);
  return keyring;
}

/* Which fields are sealed by now. */
static char *
describe_fields (ShequStore *store)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (store->catalogue);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = registers->pdata[i];

      for (guint k = 0; k < reg->fields->len; k++)
        if (shequ_field_is_sealed (reg->fields->pdata[k]))
          g_string_append_printf (text, "%s.%s ", reg->name, ((ShequField *) reg->fields->pdata[k])->name);
    }
  return g_string_free (text, FALSE);
}

/* The search documents of what is sealed, made anew with the keys of the connection. */
static gboolean
remake_documents (ShequStore *store, ShequConnection *connection, ShequKeyring *keyring, GError **error)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (store->catalogue);
  g_autoptr (ShequSearchTokens) tokens = shequ_store_new_tokens (store, error);

  if (tokens == NULL)
    return FALSE;
  shequ_search_tokens_take_seal (tokens, shequ_keyring_new_seal (keyring));
  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = registers->pdata[i];
      g_autoptr (GString) script = g_string_new (NULL);
      ShequDocumentsStretch stretch = { 0 };

      if (!shequ_register_is_sealed (reg) || !shequ_register_has_documents (reg))
        continue;
      connection->engine->write_search_schema (script, reg->name);
      if (!shequ_connection_execute (connection, script->str, error) ||
          !shequ_documents_make (connection, reg, reg->name, tokens, 0, &stretch, error))
        return FALSE;
    }
  return TRUE;
}

/* Seals everything under new keys within a transaction. */
static gboolean
apply_keys (ShequStore *store,
            ShequTransaction *transaction,
            ShequKeyring *before,
            ShequKeyring *keyring,
            GError **error)
{
  ShequConnection *connection = shequ_transaction_get_connection (transaction);
  g_autoptr (ShequSeal) open = before != NULL ? shequ_keyring_new_seal (before) : NULL;
  g_autoptr (ShequSeal) close = shequ_keyring_new_seal (keyring);
  g_autofree char *written = shequ_keyring_write (keyring);
  g_autofree char *fields = describe_fields (store);

  if (!shequ_reseal_database (store, connection, open, close, error))
    return FALSE;
  g_clear_pointer (&connection->seal, shequ_seal_free);
  connection->seal = g_steal_pointer (&close);
  connection->key_generation = NO_GENERATION;
  return remake_documents (store, connection, keyring, error) &&
         shequ_transaction_set_setting (transaction, SHEQU_PROTECTION_KEYS, written, error) &&
         shequ_transaction_set_setting (transaction, FIELDS, fields, error) &&
         shequ_transaction_set_setting (transaction, REST, "rewrite", error);
}

/* The file keeps nothing of what was overwritten. */
static gboolean
clean_up (ShequStore *store, const ShequActor *actor, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequConnection) connection = NULL;
  g_autoptr (ShequTransaction) transaction = NULL;
  gboolean clean;

  shequ_store_drop_readers (store);
  connection = shequ_store_open_connection (store, FALSE, error);
  if (connection == NULL)
    return FALSE;
  connection->cancellable = cancellable;
  /* Another thread would find its file exchanged below it. */
  shequ_store_lock_writer (store);
  clean = connection->engine->rewrite == NULL || connection->engine->rewrite (connection, error);
  shequ_store_unlock_writer (store);
  if (!clean)
    {
      g_prefix_error_literal (error, _ ("The values are sealed, but the file may still hold some that were "
                                        "not. Close the office in all other "
                                        "windows and open it again. "));
      return FALSE;
    }
  transaction = shequ_store_begin_as_program (store, actor, cancellable, error);
  return transaction != NULL && shequ_transaction_set_setting (transaction, REST, NULL, error) &&
         shequ_transaction_commit (transaction, error);
}

static gboolean
change_keys (ShequStore *store,
             const ShequActor *actor,
             ShequKeyring *before,
             ShequKeyring *keyring,
             const char *recovery,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (ShequTransaction) transaction = shequ_store_begin_as_program (store, actor, cancellable, error);

  if (transaction == NULL || !apply_keys (store, transaction, before, keyring, error) ||
      (recovery != NULL && !shequ_transaction_set_setting (transaction, RECOVERY, recovery, error)) ||
      !shequ_transaction_commit (transaction, error))
    return FALSE;
  g_free (store->keys);
  store->keys = shequ_transaction_get_setting (transaction, SHEQU_PROTECTION_KEYS, NULL);
  take_keyring (store, shequ_keyring_ref (keyring));
  g_clear_pointer (&transaction, shequ_transaction_free);
  return clean_up (store, actor, cancellable, error);
}

/**
 * shequ_store_protect:
 * @store: an open office that nobody else has open
 * @actor: who protects it
 * @recovery_key: %SHEQU_CIPHER_KEY_SIZE bytes by chance, which the office has on paper before this is called:
 *   opens it when nobody knows a password any more, and is kept nowhere
 * @cancellable: (nullable): to stop; then it is open as before
 * @error: %SHEQU_ERROR_ARGUMENT when it is protected already; %SHEQU_ERROR_LOCKED when somebody else has it
 *   open: shequ_store_is_protected() tells whether it is protected, and only the file is to be cleaned yet,
 *   which the next unlocking does
 *
 * Seals the sensitive values of an office, wherever they stand, and cleans the file of what they were before.
 * On a server old backups, archived logs and replicas keep them: they are the administrator's to destroy.
 *
 * Returns: whether it is protected and clean
 */
gboolean
shequ_store_protect (ShequStore *store,
                     const ShequActor *actor,
                     const ShequSecret *recovery_key,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (ShequKeyring) keyring = NULL;
  g_autofree char *wrapped = NULL;

  if (!shequ_store_allows (store, SHEQU_RIGHT_SETTINGS, NULL, error))
    return FALSE;
  if (shequ_store_is_protected (store, NULL))
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT, _ ("The office is protected already"));
      return FALSE;
    }
  keyring = shequ_keyring_new ();
  wrapped = shequ_keyring_wrap (keyring, recovery_key, SHEQU_KEYRING_RECOVERY);
  return change_keys (store, actor, NULL, keyring, wrapped, cancellable, error);
}

/**
 * shequ_store_rotate_keys:
 * @store: an unlocked office
 * @actor: who changes its keys
 * @cancellable: (nullable): to stop; then it has the keys that it had
 * @error: %SHEQU_ERROR_PERMISSION when it is locked
 *
 * Seals all values anew under new keys. Passwords and recovery key stay as they are.
 *
 * Returns: whether all is sealed under the new keys
 */
gboolean
shequ_store_rotate_keys (ShequStore *store,
                         const ShequActor *actor,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (ShequKeyring) before = shequ_store_get_keyring (store);
  g_autoptr (ShequKeyring) keyring = NULL;

  if (!shequ_store_allows (store, SHEQU_RIGHT_SETTINGS, NULL, error))
    return FALSE;
  if (before == NULL)
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
                           _ ("The office is not unlocked, so that its keys can't be changed"));
      return FALSE;
    }
  keyring = shequ_keyring_new_rotated (before);
  return change_keys (store, actor, before, keyring, NULL, cancellable, error);
}

/* What was not sealed, or not indexed, or not cleaned up, when the office was last open. */
static gboolean
bring_up (ShequStore *store, ShequKeyring *keyring, GCancellable *cancellable, GError **error)
{
  const ShequActor actor = { "shequ", NULL, NULL, NULL };
  g_autofree char *rest = shequ_store_get_setting (store, REST, NULL);
  g_autofree char *known = shequ_store_get_setting (store, FIELDS, NULL);
  g_autofree char *fields = describe_fields (store);
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *moment = NULL;
  gboolean has_writer;
  gboolean prepared;

  if (store->mode == SHEQU_OPEN_READ_ONLY)
    return TRUE;
  shequ_store_lock_writer (store);
  has_writer = store->writer != NULL;
  prepared = !has_writer || shequ_schema_prepare (store, store->writer, FALSE, TRUE, error);
  shequ_store_unlock_writer (store);
  if (!has_writer || !prepared)
    return prepared;
  if (rest == NULL && g_strcmp0 (known, fields) == 0)
    return TRUE;
  now = g_date_time_new_now_utc ();
  moment = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  return g_strcmp0 (known, fields) == 0
           ? clean_up (store, &(ShequActor){ actor.user, NULL, NULL, moment, NULL }, cancellable, error)
           : change_keys (store, &(ShequActor){ actor.user, NULL, NULL, moment, NULL }, keyring, keyring,
                          NULL, cancellable, error);
}

/**
 * shequ_store_set_keyring:
 * @store: a protected office
 * @keyring: (nullable): its keys; %NULL locks it
 * @cancellable: (nullable): to stop
 * @error: %SHEQU_ERROR_PERMISSION when they are of another office
 *
 * Unlocks the office. What is to be sealed since the program was renewed is sealed, and what protecting it
 * left undone is done.
 *
 * Returns: whether it is unlocked
 */
gboolean
shequ_store_set_keyring (ShequStore *store, ShequKeyring *keyring, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequKeyring) same = NULL;
  g_autofree char *keys = NULL;

  if (keyring == NULL)
    {
      shequ_store_lock (store);
      return TRUE;
    }
  keys = shequ_store_get_setting (store, SHEQU_PROTECTION_KEYS, error);
  if (keys == NULL || (same = shequ_keyring_reread (keyring, keys, error)) == NULL)
    return FALSE;
  shequ_store_lock_writer (store);
  g_free (store->keys);
  store->keys = g_steal_pointer (&keys);
  take_keyring (store, shequ_keyring_ref (same));
  if (store->writer != NULL)
    shequ_protection_fit (store, store->writer);
  shequ_store_unlock_writer (store);
  if (bring_up (store, same, cancellable, error))
    return TRUE;
  shequ_store_lock (store);
  return FALSE;
}

/**
 * shequ_store_lock:
 * @store: a store that nobody is changing at the moment
 *
 * Forgets the keys of the office. Who still reads keeps them until the look has ended.
 */
void
shequ_store_lock (ShequStore *store)
{
  shequ_store_lock_writer (store);
  take_keyring (store, NULL);
  if (store->writer != NULL)
    shequ_protection_fit (store, store->writer);
  shequ_store_unlock_writer (store);
}

/**
 * shequ_store_unlock:
 * @store: a protected office
 * @key: what the holder's password gave
 * @wrapped: what shequ_keyring_wrap() gave for it
 * @holder: whose it is
 * @cancellable: (nullable): to stop
 * @error: %SHEQU_ERROR_PERMISSION when @key is not the right one
 *
 * Returns: whether it is unlocked
 */
gboolean
shequ_store_unlock (ShequStore *store,
                    const ShequSecret *key,
                    const char *wrapped,
                    const char *holder,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autofree char *keys = shequ_store_get_setting (store, SHEQU_PROTECTION_KEYS, error);
  g_autoptr (ShequKeyring) keyring = NULL;

  if (keys == NULL || wrapped == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT, _ ("The office is not protected"));
      return FALSE;
    }
  keyring = shequ_keyring_open_wrapped (key, wrapped, holder, keys, error);
  return keyring != NULL && shequ_store_set_keyring (store, keyring, cancellable, error);
}

/**
 * shequ_store_unlock_with_recovery_key:
 * @store: a protected office
 * @recovery_key: as shequ_store_protect() gave it
 * @cancellable: (nullable): to stop
 * @error: %SHEQU_ERROR_PERMISSION when it is another
 *
 * Returns: whether it is unlocked
 */
gboolean
shequ_store_unlock_with_recovery_key (ShequStore *store,
                                      const ShequSecret *recovery_key,
                                      GCancellable *cancellable,
                                      GError **error)
{
  g_autofree char *wrapped = shequ_store_get_setting (store, RECOVERY, error);

  return shequ_store_unlock (store, recovery_key, wrapped, SHEQU_KEYRING_RECOVERY, cancellable, error);
}
