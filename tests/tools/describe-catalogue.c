/* Writes docs/catalogue.md from the table of keys: `ninja -C build catalogue-doc`. */
#include "shequ-catalogue.h"

int
main (int argc, char **argv)
{
  g_autofree char *text = shequ_catalogue_describe_keys ();
  g_autoptr (GError) error = NULL;

  if (argc != 2)
    {
      g_printerr ("Usage: %s FILE\n", argv[0]);
      return 2;
    }
  if (!g_file_set_contents (argv[1], text, -1, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  return 0;
}
