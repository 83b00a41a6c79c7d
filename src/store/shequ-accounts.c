/*
 * Who may sign in. An account is a record as others are; its secret stands apart, in a setting of its own, so
 * that it is never listed, exported or logged. A password opens the main key of the office, which is wrapped
 * for each account: without a right one nothing sealed can be read, whatever program is used.
 *
 * A wrong password is counted and logged before anybody is told that it was wrong; where that cannot be
 * written, nobody signs in.
 */
#include "shequ-accounts.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-account-secret.h"
#include "shequ-error.h"
#include "shequ-password.h"
#include "shequ-protection-private.h"
#include "shequ-store-private.h"

#define SECRET_SETTING "account.%" G_GINT64_FORMAT

void
shequ_account_free (ShequAccount *account)
{
  g_free (account->name);
  g_free (account);
}

static char *
name_setting (gint64 key)
{
  return g_strdup_printf (SECRET_SETTING, key);
}

static gint64
get_seconds (const ShequActor *actor)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (actor->moment, NULL);

  return time != NULL ? g_date_time_to_unix (time) : 0;
}

static const ShequRegister *
get_register (ShequStore *store)
{
  return shequ_catalogue_lookup (shequ_store_get_catalogue (store), SHEQU_ACCOUNT_REGISTER);
}

/**
 * shequ_store_has_accounts:
 * @store: a store
 * @has_accounts: (out): whether somebody can sign in
 * @error: return location
 *
 * Returns: whether that could be read
 */
gboolean
shequ_store_has_accounts (ShequStore *store, gboolean *has_accounts, GError **error)
{
  g_autoptr (GHashTable) secrets = shequ_store_list_settings (store, "account.", error);

  *has_accounts = secrets != NULL && g_hash_table_size (secrets) > 0;
  return secrets != NULL;
}

/* (transfer full) (nullable): read by the program itself, whoever works with the store. */
static gboolean
read_account (ShequStore *store,
              const ShequRegister *reg,
              const ShequField *field,
              const ShequValue *name,
              ShequRow **row,
              GCancellable *cancellable,
              GError **error)
{
  ShequConnection *reader = shequ_store_take_program_reader (store, cancellable, error);
  g_autoptr (GPtrArray) rows = NULL;
  gint64 key;

  *row = NULL;
  if (reader == NULL)
    return FALSE;
  key = shequ_lookup_find_key (reader, reg, &field, name, 1, error);
  if (key > 0)
    rows = shequ_lookup_fetch (reader, reg, &key, 1, SHEQU_FETCH_PLAIN, NULL, error);
  shequ_store_give_reader (store, reader);
  if (rows != NULL && rows->len > 0)
    *row = g_ptr_array_steal_index (rows, 0);
  return key == 0 || (key > 0 && rows != NULL);
}

/* The account of a name, or one of role %SHEQU_N_ROLES that nobody can use: closed, or unknown. */
static ShequAccount *
find_account (ShequStore *store, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequAccount) account = g_new0 (ShequAccount, 1);
  const ShequRegister *reg = get_register (store);
  const ShequField *field = reg != NULL ? shequ_register_lookup (reg, "name") : NULL;
  g_autofree char *plain = g_utf8_normalize (name, -1, G_NORMALIZE_NFKC);
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;
  g_autoptr (ShequRow) row = NULL;

  account->role = SHEQU_N_ROLES;
  account->name = g_strstrip (g_strdup (plain != NULL ? plain : ""));
  if (field == NULL)
    return g_steal_pointer (&account);
  shequ_value_set_text (&value, account->name);
  if (!read_account (store, reg, field, &value, &row, cancellable, error))
    return NULL;
  if (row == NULL)
    return g_steal_pointer (&account);
  account->key = row->key;
  account->unit = shequ_row_get_integer (row, "unit");
  account->grid = shequ_row_get_integer (row, "grid");
  account->department = shequ_row_get_integer (row, "department");
  if (g_strcmp0 (shequ_row_get_text (row, "state"), "active") == 0)
    shequ_role_parse (shequ_row_get_text (row, "role"), &account->role);
  return g_steal_pointer (&account);
}

