/* A filed application is opened and decided: taken on and screened, or refused with its reason. */
#include "../cli/cli-fixture.h"
#include "driver.h"

#define TITLE "社区学法用法情况登记"
#define REASON "没有落实经费,且与已有事项重复"

static void
import_one (Cli *cli, const char *reg, const char *text)
{
  g_autofree char *path = cli_write (cli, "一行.csv", text);
  g_autoptr (CliRun) run = cli_run (cli, "import", reg, path, NULL);

  cli_expect (run, 0);
}

static void
file_application (Cli *cli)
{
  cli_create (cli);
  import_one (cli, "department", "部门名称,部门简称\n区民政局,民政局\n");
  import_one (cli, "application",
              "申请部门,事项名称,事项类别,事项性质,社区角色,政策依据,申请日期\n"
              "民政局," TITLE ",台账、报表、统计调查,阶段,协助,某区法办〔2026〕3号,2026-11-16\n");
}

static char *
read_field (Cli *cli, const char *name)
{
  g_autoptr (CliRun) run = cli_run (cli, "--json", "show", "application", "1", NULL);
  JsonObject *fields;

  cli_expect (run, 0);
  fields = json_object_get_object_member (cli_run_get (run, 0), "fields");
  return g_strdup (json_object_has_member (fields, name) ? json_object_get_string_member (fields, name)
                                                         : NULL);
}

static void
open_application (Driver *driver)
{
  g_autoptr (AtspiAccessible) row = NULL;

  driver_key_to_page (driver, "ctrl+6", "准入");
  row = driver_find_record (driver, driver_get_root (driver), TITLE);
  driver_click_twice (driver, row);
  /* What screening found stands beside it before anybody decides. */
  g_object_unref (driver_find (driver, ATSPI_ROLE_LIST, "审查发现"));
}

static void
expect_field (Cli *cli, const char *name, const char *expected)
{
  g_autofree char *value = read_field (cli, name);

  g_assert_cmpstr (value, ==, expected);
}

static void
take_step (Driver *driver, const char *step, const char *reason, const char *state)
{
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, step);
  driver_answer (driver, reason, step);
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, state));
}

static void
test_accept (Cli *cli, gconstpointer data)
{
  Driver *driver;

  file_application (cli);
  driver = driver_start (cli->database, "王芳");
  open_application (driver);
  g_object_unref (driver_find (driver, ATSPI_ROLE_LIST_ITEM, "需补正或权衡 没有落实经费"));
  take_step (driver, "受理", NULL, "已受理");
  driver_stop (driver);
  expect_field (cli, "state", "accepted");
}

/* A refusal does not go without its reason. */
static void
test_refuse (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) log = NULL;
  Driver *driver;

  file_application (cli);
  driver = driver_start (cli->database, "李主任");
  open_application (driver);
  take_step (driver, "受理", NULL, "已受理");
  take_step (driver, "不予准入", REASON, "不予准入");
  driver_stop (driver);
  expect_field (cli, "state", "rejected");
  expect_field (cli, "decision_reason", REASON);
  expect_field (cli, "decided_by", "李主任");
  log = cli_run (cli, "--json", "audit", "--register=application", "--limit=1", NULL);
  cli_expect (log, 0);
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (log, 0), "user"), ==, "李主任");
}

/* A whole application: money, both questions and their evidence. */
static void
file_whole (Cli *cli, const char *title)
{
  g_autofree char *rows = g_strconcat ("申请部门,事项名称,事项类别,事项性质,社区角色,政策依据,申请日期,经费,"
                                       "上级要求,上级要求的证据,群众需求,群众需求的证据\n"
                                       "民政局,",
                                       title,
                                       ",工作任务,长期,协助,某区法办〔2026〕3号,2026-11-16,6000,市局要求,"
                                       "市民发〔2026〕8号,居民希望上门,议事会纪要\n",
                                       NULL);

  cli_create (cli);
  import_one (cli, "department", "部门名称,部门简称\n区民政局,民政局\n");
  import_one (cli, "application", rows);
}

static void
open_titled (Driver *driver, const char *title)
{
  g_autoptr (AtspiAccessible) row = NULL;

  driver_key_to_page (driver, "ctrl+6", "准入");
  row = driver_find_record (driver, driver_get_root (driver), title);
  driver_click_twice (driver, row);
  g_object_unref (driver_find (driver, ATSPI_ROLE_LIST, "审查发现"));
}

