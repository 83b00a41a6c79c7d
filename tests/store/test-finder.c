/* What is found in a list held in memory is what the database finds, in the same order. */
#include "store-fixture.h"

#include "shequ-finder-private.h"
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
  "王",           "w",    "x",       "s",  "1",          "13",   "138", "0013", "shan",        "单",   "zeng",
  "李 3号楼",     "wxm",  "ou yang", "小", "3号楼2单元", "小区", "2",   "玉",   "zhang 1号楼", "没有", "!",
  "王小明 5号楼", "zhds", "shx",
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
      gboolean complete = FALSE;
      g_autoptr (ShequFinder) finder = shequ_finder_new (fixture->store, query, NULL, 0, NULL, NULL, &error);

      g_assert_no_error (error);
      for (guint turn = 0; turn < 2; turn++)
        {
          for (guint k = 0; k < G_N_ELEMENTS (typed); k++)
            {
              g_autoptr (GArray) found = shequ_finder_search (finder, typed[k], 0, &complete, NULL, &error);
              g_autoptr (GArray) expected = ask (fixture, sorts[i], typed[k], 0);

              g_assert_true (complete);
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

/* How many pets are found by what stands in them. */
static guint
count_own (ShequFinder *finder, const char *text)
{
  g_auto (GStrv) terms = shequ_search_query_terms (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequKeySet) own = NULL;
  ShequConnection *reader = shequ_store_take_reader (finder->store, NULL, &error);

  own =
    shequ_term_sets_find_own (finder->sets, reader, terms, g_strv_length (terms), SHEQU_MATCH_ANY, &error);
  g_assert_no_error (error);
  shequ_store_give_reader (finder->store, reader);
  return terms[0] != NULL ? shequ_key_set_count (own) : 0;
}

/* The first page as the database puts it; behind it the same records, though not in the same order. */
static void
test_best (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequQuery) query = new_query (fixture, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequFinder) finder = NULL;

  add_pets (fixture);
  finder = shequ_finder_new (fixture->store, query, NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint k = 0; k < G_N_ELEMENTS (typed); k++)
    {
      g_autoptr (GArray) found = shequ_finder_search_best (finder, typed[k], 0, NULL, &error);
      g_autoptr (GArray) first = shequ_finder_search_best (finder, typed[k], 20, NULL, &error);
      g_autoptr (GArray) expected = ask (fixture, NULL, typed[k], 0);
      g_autoptr (GArray) sorted = NULL;
      guint n_own;

      g_assert_no_error (error);
      g_assert_cmpuint (first->len, ==, typed[k][0] == '!' ? expected->len : MIN (20, expected->len));
      if (first->len > 0 && typed[k][0] != '!')
        g_assert_cmpint (g_array_index (first, gint64, 0), ==, g_array_index (found, gint64, 0));
      /* What is found in the records themselves is in the order of the database, and so is its first page. */
      n_own = count_own (finder, typed[k]);
      g_assert_cmpmem (found->data, n_own * sizeof (gint64), expected->data, n_own * sizeof (gint64));
      n_own = MIN (n_own, first->len);
      g_assert_cmpmem (first->data, n_own * sizeof (gint64), found->data, n_own * sizeof (gint64));
      sorted = g_array_copy (found);
      g_array_sort (sorted, compare_keys);
      g_array_sort (expected, compare_keys);
      assert_same (sorted, expected);
    }
}

/* A page of what many records hold is told before the rest. */
static void
test_pages (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequQuery) query = new_query (fixture, "weight");
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequFinder) finder = NULL;

  add_pets (fixture);
  finder = shequ_finder_new (fixture->store, query, NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint k = 0; k < G_N_ELEMENTS (typed); k++)
    for (guint limit = 1; limit < 4; limit++)
      {
        gboolean complete = FALSE;
        g_autoptr (GArray) page = shequ_finder_search (finder, typed[k], limit, &complete, NULL, &error);
        g_autoptr (GArray) expected = ask (fixture, "weight", typed[k], 0);

        g_assert_no_error (error);
        if (typed[k][0] == '!')
          continue;
        g_assert_true (complete == (page->len == expected->len));
        g_assert_cmpuint (page->len, >=, MIN (limit, expected->len));
        g_assert_cmpuint (page->len, <=, complete ? expected->len : limit);
        g_array_set_size (expected, page->len);
        assert_same (page, expected);
      }
}

