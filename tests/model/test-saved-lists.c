#include "model-fixture.h"
#include "shequ-locale.h"
#include "shequ-saved-lists.h"

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

static GPtrArray *
load (ModelFixture *fixture, const ShequRegister *reg)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *lists = shequ_saved_lists_load (fixture->office, reg, NULL, &error);

  g_assert_no_error (error);
  return lists;
}

/* Saved, offered with the same records, order and columns, replaced under the same name, deleted. */
static void
test_save (ModelFixture *fixture, gconstpointer data)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "resident");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lists = NULL;
  const char *condition = "birth_date<=today-80y and has resident_tag(tag.code=elder_alone and active)";
  ShequList *list = shequ_list_new (reg, "x", "name;age;phone", "-birth_date", condition, &error);
  const ShequList *found;
  g_autofree char *columns = NULL;
  g_autofree char *sort = NULL;
  g_autofree char *where = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (shequ_saved_lists_save (fixture->office, reg, "高龄独居", list, FALSE, NULL, &error), >,
                   0);
  g_assert_cmpint (shequ_saved_lists_save (fixture->office, reg, "高龄独居", list, TRUE, NULL, &error), >, 0);
  g_assert_no_error (error);
  shequ_list_free (list);
  lists = load (fixture, reg);
  g_assert_cmpuint (lists->len, ==, 1);
  g_assert_true (((ShequSavedList *) lists->pdata[0])->shared);
  found = shequ_saved_lists_find (lists, "高龄独居");
  columns = shequ_list_write_columns (found);
  sort = shequ_list_write_sort (found);
  where = shequ_condition_to_text (found->where);
  g_assert_cmpstr (columns, ==, "name;age;phone");
  g_assert_cmpstr (sort, ==, "-birth_date");
  g_assert_cmpstr (where, ==, condition);
}

/* Others see what is shared; a list whose field is gone is not offered, and nothing breaks. */
static void
test_others (ModelFixture *fixture, gconstpointer data)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "resident");
  g_autoptr (GPtrArray) lists = NULL;

  model_fixture_add (fixture, "saved_list", "name", "甲", "register", "resident", "owner", "别人", "columns",
                     "name", NULL);
  model_fixture_add (fixture, "saved_list", "name", "乙", "register", "resident", "owner", "别人", "columns",
                     "name", "shared", "yes", NULL);
  model_fixture_add (fixture, "saved_list", "name", "丙", "register", "resident", "owner", "别人", "columns",
                     "name;shoe_size", "shared", "yes", NULL);
  model_fixture_add (fixture, "saved_list", "name", "丁", "register", "household", "owner", "别人", "columns",
                     "address", "shared", "yes", NULL);
  lists = load (fixture, reg);
  g_assert_cmpuint (lists->len, ==, 1);
  g_assert_cmpstr (((ShequSavedList *) lists->pdata[0])->name, ==, "乙");
  g_assert_false (((ShequSavedList *) lists->pdata[0])->own);
}

static void
test_columns (ModelFixture *fixture, gconstpointer data)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "resident");
  g_autoptr (GError) error = NULL;
  g_autofree char *none = shequ_saved_lists_get_columns (fixture->office, reg, "default");
  g_autofree char *columns = NULL;

  g_assert_null (none);
  shequ_saved_lists_set_columns (fixture->office, reg, "default", "name;phone", &error);
  g_assert_no_error (error);
  columns = shequ_saved_lists_get_columns (fixture->office, reg, "default");
  g_assert_cmpstr (columns, ==, "name;phone");
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE ("/saved-lists/save", test_save);
  FIXTURE ("/saved-lists/others", test_others);
  FIXTURE ("/saved-lists/columns", test_columns);
  return g_test_run ();
}
