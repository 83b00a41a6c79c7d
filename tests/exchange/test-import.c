#include "shequ-error.h"
#include "shequ-import.h"
#include "shequ-locale.h"
#include "shequ-sheet-writer.h"
#include "shequ-store-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define TODAY "2026-11-22"

static const ShequActor actor = { "小刘", "窗口一", NULL, "2026-11-22T01:02:03Z" };

typedef struct
{
  char *folder;
  char *rejects;
  ShequCatalogue *catalogue;
  ShequStore *store;
  gint64 unit;
} Fixture;

static gint64
add_unit (ShequStore *store, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (store, &actor, NULL, &error);
  g_autoptr (ShequRow) row =
    shequ_row_new (shequ_catalogue_lookup (shequ_store_get_catalogue (store), "org_unit"));

  shequ_row_set_text (row, "name", name);
  shequ_row_set_text (row, "level", "community");
  g_assert_true (shequ_transaction_insert (transaction, row, &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  return row->key;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("shequ-import-XXXXXX", &error);
  path = g_build_filename (fixture->folder, "office.db", NULL);
  fixture->rejects = g_build_filename (fixture->folder, "rejects.csv", NULL);
  fixture->catalogue = shequ_catalogue_new_shipped (&error);
  g_assert_no_error (error);
  fixture->store = shequ_store_open (path, fixture->catalogue, SHEQU_OPEN_CREATE, NULL, &error);
  g_assert_no_error (error);
  fixture->unit = add_unit (fixture->store, "民生社区");
  add_unit (fixture->store, "民福社区");
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
  g_free (fixture->rejects);
  g_free (fixture->folder);
}

static ShequImport *
open_text (Fixture *fixture, const char *reg, const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return shequ_import_open_bytes (fixture->store, shequ_catalogue_lookup (fixture->catalogue, reg), bytes,
                                  SHEQU_SHEET_FORMAT_ANY, TODAY, NULL, error);
}

static void
run_with (Fixture *fixture,
          const char *text,
          ShequOnDuplicate on_duplicate,
          gboolean dry_run,
          ShequImportResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequImport) import = open_text (fixture, "resident", text, &error);
  ShequImportOptions options = { dry_run, on_duplicate, fixture->rejects, fixture->unit, actor };

  g_assert_no_error (error);
  shequ_import_run (import, &options, NULL, NULL, NULL, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < result->messages->len; i++)
    {
      const ShequImportMessage *message = result->messages->pdata[i];

      g_test_message ("row %u: %s", message->row, message->text);
    }
}

static guint
count (Fixture *fixture, const char *reg, const char *where)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (shequ_catalogue_lookup (fixture->catalogue, reg), TODAY);
  gint64 n;

  if (where != NULL)
    g_assert_true (shequ_query_add_where (query, where, &error));
  g_assert_no_error (error);
  n = shequ_store_count (fixture->store, query, NULL, &error);
  g_assert_no_error (error);
  return (guint) n;
}

static char *
read_rejects (Fixture *fixture)
{
  char *text = NULL;

  g_file_get_contents (fixture->rejects, &text, NULL, NULL);
  return text;
}

static const char roster[] = "民生社区居民花名册,,,,,\n"
                             "填报单位:海明街道,,,,填报时间:2026年11月,\n"
                             "户号,居民姓名,与户主关系,公民身份证号码,手机号,家庭住址\n"
                             "0001,王建国,户主,220802196503070022,138 0013 8000,幸福小区3号楼2单元501\n"
                             "0001,李桂兰,妻,,,幸福小区3号楼2单元501\n"
                             "0002,张三,本人,440524188001010014,,幸福小区3号楼2单元502\n";

