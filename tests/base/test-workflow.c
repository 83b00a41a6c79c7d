#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-data.h"
#include "shequ-workflow-clock.h"

#include <stdlib.h>
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
#define STATES "[State a]\nTitle=a\nHolder=x\n[State b]\nTitle=b\nFinal=true\n"
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
  { "unreachable", SOUND "[State c]\nTitle=c\nHolder=x\n[Action up]\nTitle=u\nFrom=c\nTo=a\nActor=x\n",
    "[State c]", NULL },
  { "island", SOUND "[State c]\nTitle=c\nHolder=x\n[Action up]\nTitle=u\nFrom=c\nTo=c\nActor=x\n",
    "[State c]", NULL },
  { "dead end", SOUND "[State c]\nTitle=c\nHolder=x\n[Action up]\nTitle=u\nFrom=a\nTo=c\nActor=x\n",
    "[State c]", NULL },
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
  { "unknown holder", SOUND "[State c]\nTitle=c\nHolder=q\n", "[State c]", "Holder" },
  { "no holder", SOUND "[State c]\nTitle=c\n", "[State c]", "Holder" },
  { "going in circles",
    SOUND "[State c]\nTitle=c\nHolder=x\n[State d]\nTitle=d\nHolder=x\n"
          "[Action in]\nTitle=i\nFrom=a;d\nTo=c\nActor=x\n[Action on]\nTitle=o\nFrom=c\nTo=d\nActor=x\n",
    "[State c]", NULL },
  { "pause that leads on", SOUND "[Action p]\nTitle=p\nFrom=a\nTo=b\nClock=pause\nActor=x\n", "[Action p]",
    "To" },
  { "no way but a pause",
    SOUND "[State c]\nTitle=c\nHolder=x\n[Action up]\nTitle=u\nFrom=a\nTo=c\nActor=x\n"
          "[Action p]\nTitle=p\nFrom=c\nClock=pause\nActor=x\n",
    "[State c]", NULL },
  { "late in disorder", SOUND "[Limit m]\nTitle=m\nFrom=a\nUntil=b\nDays=3\nLate=3;1\nActor=x\nSource=s\n",
    "[Limit m]", "Late" },
  { "recheck of nothing", SOUND "[Recheck r]\nTitle=r\nState=q\nDays=30\n", "[Recheck r]", "State" },
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

/* The line is the one where the fault stands. */
static void
test_fault_line (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequWorkflow) workflow = shequ_workflow_new (
    "own.ini", HEAD PEOPLE STATES "[Action go]\nTitle=go\nFrom=a\nTo=nowhere\nActor=x\n", &error);
  g_autofree char *expected = NULL;
  guint line = 1;

  for (const char *p = HEAD PEOPLE STATES "[Action go]\nTitle=go\nFrom=a\n"; *p != '\0'; p++)
    line += *p == '\n';
  expected = g_strdup_printf (" %u", line);
  g_assert_null (workflow);
  g_assert_nonnull (strstr (error->message, expected));
  g_assert_nonnull (strstr (error->message, "[Action go]"));
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

/* What the file says of an action, read apart from the loader. */
typedef struct
{
  char **from;
  char **actors;
  char **needs;
  char *to;
  gboolean reason;
} Plain;

static char **
read_list (GKeyFile *file, const char *group, const char *key)
{
  char **list = g_key_file_get_string_list (file, group, key, NULL, NULL);

  return list != NULL ? list : g_new0 (char *, 1);
}

static void
plain_read (Plain *plain, GKeyFile *file, const char *group)
{
  g_autofree char *reason = g_key_file_get_string (file, group, "Reason", NULL);

  plain->from = read_list (file, group, "From");
  plain->actors = read_list (file, group, "Actor");
  plain->needs = read_list (file, group, "Needs");
  plain->to = g_key_file_get_string (file, group, "To", NULL);
  plain->reason = g_strcmp0 (reason, "required") == 0;
}

static void
plain_clear (Plain *plain)
{
  g_strfreev (plain->from);
  g_strfreev (plain->actors);
  g_strfreev (plain->needs);
  g_free (plain->to);
}

static gboolean
holds (char **list, const char *text)
{
  return g_strv_contains ((const char *const *) list, text);
}

static char **
list_names (GKeyFile *file, const char *kind)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; groups[i] != NULL; i++)
    if (g_str_has_prefix (groups[i], kind))
      g_strv_builder_add (names, groups[i] + strlen (kind));
  return g_strv_builder_end (names);
}

