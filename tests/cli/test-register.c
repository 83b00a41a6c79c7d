/* The register over time, by the commands alone: what happens to residents, and how it stood before. */
#include "cli-fixture.h"

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

static gint64
find_key (Cli *cli, const char *name)
{
  g_autoptr (CliRun) run = cli_run (cli, "--json", "find", name, "--in=resident", NULL);

  cli_expect (run, 0);
  return json_object_get_int_member (cli_run_get (run, 0), "key");
}

static void
expect_found (Cli *cli, guint n, const char *first, const char *second, const char *third)
{
  g_autoptr (CliRun) run = cli_run (cli, "--json", "find", "--in=resident", first, second, third, NULL);

  g_test_message ("%s %s %s", first, second, third);
  cli_expect (run, 0);
  g_assert_cmpuint (run->objects->len, ==, n);
}

static void
test_where (Cli *cli, gconstpointer data)
{
  static const char *const off[][2] = {
    { "--where=sex=1", NULL },                   /* of which register? */
    { "--in=resident", "--list=没有" },          /* no such list */
    { "--in=resident", "--where=shoe_size>40" }, /* no such field */
    { "--in=resident", "--where=age>>40" },      /* no condition */
  };

  import_residents (cli);
  expect_found (cli, 3, "--where=age<60", NULL, NULL);
  expect_found (cli, 1, "--where=age<60", "--where=name=王建国", NULL);
  expect_found (cli, 1, "--where=household.number=001 and relation=02", NULL, NULL);
  expect_found (cli, 1, "张", "--where=age>70", NULL);
  expect_found (cli, 0, "--where=name=诸葛孔明", NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (off); i++)
    {
      g_autoptr (CliRun) run = cli_run (cli, "find", off[i][0], off[i][1], NULL);

      g_test_message ("%u", i);
      g_assert_cmpint (run->status, !=, 0);
      g_assert_cmpstr (run->output, ==, "");
    }
}

static gint64
record (Cli *cli, const char *kind, gint64 who, const char *first, const char *second, const char *third)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, who);
  g_autoptr (CliRun) run = cli_run (cli, "--json", "event", kind, key, first, second, third, NULL);

  cli_expect (run, 0);
  return json_object_get_int_member (cli_run_get (run, 0), "event");
}

