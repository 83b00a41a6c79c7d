/* What follows from a description alone, shown with a register that no C knows: tests/registers/plate.ini. */
#include "shequ-error.h"
#include "shequ-export.h"
#include "shequ-import.h"
#include "shequ-locale.h"

#include <glib/gstdio.h>
#include <string.h>

#define TODAY "2026-11-22"

static const ShequActor actor = { "小刘", "窗口一", NULL, "2026-11-22T01:02:03Z" };

static const char sheet[] = "牌子清理台账,,,,,,\n"
                            "挂牌名称,编号,要求悬挂单位,制作费用,处理,悬挂日期,清理日期\n"
                            "科普工作站,P1,区科协,120.50,应清理,2024年3月1日,\n"
                            "法律服务点,P2,区司法局,80,已清理,2023-05-06,2026-10-01\n"
                            "四点半课堂,P3,区科协,60,已清理,2023-05-06,\n"
                            "未来之星,P4,区科协,60,保留,2030-01-01,\n"
                            "倒挂之牌,P5,区科协,60,已清理,2024-01-01,2023-01-01\n"
                            "没有部门,P6,区外星局,60,保留,2024-01-01,\n"
                            "又一个,P1,区科协,1,保留,2024-01-01,\n"
                            ",P8,区科协,1,保留,2024-01-01,\n";

typedef struct
{
  char *folder;
  char *exported;
  char *rejects;
  ShequCatalogue *catalogue;
  ShequStore *store;
  const ShequRegister *plate;
} Fixture;

static void
add_departments (Fixture *fixture)
{
  static const char *const names[] = { "区科协", "区司法局" };
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &actor, NULL, &error);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (ShequRow) row = shequ_row_new (shequ_catalogue_lookup (fixture->catalogue, "department"));

      shequ_row_set_text (row, "name", names[i]);
      shequ_row_set_text (row, "short_name", names[i]);
      g_assert_true (shequ_transaction_insert (transaction, row, &error));
    }
  g_assert_true (shequ_transaction_commit (transaction, &error));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "registers", "plate.ini", NULL);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("shequ-plate-XXXXXX", &error);
  path = g_build_filename (fixture->folder, "office.db", NULL);
  fixture->exported = g_build_filename (fixture->folder, "plates.xlsx", NULL);
  fixture->rejects = g_build_filename (fixture->folder, "rejects.csv", NULL);
  g_file_get_contents (file, &text, NULL, &error);
  g_assert_no_error (error);
  fixture->catalogue = shequ_catalogue_new_shipped (&error);
  shequ_catalogue_add_text (fixture->catalogue, "plate.ini", text, &error);
  g_assert_no_error (error);
  shequ_catalogue_resolve (fixture->catalogue, &error);
  g_assert_no_error (error);
  fixture->plate = shequ_catalogue_lookup (fixture->catalogue, "sign_board");
  fixture->store = shequ_store_open (path, fixture->catalogue, SHEQU_OPEN_CREATE, NULL, &error);
  g_assert_no_error (error);
  add_departments (fixture);
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
  g_free (fixture->exported);
  g_free (fixture->folder);
}

static void
import (Fixture *fixture, ShequImport *import, ShequImportResult *result)
{
  ShequImportOptions options = { FALSE, SHEQU_ON_DUPLICATE_REJECT, fixture->rejects, 0, actor };
  g_autoptr (GError) error = NULL;

  shequ_import_run (import, &options, NULL, NULL, NULL, result, &error);
  g_assert_no_error (error);
}

static void
import_sheet (Fixture *fixture, ShequImportResult *result)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (sheet, strlen (sheet));
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequImport) opened = shequ_import_open_bytes (fixture->store, fixture->plate, bytes,
                                                            SHEQU_SHEET_FORMAT_ANY, TODAY, NULL, &error);

  g_assert_no_error (error);
  import (fixture, opened, result);
}

static guint
count (Fixture *fixture, const char *where, const char *search)
{
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->plate, TODAY);
  g_autoptr (GError) error = NULL;
  gint64 n;

  if (where != NULL)
    g_assert_true (shequ_query_add_where (query, where, &error));
  shequ_query_set_search (query, search);
  n = shequ_store_count (fixture->store, query, NULL, &error);
  g_assert_no_error (error);
  return (guint) n;
}

