#include "shequ-password.h"

#include "shequ-cipher.h"
#include "shequ-error.h"
#include "shequ-secret-private.h"

#include "config.h"

#include <gcrypt.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* GB/T 22239-2019, second level, as our privacy rules read it: ten characters of three kinds. */
#define LEAST_CHARACTERS 10
#define LEAST_KINDS 3

/* A recovery key on paper: groups of four, without I, L, O and U, which are read as others. */
#define RECOVERY_LETTERS "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#define RECOVERY_BITS 5
#define RECOVERY_GROUP 4
#define RECOVERY_CHECK                                                                                       \
  2 /* bytes of the digest of the key, so that a slip of the pen is told from a wrong key */
#define RECOVERY_SIZE (SHEQU_CIPHER_KEY_SIZE + RECOVERY_CHECK)

/* RFC 9106, section 4, second recommended option; a guess costs a desktop about a quarter of a second. */
const ShequPasswordCost shequ_password_cost = { 3, 65536, 4 };

static void
must (gcry_error_t code)
{
  if (G_UNLIKELY (code != 0))
    g_error ("libgcrypt: %s", gcry_strerror (code));
}

/**
 * shequ_make_salt:
 * @salt: (out caller-allocates): bytes that differ from account to account
 */
void
shequ_make_salt (guint8 salt[SHEQU_SALT_SIZE])
{
  shequ_secret_start ();
  gcry_randomize (salt, SHEQU_SALT_SIZE, GCRY_STRONG_RANDOM);
}

/**
 * shequ_password_derive:
 * @password: as it was typed, UTF-8
 * @salt: (array length=salt_size): of the account
 * @salt_size: at least 8 bytes
 * @cost: as the account was made with
 * @size: bytes wanted
 *
 * Argon2id (RFC 9106). Input methods write one sign in several ways, so the password is taken in NFKC.
 *
 * Returns: (transfer full): the key that belongs to the password
 */
ShequSecret *
shequ_password_derive (const char *password,
                       const guint8 *salt,
                       gsize salt_size,
                       const ShequPasswordCost *cost,
                       gsize size)
{
  const unsigned long parameters[] = { size, cost->passes, cost->kibibytes, cost->lanes };
  char *plain = g_utf8_normalize (password, -1, G_NORMALIZE_NFKC);
  g_autofree guint8 *key = g_malloc (size);
  gcry_kdf_hd_t handle;
  ShequSecret *secret;

  shequ_secret_start ();
  if (plain == NULL)
    plain = g_strdup (password);
  must (gcry_kdf_open (&handle, GCRY_KDF_ARGON2, GCRY_KDF_ARGON2ID, parameters, G_N_ELEMENTS (parameters),
                       plain, strlen (plain), salt, salt_size, NULL, 0, NULL, 0));
  must (gcry_kdf_compute (handle, NULL));
  must (gcry_kdf_final (handle, size, key));
  gcry_kdf_close (handle);
  shequ_secret_wipe_text (plain);
  secret = shequ_secret_new (key, size);
  explicit_bzero (key, size);
  return secret;
}

static guint
count_kinds (const char *password)
{
  gboolean small = FALSE, capital = FALSE, digit = FALSE, other = FALSE;

  for (const char *at = password; *at != '\0'; at++)
    if (g_ascii_islower (*at))
      small = TRUE;
    else if (g_ascii_isupper (*at))
      capital = TRUE;
    else if (g_ascii_isdigit (*at))
      digit = TRUE;
    else
      other = TRUE;
  return (guint) (small + capital + digit + other);
}

/**
 * shequ_password_check:
 * @password: a new password
 * @account: whose it is to be
 * @error: %SHEQU_ERROR_INVALID_VALUE says what it lacks
 *
 * The source of the rule is GB/T 22239-2019, chapter 7 (identity).
 *
 * Returns: whether it may be used
 */
gboolean
shequ_password_check (const char *password, const char *account, GError **error)
{
  g_autofree char *folded = NULL;
  g_autofree char *name = g_utf8_casefold (account, -1);
  gboolean holds_name;

  if (!g_utf8_validate (password, -1, NULL) || g_utf8_strlen (password, -1) < LEAST_CHARACTERS ||
      count_kinds (password) < LEAST_KINDS)
    {
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
        _ ("A password needs at least %d characters of three kinds: small letters, capitals, digits, "
           "signs"),
        LEAST_CHARACTERS);
      return FALSE;
    }
  folded = g_utf8_casefold (password, -1);
  holds_name = *name != '\0' && strstr (folded, name) != NULL;
  explicit_bzero (folded, strlen (folded));
  if (holds_name)
    g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                         _ ("A password may not hold the name of the account"));
  return !holds_name;
}

