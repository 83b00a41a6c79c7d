#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SHEQU_SCORE_MISSING: the rater has not given this criterion a mark yet. */
#define SHEQU_SCORE_MISSING (-1)

typedef struct _ShequScoreSheet ShequScoreSheet;

/** ShequScoreCriterion: marked 0 to @weight; where it is @red a zero refuses the application. */
typedef struct
{
  char *id;
  char *title;
  int weight;
  gboolean red;
} ShequScoreCriterion;

/** ShequScoreRater: who rated, and the marks in the order of the sheet's criteria. Nothing is owned. */
typedef struct
{
  const char *name;
  const int *marks;
} ShequScoreRater;

/**
 * ShequScoreResult:
 * @passed: whether the average reaches the pass mark and no red criterion refuses
 * @average: of the totals that count, in hundredths of a point
 * @totals: (array length=raters): the total of each rater
 * @raters: how many rated
 * @counted: how many totals count
 * @highest: which rater was dropped as the highest, or -1
 * @lowest: which rater was dropped as the lowest, or -1
 * @red: (nullable): the red criterion that refuses
 * @explanation: (array zero-terminated=1): how the result came about, line by line
 */
typedef struct
{
  gboolean passed;
  int average;
  int *totals;
  gsize raters;
  gsize counted;
  int highest;
  int lowest;
  const ShequScoreCriterion *red;
  char **explanation;
} ShequScoreResult;

ShequScoreSheet *shequ_score_sheet_load (const char *path, GError **error);
ShequScoreSheet *shequ_score_sheet_new (const char *name, const char *text, GError **error);
void shequ_score_sheet_free (ShequScoreSheet *sheet);

const char *shequ_score_sheet_get_title (ShequScoreSheet *sheet);
const char *shequ_score_sheet_get_version (ShequScoreSheet *sheet);
int shequ_score_sheet_get_raters (ShequScoreSheet *sheet);
int shequ_score_sheet_get_pass (ShequScoreSheet *sheet);
const GPtrArray *shequ_score_sheet_get_criteria (ShequScoreSheet *sheet);

ShequScoreResult *shequ_score_sheet_compute (ShequScoreSheet *sheet,
                                             const ShequScoreRater *raters,
                                             gsize count,
                                             GError **error);
void shequ_score_result_free (ShequScoreResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequScoreSheet, shequ_score_sheet_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequScoreResult, shequ_score_result_free)

G_END_DECLS
