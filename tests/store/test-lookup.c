#include "store-fixture.h"

#include "shequ-error.h"
#include "shequ-locale.h"

static void
fill (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gint64 one = store_fixture_add_house (fixture, "幸福小区3号楼2单元501");
  gint64 other = store_fixture_add_house (fixture, "阳光花园12号楼1单元301");
  static const struct
  {
    const char *name;
    const char *tag;
    const char *born;
    const char *kind;
    int weight;
  } pets[] = {
    { "单小花", "2208020001", "2020-02-29", "cat", 3 },
    { "王小明", "2208020002", "2024-11-22", "dog", 12 },
    { "曾阿黑", "2208020003", "2024-11-23", "dog", 30 },
    { "欧阳雪", NULL, NULL, NULL, 0 },
  };
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);

  for (guint i = 0; i < G_N_ELEMENTS (pets); i++)
    {
      g_autoptr (ShequRow) row = shequ_row_new (fixture->pet);

      shequ_row_set_text (row, "name", pets[i].name);
      shequ_row_set_text (row, "tag", pets[i].tag);
      shequ_row_set_text (row, "born", pets[i].born);
      shequ_row_set_text (row, "kind", pets[i].kind);
      if (pets[i].weight > 0)
        shequ_row_set_integer (row, "weight", pets[i].weight);
      shequ_row_set_integer (row, "house", i % 2 == 0 ? one : other);
      g_assert_true (shequ_transaction_insert (transaction, row, &error));
    }
  g_assert_true (shequ_transaction_commit (transaction, &error));
}

static char *
list_names (StoreFixture *fixture, const ShequQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) keys = shequ_store_list_keys (fixture->store, query, NULL, &error);
  g_autoptr (GPtrArray) rows = NULL;
  GString *names = g_string_new (NULL);

  g_assert_no_error (error);
  rows = shequ_store_fetch (fixture->store, query->reg, (const gint64 *) keys->data, keys->len,
                            SHEQU_FETCH_PLAIN, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, keys->len);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", shequ_row_get_text (rows->pdata[i], "name"));
  return g_string_free (names, FALSE);
}

static void
test_conditions (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *where;
    const char *names;
  } cases[] = {
    { "kind=dog", "王小明 曾阿黑" },
    { "kind!=dog", "单小花" },
    { "not kind=dog", "欧阳雪 单小花" },
    { "kind is empty", "欧阳雪" },
    { "kind is set and weight>=12", "王小明 曾阿黑" },
    { "weight<12 or weight>20", "单小花 曾阿黑" },
    { "born<=2024-11-22", "单小花 王小明" },
    { "born<today-1y", "单小花 王小明 曾阿黑" },
    { "age>=2", "单小花 王小明" },
    { "house.address=幸福小区3号楼2单元501", "单小花 曾阿黑" },
    { "house.pets>1", "欧阳雪 单小花 王小明 曾阿黑" },
    { "house=阳光花园12号楼1单元301", "欧阳雪 王小明" },
  };

  fill (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ShequQuery) query = shequ_query_new (fixture->pet, "2026-11-22");
      g_autoptr (GError) error = NULL;
      g_autofree char *names = NULL;

      g_test_message ("%s", cases[i].where);
      g_assert_true (shequ_query_add_where (query, cases[i].where, &error));
      names = list_names (fixture, query);
      g_assert_cmpstr (names, ==, cases[i].names);
    }
}

static void
test_condition_errors (StoreFixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = { "colour=red", "born=never", "kind.address=1", "house.colour=1",
                                       "weight=much" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (ShequQuery) query = shequ_query_new (fixture->pet, "2026-11-22");
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", wrong[i]);
      if (shequ_query_add_where (query, wrong[i], &error))
        g_assert_null (shequ_store_list_keys (fixture->store, query, NULL, &error));
      g_assert_nonnull (error);
    }
}

static void
test_sort (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->pet, "2026-11-22");
  g_autofree char *by_weight = NULL;
  g_autofree char *by_house = NULL;

  fill (fixture);
  g_assert_true (shequ_query_sort_by (query, "weight", TRUE, &error));
  by_weight = list_names (fixture, query);
  g_assert_cmpstr (by_weight, ==, "曾阿黑 王小明 单小花 欧阳雪");
  g_array_set_size (query->sort, 0);
  g_assert_true (shequ_query_sort_by (query, "house", FALSE, &error));
  by_house = list_names (fixture, query);
  g_assert_cmpstr (by_house, ==, "单小花 曾阿黑 王小明 欧阳雪");
}

