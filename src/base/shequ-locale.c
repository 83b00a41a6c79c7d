#include "shequ-locale.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

/* Whether the environment asks for any language at all. */
static gboolean
environment_names_language (void)
{
  static const char *const names[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = g_getenv (names[i]);

      if (value != NULL && *value != '\0' && g_strcmp0 (value, "C") != 0 && g_strcmp0 (value, "POSIX") != 0 &&
          !g_str_has_prefix (value, "C."))
        return TRUE;
    }
  return FALSE;
}

/**
 * shequ_locale_init:
 *
 * Sets the locale and binds the messages of Shequ; to be called once, first thing in `main`. Where the
 * environment names no language the program speaks Chinese. An uninstalled program finds the messages in
 * its build folder; `SHEQU_LOCALE_DIR` overrides both.
 */
void
shequ_locale_init (void)
{
  const char *folder = g_getenv ("SHEQU_LOCALE_DIR");

  if (!environment_names_language ())
    {
      g_setenv ("LANGUAGE", "zh_CN", TRUE);
      if (setlocale (LC_ALL, "zh_CN.UTF-8") == NULL)
        setlocale (LC_ALL, "C.UTF-8");
    }
  else if (setlocale (LC_ALL, "") == NULL)
    {
      /* The named locale is not installed: keep its language, with plain dates and order. */
      setlocale (LC_ALL, "C.UTF-8");
    }
  /* Numbers in files and statements are written with a point whatever the locale. */
  setlocale (LC_NUMERIC, "C");
  /* By which locale it reads numbers GLib settles at the first one. Where two threads come to it at once, the
   * one that had to wait has an errno left of that, and g_ascii_string_to_signed() takes its number for none.
   */
  g_ascii_strtod ("0", NULL);

  if (folder == NULL)
    folder =
      g_file_test (SHEQU_BUILD_LOCALE_DIR, G_FILE_TEST_IS_DIR) ? SHEQU_BUILD_LOCALE_DIR : SHEQU_LOCALE_DIR;
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
