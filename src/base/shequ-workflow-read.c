/*
 * Reads a way through an office. A file is refused where it names what is not there, has a state that cannot
 * be reached or left, or a limit that can never run.
 */
#include "shequ-workflow-private.h"

#include "shequ-error.h"
#include "shequ-rule-file.h"
#include "shequ-workflow-clock.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
named_free (gpointer data)
{
  ShequWorkflowNamed *named = data;

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
  g_free (state->holder);
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
  g_free (limit->late);
  g_free (limit);
}

static void
recheck_free (gpointer data)
{
  ShequWorkflowRecheck *recheck = data;

  g_free (recheck->id);
  g_free (recheck->title);
  g_strfreev (recheck->states);
  g_free (recheck);
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
  g_ptr_array_unref (workflow->rechecks);
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
  ShequWorkflowNamed *named = g_new0 (ShequWorkflowNamed, 1);

  shequ_rule_file_check_keys (file, group, key);
  named->id = g_strdup (id);
  named->text = shequ_rule_file_need_text (file, group, key);
  g_ptr_array_add (list, named);
}

static void
read_state (ShequWorkflow *workflow, ShequRuleFile *file, const char *group, const char *id)
{
  ShequWorkflowState *state = g_new0 (ShequWorkflowState, 1);

  shequ_rule_file_check_keys (file, group, "Title Holder Final Rest");
  state->id = g_strdup (id);
  state->title = shequ_rule_file_need_text (file, group, "Title");
  state->final = shequ_rule_file_get_boolean (file, group, "Final");
  state->rests = state->final || shequ_rule_file_get_boolean (file, group, "Rest");
  if (!state->final)
    state->holder = shequ_rule_file_need_text (file, group, "Holder");
  g_ptr_array_add (workflow->states, state);
}

static void
read_action (ShequWorkflow *workflow, ShequRuleFile *file, const char *group, const char *id)
{
  static const char *const reasons[] = { "none", "optional", "required", NULL };
  static const char *const halts[] = { "none", "pause", "resume", NULL };
  ShequWorkflowAction *action = g_new0 (ShequWorkflowAction, 1);

  shequ_rule_file_check_keys (file, group, "Title From To Clock Actor Reason Reasons Needs Papers");
  action->id = g_strdup (id);
  action->title = shequ_rule_file_need_text (file, group, "Title");
  action->from = shequ_rule_file_get_list (file, group, "From");
  action->halt = shequ_rule_file_get_choice (file, group, "Clock", halts, SHEQU_HALT_NONE);
  if (action->halt == SHEQU_HALT_NONE)
    action->to = shequ_rule_file_need_text (file, group, "To");
  else if (shequ_rule_file_has (file, group, "To"))
    shequ_rule_file_fail (file, group, "To", "%s",
                          _ ("is not given where only the clock is stopped or started"));
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

/* The days after the last one on which it is said again, each later than the one before. */
static void
read_late (ShequWorkflowLimit *limit, ShequRuleFile *file, const char *group)
{
  g_auto (GStrv) days = shequ_rule_file_get_list (file, group, "Late");

  limit->n_late = g_strv_length (days);
  limit->late = g_new0 (int, limit->n_late + 1);
  for (gsize i = 0; i < limit->n_late; i++)
    {
      gint64 value = 0;

      if (!g_ascii_string_to_signed (days[i], 10, 1, 3660, &value, NULL) ||
          (i > 0 && value <= limit->late[i - 1]))
        shequ_rule_file_fail (file, group, "Late", "%s", _ ("must be days, the later ones behind"));
      limit->late[i] = value;
    }
}

static void
read_limit (ShequWorkflow *workflow, ShequRuleFile *file, const char *group, const char *id)
{
  static const char *const counts[] = { "working", "calendar", NULL };
  static const char *const kinds[] = { "most", "least", NULL };
  ShequWorkflowLimit *limit = g_new0 (ShequWorkflowLimit, 1);

  shequ_rule_file_check_keys (file, group, "Title From Until Days Count Kind Warn Late Actor Source");
  limit->id = g_strdup (id);
  limit->title = shequ_rule_file_need_text (file, group, "Title");
  limit->from = shequ_rule_file_need_text (file, group, "From");
  limit->until = shequ_rule_file_get_list (file, group, "Until");
  limit->days = shequ_rule_file_get_integer (file, group, "Days", 1, 3660, 0);
  limit->calendar = shequ_rule_file_get_choice (file, group, "Count", counts, 0);
  limit->least = shequ_rule_file_get_choice (file, group, "Kind", kinds, 0);
  limit->warn = shequ_rule_file_get_integer (file, group, "Warn", 0, 3660, 0);
  read_late (limit, file, group);
  limit->actor = shequ_rule_file_need_text (file, group, "Actor");
  limit->source = shequ_rule_file_need_text (file, group, "Source");
  if (limit->until[0] == NULL)
    shequ_rule_file_fail (file, group, "Until", "%s", _ ("must be given"));
  if (limit->days == 0)
    shequ_rule_file_fail (file, group, "Days", "%s", _ ("must be given"));
  g_ptr_array_add (workflow->limits, limit);
}

static void
read_recheck (ShequWorkflow *workflow, ShequRuleFile *file, const char *group, const char *id)
{
  ShequWorkflowRecheck *recheck = g_new0 (ShequWorkflowRecheck, 1);

  shequ_rule_file_check_keys (file, group, "Title State Days");
  recheck->id = g_strdup (id);
  recheck->title = shequ_rule_file_need_text (file, group, "Title");
  recheck->states = shequ_rule_file_get_list (file, group, "State");
  recheck->days = shequ_rule_file_get_integer (file, group, "Days", 1, 3660, 0);
  if (recheck->states[0] == NULL)
    shequ_rule_file_fail (file, group, "State", "%s", _ ("must be given"));
  if (recheck->days == 0)
    shequ_rule_file_fail (file, group, "Days", "%s", _ ("must be given"));
  g_ptr_array_add (workflow->rechecks, recheck);
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
  else if (g_str_has_prefix (group, "Recheck ") && *id != '\0')
    read_recheck (workflow, file, group, id);
  else
    shequ_rule_file_fail (file, group, NULL, "%s", _ ("there is no such group here"));
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
    if (shequ_workflow_find_named (list, names[i]) == NULL)
      shequ_rule_file_fail (file, group, key, _ ("there is no “%s”"), names[i]);
}

static void
check_action (ShequWorkflow *workflow, ShequRuleFile *file, const ShequWorkflowAction *action)
{
  g_autofree char *group = g_strconcat ("Action ", action->id, NULL);
  char *to[] = { action->to, NULL };

  check_states (workflow, file, group, "From", action->from);
  if (action->to != NULL)
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

      if (action->to != NULL && g_strv_contains ((const char *const *) action->from, state) &&
          g_hash_table_add (reached, action->to))
        g_queue_push_tail (open, action->to);
    }
}

