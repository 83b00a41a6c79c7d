/* Who works in a protected office: signed in once, asked again at a locked screen. */
#include "shequ-session.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"
#include "shequ-office-private.h"
#include "shequ-password.h"
#include "shequ-protection.h"
#include "shequ-secret.h"

/* What somebody typed, for a worker; wiped behind it. */
typedef struct
{
  char *name;
  char *password;
  char *more; /* (nullable): the new password, or the reason */
} Typed;

static Typed *
typed_new (const char *name, const char *password, const char *more)
{
  Typed *typed = g_new0 (Typed, 1);

  typed->name = g_strdup (name);
  typed->password = g_strdup (password);
  typed->more = g_strdup (more);
  return typed;
}

static void
typed_free (gpointer data)
{
  Typed *typed = data;

  g_free (typed->name);
  g_clear_pointer (&typed->password, shequ_secret_wipe_text);
  g_clear_pointer (&typed->more, shequ_secret_wipe_text);
  g_free (typed);
}

/* Who acts, on this workstation, now; the caller owns the moment. */
static ShequActor
make_actor (ShequOffice *office, const char *moment, const char *reason)
{
  const ShequAccount *account = shequ_session_get_account (office);

  return (ShequActor){ shequ_office_get_user (office),
                       shequ_office_get_workstation (office),
                       reason,
                       moment,
                       NULL,
                       account != NULL ? shequ_role_get_name (account->role) : NULL };
}

/**
 * shequ_session_is_wanted:
 * @office: an office
 *
 * Returns: whether somebody has to sign in before anything is shown
 */
gboolean
shequ_session_is_wanted (ShequOffice *office)
{
  return shequ_store_is_locked (shequ_office_get_store (office));
}

/**
 * shequ_session_is_kept:
 * @office: an office
 *
 * Returns: whether people sign in to it, or could
 */
gboolean
shequ_session_is_kept (ShequOffice *office)
{
  g_autoptr (ShequKeyring) keyring = shequ_store_get_keyring (shequ_office_get_store (office));

  return keyring != NULL;
}

/**
 * shequ_session_enter:
 * @office: an office that nothing else uses yet
 * @account: who has signed in
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Lets somebody work in the office, with the rights of the account and no others.
 *
 * Returns: whether the office is ready
 */
gboolean
shequ_session_enter (ShequOffice *office,
                     const ShequAccount *account,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (ShequRights) rights = shequ_rights_load (error);
  g_autoptr (ShequAccess) access = NULL;
  ShequAccessPlace place = { account->unit, account->grid, account->department };

  /* What the program brings along is nobody's deed: before the rights of the account hold. */
  if (rights == NULL || !shequ_office_seed (office, cancellable, error))
    return FALSE;
  access = shequ_access_new (rights, account->role);
  shequ_access_set_place (access, &place);
  shequ_office_take_account (office, account);
  shequ_store_set_access (shequ_office_get_store (office), access);
  return TRUE;
}

/**
 * shequ_session_sign_in:
 * @office: a protected office that nothing else uses yet
 * @name: as it was typed
 * @password: as it was typed
 * @cancellable: (nullable): to give up
 * @error: as of shequ_store_sign_in()
 *
 * Returns: whether somebody is signed in
 */
gboolean
shequ_session_sign_in (ShequOffice *office,
                       const char *name,
                       const char *password,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *moment = shequ_office_get_moment (office);
  ShequActor actor = make_actor (office, moment, NULL);
  g_autoptr (ShequAccount) account =
    shequ_store_sign_in (shequ_office_get_store (office), name, password, &actor, cancellable, error);

  return account != NULL && shequ_session_enter (office, account, cancellable, error);
}

static gpointer
sign_in_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Typed *typed = data;

  return shequ_session_sign_in (office, typed->name, typed->password, cancellable, error) ? office : NULL;
}

/**
 * shequ_session_sign_in_async:
 * @office: a protected office that nothing else uses yet
 * @name: as it was typed
 * @password: as it was typed
 * @cancellable: (nullable): to give up
 * @callback: called in the end
 * @user_data: for @callback
 *
 * As shequ_session_sign_in(), on a worker.
 */
