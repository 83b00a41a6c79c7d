#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <gsf/gsf-outfile-msole.h>
#include <gsf/gsf-output-memory.h>
#include <sys/resource.h>
#include <unistd.h>

#include "sheet-dump.h"
#include "sheet-zip.h"
#include "shequ-error.h"

#define TEXT(literal) literal, sizeof (literal) - 1
#define SHEET(content) "<worksheet xmlns='" SHEET_ZIP_MAIN "'><sheetData>" content "</sheetData></worksheet>"
#define GOOD_ROW "<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c></row>"
#define MEGABYTE (1024 * 1024)

/* Opens and reads all of it; the message must say @part. */
static void
assert_refused (GBytes *bytes, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSheetReader) reader =
    shequ_sheet_reader_open_bytes (bytes, SHEQU_SHEET_FORMAT_ANY, NULL, &error);
  ShequCellRow row;

  while (reader != NULL && shequ_sheet_reader_next (reader, &row, &error))
    ;
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not say “%s”", error->message, part);
}

typedef struct
{
  const char *name;
  const char *bytes;
  gsize length;
  const char *part;
} Magic;

static const Magic magics[] = {
  { "png", TEXT ("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), "a picture" },
  { "pdf", TEXT ("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"), "PDF" },
  { "elf",
    TEXT ("\x7F"
          "ELF\2\1\1\0\0\0\0\0\0\0\0\0"),
    "a program" },
  { "sqlite", TEXT ("SQLite format 3\0\x10\0\1\1"), "a database" },
  { "gzip", TEXT ("\x1F\x8B\x08\0\0\0\0\0"), "unpack it first" },
  { "noise", TEXT ("\1\2\3\4\5\6\7\x0E\x0F\x10\x11\x12\x13\x90\xFE\xFF"), "no text" },
  { "empty", TEXT (""), "is empty" },
  { "blank", TEXT ("\xEF\xBB\xBF\r\n \r\n"), "is empty" },
  { "xml", TEXT ("<?xml version='1.0'?><svg/>"), "another kind" },
  { "web-archive", TEXT ("MIME-Version: 1.0\nX-Document-Type: Workbook\n"), "web archive" },
  { "compound", TEXT ("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0"), "damaged" },
  { "zip-head", TEXT ("PK\3\4\x14\0\0\0"), "damaged" },
  { "html-without-table", TEXT ("<html><body>登录</body></html>"), "No sheet" },
};

static void
test_magic (gconstpointer data)
{
  const Magic *magic = data;
  g_autoptr (GBytes) bytes = g_bytes_new (magic->bytes, magic->length);

  assert_refused (bytes, magic->part);
}

static void
test_package (void)
{
  static const struct
  {
    const char *entry;
    const char *part;
  } packages[] = {
    { "word/document.xml", "Word" },
    { "ppt/presentation.xml", "presentation" },
    { "OFD.xml", "OFD" },
    { "xl/workbook.bin", ".xlsb" },
    { "content.xml", "OpenDocument" },
    { "a.txt", "unpack it first" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (packages); i++)
    {
      SheetZip *zip = sheet_zip_new ();
      g_autoptr (GBytes) bytes = NULL;

      sheet_zip_add (zip, packages[i].entry, "<a/>");
      bytes = sheet_zip_finish (zip);
      assert_refused (bytes, packages[i].part);
    }
}

static GBytes *
make_compound (const char *stream, const void *content, gsize length)
{
  GsfOutput *memory = gsf_output_memory_new ();
  GsfOutfile *compound = gsf_outfile_msole_new (memory);
  GsfOutput *child = gsf_outfile_new_child (compound, stream, FALSE);
  GBytes *bytes;

  gsf_output_write (child, length, content);
  gsf_output_close (child);
  gsf_output_close (GSF_OUTPUT (compound));
  bytes = g_bytes_new (gsf_output_memory_get_bytes (GSF_OUTPUT_MEMORY (memory)), gsf_output_size (memory));
  g_object_unref (child);
  g_object_unref (compound);
  g_object_unref (memory);
  return bytes;
}

/* A password makes an .xlsx an OLE2 file, and puts a record at the head of an .xls. */
static void
test_password (void)
{
  static const guint8 workbook[] = { 0x09, 0x08, 0x10, 0,    0, 6, 5, 0, 0, 0, 0, 0, 0, 0,    0, 0, 0,
                                     0,    0,    0,    0x2F, 0, 6, 0, 0, 0, 1, 2, 3, 4, 0x0A, 0, 0, 0 };
  guint8 large[8192] = { 0 };
  SheetZip *zip = sheet_zip_new_encrypted ("secret");
  g_autoptr (GBytes) encrypted = make_compound ("EncryptedPackage", large, sizeof large);
  g_autoptr (GBytes) old = NULL;
  g_autoptr (GBytes) package = NULL;

  assert_refused (encrypted, "password");
  memcpy (large, workbook, sizeof workbook);
  old = make_compound ("Workbook", large, sizeof large);
  assert_refused (old, "password");
  sheet_zip_add_workbook (zip, "", NULL, NULL);
  package = sheet_zip_finish (zip);
  assert_refused (package, "password");
}

static void
test_old_documents (void)
{
  guint8 large[8192] = { 0 };
  g_autoptr (GBytes) word = make_compound ("WordDocument", large, sizeof large);
  g_autoptr (GBytes) slides = make_compound ("PowerPoint Document", large, sizeof large);
  g_autoptr (GBytes) workbook = make_compound ("Workbook", large, sizeof large);

  assert_refused (word, "Word");
  assert_refused (slides, "presentation");
  assert_refused (workbook, "damaged");
}

static void
test_empty_workbook (void)
{
  g_autoptr (GBytes) bytes = sheet_zip_of_sheet (SHEET ("<row r='1'><c r='A1' s='1'/></row>"));

  assert_refused (bytes, "No sheet");
}

static void
test_columns (void)
{
  g_autoptr (GString) sheet =
    g_string_new ("<worksheet xmlns='" SHEET_ZIP_MAIN "'><sheetData>" GOOD_ROW "<row>");
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append (sheet, "<c><v>1</v></c>");
  g_string_append (sheet, "</row></sheetData></worksheet>");
  bytes = sheet_zip_of_sheet (sheet->str);
  assert_refused (bytes, "1000 columns");
}

static glong
peak_of_memory (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

/* What unpacks to a thousand times its size is refused before it fills the memory. */
static void
test_bomb (gconstpointer entry)
{
  SheetZip *zip = sheet_zip_new ();
  g_autofree char *filler = g_strnfill (MEGABYTE, ' ');
  g_autoptr (GBytes) bytes = NULL;
  glong before;

  sheet_zip_add_workbook (zip, "", NULL, NULL);
  if (strcmp (entry, "xl/worksheets/sheet1.xml") != 0)
    sheet_zip_add (zip, "xl/worksheets/sheet1.xml", SHEET (GOOD_ROW));
  sheet_zip_start (zip, entry);
  sheet_zip_add_bytes (zip, TEXT ("<a>"));
  for (guint i = 0; i < 400; i++)
    sheet_zip_add_bytes (zip, filler, MEGABYTE);
  sheet_zip_add_bytes (zip, TEXT ("</a>"));
  bytes = sheet_zip_finish (zip);
  g_assert_cmpuint (g_bytes_get_size (bytes), <, MEGABYTE);
  before = peak_of_memory ();
  assert_refused (bytes, "made to harm");
  g_assert_cmpint (peak_of_memory () - before, <, 150 * 1024);
}

static void
drop_message (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
}

/* libgsf warns of damaged files, which is no fault of the program. */
typedef struct
{
  GLogLevelFlags fatal;
  guint handler;
} Tolerance;

static void
tolerance_begin (Tolerance *tolerance)
{
  tolerance->fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK);
  tolerance->handler = g_log_set_handler ("libgsf:msole", G_LOG_LEVEL_MASK, drop_message, NULL);
}

static void
tolerance_end (Tolerance *tolerance)
{
  g_log_remove_handler ("libgsf:msole", tolerance->handler);
  g_log_set_always_fatal (tolerance->fatal);
}

static void
test_truncated (gconstpointer file)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "exchange", "files", file, NULL);
  g_autofree char *content = NULL;
  Tolerance tolerance;
  gsize length;

  tolerance_begin (&tolerance);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  for (guint part = 1; part < 20; part++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (content, length * part / 20);

      assert_refused (bytes, "damaged");
    }
  tolerance_end (&tolerance);
}

/* Whatever a byte becomes, the reader answers with rows or an error of its own. */
static void
test_altered (gconstpointer file)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "exchange", "files", file, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);
  g_autofree char *content = NULL;
  Tolerance tolerance;
  guint n_errors = 0;
  gsize length;

  tolerance_begin (&tolerance);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  for (guint round = 0; round < 150; round++)
    {
      g_autofree char *altered = g_memdup2 (content, length);
      g_autoptr (ShequSheetReader) reader = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      ShequCellRow row;

      for (guint i = 0; i < 3; i++)
        altered[g_rand_int_range (random, 8, length)] = g_rand_int_range (random, 0, 256);
      bytes = g_bytes_new (altered, length);
      reader = shequ_sheet_reader_open_bytes (bytes, SHEQU_SHEET_FORMAT_ANY, NULL, &error);
      while (reader != NULL && shequ_sheet_reader_next (reader, &row, &error))
        for (guint i = 0; i < row.n_cells; i++)
          g_assert_true (g_utf8_validate_len (row.cells[i].text, row.cells[i].length, NULL));
      g_assert_true (error == NULL || error->domain == SHEQU_ERROR);
      n_errors += error != NULL;
    }
  tolerance_end (&tolerance);
  g_test_message ("%u of 150 refused", n_errors);
}

