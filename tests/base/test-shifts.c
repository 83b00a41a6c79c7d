#include "shequ-locale.h"
#include "shequ-shifts.h"

#include <string.h>

#define MORNING                                                                                              \
  {                                                                                                          \
    1, "护学岗", "2026-11-23", 450, 510, 2, 7, "小学东门"                                                \
  }

/* Pairs of shifts: from, to, whether they overlap, and whether they do with a gap of 30 minutes. */
static const struct
{
  const char *name;
  ShequShift one;
  ShequShift other;
  gboolean overlaps;
  gboolean overlaps_with_gap;
} pairs[] = {
  { "same",
    { .day = "2026-11-23", .start = 540, .end = 600 },
    { .day = "2026-11-23", .start = 540, .end = 600 },
    TRUE,
    TRUE },
  { "inside",
    { .day = "2026-11-23", .start = 540, .end = 600 },
    { .day = "2026-11-23", .start = 550, .end = 560 },
    TRUE,
    TRUE },
  { "one minute",
    { .day = "2026-11-23", .start = 540, .end = 601 },
    { .day = "2026-11-23", .start = 600, .end = 660 },
    TRUE,
    TRUE },
  { "touching",
    { .day = "2026-11-23", .start = 540, .end = 600 },
    { .day = "2026-11-23", .start = 600, .end = 660 },
    FALSE,
    TRUE },
  { "29 minutes",
    { .day = "2026-11-23", .start = 540, .end = 600 },
    { .day = "2026-11-23", .start = 629, .end = 660 },
    FALSE,
    TRUE },
  { "30 minutes",
    { .day = "2026-11-23", .start = 540, .end = 600 },
    { .day = "2026-11-23", .start = 630, .end = 660 },
    FALSE,
    FALSE },
  { "other day",
    { .day = "2026-11-23", .start = 540, .end = 600 },
    { .day = "2026-11-24", .start = 540, .end = 600 },
    FALSE,
    FALSE },
  { "past midnight",
    { .day = "2026-11-23", .start = 1320, .end = 120 },
    { .day = "2026-11-24", .start = 60, .end = 180 },
    TRUE,
    TRUE },
  { "to midnight",
    { .day = "2026-11-23", .start = 1320, .end = 1440 },
    { .day = "2026-11-24", .start = 0, .end = 60 },
    FALSE,
    TRUE },
  { "over the year",
    { .day = "2026-12-31", .start = 1380, .end = 60 },
    { .day = "2027-01-01", .start = 30, .end = 90 },
    TRUE,
    TRUE },
  { "no length",
    { .day = "2026-11-23", .start = 540, .end = 540 },
    { .day = "2026-11-23", .start = 500, .end = 600 },
    FALSE,
    FALSE },
  { "no date",
    { .day = "2026-02-30", .start = 540, .end = 600 },
    { .day = "2026-02-30", .start = 540, .end = 600 },
    FALSE,
    FALSE },
};

static void
test_pairs (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_test_message ("%s", pairs[i].name);
      g_assert_cmpint (shequ_shift_overlaps (&pairs[i].one, &pairs[i].other, 0), ==, pairs[i].overlaps);
      g_assert_cmpint (shequ_shift_overlaps (&pairs[i].other, &pairs[i].one, 0), ==, pairs[i].overlaps);
      g_assert_cmpint (shequ_shift_overlaps (&pairs[i].one, &pairs[i].other, 30), ==,
                       pairs[i].overlaps_with_gap);
      g_assert_cmpint (shequ_shift_overlaps (&pairs[i].other, &pairs[i].one, 30), ==,
                       pairs[i].overlaps_with_gap);
    }
}

static void
test_counts (void)
{
  ShequShift shifts[] = { MORNING,
                          { 2, "夜巡", "2026-11-23", 1320, 60, 3, 0, NULL },
                          { 3, "?", "2026-11-23", 600, 600, 1, 0, NULL },
                          { 4, "?", "2026-11-23", -5, 600, 1, 0, NULL } };
  g_autofree char *described = shequ_shift_describe (&shifts[1]);

  g_assert_cmpint (shequ_shift_get_minutes (&shifts[0]), ==, 60);
  g_assert_cmpint (shequ_shift_get_minutes (&shifts[1]), ==, 180);
  g_assert_cmpint (shequ_shift_get_minutes (&shifts[2]), ==, 0);
  g_assert_cmpint (shequ_shifts_sum_minutes (shifts, 4), ==, 240);
  g_assert_cmpuint (shequ_shift_get_vacancies (&shifts[0], 0), ==, 2);
  g_assert_cmpuint (shequ_shift_get_vacancies (&shifts[0], 2), ==, 0);
  g_assert_cmpuint (shequ_shift_get_vacancies (&shifts[0], 5), ==, 0);
  g_assert_nonnull (strstr (described, "22:00"));
}