/* One state × action × actor, with and without a reason, with every need unmet in turn and with none. */
static guint
try_all (ShequWorkflow *workflow,
         const char *state,
         const char *action,
         const char *actor,
         const Plain *plain,
         char **needs)
{
  guint done = 0;

  for (guint i = 0; i <= g_strv_length (needs); i++)
    for (guint with_reason = 0; with_reason < 2; with_reason++)
      {
        const char *unmet[] = { needs[i], NULL };
        gboolean open = holds (plain->from, state) && holds (plain->actors, actor) &&
                        (with_reason || !plain->reason) &&
                        (needs[i] == NULL || !holds (plain->needs, needs[i]));
        g_autoptr (GError) error = NULL;
        const ShequWorkflowAction *checked =
          shequ_workflow_check (workflow, state, action, actor, with_reason ? "理由" : NULL, unmet, &error);

        g_assert_true ((checked != NULL) == open);
        g_assert_true ((error == NULL) == open);
        if (checked != NULL)
          g_assert_cmpstr (checked->to, ==, plain->to);
        done += open;
      }
  return done;
}

/* Every state × action × role × need × reason is open exactly where the file, read another way, says so. */
static void
test_exhaustive (void)
{
  g_autoptr (ShequWorkflow) workflow = load_shipped ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GBytes) bytes = shequ_data_load ("rules/admission-workflow.ini", NULL);
  g_auto (GStrv) states = NULL, actions = NULL, actors = NULL, needs = NULL;
  guint done = 0, tried = 0;

  g_assert_true (g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, NULL));
  states = list_names (file, "State ");
  actions = list_names (file, "Action ");
  actors = list_names (file, "Actor ");
  needs = list_names (file, "Need ");
  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_autofree char *group = g_strconcat ("Action ", actions[i], NULL);
      Plain plain;

      plain_read (&plain, file, group);
      for (guint j = 0; states[j] != NULL; j++)
        for (guint k = 0; actors[k] != NULL; k++, tried++)
          done += try_all (workflow, states[j], actions[i], actors[k], &plain, needs);
      plain_clear (&plain);
    }
  g_test_message ("%u combinations of state, action and role, %u steps open", tried, done);
  g_assert_cmpuint (tried, ==, 23 * 30 * 6);
  g_assert_cmpuint (done, >, 500);
}

/* Whose turn it is can do something about it. */
static void
test_holders (void)
{
  g_autoptr (ShequWorkflow) workflow = load_shipped ();
  const GPtrArray *states = shequ_workflow_get_states (workflow);

  for (guint i = 0; i < states->len; i++)
    {
      const ShequWorkflowState *state = states->pdata[i];
      g_autoptr (GPtrArray) open = shequ_workflow_get_actions (workflow, state->id);
      gboolean able = state->final || g_str_equal (state->id, "consulting");

      for (guint j = 0; j < open->len; j++)
        able |= holds (((ShequWorkflowAction *) open->pdata[j])->actors,
                       state->holder != NULL ? state->holder : "");
      g_test_message ("%s: %s", state->id, state->holder);
      g_assert_true (able);
      g_assert_cmpint (state->holder == NULL, ==, state->final);
    }
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
          ShequDate due;
          char text[SHEQU_DATE_TEXT_SIZE];

          g_assert_true (shequ_workflow_clock_get_due (clock, workdays, NULL, 0, &due, &status));
          shequ_date_to_iso (&due, text);
          g_assert_cmpint (status, ==, SHEQU_CALENDAR_KNOWN);
          g_string_append_printf (found, "%s %s;", clock->limit->id, text);
        }
      g_assert_cmpstr (found->str, ==, histories[i].expected);
    }
}

#define MOST_PAUSES 4

static gsize
read_pauses (const char *text, ShequWorkflowPause *pauses)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  gsize count = 0;

  for (; parts[count] != NULL && *parts[count] != '\0'; count++)
    {
      g_auto (GStrv) ends = g_strsplit (parts[count], "/", -1);

      g_assert_cmpuint (count, <, MOST_PAUSES);
      pauses[count] = (ShequWorkflowPause){ .from = parse_date (ends[0]), .until = parse_date (ends[1]) };
    }
  return count;
}

