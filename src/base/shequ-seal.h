#pragma once

#include "shequ-catalogue.h"
#include "shequ-secret.h"

G_BEGIN_DECLS

/* Begins a sealed value; behind it stand nonce, ciphertext and tag in base64. */
#define SHEQU_SEAL_MARK "~1"

#define SHEQU_SEAL_INDEX_KEY_SIZE 32

/* Begins the tokens that only the owner of the key can make. No term and no other token begins so. */
#define SHEQU_SEAL_TOKEN "_9"

/**
 * ShequSeal:
 *
 * Seals and opens the values of fields under the keys of one database; used by one thread at a time.
 *
 * A value is always sealed to the same text in the same field: the nonce follows from field and value (as in
 * SIV, RFC 5297), so that a sealed column tells which records share a value, and nothing else of it. Unique
 * values, identities and comparisons for equality need no column of their own.
 */
typedef struct _ShequSeal ShequSeal;

ShequSeal *shequ_seal_new (const ShequSecret *data_key, const ShequSecret *index_key);
void shequ_seal_free (ShequSeal *seal);
char *shequ_seal_close_text (ShequSeal *seal, const char *context, const char *text);
char *shequ_seal_open_text (ShequSeal *seal, const char *context, const char *sealed, GError **error);
char *shequ_seal_close_value (ShequSeal *seal, const ShequField *field, const char *text);
char *shequ_seal_open_value (ShequSeal *seal, const ShequField *field, const char *stored, GError **error);
guint64 shequ_seal_get_mark (const ShequSeal *seal);
char *shequ_seal_make_token (ShequSeal *seal, const char *number);

gboolean shequ_text_is_sealed (const char *text);
gboolean shequ_field_is_sealed (const ShequField *field);
gboolean shequ_register_is_sealed (const ShequRegister *reg);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequSeal, shequ_seal_free)

G_END_DECLS