static gint64
pick (GRand *rand, const GArray *keys)
{
  return g_array_index (keys, gint64, g_rand_int_range (rand, 0, (gint32) keys->len));
}

/* Something that a clerk does to one record. */
static void
do_something (StoreFixture *fixture, ShequTransaction *transaction, GRand *rand, const GArray *pets)
{
  static const char *const names[] = { "王小明", "欧阳花", "张大山", "解三丰", "白玉", "李" };
  static const char *const addresses[] = { "幸福小区2号楼2单元201", "光明里7栋3单元", "和平路13号", NULL };
  gint32 what = g_rand_int_range (rand, 0, 7);
  g_autoptr (GError) error = NULL;
  g_autofree char *tag = g_strdup_printf ("139%08d", g_rand_int_range (rand, 0, 99999999));
  g_autoptr (ShequRow) row = NULL;

  if (what == 0)
    {
      row = shequ_row_new (fixture->pet);
      shequ_row_set_text (row, "name", names[g_rand_int_range (rand, 0, G_N_ELEMENTS (names))]);
      shequ_row_set_integer (row, "house", g_rand_int_range (rand, 1, 41));
      g_assert_true (shequ_transaction_insert (transaction, row, &error));
      return;
    }
  if (what == 1)
    {
      row = shequ_transaction_get (transaction, fixture->house, g_rand_int_range (rand, 1, 41), &error);
      shequ_row_set_text (row, "address",
                          addresses[g_rand_int_range (rand, 0, G_N_ELEMENTS (addresses) - 1)]);
      g_assert_true (shequ_transaction_update (transaction, row, &error));
      return;
    }
  row = shequ_transaction_get (transaction, fixture->pet, pick (rand, pets), NULL);
  if (row == NULL)
    return; /* deleted a moment ago */
  if (what == 2)
    {
      g_assert_true (shequ_transaction_delete (transaction, fixture->pet, row->key, row->version, &error));
      if (g_rand_boolean (rand))
        g_assert_true (shequ_transaction_restore (transaction, fixture->pet, row->key, &error));
      return;
    }
  if (what == 3)
    shequ_row_set_text (row, "name", names[g_rand_int_range (rand, 0, G_N_ELEMENTS (names))]);
  else if (what == 4)
    shequ_row_set_integer (row, "house", g_rand_int_range (rand, 1, 41));
  else if (what == 5)
    shequ_row_set_text (row, "tag", tag);
  else
    shequ_row_set_integer (row, "weight", g_rand_int_range (rand, 0, 17));
  g_assert_true (shequ_transaction_update (transaction, row, &error));
}

static void
assert_finds_as_database (StoreFixture *fixture, ShequFinder *finder, const char *sort)
{
  g_autoptr (GArray) all = ask (fixture, sort, NULL, 0);
  g_autoptr (GError) error = NULL;

  assert_same (shequ_finder_get_keys (finder), all);
  for (guint k = 0; k < G_N_ELEMENTS (typed); k++)
    {
      gboolean complete = FALSE;
      g_autoptr (GArray) found = shequ_finder_search (finder, typed[k], 0, &complete, NULL, &error);
      g_autoptr (GArray) expected = ask (fixture, sort, typed[k], 0);

      g_assert_no_error (error);
      assert_same (found, expected);
    }
}

/* Whatever is done to the records, a list that followed it is what the database lists, in the same order, and
 * so is what is found in it, also by the terms that are kept ready. */
