/* What somebody types into a field: whatever it is, it is read or refused, and what is read is written as
 * text. */
#include "fuzz.h"

#include "shequ-address.h"
#include "shequ-credit-code.h"
#include "shequ-date.h"
#include "shequ-id-number.h"
#include "shequ-locale.h"
#include "shequ-mask.h"
#include "shequ-money.h"
#include "shequ-password.h"
#include "shequ-phone.h"
#include "shequ-time.h"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  shequ_locale_init ();
  return 0;
}

static void
try_address (const char *text)
{
  ShequAddress address;
  g_autofree char *written = NULL;

  shequ_address_parse (text, &address);
  written = shequ_address_format (&address);
  g_assert_true (g_utf8_validate (written, -1, NULL));
  shequ_address_clear (&address);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *masked = NULL;
  g_autoptr (ShequSecret) key = NULL;
  ShequIdNumber id_number;
  ShequPhone phone;
  ShequDate date;
  char code[64];
  gint64 number;
  int seconds;

  if (!g_utf8_validate (text, -1, NULL))
    return 0;
  shequ_id_number_parse (text, "2026-11-22", &id_number, NULL);
  shequ_phone_parse (text, &phone, NULL);
  shequ_date_parse_with_time (text, &date, &seconds, NULL);
  shequ_money_parse (text, &number, NULL);
  shequ_credit_code_parse (text, code, NULL);
  shequ_organisation_code_parse (text, code, NULL);
  shequ_time_parse_seconds (text, &seconds, NULL);
  shequ_moment_parse (text, &number, NULL);
  try_address (text);
  masked = shequ_mask_text (text);
  g_assert_true (g_utf8_validate (masked, -1, NULL));
  key = shequ_recovery_key_parse (text, NULL);
  return 0;
}
