#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "shequ-export.h"

#define TODAY "2026-11-22"

static const ShequActor actor = { "小刘", "窗口一", NULL, "2026-11-22T01:02:03Z" };

typedef struct
{
  char *folder;
  char *path;
  ShequCatalogue *catalogue;
  const ShequRegister *residents;
  ShequStore *store;
} Fixture;

static gint64
add (ShequStore *store, const char *reg, const char *const *texts, const char *link, gint64 linked)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (store, &actor, NULL, &error);
  g_autoptr (ShequRow) row = shequ_row_new (shequ_catalogue_lookup (shequ_store_get_catalogue (store), reg));

  for (guint i = 0; texts[i] != NULL; i += 2)
    shequ_row_set_text (row, texts[i], texts[i + 1]);
  if (link != NULL)
    shequ_row_set_integer (row, link, linked);
  g_assert_true (shequ_transaction_insert (transaction, row, &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  return row->key;
}

static void
set_up (Fixture *fixture, gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  gint64 household;

  fixture->folder = g_dir_make_tmp ("shequ-export-XXXXXX", &error);
  path = g_build_filename (fixture->folder, "office.db", NULL);
  fixture->path = g_build_filename (fixture->folder, name, NULL);
  fixture->catalogue = shequ_catalogue_new_shipped (&error);
  g_assert_no_error (error);
  fixture->residents = shequ_catalogue_lookup (fixture->catalogue, "resident");
  fixture->store = shequ_store_open (path, fixture->catalogue, SHEQU_OPEN_CREATE, NULL, &error);
  g_assert_no_error (error);
  household = add (fixture->store, "household",
                   (const char *const[]){ "address", "幸福里3号楼501", "number", "H1", NULL }, NULL, 0);
  add (fixture->store, "resident",
       (const char *const[]){ "name", "王小明", "birth_date", "1949-12-31", "id_number", "11010519491231002X",
                              "phone", "13800138000", NULL },
       "household", household);
  add (fixture->store, "resident", (const char *const[]){ "name", "李\"丽\"", NULL }, "household", household);
}

static void
tear_down (Fixture *fixture, gconstpointer name)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *file;

  g_clear_pointer (&fixture->store, shequ_store_unref);
  g_clear_pointer (&fixture->catalogue, shequ_catalogue_unref);
  while ((file = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, file, NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static GPtrArray *
choose (Fixture *fixture, const char *names)
{
  g_auto (GStrv) parts = g_strsplit (names, ";", -1);
  GPtrArray *columns = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (columns, (gpointer) shequ_register_lookup (fixture->residents, parts[i]));
  return columns;
}

static gint64
run (Fixture *fixture, const GPtrArray *columns, gboolean unmasked, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->residents, TODAY);
  g_autoptr (ShequSheetWriter) writer =
    shequ_sheet_writer_new_path (fixture->path, SHEQU_SHEET_FORMAT_ANY, SHEQU_SHEET_WRITER_PLAIN, error);

  shequ_query_sort_by (query, "birth_date", TRUE, NULL);
  return shequ_export_run (fixture->store, query, columns, writer, &(ShequExportOptions){ unmasked }, NULL,
                           NULL, cancellable, error);
}

static void
assert_lines (Fixture *fixture, const char *expected)
{
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (fixture->path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, expected);
}

static void
test_clear (Fixture *fixture, gconstpointer name)
{
  g_autoptr (GPtrArray) columns = choose (fixture, "name;birth_date;age;id_number;household");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (run (fixture, columns, TRUE, NULL, &error), ==, 2);
  g_assert_no_error (error);
  assert_lines (fixture, "姓名,出生日期,年龄,公民身份号码,家庭户\n"
                         "王小明,1949-12-31,76,11010519491231002X,幸福里3号楼501\n"
                         "\"李\"\"丽\"\"\",,,,幸福里3号楼501\n");
}

/* Without a permission nothing sensitive leaves the office. */
static void
test_masked (Fixture *fixture, gconstpointer name)
{
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (run (fixture, NULL, FALSE, NULL, &error), ==, 2);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (fixture->path, &content, NULL, NULL));
  g_assert_nonnull (strstr (content, "王小明"));
  g_assert_null (strstr (content, "11010519491231002X"));
  g_assert_null (strstr (content, "13800138000"));
}

/* A workbook can be imported again: every head is one of a field that is typed. */
static void
test_columns (Fixture *fixture, gconstpointer name)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (fixture->catalogue);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < registers->len; i++)
    {
      g_autoptr (GPtrArray) columns = shequ_export_list_columns (g_ptr_array_index (registers, i));

      g_assert_cmpuint (columns->len, >, 0);
      for (guint j = 0; j < columns->len; j++)
        {
          const ShequField *field = g_ptr_array_index (columns, j);

          g_assert_true (shequ_field_is_stored (field));
          g_assert_false (field->hidden);
        }
    }
  g_assert_cmpint (run (fixture, NULL, TRUE, NULL, &error), ==, 2);
  g_assert_no_error (error);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_REGULAR));
}

static void
test_cancel (Fixture *fixture, gconstpointer name)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_cmpint (run (fixture, NULL, TRUE, cancellable, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/export/clear", Fixture, "a.csv", set_up, test_clear, tear_down);
  g_test_add ("/export/masked", Fixture, "a.csv", set_up, test_masked, tear_down);
  g_test_add ("/export/columns", Fixture, "a.xlsx", set_up, test_columns, tear_down);
  g_test_add ("/export/cancel", Fixture, "a.csv", set_up, test_cancel, tear_down);
  return g_test_run ();
}
