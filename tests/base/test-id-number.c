#include "shequ-id-number.h"

#include "config.h"

#include <string.h>

#include "shequ-error.h"
#include "shequ-locale.h"

#define TODAY "2026-11-22"

typedef struct
{
  const char *text;
  const char *number; /* NULL when refused */
  ShequIdNumberType type;
  const char *birth_date;
  guint sex;
  guint notes;
} Case;

static const Case cases[] = {
  { "220802196503070022", "220802196503070022", SHEQU_ID_NUMBER_RESIDENT, "1965-03-07", 2, 0 },
  { " 220802 19650307 0022 ", "220802196503070022", SHEQU_ID_NUMBER_RESIDENT, "1965-03-07", 2, 0 },
  { "２２０８０２１９６５０３０７００２２", "220802196503070022", SHEQU_ID_NUMBER_RESIDENT, "1965-03-07", 2,
    0 },
  { "11010519491231002x", "11010519491231002X", SHEQU_ID_NUMBER_RESIDENT, "1949-12-31", 2, 0 },
  { "11010519491231002Ｘ", "11010519491231002X", SHEQU_ID_NUMBER_RESIDENT, "1949-12-31", 2, 0 },
  { "\xEF\xBB\xBF"
    "11010519491231002X",
    "11010519491231002X", SHEQU_ID_NUMBER_RESIDENT, "1949-12-31", 2, 0 },
  { "810000199001010019", "810000199001010019", SHEQU_ID_NUMBER_HONG_KONG, "1990-01-01", 1, 0 },
  { "820000198506150129", "820000198506150129", SHEQU_ID_NUMBER_MACAU, "1985-06-15", 2, 0 },
  { "830000199212310349", "830000199212310349", SHEQU_ID_NUMBER_TAIWAN, "1992-12-31", 2, 0 },
  { "91111561984080500X", "91111561984080500X", SHEQU_ID_NUMBER_PERMANENT, "", 0, 0 },
  { "911124198108030024", "911124198108030024", SHEQU_ID_NUMBER_PERMANENT, "1981-08-03", 2, 0 },
  { "usa110175082810", "USA110175082810", SHEQU_ID_NUMBER_PERMANENT_OLD, "", 0, 0 },
  { "220802650307002", "220802196503070022", SHEQU_ID_NUMBER_RESIDENT, "1965-03-07", 2,
    SHEQU_ID_NUMBER_CONVERTED },
  { "110105491231997", NULL },
  { "999999196503070023", "999999196503070023", SHEQU_ID_NUMBER_PERMANENT, "1965-03-07", 2,
    SHEQU_ID_NUMBER_REGION_UNKNOWN },
  { "220802196503070023", NULL },
  { "220802196502300025", NULL },
  { "220802209901010017", NULL },
  { "22080219650307002", NULL },
  { "2208021965030700222", NULL },
  { "22O802196503070022", NULL },
  { "2208021965030700X2", NULL },
  { "220802 1965年3月7日", NULL },
  { "2.20802E+17", NULL },
  { "", NULL },
  { "\xff\xfe\x80", NULL },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      ShequIdNumber number;
      gboolean taken = shequ_id_number_parse (cases[i].text, TODAY, &number, &error);

      g_test_message ("“%s”", cases[i].text);
      if (cases[i].number == NULL)
        {
          g_assert_false (taken);
          g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
          continue;
        }
      g_assert_no_error (error);
      g_assert_true (taken);
      g_assert_cmpstr (number.number, ==, cases[i].number);
      g_assert_cmpint (number.type, ==, cases[i].type);
      g_assert_cmpstr (number.birth_date, ==, cases[i].birth_date);
      g_assert_cmpuint (number.sex, ==, cases[i].sex);
      g_assert_cmpuint (number.notes, ==, cases[i].notes);
    }
}

static void
test_centenarian (void)
{
  ShequIdNumber number;
  g_autoptr (GError) error = NULL;

  g_assert_true (shequ_id_number_parse ("110105991231997", TODAY, &number, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (number.birth_date, ==, "1899-12-31");
  g_assert_cmpuint (number.sex, ==, 1);
}

static void
test_message_keeps_secret (void)
{
  g_autoptr (GError) error = NULL;
  ShequIdNumber number;

  g_assert_false (shequ_id_number_parse ("220802196503070023", NULL, &number, &error));
  g_assert_null (strstr (error->message, "2208"));
}

static void
test_future_needs_today (void)
{
  g_autoptr (GError) error = NULL;
  ShequIdNumber number;

  g_assert_true (shequ_id_number_parse ("220802209901010017", NULL, &number, &error));
  g_assert_no_error (error);
}

static void
test_lost_digits (void)
{
  static const struct
  {
    const char *text;
    gboolean lost;
  } texts[] = {
    { "220802196503070000", TRUE },  { "2.20802E+17", TRUE },
    { "2.20802196503E+17", TRUE },   { "220802196503070022", FALSE },
    { "22080219650307000X", FALSE }, { "1000", FALSE },
    { "22080219650307000", FALSE },  { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpint (shequ_id_number_may_have_lost_digits (texts[i].text), ==, texts[i].lost);
}

/* Every row of the table of the field. */
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
      ShequIdNumber number;
      gboolean taken;

      if (strcmp (cells[0], "id_no") != 0)
        continue;
      g_test_message ("%s", lines[i]);
      taken = shequ_id_number_parse (cells[1], TODAY, &number, NULL);
      if (strcmp (cells[2], "1") == 0)
        g_assert_true (taken && number.notes == SHEQU_ID_NUMBER_NO_NOTES);
      else if (strstr (cells[3], "warn, do not block") != NULL)
        g_assert_true (taken && (number.notes & SHEQU_ID_NUMBER_REGION_UNKNOWN) != 0);
      else
        g_assert_false (taken);
      count++;
    }
  g_assert_cmpuint (count, ==, 11);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/id-number/parse", test_parse);
  g_test_add_func ("/id-number/centenarian", test_centenarian);
  g_test_add_func ("/id-number/message-keeps-secret", test_message_keeps_secret);
  g_test_add_func ("/id-number/future-needs-today", test_future_needs_today);
  g_test_add_func ("/id-number/lost-digits", test_lost_digits);
  g_test_add_func ("/id-number/vectors", test_vectors);

  return g_test_run ();
}
