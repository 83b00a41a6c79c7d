/* The description of a register, as an office or a stranger may have written it. */
#include "fuzz.h"

#include "shequ-catalogue.h"
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
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new ();
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;

  if (shequ_catalogue_add_text (catalogue, "fuzz.ini", text, &error))
    shequ_catalogue_resolve (catalogue, &error);
  g_assert_true (error == NULL ||
                 (error->domain == SHEQU_ERROR && g_utf8_validate (error->message, -1, NULL)));
  return 0;
}
