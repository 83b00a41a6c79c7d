#include "config.h"

#include "sheet-dump.h"

#define TITLE "幸福社区居民花名册"
#define TITLE_ROW                                                                                            \
  "1: " TITLE " | " TITLE "^ | " TITLE "^ | " TITLE "^ | " TITLE "^ | " TITLE "^ | " TITLE "^ | " TITLE "^"  \
  "\n"
#define HEADERS "户号 | 姓名 | 与户主关系 | 公民身份号码 | 出生日期 | 联系电话 | 低保 | 面积\n"
#define PEOPLE                                                                                               \
  "3: 0001 | 张三 | 户主 | 110101199003078670 | @1990-03-07 | 13800138000 | ?TRUE | #88.5\n"             \
  "4: 0001^ | 李四 | 配偶 | 110101199105104225 | @1991-05-10 | 010-12345678 | ?FALSE\n"                  \
  "5: 0002 | 欧阳娜娜 | 户主 | #110101195001010000% | @1950-01-01 | #13900139000 | ?FALSE | #60\n"
#define WORKBOOK TITLE_ROW "2: " HEADERS PEOPLE "7: . | 合计 | . | . | . | . | !#REF! | #148.5\n"
#define TEXT                                                                                                 \
  "1: 户号 | 姓名 | 与户主关系 | 公民身份号码 | 出生日期 | 联系电话\n"                \
  "2: 0001 | 张三 | 户主 | 110101199003078670 | 1990-03-07 | 13800138000\n"                              \
  "3: . | 李四 | 配偶 | 110101199105104225 | 1991-05-10 | 幸福路1号,\n二单元\n"                   \
  "4: 0002 | 欧阳娜娜 | 户主 | 110101195001010010 | 1950-01-01 | 13900139000\n"

typedef struct
{
  const char *file;
  ShequSheetFormat format;
  guint n_sheets;
  guint sheet;
  const char *encoding;
  const char *rows;
} Case;

static const Case cases[] = {
  { "libreoffice.xlsx", SHEQU_SHEET_FORMAT_XLSX, 2, 1, NULL, WORKBOOK },
  { "gnumeric.xlsx", SHEQU_SHEET_FORMAT_XLSX, 2, 1, NULL, WORKBOOK },
  { "libreoffice.xls", SHEQU_SHEET_FORMAT_XLS, 2, 1, NULL, WORKBOOK },
  { "gnumeric.xls", SHEQU_SHEET_FORMAT_XLS, 2, 1, NULL, WORKBOOK },
  { "libreoffice-1904.xls", SHEQU_SHEET_FORMAT_XLS, 2, 1, NULL, WORKBOOK },
  { "excel-95.xls", SHEQU_SHEET_FORMAT_XLS, 2, 1, NULL, WORKBOOK },
  { "spreadsheet-2003.xls", SHEQU_SHEET_FORMAT_XML, 2, 1, NULL, WORKBOOK },
  { "openpyxl-1904.xlsx", SHEQU_SHEET_FORMAT_XLSX, 2, 1, NULL,
    TITLE_ROW "2: " HEADERS PEOPLE "7: . | 合计 | . | . | . | . | !#N/A | !#N/A\n" },
  { "openpyxl-streamed.xlsx", SHEQU_SHEET_FORMAT_XLSX, 1, 0, NULL,
    "1: " HEADERS "2: 0001 | 张三 | 户主 | 110101199003078670 | @1990-03-07 | 13800138000 | ?TRUE | #88.5\n"
    "3: . | 李四 | 配偶 | 110101199105104225 | @1991-05-10 | 010-12345678 | ?FALSE\n"
    "4: 0002 | 欧阳娜娜 | 户主 | #110101195001010000% | @1950-01-01 | #13900139000 | ?FALSE | #60\n" },
  { "html.xls", SHEQU_SHEET_FORMAT_HTML, 2, 1, "UTF-8",
    TITLE_ROW "2: " HEADERS
              "3: 0001 | 张三 | 户主 | 110101199003078670 | 1990年3月7日 | 13800138000 | 1 | 88.5\n"
              "4: 0001^ | 李四 | 配偶 | 110101199105104225 | 1991年5月10日 | 010-12345678 | 0\n"
              "5: 0002 | 欧阳娜娜 | 户主 | 1.1010119500101E+017% | 1950年1月1日 | 13900139000 | 0 | 60\n"
              "7: . | 合计 | . | . | . | . | #REF! | 148.5\n" },
  { "gb18030.csv", SHEQU_SHEET_FORMAT_CSV, 1, 0, "GB18030", TEXT },
  { "utf-16.csv", SHEQU_SHEET_FORMAT_CSV, 1, 0, "UTF-16LE", TEXT },
  { "semicolon.csv", SHEQU_SHEET_FORMAT_CSV, 1, 0, "UTF-8", TEXT },
};

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "exchange", "files", one->file, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSheetReader) reader = shequ_sheet_reader_open (path, NULL, &error);
  guint64 done, total;

  g_assert_no_error (error);
  g_assert_cmpint (shequ_sheet_reader_get_format (reader), ==, one->format);
  g_assert_cmpuint (shequ_sheet_reader_get_n_sheets (reader), ==, one->n_sheets);
  g_assert_cmpuint (shequ_sheet_reader_get_sheet (reader), ==, one->sheet);
  g_assert_cmpstr (shequ_sheet_reader_get_encoding (reader), ==, one->encoding);
  sheet_dump_assert (reader, one->rows);
  shequ_sheet_reader_get_progress (reader, &done, &total);
  g_assert_cmpuint (done, ==, total);
  g_assert_true (shequ_sheet_reader_select_sheet (reader, one->sheet, &error));
  sheet_dump_assert (reader, one->rows);
}

/* The shared texts of an .xls go on over several records, with narrow and wide characters. */
static void
test_long_xls (void)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "exchange", "files", "libreoffice-long.xls", NULL);
  g_autoptr (GString) expected = g_string_new (
    "1: @2026-11-22 | 张三 | ?TRUE | !#DIV/0! | #1 | #2.5 | #-3 | #0.01 | #10000000000 | #46348\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSheetReader) reader = shequ_sheet_reader_open (path, NULL, &error);

  g_assert_no_error (error);
  for (guint row = 2; row < 302; row++)
    {
      g_string_append_printf (expected, "%u: 地址%u号", row, row);
      for (guint i = 0; i < row % 40; i++)
        g_string_append (expected, row % 3 != 0 ? "x" : "é");
      g_string_append_printf (expected, " | plain %u plain %u plain %u \n", row, row, row);
    }
  sheet_dump_assert (reader, expected->str);
}

static void
test_cover (gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "exchange", "files", data, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSheetReader) reader = shequ_sheet_reader_open (path, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (shequ_sheet_reader_get_sheet_name (reader, 0), ==, "封面");
  g_assert_cmpstr (shequ_sheet_reader_get_sheet_name (reader, 1), ==, "名册");
  g_assert_true (shequ_sheet_reader_select_sheet (reader, 0, &error));
  sheet_dump_assert (reader, "3: . | 居民花名册 | 居民花名册^ | 居民花名册^ | 居民花名册^ | 居民花名册^\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sheet-files/%s", cases[i].file);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/sheet-files/long-xls", test_long_xls);
  g_test_add_data_func ("/sheet-files/cover/xlsx", "libreoffice.xlsx", test_cover);
  g_test_add_data_func ("/sheet-files/cover/xls", "libreoffice.xls", test_cover);
  g_test_add_data_func ("/sheet-files/cover/xml", "spreadsheet-2003.xls", test_cover);
  return g_test_run ();
}
