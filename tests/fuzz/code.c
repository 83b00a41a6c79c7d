/* What a scanner reads from the code on a paper, or what somebody types off it. */
#include "fuzz.h"

#include <string.h>

#include "shequ-certificates.h"
#include "shequ-error.h"
#include "shequ-locale.h"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  shequ_locale_init ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *number = NULL;
  g_autofree char *check_text = NULL;
  g_autofree char *written = NULL;
  g_autofree char *number_again = NULL;
  g_autofree char *check_text_again = NULL;
  g_autoptr (GError) error = NULL;

  if (!shequ_certificate_read_code (text, &number, &check_text, &error))
    {
      g_assert_true (error->domain == SHEQU_ERROR && g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  g_assert_true (g_utf8_validate (number, -1, NULL) && g_utf8_validate (check_text, -1, NULL));
  g_assert_true (*number != '\0' && *check_text != '\0' && strchr (check_text, ' ') == NULL);
  written = g_strdup_printf ("%s %s", number, check_text);
  g_assert_true (shequ_certificate_read_code (written, &number_again, &check_text_again, NULL));
  g_assert_cmpstr (number, ==, number_again);
  g_assert_cmpstr (check_text, ==, check_text_again);
  return 0;
}
