#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sheet-dump.h"
#include "shequ-error.h"
#include "shequ-sheet-writer.h"

static const ShequSheetColumn columns[] = {
  { "姓名", SHEQU_COLUMN_TEXT, 0 },      { "身份证号", SHEQU_COLUMN_TEXT, 20 },
  { "人数", SHEQU_COLUMN_NUMBER, 0 },    { "金额", SHEQU_COLUMN_MONEY, 0 },
  { "日期", SHEQU_COLUMN_DATE, 0 },      { "时间", SHEQU_COLUMN_TIME, 0 },
  { "登记", SHEQU_COLUMN_DATE_TIME, 0 },
};

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer name)
{
  fixture->folder = g_dir_make_tmp ("shequ-test-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, name, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer name)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
write_person (ShequSheetWriter *writer, const char *name, const char *number)
{
  g_autoptr (GError) error = NULL;

  shequ_sheet_writer_add_text (writer, name);
  shequ_sheet_writer_add_text (writer, number);
  shequ_sheet_writer_add_integer (writer, 3);
  shequ_sheet_writer_add_integer (writer, 123456);
  shequ_sheet_writer_add_text (writer, "2026-11-22");
  shequ_sheet_writer_add_text (writer, "08:30");
  shequ_sheet_writer_add_text (writer, "2026-11-22 08:30");
  g_assert_true (shequ_sheet_writer_end_row (writer, &error));
  g_assert_no_error (error);
}

static void
start (ShequSheetWriter *writer, const char *name, const char *note)
{
  g_autoptr (GError) error = NULL;

  shequ_sheet_writer_start_sheet (writer, name, note, columns, G_N_ELEMENTS (columns), &error);
  g_assert_no_error (error);
}

static void
assert_content (Fixture *fixture, const char *expected)
{
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (fixture->path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, expected);
}

static void
test_csv (Fixture *fixture, gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSheetReader) reader = NULL;
  g_autoptr (ShequSheetWriter) writer =
    shequ_sheet_writer_new_path (fixture->path, SHEQU_SHEET_FORMAT_ANY, SHEQU_SHEET_WRITER_DEFAULT, &error);

  g_assert_no_error (error);
  start (writer, "名册", "导出于 2026-11-22");
  write_person (writer, "张三", "110101199003071234");
  g_assert_false (shequ_sheet_writer_start_sheet (writer, "二", NULL, columns, 1, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_assert_true (shequ_sheet_writer_finish (writer, &error));
  assert_content (fixture, "\xEF\xBB\xBF导出于 2026-11-22\r\n姓名,身份证号,人数,金额,日期,时间,登记\r\n"
                           "张三,110101199003071234\t,3,1234.56,2026-11-22,08:30,2026-11-22 08:30\r\n");
  reader = shequ_sheet_reader_open (fixture->path, NULL, &error);
  g_assert_no_error (error);
  sheet_dump_assert (reader,
                     "1: 导出于 2026-11-22\n2: 姓名 | 身份证号 | 人数 | 金额 | 日期 | 时间 | 登记\n"
                     "3: 张三 | 110101199003071234 | 3 | 1234.56 | 2026-11-22 | 08:30 | 2026-11-22 08:30\n");
}

static void
test_xlsx (Fixture *fixture, gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSheetReader) reader = NULL;
  g_autoptr (ShequSheetWriter) writer =
    shequ_sheet_writer_new_path (fixture->path, SHEQU_SHEET_FORMAT_ANY, SHEQU_SHEET_WRITER_DEFAULT, &error);

  g_assert_no_error (error);
  start (writer, "说明", NULL);
  start (writer, "名/册", "导出于 2026-11-22");
  write_person (writer, "张三", "110101199003071234");
  write_person (writer, "=1+1", "001");
  start (writer, "名/册", NULL);
  g_assert_true (shequ_sheet_writer_finish (writer, &error));
  g_assert_no_error (error);
  reader = shequ_sheet_reader_open (fixture->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (shequ_sheet_reader_get_n_sheets (reader), ==, 3);
  g_assert_cmpstr (shequ_sheet_reader_get_sheet_name (reader, 0), ==, "说明");
  g_assert_cmpstr (shequ_sheet_reader_get_sheet_name (reader, 1), ==, "名 册");
  g_assert_cmpstr (shequ_sheet_reader_get_sheet_name (reader, 2), ==, "Sheet3");
  g_assert_cmpuint (shequ_sheet_reader_get_sheet (reader), ==, 1);
  sheet_dump_assert (reader,
                     "1: 导出于 2026-11-22\n2: 姓名 | 身份证号 | 人数 | 金额 | 日期 | 时间 | 登记\n"
                     "3: 张三 | 110101199003071234 | #3 | #1234.56 | @2026-11-22 | @08:30:00 | "
                     "@2026-11-22 08:30:00\n"
                     "4: =1+1 | 001 | #3 | #1234.56 | @2026-11-22 | @08:30:00 | @2026-11-22 08:30:00\n");
}

/* Texts that a spreadsheet would run, count or cut must come back as they were. */
static void
test_round_trip (Fixture *fixture, gconstpointer name)
{
  static const char *const texts[] = {
    "=1+1",        "+86 138", "-5",   "@x",    "'=1",   "'x",      "\t=1",       "-",      "001",
    "13800138000", "3-2",     "1e5",  "1.5",   "12:30", "3-2-501", "2026-11-22", "12345",  "a,b",
    "a\"b",        "a\nb",    "a;b",  " a ",   "a\tb",  "_x000D_", "a_x0041_b",  "<&>\"'", "二\n行",
    "��",          "𠀀",      "TRUE", "#REF!", "''=1",  "' =1",
  };
  ShequSheetColumn column = { "文", SHEQU_COLUMN_TEXT, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSheetReader) reader = NULL;
  g_autoptr (ShequSheetWriter) writer =
    shequ_sheet_writer_new_path (fixture->path, SHEQU_SHEET_FORMAT_ANY, SHEQU_SHEET_WRITER_DEFAULT, &error);
  ShequCellRow row;

  g_assert_no_error (error);
  g_assert_true (shequ_sheet_writer_start_sheet (writer, NULL, NULL, &column, 1, &error));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      shequ_sheet_writer_add_text (writer, texts[i]);
      g_assert_true (shequ_sheet_writer_end_row (writer, &error));
    }
  g_assert_true (shequ_sheet_writer_finish (writer, &error));
  reader = shequ_sheet_reader_open (fixture->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (shequ_sheet_reader_next (reader, &row, &error));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_true (shequ_sheet_reader_next (reader, &row, &error));
      g_assert_cmpuint (row.number, ==, i + 2);
      g_assert_cmpint (row.cells[0].type, ==, SHEQU_CELL_TEXT);
      g_assert_cmpstr (row.cells[0].text, ==, texts[i]);
    }
  g_assert_false (shequ_sheet_reader_next (reader, &row, &error));
  g_assert_no_error (error);
}

static void
test_plain (Fixture *fixture, gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSheetWriter) writer = NULL;
  ShequSheetColumn column = { "a", SHEQU_COLUMN_TEXT, 0 };
  int fd = g_open (fixture->path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

  writer = shequ_sheet_writer_new_fd (fd, SHEQU_SHEET_FORMAT_CSV, SHEQU_SHEET_WRITER_PLAIN, &error);
  g_assert_no_error (error);
  g_assert_true (shequ_sheet_writer_start_sheet (writer, NULL, NULL, &column, 1, &error));
  shequ_sheet_writer_add_text (writer, "=1");
  g_assert_true (shequ_sheet_writer_end_row (writer, &error));
  shequ_sheet_writer_add_text (writer, "110101199003071234");
  g_assert_true (shequ_sheet_writer_end_row (writer, &error));
  g_assert_true (shequ_sheet_writer_finish (writer, &error));
  close (fd);
  assert_content (fixture, "a\n=1\n110101199003071234\n");
}

/* Rows that were refused go back as they came. */
static void
test_cells (Fixture *fixture, gconstpointer name)
{
  static const ShequCell cells[] = {
    { SHEQU_CELL_TEXT, 0, "张三", 6, 0 },
    { SHEQU_CELL_NUMBER, 0, "12.5", 4, 12.5 },
    { SHEQU_CELL_NUMBER, SHEQU_CELL_ROUNDED, "110101199003071000", 18, 110101199003071000.0 },
    { SHEQU_CELL_DATE, 0, "2026-11-22", 10, 46348 },
    { SHEQU_CELL_EMPTY, 0, "", 0, 0 },
    { SHEQU_CELL_ERROR, 0, "#REF!", 5, 0 },
    { SHEQU_CELL_DATE, 0, "1900-01-05", 10, 5 },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSheetReader) reader = NULL;
  g_autoptr (ShequSheetWriter) writer =
    shequ_sheet_writer_new_path (fixture->path, SHEQU_SHEET_FORMAT_XLSX, SHEQU_SHEET_WRITER_DEFAULT, &error);

  start (writer, "退回", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    shequ_sheet_writer_add_cell (writer, &cells[i]);
  g_assert_true (shequ_sheet_writer_end_row (writer, &error));
  g_assert_true (shequ_sheet_writer_finish (writer, &error));
  reader = shequ_sheet_reader_open (fixture->path, NULL, &error);
  g_assert_no_error (error);
  sheet_dump_assert (reader, "1: 姓名 | 身份证号 | 人数 | 金额 | 日期 | 时间 | 登记\n"
                             "2: 张三 | #12.5 | 110101199003071000 | @2026-11-22 | . | #REF! | 1900-01-05\n");
}

static void
test_given_up (Fixture *fixture, gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  ShequSheetWriter *writer;

  g_assert_true (g_file_set_contents (fixture->path, "before", -1, NULL));
  g_assert_cmpint (g_chmod (fixture->path, 0640), ==, 0);
  writer =
    shequ_sheet_writer_new_path (fixture->path, SHEQU_SHEET_FORMAT_ANY, SHEQU_SHEET_WRITER_DEFAULT, &error);
  start (writer, "一", NULL);
  write_person (writer, "张三", "1");
  shequ_sheet_writer_free (writer);
  assert_content (fixture, "before");
}

static void
test_replaced (Fixture *fixture, gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSheetWriter) writer = NULL;
  g_autofree char *link = g_build_filename (fixture->folder, "link.csv", NULL);
  struct stat status;

  g_assert_true (g_file_set_contents (fixture->path, "before", -1, NULL));
  g_assert_cmpint (g_chmod (fixture->path, 0640), ==, 0);
  g_assert_cmpint (symlink (name, link), ==, 0);
  writer = shequ_sheet_writer_new_path (link, SHEQU_SHEET_FORMAT_ANY, SHEQU_SHEET_WRITER_PLAIN, &error);
  start (writer, "一", NULL);
  g_assert_true (shequ_sheet_writer_finish (writer, &error));
  assert_content (fixture, "姓名,身份证号,人数,金额,日期,时间,登记\n");
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0640);
  g_unlink (link);
}

/* A limit on the size of files stands for a full disk. */
static void
test_full (Fixture *fixture, gconstpointer name)
{
  struct rlimit old_limit, limit;
  g_autoptr (GError) error = NULL;
  ShequSheetWriter *writer;
  gboolean done = TRUE;

  g_assert_true (g_file_set_contents (fixture->path, "before", -1, NULL));
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &old_limit);
  limit = old_limit;
  limit.rlim_cur = 100 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  writer =
    shequ_sheet_writer_new_path (fixture->path, SHEQU_SHEET_FORMAT_ANY, SHEQU_SHEET_WRITER_DEFAULT, &error);
  g_assert_no_error (error);
  start (writer, "一", NULL);
  for (guint i = 0; done && i < 20000; i++)
    {
      g_autofree char *number = g_strdup_printf ("1101011990%08u", i * 7919 % 99999999);

      shequ_sheet_writer_add_text (writer, number);
      done = shequ_sheet_writer_end_row (writer, &error);
    }
  done = done && shequ_sheet_writer_finish (writer, &error);
  shequ_sheet_writer_free (writer);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old_limit), ==, 0);
  g_assert_false (done);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_FULL);
  assert_content (fixture, "before");
}

