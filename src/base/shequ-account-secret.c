/*
 * The secret of an account: with which salt and at which cost a key is made of its password, how the right
 * key is told from others, and how often it was wrong. GB/T 22239-2019, chapter 7 (identity), as our rules on
 * privacy read it.
 */
#include "shequ-account-secret.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-cipher.h"
#include "shequ-error.h"
#include "shequ-password.h"

#define GROUP "Secret"
#define VERIFIERS "Passwords"
#define SECONDS_A_DAY (24 * 60 * 60)

/* The digest is of a key, not of a password: guessing costs as much as against the wrapped key. */
typedef struct
{
  guint8 salt[SHEQU_SALT_SIZE];
  ShequPasswordCost cost;
  guint8 digest[SHEQU_DIGEST_SIZE];
} Verifier;

ShequAccountSecret *
shequ_account_secret_new (void)
{
  ShequAccountSecret *secret = g_new0 (ShequAccountSecret, 1);

  secret->verifiers = g_ptr_array_new_with_free_func (g_free);
  return secret;
}

void
shequ_account_secret_free (ShequAccountSecret *secret)
{
  g_free (secret->wrapped);
  g_ptr_array_unref (secret->verifiers);
  g_free (secret);
}

static gboolean
read_bytes (const char *text, guint8 *bytes, gsize size)
{
  g_autofree guchar *read = NULL;
  gsize length = 0;

  if (text == NULL || *text == '\0')
    return FALSE;
  read = g_base64_decode (text, &length);
  if (length == size)
    memcpy (bytes, read, size);
  return length == size;
}

/* `passes:kibibytes:lanes:salt:digest` */
static Verifier *
parse_verifier (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", -1);
  g_autofree Verifier *verifier = g_new0 (Verifier, 1);
  guint64 numbers[3];

  if (g_strv_length (parts) != 5)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!g_ascii_string_to_unsigned (parts[i], 10, 1, 1 << 22, &numbers[i], NULL))
      return NULL;
  verifier->cost = (ShequPasswordCost){ numbers[0], numbers[1], numbers[2] };
  if (!read_bytes (parts[3], verifier->salt, sizeof verifier->salt) ||
      !read_bytes (parts[4], verifier->digest, sizeof verifier->digest))
    return NULL;
  return g_steal_pointer (&verifier);
}

static char *
write_verifier (const Verifier *verifier)
{
  g_autofree char *salt = g_base64_encode (verifier->salt, sizeof verifier->salt);
  g_autofree char *digest = g_base64_encode (verifier->digest, sizeof verifier->digest);

  return g_strdup_printf ("%u:%u:%u:%s:%s", verifier->cost.passes, verifier->cost.kibibytes,
                          verifier->cost.lanes, salt, digest);
}

/**
 * shequ_account_secret_parse:
 * @text: as shequ_account_secret_write() gives it
 * @error: %SHEQU_ERROR_DAMAGED when it is none
 *
 * Returns: (transfer full): the secret
 */
ShequAccountSecret *
shequ_account_secret_parse (const char *text, GError **error)
{
  g_autoptr (ShequAccountSecret) secret = shequ_account_secret_new ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) verifiers = NULL;
  gboolean read = g_key_file_load_from_data (file, text, strlen (text), G_KEY_FILE_NONE, NULL);

  verifiers = read ? g_key_file_get_string_list (file, GROUP, VERIFIERS, NULL, NULL) : NULL;
  for (guint i = 0; verifiers != NULL && verifiers[i] != NULL; i++)
    {
      Verifier *verifier = parse_verifier (verifiers[i]);

      if (verifier != NULL)
        g_ptr_array_add (secret->verifiers, verifier);
      else
        read = FALSE;
    }
  secret->wrapped = g_key_file_get_string (file, GROUP, "Wrapped", NULL);
  if (!read || secret->verifiers->len == 0 || secret->wrapped == NULL)
    {
      g_set_error_literal (
        error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED,
        _ ("What the database keeps of this account makes no sense. Ask two managers for a "
           "new password"));
      return NULL;
    }
  secret->must_change = g_key_file_get_boolean (file, GROUP, "MustChange", NULL);
  secret->changed = g_key_file_get_int64 (file, GROUP, "Changed", NULL);
  secret->signed_in = g_key_file_get_int64 (file, GROUP, "SignedIn", NULL);
  secret->failures = (guint) MAX (0, g_key_file_get_integer (file, GROUP, "Failures", NULL));
  secret->locked_until = g_key_file_get_int64 (file, GROUP, "LockedUntil", NULL);
  return g_steal_pointer (&secret);
}

/**
 * shequ_account_secret_write:
 * @secret: a secret that has a password
 *
 * Returns: (transfer full): what the database keeps of it
 */
char *
shequ_account_secret_write (const ShequAccountSecret *secret)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GPtrArray) verifiers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < secret->verifiers->len; i++)
    g_ptr_array_add (verifiers, write_verifier (secret->verifiers->pdata[i]));
  g_key_file_set_string (file, GROUP, "Wrapped", secret->wrapped);
  g_key_file_set_string_list (file, GROUP, VERIFIERS, (const char *const *) verifiers->pdata, verifiers->len);
  g_key_file_set_boolean (file, GROUP, "MustChange", secret->must_change);
  g_key_file_set_int64 (file, GROUP, "Changed", secret->changed);
  g_key_file_set_int64 (file, GROUP, "SignedIn", secret->signed_in);
  g_key_file_set_integer (file, GROUP, "Failures", (int) secret->failures);
  g_key_file_set_int64 (file, GROUP, "LockedUntil", secret->locked_until);
  return g_key_file_to_data (file, NULL, NULL);
}

