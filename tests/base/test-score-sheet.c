#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-score-sheet.h"

#include <string.h>

#define HEAD "[Sheet]\nTitle=t\nVersion=1\nSource=s\nFull=10\nPass=7\nDropFrom=5\nRedShare=50\n"
#define CRITERIA "[Criterion a]\nTitle=甲\nWeight=6\nRed=true\n[Criterion b]\nTitle=乙\nWeight=4\n"

static const struct
{
  const char *name;
  const char *text;
  const char *expected;
} faults[] = {
  { "no head", CRITERIA, "[Sheet]" },
  { "weights", "[Sheet]\nTitle=t\nVersion=1\nSource=s\nFull=11\nPass=7\n" CRITERIA, "Full" },
  { "pass above full", "[Sheet]\nTitle=t\nVersion=1\nSource=s\nFull=10\nPass=11\n" CRITERIA, "Pass" },
  { "drop of two", "[Sheet]\nTitle=t\nVersion=1\nSource=s\nFull=10\nPass=7\nDropFrom=2\n" CRITERIA,
    "DropFrom" },
  { "weight zero", HEAD CRITERIA "[Criterion c]\nTitle=c\nWeight=0\n", "[Criterion c]" },
  { "weight missing", HEAD CRITERIA "[Criterion c]\nTitle=c\n", "[Criterion c]" },
  { "red", HEAD "[Criterion a]\nTitle=a\nWeight=10\nRed=yes\n", "Red" },
  { "unknown group", HEAD CRITERIA "[Rater c]\nTitle=c\n", "[Rater c]" },
};

static void
test_faults (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ShequScoreSheet) sheet = shequ_score_sheet_new ("own.ini", faults[i].text, &error);

      g_assert_null (sheet);
      g_test_message ("%s: %s", faults[i].name, error->message);
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE);
      g_assert_nonnull (strstr (error->message, faults[i].expected));
    }
}

/* Marks of up to six raters for the two criteria, and what comes of them. */
static const struct
{
  const char *name;
  int marks[6][2];
  gsize raters;
  gboolean passed;
  int average;
  int highest;
  int lowest;
  const char *red;
} scores[] = {
  { "one passes", { { 5, 2 } }, 1, TRUE, 700, -1, -1, NULL },
  { "one fails", { { 4, 2 } }, 1, FALSE, 600, -1, -1, NULL },
  { "average of two", { { 6, 4 }, { 3, 1 } }, 2, TRUE, 700, -1, -1, NULL },
  { "just below", { { 6, 1 }, { 6, 1 }, { 4, 2 } }, 3, FALSE, 667, -1, -1, NULL },
  { "four keep all", { { 6, 4 }, { 6, 4 }, { 6, 4 }, { 1, 0 } }, 4, TRUE, 775, -1, -1, NULL },
  { "five drop two", { { 6, 4 }, { 5, 2 }, { 5, 2 }, { 5, 2 }, { 1, 0 } }, 5, TRUE, 700, 0, 4, NULL },
  { "all equal", { { 5, 2 }, { 5, 2 }, { 5, 2 }, { 5, 2 }, { 5, 2 } }, 5, TRUE, 700, 0, 4, NULL },
  { "first highest, last lowest",
    { { 4, 0 }, { 6, 4 }, { 4, 0 }, { 6, 4 }, { 5, 2 } },
    5,
    TRUE,
    700,
    1,
    2,
    NULL },
  { "red by the only one", { { 0, 4 } }, 1, FALSE, 400, -1, -1, "a" },
  { "red by half", { { 0, 4 }, { 6, 4 } }, 2, FALSE, 700, -1, -1, "a" },
  { "red by a third is too few", { { 0, 4 }, { 6, 4 }, { 6, 4 } }, 3, TRUE, 800, -1, -1, NULL },
  { "red by dropped ones counts",
    { { 0, 4 }, { 0, 4 }, { 0, 4 }, { 6, 4 }, { 6, 4 }, { 6, 4 } },
    6,
    FALSE,
    700,
    3,
    2,
    "a" },
  { "zero of a plain criterion", { { 6, 0 } }, 1, FALSE, 600, -1, -1, NULL },
};

static void
test_scores (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequScoreSheet) sheet = shequ_score_sheet_new ("own.ini", HEAD CRITERIA, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (scores); i++)
    {
      ShequScoreRater raters[6];
      g_autoptr (ShequScoreResult) result = NULL;

      for (gsize j = 0; j < scores[i].raters; j++)
        {
          raters[j].name = "评分人";
          raters[j].marks = scores[i].marks[j];
        }
      result = shequ_score_sheet_compute (sheet, raters, scores[i].raters, &error);
      g_assert_no_error (error);
      g_test_message ("%s: %d", scores[i].name, result->average);
      g_assert_cmpint (result->passed, ==, scores[i].passed);
      g_assert_cmpint (result->average, ==, scores[i].average);
      g_assert_cmpint (result->highest, ==, scores[i].highest);
      g_assert_cmpint (result->lowest, ==, scores[i].lowest);
      g_assert_cmpuint (result->counted, ==, scores[i].raters - (scores[i].highest >= 0 ? 2 : 0));
      g_assert_cmpstr (result->red != NULL ? result->red->id : NULL, ==, scores[i].red);
      /* A line for each rater and one for the average at least. */
      g_assert_cmpuint (g_strv_length (result->explanation), >=, scores[i].raters + 1);
    }
}

static void
test_bad_marks (void)
{
  static const int marks[][2] = { { SHEQU_SCORE_MISSING, 1 }, { 7, 1 }, { 1, -3 } };
  g_autoptr (ShequScoreSheet) sheet = shequ_score_sheet_new ("own.ini", HEAD CRITERIA, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      ShequScoreRater rater = { "张某", marks[i] };
      g_autoptr (GError) error = NULL;

      g_assert_null (shequ_score_sheet_compute (sheet, &rater, 1, &error));
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
      g_assert_nonnull (strstr (error->message, "张某"));
    }
}

static void
test_nobody (void)
{
  g_autoptr (ShequScoreSheet) sheet = shequ_score_sheet_new ("own.ini", HEAD CRITERIA, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (shequ_score_sheet_compute (sheet, NULL, 0, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
}

static void
test_shipped (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequScoreSheet) sheet = shequ_score_sheet_load ("rules/score-sheet.ini", &error);
  const GPtrArray *criteria;
  guint red = 0;

  g_assert_no_error (error);
  criteria = shequ_score_sheet_get_criteria (sheet);
  g_assert_cmpuint (criteria->len, ==, 8);
  g_assert_cmpint (shequ_score_sheet_get_pass (sheet), ==, 70);
  for (guint i = 0; i < criteria->len; i++)
    red += ((ShequScoreCriterion *) criteria->pdata[i])->red;
  g_assert_cmpuint (red, ==, 2);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/score-sheet/faults", test_faults);
  g_test_add_func ("/score-sheet/scores", test_scores);
  g_test_add_func ("/score-sheet/bad-marks", test_bad_marks);
  g_test_add_func ("/score-sheet/nobody", test_nobody);
  g_test_add_func ("/score-sheet/shipped", test_shipped);

  return g_test_run ();
}
