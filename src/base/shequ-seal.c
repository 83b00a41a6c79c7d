#include "shequ-seal.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-cipher.h"
#include "shequ-error.h"
#include "shequ-row.h"

#define NONCE_SIZE 12
#define TOKEN_BYTES 10

struct _ShequSeal
{
  ShequCipher *cipher;
  ShequKeyedDigest *digest;
  guint64 mark;
  GString *text; /* room for what goes into a digest; wiped */
};

static void
make_digest (ShequSeal *seal, char use, const char *context, const char *text, guint8 *digest)
{
  g_string_assign (seal->text, context);
  g_string_prepend_c (seal->text, use);
  g_string_append_c (seal->text, '\0');
  g_string_append (seal->text, text);
  shequ_keyed_digest_make (seal->digest, seal->text->str, seal->text->len, digest);
}

/**
 * shequ_seal_new:
 * @data_key: %SHEQU_CIPHER_KEY_SIZE bytes
 * @index_key: %SHEQU_SEAL_INDEX_KEY_SIZE bytes
 *
 * Returns: (transfer full): what seals and opens, for one thread
 */
ShequSeal *
shequ_seal_new (const ShequSecret *data_key, const ShequSecret *index_key)
{
  ShequSeal *seal = g_new0 (ShequSeal, 1);
  guint8 digest[SHEQU_DIGEST_SIZE];

  seal->cipher = shequ_cipher_new (data_key);
  seal->digest = shequ_keyed_digest_new (index_key);
  seal->text = g_string_sized_new (256);
  make_digest (seal, 'm', "", "", digest);
  memcpy (&seal->mark, digest, sizeof seal->mark);
  seal->mark |= 1;
  return seal;
}

/**
 * shequ_seal_free:
 * @seal: a seal; its keys are wiped
 */
void
shequ_seal_free (ShequSeal *seal)
{
  shequ_cipher_free (seal->cipher);
  shequ_keyed_digest_free (seal->digest);
  explicit_bzero (seal->text->str, seal->text->allocated_len);
  g_string_free (seal->text, TRUE);
  g_free (seal);
}

/**
 * shequ_seal_get_mark:
 * @seal: (nullable): a seal
 *
 * Returns: a number that tells its keys from others, 0 without a seal
 */
guint64
shequ_seal_get_mark (const ShequSeal *seal)
{
  return seal != NULL ? seal->mark : 0;
}

/**
 * shequ_seal_close_text:
 * @seal: a seal
 * @context: where the text stands; what is moved elsewhere can't be opened there
 * @text: what nobody else may read
 *
 * Returns: (transfer full): the sealed text, always the same of the same text
 */
char *
shequ_seal_close_text (ShequSeal *seal, const char *context, const char *text)
{
  const gsize mark = strlen (SHEQU_SEAL_MARK);
  gsize length = strlen (text);
  gsize size = length + SHEQU_CIPHER_OVERHEAD;
  guint8 room[512];
  g_autofree guint8 *longer = size > sizeof room ? g_malloc (size) : NULL;
  guint8 *sealed = longer != NULL ? longer : room;
  guint8 digest[SHEQU_DIGEST_SIZE];
  char *closed = g_malloc (mark + (size / 3 + 1) * 4 + 4);
  int state = 0;
  int save = 0;
  gsize n;

  G_STATIC_ASSERT (SHEQU_DIGEST_SIZE >= NONCE_SIZE);
  make_digest (seal, 'n', context, text, digest);
  shequ_cipher_seal_with_nonce (seal->cipher, digest, text, length, context, sealed);
  memcpy (closed, SHEQU_SEAL_MARK, mark);
  n = g_base64_encode_step (sealed, size, FALSE, closed + mark, &state, &save);
  n += g_base64_encode_close (FALSE, closed + mark + n, &state, &save);
  closed[mark + n] = '\0';
  return closed;
}

/**
 * shequ_seal_open_text:
 * @seal: a seal
 * @context: as it was sealed
 * @sealed: what shequ_seal_close_text() made
 * @error: %SHEQU_ERROR_DAMAGED when it was altered, moved, or sealed under another key
 *
 * Returns: (transfer full): the text
 */
char *
shequ_seal_open_text (ShequSeal *seal, const char *context, const char *sealed, GError **error)
{
  gsize size = 0;
  g_autofree guchar *bytes =
    g_base64_decode (sealed + MIN (strlen (sealed), strlen (SHEQU_SEAL_MARK)), &size);
  char *text = g_malloc0 (size + 1);

  if (shequ_cipher_open (seal->cipher, bytes, size, context, (guint8 *) text, error))
    {
      text[size - SHEQU_CIPHER_OVERHEAD] = '\0';
      return text;
    }
  g_free (text);
  return NULL;
}

