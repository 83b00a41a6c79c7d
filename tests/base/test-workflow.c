#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-workflow.h"

#include <string.h>

static ShequWorkflow *
load_shipped (void)
{
  g_autoptr (GError) error = NULL;
  ShequWorkflow *workflow = shequ_workflow_load ("rules/admission-workflow.ini", &error);

  g_assert_no_error (error);
  return workflow;
}

#define HEAD "[Workflow]\nTitle=w\nVersion=1\nSource=s\nStart=a\n"
#define PEOPLE "[Actor x]\nTitle=x\n"
#define STATES "[State a]\nTitle=a\n[State b]\nTitle=b\nFinal=true\n"
#define ACTION "[Action go]\nTitle=go\nFrom=a\nTo=b\nActor=x\n"
#define LIMIT "[Limit l]\nTitle=l\nFrom=a\nUntil=b\nDays=3\nActor=x\nSource=s\n"
#define SOUND HEAD PEOPLE STATES ACTION LIMIT

/* Faults and the group and key that the message has to name. */
static const struct
{
  const char *name;
  const char *text;
  const char *group;
  const char *key;
} faults[] = {
  { "no head", PEOPLE STATES ACTION, "Workflow", NULL },
  { "no start", "[Workflow]\nTitle=w\nVersion=1\nSource=s\n" PEOPLE STATES ACTION, "[Workflow]", "Start" },
  { "unknown start", "[Workflow]\nTitle=w\nVersion=1\nSource=s\nStart=q\n" PEOPLE STATES ACTION, "[Workflow]",
    "Start" },
  { "unknown from", SOUND "[Action up]\nTitle=u\nFrom=q\nTo=a\nActor=x\n", "[Action up]", "From" },
  { "unknown to", SOUND "[Action up]\nTitle=u\nFrom=a\nTo=q\nActor=x\n", "[Action up]", "To" },
  { "unknown actor", SOUND "[Action up]\nTitle=u\nFrom=a\nTo=a\nActor=q\n", "[Action up]", "Actor" },
  { "unknown need", SOUND "[Action up]\nTitle=u\nFrom=a\nTo=a\nActor=x\nNeeds=q\n", "[Action up]", "Needs" },
  { "no actor", SOUND "[Action up]\nTitle=u\nFrom=a\nTo=a\n", "[Action up]", "Actor" },
  { "no from", SOUND "[Action up]\nTitle=u\nTo=a\nActor=x\n", "[Action up]", "From" },
  { "reason", SOUND "[Action up]\nTitle=u\nFrom=a\nTo=a\nActor=x\nReason=maybe\n", "[Action up]", "Reason" },
  { "from final", SOUND "[Action up]\nTitle=u\nFrom=b\nTo=a\nActor=x\n", "[Action up]", "From" },
  { "unreachable", SOUND "[State c]\nTitle=c\n[Action up]\nTitle=u\nFrom=c\nTo=a\nActor=x\n", "[State c]",
    NULL },
  { "island", SOUND "[State c]\nTitle=c\n[Action up]\nTitle=u\nFrom=c\nTo=c\nActor=x\n", "[State c]", NULL },
  { "dead end", SOUND "[State c]\nTitle=c\n[Action up]\nTitle=u\nFrom=a\nTo=c\nActor=x\n", "[State c]",
    NULL },
  { "limit to unknown", SOUND "[Limit m]\nTitle=m\nFrom=a\nUntil=q\nDays=3\nActor=x\nSource=s\n", "[Limit m]",
    "Until" },
  { "limit from unknown", SOUND "[Limit m]\nTitle=m\nFrom=q\nUntil=b\nDays=3\nActor=x\nSource=s\n",
    "[Limit m]", "From" },
  { "limit never runs", SOUND "[Limit m]\nTitle=m\nFrom=a\nUntil=a\nDays=3\nActor=x\nSource=s\n", "[Limit m]",
    "Until" },
  { "limit without days", SOUND "[Limit m]\nTitle=m\nFrom=a\nUntil=b\nActor=x\nSource=s\n", "[Limit m]",
    "Days" },
  { "negative days", SOUND "[Limit m]\nTitle=m\nFrom=a\nUntil=b\nDays=-1\nActor=x\nSource=s\n", "[Limit m]",
    "Days" },
  { "warns too early", SOUND "[Limit m]\nTitle=m\nFrom=a\nUntil=b\nDays=3\nWarn=3\nActor=x\nSource=s\n",
    "[Limit m]", "Warn" },
  { "unknown group", SOUND "[Step m]\nTitle=m\n", "[Step m]", NULL },
  { "unknown key", SOUND "[State a2]\nTitle=m\nColour=red\n", "[State a2]", "Colour" },
  { "twice", SOUND "[State a]\nTitle=again\n", "[State a]", NULL },
};

