/* Commands on an office: make one, look things up, certificates, the change log. */
#include "cli-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static void
import_residents (Cli *cli)
{
  g_autofree char *path = cli_write_residents (cli);
  g_autoptr (CliRun) run = NULL;

  cli_create (cli);
  run = cli_run (cli, "import", "resident", path, NULL);
  cli_expect (run, 0);
}

static void
test_create (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) made = cli_run (cli, "--json", "create", "--name=幸福社区", "--level=community", NULL);
  g_autoptr (CliRun) again = cli_run (cli, "create", "--name=别的社区", NULL);
  g_autoptr (CliRun) unit = NULL;

  cli_expect (made, 0);
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (made, 0), "name"), ==, "幸福社区");
  g_assert_true (strstr (cli->database, "://") != NULL || g_file_test (cli->database, G_FILE_TEST_EXISTS));
  /* What is there is never overwritten. */
  cli_expect (again, 2);
  unit = cli_run (cli, "--json", "show", "org_unit", "1", NULL);
  cli_expect (unit, 0);
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (unit, 0), "title"), ==, "幸福社区");
}

/* Without a name the database of the window is made, with its folder. */
static void
test_create_default (Cli *cli, gconstpointer data)
{
  g_autoptr (GSubprocessLauncher) launcher = cli_new_launcher (cli);
  const char *const words[] = { "create", "--level=street", NULL };
  const char *const look[] = { "check", NULL };
  g_autofree char *expected = g_build_filename (cli->folder, "shequ", "shequ.db", NULL);
  g_autoptr (CliRun) made = NULL;
  g_autoptr (CliRun) checked = NULL;

  g_subprocess_launcher_unsetenv (launcher, "SHEQU_DATABASE");
  made = cli_run_with (launcher, NULL, words);
  cli_expect (made, 0);
  g_assert_true (g_file_test (expected, G_FILE_TEST_EXISTS));
  checked = cli_run_with (launcher, NULL, look);
  cli_expect (checked, 0);
}

static void
test_registers (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) all = cli_run (cli, "--json", "registers", NULL);
  g_autoptr (CliRun) fields = cli_run (cli, "--json", "registers", "resident", NULL);
  g_autoptr (CliRun) none = cli_run (cli, "registers", "plane", NULL);
  gboolean found = FALSE;

  cli_expect (all, 0);
  for (guint i = 0; i < all->objects->len; i++)
    found =
      found || g_str_equal (json_object_get_string_member (cli_run_get (all, i), "register"), "resident");
  g_assert_true (found);
  cli_expect (fields, 0);
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (fields, 0), "field"), ==, "name");
  g_assert_true (json_object_get_boolean_member (cli_run_get (fields, 0), "required"));
  cli_expect (none, 4);
  g_assert_nonnull (strstr (none->errors, "plane"));
}

static void
test_find (Cli *cli, gconstpointer data)
{
  static const char *const typed[] = { "王建国", "建国", "wjg", "wangjianguo", "4530", "3号楼2单元501" };

  import_residents (cli);
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (CliRun) run = cli_run (cli, "find", typed[i], "--in=resident", "--json", NULL);
      JsonObject *first = NULL;

      g_test_message ("%s", typed[i]);
      cli_expect (run, 0);
      first = cli_run_get (run, 0);
      g_assert_cmpstr (json_object_get_string_member (first, "register"), ==, "resident");
      g_assert_cmpint (json_object_get_int_member (first, "key"), >, 0);
      g_assert_true (json_object_has_member (first, "detail"));
      g_assert_cmpfloat (json_object_get_double_member (first, "score"), >, 0);
      if (i < 5)
        g_assert_cmpstr (json_object_get_string_member (first, "title"), ==, "王建国");
    }
}

static void
test_find_limits (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) all = NULL;
  g_autoptr (CliRun) one = NULL;
  g_autoptr (CliRun) none = NULL;
  g_autoptr (CliRun) unknown = NULL;
  g_autoptr (CliRun) off = NULL;

  import_residents (cli);
  all = cli_run (cli, "--json", "find", "幸福", NULL);
  one = cli_run (cli, "--json", "find", "幸福", "--limit=1", NULL);
  none = cli_run (cli, "--json", "find", "诸葛孔明", NULL);
  unknown = cli_run (cli, "find", "x", "--in=plane", NULL);
  off = cli_run (cli, "find", "x", "--limit=many", NULL);
  cli_expect (all, 0);
  g_assert_cmpuint (all->objects->len, >, 1);
  g_assert_cmpuint (one->objects->len, ==, 1);
  cli_expect (none, 0);
  g_assert_cmpstr (none->output, ==, "");
  cli_expect (unknown, 4);
  cli_expect (off, 2);
}