/* Long enough for every register and field: names are 63 characters at most. */
#define CONTEXT_SIZE 160

static void
write_context (const ShequField *field, char *context)
{
  g_snprintf (context, CONTEXT_SIZE, "%s.%s", field->owner->name, field->name);
}

/**
 * shequ_seal_close_value:
 * @seal: a seal
 * @field: a field with shequ_field_is_sealed()
 * @text: its value
 *
 * Returns: (transfer full): the value as the database holds it
 */
char *
shequ_seal_close_value (ShequSeal *seal, const ShequField *field, const char *text)
{
  char context[CONTEXT_SIZE];

  write_context (field, context);
  return shequ_seal_close_text (seal, context, text);
}

/**
 * shequ_seal_open_value:
 * @seal: (nullable): a seal; %NULL when nobody has signed in
 * @field: a field
 * @stored: its value as the database holds it
 * @error: %SHEQU_ERROR_PERMISSION without a seal, %SHEQU_ERROR_DAMAGED when it was altered or moved
 *
 * Returns: (transfer full): the value; one that is not sealed as it is
 */
char *
shequ_seal_open_value (ShequSeal *seal, const ShequField *field, const char *stored, GError **error)
{
  char context[CONTEXT_SIZE];

  if (!shequ_text_is_sealed (stored))
    return g_strdup (stored);
  if (seal == NULL)
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
                           _ ("The office is protected. Sign in, or give its recovery key"));
      return NULL;
    }
  write_context (field, context);
  return shequ_seal_open_text (seal, context, stored, error);
}

/**
 * shequ_seal_make_token:
 * @seal: a seal
 * @number: what is searched for as a whole: a number, or its last places
 *
 * Returns: (transfer full): the token that stands for it in search documents
 */
char *
shequ_seal_make_token (ShequSeal *seal, const char *number)
{
  static const char digits[] = "0123456789abcdef";
  const gsize mark = strlen (SHEQU_SEAL_TOKEN);
  guint8 digest[SHEQU_DIGEST_SIZE];
  char *token = g_malloc (mark + 2 * TOKEN_BYTES + 1);

  make_digest (seal, 't', "", number, digest);
  memcpy (token, SHEQU_SEAL_TOKEN, mark);
  for (guint i = 0; i < TOKEN_BYTES; i++)
    {
      token[mark + 2 * i] = digits[digest[i] >> 4];
      token[mark + 2 * i + 1] = digits[digest[i] & 15];
    }
  token[mark + 2 * TOKEN_BYTES] = '\0';
  return token;
}

/**
 * shequ_text_is_sealed:
 * @text: a stored text
 *
 * Returns: whether it looks like a sealed value
 */
gboolean
shequ_text_is_sealed (const char *text)
{
  const char *behind = text + strlen (SHEQU_SEAL_MARK);
  gsize length;

  if (!g_str_has_prefix (text, SHEQU_SEAL_MARK))
    return FALSE;
  length = strspn (behind, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");
  return behind[length] == '\0' && length % 4 == 0 && length > (SHEQU_CIPHER_OVERHEAD / 3) * 4;
}

/**
 * shequ_field_is_sealed:
 * @field: a field
 *
 * The one decision about what a protected database holds sealed: numbers of persons, free text, and short
 * texts that are marked `Sealed=true`, from sensitivity 2 on. Names and what is found by its words stay open,
 * since they are put in order and found by pinyin.
 *
 * Returns: whether its values are sealed in a protected database
 */
gboolean
shequ_field_is_sealed (const ShequField *field)
{
  if (field->sensitivity < SHEQU_SENSITIVITY_MASKED)
    return FALSE;
  switch (field->kind)
    {
    case SHEQU_FIELD_ID_NUMBER:
    case SHEQU_FIELD_PHONE:
    case SHEQU_FIELD_LONG_TEXT:
    case SHEQU_FIELD_PICTURE:
      return TRUE;
    case SHEQU_FIELD_TEXT:
      return field->sealed;
    default:
      return FALSE;
    }
}

/**
 * shequ_register_is_sealed:
 * @reg: a register
 *
 * Returns: whether one of its fields is sealed in a protected database
 */
gboolean
shequ_register_is_sealed (const ShequRegister *reg)
{
  for (guint i = 0; i < reg->fields->len; i++)
    if (shequ_field_is_sealed (reg->fields->pdata[i]))
      return TRUE;
  return FALSE;
}