static void
compare_due (const ShequWorkdays *workdays, char **cells)
{
  ShequWorkflowLimit limit = { .days = atoi (cells[1]) };
  ShequWorkflowClock clock = { &limit, parse_date (cells[0]) };
  ShequWorkflowPause pauses[MOST_PAUSES];
  gsize n_pauses = read_pauses (cells[2], pauses);
  ShequCalendarStatus status;
  char text[SHEQU_DATE_TEXT_SIZE];
  ShequDate due;

  shequ_workflow_clock_get_due (&clock, workdays, pauses, n_pauses, &due, &status);
  shequ_date_to_iso (&due, text);
  if (g_str_equal (cells[3], "-"))
    {
      g_assert_cmpint (due.year, >, 2026);
      g_assert_cmpint (status, <, SHEQU_CALENDAR_KNOWN);
      return;
    }
  g_assert_cmpstr (text, ==, cells[3]);
  g_assert_cmpint (status, ==, SHEQU_CALENDAR_KNOWN);
  g_assert_cmpint (shequ_workflow_count_used (workdays, &clock.start, &due, pauses, n_pauses, NULL), ==,
                   limit.days);
}

/* Against tests/data/make-due-dates, which knows nothing of this program. */
static void
test_due_dates (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "base", "due-dates.tsv", NULL);
  g_autoptr (ShequWorkdays) workdays = shequ_workdays_new_shipped (NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint count = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++, count++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);

      compare_due (workdays, cells);
    }
  g_assert_cmpuint (count, ==, 4572);
}

/* A clock that stands still has no last day; a year without a list of holidays is said, not guessed. */
static void
test_no_date (void)
{
  g_autoptr (ShequWorkdays) workdays = shequ_workdays_new_shipped (NULL);
  ShequWorkflowLimit limit = { .days = 5 };
  ShequWorkflowClock clock = { &limit, parse_date ("2026-03-02") };
  ShequWorkflowPause open = { .from = parse_date ("2026-03-04"), .open = TRUE };
  ShequWorkflowPause too_late = { .from = parse_date ("2026-03-20"), .open = TRUE };
  ShequCalendarStatus status;
  ShequDate due;

  g_assert_false (shequ_workflow_clock_get_due (&clock, workdays, &open, 1, &due, &status));
  g_assert_cmpint (status, ==, SHEQU_CALENDAR_KNOWN);
  /* What was overdue before it was stopped stays overdue. */
  g_assert_true (shequ_workflow_clock_get_due (&clock, workdays, &too_late, 1, &due, &status));
  g_assert_cmpint (due.day, ==, 9);
  clock.start = parse_date ("2031-03-03");
  g_assert_false (shequ_workflow_clock_get_due (&clock, workdays, NULL, 0, &due, &status));
  g_assert_cmpint (status, ==, SHEQU_CALENDAR_NONE);
  limit.calendar = TRUE;
  g_assert_true (shequ_workflow_clock_get_due (&clock, workdays, NULL, 0, &due, &status));
  g_assert_cmpint (due.day, ==, 8);
}

static void
test_alarms (void)
{
  int late[] = { 1, 3, 5 };
  ShequWorkflowLimit limit = { .days = 15, .warn = 3, .late = late, .n_late = 3 };
  static const struct
  {
    int left;
    ShequWorkflowAlarm alarm;
  } days[] = { { 4, SHEQU_ALARM_NONE },   { 3, SHEQU_ALARM_NEAR },     { 1, SHEQU_ALARM_NEAR },
               { 0, SHEQU_ALARM_TODAY },  { -1, SHEQU_ALARM_AGAIN },   { -2, SHEQU_ALARM_OVERDUE },
               { -3, SHEQU_ALARM_AGAIN }, { -4, SHEQU_ALARM_OVERDUE }, { -5, SHEQU_ALARM_AGAIN },
               { -20, SHEQU_ALARM_AGAIN } };

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    g_assert_cmpint (shequ_workflow_limit_get_alarm (&limit, days[i].left), ==, days[i].alarm);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/workflow/faults", test_faults);
  g_test_add_func ("/workflow/checks", test_checks);
  g_test_add_func ("/workflow/exhaustive", test_exhaustive);
  g_test_add_func ("/workflow/fault-line", test_fault_line);
  g_test_add_func ("/workflow/holders", test_holders);
  g_test_add_func ("/workflow/clocks", test_clocks);
  g_test_add_func ("/workflow/due-dates", test_due_dates);
  g_test_add_func ("/workflow/no-date", test_no_date);
  g_test_add_func ("/workflow/alarms", test_alarms);

  return g_test_run ();
}
