/* What a clerk types and whom it finds, in the registers that are shipped. */
#include "store-fixture.h"

#include "config.h"

#include <string.h>

#include "shequ-locale.h"

typedef struct
{
  const char *name;
  const char *former_name;
  const char *id_number;
  const char *phone;
  const char *workplace;
  guint house; /* 0 for none */
} Person;

static const char *const houses[] = { "明仁小区3号楼2单元501", "幸福小区12号楼1单元301",
                                      "海明街道花园路8号院五栋二单元202" };

static const Person people[] = {
  { "王小明", NULL, "220802196503070022", "13800138000", NULL, 1 },
  { "王小明华", NULL, NULL, "0436-3223344", NULL, 2 },
  { "李王小明", NULL, NULL, NULL, NULL, 2 },
  { "张大山", "王小明", NULL, NULL, NULL, 3 },
  { "赵六", NULL, NULL, NULL, "王小明诊所", 3 },
  { "王小", NULL, NULL, NULL, NULL, 3 },
  { "覃重乐", NULL, NULL, NULL, NULL, 1 },
  { "单长乐", NULL, NULL, NULL, NULL, 1 },
  { "曾黎", NULL, NULL, NULL, NULL, 1 },
  { "解晓东", NULL, NULL, NULL, NULL, 1 },
  { "仇英", NULL, NULL, NULL, NULL, 1 },
  { "朴树", NULL, NULL, NULL, NULL, 1 },
  { "缪可", NULL, NULL, NULL, NULL, 1 },
  { "阚泽", NULL, NULL, NULL, NULL, 1 },
  { "乜贵", NULL, NULL, NULL, NULL, 1 },
  { "薄云", NULL, NULL, NULL, NULL, 1 },
  { "澹台灭明", NULL, NULL, NULL, NULL, 2 },
  { "欧阳娜", NULL, NULL, NULL, NULL, 2 },
  { "尉迟恭", NULL, NULL, NULL, NULL, 2 },
  { "万俟雪", NULL, NULL, NULL, NULL, 2 },
  { "长孙无忌", NULL, NULL, NULL, NULL, 2 },
  { "吕绿", NULL, NULL, NULL, NULL, 2 },
  { "阿卜杜拉·买买提", NULL, NULL, NULL, NULL, 2 },
  { "John Smith", NULL, NULL, NULL, NULL, 2 },
  { "张 三", NULL, NULL, NULL, NULL, 3 },
  { "𠅤𠮷", NULL, NULL, NULL, NULL, 3 },
  { "毋", NULL, NULL, NULL, NULL, 3 },
  { "乌兰图雅格日勒其其格额尔敦朝鲁巴特尔苏和巴雅尔孟和那仁花", NULL, NULL, NULL, NULL, 3 },
  { "周王明", NULL, "11010519491231002X", NULL, NULL, 3 },
};

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = NULL;
  gint64 keys[G_N_ELEMENTS (houses)];

  store_fixture_prepare (fixture);
  fixture->catalogue = shequ_catalogue_new_shipped (&error);
  g_assert_no_error (error);
  fixture->house = shequ_catalogue_lookup (fixture->catalogue, "household");
  fixture->pet = shequ_catalogue_lookup (fixture->catalogue, "resident");
  fixture->store = shequ_store_open (fixture->path, fixture->catalogue, SHEQU_OPEN_CREATE, NULL, &error);
  g_assert_no_error (error);
  transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);
  for (guint i = 0; i < G_N_ELEMENTS (houses); i++)
    {
      g_autoptr (ShequRow) row = shequ_row_new (fixture->house);

      shequ_row_set_text (row, "address", houses[i]);
      g_assert_true (shequ_transaction_insert (transaction, row, &error));
      keys[i] = row->key;
    }
  /* The last come first, so that the order found is not that of the table. */
  for (guint i = G_N_ELEMENTS (people); i-- > 0;)
    {
      g_autoptr (ShequRow) row = shequ_row_new (fixture->pet);

      shequ_row_set_text (row, "name", people[i].name);
      shequ_row_set_text (row, "former_name", people[i].former_name);
      shequ_row_set_text (row, "id_number", people[i].id_number);
      shequ_row_set_text (row, "phone", people[i].phone);
      shequ_row_set_text (row, "workplace", people[i].workplace);
      if (people[i].house > 0)
        shequ_row_set_integer (row, "household", keys[people[i].house - 1]);
      g_assert_true (shequ_transaction_insert (transaction, row, &error));
    }
  g_assert_true (shequ_transaction_commit (transaction, &error));
}

