/* Registers and fields of the office's own, on the command line: with all that shipped ones can do. */
#include "cli-fixture.h"

#include <string.h>

static const char dogs[] = "[Register]\n"
                           "Name=own_dog\n"
                           "Label=犬只登记\n"
                           "Title={name}\n"
                           "Unit=community\n"
                           "Identity=name\n"
                           "[Field name]\nKind=text\nLabel=犬名\nRequired=true\nSearch=pinyin\nListed=true\n"
                           "[Field owner]\nKind=link\nTo=resident\nLabel=饲养人\nSearch=linked\nListed=true\n"
                           "[Field kind]\nKind=code\nLabel=犬种\nCodes=c1:土狗;c2:宠物犬\nListed=true\n"
                           "[Field due]\nKind=date\nLabel=免疫到期\n"
                           "[Reminder due]\nDate=due\nBefore=30d\nText={name}免疫到期\n";

static const char hobby[] =
  "[Register]\nName=resident\nExtends=true\n"
  "[Field own_hobby]\nKind=code\nLabel=爱好\nCodes=c1:钓鱼;c2:下棋\nSensitivity=3\n";

static void
add (Cli *cli, const char *text, const char *name)
{
  g_autofree char *path = cli_write (cli, "own.ini", text);
  g_autoptr (CliRun) run = cli_run (cli, "--json", "registers", "add", path, NULL);

  cli_expect (run, 0);
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (run, 0), "name"), ==, name);
}

static void
test_register (Cli *cli, gconstpointer data)
{
  g_autofree char *sheet = NULL;
  g_autofree char *exported = NULL;
  g_autofree char *text = NULL;
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) fields = NULL;
  g_autoptr (CliRun) find = NULL;
  g_autoptr (CliRun) export = NULL;
  g_autoptr (CliRun) audit = NULL;
  g_autoptr (CliRun) check = NULL;

  cli_create (cli);
  add (cli, dogs, "own_dog");
  fields = cli_run (cli, "--json", "registers", "own_dog", NULL);
  cli_expect (fields, 0);
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (fields, 0), "label"), ==, "犬名");
  sheet = cli_write (cli, "dogs.csv", "犬名,犬种,免疫到期\n来福,土狗,2027-01-01\n旺财,狼狗,2027-01-01\n");
  run = cli_run (cli, "--json", "import", "own_dog", sheet, NULL);
  g_assert_cmpint (run->status, !=, 0);
  g_assert_nonnull (strstr (run->errors, "狼狗"));
  find = cli_run (cli, "--json", "find", "laifu", NULL);
  cli_expect (find, 0);
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (find, 0), "register"), ==, "own_dog");
  exported = g_build_filename (cli->folder, "out.csv", NULL);
  export = cli_run (cli, "export", "own_dog", exported, NULL);
  cli_expect (export, 0);
  g_file_get_contents (exported, &text, NULL, NULL);
  g_assert_nonnull (strstr (text, "来福"));
  g_assert_nonnull (strstr (text, "土狗"));
  audit = cli_run (cli, "--json", "audit", "--register=own_dog", NULL);
  cli_expect (audit, 0);
  g_assert_cmpuint (audit->objects->len, >=, 1);
  check = cli_run (cli, "check", NULL);
  cli_expect (check, 0);
}

static void
test_field (Cli *cli, gconstpointer data)
{
  g_autofree char *sheet = NULL;
  g_autofree char *exported = NULL;
  g_autofree char *text = NULL;
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) export = NULL;
  g_autoptr (CliRun) unmasked = NULL;
  g_autofree char *clear = cli_path (cli, "clear.csv");
  g_autofree char *plain = NULL;

  cli_create (cli);
  add (cli, hobby, "resident.own_hobby");
  sheet = cli_write (cli, "people.csv", "姓名,性别,爱好\n王建国,男,钓鱼\n李秀英,女,下棋\n");
  run = cli_run (cli, "import", "resident", sheet, NULL);
  cli_expect (run, 0);
  exported = g_build_filename (cli->folder, "out.csv", NULL);
  export = cli_run (cli, "export", "resident", exported, "--where=own_hobby=钓鱼", NULL);
  cli_expect (export, 0);
  g_file_get_contents (exported, &text, NULL, NULL);
  /* It was said to be sensitive: found by, but covered until somebody states what it is needed for. */
  g_assert_nonnull (strstr (text, "爱好"));
  g_assert_nonnull (strstr (text, "***"));
  g_assert_null (strstr (text, "钓鱼"));
  g_assert_null (strstr (text, "下棋"));
  unmasked = cli_run (cli, "export", "resident", clear, "--where=own_hobby=钓鱼", "--unmasked",
                      "--purpose=组织钓鱼比赛", NULL);
  cli_expect (unmasked, 0);
  g_file_get_contents (clear, &plain, NULL, NULL);
  g_assert_nonnull (strstr (plain, "钓鱼"));
}

static void
test_describe (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) list = NULL;
  g_autoptr (CliRun) text = NULL;
  g_autoptr (CliRun) retire = NULL;
  g_autoptr (CliRun) gone = NULL;
  g_autoptr (CliRun) restore = NULL;
  g_autoptr (CliRun) back = NULL;
  g_autoptr (CliRun) none = NULL;

  cli_create (cli);
  add (cli, dogs, "own_dog");
  list = cli_run (cli, "--json", "registers", "describe", NULL);
  cli_expect (list, 0);
  g_assert_cmpstr (json_object_get_string_member (cli_run_get (list, 0), "label"), ==, "犬只登记");
  text = cli_run (cli, "registers", "describe", "own_dog", NULL);
  cli_expect (text, 0);
  g_assert_cmpstr (text->output, ==, dogs);
  retire = cli_run (cli, "registers", "retire", "own_dog", NULL);
  cli_expect (retire, 0);
  gone = cli_run (cli, "registers", "own_dog", NULL);
  cli_expect (gone, 4);
  restore = cli_run (cli, "registers", "restore", "own_dog", NULL);
  cli_expect (restore, 0);
  back = cli_run (cli, "registers", "own_dog", NULL);
  cli_expect (back, 0);
  none = cli_run (cli, "registers", "retire", "own_cat", NULL);
  cli_expect (none, 4);
}

static void
test_wrong (Cli *cli, gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *says;
  } cases[] = {
    { "", "Register" },
    { "\xff\xfe", "" },
    { "[Register]\nName=dog\nLabel=D\nTitle={a}\n[Field a]\nKind=text\nLabel=A\n", "own_" },
    { "[Register]\nName=resident\nExtends=true\n[Field own_a]\nKind=nothing\nLabel=A\n", "own_a" },
  };

  cli_create (cli);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = cli_write (cli, "own.ini", cases[i].text);
      g_autoptr (CliRun) run = cli_run (cli, "registers", "add", path, NULL);

      cli_expect (run, 2);
      g_assert_nonnull (strstr (run->errors, cases[i].says));
    }
  {
    g_autofree char *sheet = cli_write (cli, "own.csv", "库内名称,名称,说明文本\nown_a,甲,乱写\n");
    g_autoptr (CliRun) imported = cli_run (cli, "import", "description", sheet, NULL);

    cli_expect (imported, 2);
  }
  {
    g_autoptr (CliRun) missing = cli_run (cli, "registers", "add", "/nowhere.ini", NULL);

    g_assert_cmpint (missing->status, !=, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  cli_add ("/own/register", test_register);
  cli_add ("/own/field", test_field);
  cli_add ("/own/describe", test_describe);
  cli_add ("/own/wrong", test_wrong);

  return g_test_run ();
}