void
shequ_session_sign_in_async (ShequOffice *office,
                             const char *name,
                             const char *password,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  shequ_office_run_async (office, sign_in_work, typed_new (name, password, NULL), typed_free, NULL,
                          cancellable, callback, user_data);
}

gboolean
shequ_session_sign_in_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error) != NULL;
}

/**
 * shequ_session_get_role_title:
 * @office: an office
 *
 * Returns: (transfer full) (nullable): as what somebody is signed in, as a person calls it
 */
char *
shequ_session_get_role_title (ShequOffice *office)
{
  g_autoptr (ShequAccess) access = shequ_store_ref_access (shequ_office_get_store (office));
  const ShequAccount *account = shequ_session_get_account (office);

  return access != NULL && account != NULL
           ? g_strdup (shequ_rights_get_title (shequ_access_get_rights (access), account->role))
           : NULL;
}

/**
 * shequ_session_get_idle_minutes:
 * @office: an office
 *
 * Returns: after how many minutes without a key or a click the screen is locked; 0 for never, where nobody
 *   signs in
 */
guint
shequ_session_get_idle_minutes (ShequOffice *office)
{
  g_autoptr (ShequAccess) access = shequ_store_ref_access (shequ_office_get_store (office));

  return access != NULL ? shequ_rights_get_account_rules (shequ_access_get_rights (access))->idle_minutes : 0;
}

/**
 * shequ_session_change_password:
 * @office: a protected office
 * @name: whose password
 * @password: as it is
 * @new_password: as it shall be
 * @cancellable: (nullable): to give up
 * @error: as of shequ_store_change_password()
 *
 * Returns: whether it has changed
 */
gboolean
shequ_session_change_password (ShequOffice *office,
                               const char *name,
                               const char *password,
                               const char *new_password,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autofree char *moment = shequ_office_get_moment (office);
  ShequActor actor = make_actor (office, moment, NULL);

  if (!shequ_store_change_password (shequ_office_get_store (office), name, password, new_password, &actor,
                                    cancellable, error))
    return FALSE;
  shequ_office_forget_must_change (office);
  return TRUE;
}

static gpointer
change_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Typed *typed = data;

  return shequ_session_change_password (office, typed->name, typed->password, typed->more, cancellable, error)
           ? office
           : NULL;
}

void
shequ_session_change_password_async (ShequOffice *office,
                                     const char *name,
                                     const char *password,
                                     const char *new_password,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  shequ_office_run_async (office, change_work, typed_new (name, password, new_password), typed_free, NULL,
                          cancellable, callback, user_data);
}

gboolean
shequ_session_change_password_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error) != NULL;
}

/**
 * shequ_session_confirm:
 * @office: a protected office
 * @name: as it was typed
 * @password: as it was typed
 * @reason: (nullable): for what, as the log keeps it
 * @cancellable: (nullable): to give up
 * @error: as of shequ_store_check_password()
 *
 * Asks somebody who they are, while the same one goes on working: at a locked screen, or for the consent of a
 * second person.
 *
 * Returns: (transfer full): who it is
 */
ShequAccount *
shequ_session_confirm (ShequOffice *office,
                       const char *name,
                       const char *password,
                       const char *reason,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *moment = shequ_office_get_moment (office);
  ShequActor actor = make_actor (office, moment, reason);

  return shequ_store_check_password (shequ_office_get_store (office), name, password, &actor, cancellable,
                                     error);
}

static gpointer
confirm_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Typed *typed = data;

  return shequ_session_confirm (office, typed->name, typed->password, typed->more, cancellable, error);
}

static void
free_account (gpointer account)
{
  shequ_account_free (account);
}

void
shequ_session_confirm_async (ShequOffice *office,
                             const char *name,
                             const char *password,
                             const char *reason,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  shequ_office_run_async (office, confirm_work, typed_new (name, password, reason), typed_free, free_account,
                          cancellable, callback, user_data);
}

