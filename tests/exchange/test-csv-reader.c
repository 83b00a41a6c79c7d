#include "config.h"

#include <string.h>

#include "sheet-dump.h"
#include "shequ-error.h"

typedef struct
{
  const char *name;
  const char *bytes;
  gssize length;
  const char *encoding;
  const char *expected;
} Case;

#define TEXT(literal) literal, sizeof (literal) - 1

static const Case cases[] = {
  { "comma", TEXT ("姓名,电话\n张三,13800138000\n"), "UTF-8", "1: 姓名 | 电话\n2: 张三 | 13800138000\n" },
  { "no-last-line-end", TEXT ("a,b\n1,2"), "UTF-8", "1: a | b\n2: 1 | 2\n" },
  { "windows-lines", TEXT ("a,b\r\n\"1\",2\r\n"), "UTF-8", "1: a | b\n2: 1 | 2\n" },
  { "macintosh-lines", TEXT ("a,b\r1,2\r"), "UTF-8", "1: a | b\n2: 1 | 2\n" },
  { "semicolon", TEXT ("a;b,c\n1;2\n"), "UTF-8", "1: a | b,c\n2: 1 | 2\n" },
  { "tab", TEXT ("a\tb\n1\t\n\t2\n"), "UTF-8", "1: a | b\n2: 1\n3: . | 2\n" },
  { "bar", TEXT ("a|b\n1|2\n"), "UTF-8", "1: a | b\n2: 1 | 2\n" },
  { "separator-line", TEXT ("sep=;\na;b\n"), "UTF-8", "2: a | b\n" },
  { "title-above", TEXT ("名册\n\na;b;c\n1,5;2,5;3\n1,5;2;3\n"), "UTF-8",
    "1: 名册\n3: a | b | c\n4: 1,5 | 2,5 | 3\n5: 1,5 | 2 | 3\n" },
  { "quotes", TEXT ("a,\"b,\"\"x\"\"\r\ny\",c\nab\"c,\"\",z\n"), "UTF-8",
    "1: a | b,\"x\"\ny | c\n2: ab\"c | . | z\n" },
  { "spaces", TEXT ("a , b\n \"1\" ,\" 2 \"\n"), "UTF-8", "1: a | b\n2: 1 |  2 \n" },
  { "blank-rows", TEXT ("a,b\n\n,,,\n1,,2,,\n"), "UTF-8", "1: a | b\n4: 1 | . | 2\n" },
  { "byte-order-mark", TEXT ("\xEF\xBB\xBF姓名,a\n1,2\n"), "UTF-8", "1: 姓名 | a\n2: 1 | 2\n" },
  { "guard", TEXT ("'=1+1,'-a,'x,'\n"), "UTF-8", "1: =1+1 | -a | 'x | '\n" },
  { "gb18030", TEXT ("\xD0\xD5\xC3\xFB,\xB5\xE7\xBB\xB0\n\xC1\xAA\xCD\xA8,2\n"), "GB18030",
    "1: 姓名 | 电话\n2: 联通 | 2\n" },
  { "gb18030-four-bytes", TEXT ("\xD0\xD5\xC3\xFB,b\n\x95\x32\x82\x36\xC3\xFB,2\n"), "GB18030",
    "1: 姓名 | b\n2: 𠀀名 | 2\n" },
  { "utf-16-le", TEXT ("\xFF\xFE\xD3\x59,\0\x0D\x54\n\0\x31\0,\0\x32\0"), "UTF-16LE",
    "1: 姓 | 名\n2: 1 | 2\n" },
  { "utf-16-be", TEXT ("\xFE\xFF\x59\xD3\0,\x54\x0D\0\n\0\x31\0,\0\x32"), "UTF-16BE",
    "1: 姓 | 名\n2: 1 | 2\n" },
  { "utf-16-without-mark", TEXT ("\xD3\x59,\0\x0D\x54\n\0\x31\0,\0\x32\0"), "UTF-16LE",
    "1: 姓 | 名\n2: 1 | 2\n" },
  { "nul", TEXT ("姓名,电话,住址,电话二\n张三,1\0002,幸福街道民生社区青年南大街,9\n"), "UTF-8",
    "1: 姓名 | 电话 | 住址 | 电话二\n2: 张三 | 1�2* | 幸福街道民生社区青年南大街 | 9\n" },
  { "damaged-utf-8", TEXT ("姓名,住址\n张\xB5三,幸福街道民生社区青年南大街一百二十号三单元\n"), "UTF-8",
    "1: 姓名 | 住址\n2: 张�三* | 幸福街道民生社区青年南大街一百二十号三单元\n" },
};

