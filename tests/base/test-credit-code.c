#include "shequ-credit-code.h"

#include "config.h"

#include <string.h>

#include "shequ-error.h"
#include "shequ-locale.h"

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *code; /* NULL when refused */
  } cases[] = {
    { "91350100M000100Y43", "91350100M000100Y43" },
    { "91350100m000100y43", "91350100M000100Y43" },
    { " 9135 0100 M000 100Y 43 ", "91350100M000100Y43" },
    { "９１３５０１００Ｍ０００１００Ｙ４３", "91350100M000100Y43" },
    { "91350100-M000100Y4-3", "91350100M000100Y43" },
    { "91350100M000100Y44", NULL },
    { "91350100M000l00Y43", NULL },
    { "91350100M000100Y4", NULL },
    { "91350100M000100Y433", NULL },
    { "统一社会信用代码统一社会信用代码编号", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      char code[SHEQU_CREDIT_CODE_SIZE];

      g_test_message ("“%s”", cases[i].text);
      if (shequ_credit_code_parse (cases[i].text, code, &error))
        g_assert_cmpstr (code, ==, cases[i].code);
      else
        {
          g_assert_null (cases[i].code);
          g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
        }
    }
}

static void
test_organisation (void)
{
  char code[SHEQU_ORGANISATION_CODE_SIZE];

  g_assert_true (shequ_organisation_code_parse ("71526726x", code, NULL));
  g_assert_cmpstr (code, ==, "71526726-X");
  g_assert_false (shequ_organisation_code_parse ("71526726-1", code, NULL));
  g_assert_false (shequ_organisation_code_parse ("715267-26X", code, NULL));
  g_assert_false (shequ_organisation_code_parse ("", code, NULL));
  g_assert_true (shequ_credit_code_has_sound_organisation ("91350100M000100Y43"));
  g_assert_false (shequ_credit_code_has_sound_organisation ("91350100M000100Y53"));
}

static void
test_vectors (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "base", "test_vectors.tsv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint count = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
      gboolean valid = strcmp (cells[2], "1") == 0;
      char code[SHEQU_CREDIT_CODE_SIZE];

      g_test_message ("%s", lines[i]);
      if (strcmp (cells[0], "uscc") == 0)
        g_assert_cmpint (shequ_credit_code_parse (cells[1], code, NULL), ==, valid);
      else if (strcmp (cells[0], "org_code") == 0)
        g_assert_cmpint (shequ_organisation_code_parse (cells[1], code, NULL), ==, valid);
      else
        continue;
      count++;
    }
  g_assert_cmpuint (count, ==, 7);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/credit-code/parse", test_parse);
  g_test_add_func ("/credit-code/organisation", test_organisation);
  g_test_add_func ("/credit-code/vectors", test_vectors);

  return g_test_run ();
}
