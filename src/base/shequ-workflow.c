/*
 * A way through an office, as data: states, the actions between them, who may act, what must hold before, and
 * the limits of time. Pure: it says what may be done and when it is due; doing it is the model's.
 *
 * A file is refused where it names what is not there, has a state that cannot be reached or left, or a limit
 * that can never run.
 */
#include "shequ-workflow.h"

#include "shequ-error.h"
#include "shequ-rule-file.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A name with its words: an actor, or a need and what is said where it is not met. */
typedef struct
{
  char *id;
  char *text;
} Named;

struct _ShequWorkflow
{
  char *title;
  char *version;
  char *source;
  char **starts;
  GPtrArray *states;
  GPtrArray *actors;
  GPtrArray *needs;
  GPtrArray *actions;
  GPtrArray *limits;
};

static void
named_free (gpointer data)
{
  Named *named = data;

  g_free (named->id);
  g_free (named->text);
  g_free (named);
}

static void
state_free (gpointer data)
{
  ShequWorkflowState *state = data;

  g_free (state->id);
  g_free (state->title);
  g_free (state);
}

static void
action_free (gpointer data)
{
  ShequWorkflowAction *action = data;

  g_free (action->id);
  g_free (action->title);
  g_strfreev (action->from);
  g_free (action->to);
  g_strfreev (action->actors);
  g_strfreev (action->reasons);
  g_strfreev (action->needs);
  g_strfreev (action->papers);
  g_free (action);
}

static void
limit_free (gpointer data)
{
  ShequWorkflowLimit *limit = data;

  g_free (limit->id);
  g_free (limit->title);
  g_free (limit->from);
  g_strfreev (limit->until);
  g_free (limit->actor);
  g_free (limit->source);
  g_free (limit);
}

void
shequ_workflow_free (ShequWorkflow *workflow)
{
  if (workflow == NULL)
    return;
  g_free (workflow->title);
  g_free (workflow->version);
  g_free (workflow->source);
  g_strfreev (workflow->starts);
  g_ptr_array_unref (workflow->states);
  g_ptr_array_unref (workflow->actors);
  g_ptr_array_unref (workflow->needs);
  g_ptr_array_unref (workflow->actions);
  g_ptr_array_unref (workflow->limits);
  g_free (workflow);
}

static void
read_head (ShequWorkflow *workflow, ShequRuleFile *file, const char *group)
{
  shequ_rule_file_check_keys (file, group, "Title Version Source Start");
  workflow->title = shequ_rule_file_need_text (file, group, "Title");
  workflow->version = shequ_rule_file_need_text (file, group, "Version");
  workflow->source = shequ_rule_file_need_text (file, group, "Source");
  workflow->starts = shequ_rule_file_get_list (file, group, "Start");
  if (workflow->starts[0] == NULL)
    shequ_rule_file_fail (file, group, "Start", "%s", _ ("must be given"));
}

static void
read_named (GPtrArray *list, ShequRuleFile *file, const char *group, const char *id, const char *key)
{
  Named *named = g_new0 (Named, 1);

  shequ_rule_file_check_keys (file, group, key);
  named->id = g_strdup (id);
  named->text = shequ_rule_file_need_text (file, group, key);
  g_ptr_array_add (list, named);
}

static void
read_state (ShequWorkflow *workflow, ShequRuleFile *file, const char *group, const char *id)
{
  ShequWorkflowState *state = g_new0 (ShequWorkflowState, 1);

  shequ_rule_file_check_keys (file, group, "Title Final");
  state->id = g_strdup (id);
  state->title = shequ_rule_file_need_text (file, group, "Title");
  state->final = shequ_rule_file_get_boolean (file, group, "Final");
  g_ptr_array_add (workflow->states, state);
}

