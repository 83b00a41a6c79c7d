/* The words of a call: options before and behind the command, help, what is off. */
#include "cli-fixture.h"

typedef struct
{
  const char *words; /* separated by blanks */
  int status;
  const char *output; /* (nullable): what standard output says */
  const char *errors; /* (nullable): what standard error says */
} Case;

static const Case cases[] = {
  { "", 2, NULL, "用法：shequ-cli" },
  { "fly", 2, NULL, "没有“fly”这个命令" },
  { "certificate", 2, NULL, "没有“certificate”这个命令" },
  { "certificate fly", 2, NULL, "没有“certificate fly”这个命令" },
  { "due", 2, NULL, "用法：shequ-cli due DATE N" },
  { "due 2026-01-05", 2, NULL, "“due”缺少参数" },
  { "due 2026-01-05 3 4", 2, NULL, "“due”多了一个参数“4”" },
  { "due 2026-01-05 x", 2, NULL, "整数" },
  { "due 2026-01-05 3 --fast", 2, NULL, "--fast" },
  { "due 1/2/2026 3", 2, NULL, "2026-11-22" },
  { "due 2026-13-05 3", 2, NULL, NULL },
  { "due 2026-01-05 99999999999999999999", 2, NULL, NULL },
  { "due 2026-01-05 20000", 2, NULL, "10000" },
  { "--help", 0, "certificate issue", NULL },
  { "due --help", 0, "用法：shequ-cli due DATE N", NULL },
  { "--help due", 0, "用法：shequ-cli due DATE N", NULL },
  { "--version", 0, "shequ-cli 0.", NULL },
  { "--json due 2026-01-05 3", 0, "\"due\":\"2026-01-08\"", NULL },
  { "due --json 2026-01-05 3", 0, "\"due\":\"2026-01-08\"", NULL },
  { "due 2026-01-05 3 --json", 0, "\"due\":\"2026-01-08\"", NULL },
  { "--quiet --json certificate --user=x kinds", 0, "\"kind\":\"residence\"", NULL },
  { "--database other.db due 2026-01-05 3", 0, "2026-01-08", NULL },
};

static void
test_cases (Cli *cli, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GSubprocessLauncher) launcher = cli_new_launcher (cli);
      g_auto (GStrv) words = g_strsplit (cases[i].words, " ", -1);
      g_autoptr (CliRun) run = NULL;

      g_test_message ("shequ-cli %s", cases[i].words);
      run = cli_run_with (launcher, NULL, (const char *const *) words);
      cli_expect (run, cases[i].status);
      if (cases[i].output != NULL)
        g_assert_nonnull (strstr (run->output, cases[i].output));
      if (cases[i].errors != NULL)
        g_assert_nonnull (strstr (run->errors, cases[i].errors));
      /* What is off is never mistaken for a result. */
      if (cases[i].status != 0)
        g_assert_cmpstr (run->output, ==, "");
    }
}

/* Each command of the list has a help of its own. */
static void
test_help (Cli *cli, gconstpointer data)
{
  g_autoptr (CliRun) list = cli_run (cli, "--help", NULL);
  g_auto (GStrv) lines = g_strsplit (list->output, "\n", -1);
  gboolean in_commands = FALSE;
  guint n_commands = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *gap = g_str_has_prefix (lines[i], "  ") ? strstr (lines[i] + 2, "  ") : NULL;
      g_autofree char *name = gap != NULL ? g_strndup (lines[i] + 2, (gsize) (gap - lines[i] - 2)) : NULL;
      g_autoptr (GSubprocessLauncher) launcher = cli_new_launcher (cli);
      g_autofree char *usage = g_strdup_printf ("shequ-cli %s", name);
      g_autoptr (CliRun) run = NULL;
      g_auto (GStrv) words = NULL;

      if (g_str_has_prefix (lines[i], "命令"))
        in_commands = TRUE;
      else if (name == NULL)
        in_commands = FALSE;
      else if (in_commands)
        {
          g_autofree char *line = g_strconcat (name, " --help", NULL);

          words = g_strsplit (line, " ", -1);
          run = cli_run_with (launcher, NULL, (const char *const *) words);
          cli_expect (run, 0);
          g_assert_nonnull (strstr (run->output, usage));
          n_commands++;
        }
    }
  g_assert_cmpuint (n_commands, >=, 16);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cli_add ("/words/cases", test_cases);
  cli_add ("/words/help", test_help);
  return g_test_run ();
}
