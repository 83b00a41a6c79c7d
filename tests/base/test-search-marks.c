#include "shequ-search-marks.h"

#include "config.h"

#include "shequ-locale.h"

/* The text with brackets around what is marked. */
static char *
mark (const ShequSearchMarks *marks, const char *text, gboolean is_name)
{
  g_autoptr (GArray) found = shequ_search_marks_find (marks, text, is_name);
  GString *shown = g_string_new (text);

  for (guint i = found != NULL ? found->len : 0; i-- > 0;)
    {
      ShequSearchMark *part = &g_array_index (found, ShequSearchMark, i);

      g_string_insert (shown, part->end, "]");
      g_string_insert (shown, part->start, "[");
    }
  return g_string_free (shown, FALSE);
}

static void
test_marks (void)
{
  static const struct
  {
    const char *typed;
    const char *text;
    const char *shown;
    gboolean is_name;
    double score;
  } cases[] = {
    { "王小明", "王小明", "[王小明]", TRUE, 1 },
    { "王小", "王小明", "[王小]明", TRUE, 0.9 },
    { "xm", "王小明", "王[小明]", TRUE, 0.7 },
    { "wxm", "王小明", "[王小明]", TRUE, 1 },
    { "wangxm", "王小明", "[王小明]", TRUE, 1 },
    { "wangxiaom", "王小明", "[王小明]", TRUE, 1 },
    { "xiao", "王小明", "王[小]明", TRUE, 0.7 },
    { "zh小明", "赵小明", "[赵小明]", TRUE, 1 },
    { "zhds", "张大山", "[张大山]", TRUE, 1 },
    { "dsh", "张大山", "张[大山]", TRUE, 0.7 },
    { "wang小m", "王小明", "[王小明]", TRUE, 1 },
    { "xm", "王小明", "王小明", FALSE, 0.7 },
    { "tan", "覃重乐", "[覃]重乐", TRUE, 0.9 },
    { "qinzhongyue", "覃重乐", "[覃重乐]", TRUE, 1 },
    { "tantai", "澹台灭明", "[澹台]灭明", TRUE, 0.9 },
    { "lu", "吕绿", "[吕绿]", TRUE, 1 },
    { "lü", "吕绿", "[吕绿]", TRUE, 1 },
    { "张三", "张 三", "[张 三]", TRUE, 1 },
    { "买买提", "阿卜杜拉·买买提", "阿卜杜拉·[买买提]", TRUE, 0.7 },
    { "smith", "John Smith", "John [Smith]", TRUE, 0.7 },
    { "mith", "John Smith", "John Smith", TRUE, 0.5 },
    { "王 3号楼", "明仁小区3号楼2单元501", "明仁小区[3号楼]2单元501", FALSE, 0.7 },
    { "501", "明仁小区3号楼2单元501", "明仁小区3号楼2单元[501]", FALSE, 0.7 },
    { "0022", "220802196503070022", "22080219650307[0022]", FALSE, 0.7 },
    { "220802196503070022", "220802196503070022", "[220802196503070022]", FALSE, 1 },
    { "8000", "138****8000", "138****[8000]", FALSE, 0.7 },
    { "3800", "13800138000", "13800138000", FALSE, 0.5 },
    { "𠮷", "𠅤𠮷", "𠅤[𠮷]", TRUE, 0.7 },
    { "ming", "明明", "[明明]", TRUE, 1 },
    { "li", "王小明", "王小明", TRUE, 0.5 },
    { "", "王小明", "王小明", TRUE, 0 },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequPinyin) pinyin = shequ_pinyin_new (&error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ShequSearchMarks) marks = shequ_search_marks_new (cases[i].typed, pinyin);
      g_autofree char *shown = mark (marks, cases[i].text, cases[i].is_name);

      g_test_message ("“%s” in %s", cases[i].typed, cases[i].text);
      g_assert_cmpstr (shown, ==, cases[i].shown);
      g_assert_cmpfloat (shequ_search_marks_score (marks, cases[i].text), ==, cases[i].score);
    }
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/search-marks/table", test_marks);
  return g_test_run ();
}