static void
read_action (ShequWorkflow *workflow, ShequRuleFile *file, const char *group, const char *id)
{
  static const char *const reasons[] = { "none", "optional", "required", NULL };
  ShequWorkflowAction *action = g_new0 (ShequWorkflowAction, 1);

  shequ_rule_file_check_keys (file, group, "Title From To Actor Reason Reasons Needs Papers");
  action->id = g_strdup (id);
  action->title = shequ_rule_file_need_text (file, group, "Title");
  action->from = shequ_rule_file_get_list (file, group, "From");
  action->to = shequ_rule_file_need_text (file, group, "To");
  action->actors = shequ_rule_file_get_list (file, group, "Actor");
  action->reason = shequ_rule_file_get_choice (file, group, "Reason", reasons, SHEQU_REASON_NONE);
  action->reasons = shequ_rule_file_get_list (file, group, "Reasons");
  action->needs = shequ_rule_file_get_list (file, group, "Needs");
  action->papers = shequ_rule_file_get_list (file, group, "Papers");
  if (action->from[0] == NULL)
    shequ_rule_file_fail (file, group, "From", "%s", _ ("must be given"));
  if (action->actors[0] == NULL)
    shequ_rule_file_fail (file, group, "Actor", "%s", _ ("must be given"));
  g_ptr_array_add (workflow->actions, action);
}

static void
read_limit (ShequWorkflow *workflow, ShequRuleFile *file, const char *group, const char *id)
{
  static const char *const counts[] = { "working", "calendar", NULL };
  static const char *const kinds[] = { "most", "least", NULL };
  ShequWorkflowLimit *limit = g_new0 (ShequWorkflowLimit, 1);

  shequ_rule_file_check_keys (file, group, "Title From Until Days Count Kind Warn Actor Source");
  limit->id = g_strdup (id);
  limit->title = shequ_rule_file_need_text (file, group, "Title");
  limit->from = shequ_rule_file_need_text (file, group, "From");
  limit->until = shequ_rule_file_get_list (file, group, "Until");
  limit->days = shequ_rule_file_get_integer (file, group, "Days", 1, 3660, 0);
  limit->calendar = shequ_rule_file_get_choice (file, group, "Count", counts, 0);
  limit->least = shequ_rule_file_get_choice (file, group, "Kind", kinds, 0);
  limit->warn = shequ_rule_file_get_integer (file, group, "Warn", 0, 3660, 0);
  limit->actor = shequ_rule_file_need_text (file, group, "Actor");
  limit->source = shequ_rule_file_need_text (file, group, "Source");
  if (limit->until[0] == NULL)
    shequ_rule_file_fail (file, group, "Until", "%s", _ ("must be given"));
  if (limit->days == 0)
    shequ_rule_file_fail (file, group, "Days", "%s", _ ("must be given"));
  g_ptr_array_add (workflow->limits, limit);
}

/* A group is called [Workflow], or by its kind and its name: [State submitted]. */
static void
read_group (ShequWorkflow *workflow, ShequRuleFile *file, const char *group)
{
  const char *blank = strchr (group, ' ');
  const char *id = blank != NULL ? blank + 1 : "";

  if (strcmp (group, "Workflow") == 0)
    read_head (workflow, file, group);
  else if (g_str_has_prefix (group, "State ") && *id != '\0')
    read_state (workflow, file, group, id);
  else if (g_str_has_prefix (group, "Actor ") && *id != '\0')
    read_named (workflow->actors, file, group, id, "Title");
  else if (g_str_has_prefix (group, "Need ") && *id != '\0')
    read_named (workflow->needs, file, group, id, "Text");
  else if (g_str_has_prefix (group, "Action ") && *id != '\0')
    read_action (workflow, file, group, id);
  else if (g_str_has_prefix (group, "Limit ") && *id != '\0')
    read_limit (workflow, file, group, id);
  else
    shequ_rule_file_fail (file, group, NULL, "%s", _ ("there is no such group here"));
}

static Named *
find_named (GPtrArray *list, const char *id)
{
  for (guint i = 0; i < list->len; i++)
    if (g_strcmp0 (((Named *) list->pdata[i])->id, id) == 0)
      return list->pdata[i];
  return NULL;
}

static void
check_states (ShequWorkflow *workflow,
              ShequRuleFile *file,
              const char *group,
              const char *key,
              char *const *states)
{
  for (guint i = 0; states[i] != NULL; i++)
    if (shequ_workflow_find_state (workflow, states[i]) == NULL)
      shequ_rule_file_fail (file, group, key, _ ("there is no state “%s”"), states[i]);
}

static void
check_named (GPtrArray *list, ShequRuleFile *file, const char *group, const char *key, char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (find_named (list, names[i]) == NULL)
      shequ_rule_file_fail (file, group, key, _ ("there is no “%s”"), names[i]);
}

