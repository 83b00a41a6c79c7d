#include "shequ-pinyin.h"

#include "config.h"

#include <string.h>

#include "shequ-locale.h"

static ShequPinyin *
reader (void)
{
  g_autoptr (GError) error = NULL;
  ShequPinyin *pinyin = shequ_pinyin_new (&error);

  g_assert_no_error (error);
  return pinyin;
}

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    const char *first; /* the likeliest reading */
    const char *other; /* (nullable): must be among the others */
    const char *initials;
  } names[] = {
    { "王小明", "wangxiaoming", NULL, "wxm" },
    { "单雄信", "shanxiongxin", "danxiongxin", "sxx" },
    { "曾国藩", "zengguofan", NULL, "zgf" },
    { "解晓东", "xiexiaodong", NULL, "xxd" },
    { "仇和", "qiuhe", NULL, "qh" },
    { "区建", "oujian", NULL, "oj" },
    { "朴正", "piaozheng", "puzheng", "pz" },
    { "缪红", "miaohong", NULL, "mh" },
    { "阚清", "kanqing", NULL, "kq" },
    { "乜强", "nieqiang", NULL, "nq" },
    { "薄冰", "bobing", "baobing", "bb" },
    { "覃海洋", "qinhaiyang", "tanhaiyang", "qhy" },
    { "澹台明", "tantaiming", NULL, "ttm" },
    { "尉迟恭", "yuchigong", NULL, "ycg" },
    { "万俟卨", "moqixie", NULL, "mqx" },
    { "欧阳娜娜", "ouyangnana", NULL, "oynn" },
    { "吕丽", "lvli", "luli", "ll" },
    { "张重阳", "zhangchongyang", "zhangzhongyang", "zcy" },
    { "李长乐", "lichangle", "lizhangyue", "lcl" },
    { "阿依古丽·买买提", "ayigulimaimaiti", NULL, "ayglmmt" },
    { "李Mary", "limary", NULL, "lm" },
    { "John Smith", "johnsmith", NULL, "js" },
    { " 王 小 明 ", "wangxiaoming", NULL, "wxm" },
    { "𠮷田", "𠮷tian", NULL, "𠮷t" },
    { "重庆路社区居委会", "chongqinglushequjuweihui", "zhongqinglushequjuweihui", "cqlsqjwh" },
    { "单位", "shanwei", "danwei", "sw" },
    { "", NULL, NULL, "" },
    { "···", NULL, NULL, "" },
    { "\xff\xfe", NULL, NULL, "" },
  };
  g_autoptr (ShequPinyin) pinyin = reader ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_auto (GStrv) readings = shequ_pinyin_get_readings (pinyin, names[i].name);
      g_autofree char *initials = shequ_pinyin_get_initials (pinyin, names[i].name);

      g_test_message ("%s", names[i].name);
      g_assert_cmpstr (initials, ==, names[i].initials);
      g_assert_cmpstr (readings[0], ==, names[i].first);
      if (names[i].other != NULL)
        g_assert_true (g_strv_contains ((const char *const *) readings, names[i].other));
    }
}

static void
test_sort (void)
{
  static const char *const sorted[] = { "陈明",   "李大伟", "李明", "李明明", "黎明", "连明",
                                        "单雄信", "王",     "王明", "曾国藩", "𠮷田" };
  g_autoptr (ShequPinyin) pinyin = reader ();
  g_autofree char *key = shequ_pinyin_get_sort_key (pinyin, "王小明");
  g_autofree char *shan = shequ_pinyin_get_sort_key (pinyin, "单雄信");
  g_autofree char *before = g_strdup ("");

  g_assert_cmpstr (key, ==, "wang 王 xiao 小 ming 明");
  g_assert_true (g_str_has_prefix (shan, "shan "));
  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    {
      g_autofree char *next = shequ_pinyin_get_sort_key (pinyin, sorted[i]);
      g_test_message ("%s < %s", before, next);
      g_assert_cmpstr (before, <, next);
      g_free (before);
      before = g_steal_pointer (&next);
    }
}

static void
test_long_text (void)
{
  g_autoptr (ShequPinyin) pinyin = reader ();
  g_autofree char *word = g_strnfill (5000, 'A');
  g_autoptr (GString) text = g_string_new (NULL);
  ShequPinyinName name;

  for (guint i = 0; i < 3000; i++)
    g_string_append (text, "重");
  shequ_pinyin_analyse (pinyin, text->str, &name);
  g_assert_cmpuint (name.count, ==, SHEQU_PINYIN_MOST_PARTS);
  g_assert_cmpuint (name.surname_parts, ==, 0);
  shequ_pinyin_analyse (pinyin, word, &name);
  g_assert_cmpuint (name.count, ==, SHEQU_PINYIN_MOST_PARTS);
}

static gpointer
read_many (gpointer data)
{
  ShequPinyin *pinyin = data;

  for (gunichar character = 0x4E00; character < 0x5200; character++)
    {
      g_autofree char *key = NULL;
      char text[7] = { 0 };

      g_unichar_to_utf8 (character, text);
      key = shequ_pinyin_get_sort_key (pinyin, text);
      g_assert_nonnull (strstr (key, text));
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (ShequPinyin) pinyin = reader ();
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", read_many, pinyin);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pinyin/names", test_names);
  g_test_add_func ("/pinyin/sort", test_sort);
  g_test_add_func ("/pinyin/long-text", test_long_text);
  g_test_add_func ("/pinyin/threads", test_threads);

  return g_test_run ();
}