static void
test_show (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) json = NULL;
  g_autoptr (CliRun) text = NULL;
  g_autoptr (CliRun) none = NULL;
  g_autoptr (CliRun) off = NULL;
  JsonObject *record, *log;

  import_residents (cli);
  json = cli_run (cli, "--json", "show", "resident", "1", NULL);
  cli_expect (json, 0);
  record = cli_run_get (json, 0);
  g_assert_cmpstr (json_object_get_string_member (record, "title"), ==, "王建国");
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (record, "links")), ==, 2);
  log = json_array_get_object_element (json_object_get_array_member (record, "log"), 0);
  g_assert_cmpstr (json_object_get_string_member (log, "user"), ==, "王主任");
  g_assert_cmpstr (json_object_get_string_member (log, "action"), ==, "create");
  /* Neither the record nor its change log says a number in full. */
  text = cli_run (cli, "show", "resident", "1", NULL);
  cli_expect (text, 0);
  g_assert_nonnull (strstr (text->output, "110101********4530"));
  g_assert_nonnull (strstr (json->output, "110101********4530"));
  g_assert_null (strstr (text->output, "199003074530"));
  g_assert_null (strstr (json->output, "199003074530"));
  g_assert_null (strstr (json->output, "13800138000"));
  none = cli_run (cli, "show", "resident", "999", NULL);
  cli_expect (none, 4);
  off = cli_run (cli, "show", "resident", "王建国", NULL);
  cli_expect (off, 2);
}

static void
test_show_referrers (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) run = NULL;
  JsonObject *referrers;

  import_residents (cli);
  run = cli_run (cli, "--json", "show", "household", "1", NULL);
  cli_expect (run, 0);
  referrers =
    json_array_get_object_element (json_object_get_array_member (cli_run_get (run, 0), "linked_from"), 0);
  g_assert_cmpstr (json_object_get_string_member (referrers, "register"), ==, "resident");
  g_assert_cmpint (json_object_get_int_member (referrers, "count"), ==, 2);
}

static void
test_check (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) run = NULL;

  import_residents (cli);
  run = cli_run (cli, "--json", "check", NULL);
  cli_expect (run, 0);
  g_assert_cmpint (json_object_get_int_member (cli_run_get (run, 0), "problems"), ==, 0);
}

static void
test_audit (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) all = NULL;
  g_autoptr (CliRun) units = NULL;
  g_autoptr (CliRun) nobody = NULL;
  g_autoptr (CliRun) later = NULL;
  g_autoptr (CliRun) newest = NULL;

  import_residents (cli);
  all = cli_run (cli, "--json", "audit", "--who=王主任", "--since=2020-01-01", NULL);
  units = cli_run (cli, "--json", "audit", "--register=org_unit", NULL);
  nobody = cli_run (cli, "--json", "audit", "--who=没有这个人", NULL);
  later = cli_run (cli, "--json", "audit", "--since=2190-01-01", NULL);
  newest = cli_run (cli, "--json", "audit", "--limit=1", NULL);
  cli_expect (all, 0);
  g_assert_cmpuint (all->objects->len, >, 5);
  g_assert_cmpuint (units->objects->len, ==, 1);
  g_assert_cmpuint (nobody->objects->len, ==, 0);
  g_assert_cmpuint (later->objects->len, ==, 0);
  g_assert_cmpuint (newest->objects->len, ==, 1);
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (newest, 0), "action"), ==, "import");
  g_assert_null (strstr (all->output, "199003074530"));
}

static void
test_due (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) known = cli_run (cli, "--json", "due", "2026-09-25", "15", NULL);
  g_autoptr (CliRun) unknown = cli_run (cli, "--json", "due", "2040年1月2日", "3", NULL);
  JsonObject *due;

  cli_expect (known, 0);
  due = cli_run_get (known, 0);
  g_assert_cmpstr (json_object_get_string_member (due, "due"), ==, "2026-10-22");
  g_assert_cmpstr (json_object_get_string_member (due, "calendar"), ==, "known");
  g_assert_cmpstr (known->errors, ==, "");
  /* A year without a calendar: Monday to Friday, and it is said. */
  cli_expect (unknown, 0);
  due = cli_run_get (unknown, 0);
  g_assert_cmpstr (json_object_get_string_member (due, "due"), ==, "2040-01-05");
  g_assert_cmpstr (json_object_get_string_member (due, "calendar"), ==, "none");
  g_assert_nonnull (strstr (json_object_get_string_member (due, "note"), "2040"));
  g_assert_nonnull (strstr (unknown->errors, "2040"));
}

