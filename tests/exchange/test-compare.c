/* A second roster of the same people. */
#include "shequ-compare.h"

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "shequ-column-check.h"
#include "shequ-error.h"
#include "shequ-locale.h"

#define TODAY "2026-11-22"

static const ShequActor actor = { "小刘", "窗口一", NULL, "2026-11-22T01:02:03Z" };

static const char first[] = "姓名,出生日期,家庭住址,联系电话,文化程度\n"
                            "王小明,1965-03-07,明仁小区3号楼2单元501,13800138000,小学\n"
                            "李大双,1971-09-02,明仁小区3号楼2单元502,13800138001,\n"
                            "赵六,1980-01-01,明仁小区3号楼2单元503,,\n";

/* 王小明 has another phone, 赵六 is missing, 孙七 is new, one row is refused. */
static const char second[] = "姓名,出生日期,家庭住址,联系电话,文化程度\n"
                             "王小明,1965-03-07,明仁小区3号楼2单元501,13900139000,大学本科\n"
                             "李大双,1971-09-02,明仁小区3号楼2单元502,13800138001,\n"
                             "孙七,1990-05-05,明仁小区3号楼2单元504,,\n"
                             "周八,2030-01-01,明仁小区3号楼2单元505,,\n";

typedef struct
{
  char *folder;
  ShequCatalogue *catalogue;
  ShequStore *store;
  const ShequRegister *resident;
  gint64 units[2];
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("shequ-compare-XXXXXX", &error);
  path = g_build_filename (fixture->folder, "office.db", NULL);
  fixture->catalogue = shequ_catalogue_new_shipped (&error);
  g_assert_no_error (error);
  fixture->store = shequ_store_open (path, fixture->catalogue, SHEQU_OPEN_CREATE, NULL, &error);
  g_assert_no_error (error);
  fixture->resident = shequ_catalogue_lookup (fixture->catalogue, "resident");
  transaction = shequ_store_begin (fixture->store, &actor, NULL, &error);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ShequRow) row = shequ_row_new (shequ_catalogue_lookup (fixture->catalogue, "org_unit"));

      shequ_row_set_text (row, "name", i == 0 ? "民生社区" : "民福社区");
      shequ_row_set_text (row, "level", "community");
      g_assert_true (shequ_transaction_insert (transaction, row, &error));
      fixture->units[i] = row->key;
    }
  g_assert_true (shequ_transaction_commit (transaction, &error));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  g_clear_pointer (&fixture->store, shequ_store_unref);
  g_clear_pointer (&fixture->catalogue, shequ_catalogue_unref);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static ShequImport *
open_text (Fixture *fixture, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  ShequImport *import = shequ_import_open_bytes (fixture->store, fixture->resident, bytes,
                                                 SHEQU_SHEET_FORMAT_ANY, TODAY, NULL, &error);

  g_assert_no_error (error);
  return import;
}

static void
import_first (Fixture *fixture)
{
  static const char other[] = "姓名,出生日期\n吴九,1955-05-05\n";
  g_autoptr (GError) error = NULL;
  const char *const texts[] = { first, other };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ShequImport) import = open_text (fixture, texts[i]);
      g_auto (ShequImportResult) result = { 0 };
      ShequImportOptions options = { .unit = fixture->units[i], .actor = actor };

      g_assert_true (shequ_import_run (import, &options, NULL, NULL, NULL, &result, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (result.rejected, ==, 0);
    }
}

/* In one line: what, title, field: before > after. */
static char *
describe (const ShequComparison *comparison)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < comparison->differences->len; i++)
    {
      const ShequDifference *difference = comparison->differences->pdata[i];

      g_string_append_printf (text, "%s%s %s", i > 0 ? "; " : "",
                              shequ_difference_kind_get_name (difference->kind), difference->title);
      for (guint k = 0; difference->fields != NULL && k < difference->fields->len; k++)
        {
          const ShequFieldDifference *field = difference->fields->pdata[k];

          g_string_append_printf (text, " %s: %s > %s", field->field->name, field->before, field->after);
        }
    }
  return g_string_free (text, FALSE);
}