ShequAccount *
shequ_session_confirm_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

static gpointer
lock_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *moment = shequ_office_get_moment (office);
  ShequActor actor = make_actor (office, moment, NULL);

  return shequ_store_log_sign_out (shequ_office_get_store (office), &actor, cancellable, error) ? office
                                                                                                : NULL;
}

/**
 * shequ_session_note_lock_async:
 * @office: an office that somebody is signed in to
 * @cancellable: (nullable): to give up
 * @callback: called in the end
 * @user_data: for @callback
 *
 * Notes in the log that somebody left the workstation.
 */
void
shequ_session_note_lock_async (ShequOffice *office,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  shequ_office_run_async (office, lock_work, NULL, NULL, NULL, cancellable, callback, user_data);
}

gboolean
shequ_session_note_lock_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error) != NULL;
}

/**
 * shequ_session_add_account:
 * @office: an unlocked protected office
 * @account: a new record of the register of accounts; gets its key
 * @password: a first one, to be handed over
 * @must_change: whether its owner has to choose another at once
 * @issues: (nullable) (element-type ShequIssue): what is wrong with the record
 * @cancellable: (nullable): to give up
 * @error: %SHEQU_ERROR_PERMISSION, %SHEQU_ERROR_INVALID_VALUE of the password, or as of a save
 *
 * Makes an account and its password in one change.
 *
 * Returns: the key of the account, 0 on error
 */
gint64
shequ_session_add_account (ShequOffice *office,
                           ShequRow *account,
                           const char *password,
                           gboolean must_change,
                           GPtrArray *issues,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (ShequTransaction) transaction = shequ_office_begin (office, NULL, cancellable, error);

  if (transaction == NULL || !shequ_office_save_in (office, transaction, account, issues, error) ||
      !shequ_transaction_set_password (transaction, account, password, must_change, error) ||
      !shequ_transaction_commit (transaction, error))
    return 0;
  shequ_office_tell_changed (office, account->reg, account->key);
  return account->key;
}

/**
 * shequ_session_set_password:
 * @office: an unlocked protected office
 * @account: the record of an account
 * @password: a new one, to be handed over
 * @cancellable: (nullable): to give up
 * @error: as of shequ_transaction_set_password()
 *
 * What a keeper of accounts does for somebody else, who has to choose another password at once.
 *
 * Returns: whether the account has it
 */
gboolean
shequ_session_set_password (ShequOffice *office,
                            gint64 account,
                            const char *password,
                            GCancellable *cancellable,
                            GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, SHEQU_ACCOUNT_REGISTER, error);
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (ShequRow) row = NULL;

  if (reg == NULL)
    return FALSE;
  transaction = shequ_office_begin (office, NULL, cancellable, error);
  row = transaction != NULL ? shequ_transaction_get (transaction, reg, account, error) : NULL;
  return row != NULL && shequ_transaction_set_password (transaction, row, password, TRUE, error) &&
         shequ_transaction_commit (transaction, error);
}

typedef struct
{
  gint64 account;
  char *password;
} NewPassword;

static void
new_password_free (gpointer data)
{
  NewPassword *asked = data;

  shequ_secret_wipe_text (asked->password);
  g_free (asked);
}

static gpointer
set_password_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const NewPassword *asked = data;

  return shequ_session_set_password (office, asked->account, asked->password, cancellable, error) ? office
                                                                                                  : NULL;
}

void
shequ_session_set_password_async (ShequOffice *office,
                                  gint64 account,
                                  const char *password,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  NewPassword *asked = g_new0 (NewPassword, 1);

  asked->account = account;
  asked->password = g_strdup (password);
  shequ_office_run_async (office, set_password_work, asked, new_password_free, NULL, cancellable, callback,
                          user_data);
}

gboolean
shequ_session_set_password_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error) != NULL;
}

