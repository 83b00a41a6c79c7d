#include "shequ-block-rules.h"
#include "shequ-error.h"
#include "shequ-locale.h"

#include <string.h>

#define RULE "[X1]\nTitle=t\nText=x\nSource=s\nVersion=1\n"
#define ASKING_RULE "[X1]\nTitle=t\nText=x\nSource=s\nVersion=1\nQuestion=q\n"

/* Faults of a file of rules, each named with file, line, group and key. */
static const struct
{
  const char *name;
  const char *text;
  const char *expected;
} faults[] = {
  { "no group", "Title=x\n", "my.ini: " },
  { "title missing", "[X1]\nText=x\n[X1.a]\nWords=w\n", "my.ini, line 1, group [X1], key Title: " },
  { "no case", RULE, "my.ini, line 1, group [X1]: " },
  { "case without rule", "[X2.a]\nWords=w\n", "my.ini, line 1, group [X2.a]: " },
  { "misspelt key", RULE "[X1.a]\nWord=w\n", "my.ini, line 7, group [X1.a], key Word: " },
  { "unknown field", RULE "[X1.a]\nIn=titel\n", "my.ini, line 7, group [X1.a], key In: " },
  { "unknown flag", RULE "[X1.a]\nAsks=gold\n", "my.ini, line 7, group [X1.a], key Asks: " },
  { "pattern", RULE "[X1.a]\nPattern=(\n", "my.ini, line 7, group [X1.a], key Pattern: " },
  { "empty word", RULE "[X1.a]\nWords=a; ;b\n", "my.ini, line 7, group [X1.a], key Words: " },
  { "severity", "[X1]\nTitle=t\nText=x\nSource=s\nVersion=1\nSeverity=bad\n",
    "my.ini, line 6, group [X1], key Severity: " },
  { "days", RULE "[X1.a]\nDaysBelow=soon\n", "my.ini, line 7, group [X1.a], key DaysBelow: " },
  { "asks without question", RULE "[X1.a]\nOutcome=ask\nWords=w\n",
    "my.ini, line 7, group [X1.a], key Outcome: " },
  { "twice", RULE "[X1.a]\nWords=w\n[X1.a]\nWords=v\n", "my.ini, line 8, group [X1.a]: " },
  { "key twice", RULE "[X1.a]\nWords=w\nWords=v\n", "my.ini, line 8, group [X1.a], key Words: " },
};

static void
test_faults (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ShequBlockRules) rules = shequ_block_rules_new ("my.ini", faults[i].text, &error);
      g_autofree char *expected = g_strdup (faults[i].expected);

      g_test_message ("%s: %s", faults[i].name, error != NULL ? error->message : "no fault");
      g_assert_null (rules);
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE);
      g_assert_true (g_str_has_prefix (error->message, "my.ini"));
      /* The words around file, line, group and key follow the language. */
      if (strstr (expected, "line") != NULL)
        {
          g_auto (GStrv) parts = g_strsplit_set (expected, " ,:[]", -1);

          for (guint j = 0; parts[j] != NULL; j++)
            if (!g_str_equal (parts[j], "line") && !g_str_equal (parts[j], "group") &&
                !g_str_equal (parts[j], "key"))
              g_assert_nonnull (strstr (error->message, parts[j]));
        }
    }
}

