#include "shequ-workdays.h"

#include "config.h"

#include "shequ-error.h"
#include "shequ-locale.h"

static ShequDate
day (const char *iso)
{
  ShequDate date;

  g_assert_true (shequ_date_from_iso (iso, &date));
  return date;
}

static ShequWorkdays *
shipped (void)
{
  g_autoptr (GError) error = NULL;
  ShequWorkdays *workdays = shequ_workdays_new_shipped (&error);

  g_assert_no_error (error);
  return workdays;
}

/* Net working days of the years, as the published notices give them. */
static void
test_years (void)
{
  static const struct
  {
    const char *start;
    const char *end;
    int count;
  } years[] = {
    { "2022-12-31", "2023-12-31", 249 },
    { "2023-12-31", "2024-12-31", 251 },
    { "2024-12-31", "2025-12-31", 248 },
    { "2025-12-31", "2026-12-31", 248 },
  };
  g_autoptr (ShequWorkdays) workdays = shipped ();

  for (guint i = 0; i < G_N_ELEMENTS (years); i++)
    {
      ShequDate start = day (years[i].start), end = day (years[i].end);
      ShequCalendarStatus status;

      g_assert_cmpint (shequ_workdays_between (workdays, &start, &end, &status), ==, years[i].count);
      g_assert_cmpint (status, ==, SHEQU_CALENDAR_KNOWN);
      g_assert_cmpint (shequ_workdays_between (workdays, &end, &start, NULL), <, 0);
    }
}

static void
test_add (void)
{
  static const struct
  {
    const char *start;
    int count;
    const char *end;
    ShequCalendarStatus status;
  } cases[] = {
    { "2026-11-22", 1, "2026-11-23", SHEQU_CALENDAR_KNOWN },
    { "2026-11-20", 1, "2026-11-23", SHEQU_CALENDAR_KNOWN },
    { "2026-11-23", 5, "2026-11-30", SHEQU_CALENDAR_KNOWN },
    { "2026-11-23", -1, "2026-11-20", SHEQU_CALENDAR_KNOWN },
    { "2026-11-22", 0, "2026-11-22", SHEQU_CALENDAR_KNOWN },
    { "2023-01-20", 1, "2023-01-28", SHEQU_CALENDAR_KNOWN },
    { "2023-01-28", 1, "2023-01-29", SHEQU_CALENDAR_KNOWN },
    { "2023-01-28", -1, "2023-01-20", SHEQU_CALENDAR_KNOWN },
    { "2026-12-31", 1, "2027-01-04", SHEQU_CALENDAR_PROVISIONAL },
    { "2027-12-31", 1, "2028-01-03", SHEQU_CALENDAR_NONE },
  };
  g_autoptr (ShequWorkdays) workdays = shipped ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ShequDate start = day (cases[i].start);
      ShequCalendarStatus status;
      ShequDate end = shequ_workdays_add_workdays (workdays, &start, cases[i].count, &status);
      char iso[SHEQU_DATE_TEXT_SIZE];

      shequ_date_to_iso (&end, iso);
      g_test_message ("%s + %d", cases[i].start, cases[i].count);
      g_assert_cmpstr (iso, ==, cases[i].end);
      g_assert_cmpint (status, ==, cases[i].status);
      if (cases[i].count > 0)
        g_assert_cmpint (shequ_workdays_between (workdays, &start, &end, NULL), ==, cases[i].count);
    }
}

static void
test_days (void)
{
  g_autoptr (ShequWorkdays) workdays = shipped ();
  ShequDate make_up = day ("2023-01-28"), holiday = day ("2023-01-23"), plain = day ("2026-11-23");

  g_assert_true (shequ_workdays_is_workday (workdays, &make_up));
  g_assert_cmpstr (shequ_workdays_get_name (workdays, &make_up), ==, "春节");
  g_assert_false (shequ_workdays_is_workday (workdays, &holiday));
  g_assert_true (shequ_workdays_is_workday (workdays, &plain));
  g_assert_null (shequ_workdays_get_name (workdays, &plain));
}

static void
test_office_adds (void)
{
  g_autoptr (ShequWorkdays) workdays = shipped ();
  g_autoptr (GError) error = NULL;
  ShequDate monday = day ("2028-01-03");
  g_autofree char *none = NULL;

  g_assert_cmpint (shequ_workdays_get_status (workdays, 2028), ==, SHEQU_CALENDAR_NONE);
  none = shequ_calendar_status_describe (SHEQU_CALENDAR_NONE, 2028);
  g_assert_nonnull (none);
  g_assert_null (shequ_calendar_status_describe (SHEQU_CALENDAR_KNOWN, 2028));
  g_assert_true (
    shequ_workdays_add (workdays, "2028-01-03", "holiday", "元旦", SHEQU_CALENDAR_KNOWN, &error));
  g_assert_no_error (error);
  g_assert_false (shequ_workdays_is_workday (workdays, &monday));
  g_assert_cmpint (shequ_workdays_get_status (workdays, 2028), ==, SHEQU_CALENDAR_KNOWN);
  g_assert_false (shequ_workdays_add (workdays, "2028-01-04", "maybe", "元旦", SHEQU_CALENDAR_KNOWN, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/workdays/years", test_years);
  g_test_add_func ("/workdays/add", test_add);
  g_test_add_func ("/workdays/days", test_days);
  g_test_add_func ("/workdays/office-adds", test_office_adds);

  return g_test_run ();
}