static void
test_roster (Fixture *fixture, gconstpointer data)
{
  g_auto (ShequImportResult) result = { 0 };

  run_with (fixture, roster, SHEQU_ON_DUPLICATE_REJECT, FALSE, &result);
  /* Born in 1880: kept, with a warning. */
  g_assert_cmpuint (result.read, ==, 3);
  g_assert_cmpuint (result.added, ==, 3);
  g_assert_cmpuint (result.rejected, ==, 0);
  g_assert_cmpuint (count (fixture, "household", NULL), ==, 2);
  g_assert_cmpuint (count (fixture, "dwelling", NULL), ==, 2);
  g_assert_cmpuint (count (fixture, "building", NULL), ==, 1);
  g_assert_cmpuint (count (fixture, "estate", "name=幸福小区"), ==, 1);
  g_assert_cmpuint (count (fixture, "resident", "unit=民生社区"), ==, 3);
  g_assert_cmpuint (count (fixture, "resident", "household.number=0001"), ==, 2);
  g_assert_cmpuint (count (fixture, "resident", "birth_date=1965-03-07 and sex=2"), ==, 1);
  g_assert_cmpuint (count (fixture, "household", "head=王建国 and members=2"), ==, 1);
  g_assert_false (g_file_test (fixture->rejects, G_FILE_TEST_EXISTS));
}

static void
test_again_is_unchanged (Fixture *fixture, gconstpointer data)
{
  g_auto (ShequImportResult) first = { 0 };
  g_auto (ShequImportResult) second = { 0 };

  run_with (fixture, roster, SHEQU_ON_DUPLICATE_REJECT, FALSE, &first);
  run_with (fixture, roster, SHEQU_ON_DUPLICATE_REJECT, FALSE, &second);
  /* 李桂兰 has no number and no birth date: she is known by her name in her household. */
  g_assert_cmpuint (second.unchanged, ==, 3);
  g_assert_cmpuint (count (fixture, "resident", NULL), ==, 3);
  g_assert_cmpuint (count (fixture, "household", NULL), ==, 2);
}

static void
test_dry_run (Fixture *fixture, gconstpointer data)
{
  g_auto (ShequImportResult) result = { 0 };

  run_with (fixture, roster, SHEQU_ON_DUPLICATE_REJECT, TRUE, &result);
  g_assert_cmpuint (result.added, ==, 3);
  g_assert_cmpuint (count (fixture, "resident", NULL), ==, 0);
  g_assert_cmpuint (count (fixture, "household", NULL), ==, 0);
}

static void
test_refused_rows (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "姓名,身份证号,出生日期,户号,备注\n"
                             "王小明,220802196503070022,,1,\n"
                             "李四,220802196503070023,,2,校验码错\n"
                             ",,1990-01-01,3,没有姓名\n"
                             "赵六,,2030-01-01,4,未来\n"
                             "钱七,,1/2/2026,5,含糊\n"
                             "王小明,220802196503070022,,1,\"同一个人,再来一次\"\n";
  g_auto (ShequImportResult) result = { 0 };
  g_auto (ShequImportResult) again = { 0 };
  g_autofree char *rejects = NULL;

  run_with (fixture, text, SHEQU_ON_DUPLICATE_REJECT, FALSE, &result);
  g_assert_cmpuint (result.added, ==, 1);
  g_assert_cmpuint (result.rejected, ==, 5);
  g_assert_cmpuint (count (fixture, "resident", NULL), ==, 1);
  /* Nothing of a refused row is stored, not even its household. */
  g_assert_cmpuint (count (fixture, "household", NULL), ==, 1);
  rejects = read_rejects (fixture);
  g_assert_nonnull (rejects);
  g_assert_nonnull (strstr (rejects, "220802196503070023"));
  g_assert_nonnull (strstr (rejects, "\"同一个人,再来一次\""));
  g_assert_nonnull (strstr (rejects, ",7,"));

  /* Corrected, the file of refused rows is imported as it is. */
  {
    g_autofree char *corrected = NULL;
    g_auto (GStrv) parts = g_strsplit (rejects, "220802196503070023", 2);

    corrected = g_strjoinv ("220802197003070016", parts);
    run_with (fixture, corrected, SHEQU_ON_DUPLICATE_REJECT, FALSE, &again);
  }
  g_assert_cmpuint (again.added + again.rejected + again.unchanged, ==, 5);
}

