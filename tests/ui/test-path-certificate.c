/* A certificate is issued at the counter, printed and kept as a PDF; who gets none takes a notice along. */
#include "../cli/cli-fixture.h"
#include "driver.h"

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
choose_resident (Driver *driver, const char *name)
{
  g_autofree char *chosen = g_strconcat ("居民 ", name, NULL);

  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "居民 未填");
  driver_type_named (driver, ATSPI_ROLE_ENTRY, "居民", name);
  /* Only who was looked for is left. */
  driver_wait_gone (driver, ATSPI_ROLE_LIST_ITEM, "李秀英");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LIST_ITEM, name));
  driver_key (driver, "Return");
  g_object_unref (driver_find (driver, ATSPI_ROLE_PUSH_BUTTON, chosen));
}

static void
ask_counter (Driver *driver, const char *what)
{
  driver_key_to_page (driver, "ctrl+5", "证明");
  driver_type_named (driver, ATSPI_ROLE_ENTRY, "来人要开什么证明？", what);
}

/* What the paper says, whichever way it left the program. */
static void
expect_certificate (const char *path, const char *number)
{
  g_autofree char *text = driver_read_pdf (path);

  g_assert_nonnull (strstr (text, number));
  g_assert_nonnull (strstr (text, "王建国"));
  g_assert_nonnull (strstr (text, "市第一小学"));
}

/* Issuing gives the number and offers the printer at once. */
static void
test_issue (Cli *cli, gconstpointer data)
{
  g_autofree char *printed = cli_path (cli, "打印.pdf");
  g_autofree char *saved = cli_path (cli, "存档.pdf");
  g_autoptr (CliRun) run = NULL;
  JsonObject *fields;
  Driver *driver;

  import_residents (cli);
  driver = driver_start (cli->database, "王芳");
  ask_counter (driver, "居住");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "开具这份证明");
  choose_resident (driver, "王建国");
  driver_type_named (driver, ATSPI_ROLE_TEXT, "用途 *", "子女入学报名");
  driver_type_named (driver, ATSPI_ROLE_TEXT, "索要单位", "市第一小学");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "出具并打印");
  driver_print_to_file (driver, printed);
  driver_wait_file (driver, printed);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "存为 PDF");
  driver_save_file (driver, saved, "保存");
  driver_wait_file (driver, saved);
  driver_stop (driver);

  run = cli_run (cli, "--json", "show", "certificate", "1", NULL);
  cli_expect (run, 0);
  fields = json_object_get_object_member (cli_run_get (run, 0), "fields");
  g_assert_cmpstr (json_object_get_string_member (fields, "handler"), ==, "王芳");
  expect_certificate (printed, json_object_get_string_member (fields, "number"));
  expect_certificate (saved, json_object_get_string_member (fields, "number"));
}

/* Who gets no certificate takes a page along: why not, and where to go. */
static void
test_notice (Cli *cli, gconstpointer data)
{
  g_autofree char *printed = cli_path (cli, "告知单.pdf");
  g_autofree char *text = NULL;
  g_autoptr (CliRun) answer = NULL;
  JsonArray *instead;
  Driver *driver;

  cli_create (cli);
  answer = cli_run (cli, "--json", "certificate", "may", "婚姻状况证明", NULL);
  cli_expect (answer, 0);
  driver = driver_start (cli->database, "王芳");
  ask_counter (driver, "婚姻状况证明");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "打印告知单");
  driver_print_to_file (driver, printed);
  driver_wait_file (driver, printed);
  driver_stop (driver);

  text = driver_read_pdf (printed);
  g_assert_nonnull (strstr (text, "不予出具证明告知书"));
  g_assert_nonnull (strstr (text, json_object_get_string_member (cli_run_get (answer, 0), "title")));
  g_assert_nonnull (strstr (text, "民发〔2020〕20号"));
  g_assert_nonnull (strstr (text, "经办人：王芳"));
  instead = json_object_get_array_member (cli_run_get (answer, 0), "instead");
  g_assert_cmpuint (json_array_get_length (instead), >, 0);
  for (guint i = 0; i < json_array_get_length (instead); i++)
    g_assert_nonnull (
      strstr (text, json_object_get_string_member (json_array_get_object_element (instead, i), "body")));
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/certificate/issue", test_issue);
  cli_add ("/path/certificate/notice", test_notice);
  return g_test_run ();
}
