#include "shequ-date.h"

#include "config.h"

#include "shequ-error.h"
#include "shequ-locale.h"

static const struct
{
  const char *text;
  const char *iso; /* NULL when refused */
} cases[] = {
  { "2026-11-22", "2026-11-22" },
  { "2026/11/22", "2026-11-22" },
  { "2026.11.22", "2026-11-22" },
  { "2026年11月22日", "2026-11-22" },
  { "2026年1月2号", "2026-01-02" },
  { " 2026 年 1 月 2 日 ", "2026-01-02" },
  { "20261122", "2026-11-22" },
  { "２０２６－１１－２２", "2026-11-22" },
  { "２０２６年１１月２２日", "2026-11-22" },
  { "2026-1-2", "2026-01-02" },
  { "2026-11-22 00:00:00", "2026-11-22" },
  { "2026-11-22T08:30:00", "2026-11-22" },
  { "2026/11/22 8:30", "2026-11-22" },
  { "2024-02-29", "2024-02-29" },
  { "2000-2-29", "2000-02-29" },
  { "1850-01-01", "1850-01-01" },
  { "2200-12-31", "2200-12-31" },
  { "1/2/2026", NULL },
  { "22/11/2026", NULL },
  { "11/2026", NULL },
  { "2026-2-30", NULL },
  { "2026-02-30", NULL },
  { "1900-02-29", NULL },
  { "2026-13-01", NULL },
  { "20261322", NULL },
  { "26-11-22", NULL },
  { "26年11月22日", NULL },
  { "1849-12-31", NULL },
  { "2201-01-01", NULL },
  { "2026-11", NULL },
  { "2026年", NULL },
  { "2026-11-22 25:00", NULL },
  { "2026-11-22x", NULL },
  { "2026-011-22", NULL },
  { "yesterday", NULL },
  { "", NULL },
  { "\xff\xff", NULL },
  { "99999999999999999999", NULL },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *iso = shequ_date_normalise (cases[i].text, &error);

      g_test_message ("“%s”", cases[i].text);
      g_assert_cmpstr (iso, ==, cases[i].iso);
      if (iso == NULL)
        g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
    }
}

static void
test_iso_is_strict (void)
{
  ShequDate date;

  g_assert_true (shequ_date_from_iso ("2026-11-22", &date));
  g_assert_cmpint (date.day, ==, 22);
  g_assert_false (shequ_date_from_iso ("2026-11-2", &date));
  g_assert_false (shequ_date_from_iso ("2026-11-22 ", &date));
  g_assert_false (shequ_date_from_iso ("2026/11/22", &date));
  g_assert_false (shequ_date_from_iso ("", &date));
}

