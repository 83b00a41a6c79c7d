/* The text of a condition: what is read, is written in a form that is read as the same. */
#include "fuzz.h"

#include "shequ-condition.h"
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
  g_autoptr (ShequCondition) condition = NULL;
  g_autoptr (ShequCondition) again = NULL;
  g_autofree char *written = NULL;
  g_autofree char *twice = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    return 0;
  condition = shequ_condition_parse (text, NULL);
  if (condition == NULL)
    return 0;
  written = shequ_condition_to_text (condition);
  again = shequ_condition_parse (written, NULL);
  g_assert_nonnull (again);
  twice = shequ_condition_to_text (again);
  g_assert_cmpstr (written, ==, twice);
  return 0;
}
