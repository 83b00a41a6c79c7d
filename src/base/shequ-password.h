#pragma once

#include "shequ-secret.h"

G_BEGIN_DECLS

#define SHEQU_SALT_SIZE 16

/* How dear a password is to guess. */
typedef struct
{
  guint passes;
  guint kibibytes;
  guint lanes;
} ShequPasswordCost;

extern const ShequPasswordCost shequ_password_cost;

void shequ_make_salt (guint8 salt[SHEQU_SALT_SIZE]);
ShequSecret *shequ_password_derive (const char *password,
                                    const guint8 *salt,
                                    gsize salt_size,
                                    const ShequPasswordCost *cost,
                                    gsize size);
gboolean shequ_password_check (const char *password, const char *account, GError **error);

char *shequ_recovery_key_to_text (const ShequSecret *key);
ShequSecret *shequ_recovery_key_parse (const char *text, GError **error);

G_END_DECLS