static char *
report (Cli *cli, const char *first, const char *second, const char *third)
{
  g_autofree char *path = cli_path (cli, "统计.csv");
  g_autoptr (CliRun) run = cli_run (cli, "report", "statistics", path, first, second, third, NULL);
  char *text = NULL;

  cli_expect (run, 0);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
expect_in (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("no “%s” in\n%s", part, text);
}

/* The base data of a day, counted. */
static void
expect_base (Cli *cli, const char *as_of, const char *figure)
{
  g_autofree char *path = cli_path (cli, "基础数据.csv");
  g_autoptr (CliRun) run = cli_run (cli, "report", "base", path, as_of, NULL);
  g_autofree char *text = NULL;

  cli_expect (run, 0);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  expect_in (text, strchr (as_of, '=') + 1);
  expect_in (text, figure);
}

/* Who has left is found, shown and counted on the days before; an event that is taken back never was. */
static void
test_as_of (Cli *cli, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *searched = NULL;
  g_autofree char *event = NULL;
  g_autoptr (CliRun) undo = NULL;
  gint64 son, key;

  import_residents (cli);
  son = find_key (cli, "张红");
  key = record (cli, "departure", son, "--day=2024-07-01", "--place=北京", NULL);
  before = report (cli, "--as-of=2024-06-30", "--by=residence_status", NULL);
  after = report (cli, "--as-of=2024-07-01", "--by=residence_status", NULL);
  g_assert_cmpstr (before, !=, after);
  expect_in (before, "未填,4");
  expect_in (after, "未填,3");
  expect_found (cli, 1, "张红", "--as-of=2024-06-30", "--where=household.number=002");
  expect_found (cli, 0, "张红", "--as-of=2024-07-01", "--where=household.number=002");
  searched = report (cli, "--search=王", "--by=sex", NULL);
  expect_in (searched, "男性,1");
  g_assert_null (strstr (searched, "女性"));

  record (cli, "birth", find_key (cli, "李秀英"), "--set=name=王小宝", "--relation=子", "--day=2024-07-02");
  expect_base (cli, "--as-of=2024-07-01", "在册人口,0");
  expect_base (cli, "--as-of=2024-07-02", "在册人口,1");

  event = g_strdup_printf ("%" G_GINT64_FORMAT, key);
  undo = cli_run (cli, "event", "undo", event, NULL);
  cli_expect (undo, 0);
  expect_found (cli, 1, "张红", "--as-of=2024-07-01", "--where=household.number=002");
}

static void
test_events (Cli *cli, gconstpointer data)
{
  g_autofree char *child = NULL;
  g_autofree char *son = NULL;
  gint64 wang, li, zhang;

  import_residents (cli);
  wang = find_key (cli, "王建国");
  li = find_key (cli, "李秀英");
  zhang = find_key (cli, "张晓明");
  record (cli, "birth", li, "--set=name=王小宝", "--relation=子", "--day=2026-01-05");
  expect_found (cli, 1, "--where=name=王小宝 and birth_date=2026-01-05 and household.number=001", NULL, NULL);
  record (cli, "split", li, "--address=幸福小区9号楼1单元101", "--day=2026-02-01", NULL);
  expect_found (cli, 2, "--where=household.number=001", NULL, NULL);
  child = g_strdup_printf ("--new-head=%" G_GINT64_FORMAT, find_key (cli, "王小宝"));
  record (cli, "move", wang, "--address=幸福小区9号楼1单元102", "--day=2026-03-01", child);
  son = g_strdup_printf ("--new-head=%" G_GINT64_FORMAT, find_key (cli, "张红"));
  record (cli, "death", zhang, "--day=2026-04-01", son, NULL);
  expect_found (cli, 1, "--where=residence_status=9 or name=张晓明", NULL, NULL);
}

static void
test_events_refused (Cli *cli, gconstpointer data)
{
  static const struct
  {
    const char *words[4];
    int status;
    const char *says;
  } cases[] = {
    { { "flood", "1" }, 2, "birth" },
    { { "birth" }, 2, "" },
    { { "birth", "1" }, 2, "母亲" },
    { { "move", "1" }, 2, "" },
    { { "move", "x", "--address=一号" }, 2, "" },
    { { "move", "99", "--address=一号" }, 4, "" },
    { { "departure", "1", "--day=2199-01-01" }, 2, "2199-01-01" },
    { { "departure", "1" }, 2, "户主" }, /* the head leaves, and nobody is named */
    { { "death", "1", "1" }, 2, "" },
    { { "arrival", "--address=一号", "--set=shoe_size=40" }, 4, "shoe_size" },
    { { "arrival", "--address=一号", "--set=birth_date=昨天" }, 2, "昨天" },
    { { "arrival", "--address=一号", "--set=name" }, 2, "" },
  };

  import_residents (cli);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const *words = cases[i].words;
      g_autoptr (CliRun) run = cli_run (cli, "event", words[0], words[1], words[2], words[3], NULL);

      g_test_message ("%u: %d %s", i, run->status, run->errors);
      cli_expect (run, cases[i].status);
      g_assert_nonnull (strstr (run->errors, cases[i].says));
      g_assert_cmpstr (run->output, ==, "");
    }
  expect_found (cli, 4, "--where=name is set", NULL, NULL);
}

/* Who belongs to a group by a rule is not entered by hand, from wherever. */
static void
test_derived (Cli *cli, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (CliRun) run = NULL;

  import_residents (cli);
  path =
    cli_write (cli, "标签.csv",
               "居民,重点人群类别,开始日期\n王建国,60岁以上老年人,2026-01-01\n王建国,独居老人,2026-01-01\n");
  run = cli_run (cli, "import", "resident_tag", path, NULL);
  cli_expect (run, 1);
  g_assert_nonnull (strstr (run->errors, "60岁以上老年人"));
  g_assert_nonnull (strstr (run->errors, "birth_date<=today-60y"));
  expect_found (cli, 1, "--where=has resident_tag.resident(tag.code=elder_alone)", NULL, NULL);
  expect_found (cli, 0, "--where=has resident_tag.resident(tag.code=elder_60)", NULL, NULL);
}

