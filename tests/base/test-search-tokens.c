#include "shequ-search-tokens.h"

#include "config.h"

#include <string.h>

#include "shequ-locale.h"

typedef enum
{
  TEXT,
  NAME,
  TITLE,
  EXACT,
  TAIL,
} Kind;

typedef void (*AddFunc) (ShequSearchTokens *tokens, const char *text);

static const AddFunc adders[] = {
  shequ_search_tokens_add_text,  shequ_search_tokens_add_name, shequ_search_tokens_add_title,
  shequ_search_tokens_add_exact, shequ_search_tokens_add_tail,
};

static ShequSearchTokens *
set_new (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequPinyin) pinyin = shequ_pinyin_new (&error);

  g_assert_no_error (error);
  return shequ_search_tokens_new (pinyin);
}

static void
test_tokens (void)
{
  static const struct
  {
    Kind kind;
    const char *text;
    const char *tokens;
  } cases[] = {
    { TEXT, "王小明", "王小明 小明 明" },
    { TEXT, "幸福小区3号楼", "幸福小区 福小区 小区 区 3 3号楼 号楼 楼" },
    { TEXT, "Ａ３栋", "a3 a3栋 3 3栋 栋" },
    { TEXT, "B座-ＷiFi 五①", "b 座 wifi 五 1" },
    { TEXT, "明明", "明明 明" },
    { TEXT, "…（）\"'*:", "" },
    { TEXT, "一二三四五六七八九十百千万",
      "一二三四五六七八九十百千 二三四五六七八九十百千万 三四五六七八九十百千万 四五六七八九十百千万 "
      "五六七八九十百千万 六七八九十百千万 七八九十百千万 八九十百千万 九十百千万 十百千万 百千万 千万 万" },
    { NAME, "王小明", "王小明 wangxiaoming wxm wangxm 小明 xiaoming xm 明 ming m" },
    { NAME, "吕明", "吕明 lvming lm lvm luming lum 明 ming m" },
    { TITLE, "王小明", "·王小明 ·wangxiaoming ·wxm ·wangxm ˙小明 ˙xiaoming ˙xm ˙明 ˙ming ˙m" },
    { TITLE, "3号楼", "·3号楼 ·3haolou ·3hl 号楼 haolou hl 楼 lou l 3 3号楼" },
    { TITLE, "志愿1队",
      "·志愿1队 ·zhiyuan1dui ·zy1d ·zhiy1d ˙愿1队 ˙yuan1dui ˙y1d ˙1队 ˙1dui ˙1d ˙队 ˙dui ˙d 志愿 愿 1 1队 "
      "队" },
    { EXACT, "SQ-2026-0001", "sq20260001 20260001 0001" },
    { EXACT, "民证字[2026]第01号", "民证字2026第01号 2026第01号 第01号 01号 号" },
    { TAIL, "22080219650307002X", "id22080219650307002x 0307002x 07002x 002x" },
    { TAIL, "13800138000", "13800138000 00138000 138000 8000" },
    { TAIL, "0436-3223344", "04363223344 3223344 63223344 223344 3344" },
    { TAIL, "110", "110" },
  };
  g_autoptr (ShequSearchTokens) tokens = set_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      shequ_search_tokens_clear (tokens);
      adders[cases[i].kind](tokens, cases[i].text);
      g_assert_cmpstr (shequ_search_tokens_get_text (tokens), ==, cases[i].tokens);
    }
}

