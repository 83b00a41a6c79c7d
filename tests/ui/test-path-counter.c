/* Somebody asks for a paper: the counter answers while it is typed, with the basis and where to go. */
#include "../cli/cli-fixture.h"
#include "driver.h"

static void
expect_label (Driver *driver, const char *text)
{
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, text));
}

static void
expect_item (Driver *driver, const char *text)
{
  g_object_unref (driver_find (driver, ATSPI_ROLE_LIST_ITEM, text));
}

/* The window says what shequ-cli says. */
static void
test_ask (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) answer = NULL;
  JsonArray *instead;
  Driver *driver;

  cli_create (cli);
  answer = cli_run (cli, "--json", "certificate", "may", "亲属关系证明", NULL);
  cli_expect (answer, 0);
  driver = driver_start (cli->database, "王芳");
  driver_key_to_page (driver, "ctrl+5", "证明");
  driver_type_named (driver, ATSPI_ROLE_ENTRY, "来人要开什么证明？", "亲属关系");

  expect_label (driver, json_object_get_string_member (cli_run_get (answer, 0), "title"));
  expect_label (driver, json_object_get_string_member (cli_run_get (answer, 0), "reason"));
  expect_item (driver, "依据");
  instead = json_object_get_array_member (cli_run_get (answer, 0), "instead");
  g_assert_cmpuint (json_array_get_length (instead), >, 0);
  for (guint i = 0; i < json_array_get_length (instead); i++)
    expect_item (driver, json_object_get_string_member (json_array_get_object_element (instead, i), "body"));
  driver_stop (driver);
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/counter/ask", test_ask);
  return g_test_run ();
}
