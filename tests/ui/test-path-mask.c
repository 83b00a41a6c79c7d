/* What is masked is shown for a purpose and a minute, cannot be copied meanwhile, and is typed over as a
 * whole. */
#include "../cli/cli-fixture.h"
#include "driver.h"

#include <string.h>

#define LABEL(text) text " 公民身份号码"
#define MASKED "110101********4530"
#define PLAIN "110101199003074530"

static void
import_residents (Cli *cli)
{
  g_autofree char *path = cli_write_residents (cli);
  g_autoptr (CliRun) run = NULL;

  cli_create (cli);
  run = cli_run (cli, "import", "resident", path, NULL);
  cli_expect (run, 0);
}

/* What can be selected can be copied. */
static gboolean
is_selectable (AtspiAccessible *label)
{
  g_autoptr (AtspiText) text = atspi_accessible_get_text_iface (label);

  atspi_text_add_selection (text, 0, 6, NULL);
  return atspi_text_get_n_selections (text, NULL) > 0;
}

/* The day of birth goes with the number; what is shown in full is not to be selected and copied. */
static void
look (Driver *driver)
{
  g_autoptr (AtspiAccessible) masked = driver_find (driver, ATSPI_ROLE_LABEL, LABEL (MASKED));
  g_autoptr (AtspiAccessible) plain = NULL;

  g_assert_true (is_selectable (masked));
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "1990年 出生日期"));
  driver_expect_none (driver, ATSPI_ROLE_LABEL, LABEL (PLAIN));
  driver_expect_none (driver, ATSPI_ROLE_LABEL, "13800138000 联系电话");
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, "完整显示…(_U) 完整显示…(U)");
  driver_type_named (driver, ATSPI_ROLE_TEXT, "理由（可不填）", "heduiminzheng");
  driver_key (driver, "Return");
  plain = driver_find (driver, ATSPI_ROLE_LABEL, LABEL (PLAIN));
  g_assert_false (is_selectable (plain));
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "1990-03-07 出生日期"));
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "完整显示一分钟，本次查看已记入修改记录"));
}

static void
expect_logged (Cli *cli)
{
  g_autoptr (CliRun) looks = cli_run (cli, "--json", "audit", "--action=unmask", NULL);

  cli_expect (looks, 0);
  g_assert_cmpuint (looks->objects->len, ==, 1);
  g_assert_nonnull (
    strstr (json_object_get_string_member (looks->objects->pdata[0], "reason"), "heduiminzheng"));
  g_assert_null (strstr (looks->output, PLAIN));
}

/* The form shows the mask as well; leaving it keeps the value. */
static void
edit (Driver *driver)
{
  driver_key (driver, "F2");
  driver_type_named (driver, ATSPI_ROLE_TEXT, "曾用名", "jianguo");
  driver_expect_none (driver, ATSPI_ROLE_TEXT, PLAIN);
  driver_key (driver, "ctrl+s");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, "jianguo 曾用名"));
}

static void
test_minute (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) shown = NULL;
  gint64 since;
  Driver *driver;

  import_residents (cli);
  driver = driver_start (cli->database, "王芳");
  driver_open_found (driver, "wjg", "王建国", "居民");
  look (driver);
  since = g_get_monotonic_time ();
  expect_logged (cli);
  edit (driver);
  /* The minute is that of the program; what is looked for here is waited for 40 seconds at most. */
  g_usleep (MAX (0, since + 50 * G_TIME_SPAN_SECOND - g_get_monotonic_time ()));
  driver_wait_gone (driver, ATSPI_ROLE_LABEL, LABEL (PLAIN));
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, LABEL (MASKED)));
  g_assert_cmpint (g_get_monotonic_time () - since, >=, 50 * G_TIME_SPAN_SECOND);
  driver_stop (driver);

  shown = cli_run (cli, "--json", "show", "resident", "1", "--unmask", "--purpose=核对", NULL);
  cli_expect (shown, 0);
  g_assert_nonnull (strstr (shown->output, PLAIN));
  g_assert_nonnull (strstr (shown->output, "jianguo"));
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/mask/minute", test_minute);
  return g_test_run ();
}
