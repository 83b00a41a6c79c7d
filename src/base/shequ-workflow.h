#pragma once

#include "shequ-workdays.h"

G_BEGIN_DECLS

typedef struct _ShequWorkflow ShequWorkflow;

/** ShequWorkflowState: a state; nothing follows a @final one. */
typedef struct
{
  char *id;
  char *title;
  gboolean final;
} ShequWorkflowState;

typedef enum
{
  SHEQU_REASON_NONE,
  SHEQU_REASON_OPTIONAL,
  SHEQU_REASON_REQUIRED,
} ShequReasonRule;

/**
 * ShequWorkflowAction:
 * @id: as `accept`
 * @title: the words on its button
 * @from: (array zero-terminated=1): the states it is open in
 * @to: the state it leads to
 * @actors: (array zero-terminated=1): who may do it
 * @reason: whether a reason is written
 * @reasons: (array zero-terminated=1): codes of the usual reasons, to choose from; may be empty
 * @needs: (array zero-terminated=1): what must hold before
 * @papers: (array zero-terminated=1): the papers that come of it
 */
typedef struct
{
  char *id;
  char *title;
  char **from;
  char *to;
  char **actors;
  ShequReasonRule reason;
  char **reasons;
  char **needs;
  char **papers;
} ShequWorkflowAction;

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
  char *actor;
  char *source;
} ShequWorkflowLimit;

/** ShequWorkflowStep: one line of a case's history: the @state entered and the @date, oldest first. */
typedef struct
{
  const char *state;
  ShequDate date;
} ShequWorkflowStep;

/** ShequWorkflowClock: a @limit that runs, from the date of @start on. */
typedef struct
{
  const ShequWorkflowLimit *limit;
  ShequDate start;
} ShequWorkflowClock;

ShequWorkflow *shequ_workflow_load (const char *path, GError **error);
ShequWorkflow *shequ_workflow_new (const char *name, const char *text, GError **error);
void shequ_workflow_free (ShequWorkflow *workflow);

const char *shequ_workflow_get_title (ShequWorkflow *workflow);
const char *shequ_workflow_get_version (ShequWorkflow *workflow);
const char *const *shequ_workflow_get_starts (ShequWorkflow *workflow);
const GPtrArray *shequ_workflow_get_states (ShequWorkflow *workflow);
const ShequWorkflowState *shequ_workflow_find_state (ShequWorkflow *workflow, const char *id);
const ShequWorkflowAction *shequ_workflow_find_action (ShequWorkflow *workflow, const char *id);
const char *shequ_workflow_get_actor_title (ShequWorkflow *workflow, const char *id);

GPtrArray *shequ_workflow_get_actions (ShequWorkflow *workflow, const char *state);
const ShequWorkflowAction *shequ_workflow_check (ShequWorkflow *workflow,
                                                 const char *state,
                                                 const char *action,
                                                 const char *actor,
                                                 const char *reason,
                                                 const char *const *unmet,
                                                 GError **error);

GArray *shequ_workflow_get_clocks (ShequWorkflow *workflow, const ShequWorkflowStep *history, gsize count);
ShequDate shequ_workflow_clock_get_due (const ShequWorkflowClock *clock,
                                        const ShequWorkdays *workdays,
                                        ShequCalendarStatus *status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequWorkflow, shequ_workflow_free)

G_END_DECLS