static void
test_search (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *typed;
    const char *names;
  } cases[] = {
    { "王小明", "王小明" },  { "小", "单小花 王小明" },     { "shan", "单小花" },
    { "zeng", "曾阿黑" },    { "wxm", "王小明" },           { "xiaoming", "王小明" },
    { "ouyang", "欧阳雪" },  { "0003", "曾阿黑" },          { "2208020002", "王小明" },
    { "幸福 小", "单小花" }, { "12号楼", "王小明 欧阳雪" }, { "小花 3号楼", "单小花" },
    { "没有这个人", "" },    { "\"; DROP TABLE", "" },      { "王*", "王小明" },
  };

  fill (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ShequQuery) query = shequ_query_new (fixture->pet, "2026-11-22");
      g_autofree char *names = NULL;

      g_test_message ("%s", cases[i].typed);
      shequ_query_set_search (query, cases[i].typed);
      names = list_names (fixture, query);
      g_assert_cmpstr (names, ==, cases[i].names);
    }
}

static void
test_search_follows_the_house (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 house = store_fixture_add_house (fixture, "幸福小区3号楼");
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->pet, NULL);
  g_autoptr (ShequRow) row = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  ShequTransaction *transaction;

  store_fixture_add_pet (fixture, "小花", NULL, house);
  shequ_query_set_search (query, "9号楼");
  before = list_names (fixture, query);
  g_assert_cmpstr (before, ==, "");
  row = shequ_store_get (fixture->store, fixture->house, house, SHEQU_FETCH_PLAIN, NULL, NULL, &error);
  shequ_row_set_text (row, "address", "幸福小区9号楼");
  transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);
  g_assert_true (shequ_transaction_update (transaction, row, &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  shequ_transaction_free (transaction);
  after = list_names (fixture, query);
  g_assert_cmpstr (after, ==, "小花");
}

static void
test_search_all_registers (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  const ShequHit *first;

  fill (fixture);
  hits = shequ_store_search (fixture->store, "幸福小区3号楼2单元501", NULL, 10, "2026-11-22", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 3);
  first = hits->pdata[0];
  g_assert_true (first->reg == fixture->house);
  g_assert_cmpfloat (first->score, >, ((ShequHit *) hits->pdata[1])->score);
}

static void
test_computed (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->pet, "2026-02-28");
  g_autoptr (GArray) keys = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  fill (fixture);
  g_assert_true (shequ_query_add_where (query, "born is set", &error));
  keys = shequ_store_list_keys (fixture->store, query, NULL, &error);
  rows = shequ_store_fetch (fixture->store, fixture->pet, (const gint64 *) keys->data, keys->len,
                            SHEQU_FETCH_COMPUTED, "2026-02-28", NULL, &error);
  g_assert_no_error (error);
  /* Born on 29 February: five years old until the first of March. */
  g_assert_cmpint (shequ_row_get_integer (rows->pdata[0], "age"), ==, 5);
  g_assert_cmpint (shequ_row_get_integer (rows->pdata[1], "age"), ==, 1);
}

static void
test_summary (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->pet, "2026-11-22");
  ShequSummaryQuery summary = { query };
  g_autoptr (GPtrArray) rows = NULL;
  const ShequSummaryRow *row;

  fill (fixture);
  g_assert_true (shequ_query_add_where (query, "kind is set", &error));
  summary.group = shequ_register_lookup (fixture->pet, "kind");
  summary.date = shequ_register_lookup (fixture->pet, "born");
  summary.period = SHEQU_PERIOD_MONTH;
  summary.sum = shequ_register_lookup (fixture->pet, "weight");
  rows = shequ_store_summarise (fixture->store, &summary, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 2);
  row = rows->pdata[0];
  g_assert_cmpstr (row->group, ==, "dog");
  g_assert_cmpstr (row->label, ==, "Dog");
  g_assert_cmpstr (row->period, ==, "2024-11");
  g_assert_cmpint (row->count, ==, 2);
  g_assert_cmpint (row->sum, ==, 42);
}

static void
test_check (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  fill (fixture);
  problems = shequ_store_check (fixture->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                  \
  g_test_add ("/lookup/" name, StoreFixture, NULL, store_fixture_set_up, function, store_fixture_tear_down)
  ADD ("conditions", test_conditions);
  ADD ("condition-errors", test_condition_errors);
  ADD ("sort", test_sort);
  ADD ("search", test_search);
  ADD ("search-follows-the-house", test_search_follows_the_house);
  ADD ("search-all-registers", test_search_all_registers);
  ADD ("computed", test_computed);
  ADD ("summary", test_summary);
  ADD ("check", test_check);

  return g_test_run ();
}
