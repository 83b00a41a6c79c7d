#include <string.h>

#include "shequ-cipher.h"
#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-password.h"

/* The reference implementation's own test, version 19, id, t=2 m=65536 p=1. */
static void
test_known_answer (void)
{
  static const guint8 expected[] = { 0x09, 0x31, 0x61, 0x15, 0xd5, 0xcf, 0x24, 0xed, 0x5a, 0x15, 0xa3,
                                     0x1a, 0x3b, 0xa3, 0x26, 0xe5, 0xcf, 0x32, 0xed, 0xc2, 0x47, 0x02,
                                     0x98, 0x7c, 0x02, 0xb6, 0x56, 0x6f, 0x61, 0x91, 0x3c, 0xf7 };
  ShequPasswordCost cost = { 2, 65536, 1 };
  g_autoptr (ShequSecret) key =
    shequ_password_derive ("password", (const guint8 *) "somesalt", 8, &cost, sizeof expected);

  g_assert_cmpmem (shequ_secret_get_bytes (key), shequ_secret_get_size (key), expected, sizeof expected);
}

static void
test_forms (void)
{
  ShequPasswordCost cheap = { 1, 64, 1 };
  guint8 salt[SHEQU_SALT_SIZE], other[SHEQU_SALT_SIZE];
  g_autoptr (ShequSecret) plain = NULL;
  g_autoptr (ShequSecret) wide = NULL;
  g_autoptr (ShequSecret) salted = NULL;

  shequ_make_salt (salt);
  shequ_make_salt (other);
  plain = shequ_password_derive ("Abc12345!甲", salt, sizeof salt, &cheap, 16);
  wide = shequ_password_derive ("Abc12345！甲", salt, sizeof salt, &cheap, 16);
  salted = shequ_password_derive ("Abc12345!甲", other, sizeof other, &cheap, 16);
  /* A full-width sign from an input method is the same sign. */
  g_assert_true (shequ_secret_equal (plain, wide));
  g_assert_false (shequ_secret_equal (plain, salted));
}

static void
test_rules (void)
{
  static const struct
  {
    const char *password, *account;
    gboolean good;
  } cases[] = {
    { "Minsheng2026", "wangli", TRUE },   { "民生社区2026Abcd", "wangli", TRUE },
    { "minsheng-2026", "wangli", TRUE },  { "Abc12345!", "wangli", FALSE },
    { "abcdefghij1", "wangli", FALSE },   { "12345678901234", "wangli", FALSE },
    { "WangLi-2026-x", "wangli", FALSE }, { "", "wangli", FALSE },
    { "Abcd12345\xff", "wangli", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].password);
      g_assert_cmpint (shequ_password_check (cases[i].password, cases[i].account, &error), ==, cases[i].good);
      g_assert_cmpint (error == NULL, ==, cases[i].good);
    }
}

static void
test_recovery_key (void)
{
  for (guint turn = 0; turn < 50; turn++)
    {
      g_autoptr (ShequSecret) key = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
      char *text = shequ_recovery_key_to_text (key);
      g_autofree char *low = g_ascii_strdown (text, -1);
      g_autoptr (ShequSecret) read = NULL;
      g_autoptr (ShequSecret) copied = NULL;

      g_assert_cmpuint (strlen (text), ==, 36);
      read = shequ_recovery_key_parse (text, NULL);
      g_assert_true (shequ_secret_equal (read, key));
      g_strdelimit (low, "-", ' ');
      for (char *at = low; *at != '\0'; at++)
        *at = *at == '0' ? 'o' : *at == '1' ? 'l' : *at;
      copied = shequ_recovery_key_parse (low, NULL);
      g_assert_true (shequ_secret_equal (copied, key));
      for (guint place = 0; place < strlen (text); place++)
        {
          char letter = text[place];
          g_autoptr (ShequSecret) wrong = NULL;

          if (letter == '-')
            continue;
          text[place] = letter == 'Q' ? 'R' : 'Q';
          wrong = shequ_recovery_key_parse (text, NULL);
          text[place] = letter;
          g_assert_true (wrong == NULL || !shequ_secret_equal (wrong, key));
        }
      shequ_secret_wipe_text (text);
    }
}

static void
test_bad_recovery_key (void)
{
  static const char *const texts[] = { "",
                                       "ABCD",
                                       "0000-0000-0000-0000-0000-0000-0000-0",
                                       "一二三四",
                                       "0000-0000-0000-0000-0000-0000-0000-0000-0000",
                                       "!!!!" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (shequ_recovery_key_parse (texts[i], &error));
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
    }
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/password/known-answer", test_known_answer);
  g_test_add_func ("/password/forms", test_forms);
  g_test_add_func ("/password/rules", test_rules);
  g_test_add_func ("/password/recovery-key", test_recovery_key);
  g_test_add_func ("/password/bad-recovery-key", test_bad_recovery_key);
  return g_test_run ();
}
