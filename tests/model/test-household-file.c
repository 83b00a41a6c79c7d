#include "shequ-household-file.h"

#include <string.h>

#include "model-fixture.h"
#include "shequ-error.h"
#include "shequ-locale.h"

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

static const ShequFileSection *
find_section (const ShequHouseholdFile *file, const char *title)
{
  for (guint i = 0; i < file->file.sections->len; i++)
    {
      const ShequFileSection *section = file->file.sections->pdata[i];

      if (g_str_equal (section->title, title))
        return section;
    }
  return NULL;
}

static gint64
add_household (ModelFixture *fixture, const char *address)
{
  return model_fixture_add (fixture, "household", "address", address, NULL);
}

static gint64
add_resident (ModelFixture *fixture, gint64 household, const char *name, const char *relation)
{
  g_autofree char *key = model_fixture_key (household);

  return model_fixture_add (fixture, "resident", "name", name, "household", key, "relation", relation,
                            "phone", "13800138000", NULL);
}

static void
test_file (ModelFixture *fixture, gconstpointer data)
{
  gint64 household = add_household (fixture, "光明路3号楼2单元501室");
  g_autofree char *head = model_fixture_key (add_resident (fixture, household, "王建国", "户主"));
  g_autofree char *wife = model_fixture_key (add_resident (fixture, household, "李秀英", "配偶"));
  g_autofree char *home = model_fixture_key (household);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequHouseholdFile) file = NULL;
  const ShequFileSection *section;

  model_fixture_add (fixture, "visit", "resident", wife, "day", "2026-11-01", "note", "腿脚不便", NULL);
  model_fixture_add (fixture, "visit", "household", home, "day", "2026-11-20", NULL);
  model_fixture_add (fixture, "visit_plan", "resident", head, "every_days", "30", NULL);
  model_fixture_add (fixture, "device", "kind", "smoke", "household", home, "place", "厨房", NULL);
  add_resident (fixture, add_household (fixture, "光明路1号楼"), "别家人", "户主");

  file = shequ_household_file_load (fixture->office, household, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (file->file.title, ==, "光明路3号楼2单元501室");
  g_assert_cmpstr (file->head, ==, "王建国");
  g_assert_cmpuint (file->members, ==, 2);
  section = find_section (file, "家庭成员");
  g_assert_nonnull (section);
  g_assert_cmpuint (section->rows->len, ==, 2);
  g_assert_cmpstr (((char **) section->rows->pdata[0])[0], ==, "王建国");
  /* What is sensitive is masked, and a column in which nothing stands is left out. */
  g_assert_true (g_strv_contains (section->rows->pdata[0], "138****8000"));
  g_assert_false (g_strv_contains ((const char *const *) section->heads, "公民身份号码"));
  section = find_section (file, "走访记录");
  g_assert_cmpuint (section->rows->len, ==, 2);
  g_assert_cmpstr (((char **) section->rows->pdata[0])[0], ==, "2026-11-20");
  g_assert_true (g_strv_contains (section->rows->pdata[1], "腿脚不便"));
  g_assert_nonnull (find_section (file, "联系包户"));
  g_assert_nonnull (find_section (file, "入户设备"));
  g_assert_null (find_section (file, "证明"));
}

/* A household of hundreds, as a collective one: nobody is left out; of visits the newest are kept, and it is
 * said. */
static void
test_many (ModelFixture *fixture, gconstpointer data)
{
  gint64 household = add_household (fixture, "集体宿舍1号");
  g_autofree char *home = model_fixture_key (household);
  g_autoptr (ShequHouseholdFile) file = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *name = g_strdup_printf ("员工%u", i);

      add_resident (fixture, household, name, "其他");
      if (i < 61)
        model_fixture_add (fixture, "visit", "household", home, "day", "2026-11-01", NULL);
    }
  file = shequ_household_file_load (fixture->office, household, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (file->members, ==, 120);
  g_assert_cmpuint (find_section (file, "家庭成员")->rows->len, ==, 120);
  g_assert_cmpuint (find_section (file, "走访记录，最近 60 条")->rows->len, ==, 60);
}

static void
test_find (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GPtrArray) planned = NULL;
  g_autofree char *resident = NULL;
  g_autoptr (GError) error = NULL;

  add_household (fixture, "光明路3号楼2单元501室");
  add_household (fixture, "光明路3号楼1单元101室");
  files = shequ_household_files_find (fixture->office, "key=1,2", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 2);
  g_assert_cmpstr (((const ShequHouseholdFile *) files->pdata[0])->file.title, ==, "光明路3号楼1单元101室");
  resident = model_fixture_key (add_resident (fixture, 1, "王建国", "户主"));
  model_fixture_add (fixture, "visit_plan", "resident", resident, "every_days", "30", NULL);
  planned = shequ_household_files_find (fixture->office, SHEQU_HOUSEHOLDS_PLANNED, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (planned->len, ==, 1);
  g_assert_null (shequ_household_files_find (fixture->office, SHEQU_HOUSEHOLDS_IN_GROUPS, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (shequ_household_files_find (fixture->office, "key=99", NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE ("/household-file/file", test_file);
  FIXTURE ("/household-file/many", test_many);
  FIXTURE ("/household-file/find", test_find);

  return g_test_run ();
}