/* One attempt: what is read of it, and what becomes of it. */
typedef struct
{
  ShequStore *store;
  const ShequActor *actor;
  GCancellable *cancellable;
  ShequRights *rights;
  ShequAccount *account;
  ShequAccountSecret *secret; /* (nullable): of a name that nobody has */
  ShequKeyring *keyring;      /* (nullable): until the password was right */
  gint64 now;
} Attempt;

static void
attempt_clear (Attempt *attempt)
{
  g_clear_pointer (&attempt->rights, shequ_rights_unref);
  g_clear_pointer (&attempt->account, shequ_account_free);
  g_clear_pointer (&attempt->secret, shequ_account_secret_free);
  g_clear_pointer (&attempt->keyring, shequ_keyring_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Attempt, attempt_clear)

static gboolean
read_attempt (Attempt *attempt, const char *name, GError **error)
{
  g_autofree char *setting = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) inner = NULL;

  attempt->now = get_seconds (attempt->actor);
  attempt->rights = shequ_rights_load (error);
  if (attempt->rights == NULL)
    return FALSE;
  attempt->account = find_account (attempt->store, name, attempt->cancellable, error);
  if (attempt->account == NULL)
    return FALSE;
  if (attempt->account->role == SHEQU_N_ROLES)
    return TRUE;
  setting = name_setting (attempt->account->key);
  text = shequ_store_get_setting (attempt->store, setting, &inner);
  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }
  if (text != NULL)
    attempt->secret = shequ_account_secret_parse (text, error);
  return text == NULL || attempt->secret != NULL;
}

static gboolean
write_secret (ShequTransaction *transaction, gint64 key, const ShequAccountSecret *secret, GError **error)
{
  g_autofree char *setting = name_setting (key);
  g_autofree char *text = shequ_account_secret_write (secret);

  return shequ_transaction_set_setting (transaction, setting, text, error);
}

/* What came of it stands in the log and in the secret together. Nobody has to be signed in for that. */
static gboolean
record (Attempt *attempt, ShequAction action, const char *reason, GError **error)
{
  gboolean known = attempt->secret != NULL;
  const ShequActor actor = {
    /* What was typed for a name that nobody has may be a password. */
    known ? attempt->account->name : "",
    attempt->actor->workstation,
    reason,
    attempt->actor->moment,
    NULL,
    known ? shequ_role_get_name (attempt->account->role) : NULL,
  };
  g_autoptr (ShequTransaction) transaction =
    shequ_store_begin_keyless (attempt->store, &actor, attempt->cancellable, error);

  return transaction != NULL &&
         (!known || write_secret (transaction, attempt->account->key, attempt->secret, error)) &&
         shequ_transaction_log (transaction, action, get_register (attempt->store), attempt->account->key,
                                NULL, error) &&
         shequ_transaction_commit (transaction, error);
}

static void
tell_locked (const Attempt *attempt, GError **error)
{
  gint64 minutes = (attempt->secret->locked_until - attempt->now + 59) / 60;

  g_set_error (
    error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
    _ ("The password was wrong too often: the account is locked for another %d min. A manager can give "
       "it a new password"),
    (int) minutes);
}

static gboolean
refuse (Attempt *attempt, GError **error)
{
  const ShequAccountRules *rules = shequ_rights_get_account_rules (attempt->rights);

  if (attempt->secret != NULL)
    shequ_account_secret_note_failure (attempt->secret, rules, attempt->now);
  if (!record (attempt, SHEQU_ACTION_SIGN_IN_FAILED, NULL, error))
    return FALSE;
  if (attempt->secret != NULL && shequ_account_secret_is_locked (attempt->secret, rules, attempt->now))
    tell_locked (attempt, error);
  else
    g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
                         _ ("The name or the password is wrong, or the account is closed. Capitals count"));
  return FALSE;
}

