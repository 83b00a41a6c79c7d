#include "shequ-filter.h"
#include "shequ-locale.h"

static const ShequFilter *
find (const GPtrArray *filters, const char *name)
{
  for (guint i = 0; i < filters->len; i++)
    if (g_str_equal (((const ShequFilter *) filters->pdata[i])->name, name))
      return filters->pdata[i];
  return NULL;
}

/* A resident is found by the key group, the age, the building and the grid, without anybody having said so.
 */
static void
test_offered (void)
{
  static const char *const wanted[] = { "resident_tag:tag",
                                        "age",
                                        "sex",
                                        "residence_status",
                                        "household.kind",
                                        "household.dwelling.use",
                                        "household.dwelling.building",
                                        "household.dwelling.building.grid",
                                        "birth_date",
                                        "lives_here",
                                        "workplace" };
  static const char *const unwanted[] = { "household.address", "tags", "resident_tag:resident",
                                          "resident_tag:unit" };
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (NULL);
  g_autoptr (GPtrArray) filters = shequ_filters_list (shequ_catalogue_lookup (catalogue, "resident"));

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (find (filters, wanted[i]) == NULL)
      g_error ("%s is not offered", wanted[i]);
  for (guint i = 0; i < G_N_ELEMENTS (unwanted); i++)
    if (find (filters, unwanted[i]) != NULL)
      g_error ("%s is offered", unwanted[i]);
}

static void
expect (ShequCondition *condition, const char *expected)
{
  g_autoptr (ShequCondition) owned = condition;
  g_autofree char *text = shequ_condition_to_text (owned);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_conditions (void)
{
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (NULL);
  g_autoptr (GPtrArray) filters = shequ_filters_list (shequ_catalogue_lookup (catalogue, "resident"));
  g_autoptr (GError) error = NULL;

  expect (shequ_filter_make_equal (find (filters, "resident_tag:tag"), "6"),
          "has resident_tag.resident(tag=6 and active)");
  expect (shequ_filter_make_equal (find (filters, "household.dwelling.building.grid"), "2"),
          "household.dwelling.building.grid=2");
  expect (shequ_filter_make_equal (find (filters, "workplace"), "市 医院"), "workplace=\"市 医院\"");
  expect (shequ_filter_make_filled (find (filters, "workplace"), FALSE), "workplace is empty");
  expect (shequ_filter_make_range (find (filters, "age"), "60", " 79 ", &error), "age>=60 and age<=79");
  expect (shequ_filter_make_range (find (filters, "birth_date"), "", "1966年1月2日", &error),
          "birth_date<=1966-01-02");
  g_assert_null (shequ_filter_make_range (find (filters, "age"), "", " ", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (shequ_filter_make_range (find (filters, "age"), "六十", "", &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/filter/offered", test_offered);
  g_test_add_func ("/filter/conditions", test_conditions);
  return g_test_run ();
}
