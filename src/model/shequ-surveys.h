#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/* The findings of a round at a household: codes of `survey_line.state`. */
#define SHEQU_SURVEY_OPEN "open"
#define SHEQU_SURVEY_SAME "same"
#define SHEQU_SURVEY_CHANGED "changed"
#define SHEQU_SURVEY_ABSENT "absent"

/* In place of a grid: the households whose home is in none, or that have no home. */
#define SHEQU_SURVEY_UNPLACED G_GINT64_CONSTANT (-1)

/**
 * ShequSurveyGrid:
 * @grid: a grid of the round, or %SHEQU_SURVEY_UNPLACED
 * @name: its name
 * @households: how many are on the list
 * @same: how many were unchanged
 * @changed: how many were changed
 * @absent: where nobody was met
 * @signed_lines: how many lines are signed off: all or none
 *
 * How far a round is in a grid.
 */
typedef struct
{
  gint64 grid;
  char *name;
  gint64 households;
  gint64 same;
  gint64 changed;
  gint64 absent;
  gint64 signed_lines;
} ShequSurveyGrid;

/**
 * ShequSurveyPlan:
 * @name: what the round is called
 * @purpose: (nullable): what for
 * @end_on: (nullable): as typed: when it is to be done
 * @grids: (element-type gint64): through which grids, %SHEQU_SURVEY_UNPLACED among them for whoever is in
 * none
 *
 * A round to be made.
 */
typedef struct
{
  const char *name;
  const char *purpose;
  const char *end_on;
  GArray *grids;
} ShequSurveyPlan;

gint64 shequ_survey_create (ShequOffice *office,
                            const ShequSurveyPlan *plan,
                            GCancellable *cancellable,
                            GError **error);
void shequ_survey_create_async (ShequOffice *office,
                                const ShequSurveyPlan *plan,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gint64 shequ_survey_create_finish (ShequOffice *office, GAsyncResult *result, GError **error);
GPtrArray *shequ_survey_list_grids (ShequOffice *office,
                                    gint64 round,
                                    GCancellable *cancellable,
                                    GError **error);
void shequ_survey_list_grids_async (ShequOffice *office,
                                    gint64 round,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *shequ_survey_list_grids_finish (ShequOffice *office, GAsyncResult *result, GError **error);
gboolean shequ_survey_mark (ShequOffice *office,
                            gint64 line,
                            const char *state,
                            GCancellable *cancellable,
                            GError **error);
void shequ_survey_mark_async (ShequOffice *office,
                              gint64 line,
                              const char *state,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean shequ_survey_sign (ShequOffice *office,
                            gint64 round,
                            gint64 grid,
                            GCancellable *cancellable,
                            GError **error);
void shequ_survey_sign_async (ShequOffice *office,
                              gint64 round,
                              gint64 grid,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean shequ_survey_reopen (ShequOffice *office,
                              gint64 round,
                              gint64 grid,
                              const char *reason,
                              GCancellable *cancellable,
                              GError **error);
void shequ_survey_reopen_async (ShequOffice *office,
                                gint64 round,
                                gint64 grid,
                                const char *reason,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
char *shequ_survey_describe_lines (gint64 round, gint64 grid);
gboolean shequ_survey_done_finish (ShequOffice *office, GAsyncResult *result, GError **error);
void shequ_survey_grid_free (ShequSurveyGrid *grid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequSurveyGrid, shequ_survey_grid_free)

G_END_DECLS
