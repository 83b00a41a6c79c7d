#include "config.h"

#include "sheet-dump.h"
#include "sheet-zip.h"
#include "shequ-number-format.h"

#define SHEET(content) "<worksheet xmlns='" SHEET_ZIP_MAIN "'><sheetData>" content "</sheetData></worksheet>"

typedef struct
{
  const char *name;
  const char *properties;
  const char *sheet;
  const char *expected;
} Case;

static const char *const strings =
  "<sst xmlns='" SHEET_ZIP_MAIN "'>"
  "<si><t>姓名</t></si>"
  "<si><r><t>张</t></r><r><rPr><b/></rPr><t xml:space='preserve'>三 </t></r>"
  "<rPh sb='0' eb='1'><t>ZHANG</t></rPh></si>"
  "<si><t>一_x000D_\n二_x005F_x000D_</t></si><si><t/></si><si><t>a&amp;b</t></si>"
  "</sst>";
static const char *const styles =
  "<styleSheet xmlns='" SHEET_ZIP_MAIN
  "'><numFmts><numFmt numFmtId='170' formatCode='yyyy\"年\"m\"月\"d\"日\";@'/>"
  "<numFmt numFmtId='171' formatCode='0.00&quot;day&quot;'/></numFmts>"
  "<cellStyleXfs><xf numFmtId='14'/><xf numFmtId='14'/></cellStyleXfs>"
  "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='170'/><xf numFmtId='171'/><xf numFmtId='21'/>"
  "<xf numFmtId='57'/></cellXfs></styleSheet>";