static void
test_faults (void)
{
  g_autoptr (GError) none = NULL;
  g_autoptr (ShequWorkflow) sound = shequ_workflow_new ("own.ini", SOUND, &none);

  g_assert_no_error (none);
  g_assert_nonnull (sound);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ShequWorkflow) workflow = shequ_workflow_new ("own.ini", faults[i].text, &error);

      g_assert_null (workflow);
      g_test_message ("%s: %s", faults[i].name, error->message);
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE);
      g_assert_true (g_str_has_prefix (error->message, "own.ini"));
      g_assert_nonnull (strstr (error->message, faults[i].group));
      g_assert_true (faults[i].key == NULL || strstr (error->message, faults[i].key) != NULL);
    }
}

/* The thin line of a first case, and each way that it must not go. */
static const struct
{
  const char *state;
  const char *action;
  const char *actor;
  const char *reason;
  const char *unmet;
  const char *to;
  int code;
} checks[] = {
  { "submitted", "accept", "office", NULL, NULL, "accepted", 0 },
  { "submitted", "return", "office", "缺文号", NULL, "returned", 0 },
  { "returned", "resubmit", "department", NULL, NULL, "submitted", 0 },
  { "accepted", "admit", "meeting", NULL, NULL, "admitted", 0 },
  { "accepted", "reject", "meeting", "命中禁入规则", "no_block", "rejected", 0 },
  { "admitted", "start", "department", NULL, NULL, "active", 0 },
  { "active", "exit", "office", "goal_met", NULL, "exited", 0 },
  { "submitted", "return", "office", NULL, NULL, NULL, SHEQU_ERROR_INVALID_VALUE },
  { "submitted", "return", "office", "  ", NULL, NULL, SHEQU_ERROR_INVALID_VALUE },
  { "accepted", "reject", "meeting", "", NULL, NULL, SHEQU_ERROR_INVALID_VALUE },
  { "submitted", "accept", "department", NULL, NULL, NULL, SHEQU_ERROR_PERMISSION },
  { "submitted", "admit", "meeting", NULL, NULL, NULL, SHEQU_ERROR_CONSTRAINT },
  { "rejected", "admit", "meeting", NULL, NULL, NULL, SHEQU_ERROR_CONSTRAINT },
  { "accepted", "admit", "meeting", NULL, "no_block", NULL, SHEQU_ERROR_CONSTRAINT },
  { "accepted", "admit", "meeting", NULL, "money", NULL, SHEQU_ERROR_CONSTRAINT },
  { "accepted", "admit", "meeting", NULL, "agreement", "admitted", 0 },
  { "nowhere", "accept", "office", NULL, NULL, NULL, SHEQU_ERROR_NOT_FOUND },
  { "submitted", "burn", "office", NULL, NULL, NULL, SHEQU_ERROR_NOT_FOUND },
};

static void
test_checks (void)
{
  g_autoptr (ShequWorkflow) workflow = load_shipped ();

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autoptr (GError) error = NULL;
      const char *unmet[] = { checks[i].unmet, NULL };
      const ShequWorkflowAction *action = shequ_workflow_check (
        workflow, checks[i].state, checks[i].action, checks[i].actor, checks[i].reason, unmet, &error);

      g_test_message ("%s %s: %s", checks[i].state, checks[i].action,
                      error != NULL ? error->message : "done");
      g_assert_cmpstr (action != NULL ? action->to : NULL, ==, checks[i].to);
      if (checks[i].to == NULL)
        g_assert_error (error, SHEQU_ERROR, checks[i].code);
    }
}