static void
test_long_cells (void)
{
  SheetZip *zip = sheet_zip_new ();
  g_autofree char *filler = g_strnfill (MEGABYTE, 'x');
  g_autofree char *strings =
    g_strconcat ("<sst xmlns='" SHEET_ZIP_MAIN "'><si><t>", filler, "</t></si></sst>", NULL);
  g_autoptr (ShequSheetReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  ShequCellRow row;

  sheet_zip_add_workbook (zip, "", NULL, strings);
  sheet_zip_start (zip, "xl/worksheets/sheet1.xml");
  sheet_zip_add_bytes (zip, TEXT ("<worksheet><sheetData><row><c t='s'><v>0</v></c><c t='str'><v>"));
  sheet_zip_add_bytes (zip, filler, MEGABYTE);
  sheet_zip_add_bytes (zip, TEXT ("</v></c><c><v>3</v></c></row></sheetData></worksheet>"));
  bytes = sheet_zip_finish (zip);
  reader = shequ_sheet_reader_open_bytes (bytes, SHEQU_SHEET_FORMAT_ANY, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (shequ_sheet_reader_next (reader, &row, &error));
  g_assert_cmpuint (row.n_cells, ==, 3);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (row.cells[i].length, ==, SHEQU_CELL_MAX_CHARACTERS);
      g_assert_cmpint (row.cells[i].flags, ==, SHEQU_CELL_CUT);
    }
  g_assert_cmpfloat (row.cells[2].number, ==, 3.0);
}

static const Magic documents[] = {
  { "malformed", TEXT ("<worksheet><sheetData><row></sheetData></worksheet>"), "damaged inside" },
  { "ends-early", TEXT ("<worksheet><sheetData>" GOOD_ROW), "damaged inside" },
  { "nul", TEXT ("<worksheet><sheetData><row><c t='str'><v>a\0b</v></c></row></sheetData></worksheet>"),
    "damaged inside" },
  { "no-xml", TEXT ("hello"), "damaged inside" },
  { "billion-laughs",
    TEXT ("<!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
          "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]><worksheet><sheetData><row><c "
          "t='str'><v>&c;</v></c></row>"
          "</sheetData></worksheet>"),
    "document type" },
  { "external-entity",
    TEXT ("<!DOCTYPE a [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><worksheet><sheetData><row><c "
          "t='str'><v>&a;</v></c>"
          "</row></sheetData></worksheet>"),
    "document type" },
  { "unknown-entity",
    TEXT ("<worksheet><sheetData><row><c t='str'><v>&nbsp;</v></c></row></sheetData></worksheet>"),
    "damaged inside" },
};

static void
test_document (gconstpointer data)
{
  const Magic *document = data;
  SheetZip *zip = sheet_zip_new ();
  g_autoptr (GBytes) bytes = NULL;

  sheet_zip_add_workbook (zip, "", NULL, NULL);
  sheet_zip_start (zip, "xl/worksheets/sheet1.xml");
  sheet_zip_add_bytes (zip, document->bytes, document->length);
  bytes = sheet_zip_finish (zip);
  assert_refused (bytes, document->part);
}

static void
test_deep (void)
{
  g_autoptr (GString) sheet = g_string_new ("<worksheet><sheetData>");
  g_autoptr (GString) page = g_string_new ("<html><table><tr><td>a<td>b<tr><td>c<td>d</table>");
  g_autoptr (ShequSheetReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) html = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (sheet, "<row>");
  bytes = sheet_zip_of_sheet (sheet->str);
  assert_refused (bytes, "damaged inside");
  for (guint i = 0; i < 2000; i++)
    g_string_append (page, "<table><tr><td>");
  html = g_bytes_new (page->str, page->len);
  reader = shequ_sheet_reader_open_bytes (html, SHEQU_SHEET_FORMAT_ANY, NULL, &error);
  g_assert_no_error (error);
  sheet_dump_assert (reader, "1: a | b\n2: c | d\n");
}

static void
assert_path_refused (const char *path, ShequError code, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSheetReader) reader = shequ_sheet_reader_open (path, NULL, &error);

  g_assert_null (reader);
  g_assert_error (error, SHEQU_ERROR, (int) code);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not say “%s”", error->message, part);
}

