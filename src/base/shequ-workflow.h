#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ShequWorkflow ShequWorkflow;

/** ShequWorkflowState: a state; nothing follows a @final one, and nobody holds the ball in it. In one that
 * @rests nobody is waited for, though something may follow. */
typedef struct
{
  char *id;
  char *title;
  char *holder; /* (nullable): the actor whose turn it is */
  gboolean final;
  gboolean rests;
} ShequWorkflowState;

typedef enum
{
  SHEQU_REASON_NONE,
  SHEQU_REASON_OPTIONAL,
  SHEQU_REASON_REQUIRED,
} ShequReasonRule;

/** ShequWorkflowHalt: what an action that leaves the case where it is does to its clocks. */
typedef enum
{
  SHEQU_HALT_NONE,
  SHEQU_HALT_PAUSE,
  SHEQU_HALT_RESUME,
} ShequWorkflowHalt;

/**
 * ShequWorkflowAction:
 * @id: as `accept`
 * @title: the words on its button
 * @from: (array zero-terminated=1): the states it is open in
 * @to: (nullable): the state it leads to; none where it only halts the clocks
 * @halt: whether it stops the clocks or sets them going again
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
  ShequWorkflowHalt halt;
  char **actors;
  ShequReasonRule reason;
  char **reasons;
  char **needs;
  char **papers;
} ShequWorkflowAction;

/**
 * ShequWorkflowRecheck:
 * @id: as `month`
 * @title: what is looked at again
 * @states: (array zero-terminated=1): the states after which it is due
 * @days: how many calendar days after
 *
 * A look back after a case has ended: whether the work has come again.
 */
typedef struct
{
  char *id;
  char *title;
  char **states;
  int days;
} ShequWorkflowRecheck;

ShequWorkflow *shequ_workflow_load (const char *path, GError **error);
ShequWorkflow *shequ_workflow_new (const char *name, const char *text, GError **error);
void shequ_workflow_free (ShequWorkflow *workflow);

const char *shequ_workflow_get_title (ShequWorkflow *workflow);
const char *shequ_workflow_get_version (ShequWorkflow *workflow);
const char *const *shequ_workflow_get_starts (ShequWorkflow *workflow);
const GPtrArray *shequ_workflow_get_states (ShequWorkflow *workflow);
const ShequWorkflowState *shequ_workflow_find_state (ShequWorkflow *workflow, const char *id);
const ShequWorkflowAction *shequ_workflow_find_action (ShequWorkflow *workflow, const char *id);
char **shequ_workflow_list_actors (ShequWorkflow *workflow);
const char *shequ_workflow_get_actor_title (ShequWorkflow *workflow, const char *id);

GPtrArray *shequ_workflow_get_actions (ShequWorkflow *workflow, const char *state);
const ShequWorkflowAction *shequ_workflow_check (ShequWorkflow *workflow,
                                                 const char *state,
                                                 const char *action,
                                                 const char *actor,
                                                 const char *reason,
                                                 const char *const *unmet,
                                                 GError **error);

const GPtrArray *shequ_workflow_get_limits (ShequWorkflow *workflow);
const GPtrArray *shequ_workflow_get_rechecks (ShequWorkflow *workflow);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequWorkflow, shequ_workflow_free)

G_END_DECLS