static void
check_action (ShequWorkflow *workflow, ShequRuleFile *file, const ShequWorkflowAction *action)
{
  g_autofree char *group = g_strconcat ("Action ", action->id, NULL);
  char *to[] = { action->to, NULL };

  check_states (workflow, file, group, "From", action->from);
  check_states (workflow, file, group, "To", to);
  check_named (workflow->actors, file, group, "Actor", action->actors);
  check_named (workflow->needs, file, group, "Needs", action->needs);
  for (guint i = 0; i < workflow->states->len; i++)
    {
      const ShequWorkflowState *state = workflow->states->pdata[i];

      if (state->final && g_strv_contains ((const char *const *) action->from, state->id))
        shequ_rule_file_fail (file, group, "From", _ ("the state “%s” is final, nothing follows it"),
                              state->id);
    }
}

static void
check_limit (ShequWorkflow *workflow, ShequRuleFile *file, const ShequWorkflowLimit *limit)
{
  g_autofree char *group = g_strconcat ("Limit ", limit->id, NULL);
  char *from[] = { limit->from, NULL };
  char *actor[] = { limit->actor, NULL };

  check_states (workflow, file, group, "From", from);
  check_states (workflow, file, group, "Until", limit->until);
  check_named (workflow->actors, file, group, "Actor", actor);
  if (g_strv_contains ((const char *const *) limit->until, limit->from))
    shequ_rule_file_fail (file, group, "Until", "%s", _ ("would end the limit in the state where it begins"));
  if (limit->warn >= limit->days)
    shequ_rule_file_fail (file, group, "Warn", "%s", _ ("must be fewer than Days"));
}

/* Adds what can be reached from @state by one action. */
static void
reach_from (ShequWorkflow *workflow, const char *state, GHashTable *reached, GQueue *open)
{
  for (guint i = 0; i < workflow->actions->len; i++)
    {
      const ShequWorkflowAction *action = workflow->actions->pdata[i];

      if (g_strv_contains ((const char *const *) action->from, state) &&
          g_hash_table_add (reached, action->to))
        g_queue_push_tail (open, action->to);
    }
}

/* Every state can be reached from a start, and left unless it is final. */
static void
check_ways (ShequWorkflow *workflow, ShequRuleFile *file)
{
  g_autoptr (GHashTable) reached = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GQueue) open = g_queue_new ();

  for (guint i = 0; workflow->starts[i] != NULL; i++)
    if (g_hash_table_add (reached, workflow->starts[i]))
      g_queue_push_tail (open, workflow->starts[i]);
  while (!g_queue_is_empty (open))
    reach_from (workflow, g_queue_pop_head (open), reached, open);
  for (guint i = 0; i < workflow->states->len; i++)
    {
      const ShequWorkflowState *state = workflow->states->pdata[i];
      g_autofree char *group = g_strconcat ("State ", state->id, NULL);
      g_autoptr (GPtrArray) actions = shequ_workflow_get_actions (workflow, state->id);

      if (!g_hash_table_contains (reached, state->id))
        shequ_rule_file_fail (file, group, NULL, "%s", _ ("no action leads to this state"));
      if (actions->len == 0 && !state->final)
        shequ_rule_file_fail (file, group, NULL, "%s",
                              _ ("no action leads out of this state, and it is not final"));
    }
}

static void
check_workflow (ShequWorkflow *workflow, ShequRuleFile *file)
{
  if (workflow->title == NULL)
    shequ_rule_file_fail (file, NULL, NULL, "%s", _ ("the group [Workflow] is missing"));
  if (shequ_rule_file_failed (file))
    return;
  check_states (workflow, file, "Workflow", "Start", workflow->starts);
  for (guint i = 0; i < workflow->actions->len; i++)
    check_action (workflow, file, workflow->actions->pdata[i]);
  for (guint i = 0; i < workflow->limits->len; i++)
    check_limit (workflow, file, workflow->limits->pdata[i]);
  check_ways (workflow, file);
}