static ShequSheetReader *
open_bytes (const char *bytes, gsize length, GError **error)
{
  g_autoptr (GBytes) data = g_bytes_new (bytes, length);

  return shequ_sheet_reader_open_bytes (data, SHEQU_SHEET_FORMAT_ANY, NULL, error);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSheetReader) reader = open_bytes (one->bytes, one->length, &error);

  g_assert_no_error (error);
  g_assert_cmpint (shequ_sheet_reader_get_format (reader), ==, SHEQU_SHEET_FORMAT_CSV);
  g_assert_cmpstr (shequ_sheet_reader_get_encoding (reader), ==, one->encoding);
  sheet_dump_assert (reader, one->expected);
  g_assert_true (shequ_sheet_reader_select_sheet (reader, 0, &error));
  sheet_dump_assert (reader, one->expected);
}

/* Pieces of the file end within characters, quotes and rows. */
static void
test_long (gconstpointer encoding)
{
  g_autoptr (GString) text = g_string_new ("户号,姓名,住址\r\n");
  g_autoptr (ShequSheetReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  guint64 done, total;
  gsize length;
  ShequCellRow row;
  guint n_rows = 0;

  for (guint i = 2; i <= 40000; i++)
    g_string_append_printf (text, "%u,张三丰%u,\"幸福街道,%u号\"\r\n", i, i, i);
  bytes = g_convert (text->str, text->len, encoding, "UTF-8", NULL, &length, &error);
  g_assert_no_error (error);
  reader = open_bytes (bytes, length, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (shequ_sheet_reader_get_encoding (reader), ==, encoding);
  while (shequ_sheet_reader_next (reader, &row, &error))
    {
      g_autofree char *address = g_strdup_printf ("幸福街道,%u号", row.number);

      g_assert_cmpuint (row.number, ==, ++n_rows);
      g_assert_cmpuint (row.n_cells, ==, 3);
      g_assert_cmpstr (row.cells[2].text, ==, n_rows == 1 ? "住址" : address);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n_rows, ==, 40000);
  shequ_sheet_reader_get_progress (reader, &done, &total);
  g_assert_cmpuint (done, ==, total);
  g_assert_cmpuint (total, ==, length);
}

/* A wrong byte far behind the sample must not be taken for another encoding. */
static void
test_late_characters (void)
{
  g_autoptr (GString) text = g_string_new ("name,code\n");
  g_autoptr (ShequSheetReader) reader = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 60000; i++)
    g_string_append_printf (text, "abcdef,%u\n", i);
  g_string_append (text, "\xD5\xC5\xC8\xFD,1\n");
  reader = open_bytes (text->str, text->len, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (shequ_sheet_reader_get_encoding (reader), ==, "GB18030");
}

static void
test_big5 (void)
{
  const char *text =
    "姓名,地址\n陳大文,臺北市中正區重慶南路一段一百二十二號\n林美麗,高雄縣鳳山市光復路二段一百三十二號\n";
  g_autoptr (ShequSheetReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  bytes = g_convert (text, -1, "BIG5", "UTF-8", NULL, &length, &error);
  g_assert_no_error (error);
  reader = open_bytes (bytes, length, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (shequ_sheet_reader_get_encoding (reader), ==, "BIG5");
}

static void
test_long_cell (void)
{
  g_autoptr (GString) text = g_string_new ("a,b\nx,");
  g_autoptr (ShequSheetReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;
  ShequCellRow row;

  for (guint i = 0; i < 350000; i++)
    g_string_append (text, "长");
  g_string_append (text, "\ny,2\n");
  reader = open_bytes (text->str, text->len, &error);
  g_assert_no_error (error);
  g_assert_true (shequ_sheet_reader_next (reader, &row, &error));
  g_assert_true (shequ_sheet_reader_next (reader, &row, &error));
  g_assert_cmpuint (row.cells[1].flags, ==, SHEQU_CELL_CUT);
  g_assert_cmpuint (g_utf8_strlen (row.cells[1].text, -1), ==, SHEQU_CELL_MAX_CHARACTERS);
  problem = shequ_cell_describe_problem (&row.cells[1]);
  g_assert_nonnull (strstr (problem, "32767"));
  g_assert_null (shequ_cell_describe_problem (&row.cells[0]));
  g_assert_true (shequ_sheet_reader_next (reader, &row, &error));
  g_assert_cmpstr (row.cells[1].text, ==, "2");
}

static void
assert_refused (const char *bytes, gsize length, const char *rows, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSheetReader) reader = open_bytes (bytes, length, &error);

  if (reader != NULL)
    {
      g_autofree char *dump = sheet_dump (reader, &error);

      g_assert_cmpstr (dump, ==, rows);
    }
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not say “%s”", error->message, part);
}

static void
test_open_quote (void)
{
  g_autoptr (GString) long_text = g_string_new ("a,b\n1,2\n\"x,");

  assert_refused (TEXT ("a,b\n1,2\n\"x,3\n4,5\n"), "1: a | b\n2: 1 | 2\n", "row 3");
  for (guint i = 0; i < 9 * 1024 * 1024; i++)
    g_string_append_c (long_text, 'y');
  assert_refused (long_text->str, long_text->len, "1: a | b\n2: 1 | 2\n", "row 3");
}

static void
test_columns (void)
{
  g_autoptr (GString) text = g_string_new ("a,b\n1,2\n");

  for (guint i = 0; i < 10000; i++)
    g_string_append (text, "x,");
  g_string_append (text, "\n");
  assert_refused (text->str, text->len, "1: a | b\n2: 1 | 2\n", "1000 columns");
}

static void
test_empty_columns (void)
{
  g_autoptr (GString) text = g_string_new ("a,b\n1,2");
  g_autoptr (ShequSheetReader) reader = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append (text, ",");
  reader = open_bytes (text->str, text->len, &error);
  g_assert_no_error (error);
  sheet_dump_assert (reader, "1: a | b\n2: 1 | 2\n");
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (ShequSheetReader) reader = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  ShequCellRow row;
  guint n_rows = 0;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "abcdef,%u\n", i);
  bytes = g_bytes_new (text->str, text->len);
  reader = shequ_sheet_reader_open_bytes (bytes, SHEQU_SHEET_FORMAT_ANY, cancellable, &error);
  g_assert_no_error (error);
  g_assert_true (shequ_sheet_reader_next (reader, &row, &error));
  g_cancellable_cancel (cancellable);
  while (shequ_sheet_reader_next (reader, &row, &error))
    n_rows++;
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (n_rows, <, 20000);
}

static void
test_column_name (void)
{
  static const struct
  {
    guint column;
    const char *name;
  } names[] = { { 0, "A" }, { 25, "Z" }, { 26, "AA" }, { 701, "ZZ" }, { 702, "AAA" }, { 16383, "XFD" } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = shequ_cell_column_name (names[i].column);

      g_assert_cmpstr (name, ==, names[i].name);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/csv-reader/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_data_func ("/csv-reader/long/utf-8", "UTF-8", test_long);
  g_test_add_data_func ("/csv-reader/long/gb18030", "GB18030", test_long);
  g_test_add_data_func ("/csv-reader/long/utf-16", "UTF-16LE", test_long);
  g_test_add_func ("/csv-reader/late-characters", test_late_characters);
  g_test_add_func ("/csv-reader/big5", test_big5);
  g_test_add_func ("/csv-reader/long-cell", test_long_cell);
  g_test_add_func ("/csv-reader/open-quote", test_open_quote);
  g_test_add_func ("/csv-reader/columns", test_columns);
  g_test_add_func ("/csv-reader/empty-columns", test_empty_columns);
  g_test_add_func ("/csv-reader/cancel", test_cancel);
  g_test_add_func ("/csv-reader/column-name", test_column_name);
  return g_test_run ();
}
