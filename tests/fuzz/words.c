/* A command line, a word a line. */
#include "fuzz.h"

#include "shequ-cli-words.h"
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
  g_autoptr (ShequCli) cli = shequ_cli_new ();
  g_autofree char *typed = g_strndup ((const char *) data, size);
  g_autofree char *text = g_strconcat ("shequ-cli\n", typed, NULL);
  g_auto (GStrv) words = g_strsplit (text, "\n", -1);
  g_autoptr (GError) error = NULL;

  if (shequ_cli_read_words (cli, words, &error) == SHEQU_CLI_WISH_ERROR)
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  return 0;
}