/* Whether the password is that of the account; its keys are open then. */
static gboolean
verify (Attempt *attempt, const char *password, GError **error)
{
  const ShequAccountRules *rules = shequ_rights_get_account_rules (attempt->rights);
  g_autofree char *keys = NULL;
  g_autofree char *holder = NULL;
  g_autoptr (ShequSecret) key = NULL;

  if (attempt->secret != NULL && shequ_account_secret_is_locked (attempt->secret, rules, attempt->now))
    {
      tell_locked (attempt, error);
      return FALSE;
    }
  key = shequ_account_secret_check (attempt->secret, password);
  if (key == NULL || attempt->secret == NULL)
    return refuse (attempt, error);
  keys = shequ_store_get_setting (attempt->store, SHEQU_PROTECTION_KEYS, error);
  if (keys == NULL)
    return FALSE;
  holder = name_setting (attempt->account->key);
  attempt->keyring = shequ_keyring_open_wrapped (key, attempt->secret->wrapped, holder, keys, error);
  return attempt->keyring != NULL;
}

/* What is told of the account, before the attempt itself changes it. */
static void
describe (Attempt *attempt)
{
  const ShequAccountRules *rules = shequ_rights_get_account_rules (attempt->rights);
  g_autoptr (ShequAccess) access = shequ_access_new (attempt->rights, attempt->account->role);
  gboolean keeper = shequ_access_allows (access, SHEQU_RIGHT_MANAGE_ACCOUNTS, NULL, NULL);

  attempt->account->must_change = shequ_account_secret_is_due (attempt->secret, rules, keeper, attempt->now);
  attempt->account->signed_in = attempt->secret->signed_in;
  attempt->account->failures = attempt->secret->failures;
  attempt->secret->failures = 0;
  attempt->secret->signed_in = attempt->now;
}

/**
 * shequ_store_sign_in:
 * @store: a protected office that has accounts
 * @name: as it was typed
 * @password: as it was typed
 * @actor: the workstation and the moment; who it is comes out of this
 * @cancellable: (nullable): to give up
 * @error: %SHEQU_ERROR_PERMISSION when name or password is wrong, or the account is locked or closed
 *
 * Unlocks the office with the password of an account. Takes a quarter of a second and 64 MB: run it on a
 * thread.
 *
 * Returns: (transfer full): who signed in
 */
ShequAccount *
shequ_store_sign_in (ShequStore *store,
                     const char *name,
                     const char *password,
                     const ShequActor *actor,
                     GCancellable *cancellable,
                     GError **error)
{
  g_auto (Attempt) attempt = { store, actor, cancellable, NULL, NULL, NULL, NULL, 0 };

  if (!read_attempt (&attempt, name, error) || !verify (&attempt, password, error))
    return NULL;
  describe (&attempt);
  if (!record (&attempt, SHEQU_ACTION_SIGN_IN, NULL, error) ||
      !shequ_store_set_keyring (store, attempt.keyring, cancellable, error))
    return NULL;
  return g_steal_pointer (&attempt.account);
}

/**
 * shequ_store_check_password:
 * @store: a protected office that has accounts
 * @name: as it was typed
 * @password: as it was typed
 * @actor: the workstation, the moment and for what; who it is comes out of this
 * @cancellable: (nullable): to give up
 * @error: as of shequ_store_sign_in()
 *
 * Whether somebody is who they say, without a change of who works: at a locked screen, or where a second
 * person has to agree. Wrong passwords count, and both ends are logged, with the reason.
 *
 * Returns: (transfer full): who it is
 */
ShequAccount *
shequ_store_check_password (ShequStore *store,
                            const char *name,
                            const char *password,
                            const ShequActor *actor,
                            GCancellable *cancellable,
                            GError **error)
{
  g_auto (Attempt) attempt = { store, actor, cancellable, NULL, NULL, NULL, NULL, 0 };

  if (!read_attempt (&attempt, name, error) || !verify (&attempt, password, error))
    return NULL;
  describe (&attempt);
  return record (&attempt, SHEQU_ACTION_SIGN_IN, actor->reason, error) ? g_steal_pointer (&attempt.account)
                                                                       : NULL;
}

