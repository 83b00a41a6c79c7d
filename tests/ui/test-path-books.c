/* Books as a clerk keeps them, each from its description alone: found on the shelf by its name, a record
 * entered, deleted and brought back by Ctrl+Z; by keys alone. */
#include "../cli/cli-fixture.h"
#include "driver.h"

typedef struct
{
  const char *reg;
  const char *label;     /* on the shelf */
  const char *values[7]; /* labels on the form and what is typed, in turn */
  const char *title;
  const char *field; /* and what is stored of it */
  const char *stored;
} Book;

/* No two have a field of one name on their forms: those that were open before are still found. */
static const Book books[] = {
  { "activity",
    "活动",
    { "活动名称 *", "端午包粽子", "日期 *", "2026-06-19" },
    "2026-06-19 端午包粽子",
    "day",
    "2026-06-19" },
  { "certificate_demand", "索要证明", { "索要单位 *", "某某银行" }, NULL, "unit_name", "某某银行" },
  { "department",
    "职能部门",
    { "部门名称 *", "区民政局", "部门简称 *", "民政" },
    "民政",
    "name",
    "区民政局" },
  { "estate", "小区", { "小区名称 *", "幸福花园" }, "幸福花园", "name", "幸福花园" },
  { "job_plan",
    "编制核定表",
    { "名称 *", "2026年编制", "核定日期 *", "2026-01-05", "核定总数 *", "12" },
    "2026年编制 2026-01-05",
    "total",
    "12" },
  { "staff", "工作人员", { "姓名 *", "陈小兰" }, "陈小兰", "name", "陈小兰" },
  { "grid", "网格", { "网格名称 *", "第三网格" }, "第三网格", "name", "第三网格" },
  { "team", "志愿服务队", { "队伍名称 *", "红袖标巡逻队" }, "红袖标巡逻队", "name", "红袖标巡逻队" },
  { "work_item", "工作事项", { "事项名称 *", "楼道杂物清理" }, "楼道杂物清理", "name", "楼道杂物清理" },
};

static void
open_book (Driver *driver, const Book *book)
{
  driver_key_to_entry (driver, "ctrl+f", "找台账");
  driver_type_named (driver, ATSPI_ROLE_ENTRY, "找台账", book->label);
  /* Not waited for what is found: who types on and presses Enter at once means what was typed. */
  driver_key (driver, "Return");
}

static void
enter_record (Driver *driver, const Book *book, const char *title)
{
  g_autofree char *saved = g_strdup_printf ("“%s”已保存", title);

  driver_key (driver, "ctrl+n");
  for (guint i = 0; book->values[i] != NULL; i += 2)
    driver_type_named (driver, ATSPI_ROLE_TEXT, book->values[i], book->values[i + 1]);
  driver_key (driver, "ctrl+s");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, saved));
}

/* It goes at once, and Ctrl+Z brings it back. */
static void
delete_and_undo (Driver *driver, const char *title)
{
  g_autofree char *deleted = g_strdup_printf ("“%s”已删除", title);

  driver_key (driver, "ctrl+Delete");
  g_object_unref (driver_find (driver, ATSPI_ROLE_LABEL, deleted));
  driver_key (driver, "ctrl+z");
  /* One message is shown at a time, and the next one is waited for. */
  driver_wait_gone (driver, ATSPI_ROLE_LABEL, deleted);
}

static char *
read_field (JsonObject *fields, const char *name)
{
  JsonNode *node = json_object_get_member (fields, name);

  return json_node_get_value_type (node) == G_TYPE_STRING
           ? g_strdup (json_node_get_string (node))
           : g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
}

/* What was typed is stored, and the change log knows all three steps. */
static void
check_stored (Cli *cli, const Book *book)
{
  static const char *const steps[] = { "create", "delete", "restore" };
  g_autoptr (CliRun) run = cli_run (cli, "--json", "show", book->reg, "1", NULL);
  g_autofree char *text = NULL;
  JsonArray *log;

  cli_expect (run, 0);
  text = read_field (json_object_get_object_member (cli_run_get (run, 0), "fields"), book->field);
  g_assert_cmpstr (text, ==, book->stored);
  log = json_object_get_array_member (cli_run_get (run, 0), "log");
  g_assert_cmpuint (json_array_get_length (log), ==, G_N_ELEMENTS (steps));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      gboolean found = FALSE;

      for (guint k = 0; k < G_N_ELEMENTS (steps); k++)
        found = found ||
                g_str_equal (json_object_get_string_member (json_array_get_object_element (log, k), "action"),
                             steps[i]);
      g_assert_true (found);
    }
}

static void
test_books (Cli *cli, gconstpointer data)
{
  g_autofree char *today = driver_get_today ();
  Driver *driver;

  cli_create (cli);
  driver = driver_start (cli->database, "王芳");
  driver_key_to_page (driver, "ctrl+8", "台账");
  for (guint i = 0; i < G_N_ELEMENTS (books); i++)
    {
      g_autofree char *dated = g_strdup_printf ("%s %s", today, books[i].stored);
      const char *title = books[i].title != NULL ? books[i].title : dated;

      open_book (driver, &books[i]);
      enter_record (driver, &books[i], title);
      delete_and_undo (driver, title);
      driver_key (driver, "alt+Left");
    }
  driver_stop (driver);
  for (guint i = 0; i < G_N_ELEMENTS (books); i++)
    check_stored (cli, &books[i]);
}

int
main (int argc, char **argv)
{
  driver_init (&argc, &argv);
  cli_add ("/path/books", test_books);
  return g_test_run ();
}