static void
test_update (Fixture *fixture, gconstpointer data)
{
  static const char first[] = "姓名,身份证号,手机\n王小明,220802196503070022,13800138000\n";
  static const char second[] = "姓名,身份证号,手机\n王小明,220802196503070022,13900139000\n";
  g_auto (ShequImportResult) one = { 0 };
  g_auto (ShequImportResult) two = { 0 };
  g_auto (ShequImportResult) three = { 0 };
  g_auto (ShequImportResult) four = { 0 };

  run_with (fixture, first, SHEQU_ON_DUPLICATE_REJECT, FALSE, &one);
  run_with (fixture, second, SHEQU_ON_DUPLICATE_REJECT, FALSE, &two);
  g_assert_cmpuint (two.rejected, ==, 1);
  run_with (fixture, second, SHEQU_ON_DUPLICATE_SKIP, FALSE, &three);
  g_assert_cmpuint (three.unchanged, ==, 1);
  g_assert_cmpuint (count (fixture, "resident", "phone=13800138000"), ==, 1);
  run_with (fixture, second, SHEQU_ON_DUPLICATE_UPDATE, FALSE, &four);
  g_assert_cmpuint (four.updated, ==, 1);
  g_assert_cmpuint (count (fixture, "resident", "phone=13900139000"), ==, 1);
}

static void
test_households_by_address (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "姓名,关系,住址\n"
                             "王建国,户主,幸福小区3号楼2单元501\n"
                             "李桂兰,妻,幸福小区3号楼2单元501\n"
                             "赵大勇,户主,幸福小区3号楼2单元501\n"
                             "赵小勇,子,幸福小区3号楼2单元501\n"
                             "孙无主,子,幸福小区4号楼1单元101\n";
  g_auto (ShequImportResult) result = { 0 };
  gboolean told = FALSE;

  run_with (fixture, text, SHEQU_ON_DUPLICATE_REJECT, FALSE, &result);
  g_assert_cmpuint (result.added, ==, 5);
  g_assert_cmpuint (count (fixture, "household", NULL), ==, 3);
  g_assert_cmpuint (count (fixture, "household", "head=赵大勇 and members=2"), ==, 1);
  g_assert_cmpuint (count (fixture, "household", "head is empty and members=1"), ==, 1);
  g_assert_cmpuint (count (fixture, "dwelling", NULL), ==, 2);
  for (guint i = 0; i < result.messages->len; i++)
    {
      const ShequImportMessage *message = result.messages->pdata[i];

      told = told || (message->row == 6 && message->severity == SHEQU_ISSUE_WARNING);
    }
  g_assert_true (told);
}

static void
test_unit_by_name (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "社区,姓名,户号\n民福社区,王小明,9\n没有的社区,李四,8\n";
  g_auto (ShequImportResult) result = { 0 };
  g_autofree char *rejects = NULL;

  run_with (fixture, text, SHEQU_ON_DUPLICATE_REJECT, FALSE, &result);
  g_assert_cmpuint (result.added, ==, 1);
  g_assert_cmpuint (result.rejected, ==, 1);
  g_assert_cmpuint (count (fixture, "resident", "unit=民福社区"), ==, 1);
  g_assert_cmpuint (count (fixture, "household", "unit=民福社区"), ==, 1);
  rejects = read_rejects (fixture);
  g_assert_nonnull (strstr (rejects, "没有的社区"));
}

