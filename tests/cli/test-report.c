/* The burden report in all its formats, from work that came in as spreadsheets. */
#include "cli-fixture.h"

#include <string.h>

static void
import (Cli *cli, const char *reg, const char *text)
{
  g_autofree char *path = cli_write (cli, "表.csv", text);
  g_autoptr (CliRun) run = cli_run (cli, "import", reg, path, NULL);

  cli_expect (run, 0);
}

/* Ten hours in January and four in March for one department, one hour in March for another. */
static void
import_work (Cli *cli)
{
  cli_create (cli);
  import (cli, "department", "部门代码,部门名称,部门简称\nD07,区民政局,民政局\nD12,区城管局,城管局\n");
  import (cli, "work_item",
          "事项编码,事项名称,来源部门,清单类别,准入情况\n"
          "I01,高龄津贴初审,民政局,依法协助政府工作事项,y\nI02,市容巡查,城管局,其他,n\n");
  import (cli, "staff", "姓名,职务\n赵晓梅,网格员\n");
  import (
    cli, "work_entry",
    "日期,工作人员,工作事项,用时\n2025-01-06,赵晓梅,高龄津贴初审,360\n2025-01-07,赵晓梅,高龄津贴初审,240\n"
    "2025-03-04,赵晓梅,高龄津贴初审,240\n2025-03-05,赵晓梅,市容巡查,60\n");
}

static char *
report_csv (Cli *cli, const char *first, const char *second)
{
  g_autofree char *path = cli_path (cli, "报告.csv");
  g_autoptr (CliRun) run = cli_run (cli, "report", "burden", path, "--year=2025", first, second, NULL);
  char *text = NULL;

  cli_expect (run, 0);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
expect_line (const char *text, const char *line)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *plain = g_strstrip (g_strdelimit (g_strdup (lines[i]), "\t", ' '));
      g_auto (GStrv) cells = g_strsplit (plain, ",", -1);

      for (guint c = 0; cells[c] != NULL; c++)
        g_strstrip (cells[c]);
      g_free (plain);
      plain = g_strjoinv (",", cells);
      if (g_str_equal (plain, line))
        return;
    }
  g_error ("no line “%s” in\n%s", line, text);
}

static void
test_year (Cli *cli, gconstpointer data)
{
  g_autofree char *text = NULL;

  import_work (cli);
  text = report_csv (cli, NULL, NULL);
  expect_line (text, "2025-01,10,0,10");
  expect_line (text, "2025-02,0,0,0");
  expect_line (text, "2025-03,4,1,5");
  expect_line (text, "合计,14,1,15");
}

static void
test_part (Cli *cli, gconstpointer data)
{
  g_autofree char *month = NULL;
  g_autofree char *department = NULL;

  import_work (cli);
  month = report_csv (cli, "--month=3", NULL);
  expect_line (month, "民政局,4");
  expect_line (month, "城管局,1");
  department = report_csv (cli, "--department=D12", NULL);
  expect_line (department, "2025-03,1");
  expect_line (department, "合计,1");
}

static void
test_formats (Cli *cli, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *begin;
  } formats[] = {
    { "pdf", "%PDF-" }, { "svg", "<?xml" }, { "png", "\x89PNG" }, { "xlsx", "PK" }, { "csv", "\xef\xbb\xbf" },
  };

  import_work (cli);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *name = g_strconcat ("报告.", formats[i].name, NULL);
      g_autofree char *path = cli_path (cli, name);
      g_autofree char *format = g_strconcat ("--format=", formats[i].name, NULL);
      g_autoptr (CliRun) run = cli_run (cli, "--json", "report", "burden", path, "--year=2025", NULL);
      g_autoptr (CliRun) output = cli_run (cli, "report", "burden", "-", format, "--year=2025", NULL);
      g_autofree char *bytes = NULL;

      g_test_message ("%s", formats[i].name);
      cli_expect (run, 0);
      g_assert_cmpstr (json_object_get_string_member (cli_run_get (run, 0), "file"), ==, path);
      g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
      g_assert_true (g_str_has_prefix (bytes, formats[i].begin));
      cli_expect (output, 0);
      g_assert_true (g_str_has_prefix (output->output, formats[i].begin));
    }
}

static gboolean
is_listed (const CliRun *list, const char *report)
{
  for (guint i = 0; i < list->objects->len; i++)
    if (g_strcmp0 (json_object_get_string_member (cli_run_get (list, i), "report"), report) == 0)
      return TRUE;
  return FALSE;
}

static void
test_off (Cli *cli, gconstpointer data)
{
  g_autofree char *path = cli_path (cli, "报告.pdf");
  g_autofree char *away = cli_path (cli, "没有/报告.pdf");
  g_autofree char *table = cli_path (cli, "基础数据.csv");
  g_autoptr (CliRun) list = cli_run (cli, "--json", "report", NULL);
  const struct
  {
    const char *name, *file, *option;
    int status;
  } cases[] = {
    { "flights", path, "--quiet", 4 },
    { "burden", "报告.doc", "--quiet", 2 },
    { "burden", path, "--month=13", 2 },
    { "burden", path, "--year=x", 2 },
    { "burden", path, "--as-of=2024-12-31", 2 },
    { "base", table, "--as-of=2199-01-01", 2 },
    { "base", table, "--as-of=2024-02-30", 2 },
    { "burden", path, "--department=航天局", 4 },
    { "burden", away, "--quiet", 5 },
  };

  /* The names can be read without a database. */
  cli_expect (list, 0);
  g_assert_true (is_listed (list, "burden"));
  cli_create (cli);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CliRun) run = cli_run (cli, "report", cases[i].name, cases[i].file, cases[i].option, NULL);

      g_test_message ("%u", i);
      cli_expect (run, cases[i].status);
      g_assert_false (g_file_test (cases[i].file, G_FILE_TEST_EXISTS));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cli_add ("/report/year", test_year);
  cli_add ("/report/part", test_part);
  cli_add ("/report/formats", test_formats);
  cli_add ("/report/off", test_off);
  return g_test_run ();
}
