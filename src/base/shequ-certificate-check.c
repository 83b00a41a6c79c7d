#include "shequ-certificate-check.h"

#include "config.h"

/* Crockford's digits: none looks like another, so that the code can be read over a telephone. */
#define CHECK_DIGITS "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

/**
 * shequ_certificate_make_check_text:
 * @certificate: a certificate with its number
 *
 * Returns: (transfer full): eight digits over all that must not be altered, as `7K2M-Q0XA`, by which somebody
 * who holds the paper can ask whether it was issued so
 */
char *
shequ_certificate_make_check_text (const ShequRow *certificate)
{
  static const char *const parts[] = {
    "number", "resident_name", "receiver", "purpose", "facts", "issued_on"
  };
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  GString *text = g_string_new (NULL);
  guint8 digest[32];
  gsize length = sizeof digest;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *part = shequ_row_get_text (certificate, parts[i]);

      g_checksum_update (checksum, (const guchar *) (part != NULL ? part : ""), -1);
      g_checksum_update (checksum, (const guchar *) "\n", 1);
    }
  g_checksum_get_digest (checksum, digest, &length);
  for (guint i = 0; i < 8; i++)
    {
      if (i == 4)
        g_string_append_c (text, '-');
      g_string_append_c (text, CHECK_DIGITS[digest[i] % 32]);
    }
  return g_string_free (text, FALSE);
}
