#include "shequ-record-file.h"

#include <string.h>

#include "model-fixture.h"
#include "shequ-error.h"
#include "shequ-locale.h"

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

static const char *
find_value (char **pairs, const char *label)
{
  for (guint i = 0; pairs[i] != NULL; i += 2)
    if (g_str_equal (pairs[i], label))
      return pairs[i + 1];
  return NULL;
}

static const ShequFileSection *
find_section (const ShequFile *file, const char *reg)
{
  for (guint i = 0; i < file->sections->len; i++)
    {
      const ShequFileSection *section = file->sections->pdata[i];

      if (g_str_equal (section->reg->name, reg))
        return section;
    }
  return NULL;
}

static gint64
add_benefit (ModelFixture *fixture, const char *kind, const char *number)
{
  gint64 household = model_fixture_add (fixture, "household", "address", "光明路3号楼2单元501室", NULL);
  g_autofree char *home = model_fixture_key (household);

  return model_fixture_add (fixture, "benefit_file", "kind", kind, "household", home, "file_number", number,
                            "members", "2", "issued_on", "2026-01-01", "valid_until", "2026-12-31",
                            "review_on", "2026-12-01", "note", "长期患病", NULL);
}

/* The cover of a file of minimum living says the class, whose it is, until when it holds and when it is
 * looked at again; its reviews are a part of it. */
static void
test_record (ModelFixture *fixture, gconstpointer data)
{
  gint64 key = add_benefit (fixture, "dibao", "DB-2026-0017");
  g_autofree char *benefit = model_fixture_key (key);
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "benefit_file");
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequFile) file = NULL;
  const ShequFileSection *section;

  model_fixture_add (fixture, "benefit_review", "benefit_file", benefit, "day", "2026-06-01", "result",
                     "keep", NULL);
  file = shequ_record_file_load (fixture->office, reg, key, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (find_value (file->cover, "档案类别"), ==, "最低生活保障");
  g_assert_cmpstr (find_value (file->cover, "家庭户"), ==, "光明路3号楼2单元501室");
  g_assert_cmpstr (find_value (file->cover, "有效期至"), ==, "2026-12-31");
  g_assert_cmpstr (find_value (file->cover, "下次复核"), ==, "2026-12-01");
  /* The number is sensitive: what stands in the file is covered. */
  g_assert_nonnull (find_value (file->cover, "证件或档案号"));
  g_assert_null (strstr (find_value (file->cover, "证件或档案号"), "0017"));
  g_assert_cmpstr (find_value (file->facts, "备注"), ==, "长期患病");
  g_assert_cmpstr (find_value (file->facts, "保障人数"), ==, "2 人");
  section = find_section (file, "benefit_review");
  g_assert_nonnull (section);
  g_assert_cmpuint (section->rows->len, ==, 1);
  /* The link back to the file is no news in it. */
  for (guint i = 0; section->heads[i] != NULL; i++)
    g_assert_cmpstr (section->heads[i], !=, "救助优抚档案");
}

/* What is restricted is in no file. */
static void
test_restricted (ModelFixture *fixture, gconstpointer data)
{
  gint64 key = model_fixture_add (fixture, "resident", "name", "王建国", NULL);
  g_autofree char *resident = model_fixture_key (key);
  g_autofree char *open = model_fixture_key (
    model_fixture_add (fixture, "tag", "code", "x1", "name", "独居", "sensitivity", "2", NULL));
  g_autofree char *closed = model_fixture_key (
    model_fixture_add (fixture, "tag", "code", "x2", "name", "受限类", "sensitivity", "4", NULL));
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequFile) file = NULL;

  model_fixture_add (fixture, "resident_tag", "resident", resident, "tag", open, NULL);
  model_fixture_add (fixture, "resident_tag", "resident", resident, "tag", closed, NULL);
  file = shequ_record_file_load (fixture->office, shequ_office_get_register (fixture->office, "resident"),
                                 key, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (find_section (file, "resident_tag")->rows->len, ==, 1);
}

static void
test_list (ModelFixture *fixture, gconstpointer data)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "benefit_file");
  g_autoptr (ShequQuery) query = shequ_office_new_query (fixture->office, reg);
  const ShequList *list = reg->lists->pdata[0];
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequFile) empty = shequ_list_file_load (fixture->office, query, list, NULL, &error);
  g_autoptr (ShequFile) file = NULL;
  const ShequFileSection *section;

  g_assert_null (empty);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
  g_clear_error (&error);
  add_benefit (fixture, "dibao", "DB-1");
  add_benefit (fixture, "medical_aid", "YL-1");
  add_benefit (fixture, "temporary_aid", "LS-1");
  shequ_query_add_where (query, "kind=dibao,medical_aid", &error);
  g_assert_no_error (error);
  file = shequ_list_file_load (fixture->office, query, list, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (find_value (file->cover, "台账"), ==, "救助优抚档案");
  g_assert_cmpstr (find_value (file->cover, "名单"), ==, "全部档案");
  g_assert_cmpuint (file->sections->len, ==, 1);
  section = file->sections->pdata[0];
  g_assert_cmpuint (section->rows->len, ==, 2);
}

/* The file of a folder says its number and how long it is kept; its inventory names every paper, in the
 * order of the folder, not of its dates. */
static void
test_folder (ModelFixture *fixture, gconstpointer data)
{
  const guint n_papers = 70;
  gint64 household = model_fixture_add (fixture, "household", "address", "光明路3号楼2单元501室", NULL);
  g_autofree char *home = model_fixture_key (household);
  gint64 key =
    model_fixture_add (fixture, "archive_folder", "folder_number", "H-2026-017", "title", "501室户档案",
                       "kind", "household", "household", home, "retention", "30y", NULL);
  g_autofree char *folder = model_fixture_key (key);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequFile) file = NULL;
  const ShequFileSection *section;

  for (guint i = n_papers; i > 0; i--)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_autofree char *title = g_strdup_printf ("文件%u", i);
      g_autofree char *day = g_strdup_printf ("2026-01-%02u", 1 + i % 28);

      model_fixture_add (fixture, "archive_item", "archive_folder", folder, "seq", number, "title", title,
                         "date", day, "pages", "2", NULL);
    }
  file = shequ_record_file_load (
    fixture->office, shequ_office_get_register (fixture->office, "archive_folder"), key, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (find_value (file->cover, "档号"), ==, "H-2026-017");
  g_assert_cmpstr (find_value (file->cover, "保管期限"), ==, "30年");
  g_assert_cmpstr (find_value (file->facts, "户"), ==, "光明路3号楼2单元501室");
  section = find_section (file, "archive_item");
  g_assert_nonnull (section);
  g_assert_cmpstr (section->title, ==, "卷内文件");
  g_assert_cmpuint (section->rows->len, ==, n_papers);
  for (guint i = 0; i < n_papers; i++)
    {
      const char *const *cells = section->rows->pdata[i];
      g_autofree char *title = g_strdup_printf ("文件%u", i + 1);

      g_assert_true (g_strv_contains (cells, title));
    }
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE ("/record-file/record", test_record);
  FIXTURE ("/record-file/restricted", test_restricted);
  FIXTURE ("/record-file/list", test_list);
  FIXTURE ("/record-file/folder", test_folder);

  return g_test_run ();
}
