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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cli_add ("/register/where", test_where);
  cli_add ("/register/as-of", test_as_of);
  cli_add ("/register/events", test_events);
  cli_add ("/register/events-refused", test_events_refused);
  cli_add ("/register/derived", test_derived);
  return g_test_run ();
}
