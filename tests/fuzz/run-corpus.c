/* Gives a target every file of some folders, where no fuzzer drives it: what was once found stays mended. */
#include "fuzz.h"

static guint
run_folder (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, &error);
  const char *name;
  guint n_files = 0;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      if (g_file_test (file, G_FILE_TEST_IS_DIR))
        continue;
      if (!g_file_get_contents (file, &bytes, &length, &error))
        g_error ("%s", error->message);
      LLVMFuzzerTestOneInput ((const uint8_t *) bytes, length);
      n_files++;
    }
  g_print ("%s: %u files\n", path, n_files);
  return n_files;
}

int
main (int argc, char **argv)
{
  LLVMFuzzerInitialize (&argc, &argv);
  if (argc < 2)
    g_error ("Usage: %s FOLDER…", argv[0]);
  for (int i = 1; i < argc; i++)
    if (run_folder (argv[i]) == 0)
      return 1;
  return 0;
}
