#include "shequ-score-sheet.h"

#include "shequ-error.h"
#include "shequ-rule-file.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _ShequScoreSheet
{
  char *title;
  char *version;
  char *source;
  int full;
  int pass;
  int raters;
  gsize drop_from;
  int red_share;
  GPtrArray *criteria;
};

static void
criterion_free (gpointer data)
{
  ShequScoreCriterion *criterion = data;

  g_free (criterion->id);
  g_free (criterion->title);
  g_free (criterion);
}

void
shequ_score_sheet_free (ShequScoreSheet *sheet)
{
  if (sheet == NULL)
    return;
  g_free (sheet->title);
  g_free (sheet->version);
  g_free (sheet->source);
  g_ptr_array_unref (sheet->criteria);
  g_free (sheet);
}

static void
read_head (ShequScoreSheet *sheet, ShequRuleFile *file)
{
  shequ_rule_file_check_keys (file, "Sheet", "Title Version Source Full Pass Raters DropFrom RedShare");
  sheet->title = shequ_rule_file_need_text (file, "Sheet", "Title");
  sheet->version = shequ_rule_file_need_text (file, "Sheet", "Version");
  sheet->source = shequ_rule_file_need_text (file, "Sheet", "Source");
  sheet->full = shequ_rule_file_get_integer (file, "Sheet", "Full", 1, 10000, 100);
  sheet->pass = shequ_rule_file_get_integer (file, "Sheet", "Pass", 0, sheet->full, sheet->full);
  sheet->raters = shequ_rule_file_get_integer (file, "Sheet", "Raters", 1, 1000, 1);
  /* Three at least: of two raters nothing would be left. */
  sheet->drop_from = shequ_rule_file_get_integer (file, "Sheet", "DropFrom", 3, 1000, 5);
  sheet->red_share = shequ_rule_file_get_integer (file, "Sheet", "RedShare", 1, 100, 50);
}

static int
read_criterion (ShequScoreSheet *sheet, ShequRuleFile *file, const char *group)
{
  ShequScoreCriterion *criterion = g_new0 (ShequScoreCriterion, 1);

  shequ_rule_file_check_keys (file, group, "Title Weight Red");
  criterion->id = g_strdup (group + strlen ("Criterion "));
  criterion->title = shequ_rule_file_need_text (file, group, "Title");
  criterion->weight = shequ_rule_file_get_integer (file, group, "Weight", 1, 10000, 0);
  criterion->red = shequ_rule_file_get_boolean (file, group, "Red");
  if (criterion->weight == 0)
    shequ_rule_file_fail (file, group, "Weight", "%s", _ ("must be given"));
  g_ptr_array_add (sheet->criteria, criterion);
  return criterion->weight;
}

static ShequScoreSheet *
read_sheet (ShequRuleFile *file, GError **error)
{
  g_autoptr (ShequScoreSheet) sheet = g_new0 (ShequScoreSheet, 1);
  const char *const *groups = shequ_rule_file_get_groups (file);
  int sum = 0;

  sheet->criteria = g_ptr_array_new_with_free_func (criterion_free);
  read_head (sheet, file);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      if (g_str_has_prefix (groups[i], "Criterion "))
        sum += read_criterion (sheet, file, groups[i]);
      else if (strcmp (groups[i], "Sheet") != 0)
        shequ_rule_file_fail (file, groups[i], NULL, "%s", _ ("there is no such group here"));
    }
  if (sum != sheet->full)
    shequ_rule_file_fail (file, "Sheet", "Full", _ ("the weights add up to %d, not to %d"), sum, sheet->full);
  return shequ_rule_file_finish (file, error) ? g_steal_pointer (&sheet) : NULL;
}

/**
 * shequ_score_sheet_load:
 * @path: a path below `data/`, as `rules/score-sheet.ini`
 * @error: return location
 *
 * Returns: (transfer full): the sheet, or %NULL with %SHEQU_ERROR_CATALOGUE naming file, line, group and key
 */