/* Root may read everything, so the test of permissions is made as somebody else. */
static void
test_paths (void)
{
  g_autofree char *folder = g_dir_make_tmp ("shequ-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.csv", NULL);
  uid_t user = geteuid ();

  assert_path_refused (path, SHEQU_ERROR_NOT_FOUND, "no file");
  assert_path_refused (folder, SHEQU_ERROR_UNREADABLE, "is a folder");
  g_assert_true (g_file_set_contents (path, "a,b\n", -1, NULL));
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  if (user == 0)
    g_assert_cmpint (seteuid (65534), ==, 0);
  assert_path_refused (path, SHEQU_ERROR_UNREADABLE, "not permitted");
  g_assert_cmpint (seteuid (user), ==, 0);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_pipe (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSheetReader) reader = NULL;
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (write (ends[1], "a,b\n1,2\n", 8), ==, 8);
  close (ends[1]);
  reader = shequ_sheet_reader_open_fd (ends[0], SHEQU_SHEET_FORMAT_CSV, NULL, &error);
  g_assert_no_error (error);
  close (ends[0]);
  sheet_dump_assert (reader, "1: a | b\n2: 1 | 2\n");
}

/* A name that is a promise the content does not keep. */
static void
test_wrong_format (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (TEXT ("a,b\n1,2\n"));
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSheetReader) reader =
    shequ_sheet_reader_open_bytes (bytes, SHEQU_SHEET_FORMAT_XLSX, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (shequ_sheet_reader_get_format (reader), ==, SHEQU_SHEET_FORMAT_CSV);
}