static void
test_mapping (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequImport) import =
    open_text (fixture, "resident", "居民,证件,楼号\n王小明,220802196503070022,3\n", &error);
  ShequMapping *mapping;

  g_assert_null (import);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE);
  g_clear_error (&error);
  import = open_text (fixture, "resident",
                      "甲,姓名,手机号码,电话(必填)\n王,王小明,13800138000,0436-3223344\n", &error);
  g_assert_no_error (error);
  mapping = shequ_import_get_mapping (import);
  g_assert_null (mapping->columns->pdata[0]);
  g_assert_cmpstr (((const ShequTarget *) mapping->columns->pdata[1])->path, ==, "name");
  g_assert_cmpstr (((const ShequTarget *) mapping->columns->pdata[2])->path, ==, "phone");
  g_assert_true (shequ_mapping_assign (mapping, "甲", "former_name", &error));
  g_assert_cmpstr (((const ShequTarget *) mapping->columns->pdata[0])->path, ==, "former_name");
  g_assert_false (shequ_mapping_assign (mapping, "乙", "former_name", &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT);
}

static void
test_link_header (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequImport) import =
    open_text (fixture, "volunteer", "姓名,联系电话,所属队伍\n王小明,13800138000,助老队\n", &error);
  ShequMapping *mapping;

  g_assert_no_error (error);
  mapping = shequ_import_get_mapping (import);
  g_assert_nonnull (mapping->columns->pdata[2]);
  g_assert_cmpstr (((const ShequTarget *) mapping->columns->pdata[2])->path, ==, "team.name");
}

static void
test_preview (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequImport) import =
    open_text (fixture, "resident", "姓名,身份证号\n王小明,220802196503070022\n李四,1\n", &error);
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_no_error (error);
  rows = shequ_import_preview (import, 10);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (((ShequPreviewRow *) rows->pdata[0])->cells[0], ==, "王小明");
  g_assert_cmpint (((ShequPreviewRow *) rows->pdata[1])->severity, ==, SHEQU_ISSUE_ERROR);
}

static void
cancel_later (const ShequImportResult *result, double fraction, gpointer user_data)
{
  if (result->read >= 10000)
    g_cancellable_cancel (user_data);
}