static void
assert_refused (const char *path, ShequError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSheetWriter) writer =
    shequ_sheet_writer_new_path (path, SHEQU_SHEET_FORMAT_ANY, SHEQU_SHEET_WRITER_DEFAULT, &error);

  g_assert_null (writer);
  g_assert_error (error, SHEQU_ERROR, (int) code);
}

static void
test_refused (Fixture *fixture, gconstpointer name)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "missing", "a.csv", NULL);

  assert_refused (missing, SHEQU_ERROR_UNREACHABLE);
  assert_refused ("/proc/shequ.csv", SHEQU_ERROR_UNREACHABLE);
  assert_refused ("a.doc", SHEQU_ERROR_ARGUMENT);
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  assert_refused (fixture->path, SHEQU_ERROR_UNREACHABLE);
  g_rmdir (fixture->path);
}

static void
test_full_device (Fixture *fixture, gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSheetWriter) writer =
    shequ_sheet_writer_new_path ("/dev/full", SHEQU_SHEET_FORMAT_XLSX, SHEQU_SHEET_WRITER_DEFAULT, &error);

  g_assert_no_error (error);
  start (writer, "一", NULL);
  g_assert_false (shequ_sheet_writer_finish (writer, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_FULL);
}

#define ADD(path, name, function) g_test_add (path, Fixture, name, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sheet-writer/csv", "a.csv", test_csv);
  ADD ("/sheet-writer/xlsx", "a.xlsx", test_xlsx);
  ADD ("/sheet-writer/round-trip/csv", "a.csv", test_round_trip);
  ADD ("/sheet-writer/round-trip/xlsx", "a.xlsx", test_round_trip);
  ADD ("/sheet-writer/plain", "a.csv", test_plain);
  ADD ("/sheet-writer/cells", "a.xlsx", test_cells);
  ADD ("/sheet-writer/given-up/csv", "a.csv", test_given_up);
  ADD ("/sheet-writer/given-up/xlsx", "a.xlsx", test_given_up);
  ADD ("/sheet-writer/replaced", "a.csv", test_replaced);
  ADD ("/sheet-writer/full/csv", "a.csv", test_full);
  ADD ("/sheet-writer/full/xlsx", "a.xlsx", test_full);
  ADD ("/sheet-writer/refused", "a.csv", test_refused);
  ADD ("/sheet-writer/full-device", "a.csv", test_full_device);
  return g_test_run ();
}