static ShequWorkflow *
read_workflow (ShequRuleFile *file, GError **error)
{
  g_autoptr (ShequWorkflow) workflow = g_new0 (ShequWorkflow, 1);
  const char *const *groups = shequ_rule_file_get_groups (file);

  workflow->states = g_ptr_array_new_with_free_func (state_free);
  workflow->actors = g_ptr_array_new_with_free_func (named_free);
  workflow->needs = g_ptr_array_new_with_free_func (named_free);
  workflow->actions = g_ptr_array_new_with_free_func (action_free);
  workflow->limits = g_ptr_array_new_with_free_func (limit_free);
  /* A group that stands twice is a fault already; reading on would only read it once more. */
  for (guint i = 0; groups[i] != NULL && !shequ_rule_file_failed (file); i++)
    read_group (workflow, file, groups[i]);
  check_workflow (workflow, file);
  return shequ_rule_file_finish (file, error) ? g_steal_pointer (&workflow) : NULL;
}

/**
 * shequ_workflow_load:
 * @path: a path below `data/`, as `rules/admission-workflow.ini`
 * @error: return location
 *
 * Returns: (transfer full): the workflow, or %NULL with %SHEQU_ERROR_CATALOGUE naming file, line, group and
 * key
 */
ShequWorkflow *
shequ_workflow_load (const char *path, GError **error)
{
  g_autoptr (ShequRuleFile) file = shequ_rule_file_load (path, error);

  return file != NULL ? read_workflow (file, error) : NULL;
}

/** shequ_workflow_new: as shequ_workflow_load(), from the text of a file that messages call @name. */
ShequWorkflow *
shequ_workflow_new (const char *name, const char *text, GError **error)
{
  g_autoptr (ShequRuleFile) file = shequ_rule_file_new (name, text, error);

  return file != NULL ? read_workflow (file, error) : NULL;
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
  const Named *actor;

  g_return_val_if_fail (workflow != NULL, NULL);

  actor = find_named (workflow->actors, id);
  return actor != NULL ? actor->text : NULL;
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
                     action->title, find_named (workflow->needs, action->needs[i])->text);
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

/* Whether the limit runs after the last step, and since when: its state was entered and no end was since. */
static gboolean
find_start (const ShequWorkflowLimit *limit, const ShequWorkflowStep *history, gsize count, ShequDate *start)
{
  gboolean runs = FALSE;

  for (gsize i = 0; i < count; i++)
    {
      if (g_strcmp0 (history[i].state, limit->from) == 0)
        {
          *start = history[i].date;
          runs = TRUE;
        }
      else if (g_strv_contains ((const char *const *) limit->until, history[i].state))
        runs = FALSE;
    }
  return runs;
}

/**
 * shequ_workflow_get_clocks:
 * @workflow: a workflow
 * @history: (array length=count): the states that a case has entered, oldest first
 * @count: how many
 *
 * Returns: (transfer full) (element-type ShequWorkflowClock): the limits that run now; valid as long as
 * @workflow
 */
GArray *
shequ_workflow_get_clocks (ShequWorkflow *workflow, const ShequWorkflowStep *history, gsize count)
{
  GArray *clocks = g_array_new (FALSE, FALSE, sizeof (ShequWorkflowClock));

  g_return_val_if_fail (workflow != NULL && (history != NULL || count == 0), clocks);

  for (guint i = 0; i < workflow->limits->len; i++)
    {
      ShequWorkflowClock clock = { workflow->limits->pdata[i], { 0, 0, 0 } };

      if (find_start (clock.limit, history, count, &clock.start))
        g_array_append_val (clocks, clock);
    }
  return clocks;
}

/**
 * shequ_workflow_clock_get_due:
 * @clock: a limit that runs
 * @workdays: the calendar
 * @status: (out): how far the date can be trusted
 *
 * Returns: the last day of the limit; for one of the kind “not before”, the first day that is free
 */
ShequDate
shequ_workflow_clock_get_due (const ShequWorkflowClock *clock,
                              const ShequWorkdays *workdays,
                              ShequCalendarStatus *status)
{
  if (!clock->limit->calendar)
    return shequ_workdays_add_workdays (workdays, &clock->start, clock->limit->days, status);
  if (status != NULL)
    *status = SHEQU_CALENDAR_KNOWN;
  return shequ_date_add_days (&clock->start, clock->limit->days);
}
