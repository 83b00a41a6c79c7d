#pragma once

#include "shequ-workdays.h"
#include "shequ-workflow.h"

G_BEGIN_DECLS

/**
 * ShequWorkflowLimit:
 * @id: as `decision`
 * @title: what is to be done in that time
 * @from: the state whose date it counts from
 * @until: (array zero-terminated=1): the states that end it
 * @days: how many days, the one of entering @from not counted
 * @calendar: whether all days count, not working days alone
 * @least: whether it says “not before” instead of “by”
 * @warn: how many days ahead a warning is due
 * @late: (array length=n_late): how many days after the last one it is warned again
 * @n_late: how many such warnings
 * @actor: who is waited for
 * @source: the rule it stands on
 */
typedef struct
{
  char *id;
  char *title;
  char *from;
  char **until;
  int days;
  gboolean calendar;
  gboolean least;
  int warn;
  int *late;
  gsize n_late;
  char *actor;
  char *source;
} ShequWorkflowLimit;

/** ShequWorkflowStep: one line of a case's history: the @state entered and the @date, oldest first. */
typedef struct
{
  const char *state;
  ShequDate date;
} ShequWorkflowStep;

/**
 * ShequWorkflowPause: the clocks stood still from one day to another; a pause that lasts has no @until.
 *
 * The day of a step is never counted: the day on which a pause begins is still used up, the one on which it
 * ends is not.
 */
typedef struct
{
  ShequDate from;
  ShequDate until;
  gboolean open;
} ShequWorkflowPause;

/** ShequWorkflowAlarm: how a limit stands on a day. */
typedef enum
{
  SHEQU_ALARM_NONE,    /* there is time */
  SHEQU_ALARM_NEAR,    /* as few days are left as the limit warns ahead */
  SHEQU_ALARM_TODAY,   /* the last day */
  SHEQU_ALARM_OVERDUE, /* past */
  SHEQU_ALARM_AGAIN,   /* past by one of the days of `Late`, or more than all of them: to be told again */
} ShequWorkflowAlarm;

/** ShequWorkflowClock: a @limit that runs, from the date of @start on. */
typedef struct
{
  const ShequWorkflowLimit *limit;
  ShequDate start;
} ShequWorkflowClock;

GArray *shequ_workflow_get_clocks (ShequWorkflow *workflow, const ShequWorkflowStep *history, gsize count);
gboolean shequ_workflow_clock_get_due (const ShequWorkflowClock *clock,
                                       const ShequWorkdays *workdays,
                                       const ShequWorkflowPause *pauses,
                                       gsize n_pauses,
                                       ShequDate *due,
                                       ShequCalendarStatus *status);
int shequ_workflow_count_used (const ShequWorkdays *workdays,
                               const ShequDate *start,
                               const ShequDate *end,
                               const ShequWorkflowPause *pauses,
                               gsize n_pauses,
                               ShequCalendarStatus *status);
ShequWorkflowAlarm shequ_workflow_limit_get_alarm (const ShequWorkflowLimit *limit, int days_left);

G_END_DECLS
