/* What is found in a list held in memory is what the database finds, in the same order. */
#include "store-fixture.h"

#include "shequ-finder.h"
#include "shequ-locale.h"

#define PETS 700

static void
add_pets (StoreFixture *fixture)
{
  static const char *const families[] = { "王", "李", "张", "单", "曾", "欧阳", "上官", "贺" };
  static const char *const given[] = { "小明", "小花", "秀英", "建国", "玉", "晓雪", "三丰" };
  g_autoptr (GError) error = NULL;
  gint64 houses[40];
  g_autoptr (ShequTransaction) transaction = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (houses); i++)
    {
      g_autofree char *address =
        g_strdup_printf ("幸福小区%u号楼%u单元%u01", i / 8 + 1, i % 4 + 1, i % 6 + 1);

      houses[i] = store_fixture_add_house (fixture, address);
    }
  transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);
  for (guint i = 0; i < PETS; i++)
    {
      g_autoptr (ShequRow) row = shequ_row_new (fixture->pet);
      g_autofree char *name =
        g_strconcat (families[i * 7 % G_N_ELEMENTS (families)], given[i * 5 % G_N_ELEMENTS (given)], NULL);
      g_autofree char *tag = g_strdup_printf ("1380000%04u", i * 13 % 10000);

      shequ_row_set_text (row, "name", name);
      shequ_row_set_text (row, "tag", i % 3 > 0 ? tag : NULL);
      if (i % 4 > 0)
        shequ_row_set_integer (row, "weight", (gint64) i * 31 % 17);
      if (i % 11 > 0)
        shequ_row_set_integer (row, "house", houses[i * 3 % G_N_ELEMENTS (houses)]);
      g_assert_true (shequ_transaction_insert (transaction, row, &error));
      if (i % 50 == 0)
        g_assert_true (shequ_transaction_delete (transaction, fixture->pet, row->key, row->version, &error));
    }
  g_assert_true (shequ_transaction_commit (transaction, &error));
}

static const char *const typed[] = {
  "王",   "w",  "x",    "s",           "1",    "13",      "138",          "0013",
  "shan", "单", "zeng", "李 3号楼",    "wxm",  "ou yang", "小",           "3号楼2单元",
  "小区", "2",  "玉",   "zhang 1号楼", "没有", "!",       "王小明 5号楼",
};

static ShequQuery *
new_query (StoreFixture *fixture, const char *sort)
{
  ShequQuery *query = shequ_query_new (fixture->pet, "2026-11-22");
  g_autoptr (GError) error = NULL;

  if (sort != NULL)
    shequ_query_sort_by (query, sort, FALSE, &error);
  g_assert_no_error (error);
  return query;
}

static GArray *
ask (StoreFixture *fixture, const char *sort, const char *text, guint limit)
{
  g_autoptr (ShequQuery) query = new_query (fixture, sort);
  g_autoptr (GError) error = NULL;
  GArray *keys;

  shequ_query_set_search (query, text);
  query->limit = limit;
  keys = shequ_store_list_keys (fixture->store, query, NULL, &error);
  g_assert_no_error (error);
  return keys;
}

static void
assert_same (const GArray *one, const GArray *other)
{
  g_assert_cmpmem (one->data, one->len * sizeof (gint64), other->data, other->len * sizeof (gint64));
}

static void
test_orders (StoreFixture *fixture, gconstpointer data)
{
  static const char *const sorts[] = { "name", "weight", "house", "tag" };
  guint n_found = 0;

  add_pets (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      g_autoptr (ShequQuery) query = new_query (fixture, sorts[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (ShequFinder) finder = shequ_finder_new (fixture->store, query, NULL, NULL, &error);

      g_assert_no_error (error);
      for (guint turn = 0; turn < 2; turn++)
        {
          for (guint k = 0; k < G_N_ELEMENTS (typed); k++)
            {
              g_autoptr (GArray) found = shequ_finder_search (finder, typed[k], NULL, &error);
              g_autoptr (GArray) expected = ask (fixture, sorts[i], typed[k], 0);

              g_assert_no_error (error);
              assert_same (found, expected);
              n_found += found->len;
            }
          /* Once more with what is kept ready. */
          g_assert_true (shequ_finder_warm (finder, NULL, &error));
        }
    }
  g_assert_cmpuint (n_found, >, PETS);
}

static int
compare_keys (gconstpointer one, gconstpointer other)
{
  gint64 difference = *(const gint64 *) one - *(const gint64 *) other;

  return difference < 0 ? -1 : difference > 0;
}

/* The first page as the database puts it; behind it the same records, though not in the same order. */
static void
test_best (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequQuery) query = new_query (fixture, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequFinder) finder = NULL;

  add_pets (fixture);
  finder = shequ_finder_new (fixture->store, query, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint k = 0; k < G_N_ELEMENTS (typed); k++)
    {
      g_autoptr (GArray) found = shequ_finder_search_best (finder, typed[k], 0, NULL, &error);
      g_autoptr (GArray) first = shequ_finder_search_best (finder, typed[k], 20, NULL, &error);
      g_autoptr (GArray) expected = ask (fixture, NULL, typed[k], 0);
      g_autoptr (GArray) sorted = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (first->len, ==, typed[k][0] == '!' ? expected->len : MIN (20, expected->len));
      if (first->len > 0 && typed[k][0] != '!')
        g_assert_cmpint (g_array_index (first, gint64, 0), ==, g_array_index (found, gint64, 0));
      sorted = g_array_copy (found);
      g_array_sort (sorted, compare_keys);
      g_array_sort (expected, compare_keys);
      assert_same (sorted, expected);
    }
}

/* An index of what is now does not answer for what was, nor for what was deleted. */
static void
test_not_of_the_past (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequQuery) query = new_query (fixture, NULL);
  g_autoptr (GError) error = NULL;

  query->with_deleted = TRUE;
  g_assert_null (shequ_finder_new (fixture->store, query, NULL, NULL, &error));
  g_assert_no_error (error);
  query->with_deleted = FALSE;
  shequ_query_set_as_of (query, "2026-11-01");
  g_assert_null (shequ_finder_new (fixture->store, query, NULL, NULL, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                  \
  g_test_add ("/finder/" name, StoreFixture, NULL, store_fixture_set_up, function, store_fixture_tear_down)
  ADD ("orders", test_orders);
  ADD ("best", test_best);
  ADD ("not-of-the-past", test_not_of_the_past);
  return g_test_run ();
}
