/*
 * Twenty applications of departments, each as far as it has come by today.
 *
 * Their days are moved by whole weeks, so that the newest was filed a few days ago. Every step is written as
 * it would have been on its day, for the workflow reads its clocks from the change log.
 */
#include "shequ-demo-private.h"

#include "config.h"

#include <math.h>
#include <string.h>

#include "shequ-data.h"
#include "shequ-workflow-clock.h"

#define WORKFLOW "rules/admission-workflow.ini"
#define NEWEST_FILED "2026-04-24" /* in applications.tsv */
#define MOST_STEPS 5

typedef struct
{
  const char *state;
  int workdays; /* after filing */
  const char *reason;
} Step;

typedef struct
{
  const char *outcome;
  Step steps[MOST_STEPS];
} Course;

static const Course courses[] = {
  { "admit",
    { { "submitted", 0, NULL },
      { "accepted", 2, NULL },
      { "consulting", 4, NULL },
      { "admitted", 9, NULL } } },
  { "trial",
    { { "submitted", 0, NULL },
      { "accepted", 2, NULL },
      { "consulting", 4, NULL },
      { "trial", 12, "依据充分,效果需观察,先试行一年" } } },
  { "exempt",
    { { "submitted", 0, NULL }, { "accepted", 0, NULL }, { "admitted", 1, "应急事项,先办后补程序" } } },
  { "hearing", { { "submitted", 0, NULL }, { "accepted", 2, NULL }, { "hearing", 4, NULL } } },
  { "refuse",
    { { "submitted", 0, NULL },
      { "accepted", 2, NULL },
      { "rejected", 8, "属于不得交由社区承担的事项,请由部门自行办理或购买服务" } } },
  { "return", { { "submitted", 0, NULL }, { "returned", 2, "依据或经费说明不全,请补正后重新提交" } } },
  { "merge",
    { { "submitted", 0, NULL }, { "returned", 3, "所需信息社区已有台账,请并入现有报表或由系统共享" } } },
  { "already_on_list",
    { { "submitted", 0, NULL }, { "returned", 1, "清单已有该事项,按清单办理,无需再次申请" } } },
};

static const char *const categories[][2] = {
  { "工作任务", "task" },
  { "组织机构、工作机制", "body" },
  { "牌子", "plate" },
  { "台账、报表、统计调查", "ledger" },
  { "检查、考核、评比、创建", "check" },
  { "信息系统、微信群", "system" },
  { "证明、盖章", "certificate" },
  { "活动阵地、功能室", "venue" },
};

static const char *const natures[][2] = { { "长期", "long" }, { "阶段", "stage" }, { "临时", "temporary" } };
static const char *const roles[][2] = { { "主办", "lead" }, { "协助", "assist" }, { "配合", "cooperate" } };

/* One step of one application, in the order of days. */
typedef struct
{
  guint application;
  ShequDate day;
  const Step *step;
} Event;

typedef struct
{
  ShequDemoFilling *filling;
  int shift; /* days */
  ShequWorkflow *workflow;
  GPtrArray *rows; /* of ShequRow */
  GArray *events;  /* of Event */
  GHashTable *texts;
} Desk;

#define FIND(table, word) find_word (table, G_N_ELEMENTS (table), word)

static const char *
find_word (const char *const (*table)[2], guint count, const char *word)
{
  for (guint i = 0; i < count; i++)
    if (g_str_equal (table[i][0], word))
      return table[i][1];
  return table[0][1];
}

static const Course *
find_course (const char *outcome)
{
  for (guint i = 0; i < G_N_ELEMENTS (courses); i++)
    if (g_str_equal (courses[i].outcome, outcome))
      return &courses[i];
  return &courses[0];
}

static void
set_day (Desk *desk, ShequRow *row, const char *name, const char *text)
{
  char moved[SHEQU_DATE_TEXT_SIZE];
  ShequDate day;

  if (!shequ_date_from_iso (text, &day))
    return;
  day = shequ_date_add_days (&day, desk->shift);
  shequ_date_to_iso (&day, moved);
  shequ_row_set_text (row, name, moved);
}

static void
set_optional (ShequRow *row, const char *name, const char *text)
{
  if (*text != '\0')
    shequ_row_set_text (row, name, text);
}

static void
set_wishes (ShequRow *row, char **cells)
{
  static const char *const wishes[] = { "wants_plate",  "wants_body",  "wants_ledger",
                                        "wants_system", "wants_check", "social_org_could_do" };

  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    shequ_row_set_integer (row, wishes[i], g_str_equal (cells[i], "y"));
}

static void
add_events (Desk *desk, guint application, const Course *course, const ShequDate *filed)
{
  for (guint i = 0; i < MOST_STEPS && course->steps[i].state != NULL; i++)
    {
      const Step *step = &course->steps[i];
      ShequDate day = step->workdays > 0
                        ? shequ_workdays_add_workdays (desk->filling->workdays, filed, step->workdays, NULL)
                        : *filed;
      Event event = { application, day, step };

      if (shequ_date_compare (&day, &desk->filling->today) < 0)
        g_array_append_val (desk->events, event);
    }
}