/**
 * shequ_store_log_sign_out:
 * @store: a protected office
 * @actor: who leaves
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: whether the log has it
 */
gboolean
shequ_store_log_sign_out (ShequStore *store,
                          const ShequActor *actor,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (ShequTransaction) transaction = shequ_store_begin_keyless (store, actor, cancellable, error);

  return transaction != NULL &&
         shequ_transaction_log (transaction, SHEQU_ACTION_SIGN_OUT, get_register (store), 0, NULL, error) &&
         shequ_transaction_commit (transaction, error);
}

/* The new password, with the main key wrapped by it; as a change of the account in the log. */
static gboolean
set_password (ShequTransaction *transaction,
              ShequStore *store,
              ShequKeyring *keyring,
              const ShequAccount *account,
              ShequAccountSecret *secret,
              const char *password,
              gboolean must_change,
              gint64 now,
              GError **error)
{
  g_autoptr (ShequRights) rights = shequ_rights_load (error);
  g_autofree char *holder = name_setting (account->key);
  g_autoptr (ShequSecret) key = NULL;

  if (rights == NULL)
    return FALSE;
  key = shequ_account_secret_set_password (secret, shequ_rights_get_account_rules (rights), account->name,
                                           password, now, error);
  if (key == NULL)
    return FALSE;
  secret->must_change = must_change;
  g_free (secret->wrapped);
  secret->wrapped = shequ_keyring_wrap (keyring, key, holder);
  return write_secret (transaction, account->key, secret, error) &&
         shequ_transaction_log (transaction, SHEQU_ACTION_SET_PASSWORD, get_register (store), account->key,
                                NULL, error);
}

/**
 * shequ_store_change_password:
 * @store: a protected office that has accounts
 * @name: whose password
 * @password: as it is
 * @new_password: as it shall be
 * @actor: the workstation and the moment
 * @cancellable: (nullable): to give up
 * @error: %SHEQU_ERROR_PERMISSION when @password is wrong, %SHEQU_ERROR_INVALID_VALUE when the new one is no
 *   good
 *
 * What somebody does with their own password, whether signed in or not.
 *
 * Returns: whether it has changed
 */
gboolean
shequ_store_change_password (ShequStore *store,
                             const char *name,
                             const char *password,
                             const char *new_password,
                             const ShequActor *actor,
                             GCancellable *cancellable,
                             GError **error)
{
  g_auto (Attempt) attempt = { store, actor, cancellable, NULL, NULL, NULL, NULL, 0 };
  g_autoptr (ShequTransaction) transaction = NULL;
  ShequActor own = *actor;

  if (!read_attempt (&attempt, name, error) || !verify (&attempt, password, error))
    return FALSE;
  own.user = attempt.account->name;
  own.role = shequ_role_get_name (attempt.account->role);
  transaction = shequ_store_begin_keyless (store, &own, cancellable, error);
  return transaction != NULL &&
         set_password (transaction, store, attempt.keyring, attempt.account, attempt.secret, new_password,
                       FALSE, attempt.now, error) &&
         shequ_transaction_commit (transaction, error);
}

/**
 * shequ_transaction_set_password:
 * @transaction: a transaction of an unlocked office
 * @account: a stored record of the register of accounts
 * @password: a first or a new one, to be handed over
 * @must_change: whether its owner has to choose another at once
 * @error: %SHEQU_ERROR_INVALID_VALUE says what the password lacks
 *
 * Gives an account a password; a lock of too many wrong ones ends.
 *
 * Returns: whether it has it
 */