static gboolean
is_left (ShequWorkflow *workflow, const char *state)
{
  for (guint i = 0; i < workflow->actions->len; i++)
    {
      const ShequWorkflowAction *action = workflow->actions->pdata[i];

      if (action->to != NULL && g_strv_contains ((const char *const *) action->from, state))
        return TRUE;
    }
  return FALSE;
}

/* Whether a case can come to an end from @state, in however many steps. */
static gboolean
can_end (ShequWorkflow *workflow, const char *state)
{
  g_autoptr (GHashTable) reached = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GQueue) open = g_queue_new ();

  g_queue_push_tail (open, (gpointer) state);
  while (!g_queue_is_empty (open))
    {
      const char *at = g_queue_pop_head (open);

      if (shequ_workflow_find_state (workflow, at)->final)
        return TRUE;
      reach_from (workflow, at, reached, open);
    }
  return FALSE;
}

static void
check_state (ShequWorkflow *workflow,
             ShequRuleFile *file,
             const ShequWorkflowState *state,
             GHashTable *reached)
{
  g_autofree char *group = g_strconcat ("State ", state->id, NULL);
  char *holder[] = { state->holder, NULL };

  check_named (workflow->actors, file, group, "Holder", holder);
  if (!g_hash_table_contains (reached, state->id))
    shequ_rule_file_fail (file, group, NULL, "%s", _ ("no action leads to this state"));
  else if (!state->final && !is_left (workflow, state->id))
    shequ_rule_file_fail (file, group, NULL, "%s",
                          _ ("no action leads out of this state, and it is not final"));
  else if (!can_end (workflow, state->id))
    shequ_rule_file_fail (file, group, NULL, "%s", _ ("no way leads from this state to a final one"));
}

/* Every state can be reached from a start, and from every state a case can come to an end. */
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
    check_state (workflow, file, workflow->states->pdata[i], reached);
}

static void
check_recheck (ShequWorkflow *workflow, ShequRuleFile *file, const ShequWorkflowRecheck *recheck)
{
  g_autofree char *group = g_strconcat ("Recheck ", recheck->id, NULL);

  check_states (workflow, file, group, "State", recheck->states);
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
  for (guint i = 0; i < workflow->rechecks->len; i++)
    check_recheck (workflow, file, workflow->rechecks->pdata[i]);
  if (!shequ_rule_file_failed (file))
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
  workflow->rechecks = g_ptr_array_new_with_free_func (recheck_free);
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
