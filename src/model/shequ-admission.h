#pragma once

#include "shequ-office.h"
#include "shequ-screening.h"
#include "shequ-workflow-clock.h"

G_BEGIN_DECLS

/**
 * ShequAdmissionStep:
 * @application: the application
 * @action: an action of the workflow, as `accept`
 * @body: (nullable): the actor of the workflow for whom it is done, as `meeting`; when %NULL the first that
 * may
 * @reason: (nullable): why
 * @reason_code: (nullable): one of the reasons that the workflow names for the action, as `goal_met`
 * @confirmed: (nullable) (array zero-terminated=1): needs of the action that the database cannot know and
 * that the user vouches for, as `agreement`
 *
 * What is done with an application.
 */
typedef struct
{
  gint64 application;
  const char *action;
  const char *body;
  const char *reason;
  const char *reason_code;
  const char *const *confirmed;
} ShequAdmissionStep;

/**
 * ShequAdmissionClock:
 * @limit: the limit, valid as long as the office
 * @due_on: (nullable): its last day, or the first that is free; none while the clocks stand still, or where a
 * year has no list of holidays
 * @days_left: days until then as the limit counts them; negative when it is past
 * @alarm: whether it is to be warned
 * @note: (nullable): why the day cannot be told or trusted
 */
typedef struct
{
  const ShequWorkflowLimit *limit;
  char *due_on;
  int days_left;
  ShequWorkflowAlarm alarm;
  char *note;
} ShequAdmissionClock;

/**
 * ShequAdmissionCase:
 * @application: the application
 * @department: (nullable): the department that asks
 * @findings: (element-type ShequFinding): what the rules, the lists and the books say
 * @actions: (element-type ShequWorkflowAction): what may be done now, valid as long as the office
 * @unmet: (array zero-terminated=1): needs of actions that are not met, as `money`
 * @clocks: (element-type ShequAdmissionClock): every limit that runs, the earliest first
 * @paused_on: (nullable): since when the clocks stand still
 * @due_on: (nullable): until when the next step has to be done
 * @days_left: working days until then; negative when it is past
 * @calendar_note: (nullable): why the day cannot be trusted: the year has no list of holidays yet
 *
 * All that a decision needs, on one page.
 */
typedef struct
{
  ShequRow *application;
  ShequRow *department;
  GPtrArray *findings;
  GPtrArray *actions;
  char **unmet;
  GPtrArray *clocks;
  char *paused_on;
  char *due_on;
  int days_left;
  char *calendar_note;
} ShequAdmissionCase;

gboolean shequ_admission_file (ShequOffice *office,
                               ShequRow *application,
                               GPtrArray *issues,
                               GCancellable *cancellable,
                               GError **error);
void shequ_admission_file_async (ShequOffice *office,
                                 const ShequRow *application,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
ShequRow *shequ_admission_file_finish (ShequOffice *office,
                                       GAsyncResult *result,
                                       GPtrArray **issues,
                                       GError **error);

GPtrArray *shequ_admission_screen (ShequOffice *office,
                                   const ShequRow *application,
                                   GCancellable *cancellable,
                                   GError **error);
void shequ_admission_screen_async (ShequOffice *office,
                                   const ShequRow *application,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *shequ_admission_screen_finish (ShequOffice *office, GAsyncResult *result, GError **error);

ShequAdmissionCase *shequ_admission_load_case (ShequOffice *office,
                                               gint64 application,
                                               GCancellable *cancellable,
                                               GError **error);
void shequ_admission_load_case_async (ShequOffice *office,
                                      gint64 application,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
ShequAdmissionCase *shequ_admission_load_case_finish (ShequOffice *office,
                                                      GAsyncResult *result,
                                                      GError **error);

gboolean shequ_admission_act (ShequOffice *office,
                              const ShequAdmissionStep *step,
                              GPtrArray *issues,
                              GCancellable *cancellable,
                              GError **error);
void shequ_admission_act_async (ShequOffice *office,
                                const ShequAdmissionStep *step,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean shequ_admission_act_finish (ShequOffice *office,
                                     GAsyncResult *result,
                                     GPtrArray **issues,
                                     GError **error);

void shequ_admission_case_free (ShequAdmissionCase *admission);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequAdmissionCase, shequ_admission_case_free)

G_END_DECLS
