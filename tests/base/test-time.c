#include "shequ-time.h"

#include "config.h"

#include "shequ-error.h"
#include "shequ-locale.h"

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *stored; /* NULL when refused */
  } cases[] = {
    { "08:30", "08:30" },  { "8:30", "08:30" },   { "８：３０", "08:30" }, { "08:30:59", "08:30" },
    { "8时5分", "08:05" }, { "8点半", "08:30" },  { "20时", "20:00" },     { "23:59", "23:59" },
    { "24:00", NULL },     { "8:60", NULL },      { "8:5", NULL },         { "8", NULL },
    { "", NULL },          { "8点半钟头", NULL }, { "08:30:61", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      char stored[SHEQU_TIME_TEXT_SIZE];
      int minutes;

      g_test_message ("“%s”", cases[i].text);
      if (!shequ_time_parse (cases[i].text, &minutes, &error))
        {
          g_assert_null (cases[i].stored);
          g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
          continue;
        }
      shequ_time_to_text (minutes, stored);
      g_assert_cmpstr (stored, ==, cases[i].stored);
    }
}

static void
test_serial (void)
{
  int minutes;

  g_assert_true (shequ_time_from_serial (0.5, &minutes, NULL));
  g_assert_cmpint (minutes, ==, 720);
  g_assert_true (shequ_time_from_serial (46348.3541666667, &minutes, NULL));
  g_assert_cmpint (minutes, ==, 510);
  g_assert_false (shequ_time_from_serial (-0.5, &minutes, NULL));
}

static void
test_moments (void)
{
  static const struct
  {
    const char *text;
    const char *utc;
    const char *shown;
  } cases[] = {
    { "2026-11-22T00:30:00Z", "2026-11-22T00:30:00Z", "2026-11-22 08:30" },
    { "2026-11-22 08:30", "2026-11-22T00:30:00Z", "2026-11-22 08:30" },
    { "2026年11月22日 8:30:15", "2026-11-22T00:30:15Z", "2026-11-22 08:30" },
    { "2026年11月22日08:30", "2026-11-22T00:30:00Z", "2026-11-22 08:30" },
    { "2026-11-22T07:59:59", "2026-11-21T23:59:59Z", "2026-11-22 07:59" },
    { "2026-01-01", "2025-12-31T16:00:00Z", "2026-01-01 00:00" },
    { "1965-03-07 12:00", "1965-03-07T04:00:00Z", "1965-03-07 12:00" },
    { "2026-11-22 8:61", NULL, NULL },
    { "08:30", NULL, NULL },
    { "2026-11-22T00:30:00+01:00", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char utc[SHEQU_MOMENT_TEXT_SIZE];
      g_autofree char *shown = NULL;
      gint64 seconds, again;

      g_test_message ("“%s”", cases[i].text);
      if (!shequ_moment_parse (cases[i].text, &seconds, NULL))
        {
          g_assert_null (cases[i].utc);
          continue;
        }
      shequ_moment_to_utc (seconds, utc);
      g_assert_cmpstr (utc, ==, cases[i].utc);
      shown = shequ_moment_format (seconds);
      g_assert_cmpstr (shown, ==, cases[i].shown);
      g_assert_true (shequ_moment_from_utc (utc, &again));
      g_assert_cmpint (again, ==, seconds);
    }
}

static void
test_moment_of_day (void)
{
  static const ShequDate date = { 2026, 11, 22 };
  gint64 seconds = shequ_moment_from_date (&date, 510);
  ShequDate back;
  int minutes;

  g_assert_cmpint (seconds, ==, G_GINT64_CONSTANT (1795307400));
  shequ_moment_to_date (seconds, &back, &minutes);
  g_assert_cmpint (shequ_date_compare (&date, &back), ==, 0);
  g_assert_cmpint (minutes, ==, 510);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/time/parse", test_parse);
  g_test_add_func ("/time/serial", test_serial);
  g_test_add_func ("/time/moments", test_moments);
  g_test_add_func ("/time/moment-of-day", test_moment_of_day);

  return g_test_run ();
}
