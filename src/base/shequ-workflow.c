/*
 * A way through an office, as data: states, the actions between them, who may act, what must hold before, and
 * the limits of time. Pure: it says what may be done and when it is due; doing it is the model's.
 */
#include "shequ-workflow-private.h"

#include "shequ-error.h"

#include "config.h"

#include <glib/gi18n-lib.h>

ShequWorkflowNamed *
shequ_workflow_find_named (GPtrArray *list, const char *id)
{
  for (guint i = 0; i < list->len; i++)
    if (g_strcmp0 (((ShequWorkflowNamed *) list->pdata[i])->id, id) == 0)
      return list->pdata[i];
  return NULL;
}

const char *
shequ_workflow_get_title (ShequWorkflow *workflow)
{
  g_return_val_if_fail (workflow != NULL, NULL);

  return workflow->title;
}

const char *
shequ_workflow_get_version (ShequWorkflow *workflow)
{
  g_return_val_if_fail (workflow != NULL, NULL);

  return workflow->version;
}

/** shequ_workflow_get_starts: the states that a new case may begin in; the first is the usual one. */
const char *const *
shequ_workflow_get_starts (ShequWorkflow *workflow)
{
  g_return_val_if_fail (workflow != NULL, NULL);

  return (const char *const *) workflow->starts;
}

/** shequ_workflow_get_states: (element-type ShequWorkflowState): the states in the order of the file. */
const GPtrArray *
shequ_workflow_get_states (ShequWorkflow *workflow)
{
  g_return_val_if_fail (workflow != NULL, NULL);

  return workflow->states;
}

const ShequWorkflowState *
shequ_workflow_find_state (ShequWorkflow *workflow, const char *id)
{
  g_return_val_if_fail (workflow != NULL, NULL);

  for (guint i = 0; i < workflow->states->len; i++)
    if (g_strcmp0 (((ShequWorkflowState *) workflow->states->pdata[i])->id, id) == 0)
      return workflow->states->pdata[i];
  return NULL;
}

const ShequWorkflowAction *
shequ_workflow_find_action (ShequWorkflow *workflow, const char *id)
{
  g_return_val_if_fail (workflow != NULL, NULL);

  for (guint i = 0; i < workflow->actions->len; i++)
    if (g_strcmp0 (((ShequWorkflowAction *) workflow->actions->pdata[i])->id, id) == 0)
      return workflow->actions->pdata[i];
  return NULL;
}

/** shequ_workflow_get_actor_title: (nullable): the words for an actor. */
const char *
shequ_workflow_get_actor_title (ShequWorkflow *workflow, const char *id)
{
  const ShequWorkflowNamed *actor;

  g_return_val_if_fail (workflow != NULL, NULL);

  actor = shequ_workflow_find_named (workflow->actors, id);
  return actor != NULL ? actor->text : NULL;
}

/** shequ_workflow_list_actors: (transfer full): the ids of the actors, in the order of the file. */
char **
shequ_workflow_list_actors (ShequWorkflow *workflow)
{
  g_autoptr (GStrvBuilder) actors = g_strv_builder_new ();

  g_return_val_if_fail (workflow != NULL, NULL);

  for (guint i = 0; i < workflow->actors->len; i++)
    g_strv_builder_add (actors, ((ShequWorkflowNamed *) workflow->actors->pdata[i])->id);
  return g_strv_builder_end (actors);
}

/** shequ_workflow_get_limits: (element-type ShequWorkflowLimit): the limits in the order of the file. */
const GPtrArray *
shequ_workflow_get_limits (ShequWorkflow *workflow)
{
  g_return_val_if_fail (workflow != NULL, NULL);

  return workflow->limits;
}

/** shequ_workflow_get_rechecks: (element-type ShequWorkflowRecheck): when an ended case is looked at again.
 */
const GPtrArray *
shequ_workflow_get_rechecks (ShequWorkflow *workflow)
{
  g_return_val_if_fail (workflow != NULL, NULL);

  return workflow->rechecks;
}

/**
 * shequ_workflow_get_actions:
 * @workflow: a workflow
 * @state: the state of a case
 *
 * Returns: (transfer container) (element-type ShequWorkflowAction): the actions open there, in the file's
 * order
 */
GPtrArray *
shequ_workflow_get_actions (ShequWorkflow *workflow, const char *state)
{
  GPtrArray *actions = g_ptr_array_new ();

  g_return_val_if_fail (workflow != NULL && state != NULL, actions);

  for (guint i = 0; i < workflow->actions->len; i++)
    {
      ShequWorkflowAction *action = workflow->actions->pdata[i];

      if (g_strv_contains ((const char *const *) action->from, state))
        g_ptr_array_add (actions, action);
    }
  return actions;
}

static gboolean
is_blank (const char *text)
{
  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static gboolean
check_conditions (ShequWorkflow *workflow,
                  const ShequWorkflowAction *action,
                  const char *reason,
                  const char *const *unmet,
                  GError **error)
{
  for (guint i = 0; unmet != NULL && action->needs[i] != NULL; i++)
    if (g_strv_contains (unmet, action->needs[i]))
      {
        g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT, _ ("“%s” is not open yet. %s"),
                     action->title, shequ_workflow_find_named (workflow->needs, action->needs[i])->text);
        return FALSE;
      }
  if (action->reason == SHEQU_REASON_REQUIRED && is_blank (reason))
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, _ ("“%s” needs a reason; write one"),
                   action->title);
      return FALSE;
    }
  return TRUE;
}

/**
 * shequ_workflow_check:
 * @workflow: a workflow
 * @state: the state that the case is in
 * @action: what is to be done
 * @actor: who does it
 * @reason: (nullable): the reason given
 * @unmet: (nullable) (array zero-terminated=1): the needs of the workflow that the case does not meet
 * @error: return location
 *
 * Says whether an action may be done now. Errors: %SHEQU_ERROR_NOT_FOUND for an unknown state or action,
 * %SHEQU_ERROR_CONSTRAINT where the action is not open in the state or a need is unmet,
 * %SHEQU_ERROR_PERMISSION for the wrong actor, %SHEQU_ERROR_INVALID_VALUE for a missing reason.
 *
 * Returns: (nullable): the action, whose `to` is the new state
 */
const ShequWorkflowAction *
shequ_workflow_check (ShequWorkflow *workflow,
                      const char *state,
                      const char *action,
                      const char *actor,
                      const char *reason,
                      const char *const *unmet,
                      GError **error)
{
  const ShequWorkflowState *at;
  const ShequWorkflowAction *found;

  g_return_val_if_fail (workflow != NULL && state != NULL && action != NULL && actor != NULL, NULL);

  at = shequ_workflow_find_state (workflow, state);
  found = shequ_workflow_find_action (workflow, action);
  if (at == NULL)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("There is no state “%s” in “%s”"), state,
                 workflow->title);
  else if (found == NULL)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("There is no action “%s” in “%s”"), action,
                 workflow->title);
  else if (!g_strv_contains ((const char *const *) found->from, state))
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
                 _ ("“%s” is not open while the case is “%s”. Look at it again: somebody may have acted"),
                 found->title, at->title);
  else if (!g_strv_contains ((const char *const *) found->actors, actor))
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION, _ ("“%s” is done by: %s"), found->title,
                 shequ_workflow_get_actor_title (workflow, found->actors[0]));
  else if (check_conditions (workflow, found, reason, unmet, error))
    return found;
  return NULL;
}