static const struct
{
  const char *typed;
  const char *names; /* in order, where there are several */
} cases[] = {
  /* The whole name, its beginning, a part, a former name, anything else. */
  { "王小明", "王小明|王小明华|李王小明|张大山|赵六" },
  { "王小", "王小|王小明华|王小明|李王小明|赵六|张大山" },
  { "wangxiaoming", "王小明|王小明华|李王小明|张大山" },
  { "wxm", "王小明|王小明华|李王小明|张大山" },
  { "lwxm", "李王小明" },
  { "wangxm", "王小明|王小明华|张大山" },
  { "王xm", "王小明华|王小明|李王小明|张大山" },
  { "w小明", "王小明华|王小明|李王小明|张大山" },
  { "wang小m", "王小明华|王小明|李王小明|张大山" },
  { "wang xiao ming", "王小明华|王小明|李王小明|张大山" },
  { "WANG XIAOMING", "王小明华|王小明|李王小明|张大山" },
  { "ｗａｎｇｘｍ", "王小明|王小明华|张大山" },
  { "zh大山", "张大山" },
  { "zds", "张大山" },
  { "zhds", "张大山" },
  { "zhdsh", "张大山" },
  { "zdsh", "张大山" },
  { "dsh", "张大山" },
  { "zhangdsh", "张大山" },
  { "shchl", "单长乐" },
  { "qchl", "覃重乐" },
  { "大山", "张大山" },
  { "ds", "张大山" },
  /* Several readings of a character. */
  { "tan", "澹台灭明|覃重乐" },
  { "qin", "覃重乐" },
  { "qinzhongle", "覃重乐" },
  { "qinchongyue", "覃重乐" },
  { "tanzhongyue", "覃重乐" },
  { "qcl", "覃重乐" },
  { "tzy", "覃重乐" },
  { "chongle", "覃重乐" },
  { "zhongle", "覃重乐" },
  { "qczl", "" },
  /* Surnames. */
  { "shan", "单长乐|张大山" },
  { "dan", "澹台灭明|单长乐" },
  { "shanzl", "单长乐" },
  { "zeng", "曾黎" },
  { "ceng", "曾黎" },
  { "xie", "解晓东" },
  { "jie", "解晓东" },
  { "qiu", "仇英" },
  { "chou", "仇英" },
  { "piao", "朴树" },
  { "pu", "朴树" },
  { "miao", "缪可" },
  { "kan", "阚泽" },
  { "nie", "乜贵" },
  { "bo", "薄云|阿卜杜拉·买买提" },
  { "bao", "薄云" },
  { "tantai", "澹台灭明" },
  { "dantai", "澹台灭明" },
  { "ouyang", "欧阳娜" },
  { "oyn", "欧阳娜" },
  { "yuchi", "尉迟恭" },
  { "moqi", "万俟雪" },
  { "zhangsun", "长孙无忌" },
  { "changsun", "长孙无忌" },
  { "无忌", "长孙无忌" },
  /* ü as v, u and itself. */
  { "lv", "吕绿" },
  { "lvlv", "吕绿" },
  { "lulu", "吕绿" },
  { "lülü", "吕绿" },
  { "吕lv", "吕绿" },
  /* Names unlike most. */
  { "阿卜杜拉", "阿卜杜拉·买买提" },
  { "买买提", "阿卜杜拉·买买提" },
  { "阿卜杜拉·买买提", "阿卜杜拉·买买提" },
  { "阿卜杜拉买买提", "阿卜杜拉·买买提" },
  { "abdl", "阿卜杜拉·买买提" },
  { "maimaiti", "阿卜杜拉·买买提" },
  { "john", "John Smith" },
  { "Smith", "John Smith" },
  { "John S", "John Smith" },
  { "johnsmith", "John Smith" },
  { "张三", "张 三" },
  { "张 三", "张 三" },
  { "zhangsan", "张 三" },
  { "𠅤", "𠅤𠮷" },
  { "𠮷", "𠅤𠮷" },
  { "毋", "毋" },
  { "wu", "毋|乌兰图雅格日勒其其格额尔敦朝鲁巴特尔苏和巴雅尔孟和那仁花|长孙无忌" },
  { "那仁花", "乌兰图雅格日勒其其格额尔敦朝鲁巴特尔苏和巴雅尔孟和那仁花" },
  { "narenhua", "乌兰图雅格日勒其其格额尔敦朝鲁巴特尔苏和巴雅尔孟和那仁花" },
  { "乌兰图雅格日勒其其格额尔敦朝鲁巴特尔苏和巴雅尔孟和那仁花",
    "乌兰图雅格日勒其其格额尔敦朝鲁巴特尔苏和巴雅尔孟和那仁花" },
  { "wltygrl", "乌兰图雅格日勒其其格额尔敦朝鲁巴特尔苏和巴雅尔孟和那仁花" },
  /* A name and where; numbers. */
  { "王小明 3号楼", "王小明" },
  { "王小明3号楼", "王小明" },
  { "3号楼王小明", "王小明" },
  { "wxm 3号楼", "王小明" },
  { "xm 12号楼", "李王小明|王小明华" },
  { "朴 3-2-501", "朴树" },
  { "朴树3号楼2单元501室", "朴树" },
  { "张三 花园路", "张 三" },
  { "张大山 5栋202", "张大山" },
  { "0022", "王小明" },
  { "070022", "王小明" },
  { "03070022", "王小明" },
  { "220802196503070022", "王小明" },
  { "002x", "周王明" },
  { "11010519491231002x", "周王明" },
  { "王 0022", "王小明" },
  { "8000", "王小明" },
  { "13800138000", "王小明" },
  { "138 0013 8000", "王小明" },
  { "3223344", "王小明华" },
  { "3344", "王小明华" },
  /* Then all who live in 明仁小区 and 海明街道. */
  { "明", "周王明|澹台灭明|李王小明|王小明华|王小明|张大山|赵六|薄云|乜贵|阚泽|缪可|朴树|仇英|解晓东|曾黎|"
          "单长乐|覃重乐|乌兰图雅格日勒其其格额尔敦朝鲁巴特尔苏和巴雅尔孟和那仁花|毋|𠅤𠮷|张 三|王小" },
};

static char *
list_names (StoreFixture *fixture, const char *typed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->pet, "2026-11-22");
  g_autoptr (GArray) keys = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  GString *names = g_string_new (NULL);

  shequ_query_set_search (query, typed);
  keys = shequ_store_list_keys (fixture->store, query, NULL, &error);
  g_assert_no_error (error);
  rows = shequ_store_fetch (fixture->store, query->reg, (const gint64 *) keys->data, keys->len,
                            SHEQU_FETCH_PLAIN, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "|" : "", shequ_row_get_text (rows->pdata[i], "name"));
  return g_string_free (names, FALSE);
}

static void
test_names (StoreFixture *fixture, gconstpointer data)
{
  guint n_wrong = 0;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *names = list_names (fixture, cases[i].typed);

      if (g_str_equal (names, cases[i].names))
        continue;
      n_wrong++;
      g_test_message ("“%s” finds %s, not %s", cases[i].typed, names, cases[i].names);
    }
  g_assert_cmpuint (n_wrong, ==, 0);
}

int
main (int argc, char *argv[])
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/search-names/table", StoreFixture, NULL, set_up, test_names, store_fixture_tear_down);
  return g_test_run ();
}