static void
test_terms (void)
{
  static const struct
  {
    const char *typed;
    const char *terms;
  } cases[] = {
    { "王小明 3号楼", "王小明|3号楼" },
    { "王小明3号楼", "王小明|3号楼" },
    { "3号楼王小明", "3号楼|王小明" },
    { "zh小明", "zh|小明" },
    { "WangXM", "wangxm" },
    { "wang xiao ming", "wang|xiao|ming" },
    { "ｗａｎｇ　ｘｍ", "wang|xm" },
    { "lǚ", "lv" },
    { "0022", "0022" },
    { "002X", "002x" },
    { "22080219650307002x", "id22080219650307002x" },
    { "220802 19650307 002x", "id22080219650307002x" },
    { "138 0013 8000", "13800138000" },
    { "138-0013-8000", "13800138000" },
    { "0436-3223344", "0436|3223344" },
    { "3-2-501", "3|2|501" },
    { "幸福小区3-2-501", "幸福小区|3|2|501" },
    { "501王", "501|王" },
    { "sq2026", "sq|2026" },
    { "王 王", "王" },
    { "\"王*\" OR (a:b)", "王|or|a|b" },
    { "一二三四五六七八九十百千万", "一二三四五六七八九十百千|万" },
    { "  ", "" },
    { "", "" },
    { "%_'", "" },
    { "\xff\xfe", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) terms = shequ_search_query_terms (cases[i].typed);
      g_autofree char *joined = g_strjoinv ("|", terms);

      g_assert_cmpstr (joined, ==, cases[i].terms);
    }
}

static void
test_initials (void)
{
  static const struct
  {
    const char *term;
    const char *initials;
  } cases[] = {
    { "zhds", "zds" },
    { "zdsh", "zds" },
    { "zhdsh", "zds" },
    { "shchl", "scl" },
    { "chsh", "cs" },
    { "lsh", "ls" },
    { "lishm", "lism" },
    { "zhangdsh", "zhangds" },
    { "zhangshm", "zhangsm" },
    /* The beginning of a syllable, or of two initials of their own. */
    { "zh", NULL },
    { "sh", NULL },
    { "zhang", NULL },
    { "zhangsh", NULL },
    { "lish", NULL },
    { "xiaozh", NULL },
    { "ershi", NULL },
    { "zds", NULL },
    { "chongqing", NULL },
    { "shihaozhi", NULL },
    { "wanghm", NULL },
    /* Not pinyin. */
    { "zh大山", NULL },
    { "", NULL },
    { "220802", NULL },
    { "a4sh", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *initials = shequ_search_term_get_initials (cases[i].term);

      g_assert_cmpstr (initials, ==, cases[i].initials);
    }
}

static gboolean
finds (ShequSearchTokens *tokens, const char *typed)
{
  g_auto (GStrv) terms = shequ_search_query_terms (typed);
  g_auto (GStrv) all = g_strsplit (shequ_search_tokens_get_text (tokens), " ", -1);

  for (guint i = 0; terms[i] != NULL; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; all[j] != NULL && !found; j++)
        found = g_str_has_prefix (all[j], terms[i]);
      if (!found)
        return FALSE;
    }
  return terms[0] != NULL;
}

/* What a clerk types finds the resident, and only then. */
static void
test_finds (void)
{
  static const struct
  {
    const char *typed;
    gboolean found;
  } cases[] = {
    { "单长乐", TRUE },
    { "长乐", TRUE },
    { "乐", TRUE },
    { "shan", TRUE },
    { "shanchangle", TRUE },
    { "scl", TRUE },
    { "shancl", TRUE },
    { "shan长", TRUE },
    { "dan", TRUE },
    { "cl", TRUE },
    { "lexx", FALSE },
    { "王", FALSE },
    { "0022", TRUE },
    { "070022", TRUE },
    { "220802196503070022", TRUE },
    { "220802", FALSE },
    { "3070", FALSE },
    { "13800138000", TRUE },
    { "138 0013 8000", TRUE },
    { "8000", TRUE },
    { "幸福", TRUE },
    { "福小", TRUE },
    { "3号楼", TRUE },
    { "单 3号楼", TRUE },
    { "单3号楼", TRUE },
    { "3号楼单", TRUE },
    { "4号楼", FALSE },
    { "501", TRUE },
    { "幸福小区3号楼2单元501", TRUE },
    { "3-2-501", TRUE },
    { "SQ2026", TRUE },
    { "sq-2026-0001", TRUE },
    { "sq20260001", TRUE },
    { "0001", TRUE },
    { "0002", FALSE },
    { "91350100M000100Y43", TRUE },
    { "91350100m", TRUE },
  };
  g_autoptr (ShequSearchTokens) tokens = set_new ();

  shequ_search_tokens_add_name (tokens, "单长乐");
  shequ_search_tokens_add_tail (tokens, "220802196503070022");
  shequ_search_tokens_add_tail (tokens, "13800138000");
  shequ_search_tokens_add_text (tokens, "幸福小区3号楼2单元501");
  shequ_search_tokens_add_exact (tokens, "SQ-2026-0001");
  shequ_search_tokens_add_exact (tokens, "91350100M000100Y43");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("“%s”", cases[i].typed);
      g_assert_cmpint (finds (tokens, cases[i].typed), ==, cases[i].found);
    }
}