static gboolean
add_application (char **cells, guint line, gpointer user_data, GError **error)
{
  Desk *desk = user_data;
  ShequRow *row = shequ_row_copy (shequ_demo_writer_start (desk->filling->writer, "application"));
  const gint64 *department = g_hash_table_lookup (desk->filling->departments, cells[3]);
  const Course *course = find_course (cells[21]);
  gboolean good = g_str_equal (course->outcome, "admit") || g_str_equal (course->outcome, "trial");
  ShequDate filed;

  set_day (desk, row, "filed_on", cells[0]);
  set_day (desk, row, "start_on", cells[1]);
  set_day (desk, row, "end_on", cells[2]);
  if (department != NULL)
    shequ_row_set_integer (row, "department", *department);
  shequ_row_set_text (row, "title", cells[4]);
  shequ_row_set_text (row, "category", FIND (categories, cells[5]));
  shequ_row_set_text (row, "nature", FIND (natures, cells[6]));
  set_optional (row, "basis", cells[7]);
  shequ_row_set_text (row, "role", FIND (roles, cells[8]));
  set_optional (row, "content", cells[9]);
  set_optional (row, "frequency", cells[10]);
  shequ_row_set_integer (row, "hours_per_year", g_ascii_strtoll (cells[11], NULL, 10));
  set_optional (row, "columns_asked", cells[12]);
  set_wishes (row, cells + 13);
  shequ_row_set_integer (row, "funding", g_ascii_strtoll (cells[19], NULL, 10) * 100);
  set_optional (row, "zero_funding_reason", cells[20]);
  if (good)
    {
      shequ_row_set_text (row, "superior_requires", cells[7]);
      shequ_row_set_text (row, "residents_need", "居民代表会议和入户走访中多次提出");
    }
  g_ptr_array_add (desk->rows, row);
  if (shequ_date_from_iso (shequ_row_get_text (row, "filed_on"), &filed))
    add_events (desk, desk->rows->len - 1, course, &filed);
  return TRUE;
}

static gboolean
add_text (char **cells, guint line, gpointer user_data, GError **error)
{
  g_hash_table_insert (((Desk *) user_data)->texts, g_strdup (cells[0]), g_strdup (cells[1]));
  return TRUE;
}

static void
give_number (Desk *desk, ShequRow *row)
{
  g_autofree char *year = g_strndup (shequ_row_get_text (row, "filed_on"), 4);
  g_autofree char *series = g_strconcat ("application/", year, NULL);
  gint64 number = shequ_demo_writer_next_number (desk->filling->writer, series);
  g_autofree char *serial = g_strdup_printf ("%04" G_GINT64_FORMAT, number);
  g_autoptr (GString) text = g_string_new (g_hash_table_lookup (desk->texts, "application.number"));

  g_string_replace (text, "{prefix}", g_hash_table_lookup (desk->texts, "application.prefix"), 0);
  g_string_replace (text, "{year}", year, 0);
  g_string_replace (text, "{serial}", serial, 0);
  shequ_row_set_text (row, "number", text->str);
}

/* The first deadline that runs after the steps up to `last`. */
static void
set_due (Desk *desk, ShequRow *row, guint application, guint last)
{
  ShequWorkflowStep steps[MOST_STEPS];
  g_autoptr (GArray) clocks = NULL;
  const char *due_on = NULL;
  char text[SHEQU_DATE_TEXT_SIZE], least[SHEQU_DATE_TEXT_SIZE];
  guint count = 0;

  for (guint i = 0; i <= last; i++)
    {
      const Event *event = &g_array_index (desk->events, Event, i);

      if (event->application == application && count < MOST_STEPS)
        steps[count++] = (ShequWorkflowStep){ event->step->state, event->day };
    }
  clocks = shequ_workflow_get_clocks (desk->workflow, steps, count);
  for (guint i = 0; i < clocks->len; i++)
    {
      const ShequWorkflowClock *clock = &g_array_index (clocks, ShequWorkflowClock, i);
      ShequDate due;

      if (!shequ_workflow_clock_get_due (clock, desk->filling->workdays, NULL, 0, &due, NULL))
        continue;
      shequ_date_to_iso (&due, text);
      if (!clock->limit->least && (due_on == NULL || strcmp (text, due_on) < 0))
        due_on = memcpy (least, text, sizeof least);
    }
  if (due_on != NULL)
    shequ_row_set_text (row, "due_on", due_on);
  else
    shequ_row_set_null (row, "due_on");
}

