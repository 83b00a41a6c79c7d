#include "model-fixture.h"

#include "shequ-locale.h"
#include "shequ-shelf.h"

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

static GPtrArray *
list_books (ModelFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *books = shequ_shelf_list (fixture->office, NULL, &error);

  g_assert_no_error (error);
  return books;
}

static const ShequBook *
find_book (const GPtrArray *books, const char *name)
{
  for (guint i = 0; i < books->len; i++)
    if (g_str_equal (((const ShequBook *) books->pdata[i])->reg->name, name))
      return books->pdata[i];
  g_error ("there is no %s", name);
}

/* Every shipped register says what belongs into it and stands under a heading; headings do not mix. */
static void
test_described (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) books = list_books (fixture);
  ShequArea area = SHEQU_AREA_NETWORK;

  g_assert_cmpuint (books->len, ==, shequ_catalogue_get_registers (fixture->catalogue)->len);
  for (guint i = 0; i < books->len; i++)
    {
      const ShequBook *book = books->pdata[i];

      if (book->reg->area == SHEQU_AREA_NONE || book->reg->help == NULL)
        g_error ("%s: [Register] Area and Help are missing", book->reg->file);
      g_assert_cmpint (book->reg->area, >=, area);
      area = book->reg->area;
    }
}

/* How much stands in it, when it was changed and what is due. */
static void
test_state (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  const ShequBook *book;

  model_fixture_set_day (fixture, "2026-11-23");
  before = list_books (fixture);
  book = find_book (before, "seal");
  g_assert_cmpint (book->n_records, ==, 0);
  g_assert_null (book->changed_on);
  model_fixture_add (fixture, "norm", "kind", "area", "name", "用房面积", "measure", "平方米", "basis",
                     "某文", "start_date", "2020-01-01", "end_date", "2026-11-20", NULL);
  after = list_books (fixture);
  book = find_book (after, "norm");
  g_assert_cmpint (book->n_records, ==, 1);
  g_assert_cmpstr (book->changed_on, ==, "2026-11-23");
  g_assert_cmpuint (book->n_due, ==, 1);
  g_assert_cmpuint (book->n_overdue, ==, 1);
}

/* By name, initials, purpose and column, each word of what was typed. */
static void
test_search (ModelFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *typed;
    const char *name;
    gboolean answers;
  } cases[] = {
    { "会议", "meeting", TRUE },    { "hy", "meeting", TRUE },    { "MEETING", "meeting", TRUE },
    { "会议 名称", "seal", FALSE }, { "岗位 批准", "job", TRUE }, { "岗位 无此词", "job", FALSE },
    { "专岗专用", "job", TRUE },    { "人员队伍", "job", TRUE },  { "", "job", TRUE },
  };
  g_autoptr (GPtrArray) books = list_books (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (shequ_book_answers (find_book (books, cases[i].name), cases[i].typed) != cases[i].answers)
      g_error ("“%s”: %s", cases[i].typed, cases[i].name);
  g_assert_true (shequ_book_begins (find_book (books, "seal"), "yz"));
  g_assert_true (shequ_book_answers (find_book (books, "certificate_demand"), "yz"));
  g_assert_false (shequ_book_begins (find_book (books, "certificate_demand"), "yz"));
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  FIXTURE ("/shelf/described", test_described);
  FIXTURE ("/shelf/state", test_state);
  FIXTURE ("/shelf/search", test_search);
  return g_test_run ();
}
