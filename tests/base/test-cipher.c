#include <string.h>

#include "shequ-cipher.h"
#include "shequ-error.h"
#include "shequ-locale.h"

static guint8 *
read_hex (const char *hex, gsize *length)
{
  guint8 *bytes = g_malloc (strlen (hex) / 2 + 1);

  *length = strlen (hex) / 2;
  for (gsize i = 0; i < *length; i++)
    bytes[i] = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  bytes[*length] = '\0';
  return bytes;
}

static ShequSecret *
new_key (const char *hex)
{
  gsize length;
  g_autofree guint8 *bytes = read_hex (hex, &length);

  return shequ_secret_new (bytes, length);
}

/* RFC 8998, appendix A.1. */
static void
test_known_answer (void)
{
  g_autoptr (ShequSecret) key = new_key ("0123456789ABCDEFFEDCBA9876543210");
  g_autoptr (ShequCipher) cipher = shequ_cipher_new (key);
  gsize length, sealed_length, plain_length;
  g_autofree guint8 *context = read_hex ("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2", &length);
  g_autofree guint8 *sealed = read_hex ("00001234567800000000ABCD"
                                        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
                                        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
                                        "83DE3541E4C2B58177E065A9BF7B62EC",
                                        &sealed_length);
  g_autofree guint8 *expected = read_hex ("AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
                                          "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA",
                                          &plain_length);
  guint8 plain[64];
  g_autoptr (GError) error = NULL;

  shequ_cipher_open (cipher, sealed, sealed_length, (const char *) context, plain, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (plain, sizeof plain, expected, plain_length);
}

static void
test_round_trip (void)
{
  static const char text[] = "220802199003070022";
  g_autoptr (ShequSecret) key = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
  g_autoptr (ShequCipher) cipher = shequ_cipher_new (key);
  guint8 sealed[sizeof text + SHEQU_CIPHER_OVERHEAD], again[sizeof sealed], plain[sizeof text];

  shequ_cipher_seal (cipher, text, sizeof text, "resident.id_number", sealed);
  shequ_cipher_seal (cipher, text, sizeof text, "resident.id_number", again);
  /* The same number twice is not seen to be the same. */
  g_assert_cmpint (memcmp (sealed, again, sizeof sealed), !=, 0);
  g_assert_true (shequ_cipher_open (cipher, sealed, sizeof sealed, "resident.id_number", plain, NULL));
  g_assert_cmpstr ((const char *) plain, ==, text);
}

/* Each bit that is turned is found, and so is a value that was moved or cut. */
static void
test_altered (void)
{
  g_autoptr (ShequSecret) key = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
  g_autoptr (ShequSecret) other_key = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
  g_autoptr (ShequCipher) cipher = shequ_cipher_new (key);
  g_autoptr (ShequCipher) other = shequ_cipher_new (other_key);
  guint8 sealed[4 + SHEQU_CIPHER_OVERHEAD], plain[4];

  shequ_cipher_seal (cipher, "1380", 4, "resident.phone", sealed);
  for (guint bit = 0; bit < sizeof sealed * 8; bit++)
    {
      g_autoptr (GError) error = NULL;

      sealed[bit / 8] ^= (guint8) (1 << bit % 8);
      g_assert_false (shequ_cipher_open (cipher, sealed, sizeof sealed, "resident.phone", plain, &error));
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED);
      g_assert_cmpmem (plain, 4, "\0\0\0\0", 4);
      sealed[bit / 8] ^= (guint8) (1 << bit % 8);
    }
  for (gsize length = 0; length < sizeof sealed; length++)
    g_assert_false (shequ_cipher_open (cipher, sealed, length, "resident.phone", plain, NULL));
  g_assert_false (shequ_cipher_open (cipher, sealed, sizeof sealed, "staff.phone", plain, NULL));
  g_assert_false (shequ_cipher_open (other, sealed, sizeof sealed, "resident.phone", plain, NULL));
  g_assert_true (shequ_cipher_open (cipher, sealed, sizeof sealed, "resident.phone", plain, NULL));
}

static void
test_wrap (void)
{
  g_autoptr (ShequSecret) data = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
  g_autoptr (ShequSecret) own = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
  g_autoptr (ShequSecret) wrong = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
  g_autoptr (GBytes) wrapped = shequ_cipher_wrap (own, data, "account:7");
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (wrapped, 0, 20);
  g_autoptr (ShequSecret) unwrapped = shequ_cipher_unwrap (own, wrapped, "account:7", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (shequ_secret_equal (data, unwrapped));
  g_assert_false (shequ_secret_equal (data, own));
  g_assert_null (shequ_cipher_unwrap (wrong, wrapped, "account:7", &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
  g_assert_null (shequ_cipher_unwrap (own, wrapped, "account:8", NULL));
  g_assert_null (shequ_cipher_unwrap (own, cut, "account:7", NULL));
}

/* GB/T 32905, appendix A. */
static void
test_digest (void)
{
  guint8 digest[SHEQU_DIGEST_SIZE];
  gsize length;
  g_autofree guint8 *expected =
    read_hex ("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0", &length);

  shequ_digest ("abc", 3, digest);
  g_assert_cmpmem (digest, sizeof digest, expected, length);
}

/* Against RFC 2104, written out. */
static void
test_keyed_digest (void)
{
  g_autoptr (ShequSecret) key = shequ_secret_new ("0123456789abcdef", 16);
  g_autoptr (ShequKeyedDigest) keyed = shequ_keyed_digest_new (key);
  guint8 inner[64 + 11], outer[64 + SHEQU_DIGEST_SIZE], expected[SHEQU_DIGEST_SIZE],
    digest[SHEQU_DIGEST_SIZE];

  for (guint i = 0; i < 64; i++)
    {
      guint8 byte = i < 16 ? (guint8) "0123456789abcdef"[i] : 0;

      inner[i] = byte ^ 0x36;
      outer[i] = byte ^ 0x5c;
    }
  memcpy (inner + 64, "13800138000", 11);
  shequ_digest (inner, sizeof inner, outer + 64);
  shequ_digest (outer, sizeof outer, expected);
  for (guint turn = 0; turn < 2; turn++)
    {
      shequ_keyed_digest_make (keyed, "13800138000", 11, digest);
      g_assert_cmpmem (digest, sizeof digest, expected, sizeof expected);
    }
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cipher/known-answer", test_known_answer);
  g_test_add_func ("/cipher/round-trip", test_round_trip);
  g_test_add_func ("/cipher/altered", test_altered);
  g_test_add_func ("/cipher/wrap", test_wrap);
  g_test_add_func ("/cipher/digest", test_digest);
  g_test_add_func ("/cipher/keyed-digest", test_keyed_digest);
  return g_test_run ();
}