ShequScoreSheet *
shequ_score_sheet_load (const char *path, GError **error)
{
  g_autoptr (ShequRuleFile) file = shequ_rule_file_load (path, error);

  return file != NULL ? read_sheet (file, error) : NULL;
}

/** shequ_score_sheet_new: as shequ_score_sheet_load(), from the text of a file that messages call @name. */
ShequScoreSheet *
shequ_score_sheet_new (const char *name, const char *text, GError **error)
{
  g_autoptr (ShequRuleFile) file = shequ_rule_file_new (name, text, error);

  return file != NULL ? read_sheet (file, error) : NULL;
}

const char *
shequ_score_sheet_get_title (ShequScoreSheet *sheet)
{
  g_return_val_if_fail (sheet != NULL, NULL);

  return sheet->title;
}

const char *
shequ_score_sheet_get_version (ShequScoreSheet *sheet)
{
  g_return_val_if_fail (sheet != NULL, NULL);

  return sheet->version;
}

/** shequ_score_sheet_get_pass: the points that the average has to reach. */
int
shequ_score_sheet_get_pass (ShequScoreSheet *sheet)
{
  g_return_val_if_fail (sheet != NULL, 0);

  return sheet->pass;
}

/** shequ_score_sheet_get_raters: how many raters there are at least. */
int
shequ_score_sheet_get_raters (ShequScoreSheet *sheet)
{
  g_return_val_if_fail (sheet != NULL, 0);

  return sheet->raters;
}

/** shequ_score_sheet_get_criteria: (element-type ShequScoreCriterion): in the order of marks. */
const GPtrArray *
shequ_score_sheet_get_criteria (ShequScoreSheet *sheet)
{
  g_return_val_if_fail (sheet != NULL, NULL);

  return sheet->criteria;
}

static gboolean
add_marks (ShequScoreSheet *sheet, const ShequScoreRater *rater, int *total, GError **error)
{
  *total = 0;
  for (guint i = 0; i < sheet->criteria->len; i++)
    {
      const ShequScoreCriterion *criterion = sheet->criteria->pdata[i];

      if (rater->marks[i] == SHEQU_SCORE_MISSING)
        {
          g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, _ ("%s has not scored “%s” yet"),
                       rater->name, criterion->title);
          return FALSE;
        }
      if (rater->marks[i] < 0 || rater->marks[i] > criterion->weight)
        {
          g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                       _ ("%s gave “%s” %d points; 0 to %d are possible"), rater->name, criterion->title,
                       rater->marks[i], criterion->weight);
          return FALSE;
        }
      *total += rater->marks[i];
    }
  return TRUE;
}

/* The first of the highest and the last of the lowest, so that two different ones go when all are equal. */
static void
drop_extremes (ShequScoreResult *result)
{
  result->highest = 0;
  result->lowest = 0;
  for (gsize i = 1; i < result->raters; i++)
    {
      if (result->totals[i] > result->totals[result->highest])
        result->highest = i;
      if (result->totals[i] <= result->totals[result->lowest])
        result->lowest = i;
    }
  result->counted -= 2;
}

static guint
count_zeros (const ShequScoreRater *raters, gsize count, guint criterion)
{
  guint zeros = 0;

  for (gsize i = 0; i < count; i++)
    zeros += raters[i].marks[criterion] == 0;
  return zeros;
}

/* Finds the first red criterion that refuses; zeros that do not suffice are explained as well. */
static void
check_red (ShequScoreSheet *sheet,
           const ShequScoreRater *raters,
           ShequScoreResult *result,
           GStrvBuilder *lines)
{
  for (guint i = 0; i < sheet->criteria->len; i++)
    {
      const ShequScoreCriterion *criterion = sheet->criteria->pdata[i];
      guint zeros = criterion->red ? count_zeros (raters, result->raters, i) : 0;
      gboolean refuses = zeros > 0 && zeros * 100 >= sheet->red_share * result->raters;
      g_autofree char *line = NULL;

      if (zeros == 0)
        continue;
      if (refuses && result->red == NULL)
        result->red = criterion;
      line = g_strdup_printf (
        refuses ? _ ("Red criterion “%s”: %u of %u raters gave 0, which refuses the application.")
                : _ ("Red criterion “%s”: %u of %u raters gave 0, too few to refuse."),
        criterion->title, zeros, (guint) result->raters);
      g_strv_builder_add (lines, line);
    }
}