static void
test_import_and_validation (Fixture *fixture, gconstpointer data)
{
  static const char *const reasons[] = { "P3", "P4", "P5", "区外星局", "P1", "P8" };
  g_auto (ShequImportResult) result = { 0 };
  g_autofree char *rejects = NULL;

  import_sheet (fixture, &result);
  g_assert_cmpuint (result.added, ==, 2);
  g_assert_cmpuint (result.rejected, ==, 6);
  g_assert_cmpuint (count (fixture, "price=120.5 and status=应清理 and hung_on=2024-03-01", NULL), ==, 1);
  g_assert_cmpuint (count (fixture, "demanded_by=区司法局", NULL), ==, 1);
  g_file_get_contents (fixture->rejects, &rejects, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    g_assert_nonnull (strstr (rejects, reasons[i]));
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  g_auto (ShequImportResult) result = { 0 };

  import_sheet (fixture, &result);
  g_assert_cmpuint (count (fixture, NULL, "科普"), ==, 1);
  g_assert_cmpuint (count (fixture, NULL, "工作站"), ==, 1);
  g_assert_cmpuint (count (fixture, NULL, "p2"), ==, 1);
  g_assert_cmpuint (count (fixture, NULL, "没有"), ==, 0);
}

static void
test_change_log_and_title (Fixture *fixture, gconstpointer data)
{
  g_auto (ShequImportResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (ShequRow) row = NULL;
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (GPtrArray) log = NULL;
  const ShequHit *hit;

  import_sheet (fixture, &result);
  hits = shequ_store_search (fixture->store, "科普", NULL, 5, TODAY, NULL, &error);
  g_assert_cmpuint (hits->len, ==, 1);
  hit = hits->pdata[0];
  g_assert_cmpstr (hit->title, ==, "科普工作站");
  g_assert_nonnull (strstr (hit->detail, "应清理"));
  row = shequ_store_get (fixture->store, fixture->plate, hit->key, SHEQU_FETCH_PLAIN, TODAY, NULL, &error);
  shequ_row_set_text (row, "status", "keep");
  transaction = shequ_store_begin (fixture->store, &actor, NULL, &error);
  g_assert_true (shequ_transaction_update (transaction, row, &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  log = shequ_store_read_log (fixture->store, fixture->plate, hit->key, NULL, 0, NULL, &error);
  g_assert_cmpuint (log->len, ==, 2);
  g_assert_cmpstr (((ShequLogEntry *) log->pdata[0])->changes, ==, "{\"status\":[\"remove\",\"keep\"]}");
}

static void
test_export_is_read_again (Fixture *fixture, gconstpointer data)
{
  g_auto (ShequImportResult) first = { 0 };
  g_auto (ShequImportResult) again = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->plate, TODAY);
  g_autoptr (GPtrArray) columns = shequ_export_list_columns (fixture->plate);
  g_autoptr (ShequSheetWriter) writer = NULL;
  g_autoptr (ShequImport) opened = NULL;

  import_sheet (fixture, &first);
  writer = shequ_sheet_writer_new_path (fixture->exported, SHEQU_SHEET_FORMAT_XLSX,
                                        SHEQU_SHEET_WRITER_DEFAULT, &error);
  g_assert_no_error (error);
  g_assert_cmpint (shequ_export_run (fixture->store, query, columns, writer, &(ShequExportOptions){ TRUE },
                                     NULL, NULL, NULL, &error),
                   ==, 2);
  g_assert_no_error (error);
  opened = shequ_import_open (fixture->store, fixture->plate, fixture->exported, TODAY, NULL, &error);
  g_assert_no_error (error);
  import (fixture, opened, &again);
  g_assert_cmpuint (again.read, ==, 2);
  g_assert_cmpuint (again.unchanged, ==, 2);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                  \
  g_test_add ("/described-register/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("import-and-validation", test_import_and_validation);
  ADD ("search", test_search);
  ADD ("change-log-and-title", test_change_log_and_title);
  ADD ("export-is-read-again", test_export_is_read_again);

  return g_test_run ();
}