/* However it was written, it is found however it is typed. */
static void
test_addresses (void)
{
  static const char *const written[] = { "幸福小区3号楼2单元501", "幸福小区3-2-501",
                                         "幸福小区三栋二单元501室" };
  static const char *const typed[] = {
    "幸福 3号楼", "3栋 501", "幸福小区3-2-501", "幸福小区3号楼2单元501", "3号楼2单元501室",
    "2单元501",   "501室"
  };
  g_autoptr (ShequSearchTokens) tokens = set_new ();

  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    {
      shequ_search_tokens_clear (tokens);
      shequ_search_tokens_add_address (tokens, written[i]);
      for (guint j = 0; j < G_N_ELEMENTS (typed); j++)
        {
          g_test_message ("%s by “%s”", written[i], typed[j]);
          g_assert_true (finds (tokens, typed[j]));
        }
      g_assert_false (finds (tokens, "4号楼"));
    }
}

/* Each part of a text finds it, wherever it is cut. */
static void
test_each_part_finds (void)
{
  static const char *const text = "海明街道民生社区幸福小区3号楼2单元501室A座sq2026第4届居民代表";
  g_autoptr (ShequSearchTokens) tokens = set_new ();

  shequ_search_tokens_add_text (tokens, text);
  for (const char *start = text; *start != '\0'; start = g_utf8_next_char (start))
    {
      g_autofree char *typed = NULL;

      /* Digits and letters are found from their start only. */
      if (start > text && g_ascii_isalnum (start[0]) && g_ascii_isalnum (start[-1]))
        continue;
      for (const char *end = g_utf8_next_char (start);; end = g_utf8_next_char (end))
        {
          g_free (typed);
          typed = g_strndup (start, end - start);
          g_test_message ("“%s”", typed);
          g_assert_true (finds (tokens, typed));
          if (*end == '\0')
            break;
        }
    }
}

static void
test_large (void)
{
  g_autoptr (ShequSearchTokens) tokens = set_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) all = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < 100000; i++)
    {
      g_string_append_unichar (text, 0x4E00 + i * 7919 % 20000);
      if (i % 11 == 0)
        g_string_append_printf (text, "%u", i);
    }
  shequ_search_tokens_add_text (tokens, text->str);
  shequ_search_tokens_add_name (tokens, text->str);
  shequ_search_tokens_add_exact (tokens, text->str);
  shequ_search_tokens_add_tail (tokens, text->str);
  all = g_strsplit (shequ_search_tokens_get_text (tokens), " ", -1);
  g_assert_cmpuint (g_strv_length (all), ==, shequ_search_tokens_get_count (tokens));
  g_assert_cmpuint (g_strv_length (all), <, 20000);
  for (guint i = 0; all[i] != NULL; i++)
    {
      g_assert_true (g_utf8_validate (all[i], -1, NULL));
      g_assert_true (g_hash_table_add (seen, all[i]));
    }
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/search-tokens/tokens", test_tokens);
  g_test_add_func ("/search-tokens/terms", test_terms);
  g_test_add_func ("/search-tokens/finds", test_finds);
  g_test_add_func ("/search-tokens/addresses", test_addresses);
  g_test_add_func ("/search-tokens/each-part-finds", test_each_part_finds);
  g_test_add_func ("/search-tokens/large", test_large);

  g_test_add_func ("/search-tokens/initials", test_initials);
  return g_test_run ();
}
