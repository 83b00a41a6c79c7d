#pragma once

#include "shequ-access.h"
#include "shequ-store.h"

G_BEGIN_DECLS

/* The register that says who may sign in. */
#define SHEQU_ACCOUNT_REGISTER "account"

/**
 * ShequAccount:
 * @key: the record of the account
 * @name: as it signs in; what it does is logged under it
 * @role: as what it works
 * @unit: the organisation unit whose records it works with, and those below it
 * @grid: the grid of a grid member, or 0
 * @department: the department of somebody there, or 0
 * @must_change: whether it has to choose a new password before anything else
 * @signed_in: when it signed in before, in seconds since 1970, or 0
 * @failures: wrong passwords since then
 *
 * Somebody whose password was right.
 */
typedef struct
{
  gint64 key;
  char *name;
  ShequRole role;
  gint64 unit;
  gint64 grid;
  gint64 department;
  gboolean must_change;
  gint64 signed_in;
  guint failures;
} ShequAccount;

void shequ_account_free (ShequAccount *account);

gboolean shequ_store_has_accounts (ShequStore *store, gboolean *has_accounts, GError **error);
ShequAccount *shequ_store_sign_in (ShequStore *store,
                                   const char *name,
                                   const char *password,
                                   const ShequActor *actor,
                                   GCancellable *cancellable,
                                   GError **error);
ShequAccount *shequ_store_check_password (ShequStore *store,
                                          const char *name,
                                          const char *password,
                                          const ShequActor *actor,
                                          GCancellable *cancellable,
                                          GError **error);
gboolean shequ_store_log_sign_out (ShequStore *store,
                                   const ShequActor *actor,
                                   GCancellable *cancellable,
                                   GError **error);
gboolean shequ_store_change_password (ShequStore *store,
                                      const char *name,
                                      const char *password,
                                      const char *new_password,
                                      const ShequActor *actor,
                                      GCancellable *cancellable,
                                      GError **error);
gboolean shequ_transaction_set_password (ShequTransaction *transaction,
                                         const ShequRow *account,
                                         const char *password,
                                         gboolean must_change,
                                         GError **error);

/* Two of those who may recover, each by a password of their own. */
typedef struct
{
  const char *name;
  const char *password;
} ShequManager;

gboolean shequ_store_recover_account (ShequStore *store,
                                      const char *name,
                                      const char *new_password,
                                      const ShequManager managers[2],
                                      const ShequActor *actor,
                                      GCancellable *cancellable,
                                      GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequAccount, shequ_account_free)

G_END_DECLS