/* Every state × action × actor is either done or refused with a reason, as the lists say. */
static void
test_exhaustive (void)
{
  static const char *const actors[] = { "department", "office", "street", "raters", "meeting", "system" };
  g_autoptr (ShequWorkflow) workflow = load_shipped ();
  const GPtrArray *states = shequ_workflow_get_states (workflow);
  guint done = 0;

  for (guint i = 0; i < states->len; i++)
    {
      const ShequWorkflowState *state = states->pdata[i];
      g_autoptr (GPtrArray) open = shequ_workflow_get_actions (workflow, state->id);

      g_assert_cmpint (open->len == 0, ==, state->final);
      for (guint j = 0; j < open->len; j++)
        for (gsize k = 0; k < G_N_ELEMENTS (actors); k++)
          {
            const ShequWorkflowAction *action = open->pdata[j];
            g_autoptr (GError) error = NULL;
            const ShequWorkflowAction *checked =
              shequ_workflow_check (workflow, state->id, action->id, actors[k], "理由", NULL, &error);

            g_assert_nonnull (shequ_workflow_get_actor_title (workflow, actors[k]));
            g_assert_true ((checked == action) ==
                           g_strv_contains ((const char *const *) action->actors, actors[k]));
            g_assert_true ((checked == NULL) == (error != NULL));
            done += checked != NULL;
          }
    }
  g_assert_cmpuint (done, >, 50);
}

static ShequDate
parse_date (const char *text)
{
  ShequDate date;

  g_assert_true (shequ_date_from_iso (text, &date));
  return date;
}

typedef struct
{
  const char *state;
  const char *date;
} Step;

/* What runs after a history, as `limit due` pairs. */
static const struct
{
  Step steps[6];
  const char *expected;
} histories[] = {
  /* Over the first of May 2026, with its make-up day on Saturday the ninth. */
  { { { "submitted", "2026-04-29" } }, "formal_check 2026-05-07;" },
  { { { "submitted", "2026-03-02" }, { "accepted", "2026-03-04" } }, "decision 2026-03-25;" },
  { { { "submitted", "2026-03-02" }, { "accepted", "2026-03-04" }, { "consulting", "2026-03-05" } },
    "consultation 2026-03-12;decision 2026-03-25;" },
  /* Ten calendar days of notice. */
  { { { "accepted", "2026-03-04" }, { "consulting", "2026-03-05" }, { "hearing", "2026-03-11" } },
    "hearing_notice 2026-03-21;decision 2026-03-25;" },
  { { { "accepted", "2026-03-04" }, { "admitted", "2026-03-20" } }, "" },
  /* A returned case that comes back starts anew. */
  { { { "submitted", "2026-03-02" }, { "returned", "2026-03-03" }, { "submitted", "2026-03-09" } },
    "formal_check 2026-03-12;" },
  { { { "submitted", "2026-03-02" }, { "returned", "2026-03-03" } }, "" },
};

static void
test_clocks (void)
{
  g_autoptr (ShequWorkflow) workflow = load_shipped ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequWorkdays) workdays = shequ_workdays_new_shipped (&error);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (histories); i++)
    {
      ShequWorkflowStep steps[6];
      gsize count = 0;
      g_autoptr (GArray) clocks = NULL;
      g_autoptr (GString) found = g_string_new (NULL);

      for (; count < 6 && histories[i].steps[count].state != NULL; count++)
        {
          steps[count].state = histories[i].steps[count].state;
          steps[count].date = parse_date (histories[i].steps[count].date);
        }
      clocks = shequ_workflow_get_clocks (workflow, steps, count);
      for (guint j = 0; j < clocks->len; j++)
        {
          const ShequWorkflowClock *clock = &g_array_index (clocks, ShequWorkflowClock, j);
          ShequCalendarStatus status;
          ShequDate due = shequ_workflow_clock_get_due (clock, workdays, &status);
          char text[SHEQU_DATE_TEXT_SIZE];

          shequ_date_to_iso (&due, text);
          g_assert_cmpint (status, ==, SHEQU_CALENDAR_KNOWN);
          g_string_append_printf (found, "%s %s;", clock->limit->id, text);
        }
      g_assert_cmpstr (found->str, ==, histories[i].expected);
    }
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/workflow/faults", test_faults);
  g_test_add_func ("/workflow/checks", test_checks);
  g_test_add_func ("/workflow/exhaustive", test_exhaustive);
  g_test_add_func ("/workflow/clocks", test_clocks);

  return g_test_run ();
}