gboolean
shequ_transaction_set_password (ShequTransaction *transaction,
                                const ShequRow *account,
                                const char *password,
                                gboolean must_change,
                                GError **error)
{
  ShequStore *store = shequ_transaction_get_store (transaction);
  g_autoptr (ShequKeyring) keyring = shequ_store_get_keyring (store);
  g_autofree char *setting = name_setting (account->key);
  g_autofree char *text = NULL;
  g_autoptr (ShequAccountSecret) secret = NULL;
  ShequAccount named = { .key = account->key, .name = (char *) shequ_row_get_text (account, "name") };

  if (!shequ_store_allows (store, SHEQU_RIGHT_MANAGE_ACCOUNTS, NULL, error))
    return FALSE;
  if (keyring == NULL)
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                           _ ("Accounts are of a protected office; this one is open. Protect it first"));
      return FALSE;
    }
  text = shequ_transaction_get_setting (transaction, setting, NULL);
  secret = text != NULL ? shequ_account_secret_parse (text, NULL) : NULL;
  if (secret == NULL)
    secret = shequ_account_secret_new ();
  return set_password (transaction, store, keyring, &named, secret, password, must_change,
                       shequ_transaction_get_seconds (transaction), error);
}

/* Both are who they say, are two, neither is the one whom they help, and their roles allow it. */
static gboolean
check_managers (ShequStore *store,
                const char *name,
                const ShequManager managers[2],
                const ShequActor *actor,
                GCancellable *cancellable,
                ShequKeyring **keyring,
                char **names,
                GError **error)
{
  g_autofree char *first = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_auto (Attempt) attempt = { store, actor, cancellable, NULL, NULL, NULL, NULL, 0 };

      if (!read_attempt (&attempt, managers[i].name, error) ||
          !verify (&attempt, managers[i].password, error))
        return FALSE;
      if (!shequ_rights_may_recover (attempt.rights, attempt.account->role) ||
          g_strcmp0 (attempt.account->name, name) == 0 || g_strcmp0 (attempt.account->name, first) == 0)
        {
          g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
                       _ ("A forgotten password is replaced by two others, each a director or a keeper of "
                          "accounts. “%s” cannot be one of them. Nothing was changed"),
                       attempt.account->name);
          return FALSE;
        }
      g_clear_pointer (keyring, shequ_keyring_unref);
      *keyring = g_steal_pointer (&attempt.keyring);
      if (i == 0)
        first = g_strdup (attempt.account->name);
      else
        *names = g_strdup_printf ("%s、%s", first, attempt.account->name);
    }
  return TRUE;
}

/**
 * shequ_store_recover_account:
 * @store: a protected office that has accounts
 * @name: of the account whose password nobody knows
 * @new_password: a first one, which its owner changes at once
 * @managers: (array fixed-size=2): the two who do this together
 * @actor: the workstation and the moment
 * @cancellable: (nullable): to give up
 * @error: %SHEQU_ERROR_PERMISSION when they may not, %SHEQU_ERROR_NOT_FOUND when there is no such account
 *
 * Returns: whether the account can sign in with the new password
 */
gboolean
shequ_store_recover_account (ShequStore *store,
                             const char *name,
                             const char *new_password,
                             const ShequManager managers[2],
                             const ShequActor *actor,
                             GCancellable *cancellable,
                             GError **error)
{
  g_auto (Attempt) attempt = { store, actor, cancellable, NULL, NULL, NULL, NULL, 0 };
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (ShequKeyring) keyring = NULL;
  g_autofree char *names = NULL;
  ShequActor both = *actor;

  if (!read_attempt (&attempt, name, error) ||
      !check_managers (store, attempt.account->name, managers, actor, cancellable, &keyring, &names, error))
    return FALSE;
  if (attempt.account->role == SHEQU_N_ROLES)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("There is no account “%s” in use"), name);
      return FALSE;
    }
  both.user = names;
  both.role = NULL;
  transaction = shequ_store_begin_keyless (store, &both, cancellable, error);
  if (transaction == NULL)
    return FALSE;
  if (attempt.secret == NULL)
    attempt.secret = shequ_account_secret_new ();
  return set_password (transaction, store, keyring, attempt.account, attempt.secret, new_password, TRUE,
                       attempt.now, error) &&
         shequ_transaction_commit (transaction, error);
}