static void
test_follow (StoreFixture *fixture, gconstpointer data)
{
  static const char *const sorts[] = { "name", "weight", "house", "tag" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123);

  add_pets (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      g_autoptr (ShequQuery) query = new_query (fixture, sorts[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (ShequFinder) finder = shequ_finder_new (fixture->store, query, NULL, 0, NULL, NULL, &error);

      g_assert_no_error (error);
      shequ_finder_get_sets (finder)->ready_cost = 20;
      g_assert_true (shequ_finder_warm (finder, NULL, &error));
      g_assert_cmpuint (shequ_finder_get_sets (finder)->n_ready, >, 20);
      for (guint round = 0; round < 9; round++)
        {
          g_autoptr (ShequTransaction) transaction =
            shequ_store_begin (fixture->store, &test_actor, NULL, &error);
          ShequFinder *next;

          for (gint32 n = g_rand_int_range (rand, 1, 6); n > 0; n--)
            do_something (fixture, transaction, rand, shequ_finder_get_keys (finder));
          g_assert_true (shequ_transaction_commit (transaction, &error));
          next = shequ_finder_follow (finder, "2026-11-22", NULL, &error);
          g_assert_no_error (error);
          /* A house of so many that the order is read again. */
          if (next == NULL)
            next =
              shequ_finder_new (fixture->store, query, NULL, 0, shequ_finder_get_sets (finder), NULL, &error);
          g_assert_no_error (error);
          g_assert_nonnull (next);
          shequ_finder_unref (finder);
          finder = next;
          assert_finds_as_database (fixture, finder, sorts[i]);
        }
    }
}

/* A list of some follows who comes in and who goes out; one that depends on others is read again. */
static void
follow_filtered (StoreFixture *fixture, const char *condition, gboolean often)
{
  g_autoptr (ShequQuery) query = new_query (fixture, "name");
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_str_hash (condition));
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequFinder) finder = NULL;
  g_autoptr (GArray) all = ask (fixture, "name", NULL, 0);
  guint n_followed = 0;

  g_assert_true (shequ_query_add_where (query, condition, &error));
  finder = shequ_finder_new (fixture->store, query, NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint round = 0; round < 30; round++)
    {
      g_autoptr (ShequTransaction) transaction =
        shequ_store_begin (fixture->store, &test_actor, NULL, &error);
      g_autoptr (GArray) expected = NULL;
      ShequFinder *next;

      do_something (fixture, transaction, rand, all);
      g_assert_true (shequ_transaction_commit (transaction, &error));
      next = shequ_finder_follow (finder, "2026-11-22", NULL, &error);
      g_assert_no_error (error);
      n_followed += next != NULL;
      if (next == NULL)
        next = shequ_finder_new (fixture->store, query, NULL, 0, NULL, NULL, &error);
      shequ_finder_unref (finder);
      finder = next;
      expected = shequ_store_list_keys (fixture->store, query, NULL, &error);
      g_assert_no_error (error);
      assert_same (shequ_finder_get_keys (finder), expected);
    }
  g_assert_true ((n_followed > 20) == often);
  /* On another day, who is in the list may be somebody else. */
  g_assert_null (shequ_finder_follow (finder, "2026-11-23", NULL, &error));
  g_assert_no_error (error);
}

static void
test_follow_filtered (StoreFixture *fixture, gconstpointer data)
{
  add_pets (fixture);
  follow_filtered (fixture, "weight>8", TRUE);
  follow_filtered (fixture, "house.address=光明里7栋3单元", TRUE);
  follow_filtered (fixture, "house.pets>16", FALSE);
}

static void
add_many (StoreFixture *fixture, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ShequRow) row = shequ_row_new (fixture->pet);

      shequ_row_set_text (row, "name", "张三");
      g_assert_true (shequ_transaction_insert (transaction, row, &error));
    }
  g_assert_true (shequ_transaction_commit (transaction, &error));
}