static void
test_cancel_and_resume (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("姓名,户号\n");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequImport) import = NULL;
  ShequImportOptions options = { FALSE, SHEQU_ON_DUPLICATE_REJECT, NULL, fixture->unit, actor, 4096 };
  g_auto (ShequImportResult) stopped = { 0 };
  g_auto (ShequImportResult) resumed = { 0 };

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "王小明,%u\n", i);
  import = open_text (fixture, "resident", text->str, &error);
  g_assert_false (
    shequ_import_run (import, &options, cancel_later, cancellable, cancellable, &stopped, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (stopped.added, >, 0);
  g_assert_cmpuint (count (fixture, "resident", NULL), ==, stopped.added);

  g_assert_true (shequ_import_run (import, &options, NULL, NULL, NULL, &resumed, &error));
  g_assert_cmpuint (resumed.unchanged, ==, stopped.added);
  g_assert_cmpuint (resumed.added + resumed.unchanged, ==, 20000);
  g_assert_cmpuint (count (fixture, "resident", NULL), ==, 20000);
}

static gboolean
has_order (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  ShequConnection *reader = shequ_store_take_reader (fixture->store, NULL, &error);
  ShequStatement *statement = shequ_connection_prepare (
    reader, "SELECT 1 FROM sqlite_schema WHERE name = 'resident_by_name_sort'", &error);
  gboolean has_row = FALSE;

  g_assert_true (shequ_statement_step (statement, &has_row, &error));
  shequ_statement_reset (statement);
  shequ_store_give_reader (fixture->store, reader);
  return has_row;
}

typedef struct
{
  Fixture *fixture;
  GCancellable *cancellable; /* (nullable): cancelled once the order is gone */
  gboolean was_aside;
} Orders;

static void
watch_orders (const ShequImportResult *result, double fraction, gpointer user_data)
{
  Orders *orders = user_data;

  orders->was_aside |= !has_order (orders->fixture);
  if (orders->was_aside && orders->cancellable != NULL)
    g_cancellable_cancel (orders->cancellable);
}

static gboolean
import_many (Fixture *fixture, guint from, Orders *orders)
{
  g_autoptr (GString) text = g_string_new ("姓名,户号\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequImport) import = NULL;
  ShequImportOptions options = {
    .unit = fixture->unit, .actor = actor, .chunk_rows = 512, .many_rows = 1000
  };
  g_auto (ShequImportResult) result = { 0 };

  for (guint i = from; i < from + 6000; i++)
    g_string_append_printf (text, "王小明,%u\n", i);
  import = open_text (fixture, "resident", text->str, &error);
  return shequ_import_run (import, &options, watch_orders, orders, orders->cancellable, &result, &error);
}

/* A large import into an empty register does without the order of its list, and leaves it behind, however it
 * ends; one into a register with records goes without nothing. */
static void
test_orders_aside (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Orders stopped = { fixture, cancellable, FALSE };
  Orders added = { fixture, NULL, FALSE };

  g_assert_false (import_many (fixture, 0, &stopped));
  g_assert_true (stopped.was_aside);
  g_assert_true (has_order (fixture));
  g_assert_cmpuint (count (fixture, "resident", NULL), >=, 512);
  g_assert_true (import_many (fixture, 10000, &added));
  g_assert_false (added.was_aside);
  g_assert_true (has_order (fixture));
}

/* Links are looked up after a row was checked; what may not be the same is checked again then. */
static void
test_links_differ (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (ShequImportResult) people = { 0 };
  g_auto (ShequImportResult) relations = { 0 };
  ShequImportOptions options = { .unit = fixture->unit, .actor = actor };
  g_autoptr (ShequImport) import = NULL;

  run_with (fixture, "姓名,性别\n张三,男\n李四,女\n", SHEQU_ON_DUPLICATE_REJECT, FALSE, &people);
  import = open_text (fixture, "relation", "居民,亲属,亲属是其\n张三,张三,妻\n张三,李四,妻\n", &error);
  g_assert_no_error (error);
  g_assert_true (shequ_import_run (import, &options, NULL, NULL, NULL, &relations, &error));
  g_assert_cmpuint (relations.added, ==, 1);
  g_assert_cmpuint (relations.rejected, ==, 1);
  g_assert_cmpuint (count (fixture, "relation", "relative.name=李四"), ==, 1);
}

static void
write_sheet (ShequSheetWriter *writer,
             const char *name,
             const char *first,
             const char *second,
             const char *rows)
{
  const ShequSheetColumn columns[] = { { first, SHEQU_COLUMN_TEXT }, { second, SHEQU_COLUMN_TEXT } };
  g_auto (GStrv) lines = g_strsplit (rows, "\n", -1);
  g_autoptr (GError) error = NULL;

  shequ_sheet_writer_start_sheet (writer, name, NULL, columns, G_N_ELEMENTS (columns), &error);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", 2);

      shequ_sheet_writer_add_text (writer, cells[0]);
      shequ_sheet_writer_add_text (writer, cells[1]);
      shequ_sheet_writer_end_row (writer, &error);
    }
  g_assert_no_error (error);
}

/* A table that explains how to fill it in comes first; each grid has a sheet of its own. */
static void
test_sheets (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "grids.xlsx", NULL);
  g_autoptr (ShequSheetWriter) writer =
    shequ_sheet_writer_new_path (path, SHEQU_SHEET_FORMAT_ANY, SHEQU_SHEET_WRITER_DEFAULT, &error);
  g_autoptr (ShequImport) import = NULL;
  ShequImportOptions options = { .unit = fixture->unit, .actor = actor };
  g_auto (ShequImportResult) first = { 0 };
  g_auto (ShequImportResult) second = { 0 };

  write_sheet (writer, "填表说明", "项目", "要求", "照片,一寸\n电话,手机");
  write_sheet (writer, "第一网格", "姓名", "性别", "王建国,男\n李桂兰,女");
  write_sheet (writer, "第二网格", "姓名", "性别", "张三,男");
  g_assert_true (shequ_sheet_writer_finish (writer, &error));
  import = shequ_import_open (fixture->store, shequ_catalogue_lookup (fixture->catalogue, "resident"), path,
                              TODAY, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (shequ_import_get_sheets (import)->len, ==, 3);
  g_assert_cmpuint (shequ_import_get_sheet (import), ==, 1);
  g_assert_true (shequ_import_run (import, &options, NULL, NULL, NULL, &first, &error));
  g_assert_cmpuint (first.added, ==, 2);

  g_assert_false (shequ_import_set_sheet (import, 0, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE);
  g_assert_cmpuint (shequ_import_get_sheet (import), ==, 1);
  g_clear_error (&error);
  g_assert_true (shequ_import_set_sheet (import, 2, &error));
  g_assert_true (shequ_import_run (import, &options, NULL, NULL, NULL, &second, &error));
  g_assert_cmpuint (second.added, ==, 1);
  g_assert_cmpuint (second.resumed_at, ==, 0);
}

static const char nameless[] = "姓名,出生日期,家庭住址,联系电话\n"
                               "王小明,1965-03-07,,13800138000\n"
                               "李大双,,明仁小区3号楼2单元502,\n"
                               "赵六,1980-01-01,,\n";

/* Rows without a number and without a household, or without a birth date: a second roster knows them again
 * within their community, and says so where two could be meant. */
static void
test_weak_identity (Fixture *fixture, gconstpointer data)
{
  static const char again[] = "姓名,出生日期,家庭住址,联系电话,性别\n"
                              "王小明,1965-03-07,,13800138000,男\n"
                              "李大双,,明仁小区3号楼2单元502,,男\n"
                              "赵六,1981-01-01,,,男\n";
  static const char twins[] = "姓名,出生日期,公民身份证号码\n"
                              "王小明,1965-03-07,220802196503070022\n";
  g_auto (ShequImportResult) first = { 0 };
  g_auto (ShequImportResult) second = { 0 };
  g_auto (ShequImportResult) third = { 0 };
  g_auto (ShequImportResult) fourth = { 0 };
  g_autofree char *rejects = NULL;

  run_with (fixture, nameless, SHEQU_ON_DUPLICATE_REJECT, FALSE, &first);
  g_assert_cmpuint (first.added, ==, 3);
  run_with (fixture, again, SHEQU_ON_DUPLICATE_UPDATE, FALSE, &second);
  g_assert_cmpuint (second.updated, ==, 2);
  g_assert_cmpuint (second.added, ==, 1);
  g_assert_cmpuint (count (fixture, "resident", "name=赵六"), ==, 2);
  g_assert_cmpuint (count (fixture, "resident", "name=王小明 and sex=1"), ==, 1);

  /* A number that is not there yet is somebody else's until a person says otherwise. */
  run_with (fixture, twins, SHEQU_ON_DUPLICATE_REJECT, FALSE, &third);
  g_assert_cmpuint (third.added, ==, 1);
  run_with (fixture, "姓名,出生日期\n王小明,1965-03-07\n", SHEQU_ON_DUPLICATE_REJECT, FALSE, &fourth);
  g_assert_cmpuint (fourth.rejected, ==, 1);
  g_assert_cmpuint (fourth.added, ==, 0);
  rejects = read_rejects (fixture);
  g_assert_nonnull (strstr (rejects, "可能是"));
  g_assert_cmpuint (count (fixture, "resident", "name=王小明"), ==, 2);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/import/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("roster", test_roster);
  ADD ("again-is-unchanged", test_again_is_unchanged);
  ADD ("dry-run", test_dry_run);
  ADD ("refused-rows", test_refused_rows);
  ADD ("update", test_update);
  ADD ("households-by-address", test_households_by_address);
  ADD ("unit-by-name", test_unit_by_name);
  ADD ("mapping", test_mapping);
  ADD ("link-header", test_link_header);
  ADD ("preview", test_preview);
  ADD ("links-differ", test_links_differ);
  ADD ("sheets", test_sheets);
  ADD ("weak-identity", test_weak_identity);
  ADD ("cancel-and-resume", test_cancel_and_resume);
  ADD ("orders-aside", test_orders_aside);

  return g_test_run ();
}