static void
test_may (Cli *cli, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *answer;
  } cases[] = {
    { "婚姻状况证明", "refuse" },
    { "居住证明", "issue" },
    { "亲属关系证明", "conditional" },
    { "宇航员资格证明", "unknown" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CliRun) run = cli_run (cli, "certificate", "may", "--json", cases[i].name, NULL);
      JsonObject *answer;
      guint n_instead;

      g_test_message ("%s", cases[i].name);
      cli_expect (run, 0);
      answer = cli_run_get (run, 0);
      g_assert_cmpstr (json_object_get_string_member (answer, "name"), ==, cases[i].name);
      g_assert_cmpstr (json_object_get_string_member (answer, "answer"), ==, cases[i].answer);
      g_assert_nonnull (json_object_get_array_member (answer, "basis"));
      n_instead = json_array_get_length (json_object_get_array_member (answer, "instead"));
      /* One basis with a semicolon between brackets. */
      if (g_str_equal (cases[i].answer, "issue"))
        g_assert_cmpuint (json_array_get_length (json_object_get_array_member (answer, "basis")), ==, 1);
      if (g_str_equal (cases[i].answer, "refuse"))
        g_assert_cmpuint (n_instead, >, 0);
    }
}

static void
test_kinds (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) run = cli_run (cli, "certificate", "kinds", "--json", NULL);

  cli_expect (run, 0);
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (run, 0), "kind"), ==, "residence");
  g_assert_nonnull (json_object_get_string_member (cli_run_get (run, 0), "title"));
}

static void
test_issue (Cli *cli, gconstpointer data)
{
  g_autofree char *path = cli_path (cli, "证明.pdf");
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) genuine = NULL;
  g_autoptr (CliRun) forged = NULL;
  g_autofree char *code = NULL;
  g_autofree char *pdf = NULL;
  JsonObject *issued;

  import_residents (cli);
  run = cli_run (cli, "--json", "certificate", "issue", "residence", "--resident=1", "--purpose=子女入学",
                 "--to=第一小学", path, NULL);
  cli_expect (run, 0);
  issued = cli_run_get (run, 0);
  g_assert_nonnull (strstr (json_object_get_string_member (issued, "number"), "第0001号"));
  g_assert_true (g_file_get_contents (path, &pdf, NULL, NULL));
  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
  code = g_strconcat (json_object_get_string_member (issued, "number"), " ",
                      json_object_get_string_member (issued, "check_text"), NULL);
  genuine = cli_run (cli, "--json", "certificate", "verify", code, NULL);
  cli_expect (genuine, 0);
  g_assert_true (json_object_get_boolean_member (cli_run_get (genuine, 0), "valid"));
  g_assert_null (strstr (genuine->output, "王建国"));
  code[strlen (code) - 1] = code[strlen (code) - 1] == '0' ? '1' : '0';
  forged = cli_run (cli, "--json", "certificate", "verify", code, NULL);
  cli_expect (forged, 4);
}

static void
test_issue_refused (Cli *cli, gconstpointer data)
{
  g_autofree char *path = cli_path (cli, "证明.pdf");
  g_autofree char *away = cli_path (cli, "没有/证明.pdf");
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) log = NULL;
  const struct
  {
    const char *kind, *resident, *purpose, *file;
    int status;
  } cases[] = {
    { "marriage", "--resident=1", "--purpose=贷款", path, 4 },
    { "residence", "--resident=999", "--purpose=入学", path, 4 },
    { "residence", "--resident=x", "--purpose=入学", path, 2 },
    { "residence", "--resident=1", "--quiet", path, 2 },
    { "residence", "--resident=1", "--purpose=入学", away, 5 },
    { "residence", "--resident=1", "--purpose=入学", "证明.doc", 2 },
  };

  import_residents (cli);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CliRun) refused = cli_run (cli, "certificate", "issue", cases[i].kind, cases[i].resident,
                                            cases[i].purpose, cases[i].file, NULL);

      g_test_message ("%u", i);
      cli_expect (refused, cases[i].status);
      g_assert_cmpstr (refused->errors, !=, "");
      g_assert_false (g_file_test (cases[i].file, G_FILE_TEST_EXISTS));
    }
  /* None of them took a number. */
  log = cli_run (cli, "--json", "audit", "--register=certificate", NULL);
  g_assert_cmpuint (log->objects->len, ==, 0);
  run = cli_run (cli, "certificate", "issue", "residence", "--resident=1", "--purpose=入学", path, NULL);
  cli_expect (run, 0);
  g_assert_nonnull (strstr (run->output, "第0001号"));
}