/* The key with its check, most significant bit first, five bits a letter. */
static void
write_letters (const guint8 *bytes, GString *text)
{
  guint bits = 0, held = 0, n = 0;

  for (guint i = 0; i <= RECOVERY_SIZE; i++)
    {
      /* The last letter is filled up with zeros. */
      bits = bits << 8 | (i < RECOVERY_SIZE ? bytes[i] : 0);
      held += 8;
      while (held >= RECOVERY_BITS && n * RECOVERY_BITS < RECOVERY_SIZE * 8)
        {
          held -= RECOVERY_BITS;
          if (n > 0 && n % RECOVERY_GROUP == 0)
            g_string_append_c (text, '-');
          g_string_append_c (text, RECOVERY_LETTERS[bits >> held & 31]);
          n++;
        }
      bits &= (1u << held) - 1;
    }
}

static void
write_check (const guint8 *key, guint8 *check)
{
  guint8 digest[SHEQU_DIGEST_SIZE];

  shequ_digest (key, SHEQU_CIPHER_KEY_SIZE, digest);
  memcpy (check, digest, RECOVERY_CHECK);
}

/**
 * shequ_recovery_key_to_text:
 * @key: %SHEQU_CIPHER_KEY_SIZE bytes
 *
 * Returns: (transfer full): the key as it is printed; shequ_secret_wipe_text() frees it
 */
char *
shequ_recovery_key_to_text (const ShequSecret *key)
{
  guint8 bytes[RECOVERY_SIZE];
  /* Never grows, so that no copy is left behind. */
  GString *text = g_string_sized_new (64);

  g_assert (shequ_secret_get_size (key) == SHEQU_CIPHER_KEY_SIZE);
  memcpy (bytes, shequ_secret_get_bytes (key), SHEQU_CIPHER_KEY_SIZE);
  write_check (bytes, bytes + SHEQU_CIPHER_KEY_SIZE);
  write_letters (bytes, text);
  explicit_bzero (bytes, sizeof bytes);
  return g_string_free (text, FALSE);
}

/* The value of a letter as people copy it; -1 for a blank or dash, -2 for anything else. */
static int
read_letter (char letter)
{
  char capital = g_ascii_toupper (letter);
  const char *at;

  if (capital == '\0')
    return -2;
  if (g_ascii_isspace (capital) || capital == '-')
    return -1;
  if (capital == 'O')
    capital = '0';
  if (capital == 'I' || capital == 'L')
    capital = '1';
  at = strchr (RECOVERY_LETTERS, capital);
  return at != NULL ? (int) (at - RECOVERY_LETTERS) : -2;
}

static gboolean
read_letters (const char *text, guint8 *bytes)
{
  guint bits = 0, held = 0, n = 0;

  for (; *text != '\0'; text++)
    {
      int value = read_letter (*text);

      if (value == -1)
        continue;
      if (value < 0 || n > RECOVERY_SIZE)
        return FALSE;
      bits = bits << RECOVERY_BITS | (guint) value;
      held += RECOVERY_BITS;
      if (held < 8)
        continue;
      held -= 8;
      if (n == RECOVERY_SIZE)
        return FALSE;
      bytes[n++] = (guint8) (bits >> held);
      bits &= (1u << held) - 1;
    }
  return n == RECOVERY_SIZE && bits == 0;
}

/**
 * shequ_recovery_key_parse:
 * @text: as somebody copied it from the paper
 * @error: %SHEQU_ERROR_INVALID_VALUE when a letter is wrong or missing
 *
 * Returns: (transfer full): the key
 */
ShequSecret *
shequ_recovery_key_parse (const char *text, GError **error)
{
  guint8 bytes[RECOVERY_SIZE] = { 0 };
  guint8 check[RECOVERY_CHECK];
  ShequSecret *key = NULL;

  if (read_letters (text, bytes))
    {
      write_check (bytes, check);
      if (memcmp (check, bytes + SHEQU_CIPHER_KEY_SIZE, RECOVERY_CHECK) == 0)
        key = shequ_secret_new (bytes, SHEQU_CIPHER_KEY_SIZE);
    }
  explicit_bzero (bytes, sizeof bytes);
  if (key == NULL)
    g_set_error_literal (
      error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
      _ ("That is no recovery key: a letter is missing or wrong. Compare it with the paper"));
  return key;
}
