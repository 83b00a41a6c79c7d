/* Work pushed down without admission: from the message to the end of the correction. */
#include "model-fixture.h"
#include "shequ-admission-board.h"
#include "shequ-admission.h"
#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-pushed.h"

#include <string.h>

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

#define MESSAGE "区民政局李科长：@所有人 请各社区报送高龄老人统计报表，11月20日起报送。"

static ShequRow *
read_message (ModelFixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  ShequRow *task = shequ_pushed_read (fixture->office, text, NULL, &error);

  g_assert_no_error (error);
  return task;
}

static gint64
record_message (ModelFixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) task = read_message (fixture, text);

  shequ_pushed_record (fixture->office, task, NULL, NULL, &error);
  g_assert_no_error (error);
  return task->key;
}

static gboolean
act (ModelFixture *fixture,
     gint64 key,
     const char *action,
     const char *body,
     const char *reason,
     GError **error)
{
  ShequAdmissionStep step = { .application = key, .action = action, .body = body, .reason = reason };

  return shequ_admission_act (fixture->office, &step, NULL, NULL, error);
}

static void
must_act (ModelFixture *fixture, gint64 key, const char *action, const char *body, const char *reason)
{
  g_autoptr (GError) error = NULL;

  act (fixture, key, action, body, reason, &error);
  g_assert_no_error (error);
}

static char *
get_text (ModelFixture *fixture, gint64 key, const char *field)
{
  g_autoptr (ShequRow) row = model_fixture_get (fixture, "application", key);

  return g_strdup (shequ_row_get_text (row, field));
}

static void
expect (ModelFixture *fixture, gint64 key, const char *field, const char *expected)
{
  g_autofree char *text = get_text (fixture, key, field);

  g_assert_cmpstr (text, ==, expected);
}

/* The papers of a case of one kind, in their order. */
static char *
read_paper (ModelFixture *fixture, gint64 key, const char *kind)
{
  g_autoptr (GError) error = NULL;
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "admission_paper");
  g_autoptr (ShequQuery) query = shequ_office_new_query (fixture->office, reg);
  g_autofree char *where = g_strdup_printf ("application=%" G_GINT64_FORMAT " and kind=%s", key, kind);
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_true (shequ_query_add_where (query, where, &error));
  rows = shequ_office_get_rows (fixture->office, query, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  return g_strconcat (shequ_row_get_text (rows->pdata[0], "number"), "\n",
                      shequ_row_get_text (rows->pdata[0], "body"), NULL);
}

static void
test_read (ModelFixture *fixture, gconstpointer data)
{
  gint64 department =
    model_fixture_add (fixture, "department", "name", "区民政局", "short_name", "民政", NULL);
  g_autoptr (ShequRow) task = NULL, stranger = NULL;

  model_fixture_add (fixture, "department", "name", "民政局养老科", "short_name", "养老科", NULL);
  task = read_message (fixture, MESSAGE);
  g_assert_cmpint (shequ_row_get_integer (task, "department"), ==, department);
  g_assert_cmpstr (shequ_row_get_text (task, "told_how"), ==, "chat");
  g_assert_cmpstr (shequ_row_get_text (task, "told_on"), ==, "2026-11-20");
  g_assert_cmpstr (shequ_row_get_text (task, "category"), ==, "ledger");
  g_assert_cmpstr (shequ_row_get_text (task, "standing"), ==, "none");
  g_assert_cmpint (task->key, ==, 0);
  stranger = read_message (fixture, "请社区配合发放问卷");
  g_assert_cmpint (shequ_row_get_integer (stranger, "department"), ==, 0);
}

