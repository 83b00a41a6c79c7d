#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-query.h"

#define TODAY "2026-11-22"

typedef struct
{
  ShequCatalogue *catalogue;
  ShequQuery *query;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->catalogue = shequ_catalogue_new_shipped (&error);
  g_assert_no_error (error);
  fixture->query = shequ_query_new (shequ_catalogue_lookup (fixture->catalogue, "resident"), TODAY);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  shequ_query_free (fixture->query);
  shequ_catalogue_unref (fixture->catalogue);
}

static void
test_where (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) copy = NULL;
  g_autofree char *text = NULL;
  g_autofree char *copied = NULL;

  g_assert_true (shequ_query_add_where (fixture->query, "sex=女 and birth_date<=today-60y", &error));
  copy = shequ_query_copy (fixture->query);
  g_assert_true (shequ_query_add_where (fixture->query, "lives_here=是 or household.kind=集体户", &error));
  g_assert_no_error (error);
  text = shequ_condition_to_text (fixture->query->where);
  copied = shequ_condition_to_text (copy->where);
  g_assert_cmpstr (copied, ==, "sex=2 and birth_date<=today-60y");
  g_assert_cmpstr (text, ==,
                   "(sex=2 and birth_date<=today-60y) and (lives_here=1 or household.kind=collective)");
}

static void
test_wrong_where (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "gone=1",          "sex=甲", "sex.name=1", "household.gone=1",
                                       "birth_date<soon", "sex=",   "age=old",    "key=x" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", texts[i]);
      g_assert_false (shequ_query_add_where (fixture->query, texts[i], &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == SHEQU_ERROR);
    }
  g_assert_null (fixture->query->where);
}

static void
test_sort (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) copy = NULL;

  g_assert_true (shequ_query_sort_by (fixture->query, "birth_date", TRUE, &error));
  g_assert_true (shequ_query_sort_by (fixture->query, "name", FALSE, &error));
  g_assert_no_error (error);
  g_assert_false (shequ_query_sort_by (fixture->query, "age", FALSE, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  g_assert_false (shequ_query_sort_by (fixture->query, "gone", FALSE, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
  copy = shequ_query_copy (fixture->query);
  g_assert_cmpuint (copy->sort->len, ==, 2);
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShequQuery) copy = NULL;

  shequ_query_set_search (fixture->query, "  王 小明 ");
  g_assert_cmpstr (fixture->query->search, ==, "王 小明");
  copy = shequ_query_copy (fixture->query);
  shequ_query_set_search (fixture->query, "   ");
  g_assert_null (fixture->query->search);
  g_assert_cmpstr (copy->search, ==, "王 小明");
  g_assert_cmpstr (copy->today, ==, TODAY);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/query/where", Fixture, NULL, set_up, test_where, tear_down);
  g_test_add ("/query/wrong-where", Fixture, NULL, set_up, test_wrong_where, tear_down);
  g_test_add ("/query/sort", Fixture, NULL, set_up, test_sort, tear_down);
  g_test_add ("/query/search", Fixture, NULL, set_up, test_search, tear_down);
  return g_test_run ();
}