static void
test_screen (Cli *cli, gconstpointer data)
{
  g_autofree char *departments =
    cli_write (cli, "部门.csv", "部门代码,部门名称,部门简称\nC05,市招商局,招商局\n");
  g_autofree char *bad =
    cli_write (cli, "招商.ini",
               "[Application]\ndepartment=C05\ntitle=引荐招商项目线索任务\ncategory=工作任务\n"
               "工作内容=每社区年内提供招商引资线索5条,纳入年终考核\nfunding=0\n");
  g_autofree char *unknown = cli_write (cli, "错.ini", "[Application]\nwings=2\n");
  g_autofree char *broken = cli_write (cli, "坏.ini", "招商\n");
  g_autofree char *nobody = cli_write (cli, "无.ini", "[Application]\ndepartment=没有这个局\n");
  g_autoptr (CliRun) import = NULL;
  g_autoptr (CliRun) run = NULL;
  const struct
  {
    const char *file;
    int status;
  } off[] = { { unknown, 2 }, { broken, 4 }, { nobody, 4 }, { "没有.ini", 4 } };

  cli_create (cli);
  import = cli_run (cli, "import", "department", departments, NULL);
  cli_expect (import, 0);
  run = cli_run (cli, "admission", "screen", bad, "--json", NULL);
  cli_expect (run, 0);
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (run, 0), "code"), ==, "B01");
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (run, 0), "severity"), ==, "block");
  for (guint i = 0; i < G_N_ELEMENTS (off); i++)
    {
      g_autoptr (CliRun) refused = cli_run (cli, "admission", "screen", off[i].file, NULL);

      cli_expect (refused, off[i].status);
      g_assert_cmpstr (refused->output, ==, "");
    }
}

/* The result of a vote as a sheet; a post that was not voted for has none. */
static void
test_ballot (Cli *cli, gconstpointer data)
{
  g_autofree char *buildings = cli_write (cli, "楼栋.csv", "楼号,小区\n3号楼,幸福小区\n");
  g_autofree char *posts = cli_write (cli, "任职.csv",
                                      "职务,负责楼栋,姓名,产生方式,海选日期,应参加人数,收回票数,得票数\n"
                                      "楼栋长,3号楼,王秀英,海选(选举),2026-05-20,60,48,30\n"
                                      "楼栋党小组长,3号楼,李桂兰,任命(委派),,,,\n");
  g_autofree char *sheet = cli_path (cli, "结果.pdf");
  g_autofree char *other = cli_path (cli, "没有.pdf");
  g_autoptr (CliRun) first = NULL;
  g_autoptr (CliRun) second = NULL;
  g_autoptr (CliRun) made = NULL;
  g_autoptr (CliRun) refused = NULL;

  cli_create (cli);
  first = cli_run (cli, "import", "building", buildings, NULL);
  cli_expect (first, 0);
  second = cli_run (cli, "import", "post", posts, NULL);
  cli_expect (second, 0);
  made = cli_run (cli, "network", "ballot", "1", sheet, NULL);
  cli_expect (made, 0);
  g_assert_nonnull (strstr (made->errors, "收回选票48张"));
  g_assert_true (g_file_test (sheet, G_FILE_TEST_EXISTS));
  refused = cli_run (cli, "network", "ballot", "2", other, NULL);
  g_assert_cmpint (refused->status, !=, 0);
  g_assert_nonnull (strstr (refused->errors, "李桂兰"));
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cli_add ("/office/create", test_create);
  cli_add ("/office/create-default", test_create_default);
  cli_add ("/office/registers", test_registers);
  cli_add ("/office/find", test_find);
  cli_add ("/office/find-limits", test_find_limits);
  cli_add ("/office/show", test_show);
  cli_add ("/office/show-referrers", test_show_referrers);
  cli_add ("/office/check", test_check);
  cli_add ("/office/audit", test_audit);
  cli_add ("/office/due", test_due);
  cli_add ("/certificate/may", test_may);
  cli_add ("/certificate/kinds", test_kinds);
  cli_add ("/certificate/issue", test_issue);
  cli_add ("/certificate/issue-refused", test_issue_refused);
  cli_add ("/admission/screen", test_screen);
  cli_add ("/office/ballot", test_ballot);

  return g_test_run ();
}