static const Case cases[] = {
  { "shared", "",
    SHEET ("<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c></row>"
           "<row r='2'><c r='A2' t='s'><v>2</v></c><c r='B2' t='s'><v>3</v></c><c r='C2' t='s'><v>4</v></c>"
           "<c r='D2' t='s'><v>99</v></c></row>"),
    "1: 姓名 | 张三 \n2: 一\n二_x000D_ | . | a&b\n" },
  { "inline", "",
    SHEET (
      "<row r='1'><c r='A1' t='inlineStr'><is><t>a</t></is></c><c r='B1' t='inlineStr'><is><r><t>b</t></r>"
      "<r><t>c_x0041_</t></r><rPh><t>X</t></rPh></is></c><c r='C1' t='str'><f>A1</f><v>d</v></c></row>"),
    "1: a | bcA | d\n" },
  { "no-references", "",
    SHEET ("<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row>"
           "<row r='9'><c r='B9'><v>5</v></c><c><v>6</v></c></row><row><c><v>7</v></c></row>"),
    "1: #1 | . | #3\n2: #4\n9: . | #5 | #6\n10: #7\n" },
  { "prefixed", "",
    "<x:worksheet xmlns:x='" SHEET_ZIP_MAIN "'><x:sheetData><x:row r='1'><x:c r='A1' t='s'><x:v>0</x:v></x:c>"
    "</x:row><x:row r='2'><x:c r='B2'><x:v>2</x:v></x:c></x:row></x:sheetData>"
    "<x:mergeCells><x:mergeCell ref='A1:A2'/></x:mergeCells></x:worksheet>",
    "1: 姓名\n2: 姓名^ | #2\n" },
  { "dates", "",
    SHEET ("<row r='1'><c r='A1' s='1'><v>46348</v></c><c r='B1' s='2'><v>32939.35416666667</v></c>"
           "<c r='C1' s='3'><v>46348</v></c><c r='D1' s='4'><v>0.5</v></c><c r='E1' s='5'><v>1</v></c>"
           "<c r='F1' t='d'><v>2026-11-22</v></c><c r='G1' t='d'><v>2026-11-22T08:30:00</v></c>"
           "<c r='H1' s='1'><v>-5</v></c></row>"),
    "1: @2026-11-22 | @1990-03-07 08:30:00 | #46348 | @12:00:00 | @1900-01-01 | @2026-11-22 | "
    "@2026-11-22 08:30:00 | #-5\n" },
  { "dates-from-1904", "<workbookPr date1904='1'/>",
    SHEET (
      "<row r='1'><c r='A1' s='1'><v>44886</v></c><c r='B1'><v>44886</v></c><c r='C1' s='4'><v>0.25</v></c>"
      "</row>"),
    "1: @2026-11-22 | #44886 | @06:00:00\n" },
  { "numbers", "",
    SHEET ("<row r='1'><c r='A1'><v>13800138000</v></c><c r='B1'><v>1.10101199003071E+17</v></c>"
           "<c r='C1'><v>0.30000000000000004</v></c><c r='D1'><v>-12.50</v></c><c r='E1'><v>1e400</v></c>"
           "<c r='F1'><v>x</v></c><c r='G1'><v> 7 </v></c></row>"),
    "1: #13800138000 | #110101199003071000% | #0.3 | #-12.5 | !#NUM! | x | #7\n" },
  { "booleans-errors", "",
    SHEET (
      "<row r='1'><c r='A1' t='b'><v>1</v></c><c r='B1' t='b'><v>0</v></c><c r='C1' t='e'><v>#REF!</v></c>"
      "<c r='D1'><f>A1+B1</f></c><c r='E1' t='str'><f>\"\"</f><v></v></c><c r='F1' "
      "t='e'><v>#DIV/0!</v></c></row>"),
    "1: ?TRUE | ?FALSE | !#REF! | !#N/A | . | !#DIV/0!\n" },
  { "merged-household", "",
    "<worksheet xmlns='" SHEET_ZIP_MAIN "'><sheetData>"
    "<row r='1'><c r='A1' t='str'><v>名册</v></c><c r='B1'/><c r='C1'/></row>"
    "<row r='2'><c r='A2' t='str'><v>001</v></c><c r='B2' t='str'><v>张三</v></c></row>"
    "<row r='3'><c r='A3'/><c r='B3' t='str'><v>李四</v></c></row>"
    "<row r='4'><c r='A4'/><c r='B4'/></row>"
    "<row r='5'><c r='B5' t='str'><v>王五</v></c></row></sheetData>"
    "<mergeCells count='2'><mergeCell ref='A1:C1'/><mergeCell ref='A2:A4'/></mergeCells></worksheet>",
    "1: 名册 | 名册^ | 名册^\n2: 001 | 张三\n3: 001^ | 李四\n5: . | 王五\n" },
  { "nul", "", SHEET ("<row r='1'><c r='A1' t='str'><v>a_x0000_b</v></c><c r='B1'><v>1</v></c></row>"),
    "1: a�b* | #1\n" },
};

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  SheetZip *zip = sheet_zip_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ShequSheetReader) reader = NULL;

  sheet_zip_add_workbook (zip, one->properties, styles, strings);
  sheet_zip_add (zip, "xl/worksheets/sheet1.xml", one->sheet);
  bytes = sheet_zip_finish (zip);
  reader = shequ_sheet_reader_open_bytes (bytes, SHEQU_SHEET_FORMAT_ANY, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (shequ_sheet_reader_get_format (reader), ==, SHEQU_SHEET_FORMAT_XLSX);
  sheet_dump_assert (reader, one->expected);
  g_assert_true (shequ_sheet_reader_select_sheet (reader, 0, &error));
  sheet_dump_assert (reader, one->expected);
}