static ShequComparison *
compare (Fixture *fixture, ShequImport *import)
{
  g_autoptr (GError) error = NULL;
  ShequImportOptions options = { .unit = fixture->units[0], .actor = actor };
  ShequComparison *comparison =
    shequ_compare_run (import, &options, "not residence_status=9,10", NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return comparison;
}

static ShequRow *
get (Fixture *fixture, gint64 key)
{
  g_autoptr (GError) error = NULL;
  ShequRow *row =
    shequ_store_get (fixture->store, fixture->resident, key, SHEQU_FETCH_TITLES, TODAY, NULL, &error);

  g_assert_no_error (error);
  return row;
}

static void
test_compare (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShequImport) import = NULL;
  g_autoptr (ShequComparison) comparison = NULL;
  g_autoptr (ShequRow) row = NULL;
  g_autofree char *text = NULL;

  import_first (fixture);
  import = open_text (fixture, second);
  comparison = compare (fixture, import);
  text = describe (comparison);
  g_assert_cmpstr (text, ==,
                   "changed 王小明 phone: 138****8000 > 139****9000 education: 小学教育 > 大学本科教育; "
                   "added 孙七; refused ; missing 赵六");
  g_assert_cmpuint (comparison->read, ==, 4);
  g_assert_cmpuint (comparison->unchanged, ==, 1);
  g_assert_cmpuint (comparison->counts[SHEQU_DIFFERENCE_MISSING], ==, 1);
  /* Nothing was stored. */
  row = get (fixture, 1);
  g_assert_cmpstr (shequ_row_get_text (row, "phone"), ==, "13800138000");
  g_assert_cmpint (row->version, ==, 1);
}

static void
test_same (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShequImport) import = NULL;
  g_autoptr (ShequComparison) comparison = NULL;

  import_first (fixture);
  import = open_text (fixture, first);
  comparison = compare (fixture, import);
  g_assert_cmpuint (comparison->differences->len, ==, 0);
  g_assert_cmpuint (comparison->unchanged, ==, 3);
}

static void
test_apply (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequImport) import = NULL;
  g_autoptr (ShequComparison) comparison = NULL;
  g_autoptr (ShequRow) row = NULL;
  g_autoptr (ShequRow) missing = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->resident, TODAY);
  g_auto (ShequImportResult) result = { 0 };
  ShequImportOptions options = { .unit = fixture->units[0], .actor = actor };
  ShequDifference *changed;

  import_first (fixture);
  import = open_text (fixture, second);
  comparison = compare (fixture, import);
  changed = comparison->differences->pdata[0];
  /* The phone is not taken, the education is, and who is new stays out. */
  ((ShequFieldDifference *) changed->fields->pdata[0])->accepted = FALSE;
  ((ShequDifference *) comparison->differences->pdata[1])->accepted = FALSE;
  g_assert_true (shequ_compare_apply (import, comparison, &options, NULL, NULL, NULL, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.updated, ==, 1);
  g_assert_cmpuint (result.added, ==, 0);
  row = get (fixture, 1);
  g_assert_cmpstr (shequ_row_get_text (row, "phone"), ==, "13800138000");
  g_assert_cmpstr (shequ_row_get_text (row, "education"), ==, "20");
  missing = get (fixture, 3);
  g_assert_cmpstr (shequ_row_get_text (missing, "name"), ==, "赵六");
  g_assert_cmpint (shequ_store_count (fixture->store, query, NULL, &error), ==, 4);
}