/**
 * shequ_session_recover:
 * @office: a protected office
 * @name: of the account whose password nobody knows
 * @new_password: a first one
 * @managers: (array fixed-size=2): the two who do this together
 * @cancellable: (nullable): to give up
 * @error: as of shequ_store_recover_account()
 *
 * Returns: whether the account has the new password
 */
gboolean
shequ_session_recover (ShequOffice *office,
                       const char *name,
                       const char *new_password,
                       const ShequManager managers[2],
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *moment = shequ_office_get_moment (office);
  ShequActor actor = make_actor (office, moment, NULL);

  return shequ_store_recover_account (shequ_office_get_store (office), name, new_password, managers, &actor,
                                      cancellable, error);
}

/* What three people typed. */
typedef struct
{
  Typed *account;
  Typed *managers[2];
} Recovery;

static void
recovery_free (gpointer data)
{
  Recovery *recovery = data;

  typed_free (recovery->account);
  typed_free (recovery->managers[0]);
  typed_free (recovery->managers[1]);
  g_free (recovery);
}

static gpointer
recover_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Recovery *recovery = data;
  const ShequManager managers[2] = {
    { recovery->managers[0]->name, recovery->managers[0]->password },
    { recovery->managers[1]->name, recovery->managers[1]->password },
  };

  return shequ_session_recover (office, recovery->account->name, recovery->account->password, managers,
                                cancellable, error)
           ? office
           : NULL;
}

void
shequ_session_recover_async (ShequOffice *office,
                             const char *name,
                             const char *new_password,
                             const ShequManager managers[2],
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Recovery *recovery = g_new0 (Recovery, 1);

  recovery->account = typed_new (name, new_password, NULL);
  for (guint i = 0; i < 2; i++)
    recovery->managers[i] = typed_new (managers[i].name, managers[i].password, NULL);
  shequ_office_run_async (office, recover_work, recovery, recovery_free, NULL, cancellable, callback,
                          user_data);
}

gboolean
shequ_session_recover_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error) != NULL;
}

static gpointer
unlock_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Typed *typed = data;

  return shequ_office_unlock (office, typed->password, cancellable, error) ? office : NULL;
}

/**
 * shequ_session_unlock_async:
 * @office: a protected office that nothing else uses yet
 * @recovery_key: as it stands on paper
 * @cancellable: (nullable): to give up
 * @callback: called in the end
 * @user_data: for @callback
 *
 * As shequ_office_unlock(), on a worker: nobody is signed in then, and everything may be done.
 */
void
shequ_session_unlock_async (ShequOffice *office,
                            const char *recovery_key,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  shequ_office_run_async (office, unlock_work, typed_new ("", recovery_key, NULL), typed_free, NULL,
                          cancellable, callback, user_data);
}

gboolean
shequ_session_unlock_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error) != NULL;
}

/**
 * shequ_session_set_up:
 * @office: a new, open office
 * @recovery_key: of shequ_office_new_recovery_key(), on paper by now
 * @password: of the user of the office, who becomes its first director
 * @cancellable: (nullable): to give up
 * @error: as of shequ_office_protect() and shequ_session_add_account()
 *
 * Protects an office and makes its first account, who is signed in then.
 *
 * Returns: whether it is protected and somebody can sign in
 */
gboolean
shequ_session_set_up (ShequOffice *office,
                      const char *recovery_key,
                      const char *password,
                      GCancellable *cancellable,
                      GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, SHEQU_ACCOUNT_REGISTER, error);
  g_autoptr (ShequRow) row = NULL;

  if (reg == NULL || !shequ_password_check (password, shequ_office_get_user (office), error) ||
      !shequ_office_protect (office, recovery_key, cancellable, error))
    return FALSE;
  row = shequ_office_new_row (office, reg);
  shequ_row_set_text (row, "name", shequ_office_get_user (office));
  shequ_row_set_text (row, "role", shequ_role_get_name (SHEQU_ROLE_DIRECTOR));
  return shequ_session_add_account (office, row, password, FALSE, NULL, cancellable, error) != 0 &&
         shequ_session_sign_in (office, shequ_office_get_user (office), password, cancellable, error);
}