/* What is admitted becomes an item of the list. */
static void
add_item (Desk *desk, ShequRow *application)
{
  ShequRow *row = shequ_demo_writer_start (desk->filling->writer, "work_item");
  gint64 key;

  shequ_row_set_text (row, "name", shequ_row_get_text (application, "title"));
  shequ_row_set_integer (row, "department", shequ_row_get_integer (application, "department"));
  shequ_row_set_text (row, "kind", "assisted_duty");
  shequ_row_set_text (row, "admitted", "y");
  shequ_row_set_text (row, "basis", shequ_row_get_text (application, "basis"));
  shequ_row_set_text (row, "frequency", shequ_row_get_text (application, "frequency"));
  shequ_row_set_integer (row, "funding", shequ_row_get_integer (application, "funding"));
  shequ_row_set_text (row, "valid_from", shequ_row_get_text (application, "start_on"));
  shequ_row_set_text (row, "valid_to", shequ_row_get_text (application, "end_on"));
  shequ_row_set_integer (row, "application", application->key);
  key = shequ_demo_writer_add (desk->filling->writer, row);
  if (key != 0)
    shequ_row_set_integer (application, "item", key);
}

static void
decide (Desk *desk, ShequRow *row, const char *state, const char *day)
{
  static const char *const deciding[] = { "admitted", "trial", "rejected", NULL };

  if (!g_strv_contains (deciding, state))
    return;
  shequ_row_set_text (row, "decided_on", day);
  shequ_row_set_text (row, "decided_by", desk->filling->options->user);
  if (!g_str_equal (state, "rejected"))
    add_item (desk, row);
}

static void
set_holder (Desk *desk, ShequRow *row)
{
  const ShequWorkflowState *state =
    shequ_workflow_find_state (desk->workflow, shequ_row_get_text (row, "state"));

  if (state != NULL && state->holder != NULL)
    shequ_row_set_text (row, "holder", state->holder);
  else
    shequ_row_set_null (row, "holder");
}

static void
take_step (Desk *desk, guint place)
{
  const Event *event = &g_array_index (desk->events, Event, place);
  ShequRow *row = desk->rows->pdata[event->application];
  g_autofree char *moment = NULL;
  char day[SHEQU_DATE_TEXT_SIZE];

  shequ_date_to_iso (&event->day, day);
  moment = g_strdup_printf ("%sT01:%02u:00Z", day, event->application % 60);
  shequ_demo_writer_set_moment (desk->filling->writer, moment);
  shequ_row_set_text (row, "state", event->step->state);
  shequ_row_set_text (row, "state_since", day);
  set_holder (desk, row);
  if (event->step->reason != NULL)
    shequ_row_set_text (row, "decision_reason", event->step->reason);
  set_due (desk, row, event->application, place);
  if (row->key == 0)
    {
      give_number (desk, row);
      shequ_demo_writer_add (desk->filling->writer, row);
      return;
    }
  decide (desk, row, event->step->state, day);
  shequ_demo_writer_change (desk->filling->writer, row);
}

static int
compare_events (gconstpointer one, gconstpointer other)
{
  const Event *first = one, *second = other;
  int order = shequ_date_compare (&first->day, &second->day);

  if (order != 0)
    return order;
  if (first->application != second->application)
    return first->application < second->application ? -1 : 1;
  return first->step < second->step ? -1 : first->step > second->step;
}

/* Whole weeks, so that no working day becomes a Sunday. */
static int
find_shift (const ShequDate *today)
{
  ShequDate newest;

  if (!shequ_date_from_iso (NEWEST_FILED, &newest))
    return 0;
  return (int) floor ((shequ_date_to_days (today) - 1 - shequ_date_to_days (&newest)) / 7.0) * 7;
}

static gboolean
read_tables (Desk *desk, GError **error)
{
  static const char columns[] =
    "filed_on start_on end_on department_code title category nature basis role content frequency "
    "hours_per_community_year columns_asked wants_plate wants_body wants_ledger wants_system wants_check "
    "social_org_could_do funding_yuan zero_funding_reason expected_outcome";

  desk->workflow = shequ_workflow_load (WORKFLOW, error);
  return desk->workflow != NULL &&
         shequ_data_read_table ("rules/paper-texts.tsv", "key text", add_text, desk, error) &&
         shequ_data_read_table ("demo/applications.tsv", columns, add_application, desk, error);
}

/**
 * shequ_demo_fill_applications:
 * @filling: one with departments
 */
void
shequ_demo_fill_applications (ShequDemoFilling *filling)
{
  Desk desk = { .filling = filling };
  GError *error = NULL;

  desk.shift = find_shift (&filling->today);
  desk.rows = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_row_free);
  desk.events = g_array_new (FALSE, FALSE, sizeof (Event));
  desk.texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (read_tables (&desk, &error))
    {
      g_array_sort (desk.events, compare_events);
      for (guint i = 0; i < desk.events->len && !shequ_demo_writer_has_failed (filling->writer); i++)
        take_step (&desk, i);
    }
  else
    shequ_demo_writer_take_error (filling->writer, error);
  g_clear_pointer (&desk.workflow, shequ_workflow_free);
  g_ptr_array_unref (desk.rows);
  g_array_unref (desk.events);
  g_hash_table_unref (desk.texts);
}