/* Pieces of the sheet end within rows, cells and merged ranges. */
static void
test_long (void)
{
  g_autoptr (GString) sheet = g_string_new ("<worksheet xmlns='" SHEET_ZIP_MAIN "'><sheetData>");
  g_autoptr (ShequSheetReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint64 done, total;
  ShequCellRow row;
  guint n_rows = 0;

  for (guint i = 1; i <= 30000; i++)
    if (i % 2 == 1)
      g_string_append_printf (sheet, "<row r='%u'><c r='A%u'><v>%u</v></c><c r='B%u'><v>1</v></c></row>", i,
                              i, i, i);
    else
      g_string_append_printf (sheet, "<row r='%u'><c r='A%u' s='1'/><c r='B%u'><v>2</v></c></row>", i, i, i);
  g_string_append (sheet, "</sheetData><mergeCells>");
  for (guint i = 1; i <= 30000; i += 2)
    g_string_append_printf (sheet, "<mergeCell ref=\"A%u:A%u\"/>", i, i + 1);
  g_string_append (sheet, "</mergeCells></worksheet>");
  bytes = sheet_zip_of_sheet (sheet->str);
  reader = shequ_sheet_reader_open_bytes (bytes, SHEQU_SHEET_FORMAT_ANY, NULL, &error);
  g_assert_no_error (error);
  while (shequ_sheet_reader_next (reader, &row, &error))
    {
      n_rows++;
      g_assert_cmpuint (row.number, ==, n_rows);
      g_assert_cmpuint (row.n_cells, ==, 2);
      g_assert_cmpfloat (row.cells[0].number, ==, (n_rows - 1) / 2 * 2 + 1);
      g_assert_cmpint (!!(row.cells[0].flags & SHEQU_CELL_MERGED), ==, n_rows % 2 == 0);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n_rows, ==, 30000);
  shequ_sheet_reader_get_progress (reader, &done, &total);
  g_assert_cmpuint (done, ==, total);
}

/* Empty rows with a format must cost neither rows nor memory. */
static void
test_empty_formatted (void)
{
  g_autoptr (GString) sheet = g_string_new ("<worksheet xmlns='" SHEET_ZIP_MAIN "'><sheetData>");
  g_autoptr (ShequSheetReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_string_append (sheet, "<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c></row>");
  for (guint i = 2; i <= 300000; i++)
    g_string_append_printf (
      sheet, "<row r='%u' s='3' customFormat='1'><c r='A%u' s='3'/><c r='XFD%u' s='3'/></row>", i, i, i);
  g_string_append (sheet, "<row r='300001'><c r='A300001'><v>3</v></c></row></sheetData></worksheet>");
  bytes = sheet_zip_of_sheet (sheet->str);
  reader = shequ_sheet_reader_open_bytes (bytes, SHEQU_SHEET_FORMAT_ANY, NULL, &error);
  g_assert_no_error (error);
  sheet_dump_assert (reader, "1: #1 | #2\n300001: #3\n");
}

static void
test_number_format (void)
{
  static const struct
  {
    const char *code;
    gboolean is_date;
  } formats[] = {
    { "General", FALSE },
    { "G/通用格式", FALSE },
    { "0.00", FALSE },
    { "@", FALSE },
    { "#,##0;[Red]-#,##0", FALSE },
    { "0.00E+00", FALSE },
    { "\"day\"0", FALSE },
    { "0\\d", FALSE },
    { "[$-804]0", FALSE },
    { "[Magenta]0", FALSE },
    { "0;yyyy", FALSE },
    { "yyyy-mm-dd", TRUE },
    { "yyyy\"年\"m\"月\"d\"日\";@", TRUE },
    { "[$-804]yyyy\"年\"m\"月\"", TRUE },
    { "[DBNum1][$-804]m\"月\"d\"日\"", TRUE },
    { "[h]:mm", TRUE },
    { "[ss]", TRUE },
    { "上午/下午h\"时\"mm\"分\"", TRUE },
    { "\"", FALSE },
    { "\\", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_test_message ("%s", formats[i].code);
      g_assert_cmpint (shequ_number_format_is_date (formats[i].code), ==, formats[i].is_date);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/xlsx-reader/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/xlsx-reader/long", test_long);
  g_test_add_func ("/xlsx-reader/empty-formatted", test_empty_formatted);
  g_test_add_func ("/xlsx-reader/number-format", test_number_format);
  return g_test_run ();
}