/* What an office hands over that is wrong, doubtful, or right although it looks wrong: by the import, with
 * what a clerk reads, and what is in the register then. The steps follow each other in one office. */
typedef struct
{
  const char *about;
  const char *reg;
  const char *text;
  const char *option; /* or "--quiet" */
  int status;
  const char *says; /* (nullable): on standard error */
  const char *where;
  guint n; /* records that meet it afterwards */
} Step;

static const Step steps[] = {
  { "two people to begin with", "resident",
    "户号,姓名,公民身份号码,地址\n001,王建国,110101199003074530,幸福小区1号楼1单元101\n"
    "002,李四,110101199003070046,幸福小区1号楼1单元102\n",
    "--quiet", 0, NULL, "household is set", 2 },
  { "names of one and of thirty characters, with ·, Latin letters, blanks", "resident",
    "姓名,出生日期\n璎,1980-01-01\n买买提·艾力·阿不都热合曼,1980-01-02\nJean Luc Picard,1980-01-03\n"
    "王 小 明,1980-01-04\n一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十,1980-01-05\n",
    "--quiet", 0, NULL, "birth_date>=1980-01-01 and birth_date<=1980-01-05", 5 },
  { "a name that is too long", "resident",
    "姓名,出生日期\n"
    "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
    "一二三四五六七八九十一二三,1981-01-01\n",
    "--quiet", 1, "60", "birth_date=1981-01-01", 0 },
  { "older than anybody", "resident", "姓名,出生日期\n彭祖,1890-01-01\n老寿星,1906-06-01\n", "--chunk=100", 0,
    "120", "birth_date<=1906-06-01", 2 },
  { "not born yet", "resident", "姓名,出生日期\n未来,2150-01-01\n", "--quiet", 1, "晚于今天", "name=未来",
    0 },
  { "a person in two households of one file", "resident",
    "户号,姓名,公民身份号码,地址\n003,张三,110101194912310024,幸福小区1号楼2单元101\n"
    "004,张三,110101194912310024,幸福小区1号楼2单元102\n",
    "--quiet", 1, "与本文件第 2 行相同", "name=张三 and household.number=003", 1 },
  { "a person of another household in a later file", "resident",
    "户号,姓名,公民身份号码,地址\n005,张三,110101194912310024,幸福小区1号楼2单元103\n", "--quiet", 1,
    "家庭户", "name=张三 and household.number=003", 1 },
  { "one number of two people", "resident", "姓名,公民身份号码\n王建军,110101199003074530\n", "--quiet", 1,
    "已经登记过", "id_number=110101199003074530", 1 },
  { "and nobody who answers for it", "resident",
    "姓名,公民身份号码,重号已核实,重号核实人,重号依据\n王建军,110101199003074530,是,,\n", "--quiet", 1,
    "重号核实人", "id_number=110101199003074530", 1 },
  { "a group that ends before it starts", "resident_tag",
    "居民,重点人群类别,开始日期,结束日期\n张三,独居老人,2026-05-01,2026-04-01\n", "--quiet", 1, "开始日期",
    "has resident_tag.resident(tag.code=elder_alone)", 0 },
  { "a relative of oneself", "relation", "居民,亲属,亲属是其\n张三,张三,配偶\n", "--quiet", 1, NULL,
    "has relation.resident(kind is set)", 0 },
  { "a tree", "org_unit", "单位名称,层级\n甲街道,街道\n", "--quiet", 0, NULL, NULL, 0 },
  { "a tree, grown", "org_unit", "单位名称,层级,上级单位\n乙社区,社区,甲街道\n", "--quiet", 0, NULL, NULL,
    0 },
  { "a tree in a circle", "org_unit", "单位名称,层级,上级单位\n甲街道,街道,乙社区\n", "--on-duplicate=update",
    1, "绕回", NULL, 0 },
  { "columns that moved", "resident",
    "姓名,出生日期,家庭住址,联系电话\n1990-01-01,13900139000,幸福小区3号楼2单元501,王五\n"
    "1990-01-02,13900139001,幸福小区3号楼2单元501,赵六\n1990-01-03,13900139002,幸福小区3号楼2单元501,孙七\n"
    "1990-01-04,13900139003,幸福小区3号楼2单元501,周八\n",
    "--quiet", 2, "列可能错位", "name=王五", 0 },
};