/* Each condition of a case, alone. */
static const struct
{
  const char *name;
  const char *conditions;
  ShequApplicationFacts facts;
  ShequRuleOutcome outcome;
} conditions[] = {
  { "words", "Words=甲;乙", { .title = "有乙" }, SHEQU_RULE_HITS },
  { "words missing", "Words=甲;乙", { .title = "有丙" }, SHEQU_RULE_MISSES },
  { "words over blanks", "Words=甲乙", { .content = "甲 乙" }, SHEQU_RULE_HITS },
  { "words over fields", "Words=甲乙", { .title = "甲", .content = "乙" }, SHEQU_RULE_MISSES },
  { "in", "In=basis\nWords=甲", { .title = "甲" }, SHEQU_RULE_MISSES },
  { "in basis", "In=basis\nWords=甲", { .basis = "甲" }, SHEQU_RULE_HITS },
  { "with", "Words=甲\nWith=乙", { .title = "甲" }, SHEQU_RULE_MISSES },
  { "with both", "Words=甲\nWith=乙", { .title = "甲乙" }, SHEQU_RULE_HITS },
  { "except", "Words=甲\nExcept=甲方", { .title = "甲方" }, SHEQU_RULE_MISSES },
  { "except elsewhere", "Words=甲\nExcept=甲方", { .title = "甲方甲" }, SHEQU_RULE_HITS },
  { "unless", "Words=甲\nUnless=乙", { .title = "甲乙" }, SHEQU_RULE_MISSES },
  { "pattern", "Pattern=达[0-9]+%", { .title = "达90%" }, SHEQU_RULE_HITS },
  { "pattern or words", "Pattern=达[0-9]+%\nWords=甲", { .title = "甲" }, SHEQU_RULE_HITS },
  { "neither", "Pattern=达[0-9]+%\nWords=甲", { .title = "乙" }, SHEQU_RULE_MISSES },
  { "lacks", "Lacks=法", { .title = "法" }, SHEQU_RULE_MISSES },
  { "lacks it", "Lacks=法", { .title = "无" }, SHEQU_RULE_HITS },
  { "role", "Role=主办;lead", { .role = "协助" }, SHEQU_RULE_MISSES },
  { "role given", "Role=主办;lead", { .role = "lead" }, SHEQU_RULE_HITS },
  { "role unknown", "Role=主办", { .role = NULL }, SHEQU_RULE_MISSES },
  { "category", "Category=plate", { .category = "plate" }, SHEQU_RULE_HITS },
  { "nature", "Nature=长期", { .nature = "临时" }, SHEQU_RULE_MISSES },
  { "asks", "Asks=plate;body", { .wants_body = TRUE }, SHEQU_RULE_HITS },
  { "asks nothing", "Asks=plate;body", { .wants_check = TRUE }, SHEQU_RULE_MISSES },
  { "no money", "Money=none", { .funding_fen = 0 }, SHEQU_RULE_HITS },
  { "negative money is none", "Money=none", { .funding_fen = -5 }, SHEQU_RULE_HITS },
  { "money", "Money=none", { .funding_fen = 1 }, SHEQU_RULE_MISSES },
  { "given", "Given=basis", { .basis = " " }, SHEQU_RULE_MISSES },
  { "missing", "Missing=basis", { .basis = " " }, SHEQU_RULE_HITS },
  { "days", "DaysBelow=30", { .working_days_ahead = 29 }, SHEQU_RULE_HITS },
  { "days enough", "DaysBelow=30", { .working_days_ahead = 30 }, SHEQU_RULE_MISSES },
  { "start before filing", "DaysBelow=30", { .working_days_ahead = -3 }, SHEQU_RULE_HITS },
  { "days unknown", "DaysBelow=30", { .working_days_ahead = SHEQU_WORKING_DAYS_UNKNOWN }, SHEQU_RULE_MISSES },
  { "unknown days",
    "DaysUnknown=true",
    { .working_days_ahead = SHEQU_WORKING_DAYS_UNKNOWN },
    SHEQU_RULE_HITS },
  { "ask", "Outcome=ask\nWords=甲", { .title = "甲" }, SHEQU_RULE_ASKS },
};

static void
test_conditions (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (conditions); i++)
    {
      g_autofree char *text = g_strconcat (ASKING_RULE "[X1.a]\n", conditions[i].conditions, "\n", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (ShequBlockRules) rules = shequ_block_rules_new ("my.ini", text, &error);
      g_auto (GStrv) hits = NULL;

      g_test_message ("%s", conditions[i].name);
      g_assert_no_error (error);
      g_assert_cmpint (
        shequ_block_rule_apply (shequ_block_rules_get (rules, 0), &conditions[i].facts, NULL, &hits), ==,
        conditions[i].outcome);
    }
}

/* The ten rules of the shipped file, complete and in order. */
static void
test_shipped (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequBlockRules) rules = shequ_block_rules_load ("rules/block-rules.ini", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (shequ_block_rules_get_count (rules), ==, 10);
  for (guint i = 0; i < 10; i++)
    {
      const ShequBlockRule *rule = shequ_block_rules_get (rules, i);
      g_autofree char *id = g_strdup_printf ("B%02u", i + 1);

      g_assert_cmpstr (rule->id, ==, id);
      g_assert_true (shequ_block_rules_find (rules, id) == rule);
      g_assert_cmpint (rule->severity, ==, SHEQU_SEVERITY_BLOCK);
      g_assert_cmpstr (rule->question, !=, "");
      g_assert_false (rule->exempts);
    }
  g_assert_null (shequ_block_rules_find (rules, "B11"));
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/block-rules/faults", test_faults);
  g_test_add_func ("/block-rules/conditions", test_conditions);
  g_test_add_func ("/block-rules/shipped", test_shipped);

  return g_test_run ();
}