static void
explain_raters (const ShequScoreRater *raters, const ShequScoreResult *result, GStrvBuilder *lines)
{
  for (gsize i = 0; i < result->raters; i++)
    {
      g_autofree char *line = NULL;

      if ((int) i == result->highest)
        line =
          g_strdup_printf (_ ("%s: %d points, dropped as the highest."), raters[i].name, result->totals[i]);
      else if ((int) i == result->lowest)
        line =
          g_strdup_printf (_ ("%s: %d points, dropped as the lowest."), raters[i].name, result->totals[i]);
      else
        line = g_strdup_printf (_ ("%s: %d points."), raters[i].name, result->totals[i]);
      g_strv_builder_add (lines, line);
    }
}

static void
explain_average (ShequScoreSheet *sheet,
                 const ShequScoreResult *result,
                 gboolean reached,
                 GStrvBuilder *lines)
{
  g_autofree char *line =
    g_strdup_printf (reached ? _ ("Average of %u: %d.%02d points, %d are needed: reached.")
                             : _ ("Average of %u: %d.%02d points, %d are needed: not reached."),
                     (guint) result->counted, result->average / 100, result->average % 100, sheet->pass);

  g_strv_builder_add (lines, line);
}

/* Sums, drops and decides; all marks are known to be good. */
static void
decide (ShequScoreSheet *sheet, const ShequScoreRater *raters, ShequScoreResult *result)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  gint64 sum = 0;
  gint64 counted;
  gboolean reached;

  if (result->raters >= sheet->drop_from)
    drop_extremes (result);
  for (gsize i = 0; i < result->raters; i++)
    if ((int) i != result->highest && (int) i != result->lowest)
      sum += result->totals[i];
  counted = result->counted;
  result->average = (int) ((sum * 200 + counted) / (counted * 2));
  /* Compared before rounding: 69.996 does not pass. */
  reached = sum >= counted * sheet->pass;
  explain_raters (raters, result, lines);
  explain_average (sheet, result, reached, lines);
  check_red (sheet, raters, result, lines);
  result->passed = reached && result->red == NULL;
  result->explanation = g_strv_builder_end (lines);
}

/**
 * shequ_score_sheet_compute:
 * @sheet: the sheet
 * @raters: (array length=count): the raters and their marks
 * @count: how many
 * @error: return location
 *
 * Computes the result of a scoring. The highest and the lowest total are dropped from the sheet's number of
 * raters on; zeros for a red criterion are counted over all raters. Fails with %SHEQU_ERROR_INVALID_VALUE
 * where nobody rated, or a mark is missing or impossible.
 */
ShequScoreResult *
shequ_score_sheet_compute (ShequScoreSheet *sheet, const ShequScoreRater *raters, gsize count, GError **error)
{
  g_autoptr (ShequScoreResult) result = NULL;

  g_return_val_if_fail (sheet != NULL && (raters != NULL || count == 0), NULL);

  if (count == 0)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, "%s", _ ("Nobody has scored yet"));
      return NULL;
    }
  result = g_new0 (ShequScoreResult, 1);
  result->totals = g_new0 (int, count);
  result->raters = count;
  result->counted = count;
  result->highest = -1;
  result->lowest = -1;
  for (gsize i = 0; i < count; i++)
    if (!add_marks (sheet, &raters[i], &result->totals[i], error))
      return NULL;
  decide (sheet, raters, result);
  return g_steal_pointer (&result);
}

void
shequ_score_result_free (ShequScoreResult *result)
{
  if (result == NULL)
    return;
  g_free (result->totals);
  g_strfreev (result->explanation);
  g_free (result);
}
