#pragma once

#include "shequ-access.h"
#include "shequ-secret.h"

G_BEGIN_DECLS

/**
 * ShequAccountSecret:
 * @wrapped: (nullable): the main key of the office, wrapped by the password
 * @must_change: whether somebody else chose the password
 * @changed: seconds since 1970, when it was chosen
 * @signed_in: when it was used last, or 0
 * @failures: wrong passwords since then
 * @locked_until: or 0
 *
 * What an account keeps besides its record: nothing of it tells the password. One thread at a time.
 */
typedef struct
{
  char *wrapped;
  gboolean must_change;
  gint64 changed;
  gint64 signed_in;
  guint failures;
  gint64 locked_until;
  GPtrArray *verifiers; /* of Verifier: that of the password first, then those of before */
} ShequAccountSecret;

ShequAccountSecret *shequ_account_secret_new (void);
ShequAccountSecret *shequ_account_secret_parse (const char *text, GError **error);
char *shequ_account_secret_write (const ShequAccountSecret *secret);
void shequ_account_secret_free (ShequAccountSecret *secret);

ShequSecret *shequ_account_secret_set_password (ShequAccountSecret *secret,
                                                const ShequAccountRules *rules,
                                                const char *account,
                                                const char *password,
                                                gint64 now,
                                                GError **error);
ShequSecret *shequ_account_secret_check (const ShequAccountSecret *secret, const char *password);
gboolean shequ_account_secret_is_locked (const ShequAccountSecret *secret,
                                         const ShequAccountRules *rules,
                                         gint64 now);
void shequ_account_secret_note_failure (ShequAccountSecret *secret,
                                        const ShequAccountRules *rules,
                                        gint64 now);
gboolean shequ_account_secret_is_due (const ShequAccountSecret *secret,
                                      const ShequAccountRules *rules,
                                      gboolean keeper,
                                      gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequAccountSecret, shequ_account_secret_free)

G_END_DECLS