static void
test_serial (void)
{
  static const struct
  {
    double serial;
    gboolean from_1904;
    const char *iso;
  } serials[] = {
    { 1, FALSE, "1900-01-01" },    { 59, FALSE, "1900-02-28" },       { 60, FALSE, NULL },
    { 61, FALSE, "1900-03-01" },   { 46348, FALSE, "2026-11-22" },    { 46348.99, FALSE, "2026-11-22" },
    { 44886, TRUE, "2026-11-22" }, { 0, TRUE, "1904-01-01" },         { 0, FALSE, NULL },
    { -3, FALSE, NULL },           { 20261122, FALSE, "2026-11-22" }, { 20261322, FALSE, NULL },
    { 1e15, FALSE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (serials); i++)
    {
      char iso[SHEQU_DATE_TEXT_SIZE];
      ShequDate date;

      if (!shequ_date_from_serial (serials[i].serial, serials[i].from_1904, &date, NULL))
        {
          g_assert_null (serials[i].iso);
          continue;
        }
      shequ_date_to_iso (&date, iso);
      g_assert_cmpstr (iso, ==, serials[i].iso);
    }
}

/* GDate counts the same days. */
static void
test_days (void)
{
  static const ShequDate epoch = { 1970, 1, 1 };
  ShequDate before = { 1849, 12, 31 };

  g_assert_cmpint (shequ_date_to_days (&epoch), ==, 0);
  for (int days = shequ_date_to_days (&before) + 1; days < 84000; days++)
    {
      ShequDate date = shequ_date_from_days (days);
      GDate other;

      g_date_clear (&other, 1);
      g_date_set_dmy (&other, date.day, date.month, date.year);
      g_assert_true (shequ_date_is_valid (date.year, date.month, date.day));
      g_assert_cmpint (shequ_date_to_days (&date), ==, days);
      g_assert_cmpint (g_date_get_julian (&other), ==, days + 719163);
      g_assert_cmpint (g_date_get_weekday (&other), ==, shequ_date_weekday (&date));
      g_assert_cmpint (shequ_date_compare (&before, &date), <, 0);
      before = date;
    }
}

static void
assert_date (ShequDate date, const char *iso)
{
  char text[SHEQU_DATE_TEXT_SIZE];

  shequ_date_to_iso (&date, text);
  g_assert_cmpstr (text, ==, iso);
}

static void
test_add (void)
{
  static const ShequDate end = { 2026, 1, 31 };
  static const ShequDate leap = { 2024, 2, 29 };

  assert_date (shequ_date_add_days (&end, 1), "2026-02-01");
  assert_date (shequ_date_add_days (&end, -31), "2025-12-31");
  assert_date (shequ_date_add_months (&end, 1), "2026-02-28");
  assert_date (shequ_date_add_months (&end, 12), "2027-01-31");
  assert_date (shequ_date_add_months (&end, -2), "2025-11-30");
  assert_date (shequ_date_add_months (&end, 25), "2028-02-29");
  assert_date (shequ_date_add_years (&leap, 1), "2025-03-01");
  assert_date (shequ_date_add_years (&leap, 4), "2028-02-29");
  assert_date (shequ_date_add_years (&leap, -4), "2020-02-29");
}

static void
test_age (void)
{
  static const struct
  {
    const char *birth;
    const char *at;
    int age;
  } ages[] = {
    { "1965-03-07", "2026-03-06", 60 }, { "1965-03-07", "2026-03-07", 61 },
    { "2004-02-29", "2022-02-28", 17 }, { "2004-02-29", "2022-03-01", 18 },
    { "2004-02-29", "2024-02-29", 20 }, { "2026-11-22", "2026-11-22", 0 },
    { "2026-11-22", "2026-11-21", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ages); i++)
    {
      ShequDate birth, at;

      g_assert_true (shequ_date_from_iso (ages[i].birth, &birth));
      g_assert_true (shequ_date_from_iso (ages[i].at, &at));
      g_assert_cmpint (shequ_date_years_between (&birth, &at), ==, ages[i].age);
    }
}

static void
test_formats (void)
{
  static const ShequDate date = { 2026, 1, 2 };
  g_autofree char *chinese = shequ_date_format_chinese (&date);
  char month[SHEQU_MONTH_KEY_SIZE];
  ShequDate first;

  g_assert_cmpstr (chinese, ==, "2026年1月2日");
  shequ_date_to_month_key (&date, month);
  g_assert_cmpstr (month, ==, "2026-01");
  g_assert_true (shequ_date_from_month_key (month, &first));
  assert_date (first, "2026-01-01");
  g_assert_false (shequ_date_from_month_key ("2026-13", &first));
  g_assert_false (shequ_date_from_month_key ("2026-1", &first));
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/date/parse", test_parse);
  g_test_add_func ("/date/iso-is-strict", test_iso_is_strict);
  g_test_add_func ("/date/serial", test_serial);
  g_test_add_func ("/date/days", test_days);
  g_test_add_func ("/date/add", test_add);
  g_test_add_func ("/date/age", test_age);
  g_test_add_func ("/date/formats", test_formats);

  return g_test_run ();
}