/* Without a department nothing is noted: a person has to say whose it is. */
static void
test_unknown_department (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) task = read_message (fixture, "请社区配合发放问卷");

  g_assert_false (shequ_pushed_record (fixture->office, task, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  g_assert_cmpint (task->key, ==, 0);
}

static const struct
{
  const char *text;
  const char *standing;
} bases[] = {
  { "民政局：各社区完成招商引资任务，每个社区引荐企业两家", "never" },
  { "民政局：协助对老年人开展防范电信网络诈骗宣传", "listed" },
  { "民政局：协助社会救助工作，依据《社会救助暂行办法》第四条", "duty" },
  { "民政局：区政府发布红色预警，启动应急响应，依据《突发事件应对法》第二十二条，夜间巡查", "emergency" },
  { "民政局：整理会议室桌椅", "none" },
};

/* The program looks its basis up by itself. */
static void
test_basis (ModelFixture *fixture, gconstpointer data)
{
  model_fixture_add (fixture, "department", "name", "民政局", "short_name", "民政", NULL);
  model_fixture_add (fixture, "work_item", "code", "1405", "name", "防范电信网络诈骗宣传", "admitted", "y",
                     NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (bases); i++)
    {
      g_autoptr (ShequRow) task = read_message (fixture, bases[i].text);

      shequ_row_set_text (task, "nature", "temporary");
      shequ_pushed_judge (fixture->office, task, NULL, NULL);
      g_test_message ("%s: %s, %s", bases[i].text, shequ_row_get_text (task, "standing"),
                      shequ_row_get_text (task, "standing_detail"));
      g_assert_cmpstr (shequ_row_get_text (task, "standing"), ==, bases[i].standing);
      g_assert_cmpstr (shequ_row_get_text (task, "standing_detail"), !=, "");
    }
}

/* The slip goes out in the rule's name, with the street beside the community. */
static void
test_correction (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *slip = NULL, *order = NULL;
  gint64 key;

  model_fixture_add (fixture, "department", "name", "区民政局", "short_name", "民政", NULL);
  model_fixture_set_day (fixture, "2026-11-23");
  key = record_message (fixture, MESSAGE);
  expect (fixture, key, "state", "violation");
  expect (fixture, key, "holder", "street");
  expect (fixture, key, "due_on", "2026-11-30");
  g_assert_false (act (fixture, key, "countersign", "department", NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
  must_act (fixture, key, "countersign", "street", NULL);
  slip = read_paper (fixture, key, "return_slip");
  g_assert_nonnull (strstr (slip, "准拒〔2026〕1号"));
  g_assert_nonnull (strstr (slip, "街道会签人：王芳，2026年11月23日"));
  g_assert_nonnull (strstr (slip, "2026年11月20日"));
  g_assert_nonnull (strstr (slip, "工作群"));
  must_act (fixture, key, "order_correction", "office", "立即停止日报");
  expect (fixture, key, "due_on", "2026-12-07");
  expect (fixture, key, "holder", "department");
  order = read_paper (fixture, key, "correction_order");
  g_assert_nonnull (strstr (order, "2026年12月7日"));
  must_act (fixture, key, "correct", "department", "已撤销日报要求");
  expect (fixture, key, "state", "corrected");
  expect (fixture, key, "reply", "已撤销日报要求");
  expect (fixture, key, "replied_on", "2026-11-23");
}

/* Nobody is named before the time to correct it is over. */
static void
test_naming (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *notice = NULL;
  gint64 key;

  model_fixture_add (fixture, "department", "name", "区民政局", "short_name", "民政", NULL);
  key = record_message (fixture, MESSAGE);
  must_act (fixture, key, "order_correction", "office", "立即停止日报");
  model_fixture_set_day (fixture, "2026-12-04");
  g_assert_false (act (fixture, key, "name", "office", "逾期未改", &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  model_fixture_set_day (fixture, "2026-12-21");
  must_act (fixture, key, "name", "office", "逾期未改");
  notice = read_paper (fixture, key, "naming_notice");
  g_assert_nonnull (strstr (notice, "区民政局未经准入"));
  must_act (fixture, key, "correct", "department", "已停止");
  expect (fixture, key, "state", "corrected");
}

static const ShequBoardLine *
find_line (const GPtrArray *lines, const char *id)
{
  for (guint i = 0; i < lines->len; i++)
    if (g_str_equal (((const ShequBoardLine *) lines->pdata[i])->id, id))
      return lines->pdata[i];
  g_error ("no line %s", id);
}

static ShequBoard *
load_board (ShequOffice *office, const char *month)
{
  g_autoptr (GError) error = NULL;
  ShequBoard *board = shequ_board_load (office, month, NULL, &error);

  g_assert_no_error (error);
  return board;
}

/* Friday two tasks, one handed back on Monday; on Tuesday of the next week one is overdue. */
static void
test_board (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequBoard) board = NULL, later = NULL, december = NULL;
  const ShequBoardLine *line;
  const ShequBoardDepartment *department;
  gint64 one;

  model_fixture_add (fixture, "department", "name", "区民政局", "short_name", "民政", NULL);
  model_fixture_add (fixture, "department", "name", "区卫健局", "short_name", "卫健", NULL);
  model_fixture_set_day (fixture, "2026-11-20");
  one = record_message (fixture, MESSAGE);
  record_message (fixture, "区卫健局：慢病患者摸底");
  model_fixture_set_day (fixture, "2026-11-23");
  must_act (fixture, one, "countersign", "street", NULL);
  must_act (fixture, one, "order_correction", "office", "停止");
  board = load_board (fixture->office, NULL);
  g_assert_cmpuint (board->cases, ==, 2);
  g_assert_cmpuint (board->states->len, ==, 2);
  line = find_line (board->states, "violation");
  g_assert_cmpstr (line->next_due, ==, "2026-11-27");
  g_assert_cmpint (line->days_left, ==, 4);
  g_assert_cmpuint (line->overdue + line->soon, ==, 0);
  /* The street held the first for a day, and holds the second since one. */
  line = find_line (board->holders, "street");
  g_assert_cmpint (line->days_held, ==, 2);
  g_assert_cmpuint (line->cases, ==, 1);
  g_assert_cmpuint (find_line (board->holders, "department")->cases, ==, 1);
  model_fixture_set_day (fixture, "2026-12-01");
  must_act (fixture, one, "correct", "department", "已停止");
  later = load_board (fixture->office, "2026-11");
  g_assert_cmpuint (later->cases, ==, 1);
  g_assert_cmpuint (find_line (later->states, "violation")->overdue, ==, 1);
  g_assert_cmpuint (later->departments->len, ==, 2);
  december = load_board (fixture->office, NULL);
  g_assert_cmpstr (december->month, ==, "2026-12");
  g_assert_cmpuint (december->departments->len, ==, 1);
  department = december->departments->pdata[0];
  g_assert_cmpstr (department->name, ==, "区民政局");
  g_assert_cmpuint (department->corrected, ==, 1);
  g_assert_cmpuint (department->pushed, ==, 0);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  FIXTURE ("/pushed/read", test_read);
  FIXTURE ("/pushed/unknown-department", test_unknown_department);
  FIXTURE ("/pushed/basis", test_basis);
  FIXTURE ("/pushed/correction", test_correction);
  FIXTURE ("/pushed/naming", test_naming);
  FIXTURE ("/pushed/board", test_board);
  return g_test_run ();
}
