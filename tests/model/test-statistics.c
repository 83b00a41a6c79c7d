#include "model-fixture.h"
#include "shequ-locale.h"
#include "shequ-statistics.h"

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

static void
fill (ModelFixture *fixture)
{
  static const struct
  {
    const char *name;
    const char *sex;
    const char *born;
  } people[] = {
    { "王小明", "1", "2023-01-01" }, { "王小红", "2", "2022-11-23" }, { "李大", "1", "1961-11-22" },
    { "李二", "1", "1962-11-23" },   { "陈老", "2", "1920-05-05" },   { "无名", "1", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    if (people[i].born != NULL)
      model_fixture_add (fixture, "resident", "name", people[i].name, "sex", people[i].sex, "birth_date",
                         people[i].born, NULL);
    else
      model_fixture_add (fixture, "resident", "name", people[i].name, "sex", people[i].sex, NULL);
}

static ShequFigures *
count_searched (ModelFixture *fixture, ShequStatisticKind kind, const char *field, const char *typed)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "resident");
  g_autoptr (GPtrArray) statistics = shequ_statistics_list (fixture->office, reg);
  g_autoptr (ShequQuery) query = shequ_office_new_query (fixture->office, reg);
  g_autoptr (GError) error = NULL;
  ShequFigures *figures = NULL;

  shequ_query_set_search (query, typed);
  for (guint i = 0; figures == NULL && i < statistics->len; i++)
    {
      const ShequStatistic *statistic = statistics->pdata[i];

      if (statistic->kind == kind && (field == NULL || g_str_equal (statistic->field->name, field)))
        figures = shequ_statistics_count (fixture->office, query, statistic, NULL, &error);
    }
  g_assert_no_error (error);
  g_assert_nonnull (figures);
  return figures;
}

static ShequFigures *
count (ModelFixture *fixture, ShequStatisticKind kind, const char *field)
{
  return count_searched (fixture, kind, field, NULL);
}

static gint64
get (const ShequFigures *figures, const char *category, guint column)
{
  guint columns = MAX (1, figures->series->len);

  for (guint i = 0; i < figures->categories->len; i++)
    if (g_str_equal (figures->categories->pdata[i], category))
      return g_array_index (figures->values, gint64, i * columns + column);
  return -1;
}

static void
test_pyramid (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequFigures) figures = NULL;

  fill (fixture);
  figures = count (fixture, SHEQU_STATISTIC_PYRAMID, NULL);
  g_assert_cmpint (figures->total, ==, 6);
  g_assert_cmpuint (figures->categories->len, ==, 21);
  g_assert_cmpint (get (figures, "0–4", 0), ==, 1);
  g_assert_cmpint (get (figures, "0–4", 1), ==, 1);
  g_assert_cmpint (get (figures, "60–64", 0), ==, 2 - 1);
  g_assert_cmpint (get (figures, "65–69", 0), ==, 1);
  g_assert_cmpint (get (figures, "100+", 1), ==, 1);
}

/* Of a list that is searched exactly those are counted that it shows. */
static void
test_searched (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequFigures) pyramid = NULL;
  g_autoptr (ShequFigures) sexes = NULL;

  fill (fixture);
  pyramid = count_searched (fixture, SHEQU_STATISTIC_PYRAMID, NULL, "wang");
  g_assert_cmpint (pyramid->total, ==, 2);
  g_assert_cmpint (get (pyramid, "0–4", 0), ==, 1);
  g_assert_cmpint (get (pyramid, "65–69", 0), ==, 0);
  sexes = count_searched (fixture, SHEQU_STATISTIC_FIELD, "sex", "王小红");
  g_assert_cmpint (sexes->total, ==, 1);
  g_assert_cmpuint (sexes->categories->len, ==, 1);
}

static void
test_field (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequFigures) figures = NULL;
  g_autoptr (ShequFigures) none = NULL;

  fill (fixture);
  figures = count (fixture, SHEQU_STATISTIC_FIELD, "sex");
  g_assert_cmpint (get (figures, "男性", 0), ==, 4);
  g_assert_cmpint (get (figures, "女性", 0), ==, 2);
  none = count (fixture, SHEQU_STATISTIC_FIELD, "political");
  g_assert_cmpint (get (none, "未填", 0), ==, 6);
}

/* Groups by rule count as those that are entered. */
static void
test_groups (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequFigures) figures = NULL;

  fill (fixture);
  figures = count (fixture, SHEQU_STATISTIC_GROUPS, NULL);
  g_assert_cmpint (get (figures, "60岁以上老年人", 0), ==, 3);
  g_assert_cmpint (get (figures, "0-3岁婴幼儿", 0), ==, 0 - 1);
  g_assert_cmpint (get (figures, "百岁老人", 0), ==, 1);
}

/* A street over two communities, one of them with a part below. */
static void
test_groups_by_unit (ModelFixture *fixture, gconstpointer data)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "resident");
  g_autoptr (ShequQuery) query = shequ_office_new_query (fixture->office, reg);
  gint64 street = model_fixture_add (fixture, "org_unit", "name", "海明街道", "level", "street", NULL);
  g_autofree char *street_key = model_fixture_key (street);
  gint64 one = model_fixture_add (fixture, "org_unit", "name", "长安社区", "level", "community", "parent",
                                  street_key, NULL);
  gint64 two = model_fixture_add (fixture, "org_unit", "name", "新华社区", "level", "community", "parent",
                                  street_key, NULL);
  const gint64 units[] = { one, one, two };
  const char *const born[] = { "1950-01-01", "1951-01-01", "1952-01-01" };
  g_autoptr (GPtrArray) statistics = shequ_statistics_list (fixture->office, reg);
  g_autoptr (ShequFigures) figures = NULL;
  g_autoptr (GError) error = NULL;
  ShequStatistic by_unit = { SHEQU_STATISTIC_GROUPS_BY_UNIT, NULL, NULL, (char *) "重点人群" };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autofree char *unit = model_fixture_key (units[i]);

      model_fixture_add (fixture, "resident", "name", "老人", "birth_date", born[i], "unit", unit, NULL);
    }
  for (guint i = 0; i < statistics->len; i++)
    {
      const ShequStatistic *statistic = statistics->pdata[i];

      /* A community has nothing below it, so it is not offered there. */
      g_assert_cmpint (statistic->kind, !=, SHEQU_STATISTIC_GROUPS_BY_UNIT);
      if (statistic->kind == SHEQU_STATISTIC_GROUPS)
        {
          by_unit.field = statistic->field;
          by_unit.through = statistic->through;
        }
    }
  query->unit = street;
  figures = shequ_statistics_count (fixture->office, query, &by_unit, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (figures->series->len, ==, 2);
  g_assert_cmpint (figures->total, ==, 3);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (get (figures, "60岁以上老年人", i), ==,
                     g_str_equal (figures->series->pdata[i], "长安社区") ? 2 : 1);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE ("/statistics/pyramid", test_pyramid);
  FIXTURE ("/statistics/searched", test_searched);
  FIXTURE ("/statistics/field", test_field);
  FIXTURE ("/statistics/groups", test_groups);
  FIXTURE ("/statistics/groups-by-unit", test_groups_by_unit);
  return g_test_run ();
}