static void
add_altered (const char *file)
{
  g_autofree char *path = g_strconcat ("/bad-input/altered/", file, NULL);

  g_test_add_data_func (path, file, test_altered);
}

int
main (int argc, char *argv[])
{
  static const char *const files[] = { "libreoffice.xlsx", "gnumeric.xlsx", "libreoffice.xls",
                                       "gnumeric.xls",     "html.xls",      "spreadsheet-2003.xls",
                                       "gb18030.csv",      "utf-16.csv" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    {
      g_autofree char *path = g_strconcat ("/bad-input/kind/", magics[i].name, NULL);

      g_test_add_data_func (path, &magics[i], test_magic);
    }
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autofree char *path = g_strconcat ("/bad-input/xml/", documents[i].name, NULL);

      g_test_add_data_func (path, &documents[i], test_document);
    }
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    add_altered (files[i]);
  g_test_add_func ("/bad-input/package", test_package);
  g_test_add_func ("/bad-input/password", test_password);
  g_test_add_func ("/bad-input/old-documents", test_old_documents);
  g_test_add_func ("/bad-input/empty-workbook", test_empty_workbook);
  g_test_add_func ("/bad-input/columns", test_columns);
  g_test_add_data_func ("/bad-input/bomb/sheet", "xl/worksheets/sheet1.xml", test_bomb);
  g_test_add_data_func ("/bad-input/bomb/strings", "xl/sharedStrings.xml", test_bomb);
  g_test_add_data_func ("/bad-input/truncated/xlsx", "libreoffice.xlsx", test_truncated);
  g_test_add_data_func ("/bad-input/truncated/xls", "libreoffice.xls", test_truncated);
  g_test_add_func ("/bad-input/long-cells", test_long_cells);
  g_test_add_func ("/bad-input/deep", test_deep);
  g_test_add_func ("/bad-input/paths", test_paths);
  g_test_add_func ("/bad-input/pipe", test_pipe);
  g_test_add_func ("/bad-input/wrong-format", test_wrong_format);
  return g_test_run ();
}