/* Returned, mended, and in the end taken back by the department. */
static void
test_return_and_withdraw (Cli *cli, gconstpointer data)
{
  Driver *driver;

  file_whole (cli, TITLE);
  driver = driver_start (cli->database, "王芳");
  open_titled (driver, TITLE);
  take_step (driver, "退回补正", "请补充依据", "已退回");
  take_step (driver, "补正后重新提交", NULL, "已提交");
  take_step (driver, "撤回", "并入既有事项", "已撤回");
  driver_stop (driver);
  expect_field (cli, "state", "withdrawn");
}

/* Admitted on trial, and ended by one of the usual reasons. */
static void
test_trial_and_exit (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) steps = NULL;
  Driver *driver;

  file_whole (cli, "就业岗位推送进社区");
  driver = driver_start (cli->database, "李主任");
  open_titled (driver, "就业岗位推送进社区");
  take_step (driver, "受理", NULL, "已受理");
  take_step (driver, "试行准入", "先在两个社区试行", "试行准入");
  take_step (driver, "退出", "文件已经废止", "已退出");
  driver_stop (driver);
  expect_field (cli, "state", "exited");
  expect_field (cli, "exit_reason", "basis_repealed");
  steps = cli_run (cli, "--json", "show", "relapse_check", "3", NULL);
  cli_expect (steps, 0);
}

/* A rater fills in the sheet; the marks are kept one by one. */
static void
test_rate (Cli *cli, gconstpointer data)
{
  Driver *driver;
  g_autoptr (CliRun) mark = NULL;

  file_whole (cli, "就业岗位推送进社区");
  driver = driver_start (cli->database, "李主任");
  open_titled (driver, "就业岗位推送进社区");
  take_step (driver, "受理", NULL, "已受理");
  take_step (driver, "自动审查", NULL, "已审查");
  take_step (driver, "提交评分", NULL, "评分中");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "填写评分");
  g_object_unref (driver_find (driver, ATSPI_ROLE_PUSH_BUTTON, "保存评分"));
  driver_type_named (driver, ATSPI_ROLE_TEXT, "评分人", "zhang");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "保存评分");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "评分已保存"));
  driver_stop (driver);
  mark = cli_run (cli, "--json", "show", "admission_score", "8", NULL);
  cli_expect (mark, 0);
}

/* J4: noted with three keys, wherever one is: Ctrl+U, the message pasted, Ctrl+Enter. Then the way to the
 * end. */
static void
test_pushed (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) slip = NULL;
  Driver *driver;

  cli_create (cli);
  import_one (cli, "department", "部门名称,部门简称\n区民政局,民政局\n");
  driver = driver_start (cli->database, "王芳");
  driver_key_to_page (driver, "ctrl+3", "工时");
  driver_key (driver, "ctrl+u");
  driver_type_named (driver, ATSPI_ROLE_TEXT, "布置原文",
                     "民政局李科长：@所有人 请各社区报送高龄老人统计报表，11月20日起报送。");
  driver_key (driver, "ctrl+Return");
  driver_wait_gone (driver, ATSPI_ROLE_DIALOG, "未经准入事项");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "未经准入"));
  take_step (driver, "街道会签并退回", NULL, "已退回部门");
  take_step (driver, "责令限期整改", "立即停止报送", "限期整改");
  take_step (driver, "登记整改回复", "已撤回通知", "已整改");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "返回(_B) 返回(B)");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "办理看板(_B) 办理看板(B)");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "在办0件"));
  g_object_unref (driver_find (driver, ATSPI_ROLE_PUSH_BUTTON, "区民政局"));
  driver_stop (driver);
  expect_field (cli, "state", "corrected");
  expect_field (cli, "told_by", "民政局李科长");
  expect_field (cli, "told_how", "chat");
  expect_field (cli, "told_on", "2026-11-20");
  expect_field (cli, "standing", "none");
  expect_field (cli, "countersigned_by", "王芳");
  expect_field (cli, "reply", "已撤回通知");
  slip = cli_run (cli, "--json", "show", "admission_paper", "1", NULL);
  cli_expect (slip, 0);
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/admission/accept", test_accept);
  cli_add ("/path/admission/refuse", test_refuse);
  cli_add ("/path/admission/return-and-withdraw", test_return_and_withdraw);
  cli_add ("/path/admission/trial-and-exit", test_trial_and_exit);
  cli_add ("/path/admission/rate", test_rate);
  cli_add ("/path/admission/pushed", test_pushed);
  return g_test_run ();
}
