#pragma once

#include "shequ-office.h"
#include "shequ-score-sheet.h"

G_BEGIN_DECLS

/**
 * ShequAdmissionMarks:
 * @application: the application
 * @rater: who rates
 * @rater_body: for whom: `office`, `street`, `community`, `delegate`, `department`, `raters` or `other`
 * @marks: one for each criterion of the sheet, in its order
 * @reasons: (array zero-terminated=1): one for each as well, empty for none
 *
 * What one rater gives. Nothing is owned.
 */
typedef struct
{
  gint64 application;
  const char *rater;
  const char *rater_body;
  const int *marks;
  const char *const *reasons;
} ShequAdmissionMarks;

/** ShequAdmissionRater: the @marks and @reasons of one rater, in the order of the sheet. */
typedef struct
{
  char *name;
  char *body;
  int *marks;
  char **reasons;
} ShequAdmissionRater;

/**
 * ShequAdmissionScores:
 * @sheet: the sheet
 * @raters: (element-type ShequAdmissionRater): who has rated
 * @result: (nullable): how it comes out; none as long as nobody has rated all criteria
 */
typedef struct
{
  ShequScoreSheet *sheet;
  GPtrArray *raters;
  ShequScoreResult *result;
} ShequAdmissionScores;

gboolean shequ_admission_rate (ShequOffice *office,
                               const ShequAdmissionMarks *marks,
                               GCancellable *cancellable,
                               GError **error);
void shequ_admission_rate_async (ShequOffice *office,
                                 const ShequAdmissionMarks *marks,
                                 gsize n_marks,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean shequ_admission_rate_finish (ShequOffice *office, GAsyncResult *result, GError **error);
ShequAdmissionScores *shequ_admission_load_scores (ShequOffice *office,
                                                   gint64 application,
                                                   GCancellable *cancellable,
                                                   GError **error);
void shequ_admission_scores_free (ShequAdmissionScores *scores);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequAdmissionScores, shequ_admission_scores_free)

G_END_DECLS
