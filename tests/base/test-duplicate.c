#include "shequ-duplicate.h"

#include "config.h"

#include <string.h>

#include "shequ-locale.h"

static ShequDuplicateRules *
load (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequPinyin) pinyin = shequ_pinyin_new (&error);
  ShequDuplicateRules *rules;

  g_assert_no_error (error);
  rules = shequ_duplicate_rules_load ("rules/duplicates.ini", pinyin, &error);
  g_assert_no_error (error);
  return rules;
}

/* name|former name|ID|birth|phone|household|address|sex */
static void
read_person (const ShequDuplicateRules *rules, const char *text, ShequDuplicatePerson *person)
{
  g_auto (GStrv) parts = g_strsplit (text, "|", 8);

  memset (person, 0, sizeof *person);
  person->name = g_strdup (parts[0]);
  person->former_name = *parts[1] != '\0' ? g_strdup (parts[1]) : NULL;
  person->id_number = *parts[2] != '\0' ? g_strdup (parts[2]) : NULL;
  person->birth_date = *parts[3] != '\0' ? g_strdup (parts[3]) : NULL;
  person->phone = *parts[4] != '\0' ? g_strdup (parts[4]) : NULL;
  person->household = g_ascii_strtoll (parts[5], NULL, 10);
  person->address = shequ_duplicate_get_address (parts[6]);
  person->sex = *parts[7];
  shequ_duplicate_rules_prepare (rules, person);
}

static gboolean
share_block (const ShequDuplicatePerson *one, const ShequDuplicatePerson *other)
{
  guint64 blocks[2][SHEQU_DUPLICATE_MOST_BLOCKS];
  guint n = shequ_duplicate_list_blocks (one, blocks[0]);
  guint m = shequ_duplicate_list_blocks (other, blocks[1]);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < m; j++)
      if (blocks[0][i] == blocks[1][j])
        return TRUE;
  return FALSE;
}

static char *
list_reasons (guint reasons)
{
  g_autofree char *words = shequ_duplicate_describe (reasons);
  g_autoptr (GString) names = g_string_new (NULL);

  g_assert_cmpint (*words != '\0', ==, reasons != 0);
  for (guint i = 0; i < SHEQU_DUPLICATE_N_REASONS; i++)
    if ((reasons & 1u << i) != 0)
      g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", shequ_duplicate_reason_get_name (i));
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
test_pairs (void)
{
  static const struct
  {
    const char *one;
    const char *other;
    gboolean candidate;
    const char *reasons;
  } cases[] = {
    { "王小明||220802196503070022||||| ", "王晓明||220802196503070022||||| ", TRUE, "same_id sounds_alike" },
    { "王小明||220802196503070022||||| ", "李四||220802196503070022||||| ", TRUE, "same_id" },
    { "王小明|||1965-03-07|||| ", "王小明|||1965-03-07|||| ", TRUE, "same_name same_birth" },
    { "王小明|||1965-03-07|||| ", "王小明|||1971-09-02|||| ", FALSE, "same_name other_birth" },
    { "王小明||220802196503070022|1965-03-07|||| ", "王小明||220802196503070049|1965-03-07|||| ", FALSE,
      "other_id same_name same_birth" },
    { "王小明||220802196503070022|||7|| ", "王晓明|||||7|| ", TRUE, "sounds_alike same_household" },
    { "张胜|||||7|| ", "章生|||||7|| ", TRUE, "sounds_alike same_household" },
    { "杨末|||||7|| ", "扬未|||||8|| ", FALSE, "looks_alike" },
    { "杨末||||||明仁小区3号楼2单元501| ", "扬未||||||明仁小区3-2-501室| ", TRUE,
      "looks_alike same_address" },
    { "张大山|王小明||1965-03-07|||| ", "王小明|||1965-03-07|||| ", TRUE, "former_name same_birth" },
    { "王小明||220802196503070022||||| ", "王小明||220802195603070022||||| ", TRUE, "turned_id same_name" },
    { "王小明||220802196503070022||||| ", "王小明||220802196503170022||||| ", TRUE, "turned_id same_name" },
    { "王小明||||13800138000||| ", "王小明||||13800138000||| ", TRUE, "same_name same_phone" },
    { "王小明||||13800138000||| ", "王小明||||13800183000||| ", FALSE, "same_name turned_phone" },
    { "王小明|||1965-03-07|13800138000||| ", "王小明|||1965-07-03|13800183000||| ", TRUE,
      "same_name turned_birth turned_phone" },
    /* Father and son, brothers, twins, and two of one name. */
    { "王强|||1940-01-01||7||1", "王小强|||1965-03-07||7||1", FALSE, "" },
    { "王晓红|||1965-03-07||7||2", "王小宏|||1968-05-11||7||1", FALSE,
      "sounds_alike other_birth same_household other_sex" },
    { "王小明|||1965-03-07||||1", "王小明|||1965-03-07||||2", FALSE, "same_name same_birth other_sex" },
    { "阿卜杜拉·买买提|||1965-03-07|||| ", "阿卜杜拉买买提|||1965-03-07|||| ", TRUE,
      "sounds_alike same_birth" },
  };
  g_autoptr (ShequDuplicateRules) rules = load ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ShequDuplicatePerson one;
      ShequDuplicatePerson other;
      guint reasons;
      guint back;
      g_autofree char *words = NULL;
      int score;

      g_test_message ("%s and %s", cases[i].one, cases[i].other);
      read_person (rules, cases[i].one, &one);
      read_person (rules, cases[i].other, &other);
      score = shequ_duplicate_score (rules, &one, &other, &reasons);
      words = list_reasons (reasons);
      g_test_message ("%d: %s", score, words);
      g_assert_cmpstr (words, ==, cases[i].reasons);
      g_assert_cmpint (score >= shequ_duplicate_rules_get_candidate (rules), ==, cases[i].candidate);
      g_assert_cmpint (shequ_duplicate_score (rules, &other, &one, &back), ==, score);
      g_assert_cmpuint (back, ==, reasons);
      /* Whoever is a candidate is met. */
      if (cases[i].candidate)
        g_assert_true (share_block (&one, &other));
      shequ_duplicate_person_clear (&one);
      shequ_duplicate_person_clear (&other);
    }
}

static void
test_wrong_rules (void)
{
  static const char *const wrong[] = {
    "[Rules]\nCandidate=0\n",       "[Weight same_shoe]\nPoints=3\n",      "[Weight same_id]\nPoints=many\n",
    "[Weight same_id]\nWeight=3\n", "[Rules]\nCandidate=50\nCertain=40\n",
  };
  g_autoptr (ShequPinyin) pinyin = shequ_pinyin_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", wrong[i]);
      g_assert_null (shequ_duplicate_rules_new ("duplicates.ini", wrong[i], pinyin, &error));
      g_assert_nonnull (error);
    }
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/duplicate/pairs", test_pairs);
  g_test_add_func ("/base/duplicate/wrong-rules", test_wrong_rules);
  return g_test_run ();
}