/* Somebody edits a record between the comparison and its application: his edit stays. */
static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequImport) import = NULL;
  g_autoptr (ShequComparison) comparison = NULL;
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (ShequRow) row = NULL;
  g_auto (ShequImportResult) result = { 0 };
  ShequImportOptions options = { .unit = fixture->units[0], .actor = actor };

  import_first (fixture);
  import = open_text (fixture, second);
  comparison = compare (fixture, import);
  row = get (fixture, 1);
  shequ_row_set_text (row, "phone", "13700137000");
  transaction = shequ_store_begin (fixture->store, &actor, NULL, &error);
  g_assert_true (shequ_transaction_update (transaction, row, &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  g_clear_pointer (&transaction, shequ_transaction_free);
  g_assert_true (shequ_compare_apply (import, comparison, &options, NULL, NULL, NULL, &result, &error));
  g_assert_cmpuint (result.updated, ==, 0);
  g_assert_cmpuint (result.added, ==, 1);
  /* The one that somebody changed, and the one with a birth date to come. */
  g_assert_cmpuint (result.rejected, ==, 2);
  g_clear_pointer (&row, shequ_row_free);
  row = get (fixture, 1);
  g_assert_cmpstr (shequ_row_get_text (row, "phone"), ==, "13700137000");
}

/* A person whose number tells who he is moves to a home that is not in the register yet. */
static void
test_moved (Fixture *fixture, gconstpointer data)
{
  static const char before[] =
    "姓名,公民身份号码,家庭住址\n王小明,11010519491231002X,明仁小区3号楼2单元501\n";
  static const char after[] = "姓名,公民身份号码,家庭住址\n王小明,11010519491231002X,幸福小区1号楼1单元101\n";
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  ShequImportOptions options = { .unit = fixture->units[0], .actor = actor };

  {
    g_autoptr (ShequImport) import = open_text (fixture, before);
    g_auto (ShequImportResult) result = { 0 };

    g_assert_true (shequ_import_run (import, &options, NULL, NULL, NULL, &result, &error));
  }
  {
    g_autoptr (ShequImport) import = open_text (fixture, after);
    g_autoptr (ShequComparison) comparison = compare (fixture, import);
    g_auto (ShequImportResult) result = { 0 };
    g_autoptr (ShequRow) row = NULL;
    g_autofree char *home = NULL;

    text = describe (comparison);
    g_assert_cmpstr (text, ==, "changed 王小明 household: 明仁小区3号楼2单元501 > 幸福小区1号楼1单元101");
    g_assert_true (shequ_compare_apply (import, comparison, &options, NULL, NULL, NULL, &result, &error));
    g_assert_cmpuint (result.updated, ==, 1);
    row = get (fixture, 1);
    home = shequ_row_format (row, shequ_register_lookup (fixture->resident, "household"), SHEQU_FORMAT_PLAIN);
    g_assert_cmpstr (home, ==, "幸福小区1号楼1单元101");
  }
}

static void
test_sheet (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequImport) import = NULL;
  g_autoptr (ShequComparison) comparison = NULL;
  g_autoptr (ShequSheetWriter) writer = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "differences.csv", NULL);
  g_autofree char *text = NULL;

  import_first (fixture);
  import = open_text (fixture, second);
  comparison = compare (fixture, import);
  writer = shequ_sheet_writer_new_path (path, SHEQU_SHEET_FORMAT_CSV, SHEQU_SHEET_WRITER_PLAIN, &error);
  g_assert_true (shequ_compare_write (comparison, writer, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_nonnull (strstr (text, ",2,王小明,联系电话,138****8000,139****9000,"));
  g_assert_nonnull (strstr (text, "赵六"));
}

/* Headers that stand over the wrong columns are seen by what stands below them. */
static void
test_moved_columns (Fixture *fixture, gconstpointer data)
{
  static const char moved[] = "姓名,联系电话,出生日期,公民身份号码,性别\n"
                              "11010519491231002X,王小明,13800138000,1949-12-31,女\n"
                              "110101199003070118,李大双,13800138001,1990-03-07,男\n"
                              "110101199003070134,赵六,13800138002,1990-03-07,男\n"
                              "110101199003070150,孙七,13800138003,1990-03-07,女\n"
                              "110101199003070177,周八,13800138004,1990-03-07,男\n";
  static const char right[] = "姓名,联系电话,出生日期\n"
                              "王小明,13800138000,1949-12-31\n"
                              "李大双,1380013800,1990-03-07\n"
                              "赵六,13800138002,1990.3.7\n"
                              "John Smith,13800138003,1990-03-07\n"
                              "阿卜杜拉·买买提,13800138004,1990-03-07\n";
  g_autoptr (ShequImport) wrong_import = open_text (fixture, moved);
  g_autoptr (ShequImport) right_import = open_text (fixture, right);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) doubts = shequ_column_check_run (wrong_import, NULL, &error);
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) again = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (doubts->len, ==, 4);
  {
    const ShequColumnDoubt *doubt = doubts->pdata[0];

    g_assert_cmpuint (doubt->column, ==, 0);
    g_assert_cmpstr (doubt->target->field->name, ==, "name");
    g_assert_nonnull (doubt->better);
    g_assert_cmpstr (doubt->better->field->name, ==, "id_number");
    g_assert_cmpuint (doubt->valid, ==, 0);
  }
  none = shequ_column_check_run (right_import, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  /* What is proposed puts every column into its place. */
  shequ_column_check_apply (wrong_import, doubts);
  again = shequ_column_check_run (wrong_import, NULL, &error);
  g_assert_cmpuint (again->len, ==, 0);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/compare/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("compare", test_compare);
  ADD ("same", test_same);
  ADD ("apply", test_apply);
  ADD ("conflict", test_conflict);
  ADD ("moved", test_moved);
  ADD ("sheet", test_sheet);
  ADD ("moved-columns", test_moved_columns);
#undef ADD
  return g_test_run ();
}