static void
take_step (Cli *cli, const Step *step)
{
  g_autofree char *path = cli_write (cli, "表.csv", step->text);
  g_autoptr (CliRun) run = cli_run (cli, "import", step->reg, path, step->option, NULL);

  g_test_message ("%s: %d %s", step->about, run->status, run->errors);
  cli_expect (run, step->status);
  if (step->says != NULL)
    expect_in (run->errors, step->says);
  if (step->where != NULL)
    {
      g_autofree char *where = g_strconcat ("--where=", step->where, NULL);

      expect_found (cli, step->n, where, NULL, NULL);
    }
}

static void
test_bad_input (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) check = NULL;

  cli_create (cli);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    take_step (cli, &steps[i]);
  check = cli_run (cli, "check", NULL);
  cli_expect (check, 0);
}

/* A disability has its kind, its grade and a number that lists, exports and the change log do not show. */
static void
test_disability (Cli *cli, gconstpointer data)
{
  static const char number[] = "11010119900307004642";
  g_autofree char *path = NULL;
  g_autofree char *written = cli_path (cli, "名册.csv");
  g_autofree char *text = NULL;
  g_autoptr (CliRun) import = NULL;
  g_autoptr (CliRun) export = NULL;
  g_autoptr (CliRun) audit = NULL;
  g_autoptr (CliRun) shown = NULL;

  import_residents (cli);
  path = cli_write (cli, "残疾.csv",
                    "居民,重点人群类别,等级,证件编号\n李秀英,肢体残疾,二级,11010119900307004642\n");
  import = cli_run (cli, "import", "resident_tag", path, NULL);
  cli_expect (import, 0);
  shown = cli_run (cli, "find", "李秀英", "--in=resident_tag", "--where=grade=2 and tag.name=肢体残疾", NULL);
  expect_in (shown->output, "肢体残疾");
  export = cli_run (cli, "export", "resident_tag", written, NULL);
  cli_expect (export, 0);
  g_assert_true (g_file_get_contents (written, &text, NULL, NULL));
  expect_in (text, "肢体残疾");
  expect_in (text, "二级");
  expect_in (text, "1******************2");
  g_assert_null (strstr (text, number));
  audit = cli_run (cli, "audit", NULL);
  expect_in (audit->output, "resident_tag");
  g_assert_null (strstr (audit->output, number));
}

/* A dormitory. */
static void
test_large_household (Cli *cli, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("户号,姓名,出生日期,与户主关系,地址\n");
  g_autofree char *path = NULL;
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) shown = NULL;

  for (guint i = 0; i < 400; i++)
    g_string_append_printf (text, "900,员工%03u,1990-01-%02u,%s,建设路1号集体宿舍\n", i, i % 28 + 1,
                            i == 0 ? "户主" : "非亲属");
  cli_create (cli);
  path = cli_write (cli, "宿舍.csv", text->str);
  run = cli_run (cli, "import", "resident", path, NULL);
  cli_expect (run, 0);
  expect_found (cli, 400, "--where=household.number=900", "--limit=0", NULL);
  shown = cli_run (cli, "find", "--in=household", "--where=members>=400", NULL);
  expect_in (shown->output, "400");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cli_add ("/register/where", test_where);
  cli_add ("/register/as-of", test_as_of);
  cli_add ("/register/events", test_events);
  cli_add ("/register/events-refused", test_events_refused);
  cli_add ("/register/derived", test_derived);
  cli_add ("/register/bad-input", test_bad_input);
  cli_add ("/register/disability", test_disability);
  cli_add ("/register/large-household", test_large_household);
  return g_test_run ();
}
