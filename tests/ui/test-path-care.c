/* A visit is logged in a few keys, the file of the household shows it, and a survey round is gone through. */
#include "../cli/cli-fixture.h"
#include "driver.h"

#include <string.h>

/* A visit may take as many keys (budget J6). */
#define MOST_KEYS 5

static void
import_one (Cli *cli, const char *reg, const char *text)
{
  g_autofree char *path = cli_write (cli, "几行.csv", text);
  g_autoptr (CliRun) run = cli_run (cli, "import", reg, path, NULL);

  cli_expect (run, 0);
}

/* Two households in one building of a grid; one resident is to be seen weekly. */
static void
fill_office (Cli *cli)
{
  g_autofree char *path = cli_write_residents (cli);
  g_autoptr (CliRun) run = NULL;

  cli_create (cli);
  run = cli_run (cli, "import", "resident", path, NULL);
  cli_expect (run, 0);
  import_one (cli, "staff", "姓名,职务\n王芳,社区工作者\n");
  import_one (cli, "visit_plan", "联系居民,走访间隔,开始日期,联系原因\n王建国,7,2026-01-01,生活困难\n");
}

static JsonObject *
read_fields (CliRun *run)
{
  cli_expect (run, 0);
  return json_object_get_object_member (cli_run_get (run, 0), "fields");
}

/* From the resident on screen: Ctrl+L, 3 for “to be followed up”, Enter. */
static void
test_visit (Cli *cli, gconstpointer data)
{
  static const char *const keys[] = { "ctrl+l", "3", "Return" };
  g_autoptr (AtspiAccessible) found = NULL;
  g_autoptr (CliRun) run = NULL;
  JsonObject *fields;
  Driver *driver;

  fill_office (cli);
  driver = driver_start (cli->database, "王芳");
  driver_key (driver, "ctrl+k");
  driver_type_named (driver, ATSPI_ROLE_ENTRY, "全局搜索", "wjg");
  found = driver_find (driver, ATSPI_ROLE_LIST_ITEM, "王建国");
  driver_key (driver, "Return");
  driver_wait_page (driver, "居民");
  g_object_unref (driver_find (driver, ATSPI_ROLE_PUSH_BUTTON, "记走访"));
  g_assert_cmpuint (G_N_ELEMENTS (keys), <=, MOST_KEYS);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      driver_key (driver, keys[i]);
      if (i == 0)
        g_object_unref (driver_find (driver, ATSPI_ROLE_PANEL, "走访结果"));
    }
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "已记走访:王建国"));
  driver_stop (driver);

  run = cli_run (cli, "--json", "show", "visit", "1", NULL);
  fields = read_fields (run);
  g_assert_cmpint (json_object_get_int_member (fields, "resident"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (fields, "household"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (fields, "staff"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (fields, "result"), ==, "follow_up");
  g_assert_nonnull (json_object_get_string_member (fields, "follow_up_on"));
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/care/visit", test_visit);
  return g_test_run ();
}