static void
digest_key (const ShequSecret *key, guint8 digest[SHEQU_DIGEST_SIZE])
{
  static const char purpose[] = "shequ verifier 1";
  guint8 bytes[sizeof purpose + SHEQU_CIPHER_KEY_SIZE];

  memcpy (bytes, purpose, sizeof purpose);
  memcpy (bytes + sizeof purpose, shequ_secret_get_bytes (key), SHEQU_CIPHER_KEY_SIZE);
  shequ_digest (bytes, sizeof bytes, digest);
  explicit_bzero (bytes, sizeof bytes);
}

static ShequSecret *
derive (const Verifier *verifier, const char *password, guint8 digest[SHEQU_DIGEST_SIZE])
{
  ShequSecret *key = shequ_password_derive (password, verifier->salt, sizeof verifier->salt, &verifier->cost,
                                            SHEQU_CIPHER_KEY_SIZE);

  digest_key (key, digest);
  return key;
}

/* Does not tell by its time how much of a digest was right. */
static gboolean
equal (const guint8 *a, const guint8 *b)
{
  guint difference = 0;

  for (guint i = 0; i < SHEQU_DIGEST_SIZE; i++)
    difference |= a[i] ^ b[i];
  return difference == 0;
}

static ShequSecret *
check (const Verifier *verifier, const char *password)
{
  guint8 digest[SHEQU_DIGEST_SIZE];
  g_autoptr (ShequSecret) key = derive (verifier, password, digest);

  return equal (digest, verifier->digest) ? g_steal_pointer (&key) : NULL;
}

/**
 * shequ_account_secret_check:
 * @secret: (nullable): a secret; %NULL costs as much and never fits, so that nobody learns which names there
 * are
 * @password: as it was typed
 *
 * Returns: (transfer full) (nullable): the key of the password, or %NULL when it is another
 */
ShequSecret *
shequ_account_secret_check (const ShequAccountSecret *secret, const char *password)
{
  Verifier nobody = { .cost = shequ_password_cost };

  return check (secret != NULL ? secret->verifiers->pdata[0] : &nobody, password);
}

/**
 * shequ_account_secret_set_password:
 * @secret: a secret
 * @rules: how accounts are kept
 * @account: the name of the account
 * @password: the new password
 * @now: seconds since 1970
 * @error: %SHEQU_ERROR_INVALID_VALUE says what it lacks
 *
 * Takes a new password, which is none of the last ones. What is wrapped has to be wrapped anew with the key.
 *
 * Returns: (transfer full): the key of the password
 */
ShequSecret *
shequ_account_secret_set_password (ShequAccountSecret *secret,
                                   const ShequAccountRules *rules,
                                   const char *account,
                                   const char *password,
                                   gint64 now,
                                   GError **error)
{
  Verifier *verifier;
  ShequSecret *key;

  if (!shequ_password_check (password, account, error))
    return NULL;
  for (guint i = 0; i < secret->verifiers->len; i++)
    {
      g_autoptr (ShequSecret) same = check (secret->verifiers->pdata[i], password);

      if (same == NULL)
        continue;
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                   _ ("This is one of the last %u passwords of the account. Choose another"),
                   rules->remembered);
      return NULL;
    }
  verifier = g_new0 (Verifier, 1);
  verifier->cost = shequ_password_cost;
  shequ_make_salt (verifier->salt);
  key = derive (verifier, password, verifier->digest);
  g_ptr_array_insert (secret->verifiers, 0, verifier);
  if (secret->verifiers->len > rules->remembered)
    g_ptr_array_set_size (secret->verifiers, (int) rules->remembered);
  secret->changed = now;
  secret->must_change = FALSE;
  secret->failures = 0;
  secret->locked_until = 0;
  return key;
}

/**
 * shequ_account_secret_is_locked:
 * @secret: a secret
 * @rules: how accounts are kept
 * @now: seconds since 1970
 *
 * A clock that was set back locks nobody for longer than the rule says.
 *
 * Returns: whether too many passwords were wrong of late
 */
gboolean
shequ_account_secret_is_locked (const ShequAccountSecret *secret, const ShequAccountRules *rules, gint64 now)
{
  return now < secret->locked_until && secret->locked_until - now <= (gint64) rules->lock_minutes * 60;
}

void
shequ_account_secret_note_failure (ShequAccountSecret *secret, const ShequAccountRules *rules, gint64 now)
{
  secret->failures++;
  if (secret->failures % rules->tries == 0)
    secret->locked_until = now + (gint64) rules->lock_minutes * 60;
}

/**
 * shequ_account_secret_is_due:
 * @secret: a secret
 * @rules: how accounts are kept
 * @keeper: whether the account may change others
 * @now: seconds since 1970
 *
 * Returns: whether the password has to be changed before anything else
 */
gboolean
shequ_account_secret_is_due (const ShequAccountSecret *secret,
                             const ShequAccountRules *rules,
                             gboolean keeper,
                             gint64 now)
{
  gint64 days = keeper ? rules->keeper_days : rules->password_days;

  return secret->must_change || now - secret->changed > days * SECONDS_A_DAY;
}
