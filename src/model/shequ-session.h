#pragma once

#include "shequ-access.h"
#include "shequ-accounts.h"
#include "shequ-office.h"

G_BEGIN_DECLS

/* Who is signed in to a protected office. An open office has nobody, and everybody may do everything. */
gboolean shequ_session_is_wanted (ShequOffice *office);
gboolean shequ_session_is_kept (ShequOffice *office);
gboolean shequ_session_sign_in (ShequOffice *office,
                                const char *name,
                                const char *password,
                                GCancellable *cancellable,
                                GError **error);
void shequ_session_sign_in_async (ShequOffice *office,
                                  const char *name,
                                  const char *password,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean shequ_session_sign_in_finish (ShequOffice *office, GAsyncResult *result, GError **error);
gboolean shequ_session_enter (ShequOffice *office,
                              const ShequAccount *account,
                              GCancellable *cancellable,
                              GError **error);
const ShequAccount *shequ_session_get_account (ShequOffice *office);
char *shequ_session_get_role_title (ShequOffice *office);
guint shequ_session_get_idle_minutes (ShequOffice *office);

gboolean shequ_session_change_password (ShequOffice *office,
                                        const char *name,
                                        const char *password,
                                        const char *new_password,
                                        GCancellable *cancellable,
                                        GError **error);
void shequ_session_change_password_async (ShequOffice *office,
                                          const char *name,
                                          const char *password,
                                          const char *new_password,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean shequ_session_change_password_finish (ShequOffice *office, GAsyncResult *result, GError **error);

ShequAccount *shequ_session_confirm (ShequOffice *office,
                                     const char *name,
                                     const char *password,
                                     const char *reason,
                                     GCancellable *cancellable,
                                     GError **error);
void shequ_session_confirm_async (ShequOffice *office,
                                  const char *name,
                                  const char *password,
                                  const char *reason,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
ShequAccount *shequ_session_confirm_finish (ShequOffice *office, GAsyncResult *result, GError **error);
void shequ_session_note_lock_async (ShequOffice *office,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean shequ_session_note_lock_finish (ShequOffice *office, GAsyncResult *result, GError **error);

gboolean shequ_session_set_password (ShequOffice *office,
                                     gint64 account,
                                     const char *password,
                                     GCancellable *cancellable,
                                     GError **error);
void shequ_session_set_password_async (ShequOffice *office,
                                       gint64 account,
                                       const char *password,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean shequ_session_set_password_finish (ShequOffice *office, GAsyncResult *result, GError **error);
gint64 shequ_session_add_account (ShequOffice *office,
                                  ShequRow *account,
                                  const char *password,
                                  gboolean must_change,
                                  GPtrArray *issues,
                                  GCancellable *cancellable,
                                  GError **error);
gboolean shequ_session_recover (ShequOffice *office,
                                const char *name,
                                const char *new_password,
                                const ShequManager managers[2],
                                GCancellable *cancellable,
                                GError **error);
void shequ_session_recover_async (ShequOffice *office,
                                  const char *name,
                                  const char *new_password,
                                  const ShequManager managers[2],
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean shequ_session_recover_finish (ShequOffice *office, GAsyncResult *result, GError **error);
void shequ_session_unlock_async (ShequOffice *office,
                                 const char *recovery_key,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean shequ_session_unlock_finish (ShequOffice *office, GAsyncResult *result, GError **error);
gboolean shequ_session_set_up (ShequOffice *office,
                               const char *recovery_key,
                               const char *password,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