/* What stands in the way: kinds as letters (A assigned, I inactive, C clash, N insurance, T travel, M team).
 */
static const struct
{
  const char *name;
  ShequShiftVolunteer volunteer;
  ShequShift assigned;
  const char *kinds;
  gboolean binding;
} volunteers[] = {
  { "free", { 1, "甲", 7, NULL, TRUE }, { 9, "x", "2026-11-24", 450, 510, 1, 0, NULL }, "", FALSE },
  { "on it already", { 1, "甲", 7, NULL, TRUE }, MORNING, "A", TRUE },
  { "inactive", { 1, "甲", 7, NULL, FALSE }, { 9, "x", "2026-11-24", 450, 510, 1, 0, NULL }, "I", TRUE },
  { "clash", { 1, "甲", 7, NULL, TRUE }, { 9, "x", "2026-11-23", 500, 560, 1, 0, NULL }, "C", TRUE },
  { "travel", { 1, "甲", 7, NULL, TRUE }, { 9, "x", "2026-11-23", 515, 560, 1, 0, "社区" }, "T", FALSE },
  { "same place",
    { 1, "甲", 7, NULL, TRUE },
    { 9, "x", "2026-11-23", 515, 560, 1, 0, "小学东门" },
    "",
    FALSE },
  { "other team", { 1, "甲", 8, NULL, TRUE }, { 9, "x", "2026-11-24", 450, 510, 1, 0, NULL }, "M", FALSE },
  { "insured on the day",
    { 1, "甲", 7, "2026-11-23", TRUE },
    { 9, "x", "2026-11-24", 1, 2, 1, 0, NULL },
    "",
    FALSE },
  { "insured till the eve",
    { 1, "甲", 7, "2026-11-22", TRUE },
    { 9, "x", "2026-11-24", 1, 2, 1, 0, NULL },
    "N",
    TRUE },
  { "all at once",
    { 1, "甲", 8, "2026-01-01", FALSE },
    { 9, "x", "2026-11-23", 440, 460, 1, 0, NULL },
    "ICNM",
    TRUE },
};

static void
test_obstacles (void)
{
  static const ShequShift shift = MORNING;
  static const char letters[] = "AICNTM";

  for (gsize i = 0; i < G_N_ELEMENTS (volunteers); i++)
    {
      g_autoptr (GPtrArray) obstacles =
        shequ_shift_find_obstacles (&shift, &volunteers[i].volunteer, &volunteers[i].assigned, 1, 15);
      g_autoptr (GString) kinds = g_string_new (NULL);

      for (guint j = 0; j < obstacles->len; j++)
        {
          const ShequObstacle *obstacle = obstacles->pdata[j];

          g_string_append_c (kinds, letters[obstacle->kind]);
          g_assert_cmpstr (obstacle->text, !=, "");
          if (obstacle->kind == SHEQU_OBSTACLE_CLASH)
            g_assert_true (obstacle->other == &volunteers[i].assigned);
        }
      g_test_message ("%s: %s", volunteers[i].name, kinds->str);
      g_assert_cmpstr (kinds->str, ==, volunteers[i].kinds);
      g_assert_cmpint (shequ_obstacles_are_binding (obstacles), ==, volunteers[i].binding);
    }
}

/* A shift past midnight needs insurance on the second day too. */
static void
test_insured_past_midnight (void)
{
  ShequShift night = { 2, "夜巡", "2026-11-23", 1320, 60, 3, 0, NULL };
  ShequShiftVolunteer volunteer = { 1, "甲", 0, "2026-11-23", TRUE };
  g_autoptr (GPtrArray) obstacles = shequ_shift_find_obstacles (&night, &volunteer, NULL, 0, 0);

  g_assert_cmpuint (obstacles->len, ==, 1);
  volunteer.insured_until = "2026-11-24";
  g_ptr_array_unref (g_steal_pointer (&obstacles));
  obstacles = shequ_shift_find_obstacles (&night, &volunteer, NULL, 0, 0);
  g_assert_cmpuint (obstacles->len, ==, 0);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/shifts/pairs", test_pairs);
  g_test_add_func ("/shifts/counts", test_counts);
  g_test_add_func ("/shifts/obstacles", test_obstacles);
  g_test_add_func ("/shifts/insured-past-midnight", test_insured_past_midnight);

  return g_test_run ();
}
