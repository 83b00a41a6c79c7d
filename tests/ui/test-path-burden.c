/* The chart of the hours leaves the program through the dialog that asks where to: as a picture and on paper.
 */
#include "../cli/cli-fixture.h"
#include "driver.h"

#include <string.h>

static void
import_one (Cli *cli, const char *reg, const char *text)
{
  g_autofree char *path = cli_write (cli, "一行.csv", text);
  g_autoptr (CliRun) run = cli_run (cli, "import", reg, path, NULL);

  cli_expect (run, 0);
}

/* Two hours of today, in the month that is shown. */
static void
log_work (Cli *cli)
{
  g_autofree char *day = driver_get_today ();
  g_autofree char *entry = g_strdup_printf ("日期,姓名,事项名称,用时\n%s,王芳,独居老人走访,120\n", day);

  cli_create (cli);
  import_one (cli, "department", "部门名称,部门简称\n区民政局,民政局\n");
  import_one (cli, "staff", "姓名,职务\n王芳,社区工作者\n");
  import_one (cli, "work_item", "事项名称,清单类别,部门\n独居老人走访,依法协助政府工作事项,民政局\n");
  import_one (cli, "work_entry", entry);
}

static void
export_as (Cli *cli, const char *entry, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *said = g_strdup_printf ("已写出“%s”", name);
  Driver *driver;

  log_work (cli);
  driver = driver_start (cli->database, "王芳");
  driver_key_to_page (driver, "ctrl+4", "减负");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "本月");
  g_object_unref (
    driver_find (driver, ATSPI_ROLE_LABEL, "各部门中民政局占用最多：2.0 小时，占全部的 100%。"));
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "导出");
  driver_press_named (driver, ATSPI_ROLE_MENU_ITEM, entry);
  driver_save_file (driver, path, "保存");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, said));
  driver_stop (driver);
}

static void
test_svg (Cli *cli, gconstpointer data)
{
  g_autofree char *path = cli_path (cli, "减负图.svg");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  export_as (cli, "图表（SVG）…", path);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "<svg"));
  g_assert_true (g_str_has_suffix (g_strchomp (text), "</svg>"));
}

static void
test_pdf (Cli *cli, gconstpointer data)
{
  g_autofree char *path = cli_path (cli, "减负月报.pdf");
  g_autofree char *text = NULL;

  export_as (cli, "报告（PDF）…", path);
  text = driver_read_pdf (path);
  g_assert_nonnull (strstr (text, "幸福社区"));
  g_assert_nonnull (strstr (text, "民政局"));
  g_assert_nonnull (strstr (text, "2.0"));
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/burden/svg", test_svg);
  cli_add ("/path/burden/pdf", test_pdf);
  return g_test_run ();
}