/* What the next keystroke reads behind a change does not grow with the list; a change of too many is not
 * followed. */
static void
test_work (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequQuery) query = new_query (fixture, "name");
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequFinder) finder = NULL;
  g_autoptr (ShequFinder) next = NULL;
  g_autoptr (ShequFinder) other = NULL;
  g_autoptr (GArray) found = NULL;
  gboolean complete = FALSE;
  guint64 before;
  gint64 key;

  add_pets (fixture);
  finder = shequ_finder_new (fixture->store, query, NULL, 0, NULL, NULL, &error);
  g_assert_cmpuint (shequ_finder_count_read (finder), >, PETS);
  found = shequ_finder_search (finder, "w", 0, &complete, NULL, &error);
  key = store_fixture_add_pet (fixture, "王小明", "13800009999", 1);
  before = shequ_finder_count_read (finder);
  next = shequ_finder_follow (finder, "2026-11-22", NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (next);
  g_clear_pointer (&found, g_array_unref);
  found = shequ_finder_search (next, "w", 0, &complete, NULL, &error);
  g_assert_cmpuint (shequ_finder_count_read (next) - before, <, 200);
  g_array_sort (found, compare_keys);
  g_assert_cmpint (g_array_index (found, gint64, found->len - 1), ==, key);

  /* Nothing is read where nothing was changed, and the list is the same. */
  before = shequ_finder_count_read (next);
  other = shequ_finder_follow (next, "2026-11-22", NULL, &error);
  g_assert_true (shequ_finder_get_keys (other) == shequ_finder_get_keys (next));
  g_assert_cmpuint (shequ_finder_count_read (next), ==, before);

  add_many (fixture, 300);
  g_clear_pointer (&other, shequ_finder_unref);
  g_assert_null (shequ_finder_follow (next, "2026-11-22", NULL, &error));
  g_assert_no_error (error);
  other = shequ_finder_new (fixture->store, query, NULL, 0, shequ_finder_get_sets (next), NULL, &error);
  g_assert_no_error (error);
  assert_finds_as_database (fixture, other, "name");
}

/* What was changed between the keys and the finder is followed. */
static void
test_known_keys (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequQuery) query = new_query (fixture, "name");
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequFinder) finder = NULL;
  g_autoptr (ShequFinder) next = NULL;
  g_autoptr (GArray) keys = NULL;
  gint64 entry;

  add_pets (fixture);
  entry = shequ_finder_get_last_entry (fixture->store, NULL, &error);
  g_assert_cmpint (entry, >, PETS);
  keys = shequ_store_list_keys (fixture->store, query, NULL, &error);
  store_fixture_add_pet (fixture, "王小明", NULL, 1);
  finder = shequ_finder_new (fixture->store, query, keys, entry, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (shequ_finder_get_keys (finder) == keys);
  next = shequ_finder_follow (finder, "2026-11-22", NULL, &error);
  g_assert_no_error (error);
  assert_finds_as_database (fixture, next, "name");
}

/* An index of what is now does not answer for what was, nor for what was deleted. */
static void
test_not_of_the_past (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequQuery) query = new_query (fixture, NULL);
  g_autoptr (GError) error = NULL;

  query->with_deleted = TRUE;
  g_assert_null (shequ_finder_new (fixture->store, query, NULL, 0, NULL, NULL, &error));
  g_assert_no_error (error);
  query->with_deleted = FALSE;
  shequ_query_set_as_of (query, "2026-11-01");
  g_assert_null (shequ_finder_new (fixture->store, query, NULL, 0, NULL, NULL, &error));
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
  ADD ("pages", test_pages);
  ADD ("follow", test_follow);
  ADD ("follow-filtered", test_follow_filtered);
  ADD ("work", test_work);
  ADD ("known-keys", test_known_keys);
  ADD ("not-of-the-past", test_not_of_the_past);
  return g_test_run ();
}
